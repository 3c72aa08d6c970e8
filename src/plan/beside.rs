//! What is asked beside the numbers: how they stand against their targets, and how they changed.

use super::context::{Builder, Context, Errors, Value};
use super::judged::{self, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::Kpi;
use crate::resolve::scalar::{Scalar, Type};
use crate::source::Span;

/// A column of the result.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// By index of the asked KPIs.
    pub kpi: usize,
    pub role: Role,
    pub node: usize,
    pub ty: Type,
}

/// What is asked beside the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// How those with targets stand against them.
    pub targets: bool,
    /// How they changed since the period before.
    pub trend: Trend,
}

/// Of which KPIs the number of the period before is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trend {
    #[default]
    Unasked,
    /// Of every one: what has no earlier number is refused.
    OfAll,
    /// Of those that have one, for a shape that tells columns by their place and not by
    /// their names.
    WherePossible,
}

impl Builder<'_> {
    /// The columns asked beside a KPI's number.
    pub fn beside(&mut self, kpi: &Kpi, node: usize, asked: Beside) -> Result<Vec<judged::Column>, Errors> {
        let mut columns = Vec::new();
        if asked.targets && kpi.goals.are_set() {
            columns.extend(judged::against_targets(self, kpi, node)?);
        }
        match asked.trend {
            Trend::Unasked => {}
            Trend::OfAll => columns.extend(judged::trend(self, kpi, node)?),
            Trend::WherePossible => columns.extend(self.trend(kpi, node)),
        }
        Ok(columns)
    }

    /// How a KPI has changed, or nothing, and nothing of it is left behind.
    fn trend(&mut self, kpi: &Kpi, node: usize) -> Vec<judged::Column> {
        let before = self.size();
        if let Ok(columns) = judged::trend(self, kpi, node) {
            let leaves = &self.computed.leaves[before.leaves..];
            if super::are_readable(self.resolved, self.time, leaves, self.scope) {
                return columns;
            }
        }
        self.back_to(before);
        Vec::new()
    }

    /// A number of formulas: `attainment(x)`.
    pub fn attainment(&mut self, id: &str, at: Span, context: &Context) -> Result<Scalar<Value>, Errors> {
        let resolved = self.resolved;
        let kpi = resolved.kpis.get(id).ok_or_else(|| {
            vec![Diagnostic::general(Code::UnknownKpi, format!("the KPI `{id}` has errors"))]
        })?;
        // Of another part a target says nothing; definitions are checked for it, bands are not.
        let is_moved = !context.restricted.is_empty()
            || !context.lifted.is_empty()
            || context.when.window.is_some()
            || self.nested > 0;
        if is_moved {
            let message = "an attainment is read for another part than its KPI";
            return Err(vec![
                Diagnostic::error(Code::AttainmentElsewhere, at, message)
                    .because("a target holds for a cell, and this is another one")
                    .help("take `attainment(…)` by itself"),
            ]);
        }
        let node = self.kpi(id, context)?;
        judged::attainment(self, kpi, node, context)
    }
}
