//! Rows chosen by windows over them.

use super::{printed, query};
use crate::sql::{Body, Expr, From, Item, Operator, OrderBy, Query, Select, Table, WindowFunction as Window};

fn of(column: &str) -> Expr {
    Expr::of("o", column)
}

fn over(function: Window) -> Expr {
    Expr::Over { function, partition: vec![of("customer")], order: vec![OrderBy::up(of("day"))] }
}

fn first() -> Expr {
    Expr::equal(over(Window::RowNumber), Expr::number(1))
}

fn from_orders(items: Vec<Item>, asked: Expr) -> Select {
    let table = Table::Named { path: vec!["orders".into()], types: Vec::new() };
    let from = Some(From { table, alias: Some("o".into()) });
    Select { items, from, qualify: Some(asked), ..Select::default() }
}

fn one(select: Select) -> Query {
    query(Body::Select(Box::new(select)))
}

#[test]
fn a_window_chooses_rows() {
    let mut select = from_orders(vec![of("id").alias("id"), of("day").alias("kpic_place")], first());
    select.filter = Some(of("paid"));
    let query = one(select);
    let said = "\
SELECT
  o.id,
  o.day AS kpic_place
FROM orders AS o
WHERE o.paid
QUALIFY row_number() OVER (PARTITION BY o.customer ORDER BY o.day) = 1";
    for dialect in ["duckdb", "snowflake", "redshift", "databricks"] {
        assert_eq!(printed(&query, dialect), said, "on {dialect}");
    }
    assert_eq!(printed(&query, "bigquery"), said.replace("row_number", "ROW_NUMBER"));
    let nested = "\
SELECT
  q.id,
  q.kpic_place
FROM (
  SELECT
    o.id,
    o.day AS kpic_place,
    row_number() OVER (PARTITION BY o.customer ORDER BY o.day) AS kpic_place_2
  FROM orders AS o
  WHERE o.paid
) AS q
WHERE q.kpic_place_2 = 1";
    for dialect in ["postgres", "sqlite", "mysql", "spark", "trino"] {
        assert_eq!(printed(&query, dialect), nested, "on {dialect}");
    }
    let capitals = nested.replace("row_number", "ROW_NUMBER").replace("o.paid", "o.paid = 1");
    assert_eq!(printed(&query, "tsql"), capitals);
}

#[test]
fn the_rows_that_a_window_looks_at_choose_themselves() {
    let place = over(Window::CountUpTo(of("counts").boxed()));
    let asked = Expr::And(vec![
        Expr::IsNull { value: of("counts").boxed(), negated: false },
        Expr::binary(Operator::Greater, place.clone(), Expr::number(0)),
    ]);
    let query = |asked| one(from_orders(vec![place.clone().alias("before")], asked));
    let count = "count(o.counts) OVER (
    PARTITION BY o.customer
    ORDER BY o.day
    RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )";
    let by_a_column = query(Expr::IsNull { value: of("counts").boxed(), negated: false });
    let said = format!("SELECT\n  {count} AS before\nFROM orders AS o\nQUALIFY o.counts IS NULL");
    assert_eq!(printed(&by_a_column, "duckdb"), said);
    // It asks for a window in the condition itself.
    let nested = format!(
        "SELECT\n  q.before\nFROM (\n  SELECT\n    {} AS before,\n    o.counts\n  FROM orders AS o\n) AS q\n",
        count.replace('\n', "\n  ")
    );
    assert_eq!(printed(&by_a_column, "datafusion"), nested.clone() + "WHERE q.counts IS NULL");
    let by_both = query(asked);
    assert!(
        printed(&by_both, "datafusion").contains("QUALIFY o.counts IS NULL\n  AND count(o.counts) OVER (")
    );
    assert_eq!(printed(&by_both, "postgres"), nested + "WHERE q.counts IS NULL\n  AND q.before > 0");
}

#[test]
fn distinct_rows_are_those_that_were_chosen() {
    let select = Select { distinct: true, ..from_orders(vec![of("id").alias("id")], first()) };
    let text = printed(&one(select), "postgres");
    assert!(text.starts_with("SELECT DISTINCT\n  q.id\nFROM (\n  SELECT\n    o.id,\n"), "{text}");
}

#[test]
fn all_columns_bring_the_place_along() {
    let text = printed(&one(from_orders(vec![Item::All(Some("o".into()))], first())), "postgres");
    assert!(text.starts_with("SELECT q.*\nFROM (\n  SELECT\n    o.*,\n"), "{text}");
    assert!(text.ends_with("AS kpic_place\n  FROM orders AS o\n) AS q\nWHERE q.kpic_place = 1"), "{text}");
}
