//! Objectives, dashboards, events and assertions in words.

use super::goals;
use super::number::Numbers;
use super::page::Page;
use super::parts;
use super::phrases::fill;
use super::properties::{dotted, value};
use super::voice::{Voice, line};
use crate::model::Model;
use crate::resolve::resolved::{Assertion, Dashboard, Event, Objective, Resolved};
use crate::source::Sources;
use crate::syntax::{ast, format};

/// What is known of an objective, a dashboard, an event or an assertion; `None`: there is none
/// of this name.
pub fn purpose(
    name: &str,
    model: &Model<'_>,
    resolved: &Resolved,
    sources: &Sources,
    voice: &Voice,
) -> Option<Page> {
    if let Some(objective) = resolved.objectives.get(name) {
        return Some(of_objective(objective, resolved, sources, voice));
    }
    if let Some(dashboard) = resolved.dashboards.get(name) {
        return Some(of_dashboard(dashboard, resolved, sources, voice));
    }
    if let Some(event) = resolved.events.get(name) {
        return Some(of_event(event, sources, voice));
    }
    resolved.assertions.get(name).map(|assertion| of_assertion(assertion, model, resolved, sources, voice))
}

fn of_objective(objective: &Objective, resolved: &Resolved, sources: &Sources, voice: &Voice) -> Page {
    let p = voice.phrases;
    let def = &objective.definition;
    let mut page = Page::new("objective", &def.header, voice);
    // Its numbers are in the unit of its headline.
    let headline = objective.headline.as_ref().and_then(|id| resolved.kpis.get(id));
    let shown = |expr: &ast::Expr| match headline {
        Some(kpi) => value(expr, kpi, voice),
        None => line(&format::expression(expr)),
    };
    if let Some(baseline) = &def.baseline {
        page.fact("baseline", p.baseline, shown(&baseline.value));
    }
    if let Some(target) = &def.target {
        page.fact("target", p.target, shown(&target.value));
    }
    if let Some(deadline) = &def.deadline {
        page.fact("deadline", p.deadline, goals::period(voice, deadline.value.value));
    }
    if let Some(rationale) = &def.rationale {
        page.fact("rationale", p.rationale, line(&rationale.value));
    }
    if let Some(owner) = objective.owner() {
        page.fact("owner", p.owner, line(owner));
    }
    if let Some(stage) = objective.stage() {
        page.fact("stage", p.stage, voice.name(stage));
    }
    if let Some(parent) = objective.parent() {
        page.fact("parent", p.parent, voice.name(parent));
    }
    let children = resolved.objectives.values().filter(|o| o.parent() == Some(objective.id.as_str()));
    let children: Vec<&str> = children.map(|child| child.id.as_str()).collect();
    if !children.is_empty() {
        page.fact("parent_of", p.parent_of, voice.names(children));
    }
    page.place(objective.span, sources, voice);
    kpis(&mut page, objective.headline.as_deref(), &objective.kpis, resolved, voice);
    page
}

fn of_dashboard(dashboard: &Dashboard, resolved: &Resolved, sources: &Sources, voice: &Voice) -> Page {
    let p = voice.phrases;
    let def = &dashboard.definition;
    let mut page = Page::new("dashboard", &def.header, voice);
    if let Some(by) = &def.by {
        let paths: Vec<String> = by.value.iter().map(dotted).collect();
        page.fact("by", p.by, voice.names(paths.iter().map(String::as_str)));
    }
    if !dashboard.grains.is_empty() {
        let grains: Vec<String> = dashboard.grains.iter().map(|grain| voice.grain(*grain).into()).collect();
        page.fact("grain", p.grains_taken, grains.join(p.comma));
    }
    if let Some(owner) = &def.owner {
        page.fact("owner", p.owner, line(&owner.value));
    }
    page.place(dashboard.span, sources, voice);
    kpis(&mut page, dashboard.headline.as_deref(), &dashboard.kpis, resolved, voice);
    page
}

fn of_event(event: &Event, sources: &Sources, voice: &Voice) -> Page {
    let p = voice.phrases;
    let def = &event.definition;
    let mut page = Page::new("event", &def.header, voice);
    page.fact("from", p.begins, goals::period(voice, def.from.value));
    let until = def.until.as_ref().map(|until| goals::period(voice, until.value));
    page.fact("until", p.ends_with, until.unwrap_or_else(|| p.stays.into()));
    if let Some(filter) = &def.filter {
        page.fact("where", p.concerns, line(&format::expression(filter)));
    }
    page.place(event.span, sources, voice);
    page
}

fn of_assertion(
    assertion: &Assertion,
    model: &Model<'_>,
    resolved: &Resolved,
    sources: &Sources,
    voice: &Voice,
) -> Page {
    let p = voice.phrases;
    let def = &assertion.definition;
    let mut page = Page::new("assertion", &def.header, voice);
    page.fact("formula", p.assertion, line(&format::expression(&def.condition)));
    page.fact("words", p.in_words, Numbers { voice, resolved }.holds(&assertion.kpi.value).text);
    page.place(assertion.kpi.span, sources, voice);
    page.parts = parts::beneath(&assertion.kpi.value, model, resolved, voice);
    page
}

/// The KPIs of an objective or a dashboard, a line each.
fn kpis(page: &mut Page, headline: Option<&str>, kpis: &[String], resolved: &Resolved, voice: &Voice) {
    let p = voice.phrases;
    for kpi in kpis.iter().filter_map(|id| resolved.kpis.get(id)) {
        let label = super::properties::label(kpi, voice).or(kpi.label.as_deref().map(line));
        let label = label.map(|label| fill(p.called, &[&voice.name(&kpi.id), &label]));
        let owner = kpi.owner().map(|owner| format!(", {}", line(owner))).unwrap_or_default();
        let (key, name) = match headline == Some(&kpi.id) {
            true => ("headline", p.headline),
            false => ("kpi", p.kpi_part),
        };
        page.fact(key, name, label.unwrap_or_else(|| voice.name(&kpi.id)) + &owner);
    }
}
