//! What `kpic check` sums up: which KPIs of each objective and stage have a target and an owner.

use comfy_table::{ContentArrangement, Table, presets};
use kpic::resolve::resolved::{Kpi, Resolved};
use kpic::syntax::ast::KpiProperty;

use super::grouped::{By, Group, groups};
use super::output;

/// KPIs that a line names.
const MOST: usize = 5;

/// A table by objective, and one by stage if any is named; nothing for a project without objectives.
pub fn coverage(resolved: &Resolved) -> Option<String> {
    if resolved.objectives.is_empty() {
        return None;
    }
    let mut text = table(resolved, By::Objective);
    let stages = groups(resolved, By::Stage);
    if stages.iter().any(|group| group.name.is_some()) {
        text.push('\n');
        text.push_str(&table(resolved, By::Stage));
    }
    Some(text)
}

fn table(resolved: &Resolved, by: By) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header([by.word(), "KPIs", "with target", "with owner", "missing"]);
    for group in groups(resolved, by) {
        table.add_row(line(&group, by, resolved));
    }
    table.lines().map(|line| format!("{}\n", line.trim())).collect()
}

fn line(group: &Group<'_>, by: By, resolved: &Resolved) -> [String; 5] {
    let name = match &group.name {
        Some(name) => output::line(name),
        None => format!("(no {})", by.word()),
    };
    let count = |lacking: &[&str]| (group.kpis.len() - lacking.len()).to_string();
    let (targets, owners) =
        (lacking(&group.kpis, has_target), lacking(&group.kpis, |kpi| kpi.owner().is_some()));
    let missing: Vec<String> = [("target", &targets), ("owner", &owners)]
        .into_iter()
        .filter_map(|(what, of)| named(what, of))
        .collect();
    // One above others has theirs.
    let is_above =
        resolved.objectives.values().any(|o| by == By::Objective && o.parent() == group.name.as_deref());
    let missing = match group.kpis.is_empty() {
        true if is_above => String::new(),
        true => "a KPI".into(),
        false if group.name.is_none() => if by == By::Objective { "an objective" } else { "a stage" }.into(),
        false => missing.join("; "),
    };
    [name, group.kpis.len().to_string(), count(&targets), count(&owners), missing]
}

fn has_target(kpi: &Kpi) -> bool {
    kpi.definition.properties.iter().any(|property| matches!(property.value, KpiProperty::Target(_)))
}

fn lacking<'a>(kpis: &[&'a Kpi], has: impl Fn(&Kpi) -> bool) -> Vec<&'a str> {
    kpis.iter().filter(|kpi| !has(kpi)).map(|kpi| kpi.id.as_str()).collect()
}

/// `target of a, b and 3 more`
fn named(what: &str, of: &[&str]) -> Option<String> {
    let more = of.len().saturating_sub(MOST);
    let shown = output::line(&of[..of.len() - more].join(", "));
    match (of.len(), more) {
        (0, _) => None,
        (_, 0) => Some(format!("{what} of {shown}")),
        (_, more) => Some(format!("{what} of {shown} and {more} more")),
    }
}
