//! What a number still needs: tables of logical sources, and columns that a pack
//! declares and the table does not have.
//!
//! Neither is an error: whoever uses a pack binds what there is, and what is built upon
//! the rest is not available.

use std::collections::HashSet;

use super::resolved::{ColumnRef, Need, Placed, Reach, Row, Source};
use super::rows::{NodeKind, Rows};

/// A source by its index, and one of its columns where that is what is missing.
pub type Unbound = (usize, Option<String>);

impl Rows<'_> {
    /// Whether a pack declares a column that the table is known not to have.
    pub fn lacks(&self, source: usize, column: &str) -> bool {
        let names = &self.sources[source];
        let is_missing = names.physical.is_some_and(|physical| physical.get(column).is_none());
        let declared = names.columns.get(column).filter(|_| is_missing).map(|node| self.nodes[*node].kind);
        matches!(declared, Some(NodeKind::Column(def)) if self.model.is_of_pack(def.header.name.span))
    }
}

/// Collects what is missing of what a number reads.
pub struct Needs<'r, 'm> {
    rows: &'r Rows<'m>,
    sources: &'r [Source],
    followed: HashSet<(usize, String)>,
    pub found: Vec<Unbound>,
}

impl<'r, 'm> Needs<'r, 'm> {
    pub fn new(rows: &'r Rows<'m>, sources: &'r [Source]) -> Self {
        Needs { rows, sources, followed: HashSet::new(), found: Vec::new() }
    }

    /// A source's rows, as far as it says which of them count.
    pub fn source(&mut self, id: usize) {
        if self.sources[id].relation.is_none() {
            self.add((id, None));
        }
        self.sources[id].rows.iter().for_each(|rows| self.row(id, rows));
    }

    pub fn row(&mut self, id: usize, row: &Row) {
        row.leaves(&mut |column: &ColumnRef| self.column(id, column));
    }

    pub fn column(&mut self, id: usize, column: &ColumnRef) {
        let at = self.path(id, &column.path);
        if self.sources[at].relation.is_none() || self.rows.lacks(at, &column.column) {
            self.add((at, Some(column.column.clone())));
        }
    }

    /// The times of rows, and what else tells when they are there.
    pub fn placed(&mut self, id: usize, placed: &Placed) {
        placed.axes().into_iter().for_each(|axis| self.column(id, &axis.column));
        placed.keys().iter().for_each(|key| self.row(id, key));
    }

    /// What tells the rows of a source apart.
    pub fn key(&mut self, id: usize) {
        self.sources[id].key.iter().for_each(|key| self.row(id, key));
    }

    /// A dimension, wherever the source has it from.
    pub fn dimension(&mut self, id: usize, dimension: &str) {
        let source = &self.sources[id];
        if let Some(unbound) = source.unbound.get(dimension) {
            unbound.iter().for_each(|need| self.add(need.clone()));
            return;
        }
        let path: &[String] = match source.reach.get(dimension) {
            Some(Reach::Own) => &[],
            Some(Reach::Via(path)) => path,
            Some(Reach::Ambiguous(_)) | None => return,
        };
        let at = self.path(id, path);
        self.sources[at].dimensions.get(dimension).into_iter().for_each(|row| self.row(at, row));
    }

    /// What a join compares, and the rows that it finds.
    pub fn join(&mut self, id: usize, name: &str) {
        let Some(join) = self.sources[id].joins.get(name) else { return };
        // A join may be told by others, never by itself.
        if !self.followed.insert((id, name.to_string())) {
            return;
        }
        let target = self.rows.target(id, &[name.to_string()]);
        self.source(target);
        join.on.iter().for_each(|row| self.row(id, row));
        let their = &self.sources[target];
        match &join.as_of {
            None => {
                self.key(target);
                let valid = their.valid.iter().flat_map(|(from, until)| [from, until]);
                valid.for_each(|axis| self.column(target, &axis.column));
            }
            Some(as_of) => {
                as_of.theirs.iter().chain(&as_of.filter).for_each(|row| self.row(target, row));
                self.column(id, &as_of.time.column);
                self.column(target, &as_of.their_time.column);
            }
        }
    }

    /// The source at the end of a path of joins.
    fn path(&mut self, id: usize, path: &[String]) -> usize {
        path.iter().fold(id, |at, join| {
            self.join(at, join);
            self.rows.target(at, std::slice::from_ref(join))
        })
    }

    fn add(&mut self, need: Unbound) {
        if !self.found.contains(&need) {
            self.found.push(need);
        }
    }
}

/// What is missing, a source each, in the order of the sources.
pub fn by_source(rows: &Rows<'_>, sources: &[Source], unbound: &[Unbound]) -> Vec<Need> {
    let mut sorted = unbound.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut needs: Vec<Need> = Vec::new();
    for (id, column) in sorted {
        let source = rows.name(id);
        if needs.last().is_none_or(|need| need.source != source) {
            let has_table = sources[id].relation.is_some();
            needs.push(Need { source: source.to_string(), has_table, columns: Vec::new() });
        }
        needs.last_mut().expect("one was pushed").columns.extend(column);
    }
    needs
}
