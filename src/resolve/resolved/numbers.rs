//! Numbers: formulas over measures and KPIs, and what stands above them.

use super::{Entrants, Grain, Predicate, TimeUnit, Version};
use crate::resolve::scalar::Scalar;
use crate::value::{self, Part};

/// An expression over measures and KPIs.
pub type Number = Scalar<NumberLeaf>;

#[derive(Debug, Clone, PartialEq)]
pub enum NumberLeaf {
    Measure(String),
    Kpi(String),
    /// `x where p`: reaches every measure beneath. Segments named in it are
    /// already replaced by their predicates.
    Restrict(Box<Number>, Box<Predicate>),
    /// `total(x, d, …)`: lifts the slices on these dimensions; none named: all.
    Total(Box<Number>, Vec<String>),
    /// `previous(x, 1 year)`: the number of an earlier period.
    Previous(Box<Number>, Offset),
    /// The number over another stretch of time that ends with the period.
    Window(Box<Number>, Window),
    /// `slope(x, 6 months)`: the numbers of several periods, made into one.
    OverPeriods(Box<OverPeriods>),
    /// A stock at an instant.
    Stock(String, Balance),
    /// `time_share(down = 0)`
    TimeShare(Box<TimeShare>),
    /// `avg(x per customer having y > 0)`
    PerMember(Box<PerMember>),
    /// `retained(signups, logins, on day 7)`, `per_entrant(signups, revenue, by month)`
    Entrants(Box<Entrants>),
    /// What a KPI is at its time, the earliest version first.
    Versions(Vec<Version>),
    /// `journey.cart`: the entities that reach a step of a funnel.
    Step(String, usize),
    /// A member's number among those of the others.
    Rank(Box<Number>, Ranking),
    /// `step_count(journey)`, `step_rate(journey)`: a number of each step of a funnel.
    EachStep(String, OfSteps),
    /// `journey.cart` where times are subtracted: when an entity took the step.
    StepTime(StepTime),
    /// `attainment(x)`: of a KPI with targets.
    Attainment(String),
}

impl NumberLeaf {
    /// The numbers that it is made of; a KPI's own aside.
    pub fn inner(&self) -> Vec<&Number> {
        match self {
            NumberLeaf::Restrict(value, _)
            | NumberLeaf::Total(value, _)
            | NumberLeaf::Previous(value, _)
            | NumberLeaf::Window(value, _)
            | NumberLeaf::Rank(value, _) => vec![value],
            NumberLeaf::OverPeriods(over) => vec![&over.value],
            NumberLeaf::PerMember(per) => {
                per.values.iter().chain(&per.having).chain(&per.members_of).collect()
            }
            NumberLeaf::Versions(versions) => versions.iter().map(|version| &version.value).collect(),
            NumberLeaf::Measure(_)
            | NumberLeaf::Kpi(_)
            | NumberLeaf::Stock(..)
            | NumberLeaf::TimeShare(_)
            | NumberLeaf::Entrants(_)
            | NumberLeaf::Step(..)
            | NumberLeaf::EachStep(..)
            | NumberLeaf::StepTime(_)
            | NumberLeaf::Attainment(_) => Vec::new(),
        }
    }
}

/// What a member's number is told of those of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// `rank(x)`: its place, 1 for the best.
    Place(Best),
    /// `cumulative_share(x)`: the share of the total that it and all larger ones make up.
    CumulativeShare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Best {
    Highest,
    Lowest,
}

/// The share of a period's time in which a condition over stocks holds.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeShare {
    pub condition: Scalar<Existing>,
    /// Whether it holds while nothing exists.
    pub of_nothing: bool,
}

/// A stock at every instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    pub stock: String,
    /// Further conditions on its rows.
    pub restricted: Vec<Predicate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfSteps {
    /// The entities that reach the step.
    Count,
    /// The share of those of the step before; none at the first.
    Rate,
}

/// The time of a step, on the first way of an entity that reaches a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct StepTime {
    pub funnel: String,
    pub step: usize,
    pub reached: usize,
}

/// A number of each member of some dimensions, then an aggregate over the members.
#[derive(Debug, Clone, PartialEq)]
pub struct PerMember {
    pub function: OverMembers,
    /// None for a count, two for a correlation, else one.
    pub values: Vec<Number>,
    pub dimensions: Vec<String>,
    /// Which members take part.
    pub having: Option<Number>,
    /// Further numbers whose rows make somebody a member.
    pub members_of: Vec<Number>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum OverMembers {
    Count,
    Sum,
    Avg,
    Min,
    Max,
    /// 0 to 1, as digits.
    Percentile(String),
    /// Of a sample.
    Stddev,
    Corr,
    /// Of the least-squares line of the value over the members' own values.
    Slope,
}

/// A number of each of several periods, and what is made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct OverPeriods {
    pub function: OfPeriods,
    pub value: Number,
    /// How long the periods are together.
    pub over: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfPeriods {
    /// The slope of the least-squares line, per period; the last one is this one.
    Slope,
    /// How many standard deviations this one is from the mean of those before it.
    Zscore,
}

impl OfPeriods {
    pub fn word(self) -> &'static str {
        match self {
            OfPeriods::Slope => "slope",
            OfPeriods::Zscore => "zscore",
        }
    }
}

/// A whole number of calendar or clock units: `28 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    pub count: u32,
    pub unit: TimeUnit,
}

/// How far back `previous` looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    /// `None`: one period of the asked grain.
    pub by: Option<Length>,
    /// Whether an earlier period is read whole while this one still runs.
    pub whole: bool,
}

/// Calendar time that ends with the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    Rolling(Length),
    /// From the start of the grain's period that holds the period's last day.
    ToDate(Grain),
    /// From the first row.
    Cumulative,
    /// From the first row, each worth half as much for every so many days of its age.
    Decayed(u32),
}

/// When in a period a stock is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Balance {
    /// `at_start`
    Opening,
    /// `at_end`
    Closing,
    /// `average`: the mean of the days' closing balances.
    Mean,
}

impl Length {
    /// Whether it is hours or shorter, rather than days.
    pub fn is_short(self) -> bool {
        matches!(self.unit, TimeUnit::Millisecond | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour)
    }

    /// As a step forward of the calendar or clock; of milliseconds the whole seconds.
    pub fn step(self) -> value::Step {
        let count = i64::from(self.count);
        let (count, unit) = match self.unit {
            TimeUnit::Millisecond => (count / 1000, Part::Second),
            TimeUnit::Second => (count, Part::Second),
            TimeUnit::Minute => (count, Part::Minute),
            TimeUnit::Hour => (count, Part::Hour),
            TimeUnit::Day => (count, Part::Day),
            TimeUnit::Week => (count, Part::Week),
            TimeUnit::Month => (count, Part::Month),
            TimeUnit::Quarter => (count, Part::Quarter),
            TimeUnit::Year => (count, Part::Year),
        };
        value::Step { count, unit }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.count, self.unit.word(), if self.count == 1 { "" } else { "s" })
    }
}
