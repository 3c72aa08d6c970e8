//! What each cell must be.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::answer::{Answer, Key};
use super::world::{Aggregate, Column, Condition, Dimension, Expr, Grain, Measure, Source, World, day};

/// A row of either fact, with its time and members looked up.
struct Row {
    source: Source,
    /// The start of its period; `None`: outside of what is asked and known.
    period: Option<DateTime>,
    members: [Option<u8>; 4],
    amount: Option<i64>,
    items: Option<i64>,
}

/// Which rows a number is about.
#[derive(Clone)]
struct Context<'w> {
    period: DateTime,
    slice: Vec<(Dimension, Option<u8>)>,
    conditions: Vec<&'w Condition>,
}

struct Judge<'w> {
    world: &'w World,
    rows: Vec<Row>,
}

/// Every cell of the request and its KPIs' values.
pub fn evaluate(world: &World) -> Answer {
    let periods = periods(world);
    let judge = Judge { world, rows: rows(world, &periods) };
    let request = &world.request;
    let mut slicings: Vec<Vec<Dimension>> = Vec::new();
    if request.total || request.by.is_empty() {
        slicings.push(Vec::new());
    }
    for by in &request.by {
        if !slicings.contains(by) {
            slicings.push(by.clone());
        }
    }
    let mut answer = Answer::default();
    for slicing in &slicings {
        for members in judge.members(slicing) {
            let slice: Vec<_> = slicing.iter().copied().zip(members).collect();
            for segment in &request.segments {
                for period in &periods {
                    let mut conditions: Vec<&Condition> = request.filter.iter().collect();
                    conditions.extend(segment.map(|s| &world.segments[s]));
                    let context = Context { period: *period, slice: slice.clone(), conditions };
                    let values = request.kpis.iter().map(|kpi| judge.kpi(*kpi, &context)).collect();
                    answer.insert(Key::new(*period, slicing, &slice, *segment), values);
                }
            }
        }
    }
    answer
}

// -------------------------------------------------------------------- time

fn zone(world: &World) -> TimeZone {
    TimeZone::get(world.zone).expect("worlds lie in zones that exist")
}

/// The local time of an instant in UTC.
fn local(world: &World, utc: DateTime) -> DateTime {
    let instant = TimeZone::UTC.to_timestamp(utc).expect("within the calendar");
    zone(world).to_datetime(instant)
}

/// The instant, in UTC, at which a local day begins.
fn midnight(world: &World, day: Date) -> DateTime {
    let local = day.at(0, 0, 0, 0);
    let instant = zone(world).to_timestamp(local).expect("within the calendar");
    TimeZone::UTC.to_datetime(instant)
}

fn next(day: Date) -> Date {
    day.tomorrow().expect("within the calendar")
}

/// The start of the period that holds a local day.
fn align(world: &World, day: Date) -> Date {
    match world.request.grain {
        Grain::Hour | Grain::Day => day,
        Grain::Week => {
            let mut start = day;
            while number(start.weekday()) != world.week_start {
                start = start.yesterday().expect("within the calendar");
            }
            start
        }
        Grain::Month => day.first_of_month(),
        Grain::Quarter => {
            Date::constant(day.year(), [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10][day.month() as usize - 1], 1)
        }
        Grain::Year => day.first_of_year(),
    }
}

fn number(weekday: Weekday) -> u8 {
    u8::try_from(weekday.to_monday_one_offset()).expect("1 to 7")
}

fn step(grain: Grain) -> Span {
    match grain {
        Grain::Hour => 1.hour(),
        Grain::Day => 1.day(),
        Grain::Week => 1.week(),
        Grain::Month => 1.month(),
        Grain::Quarter => 3.months(),
        Grain::Year => 1.year(),
    }
}

/// Starts of periods: local midnights, or hours in UTC.
fn periods(world: &World) -> Vec<DateTime> {
    let request = &world.request;
    let (mut at, end) = match request.grain {
        Grain::Hour => {
            let first = midnight(world, day(request.from));
            // Hours are whole in UTC.
            let whole = first.with().minute(0).build().expect("a time");
            let first = if whole == first { first } else { whole + 1.hour() };
            (first, midnight(world, next(day(request.to))))
        }
        _ => (align(world, day(request.from)).at(0, 0, 0, 0), next(day(request.to)).at(0, 0, 0, 0)),
    };
    let mut starts = Vec::new();
    while at < end {
        starts.push(at);
        at += step(request.grain);
    }
    starts
}

/// The first local day about which nothing is known.
fn unknown_from(world: &World) -> Option<Date> {
    world.request.as_of.map(|n| next(day(n)))
}

// -------------------------------------------------------------------- rows

fn rows(world: &World, periods: &[DateTime]) -> Vec<Row> {
    let country = |customer: Option<u8>| customer.and_then(|c| *world.customers.get(usize::from(c))?);
    let mut rows = Vec::new();
    for sale in &world.sales {
        let at = sale.at();
        rows.push(Row {
            source: Source::Sales,
            period: period(world, periods, local(world, at).date(), Some(at)),
            members: [sale.channel, sale.device, sale.customer, country(sale.customer)],
            amount: sale.amount.map(i64::from),
            items: sale.items.map(i64::from),
        });
    }
    for visit in &world.visits {
        rows.push(Row {
            source: Source::Visits,
            period: period(world, periods, visit.on(), None),
            members: [visit.channel, visit.device, visit.customer, country(visit.customer)],
            amount: None,
            items: None,
        });
    }
    rows.retain(|row| match (&world.kept, row.source) {
        (Some(kept), Source::Sales) => holds(kept, row),
        _ => true,
    });
    rows
}

fn period(world: &World, periods: &[DateTime], on: Date, utc: Option<DateTime>) -> Option<DateTime> {
    let request = &world.request;
    let is_known = unknown_from(world).is_none_or(|end| on < end);
    if !is_known {
        return None;
    }
    let start = match (request.grain, utc) {
        (Grain::Hour, Some(at)) => at.with().minute(0).second(0).build().expect("a time"),
        _ if on < day(request.from) || on > day(request.to) => return None,
        _ => align(world, on).at(0, 0, 0, 0),
    };
    periods.contains(&start).then_some(start)
}

fn member(row: &Row, dimension: Dimension) -> Option<u8> {
    row.members[dimension as usize]
}

/// Conditions are true or false: a comparison with nothing is false.
fn holds(condition: &Condition, row: &Row) -> bool {
    let value = |d: &Dimension| member(row, *d).map(|v| d.member(v));
    match condition {
        Condition::Is(d, v) => value(d) == Some(d.member(*v)),
        Condition::IsNot(d, v) => value(d) != Some(d.member(*v)),
        Condition::In(d, list) => value(d).is_some_and(|m| list.iter().any(|v| d.member(*v) == m)),
        Condition::NotIn(d, list) => !value(d).is_some_and(|m| list.iter().any(|v| d.member(*v) == m)),
        Condition::IsNull(d) => value(d).is_none(),
        Condition::Less(d, v) => value(d).is_some_and(|m| match d {
            Dimension::Buyer => m.parse::<u8>().expect("a number") < *v,
            _ => m < d.member(*v),
        }),
        Condition::Not(a) => !holds(a, row),
        Condition::And(a, b) => holds(a, row) && holds(b, row),
        Condition::Or(a, b) => holds(a, row) || holds(b, row),
    }
}

// ------------------------------------------------------------------- cells

impl Judge<'_> {
    /// The tuples that occur in any source that the request reads, within what is
    /// asked and known, whatever measures and segments keep.
    fn members(&self, slicing: &[Dimension]) -> BTreeSet<Vec<Option<u8>>> {
        if slicing.is_empty() {
            return BTreeSet::from([Vec::new()]);
        }
        let mut sources = Vec::new();
        self.world.request.kpis.iter().for_each(|kpi| self.sources(&self.world.kpis[*kpi], &mut sources));
        let rows = self.rows.iter().filter(|row| {
            row.period.is_some()
                && sources.contains(&row.source)
                && self.world.request.filter.iter().all(|c| holds(c, row))
        });
        rows.map(|row| slicing.iter().map(|d| member(row, *d)).collect()).collect()
    }

    fn sources(&self, e: &Expr, found: &mut Vec<Source>) {
        match e {
            Expr::Measure(m) => found.push(self.world.measures[*m].source),
            Expr::Kpi(k) => self.sources(&self.world.kpis[*k], found),
            Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Over(a, b) => {
                self.sources(a, found);
                self.sources(b, found);
            }
            Expr::Times(a, _) | Expr::Where(a, _) | Expr::Total(a, _) => self.sources(a, found),
            Expr::IfLess(parts) => parts.iter().for_each(|e| self.sources(e, found)),
        }
    }

    fn kpi(&self, kpi: usize, context: &Context<'_>) -> Option<f64> {
        self.number(&self.world.kpis[kpi], context)
    }

    fn number(&self, e: &Expr, context: &Context<'_>) -> Option<f64> {
        match e {
            Expr::Measure(m) => self.measure(&self.world.measures[*m], context),
            Expr::Kpi(k) => self.kpi(*k, context),
            Expr::Plus(a, b) => Some(self.number(a, context)? + self.number(b, context)?),
            Expr::Minus(a, b) => Some(self.number(a, context)? - self.number(b, context)?),
            Expr::Times(a, n) => Some(self.number(a, context)? * f64::from(*n)),
            Expr::Over(a, b) => {
                let (a, b) = (self.number(a, context)?, self.number(b, context)?);
                (b != 0.0).then(|| a / b)
            }
            Expr::Where(a, condition) => {
                let mut inner = context.clone();
                inner.conditions.push(condition);
                self.number(a, &inner)
            }
            Expr::Total(a, lifted) => {
                let mut inner = context.clone();
                inner.slice.retain(|(d, _)| !lifted.is_empty() && !lifted.contains(d));
                self.number(a, &inner)
            }
            Expr::IfLess(parts) => {
                let [a, b, x, y] = &**parts;
                let less = self.number(a, context).zip(self.number(b, context)).is_some_and(|(a, b)| a < b);
                self.number(if less { x } else { y }, context)
            }
        }
    }

    fn measure(&self, measure: &Measure, context: &Context<'_>) -> Option<f64> {
        if self.is_unknown(context.period) {
            return None;
        }
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| {
                row.source == measure.source
                    && row.period == Some(context.period)
                    && context
                        .slice
                        .iter()
                        .all(|(d, m)| member(row, *d).map(|v| d.member(v)) == m.map(|v| d.member(v)))
                    && context.conditions.iter().all(|c| holds(c, row))
                    && measure.filter.iter().all(|c| holds(c, row))
            })
            .collect();
        let value = aggregate(measure.aggregate, &rows);
        if measure.aggregate.is_zero_when_empty() { Some(value.unwrap_or(0.0)) } else { value }
    }

    /// Nothing is known of a period that starts when as-of is over.
    fn is_unknown(&self, period: DateTime) -> bool {
        let Some(end) = unknown_from(self.world) else { return false };
        match self.world.request.grain {
            Grain::Hour => period >= midnight(self.world, end),
            _ => period.date() >= end,
        }
    }
}

// -------------------------------------------------------------- aggregates

fn value(column: Column, row: &Row) -> Option<f64> {
    match column {
        Column::Amount => row.amount.map(|cents| cents as f64 / 100.0),
        Column::Items => row.items.map(|n| n as f64),
        Column::Derived => row.items.map(|n| (n * 2 - 1) as f64),
    }
}

/// The sum, exact: hundredths in whole numbers.
fn sum(column: Column, rows: &[&Row]) -> Option<f64> {
    let hundredths: Vec<i64> = rows
        .iter()
        .filter_map(|row| match column {
            Column::Amount => row.amount,
            Column::Items => row.items.map(|n| n * 100),
            Column::Derived => row.items.map(|n| (n * 2 - 1) * 100),
        })
        .collect();
    (!hundredths.is_empty()).then(|| hundredths.iter().sum::<i64>() as f64 / 100.0)
}

fn aggregate(aggregate: Aggregate, rows: &[&Row]) -> Option<f64> {
    let values = |column: Column| {
        let mut values: Vec<f64> = rows.iter().filter_map(|row| value(column, row)).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let distinct = |found: BTreeSet<Vec<String>>| Some(found.len() as f64);
    let named = |row: &Row, dimensions: &[Dimension]| -> Option<Vec<String>> {
        dimensions.iter().map(|d| member(row, *d).map(|v| d.member(v))).collect()
    };
    match aggregate {
        Aggregate::Count => Some(rows.len() as f64),
        Aggregate::Buyers => distinct(rows.iter().filter_map(|r| named(r, &[Dimension::Buyer])).collect()),
        Aggregate::Pairs => {
            let pair = [Dimension::Channel, Dimension::Buyer];
            distinct(rows.iter().filter_map(|r| named(r, &pair)).collect())
        }
        Aggregate::Countries => {
            distinct(rows.iter().filter_map(|r| named(r, &[Dimension::Country])).collect())
        }
        Aggregate::Sum(c) => sum(c, rows),
        Aggregate::Avg(c) => Some(sum(c, rows)? / values(c).len() as f64),
        Aggregate::Min(c) => values(c).first().copied(),
        Aggregate::Max(c) => values(c).last().copied(),
        Aggregate::Median(c) => percentile(&values(c), 0.5),
        Aggregate::P90(c) => percentile(&values(c), 0.9),
        Aggregate::Stddev(c) => stddev(&values(c)),
    }
}

/// Between the two nearest ranks, as `percentile_cont` does.
fn percentile(sorted: &[f64], part: f64) -> Option<f64> {
    let rank = part * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    Some(low + (high - low) * rank.fract())
}

/// Of a sample.
fn stddev(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}
