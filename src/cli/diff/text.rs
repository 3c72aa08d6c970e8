//! Changes for a terminal.

use std::fmt::Write;

use kpic::meaning::{Change, Class, Facet};

use super::report::Report;
use super::words;
use crate::cli::output::line;

/// Changes that a class tells; more are counted.
const MOST: usize = 60;
/// Cells of a KPI that are told.
const CELLS: usize = 8;
/// Before and after that are longer stand on two lines.
const WIDTH: usize = 72;

/// The changes, the worst first.
pub fn text(report: &Report<'_>) -> String {
    let (from, to) = (line(&report.before.name), line(&report.after.name));
    let mut out = String::new();
    let summary = report.summary().unwrap_or_else(|| "nothing changed in meaning".into());
    say(&mut out, 0, &format!("{from} → {to}: {summary}"));
    for state in [report.before, report.after].into_iter().filter(|state| !state.exists) {
        say(&mut out, 0, &format!("{} has no project here", line(&state.name)));
    }
    for class in [Class::Breaks, Class::Values, Class::Compatible] {
        section(&mut out, report, class);
    }
    goals(&mut out, report);
    cells(&mut out, report);
    cosmetic(&mut out, report);
    out
}

fn say(out: &mut String, indent: usize, text: &str) {
    writeln!(out, "{:indent$}{text}", "").expect("writing to a String does not fail");
}

fn section(out: &mut String, report: &Report<'_>, class: Class) {
    let changes = report.of(class);
    if changes.is_empty() {
        return;
    }
    say(out, 0, "");
    say(out, 0, words::heading(class));
    for change in changes.iter().take(MOST) {
        one(out, report, change);
    }
    if let Some(more) = words::more(changes.len().saturating_sub(MOST)) {
        say(out, 2, &more);
    }
}

fn one(out: &mut String, report: &Report<'_>, change: &Change) {
    let name = words::name(&change.name);
    if let Some(follows) = words::follows(change) {
        say(out, 2, &format!("{name}: {follows}"));
        return;
    }
    let head = words::happened(change).map_or(name.clone(), |happened| format!("{name}: {happened}"));
    let place = report.place(change).filter(|_| change.class >= Class::Values && change.since.is_empty());
    say(out, 2, &place.map_or(head.clone(), |place| format!("{head}  ({place})")));
    change.facets.iter().filter(|facet| !facet.goal).for_each(|facet| differs(out, facet));
    if let Some(since) = words::since(change) {
        say(out, 4, &since);
    }
    if let Some(reached) = words::reached(&change.reached) {
        say(out, 4, &format!("reaches {reached}"));
    }
}

fn differs(out: &mut String, facet: &Facet) {
    let what = if facet.what.is_empty() { String::new() } else { format!("{}: ", line(&facet.what)) };
    match (&facet.before, &facet.after) {
        (Some(before), Some(after)) if before.chars().count() + after.chars().count() < WIDTH => {
            say(out, 4, &format!("{what}{} → {}", line(before), line(after)));
        }
        (Some(before), Some(after)) => {
            if !what.is_empty() {
                say(out, 4, what.trim_end());
            }
            say(out, 4, &format!("- {}", line(before)));
            say(out, 4, &format!("+ {}", line(after)));
        }
        (Some(before), None) => say(out, 4, &format!("- {what}{}", line(before))),
        (None, Some(after)) => say(out, 4, &format!("+ {what}{}", line(after))),
        (None, None) => say(out, 4, line(&facet.what).as_str()),
    }
}

fn goals(out: &mut String, report: &Report<'_>) {
    let goals = report.goals();
    if goals.is_empty() {
        return;
    }
    say(out, 0, "");
    say(out, 0, "Goals");
    let mut last = None;
    for (name, facet) in goals.iter().take(MOST) {
        if last != Some(name) {
            say(out, 2, &words::name(name));
            last = Some(name);
        }
        differs(out, facet);
    }
    if let Some(more) = words::more(goals.len().saturating_sub(MOST)) {
        say(out, 2, &more);
    }
}

/// Which cells moved, and how far.
fn cells(out: &mut String, report: &Report<'_>) {
    let Some(moved) = report.moved else { return };
    say(out, 0, "");
    say(out, 0, "Cells");
    if moved.kpis.is_empty() {
        say(out, 2, "no KPI of both states changes values");
    }
    for kpi in &moved.kpis {
        say(out, 2, &words::of_cells(kpi));
        for cell in kpi.moved.iter().take(CELLS) {
            let by = cell.by().map(|by| format!("  ({by})")).unwrap_or_default();
            let place = line(&cell.place());
            say(out, 4, &format!("{place}: {} → {}{by}", line(&cell.before.shown), line(&cell.after.shown)));
        }
        let left = kpi.moved.len().saturating_sub(CELLS);
        if left > 0 {
            say(out, 4, &format!("and {left} more"));
        }
    }
}

/// A line for each: what is written in another way needs no reading.
fn cosmetic(out: &mut String, report: &Report<'_>) {
    let changes = report.of(Class::Cosmetic);
    if changes.is_empty() {
        return;
    }
    say(out, 0, "");
    say(out, 0, words::heading(Class::Cosmetic));
    for change in changes.iter().take(MOST) {
        let moved = change.facets.iter().find(|facet| facet.what == "file");
        let moved = moved.and_then(|facet| {
            Some(format!(": from {} to {}", facet.before.as_ref()?, facet.after.as_ref()?))
        });
        say(out, 2, &format!("{}{}", words::name(&change.name), line(&moved.unwrap_or_default())));
    }
    if let Some(more) = words::more(changes.len().saturating_sub(MOST)) {
        say(out, 2, &more);
    }
}
