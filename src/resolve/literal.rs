//! Literals as typed values, exact.

use super::scalar::Type;
use super::unit::{Kind, Unit, seconds_in};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Duration, Expr, ExprKind, TimeUnit};
use crate::value::{self, Literal, Part, Step};

/// A literal's value, type and unit.
#[derive(Debug, Clone)]
pub struct Constant {
    pub literal: Literal,
    pub ty: Type,
    pub unit: Unit,
}

/// A literal as a constant; `None` for what is no literal.
///
/// # Errors
/// A duration that is no fixed number of seconds, or beyond all bounds.
pub fn constant(kind: &ExprKind, span: Span) -> Option<Result<Constant, Diagnostic>> {
    let (literal, ty, unit) = match kind {
        ExprKind::Null => (Literal::Null(value::Type::Integer), Type::Null, Unit::Free),
        ExprKind::Bool(b) => (Literal::Boolean(*b), Type::Boolean, Unit::Free),
        ExprKind::Number(digits) => (Literal::Number(digits.clone()), number_type(digits), Unit::Free),
        ExprKind::Percent(digits) => {
            (Literal::Number(hundredth(digits)), Type::Decimal(None), Unit::plain(Kind::Percent))
        }
        ExprKind::Money(digits, unit) => {
            (Literal::Number(digits.clone()), Type::Decimal(None), Unit::of(unit))
        }
        ExprKind::Text(text) => (Literal::Text(text.clone()), Type::Text, Unit::Free),
        ExprKind::Date(date) => (Literal::Date(date.to_string()), Type::Date, Unit::Free),
        ExprKind::Duration(duration) => {
            return Some(seconds(duration, span).map(|digits| Constant {
                literal: Literal::Number(digits),
                ty: Type::Duration,
                unit: Unit::seconds(),
            }));
        }
        _ => return None,
    };
    Some(Ok(Constant { literal, ty, unit }))
}

/// A literal without its minus signs, and whether their number is odd.
pub fn unsigned(mut e: &Expr) -> (&Expr, bool) {
    let mut negative = false;
    while let ExprKind::Unary(ast::UnaryOp::Minus, inner) = &e.value {
        negative = !negative;
        e = inner;
    }
    (e, negative)
}

/// The finding about a project's value of a parameter that is none of the kind that
/// the definitions reckon with.
pub fn replaced(name: &str, own: &Expr, value: &Expr) -> Option<Diagnostic> {
    let constant = |e: &Expr| constant(&unsigned(e).0.value, e.span)?.ok();
    let (before, now) = (constant(own)?, constant(value)?);
    let same = match (before.ty, now.ty) {
        (a, b) if a.is_number() && b.is_number() => before.unit == now.unit,
        (a, b) => a == b,
    };
    if same {
        return None;
    }
    let shown = |c: &Constant| match (c.ty.is_number(), &c.unit) {
        (true, Unit::Known(_)) if c.unit.is_plain() => c.unit.to_string(),
        (true, Unit::Known(_)) => format!("an amount in {}", c.unit),
        _ => super::operators::a(c.ty).to_string(),
    };
    Some(
        Diagnostic::error(
            Code::TypeMismatch,
            value.span,
            format!("the parameter `{name}` is {}, and the project gives it {}", shown(&before), shown(&now)),
        )
        .label(own.span, "its own value")
        .because("the definitions that use it reckon with the one, and would mean something else")
        .help("write it like its own value"),
    )
}

/// A literal's value, its signs included.
pub fn value(e: &Expr) -> Option<Literal> {
    let ExprKind::Unary(ast::UnaryOp::Minus, inner) = &e.value else {
        return Some(constant(&e.value, e.span)?.ok()?.literal);
    };
    match value(inner)? {
        Literal::Number(digits) => Some(Literal::Number(opposite(&digits))),
        _ => None,
    }
}

/// Digits with the other sign.
pub fn opposite(digits: &str) -> String {
    digits.strip_prefix('-').map_or_else(|| format!("-{digits}"), str::to_string)
}

fn number_type(digits: &str) -> Type {
    if digits.contains('.') { Type::Decimal(None) } else { Type::Integer }
}

/// Digits divided by a hundred: `2.5` is `0.025`.
pub fn hundredth(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{whole:0>3}");
    let (head, tail) = padded.split_at(padded.len() - 2);
    let head = head.trim_start_matches('0');
    let fraction = format!("{tail}{fraction}");
    let fraction = fraction.trim_end_matches('0');
    let head = if head.is_empty() { "0" } else { head };
    if fraction.is_empty() { head.to_string() } else { format!("{head}.{fraction}") }
}

/// A duration in seconds, as digits.
fn seconds(duration: &Duration, span: Span) -> Result<String, Diagnostic> {
    let Some(factor) = seconds_in(duration.unit) else {
        let word = format!("{:?}", duration.unit).to_lowercase();
        return Err(Diagnostic::error(
            Code::TypeMismatch,
            span,
            format!("a {word} is no fixed number of seconds"),
        )
        .because("months have 28 to 31 days, so the comparison could mean several things")
        .help("write the duration in days, or move the date: `ended_on > started_on + 3 months`"));
    };
    times(&duration.count, factor).ok_or_else(|| {
        Diagnostic::error(Code::TooLarge, span, "the duration is too long").help("is a digit too many in it?")
    })
}

/// The product of two decimals, exact; `None` where it is beyond all bounds.
fn times(a: &str, b: &str) -> Option<String> {
    let ((a, a_scale), (b, b_scale)) = (parts(a)?, parts(b)?);
    let (product, scale) = (a.checked_mul(b)?, a_scale + b_scale);
    let digits = format!("{product:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") })
}

fn parts(digits: &str) -> Option<(i128, usize)> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    Some((format!("{whole}{fraction}").parse().ok()?, fraction.len()))
}

/// A duration as a step of the calendar or clock, forward or backward.
///
/// # Errors
/// A fraction of a unit that is no whole number of seconds.
pub fn step(duration: &Duration, forward: bool, span: Span) -> Result<Step, Diagnostic> {
    let exact = || {
        Diagnostic::error(Code::WrongArguments, span, "the duration is no whole number of seconds")
            .because("a date is moved by whole steps of the calendar or clock")
            .help("write it in whole units: `36 hours` for a day and a half")
    };
    let whole: Option<i64> = duration.count.parse().ok();
    let (count, unit) = match (whole, duration.unit) {
        (Some(n), TimeUnit::Second) => (n, Part::Second),
        (Some(n), TimeUnit::Minute) => (n, Part::Minute),
        (Some(n), TimeUnit::Hour) => (n, Part::Hour),
        (Some(n), TimeUnit::Day) => (n, Part::Day),
        (Some(n), TimeUnit::Week) => (n, Part::Week),
        (Some(n), TimeUnit::Month) => (n, Part::Month),
        (Some(n), TimeUnit::Quarter) => (n, Part::Quarter),
        (Some(n), TimeUnit::Year) => (n, Part::Year),
        (_, _) => (seconds(duration, span)?.parse().map_err(|_| exact())?, Part::Second),
    };
    Ok(Step { count: if forward { count } else { -count }, unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundredth_is_exact() {
        let cases =
            [("2.5", "0.025"), ("100", "1"), ("0", "0"), ("12.50", "0.125"), ("250", "2.5"), ("95", "0.95")];
        for (digits, expected) in cases {
            assert_eq!(hundredth(digits), expected);
        }
    }

    #[test]
    fn durations_are_exact_seconds() {
        assert_eq!(times("90", "86400").as_deref(), Some("7776000"));
        assert_eq!(times("1.5", "3600").as_deref(), Some("5400"));
        assert_eq!(times("250", "0.001").as_deref(), Some("0.25"));
        assert_eq!(times(&"9".repeat(60), "60"), None);
    }
}
