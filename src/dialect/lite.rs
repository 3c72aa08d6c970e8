//! What databases without types for truths and without rare aggregates share.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::functions::{COMPARED, MOST_COMPARED, Missing, Spelling};
use crate::sql::{Expr, Function, Literal, Operator, Type};

pub const PERCENTILE: Missing = Missing {
    what: "a percentile as an aggregate",
    why: "it has none, and row numbers stand in its place in what kpic computes",
    help: "ask for a KPI",
};

pub const MOMENT: Missing = Missing {
    what: "a standard deviation, correlation or slope as an aggregate",
    why: "it has none, and distances from the mean stand in their place in what kpic computes",
    help: "ask for a KPI",
};

pub const BITS: Missing = Missing {
    what: "the bits of many integers together",
    why: "it has no such aggregate, and a column a condition stands in its place in what kpic computes",
    help: "ask for a KPI",
};

/// The greatest or least of the values that are there, by a function that is NULL where one
/// is: each argument gives way to the next that is there.
pub fn extreme(name: &str, args: usize) -> Spelling {
    if args < 2 {
        return Spelling::pattern("{0}");
    }
    if args > MOST_COMPARED {
        return Spelling::Missing(&COMPARED);
    }
    let from = |first: usize| {
        let rotated = (first..args).chain(0..first).map(|index| format!("{{{index}}}"));
        format!("coalesce({})", rotated.collect::<Vec<_>>().join(", "))
    };
    Spelling::pattern(format!("{name}({})", (0..args).map(from).collect::<Vec<_>>().join(", ")))
}

/// An instant's time in UTC, without a word for that.
pub fn in_utc(iso: &str) -> String {
    match iso.parse::<Timestamp>() {
        Ok(instant) => {
            let local = TimeZone::UTC.to_datetime(instant);
            local.to_string().replace('T', " ")
        }
        Err(_) => iso.trim_end_matches('Z').to_owned(),
    }
}

/// `round(x, -2)` as whole hundreds, where digits before the point cannot be rounded.
pub fn rounded_to_hundreds(expr: Expr) -> Expr {
    let Expr::Call(Function::Round, args) = &expr else { return expr };
    let [value, Expr::Literal(Literal::Number(digits))] = args.as_slice() else { return expr };
    let Some(zeros) = digits.strip_prefix('-').and_then(|zeros| zeros.parse::<usize>().ok()) else {
        return expr;
    };
    let hundred = Expr::number(format!("1{}", "0".repeat(zeros.min(300))));
    let parts = Expr::Divide(value.clone().boxed(), hundred.clone().boxed());
    Expr::binary(Operator::Multiply, Expr::Call(Function::Round, vec![parts, Expr::number(0)]), hundred)
}

/// A truth as a text: `true`, not 1.
pub fn truth_as_text(expr: Expr) -> Expr {
    let Expr::Cast(value, Type::Text) = &expr else { return expr };
    if !is_truth(value) {
        return expr;
    }
    let otherwise = Expr::Not(value.clone());
    let whens = vec![((**value).clone(), Expr::text("true")), (otherwise, Expr::text("false"))];
    Expr::Case { whens, otherwise: None }
}

/// Whether an expression surely is a truth.
fn is_truth(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(Literal::Boolean(_))
        | Expr::Not(_)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::NullSafeEqual(..)
        | Expr::IsNull { .. }
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::In { .. }
        | Expr::Between { .. }
        | Expr::Like { .. } => true,
        Expr::Binary(operator, ..) => {
            !matches!(operator, Operator::Add | Operator::Subtract | Operator::Multiply)
        }
        Expr::Cast(_, ty) => *ty == Type::Boolean,
        Expr::Call(function, _) => {
            matches!(function, Function::StartsWith | Function::EndsWith | Function::Contains)
        }
        _ => false,
    }
}
