//! `kpic run [KPI…]`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Diagnostic, Sink};
use kpic::dialect::{self, Dialect};
use kpic::report::{self, Sheet, Writing};
use kpic::source::Sources;
use kpic::syntax::locales;

use super::execute::{self, Asked, Computed, Limits};
use super::fail_on::{self, FailOn};
use super::prepare;
use super::request::Options;
use super::{Outcome, Stop, asserts, files, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    request: Options,
    /// The environment of kpic.yaml
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// A row per period and slice (wide), or one per KPI too, with its target, status and change (scorecard)
    #[arg(long, value_enum, default_value_t)]
    shape: Shape,
    /// End with exit code 1 where a KPI has one of these statuses; asks for --targets
    #[arg(long, value_enum, value_name = "STATUS,…", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
    /// How the numbers are written [default: table, or what the ending of --out says]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// In which numbers are written for people, as fr-FR [default: the project's]
    #[arg(long, value_name = "LOCALE", value_parser = locale)]
    locale: Option<&'static str>,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Threads of the engine [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Memory of the engine, as 4GB [default: most of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<String>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Shape {
    #[default]
    Wide,
    Scorecard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with numbers in their unit
    Table,
    /// An array of objects
    Json,
    Csv,
    Markdown,
    /// A file, so it needs --out
    Parquet,
}

/// Computes KPIs on the embedded engine.
///
/// # Errors
/// Misuse; a result that cannot be written.
pub fn run(arguments: &Arguments) -> Result<Outcome, Stop> {
    let format = format(arguments)?;
    let (project, mut sources) = project::load_here()?;
    let choice = project.choose(arguments.env.as_deref(), None)?;
    is_embedded(choice.dialect)?;
    let out = arguments.out.as_deref().map(absolute).transpose()?;
    // The data itself says what its columns are.
    let checked = project.check_alone(choice, &mut sources);
    let Some(mut ready) =
        prepare::ready(&project, checked, choice, &arguments.request.slices(), arguments.strict, &sources)
    else {
        return Ok(Outcome::Findings);
    };
    if arguments.request.asserts {
        asserts::can_be_told(arguments.shape, format, &ready.resolved)?;
        ready.resolved = ready.resolved.with_assertions();
    }
    let asserted = arguments.request.assertions(&ready.resolved);
    let mut sink = Sink::new();
    // Asked for its findings alone: what it means is asked again when the data's columns are known.
    arguments.request.request(&ready.resolved, &mut sources, &mut sink);
    let found = sink.into_sorted();
    if !found.is_empty() {
        output::findings(&found, &sources);
        return Ok(Outcome::Findings);
    }
    let statuses = fail_on::statuses(&arguments.fail_on);
    let asked = Asked {
        options: &arguments.request,
        shape: arguments.shape,
        statuses: &statuses,
        parquet: out.as_deref().filter(|_| format == Format::Parquet),
        limits: Limits { threads: arguments.threads, memory: arguments.memory.as_deref() },
        strict: arguments.strict,
    };
    let of_project = ready.resolved.settings.locale.clone();
    let writing = Writing::of(arguments.locale.or(of_project.as_deref()));
    match execute::execute(&project, choice, ready, &asked, &mut sources) {
        Ok(Computed { sheet, found }) => {
            let outcome = match sheet {
                Some(mut sheet) => {
                    let asserted = if arguments.request.asserts { asserted.as_slice() } else { &[] };
                    let verdicts = report::verdicts(&mut sheet, asserted);
                    let written = write((&sheet, &writing), format, arguments, out.as_deref(), &sources)?;
                    asserts::outcome(&verdicts, written)
                }
                // The engine wrote it.
                None => written(arguments),
            };
            fail_on::tell(&found);
            Ok(if found.is_empty() { outcome } else { Outcome::Findings })
        }
        Err(execute::Stopped::Interrupted) => Ok(Outcome::Interrupted),
        Err(execute::Stopped::Findings(found)) => {
            output::findings(&found, &sources);
            Ok(Outcome::Findings)
        }
    }
}

/// A number and a unit: `500MB`, `4GB`, `2GiB`.
pub fn memory(text: &str) -> Result<String, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let is_unit = ["KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"].contains(&unit.trim());
    match (number.parse::<u32>(), is_unit) {
        (Ok(1..), true) => Ok(text.to_string()),
        _ => Err("write a number and a unit: 500MB, 4GB, 2GiB".into()),
    }
}

fn locale(text: &str) -> Result<&'static str, String> {
    locales::locale(text).ok_or_else(|| format!("write one of {}", locales::LOCALES.join(", ")))
}

fn is_embedded(dialect: &dyn Dialect) -> Result<(), Stop> {
    if dialect.name() == dialect::EMBEDDED.name() {
        return Ok(());
    }
    Err(Stop::misuse(
        format!("`kpic run` computes on the embedded engine and the environment speaks {}", dialect.name()),
        "choose an environment without a dialect of its own with `--env`, or write the SQL with `kpic compile`",
    ))
}

fn format(arguments: &Arguments) -> Result<Format, Stop> {
    let ending =
        arguments.out.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    let by_ending = match ending.as_deref() {
        Some("json") => Some(Format::Json),
        Some("csv") => Some(Format::Csv),
        Some("md" | "markdown") => Some(Format::Markdown),
        Some("parquet") => Some(Format::Parquet),
        _ => None,
    };
    let format = arguments.format.or(by_ending).unwrap_or(Format::Table);
    match (format, &arguments.out) {
        (Format::Parquet, None) => {
            Err(Stop::misuse("Parquet is a file, not a text", "name the file: `--out kpis.parquet`"))
        }
        _ => Ok(format),
    }
}

fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    std::path::absolute(path).map_err(Stop::Output)
}

fn write(
    (sheet, writing): (&Sheet, &Writing),
    format: Format,
    arguments: &Arguments,
    out: Option<&Path>,
    sources: &Sources,
) -> Result<Outcome, Stop> {
    let text = match format {
        Format::Table => report::table(sheet, writing, out.is_none() && output::is_coloured()),
        Format::Json => report::json(sheet),
        Format::Csv => report::csv(sheet),
        Format::Markdown => report::markdown(sheet, writing),
        Format::Parquet => unreachable!("the engine writes Parquet"),
    };
    let Some(out) = out else {
        output::result(&text)?;
        return Ok(Outcome::Done);
    };
    match files::write(out, text.as_bytes()) {
        Ok(()) => Ok(written(arguments)),
        Err(finding) => Ok(refused(finding, sources)),
    }
}

fn written(arguments: &Arguments) -> Outcome {
    let shown = arguments.out.as_deref().map(|out| out.display().to_string()).unwrap_or_default();
    output::note(&format!("written to {shown}"));
    Outcome::Done
}

fn refused(finding: Diagnostic, sources: &Sources) -> Outcome {
    output::findings(&[finding], sources);
    Outcome::Findings
}
