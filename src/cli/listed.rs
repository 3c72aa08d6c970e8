//! A list of KPIs as a table, for programs, for sheets and for pages.

use comfy_table::{ContentArrangement, Table, presets};
use kpic::resolve::resolved::{Kpi, Need};
use kpic::syntax::ast::UnitName;
use serde::Serialize;

use super::goals::{self, Goals};
use super::grouped::By;
use super::output::{self, line};
use super::wanted::Found;

/// One KPI of the list.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    /// Of `--by`: the objective, stage or owner; none for KPIs of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Option<String>>,
    /// None: an objective without KPI.
    kpi: Option<&'a str>,
    label: Option<String>,
    unit: Option<String>,
    owner: Option<String>,
    objectives: Vec<&'a str>,
    stages: Vec<&'a str>,
    tags: Vec<&'a str>,
    sources: Vec<String>,
    available: bool,
    /// What it waits for.
    needs: Vec<Missing<'a>>,
    /// The same in words.
    #[serde(skip)]
    waits: String,
    #[serde(flatten)]
    goals: Goals,
}

/// What is missing of a source.
#[derive(Debug, Serialize)]
struct Missing<'a> {
    source: &'a str,
    /// Whether only columns are missing.
    has_table: bool,
    columns: &'a [String],
}

/// A KPI of the list.
pub fn entry<'a>(kpi: &'a Kpi, found: &Found<'a>) -> Entry<'a> {
    Entry {
        group: None,
        kpi: Some(&kpi.id),
        label: kpi.label.as_deref().map(line),
        unit: kpi.unit.as_ref().map(UnitName::word),
        owner: kpi.owner().map(line),
        objectives: found.objectives.clone(),
        stages: found.stages.clone(),
        tags: found.tags.clone(),
        sources: found.sources.clone(),
        available: kpi.unbound.is_empty(),
        needs: kpi.unbound.iter().map(missing).collect(),
        waits: kpi.unbound.iter().map(|need| need.words(line)).collect::<Vec<_>>().join(", and "),
        goals: goals::goals(kpi),
    }
}

fn missing(need: &Need) -> Missing<'_> {
    Missing { source: &need.source, has_table: need.has_table, columns: &need.columns }
}

impl Entry<'_> {
    /// A group without KPIs.
    pub fn nothing(group: Option<String>) -> Entry<'static> {
        Entry {
            group: Some(group),
            kpi: None,
            label: None,
            unit: None,
            owner: None,
            objectives: Vec::new(),
            stages: Vec::new(),
            tags: Vec::new(),
            sources: Vec::new(),
            available: false,
            needs: Vec::new(),
            waits: String::new(),
            goals: Goals::default(),
        }
    }

    /// The same entry under a group.
    #[must_use]
    pub fn of_group(self, group: Option<String>) -> Self {
        Self { group: Some(group), ..self }
    }

    /// What the table and Markdown show.
    fn cells(&self, by: Option<By>) -> Vec<String> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let available = match (self.kpi, self.available) {
            (None, _) => String::new(),
            (Some(_), true) => "yes".to_string(),
            (Some(_), false) => format!("needs {}", self.waits),
        };
        let kpi = self.kpi.map_or_else(|| "(no KPI)".to_string(), line);
        let group = self.group.as_ref().map(|name| match (name, by) {
            (Some(name), _) => line(name),
            (None, by) => format!("(no {})", by.map_or("group", By::word)),
        });
        let goals = self.goals.count();
        let cells = [kpi, text(&self.label), text(&self.unit), text(&self.owner), goals, available];
        group.into_iter().chain(cells).collect()
    }
}

const COLUMNS: [&str; 6] = ["kpi", "label", "unit", "owner", "goals", "available"];

/// Columns under each other, for a terminal.
pub fn table(entries: &[Entry<'_>], by: Option<By>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(by.map(By::word).into_iter().chain(COLUMNS));
    for entry in entries {
        table.add_row(entry.cells(by));
    }
    table.lines().map(|line| format!("{}\n", line.trim())).collect()
}

/// An array of objects.
pub fn json(entries: &[Entry<'_>]) -> String {
    serde_json::to_string_pretty(entries).expect("texts always serialise") + "\n"
}

/// The table in Markdown.
pub fn markdown(entries: &[Entry<'_>], by: Option<By>) -> String {
    let head: Vec<&str> = by.map(By::word).into_iter().chain(COLUMNS).collect();
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
    for entry in entries {
        let cells: Vec<String> = entry.cells(by).iter().map(|cell| output::markdown(cell)).collect();
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text
}

/// A record a KPI; what there are several of stands apart by `;`.
pub fn csv(entries: &[Entry<'_>], by: Option<By>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut record =
        |cells: Vec<String>| writer.write_record(cells).expect("records are as long as the header");
    let columns = ["kpi", "label", "unit", "owner", "objectives", "stages", "tags", "sources", "targets"];
    let head = by.map(By::word).into_iter().chain(columns).chain(["available", "needs"]);
    record(head.map(String::from).collect());
    for entry in entries {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let group = entry.group.as_ref().map(text);
        let cells = [
            entry.kpi.map(line).unwrap_or_default(),
            text(&entry.label),
            text(&entry.unit),
            text(&entry.owner),
            entry.objectives.join(";"),
            entry.stages.join(";"),
            entry.tags.join(";"),
            entry.sources.join(";"),
            entry.goals.words().join(";"),
            entry.available.to_string(),
            entry.waits.clone(),
        ];
        record(group.into_iter().chain(cells).collect());
    }
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("texts in, text out")
}
