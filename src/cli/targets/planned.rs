//! Tables of targets, and what their sheets should be.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[cfg(feature = "duckdb")]
use kpic::diagnostic::Severity;
use kpic::diagnostic::{Code, Diagnostic};
use kpic::resolve::Resolved;
use kpic::resolve::scalar::Type;
use kpic::source::Span;
use kpic::syntax::ast::{Environment, TargetPlace};
use kpic::syntax::format;
use kpic::syntax::sheet::{self, Dimension, Table};

use crate::cli::project::Project;
use crate::cli::{files, output, prepare, sheets};

/// A table that targets come from.
#[derive(Debug)]
pub struct Wanted {
    /// As definitions name it.
    pub name: String,
    /// As it is called in the environment.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only who asks a database reads it"))]
    pub parts: Vec<String>,
    /// Its sheet, from the project's root.
    pub file: String,
    pub span: Span,
}

/// A table's sheet as it should be.
#[derive(Debug)]
pub struct Pulled<'w> {
    pub wanted: &'w Wanted,
    pub text: String,
}

/// The tables that the definitions name, each once.
pub fn wanted(project: &Project, environment: Option<&Environment>) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for place in sheets::places(&project.files) {
        let TargetPlace::Table(table) = place else { continue };
        let file = sheet::file_of(&table.value);
        if all.iter().any(|known| known.file == file) {
            continue;
        }
        let mut parts = table.value.iter().map(|part| part.value.clone()).collect();
        if let Some(environment) = environment {
            prepare::bound_table(&mut parts, environment);
        }
        all.push(Wanted { name: format::table(&table.value), parts, file, span: table.span });
    }
    all
}

/// The sheets of tables that no definition names any more, from the project's root.
pub fn left(project: &Project, wanted: &[Wanted]) -> Vec<PathBuf> {
    // Without the folder there are none.
    let entries = fs::read_dir(project.home.root.join(sheet::FOLDER)).into_iter().flatten().flatten();
    let sheets = entries.map(|entry| Path::new(sheet::FOLDER).join(entry.file_name()));
    let is_left = |file: &PathBuf| {
        file.extension().is_some_and(|end| end == "csv")
            && !wanted.iter().any(|wanted| Path::new(&wanted.file) == file)
    };
    let mut left: Vec<PathBuf> = sheets.filter(is_left).collect();
    left.sort();
    left
}

/// What targets may be for.
pub fn dimensions(resolved: &Resolved) -> Vec<Dimension> {
    let is_text = |ty: Type| (ty != Type::Unknown).then_some(ty == Type::Text);
    let of_rows = resolved.dimensions.iter().map(|(id, found)| (id.clone(), is_text(found.ty)));
    of_rows.chain(resolved.bands.keys().map(|id| (id.clone(), Some(true)))).collect()
}

impl Wanted {
    /// The sheet of its rows.
    ///
    /// # Errors
    /// Columns that are none of targets; more rows than a file of the project may have.
    pub fn sheet(&self, table: &Table, dimensions: &[Dimension]) -> Result<Pulled<'_>, Vec<Diagnostic>> {
        let text = sheet::of_table(table, dimensions).map_err(|unsaid| {
            unsaid.into_iter().map(|unsaid| self.refused(&unsaid.fact, &unsaid.help)).collect::<Vec<_>>()
        })?;
        if text.len() as u64 > files::LIMIT {
            let fact = format!("has more than {} MiB of targets", files::LIMIT / (1024 * 1024));
            return Err(vec![self.refused(&fact, "leave the oldest ones out in a view")]);
        }
        Ok(Pulled { wanted: self, text })
    }

    fn refused(&self, fact: &str, help: &str) -> Diagnostic {
        let fact = output::line(&format!("the table `{}` {fact}", self.name));
        Diagnostic::error(Code::TargetTable, self.span, fact)
            .because("its columns are those of a sheet of targets, and its sheet stays as it is")
            .help(output::line(help))
    }

    /// That the table is not there.
    #[cfg(feature = "duckdb")]
    pub fn not_there(&self, why: &str) -> Diagnostic {
        let here = self.parts.join(".");
        let here = if here == self.name { String::new() } else { format!(", here `{here}`,") };
        let fact = output::line(&format!("the table `{}`{here} is not found: {why}", self.name));
        Diagnostic::error(Code::NoSuchTable, self.span, fact)
            .because("its sheet stays as it is, and nobody knows whether it is what is planned")
            .help("name it as the database does; what is called otherwise there, `schemas` or `files` of an environment say")
    }
}

impl Pulled<'_> {
    pub fn path(&self, project: &Project) -> PathBuf {
        project.home.root.join(&self.wanted.file)
    }

    /// The sheet as it lies here, if there is one.
    ///
    /// # Errors
    /// There is one, and nobody can read what it says.
    pub fn before(&self, project: &Project) -> Result<Option<String>, Diagnostic> {
        match fs::read_to_string(self.path(project)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => {
                let shown = project.home.shown(self.wanted.file.as_ref());
                let fact = format!("the sheet {shown} cannot be read: {error}");
                Err(Diagnostic::error(Code::Unreadable, self.wanted.span, output::line(&fact))
                    .because("it stays as it is, since what is in it would be lost unseen")
                    .help(output::line(&format!("make {shown} readable, or remove it and pull again"))))
            }
        }
    }

    /// How many lines have a target.
    pub fn lines(&self) -> usize {
        lines(&self.text).len()
    }

    /// That the table has other targets than its sheet, or that nobody knows.
    pub fn drift(&self, project: &Project) -> Option<Diagnostic> {
        let before = match self.before(project) {
            Ok(before) => before,
            Err(finding) => return Some(finding),
        };
        if before.as_deref() == Some(&self.text) {
            return None;
        }
        let changes = match before {
            Some(before) => format!("has other targets than its sheet: {}", changes(&before, &self.text)),
            None => format!("has {}, and there is no sheet of it", output::plural(self.lines(), "line")),
        };
        let fact = format!("the table `{}` {changes}", self.wanted.name);
        let file = project.home.shown(self.wanted.file.as_ref());
        Some(
            Diagnostic::warning(Code::TargetDrift, self.wanted.span, fact)
                .because("status, attainment and everything else are those of the sheet")
                .help(format!("`kpic targets pull`, look at what has changed, and commit {file}")),
        )
    }
}

/// Of a table that is not where sources' rows are, whether its sheet is right is not known there.
#[cfg(feature = "duckdb")]
pub fn unknown(finding: Diagnostic) -> Diagnostic {
    match finding.code {
        Code::NoSuchTable => Diagnostic { code: Code::TargetDrift, severity: Severity::Warning, ..finding },
        _ => finding,
    }
}

/// The lines below the heads.
fn lines(text: &str) -> Vec<&str> {
    text.lines().skip(1).collect()
}

/// What differs between two sheets of a table, with a few lines of each kind.
pub fn changes(before: &str, after: &str) -> String {
    let head = |text: &str| text.lines().next().unwrap_or_default().to_string();
    if head(before) != head(after) {
        return output::line(&format!("its columns are {}, and were {}", head(after), head(before)));
    }
    let without = |these: &str, others: &str| {
        let mut left = std::collections::HashMap::<String, usize>::new();
        lines(others).iter().for_each(|line| *left.entry((*line).to_string()).or_default() += 1);
        let is_new = |line: &&str| match left.get_mut(*line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        lines(these).into_iter().filter(is_new).map(String::from).collect::<Vec<_>>()
    };
    let (new, gone) = (without(after, before), without(before, after));
    let said = [few(&new, "is new", "are new"), few(&gone, "is gone", "are gone")];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if said.is_empty() { "its lines stand in another order".into() } else { said.join("; ") }
}

fn few(lines: &[String], one: &str, several: &str) -> Option<String> {
    const SHOWN: usize = 3;
    let shown: Vec<String> =
        lines.iter().take(SHOWN).map(|line| format!("`{}`", output::line(line))).collect();
    let more = if lines.len() > SHOWN { ", …" } else { "" };
    let verb = if lines.len() == 1 { one } else { several };
    let count = output::plural(lines.len(), "line");
    (!lines.is_empty()).then(|| format!("{count} {verb} ({}{more})", shown.join(", ")))
}
