//! Stretches of time: when rows are read for any of several readings.
//!
//! Each lasts from a moment (`None`: the first row) to another one (excluded). Where as-of is
//! chosen when the query runs there are as many, from the same moments, whatever it is.

use std::ops;

use super::Moment;
use super::reading::Reading;

/// From when (`None`: the first row) to when (excluded).
pub type Stretch = (Option<Moment>, Moment);

/// Stretches of time that any of these readings takes, in order. Where as-of is chosen later rows
/// from as-of on are to be left out beside; then stretches may overlap, those of which nothing is
/// known are empty, and there is none if the bounds say all.
pub fn stretches<'r>(readings: impl IntoIterator<Item = &'r Reading>) -> Vec<Stretch> {
    let readings: Vec<&Reading> = readings.into_iter().collect();
    match readings.iter().all(|reading| reading.widest.is_none()) {
        true => apart(&readings),
        false => of_any_as_of(&readings),
    }
}

/// From when to when rows are read at all, whatever as-of is chosen.
pub fn bounds<'r>(readings: impl IntoIterator<Item = &'r Reading>) -> Option<Stretch> {
    let intervals = readings.into_iter().flat_map(Reading::read).map(|i| (i.low, i.high));
    intervals.reduce(|(low, high), (other, until)| (low.min(other), high.max(until)))
}

fn apart(readings: &[&Reading]) -> Vec<Stretch> {
    let intervals = readings.iter().flat_map(|reading| reading.read());
    let mut all: Vec<Stretch> = intervals.map(|i| (i.low, i.high)).collect();
    all.sort();
    let mut apart: Vec<Stretch> = Vec::new();
    for (low, high) in all {
        match apart.last_mut() {
            Some((_, last)) if low.is_none_or(|low| low <= *last) => *last = high.max(*last),
            Some(_) | None => apart.push((low, high)),
        }
    }
    apart
}

fn of_any_as_of(readings: &[&Reading]) -> Vec<Stretch> {
    let mut runs: Vec<Run> = Vec::new();
    for run in readings.iter().flat_map(|reading| Run::all_of(reading)) {
        match runs.iter_mut().find(|other| !run.moves && !other.moves && other.periods == run.periods) {
            Some(other) => other.add(&run),
            None => runs.push(run),
        }
    }
    if let [run] = runs.as_slice()
        && run.is_calm()
    {
        return Vec::new();
    }
    let mut stretches: Vec<Stretch> = runs.iter().map(Run::stretch).collect();
    stretches.sort_by_key(|(low, _)| *low);
    stretches
}

/// Periods that follow each other, whose intervals have no gap between them: when something is
/// known of one, all is of the one before.
struct Run {
    periods: ops::Range<usize>,
    /// Whether it may end elsewhere than at as-of and where its last interval does.
    moves: bool,
    /// Where its first period starts.
    start: Moment,
    low: Option<Moment>,
    /// Up to when rows are read, of the as-of at hand; nothing may be known.
    high: Option<Moment>,
    /// And of the last one that may be chosen.
    widest: Moment,
}

impl Run {
    fn all_of(reading: &Reading) -> Vec<Run> {
        let widest = reading.widest();
        let mut runs: Vec<ops::Range<usize>> = Vec::new();
        for (period, interval) in widest.iter().enumerate() {
            if !interval.is_known || interval.is_empty() {
                continue;
            }
            let goes_on = |period: usize| interval.low.is_none_or(|low| low <= widest[period - 1].high);
            match runs.last_mut() {
                Some(run) if run.end == period && goes_on(period) => run.end = period + 1,
                Some(_) | None => runs.push(period..period + 1),
            }
        }
        runs.into_iter().map(|periods| Run::new(reading, periods)).collect()
    }

    fn new(reading: &Reading, periods: ops::Range<usize>) -> Run {
        let first = &reading.widest()[periods.start];
        let known = reading.each[periods.clone()].iter().filter(|i| i.is_known && !i.is_empty());
        Run {
            moves: reading.may_end_anywhere()
                || !reading.when.back.is_empty()
                || reading.when.balance.is_some(),
            start: first.start,
            low: first.low,
            high: known.map(|i| i.high).max(),
            widest: reading.widest()[periods.clone()].iter().map(|i| i.high).max().unwrap_or(first.high),
            periods,
        }
    }

    /// Rows of the same periods, up to the same time.
    fn add(&mut self, other: &Run) {
        self.low = self.low.zip(other.low).map(|(low, other)| low.min(other));
        self.high = self.high.max(other.high);
        self.widest = self.widest.max(other.widest);
    }

    /// Whether it is the same of every as-of: what starts with its first period is empty before
    /// that is known, and ends at as-of.
    fn is_calm(&self) -> bool {
        !self.moves && self.low.is_some_and(|low| low >= self.start)
    }

    fn stretch(&self) -> Stretch {
        match self.is_calm() {
            true => (self.low, self.widest),
            false => (self.low, self.high.or(self.low).unwrap_or(Moment::FIRST)),
        }
    }
}
