//! A dialect whose database can do less: another one, told so.

use kpic::dialect::{Capabilities, Clauses, Dialect, Division, Missing, Spelling, Stored};
use kpic::sql::{AggregateFunction, Function, Part, Query, Step, Type};
use sqlparser::dialect::Dialect as Parser;

/// A dialect, and what is made of its capabilities.
#[derive(Debug)]
pub struct Without(pub &'static dyn Dialect, pub fn(Capabilities) -> Capabilities);

impl Dialect for Without {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.1(self.0.capabilities())
    }

    fn clauses(&self) -> Clauses {
        self.0.clauses()
    }

    fn adapt(&self, query: &Query) -> Option<Query> {
        self.0.adapt(query)
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        self.0.reserved_words()
    }

    fn longest_name(&self) -> Option<usize> {
        self.0.longest_name()
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        self.0.quoted(name)
    }

    fn text(&self, value: &str) -> String {
        self.0.text(value)
    }

    fn number(&self, digits: &str) -> String {
        self.0.number(digits)
    }

    fn boolean(&self, value: bool) -> &'static str {
        self.0.boolean(value)
    }

    fn date(&self, iso: &str) -> String {
        self.0.date(iso)
    }

    fn timestamp(&self, iso: &str) -> String {
        self.0.timestamp(iso)
    }

    fn instant_literal(&self, iso: &str) -> String {
        self.0.instant_literal(iso)
    }

    fn interval(&self, step: Step) -> String {
        self.0.interval(step)
    }

    fn type_name(&self, ty: Type) -> String {
        self.0.type_name(ty)
    }

    fn cast(&self, to: Type) -> Spelling {
        self.0.cast(to)
    }

    fn null(&self, ty: Type) -> String {
        self.0.null(ty)
    }

    fn same(&self, negated: bool) -> Spelling {
        self.0.same(negated)
    }

    fn is_true(&self, negated: bool) -> Spelling {
        self.0.is_true(negated)
    }

    fn like(&self, negated: bool) -> Spelling {
        self.0.like(negated)
    }

    fn division(&self) -> Division {
        self.0.division()
    }

    fn function(&self, function: Function, args: usize) -> Spelling {
        self.0.function(function, args)
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        self.0.aggregate(function)
    }

    fn tuple(&self, values: usize) -> Spelling {
        self.0.tuple(values)
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

    fn seconds(&self, of_instants: bool) -> Spelling {
        self.0.seconds(of_instants)
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

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        self.0.series(first, last, step, column, ty)
    }

    fn parameter(&self, name: &str, place: usize) -> String {
        self.0.parameter(name, place)
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        self.0.stored(kind, name, query)
    }

    fn file(&self, path: &str, types: &[(String, Type)]) -> Option<String> {
        self.0.file(path, types)
    }

    fn parser(&self) -> Box<dyn Parser> {
        self.0.parser()
    }
}
