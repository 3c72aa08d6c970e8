//! Results for people: the tests that failed, each with the cells that differ.

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use kpic::diagnostic::render::{self, Colour};
use kpic::source::Sources;
use kpic::testing::{Case, Difference, What};

use super::{Results, Tested, Verdict, line_of, place};
use crate::cli::output;

/// A line a test: its name, its label, where it stands.
pub fn list(cases: &[&Case<'_>], sources: &Sources) -> String {
    let mut table = plain(["test", "label", "defined at"]);
    for case in cases {
        let header = &case.test.header;
        let label = header.label.as_ref().map(|label| output::line(label)).unwrap_or_default();
        let (file, line, column) = place(case, sources);
        table.add_row([output::line(&header.name), label, format!("{file}:{line}:{column}")]);
    }
    lines(&table, 0)
}

/// What failed; empty if nothing did.
pub fn failures(results: &Results<'_, '_>, sources: &Sources, with_sql: bool, colour: bool) -> String {
    let failed = results.tests.iter().filter(|test| !test.has_passed());
    failed.map(|test| failure(test, sources, with_sql, colour)).collect()
}

/// `12 tests: 11 passed, 1 failed`
pub fn summary(results: &Results<'_, '_>) -> String {
    let (failed, broken, all) = (results.failed(), results.broken(), results.tests.len());
    let mut parts = vec![format!("{} passed", all - failed - broken)];
    let others = [(failed, "failed"), (broken, "without a result"), (results.left, "not run")];
    parts.extend(others.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")));
    let tests = output::plural(all + results.left, "test");
    format!("{tests}: {}", parts.join(", "))
}

fn failure(test: &Tested<'_, '_>, sources: &Sources, with_sql: bool, colour: bool) -> String {
    let red = if colour { Style::new().bold().fg_color(Some(AnsiColor::Red.into())) } else { Style::new() };
    let label = test.label().map(|label| format!(": {label}")).unwrap_or_default();
    let (file, line, column) = place(test.case, sources);
    let mut out =
        format!("{red}failed{red:#}: {}{label}\n --> {file}:{line}:{column}\n", output::line(test.name()));
    match &test.verdict {
        Verdict::Passed => {}
        Verdict::Failed(differences) => out.push_str(&table(differences, sources, colour)),
        Verdict::Broken(found) => {
            let colour = if colour { Colour::On } else { Colour::Off };
            out.push_str(&render::text(found, sources, colour));
        }
    }
    if let (true, Some(sql)) = (with_sql, &test.sql) {
        out.push('\n');
        for line in sql.lines() {
            out.push_str(format!("  {line}").trim_end());
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

/// The cells that differ, a line each.
fn table(differences: &[Difference], sources: &Sources, colour: bool) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for (name, _) in differences.iter().flat_map(|difference| &difference.row) {
        if !keys.contains(&name.as_str()) {
            keys.push(name);
        }
    }
    let mut table =
        plain(["line"].into_iter().chain(keys.iter().copied()).chain(["column", "expected", "got"]));
    for difference in differences {
        let key = |name: &&str| {
            let value = difference.row.iter().find(|(key, _)| key == name);
            value.map(|(_, value)| output::line(value)).unwrap_or_default()
        };
        let mut cells: Vec<String> = keys.iter().map(key).collect();
        let (column, expected, got) = match &difference.what {
            What::Cell { column, expected, got } => {
                (column.clone(), output::line(expected), output::line(got))
            }
            What::Missing => ("(row)".into(), "a row".into(), "none".into()),
            What::Unexpected { values } => ("(row)".into(), "none".into(), named(values)),
        };
        cells.extend([
            column,
            coloured(&expected, AnsiColor::Green, colour),
            coloured(&got, AnsiColor::Red, colour),
        ]);
        let line = line_of(difference, sources).map(|line| line.to_string());
        cells.insert(0, line.unwrap_or_default());
        table.add_row(cells);
    }
    lines(&table, 2)
}

/// `revenue 20, orders 1`
pub fn named(values: &[(String, String)]) -> String {
    if values.is_empty() {
        return "a row".into();
    }
    values
        .iter()
        .map(|(name, value)| format!("{name} {}", output::line(value)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn coloured(text: &str, colour: AnsiColor, is_on: bool) -> String {
    let style = if is_on { Style::new().fg_color(Some(colour.into())) } else { Style::new() };
    format!("{style}{text}{style:#}")
}

fn plain<'h>(header: impl IntoIterator<Item = &'h str>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.into_iter().map(String::from).collect::<Vec<_>>());
    table
}

fn lines(table: &Table, indent: usize) -> String {
    let trimmed =
        |line: String| line.strip_prefix(' ').map_or(line.clone(), String::from).trim_end().to_owned();
    table.lines().map(|line| format!("{:indent$}{}\n", "", trimmed(line))).collect()
}
