//! JSON: an array of objects, a line each, with numbers as numbers.

use super::sheet::{Line, Sheet};
use crate::run::Value;

/// The sheet's lines; percent are fractions, spans of time seconds.
pub fn json(sheet: &Sheet) -> String {
    if sheet.lines.is_empty() {
        return "[]\n".into();
    }
    let told = sheet.for_programs();
    let members = |line: &Line| {
        object(told.iter().map(|column| (sheet.columns[*column].name.as_str(), &line.values[*column])))
    };
    let lines: Vec<String> = sheet.lines.iter().map(members).collect();
    format!("[\n  {}\n]\n", lines.join(",\n  "))
}

/// An object with these members, in order.
pub fn object<'a>(members: impl Iterator<Item = (&'a str, &'a Value)>) -> String {
    let members: Vec<String> =
        members.map(|(name, value)| format!("{}: {}", text(name), one(value))).collect();
    format!("{{{}}}", members.join(", "))
}

fn one(value: &Value) -> String {
    match value {
        Value::Boolean(b) => b.to_string(),
        // JSON has no sign for what is no number.
        Value::Integer(_) | Value::Decimal(_) | Value::Float(_) => value.digits().unwrap_or("null".into()),
        Value::Null => "null".into(),
        Value::Text(_) | Value::Date(_) | Value::Timestamp(_) => text(&value.text().unwrap_or_default()),
    }
}

fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
