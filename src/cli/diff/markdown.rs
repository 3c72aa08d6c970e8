//! Changes as a comment on a pull request: what matters at once, the rest to unfold.

use std::fmt::Write;

use kpic::meaning::{Change, Class, Facet};

use super::report::Report;
use super::words;
use crate::cli::output::line;

/// A bot finds its own comment by it, to write over it.
const MARK: &str = "<!-- kpic diff -->";
/// Rows of the table that is seen at once.
const ROWS: usize = 12;
/// Changes of a class that are told: a comment has a limit.
const MOST: usize = 60;
/// Cells of a KPI that are told.
const CELLS: usize = 12;
/// Characters of one text; a comment with a formula of thousands is of no use.
const LONGEST: usize = 300;

/// The changes, the worst first.
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = format!("{MARK}\n");
    let summary = report.summary().unwrap_or_else(|| "nothing changed in meaning".into());
    say(&mut out, &format!("### KPIs: {summary}"));
    say(&mut out, "");
    let (from, to) = (code(&report.before.name), code(&report.after.name));
    say(&mut out, &format!("{from} → {to}"));
    for state in [report.before, report.after].into_iter().filter(|state| !state.exists) {
        say(&mut out, "");
        say(&mut out, &format!("{} has no project here.", code(&state.name)));
    }
    for unsound in report.unsound.iter().filter(|unsound| !unsound.errors.is_empty()) {
        say(&mut out, "");
        say(&mut out, &format!("**{}.** `kpic check` shows them.", plain(&unsound.words())));
    }
    table(&mut out, report);
    for class in [Class::Breaks, Class::Values, Class::Compatible] {
        details(&mut out, report, class);
    }
    goals(&mut out, report);
    cells(&mut out, report);
    cosmetic(&mut out, report);
    out
}

fn say(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to a String does not fail");
}

/// What breaks and what changes values of itself; what follows from it is counted there.
fn table(out: &mut String, report: &Report<'_>) {
    let is_own = |change: &Change| words::follows(change).is_none();
    let own: Vec<(Class, &Change)> = [Class::Breaks, Class::Values]
        .into_iter()
        .flat_map(|class| report.of(class).into_iter().map(move |change| (class, change)))
        .filter(|(_, change)| is_own(change))
        .collect();
    if own.is_empty() {
        return;
    }
    say(out, "");
    say(out, "| | what | how | reaches |");
    say(out, "|:--|:--|:--|:--|");
    for (class, change) in own.iter().take(ROWS) {
        let how = words::happened(change).map(|happened| plain(&happened));
        let how = how.or_else(|| change.facets.iter().find(|f| f.class == *class).map(in_a_row));
        let how = how.unwrap_or_default();
        let reached = words::reached(&change.reached).map(|reached| plain(&reached)).unwrap_or_default();
        // A bar would end the cell.
        let name = code(&words::name(&change.name));
        let [name, how, reached] = [name, how, reached].map(|text| text.replace('|', "\\|"));
        say(out, &format!("| **{}** | {name} | {how} | {reached} |", words::heading(*class)));
    }
    let left = own.len().saturating_sub(ROWS);
    if left > 0 {
        say(out, &format!("| | and {left} more | | |"));
    }
}

fn in_a_row(facet: &Facet) -> String {
    let what = if facet.what.is_empty() { String::new() } else { format!("{}: ", plain(&facet.what)) };
    match (&facet.before, &facet.after) {
        (Some(before), Some(after)) => format!("{what}{} → {}", code(before), code(after)),
        (Some(before), None) => format!("{what}{} gone", code(before)),
        (None, Some(after)) => format!("{what}{} new", code(after)),
        (None, None) => plain(&facet.what),
    }
}

fn details(out: &mut String, report: &Report<'_>, class: Class) {
    let changes = report.of(class);
    if changes.is_empty() {
        return;
    }
    unfold(out, &format!("{} ({})", words::heading(class), changes.len()));
    for change in changes.iter().take(MOST) {
        if let Some(follows) = words::follows(change) {
            say(out, &format!("- **{}**: {}", code(&words::name(&change.name)), plain(&follows)));
            continue;
        }
        let happened = words::happened(change).map(|happened| format!(": {}", plain(&happened)));
        let place = report.place(change).map(|place| format!(" — {}", code(&place))).unwrap_or_default();
        say(
            out,
            &format!("- **{}**{}{place}", code(&words::name(&change.name)), happened.unwrap_or_default()),
        );
        for facet in change.facets.iter().filter(|facet| !facet.goal) {
            say(out, &format!("  - {}", in_a_row(facet)));
        }
        words::since(change).into_iter().for_each(|since| say(out, &format!("  - {}", plain(&since))));
        let reached = words::reached(&change.reached);
        reached.into_iter().for_each(|reached| say(out, &format!("  - reaches {}", plain(&reached))));
    }
    fold(out, changes.len());
}

fn goals(out: &mut String, report: &Report<'_>) {
    let goals = report.goals();
    if goals.is_empty() {
        return;
    }
    unfold(out, &format!("Goals ({})", goals.len()));
    for (name, facet) in goals.iter().take(MOST) {
        say(out, &format!("- **{}** {}", code(&words::name(name)), in_a_row(facet)));
    }
    fold(out, goals.len());
}

/// Which cells moved, a table a KPI.
fn cells(out: &mut String, report: &Report<'_>) {
    let Some(moved) = report.moved else { return };
    let count: usize = moved.kpis.iter().map(|kpi| kpi.moved.len()).sum();
    unfold(out, &format!("Cells that moved ({count})"));
    if moved.kpis.is_empty() {
        say(out, "No KPI of both states changes values.");
    }
    for (at, kpi) in moved.kpis.iter().take(MOST).enumerate() {
        if at > 0 {
            say(out, "");
        }
        say(out, &format!("**{}**", plain(&words::of_cells(kpi))));
        if kpi.moved.is_empty() {
            continue;
        }
        say(out, "");
        say(out, "| cell | before | after | change |");
        say(out, "|:--|--:|--:|--:|");
        for cell in kpi.moved.iter().take(CELLS) {
            let place = plain(&cell.place()).replace('|', "\\|");
            let (before, after) = (plain(&cell.before.shown), plain(&cell.after.shown));
            let by = cell.by().unwrap_or_default();
            say(out, &format!("| {place} | {before} | {after} | {by} |"));
        }
        let left = kpi.moved.len().saturating_sub(CELLS);
        if left > 0 {
            say(out, &format!("| and {left} more | | | |"));
        }
    }
    fold(out, moved.kpis.len());
}

fn cosmetic(out: &mut String, report: &Report<'_>) {
    let changes = report.of(Class::Cosmetic);
    if changes.is_empty() {
        return;
    }
    unfold(out, &format!("{} ({})", words::heading(Class::Cosmetic), changes.len()));
    let names: Vec<String> =
        changes.iter().take(MOST).map(|change| code(&words::name(&change.name))).collect();
    say(out, &names.join(", "));
    fold(out, changes.len());
}

fn unfold(out: &mut String, summary: &str) {
    say(out, "");
    say(out, &format!("<details><summary>{summary}</summary>"));
    say(out, "");
}

fn fold(out: &mut String, changes: usize) {
    if let Some(more) = words::more(changes.saturating_sub(MOST)) {
        say(out, "");
        say(out, &more);
    }
    say(out, "");
    say(out, "</details>");
}

/// As code, in which nothing is markup: backticks inside need more of them outside.
fn code(text: &str) -> String {
    let text = short(&line(text));
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Words between, in which nothing is markup either.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in short(&line(text)).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '@' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
