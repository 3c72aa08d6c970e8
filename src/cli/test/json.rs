//! Results for programs.

use kpic::diagnostic::Diagnostic;
use kpic::source::Sources;
use kpic::testing::{Difference, What};
use serde_json::{Map, Value, json};

use super::{Results, Tested, Verdict, line_of, place};
use crate::cli::output;

/// One object: counts, and every test with what differs.
pub fn json(results: &Results<'_, '_>, sources: &Sources) -> String {
    let tests: Vec<Value> = results.tests.iter().map(|test| one(test, sources)).collect();
    let (failed, broken) = (results.failed(), results.broken());
    let all = json!({
        "project": results.project,
        "passed": results.tests.len() - failed - broken,
        "failed": failed,
        "errors": broken,
        "not_run": results.left,
        "seconds": results.took.as_secs_f64(),
        "tests": tests,
    });
    let mut text = serde_json::to_string_pretty(&all).expect("texts and numbers always serialise");
    text.push('\n');
    text
}

fn one(test: &Tested<'_, '_>, sources: &Sources) -> Value {
    let (file, line, column) = place(test.case, sources);
    let (outcome, differences, findings) = match &test.verdict {
        Verdict::Passed => ("passed", Vec::new(), Vec::new()),
        Verdict::Failed(found) => {
            ("failed", found.iter().map(|d| difference(d, sources)).collect(), Vec::new())
        }
        Verdict::Broken(found) => ("error", Vec::new(), found.iter().map(finding).collect()),
    };
    json!({
        "test": test.name(),
        "label": test.label(),
        "file": file,
        "line": line,
        "column": column,
        "outcome": outcome,
        "seconds": test.took.as_secs_f64(),
        "differences": differences,
        "findings": findings,
        "sql": test.sql,
    })
}

fn difference(difference: &Difference, sources: &Sources) -> Value {
    let row = object(&difference.row);
    let line = line_of(difference, sources);
    match &difference.what {
        What::Cell { column, expected, got } => {
            json!({"kind": "cell", "row": row, "line": line, "column": column, "expected": expected, "got": got})
        }
        What::Missing => json!({"kind": "missing row", "row": row, "line": line}),
        What::Unexpected { values } => {
            json!({"kind": "unexpected row", "row": row, "line": line, "got": object(values)})
        }
    }
}

fn object(values: &[(String, String)]) -> Value {
    let entries = values.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn finding(finding: &Diagnostic) -> Value {
    json!({
        "code": finding.code.id(),
        "message": output::line(&finding.message),
        "reason": finding.reason,
        "help": finding.help,
    })
}
