//! What a lock knows of each source.

use super::FILE;
use super::lock::{Lock, Place, Table};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::Catalog;
use crate::resolve::resolved::{Found, Known};
use crate::source::Span;
use crate::source::mark;
use crate::syntax::ast::{Relation, Source};

/// The columns of every source that the lock knows; one that it does not know is reported.
/// `queries` gives the text of a query's file.
pub fn catalog<'t>(
    lock: &Lock,
    model: &Model<'_>,
    queries: impl Fn(&str) -> Option<&'t str>,
    sink: &mut Sink,
) -> Catalog {
    let mut catalog = Catalog::default();
    for (name, source) in &model.sources {
        let Some(relation) = &source.relation else { continue };
        let place = Place::of(&relation.value);
        match lock.tables.get(&place) {
            Some(table) if is_of_today(table, &relation.value, &queries) => {
                catalog.sources.insert((*name).to_owned(), known(table, lock.any_case));
            }
            Some(_) => {
                let fact = format!("{} is another one than when the schema lock was written", place.shown());
                sink.push(stale(model, source, relation.span, fact));
            }
            None => {
                let fact = format!("{} is not in the schema lock", place.shown());
                sink.push(stale(model, source, relation.span, fact));
            }
        }
        repeated(lock, source, sink);
    }
    catalog
}

/// Whether a query still has the text whose columns are known. One that cannot be read is
/// reported elsewhere.
fn is_of_today<'t>(table: &Table, relation: &Relation, queries: &impl Fn(&str) -> Option<&'t str>) -> bool {
    match relation {
        Relation::Sql(path) => queries(&path.value).is_none_or(|text| table.text == Some(mark(text))),
        Relation::Table(_) | Relation::File(_) => true,
    }
}

fn known(table: &Table, any_case: bool) -> Known {
    let found = table
        .columns
        .iter()
        .map(|(name, column)| (name.clone(), Found { ty: column.ty, nullable: column.nullable }));
    Known { columns: found.collect(), any_case, guessed: table.guessed, locked: true }
}

fn stale(model: &Model<'_>, source: &Source, relation: Span, fact: String) -> Diagnostic {
    let at = if model.is_of_pack(relation) { source.header.name.span } else { relation };
    Diagnostic::warning(Code::StaleLock, at, fact)
        .because("its columns and types are not checked, and a misspelt one is found when a query fails")
        .help(format!("`kpic schema pull`, and commit {FILE} with the definitions"))
}

/// A key that was seen to repeat, as long as it is the same key.
fn repeated(lock: &Lock, source: &Source, sink: &mut Sink) {
    let (Some(measured), Some(key)) = (lock.measured.get(&source.header.name.value), &source.key) else {
        return;
    };
    let columns: Vec<&str> = key.value.iter().map(|name| name.value.as_str()).collect();
    let Some(counted) = measured.key.as_ref().filter(|counted| counted.columns == columns.join(", ")) else {
        return;
    };
    let (values, stood) = match counted.repeated {
        0 => return,
        1 => ("1 of its values".to_owned(), "stood"),
        n => (format!("{n} of its values"), "stood"),
    };
    let name = &source.header.name.value;
    let fact =
        format!("the key of `{name}` repeats: on {}, {values} {stood} in more than one row", measured.day);
    sink.push(
        Diagnostic::warning(Code::DuplicateKeys, key.span, fact)
            .because("each repeated key would repeat the rows that are found by it, and their numbers count twice")
            .help("mend the data, or read the source with a query that has one row for each key; then `kpic schema pull --measure`"),
    );
}
