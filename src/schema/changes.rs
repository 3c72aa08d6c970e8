//! What differs between two locks, in words.

use std::collections::BTreeMap;

use super::lock::{Column, Lock, Place, Table};
use super::write;

/// What is no longer as it was: for each table that differs, a line a column.
pub fn changes(old: &Lock, new: &Lock) -> Vec<(Place, Vec<String>)> {
    let mut found = Vec::new();
    let all: BTreeMap<&Place, ()> =
        old.tables.keys().chain(new.tables.keys()).map(|place| (place, ())).collect();
    for place in all.into_keys() {
        let lines = match (old.tables.get(place), new.tables.get(place)) {
            (Some(old), Some(new)) => of_table(old, new),
            (None, Some(new)) => vec![format!("is new, with {}", columns(new.columns.len()))],
            (Some(_), None) => vec!["is gone, or nothing reads it any more".to_owned()],
            (None, None) => continue,
        };
        if !lines.is_empty() {
            found.push((place.clone(), lines));
        }
    }
    found
}

fn of_table(old: &Table, new: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    let all: BTreeMap<&String, ()> =
        old.columns.keys().chain(new.columns.keys()).map(|name| (name, ())).collect();
    for name in all.into_keys() {
        match (old.columns.get(name), new.columns.get(name)) {
            (Some(old), Some(new)) if differ(old, new) => {
                lines.push(format!("`{name}` was {}, and is {}", write::column(old), write::column(new)));
            }
            (None, Some(new)) => lines.push(format!("`{name}` is new: {}", write::column(new))),
            (Some(Column { .. }), None) => lines.push(format!("`{name}` is gone")),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    if old.guessed != new.guessed {
        let is = if new.guessed { "a text file, whose types are guessed" } else { "no text file any more" };
        lines.push(format!("it is {is}"));
    }
    if lines.is_empty() && old.text != new.text {
        lines.push("its text has changed, its columns have not".to_owned());
    }
    lines
}

/// Where one of them does not say whether there may be NULL, that has not changed.
fn differ(old: &Column, new: &Column) -> bool {
    let says = old.nullable.is_some() && new.nullable.is_some();
    old.ty != new.ty || old.word != new.word || (says && old.nullable != new.nullable)
}

fn columns(count: usize) -> String {
    if count == 1 { "1 column".to_owned() } else { format!("{count} columns") }
}
