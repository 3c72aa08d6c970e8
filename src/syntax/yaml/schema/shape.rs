//! What stands behind a key, in the words of JSON Schema (draft 7, which all editors know).

use serde_json::{Map, Value, json};

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One text. YAML's numbers and booleans are texts, too.
    Text,
    /// A text, or a list of them that is not empty.
    Texts,
    /// A text, or a list of them.
    Items,
    /// One of some words.
    Word(&'static [&'static str]),
    /// Nothing: the key says it all.
    Nothing,
    /// Names with a text each.
    Map,
    /// Names with a list of texts each.
    Rows,
    /// One of the schema's own parts.
    Named(&'static str),
}

impl Shape {
    pub fn schema(self) -> Value {
        let text = || part("text");
        match self {
            Shape::Text => text(),
            Shape::Texts => json!({"anyOf": [text(), {"type": "array", "items": text(), "minItems": 1}]}),
            Shape::Items => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
            Shape::Word(words) => json!({"enum": words}),
            Shape::Nothing => json!({"type": "null"}),
            Shape::Map => json!({"type": ["object", "null"], "additionalProperties": text()}),
            Shape::Rows => {
                json!({"type": ["object", "null"], "additionalProperties": Shape::Items.schema()})
            }
            Shape::Named(name) => part(name),
        }
    }
}

/// A part of the schema that stands beside it.
pub fn part(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

/// A value of YAML that is no list, no map and not nothing.
pub fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// A shape with the sentence that editors show.
pub fn said(mut schema: Value, sentence: &str) -> Value {
    // Beside a reference draft 7 reads nothing else.
    if schema.get("$ref").is_some() {
        schema = json!({"allOf": [schema]});
    }
    schema["description"] = sentence.into();
    schema
}

/// A map of these keys and no others; with both of a singular and its plural none is read.
pub fn keyed(properties: Map<String, Value>) -> Value {
    // `label` is a language's own, `labels` those of others.
    let both = properties.keys().filter(|key| *key != "label").filter_map(|key| {
        let plural = format!("{key}s");
        properties.contains_key(&plural).then(|| json!({"not": {"required": [key, plural]}}))
    });
    let both: Vec<Value> = both.collect();
    let mut map = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !both.is_empty() {
        map["allOf"] = both.into();
    }
    map
}
