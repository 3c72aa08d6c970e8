//! Whether rows end before they begin: of the others, end = start + in - out.

use indexmap::IndexMap;

use super::keys::count;
use super::scan::{Scan, SqlTexts, Tables, When};
use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::plan::{Calendar, Over, Plan, time_of};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, Existence, Grain, Placed};
use crate::sql::{Body, Expr, Operator, Query, Select};

/// A query that counts the rows of a source that end before they begin, or end and
/// never began.
#[derive(Debug)]
pub struct IntervalCheck {
    pub source: String,
    /// One row, one column: `backward`.
    pub query: Query,
}

/// A check for every source whose rows exist over an interval and are read as a stock.
///
/// # Errors
/// A source whose table or text is not known.
pub fn interval_checks(
    resolved: &Resolved,
    plan: &Plan,
    texts: &SqlTexts,
) -> Result<Vec<IntervalCheck>, Diagnostic> {
    let mut intervals = IndexMap::new();
    gather(plan, &mut intervals);
    let check = |(source, (from, until)): (&str, (&Axis, &Axis))| {
        let query = backward_rows(resolved, plan, source, from, until, texts)?;
        Ok(IntervalCheck { source: source.to_string(), query })
    };
    intervals.into_iter().map(check).collect()
}

fn gather<'p>(plan: &'p Plan, found: &mut IndexMap<&'p str, (&'p Axis, &'p Axis)>) {
    plan.bands.iter().for_each(|bands| gather(&bands.plan, found));
    plan.named.iter().for_each(|named| gather(&named.plan, found));
    for leaf in &plan.leaves {
        match &leaf.over {
            Over::Rows(Placed::Exists(Existence::Interval { from, until })) => {
                found.insert(&leaf.source, (from, until));
            }
            Over::Rows(_) => {}
            Over::Members(members) => gather(&members.plan, found),
            Over::Time(held) => gather(&held.plan, found),
        }
    }
}

fn backward_rows(
    resolved: &Resolved,
    plan: &Plan,
    name: &str,
    from: &Axis,
    until: &Axis,
    texts: &SqlTexts,
) -> Result<Query, Diagnostic> {
    let rows = resolved.sources.get(name).and_then(|source| source.rows.as_ref());
    let times = [time_of(from), time_of(until)];
    let tables = Tables { resolved, texts, calendar: &plan.calendar, as_of: None };
    let scan = Scan::reading(&tables, name, times.iter().chain(rows), When::Never)?;
    let mut filter: Vec<Expr> = rows.map(|rows| scan.condition(rows)).into_iter().collect();
    filter.push(backward(&scan, &plan.calendar, from, until));
    let select = Select {
        items: vec![count().alias("backward")],
        from: Some(scan.from.clone()),
        joins: scan.joins.clone(),
        filter: Expr::all(filter),
        ..Select::default()
    };
    Ok(Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() })
}

/// Whether a row ends before it begins, or ends and never began.
pub fn backward(scan: &Scan, calendar: &Calendar, from: &Axis, until: &Axis) -> Expr {
    // Of two kinds, the days are compared.
    let value = |axis: &Axis| {
        let column = scan.column(&axis.column);
        match from.kind == until.kind {
            true => column,
            false => Time::of(axis, column, calendar).period(Grain::Day),
        }
    };
    let is_null = |axis: &Axis, negated| Expr::IsNull { value: scan.column(&axis.column).boxed(), negated };
    let before = Expr::binary(Operator::Less, value(until), value(from));
    let never = Expr::And(vec![is_null(from, false), is_null(until, true)]);
    Expr::Or(vec![before, never])
}
