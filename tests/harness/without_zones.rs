//! A dialect whose database has no zone data: another one, told that it has none.

use kpic::dialect::{Capabilities, Dialect, Spelling};
use kpic::sql::{AggregateFunction, Function, Part, Step, Type};
use sqlparser::dialect::Dialect as Parser;

#[derive(Debug)]
pub struct WithoutZones(pub &'static dyn Dialect);

impl Dialect for WithoutZones {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { zone_database: false, ..self.0.capabilities() }
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        self.0.reserved_words()
    }

    fn longest_name(&self) -> Option<usize> {
        self.0.longest_name()
    }

    fn text(&self, value: &str) -> String {
        self.0.text(value)
    }

    fn type_name(&self, ty: Type) -> String {
        self.0.type_name(ty)
    }

    fn null(&self, ty: Type) -> String {
        self.0.null(ty)
    }

    fn interval(&self, step: Step) -> String {
        self.0.interval(step)
    }

    fn like_suffix(&self) -> &'static str {
        self.0.like_suffix()
    }

    fn function(&self, function: Function) -> Spelling {
        self.0.function(function)
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        self.0.aggregate(function)
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        self.0.truncate(to, week_start)
    }

    fn month_of(&self) -> Spelling {
        self.0.month_of()
    }

    fn extract(&self, part: Part) -> Spelling {
        self.0.extract(part)
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        self.0.shift(step, to)
    }

    fn seconds(&self) -> Spelling {
        self.0.seconds()
    }

    fn days_between(&self) -> Spelling {
        self.0.days_between()
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        self.0.zone(name)
    }

    fn instant(&self) -> Spelling {
        self.0.instant()
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        self.0.to_zone(from_local)
    }

    fn utc_of(&self) -> Spelling {
        self.0.utc_of()
    }

    fn series(&self, first: &str, last: &str, step: &str) -> String {
        self.0.series(first, last, step)
    }

    fn file(&self, path: &str, types: &[(String, Type)]) -> Option<String> {
        self.0.file(path, types)
    }

    fn parser(&self) -> Box<dyn Parser> {
        self.0.parser()
    }
}
