//! `kpic targets`: what is planned in tables, kept beside the definitions.

#[cfg(feature = "duckdb")]
mod connected;
#[cfg(feature = "duckdb")]
pub mod embedded;
mod exported;
pub mod planned;
mod pull;

use clap::{Args, Subcommand};

use super::{Outcome, Stop};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Look at the tables that targets come from, and write their sheets
    Pull(pull::Arguments),
}

/// Does what is asked of the targets.
///
/// # Errors
/// Misuse; a table that is not there.
pub fn targets(arguments: &Arguments) -> Result<Outcome, Stop> {
    match &arguments.what {
        What::Pull(arguments) => pull::pull(arguments),
    }
}
