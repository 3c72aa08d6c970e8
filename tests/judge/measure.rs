//! Measures: aggregates of one source over one of its times.

use super::dimension::Condition;

#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub axis: Axis,
    pub aggregate: Aggregate,
    pub filter: Option<Condition>,
}

impl Measure {
    pub fn text(&self) -> String {
        let at = match self.axis {
            Axis::SoldAt | Axis::VisitedOn => "",
            Axis::ShippedOn => " at shipped_on",
        };
        let filter = self.filter.as_ref().map(|f| format!(" where {}", f.text(true)));
        format!("{}{at}{}", self.aggregate.text(), filter.unwrap_or_default())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Sales,
    Visits,
}

/// The time that says in which period a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// A timestamp in UTC.
    SoldAt,
    /// A local day, perhaps none.
    ShippedOn,
    /// A local day.
    VisitedOn,
}

impl Axis {
    pub fn source(self) -> Source {
        match self {
            Axis::SoldAt | Axis::ShippedOn => Source::Sales,
            Axis::VisitedOn => Source::Visits,
        }
    }
}

/// Columns are those of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    Count,
    Buyers,
    /// Distinct pairs.
    Pairs,
    Countries,
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
}

impl Aggregate {
    /// Whether no rows mean 0, not NULL.
    pub fn is_zero_when_empty(self) -> bool {
        match self {
            Aggregate::Count
            | Aggregate::Buyers
            | Aggregate::Pairs
            | Aggregate::Countries
            | Aggregate::Sum(_) => true,
            Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_)
            | Aggregate::Median(_)
            | Aggregate::P90(_)
            | Aggregate::Stddev(_) => false,
        }
    }

    pub fn text(self) -> String {
        let column = |c: Column| match c {
            Column::Amount => "amount",
            Column::Items => "items",
            Column::Derived => "items * 2 - 1",
        };
        match self {
            Aggregate::Count => "count()".into(),
            Aggregate::Buyers => "count(distinct buyer)".into(),
            Aggregate::Pairs => "count(distinct channel, buyer)".into(),
            Aggregate::Countries => "count(distinct customer.country)".into(),
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
