//! What services read: SARIF, GitLab's code quality and JUnit fit their schemas, and what
//! GitHub and GitLab ask for beyond them.

#[path = "harness/place.rs"]
mod place;
#[path = "harness/validators.rs"]
mod validators;

use std::collections::HashSet;
use std::fs;

use place::{Place, kpic};
use serde_json::Value;
use validators::{fits, fits_xsd};

const SHOP: &str = "\
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  column amount : decimal(12,2) in EUR
  dimension channel
  measure orders = count()
  measure revenue = sum(amount)
}
kpi aov \"<What> an \\\"order\\\" & is worth\" = revenu / orders
kpi share = revenue / orders { better hihger }
kpi sum_of_both = revenue + orders
";
const LINTS: &str = "name: \"a <shop> & \\\"more\\\"\"\nlints:\n  no_target: warn\n  no_owner: error\n";

/// A project with errors and warnings in files of odd names, and one file without any.
fn project() -> Place {
    Place::new(&[
        ("kpic.yaml", LINTS),
        ("shop.kpi", SHOP),
        ("é, b c%20.kpi.yaml", "kpis:\n  x: nothing\n  y:\n    value: revenue\n    owner: me\n"),
        ("fine.kpi", "segment web where channel = 'web'\n"),
        ("broken.kpi", "kpi = = {\n"),
    ])
}

fn checked(place: &Place, format: &str) -> String {
    let said = place.kpic(&["check", "--format", format]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    said.out
}

#[test]
fn sarif_fits_its_schema() {
    let place = project();
    let log = checked(&place, "sarif");
    fits("sarif.json", &log).expect("what kpic writes fits");
    let mut broken: Value = serde_json::from_str(&log).expect("it is JSON");
    broken["runs"][0]["results"][0].as_object_mut().expect("an object").remove("message");
    assert!(fits("sarif.json", &broken.to_string()).is_err(), "a result without a message does not fit");
    let clean = Place::new(&[("kpic.yaml", "")]).kpic(&["check", "--format", "sarif"]);
    fits("sarif.json", &clean.out).expect("a log without results fits");
}

/// As "SARIF support for code scanning" in GitHub's manual has it.
#[test]
fn sarif_has_what_github_asks_for() {
    let place = project();
    let log: Value = serde_json::from_str(&checked(&place, "sarif")).expect("it is JSON");
    let run = &log["runs"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        for (part, most) in [
            (&rule["id"], 255),
            (&rule["name"], 255),
            (&rule["shortDescription"]["text"], 1024),
            (&rule["fullDescription"]["text"], 1024),
            (&rule["help"]["text"], 65_536),
            (&rule["help"]["markdown"], 65_536),
        ] {
            let length = text(part).chars().count();
            assert!((1..=most).contains(&length), "{rule}: {part}");
        }
        assert!(["error", "warning"].contains(&text(&rule["properties"]["problem.severity"]).as_str()));
    }
    let results = run["results"].as_array().expect("results");
    assert!(results.len() > 6, "{results:#?}");
    let levels: HashSet<String> = results.iter().map(|result| text(&result["level"])).collect();
    assert_eq!(levels.len(), 2, "errors and warnings");
    let mut prints = HashSet::new();
    for result in results {
        assert!(!text(&result["message"]["text"]).is_empty());
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = text(&place["artifactLocation"]["uri"]);
        assert!(!uri.is_empty() && !uri.starts_with(['/', '.']) && !uri.contains(':'), "{uri}");
        for number in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][number].as_u64().is_some_and(|n| n > 0), "{place}");
        }
        assert!(prints.insert(text(&result["partialFingerprints"]["primaryLocationLineHash"])));
    }
}

/// As "Code Quality report format" in GitLab's manual has it.
#[test]
fn gitlab_has_what_its_reports_need() {
    let place = project();
    let all: Vec<Value> = serde_json::from_str(&checked(&place, "gitlab")).expect("an array");
    let found: Vec<Value> = serde_json::from_str(&checked(&place, "json")).expect("an array");
    assert_eq!(all.len(), found.len());
    let mut prints = HashSet::new();
    for (issue, finding) in all.iter().zip(&found) {
        for key in ["description", "check_name"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{issue}");
        }
        assert!(prints.insert(issue["fingerprint"].as_str().expect("a text")), "{issue}");
        let severity = if finding["severity"] == "error" { "major" } else { "minor" };
        assert_eq!(issue["severity"], severity);
        assert_eq!(issue["location"]["path"], finding["file"]);
        assert_eq!(issue["location"]["lines"]["begin"], finding["line"]);
    }
    assert_eq!(Place::new(&[("kpic.yaml", "")]).kpic(&["check", "--format", "gitlab"]).out, "[]\n");
}

#[test]
fn junit_of_check_fits_its_schema() {
    let place = project();
    let report = checked(&place, "junit");
    fits_xsd(&report).expect("what kpic writes fits");
    assert!(fits_xsd(&report.replacen(" tests=", " test=", 2)).is_err(), "a suite counts its tests");
    assert!(report.contains("<testcase name=\"fine.kpi\""), "{report}");
    let errors = place.kpic(&["check", "--format", "json"]).out.matches("\"severity\": \"error\"").count();
    assert_eq!(report.matches("<failure ").count(), errors);
    let strict = place.kpic(&["check", "--format", "junit", "--strict"]).out;
    assert!(strict.matches("<failure ").count() > errors);
    fits_xsd(&strict).expect("it fits");
}

#[cfg(feature = "duckdb")]
#[test]
fn junit_of_tests_fits_its_schema() {
    let tests = "\
test passes { given orders (order_id, ordered_at, amount) (1, 2026-01-05, 1) when revenue from 2026-01 then (revenue) (1) }
test fails \"a < b & c\" { given orders (order_id, ordered_at, amount) (1, 2026-01-05, 1) when revenue from 2026-01 then (revenue) (2) }
";
    let sound = SHOP.split("kpi ").next().expect("the source").to_string() + "kpi revenue\n" + tests;
    let place = Place::new(&[("kpic.yaml", "name: \"a & b\"\n"), ("shop.kpi", &sound)]);
    let said = place.kpic(&["test", "--format", "junit", "--show-sql"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    assert_eq!(said.out.matches("<failure ").count(), 1, "{}", said.out);
    fits_xsd(&said.out).expect("what kpic writes fits");
}

#[test]
fn services_are_told_of_files_as_the_repository_names_them() {
    let place = Place::new(&[("teams/shop/kpic.yaml", ""), ("teams/shop/a/x.kpi", "kpi x = y\n")]);
    fs::create_dir(place.path().join(".git")).expect("made");
    for folder in ["teams/shop", "teams/shop/a", "teams", "."] {
        let path = if folder.starts_with("teams/") { "." } else { "teams/shop" };
        let path = if folder == "teams" { "shop" } else { path };
        let here = place.path().join(folder);
        let github = kpic(&here, &["check", "--format", "github", path]).out;
        assert!(github.starts_with("::error file=teams/shop/a/x.kpi,line=1,"), "{folder}: {github}");
        let sarif = kpic(&here, &["check", "--format", "sarif", path]).out;
        assert!(sarif.contains("\"uri\": \"teams/shop/a/x.kpi\""), "{folder}: {sarif}");
        let text = kpic(&here, &["check", path]).out;
        assert!(!text.contains("teams/shop/teams"), "{text}");
    }
    // What people read is as seen from where they are.
    assert!(kpic(&place.path().join("teams"), &["check", "shop"]).out.contains("--> shop/a/x.kpi:1:9"));
}
