//! Cohorts: the rows with which entities enter, each with what its entrant did.
//!
//! Everybody who signed up, with the number of logins on day 7; or, by month of age,
//! a row a month and the revenue up to it.

use super::columns::key_column;
use super::group::item_expr;
use super::scan::{Scan, When};
use super::time::{self, Time};
use super::{Lowering, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{AGED, ENTERED, Entries, IS_YOUNG, Moment, VALUE, dimension, time_of};
use crate::resolve::resolved::{
    Ages, Aggregate, Axis, Cohort, Grain, Length, Measure, OfEntrants, Row, Source, TimeUnit,
};
use crate::sql::{
    self, AggregateFunction as Agg, Body, Expr, Function, GroupBy, Item, Join, JoinKind, Literal, Operator,
    OrderBy, Part, Select, Type, WindowFunction,
};

const ENTITY: &str = "entity";
const PLACE: &str = "place";
const AGE: &str = "age";

struct OfCohort<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    cohort: &'a Cohort,
    source: &'a Source,
    measure: &'a Measure,
    entries: &'l Entries,
}

/// Adds the CTE of a cohort's entries: every column of its source, the day of entry,
/// and the value; by age a row for each age.
pub fn entries(lowering: &mut Lowering<'_>, entries: &Entries) -> Result<String, Diagnostic> {
    let resolved = lowering.resolved;
    let unsound = |id: &str| Diagnostic::general(Code::UnknownName, format!("`{id}` has errors"));
    let cohort = resolved.cohorts.get(&entries.cohort).ok_or_else(|| unsound(&entries.cohort))?;
    let source = resolved.sources.get(&cohort.source).ok_or_else(|| unsound(&cohort.source))?;
    let measure = resolved.measures.get(&entries.measure).ok_or_else(|| unsound(&entries.measure))?;
    let mut of = OfCohort { lowering, cohort, source, measure, entries };
    let first = of.first()?;
    let ages = of.ages();
    let did = of.did(&first, ages.as_deref())?;
    of.rows(&first, &did, ages.as_deref())
}

impl OfCohort<'_, '_> {
    fn cte(&mut self, what: &str, comment: &str, body: Select) -> String {
        let name = format!("{}{what}", self.cohort.id);
        self.lowering.shared(&name, comment, Body::Select(Box::new(body)))
    }

    /// Each entity's first row: its key, the entity and the local day.
    fn first(&mut self) -> Result<String, Diagnostic> {
        let source = self.source;
        let entity = self.entity(&source.name)?;
        let time = time_of(&self.cohort.axis);
        let read = [&entity, &time].into_iter().chain(&source.rows).chain(&source.key);
        let at = When::At(&self.cohort.axis);
        let scan = Scan::reading(&self.lowering.tables(), &source.name, read, at)?;
        let mut items =
            vec![scan.value(&entity).alias(ENTITY), self.day(&scan, &self.cohort.axis).alias(ENTERED)];
        items
            .extend(source.key.iter().enumerate().map(|(part, key)| scan.value(key).alias(key_column(part))));
        let mut filter: Vec<Expr> = source.rows.iter().map(|rows| scan.condition(rows)).collect();
        filter.push(Expr::is_there(scan.value(&entity)));
        filter.push(Expr::is_there(scan.column(&self.cohort.axis.column)));
        filter.extend(self.known(&scan, &self.cohort.axis));
        // An entity with one row at most has no other to look for.
        let is_key = source.key.as_slice() == std::slice::from_ref(&entity);
        if !is_key {
            let mut order = vec![OrderBy::up(scan.column(&self.cohort.axis.column))];
            order.extend(source.key.iter().map(|key| OrderBy::up(scan.value(key))));
            let place = Expr::Over {
                function: WindowFunction::RowNumber,
                partition: vec![scan.value(&entity)],
                order,
            };
            items.push(place.alias(PLACE));
        }
        let all = Select {
            items,
            from: Some(scan.from.clone()),
            joins: scan.joins.clone(),
            filter: Expr::all(filter),
            ..Select::default()
        };
        if is_key {
            return Ok(self.cte("_entries", "when each entity enters", all));
        }
        let all = self.cte("_rows", "rows of each entity, in order", all);
        let mut names = vec![ENTITY.to_string(), ENTERED.into()];
        names.extend((0..source.key.len()).map(key_column));
        let items = names.into_iter().map(|name| Expr::of("r", name.clone()).alias(name)).collect();
        let first = Expr::equal(Expr::of("r", PLACE), Expr::number(1));
        let select = Select { items, from: Some(named(&all, "r")), filter: Some(first), ..Select::default() };
        Ok(self.cte("_entries", "when each entity enters: its first row", select))
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
        plan.range.as_of.map(|as_of| Expr::binary(Operator::Less, time.column.clone(), bound(as_of)))
    }

    // -------------------------------------------------------------------- ages

    /// The ages that anybody asked about can have.
    fn ages(&mut self) -> Option<String> {
        let Ages::By(grain) = self.entries.ages else { return None };
        let plan = self.lowering.plan;
        let oldest = index_of(grain, plan.calendar.week_start, self.known_until().local.date())
            - index_of(grain, plan.calendar.week_start, plan.range.starts[0].local.date());
        let rows = (0..oldest.max(1)).map(|age| vec![Expr::number(age)]).collect();
        let body = Body::Values { columns: vec![AGE.into()], rows };
        Some(self.lowering.shared("ages", &format!("ages in {}s", grain.word()), body))
    }

    /// As-of, else where the asked range ends.
    fn known_until(&self) -> Moment {
        let range = &self.lowering.plan.range;
        range.as_of.unwrap_or(range.end)
    }

    /// A day's number among a grain's periods.
    fn index(&self, grain: Grain, day: Expr) -> Expr {
        let extract = |part| Expr::Extract(part, day.clone().boxed());
        let times = |a, n: i64| Expr::binary(Operator::Multiply, a, Expr::number(n));
        let plus = |a, b| Expr::binary(Operator::Add, a, b);
        match grain {
            Grain::Year => extract(Part::Year),
            Grain::Quarter => plus(times(extract(Part::Year), 4), extract(Part::Quarter)),
            Grain::Month => plus(times(extract(Part::Year), 12), extract(Part::Month)),
            _ => unreachable!("days and weeks are counted"),
        }
    }

    /// Periods between two days.
    fn age(&self, grain: Grain, from: Expr, to: Expr) -> Expr {
        let calendar = &self.lowering.plan.calendar;
        match grain {
            Grain::Day => Expr::DaysBetween { start: from.boxed(), end: to.boxed() },
            Grain::Week => {
                let days = Expr::DaysBetween {
                    start: time::cut(Grain::Week, calendar, from).boxed(),
                    end: time::cut(Grain::Week, calendar, to).boxed(),
                };
                let weeks = Expr::Divide(days.boxed(), Expr::number(7).boxed());
                Expr::Cast(Expr::Call(Function::Round, vec![weeks, Expr::number(0)]).boxed(), Type::Integer)
            }
            _ => Expr::binary(Operator::Subtract, self.index(grain, to), self.index(grain, from)),
        }
    }

    /// Whether an age is not over yet at as-of.
    fn is_young(&self, grain: Grain, entered: Expr, age: Expr) -> Expr {
        let until = self.known_until().local.date();
        let until = Expr::Literal(Literal::Date(until.to_string()));
        // The periods that have begun by then; the last of them is over if as-of starts the next.
        let begun = self.age(grain, entered, until);
        let young = Expr::binary(Operator::GreaterEqual, age, begun);
        Expr::Case { whens: vec![(young, Expr::number(1))], otherwise: Some(Expr::number(0).boxed()) }
    }

    // ----------------------------------------------------------- what they did

    /// What each entrant did, by age if that is asked.
    fn did(&mut self, first: &str, ages: Option<&str>) -> Result<String, Diagnostic> {
        let resolved = self.lowering.resolved;
        let measure = self.measure;
        let entity = self.entity(&measure.source)?;
        let time = time_of(&measure.axis);
        let rows = resolved.sources.get(&measure.source).and_then(|s| s.rows.as_ref());
        let parts = measure.aggregate.rows();
        let read = [&entity, &time].into_iter().chain(rows).chain(parts).chain(&self.entries.conditions);
        let mut scan =
            Scan::reading(&self.lowering.tables(), &measure.source, read, When::At(&measure.axis))?;
        let alias = scan.fresh("e");
        let day = self.day(&scan, &measure.axis);
        let entered = Expr::of(alias.clone(), ENTERED);
        let mut on = vec![Expr::equal(scan.value(&entity), Expr::of(alias.clone(), ENTITY))];
        on.extend(self.at_age(&day, &entered));
        let mut joins = scan.joins.clone();
        joins.push(Join { kind: JoinKind::Inner, from: named(first, &alias), on: Expr::all(on) });
        let mut keys = vec![Expr::of(alias.clone(), ENTITY).alias(ENTITY)];
        if let (Some(ages), Ages::By(grain)) = (ages, self.entries.ages) {
            let name = scan.fresh("a");
            let own = self.age(grain, entered, day);
            // Who came back in a month did so in that one; what was spent by then adds up.
            let operator = match self.entries.reading {
                OfEntrants::Retained => Operator::Equal,
                OfEntrants::PerEntrant => Operator::LessEqual,
            };
            let on = Expr::binary(operator, own, Expr::of(name.clone(), AGE));
            joins.push(Join { kind: JoinKind::Inner, from: named(ages, &name), on: Some(on) });
            keys.push(Expr::of(name, AGE).alias(AGE));
        }
        let mut filter: Vec<Expr> = rows.map(|rows| scan.condition(rows)).into_iter().collect();
        filter.extend(self.entries.conditions.iter().map(|row| scan.condition(row)));
        filter.extend(self.known(&scan, &measure.axis));
        let (function, args) = match (&self.entries.reading, &measure.aggregate) {
            (OfEntrants::PerEntrant, Aggregate::Sum(row)) => (Agg::Sum, vec![scan.value(row)]),
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

    fn rows(&mut self, first: &str, did: &str, ages: Option<&str>) -> Result<String, Diagnostic> {
        let source = self.source;
        let mut scan = Scan::reading(&self.lowering.tables(), &source.name, &source.key, When::Never)?;
        let (entry, done) = (scan.fresh("e"), scan.fresh("v"));
        let same = |(part, key): (usize, &Row)| {
            Expr::equal(Expr::of(entry.clone(), key_column(part)), scan.value(key))
        };
        let on = Expr::all(source.key.iter().enumerate().map(same).collect());
        let mut joins = scan.joins.clone();
        joins.push(Join { kind: JoinKind::Inner, from: named(first, &entry), on });
        let entered = Expr::of(entry.clone(), ENTERED);
        let mut items = vec![Item::All(scan.from.alias.clone()), entered.clone().alias(ENTERED)];
        let mut on = vec![Expr::equal(Expr::of(done.clone(), ENTITY), Expr::of(entry, ENTITY))];
        if let (Some(ages), Ages::By(grain)) = (ages, self.entries.ages) {
            let name = scan.fresh("a");
            let age = Expr::of(name.clone(), AGE);
            joins.push(Join { kind: JoinKind::Cross, from: named(ages, &name), on: None });
            on.push(Expr::equal(Expr::of(done.clone(), AGE), age.clone()));
            items.push(age.clone().alias(AGED));
            items.push(self.is_young(grain, entered, age).alias(IS_YOUNG));
        }
        joins.push(Join { kind: JoinKind::Left, from: named(did, &done), on: Expr::all(on) });
        items.push(Expr::of(done, VALUE).alias(VALUE));
        let select = Select { items, from: Some(scan.from.clone()), joins, ..Select::default() };
        Ok(self.cte("", "the rows with which entities enter", select))
    }
}

/// A day's number among a grain's periods.
fn index_of(grain: Grain, week_start: u8, day: jiff::civil::Date) -> i64 {
    let days = i64::from(day.since(jiff::civil::Date::ZERO).map_or(0, |span| span.get_days()));
    match grain {
        Grain::Year => i64::from(day.year()),
        Grain::Quarter => i64::from(day.year()) * 4 + (i64::from(day.month()) - 1) / 3,
        Grain::Month => i64::from(day.year()) * 12 + i64::from(day.month()),
        // 1 January 0000 was a Saturday.
        Grain::Week => (days + 6 - i64::from(week_start)).div_euclid(7),
        _ => days,
    }
}
