//! Whether a number's parts add up: what an aggregate of numbers would do wrong.

use super::numbers::{Number, Numbers};
use super::resolved::{Aggregate, NumberLeaf, OfSteps};
use super::scalar::{Arithmetic, ScalarKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How a number behaves when parts are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A literal.
    Constant,
    /// Parts add up.
    Sum,
    /// Distinct things: parts overlap.
    Distinct,
    /// The smallest or largest.
    Extreme,
    /// A stock, read at an instant: parts add up, periods do not.
    Balance,
    /// A ratio, average or percentile.
    Ratio,
}

/// The nature of a formula.
pub fn of(number: &Number, numbers: &Numbers<'_>) -> Nature {
    match &number.kind {
        ScalarKind::Literal(_) => Nature::Constant,
        ScalarKind::Leaf(leaf) => match leaf {
            NumberLeaf::Measure(id) => match numbers.measures.get(id.as_str()) {
                Some(Some(known)) => of_aggregate(&known.measure.aggregate),
                Some(None) | None => Nature::Ratio,
            },
            NumberLeaf::Kpi(id) => match numbers.kpis.get(id.as_str()) {
                Some(Some(beneath)) => beneath.nature,
                Some(None) | None => Nature::Ratio,
            },
            NumberLeaf::Restrict(value, _)
            | NumberLeaf::Total(value, _)
            | NumberLeaf::Previous(value, _)
            | NumberLeaf::Window(value, _) => of(value, numbers),
            NumberLeaf::Stock(id, _) => match numbers.stocks.get(id.as_str()) {
                Some(Some(known)) => match of_aggregate(&known.measure.aggregate) {
                    Nature::Sum => Nature::Balance,
                    nature => nature,
                },
                Some(None) | None => Nature::Ratio,
            },
            NumberLeaf::OverPeriods(_) => Nature::Ratio,
            NumberLeaf::Versions(versions) => {
                let mut natures = versions.iter().map(|version| of(&version.value, numbers));
                let first = natures.next().unwrap_or(Nature::Ratio);
                if natures.all(|other| other == first) { first } else { Nature::Ratio }
            }
            // Members of two parts may be the same.
            NumberLeaf::PerMember(_)
            | NumberLeaf::Entrants(_)
            | NumberLeaf::Rank(..)
            | NumberLeaf::Attainment(_)
            | NumberLeaf::TimeShare(_) => Nature::Ratio,
            NumberLeaf::Step(..) | NumberLeaf::EachStep(_, OfSteps::Count) => Nature::Distinct,
            NumberLeaf::EachStep(_, OfSteps::Rate) | NumberLeaf::StepTime(_) => Nature::Ratio,
        },
        ScalarKind::Negate(a) => of(a, numbers),
        ScalarKind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => {
            match (of(a, numbers), of(b, numbers)) {
                (same, other) if same == other => same,
                (Nature::Distinct, Nature::Sum) | (Nature::Sum, Nature::Distinct) => Nature::Distinct,
                _ => Nature::Ratio,
            }
        }
        ScalarKind::Arithmetic(Arithmetic::Multiply, a, b) => match (of(a, numbers), of(b, numbers)) {
            (Nature::Constant, other) | (other, Nature::Constant) => other,
            _ => Nature::Ratio,
        },
        ScalarKind::Divide(a, b) => match of(b, numbers) {
            Nature::Constant => of(a, numbers),
            _ => Nature::Ratio,
        },
        ScalarKind::Not(_)
        | ScalarKind::And(_)
        | ScalarKind::Or(_)
        | ScalarKind::Compare(..)
        | ScalarKind::In(..)
        | ScalarKind::Between { .. }
        | ScalarKind::Like(..)
        | ScalarKind::IsNull(_)
        | ScalarKind::Case { .. }
        | ScalarKind::Call(..)
        | ScalarKind::Cast(..)
        | ScalarKind::Extract(..)
        | ScalarKind::Seconds { .. }
        | ScalarKind::Shift(..)
        | ScalarKind::InZone { .. } => Nature::Ratio,
    }
}

fn of_aggregate(aggregate: &Aggregate) -> Nature {
    match aggregate {
        Aggregate::Count | Aggregate::Sum(_) => Nature::Sum,
        Aggregate::CountDistinct(_) => Nature::Distinct,
        Aggregate::Min(_) | Aggregate::Max(_) => Nature::Extreme,
        Aggregate::Avg(_) | Aggregate::Percentile(..) | Aggregate::Stddev(_) | Aggregate::Corr(..) => {
            Nature::Ratio
        }
    }
}

/// Why an aggregate over a number, without `per`, is refused.
pub fn why_not(function: &str, nature: Nature, shown: &str, span: Span) -> Diagnostic {
    match (function, nature) {
        ("sum" | "count" | "avg", Nature::Distinct) => Diagnostic::error(
            Code::SumOfDistinct,
            span,
            format!("`{function}` is taken of {shown}, which counts distinct things"),
        )
        .because("who comes in January and in February counts in each month and once in the year")
        .help("use it as it is: over a longer period it is counted again from the rows"),
        (_, Nature::Balance) => Diagnostic::error(
            Code::NestedAggregate,
            span,
            format!("`{function}` is taken of {shown}, which is a stock at an instant"),
        )
        .because("it is a total already, of all that is there at that instant")
        .help("use it as it is; the mean of a period's days is `average(stock)`"),
        (_, Nature::Ratio) => Diagnostic::error(
            Code::AverageOfRatios,
            span,
            format!("`{function}` is taken of {shown}, which is itself a ratio or an average"),
        )
        .because("a ratio is a ratio of totals: small slices would weigh as much as large ones")
        .help("use it as it is: over all slices or a longer period it divides their totals"),
        _ => Diagnostic::error(
            Code::NestedAggregate,
            span,
            format!("`{function}` is taken of {shown}, which is already a total"),
        )
        .because("an aggregate of aggregates needs to know per what the inner one is taken")
        .help("divide by a count for a mean: `revenue / buyers`; the KPI itself is already the total of its period"),
    }
}
