//! An export of a database's catalog: `SELECT * FROM information_schema.columns` as CSV.

use super::lock::{Column, Table};
use crate::dialect::{self, TypeWords};
use crate::resolve::resolved::ColumnType;
use crate::sql::Type;

/// Every table of an export.
#[derive(Debug, Default)]
pub struct Exported {
    /// By the names of database, schema and table, as far as the export has them.
    tables: Vec<(Vec<String>, Table)>,
    /// Whether names differ by more than the case of their letters.
    pub any_case: bool,
}

/// What an export has for a name.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup<'e> {
    Found(&'e Table),
    /// Several tables of that name, each with all that it is called.
    Several(Vec<String>),
    Missing,
}

/// What columns of a catalog are called, by what they hold.
const SCHEMAS: [&str; 5] = ["table_schema", "schema_name", "schemaname", "schema", "database"];
const CATALOGS: [&str; 3] = ["table_catalog", "database_name", "catalog_name"];
const TABLES: [&str; 3] = ["table_name", "tablename", "table"];
const NAMES: [&str; 3] = ["column_name", "columnname", "name"];
const TYPES: [&str; 3] = ["data_type", "type_name", "type"];
const FULL: [&str; 2] = ["full_data_type", "column_type"];
const NULLABLE: [&str; 2] = ["is_nullable", "nullable"];
const PRECISIONS: [&str; 2] = ["numeric_precision", "data_precision"];
const SCALES: [&str; 2] = ["numeric_scale", "data_scale"];

/// Reads an export; `database` is the dialect of the database that it was made by.
///
/// # Errors
/// What is wrong with it, in words that follow its name.
pub fn exported(text: &str, database: &str) -> Result<Exported, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => return Err(format!("is no CSV: {error}")),
    };
    let place = |names: &[&str]| names.iter().find_map(|name| head.iter().position(|column| column == name));
    let needed = |names: &[&str]| place(names).ok_or_else(|| lacks(names[0], &head));
    let (table, name, ty) = (needed(&TABLES)?, needed(&NAMES)?, needed(&TYPES)?);
    let (catalog, schema) = (place(&CATALOGS), place(&SCHEMAS));
    let (full, nullable) = (place(&FULL), place(&NULLABLE));
    let (precision, scale) = (place(&PRECISIONS), place(&SCALES));
    let database = dialect::database_of(&head).unwrap_or(database);

    let mut found = indexmap::IndexMap::<Vec<String>, Table>::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| format!("is no CSV: {error}"))?;
        let cell = |at: Option<usize>| {
            at.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty())
        };
        let (Some(table), Some(name), Some(word)) = (cell(Some(table)), cell(Some(name)), cell(Some(ty)))
        else {
            return Err(format!("lacks the table, the column or its type in its row {}", at + 1));
        };
        // As exports write what is not there.
        let said = |at| cell(at).filter(|cell| !matches!(*cell, "NULL" | "null" | "\\N"));
        let full = said(full);
        let words = TypeWords { word, full, precision: said(precision), scale: said(scale) };
        let told = dialect::column_type(words, database);
        let column = Column {
            ty: told.ty.and_then(language),
            word: if told.ty.is_some() { String::new() } else { full.unwrap_or(word).to_owned() },
            nullable: told.nullable.or_else(|| said(nullable).and_then(answer)),
        };
        let parts = [said(catalog), said(schema), Some(table)].into_iter().flatten().map(str::to_owned);
        found.entry(parts.collect()).or_default().columns.insert(name.to_owned(), column);
    }
    Ok(Exported { tables: found.into_iter().collect(), any_case: dialect::any_case(database) })
}

fn lacks(name: &str, head: &[String]) -> String {
    let shown: Vec<String> = head.iter().take(8).map(|column| format!("`{column}`")).collect();
    format!("has no column `{name}`: its first line has {}", shown.join(", "))
}

/// What stands between the names of the first line of an export.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn answer(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" => Some(true),
        "no" | "n" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// A type as definitions have it.
pub fn language(ty: Type) -> Option<ColumnType> {
    Some(match ty {
        Type::Text => ColumnType::Text,
        Type::Integer => ColumnType::Integer,
        Type::Decimal(size) => ColumnType::Decimal(size),
        Type::Double => ColumnType::Float,
        Type::Boolean => ColumnType::Boolean,
        Type::Date => ColumnType::Date,
        Type::Timestamp => ColumnType::Timestamp,
        Type::Instant => ColumnType::Instant,
    })
}

impl Exported {
    /// The table whose name ends with these parts, or whose name is what they end with.
    pub fn find(&self, parts: &[String]) -> Lookup<'_> {
        let exact = |a: &str, b: &str| a == b;
        let alike = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        match self.find_by(parts, exact) {
            Lookup::Missing if self.any_case => self.find_by(parts, alike),
            found => found,
        }
    }

    fn find_by(&self, parts: &[String], same: impl Fn(&str, &str) -> bool) -> Lookup<'_> {
        let ends = |whole: &[String]| whole.iter().rev().zip(parts.iter().rev()).all(|(a, b)| same(a, b));
        let mut found = self.tables.iter().filter(|(whole, _)| ends(whole));
        match (found.next(), found.next()) {
            (None, _) => Lookup::Missing,
            (Some((_, only)), None) => Lookup::Found(only),
            (Some(first), Some(second)) => {
                let all = [first, second].into_iter().chain(found);
                Lookup::Several(all.map(|(whole, _)| whole.join(".")).collect())
            }
        }
    }

    /// What its tables are called.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.tables.iter().map(|(whole, _)| whole.join("."))
    }
}
