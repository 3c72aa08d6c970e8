//! `kpic list`

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use kpic::diagnostic::Severity;
use kpic::resolve::resolved::Kpi;
use kpic::syntax::ast::{KpiProperty, UnitName};
use serde::Serialize;

use super::{Outcome, Stop, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    /// How the list is shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Table,
    /// An array of objects
    Json,
}

/// One KPI of the list.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    kpi: &'a str,
    label: Option<String>,
    unit: Option<String>,
    owner: Option<String>,
    available: bool,
    /// The sources without a table that it waits for.
    needs: &'a [String],
}

/// Lists the sound KPIs; the findings of others are counted on stderr.
///
/// # Errors
/// Misuse: no project. A list that cannot be written.
pub fn list(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    let checked = project.check(project.choose(None, None)?, &mut sources);
    let entries: Vec<Entry<'_>> = checked.resolved.kpis.values().map(entry).collect();
    output::result(&match arguments.format {
        Format::Table => table(&entries),
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&entries).expect("texts always serialise");
            text.push('\n');
            text
        }
    })?;
    let errors: Vec<_> = checked.found.into_iter().filter(|d| d.severity == Severity::Error).collect();
    match output::count(&errors) {
        Some(count) => {
            output::note(&format!("{count}, whose KPIs are not listed: `kpic check` shows them"));
            Ok(Outcome::Findings)
        }
        None => Ok(Outcome::Done),
    }
}

fn entry(kpi: &Kpi) -> Entry<'_> {
    let owner = kpi.definition.properties.iter().find_map(|property| match &property.value {
        KpiProperty::Owner(owner) => Some(output::line(owner)),
        _ => None,
    });
    Entry {
        kpi: &kpi.id,
        label: kpi.label.as_deref().map(output::line),
        unit: kpi.unit.as_ref().map(UnitName::word),
        owner,
        available: kpi.unbound.is_empty(),
        needs: &kpi.unbound,
    }
}

fn table(entries: &[Entry<'_>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["kpi", "label", "unit", "owner", "available"]);
    for entry in entries {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let available =
            if entry.available { "yes".to_string() } else { format!("needs {}", entry.needs.join(", ")) };
        let kpi = output::line(entry.kpi);
        table.add_row([kpi, text(&entry.label), text(&entry.unit), text(&entry.owner), available]);
    }
    let shown: String = table.lines().map(|line| format!("{}\n", line.trim())).collect();
    shown
}
