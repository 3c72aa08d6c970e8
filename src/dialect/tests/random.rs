//! Random trees parse again, and their literals come back.

use proptest::prelude::*;
use sqlparser::ast::{Expr as Parsed, SelectItem, SetExpr, Statement, Value};
use sqlparser::parser::Parser;

use super::{DIALECTS, printed, select};
use crate::dialect::by_name;
use crate::sql::{Expr, Function, Operator, Part, Step, Type};

/// Characters that break out of something somewhere, among others.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        2 => prop::sample::select(vec!['\'', '"', '\\', '-', '/', '*', ';', '$', '`', '\n', '\r', '\t', '%', '{', 'é', '😀']),
        1 => any::<char>(),
    ];
    let signs = prop::collection::vec(sign, 0..16);
    signs.prop_map(|signs| signs.into_iter().filter(|c| *c != '\0').collect())
}

fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        let short: String = text.chars().take(12).collect();
        if short.is_empty() { "x".into() } else { short }
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        text().prop_map(Expr::text),
        name().prop_map(Expr::column),
        (name(), name()).prop_map(|(table, column)| Expr::of(table, column)),
        any::<i64>().prop_map(Expr::number),
        (any::<i32>(), 0..1000_u32).prop_map(|(whole, part)| Expr::number(format!("{whole}.{part}"))),
        Just(Expr::null(Type::Double)),
    ]
}

fn tree() -> impl Strategy<Value = Expr> {
    use Operator as O;
    let operators = prop::sample::select(vec![
        O::Equal,
        O::NotEqual,
        O::Less,
        O::LessEqual,
        O::Greater,
        O::GreaterEqual,
        O::Add,
        O::Subtract,
        O::Multiply,
    ]);
    let functions = prop::sample::select(Function::ALL.to_vec());
    let count = |function: Function| match function {
        Function::Replace | Function::Substring => 3,
        _ => 2,
    };
    leaf().prop_recursive(5, 40, 3, move |inner| {
        let two = || (inner.clone(), inner.clone());
        let list = || prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            (operators.clone(), inner.clone(), inner.clone()).prop_map(|(op, a, b)| Expr::binary(op, a, b)),
            two().prop_map(|(a, b)| Expr::Divide(a.boxed(), b.boxed())),
            two().prop_map(|(a, b)| Expr::NullSafeEqual(a.boxed(), b.boxed())),
            two().prop_map(|(a, b)| Expr::Like { value: a.boxed(), pattern: b.boxed() }),
            inner.clone().prop_map(|a| Expr::Not(a.boxed())),
            inner.clone().prop_map(|a| Expr::Negate(a.boxed())),
            inner.clone().prop_map(|a| Expr::IsTrue(a.boxed())),
            inner.clone().prop_map(|a| Expr::IsNull { value: a.boxed(), negated: true }),
            list().prop_map(Expr::And),
            list().prop_map(Expr::Or),
            (inner.clone(), list()).prop_map(|(a, list)| Expr::In { value: a.boxed(), list }),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(v, low, high)| Expr::Between {
                value: v.boxed(),
                low: low.boxed(),
                high: high.boxed()
            }),
            (prop::collection::vec(two(), 0..3), prop::option::of(inner.clone()))
                .prop_map(|(whens, otherwise)| Expr::Case { whens, otherwise: otherwise.map(Box::new) }),
            (functions.clone(), prop::collection::vec(inner.clone(), 3)).prop_map(
                move |(function, mut args)| {
                    args.truncate(count(function));
                    Expr::Call(function, args)
                }
            ),
            inner.clone().prop_map(|a| Expr::Extract(Part::Year, a.boxed())),
            inner.clone().prop_map(|a| Expr::MonthOf(a.boxed())),
            inner.clone().prop_map(|a| Expr::UtcOf(a.boxed())),
            inner.clone().prop_map(|a| Expr::Truncate { to: Part::Week, week_start: 4, value: a.boxed() }),
            (inner.clone(), -100..100_i64).prop_map(|(a, count)| Expr::Shift {
                value: a.boxed(),
                step: Step { count, unit: Part::Day },
                to: Type::Date
            }),
            inner.clone().prop_map(|a| Expr::ToZone { value: a.boxed(), from: None, to: "it's".into() }),
        ]
    })
}

/// The only item that a parsed query selects.
fn item(sql: &str, dialect: &str) -> Parsed {
    let parser = by_name(dialect).expect("the dialect exists").parser();
    let mut statements = Parser::parse_sql(&*parser, sql).expect("it parses");
    assert_eq!(statements.len(), 1, "{sql}");
    let Statement::Query(query) = statements.remove(0) else { panic!("no query: {sql}") };
    let SetExpr::Select(select) = *query.body else { panic!("no SELECT: {sql}") };
    match select.projection.as_slice() {
        [SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }] => expr.clone(),
        other => panic!("one item expected: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_parses(tree in tree()) {
        for dialect in DIALECTS {
            printed(&select(tree.clone()), dialect);
        }
    }

    #[test]
    fn texts_come_back(text in text()) {
        for dialect in DIALECTS {
            let found = match item(&printed(&select(Expr::text(&*text)), dialect), dialect) {
                Parsed::Value(value) => match value.value {
                    Value::SingleQuotedString(found) | Value::EscapedStringLiteral(found) => found,
                    other => panic!("a text expected: {other:?}"),
                },
                other => panic!("a text expected: {other:?}"),
            };
            prop_assert_eq!(&found, &text);
        }
    }

    #[test]
    fn names_come_back(table in name(), column in name()) {
        for dialect in DIALECTS {
            let Parsed::CompoundIdentifier(parts) =
                item(&printed(&select(Expr::of(&*table, &*column)), dialect), dialect)
            else {
                panic!("a column expected")
            };
            let found: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
            prop_assert_eq!(found, [&table, &column]);
        }
    }

    /// Whatever a comment holds, the query beneath is the query.
    #[test]
    fn a_tree_made_anew_of_its_own_parts_is_the_same(expr in tree()) {
        let query = select(expr);
        let mut seen = 0;
        let again = query.map(&mut |part| { seen += 1; part });
        prop_assert_eq!(&again, &query);
        prop_assert!(seen > 0);
    }

    #[test]
    fn comments_are_no_sql(comment in text()) {
        let with = |comment: Option<String>| crate::sql::Query {
            ctes: vec![crate::sql::Cte {
                name: "a".into(),
                comment,
                materialized: false,
                body: select(Expr::number(1)).body,
            }],
            ..select(Expr::of("a", "value"))
        };
        for dialect in DIALECTS {
            let parse = |query| {
                let parser = by_name(dialect).expect("the dialect exists").parser();
                Parser::parse_sql(&*parser, &printed(&query, dialect)).expect("it parses")
            };
            prop_assert_eq!(parse(with(Some(comment.clone()))), parse(with(None)));
        }
    }
}
