//! Databases, asked alike.

use duckdb::Connection;
use kpic::dialect;
use kpic::sql::Query;

use crate::data::Data;
use crate::harness::Checked;
use crate::harness::oracle::{identifier, literal};
use crate::refused::construct;

/// Columns by name, and rows of texts, as DuckDB would show the values.
pub type Rows = (Vec<String>, Vec<Vec<Option<String>>>);

/// What an engine makes of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Rows(Rows),
    /// The rows were compared for the same text of another dialect.
    Taken,
}

pub trait Engine {
    fn dialect(&self) -> &'static dyn dialect::Dialect;
    /// A dialect whose text, where it is the same, is proven elsewhere in this run.
    fn twin(&self) -> Option<&'static dyn dialect::Dialect> {
        None
    }
    /// What it calls columns of these names, at least where it does not keep their capitals.
    fn names(&self, columns: Vec<String>) -> Vec<String> {
        columns
    }
    /// Name and version.
    fn version(&mut self) -> Checked<String>;
    /// Makes a table with the rows of a file.
    fn load(&mut self, data: &Data) -> Checked<()>;
    fn run(&mut self, sql: &str) -> Checked<Answer>;
    /// Runs a statement that gives no rows.
    fn execute(&mut self, statement: &str) -> Checked<()> {
        self.run(statement).map(drop)
    }
    /// The words that it says a name is quoted for; none where it cannot say.
    fn keywords(&mut self) -> Checked<Vec<String>>;
}

/// Why a query gave nothing.
#[derive(Debug)]
pub enum Not {
    /// The dialect cannot say it: the construct.
    Said(String),
    Wrong(String),
}

/// Prints a query in the engine's dialect and runs it.
pub fn ask(engine: &mut dyn Engine, query: &Query) -> Result<Answer, Not> {
    let sql = dialect::print(query, engine.dialect()).map_err(|found| {
        Not::Said(found.iter().map(|one| construct(&one.message)).collect::<Vec<_>>().join("; "))
    })?;
    let twin = engine.twin().and_then(|twin| dialect::print(query, twin).ok());
    if twin.as_ref() == Some(&sql) {
        return Ok(Answer::Taken);
    }
    engine.run(&sql).map_err(|e| Not::Wrong(format!("{e}\n{sql}")))
}

/// Nothing of a file is guessed.
const AS_WRITTEN: &str = "format csv, header false, auto_detect false, delim ',', quote '\"', escape '\"', \
    allow_quoted_nulls false, parallel false";

impl Engine for Connection {
    fn dialect(&self) -> &'static dyn dialect::Dialect {
        dialect::EMBEDDED
    }

    fn version(&mut self) -> Checked<String> {
        let version = Connection::version(self).map_err(|e| e.to_string())?;
        Ok(format!("DuckDB {}", version.trim_start_matches('v')))
    }

    fn load(&mut self, data: &Data) -> Checked<()> {
        let columns: Vec<String> =
            data.columns.iter().map(|(name, ty)| format!("{} {ty}", identifier(name))).collect();
        let (name, columns) = (data.qualified(), columns.join(", "));
        let mut sql = format!("create table {name} ({columns});\n");
        if let Some(schema) = data.schema() {
            sql = format!("create schema if not exists {};\n{sql}", identifier(schema));
        }
        let file = literal(&data.rows);
        sql.push_str(&format!("copy {name} from {file} ({AS_WRITTEN})"));
        self.execute_batch(&sql).map_err(|e| format!("DuckDB: {e}\n{sql}"))
    }

    fn run(&mut self, sql: &str) -> Checked<Answer> {
        let read = || -> duckdb::Result<Rows> {
            let sql = sql.trim_end().trim_end_matches(';');
            let mut statement = self.prepare(&format!("select columns(*)::varchar from ({sql}\n)"))?;
            let mut rows = statement.query([])?;
            let mut all = Vec::new();
            let mut columns = Vec::new();
            while let Some(row) = rows.next()? {
                columns = row.as_ref().column_names();
                all.push((0..columns.len()).map(|i| row.get(i)).collect::<duckdb::Result<_>>()?);
            }
            Ok((columns, all))
        };
        read().map(Answer::Rows).map_err(|e| format!("DuckDB: {e}"))
    }

    fn execute(&mut self, statement: &str) -> Checked<()> {
        self.execute_batch(statement).map_err(|e| format!("DuckDB: {e}"))
    }

    fn keywords(&mut self) -> Checked<Vec<String>> {
        words(self.run("select keyword_name from duckdb_keywords()")?)
    }
}

/// The first column.
pub fn words(answer: Answer) -> Checked<Vec<String>> {
    match answer {
        Answer::Rows((_, rows)) => Ok(rows.into_iter().flatten().flatten().collect()),
        Answer::Taken => Err("a database lists its keywords".into()),
    }
}
