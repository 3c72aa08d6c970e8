//! Objectives, dashboards, events and assertions in words, and what leads to a KPI from them.

use kpic::resolve::resolved::{Dashboard, Event, Kpi, Objective, Resolved};
use kpic::source::Sources;
use kpic::syntax::ast;
use kpic::syntax::format;

use super::beneath;
use super::output::line;
use super::project::Project;
use super::words::{Page, names, path, spelt};

/// What is known of an objective, a dashboard, an event or an assertion, as text that ends
/// with a line ending; `None`: there is none of this name.
pub fn explained(name: &str, resolved: &Resolved, project: &Project, sources: &Sources) -> Option<String> {
    let mut page = Page::new(sources);
    if let Some(objective) = resolved.objectives.get(name) {
        of_objective(&mut page, objective, resolved);
    } else if let Some(dashboard) = resolved.dashboards.get(name) {
        of_dashboard(&mut page, dashboard, resolved);
    } else if let Some(event) = resolved.events.get(name) {
        of_event(&mut page, event);
    } else {
        let assertion = resolved.assertions.get(name)?;
        page.title(&assertion.definition.header);
        page.row("assertion", &spelt(&assertion.definition.condition));
        page.place(assertion.kpi.span);
        return Some(page.out + &beneath::of(&assertion.kpi, resolved, project));
    }
    Some(page.out)
}

fn of_objective(page: &mut Page<'_>, objective: &Objective, resolved: &Resolved) {
    let def = &objective.definition;
    page.title(&def.header);
    let mut value = |name: &str, value: &Option<ast::Property<ast::Expr>>| {
        value.iter().for_each(|value| page.row(name, &spelt(&value.value)));
    };
    value("baseline", &def.baseline);
    value("target", &def.target);
    if let Some(deadline) = &def.deadline {
        page.row("deadline", &format::period(deadline.value.value));
    }
    if let Some(rationale) = &def.rationale {
        page.row("rationale", &line(&rationale.value));
    }
    objective.owner().into_iter().for_each(|owner| page.row("owner", &line(owner)));
    objective.stage().into_iter().for_each(|stage| page.row("stage", &line(stage)));
    objective.parent().into_iter().for_each(|parent| page.row("parent", &line(parent)));
    let children = resolved.objectives.values().filter(|o| o.parent() == Some(objective.id.as_str()));
    let children: Vec<&str> = children.map(|child| child.id.as_str()).collect();
    if !children.is_empty() {
        page.row("parent of", &names(children));
    }
    page.place(objective.span);
    kpis(page, objective.headline.as_deref(), &objective.kpis, resolved);
}

fn of_dashboard(page: &mut Page<'_>, dashboard: &Dashboard, resolved: &Resolved) {
    let def = &dashboard.definition;
    page.title(&def.header);
    if let Some(by) = &def.by {
        page.row("by", &names(by.value.iter().map(path)));
    }
    if !dashboard.grains.is_empty() {
        page.row("grains", &names(dashboard.grains.iter().map(|grain| grain.word())));
    }
    if let Some(owner) = &def.owner {
        page.row("owner", &line(&owner.value));
    }
    page.place(dashboard.span);
    kpis(page, dashboard.headline.as_deref(), &dashboard.kpis, resolved);
}

fn of_event(page: &mut Page<'_>, event: &Event) {
    let def = &event.definition;
    page.title(&def.header);
    page.row("from", &format::period(def.from.value));
    match &def.until {
        Some(until) => page.row("until", &format::period(until.value)),
        None => page.row("until", "it stays"),
    }
    if let Some(filter) = &def.filter {
        page.row("where", &spelt(filter));
    }
    page.place(event.span);
}

/// The KPIs of an objective or a dashboard, a line each.
fn kpis(page: &mut Page<'_>, headline: Option<&str>, kpis: &[String], resolved: &Resolved) {
    for id in kpis {
        let Some(kpi) = resolved.kpis.get(id) else { continue };
        let label = kpi.label.as_deref().map(|label| format!(": {}", line(label))).unwrap_or_default();
        let owner = kpi.owner().map(|owner| format!(", {}", line(owner))).unwrap_or_default();
        let role = if headline == Some(id) { "headline" } else { "KPI" };
        page.row(role, &format!("{}{label}{owner}", line(id)));
    }
}

/// What names a KPI: objectives beside its own, dashboards, assertions.
pub fn beside(page: &mut Page<'_>, kpi: &Kpi, resolved: &Resolved) {
    let objectives = resolved.objectives.values();
    let others = objectives.filter(|o| o.kpis.contains(&kpi.id) && kpi.objective() != Some(o.id.as_str()));
    let others: Vec<&str> = others.map(|objective| objective.id.as_str()).collect();
    let dashboards = resolved.dashboards.values().filter(|d| d.kpis.contains(&kpi.id));
    let dashboards: Vec<&str> = dashboards.map(|dashboard| dashboard.id.as_str()).collect();
    let assertions = resolved.assertions.values().filter(|a| a.operands.contains(&kpi.id));
    let assertions: Vec<&str> = assertions.map(|assertion| assertion.kpi.id.as_str()).collect();
    for (what, named) in [("serves", others), ("on dashboards", dashboards), ("asserted in", assertions)] {
        if !named.is_empty() {
            page.row(what, &names(named));
        }
    }
}
