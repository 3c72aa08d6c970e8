//! For code scanning: SARIF 2.1.0, one run, a rule for each code that occurs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::place::place;
use crate::diagnostic::{Code, Diagnostic, Fix, Lint, Severity};
use crate::source::{Sources, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The whole log, which ends with a line ending.
pub fn sarif(found: &[Diagnostic], sources: &Sources) -> String {
    let codes: BTreeSet<Code> = found.iter().map(|d| d.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Value> = found.iter().map(|d| result(d, &codes, sources)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kpic",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "name": Lint::of(code).map_or(code.variant(), |lint| lint.name),
        "shortDescription": { "text": code.title() },
        "help": { "text": format!("kpic explain {code}"), "markdown": code.page() },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code], sources: &Sources) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": codes.iter().position(|c| *c == diagnostic.code),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message(diagnostic) },
    });
    if let Some(span) = diagnostic.span {
        result["locations"] = json!([location(span, sources)]);
    }
    if !diagnostic.labels.is_empty() {
        let related = diagnostic.labels.iter().map(|(span, text)| {
            let mut related = location(*span, sources);
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

/// Fact, reason and next step, a line each.
fn message(diagnostic: &Diagnostic) -> String {
    let parts = [Some(&diagnostic.message), diagnostic.reason.as_ref(), diagnostic.help.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(place(span, sources).path) },
        "region": region(span, sources),
    } })
}

fn region(span: Span, sources: &Sources) -> Value {
    let place = place(span, sources);
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
                "deletedRegion": region(fix.span, sources),
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
