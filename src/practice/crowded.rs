//! Objectives, dashboards and stages with too many KPIs, or none.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::resolve::resolved::Objective;

/// How many KPIs each has.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    let most = model.lints.limit(Code::TooManyKpis);
    // A KPI with errors may be of it.
    let are_all_known = resolved.kpis.len() == model.kpis.len() && !model.lost.any();
    for objective in resolved.objectives.values() {
        if are_all_known && objective.kpis.is_empty() && !has_kpis_below(objective, resolved) {
            sink.push(without_kpi(objective));
        }
        if is_more(objective.kpis.len(), most) {
            let name = &objective.definition.header.name;
            let fact =
                format!("the objective `{}` has {} KPIs, more than {most}", name.value, objective.kpis.len());
            sink.push(
                Diagnostic::warning(Code::TooManyKpis, name.span, fact)
                    .because("who looks at everything steers by nothing")
                    .help(
                        "keep the few that decide, make the others their `drivers`, or split the objective: `parent`",
                    ),
            );
        }
    }
    let most = model.lints.limit(Code::CrowdedDashboard);
    for dashboard in resolved.dashboards.values().filter(|d| is_more(d.kpis.len(), most)) {
        let name = &dashboard.definition.header.name;
        let fact =
            format!("the dashboard `{}` shows {} KPIs, more than {most}", name.value, dashboard.kpis.len());
        sink.push(
            Diagnostic::warning(Code::CrowdedDashboard, name.span, fact)
                .because("nobody takes in so many numbers at a glance")
                .help("keep those that somebody acts on, and give the others a dashboard of their own"),
        );
    }
}

fn is_more(count: usize, most: u32) -> bool {
    usize::try_from(most).is_ok_and(|most| count > most)
}

/// Whether an objective below it has a KPI.
fn has_kpis_below(objective: &Objective, resolved: &Resolved) -> bool {
    resolved.objectives.values().any(|other| {
        other.parent() == Some(objective.id.as_str())
            && (!other.kpis.is_empty() || has_kpis_below(other, resolved))
    })
}

fn without_kpi(objective: &Objective) -> Diagnostic {
    let name = &objective.definition.header.name;
    Diagnostic::warning(
        Code::ObjectiveWithoutKpi,
        name.span,
        format!("the objective `{}` has no KPI", name.value),
    )
    .because("nothing tells whether it is reached")
    .help(format!("name its KPIs (`headline …`, `kpis …`), or let them name it: `objective {}`", name.value))
}
