//! How each dimension of the project is reached from a source's row.

use indexmap::IndexMap;

use super::joins;
use super::order::order;
use super::resolved::{ColumnRef, Reach, Row, Source};
use super::rows::Rows;

/// Paths that are kept of one ambiguous dimension: enough to show.
const MOST_PATHS: usize = 4;

/// Fills every source's `reach`: joined sources first, so that each join is
/// looked at once.
///
/// A source with a table never reaches through one without: nothing could be
/// read there.
pub fn fill(rows: &Rows<'_>, sources: &mut [Source]) {
    for id in order(&joins::sound_targets(rows)).sorted {
        sources[id].reach = reach(rows, sources, id);
    }
}

fn reach(rows: &Rows<'_>, sources: &[Source], id: usize) -> IndexMap<String, Reach> {
    let this = &sources[id];
    let mut found: IndexMap<String, Reach> = IndexMap::new();
    for (name, row) in &this.dimensions {
        if is_bound(sources, rows, id, row) {
            found.insert(name.clone(), Reach::Own);
        }
    }
    for (name, join) in &rows.sources[id].joins {
        let Some(target) = join.key_of() else { continue };
        if !this.joins.contains_key(*name) || (this.relation.is_some() && sources[target].relation.is_none())
        {
            continue;
        }
        for (dimension, theirs) in &sources[target].reach {
            let paths: Vec<Vec<String>> = match theirs {
                Reach::Own => vec![vec![(*name).to_string()]],
                Reach::Via(path) => vec![prefixed(name, path)],
                Reach::Ambiguous(paths) => paths.iter().map(|path| prefixed(name, path)).collect(),
            };
            // A dimension of its own that cannot be read is not inherited instead.
            if !this.dimensions.contains_key(dimension) {
                add(&mut found, dimension, paths);
            }
        }
    }
    found
}

fn prefixed(join: &str, path: &[String]) -> Vec<String> {
    std::iter::once(join.to_string()).chain(path.iter().cloned()).collect()
}

fn add(found: &mut IndexMap<String, Reach>, dimension: &str, mut paths: Vec<Vec<String>>) {
    let known = match found.get(dimension) {
        None => Vec::new(),
        Some(Reach::Own) => return,
        Some(Reach::Via(path)) => vec![path.clone()],
        Some(Reach::Ambiguous(paths)) => paths.clone(),
    };
    let mut all = known;
    all.append(&mut paths);
    all.truncate(MOST_PATHS);
    let reach = if all.len() == 1 { Reach::Via(all.remove(0)) } else { Reach::Ambiguous(all) };
    found.insert(dimension.to_string(), reach);
}

/// Whether everything that a row's expression reads can be read: each join is
/// sound, and has a table if the row has.
fn is_bound(sources: &[Source], rows: &Rows<'_>, id: usize, row: &Row) -> bool {
    let logical = sources[id].relation.is_none();
    let mut bound = true;
    row.leaves(&mut |column: &ColumnRef| {
        let mut at = id;
        for (join, next) in column.path.iter().zip(on_the_way(rows, id, &column.path)) {
            bound &= sources[at].joins.contains_key(join);
            bound &= logical || sources[next].relation.is_some();
            at = next;
        }
    });
    bound
}

/// The sources that a path of joins leads through, the last one included.
pub fn on_the_way<'p>(rows: &'p Rows<'_>, id: usize, path: &'p [String]) -> impl Iterator<Item = usize> + 'p {
    (1..=path.len()).map(move |n| rows.target(id, &path[..n]))
}
