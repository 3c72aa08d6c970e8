//! `kpic diff` and `kpic check --changed` in a git repository, as whole processes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{self, File};
use crate::support::{clock, table};

/// KPIs in one file.
const A_FILE: usize = 5;

/// A repository of so many KPIs in a fifth as many files, of which one was edited since.
pub fn compared(place: &Path, kpis: usize, runs: usize, kpic: &Path) {
    let files = project::files_of(kpis, A_FILE);
    let folder = place.join("history");
    project::write(&folder, &files).expect("a project can be written");
    git(&folder, &["init", "-q"]);
    commit(&folder, "one");
    let took = |arguments: &[&str]| clock::processes(runs, kpic, &folder, arguments);
    let row = |name: &str| {
        let took = [took(&["diff"]), took(&["check", "--changed"]), took(&["check"])];
        let times = took.iter().flat_map(|took| [table::shown(took.wall), table::shown(took.cpu)]);
        std::iter::once(name.to_string()).chain(times).collect::<Vec<_>>()
    };
    let mut rows = vec![row("nothing changed")];
    let (name, text) = edited(&files);
    fs::write(folder.join(name), text).expect("a file can be written");
    rows.push(row("a KPI edited, not committed"));
    commit(&folder, "two");
    let two = took(&["diff", "HEAD~1..HEAD"]);
    let sources = files.first().map(|(name, text)| (name, text.replace("sum(amount)", "sum(amount * 2)")));
    if let Some((name, text)) = sources {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
    rows.push(row("a measure edited that many read"));
    let none = || String::from("-");
    let mut revisions = vec!["two revisions".into(), table::shown(two.wall), table::shown(two.cpu)];
    revisions.extend([none(), none(), none(), none()]);
    rows.push(revisions);
    table::print(
        &format!("against git, whole process, {kpis} KPIs in {} files (aim: 10,000 KPIs 1 s)", files.len()),
        &["what", "diff", "CPU", "check --changed", "CPU", "check", "CPU"],
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
