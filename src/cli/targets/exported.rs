//! A table of targets as a CSV that any database exports.

use std::path::Path;

use kpic::diagnostic::{Code, Diagnostic};
use kpic::syntax::sheet::{Table, Told};

use crate::cli::schema::exported;

/// The rows of an export.
///
/// # Errors
/// A file that cannot be read, or is no CSV.
pub fn table(path: &Path) -> Result<Table, Diagnostic> {
    let text = exported::read(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let torn = |error: csv::Error| {
        Diagnostic::general(Code::TargetTable, format!("`{}` is no CSV: {error}", path.display()))
            .because("half an export would take targets away that are planned")
            .help("export all of the table, with the names of its columns in the first line")
    };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(kpic::schema::delimiter(text)).from_reader(text.as_bytes());
    let head = reader.headers().map_err(torn)?;
    let columns = head.iter().map(|name| (name.trim().to_string(), Told::Nothing)).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        // As exports write what is not there.
        let cell = |cell: &str| Some(cell.to_string()).filter(|c| !matches!(c.as_str(), "" | "NULL" | "\\N"));
        rows.push(record.map_err(torn)?.iter().map(cell).collect());
    }
    Ok(Table { columns, rows })
}
