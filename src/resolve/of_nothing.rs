//! What a condition over stocks is while nothing exists: each of them is 0 then.

use super::resolved::Existing;
use super::scalar::{Arithmetic, Comparison, Scalar, ScalarKind};
use crate::value::Literal;

/// Whether the condition holds; `None`: it has a part whose value is not told here.
pub fn holds(condition: &Scalar<Existing>) -> Option<bool> {
    use ScalarKind as K;
    Some(match &condition.kind {
        K::Literal(Literal::Boolean(truth)) => *truth,
        K::Not(a) => !holds(a)?,
        K::And(list) => list.iter().map(holds).collect::<Option<Vec<_>>>()?.iter().all(|truth| *truth),
        K::Or(list) => list.iter().map(holds).collect::<Option<Vec<_>>>()?.contains(&true),
        K::Compare(how, a, b) => compared(*how, a, b)?,
        K::In(a, list) => {
            let equal = |b| compared(Comparison::Equal, a, b);
            list.iter().map(equal).collect::<Option<Vec<_>>>()?.contains(&true)
        }
        K::Between { value, low, high } => {
            compared(Comparison::LessEqual, low, value)? && compared(Comparison::LessEqual, value, high)?
        }
        K::IsNull(a) => value(a)?.is_none(),
        K::Leaf(_)
        | K::Literal(_)
        | K::Negate(_)
        | K::Arithmetic(..)
        | K::Divide(..)
        | K::Like(..)
        | K::Case { .. }
        | K::Call(..)
        | K::Cast(..)
        | K::Extract(..)
        | K::Seconds { .. }
        | K::Shift(..)
        | K::InZone { .. } => return None,
    })
}

/// An exact number, a fraction over a denominator above 0; or nothing.
type Value = Option<(i128, i128)>;

fn value(e: &Scalar<Existing>) -> Option<Value> {
    use ScalarKind as K;
    let both = |a, b| Some((value(a)?, value(b)?));
    match &e.kind {
        K::Leaf(_) => Some(Some((0, 1))),
        K::Literal(Literal::Number(digits)) => digits_of(digits).map(Some),
        K::Literal(Literal::Null(_)) => Some(None),
        K::Negate(a) => Some(value(a)?.map(|(n, d)| (-n, d))),
        K::Arithmetic(how, a, b) => match both(a, b)? {
            (Some(a), Some(b)) => arithmetic(*how, a, b).map(Some),
            _ => Some(None),
        },
        K::Divide(a, b) => match both(a, b)? {
            (Some((a, d)), Some((n, e))) if n != 0 => {
                let (top, bottom) = (a.checked_mul(e)?, d.checked_mul(n)?);
                Some(Some((top * bottom.signum(), bottom.abs())))
            }
            _ => Some(None),
        },
        K::Literal(_)
        | K::Not(_)
        | K::And(_)
        | K::Or(_)
        | K::Compare(..)
        | K::In(..)
        | K::Between { .. }
        | K::Like(..)
        | K::IsNull(_)
        | K::Case { .. }
        | K::Call(..)
        | K::Cast(..)
        | K::Extract(..)
        | K::Seconds { .. }
        | K::Shift(..)
        | K::InZone { .. } => None,
    }
}

/// `-12.50`
fn digits_of(digits: &str) -> Option<(i128, i128)> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = u32::try_from(fraction.len()).ok()?;
    // So large or so fine that it could not be multiplied by another one.
    if places > 18 {
        return None;
    }
    let number: i64 = format!("{whole}{fraction}").parse().ok()?;
    Some((i128::from(number), 10_i128.checked_pow(places)?))
}

fn arithmetic(how: Arithmetic, (a, d): (i128, i128), (b, e): (i128, i128)) -> Option<(i128, i128)> {
    let bottom = d.checked_mul(e)?;
    let (left, right) = (a.checked_mul(e)?, b.checked_mul(d)?);
    let top = match how {
        Arithmetic::Add => left.checked_add(right)?,
        Arithmetic::Subtract => left.checked_sub(right)?,
        Arithmetic::Multiply => a.checked_mul(b)?,
    };
    Some((top, bottom))
}

/// A comparison with nothing is false.
fn compared(how: Comparison, a: &Scalar<Existing>, b: &Scalar<Existing>) -> Option<bool> {
    let (Some((a, d)), Some((b, e))) = (value(a)?, value(b)?) else { return Some(false) };
    let (left, right) = (a.checked_mul(e)?, b.checked_mul(d)?);
    Some(match how {
        Comparison::Equal => left == right,
        Comparison::Less => left < right,
        Comparison::LessEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterEqual => left >= right,
    })
}
