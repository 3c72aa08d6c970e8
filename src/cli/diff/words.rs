//! Changes in words, for text and Markdown alike.

use kpic::meaning::{Change, Class, Happened, Name, Reached};

use super::data::OfKpi;
use crate::cli::output::{line, plural};

/// Names that a line has; more are counted.
const MOST: usize = 8;

/// What a class is called above its changes.
pub fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaks => "Breaks",
        Class::Values => "Changes values",
        Class::Compatible => "Compatible",
        Class::Cosmetic => "Cosmetic",
    }
}

pub fn name(name: &Name) -> String {
    line(&name.to_string())
}

/// What happened to it, behind its name; nothing for what is there as before.
pub fn happened(change: &Change) -> Option<String> {
    match &change.happened {
        Happened::Added => Some("new".into()),
        Happened::Removed => Some("removed".into()),
        Happened::Renamed { to, alias } => {
            let to = match (to.id == change.name.id, &to.of) {
                (true, Some(source)) => format!("now of {}", line(source)),
                _ => format!("renamed to {}", line(&to.id)),
            };
            let is_same = change.facets.is_empty() && change.since.is_empty();
            let same = if is_same { ", the same meaning" } else { "" };
            let alias = if *alias { ", and its old name still asks for it" } else { "" };
            Some(format!("{to}{same}{alias}"))
        }
        Happened::Changed => None,
        Happened::Broken => Some("has errors now".into()),
        Happened::Mended => Some("had errors before, so nothing can be compared".into()),
        Happened::Unsound => Some("has errors, so nothing can be compared".into()),
    }
}

/// `since KPI revenue, since measure gross of orders changed`
pub fn since(change: &Change) -> Option<String> {
    let steps: Vec<String> = change.since.iter().map(|step| format!("since {}", name(step))).collect();
    if steps.is_empty() { None } else { Some(format!("{} changed", steps.join(", "))) }
}

/// Of what others alone change, all on one line; `None`: it is written anew itself.
pub fn follows(change: &Change) -> Option<String> {
    let is_renamed = matches!(change.happened, Happened::Renamed { .. });
    let is_own = is_renamed || change.facets.iter().any(|facet| !facet.inherited && !facet.goal);
    let since = since(change).filter(|_| !is_own)?;
    let what = change.facets.iter().filter(|facet| !facet.goal).map(|facet| match &facet.before {
        Some(lost) => format!("{} {} no more", line(&facet.what), line(lost)),
        None => line(&facet.what),
    });
    let parts: Vec<String> = happened(change).into_iter().chain(what).chain([since]).collect();
    Some(parts.join(", "))
}

/// `KPIs aov, revenue; dashboard board`
pub fn reached(reached: &Reached) -> Option<String> {
    let kinds = [
        ("KPI", &reached.kpis),
        ("dashboard", &reached.dashboards),
        ("objective", &reached.objectives),
        ("assertion", &reached.assertions),
    ];
    let said: Vec<String> = kinds.into_iter().filter_map(|(word, names)| listed(word, names)).collect();
    if said.is_empty() { None } else { Some(said.join("; ")) }
}

fn listed(word: &str, names: &[String]) -> Option<String> {
    let shown: Vec<String> = names.iter().take(MOST).map(|name| line(name)).collect();
    let more = match names.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let word = if names.len() == 1 { word.to_string() } else { format!("{word}s") };
    (!names.is_empty()).then(|| format!("{word} {}{more}", shown.join(", ")))
}

/// `KPI revenue: 7 of 12 cells moved`
pub fn of_cells(kpi: &OfKpi) -> String {
    let was = kpi.was.as_ref().map(|was| format!(" (before: {})", line(was))).unwrap_or_default();
    let (moved, cells) = (kpi.moved.len(), plural(kpi.cells, "cell"));
    let moved = if moved == 0 { "none".to_string() } else { moved.to_string() };
    format!("KPI {}{was}: {moved} of {cells} moved", line(&kpi.id))
}

/// How many were left out, if any.
pub fn more(left: usize) -> Option<String> {
    (left > 0).then(|| format!("and {} more; `--format json` has all", plural(left, "change")))
}
