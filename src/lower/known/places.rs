//! Where constants stand in a query, always in the same order.

use std::cell::{Cell, RefCell};

use super::constants::literal_rows;
use super::rows::{FROM, ROWS, UNTIL};
use super::{AS_OF, beside_every_row};
use crate::sql::{Body, Cte, Expr, From, GroupBy, Item, Query, Select, Table};

/// A place of a constant.
pub enum Place<'q> {
    /// A literal.
    Value(&'q mut Expr),
    /// Literal rows.
    Body(&'q mut Body),
}

/// What is put in a constant's place.
#[derive(Debug, Clone)]
pub enum Put {
    /// It is the same on every day.
    Nothing,
    /// A column of what is known.
    Column(String),
    /// Rows, each with the days on which it is there.
    Rows(Box<Select>),
}

/// Goes to every place.
pub fn each(query: &mut Query, by: &mut dyn FnMut(Place<'_>)) {
    Walk { by: &mut |place, _| by(place), done: &mut |_| {} }.query(query);
}

/// Puts what is known in its places, in their order.
pub fn put(query: &mut Query, puts: Vec<Put>, known: &str) {
    let mut puts = puts.into_iter();
    let used = Cell::new(false);
    let grouped_by = RefCell::new(Vec::new());
    let by = &mut |place: Place<'_>, within: Within| {
        let put = puts.next().expect("there is something for every place");
        match (place, put) {
            (_, Put::Nothing) => {}
            (Place::Value(expr), Put::Column(name)) => {
                let column = Expr::of(known, name);
                *expr = match within {
                    Within::Row => {
                        used.set(true);
                        column
                    }
                    Within::Groups => {
                        used.set(true);
                        grouped_by.borrow_mut().push(column.clone());
                        column
                    }
                    Within::Nothing => alone(column, known),
                };
            }
            (Place::Body(body), Put::Rows(mut select)) => {
                select.joins.push(beside_every_row(known));
                select.filter = Some(of_the_day(known));
                *body = Body::Select(select);
            }
            (Place::Value(_), Put::Rows(_)) | (Place::Body(_), Put::Column(_)) => {
                unreachable!("what differs is of one kind")
            }
        }
    };
    let done = &mut |select: &mut Select| {
        if let GroupBy::Keys(keys) = &mut select.group_by {
            for column in grouped_by.take() {
                if !keys.contains(&column) {
                    keys.push(column);
                }
            }
        }
        if used.take() {
            match &select.from {
                Some(_) => select.joins.insert(0, beside_every_row(known)),
                None => select.from = Some(beside_every_row(known).from),
            }
        }
    };
    Walk { by, done }.query(query);
}

/// Rows that are there on the day.
fn of_the_day(known: &str) -> Expr {
    let bound = |column: &str| Expr::of(ROWS, column).boxed();
    Expr::Between { value: Expr::of(known, AS_OF).boxed(), low: bound(FROM), high: bound(UNTIL) }
}

/// A value beside aggregates, where columns cannot stand.
fn alone(column: Expr, known: &str) -> Expr {
    let from = beside_every_row(known).from;
    let value = column.alias("value");
    Expr::OneValue(Box::new(Select { items: vec![value], from: Some(from), ..Select::default() }))
}

/// Whether columns of what is known can stand somewhere.
#[derive(Clone, Copy)]
enum Within {
    Row,
    /// They can, if rows are grouped by them, too: there is one of each.
    Groups,
    /// They cannot: beside aggregates of all rows, beside `*`, around a SELECT.
    Nothing,
}

struct Walk<'w> {
    by: &'w mut dyn FnMut(Place<'_>, Within),
    /// What a SELECT asks for when all of its own places were gone to.
    done: &'w mut dyn FnMut(&mut Select),
}

impl Walk<'_> {
    fn query(&mut self, query: &mut Query) {
        query.ctes.iter_mut().for_each(|Cte { body, .. }| self.body(body));
        self.body(&mut query.body);
    }

    fn body(&mut self, body: &mut Body) {
        if literal_rows(body).is_some() {
            return (self.by)(Place::Body(body), Within::Row);
        }
        match body {
            Body::Select(select) => self.select(select),
            Body::UnionAll(selects) => selects.iter_mut().for_each(|select| self.select(select)),
            Body::Values { .. } | Body::Series { .. } => {}
        }
    }

    fn relation(&mut self, from: &mut From) {
        match &mut from.table {
            Table::Subquery(query) => self.query(query),
            Table::Values { columns, rows } => {
                let mut body = Body::Values { columns: std::mem::take(columns), rows: std::mem::take(rows) };
                self.body(&mut body);
                from.table = match body {
                    Body::Values { columns, rows } => Table::Values { columns, rows },
                    body => Table::Subquery(Box::new(Query { ctes: Vec::new(), body, order_by: Vec::new() })),
                };
            }
            Table::Named { .. } | Table::Cte(_) | Table::File { .. } | Table::Sql { .. } => {}
        }
    }

    fn select(&mut self, select: &mut Select) {
        for from in select.relations_mut() {
            self.relation(from);
        }
        let keys = match &select.group_by {
            GroupBy::None => Vec::new(),
            GroupBy::Keys(keys) => keys.clone(),
        };
        let beside_aggregates = match select.group_by {
            GroupBy::Keys(_) => Within::Groups,
            GroupBy::None if select.items.iter().any(aggregates) => Within::Nothing,
            GroupBy::None => Within::Row,
        };
        // A column beside `*` would be one of the result.
        let beside = match select.items.contains(&Item::All(None)) {
            true => Within::Nothing,
            false => Within::Row,
        };
        for item in &mut select.items {
            if let Item::Expr { expr, .. } = item {
                let is_key = keys.contains(expr);
                self.expr(expr, if is_key { Within::Row } else { beside_aggregates });
            }
        }
        for on in select.joins.iter_mut().filter_map(|join| join.on.as_mut()) {
            self.expr(on, beside);
        }
        select.filter.iter_mut().for_each(|filter| self.expr(filter, beside));
        match &mut select.group_by {
            GroupBy::None => {}
            GroupBy::Keys(keys) => keys.iter_mut().for_each(|key| self.expr(key, Within::Row)),
        }
        select.having.iter_mut().for_each(|having| self.expr(having, beside_aggregates));
        // Where a database has no QUALIFY, it stands around the SELECT.
        select.qualify.iter_mut().for_each(|qualify| self.expr(qualify, Within::Nothing));
        (self.done)(select);
    }

    fn expr(&mut self, expr: &mut Expr, within: Within) {
        match expr {
            Expr::Literal(_) => (self.by)(Place::Value(expr), within),
            Expr::OneValue(select) => self.select(select),
            Expr::Aggregate(_) => expr.parts_mut().into_iter().for_each(|part| self.expr(part, Within::Row)),
            _ => expr.parts_mut().into_iter().for_each(|part| self.expr(part, within)),
        }
    }
}

fn aggregates(item: &Item) -> bool {
    fn within(expr: &mut Expr) -> bool {
        matches!(expr, Expr::Aggregate(_)) || expr.parts_mut().into_iter().any(within)
    }
    matches!(item, Item::Expr { expr, .. } if within(&mut expr.clone()))
}
