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

/// GREATEST of a GREATEST as one of all values, LEAST likewise: where each value is written beside
/// each other one, every level of a nest would double what is inside.
pub fn flat_extremes(expr: Expr) -> Expr {
    match expr {
        Expr::Call(function @ (Function::Greatest | Function::Least), args) => {
            let inside = |arg| match arg {
                Expr::Call(inner, args) if inner == function => args,
                other => vec![other],
            };
            Expr::Call(function, args.into_iter().flat_map(inside).collect())
        }
        other => other,
    }
}

/// Nodes of a tree in which GREATEST and LEAST are still written out.
const MOST_NODES: usize = 20_000;

/// GREATEST and LEAST of values of which none is NULL while another one is there: what is always
/// there stands in for the others, or each is followed by the others. One of nothing where that is
/// too long: a spelling refuses it.
pub fn without_nulls(expr: Expr) -> Expr {
    match expr {
        Expr::Call(function @ (Function::Greatest | Function::Least), args)
            if (2..=MOST_COMPARED).contains(&args.len()) =>
        {
            let always = args.iter().find(|arg| is_there(arg)).cloned();
            let copies = if always.is_some() { 1 } else { args.len() };
            let mut args = args;
            if args.iter_mut().map(nodes).sum::<usize>() * copies > MOST_NODES {
                return Expr::Call(function, Vec::new());
            }
            let stand_in = |first: usize| match &always {
                Some(_) if is_there(&args[first]) => args[first].clone(),
                Some(always) => Expr::Call(Function::Coalesce, vec![args[first].clone(), always.clone()]),
                None => {
                    let rotated = args[first..].iter().chain(&args[..first]);
                    Expr::Call(Function::Coalesce, rotated.cloned().collect())
                }
            };
            Expr::Call(function, (0..args.len()).map(stand_in).collect())
        }
        other => other,
    }
}

fn is_there(value: &Expr) -> bool {
    matches!(value, Expr::Literal(literal) if !matches!(literal, Literal::Null(_)))
}

fn nodes(expr: &mut Expr) -> usize {
    1 + expr.parts_mut().into_iter().map(nodes).sum::<usize>()
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
