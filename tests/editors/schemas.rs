//! The JSON Schemas, against the reader of YAML.

use std::collections::HashSet;

use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::source::FileId;
use kpic::syntax::{dsl, format, yaml};
use serde_json::Value;

use super::validators::yaml_fits;
use super::{root, texts};

fn definitions() -> Value {
    yaml::schema::definitions()
}

fn settings() -> Value {
    let dialects: Vec<&str> = kpic::dialect::names().collect();
    yaml::schema::settings(&dialects)
}

/// Texts that do not fit, with what is said of them.
fn unfit(schema: &Value, texts: &[(String, String)]) -> Vec<String> {
    let all: Vec<String> = texts.iter().map(|(_, text)| text.clone()).collect();
    let verdicts = yaml_fits(schema, &all).into_iter().zip(texts);
    verdicts.filter_map(|(verdict, (name, _))| Some(format!("{name}: {}", verdict.err()?))).collect()
}

fn named(texts: Vec<(std::path::PathBuf, String)>) -> Vec<(String, String)> {
    let shown = |path: std::path::PathBuf| {
        path.strip_prefix(root()).expect("it is of the project").to_string_lossy().into_owned()
    };
    texts.into_iter().map(|(path, text)| (shown(path), text)).collect()
}

const SOUND: [&str; 4] = ["examples", "kpis", "tests/golden", "tests/corpus"];

#[test]
fn every_sound_file_fits() {
    let written = named(texts(&SOUND, &[".kpi.yaml"]));
    let projects = named(texts(&SOUND, &["kpic.yaml"]));
    assert!(written.len() >= 10 && projects.len() > 50, "{} and {}", written.len(), projects.len());
    assert_eq!(unfit(&definitions(), &written), Vec::<String>::new());
    assert_eq!(unfit(&settings(), &projects), Vec::<String>::new());
}

#[test]
fn every_definition_fits_when_it_is_written_in_yaml() {
    let mut converted = Vec::new();
    for (name, text) in named(texts(&SOUND, &[".kpi"])) {
        let mut sink = Sink::new();
        let file = dsl::parse(FileId(0), &text, &mut sink);
        if sink.is_empty() {
            converted.push((name, format::yaml(&file)));
        }
    }
    assert!(converted.len() > 300, "only {}", converted.len());
    assert_eq!(unfit(&definitions(), &converted), Vec::<String>::new());
}

/// The codes of what the reader finds in a text by itself.
fn codes(text: &str, is_project: bool) -> HashSet<Code> {
    if is_project {
        return found_in_settings(text);
    }
    let mut sink = Sink::new();
    yaml::parse(FileId(0), text, &mut sink);
    sink.into_sorted().iter().map(|finding| finding.code).collect()
}

/// Of all broken files those with another shape than theirs do not fit, and a file that
/// does not fit has findings of the reader.
#[test]
fn broken_shapes_do_not_fit() {
    let shapes = HashSet::from([Code::YamlShape, Code::UnknownKeyword]);
    let mut refused = 0;
    for (is_project, ending, schema) in [(false, ".kpi.yaml", definitions()), (true, "kpic.yaml", settings())]
    {
        let broken = named(texts(&["tests/errors"], &[ending]));
        let all: Vec<String> = broken.iter().map(|(_, text)| text.clone()).collect();
        for ((name, text), verdict) in broken.iter().zip(yaml_fits(&schema, &all)) {
            let found = codes(text, is_project);
            // What the reader of settings finds by itself is of their shape, literals aside.
            let mut by_itself = Sink::new();
            yaml::project(FileId(0), text, &mut by_itself);
            let is_setting = |finding: &Diagnostic| finding.code == Code::ProjectFile;
            let is_shape = found.intersection(&shapes).next().is_some()
                || (is_project && by_itself.into_sorted().iter().any(is_setting));
            if is_shape {
                assert!(verdict.is_err(), "{name} fits, and the reader says {found:?}");
                refused += 1;
            }
            if let Err(said) = verdict {
                assert!(!found.is_empty(), "{name} does not fit, and the reader has no findings: {said}");
            }
        }
    }
    assert!(refused >= 8, "only {refused} fixtures of shape");
}

/// What may stand behind a key.
const VALUES: [(&str, &str); 9] = [
    ("nothing", ""),
    ("a text", " x"),
    ("a number", " 5"),
    ("a truth", " true"),
    ("a list", " [x, y]"),
    ("an empty list", " []"),
    ("a map", " {x: y}"),
    ("a map of lists", " {x: [y]}"),
    ("a list of lists", " [[x]]"),
];

/// Each key of each definition with each kind of value: the schema and the reader agree.
#[test]
fn schema_and_reader_agree_on_every_key_and_shape() {
    let schema = definitions();
    let parts = schema["definitions"].as_object().expect("parts");
    let mut cases: Vec<(String, String)> = Vec::new();
    for section in schema["properties"].as_object().expect("sections").keys() {
        for (what, value) in VALUES {
            cases.push((format!("{section}: {what}"), format!("{section}:{value}\n")));
            cases.push((format!("a name of {section}: {what}"), format!("{section}:\n  n:{value}\n")));
        }
    }
    let within = [("joins", "sources"), ("columns", "sources"), ("dimensions", "sources")];
    let within =
        within.into_iter().chain([("stocks", "sources"), ("measures", "sources"), ("steps", "funnels")]);
    let within: Vec<(&str, &str)> = within.collect();
    for (part, one) in parts.iter().filter_map(|(name, one)| Some((name.strip_suffix("_one")?, one))) {
        let maps = one["anyOf"].as_array().expect("forms").iter();
        let map = maps.rev().find(|form| form["properties"].is_object()).expect("a map");
        let required = map["required"].as_array().and_then(|keys| keys[0].as_str());
        let required = required.or(if part == "segments" { Some("where") } else { None });
        let keys = map["properties"].as_object().expect("keys").keys().map(String::as_str);
        for key in keys.chain(["no_such_key"]) {
            for (what, value) in VALUES {
                // `else` stands in the place of `where`.
                let main = required.filter(|main| *main != key && key != "else");
                let main = main.map(|main| format!("{main}: x")).unwrap_or_default();
                let text = match within.iter().find(|(inner, _)| *inner == part) {
                    Some((_, "funnels")) => format!(
                        "funnels:\n  f:\n    over: x\n    steps:\n      n:\n        {main}\n        {key}:{value}\n"
                    ),
                    Some((_, outer)) => {
                        format!(
                            "{outer}:\n  s:\n    {part}:\n      n:\n        {main}\n        {key}:{value}\n"
                        )
                    }
                    None => format!("{part}:\n  n:\n    {main}\n    {key}:{value}\n"),
                };
                cases.push((format!("{part}.{key}: {what}"), text));
            }
        }
    }
    assert!(cases.len() > 1000, "only {}", cases.len());
    let all: Vec<String> = cases.iter().map(|(_, text)| text.clone()).collect();
    let mut wrong = Vec::new();
    for ((name, text), verdict) in cases.iter().zip(yaml_fits(&schema, &all)) {
        // To the reader `null` is a word, to others nothing.
        if name == "kpis.empty: nothing" {
            continue;
        }
        let found = codes(text, false);
        let is_shape = found.contains(&Code::YamlShape) || found.contains(&Code::UnknownKeyword);
        match verdict {
            Ok(()) if is_shape => wrong.push(format!("{name}: fits, and the reader says {found:?}")),
            // Whether a literal is one of the words, the resolver says.
            Err(said) if found.is_empty() && !name.starts_with("kpis.empty: a ") => {
                wrong.push(format!("{name}: is sound, and does not fit: {said}"))
            }
            Ok(()) | Err(_) => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{} of {}", wrong.len(), cases.len());
}

/// The same for the settings of a project, whose findings are all of their shape.
#[test]
fn schema_and_reader_agree_on_every_setting() {
    let schema = settings();
    let mut cases: Vec<(String, String)> = Vec::new();
    for key in
        schema["properties"].as_object().expect("settings").keys().map(String::as_str).chain(["no_such"])
    {
        for (what, value) in VALUES {
            cases.push((format!("{key}: {what}"), format!("{key}:{value}\n")));
        }
    }
    let environment = schema["definitions"]["environment"]["properties"].as_object().expect("settings");
    for key in environment.keys().map(String::as_str).chain(["no_such"]) {
        for (what, value) in VALUES {
            cases.push((
                format!("environment.{key}: {what}"),
                format!("environments:\n  e:\n    {key}:{value}\n"),
            ));
        }
    }
    for text in [
        "week_start: sunday",
        "week_start: Sunday",
        "week_start: 7",
        "week_start: '7'",
        "week_start: 0",
        "week_start: 8",
        "fiscal_year: april",
        "fiscal_year: 4",
        "fiscal_year: 13",
        "fiscal_year: {weeks: 4-4-5, ends: last saturday of august}",
        "fiscal_year: {weeks: 4-5-4, ends: Saturday nearest the  end of January}",
        "fiscal_year: {weeks: 4-5-5, ends: last saturday of august}",
        "fiscal_year: {weeks: 4-4-5}",
        "fiscal_year: {weeks: 4-4-5, ends: saturday of august}",
        "minimum_cell: {count: 10, of: learner}",
        "minimum_cell: {count: 1, of: learner}",
        "minimum_cell: {count: 10}",
        "minimum_cell: {count: many, of: x}",
        "locale: fr-FR",
        "locale: fr_fr",
        "locale: french",
        "currency: EUR",
        "currency: eur",
        "lints: {no_target: warn}",
        "lints: {no_target: loud}",
        "lints: {no_such: warn}",
        "lints: {K0827: {level: warn}}",
        "lints: {no_target: {limit: 0}}",
    ] {
        cases.push((text.into(), format!("{text}\n")));
    }
    let all: Vec<String> = cases.iter().map(|(_, text)| text.clone()).collect();
    let mut wrong = Vec::new();
    for ((name, text), verdict) in cases.iter().zip(yaml_fits(&schema, &all)) {
        let found = found_in_settings(text);
        // Zones and literals are told by their texts, dialects by the command line.
        let is_text =
            name.ends_with(": a text") || name.ends_with(": a number") || name.ends_with(": a truth");
        let by_text = ["zone", "default_environment", "environment.dialect", "environment.timestamps"];
        if (is_text && by_text.contains(&name.split(':').next().unwrap_or_default()))
            || name == "params: a map"
        {
            continue;
        }
        match verdict {
            Ok(()) if found.iter().any(|code| *code != Code::UnknownName) => {
                wrong.push(format!("{name}: fits, and the reader says {found:?}"));
            }
            Err(said) if found.is_empty() => {
                wrong.push(format!("{name}: is sound, and does not fit: {said}"))
            }
            Ok(()) | Err(_) => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{} of {}", wrong.len(), cases.len());
}

/// What reading a project file and making a model of it finds, but for packs and parameters.
fn found_in_settings(text: &str) -> HashSet<Code> {
    let mut sink = Sink::new();
    let project = yaml::project(FileId(0), text, &mut sink);
    kpic::model::build(&[], &project, &mut sink);
    sink.into_sorted().iter().map(|finding| finding.code).collect()
}
