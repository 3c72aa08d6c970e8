//! The house keeps to its own rules: who imports whom, where the world is touched,
//! where vendors are named. ARCHITECTURE.md says the same in words, and this says so.

mod reader;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room of `src` with what it may import besides itself. A room stands below
/// everything that it imports.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("value", &[]),
    ("packs", &[]),
    ("diagnostic", &["source"]),
    ("syntax", &["source", "diagnostic"]),
    ("model", &["source", "diagnostic", "syntax"]),
    ("resolve", &["source", "value", "diagnostic", "syntax", "model"]),
    ("practice", &["source", "value", "diagnostic", "syntax", "model", "resolve"]),
    ("lineage", &["source", "syntax", "model", "resolve"]),
    ("meaning", &["source", "value", "syntax", "model", "resolve"]),
    ("plan", &["source", "value", "diagnostic", "resolve"]),
    ("sql", &["value"]),
    ("lower", &["source", "diagnostic", "resolve", "plan", "sql"]),
    ("dialect", &["diagnostic", "sql"]),
    ("template", &["source", "value", "diagnostic", "dialect"]),
    ("schema", &["source", "diagnostic", "syntax", "model", "resolve", "sql", "dialect"]),
    ("run", &["value", "resolve", "dialect"]),
    ("report", &["value", "resolve", "plan", "run"]),
    ("explain", &["source", "value", "syntax", "model", "resolve", "lineage", "run", "report"]),
    (
        "testing",
        &[
            "source",
            "value",
            "diagnostic",
            "syntax",
            "model",
            "resolve",
            "plan",
            "sql",
            "lower",
            "dialect",
            "run",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "source",
            "value",
            "packs",
            "diagnostic",
            "syntax",
            "model",
            "resolve",
            "practice",
            "lineage",
            "meaning",
            "plan",
            "sql",
            "lower",
            "dialect",
            "template",
            "schema",
            "run",
            "report",
            "explain",
            "testing",
        ],
    ),
];

/// The rooms that touch the world: files, clock, environment, engine, terminal.
const WORLDLY: &[&str] = &["run", "cli", "main"];

/// What reads or changes something that is not an argument.
const WORLD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "jiff::tz::TimeZone::system",
    "anstream",
    "clap",
    "ctrlc",
    "duckdb::Connection",
    "glob",
    "indicatif",
    "postgres::Client",
    "tempfile",
    "dbg!",
    "eprint!",
    "eprintln!",
    "print!",
    "println!",
];

/// Databases, as they are called in code, in small letters.
const VENDORS: &[&str] = &[
    "athena",
    "bigquery",
    "clickhouse",
    "databricks",
    "datafusion",
    "duckdb",
    "googlesql",
    "mariadb",
    "mssql",
    "mysql",
    "oracle",
    "postgres",
    "redshift",
    "snowflake",
    "spark",
    "sql server",
    "sqlite",
    "sqlserver",
    "t-sql",
    "trino",
    "\"tsql\"",
];

/// The room of the vendors' facts.
const VENDOR_ROOM: &str = "dialect";

/// Files outside of it that name one, and what for.
const VENDORS_NAMED: &[(&str, &str)] = &[
    ("src/run/mod.rs", "the connection to a database's catalog is a file of this room"),
    ("src/run/postgres.rs", "reads the catalog of one database through a program of its own"),
    ("src/run/read.rs", "reads values of the engine that kpic carries"),
    ("src/run/sandbox.rs", "closes the engine that kpic carries in"),
    ("src/run/session.rs", "asks the engine that kpic carries for its tables"),
];

/// What the command line may say: how to get a build with the engine.
const NAMED_BY_CLI: &str = "--features duckdb";

#[test]
fn rooms_import_what_the_table_allows() {
    assert_eq!(in_all_files(foreign_imports), Vec::<String>::new());
}

#[test]
fn the_table_allows_nothing_that_no_file_needs() {
    let files = files();
    for (room, allowed) in ROOMS {
        let of_room = files.iter().filter(|file| file.room() == *room);
        let used: BTreeSet<String> =
            of_room.flat_map(|file| file.paths().into_iter().filter_map(|path| imported(&path))).collect();
        let idle: Vec<_> = allowed.iter().filter(|a| !used.contains(**a)).collect();
        assert!(
            idle.is_empty(),
            "{room} no longer imports {idle:?}: take it out of ROOMS and of ARCHITECTURE.md"
        );
    }
}

#[test]
fn every_room_is_in_the_table_below_what_it_imports() {
    let mut above = BTreeSet::new();
    for (room, allowed) in ROOMS {
        let later: Vec<_> = allowed.iter().filter(|a| !above.contains(**a)).collect();
        assert!(later.is_empty(), "{room} stands above {later:?}");
        assert!(above.insert(*room), "{room} is there twice");
    }
    let rooms: BTreeSet<String> =
        files().iter().map(File::room).filter(|r| r != "lib" && r != "main").collect();
    let named: BTreeSet<String> = above.iter().map(|room| (*room).to_string()).collect();
    assert_eq!(rooms, named, "ROOMS and ARCHITECTURE.md have a row for every room of src");
}

#[test]
fn the_page_shows_this_table() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the page is there");
    let shown: Vec<(String, Vec<String>)> = page.lines().filter_map(row).collect();
    let table: Vec<(String, Vec<String>)> = ROOMS
        .iter()
        .map(|(room, allowed)| ((*room).to_string(), allowed.iter().map(|a| (*a).to_string()).collect()))
        .collect();
    assert_eq!(shown, table, "the table of ARCHITECTURE.md and ROOMS say the same, in the same order");
}

#[test]
fn the_library_touches_no_world() {
    assert_eq!(in_all_files(worldly_names), Vec::<String>::new());
}

/// A machine's zones are files, and differ from machine to machine: here one has a zone
/// that the world has not.
#[test]
fn time_zones_are_those_that_kpic_carries() {
    let place = tempfile::tempdir().expect("a folder can be made");
    let block = [b"TZif2".as_slice(), &[0; 31], &[0, 0, 0, 1, 0, 0, 0, 4], &[0; 6], b"UTC\0"].concat();
    let zone = [block.as_slice(), &block, b"\nUTC0\n"].concat();
    fs::create_dir(place.path().join("Mars")).expect("a folder can be made");
    fs::write(place.path().join("Mars/Base"), zone).expect("a file can be written");
    let text = "source a { table a  key id  time at in Mars/Base  measure n = count() }  kpi n";
    fs::write(place.path().join("a.kpi"), text).expect("a file can be written");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(["check", "a.kpi"])
        .current_dir(place.path())
        .env("TZDIR", place.path())
        .output()
        .expect("kpic runs");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("there is no time zone `Mars/Base`"), "{said}");
}

#[test]
fn vendors_are_named_in_their_room() {
    assert_eq!(in_all_files(vendor_names), Vec::<String>::new());
}

#[test]
fn every_file_that_may_name_a_vendor_does() {
    let files = files();
    let names_one =
        |shown: &str| files.iter().any(|file| file.shown() == shown && !named_vendors(file).is_empty());
    let idle: Vec<_> = VENDORS_NAMED.iter().filter(|(shown, _)| !names_one(shown)).collect();
    assert!(idle.is_empty(), "take them out of VENDORS_NAMED: {idle:?}");
}

#[test]
fn nothing_is_unwrapped() {
    assert_eq!(in_all_files(unwraps), Vec::<String>::new());
}

#[test]
fn every_file_opens_with_what_it_is() {
    assert_eq!(in_all_files(undocumented), Vec::<String>::new());
}

// ---------------------------------------------------------------- the rules

/// What is wrong with a file, in a line each.
type Rule = fn(&File) -> Vec<String>;

fn foreign_imports(file: &File) -> Vec<String> {
    let room = file.room();
    if room == "lib" || room == "main" {
        return Vec::new();
    }
    let allowed = ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| *allowed);
    let is_foreign =
        |path: &Vec<String>| imported(path).is_some_and(|to| to != room && !allowed.contains(&&*to));
    file.paths().into_iter().filter(is_foreign).map(|path| path.join("::")).collect()
}

fn worldly_names(file: &File) -> Vec<String> {
    if WORLDLY.contains(&file.room().as_str()) {
        return Vec::new();
    }
    let is_worldly = |path: &String| {
        WORLD
            .iter()
            .any(|name| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
    };
    file.paths().iter().map(|path| path.join("::")).filter(is_worldly).collect()
}

fn vendor_names(file: &File) -> Vec<String> {
    let shown = file.shown();
    if file.room() == VENDOR_ROOM || VENDORS_NAMED.iter().any(|(allowed, _)| *allowed == shown) {
        return Vec::new();
    }
    named_vendors(file)
}

fn named_vendors(file: &File) -> Vec<String> {
    let names_one = |word: &String| {
        let word = if file.room() == "cli" { word.replace(NAMED_BY_CLI, "") } else { word.clone() };
        let word = word.to_lowercase().replace('_', "");
        VENDORS.iter().any(|vendor| word.contains(vendor))
    };
    reader::code_words(&file.text).into_iter().filter(names_one).collect()
}

fn unwraps(file: &File) -> Vec<String> {
    let is_unwrap = |path: &Vec<String>| path.last().is_some_and(|name| name == "unwrap");
    file.paths().into_iter().filter(is_unwrap).map(|path| path.join("::")).collect()
}

/// A file says what it is; a room also says what it takes, gives and never does.
fn undocumented(file: &File) -> Vec<String> {
    let doc: String = file
        .text
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .map(|line| line[3..].trim_end().to_lowercase())
        .collect();
    let mut missing = Vec::new();
    if doc.len() < 10 {
        missing.push("no sentence with `//!` at its top".to_string());
    }
    if file.opens_a_room() {
        let absent = [" takes ", " gives ", " never "].into_iter().filter(|word| !doc.contains(*word));
        missing.extend(absent.map(|word| format!("does not say what the room {}", word.trim())));
    }
    missing
}

/// The room that a path leads to. Everything of the crate at once is none of the table's.
fn imported(path: &[String]) -> Option<String> {
    match path {
        [root, room, ..] if root == "crate" => Some(room.clone()),
        _ => None,
    }
}

// ---------------------------------------------------------------- the files

/// A file of `src`: its module and its text.
struct File {
    module: Vec<String>,
    is_mod: bool,
    text: String,
}

impl File {
    /// From a path below `src`.
    fn new(path: &Path, text: String) -> File {
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let is_mod = module.last().is_some_and(|last| last == "mod");
        if is_mod {
            module.pop();
        }
        File { module, is_mod, text }
    }

    fn room(&self) -> String {
        self.module[0].clone()
    }

    fn opens_a_room(&self) -> bool {
        self.module.len() == 1 && !matches!(self.module[0].as_str(), "lib" | "main")
    }

    fn paths(&self) -> Vec<reader::Named> {
        let module: Vec<&str> = match self.module[0].as_str() {
            "lib" | "main" => Vec::new(),
            _ => self.module.iter().map(String::as_str).collect(),
        };
        reader::paths(&module, &self.text)
    }

    fn shown(&self) -> String {
        format!("src/{}{}", self.module.join("/"), if self.is_mod { "/mod.rs" } else { ".rs" })
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<File> {
    let src = root().join("src");
    let mut files = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(&src).expect("it lies in src");
                files.push(File::new(below, fs::read_to_string(&path).expect("it is text")));
            }
        }
    }
    assert!(files.len() > 50, "only {} files were found", files.len());
    files
}

fn in_all_files(rule: Rule) -> Vec<String> {
    let mut found: Vec<String> = files()
        .iter()
        .flat_map(|file| rule(file).into_iter().map(|what| format!("{}: {what}", file.shown())))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// A row of the page's table: the room in its first column, its imports in the last.
fn row(line: &str) -> Option<(String, Vec<String>)> {
    let cells: Vec<&str> = line.strip_prefix("| `src/")?.trim_end().strip_suffix('|')?.split('|').collect();
    let room = cells[0].trim().trim_end_matches('`').trim_end_matches(".rs");
    let imports = cells.last().filter(|_| cells.len() > 1)?;
    Some((room.to_string(), imports.split('`').skip(1).step_by(2).map(str::to_string).collect()))
}

// --------------------------------------------------- the rules, when broken

fn found(rule: Rule, path: &str, text: &str) -> Vec<String> {
    let mut found = rule(&File::new(Path::new(path), text.to_string()));
    found.sort();
    found.dedup();
    found
}

#[test]
fn an_import_to_the_right_is_seen_in_each_of_its_forms() {
    let forms = [
        ("use crate::sql::Query;", "crate::sql::Query"),
        ("use crate::{diagnostic::Sink, sql::{self as tree, Query}};", "crate::sql"),
        ("use super::super::sql;", "crate::sql"),
        ("use self::super::super::sql::*;", "crate::sql::*"),
        ("pub(crate) use kpic::sql::Query as Tree;", "crate::sql::Query"),
        ("fn f() -> Option<crate::sql::Query> { None }", "crate::sql::Query"),
        ("fn f() { let _ = super::super::sql::empty(); }", "crate::sql::empty"),
        ("fn f() { println!(\"{}\", crate::sql::empty()); }", "crate::sql::empty"),
        ("fn f() { vec![(1, crate::sql::Part::Day)]; }", "crate::sql::Part::Day"),
        ("macro_rules! m { () => { use $crate::{sql, value}; } }", "crate::sql"),
        ("mod tests { use super::super::super::sql::Query; }", "crate::sql::Query"),
        ("#[derive(Debug)] struct S(Vec<crate::sql::Query>);", "crate::sql::Query"),
        ("impl crate::sql::Tree for () {}", "crate::sql::Tree"),
        ("use crate::*;", "crate::*"),
    ];
    for (text, named) in forms {
        let seen = found(foreign_imports, "resolve/rows.rs", text);
        assert!(seen.contains(&named.to_string()), "{text} gives {seen:?}");
    }
}

#[test]
fn an_allowed_import_is_none() {
    let text = "//! Takes `crate::sql`.\nuse crate::{diagnostic::Sink, model};\nuse super::scalar::Type;\n\
                /// As [`crate::sql::Query`].\nfn f() { self::g(crate::value::Part::Day) }\nuse crate::resolve::Resolved;";
    assert_eq!(found(foreign_imports, "resolve/rows.rs", text), Vec::<String>::new());
    let in_a_room = "use super::sql::Query;";
    assert_eq!(found(foreign_imports, "lower/mod.rs", in_a_room), Vec::<String>::new());
    assert_eq!(found(foreign_imports, "plan/mod.rs", in_a_room), ["crate::sql::Query"]);
    assert_eq!(found(foreign_imports, "cellar/mod.rs", "use crate::source::Span;"), ["crate::source::Span"]);
}

#[test]
fn the_world_is_seen() {
    let forms = [
        ("use std::fs;", "std::fs"),
        ("use std::{collections::HashMap, time::{Duration, Instant}};", "std::time::Instant"),
        ("fn f() { let _ = std::env::var(\"HOME\"); }", "std::env::var"),
        ("fn f() { format!(\"{}\", std::process::id()); }", "std::process::id"),
        ("fn f() { jiff::Zoned::now(); }", "jiff::Zoned::now"),
        ("fn f() { println!(); }", "println!"),
    ];
    for (text, named) in forms {
        let seen = found(worldly_names, "plan/mod.rs", text);
        assert!(seen.contains(&named.to_string()), "{text} gives {seen:?}");
        assert_eq!(found(worldly_names, "cli/mod.rs", text), Vec::<String>::new());
    }
    assert_eq!(
        found(worldly_names, "plan/mod.rs", "//! std::fs\nuse std::path::Path;"),
        Vec::<String>::new()
    );
}

#[test]
fn vendors_are_seen() {
    let text = "#[cfg(feature = \"duckdb\")]\nfn f(d: PostgreSqlDialect) -> bool { d.name() == \"My_SQL\" }\n/// snowflake";
    assert_eq!(found(vendor_names, "lower/mod.rs", text), ["\"My_SQL\"", "PostgreSqlDialect"]);
    assert_eq!(found(vendor_names, "dialect/mod.rs", text), Vec::<String>::new());
    let build = "fn f() { help(\"cargo build --features duckdb\"); }";
    assert_eq!(found(vendor_names, "cli/run.rs", build), Vec::<String>::new());
    assert_eq!(found(vendor_names, "lower/mod.rs", build).len(), 1);
}

#[test]
fn unwraps_are_seen() {
    let text =
        "fn f(a: Option<u8>) { a.unwrap(); assert!(a.unwrap() > 0); a.map(Option::unwrap); a.unwrap_or(0); }";
    assert_eq!(found(unwraps, "lower/mod.rs", text), [".::unwrap", "Option::unwrap", "unwrap"]);
}

#[test]
fn a_missing_opening_is_seen() {
    assert_eq!(found(undocumented, "lower/scan.rs", "use std::fmt;").len(), 1);
    assert_eq!(found(undocumented, "lower/mod.rs", "//! A room. Takes a plan, as always.\n").len(), 2);
    assert_eq!(
        found(
            undocumented,
            "value.rs",
            "//! Words.\n//!\n//! Takes none,\n//! gives some. Never\n//! more.\n"
        )
        .len(),
        0
    );
}

#[test]
fn rows_of_the_page_are_read() {
    let line = "| `src/source.rs` | paths | spans | `value`, `model` |";
    assert_eq!(row(line), Some(("source".into(), vec!["value".into(), "model".into()])));
    assert_eq!(row("| `src/value.rs` | | | |"), Some(("value".into(), vec![])));
    assert_eq!(row("| `grammar/kpi.pest` | | | |"), None);
}
