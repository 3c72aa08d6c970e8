//! The language's keywords, as recovery and messages need them. A test compares
//! them with the grammar.

/// What an item begins with.
pub const ITEMS: [&str; 9] =
    ["param", "source", "segment", "segmentation", "kpi", "funnel", "cohort", "attribution", "experiment"];

/// What a property of a source begins with.
pub const SOURCE: [&str; 15] = [
    "table",
    "file",
    "sql",
    "key",
    "time",
    "active",
    "snapshot",
    "valid",
    "since",
    "rows",
    "join",
    "column",
    "dimension",
    "stock",
    "measure",
];

/// What a property of a KPI begins with.
pub const KPI: [&str; 25] = [
    "label",
    "alias",
    "unit",
    "better",
    "by",
    "segments",
    "grain",
    "settled",
    "empty",
    "format",
    "objective",
    "stage",
    "owner",
    "tags",
    "action",
    "interpretation",
    "drivers",
    "pair_with",
    "vanity",
    "leads_to",
    "target",
    "status",
    "benchmark",
    "version",
    "effective",
];

/// Never a name without backticks.
pub const RESERVED: [&str; 18] = [
    "and", "or", "not", "in", "like", "between", "null", "true", "false", "case", "when", "then", "else",
    "end", "distinct", "where", "having", "per",
];

pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// What a block's properties begin with.
pub fn inside(item: &str) -> &'static [&'static str] {
    match item {
        "source" => &SOURCE,
        "kpi" => &KPI,
        "segmentation" => &["segment"],
        "funnel" => &["step"],
        "experiment" => &["control"],
        _ => &[],
    }
}

/// The kind of an item, as people call it, with its article.
pub fn a(item: &str) -> &'static str {
    match item {
        "source" => "a source",
        "kpi" => "a KPI",
        "segmentation" => "a segmentation",
        "funnel" => "a funnel",
        "experiment" => "an experiment",
        _ => "this item",
    }
}
