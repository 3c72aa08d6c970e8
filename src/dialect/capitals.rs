//! Columns of one result whose names differ in capitals alone: some databases take them for one.

use super::Dialect;
use super::clauses::Capitals;
use super::functions::Missing;
use super::quote::{self, Cannot};
use crate::sql::{Body, Item, Query};

/// Why a view or table has no two such columns.
pub const KEPT: Missing = Missing {
    what: "columns of a view or table that differ in capitals alone",
    why: "it takes their names for one, and renames or refuses the second",
    help: "give one of them another name, or keep them in views of their own",
};

/// Why no result has two such columns.
pub const ANYWHERE: Missing = Missing {
    what: "columns that differ in capitals alone",
    why: "it takes their names for one",
    help: "give one of them another name, or ask for them in requests of their own",
};

/// The first two columns of what a query gives that the database does not tell apart; `is_kept`
/// says whether they are those of a view or table.
pub fn taken_for_one(query: &Query, dialect: &dyn Dialect, is_kept: bool) -> Option<Cannot> {
    let missing = why(dialect.clauses().capitals, is_kept)?;
    let columns = columns(&query.body);
    let seen: Vec<String> = columns.iter().map(|name| seen(dialect, name)).collect();
    let (first, second) = seen.iter().enumerate().find_map(|(second, name)| {
        let first = seen[..second].iter().position(|other| other == name)?;
        Some((columns[first], columns[second]))
    })?;
    let what = format!("the columns `{first}` and `{second}` in one result");
    Some(Cannot { what, why: missing.why.to_owned(), help: missing.help })
}

/// Why a database does not tell all columns apart, if so.
pub fn why(capitals: Capitals, is_kept: bool) -> Option<&'static Missing> {
    match (capitals, is_kept) {
        (Capitals::Told, _) | (Capitals::ToldInResults, false) => None,
        (Capitals::ToldInResults, true) => Some(&KEPT),
        (Capitals::Lost | Capitals::Unquoted, _) => Some(&ANYWHERE),
    }
}

/// A name as the database compares it.
fn seen(dialect: &dyn Dialect, name: &str) -> String {
    match dialect.clauses().capitals {
        Capitals::Told => name.to_owned(),
        Capitals::ToldInResults | Capitals::Lost => name.to_lowercase(),
        // What it has between quotes, or the name in capitals.
        Capitals::Unquoted => match quote::name(dialect, name) {
            Ok(written) if written != name => written,
            _ => quote::between('"', &name.to_uppercase()),
        },
    }
}

fn columns(body: &Body) -> Vec<&str> {
    let select = match body {
        Body::Select(select) => Some(&**select),
        Body::UnionAll(selects) => selects.first(),
        Body::Values { columns, .. } => return columns.iter().map(String::as_str).collect(),
        Body::Series { column, .. } => return vec![column],
    };
    let items = select.into_iter().flat_map(|select| &select.items);
    let named = items.filter_map(|item| match item {
        Item::Expr { alias, .. } => Some(alias.as_str()),
        Item::All(_) => None,
    });
    named.collect()
}
