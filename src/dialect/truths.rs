//! Conditions and values kept apart, for databases where no value is a truth.
//!
//! There a comparison stands only where something is asked (WHERE, ON, CASE WHEN), and what
//! is a truth elsewhere is 1 or 0. A comparison that is selected becomes a CASE, and
//! a column that is asked becomes a comparison with 1.

use crate::sql::{
    Aggregate, AggregateFunction, Body, Expr, Function, GroupBy, Item, Literal, Operator, Query, Select,
    Table, Type, WindowFunction,
};

/// The same rows, with conditions and values each in their places.
pub fn apart(query: &Query) -> Query {
    let mut query = query.map(&mut within);
    query.order_by.iter_mut().for_each(|order| in_place(&mut order.expr, value));
    let bodies = query.ctes.iter_mut().map(|cte| &mut cte.body).chain(std::iter::once(&mut query.body));
    for body in bodies {
        if let Body::Values { rows, .. } = body {
            rows.iter_mut().flatten().for_each(|cell| in_place(cell, value));
        }
    }
    query.each_select(&mut of_select);
    query
}

/// The text of a truth as a choice, where no cast makes one.
pub fn in_words(expr: Expr) -> Expr {
    match expr {
        Expr::Cast(inner, Type::Text) if is_truth(&inner) => {
            let not = Expr::Not(inner.clone());
            let whens = vec![(*inner, Expr::text("true")), (not, Expr::text("false"))];
            Expr::Case { whens, otherwise: None }
        }
        other => other,
    }
}

fn of_select(select: &mut Select) {
    for item in &mut select.items {
        if let Item::Expr { expr, .. } = item {
            in_place(expr, value);
        }
    }
    for from in select.relations_mut() {
        if let Table::Values { rows, .. } = &mut from.table {
            rows.iter_mut().flatten().for_each(|cell| in_place(cell, value));
        }
    }
    let ons = select.joins.iter_mut().filter_map(|join| join.on.as_mut());
    let clauses = select.filter.iter_mut().chain(&mut select.having).chain(&mut select.qualify);
    ons.chain(clauses).for_each(|asked| in_place(asked, holds));
    match &mut select.group_by {
        GroupBy::None => {}
        GroupBy::Keys(keys) => keys.iter_mut().for_each(|key| in_place(key, value)),
    }
}

fn in_place(expr: &mut Expr, by: fn(Expr) -> Expr) {
    let taken = std::mem::replace(expr, Expr::Or(Vec::new()));
    *expr = by(taken);
}

/// An expression whose parts are done, with each part as its place needs it.
fn within(expr: Expr) -> Expr {
    match expr {
        Expr::And(all) => Expr::And(all.into_iter().map(condition).collect()),
        Expr::Or(any) => Expr::Or(any.into_iter().map(condition).collect()),
        Expr::Not(inner) => not(condition(*inner)),
        Expr::IsTrue(inner) => Expr::IsTrue(condition(*inner).boxed()),
        Expr::IsNotTrue(inner) => Expr::IsNotTrue(condition(*inner).boxed()),
        Expr::Case { whens, otherwise } => Expr::Case {
            whens: whens.into_iter().map(|(when, then)| (holds(when), value(then))).collect(),
            otherwise: otherwise.map(|otherwise| value(*otherwise).boxed()),
        },
        Expr::Cast(inner, Type::Text) if is_truth(&inner) => {
            truth(condition(*inner), Expr::text("true"), Expr::text("false"))
        }
        Expr::Aggregate(Aggregate { function, args, filter }) => {
            let (function, args) = match function {
                AggregateFunction::AnyTrue => {
                    (AggregateFunction::Max, args.into_iter().map(one_or_zero).collect())
                }
                other => (other, args.into_iter().map(value).collect()),
            };
            let filter = filter.map(|filter| holds(*filter).boxed());
            Expr::Aggregate(Aggregate { function, args, filter })
        }
        Expr::Over { function: WindowFunction::Of(AggregateFunction::AnyTrue, of), partition, order } => {
            let function = WindowFunction::Of(AggregateFunction::Max, one_or_zero(*of).boxed());
            within(Expr::Over { function, partition, order })
        }
        mut other => {
            other.parts_mut().into_iter().for_each(|part| in_place(part, value));
            other
        }
    }
}

fn not(condition: Expr) -> Expr {
    let mut condition = condition;
    if matches!(condition, Expr::And(_) | Expr::Or(_)) {
        // It is spelt such that it may be unknown where it should be false.
        condition.replace(&mut |part| {
            matches!(part, Expr::NullSafeEqual(..)).then(|| Expr::IsTrue(part.clone().boxed()))
        });
    }
    Expr::Not(condition.boxed())
}

/// What is asked, and may be unknown.
fn condition(expr: Expr) -> Expr {
    match expr {
        Expr::Literal(Literal::Boolean(true)) => Expr::And(Vec::new()),
        Expr::Literal(Literal::Boolean(false)) => Expr::Or(Vec::new()),
        asked if is_condition(&asked) => asked,
        other => Expr::equal(other, Expr::number(1)),
    }
}

/// What is asked where unknown is as good as false.
fn holds(expr: Expr) -> Expr {
    match expr {
        Expr::IsTrue(inner) => holds(*inner),
        Expr::And(all) => Expr::And(all.into_iter().map(holds).collect()),
        Expr::Or(any) => Expr::Or(any.into_iter().map(holds).collect()),
        other => condition(other),
    }
}

/// What is selected, compared or computed with.
fn value(expr: Expr) -> Expr {
    if is_condition(&expr) { one_or_zero(expr) } else { expr }
}

fn one_or_zero(expr: Expr) -> Expr {
    truth(condition(expr), Expr::number(1), Expr::number(0))
}

/// One of two values, or NULL where it is unknown which.
fn truth(condition: Expr, yes: Expr, no: Expr) -> Expr {
    let condition = match condition {
        Expr::IsTrue(asked) => {
            return Expr::Case { whens: vec![(holds(*asked), yes)], otherwise: Some(no.boxed()) };
        }
        Expr::IsNotTrue(asked) => {
            return Expr::Case { whens: vec![(holds(*asked), no)], otherwise: Some(yes.boxed()) };
        }
        other => other,
    };
    let is_known = is_known(&condition);
    let mut whens = vec![(condition.clone(), yes)];
    if is_known {
        return Expr::Case { whens, otherwise: Some(no.boxed()) };
    }
    whens.push((not(condition), no));
    Expr::Case { whens, otherwise: None }
}

fn is_truth(expr: &Expr) -> bool {
    is_condition(expr) || matches!(expr, Expr::Literal(Literal::Boolean(_)))
}

/// Whether an expression stands only where something is asked.
pub fn is_condition(expr: &Expr) -> bool {
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
        Expr::Call(function, _) => {
            matches!(function, Function::StartsWith | Function::EndsWith | Function::Contains)
        }
        _ => false,
    }
}

/// Whether a condition is never unknown.
fn is_known(condition: &Expr) -> bool {
    match condition {
        Expr::And(list) | Expr::Or(list) => list.iter().all(is_known),
        Expr::Not(inner) => is_known(inner),
        Expr::NullSafeEqual(..) | Expr::IsNull { .. } | Expr::IsTrue(_) | Expr::IsNotTrue(_) => true,
        _ => false,
    }
}
