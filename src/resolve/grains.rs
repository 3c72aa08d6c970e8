//! Grains: what a KPI is limited to, limits every KPI that is computed from it.

use super::numbers::Numbers;
use super::resolved::Grain;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{self, KpiProperty};

/// The grains that a KPI takes, its own and those of the KPIs in its formula; empty: all.
/// `None`: reported, there is none that all of them take.
pub fn of(
    numbers: &Numbers<'_>,
    def: &ast::Kpi,
    own: Vec<Grain>,
    kpis: &[&str],
    sink: &mut Sink,
) -> Option<Vec<Grain>> {
    let mut taken = own;
    for kpi in kpis {
        let Some(Some(beneath)) = numbers.kpis.get(kpi) else { continue };
        if beneath.grains.is_empty() {
            continue;
        }
        let both: Vec<Grain> = match taken.is_empty() {
            true => beneath.grains.clone(),
            false => taken.iter().copied().filter(|grain| beneath.grains.contains(grain)).collect(),
        };
        if both.is_empty() {
            sink.push(none(def, kpi));
            return None;
        }
        sink.extend(beyond(def, kpi, &beneath.grains));
        taken = both;
    }
    Some(taken)
}

/// A grain of the KPI's own list that one in its formula does not take.
fn beyond(def: &ast::Kpi, kpi: &str, theirs: &[Grain]) -> Option<Diagnostic> {
    let lists = def.properties.iter().filter_map(|property| match &property.value {
        KpiProperty::Grain(grains) => Some(grains),
        _ => None,
    });
    let grain = lists.flatten().find(|grain| !theirs.contains(&grain.value))?;
    Some(
        Diagnostic::error(
            Code::GrainNotAllowed,
            grain.span,
            format!("`{kpi}`, which the formula uses, does not take this grain"),
        )
        .because("its definition says that it means something at other grains only")
        .help(format!("leave it out, or let `{kpi}` take it")),
    )
}

fn none(def: &ast::Kpi, kpi: &str) -> Diagnostic {
    let name = &def.header.name;
    Diagnostic::error(
        Code::GrainNotAllowed,
        name.span,
        format!("no grain of `{}` is one that `{kpi}`, which it uses, takes", name.value),
    )
    .because("it could never be asked for")
    .help("compare the `grain` properties of the KPIs in its formula")
}
