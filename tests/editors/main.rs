//! What editors read: the schemas of YAML say what the reader says, and the grammar colours
//! what the parser reads.

mod colours;
mod schemas;

#[path = "../harness/validators.rs"]
mod validators;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `kpic editor WHAT` prints.
fn printed(what: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic")).args(["editor", what]).output().expect("kpic runs");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Files below some folders of the project whose names end so, with their texts.
fn texts(folders: &[&str], endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending))
                && let Ok(text) = fs::read_to_string(&path)
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_kept_is_what_this_version_prints() {
    for (what, file) in [
        ("schema", "editors/kpi.schema.json"),
        ("project-schema", "editors/kpic.yaml.schema.json"),
        ("grammar", "editors/kpi.tmLanguage.json"),
    ] {
        let (path, printed) = (root().join(file), printed(what));
        if std::env::var_os("KPIC_UPDATE").is_some() {
            fs::write(&path, &printed).expect("it can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == printed, "{file} is out of date: KPIC_UPDATE=1 scripts/test --test editors");
    }
}
