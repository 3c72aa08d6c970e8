//! What a KPI does not say.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::Kpi;
use crate::syntax::ast::KpiProperty;

/// What is missing of each KPI.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    for kpi in resolved.kpis.values() {
        let has = |is: fn(&KpiProperty) -> bool| kpi.definition.properties.iter().any(|p| is(&p.value));
        if !has(|p| matches!(p, KpiProperty::Target(_))) {
            sink.push(
                missing(Code::NoTarget, kpi, "target")
                    .because("without one nobody can say whether it is good")
                    .help("write `target … each month from …`, or `allow no_target \"…\"` with the reason"),
            );
        }
        if !has(|p| matches!(p, KpiProperty::Owner(_))) {
            sink.push(
                missing(Code::NoOwner, kpi, "owner")
                    .because("nobody is asked when it is red or doubted")
                    .help("write `owner \"…\"`, a person or a team"),
            );
        }
    }
}

fn missing(code: Code, kpi: &Kpi, what: &str) -> Diagnostic {
    let name = &kpi.definition.header.name;
    Diagnostic::warning(code, name.span, format!("the KPI `{}` has no {what}", name.value))
}
