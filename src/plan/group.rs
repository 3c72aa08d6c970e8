//! Leaves that can be computed together: same source, same axis, same kind of state.
//!
//! Revenue and orders of one table by one time are sums that roll up: one scan.
//! Distinct buyers need the buyers themselves, medians all values: scans of their own.

use super::bands::{self, Bands};
use super::calendar::{Calendar, Moment, Range};
use super::context::Computed;
use super::leaf::{self, AGED, Leaf, Lookup, Taken};
use super::reading::{Reading, Step};
use super::scope::{Dimension, DimensionKind, Scope};
use super::stretches::{Stretch, bounds, stretches};
use super::top;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Aggregate, Date, Grain, Placed, Row};

/// Leaves over one source and axis whose states are of one kind.
#[derive(Debug, Clone)]
pub struct Group {
    pub source: String,
    /// What the source's rows are taken as, if not as they are.
    pub taken: Option<Taken>,
    pub placed: Placed,
    /// As-of, where it is not the request's.
    pub known: Option<Moment>,
    pub kind: Kind,
    /// What its rows can be cut to before they are put together.
    pub step: Step,
    /// Indexes of [`super::Plan::leaves`].
    pub leaves: Vec<usize>,
    /// Indexes of [`super::Plan::readings`], each once.
    pub readings: Vec<usize>,
    /// When rows are read for any leaf, before as-of.
    pub stretches: Vec<Stretch>,
    /// The whole time in which they lie, whatever as-of is chosen; `None`: nothing is read.
    pub bounds: Option<Stretch>,
    /// The source's own filter and the request's.
    pub conditions: Vec<Row>,
    /// Each asked dimension on this source; `None`: out of reach (and lifted).
    pub dimensions: Vec<Option<Row>>,
    /// Each asked segment on this source; `None`: `all`.
    pub segments: Vec<Option<Row>>,
    pub lookups: Vec<Lookup>,
    /// Indexes of [`super::Plan::bands`]: those of its rows' members.
    pub bands: Vec<usize>,
    /// The member of each row, if the request names the best of them.
    pub member: Option<Row>,
    pub since: Option<Date>,
}

impl Group {
    /// Whether its rows are joined to the periods that they count in, and not cut to steps.
    pub fn meets_periods(&self) -> bool {
        self.step == Step::Row || !self.bands.is_empty()
    }
}

impl Group {
    /// Until when what its rows look up is known.
    pub fn as_of(&self, range: &Range) -> Option<Moment> {
        self.known.or(range.as_of)
    }
}

/// The state that an aggregate needs to be put together from parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Counts, sums, extremes, means: parts roll up.
    Atoms,
    /// Distinct counts of these values: the set of them.
    Entities(Vec<Row>),
    /// Percentiles and deviations: every value.
    Rows,
}

impl Kind {
    pub fn of(aggregate: &Aggregate) -> Kind {
        match aggregate {
            Aggregate::Count
            | Aggregate::Sum(_)
            | Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_) => Kind::Atoms,
            Aggregate::CountDistinct(values) => Kind::Entities(values.clone()),
            Aggregate::Percentile(..) | Aggregate::Stddev(_) | Aggregate::Corr(..) => Kind::Rows,
        }
    }
}

/// How the leaves of a plan read time.
pub struct When<'p> {
    pub calendar: &'p Calendar,
    pub grain: Grain,
    pub range: &'p Range,
    pub readings: &'p [Reading],
}

impl When<'_> {
    fn reading(&self, leaf: &Leaf) -> usize {
        let known = self.readings.iter().position(|r| r.when == leaf.when);
        known.expect("planning works out how every leaf reads")
    }
}

/// Groups leaves, in the order of their first one.
pub fn group(resolved: &Resolved, computed: &Computed, scope: &Scope, when: &When<'_>) -> Vec<Group> {
    let leaves = &computed.leaves;
    let steps: Vec<Step> =
        when.readings.iter().map(|r| r.step(when.calendar, when.grain, when.range)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (index, leaf) in leaves.iter().enumerate() {
        let Some(placed) = leaf.placed() else { continue };
        let kind = Kind::of(&leaf.aggregate);
        let reading = when.reading(leaf);
        // What exists is no part of a period.
        let step = if matches!(placed, Placed::Exists(_)) { Step::Row } else { steps[reading] };
        let bands = bands_of(resolved, computed, leaf, scope);
        let same = |g: &&mut Group| {
            let rows = g.source == leaf.source && g.taken == leaf.taken && g.bands == bands;
            let together = rows && g.placed == *placed && g.kind == kind && g.known == leaf.when.known;
            // Where as-of is chosen later, periods that are known alike now need not be then.
            let only = &leaves[g.leaves[0]].when.only;
            let together = together && (!when.range.as_of_is_chosen() || *only == leaf.when.only);
            together && shares(g, step, reading)
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.leaves.push(index);
                group.step = group.step.max(step);
                if !group.readings.contains(&reading) {
                    group.readings.push(reading);
                }
            }
            None => {
                let group = begin(resolved, (leaf, placed), index, (kind, step, reading), scope);
                groups.push(Group { bands, ..group });
            }
        }
    }
    for group in &mut groups {
        group.lookups = lookups(resolved, group, computed);
        let readings = || group.readings.iter().map(|reading| &when.readings[*reading]);
        (group.stretches, group.bounds) = (stretches(readings()), bounds(readings()));
    }
    groups
}

/// Whether rows that are cut to steps for a group serve this reading, too. Sums are
/// made by day anyway; the set of a month's buyers is smaller than its days' sets.
fn shares(group: &Group, step: Step, reading: usize) -> bool {
    if !group.bands.is_empty() {
        // A row has another band in every period that it counts in.
        return group.readings == [reading];
    }
    match (group.step, step) {
        (Step::Row, Step::Row) => group.readings == [reading],
        (Step::Row, _) | (_, Step::Row) => false,
        (a, b) => a == b || group.kind == Kind::Atoms,
    }
}

fn begin(
    resolved: &Resolved,
    (leaf, placed): (&Leaf, &Placed),
    index: usize,
    (kind, step, reading): (Kind, Step, usize),
    scope: &Scope,
) -> Group {
    let source = resolved.sources.get(&leaf.source);
    let on_row = |predicate| leaf::condition(resolved, &leaf.source, predicate).ok();
    let own = source.and_then(|s| s.rows.clone());
    let member = top::member(resolved, &leaf.source, scope);
    let dimension = |asked: &Dimension| match &asked.kind {
        DimensionKind::OfRows => leaf::dimension(resolved, &leaf.source, &asked.id),
        DimensionKind::Named => member.as_ref().map(|_| leaf::added(top::MEMBER, asked.ty, leaf.span)),
        DimensionKind::Place { .. } => member.as_ref().map(|_| leaf::added(top::PLACE, asked.ty, leaf.span)),
        DimensionKind::Age => leaf.is_by_age().then(|| leaf::added(AGED, asked.ty, leaf.span)),
        DimensionKind::Steps { .. } => None,
    };
    Group {
        source: leaf.source.clone(),
        taken: leaf.taken.clone(),
        placed: placed.clone(),
        known: leaf.when.known,
        kind,
        step,
        leaves: vec![index],
        readings: vec![reading],
        stretches: Vec::new(),
        bounds: None,
        conditions: own.into_iter().chain(scope.filter.as_ref().and_then(on_row)).collect(),
        dimensions: scope.dimensions.iter().map(dimension).collect(),
        segments: scope.segments.iter().map(|s| on_row(s.predicate.as_ref()?)).collect(),
        lookups: Vec::new(),
        bands: Vec::new(),
        member,
        since: source.and_then(|s| s.since),
    }
}

/// The bands that a leaf's rows know.
fn bands_of(resolved: &Resolved, computed: &Computed, leaf: &Leaf, scope: &Scope) -> Vec<usize> {
    let when = bands::when(leaf);
    let needed = bands::needed(resolved, leaf, scope);
    let is_needed = |bands: &Bands| bands.when == when && needed.contains(&bands.id);
    (0..computed.bands.len()).filter(|index| is_needed(&computed.bands[*index])).collect()
}

fn lookups(resolved: &Resolved, group: &Group, computed: &Computed) -> Vec<Lookup> {
    let leaves = &computed.leaves;
    let member = |bands: &usize| leaf::dimension(resolved, &group.source, &computed.bands[*bands].dimension);
    let members: Vec<Row> = group.bands.iter().filter_map(member).collect();
    let times: Vec<Row> = group.placed.axes().into_iter().map(leaf::time).collect();
    let parts = group.leaves.iter().flat_map(|leaf| {
        let leaf = &leaves[*leaf];
        leaf.aggregate.rows().into_iter().chain(&leaf.conditions)
    });
    let asked = group.dimensions.iter().chain(&group.segments).flatten().chain(&group.conditions);
    let keys = group.placed.keys();
    leaf::lookups(
        resolved,
        &group.source,
        times.iter().chain(keys).chain(&members).chain(&group.member).chain(asked).chain(parts),
    )
}
