//! What a KPI does not say.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Kpi, UnitName};
use crate::syntax::ast::{KpiProperty, Target};

/// What is missing of each KPI.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    let objectives = resolved.objectives_by_kpi();
    for kpi in resolved.kpis.values() {
        let said = Said::of(kpi);
        // A planning sheet may hold them.
        if kpi.goals.targets.is_empty() {
            sink.push(
                missing(Code::NoTarget, kpi, "target")
                    .because("without one nobody can say whether it is good")
                    .help("write `target … each month from …`, or `allow no_target \"…\"` with the reason"),
            );
        }
        if !said.owner {
            sink.push(
                missing(Code::NoOwner, kpi, "owner")
                    .because("nobody is asked when it is red or doubted")
                    .help("write `owner \"…\"`, a person or a team"),
            );
        }
        if !kpi.has_unit {
            sink.push(
                missing(Code::NoUnit, kpi, "unit")
                    .because("readers cannot tell euros from pieces, and units are not checked")
                    .help(
                        "write `unit EUR`, or better declare the column's: `column amount : decimal in EUR`",
                    ),
            );
        }
        match one_sided(kpi).filter(|_| !said.better) {
            Some(target) => sink.push(target_without_direction(kpi, target)),
            None if !said.better => sink.push(
                missing(Code::NoDirection, kpi, "direction")
                    .because("a rise may be good news or bad, and its colour would be a guess")
                    .help("write `better higher`, `better lower` or `better range`"),
            ),
            None => {}
        }
        if objectives.get(kpi.id.as_str()).is_none_or(Vec::is_empty) {
            sink.push(
                missing(Code::NoObjective, kpi, "objective")
                    .because("nobody can say what it is measured for")
                    .help("write `objective …`, name it in one, or leave it out"),
            );
        }
        if is_rate(kpi) && !said.slices {
            sink.push(
                missing(Code::NoDimension, kpi, "dimension")
                    .because("a rate of everything hides that parts of it move against each other")
                    .help("write `by channel`, `segments …` or whatever it differs by"),
            );
        }
    }
}

/// Which properties a KPI has.
#[derive(Default)]
struct Said {
    owner: bool,
    better: bool,
    slices: bool,
}

impl Said {
    fn of(kpi: &Kpi) -> Self {
        let mut said = Said::default();
        for property in &kpi.definition.properties {
            match &property.value {
                KpiProperty::Owner(_) => said.owner = true,
                KpiProperty::Better(_) => said.better = true,
                KpiProperty::By(_) | KpiProperty::Segments(_) => said.slices = true,
                _ => {}
            }
        }
        said
    }
}

/// A share or a ratio.
fn is_rate(kpi: &Kpi) -> bool {
    matches!(kpi.unit, Some(UnitName::Percent | UnitName::Ratio))
}

/// The first target that is no range: a range has no better side.
fn one_sided(kpi: &Kpi) -> Option<&Target> {
    kpi.definition.properties.iter().find_map(|property| match &property.value {
        KpiProperty::Target(target) if target.to.is_none() => Some(&**target),
        _ => None,
    })
}

fn target_without_direction(kpi: &Kpi, target: &Target) -> Diagnostic {
    let name = &kpi.definition.header.name;
    Diagnostic::warning(
        Code::TargetWithoutDirection,
        target.value.span,
        format!("the KPI `{}` has a target, and does not say on which side of it is good", name.value),
    )
    .because("more is taken as better, and a churn above its target would be a success")
    .help("write `better higher` or `better lower`")
}

fn missing(code: Code, kpi: &Kpi, what: &str) -> Diagnostic {
    let name = &kpi.definition.header.name;
    Diagnostic::warning(code, name.span, format!("the KPI `{}` has no {what}", name.value))
}
