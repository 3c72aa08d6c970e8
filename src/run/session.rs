//! A session with the embedded engine.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use duckdb::{Connection, ErrorCode, InterruptHandle, appender_params_from_iter};
use indexmap::IndexMap;

use super::rows::{Rows, Value};
use super::sandbox::{self, Access};
use super::{identifier, read, text, types};
use crate::dialect;
use crate::resolve::resolved::ColumnType;
use crate::value::Type;

/// What a database file is called here: its own name could be a schema's too.
const DATABASE: &str = "kpic_database";

/// An open engine that reads what it was told of.
pub struct Session {
    connection: Connection,
    stopped: Arc<AtomicBool>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

/// Whether columns may be NULL, by the schema and the name of their table.
pub type Nullable = HashMap<(String, String), HashMap<String, bool>>;

/// Why there are no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Somebody stopped the query.
    Interrupted,
    /// The engine's own words, on one or more lines.
    Engine(String),
}

/// Stops a session's query from another thread.
#[derive(Clone)]
pub struct Interrupter {
    handle: Arc<InterruptHandle>,
    stopped: Arc<AtomicBool>,
}

impl Interrupter {
    /// Stops the query that runs, and every later one.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.handle.interrupt();
    }
}

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interrupter").finish_non_exhaustive()
    }
}

impl Session {
    /// Opens the engine with the tables of `access`, then closes everything else.
    ///
    /// # Errors
    /// A database that cannot be opened; files that cannot be read.
    pub fn open(access: &Access) -> Result<Session, Failure> {
        let connection =
            sandbox::config(access).and_then(Connection::open_in_memory_with_flags).map_err(engine)?;
        let session = Session { connection, stopped: Arc::new(AtomicBool::new(false)) };
        if let Some(database) = &access.database {
            session.attach(database)?;
        }
        session.tell_time_in_utc()?;
        session.run(&sandbox::close(access))?;
        for file in &access.files {
            session.view(&file.name, &session.relation(&file.path, &file.types)?)?;
        }
        Ok(session)
    }

    /// A handle that stops queries from elsewhere.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter { handle: self.connection.interrupt_handle(), stopped: Arc::clone(&self.stopped) }
    }

    /// The rows of a query.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn query(&self, sql: &str) -> Result<Rows, Failure> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut found = statement.query([]).map_err(failed)?;
        let columns = found.as_ref().map(|statement| statement.column_names()).unwrap_or_default();
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(failed)? {
            let cells = (0..columns.len()).map(|i| row.get_ref(i).map_err(failed));
            let values: Result<Vec<Value>, Failure> =
                cells.map(|cell| read::value(cell?).map_err(Failure::Engine)).collect();
            rows.push(values?);
        }
        Ok(Rows { columns, rows })
    }

    /// The columns of a query's rows, by their names.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn columns(&self, sql: &str) -> Result<IndexMap<String, Option<ColumnType>>, Failure> {
        Ok(self.described(sql)?.into_iter().map(|(name, ty, _)| (name, ty)).collect())
    }

    /// The columns of a query's rows: name, type, and what the engine calls that.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn described(&self, sql: &str) -> Result<Vec<(String, Option<ColumnType>, String)>, Failure> {
        let described = self.query(&format!("DESCRIBE {sql}"))?;
        let column = |row: &Vec<Value>| match row.as_slice() {
            [Value::Text(name), Value::Text(word), ..] => {
                Some((name.clone(), types::column_type(word), word.clone()))
            }
            _ => None,
        };
        Ok(described.rows.iter().filter_map(column).collect())
    }

    /// The rows of a file, with those of the declared types whose columns it has.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn relation(&self, path: &str, types: &[(String, Type)]) -> Result<String, Failure> {
        let file = |types: &[(String, Type)]| {
            dialect::EMBEDDED.file(path, types).expect("the embedded engine reads files")
        };
        if types.is_empty() || file(&[]) == file(types) {
            return Ok(file(types));
        }
        let columns = self.columns(&format!("SELECT * FROM {}", file(&[])))?;
        let known: Vec<_> = types.iter().filter(|(name, _)| columns.contains_key(name)).cloned().collect();
        Ok(file(&known))
    }

    /// Of each table of the database, by schema and table, whether its columns may be NULL. Views
    /// say nothing of theirs.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn nullable(&self) -> Result<Nullable, Failure> {
        let rows = self.query(&format!(
            "SELECT t.schema_name, t.table_name, c.column_name, c.is_nullable FROM duckdb_columns() AS c \
             JOIN duckdb_tables() AS t ON t.database_name = c.database_name AND t.schema_name = c.schema_name \
             AND t.table_name = c.table_name WHERE t.database_name = '{DATABASE}'"
        ))?;
        let mut found = Nullable::new();
        for row in rows.rows {
            let [Value::Text(schema), Value::Text(table), Value::Text(column), Value::Boolean(nullable)] =
                row.as_slice()
            else {
                continue;
            };
            found.entry((schema.clone(), table.clone())).or_default().insert(column.clone(), *nullable);
        }
        Ok(found)
    }

    /// Writes a query's rows to the output of [`Access`], as Parquet.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn write_parquet(&self, sql: &str, output: &Path) -> Result<(), Failure> {
        // Parquet has no integers of 128 bits, and doubles in their place would lose digits.
        let described = self.query(&format!("DESCRIBE {sql}"))?;
        let wide = described.rows.iter().filter_map(|row| match row.as_slice() {
            [Value::Text(name), Value::Text(word), ..] if word.ends_with("HUGEINT") => Some(identifier(name)),
            _ => None,
        });
        let exact: Vec<String> = wide.map(|n| format!("CAST({n} AS DECIMAL(38, 0)) AS {n}")).collect();
        let replaced =
            if exact.is_empty() { String::new() } else { format!(" REPLACE ({})", exact.join(", ")) };
        let file = text(&output.to_string_lossy());
        // A temporary file of the engine's own would stand beside the one that it may write.
        let options = "FORMAT parquet, USE_TMP_FILE false";
        self.run(&format!("COPY (SELECT *{replaced} FROM ({sql})) TO {file} ({options})"))
    }

    /// Writes rows to the output of [`Access`], as Parquet.
    ///
    /// # Errors
    /// What the engine says of it.
    pub fn write_rows(
        &self,
        columns: &[(&str, Type)],
        rows: &[Vec<Value>],
        output: &Path,
    ) -> Result<(), Failure> {
        let name = |ty: Type| dialect::EMBEDDED.type_name(ty);
        let columns: Vec<String> =
            columns.iter().map(|(column, ty)| format!("{} {}", identifier(column), name(*ty))).collect();
        self.run(&format!("CREATE TEMP TABLE kpic_rows ({})", columns.join(", ")))?;
        let mut appender = self.connection.appender("kpic_rows").map_err(|error| self.failed(error))?;
        for row in rows {
            let values = row.iter().map(read::parameter);
            appender.append_row(appender_params_from_iter(values)).map_err(|error| self.failed(error))?;
        }
        appender.flush().map_err(|error| self.failed(error))?;
        drop(appender);
        self.write_parquet("SELECT * FROM kpic_rows", output)
    }

    fn run(&self, sql: &str) -> Result<(), Failure> {
        self.connection.execute_batch(sql).map_err(|error| self.failed(error))
    }

    /// Instants become days in UTC unless a query says where. An engine built without
    /// zones knows no other time.
    fn tell_time_in_utc(&self) -> Result<(), Failure> {
        let knows_zones = self.query("SELECT 1 FROM duckdb_settings() WHERE name = 'TimeZone'")?;
        if knows_zones.rows.is_empty() { Ok(()) } else { self.run("SET TimeZone = 'UTC'") }
    }

    /// Makes a database's tables known under their own names.
    fn attach(&self, database: &Path) -> Result<(), Failure> {
        let file = text(&database.to_string_lossy());
        self.run(&format!("ATTACH {file} AS {DATABASE} (READ_ONLY)"))?;
        for (kind, is_view) in [("table", false), ("view", true)] {
            let all = self.query(&format!(
                "SELECT database_name, schema_name, {kind}_name FROM duckdb_{kind}s() \
                 WHERE database_name = '{DATABASE}' AND NOT internal ORDER BY ALL"
            ))?;
            for row in &all.rows {
                let names: Vec<String> = row.iter().filter_map(Value::text).collect();
                let whole: Vec<String> = names.iter().map(|name| identifier(name)).collect();
                match self.view(&names[1..], &whole.join(".")) {
                    // A view that is broken is nobody's concern until somebody asks for it.
                    Err(Failure::Engine(_)) if is_view => {}
                    made => made?,
                }
            }
        }
        Ok(())
    }

    fn view(&self, name: &[String], relation: &str) -> Result<(), Failure> {
        let quoted: Vec<String> = name.iter().map(|part| identifier(part)).collect();
        match quoted.as_slice() {
            [] | [_] => {}
            [schema, _] => self.run(&format!("CREATE SCHEMA IF NOT EXISTS {schema}"))?,
            [database, schema, ..] => {
                self.run(&format!("ATTACH IF NOT EXISTS ':memory:' AS {database}"))?;
                self.run(&format!("CREATE SCHEMA IF NOT EXISTS {database}.{schema}"))?;
            }
        }
        self.run(&format!("CREATE OR REPLACE VIEW {} AS SELECT * FROM {relation}", quoted.join(".")))
    }

    fn failed(&self, error: duckdb::Error) -> Failure {
        if self.stopped.load(Ordering::SeqCst) { Failure::Interrupted } else { engine(error) }
    }
}

/// The engine's words without the place in a query that nobody wrote.
fn engine(error: duckdb::Error) -> Failure {
    let said = match error {
        duckdb::Error::DuckDBFailure(inner, message) => match (inner.code, message) {
            (ErrorCode::OperationInterrupted, _) => return Failure::Interrupted,
            (_, Some(message)) => message,
            (_, None) => inner.to_string(),
        },
        other => other.to_string(),
    };
    let shown = said.split("\n\nLINE ").next().unwrap_or(&said).trim();
    Failure::Engine(shown.to_string())
}
