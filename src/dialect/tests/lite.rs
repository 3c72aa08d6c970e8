//! SQLite and MySQL, where they say a thing in another way than others.

use super::{printed, query, spelt};
use crate::dialect::{by_name, print};
use crate::sql::{Body, Cte, Expr, From, Function, Literal, Part, Query, Select, Step, Type};

fn at() -> Expr {
    Expr::of("x", "at")
}

#[test]
fn days_and_times_are_texts() {
    let day = Expr::Literal(Literal::Date("2026-01-31".into()));
    assert_eq!(spelt(&day, "sqlite"), "'2026-01-31'");
    let instant = Expr::Literal(Literal::Instant("2026-01-31 23:30:00+01:00".into()));
    assert_eq!(spelt(&instant, "sqlite"), "'2026-01-31 22:30:00'");
    assert_eq!(spelt(&instant, "mysql"), "TIMESTAMP '2026-01-31 22:30:00'");
}

#[test]
fn months_end_with_their_last_day() {
    let step = Step { count: -1, unit: Part::Quarter };
    let shift = Expr::Shift { value: at().boxed(), step, to: Type::Timestamp };
    assert_eq!(spelt(&shift, "mysql"), "x.at - INTERVAL 1 QUARTER");
    let text = spelt(&shift, "sqlite");
    assert!(text.starts_with("min(date("), "{text}");
    assert!(text.contains("'-3 months', '+1 months', '-1 days'"), "{text}");
    assert!(text.ends_with(" || substr(x.at, 11)"), "{text}");
}

#[test]
fn weeks_start_on_any_day() {
    let week = |week_start| Expr::Truncate { to: Part::Week, week_start, value: at().boxed() };
    assert_eq!(spelt(&week(1), "sqlite"), "date(substr(x.at, 1, 10), 'weekday 0', '-6 days')");
    assert_eq!(spelt(&week(7), "sqlite"), "date(substr(x.at, 1, 10), 'weekday 6', '-6 days')");
    assert_eq!(spelt(&week(1), "mysql"), "CAST(x.at AS DATE) - INTERVAL weekday(x.at) DAY");
    assert_eq!(spelt(&week(7), "mysql"), "CAST(x.at AS DATE) - INTERVAL (weekday(x.at) + 1) % 7 DAY");
}

#[test]
fn what_is_not_there_gives_way() {
    let greatest = Expr::Call(Function::Greatest, vec![Expr::of("x", "a"), Expr::of("x", "b")]);
    assert_eq!(spelt(&greatest, "sqlite"), "max(coalesce(x.a, x.b), coalesce(x.b, x.a))");
    assert_eq!(spelt(&greatest, "mysql"), "GREATEST(coalesce(x.a, x.b), coalesce(x.b, x.a))");
    let one = Expr::Call(Function::Greatest, vec![Expr::of("x", "a")]);
    assert_eq!(spelt(&one, "sqlite"), "x.a");
}

#[test]
fn backslashes_are_bytes() {
    assert_eq!(spelt(&Expr::text("a\\b"), "mysql"), "_utf8mb4 X'615C62'");
    assert_eq!(spelt(&Expr::text("a'b"), "mysql"), "'a''b'");
    assert_eq!(spelt(&Expr::text("a\\b"), "sqlite"), "'a\\b'");
}

#[test]
fn names_that_cannot_be_are_refused() {
    for (dialect, name) in
        [("mysql", "a "), ("mysql", "\ta"), ("mysql", "é😀"), ("sqlite", "True"), ("sqlite", "false")]
    {
        let dialect = by_name(dialect).expect("it exists");
        assert!(print(&super::select(Expr::column(name)), dialect).is_err(), "{name:?}");
    }
}

#[test]
fn long_series_are_made_by_halves() {
    let series = |last: &str| {
        let hours = query(Body::Series {
            first: Literal::Timestamp("2026-01-01 00:00:00".into()),
            last: Literal::Timestamp(last.into()),
            step: Step { count: 1, unit: Part::Hour },
            column: "start".into(),
        });
        let text = print(&hours, by_name("mysql").expect("it exists"));
        text.expect("it is printed")
    };
    assert!(series("2026-01-02 00:00:00").contains("SELECT n + 1 FROM steps WHERE n < 24"));
    let long = series("2026-03-01 00:00:00");
    assert!(long.contains("WHERE 2 * n + bit < 1416"), "{long}");
}

#[test]
fn many_named_queries_stand_where_they_are_read() {
    let one = |items| Select { items, ..Select::default() };
    let name = |index: usize| format!("q{index}");
    let mut ctes = Vec::new();
    for index in 0..100 {
        let mut select = one(vec![Expr::number(index).alias("a")]);
        if index > 0 {
            select = one(vec![Expr::column("a").alias("a")]);
            select.from = Some(From::cte(name(index - 1)));
        }
        ctes.push(Cte {
            name: name(index),
            comment: None,
            materialized: false,
            body: Body::Select(Box::new(select)),
        });
    }
    let mut last = one(vec![Expr::column("a").alias("a")]);
    last.from = Some(From::cte(name(99)));
    let text = printed(&Query { ctes, body: Body::Select(Box::new(last)), order_by: Vec::new() }, "mysql");
    assert_eq!(text.matches(") AS q").count(), 40, "{text}");
    assert_eq!(text.matches(" AS (").count(), 60, "{text}");
}
