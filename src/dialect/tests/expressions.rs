//! Every kind of expression, with the parentheses it needs and no others.

use std::collections::BTreeSet;

use super::writing::*;
use super::{DIALECTS, spelt};
use crate::dialect::Purpose;
use crate::sql::{
    AggregateFunction as Agg, Expr, From, Function as F, Literal, Operator as O, OrderBy, Parameter, Part,
    Select, Step, Table, Type, WindowFunction,
};

#[test]
fn arithmetic_keeps_its_order() {
    check(vec![
        same(sub(sub(a(), b()), c()), "a - b - c"),
        same(sub(a(), sub(b(), c())), "a - (b - c)"),
        same(sub(a(), add(b(), c())), "a - (b + c)"),
        same(add(a(), sub(b(), c())), "a + (b - c)"),
        same(mul(add(a(), b()), c()), "(a + b) * c"),
        same(mul(a(), mul(b(), c())), "a * (b * c)"),
        same(mul(mul(a(), b()), c()), "a * b * c"),
        same(add(mul(a(), b()), c()), "a * b + c"),
        same(add(a(), mul(b(), c())), "a + b * c"),
    ]);
}

#[test]
fn minus_signs_never_meet() {
    check(vec![
        same(minus(a()), "-a"),
        same(minus(minus(a())), "-(-a)"),
        same(minus(n("-1")), "-(-1)"),
        same(n("-1"), "-1"),
        same(sub(a(), n("-1")), "a - (-1)"),
        same(add(a(), n("-1")), "a + (-1)"),
        same(mul(n("-1"), a()), "(-1) * a"),
        same(sub(n("-1"), a()), "-1 - a"),
        same(minus(add(a(), b())), "-(a + b)"),
        same(mul(minus(a()), b()), "(-a) * b"),
        same(op(O::Less, a(), n("-1")), "a < -1"),
    ]);
}

#[test]
fn division_is_real_and_by_zero_null() {
    let double = || Expr::Cast(a().boxed(), Type::Double);
    check(vec![
        (div(a(), b()), "CAST(a AS DOUBLE) / NULLIF(b, 0)", "CAST(a AS DOUBLE PRECISION) / NULLIF(b, 0)"),
        (div(a(), n("2")), "CAST(a AS DOUBLE) / 2", "CAST(a AS DOUBLE PRECISION) / 2"),
        (div(a(), n("-0.5")), "CAST(a AS DOUBLE) / (-0.5)", "CAST(a AS DOUBLE PRECISION) / (-0.5)"),
        (
            div(a(), n("0.0")),
            "CAST(a AS DOUBLE) / NULLIF(0.0, 0)",
            "CAST(a AS DOUBLE PRECISION) / NULLIF(0.0, 0)",
        ),
        (
            div(double(), b()),
            "CAST(a AS DOUBLE) / NULLIF(b, 0)",
            "CAST(a AS DOUBLE PRECISION) / NULLIF(b, 0)",
        ),
        (div(div(a(), n("2")), n("3")), "CAST(a AS DOUBLE) / 2 / 3", "CAST(a AS DOUBLE PRECISION) / 2 / 3"),
        (
            div(n("1"), div(a(), n("2"))),
            "CAST(1 AS DOUBLE) / NULLIF(CAST(a AS DOUBLE) / 2, 0)",
            "CAST(1 AS DOUBLE PRECISION) / NULLIF(CAST(a AS DOUBLE PRECISION) / 2, 0)",
        ),
        (mul(a(), div(b(), n("2"))), "a * (CAST(b AS DOUBLE) / 2)", "a * (CAST(b AS DOUBLE PRECISION) / 2)"),
        (sub(n("1"), div(b(), n("2"))), "1 - CAST(b AS DOUBLE) / 2", "1 - CAST(b AS DOUBLE PRECISION) / 2"),
    ]);
}

#[test]
fn comparisons_do_not_chain() {
    let eq = Expr::equal;
    check(vec![
        same(eq(a(), b()), "a = b"),
        same(op(O::NotEqual, a(), b()), "a <> b"),
        same(op(O::LessEqual, a(), b()), "a <= b"),
        same(op(O::Greater, a(), b()), "a > b"),
        same(op(O::GreaterEqual, a(), b()), "a >= b"),
        same(eq(eq(a(), b()), c()), "(a = b) = c"),
        same(eq(a(), is_null(b())), "a = (b IS NULL)"),
        same(eq(add(a(), b()), c()), "a + b = c"),
        same(is_null(eq(a(), b())), "(a = b) IS NULL"),
        same(is_null(add(a(), b())), "a + b IS NULL"),
        same(is_true(is_null(a())), "(a IS NULL) IS TRUE"),
        same(Expr::NullSafeEqual(a().boxed(), b().boxed()), "a IS NOT DISTINCT FROM b"),
        same(
            Expr::NullSafeEqual(eq(a(), b()).boxed(), not(c()).boxed()),
            "(a = b) IS NOT DISTINCT FROM (NOT c)",
        ),
    ]);
}

#[test]
fn conditions_have_few_parentheses() {
    let eq = |a: Expr| Expr::equal(a, n("1"));
    let and = |list: Vec<Expr>| Expr::And(list);
    let or = |list: Vec<Expr>| Expr::Or(list);
    check(vec![
        same(and(vec![]), "TRUE"),
        same(or(vec![]), "FALSE"),
        same(and(vec![a()]), "a"),
        same(and(vec![eq(a()), eq(b()), eq(c())]), "a = 1 AND b = 1 AND c = 1"),
        same(and(vec![or(vec![a(), b()]), c()]), "(a OR b) AND c"),
        same(or(vec![and(vec![a(), b()]), c()]), "a AND b OR c"),
        same(or(vec![or(vec![a()]), c()]), "a OR c"),
        same(eq(and(vec![a(), b()])), "(a AND b) = 1"),
        same(not(a()), "NOT a"),
        same(not(and(vec![a(), b()])), "NOT (a AND b)"),
        same(not(not(a())), "NOT (NOT a)"),
        same(and(vec![not(a()), b()]), "NOT a AND b"),
        same(eq(not(a())), "(NOT a) = 1"),
        same(is_true(and(vec![a(), b()])), "(a AND b) IS TRUE"),
        same(is_true(or(vec![eq(a())])), "(a = 1) IS TRUE"),
        same(Expr::IsNotTrue(eq(a()).boxed()), "(a = 1) IS NOT TRUE"),
    ]);
}

#[test]
fn a_negation_has_a_word_of_its_own() {
    let eq = || Expr::equal(a(), b());
    check(vec![
        same(not(eq()), "a <> b"),
        same(not(not(eq())), "NOT (a <> b)"),
        same(not(op(O::NotEqual, a(), b())), "a = b"),
        same(not(op(O::Less, a(), b())), "NOT (a < b)"),
        same(not(is_null(a())), "a IS NOT NULL"),
        same(not(Expr::IsNull { value: a().boxed(), negated: true }), "a IS NULL"),
        same(not(Expr::NullSafeEqual(a().boxed(), b().boxed())), "a IS DISTINCT FROM b"),
        same(not(is_true(a())), "a IS NOT TRUE"),
        same(not(Expr::IsNotTrue(a().boxed())), "a IS TRUE"),
        same(not(within(a(), vec![n("1")])), "a NOT IN (1)"),
        same(not(between(a(), n("1"), n("2"))), "a NOT BETWEEN 1 AND 2"),
        (not(like(a(), b())), "a NOT LIKE b", "a NOT LIKE b ESCAPE ''"),
    ]);
}

#[test]
fn lists_ranges_and_patterns() {
    check(vec![
        same(within(a(), vec![n("1"), n("-2")]), "a IN (1, -2)"),
        same(within(a(), vec![]), "FALSE"),
        same(not(within(a(), vec![])), "TRUE"),
        same(within(Expr::equal(a(), b()), vec![c()]), "(a = b) IN (c)"),
        same(between(a(), n("-1"), add(b(), c())), "a BETWEEN -1 AND b + c"),
        same(between(a(), Expr::equal(a(), b()), c()), "a BETWEEN (a = b) AND c"),
        same(Expr::And(vec![between(a(), n("1"), n("2")), b()]), "a BETWEEN 1 AND 2 AND b"),
        (like(a(), Expr::text("C%")), "a LIKE 'C%'", "a LIKE 'C%' ESCAPE ''"),
        (like(a(), Expr::text("\\_%")), "a LIKE '\\_%'", "a LIKE E'\\\\_%' ESCAPE ''"),
        (Expr::equal(like(a(), b()), c()), "(a LIKE b) = c", "(a LIKE b ESCAPE '') = c"),
    ]);
}

#[test]
fn cases_and_casts() {
    check(vec![
        same(case(vec![(a(), n("1"))], None), "CASE WHEN a THEN 1 END"),
        same(
            case(vec![(a(), n("1")), (b(), n("2"))], Some(n("-3"))),
            "CASE WHEN a THEN 1 WHEN b THEN 2 ELSE -3 END",
        ),
        same(add(case(vec![(a(), n("1"))], None), n("1")), "CASE WHEN a THEN 1 END + 1"),
        same(case(vec![], None), "NULL"),
        same(case(vec![], Some(n("1"))), "1"),
        (Expr::Cast(add(a(), b()).boxed(), Type::Text), "CAST(a + b AS VARCHAR)", "CAST(a + b AS TEXT)"),
        (Expr::Cast(a().boxed(), Type::Decimal(None)), "CAST(a AS DECIMAL(38, 9))", "CAST(a AS NUMERIC)"),
        (
            Expr::Cast(a().boxed(), Type::Decimal(Some((10, 2)))),
            "CAST(a AS DECIMAL(10, 2))",
            "CAST(a AS NUMERIC(10, 2))",
        ),
        same(Expr::Cast(a().boxed(), Type::Integer), "CAST(a AS BIGINT)"),
        same(Expr::Cast(a().boxed(), Type::Boolean), "CAST(a AS BOOLEAN)"),
        same(Expr::Cast(a().boxed(), Type::Date), "CAST(a AS DATE)"),
        same(Expr::Cast(a().boxed(), Type::Timestamp), "CAST(a AS TIMESTAMP)"),
        same(Expr::Cast(a().boxed(), Type::Instant), "CAST(a AS TIMESTAMPTZ)"),
    ]);
}

#[test]
fn long_expressions_are_broken_where_they_are_read() {
    let name = |i: usize| col(&format!("a_rather_long_name_number_{i}"));
    let all = Expr::Or((1..=4).map(|i| Expr::equal(name(i), n("1"))).collect());
    let text = "CASE\n    WHEN a_rather_long_name_number_1 = 1\n      OR a_rather_long_name_number_2 = 1\n      OR a_rather_long_name_number_3 = 1\n      OR a_rather_long_name_number_4 = 1 THEN 1\n    ELSE 0\n  END";
    check(vec![same(case(vec![(all, n("1"))], Some(n("0"))), text)]);
}

#[test]
fn the_one_value_of_rows_around() {
    let text = "(
    SELECT
      max(p.y) AS z
    FROM (
      VALUES
        (a),
        (b)
    ) AS p(y)
  )";
    let most = aggregate(Agg::Max, vec![Expr::of("p", "y")], None);
    check(vec![same(one_value(vec![a(), b()], most), text)]);
}

/// `(SELECT value AS z FROM (VALUES (row), …) AS p(y))`
fn one_value(rows: Vec<Expr>, value: Expr) -> Expr {
    let rows = rows.into_iter().map(|row| vec![row]).collect();
    let table = Table::Values { columns: vec!["y".into()], rows };
    let from = Some(From { table, alias: Some("p".into()) });
    Expr::OneValue(Box::new(Select { items: vec![value.alias("z")], from, ..Select::default() }))
}

fn chosen() -> Expr {
    let default = Literal::Date("2026-01-31".into());
    Expr::Parameter(Parameter { name: "range_start".into(), ty: Type::Date, default })
}

#[test]
fn a_parameter_is_what_its_purpose_makes_it() {
    let sql = |purpose| {
        let dialect = crate::dialect::by_name("postgres").expect("it exists");
        crate::dialect::print_for(&super::select(chosen()), dialect, purpose).expect("it can")
    };
    assert_eq!(sql(Purpose::Run), "SELECT\n  DATE '2026-01-31' AS value");
    assert_eq!(sql(Purpose::Bind), "SELECT\n  CAST($1 AS DATE) AS value");
    assert_eq!(
        sql(Purpose::Dbt),
        "SELECT\n  CAST('{{ var('kpic_range_start', '2026-01-31') }}' AS DATE) AS value"
    );
}

/// A name for each kind; a new kind does not compile without one.
fn kind(expr: &Expr) -> &'static str {
    match expr {
        Expr::Column { .. } => "column",
        Expr::Literal(_) => "literal",
        Expr::Parameter(_) => "parameter",
        Expr::Negate(_) => "negate",
        Expr::Not(_) => "not",
        Expr::Binary(..) => "binary",
        Expr::And(_) => "and",
        Expr::Or(_) => "or",
        Expr::Divide(..) => "divide",
        Expr::NullSafeEqual(..) => "null-safe",
        Expr::IsNull { .. } => "is null",
        Expr::IsTrue(_) => "is true",
        Expr::IsNotTrue(_) => "is not true",
        Expr::In { .. } => "in",
        Expr::Between { .. } => "between",
        Expr::Like { .. } => "like",
        Expr::Case { .. } => "case",
        Expr::Cast(..) => "cast",
        Expr::Call(..) => "call",
        Expr::Aggregate(_) => "aggregate",
        Expr::Truncate { .. } => "truncate",
        Expr::MonthOf(_) => "month",
        Expr::Extract(..) => "extract",
        Expr::Shift { .. } => "shift",
        Expr::Seconds { .. } => "seconds",
        Expr::Instant { .. } => "instant",
        Expr::ToZone { .. } => "zone",
        Expr::UtcOf(_) => "utc",
        Expr::Over { .. } => "over",
        Expr::DaysBetween { .. } => "days",
        Expr::OneValue(_) => "one value",
        Expr::Row(_) => "row",
    }
}

/// Each kind within each other one parses again: no parenthesis is missing that the
/// parser would miss.
#[test]
fn every_kind_inside_of_every_other() {
    let around: Vec<fn(Expr) -> Expr> = vec![
        minus,
        not,
        |e| sub(a(), e),
        |e| mul(e, a()),
        |e| Expr::equal(e, a()),
        |e| Expr::And(vec![a(), e]),
        |e| Expr::Or(vec![e, a()]),
        |e| div(e.clone(), e),
        |e| Expr::NullSafeEqual(e.boxed(), a().boxed()),
        is_null,
        is_true,
        |e| Expr::IsNotTrue(e.boxed()),
        |e| within(e.clone(), vec![e]),
        |e| between(e.clone(), e.clone(), e),
        |e| like(e.clone(), e),
        |e| case(vec![(e.clone(), e.clone())], Some(e)),
        |e| Expr::Cast(e.boxed(), Type::Text),
        |e| Expr::Call(F::Concat, vec![e.clone(), e]),
        |e| Expr::Call(F::Contains, vec![e.clone(), e]),
        |e| aggregate(Agg::Sum, vec![e.clone()], Some(e)),
        |e| Expr::Truncate { to: Part::Week, week_start: 7, value: e.boxed() },
        |e| Expr::MonthOf(e.boxed()),
        |e| Expr::Extract(Part::Month, e.boxed()),
        |e| Expr::Shift { value: e.boxed(), step: Step { count: -1, unit: Part::Day }, to: Type::Date },
        |e| Expr::Seconds { start: e.clone().boxed(), end: e.boxed(), of_instants: false },
        |e| Expr::ToZone { value: e.boxed(), from: Some("UTC".into()), to: "Europe/Paris".into() },
        |e| Expr::Instant { value: e.boxed(), zone: "Europe/Paris".into() },
        |e| Expr::UtcOf(e.boxed()),
        |e| {
            let order = vec![OrderBy::down(e.clone()), OrderBy::up(e.clone())];
            Expr::Over { function: WindowFunction::RowNumber, partition: vec![e], order }
        },
        |e| {
            let function = WindowFunction::CountUpTo(e.clone().boxed());
            Expr::Over { function, partition: Vec::new(), order: vec![OrderBy::up(e)] }
        },
        |e| {
            let order = vec![OrderBy::down(e.clone())];
            Expr::Over { function: WindowFunction::Rank, partition: vec![e], order }
        },
        |e| {
            let function = WindowFunction::SumUpTo(e.clone().boxed());
            Expr::Over { function, partition: vec![e.clone()], order: vec![OrderBy::down(e)] }
        },
        |e| {
            let function = WindowFunction::Of(Agg::Min, e.clone().boxed());
            Expr::Over { function, partition: vec![e], order: Vec::new() }
        },
        |e| Expr::DaysBetween { start: e.clone().boxed(), end: e.boxed() },
        |e| one_value(vec![e.clone()], e),
        |e| Expr::Row(vec![e.clone(), e]),
        |e| {
            let function = WindowFunction::MinBefore(e.clone().boxed());
            Expr::Over { function, partition: vec![e.clone()], order: vec![OrderBy::up(e)] }
        },
        |e| {
            let function = WindowFunction::SumUpTo(e.clone().boxed());
            Expr::Over { function, partition: Vec::new(), order: vec![OrderBy::up(e)] }
        },
    ];
    let inner: Vec<Expr> =
        around.iter().map(|wrap| wrap(b())).chain([n("-1"), Expr::text("x"), a(), chosen()]).collect();
    let kinds: BTreeSet<&str> = inner.iter().map(kind).collect();
    assert_eq!(kinds.len(), 32, "a kind is missing: {kinds:?}");
    for wrap in &around {
        for inside in &inner {
            for dialect in DIALECTS {
                spelt(&wrap(inside.clone()), dialect);
            }
        }
    }
}
