//! Resolved definitions and a request to what must be computed, free of SQL.
//!
//! Takes [`Resolved`] and a [`Request`], gives a [`Plan`]: the periods, slicings and
//! segments asked, the leaves (aggregates of one source in one context) that the
//! KPIs come down to, grouped by what can be computed together, and the formulas
//! over them. Request errors end here. Never decides how a leaf is computed, and
//! never reads data.

mod ahead;
mod amount;
mod bands;
mod beside;
mod calendar;
mod cohorts;
mod context;
mod elapsed;
mod funnels;
mod group;
mod judged;
mod leaf;
mod members;
mod minimum;
mod periods;
mod ranks;
mod reading;
mod request;
mod scope;
mod steps;
mod stretches;
mod targets;
mod time_share;
mod top;
mod versions;

pub use bands::{Bands, column as band_column};
pub use beside::{Beside, Trend};
pub use calendar::{Calendar, Moment, Range};
pub use context::{Cell, Fill, Node, Value};
pub use group::{Group, Kind};
pub use judged::{Role, STATUSES};
pub use leaf::{
    AGED, ENTERED, Entries, Leaf, Lookup, Over, Taken, VALUE, YOUNGEST, dimension, lookups, prefixed,
    step_column, time as time_of,
};
pub use members::Members;
pub use minimum::{Minimum, suppressed};
pub use periods::{Series, read as values_read};
pub use ranks::RANKED_BY;
pub use reading::{Interval, Reading, Step, When};
pub use request::Request;
pub use scope::{Dimension, DimensionKind, Scope, Segment, Slicing};
pub use time_share::{Held, Stretch};
pub use top::{MEMBER, Named, PLACE, Top, member};

use context::{Asked, Computed};
use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, Format, Grain, UnitName, Window};
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
    /// Every way that leaves read time.
    pub readings: Vec<Reading>,
    /// Leaves that can be computed together.
    pub groups: Vec<Group>,
    /// Leaves with what stands where there is no row: the columns of a dense result.
    pub cells: Vec<Cell>,
    /// Formulas over cells and earlier nodes.
    pub nodes: Vec<Node>,
    /// Numbers of several periods that formulas make one of.
    pub series: Vec<Series>,
    pub outputs: Vec<Output>,
    /// What decides which cells of the outputs are shown.
    pub minimum: Option<Minimum>,
    /// What decides the bands that leaves' rows know.
    pub bands: Vec<Bands>,
    /// What decides which members are named, of a request for the best ones.
    pub named: Option<Box<Named>>,
}

/// A column of the result: an asked KPI, or how it stands.
#[derive(Debug, Clone)]
pub struct Output {
    pub kpi: String,
    pub role: Role,
    pub label: Option<String>,
    pub unit: Option<UnitName>,
    pub format: Option<Format>,
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
    let time = Asked { calendar: &calendar, grain, range: &range };
    let computed = context::compute(resolved, &scope, &time, &kpis, request.beside)?;
    if computed.minimum.is_some() {
        let dimensions: Vec<String> = scope.dimensions.iter().map(|d| d.id.clone()).collect();
        minimum::names(&kpis, &dimensions).map_err(|e| vec![e])?;
    }
    let outputs = computed.outputs.clone();
    let mut plan = Plan::new(resolved, &time, scope, computed)?;
    let output = |beside::Column { kpi, role, node, ty }| {
        let kpi = kpis[kpi];
        let unit = role.unit(kpi.unit.as_ref());
        // Shares of it are no numbers of its kind.
        let is_share = matches!(role, Role::Attainment | Role::Pacing | Role::ChangeRatio | Role::Status);
        let format = kpi.format.filter(|_| !is_share);
        Output { kpi: kpi.id.clone(), role, label: kpi.label.clone(), unit, format, ty, node }
    };
    plan.outputs = outputs.into_iter().map(output).collect();
    if request.beside.trend != Trend::WherePossible {
        plan.distinct_columns()?;
    }
    if let Some(top) = &request.top {
        plan.named = top::named(resolved, top, &plan.scope, &time, &kpis)?.map(Box::new);
    }
    Ok(plan)
}

impl Output {
    /// Its column's name.
    pub fn column(&self) -> String {
        match self.role {
            Role::Value => self.kpi.clone(),
            role => format!("{}_{}", self.kpi, role.word()),
        }
    }
}

impl Plan {
    /// Whether all columns of the result have names of their own.
    fn distinct_columns(&self) -> Result<(), Vec<Diagnostic>> {
        let names = || {
            self.scope.dimensions.iter().map(|d| d.id.clone()).chain(self.outputs.iter().map(Output::column))
        };
        for output in self.outputs.iter().filter(|output| output.role != Role::Value) {
            let name = output.column();
            if names().filter(|other| other.eq_ignore_ascii_case(&name)).count() > 1 {
                let message = format!("a result with `{}` has two columns `{name}`", output.kpi);
                return Err(vec![
                    Diagnostic::general(Code::BadOption, message)
                        .because(format!("one of them is the {} of `{}`", output.role.word(), output.kpi))
                        .help("ask for them in requests of their own"),
                ]);
            }
        }
        Ok(())
    }

    /// What was put together, without outputs.
    fn new(
        resolved: &Resolved,
        time: &Asked<'_>,
        scope: Scope,
        computed: Computed,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let Asked { calendar, grain, range } = *time;
        leaf::check(resolved, &computed.leaves, &scope, grain)?;
        let readings = readings(calendar, grain, range, &computed.leaves).map_err(|e| vec![e])?;
        let when = group::When { calendar, grain, range, readings: &readings };
        let groups = group::group(resolved, &computed, &scope, &when);
        Ok(Plan {
            calendar: calendar.clone(),
            grain,
            range: range.clone(),
            scope,
            leaves: computed.leaves,
            readings,
            groups,
            cells: computed.cells,
            nodes: computed.nodes,
            series: computed.series,
            outputs: Vec::new(),
            minimum: computed.minimum,
            bands: computed.bands,
            named: None,
        })
    }

    /// When a leaf reads.
    pub fn reading(&self, leaf: usize) -> &Reading {
        let when = &self.leaves[leaf].when;
        self.readings.iter().find(|r| r.when == *when).expect("planning works out how every leaf reads")
    }

    /// Whether all data that an output needs in a period is asked and known.
    pub fn is_complete(&self, output: usize, period: usize) -> bool {
        match self.cells_in(self.outputs[output].node, period).as_slice() {
            // A constant needs nothing.
            [] => self.range.is_complete(period),
            cells => cells.iter().all(|cell| self.has_all(self.cells[*cell].leaf, period)),
        }
    }

    /// Whether something is known of a cell in a period: of members, of any number
    /// that theirs is made of.
    pub fn knows(&self, cell: &Cell, period: usize) -> bool {
        match &self.leaves[cell.leaf].over {
            Over::Rows(_) => self.reading(cell.leaf).knows(period, cell.since),
            Over::Time(held) => held.stretches.iter().any(|s| s.period == self.range.starts[period]),
            Over::Members(members) => members.plan.cells.iter().any(|cell| members.plan.knows(cell, period)),
        }
    }

    /// Whether two cells are known in the same periods, as far as a glance tells.
    pub fn are_known_alike(&self, a: &Cell, b: &Cell) -> bool {
        let (one, other) = (&self.leaves[a.leaf], &self.leaves[b.leaf]);
        let of_rows = matches!((&one.over, &other.over), (Over::Rows(_), Over::Rows(_)));
        a.leaf == b.leaf || (of_rows && one.when == other.when && a.since == b.since)
    }

    fn has_all(&self, leaf: usize, period: usize) -> bool {
        match &self.leaves[leaf].over {
            Over::Rows(_) => {
                let group = self.groups.iter().find(|group| group.leaves.contains(&leaf));
                let mut bands = group.iter().flat_map(|group| &group.bands);
                self.reading(leaf).each[period].is_complete
                    && bands.all(|bands| self.bands[*bands].plan.has_every(period))
            }
            Over::Members(members) => members.plan.has_every(period),
            Over::Time(held) => held.plan.has_every(period),
        }
    }

    /// Whether all data that any leaf needs in a period is asked and known.
    fn has_every(&self, period: usize) -> bool {
        (0..self.leaves.len()).all(|leaf| self.has_all(leaf, period))
    }
}

/// Whether leaves can be read at the times that are asked.
fn are_readable(resolved: &Resolved, time: &Asked<'_>, leaves: &[Leaf], scope: &Scope) -> bool {
    let Asked { calendar, grain, range } = *time;
    leaf::check(resolved, leaves, scope, grain).is_ok() && readings(calendar, grain, range, leaves).is_ok()
}

/// How leaves read time, each way once.
fn readings(
    calendar: &Calendar,
    grain: Grain,
    range: &Range,
    leaves: &[Leaf],
) -> Result<Vec<Reading>, Diagnostic> {
    let mut readings: Vec<Reading> = Vec::new();
    for leaf in leaves {
        if !readings.iter().any(|r| r.when == leaf.when) {
            readings.push(Reading::new(&leaf.when, calendar, grain, range)?);
        }
    }
    let fades = |leaf: &&Leaf| matches!(leaf.when.window, Some(Window::Decayed(_)));
    let within_days = |leaf: &&Leaf| {
        let reading = readings.iter().find(|r| r.when == leaf.when);
        reading.is_some_and(|reading| reading.step(calendar, grain, range) == Step::Row)
    };
    if let Some(leaf) = leaves.iter().filter(fades).find(within_days) {
        let message = format!("`decayed` of `{}` is read up to an hour within a day", leaf.measure);
        let error =
            Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::OffsetNotWhole, message) };
        return Err(error
            .because("what fades is as old as whole days, and a part of a day is none")
            .help("ask by day or a coarser grain, and write `settled` in days"));
    }
    if let Some(leaf) = leaves.iter().find(|leaf| range.cuts() && !leaf.when.is_own()) {
        let message =
            format!("`--clip` cuts a period, and `{}` is read at other times than the period", leaf.measure);
        return Err(Diagnostic::general(Code::BadOption, message)
            .because("a part of a period has no part before it to compare with, and no window or stock ends with it")
            .help("ask for whole periods, or without the KPI that uses `previous`, a window or a stock"));
    }
    Ok(readings)
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
    let grain = request::grain(request, &kpis).map_err(|e| vec![e])?;
    let (calendar, range) = (calendar(resolved), Range::unknown());
    let time = Asked { calendar: &calendar, grain, range: &range };
    let kpis = top::read(resolved, request, &kpis)?;
    let computed = context::compute(resolved, &scope, &time, &kpis, request.beside)?;
    let mut axes = Vec::new();
    axes_of(&computed.leaves, &computed.bands, &mut axes);
    Ok(axes)
}

/// The sources that a request reads, those that they join to aside.
///
/// # Errors
/// What is wrong with the request, its range aside.
pub fn sources(resolved: &Resolved, request: &Request) -> Result<Vec<String>, Vec<Diagnostic>> {
    let kpis = request::kpis(resolved, request)?;
    let scope = scope::scope(resolved, request, &kpis)?;
    let grain = request::grain(request, &kpis).map_err(|e| vec![e])?;
    let (calendar, range) = (calendar(resolved), Range::unknown());
    let time = Asked { calendar: &calendar, grain, range: &range };
    let kpis = top::read(resolved, request, &kpis)?;
    let computed = context::compute(resolved, &scope, &time, &kpis, request.beside)?;
    let mut sources = Vec::new();
    sources_of(resolved, &computed.leaves, &computed.bands, &mut sources);
    Ok(sources)
}

fn sources_of(resolved: &Resolved, leaves: &[Leaf], bands: &[Bands], sources: &mut Vec<String>) {
    bands.iter().for_each(|bands| sources_of(resolved, &bands.plan.leaves, &bands.plan.bands, sources));
    for leaf in leaves {
        match &leaf.over {
            Over::Rows(_) => sources.push(leaf.source.clone()),
            Over::Members(members) => {
                sources_of(resolved, &members.plan.leaves, &members.plan.bands, sources);
            }
            Over::Time(held) => sources_of(resolved, &held.plan.leaves, &held.plan.bands, sources),
        }
        match &leaf.taken {
            Some(Taken::Steps(funnel)) => {
                let steps = resolved.funnels.get(funnel).into_iter().flat_map(|funnel| &funnel.steps);
                sources.extend(steps.map(|step| step.source.clone()));
            }
            Some(Taken::Entries(entries)) => {
                sources.extend(resolved.measures.get(&entries.measure).map(|m| m.source.clone()));
            }
            None => {}
        }
    }
}

fn axes_of(leaves: &[Leaf], bands: &[Bands], axes: &mut Vec<(String, Axis)>) {
    for leaf in leaves {
        match &leaf.over {
            Over::Rows(placed) => {
                let new = placed.axes().into_iter().map(|axis| (leaf.source.clone(), axis.clone()));
                for axis in new {
                    if !axes.contains(&axis) {
                        axes.push(axis);
                    }
                }
            }
            Over::Members(members) => axes_of(&members.plan.leaves, &members.plan.bands, axes),
            Over::Time(held) => axes_of(&held.plan.leaves, &held.plan.bands, axes),
        }
    }
    bands.iter().for_each(|bands| axes_of(&bands.plan.leaves, &bands.plan.bands, axes));
}

/// How a project counts time.
pub fn calendar(resolved: &Resolved) -> Calendar {
    let settings = &resolved.settings;
    Calendar {
        zone: settings.zone.clone(),
        week_start: settings.week_start,
        fiscal_year: settings.fiscal_year,
    }
}
