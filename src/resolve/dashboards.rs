//! Dashboards: KPIs that are shown together.

use indexmap::IndexMap;

use super::formula::NumberScope;
use super::numbers::Numbers;
use super::objectives::Named;
use super::resolved::{Dashboard, Grain};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// Every dashboard without findings by its id, in the order written.
pub fn all(numbers: &Numbers<'_>, sink: &mut Sink) -> IndexMap<String, Dashboard> {
    let defs = numbers.model.dashboards.values();
    let sound = defs.filter_map(|def| dashboard(numbers, def, sink));
    sound.map(|dashboard| (dashboard.id.clone(), dashboard)).collect()
}

fn dashboard(numbers: &Numbers<'_>, def: &ast::Dashboard, sink: &mut Sink) -> Option<Dashboard> {
    let named = Named::of(numbers, def.headline.as_ref(), def.kpis.as_ref(), sink);
    let paths = def.by.iter().flat_map(|by| &by.value);
    let by: Vec<Option<(String, Span)>> =
        paths.map(|path| Some((NumberScope::new(numbers, "", sink).dimension(path)?, path.span()))).collect();
    let by: Option<Vec<(String, Span)>> = by.into_iter().collect();
    let kpis = named.as_ref().map(Named::shown).unwrap_or_default();
    let reached = by.as_ref().and_then(|by| reached(numbers, &kpis, by, sink));
    let grains: Vec<Spanned<Grain>> = def.grain.iter().flat_map(|grain| grain.value.clone()).collect();
    let taken = taken(numbers, &kpis, &grains, sink);
    let named = named?;
    reached.and(taken)?;
    Some(Dashboard {
        id: def.header.name.value.clone(),
        label: def.header.label.as_ref().map(|label| label.value.clone()),
        headline: named.headline,
        kpis,
        by: by?.into_iter().map(|(dimension, _)| dimension).collect(),
        grains: grains.iter().map(|grain| grain.value).collect(),
        definition: def.clone(),
        span: def.header.span,
    })
}

/// Whether every KPI goes by what the dashboard slices by.
fn reached(numbers: &Numbers<'_>, kpis: &[String], by: &[(String, Span)], sink: &mut Sink) -> Option<()> {
    let mut sound = Some(());
    for beneath in kpis.iter().filter_map(|kpi| numbers.kpis.get(kpi.as_str())?.as_ref()) {
        for (dimension, span) in by {
            let lost = beneath.uses.iter().filter(|used| !used.lifts(dimension));
            for error in lost.filter_map(|used| numbers.unreached(used, dimension, *span, "sliced by")) {
                sink.push(error);
                sound = None;
            }
        }
    }
    sound
}

/// Whether every KPI takes the grains that the dashboard shows.
fn taken(numbers: &Numbers<'_>, kpis: &[String], grains: &[Spanned<Grain>], sink: &mut Sink) -> Option<()> {
    let mut sound = Some(());
    for kpi in kpis {
        let Some(Some(beneath)) = numbers.kpis.get(kpi.as_str()) else { continue };
        let beyond =
            |grain: &&Spanned<Grain>| !beneath.grains.is_empty() && !beneath.grains.contains(&grain.value);
        for grain in grains.iter().filter(beyond) {
            let theirs: Vec<_> = beneath.grains.iter().map(|grain| grain.word()).collect();
            sink.push(
                Diagnostic::error(
                    Code::GrainNotAllowed,
                    grain.span,
                    format!("`{kpi}`, which the dashboard shows, does not take this grain"),
                )
                .because("its definition says that it means something at other grains only")
                .help(format!("leave the grain out, or the KPI; it takes {}", theirs.join(", "))),
            );
            sound = None;
        }
    }
    sound
}
