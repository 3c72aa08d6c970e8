//! Expressions, shortly written.

use super::spelt;
use crate::sql::{Aggregate, AggregateFunction, Expr, Operator as O};

/// An expression and its text in DuckDB and PostgreSQL.
pub type Row = (Expr, &'static str, &'static str);

pub fn same(expr: Expr, text: &'static str) -> Row {
    (expr, text, text)
}

pub fn check(rows: Vec<Row>) {
    for (expr, duckdb, postgres) in rows {
        assert_eq!(spelt(&expr, "duckdb"), duckdb, "on DuckDB");
        assert_eq!(spelt(&expr, "postgres"), postgres, "on PostgreSQL");
    }
}

pub fn col(name: &str) -> Expr {
    Expr::column(name)
}

pub fn n(digits: &str) -> Expr {
    Expr::number(digits)
}

pub fn op(op: O, a: Expr, b: Expr) -> Expr {
    Expr::binary(op, a, b)
}

pub fn add(a: Expr, b: Expr) -> Expr {
    op(O::Add, a, b)
}

pub fn sub(a: Expr, b: Expr) -> Expr {
    op(O::Subtract, a, b)
}

pub fn mul(a: Expr, b: Expr) -> Expr {
    op(O::Multiply, a, b)
}

pub fn div(a: Expr, b: Expr) -> Expr {
    Expr::Divide(a.boxed(), b.boxed())
}

pub fn minus(a: Expr) -> Expr {
    Expr::Negate(a.boxed())
}

pub fn not(a: Expr) -> Expr {
    Expr::Not(a.boxed())
}

pub fn like(a: Expr, b: Expr) -> Expr {
    Expr::Like { value: a.boxed(), pattern: b.boxed() }
}

pub fn is_null(a: Expr) -> Expr {
    Expr::IsNull { value: a.boxed(), negated: false }
}

pub fn is_true(a: Expr) -> Expr {
    Expr::IsTrue(a.boxed())
}

pub fn within(a: Expr, list: Vec<Expr>) -> Expr {
    Expr::In { value: a.boxed(), list }
}

pub fn between(a: Expr, low: Expr, high: Expr) -> Expr {
    Expr::Between { value: a.boxed(), low: low.boxed(), high: high.boxed() }
}

pub fn case(whens: Vec<(Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
    Expr::Case { whens, otherwise: otherwise.map(Box::new) }
}

pub fn aggregate(function: AggregateFunction, args: Vec<Expr>, filter: Option<Expr>) -> Expr {
    Expr::Aggregate(Aggregate { function, args, filter: filter.map(Box::new) })
}

pub fn a() -> Expr {
    col("a")
}

pub fn b() -> Expr {
    col("b")
}

pub fn c() -> Expr {
    col("c")
}
