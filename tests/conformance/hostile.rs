//! Hostile texts and names come back as data, and change no query's meaning.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use kpic::dialect::{Stored, print_stored};
use kpic::sql::{Body, Cte, Expr, From, Item, Join, JoinKind, Query, Select};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::engine::{Answer, Engine, Not, Rows, ask};
use crate::engines::{Chosen, Engines, Listed};

type Check = fn(&mut dyn Engine) -> Result<(), Failed>;

pub fn trials(engines: &Arc<Engines>, listed: &'static Listed) -> Vec<Trial> {
    let checks: [(&str, Check); 4] = [
        ("capitals_tell_columns_apart", capitals),
        ("every_keyword_is_a_name", keywords_are_names),
        ("texts_and_names_are_data", round_trip),
        ("patterns_are_literal_elsewhere", patterns_match),
    ];
    let trial = |(name, check): (&str, Check)| {
        let engines = Arc::clone(engines);
        let name = format!("{}::hostile::{name}", listed.dialect);
        Trial::test(name, move || check(&mut *engines.database(listed)?))
    };
    checks.into_iter().map(trial).collect()
}

/// What a backslash means in a plain literal is a setting of PostgreSQL.
pub fn with_old_backslashes(engines: &Arc<Engines>, chosen: &[Chosen]) -> Option<Trial> {
    chosen.iter().find(|one| one.listed.dialect == "postgres")?;
    let engines = Arc::clone(engines);
    Some(Trial::test("postgres::hostile::texts_with_old_backslashes", move || {
        let mut old = engines.postgres()?.database()?;
        old.batch_execute("set standard_conforming_strings = off; set escape_string_warning = off")?;
        round_trip(&mut old)
    }))
}

/// What breaks out of quotes somewhere, and any other characters.
fn hostile() -> impl Strategy<Value = String> {
    hostile_and(any::<char>().boxed())
}

fn hostile_and(other: BoxedStrategy<char>) -> impl Strategy<Value = String> {
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
        1 => other.prop_map(String::from),
    ];
    let texts = prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat());
    // No database holds one; printing it is refused.
    texts.prop_map(|text| text.replace('\0', ""))
}

/// At most as long as PostgreSQL takes. Most characters are of planes that some databases have
/// no names in: of these there is one.
fn name() -> impl Strategy<Value = String> {
    hostile_and(prop::char::range('\u{1}', '\u{d7ff}').boxed()).prop_map(|mut text| {
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

/// How many texts are tried; of these, a third must not be refused.
const CASES: u32 = 300;

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() })
}

fn round_trip(engine: &mut dyn Engine) -> Result<(), Failed> {
    let (engine, refused) = (RefCell::new(engine), Cell::new(0));
    runner().run(&(hostile(), name(), name(), hostile()), |(text, column, cte, comment)| {
        // Engines do not tell capitals apart.
        prop_assume!(column.to_lowercase() != "again");
        let names = engine.borrow().names(vec![column.clone(), "again".to_string()]);
        match ask(*engine.borrow_mut(), &query(&text, &column, &cte, &comment)) {
            Ok(Answer::Rows((columns, rows))) => {
                prop_assert_eq!(columns, names);
                prop_assert_eq!(&rows, &[vec![Some(text.clone()), Some(text.clone())]]);
            }
            Ok(Answer::Taken) => {}
            // It takes no such name, and does not write another one.
            Err(Not::Said(_)) => refused.set(refused.get() + 1),
            Err(Not::Wrong(why)) => return Err(TestCaseError::fail(why)),
        }
        Ok(())
    })?;
    match refused.get() * 3 > CASES * 2 {
        true => Err(format!("{} of {CASES} are refused, which proves little", refused.get()).into()),
        false => Ok(()),
    }
}

/// What any engine calls a keyword names a column, an alias and a table.
fn keywords_are_names(engine: &mut dyn Engine) -> Result<(), Failed> {
    let mut words = engine.keywords()?;
    let own = words.len();
    words.extend(engine.dialect().reserved_words().iter().map(ToString::to_string));
    let mut duckdb = duckdb::Connection::open_in_memory()?;
    words.extend(Engine::keywords(&mut duckdb)?);
    for word in &mut words {
        *word = word.to_lowercase();
    }
    words.sort();
    words.dedup();
    if words.len() < 300 || (own != 0 && own < 20) {
        return Err(format!("only {} keywords, {own} of its own", words.len()).into());
    }
    let mut refused = Vec::new();
    for words in words.chunks(50) {
        if are_names(engine, words).is_ok() {
            continue;
        }
        for word in words {
            match are_names(engine, std::slice::from_ref(word)) {
                Err(Not::Said(_)) => refused.push(word),
                other => other.map_err(|why| format!("{word}: {why:?}"))?,
            }
        }
    }
    // One that is no name whatever the quotes is refused.
    match refused.len() > 2 {
        true => Err(format!("{refused:?} are refused").into()),
        false => Ok(()),
    }
}

/// Each word names a table of one row, its column, and a column of what is made of all.
fn are_names(engine: &mut dyn Engine, words: &[String]) -> Result<(), Not> {
    let one = |word: &String| query("x", word, word, word).ctes.remove(0);
    let mut tables = words.iter().map(From::cte);
    let select = Select {
        items: words.iter().map(|word| Expr::of(word, word).alias(word)).collect(),
        from: tables.next(),
        joins: tables.map(|from| Join { kind: JoinKind::Cross, from, on: None }).collect(),
        ..Select::default()
    };
    let query = Query {
        ctes: words.iter().map(one).collect(),
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
    };
    match ask(engine, &query) {
        Ok(Answer::Taken) => Ok(()),
        Ok(Answer::Rows((columns, rows))) => {
            let right: Rows = (engine.names(words.to_vec()), vec![vec![Some("x".to_string()); words.len()]]);
            if (&columns, &rows) == (&right.0, &right.1) {
                return Ok(());
            }
            Err(Not::Wrong(format!("{words:?} give {columns:?} {rows:?}")))
        }
        Err(not) => Err(not),
    }
}

/// Two columns that differ in capitals alone are two, or refused: in a result, and in a view.
fn capitals(engine: &mut dyn Engine) -> Result<(), Failed> {
    let items = ["total", "TOTAL"].into_iter().zip([1, 2]);
    let items = items.map(|(name, value)| Expr::number(value).alias(name)).collect();
    let select = Select { items, ..Select::default() };
    let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
    let both = [vec![Some("1".to_string()), Some("2".to_string())]];
    match ask(engine, &query) {
        Ok(Answer::Rows((_, rows))) if rows != both => return Err(format!("{rows:?}").into()),
        Err(Not::Wrong(why)) => return Err(why.into()),
        // Where they are refused in a result a view has none either.
        Ok(_) | Err(Not::Said(_)) => {}
    }
    let Ok(text) = print_stored(&query, engine.dialect(), Stored::View, &["kept_capitals".to_string()])
    else {
        return Ok(());
    };
    for statement in text.split_inclusive(";\n") {
        engine.execute(statement.trim_end_matches(";\n")).map_err(|e| format!("{e}\n{statement}"))?;
    }
    match engine.run("SELECT * FROM kept_capitals")? {
        Answer::Rows((columns, rows)) if columns != ["total", "TOTAL"] || rows != both => {
            Err(format!("the view has {columns:?} {rows:?}").into())
        }
        _ => Ok(()),
    }
}

/// Texts and patterns of few characters, so that they match often.
fn patterns_match(engine: &mut dyn Engine) -> Result<(), Failed> {
    let engine = RefCell::new(engine);
    let text = || "[ab%_\\\\']{0,6}";
    runner().run(&(text(), text()), |(value, pattern)| {
        let like = Expr::Like { value: Expr::text(&*value).boxed(), pattern: Expr::text(&*pattern).boxed() };
        let matching = Expr::Case {
            whens: vec![(like, Expr::text("matches"))],
            otherwise: Some(Expr::text("does not").boxed()),
        };
        let select = Select { items: vec![matching.alias("matching")], ..Select::default() };
        let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
        let value: Vec<char> = value.chars().collect();
        let pattern: Vec<char> = pattern.chars().collect();
        match ask(*engine.borrow_mut(), &query) {
            Ok(Answer::Rows((_, rows))) => {
                let expected = if matches(&value, &pattern) { "matches" } else { "does not" };
                prop_assert_eq!(&rows, &[vec![Some(expected.to_string())]]);
            }
            Ok(Answer::Taken) => {}
            Err(Not::Said(why) | Not::Wrong(why)) => return Err(TestCaseError::fail(why)),
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
