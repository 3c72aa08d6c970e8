//! What a row is worth that is so many days old: half as much after each half-life.

use crate::sql::{Expr, Function, Literal, Operator, Type};

/// After so many half-lives nothing is left that a double could add to anything.
const GONE: u64 = 500;

/// A part of a total by its age on the last day before `end`.
pub fn decayed(value: Expr, day: Expr, end: Expr, half_life: u32) -> Expr {
    let days = Expr::DaysBetween { start: day.boxed(), end: end.boxed() };
    let age = Expr::binary(Operator::Subtract, days, Expr::number(1));
    let lives = Expr::Divide(age.clone().boxed(), Expr::number(half_life).boxed());
    let half = Expr::Literal(Literal::Number("0.5".into()));
    let worth = Expr::Call(Function::Power, vec![half, lives]);
    let is_left = Expr::binary(Operator::Less, age, Expr::number(GONE * u64::from(half_life)));
    let value = Expr::Cast(value.boxed(), Type::Double);
    Expr::Case {
        whens: vec![(is_left, Expr::binary(Operator::Multiply, value, worth))],
        otherwise: Some(Expr::Cast(Expr::number(0).boxed(), Type::Double).boxed()),
    }
}
