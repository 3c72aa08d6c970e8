//! Broken definitions: what `kpic check` says of them, and where.
//!
//! A case is a folder of `tests/errors`: definitions, and perhaps a `kpic.yaml`. Each
//! finding is claimed by a comment under the line that it is about, written by hand:
//!
//! ```text
//! kpi aov = revenu / orders
//! #         ^^^^^^ K0201 error
//! ```
//!
//! One caret a character of the underlined text; `# <- K0101 error` where that text
//! begins in the column of the `#`. What no comment can claim stands in a file `marks`,
//! a line each: `FILE:LINE:COLUMN CODE SEVERITY`, or `- CODE SEVERITY` for a finding
//! about no text. All findings must be claimed and all claims met; warnings of how KPIs are kept
//! (`kpic explain lints`) only where a case claims one of the same code.
//!
//! A file `command` holds the arguments of another verb than `check`; its findings are
//! read from their text. A case with a file `engine` needs a build with the engine, or
//! one without it if the file says `none`. `expected.txt` is the whole answer;
//! `KPIC_UPDATE=1` writes it.

#[path = "errors/coverage.rs"]
mod coverage;
#[allow(dead_code, reason = "other tests use more of it")]
#[path = "harness/files.rs"]
mod files;
#[path = "errors/marks.rs"]
mod marks;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use kpic::diagnostic::Lint;
use libtest_mimic::{Arguments, Failed, Trial};
use marks::Mark;

type Checked<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let cases = files::folders(&root);
    assert!(cases.len() > 20, "the cases were not found");
    let mut trials: Vec<Trial> = cases
        .iter()
        .filter(|folder| fits_this_build(folder))
        .map(|folder| {
            let folder = folder.clone();
            Trial::test(files::file_name(&folder), move || check(&folder).map_err(Failed::from))
        })
        .collect();
    trials.extend(coverage::trials(&cases));
    trials.extend(marks::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A lint of how KPIs are kept matters to the cases that claim one of its findings.
fn matters(found: &Mark, claimed: &[Mark]) -> bool {
    let of_practice = Lint::named(&found.code).is_some_and(|lint| lint.practice);
    !of_practice || found.severity == "error" || claimed.iter().any(|mark| mark.code == found.code)
}

/// Whether a case needs no engine, or the one that this build has or lacks.
fn fits_this_build(folder: &Path) -> bool {
    let needs = fs::read_to_string(folder.join("engine"));
    needs.map_or(true, |needs| cfg!(feature = "duckdb") == (needs.trim() != "none"))
}

fn check(folder: &Path) -> Checked<()> {
    let command = fs::read_to_string(folder.join("command")).ok();
    let said = match &command {
        Some(line) => kpic(folder, &files::words(line))?,
        None => kpic(folder, &checking(folder, &[])?)?,
    };
    let found = match &command {
        Some(_) => marks::of_text(&said.text),
        None => marks::of_json(&kpic(folder, &checking(folder, &["--format", "json"])?)?.text)?,
    };
    let claimed = claimed(folder)?;
    let found: Vec<Mark> = found.into_iter().filter(|mark| matters(mark, &claimed)).collect();
    compare(&claimed, &found)?;
    ends_rightly(&claimed, command.is_some(), &said)?;
    same_text(&folder.join("expected.txt"), &said)
}

/// What a run printed, results before notes, and how it ended.
struct Said {
    text: String,
    code: Option<i32>,
}

/// `check` of the project, or of the only file of a folder that is none.
fn checking(folder: &Path, more: &[&str]) -> Checked<Vec<String>> {
    let mut arguments = vec!["check".to_string()];
    if !folder.join("kpic.yaml").is_file() {
        let files = definitions(folder)?;
        let [only] = files.as_slice() else { return Err("several files need a kpic.yaml".into()) };
        arguments.push(only.clone());
    }
    arguments.extend(more.iter().map(|s| (*s).to_string()));
    Ok(arguments)
}

fn kpic(folder: &Path, arguments: &[String]) -> Checked<Said> {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .map_err(|e| e.to_string())?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|e| e.to_string());
    Ok(Said { text: text(output.stdout)? + &text(output.stderr)?, code: output.status.code() })
}

/// The names of a case's files of definitions, in order.
fn definitions(folder: &Path) -> Checked<Vec<String>> {
    let names = files::entries(folder)?.into_iter().map(|path| files::file_name(&path));
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".kpi") || name.ends_with(".kpi.yaml")).collect();
    names.sort();
    Ok(names)
}

/// Every claim of a case.
fn claimed(folder: &Path) -> Checked<Vec<Mark>> {
    let mut claimed = Vec::new();
    for name in definitions(folder)?.into_iter().chain(["kpic.yaml".to_string()]) {
        if let Ok(bytes) = fs::read(folder.join(&name)) {
            claimed.extend(marks::in_comments(&name, &String::from_utf8_lossy(&bytes))?);
        }
    }
    if let Ok(list) = fs::read_to_string(folder.join("marks")) {
        claimed.extend(marks::of_list(&list)?);
    }
    Ok(claimed)
}

/// No more and no less.
fn compare(claimed: &[Mark], found: &[Mark]) -> Checked<()> {
    let mut unclaimed: Vec<&Mark> = found.iter().collect();
    let mut wrong = Vec::new();
    for mark in claimed {
        match unclaimed.iter().position(|f| f.meets(mark)) {
            Some(at) => {
                unclaimed.remove(at);
            }
            None => wrong.push(format!("  claimed and not found: {mark}")),
        }
    }
    wrong.extend(unclaimed.iter().map(|mark| format!("  found and not claimed: {mark}")));
    if wrong.is_empty() { Ok(()) } else { Err(format!("the findings are others\n{}", wrong.join("\n"))) }
}

/// 1 with an error, else 0; the misuse of another verb has no mark at all.
fn ends_rightly(claimed: &[Mark], is_command: bool, said: &Said) -> Checked<()> {
    let errors = claimed.iter().any(|m| m.severity == "error");
    let expected = match (errors, claimed.is_empty() && is_command) {
        (true, _) => 1,
        (false, true) => 2,
        (false, false) => 0,
    };
    if said.code == Some(expected) {
        return Ok(());
    }
    Err(format!("it ended with {:?} instead of {expected}:\n{}", said.code, said.text))
}

fn same_text(file: &Path, said: &Said) -> Checked<()> {
    if env::var_os("KPIC_UPDATE").is_some() {
        return fs::write(file, &said.text).map_err(|e| format!("{}: {e}", file.display()));
    }
    let expected =
        fs::read_to_string(file).map_err(|e| format!("{}: {e}; KPIC_UPDATE=1 writes it", file.display()))?;
    if expected == said.text {
        return Ok(());
    }
    let line = expected.lines().zip(said.text.lines()).take_while(|(a, b)| a == b).count();
    Err(format!(
        "the answer changed from line {} on; KPIC_UPDATE=1 accepts it\n  was: {}\n  is:  {}",
        line + 1,
        expected.lines().nth(line).unwrap_or("(end)"),
        said.text.lines().nth(line).unwrap_or("(end)"),
    ))
}
