//! The constants of a query, and what it is without them.

use super::places::{self, Place};
use crate::sql::{Body, Expr, Literal, Query, Select, Table, Type};

/// What may differ between the queries of two days.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    Value(Literal),
    /// Literal rows.
    Rows {
        columns: Vec<String>,
        rows: Vec<Vec<Literal>>,
    },
}

/// A query with every constant replaced by one and the same, and the constants in their order.
pub fn taken_out(query: &Query) -> (Query, Vec<Constant>) {
    let mut shape = query.clone();
    let mut constants = Vec::new();
    places::each(&mut shape, &mut |place| match place {
        Place::Value(expr) => {
            if let Expr::Literal(literal) = expr {
                constants.push(Constant::Value(std::mem::replace(literal, Literal::Null(Type::Text))));
            }
        }
        Place::Body(body) => {
            let (columns, rows) = literal_rows(body).expect("it was found to be literal rows");
            *body = Body::Values { columns: columns.clone(), rows: Vec::new() };
            constants.push(Constant::Rows { columns, rows });
        }
    });
    (shape, constants)
}

/// Whether two queries differ in nothing but their constants, and those in nothing but values.
pub fn same_but_for_constants(one: (&Query, &[Constant]), other: (&Query, &[Constant])) -> bool {
    let alike = |(a, b): (&Constant, &Constant)| match (a, b) {
        (Constant::Value(a), Constant::Value(b)) => a == b || (kind(a) == kind(b) && kind(a).is_some()),
        (Constant::Rows { columns: a, .. }, Constant::Rows { columns: b, .. }) => a == b,
        _ => false,
    };
    one.1.len() == other.1.len() && one.0 == other.0 && one.1.iter().zip(other.1).all(alike)
}

/// What values can stand in one column: days, times, instants, numbers.
fn kind(literal: &Literal) -> Option<u8> {
    match literal {
        Literal::Date(_) => Some(0),
        Literal::Timestamp(_) => Some(1),
        Literal::Instant(_) => Some(2),
        Literal::Number(_) => Some(3),
        Literal::Null(_) | Literal::Boolean(_) | Literal::Text(_) | Literal::Interval(_) => None,
    }
}

/// The rows of a relation that is nothing but constants: perhaps none, which is written as a
/// SELECT of nothing.
pub fn literal_rows(body: &Body) -> Option<(Vec<String>, Vec<Vec<Literal>>)> {
    let literal = |expr: &Expr| match expr {
        Expr::Literal(literal) => Some(literal.clone()),
        _ => None,
    };
    match body {
        Body::Values { columns, rows } => {
            let rows: Option<Vec<Vec<Literal>>> =
                rows.iter().map(|row| row.iter().map(literal).collect()).collect();
            Some((columns.clone(), rows?))
        }
        Body::Select(select) => {
            let Select { items, from: None, filter: Some(Expr::Or(none)), .. } = &**select else {
                return None;
            };
            let column = |item: &crate::sql::Item| match item {
                crate::sql::Item::Expr { expr: Expr::Literal(_), alias } => Some(alias.clone()),
                _ => None,
            };
            let columns: Option<Vec<String>> = items.iter().map(column).collect();
            none.is_empty().then_some((columns?, Vec::new()))
        }
        Body::UnionAll(_) | Body::Series { .. } => None,
    }
}

/// The same of a relation in FROM.
pub fn is_literal(table: &Table) -> bool {
    matches!(table, Table::Values { rows, .. } if rows.iter().flatten().all(|cell| matches!(cell, Expr::Literal(_))))
}
