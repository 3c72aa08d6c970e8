//! Periods: where they start and end, in the project's zone.
//!
//! `--from 2026-01 --to 2026-03` by month is three periods, from the midnight that
//! starts 1 January to the one that ends 31 March, in Paris as in New York.

use jiff::civil::{self, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::request::Request;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Date, Grain, PeriodKind};

/// More periods than anybody reads; a spine of them is still quick.
const MOST_PERIODS: usize = 200_000;

/// How the project counts time.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// IANA zone in which periods are cut.
    pub zone: String,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
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

    /// Whether something is known at the start of every period.
    pub fn all_begun(&self) -> bool {
        self.as_of.is_none_or(|as_of| self.starts.last().is_some_and(|last| *last < as_of))
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
            Grain::Hour => start.tomorrow(),
            _ => start.checked_add(step(grain)),
        };
        let end = next.and_then(|next| next.yesterday()).map_err(|_| beyond())?;
        Ok((self.align(grain, first)?, end))
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

    fn next(&self, grain: Grain, at: DateTime) -> Result<DateTime, Diagnostic> {
        at.checked_add(step(grain)).map_err(|_| beyond())
    }

    /// The start of the period that holds a day.
    fn align(&self, grain: Grain, day: civil::Date) -> Result<civil::Date, Diagnostic> {
        match grain {
            Grain::Hour | Grain::Day => Ok(day),
            Grain::Week => self.week_of(day),
            Grain::Month => Ok(day.first_of_month()),
            Grain::Quarter | Grain::FiscalQuarter => {
                civil::Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).map_err(|_| beyond())
            }
            Grain::Year | Grain::IsoYear | Grain::FiscalYear => Ok(day.first_of_year()),
        }
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
