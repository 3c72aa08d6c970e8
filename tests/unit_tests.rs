//! `kpic test`: what it says of tests that fail, and that those of the examples pass.
//!
//! A case is a folder of `tests/unit_tests`: a project whose tests are run, and what kpic
//! says of them in each format (`expected.txt`, `expected.json`, `expected.xml`, times and
//! queries aside). `KPIC_UPDATE=1` writes them.
#![cfg(feature = "duckdb")]

#[path = "harness/place.rs"]
mod place;

use std::path::{Path, PathBuf};
use std::{env, fs};

use place::{Place, kpic};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("tests/unit_tests"))
        .expect("the cases are there")
        .map(|entry| entry.expect("a folder is read").path())
        .collect();
    folders.sort();
    folders
}

/// Compares with a file, or writes it.
fn same(file: &Path, said: &str) {
    if env::var_os("KPIC_UPDATE").is_some() {
        fs::write(file, said).expect("a snapshot can be written");
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    assert_eq!(said, expected, "{}; KPIC_UPDATE=1 writes it", file.display());
}

/// JSON without times and queries.
fn settled(json: &str) -> String {
    let mut all: Value = serde_json::from_str(json).expect("it is JSON");
    all["seconds"] = Value::Null;
    for test in all["tests"].as_array_mut().expect("there is a list of tests") {
        test["seconds"] = Value::Null;
        test["sql"] = Value::from(test["sql"].is_string());
    }
    serde_json::to_string_pretty(&all).expect("it was JSON") + "\n"
}

/// XML without times and queries.
fn untimed(xml: &str) -> String {
    let lines = xml.lines().filter(|line| !line.trim_start().starts_with("<system-out>"));
    let mut out = String::new();
    for line in lines {
        let mut rest = line;
        while let Some((before, behind)) = rest.split_once(" time=\"") {
            out.push_str(before);
            rest = behind.split_once('"').map_or("", |(_, behind)| behind);
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

#[test]
fn every_way_to_fail_is_told() {
    let folders = cases();
    assert!(folders.len() >= 3, "the cases were not found");
    for folder in folders {
        let fails = folder.ends_with("failing");
        let said = kpic(&folder, &["test"]);
        assert_eq!(said.code, Some(i32::from(fails)), "{}{}", said.out, said.err);
        same(&folder.join("expected.txt"), &(said.out + &said.err));
        let said = kpic(&folder, &["test", "--format", "json"]);
        assert_eq!((said.code, said.err.as_str()), (Some(i32::from(fails)), ""));
        same(&folder.join("expected.json"), &settled(&said.out));
        let said = kpic(&folder, &["test", "--format", "junit"]);
        assert_eq!((said.code, said.err.as_str()), (Some(i32::from(fails)), ""));
        same(&folder.join("expected.xml"), &untimed(&said.out));
    }
}

#[test]
fn the_tests_of_the_examples_pass() {
    for example in ["online_retail", "oulad"] {
        let said = kpic(&root().join("examples").join(example), &["test", "--format", "json"]);
        assert_eq!(said.code, Some(0), "{example}: {}{}", said.out, said.err);
        let all: Value = serde_json::from_str(&said.out).expect("it is JSON");
        assert!(all["passed"].as_u64() >= Some(3), "{example} has too few tests");
    }
}

#[test]
fn the_two_spellings_test_the_same() {
    for folder in cases() {
        let place = Place::new(&[]);
        for entry in fs::read_dir(&folder).expect("a case is read") {
            let path = entry.expect("a file is read").path();
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            let text = fs::read(&path).expect("a file is read");
            if name == "kpic.yaml" || name.ends_with(".kpi") {
                place.write(&name, &text).expect("a file can be written");
            }
        }
        if !place.path().join("kpic.yaml").exists() {
            place.write("kpic.yaml", b"").expect("a file can be written");
        }
        let verdicts = |said: &str| -> Vec<(Value, Value, Value)> {
            let all: Value = serde_json::from_str(said).expect("it is JSON");
            let tests = all["tests"].as_array().expect("there is a list of tests").clone();
            let mut differences = Vec::new();
            for test in tests {
                let lines = test["differences"].as_array().expect("a list").iter().map(|difference| {
                    let mut difference = difference.clone();
                    difference["line"] = Value::Null;
                    difference
                });
                differences.push((test["test"].clone(), test["outcome"].clone(), lines.collect()));
            }
            differences
        };
        let first = place.kpic(&["test", "--format", "json"]);
        let files: Vec<_> = fs::read_dir(place.path()).expect("a folder is read").collect();
        for file in files {
            let path = file.expect("a file is read").path();
            if path.extension().is_some_and(|ending| ending == "kpi") {
                let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
                let said = place.kpic(&["convert", &name]);
                assert_eq!(said.code, Some(0), "{}", said.err);
                place.write(&format!("{name}.yaml"), said.out.as_bytes()).expect("a file can be written");
                fs::remove_file(&path).expect("a file can be removed");
            }
        }
        let second = place.kpic(&["test", "--format", "json"]);
        assert_eq!(verdicts(&first.out), verdicts(&second.out), "{}", second.err);
    }
}

#[test]
fn tests_are_chosen_by_name() {
    let folder = root().join("tests/unit_tests/failing");
    for (arguments, code, count) in [
        (&["passes"][..], 0, 1),
        (&["other_*"], 1, 2),
        (&["other_c?lls", "pass"], 1, 2),
        (&["--fail-fast"], 1, 1),
        (&["--fail-fast", "passes", "nothing_comes", "too_large"], 1, 1),
    ] {
        let said = kpic(&folder, &[&["test", "--format", "json"], arguments].concat());
        assert_eq!(said.code, Some(code), "{arguments:?}: {}", said.err);
        let all: Value = serde_json::from_str(&said.out).expect("it is JSON");
        assert_eq!(all["tests"].as_array().map(Vec::len), Some(count), "{arguments:?}");
    }
    let said = kpic(&folder, &["test", "other_cels"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(
        said.err.contains("there is no test `other_cels`")
            && said.err.contains("did you mean `other_cells`?")
    );
    let said = kpic(&folder, &["test", "--list"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.contains("other_cells") && said.out.contains("shop.kpi:"), "{}", said.out);
}

#[test]
fn invariants_hold_of_every_test() {
    for folder in ["tests/unit_tests/passing", "examples/online_retail", "examples/oulad"] {
        let said = kpic(&root().join(folder), &["test", "--invariants"]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{folder}: {}", said.err);
    }
}

#[test]
fn the_query_is_at_hand() {
    let said = kpic(&root().join("tests/unit_tests/failing"), &["test", "nothing_comes", "--show-sql"]);
    assert!(said.out.contains("SELECT") && said.out.contains("WHERE FALSE"), "{}", said.out);
}

#[test]
fn a_project_without_tests_says_so_and_passes() {
    let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", "kpi one = 1")]);
    let said = place.kpic(&["test"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("there is no test"), "{}", said.err);
}

#[test]
fn tests_of_packs_are_not_those_of_a_project() {
    let own = "source deals { key id  time at  column at : date  measure deals = count() }\nkpi deals\n";
    let test = "test t { when deals from 2026-01  then (deals) (1) }\n";
    let place = Place::new(&[
        ("kpic.yaml", "packs: [./packs/own]\n"),
        ("packs/own/deals.kpi", &format!("{own}{test}")),
        ("a.kpi", "test t { given deals (at) (2026-01-05)  when deals from 2026-01  then (deals) (1) }"),
    ]);
    let said = place.kpic(&["test"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), "1 test: 1 passed\n"), "{}", said.out);
}

#[test]
fn no_test_is_run_of_definitions_with_errors() {
    let place = Place::new(&[
        ("kpic.yaml", ""),
        ("a.kpi", "kpi one = two\ntest t { when one from 2026-01 then (one) (1) }"),
    ]);
    let said = place.kpic(&["test"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("K0201") && said.err.contains("no test is run"), "{}", said.err);
}

// -------------------------------------------------------------- any literals

/// A row of literals as a definition spells them: text, number, decimal, day, time, flag.
fn literals() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        "[a-zé日🎵\\\\%_\"'{}#;:,-]{0,8}",
        select(vec![
            "null",
            "NULL",
            "'",
            "''",
            "\\",
            "\\'",
            "--",
            "/*",
            "$1",
            "{{x}}",
            "1",
            "2026-01-05",
            "\u{a0}",
            "\u{200b}"
        ])
        .prop_map(str::to_owned),
    ];
    let text = text.prop_map(|text| format!("'{}'", text.replace('\'', "''")));
    let number = prop_oneof![any::<i32>().prop_map(i64::from), Just(i64::MAX), Just(-i64::MAX), Just(0)];
    let decimal = (any::<i64>(), 0usize..1_000_000)
        .prop_map(|(whole, behind)| format!("{}.{behind:06}", whole % 1_000_000_000_000));
    let day = (1i16..=9999, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let time = (day.clone(), 0..24, 0..60, 0..60, 0..1_000_000)
        .prop_map(|(day, h, m, s, f)| format!("'{day} {h:02}:{m:02}:{s:02}.{f:06}'"));
    let or_null =
        |value: BoxedStrategy<String>| prop_oneof![6 => value, 1 => Just("null".to_owned())].boxed();
    let row: Vec<BoxedStrategy<String>> = vec![
        or_null(text.boxed()),
        or_null(number.prop_map(|n| n.to_string()).boxed()),
        or_null(decimal.boxed()),
        or_null(day.boxed()),
        or_null(time.boxed()),
        or_null(any::<bool>().prop_map(|b| b.to_string()).boxed()),
    ];
    row
}

/// A project whose test expects the rows that it gives.
fn mirrored(rows: &[Vec<String>], declared: bool, expected: &[Vec<String>]) -> String {
    let columns = ["t", "n", "d", "day", "moment", "flag"];
    let types = ["text", "integer", "decimal(20,6)", "date", "timestamp in UTC", "boolean"];
    let mut source =
        String::from("source things {\n  table things\n  key id\n  time at\n  column at : date\n");
    for (name, ty) in columns.iter().zip(types) {
        // A time that no axis says is one must be declared.
        if declared || *name == "moment" {
            source += &format!("  column {name} : {ty}\n");
        }
        source += &format!("  dimension {name}\n");
    }
    source +=
        "  dimension id\n  measure things = count()\n  measure total = sum(d)\n}\nkpi things\nkpi total\n";
    let mut text = source + "test mirrored {\n  given things (id, at, t, n, d, day, moment, flag)\n";
    for (id, row) in rows.iter().enumerate() {
        text += &format!("    ({id}, 2026-01-05, {})\n", row.join(", "));
    }
    text += "  when things, total by id, t, n, d, day, moment, flag from 2026-01\n";
    text += "  then (id, t, n, d, day, moment, flag, things, total)\n";
    for (id, row) in expected.iter().enumerate() {
        // A sum of nothing is 0.
        let total = if row[2] == "null" { "0" } else { &row[2] };
        text += &format!("    ({id}, {}, 1, {total})\n", row.join(", "));
    }
    text + "}\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every value comes back as it is given, in both spellings, its type declared or told.
    #[test]
    fn values_survive(rows in vec(literals(), 1..8), declared: bool, other in any::<prop::sample::Index>()) {
        let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", &mirrored(&rows, declared, &rows))]);
        let said = place.kpic(&["test"]);
        prop_assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
        let yaml = place.kpic(&["convert", "a.kpi"]).out;
        fs::remove_file(place.path().join("a.kpi")).expect("a file can be removed");
        place.write("a.kpi.yaml", yaml.as_bytes()).expect("a file can be written");
        let said = place.kpic(&["test"]);
        prop_assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}{}", said.err, yaml);
        // And one that is another is told.
        let mut others = rows.clone();
        let at = other.index(rows.len());
        others[at][1] = if rows[at][1] == "7" { "null".into() } else { "7".into() };
        fs::remove_file(place.path().join("a.kpi.yaml")).expect("a file can be removed");
        place.write("a.kpi", mirrored(&rows, declared, &others).as_bytes()).expect("a file can be written");
        prop_assert_eq!(place.kpic(&["test"]).code, Some(1));
    }
}
