//! Fiscal years: twelve months from any one on, or 52 or 53 whole weeks.
//!
//! The retailer's year 2023 ends on the Saturday nearest the end of January 2024,
//! 3 February, and starts the day after the one before, 29 January 2023. Its months
//! have 4, 5 and 4 weeks, but the last one, to which the 53rd week goes.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Calendar;
use super::moment::beyond;
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{FiscalWeeks, FiscalYear, Grain, Length, TimeUnit, YearEnd};

/// The weeks of every quarter but a long last one.
const QUARTER: i64 = 13;

/// Fiscal years that are whole weeks, cut into as many periods each. A period has a
/// number: that of its year, times as many, plus its place in the year.
#[derive(Debug, Clone, Copy)]
pub struct PeriodsOfWeeks {
    weeks: FiscalWeeks,
    per_year: i64,
}

impl Calendar {
    /// The start of the fiscal period that holds a day.
    pub(super) fn fiscal_start(&self, grain: Grain, day: Date) -> Result<Date, Diagnostic> {
        match (self.fiscal_year, per_year(grain)) {
            (FiscalYear::Months(first), Some(per_year)) => self.months_from(day, first, 12 / per_year),
            (FiscalYear::Weeks(weeks), Some(per_year)) => {
                let periods = PeriodsOfWeeks { weeks, per_year };
                periods.start(periods.number(day)?)
            }
            (_, None) => Ok(day),
        }
    }

    /// How a grain's periods are put together from weeks, if they are.
    pub(super) fn of_weeks(&self, grain: Grain) -> Option<PeriodsOfWeeks> {
        match self.fiscal_year {
            FiscalYear::Weeks(weeks) => Some(PeriodsOfWeeks { weeks, per_year: per_year(grain)? }),
            FiscalYear::Months(_) => None,
        }
    }
}

impl PeriodsOfWeeks {
    /// The start of the period that is so many before the one that holds a day.
    pub fn back(self, day: Date, by: Option<Length>) -> Result<Date, Diagnostic> {
        let periods = by.map_or(Some(1), |by| self.periods(by)).ok_or_else(beyond)?;
        self.start(self.number(day)? - periods)
    }

    /// The start of the period behind the one that holds a day.
    pub fn next(self, day: Date) -> Result<Date, Diagnostic> {
        self.start(self.number(day)? + 1)
    }

    /// The number of the period that holds a day.
    pub fn number(self, day: Date) -> Result<i64, Diagnostic> {
        // A year may end in the year before that it is called by, or in the one after.
        let mut year = i64::from(day.year()) - 1;
        while self.year_end(year)? < day {
            year += 1;
        }
        let week = i64::from(self.year_start(year)?.until(day).map_err(|_| beyond())?.get_days()) / 7;
        let places = (0..self.per_year).take_while(|place| self.weeks_before(*place) <= week);
        Ok(year * self.per_year + places.last().expect("the first period starts with the year"))
    }

    /// Where the period of a number starts.
    pub fn start(self, number: i64) -> Result<Date, Diagnostic> {
        let (year, place) = (number.div_euclid(self.per_year), number.rem_euclid(self.per_year));
        self.year_start(year)?.checked_add(self.weeks_before(place).weeks()).map_err(|_| beyond())
    }

    /// The weeks of the year that lie before its period of this place.
    fn weeks_before(self, place: i64) -> i64 {
        let months = place * 12 / self.per_year;
        let within = usize::try_from(months % 3).expect("a remainder is not negative");
        let weeks: i64 = self.weeks.pattern[..within].iter().map(|weeks| i64::from(*weeks)).sum();
        months / 3 * QUARTER + weeks
    }

    fn year_start(self, year: i64) -> Result<Date, Diagnostic> {
        self.year_end(year - 1)?.tomorrow().map_err(|_| beyond())
    }

    /// The last day of the year that is called by the year of its last month.
    fn year_end(self, year: i64) -> Result<Date, Diagnostic> {
        let (year, month) = (i16::try_from(year), i8::try_from(self.weeks.month));
        let (Ok(year), Ok(month)) = (year, month) else { return Err(beyond()) };
        let last = Date::new(year, month, 1).map_err(|_| beyond())?.last_of_month();
        let latest = match self.weeks.ends {
            YearEnd::Last => last,
            YearEnd::Nearest => last.checked_add(3.days()).map_err(|_| beyond())?,
        };
        let ahead = i64::from(latest.weekday().to_monday_one_offset()) - i64::from(self.weeks.weekday);
        latest.checked_sub(ahead.rem_euclid(7).days()).map_err(|_| beyond())
    }

    /// A length as a number of periods, if it is a whole one.
    fn periods(self, length: Length) -> Option<i64> {
        let months = match length.unit {
            TimeUnit::Month => i64::from(length.count),
            TimeUnit::Quarter => i64::from(length.count) * 3,
            TimeUnit::Year => i64::from(length.count) * 12,
            TimeUnit::Millisecond
            | TimeUnit::Second
            | TimeUnit::Minute
            | TimeUnit::Hour
            | TimeUnit::Day
            | TimeUnit::Week => return None,
        };
        let each = 12 / self.per_year;
        (months % each == 0).then_some(months / each)
    }
}

/// How many of a fiscal grain's periods a year has.
fn per_year(grain: Grain) -> Option<i64> {
    match grain {
        Grain::FiscalMonth => Some(12),
        Grain::FiscalQuarter => Some(4),
        Grain::FiscalYear => Some(1),
        Grain::Hour
        | Grain::Day
        | Grain::Week
        | Grain::Month
        | Grain::Quarter
        | Grain::Year
        | Grain::IsoYear => None,
    }
}
