//! Results as CI systems read them: JUnit's XML.

use std::fmt::Write;

use kpic::diagnostic::render::xml as escaped;
use kpic::source::Sources;
use kpic::testing::{Difference, What};

use super::text::named;
use super::{Results, Tested, Verdict, line_of, place};

/// One suite, a case for each test.
pub fn junit(results: &Results<'_, '_>, sources: &Sources) -> String {
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3}\"",
        results.tests.len() + results.left,
        results.failed(),
        results.broken(),
        results.took.as_secs_f64()
    );
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let name = escaped(results.project);
    line(&mut out, &format!("<testsuites name=\"{name}\" {counts}>"));
    line(&mut out, &format!("  <testsuite name=\"{name}\" {counts} skipped=\"{}\">", results.left));
    results.tests.iter().for_each(|test| case(test, sources, &mut out));
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to a String does not fail");
}

fn case(test: &Tested<'_, '_>, sources: &Sources, out: &mut String) {
    let (file, at, _) = place(test.case, sources);
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{at}\" time=\"{:.3}\"",
        escaped(test.name()),
        escaped(&file),
        escaped(&file),
        test.took.as_secs_f64()
    );
    let (element, kind, message, text) = match &test.verdict {
        Verdict::Passed => return line(out, &format!("{head}/>")),
        Verdict::Failed(found) => {
            let text: Vec<String> = found.iter().map(|difference| told(difference, sources)).collect();
            ("failure", "difference", text.first().cloned().unwrap_or_default(), text.join("\n"))
        }
        Verdict::Broken(found) => {
            let text: Vec<String> = found.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
            let kind = found.first().map_or("K0804", |d| d.code.id());
            ("error", kind, text.first().cloned().unwrap_or_default(), text.join("\n"))
        }
    };
    line(out, &format!("{head}>"));
    let (message, text) = (escaped(&message), escaped(&text));
    line(out, &format!("      <{element} message=\"{message}\" type=\"{kind}\">{text}</{element}>"));
    if let Some(sql) = &test.sql {
        line(out, &format!("      <system-out>{}</system-out>", escaped(sql)));
    }
    line(out, "    </testcase>");
}

/// A difference as one line.
fn told(difference: &Difference, sources: &Sources) -> String {
    let row = if difference.row.is_empty() { String::new() } else { format!("{}: ", named(&difference.row)) };
    let line = line_of(difference, sources).map(|line| format!(" (line {line})")).unwrap_or_default();
    let what = match &difference.what {
        What::Cell { column, expected, got } => format!("{column} is {got}, expected {expected}"),
        What::Missing => "no such row".into(),
        What::Unexpected { values } => format!("a row that is not expected: {}", named(values)),
    };
    format!("{row}{what}{line}")
}
