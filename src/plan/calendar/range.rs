//! The asked range: from the period that `--from` names to the one that `--to` names.

use jiff::ToSpan;
use jiff::civil::{self, DateTime, Weekday};

use super::moment::{beyond, civil_date, midnight_of, next_day, whole_hour};
use super::{Calendar, Moment};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Request;
use crate::plan::steps::named;
use crate::resolve::resolved::{Date, Grain, PeriodKind};

/// More periods than anybody reads; a spine of them is still quick.
const MOST_PERIODS: usize = 200_000;

/// The asked periods, and which rows they read.
#[derive(Debug, Clone)]
pub struct Range {
    /// Where each period starts, in order; never empty.
    pub starts: Vec<Moment>,
    /// Where the last period ends.
    pub end: Moment,
    /// Rows from `low` (included) to `high` (excluded) are read: the periods, less
    /// what `--clip` cuts and what as-of hides.
    pub low: Moment,
    pub high: Moment,
    /// From here on nothing is known.
    pub as_of: Option<Moment>,
    /// The last that as-of may be, where it is chosen when the query runs.
    pub latest: Option<Moment>,
}

impl Range {
    /// Of a request that nobody bounded: it has no periods.
    pub fn unknown() -> Range {
        let never = Moment { local: DateTime::ZERO, utc: DateTime::ZERO };
        Range { starts: Vec::new(), end: never, low: never, high: never, as_of: None, latest: None }
    }

    /// Where period `i` ends (excluded).
    pub fn end_of(&self, i: usize) -> Moment {
        self.starts.get(i + 1).copied().unwrap_or(self.end)
    }

    /// Whether all of period `i` is asked and before as-of.
    pub fn is_complete(&self, i: usize) -> bool {
        self.starts[i] >= self.low && self.end_of(i) <= self.high
    }

    /// Whether as-of is chosen when the query runs.
    pub fn as_of_is_chosen(&self) -> bool {
        self.latest.is_some()
    }

    /// The same periods at the last as-of that may be chosen, where one may be.
    pub fn at_latest(&self) -> Option<Range> {
        let latest = self.latest?;
        Some(Range { as_of: self.latest, high: latest.min(self.end), ..self.clone() })
    }

    /// Whether its bounds cut a period.
    pub fn cuts(&self) -> bool {
        let Some(first) = self.starts.first() else { return false };
        let end = self.as_of.map_or(self.end, |as_of| as_of.min(self.end));
        self.low > *first || self.high < end
    }
}

impl Calendar {
    /// The periods from `from` to `to`, both included.
    ///
    /// # Errors
    /// No bounds, bounds in the wrong order, a bound that cuts a period, dates
    /// beyond the calendar, an unknown zone.
    pub fn range(&self, grain: Grain, request: &Request) -> Result<Range, Diagnostic> {
        let (Some(from), Some(to)) = (request.from, request.to) else {
            return Err(Diagnostic::general(Code::BadRange, "the request has no range")
                .because("SQL never asks the clock, so the periods must be named")
                .help("add `--from 2026-01 --to 2026-12` (years, quarters, months, weeks or days)"));
        };
        let first = self.bounds(from)?.0;
        let end = self.bounds(to)?.1;
        if first >= end {
            return Err(Diagnostic::general(
                Code::BadRange,
                format!("the range ends before it starts: from {} to {}", shown(from), shown(to)),
            )
            .help("name the earlier period in `--from`"));
        }
        let starts = self.starts(grain, first, end)?;
        let last_end = self.moment(grain, self.next(grain, starts[starts.len() - 1])?)?;
        let moments: Vec<_> =
            starts.iter().map(|start| self.moment(grain, *start)).collect::<Result<_, _>>()?;
        let (low, high) = (self.midnight(first)?, self.midnight(end)?);
        if !request.clip && grain != Grain::Hour {
            if low.local != moments[0].local {
                return Err(self.cut(grain, from, "--from", first));
            }
            if high.local != last_end.local {
                return Err(self.cut(grain, to, "--to", end.yesterday().map_err(|_| beyond())?));
            }
        }
        let known_until = |day: Option<Date>| day.map(|day| self.midnight(next_day(day)?)).transpose();
        let as_of = known_until(request.as_of)?;
        let latest = known_until(request.as_of_among.map(|(_, last)| last))?;
        let (low, high) = match grain {
            Grain::Hour => (moments[0], last_end),
            _ => (low, high),
        };
        let high = as_of.map_or(high, |as_of| as_of.min(high));
        Ok(Range { starts: moments, end: last_end, low, high, as_of, latest })
    }

    /// The first day of the period that holds `first`, and the last of the one that
    /// holds `last`.
    ///
    /// # Errors
    /// Days beyond the calendar.
    pub fn around(
        &self,
        grain: Grain,
        first: civil::Date,
        last: civil::Date,
    ) -> Result<(civil::Date, civil::Date), Diagnostic> {
        let start = self.align(grain, last)?;
        let next = match grain {
            Grain::Hour => start.tomorrow().map_err(|_| beyond())?,
            _ => self.next(grain, midnight_of(start))?.date(),
        };
        let end = next.yesterday().map_err(|_| beyond())?;
        Ok((self.align(grain, first)?, end))
    }

    /// The first days of the periods that hold the days from `first` to `last`.
    ///
    /// # Errors
    /// Days beyond the calendar, too many periods.
    pub fn first_days(
        &self,
        grain: Grain,
        first: civil::Date,
        last: civil::Date,
    ) -> Result<Vec<civil::Date>, Diagnostic> {
        let end = last.max(first).tomorrow().map_err(|_| beyond())?;
        Ok(self.starts(grain, first, end)?.into_iter().map(DateTime::date).collect())
    }

    /// Starts of the periods that touch the days from `first` to `end` (excluded):
    /// local days, or UTC times for hours.
    fn starts(
        &self,
        grain: Grain,
        first: civil::Date,
        end: civil::Date,
    ) -> Result<Vec<DateTime>, Diagnostic> {
        let (mut at, stop) = match grain {
            Grain::Hour => (whole_hour(self.midnight(first)?.utc)?, self.midnight(end)?.utc),
            _ => (self.align(grain, first)?.to_datetime(civil::Time::midnight()), midnight_of(end)),
        };
        let mut starts = Vec::new();
        while at < stop {
            if starts.len() == MOST_PERIODS {
                return Err(Diagnostic::general(
                    Code::BadRange,
                    format!("the range has more than {MOST_PERIODS} periods"),
                )
                .help(format!("ask for a coarser grain than {}, or a shorter range", grain.word())));
            }
            starts.push(at);
            at = self.next(grain, at)?;
        }
        Ok(starts)
    }

    /// First day and the day after the last, of a named period.
    fn bounds(&self, period: PeriodKind) -> Result<(civil::Date, civil::Date), Diagnostic> {
        let date = |year, month, day| civil::Date::new(year, month, day).map_err(|_| beyond());
        let month = |m: u8| i8::try_from(m).map_err(|_| beyond());
        let (start, length) = match period {
            PeriodKind::Year(year) => (date(year, 1, 1)?, 1.year()),
            PeriodKind::Quarter(year, quarter) => (date(year, month(quarter)? * 3 - 2, 1)?, 3.months()),
            PeriodKind::Month(year, m) => (date(year, month(m)?, 1)?, 1.month()),
            PeriodKind::Week(year, week) => {
                let week = i8::try_from(week).map_err(|_| beyond())?;
                let thursday =
                    civil::ISOWeekDate::new(year, week, Weekday::Thursday).map_err(|_| beyond())?.date();
                (self.week_of(thursday)?, 1.week())
            }
            PeriodKind::Day(day) => (civil_date(day)?, 1.day()),
        };
        Ok((start, start.checked_add(length).map_err(|_| beyond())?))
    }

    /// A bound that cuts the period which holds a day.
    fn cut(&self, grain: Grain, token: PeriodKind, option: &str, day: civil::Date) -> Diagnostic {
        let period = named(grain);
        let whole = match (is_well_known(grain), self.around(grain, day, day)) {
            (false, Ok((first, last))) => {
                format!("name whole {period}s (the one that holds {day} is {first} to {last})")
            }
            _ => format!("name whole {period}s"),
        };
        Diagnostic::general(Code::CutPeriod, format!("`{option} {}` cuts a {period}", shown(token)))
            .because("the number of a part would stand where a whole one is expected")
            .help(format!("{whole}, or add `--clip` to count only the rows in the range"))
    }
}

/// Whether everybody knows where periods start.
fn is_well_known(grain: Grain) -> bool {
    match grain {
        Grain::Hour | Grain::Day | Grain::Month | Grain::Quarter | Grain::Year => true,
        Grain::Week | Grain::IsoYear | Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => false,
    }
}

/// A period as people write it.
pub fn shown(period: PeriodKind) -> String {
    match period {
        PeriodKind::Year(year) => format!("{year:04}"),
        PeriodKind::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        PeriodKind::Month(year, month) => format!("{year:04}-{month:02}"),
        PeriodKind::Week(year, week) => format!("{year:04}-W{week:02}"),
        PeriodKind::Day(day) => day.to_string(),
    }
}
