//! What a lock holds.

use std::collections::BTreeMap;

use crate::resolve::resolved::ColumnType;
use crate::syntax::ast;

/// The tables that the definitions read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// Whether the database tells names apart by more than the case of their letters.
    pub any_case: bool,
    pub tables: BTreeMap<Place, Table>,
    /// What was counted, by the source's name.
    pub measured: BTreeMap<String, Measured>,
}

/// Where the rows of a source are, as its definition says it: an environment may call the
/// table otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Its parts with dots between, each in backticks where the language needs them.
    Table(String),
    File(String),
    Query(String),
}

/// What is known of one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: BTreeMap<String, Column>,
    /// Whether the types are what a reader makes of a text file.
    pub guessed: bool,
    /// Of a query: which text it was that has these columns.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// `None`: one that no expression takes.
    pub ty: Option<ColumnType>,
    /// What the database calls such a type.
    pub word: String,
    /// `None`: nobody says.
    pub nullable: Option<bool>,
}

/// What was counted of a source's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// `2026-11-28`
    pub day: String,
    pub rows: u64,
    pub key: Option<KeyMeasured>,
    pub joins: BTreeMap<String, JoinMeasured>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyMeasured {
    /// As the definition has them, with commas between.
    pub columns: String,
    /// Of the keys, how many stand in more than one row; of versions, how many overlap.
    pub repeated: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JoinMeasured {
    /// The joined source, and this side's columns.
    pub to: String,
    pub on: String,
    /// Rows that name no partner.
    pub without: u64,
    /// Rows that name one which is not there.
    pub unmatched: u64,
}

impl Lock {
    /// What it has of these tables.
    pub fn of_places<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> Lock {
        let known =
            places.into_iter().filter_map(|place| Some((place.clone(), self.tables.get(place)?.clone())));
        Lock { any_case: self.any_case, tables: known.collect(), measured: BTreeMap::new() }
    }

    /// The tables of which two locks say the same.
    pub fn in_common(&self, other: &Lock) -> Lock {
        if self.any_case != other.any_case {
            return Lock::default();
        }
        let alike = self.tables.iter().filter(|(place, table)| other.tables.get(place) == Some(table));
        self.of_places(alike.map(|(place, _)| place))
    }
}

impl Measured {
    /// Without what was counted of another key or of other joins than the source has now.
    pub fn still_about(&self, source: &ast::Source) -> Measured {
        let key = source.key.as_ref().map(|key| columns(key.value.iter().map(|name| name.value.clone())));
        let is_same = |(name, measured): &(&String, &JoinMeasured)| {
            let join = source.joins.iter().find(|join| join.header.name.value == **name);
            join.is_some_and(|join| {
                join.source.value == measured.to && columns(join.on.iter().map(path)) == measured.on
            })
        };
        Measured {
            day: self.day.clone(),
            rows: self.rows,
            key: self.key.clone().filter(|counted| key.as_ref() == Some(&counted.columns)),
            joins: self
                .joins
                .iter()
                .filter(is_same)
                .map(|(name, join)| (name.clone(), join.clone()))
                .collect(),
        }
    }
}

fn columns(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn path(path: &ast::Path) -> String {
    match &path.qualifier {
        Some(join) => format!("{}.{}", join.value, path.name.value),
        None => path.name.value.clone(),
    }
}

impl Place {
    /// Where a definition's rows are.
    pub fn of(relation: &ast::Relation) -> Place {
        match relation {
            ast::Relation::Table(parts) => Place::Table(table(parts.iter().map(|part| part.value.as_str()))),
            ast::Relation::File(path) => Place::File(path.value.clone()),
            ast::Relation::Sql(path) => Place::Query(path.value.clone()),
        }
    }

    /// In words: `the table shop.orders`.
    pub fn shown(&self) -> String {
        match self {
            Place::Table(name) => format!("the table `{name}`"),
            Place::File(path) => format!("the file `{path}`"),
            Place::Query(path) => format!("the query `{path}`"),
        }
    }

    /// Its name or its path.
    pub fn name(&self) -> &str {
        match self {
            Place::Table(name) | Place::File(name) | Place::Query(name) => name,
        }
    }
}

fn table<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.map(part).collect::<Vec<_>>().join(".")
}

/// Two tables never have one name, whatever is in theirs.
fn part(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '$';
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("`{}`", text.replace('`', "``")),
    }
}
