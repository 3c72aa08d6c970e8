//! The best members of a dimension by name, and all others together: `--by country --top 5`.
//!
//! Which five countries are the best, one number of each tells: that of the whole range, so
//! that a line of months keeps its countries. Of every row it is then known whether its
//! country is one of them, and the number of all others is that of their rows: two buyers
//! of three other countries count once.
//!
//! What is asked beside changes nobody's place: countries have one in the range, whatever
//! other slices and segments stand beside them. `--where` is for all of it.

use super::context::{Asked, Builder, Context};
use super::leaf::{self, Leaf, Over, Taken};
use super::reading::When;
use super::request::{self, Request};
use super::scope::{Dimension, DimensionKind, Scope, Segment, Slicing};
use super::{Plan, Range, ranks};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Kpi, NumberLeaf, Ranking, Row};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};

/// The best members by name, the others together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// The last place that is named; those who share it are, too.
    pub places: u32,
    /// Whose members they are; `None`: the first dimension that is sliced by.
    pub of: Option<String>,
    /// The KPI that gives places; `None`: the first that is asked.
    pub by: Option<String>,
}

/// The members that are named.
#[derive(Debug, Clone)]
pub struct Named {
    /// The number of every member that gives its place, sliced by the dimension alone.
    pub plan: Plan,
    /// The node of the place.
    pub place: usize,
    pub places: u32,
    /// Whether all is known that gives places.
    pub is_complete: bool,
}

/// What results call the mark of the others.
pub const IS_OTHERS: &str = "is_others";

/// What a row calls its member, if it is a named one, and that member's place.
pub const MEMBER: &str = "kpic_top_member";
pub const PLACE: &str = "kpic_top_place";

/// Makes the members of a dimension the named ones, in every slicing by it.
///
/// # Errors
/// A dimension without members that have places.
pub fn slice(resolved: &Resolved, top: &Top, scope: &mut Scope, kpis: &[&Kpi]) -> Result<(), Diagnostic> {
    let index = match &top.of {
        Some(id) => scope.dimensions.iter().position(|dimension| dimension.id == *id),
        None => scope.slicings.iter().find_map(|slicing| slicing.dimensions.first().copied()),
    };
    let Some(index) = index else { return Err(not_sliced(top)) };
    let dimension = &scope.dimensions[index];
    if dimension.kind != DimensionKind::OfRows || resolved.bands.contains_key(&dimension.id) {
        let message = format!("`--top` is asked of `{}`, whose members have no places", dimension.id);
        return Err(Diagnostic::general(Code::BadOption, message)
            .because("ages, steps and bands have an order of their own, and none of them is one of many")
            .help("name the best members of another dimension: `--top-of DIMENSION`"));
    }
    let same = |name: &str| name.eq_ignore_ascii_case(IS_OTHERS);
    if kpis.iter().any(|kpi| same(&kpi.id)) || scope.dimensions.iter().any(|d| same(&d.id)) {
        return Err(Diagnostic::general(
            Code::BadOption,
            format!("a result of `--top` has a column `{IS_OTHERS}`, and something else has its name"),
        )
        .help("give the KPI or the dimension another name"));
    }
    let place = scope.dimensions.len();
    for slicing in &mut scope.slicings {
        if slicing.dimensions.contains(&index) {
            slicing.name = Some(super::scope::name(&scope.dimensions, &slicing.dimensions));
            slicing.dimensions.push(place);
        }
    }
    scope.dimensions[index].kind = DimensionKind::Named;
    let kind = DimensionKind::Place { of: index };
    scope.dimensions.push(Dimension { id: IS_OTHERS.into(), ty: Type::Integer, kind });
    Ok(())
}

fn not_sliced(top: &Top) -> Diagnostic {
    let message = match &top.of {
        Some(id) => format!("`--top-of {id}` is asked, and nothing is sliced by `{id}`"),
        None => "`--top` is asked, and nothing is sliced".into(),
    };
    Diagnostic::general(Code::BadOption, message)
        .because("it names the best members of a dimension, and puts all others together")
        .help("add `--by DIMENSION`")
}

/// The KPI that gives places.
///
/// # Errors
/// There is none of this name, or nothing is known of its sources.
pub fn by<'a>(resolved: &'a Resolved, top: &Top, kpis: &[&'a Kpi]) -> Result<Option<&'a Kpi>, Diagnostic> {
    match &top.by {
        Some(name) => request::find(resolved, name).map(Some),
        None => Ok(kpis.first().copied()),
    }
}

/// Every KPI that a request reads: the asked ones, and what places are given by.
///
/// # Errors
/// Those of [`by`].
pub fn read<'a>(
    resolved: &'a Resolved,
    request: &Request,
    kpis: &[&'a Kpi],
) -> Result<Vec<&'a Kpi>, Vec<Diagnostic>> {
    let mut read = kpis.to_vec();
    if let Some(top) = &request.top {
        let by = by(resolved, top, kpis).map_err(|e| vec![e])?;
        read.extend(by.filter(|by| !kpis.iter().any(|kpi| kpi.id == by.id)));
    }
    Ok(read)
}

/// Plans who is named.
///
/// # Errors
/// A KPI that gives no places.
pub fn named(
    resolved: &Resolved,
    top: &Top,
    scope: &Scope,
    time: &Asked<'_>,
    kpis: &[&Kpi],
) -> Result<Option<Named>, Vec<Diagnostic>> {
    let dimension = scope.dimensions.iter().find(|dimension| dimension.kind == DimensionKind::Named);
    let (Some(dimension), Some(kpi)) = (dimension, by(resolved, top, kpis).map_err(|e| vec![e])?) else {
        return Ok(None);
    };
    if let Some(cell) = &resolved.settings.minimum_cell {
        let message = "the best members are not named beside minimum cells";
        return Err(vec![
            Diagnostic::error(Code::NotYet, cell.span, message)
                .because("who is named and who is not tells of those that are suppressed")
                .help("ask for it in a project without `minimum_cell`, or without `--top`"),
        ]);
    }
    let own = Scope {
        dimensions: vec![Dimension { kind: DimensionKind::OfRows, ..dimension.clone() }],
        slicings: vec![Slicing::of(vec![0])],
        segments: vec![Segment { id: "all".into(), predicate: None }],
        filter: scope.filter.clone(),
        around: None,
    };
    let ranked = |range: &Range, all_of: When| {
        let time = Asked { range, ..*time };
        ranked(resolved, &own, &time, kpi, all_of)
    };
    let range = time.range;
    let (plan, place) = ranked(range, When::default())?;
    let last = range.starts.len() - 1;
    let named = |(plan, place): (Plan, usize), is_last: bool| {
        let is_complete = is_last && plan.has_every(plan.range.starts.len() - 1);
        Named { plan, place, places: top.places, is_complete }
    };
    if last == 0 {
        return Ok(Some(named((plan, place), true)));
    }
    if is_of_any_time(&plan) {
        let when = When { all_from: Some(range.low), ..When::default() };
        return Ok(Some(named(ranked(&range.joined(), when)?, true)));
    }
    let of_all = |holds: &dyn Fn(usize) -> bool| (0..=last).rev().find(|period| holds(*period));
    let knows = |period: usize| plan.cells.iter().any(|cell| plan.knows(cell, period));
    let period = of_all(&|period| plan.has_every(period)).or_else(|| of_all(&knows)).unwrap_or(last);
    Ok(Some(named(ranked(&range.one(period), When::default())?, period == last)))
}

fn ranked(
    resolved: &Resolved,
    scope: &Scope,
    time: &Asked<'_>,
    kpi: &Kpi,
    when: When,
) -> Result<(Plan, usize), Vec<Diagnostic>> {
    let ty = kpi.value.ty;
    let refused = |what: &str, why: &str| {
        let message = format!("`--top` goes by `{}`, {what}", kpi.id);
        let error = Diagnostic { span: Some(kpi.span), ..Diagnostic::general(Code::NoPlace, message) };
        vec![error.because(why).help("name another KPI, by which it goes: `--top-by KPI`")]
    };
    if !(ty.is_number() || matches!(ty, Type::Duration | Type::Unknown)) {
        return Err(refused("which is no number", "members are ordered by a number of each"));
    }
    let Some(best) = kpi.best() else {
        return Err(refused(
            "which is best within a range",
            "neither the highest nor the lowest number is the best one",
        ));
    };
    let mut builder = Builder::new(resolved, scope, time);
    let number = Scalar::new(ScalarKind::Leaf(NumberLeaf::Kpi(kpi.id.clone())), ty, kpi.span);
    let context = Context { when, ..Context::default() };
    let place = ranks::rank(&mut builder, &number, Ranking::Place(best), kpi.span, &context)?;
    if builder.computed.nodes.iter().filter(|node| node.ranking.is_some()).count() > 1 {
        return Err(refused(
            "which is made of a place",
            "members have places already, and the best of them have the lowest",
        ));
    }
    if builder.computed.leaves.iter().any(Leaf::is_by_age) {
        return Err(refused(
            "which is one number for each age",
            "members are ordered by one number of each, and ages are compared with each other",
        ));
    }
    Ok((builder.into_plan()?, place))
}

/// Whether its numbers can be read over any stretch of time as if that were one period: no
/// earlier period, no window, no instant, and nobody whose band or whose age depends on it.
fn is_of_any_time(plan: &Plan) -> bool {
    let is_plain = |leaf: &Leaf| match &leaf.over {
        Over::Rows(_) => leaf.when.is_own() && !matches!(leaf.taken, Some(Taken::Entries(_))),
        Over::Members(members) => is_of_any_time(&members.plan),
        Over::Time(_) => false,
    };
    plan.bands.is_empty() && plan.leaves.iter().all(is_plain)
}

/// The member of a source's row, if the request names the best of them.
pub fn member(resolved: &Resolved, source: &str, scope: &Scope) -> Option<Row> {
    let named = scope.dimensions.iter().find(|dimension| dimension.kind == DimensionKind::Named)?;
    leaf::dimension(resolved, source, &named.id)
}

impl Range {
    /// All of its rows as those of its last period.
    fn joined(&self) -> Range {
        let last = self.starts[self.starts.len() - 1];
        let known = self.as_of.map_or(self.end, |as_of| as_of.min(self.end));
        // What `--clip` cuts, is not read.
        let end = if self.high < known { self.high } else { self.end };
        Range { starts: vec![last], end, low: last, high: self.high, ..self.clone() }
    }

    /// One of its periods alone.
    fn one(&self, period: usize) -> Range {
        let (start, end) = (self.starts[period], self.end_of(period));
        let (low, high) = (self.low.max(start), self.high.min(end));
        Range { starts: vec![start], end, low, high, ..self.clone() }
    }
}
