//! A TextMate grammar of the language, for editors that colour by regular expressions.
//!
//! Its keywords are those of `grammar/kpi.pest`. Words are keywords where they stand and names
//! elsewhere, which only the parser knows for certain; here it is told by what stands beside
//! them, so that `where status = 'open'` has a column and `status at_risk below …` a property.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::words;

const GRAMMAR: &str = include_str!("../../../grammar/kpi.pest");

/// A name, with or without backticks.
const NAME: &str = r"(?:`(?:[^`\n]|``)+`|[\p{L}_][\p{L}\p{N}_]*)";
/// What stands behind a word that is a name in an expression, rather than a property.
const OPERATOR: &str = r"\s*(?:[-=<>+*/,.():}]|$|(?:in|is|like|between|and|or|not|then|else|end|where)\b)";
const NUMBER: &str = r"[0-9](?:_?[0-9])*(?:\.[0-9](?:_?[0-9])*)?%?";
const TIME_UNIT: &str = "(?:millisecond|second|minute|hour|day|week|month|quarter|year)s?";

/// The grammar in TextMate's JSON.
pub fn textmate() -> Value {
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "KPI definitions",
        "scopeName": "source.kpi",
        "fileTypes": ["kpi"],
        "patterns": [
            {"include": "#comments"},
            {"include": "#quotes"},
            {"include": "#definitions"},
            {"include": "#phrases"},
            {"include": "#numbers"},
            {"include": "#properties"},
            {"include": "#words"},
            {"include": "#names"},
        ],
        "repository": {
            "comments": {"patterns": [
                {"name": "comment.line.documentation.kpi", "match": "^\\s*##.*$"},
                {"name": "comment.line.number-sign.kpi", "match": "#.*$"},
            ]},
            "quotes": {"patterns": [
                {"name": "string.quoted.single.kpi", "match": "'(?:[^'\\n]|'')*'"},
                {"name": "string.quoted.double.kpi", "match": "\"(?:[^\"\\n]|\"\")*\""},
                {"name": "variable.other.quoted.kpi", "match": "`(?:[^`\\n]|``)+`"},
                {"name": "invalid.illegal.unclosed.kpi", "match": "['\"`].*$"},
            ]},
            "definitions": {"patterns": [definition(&words::ITEMS), definition(&words::DEFINING)]},
            "phrases": {"patterns": phrases()},
            "numbers": {"patterns": numbers()},
            "properties": {"patterns": properties()},
            "words": {"patterns": others()},
            "names": {"patterns": [
                {"name": "entity.name.function.kpi", "match": format!("{NAME}(?=\\()")},
                {"name": "keyword.operator.kpi", "match": "<=|>=|<>|[-+*/=<>]"},
                {"name": "variable.other.kpi", "match": NAME},
            ]},
        },
    })
}

/// A keyword that defines a name, and the name.
fn definition(keywords: &[&str]) -> Value {
    // Behind `per`, `by` or an operator the word is a name itself.
    let before = r"(?<![\p{L}\p{N}_.$`])(?<!\bper )(?<!\bby )(?<![=<>+*/,(] )";
    let name = format!("(?!(?:in|is|like|between|and|or|not|then|else|end|where)\\b)({NAME})");
    json!({
        "match": format!("{before}({})\\s+{name}(?!\\s*(?:[-+*/,.()]|<|>))", alternatives(keywords)),
        "captures": {
            "1": {"name": "storage.type.kpi"},
            "2": {"name": "entity.name.type.kpi"},
        },
    })
}

/// Words that are keywords with what stands behind them, and names that could be keywords.
fn phrases() -> Vec<Value> {
    const KEYWORD: &str = "keyword.other.kpi";
    const COLUMN: &str = "variable.other.kpi";
    const UNIT: &str = "keyword.other.unit.kpi";
    let grain = words::GRAINS.join("|");
    let path = format!("{NAME}(?:\\.{NAME})?");
    let of = |keywords: &str, behind: &str, scope: &str| {
        json!({
            "match": format!("{}({keywords})\\s+({behind})(?![\\p{{L}}\\p{{N}}_(])", boundary()),
            "captures": {"1": {"name": KEYWORD}, "2": {"name": scope}},
        })
    };
    let alone = |pattern: &str| json!({"name": KEYWORD, "match": format!("{}{pattern}", boundary())});
    vec![
        of("of", "target", KEYWORD),
        of("each|grain", &format!("(?:{grain})(?:\\s*,\\s*(?:{grain}))*"), UNIT),
        of("by", &format!("(?:{grain})(?=\\s*\\))"), UNIT),
        of("previous", TIME_UNIT, UNIT),
        of("on|from", "day(?=\\s+[0-9])", KEYWORD),
        // `active from table until …` has a column of that name.
        of("from", &format!("table(?=\\s+(?!until\\b){NAME})"), KEYWORD),
        of("in|per", "currency", KEYWORD),
        of("in|per|unit", "[A-Z]{3}(?![\\p{L}\\p{N}_])", UNIT),
        alone("target(?=\\s*[-+]?[0-9])"),
        alone("source(?=\\s*\")"),
        alone("(?:year|nth)(?=\\s+[0-9])"),
        alone("score(?=\\s+-?[0-9])"),
        alone("active(?=\\s+from\\b)"),
        alone("(?:first|last)(?=\\s+(?:after|before)\\b)"),
        alone("total(?=\\s+(?:grain|from|by)\\b)"),
        of("by|key|per", &format!("{path}(?:\\s*,\\s*{path})*"), COLUMN),
        of("time|snapshot|at|before|after|from|until", &path, COLUMN),
    ]
}

/// Keywords that only those phrases know: by themselves the words are names.
const OF_PHRASES: [&str; 12] =
    ["day", "currency", "year", "nth", "score", "active", "first", "last", "total", "at", "before", "after"];

fn numbers() -> Vec<Value> {
    vec![
        json!({"name": "variable.parameter.kpi", "match": format!("\\${NAME}")}),
        json!({
            "name": "constant.numeric.date.kpi",
            "match": "[0-9]{4}-(?:[0-9]{2}(?:-[0-9]{2})?|[Qq][0-9]|[Ww][0-9]{2})(?![\\p{L}\\p{N}_])",
        }),
        json!({
            "match": format!("(?<![\\p{{L}}\\p{{N}}_])({NUMBER})\\s+({TIME_UNIT}|[A-Z]{{3}})(?![\\p{{L}}\\p{{N}}_])"),
            "captures": {
                "1": {"name": "constant.numeric.kpi"},
                "2": {"name": "keyword.other.unit.kpi"},
            },
        }),
        json!({"name": "constant.numeric.kpi", "match": format!("(?<![\\p{{L}}\\p{{N}}_]){NUMBER}")}),
    ]
}

/// What a block's properties begin with, unless an expression goes on behind it.
fn properties() -> Vec<Value> {
    let of_blocks: [&[&str]; 6] =
        [&words::SOURCE, &words::KPI, &words::TEST, &words::OBJECTIVE, &words::DASHBOARD, &["control"]];
    let alone = ["vanity", "invariants"];
    let reserved = |word: &&str| words::is_reserved(word) || alone.contains(word);
    let known: BTreeSet<&str> = of_blocks.into_iter().flatten().copied().filter(|w| !reserved(w)).collect();
    let known: Vec<&str> = known.into_iter().collect();
    vec![
        json!({
            "name": "keyword.other.property.kpi",
            "match": format!("{}{}(?!{OPERATOR})", boundary(), word(&known)),
        }),
        json!({"name": "keyword.other.property.kpi", "match": format!("{}{}", boundary(), word(&alone))}),
    ]
}

/// Every other keyword: those of expressions, and those in the middle of properties.
fn others() -> Vec<Value> {
    let constants = ["null", "true", "false"];
    let of_grammar = keywords();
    let is_item = |word: &&str| {
        words::ITEMS.contains(word) || words::DEFINING.contains(word) || OF_PHRASES.contains(word)
    };
    let known: Vec<&str> =
        of_grammar.iter().copied().filter(|w| !constants.contains(w) && !is_item(w)).collect();
    let reserved: Vec<&str> = known.iter().copied().filter(|w| words::is_reserved(w)).collect();
    let contextual: Vec<&str> = known.iter().copied().filter(|w| !words::is_reserved(w)).collect();
    vec![
        json!({"name": "constant.language.kpi", "match": format!("{}{}", boundary(), word(&constants))}),
        json!({"name": "keyword.control.kpi", "match": format!("{}{}", boundary(), word(&reserved))}),
        json!({
            "name": "keyword.other.kpi",
            "match": format!("{}{}(?!\\s*(?:[-=<>+*/.(:]|,\\s*[\\p{{L}}_]))", boundary(), word(&contextual)),
        }),
    ]
}

/// The words of the grammar's keywords.
fn keywords() -> Vec<&'static str> {
    let rules = GRAMMAR.lines().filter(|line| line.starts_with("kw_"));
    rules.filter_map(|line| line.split('"').nth(1)).collect()
}

fn boundary() -> &'static str {
    r"(?<![\p{L}\p{N}_.$`])"
}

fn word(words: &[&str]) -> String {
    format!("{}(?![\\p{{L}}\\p{{N}}_])", alternatives(words))
}

/// Longer words first: the first that fits is taken.
fn alternatives(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    format!("(?:{})", words.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammars_keywords_are_all_found() {
        let rules = GRAMMAR.lines().filter(|line| line.starts_with("kw_")).count();
        let found = keywords();
        assert_eq!(found.len(), rules);
        assert!(rules > 100 && found.contains(&"kpi") && found.contains(&"pair_with"));
    }
}
