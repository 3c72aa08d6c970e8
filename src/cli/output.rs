//! Results on stdout, findings and notes on stderr, colours only where they are seen.

use std::io::{self, Write};

use anstream::ColorChoice;
use kpic::diagnostic::{Diagnostic, Severity, render};
use kpic::report;
use kpic::source::Sources;
use render::Colour;

use super::shortened::shortened;

/// Writes a result.
///
/// # Errors
/// Whatever the system says, a closed pipe among it.
pub fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a line for the reader on stderr; a closed one is nobody's loss.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Shows findings beside a result, on stderr.
pub fn findings(found: &[Diagnostic], sources: &Sources) {
    let text = text(found, sources, colour(anstream::AutoStream::choice(&io::stderr())));
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Findings as people read them.
pub fn text(found: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let (shown, more) = shortened(found, sources);
    let more: String = more.into_iter().map(|line| line + "\n").collect();
    render::text(&shown, sources, colour) + &more
}

/// Whether a result on stdout may carry colours.
pub fn stdout_colour() -> Colour {
    colour(anstream::AutoStream::choice(&io::stdout()))
}

/// Whether stdout is a terminal that shows colours.
pub fn is_coloured() -> bool {
    stdout_colour() == Colour::On
}

fn colour(choice: ColorChoice) -> Colour {
    match choice {
        ColorChoice::Never => Colour::Off,
        ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => Colour::On,
    }
}

/// `3 errors, 1 warning`; `None` without findings.
pub fn count(found: &[Diagnostic]) -> Option<String> {
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let kinds = [(errors, "error"), (found.len() - errors, "warning")];
    let parts: Vec<String> =
        kinds.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| plural(n, word)).collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}

/// `1 file`, `4 files`
pub fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// A text of a definition as one harmless line: control characters, which could
/// steer a terminal, become spaces.
pub fn line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that a cell of Markdown shows as it is.
pub fn markdown(text: &str) -> String {
    report::in_markdown(&line(text))
}
