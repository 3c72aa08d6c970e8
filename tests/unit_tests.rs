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
fn no_test_is_run_of_definitions_with_errors() {
    let place = Place::new(&[
        ("kpic.yaml", ""),
        ("a.kpi", "kpi one = two\ntest t { when one from 2026-01 then (one) (1) }"),
    ]);
    let said = place.kpic(&["test"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("K0201") && said.err.contains("no test is run"), "{}", said.err);
}
