//! Databases without truth values: what is asked and what is selected.

use super::{printed, query, spelt};
use crate::sql::{
    Aggregate, AggregateFunction, Body, Expr, From, Function, GroupBy, Literal, Operator, Select, Table, Type,
};

fn a() -> Expr {
    Expr::column("a")
}

fn less() -> Expr {
    Expr::binary(Operator::Less, a(), Expr::number(2))
}

fn flag() -> Expr {
    Expr::column("flag")
}

fn value_of(expr: &Expr) -> String {
    spelt(expr, "tsql").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `SELECT a FROM t WHERE …`
fn asked(filter: Expr) -> String {
    let select = Select {
        items: vec![a().alias("a")],
        from: Some(From { table: Table::Named { path: vec!["t".into()], types: Vec::new() }, alias: None }),
        filter: Some(filter),
        ..Select::default()
    };
    let text = printed(&query(Body::Select(Box::new(select))), "tsql");
    let (_, filter) = text.split_once("WHERE ").expect("it has a condition");
    filter.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_selected_is_one_or_zero_or_unknown() {
    assert_eq!(value_of(&less()), "CASE WHEN a < 2 THEN 1 WHEN NOT (a < 2) THEN 0 END");
    assert_eq!(value_of(&Expr::IsTrue(less().boxed())), "CASE WHEN a < 2 THEN 1 ELSE 0 END");
    assert_eq!(value_of(&Expr::IsNotTrue(less().boxed())), "CASE WHEN a < 2 THEN 0 ELSE 1 END");
    assert_eq!(value_of(&Expr::is_there(a())), "CASE WHEN a IS NOT NULL THEN 1 ELSE 0 END");
    assert_eq!(value_of(&Expr::Literal(Literal::Boolean(true))), "1");
    let text = Expr::Cast(less().boxed(), Type::Text);
    assert_eq!(value_of(&text), "CASE WHEN a < 2 THEN 'true' WHEN NOT (a < 2) THEN 'false' END");
}

#[test]
fn what_is_asked_is_a_condition() {
    assert_eq!(asked(flag()), "flag = 1");
    assert_eq!(asked(Expr::Not(flag().boxed())), "flag <> 1");
    assert_eq!(asked(Expr::IsTrue(flag().boxed())), "flag = 1");
    assert_eq!(asked(Expr::Or(vec![flag(), less()])), "flag = 1 OR a < 2");
    assert_eq!(asked(Expr::Literal(Literal::Boolean(false))), "1 = 0");
    assert_eq!(
        asked(Expr::Not(Expr::IsTrue(less().boxed()).boxed())),
        "CASE WHEN a < 2 THEN 0 ELSE 1 END = 1"
    );
    let case = Expr::Case { whens: vec![(flag(), less())], otherwise: None };
    assert_eq!(
        asked(case),
        "CASE WHEN flag = 1 THEN CASE WHEN a < 2 THEN 1 WHEN NOT (a < 2) THEN 0 END END = 1"
    );
}

#[test]
fn a_comparison_of_nulls_is_known_below_not() {
    let same = Expr::NullSafeEqual(a().boxed(), flag().boxed());
    let both = Expr::Not(Expr::And(vec![same, less()]).boxed());
    assert_eq!(
        asked(both),
        "NOT (CASE WHEN (a = flag OR (a IS NULL AND flag IS NULL)) THEN 1 ELSE 0 END = 1 AND a < 2)"
    );
}

#[test]
fn any_is_the_greatest_of_ones_and_zeros() {
    let any = Aggregate { function: AggregateFunction::AnyTrue, args: vec![flag()], filter: None };
    let any = Expr::Aggregate(any);
    assert_eq!(value_of(&any), "MAX(CASE WHEN flag = 1 THEN 1 WHEN flag <> 1 THEN 0 END)");
}

#[test]
fn no_group_has_a_constant_for_a_key() {
    let grouped = |keys| {
        let select = Select {
            items: vec![Expr::text("x").alias("x")],
            from: Some(From {
                table: Table::Named { path: vec!["t".into()], types: Vec::new() },
                alias: None,
            }),
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        };
        printed(&query(Body::Select(Box::new(select))), "tsql")
    };
    assert!(grouped(vec![Expr::text("x"), a()]).ends_with("GROUP BY a"));
    assert!(grouped(vec![Expr::text("x")]).ends_with("FROM t\nHAVING COUNT_BIG(1) > 0"));
}

#[test]
fn texts_and_patterns_are_themselves() {
    assert_eq!(value_of(&Expr::text("a\\")), "'a\\'");
    assert_eq!(spelt(&Expr::text("a\\\nb"), "tsql"), "('a\\' + '\nb')");
    assert_eq!(value_of(&Expr::text("é")), "N'é'");
    let like = Expr::Like { value: a().boxed(), pattern: Expr::text("[b]%").boxed() };
    assert_eq!(asked(like), "a LIKE '[[]b]%'");
    let contains = |part| Expr::Call(Function::Contains, vec![a(), part]);
    assert_eq!(asked(contains(Expr::text("x"))), "CHARINDEX('x', a) > 0");
    assert_eq!(asked(contains(Expr::column("b"))), "CHARINDEX(b, a) > 0 OR b = ''");
}
