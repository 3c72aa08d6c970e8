//! Measures and stocks: aggregates of one source, of what happens over time and of
//! what is there at an instant.

use super::dimension::Condition;

/// A flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub axis: Axis,
    pub aggregate: Aggregate,
    pub filter: Option<Condition>,
}

impl Measure {
    pub fn text(&self) -> String {
        format!("{}{}{}", self.aggregate.text(), self.axis.text(), filter(self.filter.as_ref()))
    }
}

/// What is there at an instant; KPIs read it [`super::formula::Formula::Stock`]-wise.
#[derive(Debug, Clone, PartialEq)]
pub struct Stock {
    pub source: Source,
    pub aggregate: Aggregate,
    pub filter: Option<Condition>,
}

impl Stock {
    pub fn text(&self) -> String {
        format!("{}{}", self.aggregate.text(), filter(self.filter.as_ref()))
    }
}

fn filter(condition: Option<&Condition>) -> String {
    condition.map(|f| format!(" where {}", f.text(true))).unwrap_or_default()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    Sales,
    Visits,
    /// Rows that last from a start until an end.
    Contracts,
    /// Counts of a day, one a shelf.
    Levels,
    /// Rows that always are.
    Staff,
}

impl Source {
    pub const ALL: [Source; 5] =
        [Source::Sales, Source::Visits, Source::Contracts, Source::Levels, Source::Staff];

    pub fn name(self) -> &'static str {
        match self {
            Source::Sales => "sales",
            Source::Visits => "visits",
            Source::Contracts => "contracts",
            Source::Levels => "levels",
            Source::Staff => "staff",
        }
    }
}

/// The time that says in which period a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// A timestamp in UTC.
    SoldAt,
    /// A local day, perhaps none.
    ShippedOn,
    /// A local day.
    VisitedOn,
    /// Timestamps in UTC or local days, perhaps none.
    Started,
    Ended,
    /// A local day.
    CountedOn,
}

impl Axis {
    pub fn source(self) -> Source {
        match self {
            Axis::SoldAt | Axis::ShippedOn => Source::Sales,
            Axis::VisitedOn => Source::Visits,
            Axis::Started | Axis::Ended => Source::Contracts,
            Axis::CountedOn => Source::Levels,
        }
    }

    pub fn column(self) -> &'static str {
        match self {
            Axis::SoldAt => "at",
            Axis::ShippedOn => "shipped_on",
            Axis::Started => "started",
            Axis::Ended => "ended",
            Axis::VisitedOn | Axis::CountedOn => "day",
        }
    }

    fn text(self) -> String {
        match self {
            // The source's own time.
            Axis::SoldAt | Axis::VisitedOn => String::new(),
            _ => format!(" at {}", self.column()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    Count,
    Buyers,
    /// Distinct pairs.
    Pairs,
    Countries,
    Tiers,
    Sum(Column),
    Avg(Column),
    Min(Column),
    Max(Column),
    Median(Column),
    P90(Column),
    Stddev(Column),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Amount,
    Items,
    /// `items * 2 - 1`
    Derived,
    /// Times the rate of the customer's tier.
    Rated,
    /// Less those of the row that was found in time.
    SinceFound,
}

impl Aggregate {
    /// Whether no rows mean 0, not NULL: of counts and sums.
    pub fn is_zero_when_empty(self) -> bool {
        match self {
            Aggregate::Count
            | Aggregate::Buyers
            | Aggregate::Pairs
            | Aggregate::Countries
            | Aggregate::Tiers
            | Aggregate::Sum(_) => true,
            Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_)
            | Aggregate::Median(_)
            | Aggregate::P90(_)
            | Aggregate::Stddev(_) => false,
        }
    }

    fn text(self) -> String {
        let column = |c: Column| match c {
            Column::Amount => "amount",
            Column::Items => "items",
            Column::Derived => "items * 2 - 1",
            Column::Rated => "items * grade.rate",
            Column::SinceFound => "items - found.items",
        };
        match self {
            Aggregate::Count => "count()".into(),
            Aggregate::Buyers => "count(distinct buyer)".into(),
            Aggregate::Pairs => "count(distinct channel, buyer)".into(),
            Aggregate::Countries => "count(distinct customer.country)".into(),
            Aggregate::Tiers => "count(distinct grade.tier)".into(),
            Aggregate::Sum(c) => format!("sum({})", column(c)),
            Aggregate::Avg(c) => format!("avg({})", column(c)),
            Aggregate::Min(c) => format!("min({})", column(c)),
            Aggregate::Max(c) => format!("max({})", column(c)),
            Aggregate::Median(c) => format!("median({})", column(c)),
            Aggregate::P90(c) => format!("percentile({}, 0.9)", column(c)),
            Aggregate::Stddev(c) => format!("stddev({})", column(c)),
        }
    }
}
