//! Whether exchange rates are missing: an amount without one would be left out of its sum.

use super::keys::count;
use super::scan::{Scan, SqlTexts, Tables, When};
use super::time::Time;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Entries, Group, Leaf, Moment, Over, Plan, Taken, lookups, time_of};
use crate::resolve::Resolved;
use crate::resolve::resolved::{ColumnRef, Grain, Placed, Row};
use crate::resolve::scalar::{Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::sql::{self, Aggregate, AggregateFunction, Body, Expr, Literal, Query, Select};

/// A query that counts the amounts which a measure converts and that have no rate.
#[derive(Debug)]
pub struct RateCheck {
    pub measure: String,
    /// Whose rows they are.
    pub source: String,
    /// One row: how many are `missing`, and the `first` day; NULL where rows have no day.
    pub query: Query,
}

/// A check for every measure of the plan that reads an exchange rate, in the time and
/// under the conditions that it is asked for.
///
/// # Errors
/// A source whose table or text is not known; a rate that no check can look for.
pub fn rate_checks(resolved: &Resolved, plan: &Plan, texts: &SqlTexts) -> Result<Vec<RateCheck>, Diagnostic> {
    let mut found = Vec::new();
    gather(&Asked { resolved, plan, texts }, &mut found)?;
    Ok(found)
}

struct Asked<'a> {
    resolved: &'a Resolved,
    plan: &'a Plan,
    texts: &'a SqlTexts,
}

fn gather(asked: &Asked<'_>, found: &mut Vec<RateCheck>) -> Result<(), Diagnostic> {
    let Asked { resolved, plan, texts } = *asked;
    for bands in &plan.bands {
        gather(&Asked { plan: &bands.plan, ..*asked }, found)?;
    }
    if let Some(named) = &plan.named {
        gather(&Asked { plan: &named.plan, ..*asked }, found)?;
    }
    for leaf in &plan.leaves {
        match &leaf.over {
            Over::Rows(_) => {}
            Over::Members(members) => gather(&Asked { plan: &members.plan, ..*asked }, found)?,
            Over::Time(held) => gather(&Asked { plan: &held.plan, ..*asked }, found)?,
        }
    }
    for group in &plan.groups {
        let tables = Tables { resolved, texts, calendar: &plan.calendar, as_of: group.as_of(&plan.range) };
        for leaf in group.leaves.iter().map(|leaf| &plan.leaves[*leaf]) {
            let of = match &leaf.taken {
                None => Converted::of_leaf(leaf, group),
                Some(Taken::Entries(entries)) => Converted::of_entries(resolved, entries),
                // Steps are told apart and counted; what converts is the first step's own.
                Some(Taken::Steps(_)) => Converted::of_leaf(leaf, group),
            };
            let check = of.map(|of| of.check(&tables)).transpose()?.flatten();
            let is_known = |check: &RateCheck| found.iter().any(|known| known.query == check.query);
            found.extend(check.filter(|check| !is_known(check)));
        }
    }
    Ok(())
}

/// The rows that a measure takes.
struct Converted<'a> {
    measure: &'a str,
    source: &'a str,
    placed: Placed,
    values: Vec<&'a Row>,
    conditions: Vec<&'a Row>,
    /// From when (`None`: the first row) until when; none: all.
    stretches: &'a [(Option<Moment>, Moment)],
}

impl<'a> Converted<'a> {
    fn of_leaf(leaf: &'a Leaf, group: &'a Group) -> Option<Converted<'a>> {
        Some(Converted {
            measure: &leaf.measure,
            source: &leaf.source,
            placed: group.placed.clone(),
            values: leaf.aggregate.rows(),
            conditions: group.conditions.iter().chain(&leaf.conditions).collect(),
            stretches: match &group.placed {
                Placed::At(_) => &group.stretches,
                Placed::Exists(_) => &[],
            },
        })
    }

    /// What entrants did, whenever that was.
    fn of_entries(resolved: &'a Resolved, entries: &'a Entries) -> Option<Converted<'a>> {
        let measure = resolved.measures.get(&entries.measure)?;
        let own = resolved.sources.get(&measure.source)?.rows.as_ref();
        Some(Converted {
            measure: &measure.id,
            source: &measure.source,
            placed: Placed::At(measure.axis.clone()),
            values: measure.aggregate.rows(),
            conditions: own.into_iter().chain(&entries.conditions).collect(),
            stretches: &[],
        })
    }

    /// The check, if it reads a rate.
    fn check(&self, tables: &Tables<'_>) -> Result<Option<RateCheck>, Diagnostic> {
        let reads = |row: &Row| reads_rate(tables.resolved, self.source, row);
        let missing = |row: &Row| without_rate(tables.resolved, self.source, row);
        let (decided, plain): (Vec<&Row>, Vec<&Row>) =
            self.conditions.iter().partition(|row| compared(row).into_iter().any(reads));
        let kept: Vec<Row> = plain.into_iter().cloned().collect();
        let mut any: Vec<Row> = Vec::new();
        for value in self.values.iter().filter(|row| reads(row)) {
            any.push(and(decided.iter().copied().cloned().chain([missing(value)]).collect(), value.span));
        }
        for value in decided.iter().flat_map(|row| compared(row)).filter(|row| reads(row)) {
            any.push(missing(value));
        }
        if any.is_empty() {
            return Ok(None);
        }
        let query = self.query(tables, &kept, &any)?;
        Ok(Some(RateCheck { measure: self.measure.into(), source: self.source.into(), query }))
    }

    fn query(&self, tables: &Tables<'_>, kept: &[Row], any: &[Row]) -> Result<Query, Diagnostic> {
        let axes: Vec<Row> = self.placed.axes().into_iter().map(time_of).collect();
        let when = match &self.placed {
            Placed::At(axis) => When::At(axis),
            Placed::Exists(_) => When::AtInstants,
        };
        let read = lookups(tables.resolved, self.source, kept.iter().chain(any).chain(&axes));
        let scan = Scan::new(tables, self.source, &read, when)?;
        if let Some(late) = scan.late() {
            let message = format!(
                "amounts are converted by the version of `{}` that holds when a stock is read, which is not supported yet",
                late.source
            );
            return Err(Diagnostic::general(Code::NotYet, message)
                .because("nothing would say that a rate is missing at one of the instants")
                .help("join the rates by a key, or convert in an SQL source"));
        }
        let mut filter: Vec<Expr> = kept.iter().map(|row| scan.condition(row)).collect();
        let mut first = None;
        if let Placed::At(axis) = &self.placed {
            let time = Time::on(&scan, axis, tables.calendar);
            let within = |(low, high): &(Option<_>, _)| Expr::all(time.between(*low, *high));
            let within: Vec<Expr> = self.stretches.iter().filter_map(within).collect();
            filter.extend(either(within));
            first = Some(time.period(Grain::Day));
        }
        let any = any.iter().map(|row| scan.condition(row)).collect();
        filter.extend(either(any));
        let first = first.map_or_else(
            || Expr::null(sql::Type::Date),
            |day| {
                let function = AggregateFunction::Min;
                Expr::Aggregate(Aggregate { function, args: vec![day], filter: None })
            },
        );
        let select = Select {
            items: vec![count().alias("missing"), first.alias("first")],
            from: Some(scan.from),
            joins: scan.joins,
            filter: Expr::all(filter),
            ..Select::default()
        };
        Ok(Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() })
    }
}

fn is_rate(resolved: &Resolved, source: &str, column: &ColumnRef) -> bool {
    let of = column
        .path
        .iter()
        .try_fold(source, |at, join| Some(resolved.sources.get(at)?.joins.get(join)?.source.as_str()));
    of.and_then(|source| resolved.sources.get(source)).is_some_and(|s| s.rates.contains(&column.column))
}

fn reads_rate(resolved: &Resolved, source: &str, row: &Row) -> bool {
    let mut reads = false;
    row.leaves(&mut |column| reads |= is_rate(resolved, source, column));
    reads
}

/// The values that a condition compares.
fn compared(row: &Row) -> Vec<&Row> {
    match &row.kind {
        ScalarKind::And(_) | ScalarKind::Or(_) | ScalarKind::Not(_) => {
            row.children().into_iter().flat_map(compared).collect()
        }
        ScalarKind::Compare(..) | ScalarKind::In(..) | ScalarKind::Between { .. } => row.children(),
        _ => Vec::new(),
    }
}

/// Whether a value is NULL that would be something other than 0 by a rate of 1.
fn without_rate(resolved: &Resolved, source: &str, value: &Row) -> Row {
    let span = value.span;
    let number =
        |digits: &str| Scalar::new(ScalarKind::Literal(Literal::Number(digits.into())), Type::Integer, span);
    let at_one = value.replace(&mut |column, at| match is_rate(resolved, source, column) {
        true => number("1"),
        false => Scalar::new(ScalarKind::Leaf(column.clone()), at.ty, at.span),
    });
    let is = |kind| Scalar::new(kind, Type::Boolean, span);
    let not = |row: Row| is(ScalarKind::Not(Box::new(row)));
    let is_null = |row: &Row| is(ScalarKind::IsNull(Box::new(row.clone())));
    let zero = is(ScalarKind::Compare(Comparison::Equal, Box::new(at_one.clone()), Box::new(number("0"))));
    and(vec![is_null(value), not(is_null(&at_one)), not(zero)], span)
}

fn and(parts: Vec<Row>, span: Span) -> Row {
    Scalar::new(ScalarKind::And(parts), Type::Boolean, span)
}

/// That one of these holds; `None` of none.
fn either(mut parts: Vec<Expr>) -> Option<Expr> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Expr::Or(parts)),
    }
}
