//! What a lock holds as its one text: sorted, a line a fact, so that a diff shows what changed.

use super::lock::{Column, Lock, Measured, Place, Table};
use crate::resolve;

/// Another one is read by another kpic.
pub const VERSION: &str = "1";

const HEAD: &str = "\
# The columns of the tables that the definitions read, as `kpic schema pull` found them.
# Commit it: `kpic check` and `kpic compile` believe it. Pull to renew it; never edit it.
";

/// The text of a lock.
pub fn write(lock: &Lock) -> String {
    let mut out = Text(format!("{HEAD}version: {VERSION}\n"));
    if lock.any_case {
        out.line(0, "letter_case", "any");
    }
    let of =
        |is: fn(&Place) -> bool| -> Vec<_> { lock.tables.iter().filter(|(place, _)| is(place)).collect() };
    out.tables("tables", &of(|place| matches!(place, Place::Table(_))));
    out.tables("files", &of(|place| matches!(place, Place::File(_))));
    out.tables("queries", &of(|place| matches!(place, Place::Query(_))));
    if !lock.measured.is_empty() {
        out.open(0, "measured");
        lock.measured.iter().for_each(|(source, measured)| out.measured(source, measured));
    }
    out.0
}

/// A column's type as the lock has it.
pub fn column(column: &Column) -> String {
    let ty = column.ty.map_or_else(|| format!("other ({})", column.word), resolve::written);
    match column.nullable {
        Some(true) => format!("{ty} null"),
        Some(false) => format!("{ty} not null"),
        None => ty,
    }
}

struct Text(String);

impl Text {
    fn tables(&mut self, key: &str, tables: &[(&Place, &Table)]) {
        if tables.is_empty() {
            return;
        }
        self.open(0, key);
        for (place, table) in tables {
            self.open(1, place.name());
            if table.guessed {
                self.line(2, "types", "guessed");
            }
            if let Some(text) = &table.text {
                self.line(2, "text", text);
            }
            self.open(2, "columns");
            table.columns.iter().for_each(|(name, found)| self.line(3, name, &column(found)));
        }
    }

    fn measured(&mut self, source: &str, measured: &Measured) {
        self.open(1, source);
        self.line(2, "day", &measured.day);
        self.line(2, "rows", &measured.rows.to_string());
        if let Some(key) = &measured.key {
            self.open(2, "key");
            self.line(3, "columns", &key.columns);
            self.line(3, "repeated", &key.repeated.to_string());
        }
        if measured.joins.is_empty() {
            return;
        }
        self.open(2, "joins");
        for (name, join) in &measured.joins {
            self.open(3, name);
            self.line(4, "to", &join.to);
            self.line(4, "columns", &join.on);
            self.line(4, "without", &join.without.to_string());
            self.line(4, "unmatched", &join.unmatched.to_string());
        }
    }

    fn open(&mut self, depth: usize, key: &str) {
        self.0.push_str(&format!("{:1$}{2}:\n", "", 2 * depth, scalar(key)));
    }

    fn line(&mut self, depth: usize, key: &str, value: &str) {
        self.0.push_str(&format!("{:1$}{2}: {3}\n", "", 2 * depth, scalar(key), scalar(value)));
    }
}

/// A text as YAML reads it back, whoever reads it: plain where nothing can be taken for something
/// else, a date, a number or a word for true.
fn scalar(text: &str) -> String {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '(' | ')' | ' ' | ',' | '-');
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_word = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    match is_number || (starts && text.chars().all(is_plain) && !text.ends_with(' ') && !is_word) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // What a reader would fold, drop or refuse.
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
