//! The schema of a file of definitions.

use serde_json::{Map, Value, json};

use super::said::{self, DESCRIPTION, LABEL, Said};
use super::shape::{keyed, part, said, text};
use crate::syntax::dsl::words::GRAINS;
use crate::syntax::units;
use crate::syntax::yaml::definition::Keys;
use crate::syntax::yaml::{file, kpi, purpose, source, tools, unit_test};

/// A kind of definition: where it stands, and what it takes.
struct Kind {
    /// The key of its section.
    plural: &'static str,
    keys: Keys,
    said: &'static [Said],
    /// Whether it is nothing without its own text.
    needs_text: bool,
    what: &'static str,
}

const fn kind(
    plural: &'static str,
    keys: Keys,
    said: &'static [Said],
    needs_text: bool,
    what: &'static str,
) -> Kind {
    Kind { plural, keys, said, needs_text, what }
}

const ITEMS: [Kind; 15] = [
    kind("params", file::PARAM, said::PARAM, true, "Values that definitions use as `$name`."),
    kind("sources", source::SOURCE, said::SOURCE, false, "Tables, their columns, and what is aggregated."),
    kind("segments", tools::SEGMENT, said::SEGMENT, true, "Named conditions over dimensions."),
    kind(
        "segmentations",
        tools::SEGMENTATION,
        said::SEGMENTATION,
        false,
        "Ordered segments, of which the first that holds counts.",
    ),
    kind("funnels", tools::FUNNEL, said::FUNNEL, true, "Steps that somebody takes one after the other."),
    kind("cohorts", tools::COHORT, said::OVER, true, "Who entered when, to see what they do later."),
    kind("attributions", tools::ATTRIBUTION, said::OVER, true, "Which touchpoints a conversion is owed to."),
    kind("experiments", tools::EXPERIMENT, said::EXPERIMENT, true, "Who was assigned to which variant."),
    kind("kpis", kpi::KPI, said::KPI, false, "KPIs."),
    kind("tests", unit_test::TEST, said::TEST, false, "Unit tests of KPIs."),
    kind("targets", tools::TARGETS, said::TARGETS, true, "Planning sheets, from which targets are read."),
    kind("objectives", purpose::OBJECTIVE, said::OBJECTIVE, false, "What the business wants to reach."),
    kind("dashboards", purpose::DASHBOARD, said::DASHBOARD, false, "KPIs that are shown together."),
    kind("events", purpose::EVENT, said::EVENT, true, "What happened, for who reads the numbers."),
    kind("asserts", purpose::ASSERTION, said::ASSERTION, true, "What should always hold of KPIs."),
];

const STEPS: Kind = kind("steps", tools::STEP, said::STEP, false, "A step.");

/// The parts of a source that have names of their own.
fn parts_of_sources() -> impl Iterator<Item = Kind> {
    let said = [said::JOIN, said::COLUMN, said::DIMENSION, said::STOCK, said::MEASURE];
    source::PARTS.into_iter().zip(said).map(|(part, said)| Kind {
        plural: part.plural,
        needs_text: part.needs.is_some(),
        keys: part.keys,
        said,
        what: "",
    })
}

/// The schema of `*.kpi.yaml`.
pub fn definitions() -> Value {
    let mut parts = Map::new();
    parts.insert("text".into(), text());
    parts.insert("unit".into(), unit());
    parts.insert("grains".into(), grains());
    // To other readers of YAML the word is nothing.
    parts.insert("empty".into(), json!({"enum": [0, "0", "null", null]}));
    for kind in parts_of_sources().chain([STEPS]).chain(ITEMS) {
        let one = format!("{}_one", kind.plural);
        parts.insert(kind.plural.into(), named(&one, &kind));
        parts.insert(one, of(&kind));
    }
    let mut sections = Map::new();
    for key in file::SECTIONS {
        let schema = match ITEMS.iter().find(|kind| kind.plural == key) {
            Some(kind) => said(part(kind.plural), kind.what),
            None => said(part("text"), "One definition, as the language writes it."),
        };
        sections.insert(key.into(), schema);
    }
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "KPI definitions",
        "description": "A file of definitions of kpic, in YAML.",
    });
    let file = keyed(sections);
    for (key, value) in file.as_object().into_iter().flatten() {
        schema[key] = value.clone();
    }
    // An empty file has no definitions.
    schema["type"] = json!(["object", "null"]);
    schema["definitions"] = parts.into();
    schema
}

/// A definition: nothing, its text alone, or a map.
fn of(kind: &Kind) -> Value {
    let mut properties = Map::new();
    for (key, shape, sentence) in [LABEL, DESCRIPTION].iter().chain(kind.said) {
        properties.insert((*key).into(), said(shape.schema(), sentence));
    }
    let mut map = keyed(properties);
    match kind.keys.main {
        Some("where") => map["oneOf"] = either("where", "else"),
        Some("from") => map["oneOf"] = either("from", "table"),
        Some(main) if kind.needs_text => map["required"] = json!([main]),
        Some(_) | None => {}
    }
    let mut forms = vec![map];
    if kind.keys.main.is_some() {
        forms.insert(0, part("text"));
    }
    if !kind.needs_text {
        forms.push(json!({"type": "null"}));
    }
    json!({"anyOf": forms})
}

/// One of two keys, and not both.
fn either(one: &str, other: &str) -> Value {
    json!([{"required": [one]}, {"required": [other]}])
}

/// Definitions by their names, or a list of names with one definition each.
fn named(one: &str, kind: &Kind) -> Value {
    let entry = json!({
        "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": part(one)
    });
    // A name alone has nothing behind it.
    let item = if kind.needs_text { entry } else { json!({"anyOf": [entry, part("text")]}) };
    json!({"anyOf": [
        {"type": "object", "additionalProperties": part(one)},
        {"type": "array", "items": item},
        {"type": "null"},
    ]})
}

/// One of the unit's words, or a scale.
fn unit() -> Value {
    let words: Vec<&str> = units::words().collect();
    json!({"anyOf": [{"enum": words}, {"type": "string", "pattern": "^score\\s"}]})
}

/// One grain, several apart by commas, or a list of them.
fn grains() -> Value {
    let one = GRAINS.join("|");
    json!({"anyOf": [
        {"enum": GRAINS},
        {"type": "string", "pattern": format!("^\\s*({one})(\\s*,\\s*({one}))*\\s*$")},
        {"type": "array", "items": {"enum": GRAINS}, "minItems": 1},
    ]})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader's keys and what is said of them are the same, in the same order.
    #[test]
    fn every_key_of_the_reader_is_told() {
        for kind in parts_of_sources().chain([STEPS]).chain(ITEMS) {
            let told: Vec<&str> =
                [LABEL, DESCRIPTION].iter().chain(kind.said).map(|(key, ..)| *key).collect();
            assert_eq!(told, kind.keys.all(), "{}", kind.keys.owner);
        }
        let sections: Vec<&str> = ITEMS.iter().map(|kind| kind.plural).collect();
        let known: Vec<&str> = file::SECTIONS.into_iter().filter(|key| key.ends_with('s')).collect();
        assert_eq!(sections, known);
    }

    #[test]
    fn sentences_are_sentences() {
        for kind in parts_of_sources().chain([STEPS]).chain(ITEMS) {
            for (key, _, sentence) in kind.said {
                assert!(sentence.ends_with(['.', '…']) && sentence.len() > 8, "{key}: {sentence}");
            }
        }
    }
}
