//! `kpic list`

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use kpic::diagnostic::Severity;
use kpic::dialect::{self, Dialect};
use kpic::resolve::resolved::{Kpi, Need};
use kpic::syntax::ast::UnitName;
use serde::Serialize;

use super::execute::{self, Stopped};
use super::goals::{self, Goals};
use super::grouped::{By, Group, groups};
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
    /// One after the other, with the KPIs of none at the end
    #[arg(long, value_enum)]
    by: Option<By>,
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
    /// Of `--by`: the objective, stage or owner; none for KPIs of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Option<String>>,
    /// None: an objective without KPI.
    kpi: Option<&'a str>,
    label: Option<String>,
    unit: Option<String>,
    owner: Option<String>,
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
    let entries = match arguments.by {
        Some(by) => groups(&checked.resolved, by).into_iter().flat_map(of_group).collect(),
        None => checked.resolved.kpis.values().map(entry).collect::<Vec<_>>(),
    };
    output::result(&match arguments.format {
        Format::Table => table(&entries, arguments.by),
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

/// Its KPIs, or one entry that says that it has none.
fn of_group(group: Group<'_>) -> Vec<Entry<'_>> {
    if group.kpis.is_empty() {
        let group = Some(group.name);
        return vec![Entry {
            group,
            kpi: None,
            label: None,
            unit: None,
            owner: None,
            available: false,
            needs: Vec::new(),
            waits: String::new(),
            goals: Goals::default(),
        }];
    }
    group.kpis.iter().map(|kpi| Entry { group: Some(group.name.clone()), ..entry(kpi) }).collect()
}

fn entry(kpi: &Kpi) -> Entry<'_> {
    Entry {
        group: None,
        kpi: Some(&kpi.id),
        label: kpi.label.as_deref().map(output::line),
        unit: kpi.unit.as_ref().map(UnitName::word),
        owner: kpi.owner().map(output::line),
        available: kpi.unbound.is_empty(),
        needs: kpi.unbound.iter().map(missing).collect(),
        waits: kpi.unbound.iter().map(|need| need.words(output::line)).collect::<Vec<_>>().join(", and "),
        goals: goals::goals(kpi),
    }
}

fn missing(need: &Need) -> Missing<'_> {
    Missing { source: &need.source, has_table: need.has_table, columns: &need.columns }
}

fn table(entries: &[Entry<'_>], by: Option<By>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    let columns = ["kpi", "label", "unit", "owner", "goals", "available"];
    table.set_header(by.map(By::word).into_iter().chain(columns));
    for entry in entries {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let available = match (entry.kpi, entry.available) {
            (None, _) => String::new(),
            (Some(_), true) => "yes".to_string(),
            (Some(_), false) => format!("needs {}", entry.waits),
        };
        let kpi = entry.kpi.map_or_else(|| "(no KPI)".to_string(), output::line);
        let group = entry.group.as_ref().map(|name| match (name, by) {
            (Some(name), _) => output::line(name),
            (None, by) => format!("(no {})", by.map_or("group", By::word)),
        });
        let goals = entry.goals.count();
        let cells = [kpi, text(&entry.label), text(&entry.unit), text(&entry.owner), goals, available];
        table.add_row(group.into_iter().chain(cells));
    }
    let shown: String = table.lines().map(|line| format!("{}\n", line.trim())).collect();
    shown
}
