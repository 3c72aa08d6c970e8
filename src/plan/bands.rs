//! Bands of members: the numbers of each member that decide its band in a period.
//!
//! `segmentation value per customer { segment big where revenue > 1_000  segment small else }`:
//! each customer's revenue of the period is planned by itself, over all of the
//! customer's rows, whatever the cell that asks is sliced or restricted by. Every row
//! of the customer that counts for the period then has the band as one more column.
//!
//! A band follows `previous` to the earlier period, and `settled`; a window of the cell
//! leaves it the band of the window's period.

use super::Plan;
use super::context::{Builder, Context};
use super::leaf::{self, Leaf, Over, Taken};
use super::reading::When;
use super::scope::{Dimension, DimensionKind, Scope, Segment, Slicing};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{self, Predicate, Row};
use crate::resolve::scalar::Type;
use crate::source::Span;

/// Numbers of members may need bands, and these again numbers of members: deeper than
/// anybody writes by hand.
const DEEPEST: usize = 4;

/// Each member's band in each asked period, for one way of reading time.
#[derive(Debug, Clone)]
pub struct Bands {
    pub id: String,
    /// Of the time that cells read, what moves the band.
    pub when: When,
    /// The dimension whose members are banded, which is the only one of the plan.
    pub dimension: String,
    pub plan: Plan,
    /// The nodes of the conditions, in order; `None`: for the rest.
    pub segments: Vec<(String, Option<usize>)>,
}

/// What a row calls its member's band.
pub fn column(id: &str) -> String {
    format!("kpic_band_{id}")
}

/// A band as a value of a row.
pub fn of_row(id: &str, span: Span) -> Row {
    leaf::added(&column(id), Type::Text, span)
}

/// The part of a leaf's time that moves bands.
pub fn when(leaf: &Leaf) -> When {
    // A funnel's own time is no reason for a band to wait.
    let waits_itself = matches!(leaf.taken, Some(Taken::Steps(_)));
    let settled = if waits_itself { Vec::new() } else { leaf.when.settled.clone() };
    When { settled, back: leaf.when.back.clone(), ..When::default() }
}

/// The segmentations per dimension whose bands a leaf's rows must know.
pub fn needed(resolved: &Resolved, leaf: &Leaf, scope: &Scope) -> Vec<String> {
    if !matches!(leaf.over, Over::Rows(_)) {
        return Vec::new();
    }
    let in_predicate = |predicate: &Predicate, id: &str| {
        let mut found = false;
        predicate.leaves(&mut |dimension| found |= dimension == id);
        found
    };
    let in_row = |row: &Row, id: &str| {
        let mut found = false;
        row.leaves(&mut |c| found |= c.path.is_empty() && c.column == column(id));
        found
    };
    let is_needed = |id: &&String| {
        let mut predicates = scope.segments.iter().filter_map(|s| s.predicate.as_ref()).chain(&scope.filter);
        scope.dimensions.iter().any(|d| d.id == **id)
            || predicates.any(|predicate| in_predicate(predicate, id))
            || leaf.conditions.iter().any(|row| in_row(row, id))
    };
    let is_reached = |id: &&String| leaf::dimension(resolved, &leaf.source, id).is_some();
    resolved.bands.keys().filter(is_needed).filter(is_reached).cloned().collect()
}

/// Plans the bands that rows of any leaf must know.
pub fn all(builder: &Builder<'_>) -> Result<Vec<Bands>, Vec<Diagnostic>> {
    let mut found: Vec<Bands> = Vec::new();
    for leaf in &builder.computed.leaves {
        let when = when(leaf);
        for id in needed(builder.resolved, leaf, builder.scope) {
            if !found.iter().any(|known| known.id == id && known.when == when) {
                found.push(bands(builder, &builder.resolved.bands[&id], &when)?);
            }
        }
    }
    Ok(found)
}

fn bands(builder: &Builder<'_>, definition: &resolved::Bands, when: &When) -> Result<Bands, Vec<Diagnostic>> {
    let resolved::Bands { id, dimension, segments, grains, span } = definition;
    let grain = builder.time.grain;
    if !grains.is_empty() && !grains.contains(&grain) {
        let taken: Vec<_> = grains.iter().map(|g| g.word()).collect();
        let message = format!("the segmentation `{id}` is not computed by {}", grain.word());
        let error = Diagnostic { span: Some(*span), ..Diagnostic::general(Code::GrainNotAllowed, message) };
        return Err(vec![
            error
                .because("a KPI that its conditions use limits the grains it has a meaning at")
                .help(format!("ask for {}", taken.join(", "))),
        ]);
    }
    let scope = scope(builder.resolved, dimension);
    let mut inner = deeper(builder, &scope, *span)?;
    let context = Context { when: when.clone(), ..Context::default() };
    let mut conditions = Vec::new();
    for (segment, condition) in segments {
        let node = match condition {
            Some(condition) => {
                let value = inner.number(condition, &context)?;
                Some(inner.node(segment.clone(), value, None))
            }
            None => None,
        };
        conditions.push((segment.clone(), node));
    }
    let plan = inner.into_plan()?;
    let (id, dimension) = (id.clone(), dimension.clone());
    Ok(Bands { id, when: when.clone(), dimension, plan, segments: conditions })
}

/// Every member, and nothing else asked.
fn scope(resolved: &Resolved, dimension: &str) -> Scope {
    let ty = resolved.dimensions.get(dimension).map_or(Type::Unknown, |info| info.ty);
    Scope {
        dimensions: vec![Dimension { id: dimension.to_string(), ty, kind: DimensionKind::OfRows }],
        slicings: vec![Slicing::of(vec![0])],
        segments: vec![Segment { id: "all".into(), predicate: None }],
        filter: None,
        around: Some(0),
    }
}

/// A builder of numbers per member beneath another.
///
/// # Errors
/// There are too many of them already.
pub fn deeper<'s, 'a: 's>(
    builder: &Builder<'a>,
    scope: &'s Scope,
    span: Span,
) -> Result<Builder<'s>, Vec<Diagnostic>> {
    let inner = builder.within(scope);
    if inner.nested <= DEEPEST {
        return Ok(inner);
    }
    let message = format!("numbers per member stand in each other more than {DEEPEST} deep");
    let error = Diagnostic { span: Some(span), ..Diagnostic::general(Code::TooDeep, message) };
    Err(vec![
        error
            .because("each of them is computed for each member of the outer one, in every period")
            .help("take it of a measure, or of a KPI that is no number per member"),
    ])
}
