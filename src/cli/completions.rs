//! `kpic completions SHELL`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Outcome, Stop, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell that reads them
    shell: Shell,
}

/// Prints a script that completes kpic's command line.
///
/// # Errors
/// The script cannot be written.
pub fn completions(arguments: &Arguments) -> Result<Outcome, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "kpic", &mut script);
    output::result(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
