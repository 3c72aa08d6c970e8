//! Tables as the embedded engine sees them: data files and its own databases.

use std::collections::HashMap;
use std::path::PathBuf;

use kpic::diagnostic::{Code, Diagnostic};
use kpic::dialect;
use kpic::lower::SqlTexts;
use kpic::model::Model;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Relation;
use kpic::run::{Access, Failure, Nullable};
use kpic::schema::{self, Column, Place, Table};
use kpic::source::Spanned;
use kpic::sql;
use kpic::value::Type;

use super::measure::{self, Measuring};
use super::tables::{self, Tables};
use crate::cli::execute::engine::{self, Run};
use crate::cli::execute::{Limits, Stopped, bind};
use crate::cli::prepare;
use crate::cli::project::{Checked, Choice, Project};
use crate::cli::queries;

/// What is there of the tables that the definitions read, and what is measured of them.
///
/// # Errors
/// Data that cannot be opened; an interruption.
pub fn pull(
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
    limits: Limits<'_>,
    measuring: Option<&Measuring>,
) -> Result<Tables, Stopped> {
    let spill = tempfile::tempdir().map_err(|error| unusable(&error))?;
    let mut bound = prepare::bound(checked.resolved.clone(), choice.environment);
    let access = bind::access(project, choice.environment, &mut bound, limits, spill.path())?;
    let _inside = enter(project)?;
    let mut run = Run::open(&access, &checked.texts)?;
    let model = project.model(choice, &mut kpic::diagnostic::Sink::new());
    let mut found = tables(&run, &access, &model, &bound, project)?;
    if let Some(measuring) = measuring {
        measure::measure(&model, &bound, &checked.texts, dialect::EMBEDDED, measuring, &mut found, &mut run)?;
    }
    Ok(found)
}

/// The folder that is gone back to.
#[derive(Debug)]
pub struct Inside(PathBuf);

impl Drop for Inside {
    fn drop(&mut self) {
        // Where it is gone meanwhile, there is nowhere to go back to.
        let _ = std::env::set_current_dir(&self.0);
    }
}

/// Goes into the project's folder for a while: users' queries name files as seen from there, and
/// findings name them as seen from here.
///
/// # Errors
/// A folder that cannot be entered.
pub fn enter(project: &Project) -> Result<Inside, Stopped> {
    let here = std::env::current_dir().map_err(|error| unusable(&error))?;
    std::env::set_current_dir(&project.home.root).map_err(|error| unusable(&error))?;
    Ok(Inside(here))
}

pub fn unusable(error: &std::io::Error) -> Diagnostic {
    Diagnostic::general(Code::Unreadable, format!("a folder cannot be used: {error}"))
}

/// What is there of the tables that the definitions read.
///
/// # Errors
/// An interruption.
pub fn tables(
    run: &Run<'_>,
    access: &Access,
    model: &Model<'_>,
    bound: &Resolved,
    project: &Project,
) -> Result<Tables, Stopped> {
    let nullable = run.session.nullable().map_err(engine::stopped)?;
    let queries = queries::raw(&project.home, model);
    let looking = Looking { run, access, nullable, texts: run.texts() };
    let mut found = Tables::default();
    for wanted in tables::wanted(model) {
        let Some(source) = bound.sources.get(wanted.source) else { continue };
        let Some(relation) = &source.relation else { continue };
        match looking.at(wanted.source, relation) {
            Ok(mut table) => {
                if let Place::Query(path) = &wanted.place {
                    table.text = queries.get(path).map(|text| schema::mark(text));
                }
                found.take(&wanted, Ok(table));
            }
            Err(Failure::Interrupted) => return Err(Stopped::Interrupted),
            Err(Failure::Engine(words)) => found.take(&wanted, Err(one_line(&words))),
        }
    }
    Ok(found)
}

fn one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Looking<'a> {
    run: &'a Run<'a>,
    access: &'a Access,
    nullable: Nullable,
    texts: &'a SqlTexts,
}

impl Looking<'_> {
    fn at(&self, source: &str, relation: &Relation) -> Result<Table, Failure> {
        match relation {
            Relation::Table(parts) => {
                let written = parts.join(".");
                let file = self.access.files.iter().find(|file| file.name.join(".") == written);
                match file {
                    Some(file) => self.file(&file.path),
                    None => self.table(parts),
                }
            }
            Relation::File(path) => self.file(path),
            Relation::Sql(Spanned { .. }) => {
                let text = self.texts.get(source).cloned();
                let text = text.ok_or_else(|| Failure::Engine("its text has errors".to_owned()))?;
                self.described(sql::Table::Sql { text, types: Vec::new() }, None)
            }
        }
    }

    fn table(&self, parts: &[String]) -> Result<Table, Failure> {
        let place = match parts {
            [table] => Some(("main".to_owned(), table.clone())),
            [schema, table] => Some((schema.clone(), table.clone())),
            _ => None,
        };
        let nullable = place.and_then(|place| self.nullable.get(&place));
        self.described(sql::Table::Named { path: parts.to_vec(), types: Vec::new() }, nullable)
    }

    /// A file as its reader takes it when nobody declares anything.
    fn file(&self, path: &str) -> Result<Table, Failure> {
        let file = |types: &[(String, Type)]| dialect::EMBEDDED.file(path, types);
        let guessed = file(&[]) != file(&[("x".to_owned(), Type::Text)]);
        let table = self.described(sql::Table::File { path: path.to_owned(), types: Vec::new() }, None)?;
        Ok(Table { guessed, ..table })
    }

    fn described(
        &self,
        table: sql::Table,
        nullable: Option<&HashMap<String, bool>>,
    ) -> Result<Table, Failure> {
        let text = dialect::print(&sql::Query::rows_of(table), dialect::EMBEDDED);
        let text = text.map_err(|found| {
            Failure::Engine(found.into_iter().map(|d| d.message).collect::<Vec<_>>().join("; "))
        })?;
        let columns = self.run.session.described(&text)?.into_iter().map(|(name, ty, word)| {
            let nullable = nullable.and_then(|columns| columns.get(&name)).copied();
            let word = if ty.is_some() { String::new() } else { word };
            (name, Column { ty, word, nullable })
        });
        Ok(Table { columns: columns.collect(), ..Table::default() })
    }
}
