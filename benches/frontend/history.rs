//! `kpic diff` in a git repository, as a whole process.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{self, File};
use crate::support::{clock, table};

/// KPIs in one file.
const A_FILE: usize = 5;

/// A repository of so many KPIs in a fifth as many files, of which one was edited since.
pub fn diff(place: &Path, kpis: usize, runs: usize, kpic: &Path) {
    let files = project::files_of(kpis, A_FILE);
    let folder = place.join("history");
    project::write(&folder, &files).expect("a project can be written");
    git(&folder, &["init", "-q"]);
    commit(&folder, "one");
    let row = |name: &str, arguments: &[&str]| {
        let took = clock::processes(runs, kpic, &folder, arguments);
        vec![name.to_string(), table::shown(took.wall), table::shown(took.cpu)]
    };
    let mut rows = vec![row("nothing changed", &["diff"])];
    let (name, text) = edited(&files);
    fs::write(folder.join(name), text).expect("a file can be written");
    rows.push(row("a KPI edited, not committed", &["diff"]));
    commit(&folder, "two");
    rows.push(row("two revisions", &["diff", "HEAD~1..HEAD"]));
    let sources = files.first().map(|(name, text)| (name, text.replace("sum(amount)", "sum(amount * 2)")));
    if let Some((name, text)) = sources {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
    rows.push(row("a measure edited that many read", &["diff"]));
    table::print(
        &format!("kpic diff, whole process, {kpis} KPIs in {} files (aim: 10,000 KPIs 1 s)", files.len()),
        &["what", "time", "CPU"],
        &rows,
    );
    fs::remove_dir_all(&folder).expect("the folder is there");
}

/// One file with another formula in it.
fn edited(files: &[File]) -> File {
    let (name, text) = files.last().expect("there are files");
    let (before, rest) = text.split_once(" = ").expect("it has a formula");
    (name.clone(), format!("{before} = 2 * {rest}"))
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .status()
        .expect("git starts");
    assert!(status.success(), "git {arguments:?}: {status}");
}
