//! Whether a number's parts add up to the whole, over slices and over time: what a target
//! holds for (semantics rule 16).
//!
//! The company's revenue target is not each channel's; a margin target is. A month's revenue
//! target is the sum of its weeks'; a month's target of customers is not, and neither is that of
//! a stock.

use super::numbers::Numbers;
use super::resolved::{Additivity, Aggregate, Balance, Number, NumberLeaf, OfPeriods, OfSteps, OverMembers};
use super::scalar::{Arithmetic, ScalarKind};

/// The additivity of a formula.
pub fn of(number: &Number, numbers: &Numbers<'_>) -> Additivity {
    use Additivity as A;
    let part = |number: &Number| of(number, numbers);
    match &number.kind {
        ScalarKind::Literal(_) => A::Constant,
        ScalarKind::Leaf(leaf) => of_leaf(leaf, numbers),
        ScalarKind::Negate(a) | ScalarKind::Cast(a, _) => part(a),
        ScalarKind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => sum(part(a), part(b)),
        ScalarKind::Arithmetic(Arithmetic::Multiply, a, b) => match (part(a), part(b)) {
            (A::Constant, other) | (other, A::Constant) => other,
            (A::Intensive, A::Intensive) => A::Intensive,
            _ => A::NonAdditive,
        },
        ScalarKind::Divide(a, b) => match (part(a), part(b)) {
            (numerator, A::Constant) => numerator,
            (A::Intensive | A::Constant, A::Intensive) => A::Intensive,
            (_, A::Intensive) => A::NonAdditive,
            // Of totals, whichever they are.
            (_, A::Additive | A::SemiAdditive | A::NonAdditive) => A::Intensive,
        },
        // A choice among numbers is as they are; what a function makes of them adds up no more.
        ScalarKind::Case { whens, otherwise } => {
            let values = whens.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            values.map(part).reduce(sum).unwrap_or(A::Constant)
        }
        ScalarKind::Call(_, args) => match args.iter().map(part).reduce(sum) {
            Some(A::Intensive) => A::Intensive,
            Some(A::Constant) | None => A::Constant,
            Some(A::Additive | A::SemiAdditive | A::NonAdditive) => A::NonAdditive,
        },
        ScalarKind::Not(_)
        | ScalarKind::And(_)
        | ScalarKind::Or(_)
        | ScalarKind::Compare(..)
        | ScalarKind::In(..)
        | ScalarKind::Between { .. }
        | ScalarKind::Like(..)
        | ScalarKind::IsNull(_)
        | ScalarKind::Extract(..)
        | ScalarKind::Seconds { .. }
        | ScalarKind::Shift(..)
        | ScalarKind::InZone { .. } => A::Intensive,
    }
}

fn of_leaf(leaf: &NumberLeaf, numbers: &Numbers<'_>) -> Additivity {
    use Additivity as A;
    match leaf {
        NumberLeaf::Measure(id) => match numbers.measures.get(id.as_str()) {
            Some(Some(known)) => of_aggregate(&known.measure.aggregate),
            Some(None) | None => A::Intensive,
        },
        NumberLeaf::Kpi(id) => match numbers.kpis.get(id.as_str()) {
            Some(Some(beneath)) => beneath.additivity,
            Some(None) | None => A::Intensive,
        },
        NumberLeaf::Stock(id, balance) => match (numbers.stocks.get(id.as_str()), balance) {
            (Some(Some(known)), Balance::Opening | Balance::Closing | Balance::Mean) => {
                level(of_aggregate(&known.measure.aggregate))
            }
            (Some(None) | None, _) => A::Intensive,
        },
        NumberLeaf::Restrict(value, _) => of(value, numbers),
        // Of other periods or of the whole, a part's target is not its own.
        NumberLeaf::Total(value, _) | NumberLeaf::Previous(value, _) | NumberLeaf::Window(value, _) => {
            not_over_time(of(value, numbers))
        }
        NumberLeaf::OverPeriods(of_periods) => match of_periods.function {
            OfPeriods::Slope => not_over_time(of(&of_periods.value, numbers)),
            OfPeriods::Zscore => A::Intensive,
        },
        NumberLeaf::Versions(versions) => {
            let each = versions.iter().map(|version| of(&version.value, numbers));
            each.reduce(sum).unwrap_or(A::Intensive)
        }
        NumberLeaf::PerMember(per) => match per.function {
            OverMembers::Count | OverMembers::Sum => A::NonAdditive,
            OverMembers::Avg
            | OverMembers::Min
            | OverMembers::Max
            | OverMembers::Percentile(_)
            | OverMembers::Stddev
            | OverMembers::Corr
            | OverMembers::Slope => A::Intensive,
        },
        NumberLeaf::Step(..) | NumberLeaf::EachStep(_, OfSteps::Count) => A::NonAdditive,
        NumberLeaf::EachStep(_, OfSteps::Rate)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Rank(..)
        | NumberLeaf::Attainment(_)
        | NumberLeaf::TimeShare(_) => A::Intensive,
    }
}

/// A sum, a difference or a choice.
fn sum(a: Additivity, b: Additivity) -> Additivity {
    use Additivity as A;
    match (a, b) {
        (a, b) if a == b => a,
        (A::Constant, A::Intensive) | (A::Intensive, A::Constant) => A::Intensive,
        // A stock less what went, customers beside a fixed number of them.
        _ => A::NonAdditive,
    }
}

fn not_over_time(inner: Additivity) -> Additivity {
    match inner {
        Additivity::Constant | Additivity::Intensive => inner,
        Additivity::Additive | Additivity::SemiAdditive | Additivity::NonAdditive => Additivity::NonAdditive,
    }
}

/// Of what is there at an instant.
fn level(of_rows: Additivity) -> Additivity {
    match of_rows {
        Additivity::Constant | Additivity::Intensive => of_rows,
        Additivity::Additive | Additivity::SemiAdditive | Additivity::NonAdditive => Additivity::SemiAdditive,
    }
}

fn of_aggregate(aggregate: &Aggregate) -> Additivity {
    match aggregate {
        Aggregate::Count | Aggregate::Sum(_) => Additivity::Additive,
        Aggregate::CountDistinct(_) => Additivity::NonAdditive,
        Aggregate::Min(_)
        | Aggregate::Max(_)
        | Aggregate::Avg(_)
        | Aggregate::Percentile(..)
        | Aggregate::Stddev(_)
        | Aggregate::Corr(..) => Additivity::Intensive,
    }
}
