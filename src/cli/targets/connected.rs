//! Tables of targets in a database that one connects to.

use kpic::diagnostic::Diagnostic;
use kpic::dialect::{self, Dialect, TypeWords};
use kpic::run::{Connection, Described, Refused};
use kpic::schema;
use kpic::sql::{self, Query};
use kpic::syntax::sheet::{Dimension, Table, Told};

use super::planned::{Pulled, Wanted};
use crate::cli::execute::Stopped;
use crate::cli::schema::{connected, exported};

/// The sheets of these tables, and what is wrong with the others.
///
/// # Errors
/// A database that is not there, or does not answer.
pub fn pull<'w>(
    text: &str,
    dialect: &'static dyn Dialect,
    wanted: &'w [Wanted],
    dimensions: &[Dimension],
) -> Result<(Vec<Pulled<'w>>, Vec<Diagnostic>), Stopped> {
    let mut connection = Connection::open(dialect.name(), text).map_err(|why| refused(&why, dialect))?;
    let (mut sheets, mut found) = (Vec::new(), Vec::new());
    for wanted in wanted {
        let columns = connection.columns(&wanted.parts).map_err(|why| refused(&why, dialect))?;
        let Some(columns) = columns else {
            let names = connection.tables().map_err(|why| refused(&why, dialect))?;
            let near = exported::near(&wanted.parts.join("."), &names);
            found.push(wanted.not_there(
                near.as_deref().unwrap_or("the database has no such table or view, or does not show it"),
            ));
            continue;
        };
        let columns = columns.iter().map(|column| (column.name.clone(), told(column, dialect))).collect();
        let table = sql::Table::Named { path: wanted.parts.clone(), types: Vec::new() };
        let query = dialect::print(&Query::rows_of(table), dialect)?;
        let rows = connection.query(&query).map_err(|why| refused(&why, dialect))?;
        let rows = rows.rows.iter().map(|row| row.iter().map(|value| value.text()).collect()).collect();
        match wanted.sheet(&Table { columns, rows }, dimensions) {
            Ok(sheet) => sheets.push(sheet),
            Err(wrong) => found.extend(wrong),
        }
    }
    Ok((sheets, found))
}

fn told(column: &Described, dialect: &dyn Dialect) -> Told {
    let words = TypeWords { word: &column.ty, ..TypeWords::default() };
    let ty = dialect::column_type(words, dialect.name()).ty.and_then(schema::language);
    ty.map_or_else(|| Told::Other(column.ty.clone()), Told::Type)
}

/// Why there is no answer, without a part of what the connection was made with.
fn refused(why: &Refused, dialect: &dyn Dialect) -> Diagnostic {
    let finding = connected::refused(why, dialect).because("without an answer nobody knows what is planned");
    match why {
        Refused::UnknownDatabase => {
            finding.help("export the table as a CSV, and pull from that file: `--from-csv`")
        }
        Refused::NotUnderstood | Refused::Unencrypted | Refused::Database(_) => finding,
    }
}
