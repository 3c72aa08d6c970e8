//! `kpic list`

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Severity, Sink};
use kpic::dialect::{self, Dialect};
use kpic::lineage::Graph;
use kpic::model::Model;
use kpic::resolve::resolved::{Kpi, Resolved};

use super::execute::{self, Stopped};
use super::grouped::{By, groups};
use super::listed::{self, Entry};
use super::wanted::{self, Wanted};
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
    #[command(flatten)]
    wanted: Wanted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    #[value(alias = "text")]
    Table,
    /// An array of objects
    Json,
    Csv,
    Markdown,
}

/// Lists the sound KPIs; the findings of others are counted on stderr.
///
/// # Errors
/// Misuse: no project. A list that cannot be written.
pub fn list(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    let choice = project.choose(arguments.env.as_deref(), None)?;
    let mut checked = match arguments.data {
        true => project.check_alone(choice, &mut sources),
        false => project.check(choice, &mut sources),
    };
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
    let entries = entries(arguments, &project.model(choice, &mut Sink::new()), &checked.resolved)?;
    output::result(&match arguments.format {
        Format::Table => listed::table(&entries, arguments.by),
        Format::Json => listed::json(&entries),
        Format::Csv => listed::csv(&entries, arguments.by),
        Format::Markdown => listed::markdown(&entries, arguments.by),
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

/// What is listed, in its order.
fn entries<'a>(
    arguments: &Arguments,
    model: &Model<'_>,
    resolved: &'a Resolved,
) -> Result<Vec<Entry<'a>>, Stop> {
    let found = wanted::found(resolved, &Graph::of(model, resolved));
    arguments.wanted.check(resolved, &found)?;
    let listed = |kpi: &'a Kpi| {
        let found = &found[kpi.id.as_str()];
        arguments.wanted.takes(found).then(|| listed::entry(kpi, found))
    };
    let Some(by) = arguments.by else { return Ok(resolved.kpis.values().filter_map(listed).collect()) };
    let mut entries = Vec::new();
    for group in groups(resolved, by) {
        let of_group = group.kpis.iter().filter_map(|kpi| listed(kpi));
        let before = entries.len();
        entries.extend(of_group.map(|entry| entry.of_group(group.name.clone())));
        if entries.len() == before && !arguments.wanted.is_some() {
            entries.push(Entry::nothing(group.name));
        }
    }
    Ok(entries)
}
