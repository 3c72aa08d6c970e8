//! The judge's calendar: which stretch of time a period is, and which one stands
//! before it.
//!
//! Days, weeks and longer are cut at local midnights, hours are hours of UTC.
//! Moments are instants; only where months and days are counted does local time
//! come in.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::fiscal::{FiscalYear, first_of_months};
use super::time::{Duration, Grain};
use super::world::World;

#[derive(Debug)]
pub struct Calendar {
    zone: TimeZone,
    /// 1 Monday to 7 Sunday.
    week_start: i8,
    fiscal_year: FiscalYear,
    pub grain: Grain,
}

/// A step of the asked grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// An hour that starts here.
    Hour(Timestamp),
    /// Local days from the first to the one before `next`.
    Days { first: Date, next: Date },
}

impl Calendar {
    pub fn new(world: &World) -> Calendar {
        let zone = TimeZone::get(world.zone).expect("worlds lie in zones that exist");
        let week_start = i8::try_from(world.week_start).expect("a week has seven days");
        Calendar { zone, week_start, fiscal_year: world.fiscal_year, grain: world.request.grain }
    }

    // ------------------------------------------------ instants and local time

    /// Where a local day begins, be it at one o'clock.
    pub fn midnight(&self, day: Date) -> Timestamp {
        self.instant(day.at(0, 0, 0, 0))
    }

    pub fn local(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    fn instant(&self, local: DateTime) -> Timestamp {
        self.zone.to_timestamp(local).expect("within the calendar")
    }

    /// The local day that is on when this moment comes.
    pub fn day_before(&self, at: Timestamp) -> Date {
        self.local(at - 1.nanosecond()).date()
    }

    /// Months and days before a moment are counted in local time, a month's last
    /// day standing for the days that it lacks; hours are exact.
    pub fn back(&self, at: Timestamp, by: Duration) -> Timestamp {
        match by.unit {
            Grain::Hour => at - span(by),
            _ => self.instant(self.local(at) - span(by)),
        }
    }

    /// As [`Calendar::back`], forward.
    pub fn forward(&self, at: Timestamp, by: Duration) -> Timestamp {
        match by.unit {
            Grain::Hour => at + span(by),
            _ => self.instant(self.local(at) + span(by)),
        }
    }

    // ---------------------------------------------------------------- periods

    /// The first day of the week, month, … that holds a day.
    pub fn first_of(&self, grain: Grain, day: Date) -> Date {
        match grain {
            Grain::Hour | Grain::Day => day,
            Grain::Week => {
                let mut first = day;
                while first.weekday().to_monday_one_offset() != self.week_start {
                    first -= 1.day();
                }
                first
            }
            Grain::Month => day.first_of_month(),
            Grain::Quarter => first_of_months(day, 1, 3),
            Grain::Year => day.first_of_year(),
            Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => {
                self.fiscal_year.first_of(grain, day)
            }
            Grain::IsoYear => self.first_of_iso_year(day),
        }
    }

    /// A year of weeks starts with the week that holds the year's first Thursday.
    fn first_of_iso_year(&self, day: Date) -> Date {
        let start_of = |year: i16| {
            let mut thursday = Date::constant(year, 1, 1);
            while thursday.weekday() != Weekday::Thursday {
                thursday += 1.day();
            }
            self.first_of(Grain::Week, thursday)
        };
        let years = [day.year() + 1, day.year(), day.year() - 1].map(start_of);
        years.into_iter().find(|start| *start <= day).expect("last year has begun")
    }

    /// The period of the asked grain that holds a day; of days and longer.
    fn of_day(&self, day: Date) -> Period {
        self.holding(self.grain, day)
    }

    /// That of another grain.
    pub fn holding(&self, grain: Grain, day: Date) -> Period {
        let first = self.first_of(grain, day);
        let next = match grain {
            // It has 52 or 53 weeks.
            Grain::IsoYear => self.first_of(Grain::IsoYear, first + 380.days()),
            Grain::FiscalMonth => self.fiscal_year.moved(grain, first, 1),
            Grain::FiscalQuarter => self.fiscal_year.moved(grain, first, 3),
            Grain::FiscalYear => self.fiscal_year.moved(grain, first, 12),
            _ => first + span(Duration::new(1, grain)),
        };
        Period::Days { first, next }
    }

    /// The periods that the days from `first` to `last` touch; of hours, those that
    /// start within.
    pub fn periods(&self, first: Date, last: Date) -> Vec<Period> {
        if self.grain == Grain::Hour {
            return self.hours(self.midnight(first), self.midnight(last + 1.day()));
        }
        let mut periods = Vec::new();
        let mut day = first;
        while day <= last {
            let period = self.of_day(day);
            let Period::Days { next, .. } = period else { unreachable!("hours are dealt with") };
            periods.push(period);
            day = next;
        }
        periods
    }

    fn hours(&self, from: Timestamp, to: Timestamp) -> Vec<Period> {
        let whole = i64::div_euclid(from.as_second() + 3599, 3600) * 3600;
        let starts = (whole..to.as_second()).step_by(3600);
        starts.map(|s| Period::Hour(Timestamp::constant(s, 0))).collect()
    }

    pub fn start(&self, period: Period) -> Timestamp {
        match period {
            Period::Hour(start) => start,
            Period::Days { first, .. } => self.midnight(first),
        }
    }

    pub fn end(&self, period: Period) -> Timestamp {
        match period {
            Period::Hour(start) => start + 1.hour(),
            Period::Days { next, .. } => self.midnight(next),
        }
    }

    /// The local days of a period.
    pub fn days(&self, period: Period) -> Vec<Date> {
        let Period::Days { first, next } = period else { return Vec::new() };
        let (mut days, mut day) = (Vec::new(), first);
        while day < next {
            days.push(day);
            day += 1.day();
        }
        days
    }

    pub fn last_day(&self, period: Period) -> Date {
        self.day_before(self.end(period))
    }

    /// What results say of its start: a local day, or a time in UTC.
    pub fn label(&self, period: Period) -> DateTime {
        match period {
            Period::Hour(start) => TimeZone::UTC.to_datetime(start),
            Period::Days { first, .. } => first.at(0, 0, 0, 0),
        }
    }

    // ----------------------------------------------- other stretches of time

    /// The period of the same grain some time ago: the one that holds that day. By
    /// nothing: the one before.
    pub fn previous(&self, period: Period, by: Option<Duration>) -> Period {
        let by = by.unwrap_or(Duration::new(1, self.grain));
        match period {
            Period::Hour(start) => Period::Hour(start - hours(by)),
            Period::Days { first, .. } => match (self.grain, by.unit) {
                // A year of weeks has 52 of them.
                (Grain::Week, Grain::Year) => self.of_day(first - (52 * i64::from(by.count)).weeks()),
                (Grain::IsoYear, _) => {
                    (0..by.count).fold(period, |period, _| self.year_of_weeks_before(period))
                }
                (Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear, _) => {
                    self.of_day(self.fiscal_year.moved(self.grain, first, -months(by)))
                }
                _ => self.of_day(first - span(by)),
            },
        }
    }

    fn year_of_weeks_before(&self, period: Period) -> Period {
        let Period::Days { first, .. } = period else { unreachable!("a year of weeks has days") };
        self.of_day(first - 1.day())
    }

    /// As long after the start of `earlier` as `at` is after the start of `period`,
    /// in local time.
    pub fn same_elapsed(&self, period: Period, at: Timestamp, earlier: Period) -> Timestamp {
        match (period, earlier) {
            (Period::Days { first, .. }, Period::Days { first: before, .. }) => {
                let elapsed = self.local(at).duration_since(first.at(0, 0, 0, 0));
                self.instant(before.at(0, 0, 0, 0) + elapsed)
            }
            _ => self.start(earlier) + at.duration_since(self.start(period)),
        }
    }

    /// Where `rolling` begins: so long before the period's end.
    pub fn rolling(&self, period: Period, by: Duration) -> Timestamp {
        match (period, by.unit) {
            (Period::Hour(_), Grain::Day | Grain::Week) => self.end(period) - hours(by),
            _ => self.back(self.end(period), by),
        }
    }

    /// Where a count begins that is carried for so many days to a boundary: with its
    /// own day.
    pub fn carried_from(&self, boundary: Timestamp, days: u16) -> Timestamp {
        let over = self.local(boundary).date() - 1.day();
        self.midnight(over - i64::from(days).days())
    }

    /// Where `to_date` begins: with the month, year, … that holds the last day.
    pub fn to_date(&self, period: Period, grain: Grain) -> Timestamp {
        match (period, grain) {
            (Period::Hour(start), Grain::Hour) => start,
            _ => self.midnight(self.first_of(grain, self.last_day(period))),
        }
    }
}

fn months(by: Duration) -> i16 {
    let n = i16::try_from(by.count).expect("few periods");
    match by.unit {
        Grain::Month | Grain::FiscalMonth => n,
        Grain::Quarter | Grain::FiscalQuarter => 3 * n,
        Grain::Year | Grain::FiscalYear => 12 * n,
        _ => unreachable!("fiscal periods are moved by months"),
    }
}

fn span(by: Duration) -> Span {
    let n = i64::from(by.count);
    match by.unit {
        Grain::Hour => n.hours(),
        Grain::Day => n.days(),
        Grain::Week => n.weeks(),
        Grain::Month | Grain::FiscalMonth => n.months(),
        Grain::Quarter | Grain::FiscalQuarter => (3 * n).months(),
        Grain::Year | Grain::FiscalYear => n.years(),
        Grain::IsoYear => unreachable!("years of weeks are no length"),
    }
}

/// At the grain of hours a day is 24 of them.
fn hours(by: Duration) -> Span {
    let n = i64::from(by.count);
    match by.unit {
        Grain::Hour => n.hours(),
        Grain::Day => (24 * n).hours(),
        Grain::Week => (168 * n).hours(),
        _ => unreachable!("months are no whole number of hours"),
    }
}
