//! Totals that fade: `decayed(points, 30 days)`.

use super::expression::Scope;
use super::formula::NumberScope;
use super::nature::Nature;
use super::resolved::{TimeUnit, Window};
use super::windows::{length, usage};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Call, Expr};

/// Longer than any calendar.
const MOST: u32 = 4_000_000;

/// After how many days a row is worth half as much.
pub fn half_life(s: &mut NumberScope<'_, '_>, call: &Call, rest: &[&Expr]) -> Option<Window> {
    let [by] = rest else { return s.report(usage(call)) };
    let length = length(&s.numbers.model.params, by, s.sink())?;
    let days = match length.unit {
        TimeUnit::Day => Some(length.count),
        TimeUnit::Week => length.count.checked_mul(7),
        TimeUnit::Month
        | TimeUnit::Quarter
        | TimeUnit::Year
        | TimeUnit::Hour
        | TimeUnit::Minute
        | TimeUnit::Second
        | TimeUnit::Millisecond => None,
    };
    match days.filter(|days| *days <= MOST) {
        Some(days) => Some(Window::Decayed(days)),
        None => s.report(
            Diagnostic::error(
                Code::WrongArguments,
                by.span,
                "a half-life is a whole number of days or weeks",
            )
            .because("rows are as old as the days since their own, and all days weigh alike")
            .help("write it in days: `decayed(points, 30 days)`"),
        ),
    }
}

/// Why a number does not fade.
pub fn no_total(nature: Nature, span: Span) -> Option<Diagnostic> {
    let (code, what) = match nature {
        Nature::Sum => return None,
        Nature::Distinct => (Code::SumOfDistinct, "counts distinct things"),
        Nature::Constant => (Code::WrongArguments, "is the same at all times"),
        Nature::Extreme | Nature::Balance | Nature::Ratio => (Code::AverageOfRatios, "is no total of rows"),
    };
    Some(
        Diagnostic::error(code, span, format!("`decayed` is taken of a number that {what}"))
            .because("each row is worth less the older it is, and what they are worth is added up")
            .help("take it of a count or a sum; divide two of them for a ratio"),
    )
}
