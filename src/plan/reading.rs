//! When a leaf reads: which rows it takes for each asked period.
//!
//! Revenue of March reads the rows of March; `previous(revenue, 1 year)` those of
//! March a year before, `rolling(revenue, 28 days)` the 28 days that end with March.
//! All of them are constants, since the periods are.

use std::ops;

use super::calendar::{Calendar, Moment, Range};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{Balance, Date, Grain, Length, Offset, TimeUnit, Window};

/// What the operators above a measure make of a period; the default reads the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// As-of, where it is not the request's.
    pub known: Option<Moment>,
    /// The asked periods that it is read for, by index; `None`: all.
    pub only: Option<ops::Range<usize>>,
    /// Rows younger than any of these at the as-of instant are left out.
    pub settled: Vec<Length>,
    /// How long after its end a period is complete: what is counted takes as long.
    pub waits: Vec<Length>,
    /// Steps back, the outermost operator's first.
    pub back: Vec<Offset>,
    pub window: Option<Window>,
    /// All rows from here on, to the period's end: earlier periods are read as one with it.
    pub all_from: Option<Moment>,
    /// Of a stock: the instant at which it is read, which is where the interval ends.
    pub balance: Option<Balance>,
}

impl When {
    /// Whether it reads the rows of the asked period itself.
    pub fn is_own(&self) -> bool {
        self.back.is_empty() && self.window.is_none() && self.all_from.is_none() && self.balance.is_none()
    }
}

/// The rows of every asked period.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub when: When,
    /// In the order of [`Range::starts`].
    pub each: Vec<Interval>,
    /// The same at the last as-of that may be chosen, where one may be: no other one reads more.
    pub widest: Option<Vec<Interval>>,
}

/// Rows from `low` (included) to `high` (excluded) are read for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Where the period starts that is looked at: after `previous` an earlier one.
    pub start: Moment,
    /// `None`: from the first row.
    pub low: Option<Moment>,
    pub high: Moment,
    /// Where it would end if everything were known.
    pub end: Moment,
    /// Whether something is known when the period starts.
    pub is_known: bool,
    /// Whether all that it needs is asked and known.
    pub is_complete: bool,
}

impl Interval {
    pub fn is_empty(&self) -> bool {
        self.low.is_some_and(|low| low >= self.high)
    }
}

/// The steps that rows can be cut to before they are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Every interval is made of whole periods of the asked grain.
    Period,
    /// Of whole days.
    Day,
    /// Of single rows.
    Row,
}

impl Reading {
    /// # Errors
    /// Dates beyond the calendar.
    pub fn new(when: &When, calendar: &Calendar, grain: Grain, range: &Range) -> Result<Reading, Diagnostic> {
        let each = intervals(when, calendar, grain, range)?;
        let widest = range.at_latest().map(|latest| {
            let known = None;
            intervals(&When { known, ..when.clone() }, calendar, grain, &latest)
        });
        Ok(Reading { when: when.clone(), each, widest: widest.transpose()? })
    }

    /// What is read at most, whatever as-of is chosen.
    pub fn widest(&self) -> &[Interval] {
        self.widest.as_deref().unwrap_or(&self.each)
    }

    /// Whether an as-of day that may be chosen may end an interval elsewhere than at its own
    /// end and at as-of.
    pub fn may_end_anywhere(&self) -> bool {
        let When { known, settled, back, .. } = &self.when;
        self.widest.is_some()
            && (known.is_some() || !settled.is_empty() || back.iter().any(|offset| !offset.whole))
    }

    /// The largest step that every interval is made of.
    pub fn step(&self, calendar: &Calendar, grain: Grain, range: &Range) -> Step {
        // What the range or as-of cuts, is cut for all rows.
        let high = range.at_latest().map_or(range.high, |latest| latest.high);
        let is_end = |at: Moment| at == high || at == range.low;
        let all = |holds: &dyn Fn(Moment) -> bool| {
            self.read().all(|i| {
                i.low.is_none_or(|low| holds(low) || is_end(low)) && (holds(i.high) || is_end(i.high))
            })
        };
        let by_day = matches!(self.when.window, Some(Window::Decayed(_))) || self.may_end_anywhere();
        if grain.is_common() && !by_day && all(&|at| calendar.starts_period(grain, at)) {
            Step::Period
        } else if grain != Grain::Hour
            && !self.may_end_within_days(calendar)
            && all(&|at| calendar.starts_period(Grain::Day, at))
        {
            Step::Day
        } else {
            Step::Row
        }
    }

    /// As-of is the end of a day, and so is what is as many days before it, or as many in
    /// another period.
    pub fn may_end_within_days(&self, calendar: &Calendar) -> bool {
        let is_day = |wait: &Length| wait.unit >= TimeUnit::Day;
        let known = self.when.known.is_none_or(|known| calendar.starts_period(Grain::Day, known));
        self.may_end_anywhere() && !(known && self.when.settled.iter().all(is_day))
    }

    /// The intervals that have rows, of every as-of that may be chosen.
    pub fn read(&self) -> impl Iterator<Item = &Interval> {
        self.widest().iter().filter(|i| i.is_known && !i.is_empty())
    }

    /// Whether a cell of a period is known, of a source that knows nothing before a day.
    pub fn knows(&self, period: usize, since: Option<Date>) -> bool {
        let interval = &self.each[period];
        interval.is_known && since.is_none_or(|day| !interval.start.is_before(day))
    }
}

fn intervals(
    when: &When,
    calendar: &Calendar,
    grain: Grain,
    range: &Range,
) -> Result<Vec<Interval>, Diagnostic> {
    let settled = calendar.settled(when.known.or(range.as_of), &when.settled)?;
    let waited = calendar.settled(settled, &when.waits)?;
    let of = Of { when, calendar, grain, range, settled, waited };
    (0..range.starts.len()).map(|period| of.asked(period)).collect()
}

struct Of<'a> {
    when: &'a When,
    calendar: &'a Calendar,
    grain: Grain,
    range: &'a Range,
    /// As-of, less the time that rows need to settle.
    settled: Option<Moment>,
    /// Less the time that what is counted takes.
    waited: Option<Moment>,
}

impl Of<'_> {
    /// A period's interval; of one that it is not read for nothing is known, or missing.
    fn asked(&self, period: usize) -> Result<Interval, Diagnostic> {
        let interval = self.interval(period)?;
        match &self.when.only {
            Some(only) if !only.contains(&period) => {
                Ok(Interval { is_known: false, is_complete: true, ..interval })
            }
            Some(_) | None => Ok(interval),
        }
    }

    fn interval(&self, period: usize) -> Result<Interval, Diagnostic> {
        let mut start = self.range.starts[period];
        let mut end = self.range.end_of(period);
        let mut as_of = self.settled;
        for offset in &self.when.back {
            let earlier = self.calendar.back(self.grain, start, offset.by)?;
            if let (Some(now), false) = (as_of, offset.whole)
                && end > now
            {
                as_of = Some(self.calendar.same_elapsed(self.grain, start, now, earlier)?);
            }
            start = earlier;
            end = self.calendar.end(self.grain, start)?;
        }
        let from = self.when.all_from.unwrap_or(start);
        let is_known = as_of.is_none_or(|now| from < now);
        if self.when.balance == Some(Balance::Opening) {
            // What was there when the period before closed.
            let low = Some(self.calendar.back(self.grain, start, None)?);
            return Ok(Interval { start, low, high: start, end: start, is_known, is_complete: is_known });
        }
        let low = match self.when.window {
            None => Some(from),
            Some(Window::Rolling(length)) => Some(self.calendar.before(self.grain, end, length)?),
            Some(Window::ToDate(of)) => Some(self.calendar.start_of(of, self.grain, end)?),
            Some(Window::Cumulative | Window::Decayed(_)) => None,
        };
        let high = as_of.map_or(end, |now| now.min(end));
        let is_complete = high == end && self.waited.is_none_or(|now| end <= now);
        if !self.when.is_own() {
            return Ok(Interval { start, low, high, end, is_known, is_complete });
        }
        // `--clip` cuts the asked periods alone.
        let (low, high) = (start.max(self.range.low), high.min(self.range.high));
        let is_complete = is_complete && self.range.is_complete(period);
        Ok(Interval { start, low: Some(low), high, end, is_known, is_complete })
    }
}
