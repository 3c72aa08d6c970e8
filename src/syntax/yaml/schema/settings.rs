//! The schema of `kpic.yaml`.

use serde_json::{Map, Value, json};

use super::shape::{Shape, keyed, part, said, text};
use crate::diagnostic::{Code, LINTS, Level};
use crate::syntax::ast::{MONTHS, WEEKDAYS};
use crate::syntax::locales::LOCALES;
use crate::syntax::units;
use crate::syntax::yaml::{fiscal_year, lints, minimum_cell, project};

/// The schema of `kpic.yaml`, for the dialects of these names.
pub fn settings(dialects: &[&str]) -> Value {
    let settings = project::SETTINGS.map(|key| (key.to_string(), setting(key)));
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "kpic.yaml",
        "description": "The project file of kpic.",
    });
    let map = keyed(settings.into_iter().collect());
    for (key, value) in map.as_object().into_iter().flatten() {
        schema[key] = value.clone();
    }
    // An empty file is a project of defaults.
    schema["type"] = json!(["object", "null"]);
    let environment = project::ENVIRONMENT.map(|key| (key.to_string(), of_environment(key, dialects)));
    let mut environment = keyed(environment.into_iter().collect());
    environment["type"] = json!(["object", "null"]);
    schema["definitions"] = json!({"text": text(), "environment": environment});
    schema
}

fn setting(key: &str) -> Value {
    match key {
        "name" => said(part("text"), "The project's name."),
        "zone" => said(part("text"), "The time zone in which periods are cut: `Europe/Paris`."),
        "week_start" => said(counted(&WEEKDAYS), "The day that weeks start with; Monday unless said."),
        "fiscal_year" => {
            said(fiscal(), "The month that fiscal years start with, or how they are made of weeks.")
        }
        "currency" => said(json!({"enum": units::currencies()}), "The currency that `money` stands for."),
        "locale" => {
            said(locale(), "How numbers are written for people, and in which language KPIs are explained.")
        }
        "packs" => said(Shape::Items.schema(), "Packs of KPIs that the project completes."),
        "params" => said(Shape::Map.schema(), "Other values for parameters of the definitions."),
        "lints" => said(of_lints(), "Levels and limits of lints, by name or code."),
        "environments" => said(
            json!({"type": ["object", "null"], "additionalProperties": part("environment")}),
            "Where the data is, by name; the first one is used unless another is named.",
        ),
        "default_environment" => said(part("text"), "The environment that is used when none is named."),
        "minimum_cell" => said(minimum(), "How many members of a dimension must stand behind a number."),
        "stages" => said(Shape::Items.schema(), "The stages of the customer's journey, in order."),
        _ => said(part("text"), ""),
    }
}

fn of_environment(key: &str, dialects: &[&str]) -> Value {
    match key {
        "dialect" => said(json!({"enum": dialects}), "The database that SQL is written for."),
        "files" => said(Shape::Map.schema(), "The data of tables: `web.sessions: data/sessions/*.parquet`."),
        "schemas" => said(Shape::Map.schema(), "What schemas of the definitions are called here."),
        "ordered" => said(Shape::Map.schema(), "The column that a table's rows lie in the order of."),
        "connection" => said(part("text"), "A database file, or how to reach a database."),
        "connection_variable" => said(
            part("text"),
            "The variable of the environment that holds the connection; it is written nowhere.",
        ),
        "timestamps" => said(part("text"), "The zone of timestamps whose column declares none."),
        _ => said(part("text"), ""),
    }
}

/// A word of a list in any letters, or its number.
fn counted(words: &[&str]) -> Value {
    let any_case: Vec<String> = words.iter().map(|word| in_any_case(word)).collect();
    let last = words.len();
    let digits: Vec<String> = (1..=last).map(|number| number.to_string()).collect();
    json!({"anyOf": [
        {"enum": words},
        {"type": "string", "pattern": format!("^({}|{})$", any_case.join("|"), digits.join("|"))},
        {"type": "integer", "minimum": 1, "maximum": last},
    ]})
}

/// A pattern: a word in small letters, capitals, or both.
fn in_any_case(word: &str) -> String {
    word.chars()
        .map(|c| {
            if c.is_ascii_alphabetic() {
                format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
            } else {
                c.into()
            }
        })
        .collect()
}

fn fiscal() -> Value {
    let patterns = fiscal_year::PATTERNS.map(|(word, _)| word);
    let [weeks, ends] = fiscal_year::KEYS;
    let mut properties = Map::new();
    properties.insert(weeks.into(), said(json!({"enum": patterns}), "The weeks of each quarter's months."));
    let end = "The day that years end on: `saturday nearest the end of january`, `last saturday of august`.";
    let any = |words: &[&str]| words.iter().map(|word| in_any_case(word)).collect::<Vec<_>>().join("|");
    let (days, months) = (any(&WEEKDAYS), any(&MONTHS));
    let word = in_any_case;
    let nearest =
        format!("({days})\\s+{}\\s+{}\\s+{}\\s+{}", word("nearest"), word("the"), word("end"), word("of"));
    let last = format!("{}\\s+({days})\\s+{}", word("last"), word("of"));
    let pattern = format!("^\\s*({nearest}|{last})\\s+({months})\\s*$");
    properties.insert(ends.into(), said(json!({"type": "string", "pattern": pattern}), end));
    let mut years = keyed(properties);
    years["required"] = json!([weeks, ends]);
    json!({"anyOf": [counted(&MONTHS), years]})
}

/// The known names are offered; others are the same in other letters, or with `_`.
fn locale() -> Value {
    let any: Vec<String> = LOCALES.iter().map(|name| in_any_case(name).replace('-', "[-_]")).collect();
    json!({"anyOf": [{"enum": LOCALES}, {"type": "string", "pattern": format!("^({})$", any.join("|"))}]})
}

fn of_lints() -> Value {
    let levels = Level::ALL.map(Level::word);
    let level = json!({"enum": levels});
    let [level_key, limit_key] = lints::SETTING;
    let mut properties = Map::new();
    properties.insert(level_key.into(), level.clone());
    let map = keyed(properties.clone());
    properties.insert(limit_key.into(), whole(1, u32::MAX));
    let with_limit = keyed(properties);
    let mut known = Map::new();
    for lint in LINTS {
        let map = if lint.limit.is_some() { &with_limit } else { &map };
        let setting = json!({"anyOf": [level, map]});
        known.insert(lint.name.into(), said(setting.clone(), &about(lint.code)));
        known.insert(lint.code.id().into(), said(setting, &about(lint.code)));
    }
    let mut lints = keyed(known);
    lints["type"] = json!(["object", "null"]);
    lints
}

fn about(code: Code) -> String {
    format!("{}: {}.", code.id(), code.title())
}

fn minimum() -> Value {
    let [count, of] = minimum_cell::KEYS;
    let mut properties = Map::new();
    properties.insert(count.into(), said(whole(2, minimum_cell::MOST), "How many at least."));
    properties.insert(of.into(), said(part("text"), "The dimension whose members are counted."));
    let mut map = keyed(properties);
    map["required"] = json!([count, of]);
    json!({"anyOf": [map, {"type": "null"}]})
}

/// A whole number from one on to another; one in quotes is a number, too.
fn whole(from: u32, to: u32) -> Value {
    json!({"anyOf": [
        {"type": "integer", "minimum": from, "maximum": to},
        {"type": "string", "pattern": "^\\+?[0-9]+$"},
    ]})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_told() {
        let schema = settings(&["a"]);
        let told = |map: &Value| map["properties"].as_object().cloned().unwrap_or_default();
        for (key, value) in told(&schema).iter().chain(&told(&schema["definitions"]["environment"])) {
            assert!(value["description"].as_str().is_some_and(|said| said.len() > 8), "{key}");
        }
    }
}
