//! What random worlds may hold.

/// A part of the language that kpic learns in its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    Settled,
    Previous,
    Windows,
    Stocks,
    Funnels,
    /// Funnels and cohorts that wait.
    SettledTools,
    Cohorts,
    /// Numbers per member.
    Members,
    /// Totals over numbers per member.
    TotalOfMembers,
    /// Numbers of members of an earlier period, of which something else is known.
    EarlierMembers,
    /// Stocks of members whose numbers are all missing.
    EmptySumsOfMembers,
    /// The part of an earlier cohort that stands against one that is still open.
    PreviousOfCohorts,
    /// Averages of distinct pairs.
    AverageOfPairs,
    /// Fiscal quarters and years, years of weeks.
    Calendars,
    /// `to_date` of hours that lie in two days: zones of half hours.
    HoursOverMidnight,
    /// `slope` and `zscore`.
    Trends,
    /// As-of joins.
    AsOf,
    /// The part of an earlier period that stands against an open one, of rows that look ahead.
    PreviousOfAhead,
    /// Versions of customers.
    Versions,
    /// Versions of KPIs.
    EarlierKpis,
    /// Targets and status.
    Targets,
    /// Bands of customers.
    Bands,
    /// Rows that fade with time.
    Decayed,
    /// Days that fade, up to where hours have settled.
    DecayedToAnHour,
    /// `rank` and `cumulative_share`.
    Places,
    /// Places by what is the same for all members.
    PlaceOfNoMember,
    /// How closely two numbers of members go together, and how one follows the members.
    Corr,
    /// Names of PostgreSQL that kpic makes up, of many words.
    LongNames,
}

/// What kpic does not compile yet, or not rightly. A feature leaves when it lands.
const MISSING: &[Feature] = &[Feature::PreviousOfAhead, Feature::DecayedToAnHour, Feature::PlaceOfNoMember];

impl Feature {
    pub fn is_taken(self) -> bool {
        !MISSING.contains(&self)
    }

    /// How often it is among others; `JUDGE_ABOUT=Places` wants worlds that are about it.
    pub fn weight(self) -> u32 {
        let about = std::env::var("JUDGE_ABOUT").unwrap_or_default();
        if about.split(',').any(|name| name == format!("{self:?}")) { 20 } else { 2 }
    }
}
