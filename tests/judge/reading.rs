//! What a measure reads: which stretch of time, given what stands above it.
//!
//! `previous(rolling(orders, 28 days), 1 month)` for March reads the 28 days that end
//! with February. On the way from the asked KPI down to a measure everything that
//! moves its time is noted, a [`Step`] each; at the measure they are read from the
//! outside in.

use jiff::{Timestamp, ToSpan};

use super::calendar::{Calendar, Period};
use super::formula::{Offset, Window};
use super::time::Duration;
use super::trends::{Trend, periods};
use super::world::World;

/// Something above a measure that moves its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A KPI that waits.
    Settled(Duration),
    /// A row that has so long to lead on, on top of that.
    Open(Duration),
    Previous(Offset),
    Window(Window),
}

/// From `low` (nothing: from the start of the data) up to but without `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub low: Option<Timestamp>,
    pub high: Timestamp,
}

impl Stretch {
    /// What happens now, and is over.
    pub fn instant(at: Timestamp) -> Stretch {
        Stretch { low: Some(at), high: at + 1.nanosecond() }
    }

    /// Not a day.
    pub fn is_instant(&self) -> bool {
        *self == Stretch { low: self.low, high: self.low.map_or(self.high, |low| low + 1.nanosecond()) }
    }

    pub fn holds(&self, other: Stretch) -> bool {
        self.within(other) == other
    }

    fn within(self, other: Stretch) -> Stretch {
        Stretch { low: self.low.max(other.low), high: self.high.min(other.high) }
    }
}

/// The time of a request.
#[derive(Debug)]
pub struct Clock {
    pub calendar: Calendar,
    /// The end of the day of `--as-of`: from here on nothing is known.
    pub as_of: Option<Timestamp>,
    /// The asked days.
    asked: Stretch,
}

/// A period, and from where on nothing of it is known.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub period: Period,
    pub as_of: Option<Timestamp>,
}

impl Clock {
    pub fn new(world: &World) -> Clock {
        let request = &world.request;
        let calendar = Calendar::new(world);
        let after = |n| calendar.midnight(world.day(n) + 1.day());
        let asked =
            Stretch { low: Some(calendar.midnight(world.day(request.from))), high: after(request.to) };
        Clock { as_of: request.as_of.map(after), asked, calendar }
    }

    /// The stretch that a measure reads for a period, up to what is known.
    pub fn stretch(&self, period: Period, steps: &[Step]) -> Stretch {
        let reading = self.reading(period, steps);
        let whole = self.whole(reading.period, steps);
        let high = reading.as_of.map_or(whole.high, |as_of| as_of.min(whole.high));
        Stretch { high, ..whole }
    }

    /// Nothing is known of what has not begun, or began before the source's `since`.
    pub fn is_known(&self, period: Period, steps: &[Step], since: Option<Timestamp>) -> bool {
        let reading = self.reading(period, steps);
        let start = self.calendar.start(reading.period);
        reading.as_of.is_none_or(|as_of| start < as_of) && since.is_none_or(|since| since <= start)
    }

    /// Which period a measure reads, after all that moves it.
    pub fn reading(&self, period: Period, steps: &[Step]) -> Reading {
        let mut reading = Reading { period, as_of: self.settled(steps) };
        for step in steps {
            if let Step::Previous(offset) = step {
                reading = self.previous(reading, *offset);
            }
        }
        reading
    }

    /// Up to when is known what a row of such a reading finds: whoever waits, waits for that.
    pub fn found_until(&self, period: Period, steps: &[Step]) -> Option<Timestamp> {
        let moved: Vec<Step> =
            steps.iter().copied().filter(|step| matches!(step, Step::Previous(_))).collect();
        self.reading(period, &moved).as_of
    }

    /// To each period that a trend is made of.
    pub fn steps_back(&self, trend: Trend, over: Duration) -> Vec<Step> {
        let grain = self.calendar.grain;
        let back = |n| Offset { by: Some(periods(n, grain)), whole: false };
        trend.ages(over, grain).into_iter().map(|n| Step::Previous(back(n))).collect()
    }

    /// Whoever waits longest, counts.
    fn settled(&self, steps: &[Step]) -> Option<Timestamp> {
        let open = steps.iter().filter_map(|step| match step {
            Step::Open(by) => Some(*by),
            _ => None,
        });
        let as_of = open.fold(self.as_of?, |at, by| self.calendar.back(at, by));
        let waits = steps.iter().filter_map(|step| match step {
            Step::Settled(by) => Some(self.calendar.back(as_of, *by)),
            _ => None,
        });
        Some(waits.min().unwrap_or(as_of))
    }

    /// A period that is not over is compared with the same part of the earlier one.
    fn previous(&self, reading: Reading, offset: Offset) -> Reading {
        let Reading { period, as_of } = reading;
        let earlier = self.calendar.previous(period, offset.by);
        let cut = as_of.filter(|as_of| !offset.whole && self.calendar.end(period) > *as_of);
        let as_of = match cut {
            Some(at) => Some(self.calendar.same_elapsed(period, at, earlier)),
            None => as_of,
        };
        Reading { period: earlier, as_of }
    }

    /// The stretch of a period if everything were known.
    fn whole(&self, period: Period, steps: &[Step]) -> Stretch {
        let calendar = &self.calendar;
        let high = calendar.end(period);
        let window = steps.iter().find_map(|step| match step {
            Step::Window(window) => Some(*window),
            Step::Settled(_) | Step::Open(_) | Step::Previous(_) => None,
        });
        let low = match window {
            Some(Window::Rolling(by)) => Some(calendar.rolling(period, by)),
            Some(Window::ToDate(grain)) => Some(calendar.to_date(period, grain)),
            Some(Window::Cumulative | Window::Decayed(_)) => None,
            None => Some(calendar.start(period)),
        };
        let stretch = Stretch { low, high };
        let moves = steps.iter().any(|step| !matches!(step, Step::Settled(_) | Step::Open(_)));
        // `--clip` cuts the first and last period; of hours it takes whole ones.
        if moves || matches!(period, Period::Hour(_)) { stretch } else { stretch.within(self.asked) }
    }
}
