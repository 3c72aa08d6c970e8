//! Golden cases and examples on PostgreSQL.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use kpic::diagnostic::Sink;
use kpic::source::FileId;
use kpic::syntax::{ast, dsl};
use postgres::{Client, SimpleQueryMessage};

use crate::engine::Engine;
use crate::harness::Checked;
use crate::harness::case::{Case, Place};
use crate::harness::files::{entries, file_name, read};
use crate::harness::oracle::{Oracle, identifier, literal, qualified};
use crate::harness::rows::{Kind, Table, compare};
use crate::server::{Server, said};

/// The case's SQL for PostgreSQL gives what the oracle gives on DuckDB.
pub fn check(server: &Server, place: &Place) -> Checked<()> {
    let case = place.open()?;
    let sql = case.kpic("compile", &["-d", "postgres"])?;
    let oracle = case.database()?;
    let mut expected = oracle.ask(&case.oracle)?;
    hours_in_utc(&mut expected);
    let mut database = server.database()?;
    let declared = declared(&case.folder)?;
    for (table, file) in &case.tables {
        load(&oracle, table, file, &declared, &mut database)?;
    }
    keys_are_unique(&case, &mut database)?;
    let (columns, rows) = database.run(&sql).map_err(|e| format!("{e}\n{sql}"))?;
    let actual = Table { kinds: vec![Kind::Text; columns.len()], columns, rows };
    compare(&expected, &actual).map_err(|e| format!("{e}\n{sql}"))
}

/// What the case's joins rely on holds, says the SQL that checks it.
fn keys_are_unique(case: &Case, database: &mut Client) -> Checked<()> {
    let checks = case.kpic("compile", &["-d", "postgres", "--key-checks"])?;
    for message in database.simple_query(&checks).map_err(said)? {
        let SimpleQueryMessage::Row(row) = message else { continue };
        // A check of another thing has another name.
        if row.columns()[0].name() == "repeated" && row.get(0) != Some("0") {
            return Err(format!("keys repeat: {:?}\n{checks}", row.get(0)));
        }
    }
    Ok(())
}

/// Compiled SQL gives hours as UTC times, `kpic run` shows them with their offset.
fn hours_in_utc(expected: &mut Table) {
    let Some(period) = expected.columns.iter().position(|column| column == "period_start") else { return };
    for row in &mut expected.rows {
        if let Some(hour) = row[period].as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok()) {
            row[period] = Some(hour.strftime("%Y-%m-%d %H:%M:%S").to_string());
        }
    }
}

/// Columns of tables that the case's definitions declare as decimals of a size.
/// A CSV file does not tell them from doubles; a database would.
fn declared(folder: &Path) -> Checked<BTreeMap<(String, String), (u8, u8)>> {
    let mut found = BTreeMap::new();
    for path in entries(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "kpi")) {
        let file = dsl::parse(FileId(0), &read(&path)?, &mut Sink::new());
        for item in &file.items {
            let ast::Item::Source(source) = item else { continue };
            let Some(ast::Relation::Table(parts)) = source.relation.as_ref().map(|r| &r.value) else {
                continue;
            };
            let table = parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
            for column in &source.columns {
                if let Some(ast::ColumnType::Decimal(Some(size))) = column.ty.as_ref().map(|ty| ty.value) {
                    found.insert((table.clone(), column.header.name.value.clone()), size);
                }
            }
        }
    }
    Ok(found)
}

/// Makes the table that DuckDB reads from a file, with the same types and rows.
fn load(
    oracle: &Oracle,
    table: &str,
    file: &Path,
    declared: &BTreeMap<(String, String), (u8, u8)>,
    database: &mut Client,
) -> Checked<()> {
    let name = qualified(table);
    let described = oracle.texts(&format!("select column_name, column_type from (describe {name})"))?;
    let is_csv = file_name(file).contains(".csv");
    let (mut columns, mut exact) = (Vec::new(), Vec::new());
    for row in described {
        let (column, ty) = (row[0].as_deref().unwrap_or_default(), row[1].as_deref().unwrap_or_default());
        let ty = match declared.get(&(table.to_string(), column.to_string())).filter(|_| is_csv) {
            Some((digits, scale)) => {
                exact.push(format!("'{}': 'DECIMAL({digits},{scale})'", column.replace('\'', "''")));
                format!("numeric({digits},{scale})")
            }
            None => type_name(ty)?.to_string(),
        };
        columns.push(format!("{} {ty}", identifier(column)));
    }
    if let Some((schema, _)) = table.split_once('.') {
        let make = format!("create schema if not exists {}", identifier(schema));
        database.batch_execute(&make).map_err(said)?;
    }
    let make = format!("create table {name} ({})", columns.join(", "));
    database.batch_execute(&make).map_err(said)?;
    let rows = match exact.is_empty() {
        true => format!("from {name}"),
        false => format!("from read_csv({}, types = {{{}}})", literal(file), exact.join(", ")),
    };
    let file = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
    // NULL is nothing, an empty text is two quotes.
    oracle.run(&format!(
        "copy ({rows}) to {} (format csv, header false, force_quote *)",
        literal(file.path())
    ))?;
    let rows = std::fs::read(file.path()).map_err(|e| e.to_string())?;
    let mut copy = database.copy_in(&format!("copy {name} from stdin (format csv)")).map_err(said)?;
    copy.write_all(&rows).map_err(|e| e.to_string())?;
    copy.finish().map_err(said)?;
    // A database that is in use knows how its values are spread.
    database.batch_execute(&format!("analyze {name}")).map_err(said)
}

/// PostgreSQL's name of a type that DuckDB reads from files.
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
