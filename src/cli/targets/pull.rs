//! `kpic targets pull`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kpic::diagnostic::{Diagnostic, Severity, nearest};
use kpic::dialect;
use kpic::source::Sources;
use kpic::syntax::sheet;

use super::exported;
use super::planned::{self, Pulled, Wanted};
use crate::cli::execute::Stopped;
use crate::cli::project::{self, Checked, Choice, Project};
use crate::cli::run::memory;
use crate::cli::schema::pull as schema;
use crate::cli::{Outcome, Stop, files, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Tables, as definitions name them [default: all that targets come from]
    #[arg(value_name = "TABLE")]
    tables: Vec<String>,
    /// The environment of kpic.yaml whose tables are looked at
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// Take the rows from a CSV of one table, with the names of its columns in the first line
    #[arg(long, value_name = "FILE", conflicts_with = "connection")]
    from_csv: Option<PathBuf>,
    /// Ask this database; better named by the variable that `connection_variable` of the environment
    /// says, since other programs see arguments. It is written nowhere
    #[arg(long, value_name = "TEXT")]
    connection: Option<String>,
    /// The database that is asked [default: the environment's dialect]
    #[arg(short, long, value_parser = clap::builder::PossibleValuesParser::new(dialect::names()))]
    dialect: Option<String>,
    /// Write nothing, and fail if a sheet is not what its table is
    #[arg(long)]
    check: bool,
    /// How many threads the engine takes [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// How much memory the engine takes, such as 4GB [default: most of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<String>,
}

/// Looks at the tables, and writes their sheets or says what differs from them.
///
/// # Errors
/// Misuse: no project, no such environment or table.
pub fn pull(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    if project.home.only.is_some() {
        return Err(Stop::misuse(
            "sheets of tables lie beside a kpic.yaml, and there is none",
            "make one: an empty file will do",
        ));
    }
    let choice = project.choose(arguments.env.as_deref(), arguments.dialect.as_deref())?;
    let checked = project.check_alone(choice, &mut sources);
    if let Some(found) = schema::unread(&project, &checked) {
        output::findings(&found, &sources);
        return Ok(Outcome::Findings);
    }
    let all = planned::wanted(&project, choice.environment);
    for file in planned::left(&project, &all) {
        let shown = output::line(&project.home.shown(&file));
        output::note(&format!("no targets come from the table of {shown} any more: remove it"));
    }
    let wanted = asked(arguments, all)?;
    if wanted.is_empty() {
        output::note("no targets come from a table: `targets budget from table finance.budget`");
        return Ok(Outcome::Done);
    }
    match look(arguments, &project, choice, &checked, &wanted) {
        Ok((sheets, found)) => {
            output::findings(&found, &sources);
            let outcome = match arguments.check {
                true => compared(&project, &sheets, &sources),
                false => written(&project, choice, &sheets, &sources),
            };
            Ok(if found.is_empty() { outcome } else { Outcome::Findings })
        }
        Err(Stopped::Interrupted) => Ok(Outcome::Interrupted),
        Err(Stopped::Findings(found)) => {
            output::findings(&found, &sources);
            Ok(Outcome::Findings)
        }
    }
}

/// Those of the tables that are asked for.
fn asked(arguments: &Arguments, mut all: Vec<Wanted>) -> Result<Vec<Wanted>, Stop> {
    let names: Vec<String> = all.iter().map(|wanted| wanted.name.clone()).collect();
    if let Some(other) = arguments.tables.iter().find(|name| !names.contains(name)) {
        let help = match nearest(other, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "name it: `targets budget from table finance.budget`".to_string(),
            None => format!("they come from: {}", names.join(", ")),
        };
        return Err(Stop::misuse(format!("no targets come from a table `{}`", output::line(other)), help));
    }
    all.retain(|wanted| arguments.tables.is_empty() || arguments.tables.contains(&wanted.name));
    if arguments.from_csv.is_some() && all.len() > 1 {
        let fact = "a CSV has the rows of one table, and targets come from several";
        return Err(Stop::misuse(fact, format!("name it: one of {}", names.join(", "))));
    }
    Ok(all)
}

type Looked<'w> = (Vec<Pulled<'w>>, Vec<Diagnostic>);

fn look<'w>(
    arguments: &Arguments,
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
    wanted: &'w [Wanted],
) -> Result<Looked<'w>, Stopped> {
    let Some(path) = &arguments.from_csv else { return data(arguments, project, choice, checked, wanted) };
    let table = exported::table(path)?;
    let mut looked = Looked::default();
    for wanted in wanted {
        match wanted.sheet(&table, &planned::dimensions(&checked.resolved)) {
            Ok(sheet) => looked.0.push(sheet),
            Err(found) => looked.1.extend(found),
        }
    }
    Ok(looked)
}

#[cfg(feature = "duckdb")]
fn data<'w>(
    arguments: &Arguments,
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
    wanted: &'w [Wanted],
) -> Result<Looked<'w>, Stopped> {
    use super::{connected, embedded};
    use crate::cli::execute::Limits;

    match schema::connection(arguments.connection.as_deref(), choice)? {
        Some(text) => connected::pull(&text, choice.dialect, wanted, &planned::dimensions(&checked.resolved)),
        None => {
            let limits = Limits { threads: arguments.threads, memory: arguments.memory.as_deref() };
            embedded::pull(project, choice, checked, wanted, limits)
        }
    }
}

#[cfg(not(feature = "duckdb"))]
fn data<'w>(
    _: &Arguments,
    _: &Project,
    _: Choice<'_>,
    _: &Checked,
    _: &'w [Wanted],
) -> Result<Looked<'w>, Stopped> {
    Err(crate::cli::execute::no_engine(
        "data files and databases are read by an embedded engine, which a build may leave out; `--from-csv` needs none",
    ))
}

/// Writes the sheets that are not what their tables are, and says what is wrong with their targets.
fn written(project: &Project, choice: Choice<'_>, sheets: &[Pulled<'_>], sources: &Sources) -> Outcome {
    let folder = project.home.root.join(sheet::FOLDER);
    let mut outcome = Outcome::Done;
    let mut read = Vec::new();
    for sheet in sheets {
        let shown = project.home.shown(Path::new(&sheet.wanted.file));
        let count = output::plural(sheet.lines(), "line");
        let before = match sheet.before(project) {
            Ok(before) => before,
            Err(finding) => {
                output::findings(&[finding], sources);
                outcome = Outcome::Findings;
                continue;
            }
        };
        read.push(shown.clone());
        if before.as_deref() == Some(&sheet.text) {
            output::note(&format!("{shown} is up to date: {count}"));
            continue;
        }
        let made = fs::create_dir_all(&folder).map_err(|error| files::unwritable(&folder, &error));
        if let Err(finding) = made.and_then(|()| files::write(&sheet.path(project), sheet.text.as_bytes())) {
            output::findings(&[finding], sources);
            outcome = Outcome::Findings;
            continue;
        }
        if let Some(before) = before {
            output::note(&format!("{}: {}", sheet.wanted.name, planned::changes(&before, &sheet.text)));
        }
        output::note(&format!("{count} written to {shown}"));
    }
    match checked_anew(project, choice, &read) {
        Outcome::Done => outcome,
        other => other,
    }
}

/// Checks the targets of the sheets that are shown so, each finding at its line.
fn checked_anew(project: &Project, choice: Choice<'_>, shown: &[String]) -> Outcome {
    let mut sources = Sources::default();
    let project = project::read(project.home.clone(), None, &mut sources);
    let mut found = project.check_all(choice, &mut sources).found;
    found.retain(|finding| finding.span.is_some_and(|span| shown.contains(&sources.get(span.file).path)));
    let fails = found.iter().any(|finding| finding.severity == Severity::Error);
    output::findings(&found, &sources);
    if fails { Outcome::Findings } else { Outcome::Done }
}

/// Says what the sheets have otherwise than the tables have.
fn compared(project: &Project, sheets: &[Pulled<'_>], sources: &Sources) -> Outcome {
    let mut found = Vec::new();
    for sheet in sheets {
        match sheet.drift(project) {
            // Asked for, it is an answer and no hint.
            Some(drift) => found.push(Diagnostic { severity: Severity::Error, ..drift }),
            None => {
                let shown = project.home.shown(Path::new(&sheet.wanted.file));
                output::note(&format!("{shown} is what the table `{}` is", sheet.wanted.name));
            }
        }
    }
    output::findings(&found, sources);
    if found.is_empty() { Outcome::Done } else { Outcome::Findings }
}
