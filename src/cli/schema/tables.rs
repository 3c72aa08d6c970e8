//! What was found of the tables that definitions read.

use std::collections::BTreeMap;

use kpic::diagnostic::{Code, Diagnostic, Severity};
use kpic::model::Model;
use kpic::schema::{FILE, Lock, Measured, Place, Table};

use crate::cli::output;

/// The tables that are there, and what is said of the others.
#[derive(Debug, Default)]
pub struct Tables {
    pub tables: BTreeMap<Place, Table>,
    pub any_case: bool,
    pub measured: BTreeMap<String, Measured>,
    pub missing: Vec<Diagnostic>,
}

impl Tables {
    /// As a lock that has nothing measured.
    pub fn lock(&self, any_case: bool) -> Lock {
        Lock { any_case, tables: self.tables.clone(), measured: BTreeMap::new() }
    }

    /// Takes what was found of a source's table, or says that it is not there.
    pub fn take(&mut self, wanted: &Wanted<'_>, found: Result<Table, String>) {
        match found {
            Ok(table) => {
                self.tables.insert(wanted.place.clone(), table);
            }
            Err(why) => self.missing.push(not_there(wanted, &why)),
        }
    }
}

/// A table that some source reads; several may read one.
#[derive(Debug)]
pub struct Wanted<'m> {
    /// The first source that reads it.
    pub source: &'m str,
    pub place: Place,
    pub span: kpic::source::Span,
}

/// Everything that the definitions read, each table once.
pub fn wanted<'m>(model: &Model<'m>) -> Vec<Wanted<'m>> {
    let mut found: Vec<Wanted<'m>> = Vec::new();
    for (name, source) in &model.sources {
        let Some(relation) = &source.relation else { continue };
        let place = Place::of(&relation.value);
        if !found.iter().any(|known| known.place == place) {
            let is_of_pack = model.is_of_pack(relation.span);
            let span = if is_of_pack { source.header.name.span } else { relation.span };
            found.push(Wanted { source: name, place, span });
        }
    }
    found
}

fn not_there(wanted: &Wanted<'_>, why: &str) -> Diagnostic {
    Diagnostic::error(Code::NoSuchTable, wanted.span, format!("{} is not found: {why}", wanted.place.shown()))
        .because("the lock knows nothing of it, so that its columns are not checked")
        .help("name it as the database does; what is called otherwise there, `schemas` or `files` of an environment say")
}

/// Tables that are not what the lock says.
pub fn drift(model: &Model<'_>, changes: &[(Place, Vec<String>)]) -> Vec<Diagnostic> {
    changes.iter().map(|(place, lines)| drifted(model, place, lines)).collect()
}

fn drifted(model: &Model<'_>, place: &Place, lines: &[String]) -> Diagnostic {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = lines.iter().take(SHOWN).cloned().collect();
    if lines.len() > SHOWN {
        shown.push(format!("{} more", lines.len() - SHOWN));
    }
    let fact =
        format!("{} is not what the schema lock says: {}", place.shown(), output::line(&shown.join("; ")));
    let relation = model.sources.values().filter_map(|source| source.relation.as_ref());
    let at =
        relation.filter(|relation| Place::of(&relation.value) == *place).map(|relation| relation.span).next();
    let finding =
        Diagnostic { span: at, severity: Severity::Warning, ..Diagnostic::general(Code::Drift, fact) };
    finding
        .because("checks without a connection believe the lock")
        .help(format!("`kpic schema pull`, look at what has changed, and commit {FILE}"))
}
