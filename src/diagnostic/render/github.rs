//! For GitHub Actions: workflow commands, which it shows beside the changed lines.

use std::fmt::Write;

use super::place::place;
use super::sentences;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// One command a line; empty when there are no findings.
pub fn github(found: &[Diagnostic], sources: &Sources) -> String {
    found.iter().map(|diagnostic| command(diagnostic, sources)).collect()
}

fn command(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut out = String::from(match diagnostic.severity {
        Severity::Error => "::error ",
        Severity::Warning => "::warning ",
    });
    if let Some(span) = diagnostic.span {
        let p = place(span, sources);
        let path = property(p.path);
        write!(out, "file={path},line={},col={},", p.start.line, p.start.column)
            .expect("writing to a String does not fail");
        write!(out, "endLine={},endColumn={},", p.end.line, p.end.column)
            .expect("writing to a String does not fail");
    }
    out.push_str("title=");
    out.push_str(&property(&diagnostic.named()));
    out.push_str("::");
    out.push_str(&data(&sentences(diagnostic).join("\n")));
    out.push('\n');
    out
}

/// Escapes a message as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, where colon and comma separate too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
