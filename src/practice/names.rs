//! Names and labels that two readers take for two things, or for one.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Kpi, Number, NumberLeaf, UnitName};
use crate::resolve::scalar::ScalarKind;
use crate::syntax::ast::{KpiProperty, Name, Text};

/// A rate of conversion that does not say of whom into what.
const BARE: [&str; 8] = [
    "conversion",
    "conversion_rate",
    "conversions_rate",
    "conv_rate",
    "cvr",
    "taux_conversion",
    "taux_de_conversion",
    "taux_transformation",
];

/// Labels of several KPIs, and bare names.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    labels(resolved, sink);
    for kpi in resolved.kpis.values() {
        for name in names(kpi).filter(|name| BARE.contains(&name.value.to_lowercase().as_str())) {
            if kpi.unit != Some(UnitName::Count) {
                sink.push(bare(kpi, name));
            }
        }
    }
}

fn names(kpi: &Kpi) -> impl Iterator<Item = &Name> {
    let aliases = kpi.definition.properties.iter().filter_map(|property| match &property.value {
        KpiProperty::Alias(names) => Some(names),
        _ => None,
    });
    std::iter::once(&kpi.definition.header.name).chain(aliases.flatten())
}

fn bare(kpi: &Kpi, name: &Name) -> Diagnostic {
    let fact = format!("`{}` does not say of whom, and into what", name.value);
    let better = match &kpi.value.kind {
        ScalarKind::Divide(into, of) => {
            named(into).zip(named(of)).map(|(into, of)| format!("{into}_per_{of}"))
        }
        _ => None,
    };
    let better = better.unwrap_or_else(|| "visit_to_order_rate".into());
    Diagnostic::warning(Code::BareConversionRate, name.span, fact)
        .because("of visitors, visits or leads it is another number, and each department means its own")
        .help(format!("name both, as in `{better}`"))
}

/// The name of a number that has one.
fn named(number: &Number) -> Option<&str> {
    match &number.kind {
        ScalarKind::Leaf(NumberLeaf::Measure(id) | NumberLeaf::Kpi(id)) => Some(id),
        ScalarKind::Leaf(NumberLeaf::Restrict(value, _)) => named(value),
        _ => None,
    }
}

/// Labels that two KPIs share in one language.
fn labels(resolved: &Resolved, sink: &mut Sink) {
    let mut known: HashMap<(&str, String), (&Kpi, &Text)> = HashMap::new();
    for kpi in resolved.kpis.values() {
        let own = kpi.definition.header.label.iter().map(|label| ("", label));
        let others = kpi.definition.properties.iter().filter_map(|property| match &property.value {
            KpiProperty::Label { language, text } => Some((language.value.as_str(), text)),
            _ => None,
        });
        for (language, label) in own.chain(others) {
            let words: Vec<&str> = label.split_whitespace().collect();
            let key = (language, words.join(" ").to_lowercase());
            match known.get(&key) {
                // In one KPI the label of a second language may be that of the first.
                Some((first, _)) if first.id == kpi.id => {}
                Some((first, there)) => sink.push(
                    Diagnostic::warning(
                        Code::SameLabel,
                        label.span,
                        format!("the KPIs `{}` and `{}` have the same label", first.id, kpi.id),
                    )
                    .label(there.span, "the other one")
                    .because("in a report nobody can tell which of the two is meant")
                    .help("say in each label what sets it apart"),
                ),
                None => {
                    known.insert(key, (kpi, label));
                }
            }
        }
    }
}
