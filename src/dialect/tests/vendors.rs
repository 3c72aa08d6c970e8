//! What BigQuery, Spark and Databricks say in their own way.

use super::{query, select};
use crate::dialect::{Stored, by_name, print};
use crate::sql::{
    Body, Expr, From, Function, Item, Join, JoinKind, Literal, Part, Query, Select, Step, Table, Type,
};

/// A query's text on a line.
fn line(query: &Query, dialect: &str) -> String {
    let dialect = by_name(dialect).expect("kpic knows it");
    let text = print(query, dialect).expect("it can be said");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(expr: Expr, dialect: &str) -> String {
    let text = line(&select(expr), dialect);
    text.trim_start_matches("SELECT ").trim_end_matches(" AS value").to_owned()
}

fn a() -> Expr {
    Expr::of("t", "a")
}

fn b() -> Expr {
    Expr::of("t", "b")
}

fn literal(literal: Literal) -> Expr {
    Expr::Literal(literal)
}

#[test]
fn only_instants_tell_spark_from_databricks() {
    let instant = || literal(Literal::Null(Type::Instant));
    assert_eq!(says(instant(), "spark"), "CAST(NULL AS TIMESTAMP_LTZ)");
    assert_eq!(says(instant(), "databricks"), "CAST(NULL AS TIMESTAMP)");
    let given = || literal(Literal::Instant("2026-01-01 00:00:00Z".into()));
    let local = || literal(Literal::Timestamp("2026-01-01 00:00:00".into()));
    for name in ["spark", "databricks"] {
        assert_eq!(says(local(), name), "TIMESTAMP_NTZ '2026-01-01 00:00:00'");
        assert_eq!(says(given(), name), "TIMESTAMP '2026-01-01 00:00:00Z'");
    }
    let table = |name| by_name(name).expect("kpic knows it").stored(Stored::Table, "t", "SELECT 1");
    assert_eq!(table("spark").as_deref(), Ok("DROP TABLE IF EXISTS t;\nCREATE TABLE t AS\nSELECT 1;\n"));
    assert_eq!(table("databricks").as_deref(), Ok("CREATE OR REPLACE TABLE t AS\nSELECT 1;\n"));
}

#[test]
fn a_variable_is_no_part_of_a_text_or_name_on_spark() {
    assert_eq!(says(Expr::text("${env:HOME} $1"), "spark"), r"'$\{env:HOME} $1'");
    assert_eq!(says(Expr::text("$${a}"), "databricks"), r"'$$\{a}'");
    let dialect = by_name("spark").expect("kpic knows it");
    assert!(print(&select(Expr::column("${env:HOME}")), dialect).is_err());
    assert_eq!(says(Expr::column("a`b"), "spark"), "`a``b`");
}

/// Spark reads on behind a backslash at a line's end.
#[test]
fn a_comment_ends_with_its_line() {
    let written = |text: &str| crate::dialect::comment(text, crate::dialect::Purpose::Run);
    assert_eq!(written("shop\\\\ \\\nnext"), "-- shop\n-- next\n");
    assert_eq!(written("a\\b"), "-- a\\b\n");
}

#[test]
fn backslashes_escape() {
    assert_eq!(says(Expr::text("it's a \\\n"), "bigquery"), r"'it\'s a \\\n'");
    assert_eq!(says(Expr::column("a`\\b"), "bigquery"), r"`a\`\\b`");
    assert_eq!(says(Expr::text("it's a \\"), "spark"), r"'it\'s a \\'");
    for name in ["bigquery", "spark"] {
        let like = |pattern: Expr| Expr::Like { value: a().boxed(), pattern: pattern.boxed() };
        assert_eq!(says(like(Expr::text("\\%")), name), r"t.a LIKE '\\\\%'");
        let replaced = says(like(b()), name);
        assert!(replaced.to_lowercase().ends_with(r"like replace(t.b, '\\', '\\\\')"), "{replaced}");
    }
}

#[test]
fn numbers_keep_their_digits_on_bigquery() {
    let number = |digits: &str| says(Expr::number(digits), "bigquery");
    assert_eq!(number("42"), "42");
    assert_eq!(number("-0.1"), "NUMERIC '-0.1'");
    assert_eq!(number("9223372036854775808"), "NUMERIC '9223372036854775808'");
    assert_eq!(number("0.1234567891"), "BIGNUMERIC '0.1234567891'");
    let cast =
        |digits, scale| says(Expr::Cast(a().boxed(), Type::Decimal(Some((digits, scale)))), "bigquery");
    assert_eq!(cast(12, 2), "CAST(t.a AS NUMERIC(12, 2))");
    assert_eq!(cast(38, 0), "CAST(t.a AS BIGNUMERIC(38, 0))");
}

#[test]
fn the_greatest_of_a_null_and_another_is_the_other_on_bigquery() {
    let day = || literal(Literal::Date("2026-01-01".into()));
    let greatest = Expr::Call(Function::Greatest, vec![a(), b(), day()]);
    assert_eq!(
        says(greatest, "bigquery"),
        "GREATEST(COALESCE(t.a, DATE '2026-01-01'), COALESCE(t.b, DATE '2026-01-01'), DATE '2026-01-01')"
    );
}

/// Where each value stands beside each other one, a nest is one call, or is soon refused.
#[test]
fn nested_extremes_do_not_grow_with_every_level() {
    let nest = |levels: usize, functions: [Function; 2]| {
        (0..levels).fold(b(), |inner, level| Expr::Call(functions[level % 2], vec![a(), inner]))
    };
    let both = [Function::Greatest, Function::Least];
    for name in ["bigquery", "sqlite", "mysql", "tsql"] {
        let dialect = by_name(name).expect("it exists");
        let text = print(&select(nest(40, [Function::Greatest; 2])), dialect).expect("it is one call");
        assert!(text.len() < 100_000, "{} bytes on {name}", text.len());
    }
    let bigquery = by_name("bigquery").expect("it exists");
    print(&select(nest(6, both)), bigquery).expect("a few levels are written out");
    let found = print(&select(nest(100, both)), bigquery).expect_err("many are refused").remove(0);
    assert_eq!(found.code.id(), "K0701", "{found:?}");
    let flat = Expr::Call(Function::Greatest, vec![a(), nest(1, [Function::Greatest; 2])]);
    assert_eq!(
        says(flat, "mysql"),
        "GREATEST(coalesce(t.a, t.a, t.b), coalesce(t.a, t.b, t.a), coalesce(t.b, t.a, t.a))"
    );
}

#[test]
fn spark_takes_no_instant_for_a_local_time() {
    let cut = |to| Expr::Truncate { to, week_start: 1, value: a().boxed() };
    assert_eq!(
        says(cut(Part::Hour), "spark"),
        "CAST(CAST(t.a AS DATE) AS TIMESTAMP_NTZ) + make_dt_interval(0, hour(t.a))"
    );
    assert_eq!(says(cut(Part::Quarter), "spark"), "trunc(t.a, 'QUARTER')");
    let later =
        Expr::Shift { value: a().boxed(), step: Step { count: 48, unit: Part::Hour }, to: Type::Instant };
    assert_eq!(says(later, "spark"), "timestamp_micros(unix_micros(t.a) + 172800000000)");
    let whole = |value: Expr| says(Expr::Cast(value.boxed(), Type::Integer), "spark");
    assert_eq!(whole(a()), "CAST(CAST(t.a AS DECIMAL(38, 0)) AS BIGINT)");
    assert_eq!(whole(Expr::number("2")), "CAST(2 AS BIGINT)");
}

#[test]
fn a_local_time_that_comes_twice_is_the_second_one() {
    let from =
        |zone: &str, to: &str| Expr::ToZone { value: a().boxed(), from: Some(zone.into()), to: to.into() };
    // A time in UTC comes once.
    assert_eq!(says(from("UTC", "Europe/Paris"), "spark"), "convert_timezone('UTC', 'Europe/Paris', t.a)");
    assert_eq!(
        says(from("UTC", "Europe/Paris"), "bigquery"),
        "DATETIME(TIMESTAMP(t.a, 'UTC'), 'Europe/Paris')"
    );
    let second = "convert_timezone('Europe/Paris', 'UTC', t.a + INTERVAL '1' DAY) - INTERVAL '1' DAY";
    let utc = format!(
        "CASE WHEN convert_timezone('UTC', 'Europe/Paris', {second}) = t.a THEN {second} \
         ELSE convert_timezone('Europe/Paris', 'UTC', t.a) END"
    );
    assert_eq!(says(from("Europe/Paris", "UTC"), "spark"), utc);
    assert_eq!(
        says(from("Europe/Paris", "Asia/Tokyo"), "spark"),
        format!("convert_timezone('UTC', 'Asia/Tokyo', {utc})")
    );
    let instant = Expr::Instant { value: a().boxed(), zone: "Europe/Paris".into() };
    assert_eq!(says(instant, "spark"), format!("CAST(CAST({utc} AS STRING) || 'Z' AS TIMESTAMP_LTZ)"));
    // A day is added to no time that is the last one.
    let second = "DATETIME_SUB(DATETIME(TIMESTAMP(DATETIME_ADD(LEAST( t.a, DATETIME '9999-12-30 00:00:00' ), \
                  INTERVAL 1 DAY), 'Europe/Paris'), 'UTC'), INTERVAL 1 DAY)";
    assert_eq!(
        says(from("Europe/Paris", "UTC"), "bigquery"),
        format!(
            "CASE WHEN DATETIME(TIMESTAMP({second}, 'UTC'), 'Europe/Paris') = t.a THEN {second} \
             ELSE DATETIME(TIMESTAMP(t.a, 'Europe/Paris'), 'UTC') END"
        )
    );
}

#[test]
fn weeks_start_where_they_should() {
    let week =
        |week_start, name| says(Expr::Truncate { to: Part::Week, week_start, value: a().boxed() }, name);
    assert_eq!(week(1, "bigquery"), "DATE_TRUNC(CAST(t.a AS DATE), ISOWEEK)");
    assert_eq!(week(7, "bigquery"), "DATE_TRUNC(CAST(t.a AS DATE), WEEK(SUNDAY))");
    assert_eq!(week(1, "spark"), "trunc(t.a, 'WEEK')");
    assert_eq!(week(7, "spark"), "date_add(trunc(date_add(CAST(t.a AS DATE), -6), 'WEEK'), 6)");
}

#[test]
fn what_bigquery_asks_of_clauses() {
    let same = Expr::NullSafeEqual(a().boxed(), Expr::of("u", "a").boxed());
    let named =
        |name: &str| From { table: Table::Named { path: vec![name.into()], types: Vec::new() }, alias: None };
    let joined = Select {
        items: vec![Item::All(None)],
        from: Some(named("t")),
        joins: vec![Join { kind: JoinKind::Left, from: named("u"), on: Some(same.clone()) }],
        filter: Some(Expr::Not(same.boxed())),
        ..Select::default()
    };
    assert_eq!(
        line(&query(Body::Select(Box::new(joined))), "bigquery"),
        "SELECT * FROM t LEFT JOIN u ON t.a = u.a OR t.a IS NULL AND u.a IS NULL \
         WHERE t.a IS DISTINCT FROM u.a"
    );
    let nowhere = Select {
        items: vec![Expr::number(1).alias("a")],
        filter: Some(Expr::Or(Vec::new())),
        ..Select::default()
    };
    assert_eq!(
        line(&query(Body::Select(Box::new(nowhere))), "bigquery"),
        "SELECT 1 AS a FROM UNNEST([ STRUCT(1 AS one) ]) AS q WHERE FALSE"
    );
}

#[test]
fn periods_are_made_of_what_there_is() {
    let months = |dialect: &str| {
        let bound = |iso: &str| Literal::Date(iso.into());
        let (first, last) = (bound("2026-01-01"), bound("2026-02-01"));
        let step = Step { count: 1, unit: Part::Month };
        line(&query(Body::Series { first, last, step, column: "month".into() }), dialect)
    };
    assert_eq!(
        months("bigquery"),
        "SELECT month FROM UNNEST(GENERATE_DATE_ARRAY(DATE '2026-01-01', DATE '2026-02-01', INTERVAL 1 MONTH)) AS month"
    );
    let sequence = "sequence(DATE '2026-01-01', DATE '2026-02-01', INTERVAL '1' MONTH)";
    assert_eq!(months("spark"), format!("SELECT explode({sequence}) AS month"));
    assert_eq!(months("trino"), format!("SELECT month FROM UNNEST({sequence}) AS periods(month)"));
    assert_eq!(
        months("snowflake"),
        "SELECT dateadd('month', row_number() OVER (ORDER BY NULL) - 1, DATE '2026-01-01') AS month \
         FROM TABLE(generator(ROWCOUNT => 2))"
    );
    let numbers =
        "SELECT toDate32('2026-01-01') + toIntervalMonth(number) AS month FROM numbers(2) SETTINGS ";
    assert!(months("clickhouse").starts_with(numbers), "{}", months("clickhouse"));
    let hours = |dialect: &str| {
        let bound = |iso: &str| Literal::Timestamp(iso.into());
        let (first, last) = (bound("2026-01-01 00:00:00"), bound("2026-01-01 01:00:00"));
        let step = Step { count: 1, unit: Part::Hour };
        line(&query(Body::Series { first, last, step, column: "at".into() }), dialect)
    };
    assert_eq!(
        hours("bigquery"),
        "SELECT DATETIME(step, 'UTC') AS `at` FROM UNNEST(GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2026-01-01 00:00:00Z', \
         TIMESTAMP '2026-01-01 01:00:00Z', INTERVAL 1 HOUR)) AS step"
    );
}
