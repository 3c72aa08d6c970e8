//! Constants of many days as a function of the day.

use jiff::civil::{Date, DateTime};

use super::constants::Constant;
use crate::lower::range::AS_OF;
use crate::sql::{Expr, Literal, Operator, Part, Step, Type};

/// A value of each day, as a name for it and an expression over `p.as_of`.
pub fn by_day(days: &[Date], values: &[&Constant]) -> (&'static str, Expr) {
    let values: Vec<&Literal> = values.iter().filter_map(|value| value_of(value)).collect();
    let stretches = stretches(days, &values);
    let places = values.iter().map(|value| decimals(value)).max().unwrap_or(0);
    let name = match (values[0], stretches.as_slice()) {
        (_, [Stretch { value: Value::Ahead(86_400), .. }]) => "as_of_end",
        (Literal::Number(_), _) => "amount",
        _ => "known_until",
    };
    let expr = |stretch: &Stretch<'_>| match stretch.value {
        Value::Same(literal) => Expr::Literal(with_decimals(literal, places)),
        Value::Ahead(seconds) => ahead(values[0], Expr::of("p", AS_OF), seconds),
    };
    let (last, others) = stretches.split_last().expect("there is a day");
    let whens: Vec<(Expr, Expr)> = others
        .iter()
        .map(|stretch| {
            let until = super::literal(days[stretch.last]);
            (Expr::binary(Operator::LessEqual, Expr::of("p", AS_OF), until), expr(stretch))
        })
        .collect();
    let last = expr(last);
    match whens.is_empty() {
        true => (name, last),
        false => (name, Expr::Case { whens, otherwise: Some(last.boxed()) }),
    }
}

/// Digits behind a number's point.
fn decimals(literal: &Literal) -> usize {
    match literal {
        Literal::Number(digits) => digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()),
        _ => 0,
    }
}

/// The same number with more zeros: all of a column have one type.
fn with_decimals(literal: &Literal, places: usize) -> Literal {
    match literal {
        Literal::Number(digits) if decimals(literal) < places => {
            let point = if digits.contains('.') { "" } else { "." };
            Literal::Number(format!("{digits}{point}{}", "0".repeat(places - decimals(literal))))
        }
        other => other.clone(),
    }
}

fn value_of(constant: &Constant) -> Option<&Literal> {
    match constant {
        Constant::Value(literal) => Some(literal),
        Constant::Rows { .. } => None,
    }
}

/// Days that follow each other, to the index of the last one, and what they have in common.
struct Stretch<'v> {
    last: usize,
    value: Value<'v>,
}

/// What a value is on days that follow each other.
#[derive(Clone, Copy, PartialEq)]
pub enum Value<'v> {
    Same(&'v Literal),
    /// So many seconds after the midnight that starts the day.
    Ahead(i64),
}

/// As few stretches as there can be, from the first day on.
fn stretches<'v>(days: &[Date], values: &[&'v Literal]) -> Vec<Stretch<'v>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < days.len() {
        let (last, value) = from_on(days, at, values[at], &|day| Some(values[day]));
        at = last + 1;
        found.push(Stretch { last, value });
    }
    found
}

/// What a value is from a day on, and the last day on which it is that; `of` gives it on a day, if
/// it is there.
pub fn from_on<'v>(
    days: &[Date],
    at: usize,
    first: &'v Literal,
    of: &dyn Fn(usize) -> Option<&'v Literal>,
) -> (usize, Value<'v>) {
    let last = |holds: &dyn Fn(usize, &Literal) -> bool| {
        let there = (at..days.len()).take_while(|day| of(*day).is_some_and(|value| holds(*day, value)));
        there.last().unwrap_or(at)
    };
    let same = last(&|_, value| value == first);
    let seconds = seconds_ahead(days[at], first);
    match seconds
        .map(|seconds| (last(&|day, value| seconds_ahead(days[day], value) == Some(seconds)), seconds))
    {
        Some((ahead, seconds)) if ahead > same => (ahead, Value::Ahead(seconds)),
        Some(_) | None => (same, Value::Same(first)),
    }
}

/// How many seconds a value is after the midnight that starts a day.
fn seconds_ahead(day: Date, value: &Literal) -> Option<i64> {
    let at: DateTime = match value {
        Literal::Date(text) => text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight()),
        Literal::Timestamp(text) => text.parse().ok()?,
        Literal::Instant(text) => text.strip_suffix('Z')?.parse().ok()?,
        Literal::Null(_)
        | Literal::Boolean(_)
        | Literal::Number(_)
        | Literal::Text(_)
        | Literal::Interval(_) => return None,
    };
    Some(at.duration_since(day.to_datetime(jiff::civil::Time::midnight())).as_secs())
}

/// A value of a kind that is so many seconds after the midnight that starts a day.
pub fn ahead(kind: &Literal, day: Expr, seconds: i64) -> Expr {
    let (unit, length) = unit(seconds);
    let (count, step) = (seconds / length, Step { count: seconds / length, unit });
    let moved = |value: Expr, to| match count {
        0 => value,
        _ => Expr::Shift { value: value.boxed(), step, to },
    };
    match kind {
        Literal::Date(_) => moved(day, Type::Date),
        Literal::Instant(_) => {
            let utc = moved(Expr::Cast(day.boxed(), Type::Timestamp), Type::Timestamp);
            Expr::Instant { value: utc.boxed(), zone: "UTC".into() }
        }
        _ => moved(Expr::Cast(day.boxed(), Type::Timestamp), Type::Timestamp),
    }
}

/// The longest unit that so many seconds are made of, and how many seconds it has.
pub fn unit(seconds: i64) -> (Part, i64) {
    let units = [(Part::Day, 86_400), (Part::Hour, 3_600)];
    units.into_iter().find(|(_, length)| seconds % length == 0).unwrap_or((Part::Second, 1))
}
