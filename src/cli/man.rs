//! `kpic man`: the manual page, for packages of kpic.

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Outcome, Stop, output};

#[derive(Debug, Args)]
pub struct Arguments {}

/// Prints the manual page `kpic.1`: all verbs with their options.
///
/// # Errors
/// The page cannot be written.
pub fn man(_: &Arguments) -> Result<Outcome, Stop> {
    output::result(&page()?)?;
    Ok(Outcome::Done)
}

fn page() -> Result<String, Stop> {
    let mut cli = Cli::command();
    cli.build();
    let mut page = Vec::new();
    let man = Man::new(cli.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for verb in cli.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        page += &section(verb)?;
    }
    Ok(page + ENDS)
}

/// What a verb does and takes, as a section whose parts are its subsections.
fn section(verb: &Command) -> Result<String, Stop> {
    let mut text = Vec::new();
    let man = Man::new(verb.clone());
    man.render_description_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_options_section(&mut text)?;
    let text = String::from_utf8_lossy(&text).replace(".SH DESCRIPTION\n", "").replace(".SH ", ".SS ");
    Ok(format!(".SH {}\n{text}", verb.get_name().to_uppercase()))
}

const ENDS: &str = "\
.SH EXIT STATUS
0 if all is well, 1 if there are findings, 2 if the command line is not understood, 130 after Ctrl\\-C.
.SH ENVIRONMENT
NO_COLOR turns colours off.
";
