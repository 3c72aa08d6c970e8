//! Which days have data, for a request without a range.

use super::scan::{Scan, SqlTexts, Tables, When};
use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::plan::{Calendar, calendar};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, Grain, Row};
use crate::resolve::scalar::{ScalarKind, Type};
use crate::source::{FileId, Span};
use crate::sql::{Aggregate, AggregateFunction, Body, Expr, From, Query, Select, Table};

/// A query of one row: `first_day` and `last_day` with a row of any of these
/// sources on its axis, as local dates; NULL when there is none.
///
/// # Errors
/// A source whose table or text is not known.
pub fn extent(resolved: &Resolved, axes: &[(String, Axis)], texts: &SqlTexts) -> Result<Query, Diagnostic> {
    let calendar = calendar(resolved);
    let mut selects = Vec::new();
    for (source, axis) in axes {
        selects.push(of_source(resolved, source, axis, texts, &calendar)?);
    }
    let all = Query { ctes: Vec::new(), body: Body::all_of(selects), order_by: Vec::new() };
    let select = Select {
        items: vec![
            extreme(AggregateFunction::Min, Expr::of("d", "first_day")).alias("first_day"),
            extreme(AggregateFunction::Max, Expr::of("d", "last_day")).alias("last_day"),
        ],
        from: Some(From { table: Table::Subquery(Box::new(all)), alias: Some("d".into()) }),
        ..Select::default()
    };
    Ok(Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() })
}

fn of_source(
    resolved: &Resolved,
    source: &str,
    axis: &Axis,
    texts: &SqlTexts,
    calendar: &Calendar,
) -> Result<Select, Diagnostic> {
    let time = Row::new(ScalarKind::Leaf(axis.column.clone()), Type::Unknown, Span::new(FileId(0), 0, 0));
    let rows = resolved.sources.get(source).and_then(|s| s.rows.clone());
    let tables = Tables { resolved, texts, calendar, as_of: None };
    let scan = Scan::reading(&tables, source, std::iter::once(&time).chain(&rows), When::At(axis))?;
    // No bounds: the engine's own zone data reads the two extremes.
    let day = |function| {
        let column = extreme(function, scan.column(&axis.column));
        Time::of(axis, column, calendar).period(Grain::Day)
    };
    Ok(Select {
        items: vec![
            day(AggregateFunction::Min).alias("first_day"),
            day(AggregateFunction::Max).alias("last_day"),
        ],
        filter: rows.as_ref().map(|rows| scan.condition(rows)),
        from: Some(scan.from.clone()),
        joins: scan.joins.clone(),
        ..Select::default()
    })
}

fn extreme(function: AggregateFunction, of: Expr) -> Expr {
    Expr::Aggregate(Aggregate { function, args: vec![of], filter: None })
}
