//! The schema lock: what is pulled from where, and what is made of it.
//!
//! A folder of `tests/schema` is an export of one database's catalog, as its documentation shows
//! it, with the lock that comes of it, written by hand.

#[allow(dead_code, reason = "only a build with the engine asks for all of it")]
#[path = "harness/place.rs"]
mod place;

#[cfg(feature = "duckdb")]
#[path = "schema/pulled.rs"]
mod pulled;

#[cfg(feature = "duckdb")]
#[path = "schema/planned.rs"]
mod planned;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use kpic::resolve::resolved::ColumnType;
use kpic::schema::{self, Column, JoinMeasured, KeyMeasured, Lock, Lookup, Measured, Place, Table};
use kpic::source::FileId;
use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn exports() -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/schema");
    let entries = fs::read_dir(root).expect("the exports are there");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder is read").path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

#[test]
fn the_catalog_of_every_database_is_understood() {
    let exports = exports();
    assert!(exports.len() >= 10, "{exports:?}");
    for folder in exports {
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let read = |file| fs::read_to_string(folder.join(file)).expect("the export is there");
        let database = if name == "office" { "postgres" } else { &name };
        let exported = schema::exported(&read("columns.csv"), database).expect("it is understood");
        let mut lock = Lock { any_case: exported.any_case, ..Lock::default() };
        for table in ["orders", "customers"] {
            let parts = ["shop".to_owned(), table.to_owned()];
            let Lookup::Found(found) = exported.find(&parts) else { panic!("{name} has no {table}") };
            lock.tables.insert(Place::Table(parts.join(".")), found.clone());
        }
        assert_eq!(schema::write(&lock), read("expected.lock.yaml"), "{name}");
    }
}

#[test]
fn a_table_is_found_by_as_many_names_as_a_definition_has() {
    let text = "table_catalog,table_schema,table_name,column_name,data_type\n\
                a,shop,orders,id,integer\na,web,visits,id,integer\nb,web,visits,id,integer\n";
    let exported = schema::exported(text, "postgres").expect("it is understood");
    let find = |name: &str| exported.find(&name.split('.').map(String::from).collect::<Vec<_>>());
    assert!(matches!(find("orders"), Lookup::Found(_)));
    assert!(matches!(find("shop.orders"), Lookup::Found(_)));
    assert!(matches!(find("a.shop.orders"), Lookup::Found(_)));
    assert!(matches!(find("b.web.visits"), Lookup::Found(_)));
    assert_eq!(find("web.visits"), Lookup::Several(vec!["a.web.visits".into(), "b.web.visits".into()]));
    assert_eq!(find("b.shop.orders"), Lookup::Missing);
    // This database tells `Orders` from `orders`.
    assert_eq!(find("shop.Orders"), Lookup::Missing);
    let exported = schema::exported(text, "snowflake").expect("it is understood");
    assert!(matches!(exported.find(&["SHOP".into(), "Orders".into()]), Lookup::Found(_)));
}

#[test]
fn an_export_that_is_none_says_why() {
    let why = |text: &str| schema::exported(text, "postgres").expect_err("it is no export");
    assert!(why("").contains("no column `table_name`"), "{}", why(""));
    assert!(why("table_name,data_type\n").contains("no column `column_name`"));
    let torn = why("table_name,column_name,data_type\norders,id,integer\norders,amount\n");
    assert!(torn.contains("in its row 2"), "{torn}");
    assert!(why("table_name,column_name,data_type\norders,,integer\n").contains("in its row 1"));
}

// -------------------------------------------------------- any lock is read as it was written

fn name() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "null",
        "true",
        "no",
        "2026-01-31",
        "12",
        "1e3",
        "~",
        "",
        " ",
        "a: b",
        "a #b",
        "- a",
        "? a",
        "'",
        "\"",
        "\\",
        "a\nb",
        "a\r\nb",
        "\t",
        "{}",
        "[]",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "a`b.c",
        "Größe",
        "ключ",
        "名前",
        "😀",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{7f}",
        "\u{1b}[31m",
        "x) null",
        "on",
        "a.b.c",
        "Robert'); DROP TABLE students;--",
        "../../etc/passwd",
        "<<<<<<< HEAD",
        "---",
        "...",
    ]);
    prop_oneof![
        odd.prop_map(String::from),
        "[a-z_]{1,8}",
        "\\PC{0,12}",
        any::<String>().prop_map(|text| text.replace('\0', ""))
    ]
}

fn column() -> impl Strategy<Value = Column> {
    let ty = prop_oneof![
        select(vec![
            ColumnType::Text,
            ColumnType::Integer,
            ColumnType::Decimal(None),
            ColumnType::Float,
            ColumnType::Boolean,
            ColumnType::Date,
            ColumnType::Timestamp,
            ColumnType::Instant,
        ]),
        (any::<u8>(), any::<u8>()).prop_map(|size| ColumnType::Decimal(Some(size))),
    ];
    (option::of(ty), name(), option::of(any::<bool>())).prop_map(|(ty, word, nullable)| Column {
        word: if ty.is_some() { String::new() } else { word },
        ty,
        nullable,
    })
}

fn table() -> impl Strategy<Value = Table> {
    (btree_map(name(), column(), 0..6), any::<bool>(), option::of(name()))
        .prop_map(|(columns, guessed, text)| Table { columns, guessed, text })
}

fn place() -> impl Strategy<Value = Place> {
    (0..3u8, name()).prop_map(|(kind, name)| match kind {
        0 => Place::Table(name),
        1 => Place::File(name),
        _ => Place::Query(name),
    })
}

fn measured() -> impl Strategy<Value = Measured> {
    let key = (name(), any::<u64>()).prop_map(|(columns, repeated)| KeyMeasured { columns, repeated });
    let join = (name(), name(), any::<u64>(), any::<u64>())
        .prop_map(|(to, on, without, unmatched)| JoinMeasured { to, on, without, unmatched });
    (name(), any::<u64>(), option::of(key), btree_map(name(), join, 0..3))
        .prop_map(|(day, rows, key, joins)| Measured { day, rows, key, joins })
}

fn lock() -> impl Strategy<Value = Lock> {
    (any::<bool>(), btree_map(place(), table(), 0..6), btree_map(name(), measured(), 0..3))
        .prop_map(|(any_case, tables, measured)| Lock { any_case, tables, measured })
}

proptest! {
    #[test]
    fn a_lock_is_read_as_it_was_written(lock in lock()) {
        let text = schema::write(&lock);
        let read = schema::read(FileId(0), &text).map_err(|finding| finding.message);
        prop_assert_eq!(read, Ok(lock), "{}", text);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}", cut in 0..400usize) {
        let _ = schema::read(FileId(0), &text);
        let _ = schema::exported(&text, "postgres");
        let whole = schema::write(&Lock {
            tables: BTreeMap::from([(Place::Table("shop.orders".into()), Table::default())]),
            ..Lock::default()
        });
        let cut = whole.char_indices().map(|(at, _)| at).rfind(|at| *at <= cut).unwrap_or(0);
        let _ = schema::read(FileId(0), &whole[..cut]);
        let _ = schema::read(FileId(0), &format!("{whole}{text}"));
    }
}
