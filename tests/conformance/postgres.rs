//! A PostgreSQL of its own for one run of the tests.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use kpic::dialect;
use postgres::types::Type;
use postgres::{Client, NoTls, SimpleQueryMessage};

use crate::data::Data;
use crate::engine::{Answer, Engine, words};
use crate::harness::Checked;
use crate::harness::oracle::identifier;

/// The server stops when this is dropped, and when this process ends in any way:
/// the script waits for the end of its input.
#[derive(Debug)]
pub struct Server {
    script: Child,
    address: String,
    databases: AtomicUsize,
}

impl Server {
    pub fn start(root: &Path) -> Checked<Server> {
        let mut script = Command::new(root.join("scripts/postgres"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("scripts/postgres: {e}"))?;
        let mut address = String::new();
        if let Some(out) = script.stdout.take() {
            BufReader::new(out).read_line(&mut address).map_err(|e| e.to_string())?;
        }
        let address = address.trim().to_string();
        let server = Server { script, address, databases: AtomicUsize::new(0) };
        if server.address.is_empty() { Err("scripts/postgres gave no address".into()) } else { Ok(server) }
    }

    /// A connection to a new database, in a zone that no case is about: no number may
    /// depend on who asks.
    pub fn database(&self) -> Checked<Client> {
        let name = format!("case_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let connect = |address: &str| Client::connect(address, NoTls).map_err(said);
        connect(&self.address)?.batch_execute(&format!("create database {name}")).map_err(said)?;
        // A later `dbname` wins.
        let mut client = connect(&format!("{} dbname={name}", self.address))?;
        client.batch_execute("set TimeZone = 'America/St_Johns'; set DateStyle = 'ISO'").map_err(said)?;
        Ok(client)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        // It was asked to stop; what it says then changes nothing.
        let _ = self.script.wait();
    }
}

/// An error with what the server says about it.
pub fn said(error: postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => {
            let place = match db.position() {
                Some(postgres::error::ErrorPosition::Original(at)) => format!(" at character {at}"),
                _ => String::new(),
            };
            let hint = db.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("PostgreSQL: {}{place}{hint}", db.message())
        }
        None => format!("PostgreSQL: {error}"),
    }
}

impl Engine for Client {
    fn dialect(&self) -> &'static dyn dialect::Dialect {
        dialect::by_name("postgres").expect("kpic knows PostgreSQL")
    }

    /// The packages of one version differ in what follows the first number.
    fn version(&mut self) -> Checked<String> {
        let row = self.query_one("select current_setting('server_version_num')::int / 10000", &[]);
        Ok(format!("PostgreSQL {}", row.map_err(said)?.get::<_, i32>(0)))
    }

    fn load(&mut self, data: &Data) -> Checked<()> {
        let column = |(name, ty): &(String, String)| Ok(format!("{} {}", identifier(name), type_name(ty)?));
        let columns: Vec<String> = data.columns.iter().map(column).collect::<Checked<_>>()?;
        if let Some(schema) = data.schema() {
            self.batch_execute(&format!("create schema if not exists {}", identifier(schema)))
                .map_err(said)?;
        }
        let name = data.qualified();
        self.batch_execute(&format!("create table {name} ({})", columns.join(", "))).map_err(said)?;
        let rows = std::fs::read(&data.rows).map_err(|e| e.to_string())?;
        let mut copy = self.copy_in(&format!("copy {name} from stdin (format csv)")).map_err(said)?;
        copy.write_all(&rows).map_err(|e| e.to_string())?;
        copy.finish().map_err(said)?;
        // A database that is in use knows how its values are spread.
        self.batch_execute(&format!("analyze {name}")).map_err(said)
    }

    fn run(&mut self, sql: &str) -> Checked<Answer> {
        let types: Vec<Type> =
            self.prepare(sql).map_err(said)?.columns().iter().map(|c| c.type_().clone()).collect();
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        for message in self.simple_query(sql).map_err(said)? {
            match message {
                SimpleQueryMessage::RowDescription(described) => {
                    columns = described.iter().map(|c| c.name().to_string()).collect();
                }
                SimpleQueryMessage::Row(row) => {
                    rows.push(types.iter().enumerate().map(|(i, ty)| shown(ty, row.get(i))).collect());
                }
                _ => {}
            }
        }
        Ok(Answer::Rows((columns, rows)))
    }

    fn keywords(&mut self) -> Checked<Vec<String>> {
        words(self.run("select word from pg_get_keywords()")?)
    }
}

/// A value as DuckDB would show it: booleans have words.
fn shown(ty: &Type, value: Option<&str>) -> Option<String> {
    let value = value?;
    Some(match (ty == &Type::BOOL, value) {
        (true, "t") => "true".to_string(),
        (true, "f") => "false".to_string(),
        _ => value.to_string(),
    })
}

/// PostgreSQL's name of a type of DuckDB.
fn type_name(duckdb: &str) -> Checked<&str> {
    Ok(match duckdb {
        "VARCHAR" => "text",
        "BOOLEAN" => "boolean",
        "TINYINT" | "UTINYINT" | "SMALLINT" => "smallint",
        "INTEGER" | "USMALLINT" => "integer",
        "BIGINT" | "UINTEGER" => "bigint",
        "HUGEINT" | "UBIGINT" => "numeric",
        "FLOAT" => "real",
        "DOUBLE" => "double precision",
        "DATE" => "date",
        "TIME" => "time",
        "TIMESTAMP" | "TIMESTAMP_S" | "TIMESTAMP_MS" => "timestamp",
        "TIMESTAMP WITH TIME ZONE" => "timestamptz",
        decimal if decimal.starts_with("DECIMAL(") => decimal,
        other => return Err(format!("no type of PostgreSQL is known for {other}")),
    })
}
