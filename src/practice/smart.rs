//! Objectives that say enough to be reached: specific, measurable, attainable, realistic, time-bound.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Kpi, Objective};
use crate::syntax::ast::{Better, KpiProperty};

/// A letter that an objective lacks, and what to write.
struct Lack {
    letter: &'static str,
    write: String,
}

/// One finding for each objective that lacks something. One above others, without a headline
/// of its own, is as SMART as they are.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    // What is missing may stand in what could not be read.
    if model.lost.any() {
        return;
    }
    let objectives = resolved.objectives.values();
    let is_above = |objective: &Objective| {
        resolved.objectives.values().any(|other| other.parent() == Some(objective.id.as_str()))
    };
    for objective in objectives.filter(|o| o.headline.is_some() || !is_above(o)) {
        let lacks = lacks(objective, resolved);
        if !lacks.is_empty() {
            sink.push(finding(objective, &lacks));
        }
    }
}

fn lacks(objective: &Objective, resolved: &Resolved) -> Vec<Lack> {
    let def = &objective.definition;
    let headline = objective.headline.as_deref().and_then(|id| resolved.kpis.get(id));
    let mut lacks = Vec::new();
    let mut lack = |letter, write: String| lacks.push(Lack { letter, write });
    if objective.headline.is_none() {
        lack("specific", "`headline KPI`, the one number that it is about".into());
    }
    let unit = headline.filter(|kpi| kpi.unit.is_none()).map(|kpi| format!("`unit` of the KPI `{}`", kpi.id));
    match (unit, def.baseline.is_none()) {
        (Some(unit), true) => lack("measurable", format!("{unit}, and `baseline …`, where it stood")),
        (Some(unit), false) => lack("measurable", unit),
        (None, true) => lack("measurable", "`baseline …`, where it stood".into()),
        (None, false) => {}
    }
    if def.target.is_none() {
        lack("attainable", "`target …`, where it should stand".into());
    } else if is_met(objective, headline) {
        lack("attainable", "a `target` that its baseline does not meet already".into());
    }
    if def.rationale.is_none() {
        lack("realistic", "`rationale \"…\"`, why it can be reached".into());
    }
    if def.deadline.is_none() {
        lack("time-bound", "`deadline 2026-12`".into());
    }
    lacks
}

/// Whether the baseline is at least as good as the target.
fn is_met(objective: &Objective, headline: Option<&Kpi>) -> bool {
    let (Some(baseline), Some(target)) = (objective.baseline, objective.target) else { return false };
    let properties = headline.iter().flat_map(|kpi| &kpi.definition.properties);
    let mut better = properties.filter_map(|property| match &property.value {
        KpiProperty::Better(better) => Some(better.value),
        _ => None,
    });
    match better.next() {
        Some(Better::Higher) => baseline >= target,
        Some(Better::Lower) => baseline <= target,
        Some(Better::Range) | None => baseline == target,
    }
}

fn finding(objective: &Objective, lacks: &[Lack]) -> Diagnostic {
    let name = &objective.definition.header.name;
    let letters: Vec<String> =
        lacks.iter().map(|lack| format!("{} ({})", lack.letter[..1].to_uppercase(), lack.letter)).collect();
    let write: Vec<&str> = lacks.iter().map(|lack| lack.write.as_str()).collect();
    Diagnostic::warning(
        Code::NotSmart,
        name.span,
        format!("the objective `{}` is not SMART: it lacks {}", name.value, listed(&letters)),
    )
    .because("nobody could say at its end whether it was reached")
    .help(format!("write {}", write.join("; ")))
}

/// `a, b and c`
fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}
