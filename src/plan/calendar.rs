//! Periods: where they start and end, in the project's zone.
//!
//! `--from 2026-01 --to 2026-03` by month is three periods, from the midnight that
//! starts 1 January to the one that ends 31 March, in Paris as in New York.

use jiff::civil::{self, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::request::Request;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Date, Grain, Length, PeriodKind, TimeUnit};

/// More periods than anybody reads; a spine of them is still quick.
const MOST_PERIODS: usize = 200_000;

/// How the project counts time.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// IANA zone in which periods are cut.
    pub zone: String,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    /// The month in which the fiscal year starts, 1 to 12.
    pub fiscal_year: u8,
}

/// An instant, as the project's local time and in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub local: DateTime,
    pub utc: DateTime,
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.utc.cmp(&other.utc)
    }
}

impl Moment {
    /// Whether its local day is before a day.
    pub fn is_before(self, day: Date) -> bool {
        let date = self.local.date();
        (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()) < (day.year, day.month, day.day)
    }
}

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
}

impl Range {
    /// Of a request that nobody bounded: it has no periods.
    pub fn unknown() -> Range {
        let never = Moment { local: DateTime::ZERO, utc: DateTime::ZERO };
        Range { starts: Vec::new(), end: never, low: never, high: never, as_of: None }
    }

    /// Where period `i` ends (excluded).
    pub fn end_of(&self, i: usize) -> Moment {
        self.starts.get(i + 1).copied().unwrap_or(self.end)
    }

    /// Whether all of period `i` is asked and before as-of.
    pub fn is_complete(&self, i: usize) -> bool {
        self.starts[i] >= self.low && self.end_of(i) <= self.high
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
            for (cut, token, name) in
                [(low.local != moments[0].local, from, "--from"), (high.local != last_end.local, to, "--to")]
            {
                if cut {
                    return Err(self.cut(grain, token, name));
                }
            }
        }
        let as_of = request.as_of.map(|day| self.midnight(next_day(day)?)).transpose()?;
        let (low, high) = match grain {
            Grain::Hour => (moments[0], last_end),
            _ => (low, high),
        };
        Ok(Range { starts: moments, end: last_end, low, high: as_of.map_or(high, |a| a.min(high)), as_of })
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

    // ------------------------------------------------ other times than the period

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

    fn iso_years_back(&self, start: Moment, by: Option<Length>) -> Result<Moment, Diagnostic> {
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

    /// The midnight that starts a local day.
    ///
    /// # Errors
    /// An unknown zone, days beyond the calendar.
    pub fn day(&self, day: civil::Date) -> Result<Moment, Diagnostic> {
        self.midnight(day)
    }

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

    /// A local time: the first instant that shows it.
    fn local(&self, local: DateTime) -> Result<Moment, Diagnostic> {
        if local == midnight_of(local.date()) {
            return self.midnight(local.date());
        }
        let zoned = self.zone()?.to_zoned_datetime(local).map_err(|_| beyond())?;
        Ok(Moment { local, utc: zoned.with_time_zone(TimeZone::UTC).datetime() })
    }

    fn instant(&self, utc: DateTime) -> Result<Moment, Diagnostic> {
        let zoned = TimeZone::UTC.to_zoned_datetime(utc).map_err(|_| beyond())?;
        let local = zoned.with_time_zone(self.zone()?).datetime();
        // A midnight that the clock skips keeps its name.
        match self.midnight(local.date()) {
            Ok(midnight) if midnight.utc == utc => Ok(midnight),
            _ => Ok(Moment { local, utc }),
        }
    }

    // -------------------------------------------------------------------- parts

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

    fn next(&self, grain: Grain, at: DateTime) -> Result<DateTime, Diagnostic> {
        if grain == Grain::IsoYear {
            // 52 or 53 weeks on.
            let later = at.date().checked_add(53.weeks()).map_err(|_| beyond())?;
            return Ok(midnight_of(self.iso_year_of(later)?));
        }
        at.checked_add(step(grain)).map_err(|_| beyond())
    }

    /// The start of the period that holds a day.
    fn align(&self, grain: Grain, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        match grain {
            Grain::Hour | Grain::Day => Ok(day),
            Grain::Week => self.week_of(day),
            Grain::Month => Ok(day.first_of_month()),
            Grain::Quarter => self.months_from(day, 1, 3),
            Grain::FiscalQuarter => self.months_from(day, self.fiscal_year, 3),
            Grain::Year => Ok(day.first_of_year()),
            Grain::FiscalYear => self.months_from(day, self.fiscal_year, 12),
            Grain::IsoYear => self.iso_year_of(day),
        }
    }

    /// The last of every so many months from one on that starts by a day.
    fn months_from(&self, day: civil::Date, first: u8, months: i32) -> Result<civil::Date, Diagnostic> {
        let since = (i32::from(day.month()) - i32::from(first)).rem_euclid(12) % months;
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

    fn week_of(&self, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        let weekday = day.weekday().to_monday_one_offset();
        let start = i8::try_from(self.week_start).unwrap_or(1);
        day.checked_sub(i64::from((weekday - start).rem_euclid(7)).days()).map_err(|_| beyond())
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

    /// The instant that a period's start is: hours are held in UTC, all else local.
    fn moment(&self, grain: Grain, at: DateTime) -> Result<Moment, Diagnostic> {
        if grain != Grain::Hour {
            return self.midnight(at.date());
        }
        let zone = self.zone()?;
        let utc = TimeZone::UTC.to_zoned_datetime(at).map_err(|_| beyond())?;
        Ok(Moment { local: utc.with_time_zone(zone).datetime(), utc: at })
    }

    /// The midnight that starts a local day. Where the clock skips it, the day
    /// starts later, but rows before that do not exist, so `local` stays midnight.
    fn midnight(&self, day: civil::Date) -> Result<Moment, Diagnostic> {
        if day.year() < 1 {
            return Err(beyond());
        }
        let zoned = self.zone()?.to_zoned_datetime(midnight_of(day)).map_err(|_| beyond())?;
        Ok(Moment { local: midnight_of(day), utc: zoned.with_time_zone(TimeZone::UTC).datetime() })
    }

    fn zone(&self) -> Result<TimeZone, Diagnostic> {
        TimeZone::get(&self.zone).map_err(|_| {
            Diagnostic::general(Code::ProjectFile, format!("there is no time zone `{}`", self.zone))
        })
    }

    fn cut(&self, grain: Grain, token: PeriodKind, option: &str) -> Diagnostic {
        Diagnostic::general(Code::CutPeriod, format!("`{option} {}` cuts a {}", shown(token), grain.word()))
            .because("the number of a part would stand where a whole one is expected")
            .help(format!(
                "name whole {}s, or add `--clip` to count only the rows in the range",
                grain.word()
            ))
    }
}

/// One period of a grain.
pub fn step(grain: Grain) -> Span {
    match grain {
        Grain::Hour => 1.hour(),
        Grain::Day => 1.day(),
        Grain::Week => 1.week(),
        Grain::Month => 1.month(),
        Grain::Quarter | Grain::FiscalQuarter => 3.months(),
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 1.year(),
    }
}

/// A length as calendar units.
fn span(length: Length) -> Span {
    let count = i64::from(length.count);
    match length.unit {
        TimeUnit::Millisecond => count.milliseconds(),
        TimeUnit::Second => count.seconds(),
        TimeUnit::Minute => count.minutes(),
        TimeUnit::Hour => count.hours(),
        // Beyond these jiff has no span, and no calendar such a date.
        TimeUnit::Day => count.min(MOST_DAYS).days(),
        TimeUnit::Week => count.min(MOST_DAYS / 7).weeks(),
        TimeUnit::Month => count.min(MOST_YEARS * 12).months(),
        TimeUnit::Quarter => (count.min(MOST_YEARS * 4) * 3).months(),
        TimeUnit::Year => count.min(MOST_YEARS).years(),
    }
}

const MOST_YEARS: i64 = 19_000;
const MOST_DAYS: i64 = 7_000_000;

/// The hours of a length that has always as many.
fn hours(length: Length) -> Option<i64> {
    let count = i64::from(length.count);
    match length.unit {
        TimeUnit::Hour => Some(count.min(MOST_DAYS * 24)),
        TimeUnit::Day => Some(count.min(MOST_DAYS) * 24),
        TimeUnit::Week => Some(count.min(MOST_DAYS / 7) * 168),
        TimeUnit::Millisecond
        | TimeUnit::Second
        | TimeUnit::Minute
        | TimeUnit::Month
        | TimeUnit::Quarter
        | TimeUnit::Year => None,
    }
}

/// Whether a length is a whole number of a grain's periods.
pub fn is_whole(grain: Grain, length: Length) -> bool {
    use TimeUnit as U;
    let months = match length.unit {
        U::Month => Some(length.count),
        U::Quarter => length.count.checked_mul(3),
        U::Year => length.count.checked_mul(12),
        U::Millisecond | U::Second | U::Minute | U::Hour | U::Day | U::Week => None,
    };
    match grain {
        Grain::Hour => matches!(length.unit, U::Hour | U::Day | U::Week),
        Grain::Day => months.is_some() || matches!(length.unit, U::Day | U::Week),
        Grain::Week => matches!(length.unit, U::Week | U::Year),
        Grain::Month => months.is_some(),
        Grain::Quarter | Grain::FiscalQuarter => months.is_some_and(|months| months % 3 == 0),
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => months.is_some_and(|months| months % 12 == 0),
    }
}

/// A period as people write it.
pub fn shown(period: PeriodKind) -> String {
    match period {
        PeriodKind::Year(year) => format!("{year:04}"),
        PeriodKind::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        PeriodKind::Month(year, month) => format!("{year:04}-{month:02}"),
        PeriodKind::Week(year, week) => format!("{year:04}-W{week:02}"),
        PeriodKind::Day(day) => format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
    }
}

/// A definition's date as a day of the calendar.
pub fn civil_date(day: Date) -> Result<civil::Date, Diagnostic> {
    let part = |n: u8| i8::try_from(n).map_err(|_| beyond());
    civil::Date::new(day.year, part(day.month)?, part(day.day)?).map_err(|_| beyond())
}

fn next_day(day: Date) -> Result<civil::Date, Diagnostic> {
    civil_date(day)?.tomorrow().map_err(|_| beyond())
}

fn midnight_of(day: civil::Date) -> DateTime {
    day.to_datetime(civil::Time::midnight())
}

/// The first whole hour at or after a time.
fn whole_hour(at: DateTime) -> Result<DateTime, Diagnostic> {
    let hour = at.with().minute(0).second(0).subsec_nanosecond(0).build().map_err(|_| beyond())?;
    if hour == at { Ok(at) } else { hour.checked_add(1.hour()).map_err(|_| beyond()) }
}

fn beyond() -> Diagnostic {
    Diagnostic::general(Code::BadRange, "the range reaches beyond the years 1 to 9999")
        .help("ask for a range within them")
}
