//! What KPIs are for: objectives, dashboards, events, assertions.

use std::collections::HashMap;

use super::{Date, Grain, Kpi, Resolved};
use crate::source::Span;
use crate::syntax::ast;

#[derive(Debug, Clone)]
pub struct Objective {
    pub id: String,
    pub label: Option<String>,
    pub headline: Option<String>,
    /// Its KPIs: the headline first, then those that it lists, then those that name it.
    pub kpis: Vec<String>,
    /// Where the headline stood, in the unit that it is computed in.
    pub baseline: Option<f64>,
    /// Where it should stand.
    pub target: Option<f64>,
    pub definition: ast::Objective,
    pub span: Span,
}

impl Objective {
    pub fn stage(&self) -> Option<&str> {
        self.definition.stage.as_ref().map(|stage| stage.value.value.as_str())
    }

    pub fn parent(&self) -> Option<&str> {
        self.definition.parent.as_ref().map(|parent| parent.value.value.as_str())
    }

    pub fn owner(&self) -> Option<&str> {
        self.definition.owner.as_ref().map(|owner| owner.value.value.as_str())
    }
}

#[derive(Debug, Clone)]
pub struct Dashboard {
    pub id: String,
    pub label: Option<String>,
    pub headline: Option<String>,
    /// All that it shows, the headline first.
    pub kpis: Vec<String>,
    pub by: Vec<String>,
    pub grains: Vec<Grain>,
    pub definition: ast::Dashboard,
    pub span: Span,
}

/// What happened, for who reads the numbers of that time.
#[derive(Debug, Clone)]
pub struct Event {
    pub id: String,
    pub label: Option<String>,
    pub from: Date,
    /// Its last day; none: what began stays.
    pub until: Option<Date>,
    /// For whom it was, in the language's words; none: for all.
    pub condition: Option<String>,
    pub definition: ast::Event,
    pub span: Span,
}

/// A condition on KPIs.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// 1 where it holds, 0 where it fails, nothing where a number that it compares is empty.
    pub kpi: Kpi,
    /// The KPIs that it names.
    pub operands: Vec<String>,
    pub definition: ast::Assertion,
}

impl Resolved {
    /// The objectives that each KPI belongs to, by its id. Names of objectives that the project
    /// does not declare are tags, and count as well.
    pub fn objectives_by_kpi(&self) -> HashMap<&str, Vec<&str>> {
        let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
        for objective in self.objectives.values() {
            for kpi in &objective.kpis {
                found.entry(kpi).or_default().push(&objective.id);
            }
        }
        for kpi in self.kpis.values().filter(|_| self.objectives.is_empty()) {
            found.entry(&kpi.id).or_default().extend(kpi.objective());
        }
        found
    }

    /// The stages of a KPI: its own, else those of its objectives.
    pub fn stages_of<'a>(&'a self, kpi: &'a Kpi, objectives: &HashMap<&str, Vec<&'a str>>) -> Vec<&'a str> {
        if let Some(stage) = kpi.stage() {
            return vec![stage];
        }
        let mut stages: Vec<&str> = Vec::new();
        let own = objectives.get(kpi.id.as_str()).into_iter().flatten();
        for stage in own.filter_map(|id| self.objectives.get(*id)?.stage()) {
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
        stages
    }

    /// The same project, in which assertions can be asked for as KPIs are.
    #[must_use]
    pub fn with_assertions(mut self) -> Resolved {
        let kpis = self.assertions.iter().map(|(id, assertion)| (id.clone(), assertion.kpi.clone()));
        self.kpis.extend(kpis);
        self
    }
}
