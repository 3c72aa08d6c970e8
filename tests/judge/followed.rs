//! Who goes on after a first row: funnels and cohorts.
//!
//! Period, slices and conditions are those of the first row. What follows is read
//! wherever it lies, as far as it is known.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};

use super::aggregates::{aggregate, or_zero};
use super::as_of::Look;
use super::calendar::Period;
use super::dimension::Condition;
use super::evaluate::{Context, Judge};
use super::measure::{Axis, Measure};
use super::reading::{Step, Stretch};
use super::rows::Row;
use super::tools::{After, FunnelStep};

/// The buyer of a row, when it has one.
fn buyer(row: &Row) -> Option<u8> {
    row.members.buyer
}

fn satisfies(row: &Row, filter: Option<&Condition>) -> bool {
    filter.is_none_or(|condition| condition.holds(&row.members))
}

/// Rows of one source are in order of time, those of the same time in that of their keys.
fn order(row: &Row, axis: Axis) -> (Option<Timestamp>, usize) {
    (row.time(axis).and_then(|time| time.low), row.key)
}

impl<'w> Judge<'w> {
    // ---------------------------------------------------------------- funnels

    /// The buyers who reach a step, from any of their first rows in the cell whose time
    /// to go on is over.
    pub fn reached(&self, step: usize, context: &Context<'_>) -> Option<f64> {
        let steps = [&context.steps[..], &[Step::Open(self.world.funnel.within)]].concat();
        let since = self.since(self.world.funnel.first.axis.source());
        if !self.clock.is_known(context.period, &steps, since) {
            return None;
        }
        let anchors = self.anchors(context.period, &steps).into_iter();
        let anchors = anchors.filter(|row| context.holds(&row.members));
        let there = anchors.filter(|anchor| self.leads_to(step, anchor));
        Some(there.filter_map(|row| buyer(&row)).collect::<BTreeSet<u8>>().len() as f64)
    }

    /// First rows of buyers.
    pub fn anchors(&self, period: Period, steps: &[Step]) -> Vec<Row> {
        let FunnelStep { axis, filter } = &self.world.funnel.first;
        let own = self.happened(*axis, period, steps).into_iter().filter(|row| buyer(row).is_some());
        own.filter(|row| satisfies(row, filter.as_ref())).collect()
    }

    fn deadline(&self, anchor: &Row) -> Option<Timestamp> {
        let funnel = &self.world.funnel;
        Some(self.clock.calendar.forward(anchor.time(funnel.first.axis)?.low?, funnel.within))
    }

    /// The earliest row of each next step, and so on.
    fn leads_to(&self, step: usize, anchor: &Row) -> bool {
        let funnel = &self.world.funnel;
        let mut at = order(anchor, funnel.first.axis);
        for next in &funnel.later[..step] {
            let own = self.rows.iter().filter(|row| row.time(next.axis).is_some());
            let rows = own.map(|row| self.seen(row, Look::At(next.axis), self.clock.as_of));
            let candidates = rows.filter(|row| {
                buyer(row) == buyer(anchor)
                    && satisfies(row, next.filter.as_ref())
                    && order(row, next.axis) > at
                    && order(row, next.axis).0 < self.deadline(anchor)
            });
            let Some(first) = candidates.map(|row| order(&row, next.axis)).min() else { return false };
            at = first;
        }
        true
    }

    // ---------------------------------------------------------------- cohorts

    /// The share of who entered that did something.
    pub fn retained(&self, measure: &Measure, after: After, context: &Context<'_>) -> Option<f64> {
        let entrants = self.old_enough(after, context)?;
        let active =
            entrants.iter().filter(|entry| !self.activity(measure, after, entry, context).is_empty());
        Some(active.count() as f64 / entrants.len() as f64)
    }

    /// A number of who entered, by how many they are.
    pub fn per_entrant(&self, measure: &Measure, after: After, context: &Context<'_>) -> Option<f64> {
        let entrants = self.old_enough(after, context)?;
        let rows: Vec<Row> =
            entrants.iter().flat_map(|entry| self.activity(measure, after, entry, context)).collect();
        let rows: Vec<&Row> = rows.iter().collect();
        Some(or_zero(measure.aggregate, aggregate(measure.aggregate, &rows))? / entrants.len() as f64)
    }

    /// The first rows of who entered in the cell; `None`: nobody did, or somebody is
    /// too young.
    fn old_enough(&self, after: After, context: &Context<'_>) -> Option<Vec<Row>> {
        let since = self.since(self.world.cohort.axis.source());
        if !self.clock.is_known(context.period, &context.steps, since) {
            return None;
        }
        let entries = self.entries(context.period, &context.steps).into_iter();
        let entries: Vec<Row> = entries.filter(|row| context.holds(&row.members)).collect();
        let as_of = self.clock.reading(context.period, &context.steps).as_of;
        let is_old = |entry: &Row| as_of.is_none_or(|as_of| self.due(after, entry) <= as_of);
        (!entries.is_empty() && entries.iter().all(is_old)).then_some(entries)
    }

    /// The first row of each buyer, if the period holds it.
    pub fn entries(&self, period: Period, steps: &[Step]) -> Vec<Row> {
        let axis = self.world.cohort.axis;
        let own = self.happened(axis, period, steps).into_iter().filter(|row| buyer(row).is_some());
        let is_first = |row: &Row| {
            !self.rows.iter().any(|other| {
                other.time(axis).is_some()
                    && buyer(other) == buyer(row)
                    && order(other, axis) < order(row, axis)
            })
        };
        own.filter(is_first).collect()
    }

    fn activity(&self, measure: &Measure, after: After, entry: &Row, context: &Context<'_>) -> Vec<Row> {
        let as_of = self.clock.reading(context.period, &context.steps).as_of;
        let stretch = self.stretch_after(after, entry);
        let stretch =
            Stretch { high: as_of.map_or(stretch.high, |as_of| as_of.min(stretch.high)), ..stretch };
        let rows =
            self.rows.iter().filter(|row| row.lies_in(stretch, measure.axis) && buyer(row) == buyer(entry));
        let found = self.clock.found_until(context.period, &context.steps);
        let rows = rows.map(|row| self.seen(row, Look::At(measure.axis), found));
        rows.filter(|row| satisfies(row, measure.filter.as_ref())).collect()
    }

    /// Whole local days after that of the entry.
    fn stretch_after(&self, after: After, entry: &Row) -> Stretch {
        let calendar = &self.clock.calendar;
        let entered = entry.time(self.world.cohort.axis).and_then(|time| time.low).expect("it has a time");
        let day = calendar.local(entered).date();
        let days = |n: u8| calendar.midnight(day + i64::from(n).days());
        match after {
            After::OnDay(n) => Stretch { low: Some(days(n)), high: days(n + 1) },
            After::Within(by) => {
                let start = calendar.midnight(day);
                Stretch { low: Some(start), high: calendar.forward(start, by) }
            }
            After::FromDay(n) => Stretch { low: Some(days(n)), high: Timestamp::MAX },
        }
    }

    /// When something can be said of who entered.
    fn due(&self, after: After, entry: &Row) -> Timestamp {
        match after {
            After::OnDay(_) | After::Within(_) => self.stretch_after(after, entry).high,
            After::FromDay(n) => self.stretch_after(After::OnDay(n), entry).high,
        }
    }
}
