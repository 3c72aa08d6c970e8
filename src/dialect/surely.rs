//! What an expression surely is, by its shape alone, on every database.

use crate::sql::{Expr, Function, Literal, Part, Type};

/// A number with an exact scale: digits, or a cast to a decimal.
pub fn is_decimal(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(Literal::Number(_)) | Expr::Cast(_, Type::Decimal(_)) => true,
        Expr::Negate(value) => is_decimal(value),
        _ => false,
    }
}

/// A number that may have a fraction, as a decimal.
pub fn is_decimal_fraction(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(Literal::Number(digits)) => digits.contains('.'),
        Expr::Cast(_, Type::Decimal(_)) => true,
        Expr::Negate(value) => is_decimal_fraction(value),
        _ => false,
    }
}

/// A double.
pub fn is_double(expr: &Expr) -> bool {
    match expr {
        Expr::Cast(_, Type::Double) | Expr::Divide(..) | Expr::Seconds { .. } => true,
        Expr::Negate(value) => is_double(value),
        _ => false,
    }
}

/// A time of day on a day, without zone.
pub fn is_time(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(Literal::Timestamp(_))
        | Expr::Cast(_, Type::Timestamp)
        | Expr::ToZone { .. }
        | Expr::UtcOf(_) => true,
        Expr::Truncate { to, .. } => matches!(to, Part::Second | Part::Minute | Part::Hour),
        Expr::Shift { to, .. } => *to == Type::Timestamp,
        _ => false,
    }
}

/// A value rounded to so many digits.
pub fn rounded(value: Expr, digits: impl ToString) -> Expr {
    Expr::Call(Function::Round, vec![value, Expr::number(digits)])
}
