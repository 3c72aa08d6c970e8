//! Versions of a KPI: which formula holds for a cell, and where the line breaks.
//!
//! A late delivery was one after seven days until 2025 and is one after five days since.
//! January 2026 goes by the new formula, `previous` of it by the old one: the growth of
//! January compares two things, and says so.

use super::context::{Builder, Context, Value, shown};
use super::leaf::Over;
use super::{Plan, values_read};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{Date, Grain, Kpi, Offset, Version};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::value::{self, Literal};
use jiff::civil;

/// Which version of a KPI holds in each asked period; after `previous`, in an earlier one.
#[derive(Debug, Clone)]
pub struct Held {
    kpi: String,
    /// The node of each version that holds at all.
    nodes: Vec<Option<usize>>,
    each: Vec<Option<usize>>,
    /// Whether another one held in the period before.
    is_new: Vec<bool>,
    /// Whether it is read in the asked period itself.
    is_own: bool,
}

/// Adds the node of a KPI in several versions.
pub fn node(
    builder: &mut Builder<'_>,
    kpi: &Kpi,
    versions: &[Version],
    context: &Context,
) -> Result<usize, Vec<Diagnostic>> {
    let mut held = held(builder, kpi, versions, context).map_err(|e| vec![e])?;
    for (index, version) in versions.iter().enumerate() {
        // Without a range every version may hold.
        let node = match held.each.is_empty() || held.each.contains(&Some(index)) {
            true => {
                let value = builder.number(&version.value, context)?;
                Some(builder.node(kpi.id.clone(), value, shown(kpi)))
            }
            false => None,
        };
        held.nodes.push(node);
    }
    let node = builder.node(kpi.id.clone(), choice(&held, kpi), None);
    builder.computed.nodes[node].versions = Some(held);
    Ok(node)
}

fn held(
    builder: &Builder<'_>,
    kpi: &Kpi,
    versions: &[Version],
    context: &Context,
) -> Result<Held, Diagnostic> {
    let (calendar, grain) = (builder.time.calendar, builder.time.grain);
    let mut held = Held {
        kpi: kpi.id.clone(),
        nodes: Vec::new(),
        each: Vec::new(),
        is_new: Vec::new(),
        is_own: context.when.back.is_empty(),
    };
    let at = |start| {
        let last = calendar.start_of(Grain::Day, grain, calendar.end(grain, start)?)?;
        Ok::<_, Diagnostic>(version_on(versions, last.local.date()))
    };
    for start in &builder.time.range.starts {
        let back = |start, offset: &Offset| calendar.back(grain, start, offset.by);
        let start = context.when.back.iter().try_fold(*start, back)?;
        let own = at(start)?;
        // Before the first period of the calendar there was none.
        let before = calendar.back(grain, start, None).ok().map(at).transpose()?.flatten();
        held.is_new.push(own.is_some() && before.is_some() && own != before);
        held.each.push(own);
    }
    Ok(held)
}

/// The version that holds on a day.
fn version_on(versions: &[Version], day: civil::Date) -> Option<usize> {
    let day = Date::from(day);
    versions.iter().position(|version| {
        version.from.is_none_or(|from| from <= day) && version.until.is_none_or(|until| day <= until)
    })
}

/// Each version in its periods; nothing where none holds.
fn choice(held: &Held, kpi: &Kpi) -> Scalar<Value> {
    let ty = kpi.value.ty;
    let scalar = |kind, ty| Scalar::new(kind, ty, kpi.span);
    let read = |version: usize| {
        let node = held.nodes[version].expect("a version that holds has a node");
        scalar(ScalarKind::Leaf(Value::Node(node)), ty)
    };
    let nothing = || scalar(ScalarKind::Literal(Literal::Null(value::Type::Double)), ty);
    let runs = runs(&held.each);
    match runs.as_slice() {
        [] => held.nodes.len().checked_sub(1).map_or_else(nothing, read),
        [(_, _, one)] => one.map_or_else(nothing, read),
        several => {
            let when = |&(first, last, version): &(usize, usize, Option<usize>)| {
                let asked = scalar(ScalarKind::Leaf(Value::Asked(first, last)), Type::Boolean);
                Some((asked, read(version?)))
            };
            scalar(ScalarKind::Case { whens: several.iter().filter_map(when).collect(), otherwise: None }, ty)
        }
    }
}

/// Periods beside each other with the same version: the first, the last, and which.
fn runs(each: &[Option<usize>]) -> Vec<(usize, usize, Option<usize>)> {
    let mut runs: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (period, version) in each.iter().enumerate() {
        match runs.last_mut() {
            Some((_, last, same)) if same == version => *last = period,
            Some(_) | None => runs.push((period, period, *version)),
        }
    }
    runs
}

impl Plan {
    /// Whether a cell is on the two sides of a change of its definition: the first one by a
    /// new version, or one that puts numbers by several versions together.
    pub fn is_break(&self, output: usize, period: usize) -> bool {
        let mut found = Vec::new();
        self.versions_in(self.outputs[output].node, period, &mut found);
        found.iter().any(|(held, version)| {
            let other = |(that, theirs): &(&Held, usize)| that.kpi == held.kpi && theirs != version;
            (held.is_own && held.is_new[period]) || found.iter().any(other)
        })
    }

    /// The versions that a node reads in a period.
    fn versions_in<'p>(&'p self, node: usize, period: usize, found: &mut Vec<(&'p Held, usize)>) {
        self.each_read(node, period, &mut |node| {
            if let Some(held) = &self.nodes[node].versions {
                found.extend(held.each[period].map(|version| (held, version)));
            }
        });
        for cell in self.cells_in(node, period) {
            if let Over::Members(members) = &self.leaves[self.cells[cell].leaf].over {
                let inner = members.values.iter().chain(&members.having);
                inner.for_each(|node| members.plan.versions_in(*node, period, found));
            }
        }
    }

    /// The cells that a node comes down to in a period.
    pub(super) fn cells_in(&self, node: usize, period: usize) -> Vec<usize> {
        if self.nodes.iter().all(|node| node.versions.is_none()) {
            return self.nodes[node].cells.clone();
        }
        let mut cells = Vec::new();
        self.each_read(node, period, &mut |node| {
            let node = &self.nodes[node];
            values_read(&node.value, &self.series, &mut |value| match value {
                Value::Cell(cell) if !cells.contains(&cell) => cells.push(cell),
                Value::Cell(_)
                | Value::Node(_)
                | Value::Series(_)
                | Value::Asked(..)
                | Value::Slice(_)
                | Value::InSlicing(_)
                | Value::InSegment(_) => {}
            });
        });
        cells
    }

    /// Calls `see` on a node and all nodes that it reads in a period, of a KPI in several
    /// versions the one that holds.
    fn each_read(&self, node: usize, period: usize, see: &mut dyn FnMut(usize)) {
        let (mut open, mut seen) = (vec![node], vec![false; self.nodes.len()]);
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut seen[node], true) {
                continue;
            }
            see(node);
            match &self.nodes[node].versions {
                Some(held) => open.extend(held.each[period].and_then(|version| held.nodes[version])),
                None => values_read(&self.nodes[node].value, &self.series, &mut |value| {
                    if let Value::Node(inner) = value {
                        open.push(inner);
                    }
                }),
            }
        }
    }
}
