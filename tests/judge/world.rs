//! Small projects: facts of several kinds, customers, measures, stocks, KPIs,
//! segments, a request.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::as_of::AsOf;
use super::bands::Bands;
use super::dimension::Condition;
use super::fiscal::FiscalYear;
use super::formula::Kpi;
use super::measure::{Measure, Source, Stock};
use super::request::Request;
use super::tools::{Cohort, Funnel};

/// Everything that decides a result.
#[derive(Clone, PartialEq)]
pub struct World {
    pub zone: &'static str,
    pub week_start: u8,
    pub fiscal_year: FiscalYear,
    /// The day from which days are counted, before and after.
    pub first_day: Date,
    pub sales: Vec<Sale>,
    pub visits: Vec<Visit>,
    pub contracts: Vec<Contract>,
    /// Whether contracts start and end on local days, not at times in UTC.
    pub contracts_by_day: bool,
    pub levels: Vec<Level>,
    pub snapshots: Snapshots,
    pub staff: Vec<Details>,
    /// The country of customer 0, 1, …; ids beyond are orphans.
    pub customers: Vec<Option<u8>>,
    /// Versions of customers; those of one customer never overlap.
    pub tiers: Vec<Tier>,
    /// Whether tiers hold from and until local days, not times in UTC.
    pub tiers_by_day: bool,
    /// How sales, visits and contracts each find a row in time.
    pub joins: Vec<AsOf>,
    /// `rows where` of every source.
    pub kept: Option<Condition>,
    /// The day since which sales, visits, contracts and levels are known.
    pub since: Option<i16>,
    pub measures: Vec<Measure>,
    pub stocks: Vec<Stock>,
    pub funnel: Funnel,
    pub cohort: Cohort,
    pub kpis: Vec<Kpi>,
    pub bands: Bands,
    pub segments: Vec<Condition>,
    pub request: Request,
}

/// What a row of any source has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub customer: Option<u8>,
    /// Cents.
    pub amount: Option<i32>,
    pub items: Option<i8>,
}

/// A minute of a day, in UTC.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Instant {
    pub day: i16,
    pub minute: u16,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    pub at: Instant,
    pub shipped: Option<i16>,
    pub details: Details,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub day: i16,
    pub details: Details,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    pub started: Option<Instant>,
    pub ended: Option<Instant>,
    pub details: Details,
}

/// What a customer is for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    pub customer: u8,
    pub from: Instant,
    pub until: Option<Instant>,
    pub tier: Option<u8>,
    pub rate: Option<i8>,
}

/// A day's count of a shelf, of which there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub day: i16,
    pub shelf: u8,
    pub details: Details,
}

/// What the source of levels says of days without a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Snapshots {
    Plain,
    /// A shelf keeps its last level.
    Sparse,
    /// All levels are carried for so many days.
    Carry(u16),
}

impl World {
    /// The day this many days after the first.
    pub fn day(&self, n: i16) -> Date {
        self.first_day.checked_add(i64::from(n).days()).expect("worlds lie in our time")
    }

    /// How many days after the first.
    pub fn days_to(&self, day: Date) -> i16 {
        i16::try_from(self.first_day.until(day).expect("days").get_days()).expect("few days")
    }

    /// A time in UTC.
    pub fn time(&self, at: Instant) -> DateTime {
        let midnight = self.day(at.day).at(0, 0, 0, 0);
        midnight.checked_add(i64::from(at.minute).minutes()).expect("worlds lie in our time")
    }

    /// The join of a source that finds a row in time.
    pub fn join_of(&self, source: Source) -> Option<&AsOf> {
        self.joins.iter().find(|join| join.at.source() == source)
    }

    /// The details of every row, to change them.
    pub fn details_mut(&mut self) -> Vec<&mut Details> {
        let sales = self.sales.iter_mut().map(|row| &mut row.details);
        let visits = self.visits.iter_mut().map(|row| &mut row.details);
        let contracts = self.contracts.iter_mut().map(|row| &mut row.details);
        let levels = self.levels.iter_mut().map(|row| &mut row.details);
        sales.chain(visits).chain(contracts).chain(levels).chain(&mut self.staff).collect()
    }
}

/// As one would write it down to look for what is wrong.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = &self.request;
        let asked = |n| self.day(n);
        writeln!(
            f,
            "{}, weeks from day {}, fiscal years {:?}",
            self.zone, self.week_start, self.fiscal_year
        )?;
        writeln!(f, "{}{}", self.definitions(), self.tables())?;
        writeln!(
            f,
            "from {} to {} as of {:?}",
            asked(request.from),
            asked(request.to),
            request.as_of.map(asked)
        )?;
        write!(f, "{request:?}")
    }
}
