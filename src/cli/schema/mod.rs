//! `kpic schema`: what the tables look like, kept beside the definitions.

#[cfg(feature = "duckdb")]
pub mod connected;
#[cfg(feature = "duckdb")]
pub mod embedded;
pub mod exported;
#[cfg(feature = "duckdb")]
mod measure;
pub mod pull;
pub mod tables;

use clap::{Args, Subcommand};

use super::{Outcome, Stop};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Look at the tables that the definitions read, and write kpic.lock.yaml
    Pull(pull::Arguments),
}

/// Does what is asked of the schema.
///
/// # Errors
/// Misuse; a lock that cannot be written.
pub fn schema(arguments: &Arguments) -> Result<Outcome, Stop> {
    match &arguments.what {
        What::Pull(arguments) => pull::pull(arguments),
    }
}
