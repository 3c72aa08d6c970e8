//! How each dimension of the project is reached from a source's row.

use indexmap::IndexMap;

use super::joins;
use super::needs::{Needs, Unbound};
use super::order::order;
use super::resolved::{ColumnRef, Reach, Row, Source};
use super::rows::Rows;

/// Paths that are kept of one ambiguous dimension: enough to show.
const MOST_PATHS: usize = 4;

/// Fills every source's `reach`, and what it would reach if all were bound: joined
/// sources first, so that each join is looked at once.
///
/// A source with a table never reaches through one without: nothing could be
/// read there.
pub fn fill(rows: &Rows<'_>, sources: &mut [Source]) {
    for id in order(&joins::sound_targets(rows)).sorted {
        (sources[id].reach, sources[id].unbound) = reach(rows, sources, id);
    }
}

type Reached = (IndexMap<String, Reach>, IndexMap<String, Vec<Unbound>>);

fn reach(rows: &Rows<'_>, sources: &[Source], id: usize) -> Reached {
    let this = &sources[id];
    let is_logical = this.relation.is_none();
    let mut found: IndexMap<String, Reach> = IndexMap::new();
    let mut unbound: IndexMap<String, Vec<Unbound>> = IndexMap::new();
    for (name, row) in this.dimensions.iter().filter(|(_, row)| is_sound(sources, rows, id, row)) {
        let mut needs = Needs::new(rows, sources);
        needs.row(id, row);
        if is_logical || needs.found.is_empty() {
            found.insert(name.clone(), Reach::Own);
        } else {
            unbound.insert(name.clone(), needs.found);
        }
    }
    for (name, join) in &rows.sources[id].joins {
        let Some(target) = join.key_of() else { continue };
        if !this.joins.contains_key(*name) {
            continue;
        }
        let mut needs = Needs::new(rows, sources);
        needs.join(id, name);
        let is_bound = is_logical || needs.found.is_empty();
        // A dimension of its own that cannot be read is not inherited instead.
        let theirs = &sources[target];
        let inherited = theirs.reach.iter().filter(|(d, _)| is_bound && !this.dimensions.contains_key(*d));
        for (dimension, theirs) in inherited {
            let paths: Vec<Vec<String>> = match theirs {
                Reach::Own => vec![vec![(*name).to_string()]],
                Reach::Via(path) => vec![prefixed(name, path)],
                Reach::Ambiguous(paths) => paths.iter().map(|path| prefixed(name, path)).collect(),
            };
            add(&mut found, dimension, paths);
        }
        let missing = theirs.unbound.keys().chain(theirs.reach.keys().filter(|_| !is_bound));
        for dimension in missing.filter(|d| !this.dimensions.contains_key(*d)) {
            let mut of_it = Needs::new(rows, sources);
            of_it.dimension(target, dimension);
            let all = [needs.found.as_slice(), &of_it.found].concat();
            unbound.entry(dimension.clone()).or_insert(all);
        }
    }
    unbound.retain(|dimension, _| !found.contains_key(dimension));
    (found, unbound)
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

/// Whether each join that a row's expression reads through is sound.
fn is_sound(sources: &[Source], rows: &Rows<'_>, id: usize, row: &Row) -> bool {
    let mut sound = true;
    row.leaves(&mut |column: &ColumnRef| {
        let mut at = id;
        for (join, next) in column.path.iter().zip(on_the_way(rows, id, &column.path)) {
            sound &= sources[at].joins.contains_key(join);
            at = next;
        }
    });
    sound
}

/// The sources that a path of joins leads through, the last one included.
pub fn on_the_way<'p>(rows: &'p Rows<'_>, id: usize, path: &'p [String]) -> impl Iterator<Item = usize> + 'p {
    (1..=path.len()).map(move |n| rows.target(id, &path[..n]))
}
