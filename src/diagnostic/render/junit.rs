//! For CI systems that show tests: JUnit's XML, a case for each file and each finding.

use std::collections::HashSet;
use std::fmt::Write;

use super::place::or_project;
use super::sentences;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// One suite of this name: each of the files without findings is a case that passes, and each
/// finding a case that fails, or, if warnings do not fail, one that passes and says so.
pub fn junit(found: &[Diagnostic], sources: &Sources, name: &str, files: &[String], strict: bool) -> String {
    let fails = |d: &Diagnostic| strict || d.severity == Severity::Error;
    let mut cases: Vec<String> = found.iter().map(|d| case(d, fails(d), sources)).collect();
    let with: HashSet<&str> = found.iter().map(|d| or_project(d.span, sources).path).collect();
    let without = files.iter().filter(|file| !with.contains(file.as_str()));
    cases.extend(without.map(|file| format!("{}/>\n", head(file, file, None))));
    let failures = found.iter().filter(|d| fails(d)).count();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    let name = xml(name);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\" {counts}>\n  \
         <testsuite name=\"{name}\" {counts} skipped=\"0\">\n{}  </testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

fn case(diagnostic: &Diagnostic, fails: bool, sources: &Sources) -> String {
    let place = or_project(diagnostic.span, sources);
    let at = format!("{}:{}:{}", place.path, place.start.line, place.start.column);
    let name = format!("{} {at}", diagnostic.named());
    let text = xml(&format!("{at}\n{}", sentences(diagnostic).join("\n")));
    let mut out = head(&name, place.path, Some(place.start.line));
    let written = match fails {
        true => {
            let (message, kind) = (xml(&diagnostic.message), xml(&diagnostic.named()));
            writeln!(out, ">\n      <failure message=\"{message}\" type=\"{kind}\">{text}</failure>")
        }
        false => writeln!(out, ">\n      <system-out>warning: {text}</system-out>"),
    };
    written.expect("writing to a String does not fail");
    out + "    </testcase>\n"
}

fn head(name: &str, file: &str, line: Option<usize>) -> String {
    let (name, file) = (xml(name), xml(file));
    let line = line.map(|line| format!(" line=\"{line}\"")).unwrap_or_default();
    format!("    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\"{line} time=\"0.000\"")
}

/// Text as XML takes it; what no XML can hold is replaced.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push(char::REPLACEMENT_CHARACTER)
            }
            c => out.push(c),
        }
    }
    out
}
