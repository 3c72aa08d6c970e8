//! The text of a lock to what it holds.

use std::collections::BTreeMap;

use super::lock::{Column, JoinMeasured, KeyMeasured, Lock, Measured, Place, Table};
use super::{FILE, write};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::resolved::ColumnType;
use crate::source::{FileId, Span};
use crate::syntax::yaml::loader::{self, Entry, Map, Node, Scalar, Value};

/// Reads a lock.
///
/// # Errors
/// The first thing that a lock never says: of a broken one nothing is believed.
pub fn read(file: FileId, text: &str) -> Result<Lock, Diagnostic> {
    let mut sink = Sink::new();
    let loaded = loader::load(file, text, &mut sink);
    if let Some(found) = sink.into_sorted().into_iter().next() {
        let at = found.span.unwrap_or(Span::new(file, 0, 0));
        return Err(broken(at, &format!("is no YAML: {}", found.message)));
    }
    let start = Span::new(file, 0, 0);
    let root = loaded.root.as_ref().ok_or_else(|| broken(start, "is empty"))?;
    lock(entries(root)?, start)
}

fn lock(entries: &[Entry], start: Span) -> Result<Lock, Diagnostic> {
    let mut lock = Lock::default();
    let mut version = None;
    for entry in entries {
        match entry.key.text.as_str() {
            "version" => version = Some(text(&entry.value)?),
            "letter_case" if text(&entry.value)?.text == "any" => lock.any_case = true,
            "tables" => places(entry, Place::Table, &mut lock)?,
            "files" => places(entry, Place::File, &mut lock)?,
            "queries" => places(entry, Place::Query, &mut lock)?,
            "measured" => lock.measured = each(&entry.value, measured)?,
            _ => return Err(unknown(entry)),
        }
    }
    match version {
        Some(version) if version.text == write::VERSION => Ok(lock),
        Some(version) => Err(broken(
            version.span,
            &format!(
                "is of version {}, and this kpic reads version {}",
                short(&version.text),
                write::VERSION
            ),
        )),
        None => Err(broken(start, "does not say its version")),
    }
}

fn places(entry: &Entry, place: fn(String) -> Place, lock: &mut Lock) -> Result<(), Diagnostic> {
    for (name, found) in each(&entry.value, table)? {
        lock.tables.insert(place(name), found);
    }
    Ok(())
}

fn table(node: &Node) -> Result<Table, Diagnostic> {
    let mut table = Table::default();
    for entry in entries(node)? {
        match entry.key.text.as_str() {
            "types" if text(&entry.value)?.text == "guessed" => table.guessed = true,
            "text" => table.text = Some(text(&entry.value)?.text.clone()),
            "columns" => table.columns = each(&entry.value, column)?,
            _ => return Err(unknown(entry)),
        }
    }
    Ok(table)
}

/// `decimal(12, 2) not null`, `other (json) null`, `text`
fn column(node: &Node) -> Result<Column, Diagnostic> {
    let written = text(node)?;
    let said = written.text.as_str();
    let (said, nullable) = match (said.strip_suffix(" not null"), said.strip_suffix(" null")) {
        (Some(said), _) => (said, Some(false)),
        (None, Some(said)) => (said, Some(true)),
        (None, None) => (said, None),
    };
    let other = said.strip_prefix("other (").and_then(|word| word.strip_suffix(')'));
    let (ty, word) = match other {
        Some(word) => (None, word.to_owned()),
        None => {
            let ty = column_type(said);
            (Some(ty.ok_or_else(|| no_type(written))?), String::new())
        }
    };
    Ok(Column { ty, word, nullable })
}

fn column_type(word: &str) -> Option<ColumnType> {
    Some(match word {
        "text" => ColumnType::Text,
        "integer" => ColumnType::Integer,
        "decimal" => ColumnType::Decimal(None),
        "float" => ColumnType::Float,
        "boolean" => ColumnType::Boolean,
        "date" => ColumnType::Date,
        "timestamp" => ColumnType::Timestamp,
        "instant" => ColumnType::Instant,
        _ => {
            let (digits, decimals) = word.strip_prefix("decimal(")?.strip_suffix(')')?.split_once(", ")?;
            ColumnType::Decimal(Some((digits.parse().ok()?, decimals.parse().ok()?)))
        }
    })
}

fn measured(node: &Node) -> Result<Measured, Diagnostic> {
    let mut found = Measured::default();
    for entry in entries(node)? {
        match entry.key.text.as_str() {
            "day" => found.day = text(&entry.value)?.text.clone(),
            "rows" => found.rows = number(&entry.value)?,
            "key" => found.key = Some(key(&entry.value)?),
            "joins" => found.joins = each(&entry.value, join)?,
            _ => return Err(unknown(entry)),
        }
    }
    Ok(found)
}

fn key(node: &Node) -> Result<KeyMeasured, Diagnostic> {
    let mut found = KeyMeasured::default();
    for entry in entries(node)? {
        match entry.key.text.as_str() {
            "columns" => found.columns = text(&entry.value)?.text.clone(),
            "repeated" => found.repeated = number(&entry.value)?,
            _ => return Err(unknown(entry)),
        }
    }
    Ok(found)
}

fn join(node: &Node) -> Result<JoinMeasured, Diagnostic> {
    let mut found = JoinMeasured::default();
    for entry in entries(node)? {
        match entry.key.text.as_str() {
            "to" => found.to = text(&entry.value)?.text.clone(),
            "columns" => found.on = text(&entry.value)?.text.clone(),
            "without" => found.without = number(&entry.value)?,
            "unmatched" => found.unmatched = number(&entry.value)?,
            _ => return Err(unknown(entry)),
        }
    }
    Ok(found)
}

// ------------------------------------------------------------ shapes

fn each<T>(
    node: &Node,
    read: impl Fn(&Node) -> Result<T, Diagnostic>,
) -> Result<BTreeMap<String, T>, Diagnostic> {
    entries(node)?.iter().map(|entry| Ok((entry.key.text.clone(), read(&entry.value)?))).collect()
}

fn entries(node: &Node) -> Result<&[Entry], Diagnostic> {
    match &node.value {
        Value::Map(Map { entries, .. }) => Ok(entries),
        Value::Null => Ok(&[]),
        Value::List(_) | Value::Text(_) | Value::Broken => {
            Err(broken(node.span, &format!("has {} where names and values belong", node.value.kind())))
        }
    }
}

fn text(node: &Node) -> Result<&Scalar, Diagnostic> {
    match &node.value {
        Value::Text(text) => Ok(text),
        Value::Map(_) | Value::List(_) | Value::Null | Value::Broken => {
            Err(broken(node.span, &format!("has {} where a text belongs", node.value.kind())))
        }
    }
}

fn number(node: &Node) -> Result<u64, Diagnostic> {
    let written = text(node)?;
    let number = written.text.parse();
    number
        .map_err(|_| broken(written.span, &format!("has `{}` where a number belongs", short(&written.text))))
}

fn no_type(written: &Scalar) -> Diagnostic {
    broken(written.span, &format!("has `{}` where the type of a column belongs", short(&written.text)))
}

fn unknown(entry: &Entry) -> Diagnostic {
    broken(
        entry.key.span,
        &format!("says `{}`, which this kpic does not write there", short(&entry.key.text)),
    )
}

fn short(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() { shown + "…" } else { shown }
}

fn broken(at: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::SchemaLock, at, format!("the schema lock {what}"))
        .because(format!("{FILE} is written by a program, and of a broken one nothing is believed"))
        .help("write it anew: `kpic schema pull`")
}
