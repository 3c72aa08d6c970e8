//! Where each table's rows lie on this machine.

use std::path::{Path, PathBuf};

use kpic::diagnostic::{Code, Diagnostic};
use kpic::lower::declared;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Relation;
use kpic::run::{Access, FileTable};
use kpic::source::Span;
use kpic::syntax::ast::{Environment, Text};

use super::Limits;
use crate::cli::project::Project;

/// The tables of an environment and of sources that are files; relative paths
/// begin at the project's root, and the paths of `resolved` become absolute.
///
/// # Errors
/// Files that are not there, all of them.
pub fn access(
    project: &Project,
    environment: Option<&Environment>,
    resolved: &mut Resolved,
    limits: Limits<'_>,
    spill: &Path,
) -> Result<Access, Vec<Diagnostic>> {
    let root = &project.home.root;
    let mut access = Access {
        root: root.clone(),
        database: None,
        files: Vec::new(),
        paths: Vec::new(),
        output: None,
        spill: spill.to_path_buf(),
        threads: limits.threads.map_or_else(cores, usize::from),
        memory: limits.memory.map(String::from),
    };
    let mut errors = Vec::new();
    for source in resolved.sources.values_mut() {
        let Some(Relation::File(path)) = &mut source.relation else { continue };
        match place(root, path, source.span, true) {
            Ok(found) => *path = found,
            Err(error) => errors.push(error),
        }
    }
    if let Some(environment) = environment {
        access.database = environment.connection.as_ref().and_then(|c| database(root, c, &mut errors));
        for (table, path) in &environment.files {
            match place(root, &path.value, path.span, false) {
                Ok(path) => access.files.push(FileTable {
                    name: table.value.split('.').map(String::from).collect(),
                    path,
                    types: types(resolved, table),
                }),
                Err(error) => errors.push(error),
            }
        }
    }
    if errors.is_empty() { Ok(access) } else { Err(errors) }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Types that sources declare for the columns of a table.
fn types(resolved: &Resolved, table: &Text) -> Vec<(String, kpic::value::Type)> {
    let mut types: Vec<(String, kpic::value::Type)> = Vec::new();
    for source in resolved.sources.values() {
        let Some(Relation::Table(parts)) = &source.relation else { continue };
        if parts.join(".") != table.value {
            continue;
        }
        for (column, ty) in declared(source) {
            if !types.iter().any(|(known, _)| *known == column) {
                types.push((column, ty));
            }
        }
    }
    types
}

/// An existing file, or a pattern that some file fits, as the engine reads it.
fn place(root: &Path, path: &str, span: Span, inside: bool) -> Result<String, Diagnostic> {
    let whole = root.join(path);
    if inside && !is_inside(path) {
        let fact = format!("`{path}` lies outside of the project");
        return Err(Diagnostic::error(Code::Unreadable, span, fact)
            .because("definitions are shared; where other data lies, each machine's environment says")
            .help("use `table NAME` in the source, and name the file under `files` of an environment"));
    }
    let shown = whole.to_string_lossy().into_owned();
    if whole.is_file() {
        return Ok(literal(&shown));
    }
    let fits = glob::glob(&shown).is_ok_and(|mut found| found.any(|entry| entry.is_ok_and(|p| p.is_file())));
    if fits {
        return Ok(shown);
    }
    let fact = match path.contains(['*', '?', '[']) {
        true => format!("no file fits `{path}`"),
        false => format!("there is no file `{path}`"),
    };
    Err(Diagnostic::error(Code::Unreadable, span, fact)
        .because("without its rows nothing that reads them can be computed")
        .help("paths begin at the project's folder; put the file there, or name where it is"))
}

fn is_inside(path: &str) -> bool {
    use std::path::Component;
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// A path in which no character stands for others.
fn literal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '[' | '*' | '?' => out.extend(['[', c, ']']),
            c => out.push(c),
        }
    }
    out
}

fn database(root: &Path, connection: &Text, errors: &mut Vec<Diagnostic>) -> Option<PathBuf> {
    let path = root.join(&connection.value);
    if path.is_file() {
        return Some(path);
    }
    errors.push(
        Diagnostic::error(
            Code::Unreadable,
            connection.span,
            format!("there is no database file `{}`", connection.value),
        )
        .help("paths begin at the project's folder"),
    );
    None
}
