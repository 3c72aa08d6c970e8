//! Whether joined keys repeat: what makes a lookup safe is measured, not believed.

use super::scan::{Scan, SqlTexts};
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, lookups};
use crate::resolve::Resolved;
use crate::sql::{Aggregate, AggregateFunction, Body, Expr, From, GroupBy, Operator, Query, Select, Table};

/// A query that counts the keys which a joined source has more than once.
#[derive(Debug)]
pub struct KeyCheck {
    pub source: String,
    /// One row, one column: `repeated`.
    pub query: Query,
}

/// A check for every source that the plan looks up.
///
/// # Errors
/// A source whose table or text is not known.
pub fn key_checks(resolved: &Resolved, plan: &Plan, texts: &SqlTexts) -> Result<Vec<KeyCheck>, Diagnostic> {
    let mut checks: Vec<KeyCheck> = Vec::new();
    for lookup in plan.groups.iter().flat_map(|group| &group.lookups) {
        if checks.iter().any(|check| check.source == lookup.source) {
            continue;
        }
        let query = repeated(resolved, &lookup.source, texts)?;
        checks.push(KeyCheck { source: lookup.source.clone(), query });
    }
    Ok(checks)
}

fn repeated(resolved: &Resolved, name: &str, texts: &SqlTexts) -> Result<Query, Diagnostic> {
    let empty = Vec::new();
    let source = resolved.sources.get(name);
    let key = source.map_or(&empty, |source| &source.key);
    let rows = source.and_then(|source| source.rows.as_ref());
    let scan = Scan::new(resolved, name, &lookups(resolved, name, key.iter().chain(rows)), texts)?;
    let read: Vec<Expr> = key.iter().map(|row| scan.value(row)).collect();
    let count =
        || Expr::Aggregate(Aggregate { function: AggregateFunction::Count, args: Vec::new(), filter: None });
    // A key that is NULL is never joined.
    let mut filter: Vec<Expr> =
        read.iter().map(|key| Expr::IsNull { value: key.clone().boxed(), negated: true }).collect();
    filter.extend(rows.map(|rows| scan.condition(rows)));
    let twice = Select {
        items: vec![count().alias("times")],
        from: Some(scan.from.clone()),
        joins: scan.joins.clone(),
        filter: Expr::all(filter),
        group_by: GroupBy::Keys(read),
        having: Some(Expr::binary(Operator::Greater, count(), Expr::number(1))),
        ..Select::default()
    };
    let twice = Query { ctes: Vec::new(), body: Body::Select(Box::new(twice)), order_by: Vec::new() };
    let select = Select {
        items: vec![count().alias("repeated")],
        from: Some(From { table: Table::Subquery(Box::new(twice)), alias: Some("k".into()) }),
        ..Select::default()
    };
    Ok(Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() })
}
