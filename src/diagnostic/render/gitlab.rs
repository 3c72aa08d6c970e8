//! For GitLab's code quality reports: an array of findings, shown in merge requests.

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::place::or_project;
use super::sentences;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The whole report, which ends with a line ending.
pub fn gitlab(found: &[Diagnostic], sources: &Sources) -> String {
    let fingerprints = fingerprints(found, sources);
    let all: Vec<Value> =
        found.iter().zip(fingerprints).map(|(d, print)| finding(d, &print, sources)).collect();
    format!("{:#}\n", Value::from(all))
}

fn finding(diagnostic: &Diagnostic, fingerprint: &str, sources: &Sources) -> Value {
    let place = or_project(diagnostic.span, sources);
    json!({
        "description": sentences(diagnostic).join("; "),
        "check_name": diagnostic.named(),
        "fingerprint": fingerprint,
        "severity": match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        "location": {
            "path": place.path,
            "lines": { "begin": place.start.line, "end": place.end.line },
        },
    })
}
