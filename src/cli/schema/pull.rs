//! `kpic schema pull`

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use kpic::diagnostic::{Code, Diagnostic, Severity, Sink};
use kpic::model::Model;
use kpic::schema::{self, FILE, Lock, Measured, Place};
use kpic::source::Sources;
use kpic::syntax::ast::Lost;
use kpic::{dialect, syntax::ast};

use super::tables::Tables;
use super::{exported, tables};
use crate::cli::execute::Stopped;
use crate::cli::project::{self, Checked, Choice, Project};
use crate::cli::run::memory;
use crate::cli::{Outcome, Stop, files, output, prepare};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The environment of kpic.yaml whose tables are looked at
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// Take the columns from a CSV of `SELECT * FROM information_schema.columns`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["connection", "measure"])]
    from_csv: Option<PathBuf>,
    /// Ask this database; better named by the variable that `connection_variable` of the environment
    /// says, since other programs see arguments. It is written nowhere
    #[arg(long, value_name = "TEXT")]
    connection: Option<String>,
    /// The database that is asked, or that the CSV is of [default: the environment's dialect]
    #[arg(short, long, value_parser = clap::builder::PossibleValuesParser::new(dialect::names()))]
    dialect: Option<String>,
    /// Count on the data, too: keys that repeat, rows that find no partner
    #[arg(long)]
    measure: bool,
    /// Write nothing, and fail if the lock is not what the tables are
    #[arg(long)]
    check: bool,
    /// How many threads the engine takes [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// How much memory the engine takes, such as 4GB [default: most of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<String>,
}

/// Looks at the tables, and writes the lock or says what differs from it.
///
/// # Errors
/// Misuse: no project, no such environment.
pub fn pull(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    if project.home.only.is_some() {
        return Err(Stop::misuse(
            "a lock lies beside a kpic.yaml, and there is none",
            "make one: an empty file will do",
        ));
    }
    let choice = project.choose(arguments.env.as_deref(), arguments.dialect.as_deref())?;
    let checked = project.check_alone(choice, &mut sources);
    if let Some(found) = unread(&project, &checked) {
        output::findings(&found, &sources);
        return Ok(Outcome::Findings);
    }
    let model = project.model(choice, &mut Sink::new());
    match look(arguments, &project, choice, &model, &checked) {
        Ok(tables) => finish(arguments, &project, &model, tables, &sources),
        Err(Stopped::Interrupted) => Ok(Outcome::Interrupted),
        Err(Stopped::Findings(found)) => {
            output::findings(&found, &sources);
            Ok(Outcome::Findings)
        }
    }
}

/// What is wrong with files of which nobody knows which tables they name.
pub fn unread(project: &Project, checked: &Checked) -> Option<Vec<Diagnostic>> {
    // Of settings that are not understood nobody knows where the tables are.
    let is_setting =
        |finding: &Diagnostic| finding.code == Code::ProjectFile && finding.severity == Severity::Error;
    let is_read = project.files.iter().all(|file: &ast::File| file.lost == Lost::Nothing);
    if is_read && !checked.found.iter().any(is_setting) {
        return None;
    }
    let errors = checked.found.iter().filter(|finding| finding.severity == Severity::Error).cloned();
    let fact = "the project cannot be read, so nobody knows which tables it needs and where they are";
    let whole = Diagnostic::general(Code::SchemaLock, fact).help("mend them first: `kpic check`");
    Some(errors.chain([whole]).collect())
}

fn look(
    arguments: &Arguments,
    project: &Project,
    choice: Choice<'_>,
    model: &Model<'_>,
    checked: &Checked,
) -> Result<Tables, Stopped> {
    if let Some(path) = &arguments.from_csv {
        let bound = prepare::bound(checked.resolved.clone(), choice.environment);
        return Ok(exported::tables(path, choice.dialect.name(), model, &bound)?);
    }
    data(arguments, project, choice, checked)
}

#[cfg(feature = "duckdb")]
fn data(
    arguments: &Arguments,
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
) -> Result<Tables, Stopped> {
    use super::measure::Measuring;
    use super::{connected, embedded};
    use crate::cli::execute::Limits;

    let measuring = arguments.measure.then(|| Measuring { day: today(&checked.resolved.settings.zone) });
    match connection(arguments.connection.as_deref(), choice)? {
        Some(text) => connected::pull(project, choice, checked, &text, measuring.as_ref()),
        None => {
            let limits = Limits { threads: arguments.threads, memory: arguments.memory.as_deref() };
            embedded::pull(project, choice, checked, limits, measuring.as_ref())
        }
    }
}

/// The day that it is where the project counts days.
#[cfg(feature = "duckdb")]
fn today(zone: &str) -> String {
    use jiff::tz::TimeZone;
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    TimeZone::get(zone).unwrap_or(TimeZone::UTC).to_datetime(now).date().to_string()
}

#[cfg(not(feature = "duckdb"))]
fn data(_: &Arguments, _: &Project, _: Choice<'_>, _: &Checked) -> Result<Tables, Stopped> {
    Err(crate::cli::execute::no_engine(
        "data files and databases are read by an embedded engine, which a build may leave out; `--from-csv` needs none",
    ))
}

/// The connection that is given, or that the environment's variable holds; none: the data is the
/// embedded engine's to read.
#[cfg(feature = "duckdb")]
///
/// # Errors
/// Nothing says how to connect.
pub fn connection(given: Option<&str>, choice: Choice<'_>) -> Result<Option<String>, Diagnostic> {
    if let Some(text) = given {
        return Ok(Some(text.to_owned()));
    }
    let variable = choice.environment.and_then(|environment| environment.connection_variable.as_ref());
    let is_embedded = choice.dialect.name() == dialect::EMBEDDED.name();
    let refusal = |fact: String, span| {
        let finding = Diagnostic::general(Code::NoConnection, fact);
        Diagnostic { span, ..finding }
            .because("what a connection is made with is kept out of files that are committed")
    };
    match variable {
        None if is_embedded => Ok(None),
        None => Err(refusal(
            format!("nothing says how to connect to the database, which speaks {}", choice.dialect.name()),
            choice.environment.map(|environment| environment.name.span),
        )
        .help("name a variable, `connection_variable: WAREHOUSE`, under the environment; or pull from an export: `--from-csv`")),
        Some(name) => match std::env::var(&name.value) {
            Ok(text) if !text.trim().is_empty() => Ok(Some(text)),
            Ok(_) | Err(_) => Err(refusal(format!("the variable `{}` is not set", name.value), Some(name.span))
                .help(format!("set it to the connection: `{}`", kpic::run::Connection::EXAMPLE))),
        },
    }
}

fn finish(
    arguments: &Arguments,
    project: &Project,
    model: &Model<'_>,
    tables: Tables,
    sources: &Sources,
) -> Result<Outcome, Stop> {
    let old = project.lock.as_ref().ok().and_then(Option::as_ref).cloned().unwrap_or_default();
    let missing = tables.missing.clone();
    let new = lock(tables, &old, model, arguments.measure);
    let changes = schema::changes(&old, &new);
    output::findings(&missing, sources);
    let outcome = match arguments.check {
        true => compared(project, model, &changes, sources),
        false => written(project, &new, &changes, sources),
    };
    if missing.is_empty() { Ok(outcome) } else { Ok(Outcome::Findings) }
}

/// The new lock. What was measured earlier stays, with its day, as long as it is about the same
/// keys and joins.
fn lock(tables: Tables, old: &Lock, model: &Model<'_>, is_measured: bool) -> Lock {
    let mut lock = tables.lock(tables.any_case);
    lock.measured = match is_measured {
        true => tables.measured,
        false => kept(&lock, old, model),
    };
    if !is_measured {
        // Nobody but the data says whether these may be NULL, and it was looked at before.
        for (place, table) in &mut lock.tables {
            for (name, column) in &mut table.columns {
                let before = old.tables.get(place).and_then(|table| table.columns.get(name));
                column.nullable = column.nullable.or_else(|| before.and_then(|column| column.nullable));
            }
        }
    }
    lock
}

fn kept(lock: &Lock, old: &Lock, model: &Model<'_>) -> BTreeMap<String, Measured> {
    let still = |(name, measured): (&String, &Measured)| {
        let source = model.sources.get(name.as_str())?;
        let place = Place::of(&source.relation.as_ref()?.value);
        lock.tables.contains_key(&place).then(|| (name.clone(), measured.still_about(source)))
    };
    old.measured.iter().filter_map(still).collect()
}

fn written(project: &Project, lock: &Lock, changes: &[(Place, Vec<String>)], sources: &Sources) -> Outcome {
    let path = project.home.root.join(FILE);
    let text = schema::write(lock);
    let shown = project.home.shown(FILE.as_ref());
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        output::note(&format!("{shown} is up to date: {}", output::plural(lock.tables.len(), "table")));
        return Outcome::Done;
    }
    if let Err(finding) = files::write(&path, text.as_bytes()) {
        output::findings(&[finding], sources);
        return Outcome::Findings;
    }
    for (place, lines) in changes {
        output::note(&output::line(&format!("{}: {}", place.name(), lines.join("; "))));
    }
    output::note(&format!("{} written to {shown}", output::plural(lock.tables.len(), "table")));
    Outcome::Done
}

/// Says what the lock has otherwise than the tables are.
fn compared(
    project: &Project,
    model: &Model<'_>,
    changes: &[(Place, Vec<String>)],
    sources: &Sources,
) -> Outcome {
    if changes.is_empty() {
        output::note(&format!("{} is what the tables are", project.home.shown(FILE.as_ref())));
        return Outcome::Done;
    }
    // Asked for, it is an answer and no hint.
    let mut found = tables::drift(model, changes);
    found.iter_mut().for_each(|finding| finding.severity = Severity::Error);
    output::findings(&found, sources);
    Outcome::Findings
}
