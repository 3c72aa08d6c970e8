//! `kpic list`

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use kpic::diagnostic::Severity;
use kpic::dialect::{self, Dialect};
use kpic::resolve::resolved::{Kpi, Need};
use kpic::syntax::ast::{KpiProperty, UnitName};
use serde::Serialize;

use super::execute::{self, Stopped};
use super::{Outcome, Stop, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    /// How the list is shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Look at the columns that the data has, too
    #[arg(long)]
    data: bool,
    /// The environment of kpic.yaml whose data is looked at
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
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
    /// What it waits for.
    needs: Vec<Missing<'a>>,
    /// The same in words.
    #[serde(skip)]
    waits: String,
}

/// What is missing of a source.
#[derive(Debug, Serialize)]
struct Missing<'a> {
    source: &'a str,
    /// Whether only columns are missing.
    has_table: bool,
    columns: &'a [String],
}

/// Lists the sound KPIs; the findings of others are counted on stderr.
///
/// # Errors
/// Misuse: no project. A list that cannot be written.
pub fn list(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    let choice = project.choose(arguments.env.as_deref(), None)?;
    let mut checked = project.check(choice, &mut sources);
    if arguments.data {
        is_embedded(choice.dialect)?;
        match execute::columns(&project, choice, &checked) {
            Ok((resolved, found)) => (checked.resolved, checked.found) = (resolved, found),
            Err(Stopped::Interrupted) => return Ok(Outcome::Interrupted),
            Err(Stopped::Findings(found)) => {
                output::findings(&found, &sources);
                return Ok(Outcome::Findings);
            }
        }
    }
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

fn is_embedded(dialect: &dyn Dialect) -> Result<(), Stop> {
    if dialect.name() == dialect::EMBEDDED.name() {
        return Ok(());
    }
    Err(Stop::misuse(
        format!(
            "`--data` reads columns with the embedded engine and the environment speaks {}",
            dialect.name()
        ),
        "name an environment without a dialect of its own with `--env`, or list without `--data`",
    ))
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
        needs: kpi.unbound.iter().map(missing).collect(),
        waits: kpi.unbound.iter().map(|need| need.words(output::line)).collect::<Vec<_>>().join(", and "),
    }
}

fn missing(need: &Need) -> Missing<'_> {
    Missing { source: &need.source, has_table: need.has_table, columns: &need.columns }
}

fn table(entries: &[Entry<'_>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["kpi", "label", "unit", "owner", "available"]);
    for entry in entries {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let available = if entry.available { "yes".to_string() } else { format!("needs {}", entry.waits) };
        let kpi = output::line(entry.kpi);
        table.add_row([kpi, text(&entry.label), text(&entry.unit), text(&entry.owner), available]);
    }
    let shown: String = table.lines().map(|line| format!("{}\n", line.trim())).collect();
    shown
}
