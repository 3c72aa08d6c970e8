//! Conditions that are selected are truths, where a database has 0 and 1 for them.

use super::truths;
use crate::sql::{Aggregate, AggregateFunction, Expr, Function, Item, Query, Select, Type};

/// The same query, in which every condition that is selected is cast to a truth.
pub fn truths(query: &Query) -> Query {
    let mut query = query.clone();
    query.each_select(&mut in_select);
    query
}

fn in_select(select: &mut Select) {
    for item in &mut select.items {
        if let Item::Expr { expr, .. } = item
            && is_condition(expr)
        {
            let condition = std::mem::replace(expr, Expr::null(Type::Boolean));
            *expr = Expr::Cast(condition.boxed(), Type::Boolean);
        }
    }
}

/// Whether it is one, or one of several that stand for each other.
fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::Call(Function::Coalesce | Function::NullIf | Function::Greatest | Function::Least, args) => {
            args.iter().any(is_condition)
        }
        Expr::Case { whens, otherwise } => {
            whens.iter().map(|(_, then)| then).chain(otherwise.as_deref()).any(is_condition)
        }
        Expr::Aggregate(Aggregate { function, .. }) => *function == AggregateFunction::AnyTrue,
        other => truths::is_condition(other),
    }
}
