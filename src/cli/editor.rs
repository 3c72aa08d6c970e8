//! `kpic editor`: what editors need of this version of the language.

use clap::{Args, ValueEnum};
use kpic::dialect;
use kpic::syntax::{dsl, yaml};
use serde_json::Value;

use super::{Outcome, Stop, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// What is printed
    #[arg(value_enum)]
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The JSON Schema of definitions in YAML (*.kpi.yaml)
    Schema,
    /// The JSON Schema of kpic.yaml
    ProjectSchema,
    /// The TextMate grammar of the language (*.kpi)
    Grammar,
}

/// Prints what an editor reads.
///
/// # Errors
/// It cannot be written.
pub fn editor(arguments: &Arguments) -> Result<Outcome, Stop> {
    output::result(&text(&match arguments.what {
        What::Schema => yaml::schema::definitions(),
        What::ProjectSchema => yaml::schema::settings(&dialect::names().collect::<Vec<_>>()),
        What::Grammar => dsl::textmate(),
    }))?;
    Ok(Outcome::Done)
}

fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("texts always serialise") + "\n"
}
