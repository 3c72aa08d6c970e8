//! For code scanning: SARIF 2.1.0, one run, a rule for each code that occurs. What GitHub asks
//! for beyond the schema is there: a place, a fingerprint, descriptions and help.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::place::{Place, or_project, place};
use super::sentences;
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Lint, Severity};
use crate::source::Sources;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Characters of a rule's description.
const LONGEST_DESCRIPTION: usize = 1_000;

/// The whole log, which ends with a line ending.
pub fn sarif(found: &[Diagnostic], sources: &Sources) -> String {
    let codes: BTreeSet<Code> = found.iter().map(|d| d.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let prints = fingerprints(found, sources);
    let results: Vec<Value> =
        found.iter().zip(prints).map(|(d, print)| result(d, &print, &codes, sources)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kpic",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
            } },
            // Beside what other tools say of the same commit.
            "automationDetails": { "id": "kpic/" },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let lint = Lint::of(code);
    let level = if lint.is_some_and(|lint| lint.level != Level::Error) { "warning" } else { "error" };
    json!({
        "id": code.id(),
        "name": lint.map_or(code.variant(), |lint| lint.name),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": what_it_does(code) },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": ["kpi"], "precision": "very-high", "problem.severity": level },
    })
}

/// The first paragraph of a code's page, as long a one as services take.
fn what_it_does(code: Code) -> String {
    let paragraphs = code.page().split("\n\n").filter(|text| !text.starts_with('#'));
    let first = paragraphs.map(str::trim).find(|text| !text.is_empty()).unwrap_or_else(|| code.title());
    first.replace('\n', " ").chars().take(LONGEST_DESCRIPTION).collect()
}

fn result(diagnostic: &Diagnostic, fingerprint: &str, codes: &[Code], sources: &Sources) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": codes.iter().position(|c| *c == diagnostic.code),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": sentences(diagnostic).join("\n") },
        // A result without a place is not shown.
        "locations": [location(or_project(diagnostic.span, sources))],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint },
    });
    if !diagnostic.labels.is_empty() {
        let related = diagnostic.labels.iter().map(|(span, text)| {
            let mut related = location(place(*span, sources));
            related["message"] = json!({ "text": text });
            related
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(change) = &diagnostic.fix {
        result["fixes"] = json!([fix(change, diagnostic, sources)]);
    }
    result
}

fn location(place: Place<'_>) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place.path) },
        "region": region(place),
    } })
}

fn region(place: Place<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn fix(fix: &Fix, diagnostic: &Diagnostic, sources: &Sources) -> Value {
    json!({
        "description": { "text": diagnostic.help.as_deref().unwrap_or(&diagnostic.message) },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(place(fix.span, sources).path) },
            "replacements": [{
                "deletedRegion": region(place(fix.span, sources)),
                "insertedContent": { "text": fix.text },
            }],
        }],
    })
}

/// A path as a URI reference: forward slashes, everything unusual percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
