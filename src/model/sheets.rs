//! Targets of sheets, put to their KPIs.

use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::syntax::ast::{File, Item, Kpi, KpiProperty};
use crate::syntax::sheet::Planned;

/// Adds each target to the last definition of its KPI, as if it stood there; targets of KPIs that
/// there are not are reported.
pub fn targets(files: &mut [File], planned: Vec<Planned>, sink: &mut Sink) {
    let mut items = files.iter_mut().flat_map(|file| &mut file.items);
    let mut kpis: Vec<&mut Kpi> = Vec::new();
    items.by_ref().for_each(|item| {
        if let Item::Kpi(kpi) = item {
            kpis.push(kpi);
        }
    });
    for Planned { kpi: name, target } in planned {
        match kpis.iter_mut().rev().find(|kpi| kpi.header.name == name || is_called(kpi, &name.value)) {
            Some(kpi) => kpi.properties.push(target),
            None => {
                let error = Diagnostic::error(
                    Code::UnknownName,
                    name.span,
                    format!("there is no KPI `{}`", name.value),
                )
                .missing(&name.value);
                let ids = kpis.iter().map(|kpi| kpi.header.name.value.as_str());
                sink.push(match nearest(&name.value, ids) {
                    Some(near) => {
                        error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string())
                    }
                    None => error.help("name a KPI of the project"),
                });
            }
        }
    }
}

fn is_called(kpi: &Kpi, name: &str) -> bool {
    kpi.properties.iter().any(|property| match &property.value {
        KpiProperty::Alias(names) => names.iter().any(|alias| alias.value == name),
        _ => false,
    })
}
