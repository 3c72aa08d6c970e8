//! Names, literals and comments.

use super::{DIALECTS, printed, refused, select, spelt};
use crate::dialect::by_name;
use crate::sql::{Body, Cte, Expr, From, Item, Literal, Part, Query, Select, Step, Table, Type};

#[test]
fn names_are_quoted_where_they_have_to_be() {
    let cases = [
        ("revenue", "revenue"),
        ("_net_2", "_net_2"),
        ("2nd", "\"2nd\""),
        ("Revenue", "\"Revenue\""),
        ("été", "\"été\""),
        ("a b", "\"a b\""),
        ("a.b", "\"a.b\""),
        ("a\"b", "\"a\"\"b\""),
        ("\"", "\"\"\"\""),
        ("a'b", "\"a'b\""),
        ("a\\", "\"a\\\""),
        ("--", "\"--\""),
        ("/*", "\"/*\""),
        ("a\nb", "\"a\nb\""),
        ("a$b", "\"a$b\""),
        (" ", "\" \""),
        ("\u{202e}x", "\"\u{202e}x\""),
        ("order", "\"order\""),
        ("select", "\"select\""),
        ("at", "\"at\""),
        ("user_name", "user_name"),
    ];
    for (name, expected) in cases {
        for dialect in DIALECTS {
            assert_eq!(spelt(&Expr::column(name), dialect), expected);
            assert_eq!(spelt(&Expr::of("t", name), dialect), format!("t.{expected}"));
        }
    }
    // Reserved in one of them alone.
    let word = Expr::column("describe");
    assert_eq!(
        (spelt(&word, "duckdb"), spelt(&word, "postgres")),
        ("\"describe\"".into(), "describe".into())
    );
}

#[test]
fn reserved_words_are_sorted_and_each_is_quoted() {
    for name in DIALECTS {
        let words = by_name(name).expect("the dialect exists").reserved_words();
        assert!(words.is_sorted(), "{name} searches its words in order");
        for word in words {
            assert_eq!(spelt(&Expr::column(*word), name), format!("\"{word}\""));
        }
    }
}

#[test]
fn names_that_cannot_be_written_are_refused() {
    for (name, message) in
        [("", "duckdb cannot take an empty name"), ("a\0b", "duckdb cannot take the name \"a\\0b\"")]
    {
        assert_eq!(refused(&select(Expr::column(name)))[0], message);
    }
    let long = "é".repeat(32);
    let cut = crate::dialect::print(&select(Expr::column(&*long)), by_name("postgres").expect("it exists"));
    let found = cut.expect_err("64 bytes are one too many");
    assert!(found[0].reason.as_ref().is_some_and(|why| why.contains("cut silently")), "{found:?}");
    assert_eq!(spelt(&Expr::column(&*long), "duckdb"), format!("\"{long}\""));
    let longest = "a".repeat(63);
    assert_eq!(spelt(&Expr::column(&*longest), "postgres"), longest);
}

#[test]
fn texts_are_between_single_quotes() {
    let cases = [
        ("", "''", "''"),
        ("a", "'a'", "'a'"),
        ("o'clock", "'o''clock'", "'o''clock'"),
        ("''", "''''''", "''''''"),
        ("a\"b", "'a\"b'", "'a\"b'"),
        ("-- x", "'-- x'", "'-- x'"),
        ("/* x */; drop", "'/* x */; drop'", "'/* x */; drop'"),
        ("a\\", "'a\\'", "E'a\\\\'"),
        ("\\'", "'\\'''", "E'\\\\'''"),
        ("a\nb", "'a\nb'", "'a\nb'"),
        ("$$", "'$$'", "'$$'"),
        ("{0}", "'{0}'", "'{0}'"),
        ("é 😀", "'é 😀'", "'é 😀'"),
    ];
    for (text, duckdb, postgres) in cases {
        assert_eq!(spelt(&Expr::text(text), "duckdb"), duckdb);
        assert_eq!(spelt(&Expr::text(text), "postgres"), postgres);
    }
    assert_eq!(
        refused(&select(Expr::text("a\0"))),
        ["duckdb cannot take the text \"a\\0\"", "postgres cannot take the text \"a\\0\""]
    );
}

#[test]
fn numbers_are_digits_and_nothing_else() {
    for digits in ["0", "1.50", "-3", ".5", "5.", "123456789012345678901234567890.12"] {
        assert_eq!(spelt(&Expr::number(digits), "duckdb"), digits);
    }
    assert_eq!(spelt(&Expr::number("+3"), "postgres"), "3");
    for digits in ["", "-", ".", "1e5", "1,5", "1 ", "--1", "1; drop", "0x1", "NaN", "1_000", "１"] {
        assert_eq!(refused(&select(Expr::number(digits))).len(), 2, "{digits:?} is no number");
    }
}

#[test]
fn other_literals() {
    let step = |count, unit| Literal::Interval(Step { count, unit });
    let cases = [
        (Literal::Boolean(true), "TRUE", "TRUE"),
        (Literal::Boolean(false), "FALSE", "FALSE"),
        (Literal::Date("2026-01-15".into()), "DATE '2026-01-15'", "DATE '2026-01-15'"),
        (
            Literal::Timestamp("2026-01-15 08:00:00".into()),
            "TIMESTAMP '2026-01-15 08:00:00'",
            "TIMESTAMP '2026-01-15 08:00:00'",
        ),
        (
            Literal::Instant("2026-01-15 08:00:00Z".into()),
            "TIMESTAMPTZ '2026-01-15 08:00:00Z'",
            "TIMESTAMPTZ '2026-01-15 08:00:00Z'",
        ),
        (step(1, Part::Month), "INTERVAL '1 month'", "INTERVAL '1 month'"),
        (step(-7, Part::Day), "INTERVAL '-7 days'", "INTERVAL '-7 days'"),
        (step(2, Part::Quarter), "INTERVAL '6 months'", "INTERVAL '6 months'"),
        (Literal::Null(Type::Text), "CAST(NULL AS VARCHAR)", "NULL"),
        (Literal::Null(Type::Integer), "CAST(NULL AS BIGINT)", "CAST(NULL AS BIGINT)"),
        (Literal::Null(Type::Decimal(None)), "CAST(NULL AS DECIMAL(1, 0))", "CAST(NULL AS NUMERIC)"),
        (
            Literal::Null(Type::Decimal(Some((10, 2)))),
            "CAST(NULL AS DECIMAL(10, 2))",
            "CAST(NULL AS NUMERIC(10, 2))",
        ),
        (Literal::Null(Type::Double), "CAST(NULL AS DOUBLE)", "CAST(NULL AS DOUBLE PRECISION)"),
    ];
    for (literal, duckdb, postgres) in cases {
        let expr = Expr::Literal(literal);
        assert_eq!(spelt(&expr, "duckdb"), duckdb);
        assert_eq!(spelt(&expr, "postgres"), postgres);
    }
    assert_eq!(
        refused(&select(Expr::Literal(step(1, Part::Weekday))))[0],
        "duckdb cannot take a step of weekdays"
    );
}

#[test]
fn a_comment_ends_where_it_should() {
    let select = Select { items: vec![Item::All(None)], from: Some(From::cte("a")), ..Select::default() };
    let query = |comment: &str| Query {
        ctes: vec![Cte {
            name: "a".into(),
            comment: Some(comment.into()),
            materialized: false,
            body: Body::Select(Box::new(Select {
                items: vec![Expr::number(1).alias("x")],
                ..Select::default()
            })),
        }],
        body: Body::Select(Box::new(select.clone())),
        order_by: Vec::new(),
    };
    let rest = "a AS (\n  SELECT\n    1 AS x\n)\nSELECT *\nFROM a";
    for (comment, lines) in [
        ("sales by day", "-- sales by day\n"),
        ("one\ntwo", "-- one\n-- two\n"),
        ("a\r\u{b}\u{85}\u{2028}drop", "-- adrop\n"),
        ("a */ b", "-- a */ b\n"),
        ("\u{202e}evil", "-- evil\n"),
        ("", ""),
    ] {
        for dialect in DIALECTS {
            let expected = match lines {
                "" => format!("WITH\n{rest}"),
                lines => format!("WITH\n{lines}{rest}"),
            };
            assert_eq!(printed(&query(comment), dialect), expected);
        }
    }
}

#[test]
fn a_file_is_a_literal() {
    let file = |path: &str, types: &[(String, Type)]| {
        let table = Table::File { path: path.into(), types: types.to_vec() };
        let select = Select {
            items: vec![Item::All(None)],
            from: Some(From { table, alias: None }),
            ..Select::default()
        };
        super::query(Body::Select(Box::new(select)))
    };
    let cases = [
        ("a.parquet", "read_parquet('a.parquet')"),
        ("A.PARQUET", "read_parquet('A.PARQUET')"),
        ("x/*.json", "read_json_auto('x/*.json')"),
        ("a.ndjson.gz", "read_json_auto('a.ndjson.gz')"),
        ("a.csv.gz", "read_csv('a.csv.gz')"),
        ("o'clock", "read_csv('o''clock')"),
    ];
    for (path, expected) in cases {
        assert_eq!(printed(&file(path, &[]), "duckdb"), format!("SELECT *\nFROM {expected}"));
    }
    let types = [("it's".to_owned(), Type::Decimal(Some((10, 2)))), ("day".to_owned(), Type::Date)];
    assert_eq!(
        printed(&file("a.csv", &types), "duckdb"),
        "SELECT *\nFROM read_csv('a.csv', types = {'it''s': 'DECIMAL(10, 2)', 'day': 'DATE'})"
    );
    let found = crate::dialect::print(&file("a.csv", &[]), by_name("postgres").expect("it exists"));
    assert_eq!(found.expect_err("it reads no files")[0].message, "postgres cannot take the file `a.csv`");
}
