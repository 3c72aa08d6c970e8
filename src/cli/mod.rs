//! Arguments to an exit code.
//!
//! Takes the command line, gives results on stdout and everything else on
//! stderr. The only place that reads files, the clock, colours and the
//! environment. Never decides what a definition means: the library does.

mod coverage;
mod dump;
mod execute;
mod fail_on;
mod files;
mod find;
mod git;
mod goals;
mod grouped;
#[cfg(feature = "duckdb")]
mod health;
mod listed;
mod named;
mod output;
mod packs;
mod period;
mod prepare;
mod project;
mod queries;
mod request;
mod sheets;
mod shortened;
mod spelling;
mod threads;
mod wanted;

mod asserts;
mod check;
mod compile;
mod completions;
mod convert;
mod dialects;
mod diff;
mod editor;
mod explain;
mod fmt;
mod init;
mod lineage;
mod lints;
mod list;
mod man;
mod run;
mod schema;
mod targets;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Definitions of KPIs to checked, readable SQL and to numbers.
#[derive(Debug, Parser)]
#[command(name = "kpic", version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Set up a project with sample data, which runs at once
    Init(init::Arguments),
    /// Report every problem of every definition
    Check(check::Arguments),
    /// Write definitions in their one canonical form
    Fmt(fmt::Arguments),
    /// Write definitions in the other spelling
    Convert(convert::Arguments),
    /// Write the SQL of KPIs
    Compile(compile::Arguments),
    /// Compute KPIs on the embedded engine
    Run(run::Arguments),
    /// Run the unit tests of KPIs
    Test(test::Arguments),
    /// Show what changed in meaning since a revision
    Diff(diff::Arguments),
    /// Keep what the tables look like beside the definitions
    Schema(schema::Arguments),
    /// Keep what is planned in tables beside the definitions
    Targets(targets::Arguments),
    /// Explain a finding's code, or a KPI in words
    Explain(explain::Arguments),
    /// List the project's KPIs
    List(list::Arguments),
    /// Show what numbers are made of, and what is made of them
    Lineage(lineage::Arguments),
    /// Show what each dialect of SQL can say
    Dialects(dialects::Arguments),
    /// Print what editors need: JSON Schemas, a TextMate grammar
    Editor(editor::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    #[command(hide = true)]
    Man(man::Arguments),
}

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked for is done.
    Done,
    /// Definitions, data or the request have errors; they were shown.
    Findings,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

/// Why a verb could not start or finish.
#[derive(Debug)]
pub enum Stop {
    /// The command line asks for what is not there.
    Misuse { fact: String, help: String },
    /// The result could not be written.
    Output(std::io::Error),
}

impl Stop {
    pub fn misuse(fact: impl Into<String>, help: impl Into<String>) -> Stop {
        Stop::Misuse { fact: fact.into(), help: help.into() }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Stop {
        Stop::Output(error)
    }
}

/// Runs the command line: 0 done, 1 findings, 2 misuse, 130 stopped.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // Help goes to stdout, errors to stderr; nobody is left to tell when that fails.
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
    };
    match threads::alone(|| act(cli.verb)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => {
            output::note("stopped");
            ExitCode::from(130)
        }
        Err(stop) => stopped(&stop),
    }
}

fn act(verb: Verb) -> Result<Outcome, Stop> {
    match verb {
        Verb::Init(arguments) => init::init(&arguments),
        Verb::Check(arguments) => check::check(&arguments),
        Verb::Fmt(arguments) => fmt::fmt(&arguments),
        Verb::Convert(arguments) => convert::convert(&arguments),
        Verb::Compile(arguments) => compile::compile(&arguments),
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Test(arguments) => test::test(&arguments),
        Verb::Diff(arguments) => diff::diff(&arguments),
        Verb::Schema(arguments) => schema::schema(&arguments),
        Verb::Targets(arguments) => targets::targets(&arguments),
        Verb::Explain(arguments) => explain::explain(&arguments),
        Verb::List(arguments) => list::list(&arguments),
        Verb::Lineage(arguments) => lineage::lineage(&arguments),
        Verb::Dialects(arguments) => dialects::dialects(&arguments),
        Verb::Editor(arguments) => editor::editor(&arguments),
        Verb::Completions(arguments) => completions::completions(&arguments),
        Verb::Man(arguments) => man::man(&arguments),
    }
}

fn stopped(stop: &Stop) -> ExitCode {
    match stop {
        Stop::Misuse { fact, help } => {
            output::note(&format!("error: {fact}\n help: {help}"));
            ExitCode::from(2)
        }
        // The reader has seen enough, as `head` does.
        Stop::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Stop::Output(error) => {
            output::note(&format!("error: the result cannot be written: {error}"));
            ExitCode::from(1)
        }
    }
}
