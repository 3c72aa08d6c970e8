//! Which slices have rows in the answer: the members that occur.
//!
//! A tuple occurs with a row that something asked reads for a period that has begun,
//! whatever measures, KPIs and segments then keep of it. Only the source's own filter
//! and the request's count.

use std::collections::BTreeSet;
use std::ptr;

use super::calendar::Period;
use super::dimension::Dimension;
use super::evaluate::Judge;
use super::formula::{Formula, Kpi, Reading};
use super::measure::{Measure, Stock};
use super::reading::Step;
use super::rows::Row;
use super::stocks::boundaries;

/// Something of a formula that reads rows, and what moves its time.
pub struct Leaf<'w> {
    reads: Reads<'w>,
    steps: Vec<Step>,
}

enum Reads<'w> {
    Measure(&'w Measure),
    Stock(Reading, &'w Stock),
    Anchors,
    Entries,
}

impl<'w> Judge<'w> {
    pub fn tuples(&self, slicing: &[Dimension]) -> BTreeSet<Vec<Option<String>>> {
        if slicing.is_empty() {
            return BTreeSet::from([Vec::new()]);
        }
        let mut found = BTreeSet::new();
        for leaf in self.leaves() {
            for row in self.periods().into_iter().flat_map(|period| self.read(&leaf, period)) {
                if self.world.request.filter.iter().all(|c| c.holds(&row.members)) {
                    found.insert(slicing.iter().map(|d| row.members.of(*d)).collect());
                }
            }
        }
        found
    }

    /// Whether something can be said of a leaf.
    pub fn says(&self, leaf: &Leaf<'_>, period: Period) -> bool {
        let source = match leaf.reads {
            Reads::Measure(measure) => measure.axis.source(),
            Reads::Stock(_, stock) => stock.source,
            Reads::Anchors => self.world.funnel.first.axis.source(),
            Reads::Entries => self.world.cohort.axis.source(),
        };
        self.clock.is_known(period, &leaf.steps, self.since(source))
    }

    fn has_begun(&self, leaf: &Leaf<'_>, period: Period) -> bool {
        self.clock.is_known(period, &leaf.steps, None)
    }

    /// The rows that a leaf reads for a period; none of one that has not begun.
    pub fn read(&self, leaf: &Leaf<'_>, period: Period) -> Vec<Row> {
        if !self.has_begun(leaf, period) {
            return Vec::new();
        }
        match leaf.reads {
            Reads::Anchors => self.anchors(period, &leaf.steps),
            Reads::Entries => self.entries(period, &leaf.steps),
            Reads::Measure(measure) => self.happened(measure.axis, period, &leaf.steps),
            Reads::Stock(reading, stock) => {
                let boundaries = boundaries(&self.clock, period, &leaf.steps, reading);
                let as_of = self.clock.found_until(period, &leaf.steps);
                boundaries
                    .into_iter()
                    .filter_map(|b| self.standing(stock.source, b, as_of))
                    .flatten()
                    .map(|row| self.banded(row, period, &leaf.steps))
                    .collect()
            }
        }
    }

    fn leaves(&self) -> Vec<Leaf<'w>> {
        let mut found = Vec::new();
        for kpi in &self.world.request.kpis {
            self.leaves_of(&self.world.kpis[*kpi], &[], &mut found);
        }
        found
    }

    /// The leaves of a formula below these steps.
    pub fn leaves_of_formula(&self, formula: &'w Formula, steps: &[Step]) -> Vec<Leaf<'w>> {
        let mut found = Vec::new();
        self.leaves_beneath(formula, steps, &mut found);
        found
    }

    /// Those of all that it is in any of the asked periods, as of both sides of a `case`.
    fn leaves_of(&self, kpi: &'w Kpi, steps: &[Step], found: &mut Vec<Leaf<'w>>) {
        let inner = [steps, kpi.settled.map(Step::Settled).as_slice()].concat();
        for formula in kpi.formulas() {
            let holds = |period| self.version_of(kpi, period, steps).is_some_and(|it| ptr::eq(it, formula));
            if self.periods().into_iter().any(holds) {
                self.leaves_beneath(formula, &inner, found);
            }
        }
    }

    fn leaves_beneath(&self, formula: &'w Formula, steps: &[Step], found: &mut Vec<Leaf<'w>>) {
        let mut leaf = |reads| found.push(Leaf { reads, steps: steps.to_vec() });
        let step = match formula {
            Formula::Measure(m) => return leaf(Reads::Measure(&self.world.measures[*m])),
            Formula::Stock(reading, b) => return leaf(Reads::Stock(*reading, &self.world.stocks[*b])),
            Formula::Reached(_) => {
                let steps = [steps, &[Step::Open(self.world.funnel.within)]].concat();
                return found.push(Leaf { reads: Reads::Anchors, steps });
            }
            Formula::Retained(..) | Formula::PerEntrant(..) => return leaf(Reads::Entries),
            Formula::Kpi(k) => return self.leaves_of(&self.world.kpis[*k], steps, found),
            Formula::Trend(a, trend, over) => {
                for step in self.clock.steps_back(*trend, *over) {
                    self.leaves_beneath(a, &[steps, &[step]].concat(), found);
                }
                return;
            }
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
