//! Periods: where they start and end, in the project's zone.
//!
//! `--from 2026-01 --to 2026-03` by month is three periods, from the midnight that
//! starts 1 January to the one that ends 31 March, in Paris as in New York.

mod fiscal;
mod length;
mod moment;
mod periods;
mod range;

pub use length::is_whole;
pub use moment::Moment;
pub use range::Range;

use jiff::ToSpan;

use length::{hours, span, step};
use moment::beyond;

use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{FiscalYear, Grain, Length, TimeUnit};

/// How the project counts time.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// IANA zone in which periods are cut.
    pub zone: String,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    pub fiscal_year: FiscalYear,
}

impl Calendar {
    /// The start of the period that is `by` before the one that starts here: one
    /// period, if nothing is said.
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn back(&self, grain: Grain, start: Moment, by: Option<Length>) -> Result<Moment, Diagnostic> {
        if grain == Grain::Hour {
            let hours = by.map_or(Some(1), hours);
            let span = hours.map(ToSpan::hours).ok_or_else(beyond)?;
            return self.moment(grain, start.utc.checked_sub(span).map_err(|_| beyond())?);
        }
        if let Some(periods) = self.of_weeks(grain) {
            return self.midnight(periods.back(start.local.date(), by)?);
        }
        let span = match by {
            // Whole years of weeks, whichever of them have 53.
            Some(length) if grain == Grain::IsoYear => return self.iso_years_back(start, Some(length)),
            None if grain == Grain::IsoYear => return self.iso_years_back(start, None),
            None => step(grain),
            // As people compare weeks: with the same weekdays.
            Some(Length { count, unit: TimeUnit::Year }) if grain == Grain::Week => {
                (i64::from(count) * 52).weeks()
            }
            Some(length) => span(length),
        };
        let day = start.local.date().checked_sub(span).map_err(|_| beyond())?;
        self.midnight(self.align(grain, day)?)
    }

    /// Where the period ends that starts here.
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn end(&self, grain: Grain, start: Moment) -> Result<Moment, Diagnostic> {
        match grain {
            Grain::Hour => self.moment(grain, self.next(grain, start.utc)?),
            _ => self.moment(grain, self.next(grain, start.local)?),
        }
    }

    /// What is as far from `earlier` as `now` from `start`, in local time (hours: in time).
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn same_elapsed(
        &self,
        grain: Grain,
        start: Moment,
        now: Moment,
        earlier: Moment,
    ) -> Result<Moment, Diagnostic> {
        if grain == Grain::Hour {
            let elapsed = now.utc.duration_since(start.utc);
            return self.instant(earlier.utc.checked_add(elapsed).map_err(|_| beyond())?);
        }
        let elapsed = now.local.duration_since(start.local);
        self.local(earlier.local.checked_add(elapsed).map_err(|_| beyond())?)
    }

    /// A length before a period's end.
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn before(&self, grain: Grain, end: Moment, length: Length) -> Result<Moment, Diagnostic> {
        match (grain, hours(length)) {
            (Grain::Hour, Some(hours)) => {
                self.instant(end.utc.checked_sub(hours.hours()).map_err(|_| beyond())?)
            }
            _ => self.local(end.local.checked_sub(span(length)).map_err(|_| beyond())?),
        }
    }

    /// The start of the period of a coarser grain that holds a period's last day.
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn start_of(&self, of: Grain, grain: Grain, end: Moment) -> Result<Moment, Diagnostic> {
        let last = match grain {
            // Its last moment decides: in some zones an hour of UTC holds a midnight.
            Grain::Hour => {
                let last = end.utc.checked_sub(1.nanosecond()).map_err(|_| beyond())?;
                self.instant(last)?.local.date()
            }
            _ => end.local.date().yesterday().map_err(|_| beyond())?,
        };
        self.midnight(self.align(of, last)?)
    }

    /// As-of less the longest of some waits.
    ///
    /// # Errors
    /// Dates beyond the calendar.
    pub fn settled(&self, as_of: Option<Moment>, waits: &[Length]) -> Result<Option<Moment>, Diagnostic> {
        let Some(as_of) = as_of else { return Ok(None) };
        let mut settled = as_of;
        for wait in waits {
            let earlier = match wait.unit {
                TimeUnit::Millisecond | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => {
                    self.instant(as_of.utc.checked_sub(span(*wait)).map_err(|_| beyond())?)?
                }
                _ => self.local(as_of.local.checked_sub(span(*wait)).map_err(|_| beyond())?)?,
            };
            settled = settled.min(earlier);
        }
        Ok(Some(settled))
    }
}
