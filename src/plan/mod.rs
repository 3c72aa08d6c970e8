//! Resolved definitions and a request to what must be computed, free of SQL.
//!
//! Takes [`Resolved`] and a [`Request`], gives a [`Plan`]: the periods, slicings and
//! segments asked, the leaves (aggregates of one source in one context) that the
//! KPIs come down to, grouped by what can be computed together, and the formulas
//! over them. Request errors end here. Never decides how a leaf is computed, and
//! never reads data.

mod calendar;
mod context;
mod group;
mod leaf;
mod request;
mod scope;

pub use calendar::{Calendar, Moment, Range};
pub use context::{Cell, Fill, Node, Value};
pub use group::{Group, Kind};
pub use leaf::{Leaf, Lookup, dimension, lookups, prefixed};
pub use request::Request;
pub use scope::{Scope, Segment, Slicing};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, Grain, UnitName};
use crate::resolve::scalar::Type;

/// What to compute for a request.
#[derive(Debug, Clone)]
pub struct Plan {
    pub calendar: Calendar,
    pub grain: Grain,
    pub range: Range,
    /// What is asked beside periods: dimensions, slicings, segments, `--where`.
    pub scope: Scope,
    pub leaves: Vec<Leaf>,
    /// Leaves that can be computed together.
    pub groups: Vec<Group>,
    /// Leaves with what stands where there is no row: the columns of a dense result.
    pub cells: Vec<Cell>,
    /// Formulas over cells and earlier nodes.
    pub nodes: Vec<Node>,
    pub outputs: Vec<Output>,
}

/// A column of the result: an asked KPI.
#[derive(Debug, Clone)]
pub struct Output {
    pub kpi: String,
    pub label: Option<String>,
    pub unit: Option<UnitName>,
    pub ty: Type,
    /// The node that computes it.
    pub node: usize,
}

/// Plans a request.
///
/// # Errors
/// Everything that is wrong with the request, all at once.
pub fn plan(resolved: &Resolved, request: &Request) -> Result<Plan, Vec<Diagnostic>> {
    let kpis = request::kpis(resolved, request)?;
    let scope = scope::scope(resolved, request, &kpis)?;
    let grain = request::grain(request, &kpis).map_err(|e| vec![e])?;
    let calendar = calendar(resolved);
    let range = calendar.range(grain, request).map_err(|e| vec![e])?;
    let computed = context::compute(resolved, &scope, &kpis)?;
    leaf::check(resolved, &computed.leaves, &scope, grain)?;
    let groups = group::group(resolved, &computed.leaves, &scope);
    let outputs = kpis
        .iter()
        .zip(&computed.outputs)
        .map(|(kpi, node)| Output {
            kpi: kpi.id.clone(),
            label: kpi.label.clone(),
            unit: kpi.unit.clone(),
            ty: kpi.value.ty,
            node: *node,
        })
        .collect();
    Ok(Plan {
        calendar,
        grain,
        range,
        scope,
        leaves: computed.leaves,
        groups,
        cells: computed.cells,
        nodes: computed.nodes,
        outputs,
    })
}

/// The first and last day of the request's periods that hold these days.
///
/// # Errors
/// What is wrong with the request, its range aside; days beyond the calendar.
pub fn around(
    resolved: &Resolved,
    request: &Request,
    (first, last): (Date, Date),
) -> Result<(Date, Date), Vec<Diagnostic>> {
    let kpis = request::kpis(resolved, request)?;
    let grain = request::grain(request, &kpis).map_err(|e| vec![e])?;
    calendar(resolved).around(grain, first, last).map_err(|e| vec![e])
}

/// The sources and axes that a request reads, to find out which days have data
/// when no range is asked.
///
/// # Errors
/// What is wrong with the request, its range aside.
pub fn axes(resolved: &Resolved, request: &Request) -> Result<Vec<(String, Axis)>, Vec<Diagnostic>> {
    let kpis = request::kpis(resolved, request)?;
    let scope = scope::scope(resolved, request, &kpis)?;
    request::grain(request, &kpis).map_err(|e| vec![e])?;
    let computed = context::compute(resolved, &scope, &kpis)?;
    let mut axes = Vec::new();
    for leaf in computed.leaves {
        let axis = (leaf.source, leaf.axis);
        if !axes.contains(&axis) {
            axes.push(axis);
        }
    }
    Ok(axes)
}

fn calendar(resolved: &Resolved) -> Calendar {
    Calendar { zone: resolved.settings.zone.clone(), week_start: resolved.settings.week_start }
}
