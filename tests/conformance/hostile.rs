//! Hostile texts and names come back as data, and change no query's meaning.

use std::sync::Arc;

use kpic::sql::{Body, Cte, Expr, From, Item, Query, Select};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::engine::all;
use crate::server::Server;

pub fn trials(server: &Arc<Server>) -> Vec<Trial> {
    let texts = Arc::clone(server);
    let patterns = Arc::clone(server);
    let keywords = Arc::clone(server);
    vec![
        Trial::test("hostile::every_keyword_is_a_name", move || keywords_are_names(&keywords)),
        Trial::test("hostile::texts_and_names_are_data", move || round_trip(&texts)),
        Trial::test("hostile::patterns_are_literal_elsewhere", move || patterns_match(&patterns)),
    ]
}

/// What breaks out of quotes somewhere, and any other characters.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "'",
        "''",
        "\"",
        "\"\"",
        "\\",
        "\\'",
        "\\\\",
        "`",
        "--",
        "/*",
        "*/",
        ";",
        "$$",
        "$a$",
        "E'",
        "U&'",
        "\n",
        "\r",
        "\t",
        "\u{1}",
        "\u{7f}",
        "\u{a0}",
        "\u{202e}",
        "\u{feff}",
        "%",
        "_",
        "{0}",
        "{{",
        "}}",
        "?",
        "$1",
        ":a",
        "@",
        "#",
        " ",
        "a",
        "B",
        "é",
        "e\u{301}",
        "😀",
        "select",
        "drop table t",
    ];
    let piece = prop_oneof![
        3 => prop::sample::select(pieces).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    let texts = prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat());
    // No database holds one; printing it is refused.
    texts.prop_map(|text| text.replace('\0', ""))
}

/// At most as long as PostgreSQL takes.
fn name() -> impl Strategy<Value = String> {
    hostile().prop_map(|mut text| {
        while text.len() > 63 {
            text.pop();
        }
        if text.is_empty() { "order".to_string() } else { text }
    })
}

/// `WITH name AS (SELECT text AS column) SELECT column FROM name`, with a comment.
fn query(text: &str, column: &str, cte: &str, comment: &str) -> Query {
    let inner = Select { items: vec![Expr::text(text).alias(column)], ..Select::default() };
    let outer = Select {
        items: vec![Item::All(None), Expr::of(cte, column).alias("again")],
        from: Some(From::cte(cte)),
        ..Select::default()
    };
    let cte = Cte {
        name: cte.into(),
        comment: Some(comment.into()),
        materialized: false,
        body: Body::Select(Box::new(inner)),
    };
    Query { ctes: vec![cte], body: Body::Select(Box::new(outer)), order_by: Vec::new() }
}

fn round_trip(server: &Server) -> Result<(), Failed> {
    let mut engines = all(server)?;
    // What a backslash means in a plain literal is a setting there.
    let mut old: postgres::Client = server.database()?;
    old.batch_execute("set standard_conforming_strings = off; set escape_string_warning = off")?;
    engines.push(Box::new(old));
    let engines = std::cell::RefCell::new(engines);
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner.run(&(hostile(), name(), name(), hostile()), |(text, column, cte, comment)| {
        // Engines do not tell capitals apart.
        prop_assume!(column.to_lowercase() != "again");
        for engine in engines.borrow_mut().iter_mut() {
            let (columns, rows) =
                engine.ask(&query(&text, &column, &cte, &comment)).map_err(TestCaseError::fail)?;
            prop_assert_eq!(&columns, &[column.clone(), "again".to_string()]);
            prop_assert_eq!(&rows, &[vec![Some(text.clone()), Some(text.clone())]]);
        }
        Ok(())
    })?;
    Ok(())
}

/// What each engine calls a keyword names a column, an alias and a table.
fn keywords_are_names(server: &Server) -> Result<(), Failed> {
    for mut engine in all(server)? {
        let list = match engine.dialect().name() {
            "duckdb" => "select keyword_name from duckdb_keywords()",
            _ => "select word from pg_get_keywords()",
        };
        let (_, words) = engine.run(list)?;
        for word in words.iter().flatten().flatten() {
            let (columns, rows) = engine.ask(&query("x", word, word, word))?;
            if columns[0] != *word || rows != [vec![Some("x".to_string()); 2]] {
                return Err(
                    format!("`{word}` on {} gives {columns:?} {rows:?}", engine.dialect().name()).into()
                );
            }
        }
        if words.len() < 300 {
            return Err(format!("{} has only {} keywords", engine.dialect().name(), words.len()).into());
        }
    }
    Ok(())
}

/// Texts and patterns of few characters, so that they match often.
fn patterns_match(server: &Server) -> Result<(), Failed> {
    let engines = std::cell::RefCell::new(all(server)?);
    let text = || "[ab%_\\\\']{0,6}";
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner.run(&(text(), text()), |(value, pattern)| {
        let like = Expr::Like { value: Expr::text(&*value).boxed(), pattern: Expr::text(&*pattern).boxed() };
        let select = Select { items: vec![like.alias("matches")], ..Select::default() };
        let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
        let value: Vec<char> = value.chars().collect();
        let pattern: Vec<char> = pattern.chars().collect();
        for engine in engines.borrow_mut().iter_mut() {
            let (_, rows) = engine.ask(&query).map_err(TestCaseError::fail)?;
            prop_assert_eq!(&rows, &[vec![Some(matches(&value, &pattern).to_string())]]);
        }
        Ok(())
    })?;
    Ok(())
}

/// LIKE: `%` is any characters, `_` is one, every other sign is itself.
fn matches(value: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => value.is_empty(),
        Some(('%', rest)) => (0..=value.len()).any(|skip| matches(&value[skip..], rest)),
        Some((sign, rest)) => value
            .split_first()
            .is_some_and(|(first, left)| (*sign == '_' || first == sign) && matches(left, rest)),
    }
}
