//! The constants of a query, and what it is without them.

use super::places::{self, Place};
use crate::sql::{Body, Expr, Item, Literal, Query, Select, Type};

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
        (Constant::Value(a), Constant::Value(b)) => a == b || are_of_one_kind(a, b),
        (Constant::Rows { columns: a, .. }, Constant::Rows { columns: b, .. }) => a == b,
        _ => false,
    };
    one.1.len() == other.1.len() && one.0 == other.0 && one.1.iter().zip(other.1).all(alike)
}

/// Whether two values can stand in one column: days, times, instants, numbers.
fn are_of_one_kind(a: &Literal, b: &Literal) -> bool {
    let differs =
        matches!(a, Literal::Date(_) | Literal::Timestamp(_) | Literal::Instant(_) | Literal::Number(_));
    differs && std::mem::discriminant(a) == std::mem::discriminant(b)
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
            let column = |item: &Item| match item {
                Item::Expr { expr: Expr::Literal(_), alias } => Some(alias.clone()),
                _ => None,
            };
            let columns: Option<Vec<String>> = items.iter().map(column).collect();
            none.is_empty().then_some((columns?, Vec::new()))
        }
        Body::UnionAll(_) | Body::Series { .. } => None,
    }
}
