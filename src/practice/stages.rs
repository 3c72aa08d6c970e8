//! Stages of the customer's journey that nothing tells of.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::Resolved;

/// Stages that the project lists and that no KPI is of, by itself or by an objective of its.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    // A KPI with errors may be of it.
    if resolved.kpis.len() < model.kpis.len() || model.lost.any() {
        return;
    }
    let objectives = resolved.objectives_by_kpi();
    let kpis = resolved.kpis.values();
    let has: Vec<&str> = kpis.flat_map(|kpi| resolved.stages_of(kpi, &objectives)).collect();
    for stage in model.settings.stages.iter().filter(|stage| !has.contains(&stage.value.as_str())) {
        sink.push(
            Diagnostic::warning(
                Code::StageWithoutKpi,
                stage.span,
                format!("the stage `{}` has no KPI", stage.value),
            )
            .because("what happens to customers there is seen only in what comes behind it")
            .help(format!("give a KPI or an objective `stage {}`, or take the stage out", stage.value)),
        );
    }
}
