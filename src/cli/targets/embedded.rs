//! Tables of targets as the embedded engine reads them: data files and its own databases.

use kpic::diagnostic::Diagnostic;
use kpic::dialect;
use kpic::resolve::Resolved;
use kpic::run::{Access, Failure};
use kpic::sql;
use kpic::syntax::ast::Environment;
use kpic::syntax::sheet::{Dimension, Table, Told};
use kpic::value::Type;

use super::planned::{self, Pulled, Wanted};
use crate::cli::execute::engine::{self, Run};
use crate::cli::execute::{Limits, Stopped, bind};
use crate::cli::project::{Checked, Choice, Project};
use crate::cli::schema::embedded;

/// The sheets of these tables, and what is wrong with the others.
///
/// # Errors
/// Data that cannot be opened; an interruption.
pub fn pull<'w>(
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
    wanted: &'w [Wanted],
    limits: Limits<'_>,
) -> Result<(Vec<Pulled<'w>>, Vec<Diagnostic>), Stopped> {
    let spill = tempfile::tempdir().map_err(|error| embedded::unusable(&error))?;
    let environment = choice.environment.map(|environment| of_tables(environment, wanted));
    // The rows of sources are not read, and may be on another machine.
    let mut nothing = Resolved { sources: Default::default(), ..checked.resolved.clone() };
    let access = bind::access(project, environment.as_ref(), &mut nothing, limits, spill.path())?;
    let _inside = embedded::enter(project)?;
    let run = Run::open(&access, &checked.texts)?;
    look(&run, &access, wanted, &planned::dimensions(&checked.resolved))
}

/// An environment without the files of other tables.
fn of_tables(environment: &Environment, wanted: &[Wanted]) -> Environment {
    let files = environment.files.iter();
    let files = files.filter(|(table, _)| wanted.iter().any(|wanted| wanted.parts.join(".") == table.value));
    Environment { files: files.cloned().collect(), ..environment.clone() }
}

/// What an open engine says of these tables.
///
/// # Errors
/// An interruption.
pub fn look<'w>(
    run: &Run<'_>,
    access: &Access,
    wanted: &'w [Wanted],
    dimensions: &[Dimension],
) -> Result<(Vec<Pulled<'w>>, Vec<Diagnostic>), Stopped> {
    let (mut sheets, mut found) = (Vec::new(), Vec::new());
    for wanted in wanted {
        run.progress.say(format!("reading {}", wanted.name));
        let columns = match relation(run, access, wanted).and_then(|relation| columns(run, relation)) {
            Ok(columns) => columns,
            Err(Failure::Interrupted) => return Err(Stopped::Interrupted),
            Err(Failure::Engine(words)) => {
                found.push(wanted.not_there(&words));
                continue;
            }
        };
        let (mut table, text) = columns;
        // Values of some types cannot even be read.
        if let Err(wrong) = wanted.sheet(&table, dimensions) {
            found.extend(wrong);
            continue;
        }
        let rows = run.session.query(&text).map_err(engine::stopped)?;
        table.rows = rows.rows.iter().map(|row| row.iter().map(|value| value.text()).collect()).collect();
        match wanted.sheet(&table, dimensions) {
            Ok(sheet) => sheets.push(sheet),
            Err(wrong) => found.extend(wrong),
        }
    }
    Ok((sheets, found))
}

/// Where a table's rows are, and whether they are texts of which nobody says more.
fn relation(run: &Run<'_>, access: &Access, wanted: &Wanted) -> Result<(sql::Table, bool), Failure> {
    let written = wanted.parts.join(".");
    let Some(file) = access.files.iter().find(|file| file.name.join(".") == written) else {
        return Ok((sql::Table::Named { path: wanted.parts.clone(), types: Vec::new() }, false));
    };
    let read = |types: Vec<(String, Type)>| sql::Table::File { path: file.path.clone(), types };
    let text = |types: &[(String, Type)]| dialect::EMBEDDED.file(&file.path, types);
    if text(&[]) == text(&[("x".to_owned(), Type::Text)]) {
        return Ok((read(Vec::new()), false));
    }
    // What a reader guesses to be a number would lose digits.
    let columns = run.session.columns(&printed(read(Vec::new()))?)?;
    Ok((read(columns.into_keys().map(|name| (name, Type::Text)).collect()), true))
}

/// The columns of a relation, and the query for its rows.
fn columns(run: &Run<'_>, (relation, is_text): (sql::Table, bool)) -> Result<(Table, String), Failure> {
    let text = printed(relation)?;
    let columns = run.session.described(&text)?.into_iter().map(|(name, ty, word)| {
        let told = match ty {
            _ if is_text => Told::Nothing,
            Some(ty) => Told::Type(ty),
            None => Told::Other(word),
        };
        (name, told)
    });
    Ok((Table { columns: columns.collect(), rows: Vec::new() }, text))
}

fn printed(table: sql::Table) -> Result<String, Failure> {
    let text = dialect::print(&sql::Query::rows_of(table), dialect::EMBEDDED);
    text.map_err(|found| Failure::Engine(found.into_iter().map(|d| d.message).collect::<Vec<_>>().join("; ")))
}
