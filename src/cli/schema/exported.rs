//! Tables as an export of a database's catalog has them.

use std::fs;
use std::path::Path;

use kpic::diagnostic::{Code, Diagnostic, nearest};
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Relation;
use kpic::schema::{Exported, Lookup};
use kpic::{model::Model, schema};

use super::tables::{self, Tables};

/// A catalog is large, and yet no data.
const LIMIT: u64 = 1 << 30;

/// What the file has of the tables that the definitions read. `bound`: under the names of the
/// environment.
///
/// # Errors
/// A file that cannot be read, or is no export of columns.
pub fn tables(
    path: &Path,
    database: &str,
    model: &Model<'_>,
    bound: &Resolved,
) -> Result<Tables, Diagnostic> {
    let text = read(path)?;
    let exported = schema::exported(&text, database).map_err(|what| {
        Diagnostic::general(Code::ColumnsExport, format!("`{}` {what}", path.display()))
            .because("half an export would call columns unknown that are there")
            .help(
                "export all of it, with names in the first line: `SELECT * FROM information_schema.columns`",
            )
    })?;
    let mut found = Tables { any_case: exported.any_case, ..Tables::default() };
    for wanted in tables::wanted(model) {
        let relation = bound.sources.get(wanted.source).and_then(|source| source.relation.as_ref());
        let table = match relation {
            Some(Relation::Table(parts)) => table(&exported, parts),
            Some(Relation::File(_)) => Err("no database has it in its catalog".to_owned()),
            Some(Relation::Sql(_)) => {
                Err("a query is in no catalog; `kpic schema pull` asks a database for its columns".to_owned())
            }
            None => continue,
        };
        found.take(&wanted, table);
    }
    Ok(found)
}

fn table(exported: &Exported, parts: &[String]) -> Result<schema::Table, String> {
    match exported.find(parts) {
        Lookup::Found(table) => Ok(table.clone()),
        Lookup::Several(all) => {
            let shown: Vec<String> = all.iter().take(4).map(|name| format!("`{name}`")).collect();
            Err(format!("several tables have that name: {}", shown.join(", ")))
        }
        Lookup::Missing => {
            let names: Vec<String> = exported.names().collect();
            Err(near(&parts.join("."), &names)
                .unwrap_or_else(|| format!("the export has {}", count(names.len()))))
        }
    }
}

/// A name that was meant, perhaps: written as far as it was asked for.
pub fn near(asked: &str, names: &[String]) -> Option<String> {
    let depth = asked.split('.').count();
    let ends = names.iter().map(|name| {
        let parts: Vec<&str> = name.split('.').collect();
        parts[parts.len().saturating_sub(depth)..].join(".")
    });
    let ends: Vec<String> = ends.collect();
    nearest(asked, ends.iter().map(String::as_str)).map(|name| format!("did you mean `{name}`?"))
}

fn count(tables: usize) -> String {
    if tables == 1 { "1 other table".to_owned() } else { format!("{tables} other tables") }
}

/// The text of an export.
///
/// # Errors
/// A file that cannot be read, or is no text.
pub fn read(path: &Path) -> Result<String, Diagnostic> {
    let unreadable = |why: String| {
        Diagnostic::general(Code::Unreadable, format!("`{}` cannot be read: {why}", path.display()))
            .help("name a CSV file that exists")
    };
    let size = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !size.is_file() || size.len() > LIMIT {
        return Err(unreadable("it is no file, or larger than 1 GiB".to_owned()));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| {
        Diagnostic::general(Code::ColumnsExport, format!("`{}` is no text in UTF-8", path.display()))
            .because("read in another encoding, names would be other ones")
            .help("save it as UTF-8: `iconv -f utf-16 -t utf-8`")
    })
}
