//! The language's keywords, as recovery and messages need them. A test compares
//! them with the grammar.

/// What an item begins with.
pub const ITEMS: [&str; 15] = [
    "param",
    "source",
    "segment",
    "segmentation",
    "kpi",
    "funnel",
    "cohort",
    "attribution",
    "experiment",
    "test",
    "targets",
    "objective",
    "dashboard",
    "event",
    "assert",
];

/// What a property of a source begins with.
pub const SOURCE: [&str; 16] = [
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
    "allow",
];

/// Those of a block's properties that define a name.
pub const DEFINING: [&str; 7] = ["join", "column", "dimension", "stock", "measure", "segment", "step"];

/// What a property of a KPI begins with.
pub const KPI: [&str; 27] = [
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
    "prefer",
    "target",
    "status",
    "benchmark",
    "version",
    "effective",
    "allow",
];

/// What a property of a test begins with.
pub const TEST: [&str; 4] = ["given", "when", "then", "invariants"];
/// What a property of an objective begins with.
pub const OBJECTIVE: [&str; 10] =
    ["headline", "kpis", "baseline", "target", "deadline", "rationale", "owner", "stage", "parent", "allow"];

/// What a property of a dashboard begins with.
pub const DASHBOARD: [&str; 6] = ["headline", "kpis", "by", "grain", "owner", "allow"];

pub const GRAINS: [&str; 10] = [
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "iso_year",
    "fiscal_month",
    "fiscal_quarter",
    "fiscal_year",
];

/// Never a name without backticks.
pub const RESERVED: [&str; 18] = [
    "and", "or", "not", "in", "like", "between", "null", "true", "false", "case", "when", "then", "else",
    "end", "distinct", "where", "having", "per",
];

pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a property of some block begins with it.
pub fn is_property(word: &str) -> bool {
    [&SOURCE[..], &KPI, &OBJECTIVE, &DASHBOARD].iter().any(|words| words.contains(&word))
}

/// What a block's properties begin with.
pub fn inside(item: &str) -> &'static [&'static str] {
    match item {
        "source" => &SOURCE,
        "kpi" => &KPI,
        "segmentation" => &["segment", "allow"],
        "funnel" => &["step", "allow"],
        "experiment" => &["control", "allow"],
        "test" => &TEST,
        "objective" => &OBJECTIVE,
        "dashboard" => &DASHBOARD,
        "assert" => &["allow"],
        _ => &[],
    }
}

/// How something is written here that other tools have another word for.
pub fn elsewhere_called(item: &str, word: &str) -> Option<&'static str> {
    Some(match (item, word.to_lowercase().as_str()) {
        ("", "metric") => "`kpi`, or `measure` inside of a source",
        ("", "model" | "view" | "dataset" | "cube" | "entity" | "fact") => "`source`",
        ("", "goal" | "okr" | "initiative") => "`objective`",
        ("", "report" | "board" | "scorecard") => "`dashboard`",
        ("", "annotation" | "holiday" | "context") => "`event`",
        ("", "assertion" | "check" | "expect" | "invariant") => "`assert`",
        ("objective", "kpi" | "metrics" | "measures" | "key_results") => "`kpis`",
        ("objective", "due" | "by" | "until") => "`deadline 2026-12`",
        ("objective", "why" | "reason" | "because") => "`rationale`",
        ("dashboard", "kpi" | "metrics" | "measures") => "`kpis`",
        ("", "parameter" | "variable" | "const" | "let" | "set") => "`param`",
        ("source", "metric" | "aggregate" | "fact") => "`measure`",
        ("source", "primary_key" | "pk" | "grain" | "unique_key") => "`key`",
        ("source", "from" | "relation" | "sql_table") => "`table`",
        ("source", "query") => "`sql 'queries/NAME.sql'`",
        ("source", "path" | "csv" | "parquet") => "`file 'data/NAME.csv'`",
        ("source", "timestamp" | "date" | "time_dimension") => "`time`",
        ("source", "field" | "attribute") => "`column` or `dimension`",
        ("source", "relationship" | "foreign_key") => "`join NAME: SOURCE on COLUMN`",
        ("source", "where" | "filter") => "`rows where …`",
        ("kpi", "goal" | "objective_value") => "`target`",
        ("kpi", "direction" | "polarity" | "trend") => "`better higher` or `better lower`",
        ("kpi", "dimensions" | "slices" | "group") => "`by`",
        ("kpi", "where" | "filter") => "the condition in the formula: `kpi x = revenue where …`",
        ("kpi", "formula" | "value" | "expression") => "the formula before the block: `kpi x = a / b { … }`",
        ("kpi", "name" | "title") => "the label behind the KPI's id: `kpi aov \"Average order value\"`",
        ("test", "input" | "fixture" | "rows" | "data") => "`given SOURCE (columns) (row) …`",
        ("test", "expect" | "output" | "expected") => "`then (columns) (row) …`",
        ("test", "model" | "request" | "ask") => "`when KPI by … from …`",
        (_, "description" | "doc" | "comment") => "`## …` on the line above the definition",
        _ => return None,
    })
}

/// The kind of an item, as people call it, with its article.
pub fn a(item: &str) -> &'static str {
    match item {
        "source" => "a source",
        "kpi" => "a KPI",
        "segmentation" => "a segmentation",
        "funnel" => "a funnel",
        "experiment" => "an experiment",
        "test" => "a test",
        "objective" => "an objective",
        "dashboard" => "a dashboard",
        "assert" => "an assertion",
        _ => "this item",
    }
}
