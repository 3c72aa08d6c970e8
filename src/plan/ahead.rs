//! Rows that look ahead: what is joined `after` a time happens later than the row.
//!
//! Whether a contact leads to an order within 30 days is known 30 days later. So a
//! period is complete that much after its end.

use super::calendar::Range;
use super::leaf::{self, Leaf, Over};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{AsOf, Row, Side};

/// The leaf, waiting for what its rows look ahead to.
///
/// # Errors
/// An earlier period up to where an open one is: what its rows find would have to end
/// as long before.
pub fn waiting(
    resolved: &Resolved,
    scope: &Scope,
    range: &Range,
    mut leaf: Leaf,
) -> Result<Leaf, Diagnostic> {
    for as_of in found_later(resolved, scope, &leaf) {
        let now = leaf.when.known.or(range.as_of);
        let is_open = now.is_some_and(|now| range.end > now);
        if is_open && leaf.when.back.iter().any(|offset| !offset.whole) {
            let message = format!(
                "an earlier period of `{}`, whose rows look ahead, up to where an open one is, is not supported yet",
                leaf.measure
            );
            return Err(Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::NotYet, message) }
                .because("what its rows find would have to end as long before, too")
                .help("ask for periods that are over at as-of, or write `previous(…, 1 month, whole)`"));
        }
        // How long after the leaf's own time the row before another of its times lies, nobody says.
        let within = as_of.within.filter(|_| as_of.side == Side::After);
        leaf.when.waits.extend(within.filter(|within| !leaf.when.waits.contains(within)));
    }
    Ok(leaf)
}

/// Whether a leaf's rows look ahead.
pub fn looks(resolved: &Resolved, scope: &Scope, leaf: &Leaf) -> bool {
    !found_later(resolved, scope, leaf).is_empty()
}

/// The joins that may find rows later than the leaf's own time, of all that it reads: those `after`
/// a time, and those `before` another one, as the last answer before shipping is to an order.
fn found_later(resolved: &Resolved, scope: &Scope, leaf: &Leaf) -> Vec<AsOf> {
    let Over::Rows(placed) = &leaf.over else { return Vec::new() };
    let source = &leaf.source;
    let asked = scope.dimensions.iter().filter_map(|asked| leaf::dimension(resolved, source, &asked.id));
    let segments = scope.segments.iter().filter_map(|segment| segment.predicate.as_ref());
    let filters = segments.chain(&scope.filter);
    let filters = filters.filter_map(|predicate| leaf::condition(resolved, source, predicate).ok());
    let own = resolved.sources.get(source).and_then(|source| source.rows.clone());
    let times = placed.axes().into_iter().map(leaf::time);
    let made: Vec<Row> = asked.chain(filters).chain(own).chain(times).collect();
    let parts = leaf.aggregate.rows().into_iter().chain(&leaf.conditions).chain(placed.keys());
    let lookups = leaf::lookups(resolved, source, parts.chain(&made));
    let found = lookups.into_iter().filter_map(|lookup| lookup.as_of);
    let own = placed.axes().first().copied();
    found.filter(|as_of| as_of.side == Side::After || own != Some(&as_of.time)).collect()
}
