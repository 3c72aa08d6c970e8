//! Rows chosen by windows over them, where QUALIFY does not say it.
//!
//! `SELECT o.id FROM orders AS o QUALIFY row_number() OVER (…) = 1` becomes
//! `SELECT q.id FROM (SELECT o.id, row_number() OVER (…) AS kpic_place FROM orders AS o)
//! AS q WHERE q.kpic_place = 1`.

use super::clauses::Qualify;
use crate::sql::{Body, Expr, From, Item, Query, Select, Table};

/// What the inner SELECT is called in the outer one.
const INNER: &str = "q";

/// What a window is called there: a name that stands beside every column of a table.
const PLACE: &str = "kpic_place";

/// The same query, in which windows that choose rows are columns of a subquery. None: as it is.
pub fn nested(query: &Query, how: Qualify) -> Option<Query> {
    let is_said: fn(&mut Expr) -> bool = match how {
        Qualify::Any => return None,
        Qualify::OfWindows => has_window,
        Qualify::Subquery => |_| false,
    };
    if !qualifies(query) {
        return None;
    }
    let mut query = query.clone();
    query.each_select(&mut |select| {
        if let Some(asked) = select.qualify.take_if(|asked| !is_said(asked)) {
            *select = around(std::mem::take(select), asked);
        }
    });
    Some(query)
}

fn qualifies(query: &Query) -> bool {
    query.ctes.iter().map(|cte| &cte.body).chain([&query.body]).any(|body| match body {
        Body::Select(select) => is_qualified(select),
        Body::UnionAll(selects) => selects.iter().any(is_qualified),
        Body::Values { .. } | Body::Series { .. } => false,
    })
}

fn is_qualified(select: &Select) -> bool {
    let read = select.from.iter().chain(select.joins.iter().map(|join| &join.from));
    let mut subqueries = read.filter_map(|from| match &from.table {
        Table::Subquery(query) => Some(query),
        _ => None,
    });
    select.qualify.is_some() || subqueries.any(|query| qualifies(query))
}

fn has_window(asked: &mut Expr) -> bool {
    matches!(asked, Expr::Over { .. }) || asked.parts_mut().into_iter().any(has_window)
}

/// The rows of a SELECT that are asked for, by values that it has as columns then.
fn around(mut inner: Select, mut asked: Expr) -> Select {
    let (items, distinct) = (given(&inner), std::mem::take(&mut inner.distinct));
    asked.replace(&mut |part| match part {
        Expr::Over { .. } | Expr::Aggregate(_) | Expr::Column { .. } => Some(column(&mut inner, part)),
        _ => None,
    });
    let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(inner)), order_by: Vec::new() };
    let from = From { table: Table::Subquery(Box::new(query)), alias: Some(INNER.into()) };
    Select { distinct, items, from: Some(from), filter: Some(asked), ..Select::default() }
}

/// What a SELECT gives, as the one around it gives it; beside `*` the columns that it is asked
/// by are given, too, since nobody knows which others there are.
fn given(inner: &Select) -> Vec<Item> {
    let column = |item: &Item| match item {
        Item::Expr { alias, .. } => Some(Expr::of(INNER, alias.clone()).alias(alias.clone())),
        Item::All(_) => None,
    };
    let columns: Option<Vec<Item>> = inner.items.iter().map(column).collect();
    columns.unwrap_or_else(|| vec![Item::All(Some(INNER.into()))])
}

/// A value as a column of a SELECT: the one that is there already, or a new one.
fn column(inner: &mut Select, value: &Expr) -> Expr {
    let same = |item: &Item| match item {
        Item::Expr { expr, alias } if expr == value => Some(alias.clone()),
        Item::Expr { .. } | Item::All(_) => None,
    };
    let known = inner.items.iter().find_map(same);
    let name = known.unwrap_or_else(|| {
        let name = match value {
            Expr::Column { name, .. } => fresh(inner, name),
            _ => fresh(inner, PLACE),
        };
        inner.items.push(value.clone().alias(name.clone()));
        name
    });
    Expr::of(INNER, name)
}

/// The name itself, or with the first number that makes it new.
fn fresh(inner: &Select, wanted: &str) -> String {
    let is_taken = |name: &str| {
        let same = |item: &Item| matches!(item, Item::Expr { alias, .. } if alias.eq_ignore_ascii_case(name));
        inner.items.iter().any(same)
    };
    let mut name = wanted.to_owned();
    let mut number = 2;
    while is_taken(&name) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}
