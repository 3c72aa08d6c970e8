//! Trees made anew for databases that say less than the tree does.

use super::functions::MOST_COMPARED;
use super::zones::UTC;
use crate::sql::{Expr, From, Function, Literal, Operator, Part, Select, Step, Table, Type};

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

/// A zone's local time as the instant that it is, where a database takes the first of one that
/// comes twice: a day later, less a day, is the second one, if that has this local time at all.
/// `latest` is a time that a day can be added to, where there is a last one.
pub fn second_of_two(expr: Expr, latest: Option<&str>) -> Expr {
    let utc: String = UTC.into();
    match expr {
        Expr::ToZone { value, from: Some(from), to } if from != UTC => {
            let second = in_utc(*value, &from, latest);
            if to == UTC { second } else { Expr::ToZone { value: second.boxed(), from: Some(utc), to } }
        }
        Expr::Instant { value, zone } if zone != UTC => {
            Expr::Instant { value: in_utc(*value, &zone, latest).boxed(), zone: utc }
        }
        other => other,
    }
}

fn in_utc(local: Expr, zone: &str, latest: Option<&str>) -> Expr {
    let by_days = |value: Expr, count| {
        let step = Step { count, unit: Part::Day };
        Expr::Shift { value: value.boxed(), step, to: Type::Timestamp }
    };
    let moved = |value: Expr, from: &str, to: &str| Expr::ToZone {
        value: value.boxed(),
        from: Some(from.into()),
        to: to.into(),
    };
    let not_last = latest.map(|latest| Expr::Literal(Literal::Timestamp(latest.into())));
    let early = match not_last {
        Some(latest) => Expr::Call(Function::Least, vec![local.clone(), latest]),
        None => local.clone(),
    };
    let second = by_days(moved(by_days(early, 1), zone, UTC), -1);
    let is_one = Expr::equal(moved(second.clone(), UTC, zone), local.clone());
    Expr::Case { whens: vec![(is_one, second)], otherwise: Some(moved(local, zone, UTC).boxed()) }
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
