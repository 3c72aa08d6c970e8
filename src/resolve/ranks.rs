//! A member's number among those of others: `rank(x)`, `cumulative_share(x)`.

use super::expression::{Scope, Typed, typed};
use super::formula::NumberScope;
use super::nature::{self, Nature};
use super::numbers::Numbers;
use super::operators::a;
use super::resolved::{Best, Number, NumberLeaf, Ranking};
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::{tools, windows};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Better, Call, KpiProperty};

/// The functions of this file.
pub const RANKS: [&str; 2] = ["rank", "cumulative_share"];

/// A call of one of [`RANKS`].
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let e = match tools::first(call) {
        Some(e) if call.args.len() == 1 && call.per.is_none() && !call.distinct => e,
        Some(_) | None => return s.report(usage(call)),
    };
    let value = typed(s, e)?;
    if !(value.ty().is_number() || matches!(value.ty(), Type::Duration | Type::Unknown)) {
        let message = format!("`{name}` is taken of {}", a(value.ty()));
        let error = Diagnostic::error(Code::TypeMismatch, e.span, message);
        return s.report(error.because("members are ordered by a number of each"));
    }
    if windows::moves(&value.scalar, s.numbers).ranks {
        return s.report(
            Diagnostic::error(Code::NoPlace, span, format!("`{name}` is taken of a place among members"))
                .because("members have the same order again, and a sum of places is nothing")
                .help(format!("take it of the number itself: `{name}(revenue)`")),
        );
    }
    let ranked = match name {
        "rank" => {
            best(&value.scalar, s.numbers, span).map(|best| (Ranking::Place(best), Type::Integer, Unit::Free))
        }
        _ => adds_up(&value.scalar, s.numbers, span)
            .map(|()| (Ranking::CumulativeShare, Type::Float, Unit::plain(Kind::Ratio))),
    };
    match ranked {
        Ok((ranking, ty, unit)) => {
            let leaf = NumberLeaf::Rank(Box::new(value.scalar), ranking);
            Some(Typed::new(ScalarKind::Leaf(leaf), ty, unit, span))
        }
        Err(error) => s.report(error),
    }
}

fn usage(call: &Call) -> Diagnostic {
    let name = call.function.value.as_str();
    Diagnostic::error(Code::WrongArguments, call.function.span, format!("`{name}` takes one number"))
        .because("the members are those that the number is asked by, or taken per")
        .help(format!("write `{name}(revenue)`"))
}

/// Whether the highest number is the best one, or the lowest.
fn best(number: &Number, numbers: &Numbers<'_>, span: Span) -> Result<Best, Diagnostic> {
    match better(number, numbers) {
        None | Some(Better::Higher) => Ok(Best::Highest),
        Some(Better::Lower) => Ok(Best::Lowest),
        Some(Better::Range) => Err(Diagnostic::error(
            Code::NoPlace,
            span,
            "`rank` is taken of a KPI that is best within a range",
        )
        .because("neither the highest nor the lowest number is the best one")
        .help("rank by how far it is from the range: a formula of its own")),
    }
}

/// What the KPI says that a number is, at another time or under a condition perhaps.
fn better(number: &Number, numbers: &Numbers<'_>) -> Option<Better> {
    let ScalarKind::Leaf(leaf) = &number.kind else { return None };
    match leaf {
        NumberLeaf::Kpi(id) => {
            numbers.model.kpis.get(id.as_str())?.properties.iter().find_map(|p| match &p.value {
                KpiProperty::Better(better) => Some(better.value),
                _ => None,
            })
        }
        NumberLeaf::Restrict(value, _)
        | NumberLeaf::Total(value, _)
        | NumberLeaf::Previous(value, _)
        | NumberLeaf::Window(value, _) => better(value, numbers),
        NumberLeaf::Measure(_)
        | NumberLeaf::Stock(..)
        | NumberLeaf::PerMember(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::OverPeriods(_)
        | NumberLeaf::Versions(_)
        | NumberLeaf::TimeShare(_)
        | NumberLeaf::Attainment(_)
        | NumberLeaf::Rank(..) => None,
    }
}

/// Whether members' numbers add up to that of all of them.
fn adds_up(number: &Number, numbers: &Numbers<'_>, span: Span) -> Result<(), Diagnostic> {
    let refused = |what: &str| {
        Diagnostic::error(Code::ShareOfNoSum, span, format!("`cumulative_share` is taken of {what}"))
    };
    if windows::moves(number, numbers).total {
        return Err(refused("a total over slices")
            .because("it is the same for each member, and no part of anything")
            .help("take it of the number itself: `cumulative_share(revenue)`"));
    }
    match nature::of(number, numbers) {
        Nature::Sum | Nature::Balance => Ok(()),
        Nature::Distinct => Err(refused("a distinct count")
            .because("who is counted for two members is one in all of them: the shares add up to more than the whole")
            .help("take it of a count or a sum: `cumulative_share(orders)`")),
        Nature::Ratio => Err(refused("a ratio, an average or another number that does not add up")
            .because("the ratios of members have no total that each has a share of")
            .help("take it of what is divided: `cumulative_share(revenue)`; members are ordered by ratios with `rank`")),
        Nature::Extreme => Err(refused("a smallest or largest value")
            .because("extremes do not add up")
            .help("take it of a count or a sum: `cumulative_share(revenue)`")),
        Nature::Constant => Err(refused("a constant")
            .because("it belongs to no member")
            .help("take it of a count or a sum: `cumulative_share(revenue)`")),
    }
}
