//! As-of joins: the first, last or nth row of another source before or after a time.
//!
//! An order and the order before it of the same customer. At most one row is found,
//! so no row is repeated; rows at the same time follow each other by their key.

use std::collections::HashSet;

use super::axis;
use super::funnels::has_key;
use super::joins;
use super::operators::{self, a};
use super::resolved::{AsOf, Axis, Pick, Row};
use super::rows::{JoinNames, Place, Rows};
use super::windows::length;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{self, Path};

/// Reports what makes an as-of join unsound, as far as no column is looked at.
pub fn check(rows: &Rows<'_>, target: usize, join: &ast::Join, sink: &mut Sink) -> bool {
    has_key(rows, target, ("join", &join.header.name), sink)
}

/// The join's columns and times. `None`: it has findings.
pub fn resolved(
    rows: &Rows<'_>,
    source: usize,
    join: &JoinNames<'_>,
    as_of: &ast::AsOf,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<AsOf> {
    let target = join.target?;
    let name = &join.def.header.name;
    let theirs: Vec<Option<Row>> =
        join.def.on.iter().map(|path| same_name(rows, (source, target), path, sink)).collect();
    let mine = rows
        .column(source, &as_of.column, sink)
        .and_then(|_| axis::at(rows, source, &as_of.column, warned, sink));
    let their_time = their_time(rows, target, name, warned, sink);
    let within = as_of.within.as_ref().map(|within| length(&rows.model.params, within, sink));
    let filter = as_of.filter.as_ref().map(|filter| rows.condition(target, Place::Row, filter, sink));
    let pick = nth(as_of, sink);
    let found = AsOf {
        theirs: theirs.into_iter().collect::<Option<_>>()?,
        pick: pick?,
        side: as_of.side,
        time: mine?,
        their_time: their_time?,
        within: optional(within)?,
        filter: optional(filter)?,
    };
    let error = nested(rows, target, join, &found);
    let is_sound = error.is_none();
    sink.extend(error);
    is_sound.then_some(found)
}

/// Which rows may be found must not depend on what they find themselves.
fn nested(rows: &Rows<'_>, target: usize, join: &JoinNames<'_>, found: &AsOf) -> Option<Diagnostic> {
    let def = rows.sources[target].def;
    let own = def.rows.as_ref();
    let own = own.and_then(|own| rows.condition(target, Place::Row, &own.value, &mut Sink::new()));
    let read = found.theirs.iter().chain(&found.filter).chain(&own);
    let time = &found.their_time.column.path;
    let looks = read.clone().any(|row| goes_as_of(rows, target, row)) || is_as_of(rows, target, time);
    looks.then(|| {
        let name = &join.def.header.name;
        let message = format!("the rows that `{}` finds are told by as-of joins of their own", name.value);
        Diagnostic::error(Code::NotYet, name.span, format!("{message}, which is not supported yet"))
            .because("whether a row counts would depend on what it finds, and that on what others find")
            .help("tell them by columns of their table, or in an SQL source")
    })
}

fn goes_as_of(rows: &Rows<'_>, source: usize, row: &Row) -> bool {
    let mut found = false;
    row.leaves(&mut |column| found |= is_as_of(rows, source, &column.path));
    found
}

fn is_as_of(rows: &Rows<'_>, source: usize, path: &[String]) -> bool {
    (0..path.len()).any(|n| {
        let before = rows.target(source, &path[..n]);
        rows.sources[before].joins.get(path[n].as_str()).is_some_and(|join| join.def.as_of.is_some())
    })
}

/// The joined source's own time.
fn their_time(
    rows: &Rows<'_>,
    target: usize,
    name: &ast::Name,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Axis> {
    let def = rows.sources[target].def;
    if let Some(time) = def.times.first() {
        return axis::at(rows, target, &time.value.column, warned, sink);
    }
    if !def.incomplete {
        let message = format!("the join `{}` finds rows by their time, and they have none", name.value);
        sink.push(
            Diagnostic::error(Code::MissingTime, name.span, message)
                .label(def.header.name.span, "this source declares no `time`")
                .because("what comes first and what later is told by times")
                .help(format!("add `time COLUMN` to `{}`", def.header.name.value)),
        );
    }
    None
}

/// `None` where something was written that has findings.
fn optional<T>(written: Option<Option<T>>) -> Option<Option<T>> {
    match written {
        None => Some(None),
        Some(value) => Some(Some(value?)),
    }
}

fn nth(as_of: &ast::AsOf, sink: &mut Sink) -> Option<Pick> {
    if as_of.pick.value != Pick::Nth(0) {
        return Some(as_of.pick.value);
    }
    sink.push(
        Diagnostic::error(Code::WrongArguments, as_of.pick.span, "there is no row number 0")
            .because("rows are counted from 1 in the order of their times")
            .help("write `first`, which is `nth 1`, or the number of the row that is meant"),
    );
    None
}

/// The column of the other side that a column of this side is compared with.
fn same_name(rows: &Rows<'_>, (source, target): (usize, usize), path: &Path, sink: &mut Sink) -> Option<Row> {
    let theirs = Path { qualifier: None, name: path.name.clone() };
    let other = rows.column(target, &theirs, sink)?.scalar;
    // An unknown column of this side was reported with those of other joins.
    let mine = rows.column(source, path, &mut Sink::new())?;
    if operators::common_type(mine.ty(), other.ty).is_some() {
        return Some(other);
    }
    let (own, of, theirs) = (a(mine.ty()), rows.name(target), a(other.ty));
    let message = format!("{own} is compared with the column of `{of}`, which is {theirs}");
    sink.push(joins::unlike(path.span(), message));
    None
}

/// The two times of a source whose rows are versions: from when until when each holds.
pub fn validity(
    rows: &Rows<'_>,
    source: usize,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<(Axis, Axis)> {
    let interval = &rows.sources[source].def.valid.as_ref()?.value;
    let mut at = |path: &Path| axis::at(rows, source, path, warned, sink);
    Some((at(&interval.from)?, at(&interval.until)?))
}
