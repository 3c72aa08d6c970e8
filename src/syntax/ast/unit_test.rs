//! Unit tests of KPIs: rows given, a request, the cells expected.

use super::{Date, Expr, Grain, Header, Name, Path, Period, Property};
use crate::source::{Span, Spanned};

/// ```text
/// test refunds "A refund is no sale" {
///   given orders (order_id, amount)
///     (1, 100)
///   when revenue from 2026-01
///   then (revenue)
///     (100)
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    pub header: Header,
    pub given: Vec<Property<Given>>,
    pub when: Option<Property<When>>,
    pub then: Option<Property<Then>>,
    /// `invariants`: what holds of any numbers holds of these.
    pub invariants: Option<Property<()>>,
    /// Whether a property was reported and left out.
    pub incomplete: bool,
}

/// The rows of a source; it has no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub source: Name,
    pub table: Cells,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub kpis: Vec<Name>,
    /// One entry a `by`, with its dimensions.
    pub by: Vec<Vec<Path>>,
    /// Also without slices.
    pub total: bool,
    pub grain: Option<Spanned<Grain>>,
    pub from: Option<Period>,
    pub to: Option<Period>,
    pub as_of: Option<Spanned<Date>>,
    pub clip: bool,
    pub filter: Option<Expr>,
    pub segments: Vec<Name>,
}

/// The cells expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Then {
    /// Further rows are no failure.
    pub some: bool,
    pub table: Cells,
}

/// Rows of literals under the names of their columns.
#[derive(Debug, Clone)]
pub struct Cells {
    pub columns: Vec<Path>,
    pub rows: Vec<Property<Vec<Cell>>>,
    /// Where the columns are named.
    pub span: Span,
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        (&self.columns, &self.rows) == (&other.columns, &other.rows)
    }
}

/// A value, or where a period is meant one that is longer than a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A literal, a parameter, or a quotient of two of them.
    Value(Expr),
    Period(Period),
}

impl Cell {
    pub fn span(&self) -> Span {
        match self {
            Cell::Value(value) => value.span,
            Cell::Period(period) => period.span,
        }
    }
}
