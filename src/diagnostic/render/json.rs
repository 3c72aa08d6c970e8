//! For programs: an array of objects with the same keys for every finding.

use serde::Serialize;

use super::place::place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// A finding. What does not apply is null; a finding about no text has no place.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    /// Its name, where a project may turn it off.
    lint: Option<&'a str>,
    severity: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    /// The line and column behind the last character.
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: &'a str,
    /// The next step; where none is known, why it matters.
    help: Option<&'a str>,
}

/// All findings as one JSON array that ends with a line ending.
pub fn json(found: &[Diagnostic], sources: &Sources) -> String {
    let findings: Vec<Finding<'_>> = found.iter().map(|d| finding(d, sources)).collect();
    let mut text = serde_json::to_string_pretty(&findings).expect("texts and numbers always serialise");
    text.push('\n');
    text
}

fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Finding<'a> {
    let place = diagnostic.span.map(|span| place(span, sources));
    Finding {
        code: diagnostic.code.id(),
        lint: diagnostic.lint().map(|lint| lint.name),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: place.map(|p| p.path),
        line: place.map(|p| p.start.line),
        column: place.map(|p| p.start.column),
        end_line: place.map(|p| p.end.line),
        end_column: place.map(|p| p.end.column),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref().or(diagnostic.reason.as_deref()),
    }
}
