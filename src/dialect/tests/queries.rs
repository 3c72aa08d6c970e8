//! Whole queries: clauses, joins, what stands on a line of its own.

use super::{DIALECTS, printed, query};
use crate::dialect::{by_name, print};
use crate::sql::{
    Aggregate, AggregateFunction as Agg, Body, Cte, Expr, From, GroupBy, Item, Join, JoinKind, Literal,
    Nulls, Operator, OrderBy, Part, Query, Select, Step, Table, Type,
};

fn of(table: &str, column: &str) -> Expr {
    Expr::of(table, column)
}

fn named(table: Table, alias: &str) -> From {
    From { table, alias: Some(alias.into()) }
}

fn count() -> Expr {
    Expr::Aggregate(Aggregate { function: Agg::Count, args: vec![], filter: None })
}

fn from_orders(items: Vec<Item>) -> Select {
    let table = Table::Named { path: vec!["shop".into(), "Orders".into()], types: Vec::new() };
    Select { items, from: Some(named(table, "o")), ..Select::default() }
}

fn both(query: &Query, text: &str) {
    for dialect in DIALECTS {
        assert_eq!(printed(query, dialect), text, "on {dialect}");
    }
}

fn one(select: Select) -> Query {
    query(Body::Select(Box::new(select)))
}

#[test]
fn clauses_stand_on_lines_of_their_own() {
    let mut select = from_orders(vec![
        of("o", "day").alias("day"),
        of("o", "channel").alias("Channel"),
        count().alias("orders"),
    ]);
    select.joins = vec![Join {
        kind: JoinKind::Left,
        from: named(Table::Cte("customers".into()), "c"),
        on: Some(Expr::equal(of("c", "id"), of("o", "customer"))),
    }];
    select.filter = Some(Expr::And(vec![
        Expr::binary(
            Operator::GreaterEqual,
            of("o", "day"),
            Expr::Literal(Literal::Date("2026-01-01".into())),
        ),
        Expr::Or(vec![of("o", "paid"), of("o", "shipped")]),
    ]));
    select.group_by = GroupBy::Keys(vec![of("o", "day"), of("o", "channel"), of("c", "country")]);
    select.having = Some(Expr::binary(Operator::Greater, count(), Expr::number(1)));
    let order = |expr, descending, nulls| OrderBy { expr, descending, nulls };
    let query = Query {
        order_by: vec![
            order(Expr::column("day"), false, Nulls::Never),
            order(Expr::column("orders"), true, Nulls::Last),
            order(Expr::column("Channel"), false, Nulls::First),
        ],
        ..one(select)
    };
    both(
        &query,
        r#"SELECT
  o.day,
  o.channel AS "Channel",
  count(*) AS orders
FROM shop."Orders" AS o
LEFT JOIN customers AS c ON c.id = o.customer
WHERE o.day >= DATE '2026-01-01'
  AND (o.paid OR o.shipped)
GROUP BY 1, 2, c.country
HAVING count(*) > 1
ORDER BY day, orders DESC NULLS LAST, "Channel" NULLS FIRST"#,
    );
}

#[test]
fn a_constant_key_is_no_ordinal() {
    let mut select = from_orders(vec![count().alias("orders")]);
    select.group_by =
        GroupBy::Keys(vec![Expr::number(1), Expr::text("a"), Expr::Literal(Literal::Boolean(true))]);
    let keys = |ty: &str| {
        format!(
            "SELECT\n  count(*) AS orders\nFROM shop.\"Orders\" AS o\nGROUP BY CAST(1 AS {ty}), CAST('a' AS {ty}), CAST(TRUE AS {ty})"
        )
    };
    assert_eq!(printed(&one(select.clone()), "duckdb"), keys("VARCHAR"));
    assert_eq!(printed(&one(select), "postgres"), keys("TEXT"));
}

#[test]
fn common_tables_and_unions() {
    let part = |value: i32| Select { items: vec![Expr::number(value).alias("x")], ..Select::default() };
    let query = Query {
        ctes: vec![
            Cte {
                name: "both".into(),
                comment: None,
                materialized: true,
                body: Body::UnionAll(vec![part(1), part(2)]),
            },
            Cte {
                name: "segments".into(),
                comment: Some("the segments asked".into()),
                materialized: false,
                body: Body::Values {
                    columns: vec!["segment".into(), "Nr".into()],
                    rows: vec![
                        vec![Expr::text("a"), Expr::number(1)],
                        vec![Expr::text("b"), Expr::number(2)],
                    ],
                },
            },
        ],
        body: Body::Select(Box::new(Select {
            distinct: true,
            items: vec![Item::All(Some("both".into())), of("segments", "Nr").alias("nr")],
            from: Some(From::cte("both")),
            joins: vec![Join { kind: JoinKind::Cross, from: From::cte("segments"), on: None }],
            ..Select::default()
        })),
        order_by: Vec::new(),
    };
    both(
        &query,
        r#"WITH "both" AS MATERIALIZED (
  SELECT
    1 AS x
  UNION ALL
  SELECT
    2 AS x
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('a', 1),
      ('b', 2)
  ) AS q(segment, "Nr")
)
SELECT DISTINCT
  "both".*,
  segments."Nr" AS nr
FROM "both"
CROSS JOIN segments"#,
    );
}

#[test]
fn the_nearest_row_by_several_values() {
    let at = |table: &str| Expr::Row(vec![of(table, "at"), of(table, "id")]);
    let on = Expr::And(vec![
        Expr::equal(of("n", "visitor"), of("o", "visitor")),
        Expr::binary(Operator::Greater, at("n"), at("o")),
    ]);
    let mut select = from_orders(vec![Item::All(Some("n".into()))]);
    let from = named(Table::Cte("later".into()), "n");
    select.joins.push(Join { kind: JoinKind::AsOf, from, on: Some(on) });
    let able =
        DIALECTS.into_iter().filter(|name| by_name(name).is_some_and(|d| d.capabilities().as_of_joins));
    // No parser that is here knows such joins of this engine.
    let texts: Vec<String> = able
        .map(|name| print(&one(select.clone()), by_name(name).expect("it is known")).expect("it can"))
        .collect();
    let text = r#"SELECT n.*
FROM shop."Orders" AS o
ASOF JOIN later AS n
  ON n.visitor = o.visitor
  AND row(n."at", n.id) > row(o."at", o.id)"#;
    assert_eq!(texts, [text]);
}

#[test]
fn relations_of_all_kinds() {
    let inner = one(from_orders(vec![Item::All(None)]));
    let select = Select {
        items: vec![Item::All(None)],
        from: Some(named(Table::Subquery(Box::new(inner)), "s")),
        joins: vec![
            Join {
                kind: JoinKind::Inner,
                from: From {
                    table: Table::Sql { text: "select 1 -- one;\n;".into(), types: Vec::new() },
                    alias: None,
                },
                on: None,
            },
            Join {
                kind: JoinKind::Inner,
                from: named(Table::Sql { text: "select 2\n  as two".into(), types: Vec::new() }, "u"),
                on: Some(Expr::And(vec![of("u", "two"), of("s", "x")])),
            },
        ],
        ..Select::default()
    };
    both(
        &one(select),
        r#"SELECT *
FROM (
  SELECT *
  FROM shop."Orders" AS o
) AS s
JOIN (
select 1 -- one
) AS q ON TRUE
JOIN (
select 2
  as two
) AS u
  ON u.two
  AND s.x"#,
    );
}

#[test]
fn series_of_periods() {
    let series = |first: Literal, last: Literal, unit| {
        query(Body::Series { first, last, step: Step { count: 1, unit }, column: "Start".into() })
    };
    let day = |iso: &str| Literal::Date(iso.into());
    let hour = |iso: &str| Literal::Timestamp(iso.into());
    both(
        &series(day("2026-01-01"), day("2026-04-01"), Part::Quarter),
        "SELECT\n  CAST(start AS DATE) AS \"Start\"\n\
         FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '3 months') AS periods(start)",
    );
    both(
        &series(hour("2026-01-01 00:00:00"), hour("2026-01-01 02:00:00"), Part::Hour),
        "SELECT\n  start AS \"Start\"\nFROM generate_series(TIMESTAMP '2026-01-01 00:00:00', \
         TIMESTAMP '2026-01-01 02:00:00', INTERVAL '1 hour') AS periods(start)",
    );
}

#[test]
fn a_tables_own_name_is_said_once() {
    let from = |path: &[&str], alias: &str| {
        let path = path.iter().map(|part| (*part).to_string()).collect();
        let from = Some(named(Table::Named { path, types: Vec::new() }, alias));
        one(Select { items: vec![Item::All(Some(alias.into()))], from, ..Select::default() })
    };
    both(&from(&["orders"], "orders"), "SELECT orders.*\nFROM orders");
    both(&from(&["shop", "orders"], "orders"), "SELECT orders.*\nFROM shop.orders");
    both(&from(&["shop", "Orders"], "orders"), "SELECT orders.*\nFROM shop.\"Orders\" AS orders");
}

/// Depth costs no stack, and the text stays linear.
#[test]
fn deep_trees_are_printed() {
    let depth = 50_000;
    let mut sum = Expr::column("x");
    for _ in 0..depth {
        sum = Expr::binary(Operator::Subtract, Expr::number(1), sum);
    }
    let query = one(Select { items: vec![Item::Expr { expr: sum, alias: "x".into() }], ..Select::default() });
    let dialect = by_name("postgres").expect("it exists");
    let text = print(&query, dialect);
    // Dropping a tree this deep is not the printer's to mend.
    std::mem::forget(query);
    let text = text.expect("a deep tree can be printed");
    assert_eq!(text.matches('(').count(), depth - 1);
    assert!(text.len() < depth * 150, "{} bytes", text.len());
}

#[test]
fn types_of_missing_values_are_said() {
    let select = |ty| Select { items: vec![Expr::null(ty).alias("x")], ..Select::default() };
    let union = query(Body::UnionAll(vec![select(Type::Text), select(Type::Date)]));
    assert_eq!(
        printed(&union, "postgres"),
        "SELECT\n  NULL AS x\nUNION ALL\nSELECT\n  CAST(NULL AS DATE) AS x"
    );
}
