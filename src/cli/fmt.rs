//! `kpic fmt [PATH…]`

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use kpic::diagnostic::Diagnostic;
use kpic::source::{FileId, Sources};
use similar::{ChangeTag, TextDiff};

use super::find::{self, Found, Home, PROJECT_FILE};
use super::spelling::Spelling;
use super::{Outcome, Stop, files, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or folders; `-` reads a text from stdin and writes it to stdout [default: the project]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing: show what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// The file name that tells how a text from stdin is spelt
    #[arg(long, value_name = "NAME", default_value = "stdin.kpi")]
    stdin_name: PathBuf,
}

/// Lines of a change that are shown.
const SHOWN: usize = 20;

/// Writes every file in its canonical form; one with errors is reported and left.
///
/// # Errors
/// Misuse: a path that is not there or holds no definitions. A result that cannot be written.
pub fn fmt(arguments: &Arguments) -> Result<Outcome, Stop> {
    let mut run = Run { check: arguments.check, ..Run::default() };
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        if arguments.paths.len() > 1 {
            return Err(Stop::misuse(
                "`-` stands for stdin alone",
                "format files and stdin one after the other",
            ));
        }
        run.stdin(&arguments.stdin_name)?;
    } else {
        for path in run.definitions(&arguments.paths)? {
            run.file(&path)?;
        }
        output::note(&run.summary());
    }
    output::findings(&run.found, &run.sources);
    Ok(if run.found.is_empty() && !(run.check && run.changed > 0) {
        Outcome::Done
    } else {
        Outcome::Findings
    })
}

/// `.` is no part of how people call a file.
fn inside(folder: &Path, file: &Path) -> PathBuf {
    if folder == Path::new(".") { file.to_path_buf() } else { folder.join(file) }
}

fn spelling(path: &Path) -> Result<Spelling, Stop> {
    Spelling::of(path).ok_or_else(|| {
        let help = match path.file_name().is_some_and(|name| name == PROJECT_FILE) {
            true => "the project file is yours to lay out",
            false => "the names of files of definitions end with `.kpi` or `.kpi.yaml`",
        };
        Stop::misuse(format!("`{}` is no file of definitions", path.display()), help)
    })
}

#[derive(Debug, Default)]
struct Run {
    check: bool,
    sources: Sources,
    found: Vec<Diagnostic>,
    changed: usize,
    unchanged: usize,
}

impl Run {
    /// The files that the paths name, each once.
    fn definitions(&mut self, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
        let mut named: Vec<PathBuf> = Vec::new();
        if paths.is_empty() {
            for root in find::homes(&[])?.iter().map(Home::shown_root) {
                named.extend(self.found_in(&root, find::definitions(&root)));
            }
        }
        for path in paths {
            if path.is_dir() {
                named.extend(self.found_in(path, find::all_definitions(path)));
            } else {
                spelling(path)?;
                named.push(path.clone());
            }
        }
        let mut known = HashSet::new();
        named.retain(|path| known.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        Ok(named)
    }

    /// The files of a folder; those of its folders that cannot be read are reported.
    fn found_in(&mut self, folder: &Path, below: Found) -> Vec<PathBuf> {
        for (refused, error) in below.refused {
            let shown = inside(folder, &refused).to_string_lossy().into_owned();
            self.found.push(files::unreadable(files::start(self.sources.add(shown, "")), &error));
        }
        below.files.iter().map(|file| inside(folder, file)).collect()
    }

    fn stdin(&mut self, name: &Path) -> Result<(), Stop> {
        let spelling = spelling(name)?;
        let mut bytes = Vec::new();
        io::stdin().lock().take(files::LIMIT + 1).read_to_end(&mut bytes)?;
        match files::text(bytes, &name.to_string_lossy(), &mut self.sources) {
            Ok(id) => {
                if let Some(written) = self.rewritten(id, spelling) {
                    if self.check {
                        self.compare(id, &written)?;
                    } else {
                        output::result(&written)?;
                    }
                }
            }
            Err(finding) => self.found.push(finding),
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), Stop> {
        let spelling = spelling(path)?;
        let id = match files::read(path, &path.to_string_lossy(), &mut self.sources) {
            Ok(id) => id,
            Err(finding) => {
                self.found.push(finding);
                return Ok(());
            }
        };
        let Some(written) = self.rewritten(id, spelling) else { return Ok(()) };
        if self.check {
            return self.compare(id, &written);
        }
        if written == self.sources.get(id).text {
            self.unchanged += 1;
        } else {
            match files::write(path, written.as_bytes()) {
                Ok(()) => self.changed += 1,
                Err(finding) => self.found.push(finding),
            }
        }
        Ok(())
    }

    /// The canonical text; nothing, and findings, for one with errors.
    fn rewritten(&mut self, id: FileId, spelling: Spelling) -> Option<String> {
        match spelling.rewrite(id, spelling, &self.sources) {
            Ok(written) => Some(written),
            Err(found) => {
                self.found.extend(found);
                None
            }
        }
    }

    /// Shows what would change.
    fn compare(&mut self, id: FileId, written: &str) -> Result<(), Stop> {
        let file = self.sources.get(id);
        if file.text == written {
            self.unchanged += 1;
            return Ok(());
        }
        self.changed += 1;
        output::result(&format!("{}\n{}", output::line(&file.path), changes(&file.text, written)))?;
        Ok(())
    }

    fn summary(&self) -> String {
        let changed = output::plural(self.changed, "file");
        let verb = if self.check { "would change" } else { "formatted" };
        let errors = output::count(&self.found).map(|count| format!("; {count}")).unwrap_or_default();
        format!("{changed} {verb}, {} unchanged{errors}", self.unchanged)
    }
}

/// The first lines that differ.
fn changes(old: &str, new: &str) -> String {
    let diff = TextDiff::configure().timeout(Duration::from_millis(200)).diff_lines(old, new);
    let lines: Vec<String> = diff
        .iter_all_changes()
        .filter_map(|change| {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => return None,
            };
            let number = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            Some(format!("{number:>5} {sign} {}\n", visible(change.value())))
        })
        .collect();
    let mut shown = lines[..lines.len().min(SHOWN)].concat();
    if lines.len() > SHOWN {
        shown.push_str(&format!("      … and {} more lines\n", lines.len() - SHOWN));
    }
    shown
}

/// A line with its blanks, without what could steer a terminal.
fn visible(line: &str) -> String {
    line.trim_end_matches(['\n', '\r'])
        .chars()
        .map(|c| if c.is_control() && c != '\t' { '·' } else { c })
        .collect()
}
