//! Versions: which row of a key holds at a time.
//!
//! A line sold in March is worth what the price list said in March: the version that
//! started by then and had not ended. Where one ends, the next may start.

use super::clock::Clock;
use super::keys::counted;
use super::scan::{Scan, Tables, When};
use super::time::Time;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Calendar, Lookup, time_of};
use crate::resolve::resolved::{Axis, AxisKind, Source};
use crate::sql::{Body, Expr, Operator, OrderBy, Query, Select, Type, WindowFunction};

/// The time as of which a version is found.
pub enum At<'a> {
    /// When a row happened: from the start of a version on, until before its end.
    Time(Time<'a>),
    /// An instant at which what exists is read: what started before it and had not
    /// ended before it, as of a stock's own rows.
    Instant(Time<'a>),
}

/// What a version satisfies that holds at the time at which the scan's rows happen.
///
/// # Errors
/// Rows that happen at no time of their own.
pub fn holds(
    scan: &Scan,
    calendar: &Calendar,
    (lookup, (from, until)): (&Lookup, &(Axis, Axis)),
    at: Option<&At<'_>>,
) -> Result<Vec<Expr>, Diagnostic> {
    let is_instant = matches!(at, Some(At::Instant(_)));
    let (at, started, runs) = match at {
        Some(At::Time(time)) => (time, Operator::GreaterEqual, Operator::Less),
        Some(At::Instant(time)) => (time, Operator::Greater, Operator::LessEqual),
        None => return Err(without_time(lookup)),
    };
    let compared = |operator, axis: &Axis| {
        let axis = axis.behind(&lookup.path);
        let column = scan.column(&axis.column);
        // Within a day an instant is later than the midnight at which the day's version starts.
        if is_instant && axis.kind == AxisKind::Date && *at.kind != AxisKind::Date {
            let midnight = Expr::Cast(column.clone().boxed(), Type::Timestamp);
            return (Expr::binary(operator, at.local(), midnight), column);
        }
        let clock = Clock::of(&[at.kind, &axis.kind], None);
        let bound = clock.read(&Time::on(scan, &axis, calendar));
        (Expr::binary(operator, clock.read(at), bound), column)
    };
    let (started, _) = compared(started, from);
    let (runs, until) = compared(runs, until);
    let open = Expr::IsNull { value: until.boxed(), negated: false };
    Ok(vec![started, Expr::Or(vec![open, runs])])
}

/// The refusal where nothing says when.
pub fn without_time(lookup: &Lookup) -> Diagnostic {
    let message = format!("which version of `{}` holds is asked of rows that have no time", lookup.source);
    Diagnostic::general(Code::NotYet, format!("{message}, which is not supported yet"))
        .because("a version is that of a time, and conditions on the rows of a joined source have none")
        .help("join the version that is meant in an SQL source")
}

/// A query that counts the versions which start while the one before holds: a time
/// would find both.
///
/// # Errors
/// A source whose table or text is not known.
pub fn overlapping(
    tables: &Tables<'_>,
    source: &Source,
    (from, until): &(Axis, Axis),
) -> Result<Query, Diagnostic> {
    let times = [time_of(from), time_of(until)];
    let rows = source.rows.as_ref();
    let scan = Scan::reading(tables, &source.name, source.key.iter().chain(&times).chain(rows), When::Never)?;
    let clock = Clock::of(&[&from.kind, &until.kind], None);
    let read = |axis| clock.read(&Time::on(&scan, axis, tables.calendar));
    let is_null = |value: Expr| Expr::IsNull { value: value.boxed(), negated: false };
    let key: Vec<Expr> = source.key.iter().map(|key| scan.value(key)).collect();
    let next = Expr::Over {
        function: WindowFunction::Next(read(from).boxed()),
        partition: key.clone(),
        order: vec![OrderBy::up(read(from))],
    };
    let ends = scan.column(&until.column);
    // A version that ends when it starts, or before, never holds.
    let holds = Expr::Or(vec![is_null(ends.clone()), Expr::binary(Operator::Less, read(from), read(until))]);
    let mut filter: Vec<Expr> =
        key.into_iter().chain([scan.column(&from.column)]).map(Expr::is_there).collect();
    filter.push(holds);
    filter.extend(rows.map(|rows| scan.condition(rows)));
    let early = Expr::binary(Operator::Less, next.clone(), read(until));
    let select = Select {
        items: vec![next.clone().alias("next")],
        from: Some(scan.from.clone()),
        joins: scan.joins.clone(),
        filter: Expr::all(filter),
        qualify: Expr::all(vec![Expr::is_there(next), Expr::Or(vec![is_null(read(until)), early])]),
        ..Select::default()
    };
    Ok(counted("repeated", Body::Select(Box::new(select))))
}
