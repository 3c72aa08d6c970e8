//! Tables as DuckDB reads them, on their way to other engines.

use std::path::{Path, PathBuf};

use crate::harness::Checked;
use crate::harness::oracle::{Oracle, literal, qualified};

/// A table's name, its columns with DuckDB's types, and its rows in a CSV file: without a
/// header, every value in quotes, NULL is nothing.
#[derive(Debug)]
pub struct Data {
    pub table: String,
    pub columns: Vec<(String, String)>,
    pub rows: PathBuf,
}

impl Data {
    /// Writes a table's rows into `file`. Where another type than the table's own is asked
    /// for, the rows are those of `from`, a text file, read so.
    pub fn of(
        oracle: &Oracle,
        table: &str,
        from: &Path,
        typed: impl Fn(&str) -> Option<String>,
        file: PathBuf,
    ) -> Checked<Data> {
        let name = qualified(table);
        let described = oracle.texts(&format!("select column_name, column_type from (describe {name})"))?;
        let (mut columns, mut types) = (Vec::new(), Vec::new());
        for row in described {
            let [column, ty] = <[_; 2]>::try_from(row).map_err(|_| "two columns were asked for")?;
            let (column, ty) = (column.unwrap_or_default(), ty.unwrap_or_default());
            let asked = typed(&column);
            if let Some(asked) = &asked {
                types.push(format!("'{}': '{asked}'", column.replace('\'', "''")));
            }
            columns.push((column, asked.unwrap_or(ty)));
        }
        let rows = match types.is_empty() {
            true => format!("from {name}"),
            false => format!("from read_csv({}, types = {{{}}})", literal(from), types.join(", ")),
        };
        let to = literal(&file);
        oracle.run(&format!("copy ({rows}) to {to} (format csv, header false, force_quote *)"))?;
        Ok(Data { table: table.to_string(), columns, rows: file })
    }

    pub fn qualified(&self) -> String {
        qualified(&self.table)
    }

    pub fn schema(&self) -> Option<&str> {
        self.table.split_once('.').map(|(schema, _)| schema)
    }

    /// The table's name in its parts.
    pub fn parts(&self) -> Vec<&str> {
        match self.table.split_once('.') {
            Some((schema, name)) => vec![schema, name],
            None => vec![&self.table],
        }
    }
}
