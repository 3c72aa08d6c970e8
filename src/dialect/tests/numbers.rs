//! Numbers of several types beside each other, where a database does not see to that.

use super::{printed, query};
use crate::sql::{Aggregate, AggregateFunction, Body, Expr, From, Function, Operator, Select, Table, Type};

/// An expression over `lines`, of whose columns some are declared.
fn over_lines(expr: Expr, dialect: &str) -> String {
    let types = [("pieces", Type::Integer), ("boxes", Type::Integer), ("weight", Type::Double)];
    let types = types.map(|(name, ty)| (name.to_owned(), ty)).to_vec();
    let select = Select {
        items: vec![expr.alias("value")],
        from: Some(From { table: Table::Named { path: vec!["lines".into()], types }, alias: None }),
        ..Select::default()
    };
    let text = printed(&query(Body::Select(Box::new(select))), dialect);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = line.strip_prefix("SELECT ").and_then(|line| line.split_once(" AS value"));
    said.expect("one item is selected").0.to_owned()
}

fn of(name: &str) -> Expr {
    Expr::of("lines", name)
}

fn times(a: Expr, b: Expr) -> Expr {
    Expr::binary(Operator::Multiply, a, b)
}

#[test]
fn small_integers_are_not_computed_with_among_themselves() {
    let says = |expr| over_lines(expr, "datafusion");
    assert_eq!(says(times(of("pieces"), of("boxes"))), "CAST(lines.pieces AS BIGINT) * lines.boxes");
    assert_eq!(says(times(of("other"), of("pieces"))), "lines.other * CAST(lines.pieces AS BIGINT)");
    assert_eq!(says(times(of("other"), of("another"))), "1 * lines.other * lines.another");
    assert_eq!(
        says(Expr::binary(Operator::Add, of("pieces"), of("boxes"))),
        "CAST(lines.pieces AS BIGINT) + lines.boxes"
    );
    // It may be days less days.
    assert_eq!(
        says(Expr::binary(Operator::Subtract, of("other"), of("another"))),
        "lines.other - lines.another"
    );
    assert_eq!(says(times(of("pieces"), Expr::number(2))), "lines.pieces * 2");
    assert_eq!(says(times(of("weight"), of("weight"))), "lines.weight * lines.weight");
    let largest = Aggregate { function: AggregateFunction::Max, args: vec![of("pieces")], filter: None };
    assert_eq!(says(Expr::Aggregate(largest)), "max(CAST(lines.pieces AS BIGINT))");
    assert_eq!(over_lines(times(of("pieces"), of("boxes")), "postgres"), "lines.pieces * lines.boxes");
}

#[test]
fn digits_beside_doubles_are_doubles() {
    let more = |than| Expr::binary(Operator::Greater, of("weight"), Expr::number(than));
    let or_half = |value| Expr::Call(Function::Coalesce, vec![value, Expr::number("0.5")]);
    assert_eq!(over_lines(more("0.5"), "datafusion"), "lines.weight > 0.5");
    assert_eq!(over_lines(more("-0.5"), "datafusion"), "lines.weight > -0.5");
    assert_eq!(over_lines(more("2"), "datafusion"), "lines.weight > 2");
    assert_eq!(over_lines(or_half(of("weight")), "datafusion"), "COALESCE(lines.weight, 0.5)");
    assert_eq!(
        over_lines(or_half(of("other")), "datafusion"),
        "COALESCE(lines.other, CAST('0.5' AS DECIMAL(1, 1)))"
    );
    let either = Expr::Case { whens: vec![(more("1"), of("other"))], otherwise: Some(of("weight").boxed()) };
    assert_eq!(
        over_lines(either, "clickhouse"),
        "CASE WHEN lines.weight > 1 THEN CAST(lines.other AS Float64) ELSE lines.weight END"
    );
}

#[test]
fn decimals_have_room_and_one_scale() {
    let says = |expr| over_lines(expr, "clickhouse");
    let price = || Expr::Cast(of("price").boxed(), Type::Decimal(Some((9, 2))));
    let or = |digits| Expr::Call(Function::Coalesce, vec![price(), Expr::number(digits)]);
    assert_eq!(says(or("0")), "coalesce(CAST(lines.price AS Decimal(38, 2)), 0)");
    assert_eq!(says(or("0.5")), "coalesce(CAST(lines.price AS Decimal(38, 2)), toDecimal128('0.50', 2))");
    assert_eq!(
        says(or("0.125")),
        "coalesce(CAST(CAST(lines.price AS Decimal(38, 2)) AS Decimal(38, 3)), toDecimal128('0.125', 3))"
    );
    assert_eq!(
        says(times(price(), Expr::number("0.2"))),
        "CAST(lines.price AS Decimal(38, 2)) * toDecimal128('0.2', 1)"
    );
    let or_null = Expr::Call(Function::Coalesce, vec![price(), Expr::null(Type::Double)]);
    assert_eq!(
        over_lines(or_null, "datafusion"),
        "COALESCE(CAST(lines.price AS DECIMAL(9, 2)), CAST(NULL AS DECIMAL(1, 0)))"
    );
}
