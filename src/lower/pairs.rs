//! Pairs of numbers: how they go together, and how one changes with the other.
//!
//! Both numbers of a pair are there, or neither. Of numbers that do not vary nothing is
//! said: rounded ones need not have a variance of 0 to the last bit, so that is told by
//! the least and the largest of them.

use crate::sql::{Aggregate, AggregateFunction as Agg, Expr, Operator};

/// Pearson's correlation of pairs.
pub fn corr(a: Expr, b: Expr) -> Expr {
    let varies = Expr::And(vec![varies(&a), varies(&b)]);
    where_it(varies, of(Agg::Corr, vec![a, b]))
}

/// By how much the first number changes with each 1 of the second.
pub fn slope(of_this: Expr, over: Expr) -> Expr {
    let varies = varies(&over);
    where_it(varies, of(Agg::Slope, vec![of_this, over]))
}

/// Both of two numbers, where both are there.
pub fn both(a: Expr, b: Expr) -> (Expr, Expr) {
    let there = Expr::And(vec![Expr::is_there(a.clone()), Expr::is_there(b.clone())]);
    (where_it(there.clone(), a), where_it(there, b))
}

fn varies(value: &Expr) -> Expr {
    let least = of(Agg::Min, vec![value.clone()]);
    Expr::binary(Operator::Less, least, of(Agg::Max, vec![value.clone()]))
}

fn where_it(condition: Expr, value: Expr) -> Expr {
    Expr::Case { whens: vec![(condition, value)], otherwise: None }
}

fn of(function: Agg, args: Vec<Expr>) -> Expr {
    Expr::Aggregate(Aggregate { function, args, filter: None })
}
