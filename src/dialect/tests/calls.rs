//! Every function and aggregate, and what is done with times.

use super::writing::*;
use crate::sql::{AggregateFunction as Agg, Expr, Function as F, Literal, Part, Step, Type};

#[test]
fn every_function() {
    let args = |function: F| match function {
        F::Sqrt | F::Ln | F::Exp => vec![a()],
        F::Abs | F::Floor | F::Ceil | F::Lower | F::Upper | F::Trim | F::Length => vec![a()],
        F::Round => vec![a(), n("2")],
        F::Power | F::Mod | F::NullIf | F::StartsWith | F::EndsWith | F::Contains | F::BitAnd => {
            vec![a(), b()]
        }
        F::Greatest | F::Least | F::Coalesce | F::Concat => vec![a(), b(), c()],
        F::Substring => vec![a(), n("2"), b()],
        F::Replace => vec![a(), b(), c()],
    };
    let expected = |function: F| match function {
        F::Abs => ("abs(a)", "abs(a)"),
        F::Round => ("round(a, 2)", "round(CAST(a AS NUMERIC), 2)"),
        F::Floor => ("floor(a)", "floor(a)"),
        F::Ceil => ("ceil(a)", "ceil(a)"),
        F::Sqrt => (
            "sqrt(NULLIF(GREATEST(CAST(a AS DOUBLE), -1e-300), -1e-300))",
            "sqrt(NULLIF(GREATEST(CAST(a AS DOUBLE PRECISION), -1e-300), -1e-300))",
        ),
        F::Ln => (
            "ln(NULLIF(GREATEST(CAST(a AS DOUBLE), 0), 0))",
            "ln(NULLIF(GREATEST(CAST(a AS DOUBLE PRECISION), 0), 0))",
        ),
        F::Exp => ("exp(CAST(a AS DOUBLE))", "exp(CAST(a AS DOUBLE PRECISION))"),
        F::Power => (
            "power(CAST(a AS DOUBLE), CAST(b AS DOUBLE))",
            "power(CAST(a AS DOUBLE PRECISION), CAST(b AS DOUBLE PRECISION))",
        ),
        F::Mod => ("mod(a, NULLIF(b, 0))", "mod(CAST(a AS NUMERIC), NULLIF(CAST(b AS NUMERIC), 0))"),
        F::Greatest => ("GREATEST(a, b, c)", "GREATEST(a, b, c)"),
        F::Least => ("LEAST(a, b, c)", "LEAST(a, b, c)"),
        F::Coalesce => ("COALESCE(a, b, c)", "COALESCE(a, b, c)"),
        F::NullIf => ("NULLIF(a, b)", "NULLIF(a, b)"),
        F::Lower => ("lower(a)", "lower(a)"),
        F::Upper => ("upper(a)", "upper(a)"),
        F::Trim => ("trim(a)", "trim(a)"),
        F::Length => ("length(a)", "length(a)"),
        F::Substring => ("substring(a, 2, b)", "substring(a, 2, CAST(b AS INTEGER))"),
        F::Replace => ("replace(a, b, c)", "replace(a, b, c)"),
        F::Concat => ("a || b || c", "a || b || c"),
        F::StartsWith => ("starts_with(a, b)", "starts_with(a, b)"),
        F::EndsWith => ("ends_with(a, b)", "starts_with(reverse(a), reverse(b))"),
        F::BitAnd => ("a & b", "a & b"),
        F::Contains => ("contains(a, b)", "strpos(a, b) > 0"),
    };
    for function in F::ALL {
        let expr = Expr::Call(function, args(function));
        let (duckdb, postgres) = expected(function);
        check(vec![(expr, duckdb, postgres)]);
    }
}

#[test]
fn functions_inside_of_others() {
    let call = |function, args: Vec<Expr>| Expr::Call(function, args);
    check(vec![
        same(Expr::equal(call(F::Concat, vec![a(), b()]), c()), "a || b = c"),
        same(Expr::equal(call(F::BitAnd, vec![a(), b()]), c()), "a & b = c"),
        same(call(F::BitAnd, vec![add(a(), b()), c()]), "(a + b) & c"),
        same(call(F::Concat, vec![case(vec![(a(), b())], None), c()]), "CASE WHEN a THEN b END || c"),
        same(call(F::Concat, vec![add(a(), b()), c()]), "(a + b) || c"),
        (not(call(F::Contains, vec![a(), b()])), "NOT contains(a, b)", "NOT (strpos(a, b) > 0)"),
        (Expr::equal(call(F::Contains, vec![a(), b()]), c()), "contains(a, b) = c", "(strpos(a, b) > 0) = c"),
        (
            call(F::Sqrt, vec![call(F::Exp, vec![a()])]),
            "sqrt(NULLIF(GREATEST(exp(CAST(a AS DOUBLE)), -1e-300), -1e-300))",
            "sqrt(NULLIF(GREATEST(exp(CAST(a AS DOUBLE PRECISION)), -1e-300), -1e-300))",
        ),
        (
            call(F::Round, vec![div(a(), n("3")), n("2")]),
            "round(CAST(a AS DOUBLE) / 3, 2)",
            "round(CAST(CAST(a AS DOUBLE PRECISION) / 3 AS NUMERIC), 2)",
        ),
    ]);
}

#[test]
fn every_aggregate() {
    let x = || Some(Expr::equal(col("s"), Expr::text("x")));
    check(vec![
        same(aggregate(Agg::Count, vec![], None), "count(*)"),
        same(aggregate(Agg::Count, vec![], x()), "count(*) FILTER (WHERE s = 'x')"),
        same(aggregate(Agg::Count, vec![a()], None), "count(a)"),
        same(aggregate(Agg::CountDistinct, vec![a()], None), "count(DISTINCT a)"),
        same(aggregate(Agg::CountDistinct, vec![a()], x()), "count(DISTINCT a) FILTER (WHERE s = 'x')"),
        same(
            aggregate(Agg::CountDistinct, vec![a(), b()], None),
            "count(DISTINCT (a, b)) FILTER (WHERE a IS NOT NULL AND b IS NOT NULL)",
        ),
        same(
            aggregate(Agg::CountDistinct, vec![a(), n("1")], Some(Expr::Or(vec![b(), c()]))),
            "count(DISTINCT (a, 1)) FILTER (WHERE a IS NOT NULL AND (b OR c))",
        ),
        same(aggregate(Agg::Sum, vec![add(a(), b())], None), "sum(a + b)"),
        same(
            aggregate(Agg::Sum, vec![a()], Some(Expr::And(vec![b(), c()]))),
            "sum(a) FILTER (WHERE b AND c)",
        ),
        same(aggregate(Agg::Min, vec![a()], None), "min(a)"),
        same(aggregate(Agg::Max, vec![a()], None), "max(a)"),
        (
            aggregate(Agg::Stddev, vec![a()], x()),
            "stddev_samp(CAST(a AS DOUBLE)) FILTER (WHERE s = 'x')",
            "stddev_samp(CAST(a AS DOUBLE PRECISION)) FILTER (WHERE s = 'x')",
        ),
        (
            aggregate(Agg::Slope, vec![a(), b()], None),
            "regr_slope(CAST(a AS DOUBLE), CAST(b AS DOUBLE))",
            "regr_slope(CAST(a AS DOUBLE PRECISION), CAST(b AS DOUBLE PRECISION))",
        ),
        (
            aggregate(Agg::Percentile("0.5".into()), vec![a()], x()),
            "quantile_cont(CAST(a AS DOUBLE), 0.5) FILTER (WHERE s = 'x')",
            "percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(a AS DOUBLE PRECISION)) FILTER (WHERE s = 'x')",
        ),
        same(aggregate(Agg::BitOr, vec![a()], None), "bit_or(a)"),
        same(aggregate(Agg::AnyTrue, vec![Expr::equal(a(), b())], None), "bool_or(a = b)"),
        (
            div(aggregate(Agg::Sum, vec![a()], None), aggregate(Agg::Count, vec![], None)),
            "CAST(sum(a) AS DOUBLE) / NULLIF(count(*), 0)",
            "CAST(sum(a) AS DOUBLE PRECISION) / NULLIF(count(*), 0)",
        ),
    ]);
}

#[test]
fn periods_are_cut_to_dates() {
    let cut = |to, week_start, value: Expr| Expr::Truncate { to, week_start, value: value.boxed() };
    check(vec![
        same(cut(Part::Hour, 1, a()), "date_trunc('hour', a)"),
        same(cut(Part::Day, 1, a()), "CAST(a AS DATE)"),
        same(cut(Part::Day, 1, cut(Part::Day, 1, a())), "CAST(a AS DATE)"),
        same(cut(Part::Week, 1, a()), "CAST(date_trunc('week', a) AS DATE)"),
        same(cut(Part::Week, 7, a()), "CAST(date_trunc('week', CAST(a AS DATE) + 1) AS DATE) - 1"),
        same(cut(Part::Week, 3, a()), "CAST(date_trunc('week', CAST(a AS DATE) - 2) AS DATE) + 2"),
        same(cut(Part::Month, 7, a()), "CAST(date_trunc('month', a) AS DATE)"),
        same(cut(Part::Quarter, 1, a()), "CAST(date_trunc('quarter', a) AS DATE)"),
        same(cut(Part::Year, 1, a()), "CAST(date_trunc('year', a) AS DATE)"),
        (Expr::UtcOf(a().boxed()), "make_timestamp(epoch_us(a))", "a AT TIME ZONE 'UTC'"),
        (
            Expr::MonthOf(a().boxed()),
            "CAST(a AS DATE) - CAST(day(a) - 1 AS INTEGER)",
            "CAST(date_trunc('month', a) AS DATE)",
        ),
        same(
            mul(cut(Part::Week, 7, a()), b()),
            "(CAST(date_trunc('week', CAST(a AS DATE) + 1) AS DATE) - 1) * b",
        ),
        (
            Expr::Extract(Part::Weekday, a().boxed()),
            "EXTRACT(isodow FROM a)",
            "CAST(EXTRACT(isodow FROM a) AS INTEGER)",
        ),
        (
            Expr::Extract(Part::Second, a().boxed()),
            "EXTRACT(second FROM a)",
            "CAST(floor(EXTRACT(second FROM a)) AS INTEGER)",
        ),
    ]);
}

#[test]
fn dates_move_and_differ() {
    let shift = |count, unit, to| Expr::Shift { value: a().boxed(), step: Step { count, unit }, to };
    check(vec![
        same(shift(7, Part::Day, Type::Date), "CAST(a AS DATE) + 7"),
        same(shift(-2, Part::Week, Type::Date), "CAST(a AS DATE) - 14"),
        same(shift(1, Part::Month, Type::Date), "CAST(a + INTERVAL '1 month' AS DATE)"),
        same(shift(-1, Part::Quarter, Type::Date), "CAST(a - INTERVAL '3 months' AS DATE)"),
        same(shift(-2, Part::Hour, Type::Timestamp), "a - INTERVAL '2 hours'"),
        same(shift(i64::MIN, Part::Second, Type::Timestamp), "a - INTERVAL '9223372036854775807 seconds'"),
        same(
            Expr::Shift {
                value: shift(1, Part::Day, Type::Date).boxed(),
                step: Step { count: 1, unit: Part::Day },
                to: Type::Date,
            },
            "(CAST(a AS DATE) + 1) + 1",
        ),
        same(sub(shift(1, Part::Day, Type::Date), b()), "CAST(a AS DATE) + 1 - b"),
        same(
            Expr::DaysBetween {
                start: a().boxed(),
                end: Expr::Literal(Literal::Date("2026-01-01".into())).boxed(),
            },
            "DATE '2026-01-01' - CAST(a AS DATE)",
        ),
        (
            Expr::Seconds { start: a().boxed(), end: b().boxed(), of_instants: false },
            "CAST(epoch_us(b) - epoch_us(a) AS DOUBLE) / 1000000",
            "CAST(EXTRACT(epoch FROM b) - EXTRACT(epoch FROM a) AS DOUBLE PRECISION)",
        ),
        (
            div(Expr::Seconds { start: a().boxed(), end: b().boxed(), of_instants: false }, n("60")),
            "CAST(epoch_us(b) - epoch_us(a) AS DOUBLE) / 1000000 / 60",
            "CAST(EXTRACT(epoch FROM b) - EXTRACT(epoch FROM a) AS DOUBLE PRECISION) / 60",
        ),
    ]);
}

#[test]
fn zones_are_named() {
    let zone = |from: Option<&str>, to: &str| Expr::ToZone {
        value: a().boxed(),
        from: from.map(Into::into),
        to: to.into(),
    };
    check(vec![
        same(zone(None, "Europe/Paris"), "a AT TIME ZONE 'Europe/Paris'"),
        same(
            zone(Some("Asia/Tokyo"), "America/New_York"),
            "a AT TIME ZONE 'Asia/Tokyo' AT TIME ZONE 'America/New_York'",
        ),
        same(
            Expr::Instant { value: zone(None, "UTC").boxed(), zone: "Asia/Kolkata".into() },
            "(a AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Kolkata'",
        ),
        // An abbreviation without summer time there.
        (zone(None, "CET"), "a AT TIME ZONE 'CET'", "a AT TIME ZONE 'Europe/Brussels'"),
        same(
            Expr::Truncate { to: Part::Day, week_start: 1, value: zone(None, "UTC").boxed() },
            "CAST(a AT TIME ZONE 'UTC' AS DATE)",
        ),
        same(add(zone(None, "UTC"), b()), "a AT TIME ZONE 'UTC' + b"),
        same(
            Expr::ToZone { value: add(a(), b()).boxed(), from: None, to: "UTC".into() },
            "(a + b) AT TIME ZONE 'UTC'",
        ),
    ]);
}

#[test]
fn steps_between_two_times_are_counted() {
    let steps = |first: &str, last: &str, count: i64, unit: Part| {
        crate::dialect::dates::steps(first, last, Step { count, unit })
    };
    assert_eq!(steps("2026-01-01", "2026-12-01", 1, Part::Month), Some(11));
    assert_eq!(steps("2026-01-01 00:00:00", "2026-12-01 00:00:00", 1, Part::Quarter), Some(3));
    assert_eq!(steps("2024-02-29 00:00:00", "2024-02-29 00:00:00", 1, Part::Day), Some(0));
    assert_eq!(steps("2024-02-26 00:00:00", "2024-03-11 00:00:00", 1, Part::Week), Some(2));
    assert_eq!(steps("2025-12-31 22:00:00", "2026-01-01 01:00:00", 1, Part::Hour), Some(3));
    assert_eq!(steps("1970-01-01 00:00:00", "2026-01-01 00:00:00", 1, Part::Year), Some(56));
    assert_eq!(steps("never", "2026-01-01 00:00:00", 1, Part::Day), None);
}
