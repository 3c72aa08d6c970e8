//! Cohorts: the rows with which entities enter, each with what its entrant did.
//!
//! Everybody who signed up, with the number of logins on day 7; or, by month of age,
//! everybody who signed up, and beside them who logged in, at each age.

use super::ages::{self, AGE};
use super::columns::key_column;
use super::group::item_expr;
use super::scan::{Scan, When};
use super::time::Time;
use super::{Lowering, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{AGED, ENTERED, Entries, Group, VALUE, YOUNGEST, dimension, time_of};
use crate::resolve::resolved::{
    Ages, Aggregate, Axis, Cohort, Grain, Length, Measure, OfEntrants, Row, Source, TimeUnit,
};
use crate::sql::{
    self, AggregateFunction as Agg, Body, Expr, GroupBy, Item, Join, JoinKind, Operator, OrderBy, Select,
    Type, WindowFunction,
};

const ENTITY: &str = "entity";

struct OfCohort<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    group: &'l Group,
    cohort: &'a Cohort,
    source: &'a Source,
    measure: &'a Measure,
    entries: &'l Entries,
}

/// Adds the CTE of a cohort's entries: every column of its source, the day of entry,
/// and the value. By age the values stand in rows of their own, which have an age.
pub fn entries(lowering: &mut Lowering<'_>, group: &Group, entries: &Entries) -> Result<String, Diagnostic> {
    let resolved = lowering.resolved;
    let unsound = |id: &str| Diagnostic::general(Code::UnknownName, format!("`{id}` has errors"));
    let cohort = resolved.cohorts.get(&entries.cohort).ok_or_else(|| unsound(&entries.cohort))?;
    let source = resolved.sources.get(&cohort.source).ok_or_else(|| unsound(&cohort.source))?;
    let measure = resolved.measures.get(&entries.measure).ok_or_else(|| unsound(&entries.measure))?;
    let mut of = OfCohort { lowering, group, cohort, source, measure, entries };
    let first = of.first()?;
    let did = of.did(&first)?;
    of.rows(&first, &did)
}

impl OfCohort<'_, '_> {
    fn cte(&mut self, what: &str, comment: &str, body: Select) -> String {
        let name = format!("{}{what}", self.cohort.id);
        self.lowering.shared_by(Some(self.group.readings[0]), &name, comment, Body::Select(Box::new(body)))
    }

    /// Each entity's first row: its key, the entity and the local day.
    fn first(&mut self) -> Result<String, Diagnostic> {
        let source = self.source;
        let (scan, filter) = self.entering()?;
        let entity = scan.value(&self.entity(&source.name)?);
        let mut items = vec![entity.clone().alias(ENTITY), self.day(&scan, &self.cohort.axis).alias(ENTERED)];
        items
            .extend(source.key.iter().enumerate().map(|(part, key)| scan.value(key).alias(key_column(part))));
        let mut entries = Select {
            items,
            from: Some(scan.from.clone()),
            joins: scan.joins.clone(),
            filter,
            ..Select::default()
        };
        if self.is_one()? {
            return Ok(self.cte("_entries", "when each entity enters", entries));
        }
        let mut order = vec![OrderBy::up(scan.column(&self.cohort.axis.column))];
        order.extend(source.key.iter().map(|key| OrderBy::up(scan.value(key))));
        let place = Expr::Over { function: WindowFunction::RowNumber, partition: vec![entity], order };
        entries.qualify = Some(Expr::equal(place, Expr::number(1)));
        Ok(self.cte("_entries", "when each entity enters: its first row", entries))
    }

    /// Rows with which somebody may enter.
    fn entering(&self) -> Result<(Scan, Option<Expr>), Diagnostic> {
        let source = self.source;
        let entity = self.entity(&source.name)?;
        let time = time_of(&self.cohort.axis);
        let read = [&entity, &time].into_iter().chain(&source.rows).chain(&source.key);
        let at = When::At(&self.cohort.axis);
        let scan = Scan::reading(&self.lowering.tables(self.group), &source.name, read, at)?;
        let mut filter: Vec<Expr> = source.rows.iter().map(|rows| scan.condition(rows)).collect();
        filter.push(Expr::is_there(scan.value(&entity)));
        filter.push(Expr::is_there(scan.column(&self.cohort.axis.column)));
        filter.extend(self.known(&scan, &self.cohort.axis));
        Ok((scan, Expr::all(filter)))
    }

    /// Whether an entity has one row at most, and so no other to look for.
    fn is_one(&self) -> Result<bool, Diagnostic> {
        let entity = self.entity(&self.source.name)?;
        Ok(self.source.key.as_slice() == std::slice::from_ref(&entity))
    }

    fn entity(&self, source: &str) -> Result<Row, Diagnostic> {
        dimension(self.lowering.resolved, source, &self.cohort.entity).ok_or_else(|| {
            let message = format!("`{source}` does not reach `{}`", self.cohort.entity);
            Diagnostic::general(Code::Unreachable, message)
        })
    }

    fn day(&self, scan: &Scan, axis: &Axis) -> Expr {
        Time::on(scan, axis, &self.lowering.plan.calendar).period(Grain::Day)
    }

    /// Rows that are known at as-of.
    fn known(&self, scan: &Scan, axis: &Axis) -> Option<Expr> {
        let plan = self.lowering.plan;
        let time = Time::on(scan, axis, &plan.calendar);
        let bound = |as_of| Expr::Literal(time.bound(as_of));
        self.group
            .as_of(&plan.range)
            .map(|as_of| Expr::binary(Operator::Less, time.column.clone(), bound(as_of)))
    }

    // ----------------------------------------------------------- what they did

    /// What each entrant did, by the age at which it was done if that is asked.
    fn did(&mut self, first: &str) -> Result<String, Diagnostic> {
        let resolved = self.lowering.resolved;
        let measure = self.measure;
        let entity = self.entity(&measure.source)?;
        let time = time_of(&measure.axis);
        let rows = resolved.sources.get(&measure.source).and_then(|s| s.rows.as_ref());
        let parts = measure.aggregate.rows();
        let read = [&entity, &time].into_iter().chain(rows).chain(parts).chain(&self.entries.conditions);
        let mut scan =
            Scan::reading(&self.lowering.tables(self.group), &measure.source, read, When::At(&measure.axis))?;
        let alias = scan.fresh("e");
        let day = self.day(&scan, &measure.axis);
        let entered = Expr::of(alias.clone(), ENTERED);
        let mut on = vec![Expr::equal(scan.value(&entity), Expr::of(alias.clone(), ENTITY))];
        on.extend(self.at_age(&day, &entered));
        let mut joins = scan.joins.clone();
        joins.push(Join { kind: JoinKind::Inner, from: named(first, &alias), on: Expr::all(on) });
        let mut keys = vec![Expr::of(alias.clone(), ENTITY).alias(ENTITY)];
        if let Ages::By(grain) = self.entries.ages {
            let own = ages::age(&self.lowering.plan.calendar, self.entries, grain, entered, day);
            keys.push(own.alias(AGE));
        }
        let mut filter: Vec<Expr> = rows.map(|rows| scan.condition(rows)).into_iter().collect();
        filter.extend(self.entries.conditions.iter().map(|row| scan.condition(row)));
        filter.extend(self.known(&scan, &measure.axis));
        let (function, args) = match (&self.entries.reading, &measure.aggregate) {
            (OfEntrants::PerEntrant, Aggregate::Sum(row)) => {
                (Agg::Sum, vec![self.lowering.to_sum(row, scan.value(row))])
            }
            _ => (Agg::Count, Vec::new()),
        };
        let value = Expr::Aggregate(sql::Aggregate { function, args, filter: None });
        let group_by = GroupBy::Keys(keys.iter().map(item_expr).collect());
        let select = Select {
            items: [keys, vec![value.alias(VALUE)]].concat(),
            from: Some(scan.from.clone()),
            joins,
            filter: Expr::all(filter),
            group_by,
            ..Select::default()
        };
        let comment = format!("what those who entered did afterwards: {}", measure.id);
        Ok(self.cte(&format!("_{}", measure.id), &comment, select))
    }

    /// Whether a day lies where it counts after the entry.
    fn at_age(&self, day: &Expr, entered: &Expr) -> Vec<Expr> {
        let after = |length: Length| Expr::Shift {
            value: entered.clone().boxed(),
            step: length.step(),
            to: Type::Date,
        };
        let on = |count: u32| {
            if count == 0 { entered.clone() } else { after(Length { count, unit: TimeUnit::Day }) }
        };
        let compared = |operator, bound| Expr::binary(operator, day.clone(), bound);
        match self.entries.ages {
            Ages::OnDay(count) => vec![compared(Operator::Equal, on(count))],
            Ages::FromDay(count) => vec![compared(Operator::GreaterEqual, on(count))],
            Ages::Within(length) => vec![
                compared(Operator::GreaterEqual, entered.clone()),
                compared(Operator::Less, after(length)),
            ],
            Ages::By(_) => vec![compared(Operator::GreaterEqual, entered.clone())],
        }
    }

    // -------------------------------------------------------------------- rows

    fn rows(&mut self, first: &str, did: &str) -> Result<String, Diagnostic> {
        let source = self.source;
        let (mut scan, filter) = self.entering()?;
        let done = scan.fresh("v");
        let mut joins = scan.joins.clone();
        let (entity, entered, filter) = if self.is_one()? {
            (scan.value(&self.entity(&source.name)?), self.day(&scan, &self.cohort.axis), filter)
        } else {
            let entry = scan.fresh("e");
            let same = |(part, key): (usize, &Row)| {
                Expr::equal(Expr::of(entry.clone(), key_column(part)), scan.value(key))
            };
            let on = Expr::all(source.key.iter().enumerate().map(same).collect());
            joins.push(Join { kind: JoinKind::Inner, from: named(first, &entry), on });
            (Expr::of(entry.clone(), ENTITY), Expr::of(entry, ENTERED), None)
        };
        let entered = || entered.clone();
        let row = |more: Vec<Item>, done: Option<Join>| Select {
            items: [vec![Item::All(scan.from.alias.clone()), entered().alias(ENTERED)], more].concat(),
            from: Some(scan.from.clone()),
            joins: joins.iter().cloned().chain(done).collect(),
            filter: filter.clone(),
            ..Select::default()
        };
        let on = Some(Expr::equal(Expr::of(done.clone(), ENTITY), entity));
        let did = |kind| Join { kind, from: named(did, &done), on: on.clone() };
        let value = Expr::of(done.clone(), VALUE).alias(VALUE);
        let body = match self.entries.ages {
            Ages::By(_) => Body::UnionAll(vec![
                row(
                    vec![
                        Expr::of(done.clone(), AGE).alias(AGED),
                        Expr::null(Type::Date).alias(YOUNGEST),
                        value,
                    ],
                    Some(did(JoinKind::Inner)),
                ),
                row(
                    vec![
                        Expr::null(Type::Integer).alias(AGED),
                        entered().alias(YOUNGEST),
                        Expr::null(Type::Integer).alias(VALUE),
                    ],
                    None,
                ),
            ]),
            _ => Body::Select(Box::new(row(vec![value], Some(did(JoinKind::Left))))),
        };
        let name = self.cohort.id.clone();
        let reading = Some(self.group.readings[0]);
        Ok(self.lowering.shared_by(reading, &name, "the rows with which entities enter", body))
    }
}
