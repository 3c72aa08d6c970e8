//! The columns of one KPI beside each other, and how its cells stand.

use super::period;
use super::sheet::{Layout, OWN};
use crate::plan::{Output, Plan, Role};
use crate::run::{Rows, Value};

/// The outputs of one KPI, by index: its number, and what was asked beside it.
#[derive(Debug)]
pub struct Standing<'p> {
    pub kpi: &'p Output,
    outputs: Vec<(Role, usize)>,
}

/// Each asked KPI, in the order asked.
pub fn standings(plan: &Plan) -> Vec<Standing<'_>> {
    let mut standings: Vec<Standing<'_>> = Vec::new();
    for (index, output) in plan.outputs.iter().enumerate() {
        match standings.last_mut().filter(|_| output.role != Role::Value) {
            Some(standing) => standing.outputs.push((output.role, index)),
            None => standings.push(Standing { kpi: output, outputs: vec![(output.role, index)] }),
        }
    }
    standings
}

impl Standing<'_> {
    /// The output that says this of the KPI.
    pub fn output(&self, role: Role) -> Option<usize> {
        self.outputs.iter().find(|(own, _)| *own == role).map(|(_, index)| *index)
    }

    /// What a row says of the KPI; nothing where it was not asked.
    pub fn value(&self, layout: &Layout<'_>, row: &[Value], role: Role) -> Value {
        match (self.output(role), role) {
            (Some(output), _) => row[OWN + layout.dimensions() + output].clone(),
            (None, Role::Status) => self.without_goals(layout, row),
            (None, _) => Value::Null,
        }
    }

    /// The status of a KPI that nobody said what to expect of.
    fn without_goals(&self, layout: &Layout<'_>, row: &[Value]) -> Value {
        let own = self.output(Role::Value).is_some_and(|output| layout.is_suppressed(row, output));
        match self.value(layout, row, Role::Value) {
            _ if own => Value::Null,
            Value::Null => Value::Text("no_data".into()),
            _ => Value::Text("no_target".into()),
        }
    }
}

/// The cells of a KPI with a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kpi: String,
    pub status: &'static str,
    /// What people call them: `2026-03`, `2026-03 web`.
    pub cells: Vec<String>,
    /// How many cells the KPI has.
    pub of: usize,
}

/// The cells with any of these statuses.
pub fn found(plan: &Plan, rows: &Rows, statuses: &[&'static str]) -> Vec<Found> {
    let layout = Layout { plan };
    let mut found = Vec::new();
    for standing in standings(plan) {
        for status in statuses {
            let is_so = |row: &&Vec<Value>| matches!(standing.value(&layout, row, Role::Status), Value::Text(word) if word == *status);
            let cells: Vec<String> = rows.rows.iter().filter(is_so).map(|row| cell(&layout, row)).collect();
            if !cells.is_empty() {
                found.push(Found { kpi: standing.kpi.kpi.clone(), status, cells, of: rows.rows.len() });
            }
        }
    }
    found
}

/// A row's period, members and segment.
fn cell(layout: &Layout<'_>, row: &[Value]) -> String {
    let plan = layout.plan;
    let start = period::start(plan, row.first().unwrap_or(&Value::Null));
    let mut parts = vec![period::name(plan.grain, &start)];
    parts.extend(layout.sliced(row).iter().map(|dimension| match row[OWN + dimension].text() {
        Some(member) => member,
        None => "(none)".into(),
    }));
    let segment = row.get(2).and_then(Value::text);
    let is_part = |id: &String| plan.scope.segments.iter().any(|s| s.id == *id && s.predicate.is_some());
    parts.extend(segment.filter(is_part));
    parts.join(" ")
}
