//! What each cell must be.
//!
//! A formula is computed in a context: the period, the slice, the conditions that
//! hold and what moves time. Each operator changes the context of what stands
//! beneath it; a measure then aggregates the rows that its context leaves.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::{Timestamp, ToSpan};

use super::aggregates::{aggregate, faded, or_zero};
use super::answer::{Answer, Key};
use super::as_of::{Look, version};
use super::calendar::Period;
use super::dimension::{Condition, Dimension, Members};
use super::formula::{Formula, Kpi, Reading, Window};
use super::measure::{Axis, Measure, Source, Stock};
use super::members::Among;
use super::reading::{Clock, Step, Stretch};
use super::rows::{Row, Version, rows, versions};
use super::stocks::{Boundary, boundaries, standing};
use super::time::Duration;
use super::world::World;

/// Which rows a number is about.
#[derive(Clone)]
pub struct Context<'w> {
    pub period: Period,
    pub slice: Vec<(Dimension, Option<String>)>,
    /// Whom the slice's member stands among.
    pub among: Among,
    pub conditions: Vec<&'w Condition>,
    /// What moves time, from the outside in.
    pub steps: Vec<Step>,
}

/// Which row is looked at, when, and up to when things are known.
type Sight = (Source, usize, Look, Option<Timestamp>);

/// A customer in a period, reached by these steps.
type Who = (u8, Period, Vec<Step>);

pub struct Judge<'w> {
    pub world: &'w World,
    pub clock: Clock,
    /// As they are by themselves, whenever they are looked at.
    pub rows: Vec<Row>,
    versions: Vec<Version>,
    /// What rows are when they are looked at, so that nothing is looked up twice.
    seen: RefCell<HashMap<Sight, Row>>,
    /// Who knows no bands; `None`: this one does not.
    pub plain: Option<Box<Judge<'w>>>,
    pub bands: RefCell<HashMap<Who, Option<u8>>>,
}

/// Every cell of the request and its KPIs' values.
pub fn evaluate(world: &World) -> Answer {
    let plain = world.is_banded().then(|| Box::new(Judge::new(world, None)));
    let judge = Judge::new(world, plain);
    let mut answer = Answer::default();
    for slicing in world.request.slicings() {
        for members in judge.tuples(&slicing) {
            let slice: Vec<_> = slicing.iter().copied().zip(members).collect();
            for segment in &world.request.segments {
                for period in judge.periods() {
                    let key = Key::new(judge.clock.calendar.label(period), &slice, *segment);
                    answer.insert(key, judge.values(period, &slice, *segment));
                }
            }
        }
    }
    answer
}

impl<'w> Judge<'w> {
    fn new(world: &'w World, plain: Option<Box<Judge<'w>>>) -> Judge<'w> {
        let clock = Clock::new(world);
        let (rows, versions) = (rows(world, &clock.calendar), versions(world, &clock.calendar));
        Judge { world, clock, rows, versions, seen: RefCell::default(), plain, bands: RefCell::default() }
    }

    pub fn periods(&self) -> Vec<Period> {
        let request = &self.world.request;
        self.clock.calendar.periods(self.world.day(request.from), self.world.day(request.to))
    }

    /// The asked KPIs in one cell.
    fn values(
        &self,
        period: Period,
        slice: &[(Dimension, Option<String>)],
        segment: Option<usize>,
    ) -> Vec<Option<f64>> {
        let world = self.world;
        let mut conditions: Vec<&Condition> = world.request.filter.iter().collect();
        conditions.extend(segment.map(|s| &world.segments[s]));
        let among = Among::rows(slice.iter().map(|(dimension, _)| *dimension));
        let context = Context { period, slice: slice.to_vec(), among, conditions, steps: Vec::new() };
        let numbers = world.request.kpis.iter().flat_map(|kpi| {
            let value = self.kpi(*kpi, &context);
            [vec![value], self.judged(*kpi, value, &context)].concat()
        });
        numbers.collect()
    }

    // ------------------------------------------------------------- formulas

    fn kpi(&self, kpi: usize, context: &Context<'w>) -> Option<f64> {
        let kpi = &self.world.kpis[kpi];
        let formula = self.version_of(kpi, context.period, &context.steps)?;
        let mut inner = context.clone();
        inner.steps.extend(kpi.settled.map(Step::Settled));
        self.number(formula, &inner)
    }

    /// What the KPI is for a period: what it is on the last day of the one that is read.
    pub fn version_of<'k>(&self, kpi: &'k Kpi, period: Period, steps: &[Step]) -> Option<&'k Formula> {
        let read = self.clock.reading(period, steps).period;
        kpi.on(self.world.days_to(self.clock.calendar.last_day(read)))
    }

    pub fn number(&self, formula: &'w Formula, context: &Context<'w>) -> Option<f64> {
        match formula {
            Formula::Measure(m) => self.measure(&self.world.measures[*m], context),
            Formula::Stock(reading, b) => self.stock(*reading, &self.world.stocks[*b], context),
            Formula::Reached(step) => self.reached(*step, context),
            Formula::Retained(m, after) => self.retained(&self.world.measures[*m], *after, context),
            Formula::PerEntrant(m, after) => self.per_entrant(&self.world.measures[*m], *after, context),
            Formula::Kpi(k) => self.kpi(*k, context),
            Formula::Plus(a, b) => Some(self.number(a, context)? + self.number(b, context)?),
            Formula::Minus(a, b) => Some(self.number(a, context)? - self.number(b, context)?),
            Formula::Times(a, n) => Some(self.number(a, context)? * f64::from(*n)),
            Formula::Over(a, b) => {
                let (a, b) = (self.number(a, context)?, self.number(b, context)?);
                (b != 0.0).then(|| a / b)
            }
            Formula::IfLess(parts) => {
                let [a, b, x, y] = &**parts;
                let less = self.number(a, context).zip(self.number(b, context)).is_some_and(|(a, b)| a < b);
                self.number(if less { x } else { y }, context)
            }
            Formula::Where(a, condition) => {
                let mut inner = context.clone();
                inner.conditions.push(condition);
                self.number(a, &inner)
            }
            Formula::Total(a, lifted) => {
                let mut inner = context.clone();
                inner.slice.retain(|(d, _)| !lifted.is_empty() && !lifted.contains(d));
                self.number(a, &inner)
            }
            Formula::Per(a, per) => self.per_member(a, per, context),
            Formula::Previous(a, offset) => self.number(a, &context.moved(Step::Previous(*offset))),
            Formula::Window(a, window) => self.number(a, &context.moved(Step::Window(*window))),
            Formula::Trend(a, trend, over) => {
                let steps = self.clock.steps_back(*trend, *over).into_iter();
                let numbers: Vec<_> = steps.map(|step| self.number(a, &context.moved(step))).collect();
                trend.of(&numbers)
            }
            Formula::Place(a, place) => self.place(a, *place, context),
            Formula::Corr(both, per) => self.corr(both, per, context),
        }
    }

    fn measure(&self, measure: &Measure, context: &Context<'w>) -> Option<f64> {
        if !self.is_known(measure.axis.source(), context) {
            return None;
        }
        let read = self.happened(measure.axis, context.period, &context.steps);
        let rows = context.kept(&read, measure.filter.as_ref());
        if let Some(half_life) = context.half_life() {
            let aged: Vec<_> = rows
                .iter()
                .map(|row| (*row, self.half_lives(row, measure.axis, half_life, context)))
                .collect();
            return Some(faded(measure.aggregate, &aged));
        }
        or_zero(measure.aggregate, aggregate(measure.aggregate, &rows))
    }

    /// How old a row is on the last day that is read.
    fn half_lives(&self, row: &Row, axis: Axis, half_life: Duration, context: &Context<'_>) -> f64 {
        let calendar = &self.clock.calendar;
        let last = calendar.day_before(self.clock.stretch(context.period, &context.steps).high);
        let at = row.time(axis).and_then(|time| time.low).expect("it has happened");
        let days = calendar.local(at).date().until(last).expect("both are days").get_days();
        f64::from(days) / f64::from(half_life.in_days())
    }

    /// A stock read once, or the mean of the days that it is read at.
    fn stock(&self, reading: Reading, stock: &Stock, context: &Context<'w>) -> Option<f64> {
        if !self.is_known(stock.source, context) {
            return None;
        }
        let boundaries = boundaries(&self.clock, context.period, &context.steps, reading);
        let balances = boundaries.into_iter().filter_map(|boundary| {
            let as_of = self.clock.found_until(context.period, &context.steps);
            let standing = self.standing(stock.source, boundary, as_of)?.into_iter();
            let standing: Vec<Row> =
                standing.map(|row| self.banded(row, context.period, &context.steps)).collect();
            let rows = context.kept(&standing, stock.filter.as_ref());
            or_zero(stock.aggregate, aggregate(stock.aggregate, &rows))
        });
        let balances: Vec<f64> = balances.collect();
        (!balances.is_empty()).then(|| balances.iter().sum::<f64>() / balances.len() as f64)
    }

    /// `None`: nobody counted.
    pub fn standing(&self, source: Source, boundary: Boundary, as_of: Option<Timestamp>) -> Option<Vec<Row>> {
        let rows = standing(source, &self.rows, boundary, self.world.snapshots, &self.clock.calendar)?;
        Some(rows.into_iter().map(|row| self.seen(row, Look::Before(boundary.at), as_of)).collect())
    }

    /// The rows whose time lies in what is read for a period, as they are then.
    pub fn happened(&self, axis: Axis, period: Period, steps: &[Step]) -> Vec<Row> {
        let stretch = self.clock.stretch(period, steps);
        let as_of = self.clock.found_until(period, steps);
        let rows = self.rows.iter().filter(|row| row.lies_in(stretch, axis));
        let seen = rows.map(|row| self.seen(row, Look::At(axis), as_of));
        seen.map(|row| self.banded(row, period, steps)).collect()
    }

    /// A row with what its customer was and with what it finds, as far as that is known.
    pub fn seen(&self, row: &Row, look: Look, as_of: Option<Timestamp>) -> Row {
        let key = (row.source, row.key, look, as_of);
        if let Some(row) = self.seen.borrow().get(&key) {
            return row.clone();
        }
        let calendar = &self.clock.calendar;
        let at = match look {
            Look::At(axis) => row.time(axis),
            Look::Before(boundary) => Some(Stretch::instant(boundary - 1.nanosecond())),
        };
        let own = self.versions.iter().filter(|version| Some(version.customer) == row.members.buyer);
        let version = at.and_then(|at| version(own, at, calendar));
        let join = self.world.join_of(row.source);
        let found = join.and_then(|join| join.find(row, &self.rows, calendar, as_of));
        let mut seen = row.clone();
        seen.members.tier = version.and_then(|version| version.tier);
        seen.rate = version.and_then(|version| version.rate);
        // Where nothing is looked for, `found` is the device.
        seen.members.found = match join {
            Some(_) => found.and_then(|found| found.members.channel),
            None => row.members.device,
        };
        seen.found_items = found.and_then(|found| found.items);
        self.seen.borrow_mut().insert(key, seen.clone());
        seen
    }

    fn is_known(&self, source: Source, context: &Context<'_>) -> bool {
        self.clock.is_known(context.period, &context.steps, self.since(source))
    }

    pub fn since(&self, source: Source) -> Option<Timestamp> {
        let since = self.world.since.map(|n| self.clock.calendar.midnight(self.world.day(n)));
        since.filter(|_| source != Source::Staff)
    }
}

impl Context<'_> {
    /// If what is beneath fades.
    fn half_life(&self) -> Option<Duration> {
        self.steps.iter().find_map(|step| match step {
            Step::Window(Window::Decayed(by)) => Some(*by),
            _ => None,
        })
    }

    fn moved(&self, step: Step) -> Self {
        let mut inner = self.clone();
        inner.steps.push(step);
        inner
    }

    /// The rows that the slice, the conditions and a filter leave.
    fn kept<'r>(&self, rows: impl IntoIterator<Item = &'r Row>, filter: Option<&Condition>) -> Vec<&'r Row> {
        let kept = |row: &&Row| self.holds(&row.members) && filter.is_none_or(|c| c.holds(&row.members));
        rows.into_iter().filter(kept).collect()
    }

    pub fn holds(&self, members: &Members) -> bool {
        self.slice.iter().all(|(d, member)| members.of(*d) == *member)
            && self.conditions.iter().all(|c| c.holds(members))
    }
}
