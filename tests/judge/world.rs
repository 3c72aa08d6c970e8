//! Small projects: two facts, customers, measures, KPIs, segments, a request.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::dimension::Condition;
use super::formula::Kpi;
use super::measure::Measure;
use super::request::Request;

/// Everything that decides a result.
#[derive(Clone, PartialEq)]
pub struct World {
    pub zone: &'static str,
    pub week_start: u8,
    /// The day from which days are counted, before and after.
    pub first_day: Date,
    pub sales: Vec<Sale>,
    pub visits: Vec<Visit>,
    /// The country of customer 0, 1, …; ids beyond are orphans.
    pub customers: Vec<Option<u8>>,
    /// `rows where` of sales.
    pub kept: Option<Condition>,
    /// The day since which sales are known.
    pub since: Option<i16>,
    pub measures: Vec<Measure>,
    pub kpis: Vec<Kpi>,
    pub segments: Vec<Condition>,
    pub request: Request,
}

/// A row with a timestamp in UTC: a minute of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    pub day: i16,
    pub minute: u16,
    pub shipped: Option<i16>,
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub customer: Option<u8>,
    /// Cents.
    pub amount: Option<i32>,
    pub items: Option<i8>,
}

/// A row with a local day.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub day: i16,
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub customer: Option<u8>,
}

impl World {
    /// The day this many days after the first.
    pub fn day(&self, n: i16) -> Date {
        self.first_day.checked_add(i64::from(n).days()).expect("worlds lie in our time")
    }

    /// When something was sold, in UTC.
    pub fn sold_at(&self, sale: &Sale) -> DateTime {
        let midnight = self.day(sale.day).at(0, 0, 0, 0);
        midnight.checked_add(i64::from(sale.minute).minutes()).expect("worlds lie in our time")
    }
}

/// As one would write it down to look for what is wrong.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = &self.request;
        let asked = |n| self.day(n);
        writeln!(f, "{} weeks from day {}", self.zone, self.week_start)?;
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
