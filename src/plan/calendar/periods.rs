//! Periods of a grain: which holds a day, and which comes next.

use jiff::ToSpan;
use jiff::civil::{self, DateTime, Weekday};

use super::length::step;
use super::moment::{beyond, midnight_of, whole_hour};
use super::{Calendar, Moment};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{Grain, Length, TimeUnit};

impl Calendar {
    /// Whether a period of a grain starts at a moment.
    pub fn starts_period(&self, grain: Grain, at: Moment) -> bool {
        match grain {
            Grain::Hour => whole_hour(at.utc).is_ok_and(|hour| hour == at.utc),
            _ => {
                let day = at.local.date();
                self.midnight(day).is_ok_and(|midnight| midnight == at)
                    && self.align(grain, day).is_ok_and(|start| start == day)
            }
        }
    }

    pub(super) fn next(&self, grain: Grain, at: DateTime) -> Result<DateTime, Diagnostic> {
        if grain == Grain::IsoYear {
            // 52 or 53 weeks on.
            let later = at.date().checked_add(53.weeks()).map_err(|_| beyond())?;
            return Ok(midnight_of(self.iso_year_of(later)?));
        }
        if let Some(periods) = self.of_weeks(grain) {
            return Ok(midnight_of(periods.next(at.date())?));
        }
        at.checked_add(step(grain)).map_err(|_| beyond())
    }

    /// The start of the period that holds a day.
    pub(super) fn align(&self, grain: Grain, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        match grain {
            Grain::Hour | Grain::Day => Ok(day),
            Grain::Week => self.week_of(day),
            Grain::Month => Ok(day.first_of_month()),
            Grain::Quarter => self.months_from(day, 1, 3),
            Grain::Year => Ok(day.first_of_year()),
            Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => self.fiscal_start(grain, day),
            Grain::IsoYear => self.iso_year_of(day),
        }
    }

    /// The last of every so many months from one on that starts by a day.
    pub(super) fn months_from(
        &self,
        day: civil::Date,
        first: u8,
        months: i64,
    ) -> Result<civil::Date, Diagnostic> {
        let since = (i64::from(day.month()) - i64::from(first)).rem_euclid(12) % months;
        day.first_of_month().checked_sub(since.months()).map_err(|_| beyond())
    }

    /// The first day of the year of weeks that holds a day: of the week with the
    /// year's first Thursday.
    fn iso_year_of(&self, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        let week = self.week_of(day)?;
        // The Thursday that decides which year the week is of.
        let ahead = i64::from((4 - i16::from(week.weekday().to_monday_one_offset())).rem_euclid(7));
        let year = week.checked_add(ahead.days()).map_err(|_| beyond())?.year();
        self.first_week(year)
    }

    /// The week with a year's first Thursday.
    fn first_week(&self, year: i16) -> Result<civil::Date, Diagnostic> {
        let thursday = civil::ISOWeekDate::new(year, 1, Weekday::Thursday).map_err(|_| beyond())?.date();
        self.week_of(thursday)
    }

    pub(super) fn week_of(&self, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        let weekday = day.weekday().to_monday_one_offset();
        let start = i8::try_from(self.week_start).unwrap_or(1);
        day.checked_sub(i64::from((weekday - start).rem_euclid(7)).days()).map_err(|_| beyond())
    }

    pub(super) fn iso_years_back(&self, start: Moment, by: Option<Length>) -> Result<Moment, Diagnostic> {
        let years = match by {
            None => 1,
            Some(Length { count, unit: TimeUnit::Month }) => count / 12,
            Some(Length { count, unit: TimeUnit::Quarter }) => count / 4,
            Some(length) => length.count,
        };
        let inside = start.local.date().checked_add(6.days()).map_err(|_| beyond())?;
        let year = i16::try_from(years).ok().and_then(|years| inside.year().checked_sub(years));
        self.midnight(self.first_week(year.ok_or_else(beyond)?)?)
    }
}
