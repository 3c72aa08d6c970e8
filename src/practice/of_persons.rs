//! Which physical columns hold what a column marked `pii` shows.

use std::collections::HashSet;

use crate::model::Model;
use crate::resolve::Resolved;
use crate::resolve::resolved::{ColumnRef, Row};
use crate::syntax::ast::{Path, Source};
use crate::syntax::walk;

/// The personal columns of tables, by the source and the column's name.
#[derive(Debug, Default)]
pub struct OfPersons {
    columns: HashSet<(String, String)>,
}

/// All columns that a `pii` column is, or is made of.
pub fn of_persons(model: &Model<'_>) -> OfPersons {
    let mut found = OfPersons::default();
    for source in model.sources.values() {
        for column in source.columns.iter().filter(|column| column.pii) {
            found.follow(model, source, &column.header.name.value);
        }
    }
    found
}

impl OfPersons {
    /// Whether a value shows one of them.
    pub fn has(&self, resolved: &Resolved, source: &str, value: &Row) -> bool {
        let mut is_personal = false;
        value.leaves(&mut |column: &ColumnRef| {
            let at = column.path.iter().fold(source, |at, join| {
                let join = resolved.sources.get(at).and_then(|source| source.joins.get(join));
                join.map_or(at, |join| join.source.as_str())
            });
            is_personal |= self.columns.contains(&(at.to_owned(), column.column.clone()));
        });
        is_personal
    }

    /// A name of a source and all that its formula reads. The name itself is taken, too: inside
    /// its own formula it means the table's column.
    fn follow(&mut self, model: &Model<'_>, source: &Source, name: &str) {
        if !self.columns.insert((source.header.name.value.clone(), name.to_owned())) {
            return;
        }
        let columns = source.columns.iter().filter(|column| column.header.name.value == name);
        let dimensions = source.dimensions.iter().filter(|dimension| dimension.header.name.value == name);
        let formulas =
            columns.filter_map(|c| c.value.as_ref()).chain(dimensions.filter_map(|d| d.value.as_ref()));
        let mut read: Vec<Path> = Vec::new();
        formulas.for_each(|formula| walk::paths(formula, &mut |path| read.push(path.clone())));
        for path in read {
            let Some(join) = &path.qualifier else {
                self.follow(model, source, &path.name.value);
                continue;
            };
            let join = source.joins.iter().find(|known| known.header.name.value == join.value);
            let joined = join.and_then(|join| model.sources.get(join.source.value.as_str()));
            if let Some(joined) = joined {
                self.follow(model, joined, &path.name.value);
            }
        }
    }
}
