//! Conditions that are selected are truths, where a database has 0 and 1 for them.

use crate::sql::{
    self, Aggregate, AggregateFunction, Body, Expr, Function, Item, Operator, Select, Table, Type,
};

/// The same query, in which every condition that is selected is cast to a truth.
pub fn truths(query: &sql::Query) -> sql::Query {
    let mut query = query.clone();
    for cte in &mut query.ctes {
        in_body(&mut cte.body);
    }
    in_body(&mut query.body);
    query
}

fn in_body(body: &mut Body) {
    match body {
        Body::Select(select) => in_select(select),
        Body::UnionAll(selects) => selects.iter_mut().for_each(in_select),
        Body::Values { .. } => {}
    }
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
    let froms = select.from.iter_mut().chain(select.joins.iter_mut().map(|join| &mut join.from));
    for from in froms {
        if let Table::Subquery(query) = &mut from.table {
            **query = truths(query);
        }
    }
}

fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::Not(_)
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
        Expr::Call(function, args) => match function {
            Function::StartsWith | Function::EndsWith | Function::Contains => true,
            Function::Coalesce | Function::NullIf | Function::Greatest | Function::Least => {
                args.iter().any(is_condition)
            }
            _ => false,
        },
        Expr::Case { whens, otherwise } => {
            whens.iter().map(|(_, then)| then).chain(otherwise.as_deref()).any(is_condition)
        }
        Expr::Aggregate(Aggregate { function, .. }) => *function == AggregateFunction::AnyTrue,
        _ => false,
    }
}
