//! Definitions part by part, each on one line in the language's own words.

use super::phrase::Phrase;
use super::{parts, words};
use crate::syntax::ast::{
    Cohort, Column, Comments, Dashboard, Event, Funnel, KpiProperty, Measure, Objective, Source,
};

/// A keyword and what stands behind it.
pub type Said = (&'static str, String);

/// What a source says of its rows; what is defined in it aside.
pub fn source(source: &Source) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    said.extend(source.relation.as_ref().map(|p| part(parts::relation(&p.value))));
    said.extend(source.key.as_ref().map(|p| ("key", words::names(&p.value))));
    said.extend(source.times.iter().map(|p| ("time", text(parts::time(&p.value)))));
    said.extend(source.active.as_ref().map(|p| ("active", text(parts::interval(&p.value)))));
    said.extend(source.snapshot.as_ref().map(|p| ("snapshot", text(parts::snapshot(&p.value)))));
    said.extend(source.valid.as_ref().map(|p| ("valid", text(parts::interval(&p.value)))));
    said.extend(source.since.as_ref().map(|p| ("since", words::period(p.value.value))));
    said.extend(source.rows.as_ref().map(|p| ("rows", format!("where {}", super::expression(&p.value)))));
    said
}

/// An aggregate, its time and its condition.
pub fn measure(measure: &Measure) -> String {
    text(parts::measure(measure))
}

/// What decides a column's values: its type, unit and formula.
pub fn column(column: &Column) -> String {
    let plain = Column { pii: false, ..column.clone() };
    let formula = column.value.as_ref().map(|value| format!("= {}", super::expression(value)));
    text(parts::column(&plain).maybe(formula))
}

pub fn cohort(cohort: &Cohort) -> String {
    text(parts::over(&cohort.over))
}

pub fn funnel(funnel: &Funnel) -> Vec<Said> {
    let steps = funnel.steps.iter().map(|step| {
        let name = words::name(&step.header.name);
        ("step", text(Phrase::of(name).then(parts::step(step))))
    });
    std::iter::once(("steps", text(parts::over(&funnel.over)))).chain(steps).collect()
}

pub fn objective(objective: &Objective) -> Vec<Said> {
    parts::objective(objective).into_iter().map(property).collect()
}

pub fn dashboard(dashboard: &Dashboard) -> Vec<Said> {
    parts::dashboard(dashboard).into_iter().map(property).collect()
}

pub fn event(event: &Event) -> String {
    text(parts::event(event))
}

/// A property of a KPI.
pub fn kpi(of: &KpiProperty) -> Said {
    part(parts::property(of))
}

fn property((_, value): (&Comments, parts::Part<'_>)) -> Said {
    part(value)
}

fn part((keyword, value): parts::Part<'_>) -> Said {
    (keyword, text(value.phrase()))
}

fn text(phrase: Phrase<'_>) -> String {
    phrase.text(0, 0)
}
