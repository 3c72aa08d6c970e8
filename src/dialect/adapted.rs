//! Trees made anew for databases that say less than the tree does.

use super::functions::MOST_COMPARED;
use crate::sql::{Expr, From, Function, Literal, Operator, Select, Table};

/// A pattern whose backslashes stand for themselves where one would escape what follows.
pub fn with_backslashes(expr: Expr) -> Expr {
    let Expr::Like { value, pattern } = expr else { return expr };
    let pattern = match *pattern {
        Expr::Literal(Literal::Text(text)) => Expr::text(text.replace('\\', "\\\\")),
        other => Expr::Call(Function::Replace, vec![other, Expr::text("\\"), Expr::text("\\\\")]),
    };
    Expr::Like { value, pattern: pattern.boxed() }
}

/// GREATEST and LEAST of values of which none is NULL while another one is there: each is
/// followed by the others, to stand in for it.
pub fn without_nulls(expr: Expr) -> Expr {
    match expr {
        Expr::Call(function @ (Function::Greatest | Function::Least), args)
            if args.len() <= MOST_COMPARED =>
        {
            let stand_ins = (0..args.len()).map(|first| stand_in(&args, first)).collect();
            Expr::Call(function, stand_ins)
        }
        other => other,
    }
}

fn stand_in(args: &[Expr], first: usize) -> Expr {
    let is_there = |arg: &Expr| matches!(arg, Expr::Literal(literal) if !matches!(literal, Literal::Null(_)));
    let mut list = Vec::new();
    for arg in args[first..].iter().chain(&args[..first]) {
        list.push(arg.clone());
        if is_there(arg) {
            break;
        }
    }
    match list.len() {
        1 => list.remove(0),
        _ => Expr::Call(Function::Coalesce, list),
    }
}

/// WHERE asks for a FROM.
pub fn from_something(select: &mut Select) {
    if select.from.is_none() && select.filter.is_some() {
        let table = Table::Values { columns: vec!["one".into()], rows: vec![vec![Expr::number(1)]] };
        select.from = Some(From { table, alias: None });
    }
}

/// Outer joins that want an equality take one with NULL beside NULL in this form.
pub fn joined_on_equalities(select: &mut Select) {
    for on in select.joins.iter_mut().filter_map(|join| join.on.as_mut()) {
        match on {
            Expr::And(all) => all.iter_mut().for_each(as_equality),
            one => as_equality(one),
        }
    }
}

fn as_equality(condition: &mut Expr) {
    if let Expr::NullSafeEqual(a, b) = condition {
        let is_null = |value: &Expr| Expr::IsNull { value: value.clone().boxed(), negated: false };
        let both = Expr::And(vec![is_null(a), is_null(b)]);
        let equal = Expr::binary(Operator::Equal, (**a).clone(), (**b).clone());
        *condition = Expr::Or(vec![equal, both]);
    }
}
