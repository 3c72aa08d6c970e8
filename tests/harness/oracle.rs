//! SQL written by hand, on DuckDB.

use std::path::{Path, PathBuf};

use duckdb::Connection;

use super::Checked;
use super::rows::{Kind, Table};

/// A database with a case's tables, as DuckDB reads their files.
#[derive(Debug)]
pub struct Oracle {
    db: Connection,
}

impl Oracle {
    pub fn open(folder: &Path, tables: &[(String, PathBuf)]) -> Checked<Oracle> {
        let oracle = Oracle { db: Connection::open_in_memory().map_err(|e| e.to_string())? };
        oracle.run(&format!("set TimeZone = 'UTC'; set file_search_path = {}", literal(folder)))?;
        for (table, path) in tables {
            if let Some((schema, _)) = table.split_once('.') {
                oracle.run(&format!("create schema if not exists {}", identifier(schema)))?;
            }
            oracle.run(&format!("create table {} as from {}", qualified(table), literal(path)))?;
        }
        Ok(oracle)
    }

    pub fn run(&self, sql: &str) -> Checked<()> {
        self.db.execute_batch(sql).map_err(|e| format!("oracle: {e}"))
    }

    pub fn ask(&self, sql: &str) -> Checked<Table> {
        self.run(&format!("create or replace temp table oracle as {}", sql.trim().trim_end_matches(';')))?;
        let described = self.texts("select column_name, column_type from (describe oracle)")?;
        let columns: Vec<String> = described.iter().filter_map(|row| row[0].clone()).collect();
        let kinds = described.iter().map(|row| Kind::of(row[1].as_deref().unwrap_or_default())).collect();
        let cells: Vec<String> =
            columns.iter().map(|c| format!("cast({} as varchar)", identifier(c))).collect();
        let rows = self.texts(&format!("select {} from oracle order by rowid", cells.join(", ")))?;
        if rows.is_empty() {
            return Err("the oracle gives no rows, so it proves nothing".into());
        }
        Ok(Table { columns, kinds, rows })
    }

    /// Rows of texts.
    pub fn texts(&self, sql: &str) -> Checked<Vec<Vec<Option<String>>>> {
        let read = || -> duckdb::Result<Vec<Vec<Option<String>>>> {
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let width = row.as_ref().column_count();
                all.push((0..width).map(|i| row.get(i)).collect::<duckdb::Result<_>>()?);
            }
            Ok(all)
        };
        read().map_err(|e| format!("oracle: {e}"))
    }
}

pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A table's name, its schema before a point.
pub fn qualified(table: &str) -> String {
    match table.split_once('.') {
        Some((schema, name)) => format!("{}.{}", identifier(schema), identifier(name)),
        None => identifier(table),
    }
}

/// A path as a literal.
pub fn literal(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "''"))
}
