//! Tables as a database says that one connects to.

use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::dialect::{self, Dialect, TypeWords};
use kpic::model::Model;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Relation;
use kpic::run::{Connection, Described, Refused, Rows};
use kpic::schema::{self, Column, Place, Table};

use super::exported;
use super::measure::{self, Measuring};
use super::tables::{self, Tables};
use crate::cli::execute::Stopped;
use crate::cli::health::Asks;
use crate::cli::output;
use crate::cli::prepare;
use crate::cli::project::{Checked, Choice, Project};
use crate::cli::queries;

/// What is there of the tables that the definitions read, and what is measured of them.
///
/// # Errors
/// A database that is not there, or does not answer.
pub fn pull(
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
    text: &str,
    measuring: Option<&Measuring>,
) -> Result<Tables, Stopped> {
    let mut connection =
        Connection::open(choice.dialect.name(), text).map_err(|why| refused(&why, choice.dialect))?;
    let bound = prepare::bound(checked.resolved.clone(), choice.environment);
    let model = project.model(choice, &mut Sink::new());
    let mut found = tables(&mut connection, project, &model, &bound, checked, choice.dialect)?;
    if let Some(measuring) = measuring {
        let mut asks = Asking { connection, dialect: choice.dialect };
        measure::measure(&model, &bound, &checked.texts, choice.dialect, measuring, &mut found, &mut asks)?;
    }
    Ok(found)
}

fn tables(
    connection: &mut Connection,
    project: &Project,
    model: &Model<'_>,
    bound: &Resolved,
    checked: &Checked,
    dialect: &'static dyn Dialect,
) -> Result<Tables, Stopped> {
    let queries = queries::raw(&project.home, model);
    let mut found = Tables { any_case: dialect::any_case(dialect.name()), ..Tables::default() };
    let mut names = None;
    for wanted in tables::wanted(model) {
        let Some(relation) = bound.sources.get(wanted.source).and_then(|source| source.relation.as_ref())
        else {
            continue;
        };
        let columns = match relation {
            Relation::Table(parts) => {
                match connection.columns(parts).map_err(|why| refused(&why, dialect))? {
                    Some(columns) => Ok(table(&columns, dialect)),
                    None => {
                        if names.is_none() {
                            names = Some(connection.tables().map_err(|why| refused(&why, dialect))?);
                        }
                        let near = names.as_deref().and_then(|names| exported::near(&parts.join("."), names));
                        Err(near.unwrap_or_else(|| {
                            "the database has no such table or view, or does not show it".to_owned()
                        }))
                    }
                }
            }
            Relation::File(_) => Err("a database has no data files".to_owned()),
            Relation::Sql(_) => {
                match checked.texts.get(wanted.source).map(|text| connection.describe(text)) {
                    Some(Ok(columns)) => Ok(table(&columns, dialect)),
                    Some(Err(Refused::Database(words))) => Err(words),
                    Some(Err(other)) => return Err(refused(&other, dialect).into()),
                    None => Err("its text has errors".to_owned()),
                }
            }
        };
        let columns = columns.map(|columns| match &wanted.place {
            Place::Query(path) => Table { text: queries.get(path).map(|text| schema::mark(text)), ..columns },
            Place::Table(_) | Place::File(_) => columns,
        });
        found.take(&wanted, columns);
    }
    Ok(found)
}

fn table(columns: &[Described], dialect: &dyn Dialect) -> Table {
    let column = |described: &Described| {
        let words = TypeWords { word: &described.ty, ..TypeWords::default() };
        let ty = dialect::column_type(words, dialect.name()).ty.and_then(schema::language);
        let word = if ty.is_some() { String::new() } else { described.ty.clone() };
        (described.name.clone(), Column { ty, word, nullable: described.nullable })
    };
    Table { columns: columns.iter().map(column).collect(), ..Table::default() }
}

struct Asking {
    connection: Connection,
    dialect: &'static dyn Dialect,
}

impl Asks for Asking {
    fn ask(&mut self, sql: &str) -> Result<Rows, Stopped> {
        Ok(self.connection.query(sql).map_err(|why| refused(&why, self.dialect))?)
    }

    fn say(&self, _: String) {}
}

/// Why there is no answer, without a part of what the connection was made with.
pub fn refused(why: &Refused, dialect: &dyn Dialect) -> Diagnostic {
    let (fact, help) = match why {
        Refused::NotUnderstood => (
            "the connection is not understood".to_owned(),
            format!("write `{}`, or `host=… user=… dbname=…`", Connection::EXAMPLE),
        ),
        Refused::Unencrypted => (
            "the connection would go over a network without encryption, which this kpic does not have".to_owned(),
            "use a tunnel to it, say `sslmode=disable` where the network is your own, or pull from an export: `--from-csv`".to_owned(),
        ),
        Refused::UnknownDatabase => (
            format!("this kpic does not connect to a database that speaks {}", dialect.name()),
            "export its columns, `SELECT * FROM information_schema.columns`, and pull from that file: `--from-csv`".to_owned(),
        ),
        Refused::Database(words) => (
            format!("the database refuses: {}", output::line(words)),
            "its own words say what; nothing was written".to_owned(),
        ),
    };
    Diagnostic::general(Code::NoConnection, fact)
        .because("without an answer nothing is known of the tables")
        .help(help)
}
