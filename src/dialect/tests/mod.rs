//! What is printed, written by hand. What it means is proven on the engines
//! themselves, in tests/conformance.

mod calls;
mod capitals;
mod documented;
mod expressions;
mod lite;
mod names;
mod numbers;
mod qualified;
mod queries;
mod random;
mod truths;
mod vendors;
mod writing;
mod zones;

use super::{by_name, print};
use crate::sql::{Body, Expr, Query, Select};

const DIALECTS: [&str; 2] = ["duckdb", "postgres"];

/// `SELECT expr AS value`
fn select(expr: Expr) -> Query {
    let select = Select { items: vec![expr.alias("value")], ..Select::default() };
    query(Body::Select(Box::new(select)))
}

fn query(body: Body) -> Query {
    Query { ctes: Vec::new(), body, order_by: Vec::new() }
}

/// A query's text, which the dialect's parser takes as exactly one statement.
fn printed(query: &Query, dialect: &str) -> String {
    let dialect = by_name(dialect).expect("the tests name dialects that exist");
    let text = print(query, dialect).expect("the tests print what can be printed");
    let parsed = sqlparser::parser::Parser::parse_sql(&*dialect.parser(), &text);
    match parsed.as_deref() {
        Ok([_]) => text,
        Ok(many) => panic!("{} statements in {}:\n{text}", many.len(), dialect.name()),
        Err(error) => panic!("{error} in {}:\n{text}", dialect.name()),
    }
}

/// An expression's text.
fn spelt(expr: &Expr, dialect: &str) -> String {
    let text = printed(&select(expr.clone()), dialect);
    let inside = text.strip_prefix("SELECT").and_then(|text| text.strip_suffix(" AS value"));
    // A column of the alias's own name would need none.
    inside.expect("one item is selected").trim().to_owned()
}

/// What makes printing fail, in every dialect.
fn refused(query: &Query) -> Vec<String> {
    let problems = |name: &str| {
        let dialect = by_name(name).expect("the tests name dialects that exist");
        print(query, dialect).expect_err("this cannot be printed")
    };
    let all = DIALECTS.iter().flat_map(|name| problems(name));
    all.map(|found| found.message).collect()
}
