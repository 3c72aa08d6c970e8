//! What types and units operators take and give.

use super::clock;
use super::expression::Typed;
use super::literal;
use super::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::value::{self, Literal, Part, Step};

/// A type in words, with its article.
pub fn a(ty: Type) -> &'static str {
    match ty {
        Type::Unknown => "a value",
        Type::Text => "a text",
        Type::Integer | Type::Decimal(_) | Type::Float => "a number",
        Type::Boolean => "a condition",
        Type::Date => "a date",
        Type::Timestamp => "a timestamp",
        Type::Instant => "an instant",
        Type::Duration => "a duration",
        Type::Null => "`null`",
    }
}

fn is_number(ty: Type) -> bool {
    ty.is_number() || ty == Type::Unknown
}

fn mismatch(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, span, message)
}

pub fn negate<L>(value: Typed<L>, span: Span) -> Result<Typed<L>, Diagnostic> {
    if !is_number(value.ty()) && value.ty() != Type::Duration {
        return Err(mismatch(span, format!("a minus sign stands before {}", a(value.ty())))
            .because("only numbers and durations have an opposite"));
    }
    let Typed { scalar, unit, .. } = value;
    let ty = scalar.ty;
    let kind = match scalar.kind {
        ScalarKind::Literal(Literal::Number(digits)) => {
            ScalarKind::Literal(Literal::Number(literal::opposite(&digits)))
        }
        kind => ScalarKind::Negate(Box::new(Scalar { kind, ..scalar })),
    };
    Ok(Typed::new(kind, ty, unit, span))
}

/// A date or timestamp moved by a literal duration; days of an instant are local ones.
pub fn shift<L>(value: Typed<L>, by: Step, project: &str, span: Span) -> Typed<L> {
    let hours = matches!(by.unit, Part::Second | Part::Minute | Part::Hour);
    let value = if value.ty() == Type::Instant && !hours { clock::local(value, project) } else { value };
    let zone = value.zone.clone();
    let (scalar, ty) = match value.ty() {
        Type::Date if hours => (cast(value.scalar, Type::Timestamp), Type::Timestamp),
        ty => (value.scalar, ty),
    };
    Typed { zone, ..Typed::new(ScalarKind::Shift(Box::new(scalar), by), ty, Unit::Free, span) }
}

fn cast<L>(value: Scalar<L>, to: Type) -> Scalar<L> {
    let span = value.span;
    Scalar::new(ScalarKind::Cast(Box::new(value), to), to, span)
}

/// `a + b`, `a - b`
pub fn sum<L>(op: Arithmetic, a: Typed<L>, b: Typed<L>, span: Span) -> Result<Typed<L>, Diagnostic> {
    let (left, right) = (a.ty(), b.ty());
    if op == Arithmetic::Subtract
        && ((left.is_time() && (right.is_time() || right == Type::Unknown))
            || (left == Type::Unknown && right.is_time()))
    {
        return difference(a, b, span);
    }
    let ty = match (left, right) {
        (Type::Duration, Type::Duration | Type::Unknown) | (Type::Unknown, Type::Duration) => Type::Duration,
        _ if is_number(left) && is_number(right) => wider(left, right),
        _ => return Err(no_sum(op, left, right, span)),
    };
    let unit = same_unit(&a, &b, span, if op == Arithmetic::Add { "added to" } else { "subtracted from" })?;
    let bare = [&a.unit, &b.unit].contains(&&Unit::Free);
    let unit = if bare { unit.stretched() } else { unit };
    Ok(Typed::new(ScalarKind::Arithmetic(op, Box::new(a.scalar), Box::new(b.scalar)), ty, unit, span))
}

fn no_sum(op: Arithmetic, left: Type, right: Type, span: Span) -> Diagnostic {
    let message = match op {
        Arithmetic::Add => format!("{} is added to {}", a(right), a(left)),
        _ => format!("{} is subtracted from {}", a(right), a(left)),
    };
    let error = mismatch(span, message);
    match (left, right) {
        (Type::Text, Type::Text) => error.help("join texts with `concat(a, b)`"),
        (Type::Text, _) | (_, Type::Text) => error
            .because("a text is no number, even if its characters are digits")
            .help("turn it into a number first: `decimal(…)`"),
        (Type::Duration, _) if right.is_number() => {
            error.help("give the number its unit: `30 seconds`, `7 days`")
        }
        (_, Type::Duration) if left.is_number() => {
            error.help("give the number its unit: `30 seconds`, `7 days`")
        }
        (t, n) if t.is_time() && n.is_number() => error.help("give the number its unit: `7 days`, `2 hours`"),
        (t, Type::Duration) if t.is_time() => error
            .because("only a literal can be counted in days and months of the calendar")
            .help("move it by a literal or a parameter: `started_on + 30 days`"),
        (Type::Boolean, _) | (_, Type::Boolean) => {
            error.help("turn the condition into a number: `case when … then 1 else 0 end`")
        }
        (Type::Null, _) | (_, Type::Null) => error.because("the result would always be null"),
        _ => error.because("only numbers, durations, and a date with a duration add up"),
    }
}

/// The seconds between two points in time.
fn difference<L>(end: Typed<L>, start: Typed<L>, span: Span) -> Result<Typed<L>, Diagnostic> {
    let instant = [end.ty(), start.ty()].contains(&Type::Instant);
    let ty = if instant { Type::Instant } else { Type::Timestamp };
    let point = |value: Typed<L>| {
        let scalar = value.scalar;
        Box::new(if scalar.ty == ty { scalar } else { cast(scalar, ty) })
    };
    let kind = ScalarKind::Seconds { start: point(start), end: point(end) };
    Ok(Typed::new(kind, Type::Duration, Unit::seconds(), span))
}

fn same_unit<L>(a: &Typed<L>, b: &Typed<L>, span: Span, word: &str) -> Result<Unit, Diagnostic> {
    a.unit.with(&b.unit).ok_or_else(|| {
        let (first, second) = if word == "compared with" { (a, b) } else { (b, a) };
        Diagnostic::error(Code::UnitMismatch, span, format!("{} is {word} {}", first.unit, second.unit))
            .because("the result would be neither of the two")
            .help(match a.unit.is_plain() && b.unit.is_plain() {
                true => "bring one of them to the other's unit or scale, in a KPI or column of its own that declares it",
                false => "convert one of them at its source, or divide where a rate is meant",
            })
    })
}

/// `a * b`
pub fn product<L>(a: Typed<L>, b: Typed<L>, span: Span) -> Result<Typed<L>, Diagnostic> {
    let ty = match (a.ty(), b.ty()) {
        (Type::Duration, t) | (t, Type::Duration) if is_number(t) => Type::Duration,
        (l, r) if is_number(l) && is_number(r) => wider(l, r),
        (l, r) => return Err(no_product("multiplied by", l, r, span)),
    };
    let unit = a.unit.times(&b.unit);
    let kind = ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(a.scalar), Box::new(b.scalar));
    Ok(Typed::new(kind, ty, unit, span))
}

/// `a / b`: real division.
pub fn quotient<L>(a: Typed<L>, b: Typed<L>, span: Span) -> Result<Typed<L>, Diagnostic> {
    let ty = match (a.ty(), b.ty()) {
        (Type::Duration, t) if is_number(t) => Type::Duration,
        (l, Type::Duration) if is_number(l) || l == Type::Duration => Type::Float,
        (l, r) if is_number(l) && is_number(r) => Type::Float,
        (l, r) => return Err(no_product("divided by", l, r, span)),
    };
    let unit = a.unit.over(&b.unit);
    Ok(Typed::new(ScalarKind::Divide(Box::new(a.scalar), Box::new(b.scalar)), ty, unit, span))
}

fn no_product(word: &str, left: Type, right: Type, span: Span) -> Diagnostic {
    let error = mismatch(span, format!("{} is {word} {}", a(left), a(right)));
    if [left, right].contains(&Type::Boolean) {
        return error.help("turn the condition into a number: `case when … then 1 else 0 end`");
    }
    if [left, right].contains(&Type::Text) {
        return error.help("turn the text into a number first: `decimal(…)`");
    }
    error.because("only numbers, and a duration with a number, multiply and divide")
}

/// The type that holds both numbers.
fn wider(a: Type, b: Type) -> Type {
    match (a, b) {
        (Type::Float, _) | (_, Type::Float) => Type::Float,
        (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
        (Type::Integer, Type::Integer) => Type::Integer,
        _ => Type::Decimal(None),
    }
}

/// A comparison whose sides go together.
pub fn compare<L>(op: Comparison, a: Typed<L>, b: Typed<L>, span: Span) -> Result<ScalarKind<L>, Diagnostic> {
    comparable(op, &a, &b, span)?;
    Ok(ScalarKind::Compare(op, Box::new(a.scalar), Box::new(b.scalar)))
}

/// Checks that two values can be compared.
///
/// # Errors
/// Types or units that do not go together.
pub fn comparable<L>(op: Comparison, a: &Typed<L>, b: &Typed<L>, span: Span) -> Result<(), Diagnostic> {
    let (left, right) = (a.ty(), b.ty());
    if left == Type::Null || right == Type::Null {
        return Err(mismatch(span, "a value is compared with `null`".into())
            .because("nothing equals null, so the comparison is never true")
            .help("write `… is null` or `… is not null`"));
    }
    let fits = match (left, right) {
        (Type::Unknown, _) | (_, Type::Unknown) => true,
        (Type::Text, Type::Text) | (Type::Duration, Type::Duration) => true,
        (Type::Boolean, Type::Boolean) => op == Comparison::Equal,
        (l, r) => (l.is_number() && r.is_number()) || (l.is_time() && r.is_time()),
    };
    if !fits {
        return Err(not_comparable(a, b, span));
    }
    same_unit(a, b, span, "compared with").map(|_| ())
}

fn not_comparable<L>(left: &Typed<L>, right: &Typed<L>, span: Span) -> Diagnostic {
    if left.ty() == Type::Boolean && right.ty() == Type::Boolean {
        return mismatch(span, "a condition is ordered against a condition".into())
            .help("conditions are equal or not: use `=` or `<>`");
    }
    let error = mismatch(span, format!("{} is compared with {}", a(left.ty()), a(right.ty())));
    for (text, other) in [(left, right), (right, left)] {
        if text.ty() == Type::Text && other.ty().is_time() {
            return dated(error, &text.scalar);
        }
        if text.ty() == Type::Text && other.ty().is_number() {
            return match &text.scalar.kind {
                ScalarKind::Literal(Literal::Text(t)) if is_digits(t) => {
                    error.help(format!("write the number without quotes: `{t}`")).fix(text.span(), t.clone())
                }
                _ => match &other.scalar.kind {
                    ScalarKind::Literal(Literal::Number(n)) => error
                        .help(format!("write the text in quotes: `'{n}'`"))
                        .fix(other.span(), format!("'{n}'")),
                    _ => error.help("compare like with like: `text(…)` or `decimal(…)` convert"),
                },
            };
        }
        if text.ty().is_number() && other.ty() == Type::Duration {
            return error.help("give the number its unit: `30 seconds`, `7 days`");
        }
        if text.ty().is_number() && other.ty().is_time() {
            return error.help("write a day as `2026-01-15`; parts are `year(…)`, `month(…)`, `day(…)`");
        }
    }
    error.because("no value of one is ever a value of the other")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn dated<L>(error: Diagnostic, text: &Scalar<L>) -> Diagnostic {
    let ScalarKind::Literal(Literal::Text(t)) = &text.kind else {
        return error.help("turn the text into a date first: `date(…)`");
    };
    if t.len() == 10 && t.parse::<jiff::civil::Date>().is_ok() {
        return error.help(format!("write the day without quotes: `{t}`")).fix(text.span, t.clone());
    }
    error.help("write a day without quotes: `2026-01-15`")
}

/// The type and unit that all values share.
///
/// # Errors
/// Values of types or units that do not go together.
pub fn common<'t, L: 't>(
    values: impl Iterator<Item = &'t Typed<L>>,
    what: &str,
) -> Result<(Type, Unit), Diagnostic> {
    let mut found: Option<(Type, Unit)> = None;
    for value in values {
        let Some((ty, unit)) = &found else {
            found = Some((value.ty(), value.unit.clone()));
            continue;
        };
        let Some(both) = common_type(*ty, value.ty()) else {
            return Err(mismatch(
                value.span(),
                format!("{what} are of two types: {} and {}", a(*ty), a(value.ty())),
            )
            .because("a column has one type")
            .help("convert one of them: `text(…)`, `decimal(…)`, `date(…)`"));
        };
        let Some(unit) = unit.with(&value.unit) else {
            return Err(Diagnostic::error(
                Code::UnitMismatch,
                value.span(),
                format!("{what} are of two units: {unit} and {}", value.unit),
            )
            .help("convert one of them at its source"));
        };
        found = Some((both, unit));
    }
    Ok(found.unwrap_or((Type::Unknown, Unit::Unknown)))
}

/// The type of values of either type, if there is one.
pub fn common_type(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (a, b) if a == b => Some(a),
        (Type::Null, other) | (other, Type::Null) => Some(other),
        (Type::Unknown, _) | (_, Type::Unknown) => Some(Type::Unknown),
        (Type::Date, Type::Timestamp) | (Type::Timestamp, Type::Date) => Some(Type::Timestamp),
        (a, b) if a.is_number() && b.is_number() => Some(wider(a, b)),
        _ => None,
    }
}

/// A value in a place of a type: `null` takes it.
pub fn fitted<L>(value: Scalar<L>, ty: Type) -> Scalar<L> {
    if value.ty != Type::Null {
        return value;
    }
    let of = match ty {
        Type::Text => value::Type::Text,
        Type::Integer | Type::Unknown | Type::Null => value::Type::Integer,
        Type::Decimal(size) => value::Type::Decimal(size),
        Type::Float | Type::Duration => value::Type::Double,
        Type::Boolean => value::Type::Boolean,
        Type::Date => value::Type::Date,
        Type::Timestamp => value::Type::Timestamp,
        Type::Instant => value::Type::Instant,
    };
    Scalar::new(ScalarKind::Literal(Literal::Null(of)), ty, value.span)
}
