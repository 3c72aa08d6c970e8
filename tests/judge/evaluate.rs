//! What each cell must be.
//!
//! A formula is computed in a context: the period, the slice, the conditions that
//! hold and what moves time. Each operator changes the context of what stands
//! beneath it; a measure then aggregates the rows that its context leaves.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::aggregates::aggregate;
use super::answer::{Answer, Key};
use super::calendar::Period;
use super::dimension::{Condition, Dimension, Members};
use super::formula::{Formula, Kpi};
use super::measure::{Measure, Source};
use super::reading::{Clock, Step, Stretch};
use super::rows::{Row, rows};
use super::world::World;

/// Which rows a number is about.
#[derive(Clone)]
struct Context<'w> {
    period: Period,
    slice: Vec<(Dimension, Option<String>)>,
    conditions: Vec<&'w Condition>,
    /// What moves time, from the outside in.
    steps: Vec<Step>,
}

struct Judge<'w> {
    world: &'w World,
    clock: Clock,
    rows: Vec<Row>,
}

/// Every cell of the request and its KPIs' values.
pub fn evaluate(world: &World) -> Answer {
    let clock = Clock::new(world);
    let judge = Judge { world, rows: rows(world, &clock.calendar), clock };
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
    fn periods(&self) -> Vec<Period> {
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
        let context = Context { period, slice: slice.to_vec(), conditions, steps: Vec::new() };
        world.request.kpis.iter().map(|kpi| self.kpi(*kpi, &context)).collect()
    }

    // ------------------------------------------------------------- formulas

    fn kpi(&self, kpi: usize, context: &Context<'w>) -> Option<f64> {
        let Kpi { formula, settled } = &self.world.kpis[kpi];
        let mut inner = context.clone();
        inner.steps.extend(settled.map(Step::Settled));
        self.number(formula, &inner)
    }

    fn number(&self, formula: &'w Formula, context: &Context<'w>) -> Option<f64> {
        match formula {
            Formula::Measure(m) => self.measure(&self.world.measures[*m], context),
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
            Formula::Previous(a, offset) => self.number(a, &context.moved(Step::Previous(*offset))),
            Formula::Window(a, window) => self.number(a, &context.moved(Step::Window(*window))),
        }
    }

    fn measure(&self, measure: &Measure, context: &Context<'w>) -> Option<f64> {
        let Context { period, steps, .. } = context;
        if !self.clock.is_known(*period, steps, self.since(measure.axis.source())) {
            return None;
        }
        let stretch = self.clock.stretch(*period, steps);
        let counts = |row: &&Row| {
            reads(measure, stretch, row)
                && context.holds(&row.members)
                && measure.filter.iter().all(|c| c.holds(&row.members))
        };
        let rows: Vec<&Row> = self.rows.iter().filter(counts).collect();
        let value = aggregate(measure.aggregate, &rows);
        if measure.aggregate.is_zero_when_empty() { Some(value.unwrap_or(0.0)) } else { value }
    }

    fn since(&self, source: Source) -> Option<Timestamp> {
        match source {
            Source::Sales => self.world.since.map(|n| self.clock.calendar.midnight(self.world.day(n))),
            Source::Visits => None,
        }
    }

    // ---------------------------------------------------------------- slices

    /// The tuples that occur in anything that a measure reads for any asked period that
    /// has begun, whatever measures, KPIs and segments keep.
    fn tuples(&self, slicing: &[Dimension]) -> BTreeSet<Vec<Option<String>>> {
        if slicing.is_empty() {
            return BTreeSet::from([Vec::new()]);
        }
        let mut found = BTreeSet::new();
        for (measure, steps) in self.leaves() {
            let begun =
                self.periods().into_iter().filter(|period| self.clock.is_known(*period, &steps, None));
            let stretches = begun.map(|period| self.clock.stretch(period, &steps));
            for stretch in stretches {
                let rows = self.rows.iter().filter(|row| {
                    reads(measure, stretch, row)
                        && self.world.request.filter.iter().all(|c| c.holds(&row.members))
                });
                found.extend(rows.map(|row| slicing.iter().map(|d| row.members.of(*d)).collect::<Vec<_>>()));
            }
        }
        found
    }

    /// The measures of the asked KPIs, each with what moves its time.
    fn leaves(&self) -> Vec<(&'w Measure, Vec<Step>)> {
        let mut found = Vec::new();
        for kpi in &self.world.request.kpis {
            self.leaves_of(&self.world.kpis[*kpi], &[], &mut found);
        }
        found
    }

    fn leaves_of(&self, kpi: &'w Kpi, steps: &[Step], found: &mut Vec<(&'w Measure, Vec<Step>)>) {
        let steps = [steps, kpi.settled.map(Step::Settled).as_slice()].concat();
        self.leaves_beneath(&kpi.formula, &steps, found);
    }

    fn leaves_beneath(
        &self,
        formula: &'w Formula,
        steps: &[Step],
        found: &mut Vec<(&'w Measure, Vec<Step>)>,
    ) {
        let step = match formula {
            Formula::Measure(m) => return found.push((&self.world.measures[*m], steps.to_vec())),
            Formula::Kpi(k) => return self.leaves_of(&self.world.kpis[*k], steps, found),
            Formula::Previous(_, offset) => Some(Step::Previous(*offset)),
            Formula::Window(_, window) => Some(Step::Window(*window)),
            _ => None,
        };
        let steps = [steps, step.as_slice()].concat();
        for part in formula.parts() {
            self.leaves_beneath(part, &steps, found);
        }
    }
}

impl Context<'_> {
    fn moved(&self, step: Step) -> Self {
        let mut inner = self.clone();
        inner.steps.push(step);
        inner
    }

    fn holds(&self, members: &Members) -> bool {
        self.slice.iter().all(|(d, member)| members.of(*d) == *member)
            && self.conditions.iter().all(|c| c.holds(members))
    }
}

/// Whether a measure would read a row in this stretch, whatever its filter says.
fn reads(measure: &Measure, stretch: Stretch, row: &Row) -> bool {
    row.source == measure.axis.source() && row.lies_in(stretch, measure.axis)
}
