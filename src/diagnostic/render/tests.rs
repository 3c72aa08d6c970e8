//! Findings and texts made by hand, in every format.

use serde_json::Value;

use super::{Colour, github, gitlab, json, junit, sarif, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};

/// The picture of one error over a range of a text.
fn picture(source: &str, range: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", source);
    let found = [Diagnostic::error(Code::UnknownName, Span::new(file, range.start, range.end), "the fact")];
    text(&found, &sources, Colour::Off)
}

/// Two files and findings of every sort.
fn sample() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let a = sources.add("dir/a b.kpi", "kpi x = y\n\nkpi é = z\n");
    let b = sources.add("b.kpi.yaml", "kpis:\n  x:\n    value: y\n");
    let found = vec![
        Diagnostic::error(Code::UnknownName, Span::new(a, 8, 9), "there is no `y`")
            .because("100% of names are defined:\nsomewhere")
            .help("did you mean `x`?")
            .fix(Span::new(a, 8, 9), "x"),
        Diagnostic::warning(Code::DuplicateName, Span::new(b, 8, 9), "`x` is defined twice")
            .label(Span::new(a, 4, 5), "first here"),
        Diagnostic::general(Code::Unreadable, "`c.kpi` cannot be read"),
    ];
    (sources, found)
}

#[test]
fn text_shows_line_labels_reason_and_help() {
    let (sources, found) = sample();
    insta::assert_snapshot!(text(&found, &sources, Colour::Off));
}

#[test]
fn colours_only_when_asked() {
    let (sources, found) = sample();
    assert!(!text(&found, &sources, Colour::Off).contains('\u{1b}'));
    assert!(text(&found, &sources, Colour::On).contains('\u{1b}'));
}

#[test]
fn nothing_found_is_nothing_said() {
    let sources = Sources::new();
    assert_eq!(text(&[], &sources, Colour::Off), "");
    assert_eq!(github(&[], &sources), "");
    assert_eq!(json(&[], &sources), "[]\n");
}

#[test]
fn text_of_odd_files() {
    let pictures = [
        ("an empty file", picture("", 0..0)),
        ("outside of the file", picture("kpi x\n", 90..95)),
        ("the end of the file", picture("kpi x = (\n\n", 11..11)),
        ("windows line ends", picture("kpi a\r\nkpi b = c\r\nkpi d\r\n", 15..17)),
        ("tabs", picture("\tkpi\tx = y\n", 9..10)),
        ("wide characters", picture("kpi 売上 = y\n", 13..14)),
        ("several lines", picture("kpi a {\n  by x\n}\n", 4..16)),
        ("inside of a character", picture("é = y\n", 1..1)),
        ("control characters", picture("kpi \u{1b}[31m\0 = y\n", 4..10)),
    ];
    let all: Vec<String> = pictures.iter().map(|(what, p)| format!("# {what}\n{p}")).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let source = format!("kpi x = {}\n", "é + ".repeat(300_000));
    let shown = picture(&source, 900_002..900_003);
    assert!(shown.len() < 1_000, "{}", shown.len());
    assert!(shown.contains("…"), "{shown}");
    assert!(shown.contains("a.kpi:1:"), "{shown}");
}

#[test]
fn a_long_span_is_drawn_on_its_first_line() {
    let source = "kpi x {\n".to_owned() + &"  by d\n".repeat(10_000);
    let shown = picture(&source, 0..source.len());
    assert!(shown.lines().count() < 10, "{shown}");
}

#[test]
fn a_long_name_is_cut_in_the_message() {
    let found = [Diagnostic::general(Code::UnknownKpi, format!("there is no `{}`", "é".repeat(1_000_000)))];
    assert!(text(&found, &Sources::new(), Colour::Off).len() < 3_000);
}

#[test]
fn no_span_panics() {
    let source = "a\r\n\té売\n\n\0x\u{301}\u{200d}b\n\n  ";
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", source);
    for start in 0..source.len() + 2 {
        for end in start..source.len() + 2 {
            let other = Span::new(file, source.len() - start.min(source.len()), source.len());
            let found = [Diagnostic::error(Code::Syntax, Span::new(file, start, end), "the fact")
                .label(other, "a label")
                .fix(other, "x")];
            for shown in [text(&found, &sources, Colour::Off), text(&found, &sources, Colour::On)] {
                assert!(shown.contains("the fact"));
            }
            assert!(json(&found, &sources).contains("the fact"));
            assert!(sarif(&found, &sources).contains("the fact"));
            assert!(github(&found, &sources).contains("the fact"));
            assert!(gitlab(&found, &sources).contains("the fact"));
            assert!(junit(&found, &sources, "x", &[], false).contains("the fact"));
        }
    }
}

#[test]
fn json_counts_characters_from_one() {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", "# é\nkpi é = z\n");
    let found = [Diagnostic::error(Code::UnknownName, Span::new(file, 14, 15), "there is no `z`")];
    let all: Value = serde_json::from_str(&json(&found, &sources)).expect("it is JSON");
    assert_eq!(all[0]["line"], 2);
    assert_eq!(all[0]["column"], 9);
    assert_eq!(all[0]["end_line"], 2);
    assert_eq!(all[0]["end_column"], 10);
}

#[test]
fn json_has_the_same_keys_for_every_finding() {
    let (sources, found) = sample();
    let all: Vec<serde_json::Map<String, Value>> =
        serde_json::from_str(&json(&found, &sources)).expect("it is an array of objects");
    let keys = "code lint severity file line column end_line end_column message help";
    for finding in &all {
        assert_eq!(finding.keys().map(String::as_str).collect::<Vec<_>>().join(" "), keys);
    }
    assert_eq!(all[1]["severity"], "warning");
    assert!(all[2]["line"].is_null());
}

#[test]
fn sarif_has_rules_results_and_fixes() {
    let (sources, found) = sample();
    let log: Value = serde_json::from_str(&sarif(&found, &sources)).expect("it is JSON");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules are an array");
    assert_eq!(rules.len(), 3);
    for result in run["results"].as_array().expect("results are an array") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let first = &run["results"][0];
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "dir/a%20b.kpi");
    assert_eq!(place["region"]["startColumn"], 9);
    let change = &first["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "x");
    assert_eq!(run["results"][1]["relatedLocations"][0]["message"]["text"], "first here");
    let general = &run["results"][2]["locations"][0]["physicalLocation"];
    assert_eq!(general["artifactLocation"]["uri"], "kpic.yaml");
}

#[test]
fn github_escapes_what_separates() {
    let mut sources = Sources::new();
    let file: FileId = sources.add("a,b:c.kpi", "kpi x = y\n");
    let found = [
        Diagnostic::error(Code::UnknownName, Span::new(file, 8, 9), "100% wrong").help("one\r\ntwo"),
        Diagnostic::general(Code::Unreadable, "`c.kpi` cannot be read"),
    ];
    assert_eq!(
        github(&found, &sources),
        "::error file=a%2Cb%3Ac.kpi,line=1,col=9,endLine=1,endColumn=10,title=K0201::100%25 wrong%0Aone%0D%0Atwo\n\
         ::error title=K0802::`c.kpi` cannot be read\n"
    );
}

#[test]
fn every_format_has_the_name_of_a_lint() {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", "kpi x\n");
    let found = [
        Diagnostic::warning(Code::NoTarget, Span::new(file, 4, 5), "the KPI `x` has no target"),
        Diagnostic::error(Code::UnknownName, Span::new(file, 4, 5), "there is no `x`"),
    ];
    let shown = text(&found, &sources, Colour::Off);
    assert!(shown.contains("warning[K0820 no_target]: ") && shown.contains("error[K0201]: "), "{shown}");
    let all: Value = serde_json::from_str(&json(&found, &sources)).expect("it is JSON");
    assert_eq!((&all[0]["lint"], &all[1]["lint"]), (&Value::from("no_target"), &Value::Null));
    let log: Value = serde_json::from_str(&sarif(&found, &sources)).expect("it is JSON");
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    assert_eq!(rules[1]["name"], "no_target");
    assert!(github(&found, &sources).contains("title=K0820 no_target::the KPI"));
}

#[test]
fn gitlab_has_all_that_its_reports_need() {
    let (sources, found) = sample();
    insta::assert_snapshot!(gitlab(&found, &sources));
}

#[test]
fn junit_has_a_case_for_each_finding_and_each_file_without_one() {
    let (sources, found) = sample();
    let files = ["dir/a b.kpi", "b.kpi.yaml", "fine.kpi"].map(String::from);
    insta::assert_snapshot!(junit(&found, &sources, "a \"b\" & <c>", &files, false));
    assert!(junit(&found, &sources, "", &files, true).contains("failures=\"3\""));
}

#[test]
fn a_finding_is_known_again_when_lines_move() {
    let prints = |text: &str, at: &[usize]| -> Vec<String> {
        let mut sources = Sources::new();
        let file = sources.add("a.kpi", text);
        let found: Vec<Diagnostic> = at
            .iter()
            .map(|at| Diagnostic::error(Code::UnknownName, Span::new(file, *at, at + 1), "there is no `y`"))
            .collect();
        super::fingerprint::fingerprints(&found, &sources)
    };
    let before = prints("kpi x = y\nkpi x = y\nkpi z = y\n", &[8, 18, 28]);
    let after = prints("# more\n\n  kpi x = y\nkpi x = y\r\nkpi z = y\n", &[18, 28, 39]);
    assert_eq!(before, after);
    let several: std::collections::HashSet<&String> = before.iter().collect();
    assert_eq!(several.len(), 3);
}
