//! Words of time: grains and durations.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// Of whole weeks.
    IsoYear,
    FiscalMonth,
    FiscalQuarter,
    FiscalYear,
}

impl Grain {
    pub fn word(self) -> &'static str {
        match self {
            Grain::Hour => "hour",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year => "year",
            Grain::IsoYear => "iso_year",
            Grain::FiscalMonth => "fiscal_month",
            Grain::FiscalQuarter => "fiscal_quarter",
            Grain::FiscalYear => "fiscal_year",
        }
    }
}

/// A number of hours, days, …, years: `28 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    pub count: u16,
    pub unit: Grain,
}

impl Duration {
    pub const fn new(count: u16, unit: Grain) -> Duration {
        Duration { count, unit }
    }

    /// Of days and weeks.
    pub fn in_days(self) -> u16 {
        match self.unit {
            Grain::Day => self.count,
            Grain::Week => 7 * self.count,
            _ => unreachable!("months have more or fewer days"),
        }
    }

    pub fn text(self) -> String {
        format!("{} {}{}", self.count, self.unit.word(), if self.count == 1 { "" } else { "s" })
    }
}
