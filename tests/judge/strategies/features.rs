//! What random worlds may hold.

/// A part of the language that kpic learns in its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    Settled,
    Previous,
    Windows,
    Stocks,
    /// Numbers per member.
    Members,
    /// Averages of distinct pairs.
    AverageOfPairs,
    /// Fiscal quarters and years, years of weeks.
    Calendars,
    /// `to_date` of hours that lie in two days: zones of half hours.
    HoursOverMidnight,
    /// Names of PostgreSQL that kpic makes up, of many words.
    LongNames,
}

/// What kpic compiles so far. A feature enters when it lands.
pub const TAKEN: &[Feature] =
    &[Feature::Settled, Feature::Previous, Feature::Windows, Feature::Stocks, Feature::Calendars];
