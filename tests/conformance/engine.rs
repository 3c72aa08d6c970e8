//! Two databases, asked alike.

use duckdb::Connection;
use kpic::dialect;
use kpic::sql::Query;
use postgres::types::Type;
use postgres::{Client, SimpleQueryMessage};

use crate::harness::Checked;
use crate::server::{Server, said};

/// Columns by name, and rows of texts.
pub type Rows = (Vec<String>, Vec<Vec<Option<String>>>);

pub trait Engine {
    fn dialect(&self) -> &'static dyn dialect::Dialect;
    fn run(&mut self, sql: &str) -> Checked<Rows>;

    /// Prints a query in the engine's dialect and runs it.
    fn ask(&mut self, query: &Query) -> Checked<Rows> {
        let sql = dialect::print(query, self.dialect()).map_err(|e| format!("{e:?}"))?;
        self.run(&sql).map_err(|e| format!("{e}\n{sql}"))
    }
}

/// Every engine that runs here.
pub fn all(server: &Server) -> Checked<Vec<Box<dyn Engine>>> {
    let duckdb = Connection::open_in_memory().map_err(|e| e.to_string())?;
    duckdb.execute_batch("set TimeZone = 'UTC'").map_err(|e| e.to_string())?;
    Ok(vec![Box::new(duckdb), Box::new(server.database()?)])
}

impl Engine for Connection {
    fn dialect(&self) -> &'static dyn dialect::Dialect {
        dialect::by_name("duckdb").expect("kpic knows DuckDB")
    }

    fn run(&mut self, sql: &str) -> Checked<Rows> {
        let read = || -> duckdb::Result<Rows> {
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
        read().map_err(|e| format!("DuckDB: {e}"))
    }
}

impl Engine for Client {
    fn dialect(&self) -> &'static dyn dialect::Dialect {
        dialect::by_name("postgres").expect("kpic knows PostgreSQL")
    }

    fn run(&mut self, sql: &str) -> Checked<Rows> {
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
        Ok((columns, rows))
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
