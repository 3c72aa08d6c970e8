//! What a dialect calls is in the documentation of its vendor.

use crate::dialect::{Conditions, Dialect, Division, Spelling, by_name};
use crate::sql::{AggregateFunction as Agg, Function, Part, Step, Type};

/// From the function reference of GoogleSQL:
/// <https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all>
const BIGQUERY: &[&str] = &[
    "ABS",
    "BIT_OR",
    "CAST",
    "CEIL",
    "COALESCE",
    "CORR",
    "COUNT",
    "COUNTIF",
    "COVAR_POP",
    "DATETIME",
    "DATETIME_ADD",
    "DATETIME_DIFF",
    "DATETIME_SUB",
    "DATETIME_TRUNC",
    "DATE_ADD",
    "DATE_DIFF",
    "DATE_SUB",
    "DATE_TRUNC",
    "ENDS_WITH",
    "EXP",
    "EXTRACT",
    "FLOOR",
    "GENERATE_DATE_ARRAY",
    "GENERATE_TIMESTAMP_ARRAY",
    "GREATEST",
    "IF",
    "IS_NAN",
    "LEAST",
    "LENGTH",
    "LN",
    "LOGICAL_OR",
    "LOWER",
    "MAX",
    "MIN",
    "MOD",
    "NULLIF",
    "PERCENTILE_CONT",
    "POWER",
    "REPLACE",
    "ROUND",
    "SAFE_DIVIDE",
    "SQRT",
    "STARTS_WITH",
    "STDDEV_SAMP",
    "STRPOS",
    "STRUCT",
    "SUBSTR",
    "SUM",
    "TIMESTAMP",
    "TIMESTAMP_ADD",
    "TIMESTAMP_DIFF",
    "TIMESTAMP_SUB",
    "TO_JSON_STRING",
    "TRIM",
    "UNNEST",
    "UPPER",
    "VAR_POP",
    // A part of a week that starts on this day.
    "WEEK",
];

/// From the lists of functions that both have:
/// <https://docs.databricks.com/en/sql/language-manual/sql-ref-functions-builtin-alpha.html>,
/// <https://spark.apache.org/docs/3.5.0/api/sql/index.html>
const SPARK: &[&str] = &[
    "abs",
    "add_months",
    "bit_or",
    "bool_or",
    "cast",
    "ceil",
    "coalesce",
    "contains",
    "convert_timezone",
    "corr",
    "count",
    "date_add",
    "datediff",
    "endswith",
    "exp",
    "explode",
    "extract",
    "floor",
    "greatest",
    "hour",
    "least",
    "length",
    "ln",
    "lower",
    "make_dt_interval",
    "max",
    "min",
    "minute",
    "mod",
    "nullif",
    "percentile",
    "power",
    "regr_slope",
    "replace",
    "round",
    "second",
    "sequence",
    "sqrt",
    "startswith",
    "stddev_samp",
    "substring",
    "sum",
    "timestamp_micros",
    "timestampdiff",
    "trim",
    "trunc",
    "unix_micros",
    "upper",
    "weekday",
];

/// From the SQL function reference:
/// <https://docs.snowflake.com/en/sql-reference/functions-all>
const SNOWFLAKE: &[&str] = &[
    "abs",
    "bitand",
    "bitor_agg",
    "boolor_agg",
    "cast",
    "ceil",
    "coalesce",
    "contains",
    "convert_timezone",
    "corr",
    "count",
    "count_if",
    "date_trunc",
    "dateadd",
    "datediff",
    "dayofweekiso",
    "endswith",
    "exp",
    "extract",
    "floor",
    "generator",
    "greatest_ignore_nulls",
    "least_ignore_nulls",
    "length",
    "ln",
    "lower",
    "max",
    "min",
    "mod",
    "nullif",
    "percentile_cont",
    "power",
    "regr_slope",
    "replace",
    "round",
    "row_number",
    "sqrt",
    "startswith",
    "stddev_samp",
    "substr",
    "sum",
    // What makes a relation of a function's rows.
    "table",
    "trim",
    "upper",
    "weekiso",
];

/// From "SQL functions reference", without those of the leader node:
/// <https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html>
const REDSHIFT: &[&str] = &[
    "abs",
    "bit_or",
    "bool_or",
    "cast",
    "ceil",
    "coalesce",
    "convert_timezone",
    "count",
    "date_trunc",
    "dateadd",
    "datediff",
    "exp",
    "extract",
    "floor",
    "greatest",
    "least",
    "length",
    "ln",
    "lower",
    "max",
    "min",
    "mod",
    "nullif",
    "percentile_cont",
    "power",
    "replace",
    "reverse",
    "round",
    "sqrt",
    "stddev_samp",
    "strpos",
    "substring",
    "sum",
    "trim",
    "upper",
];

const PARTS: [Part; 9] = [
    Part::Second,
    Part::Minute,
    Part::Hour,
    Part::Day,
    Part::Week,
    Part::Month,
    Part::Quarter,
    Part::Year,
    Part::Weekday,
];
const TYPES: [Type; 9] = [
    Type::Text,
    Type::Integer,
    Type::Decimal(None),
    Type::Decimal(Some((20, 15))),
    Type::Double,
    Type::Boolean,
    Type::Date,
    Type::Timestamp,
    Type::Instant,
];

/// Every call that the spellings of a dialect can make.
fn calls(dialect: &dyn Dialect) -> Vec<String> {
    let mut spellings: Vec<Spelling> = Function::ALL.iter().map(|f| dialect.function(*f, 2)).collect();
    let aggregates = [
        Agg::Count,
        Agg::CountDistinct,
        Agg::Sum,
        Agg::Min,
        Agg::Max,
        Agg::Stddev,
        Agg::Percentile("0.5".into()),
        Agg::Percentile("0.9".into()),
        Agg::Corr,
        Agg::Slope,
        Agg::AnyTrue,
        Agg::BitOr,
    ];
    spellings.extend(aggregates.iter().map(|aggregate| dialect.aggregate(aggregate)));
    spellings.extend(TYPES.iter().map(|ty| dialect.cast(*ty)));
    for part in PARTS {
        spellings.extend((1..=7).map(|first| dialect.truncate(part, first)));
        spellings.push(dialect.extract(part));
        let steps = [2, -2].map(|count| Step { count, unit: part });
        let all = steps.iter().flat_map(|step| TYPES[6..].iter().map(|to| dialect.shift(*step, *to)));
        spellings.extend(all);
    }
    spellings.extend([false, true].into_iter().flat_map(|flag| {
        [
            dialect.same(flag),
            dialect.is_true(flag),
            dialect.like(flag),
            dialect.seconds(flag),
            dialect.to_zone(flag),
        ]
    }));
    spellings.extend([
        dialect.tuple(2),
        dialect.month_of(),
        dialect.days_between(),
        dialect.instant(),
        dialect.utc_of(),
    ]);
    if let Division::Spelt(spelling) = dialect.division() {
        spellings.push(spelling);
    }
    let mut texts: Vec<String> = spellings.into_iter().filter_map(text).collect();
    for unit in [Part::Hour, Part::Day, Part::Month] {
        let ty = if unit == Part::Hour { Type::Timestamp } else { Type::Date };
        texts.extend(dialect.series("2026-01-01", "2026-02-01", Step { count: 1, unit }, "start", ty));
    }
    if let Conditions::Case(Some(name)) = dialect.clauses().conditions {
        texts.push(format!("{name}("));
    }
    texts.extend(dialect.clauses().percentile_window.map(Into::into));
    texts.iter().flat_map(|text| called(text)).collect()
}

fn text(spelling: Spelling) -> Option<String> {
    match spelling {
        Spelling::Call(name) => Some(format!("{name}(")),
        Spelling::Pattern(text, _) => Some(text.into_owned()),
        Spelling::Cast(_) => Some("CAST(".into()),
        Spelling::Infix(..) | Spelling::Missing(_) => None,
    }
}

/// The words of a text that an open parenthesis follows at once.
fn called(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut pieces: Vec<&str> = text.split('(').collect();
    pieces.pop();
    let word = |piece: &str| piece.rsplit(|c: char| !is_word(c)).next().unwrap_or_default().to_owned();
    // A type's size is no call.
    let types = ["", "DECIMAL", "NUMERIC", "BIGNUMERIC", "NUMBER", "VARCHAR"];
    let is_call = |word: &String| !types.contains(&word.as_str());
    pieces.into_iter().map(word).filter(is_call).collect()
}

fn undocumented(name: &str, documented: &[&str]) -> Vec<String> {
    let dialect = by_name(name).expect("kpic knows it");
    let is_unknown = |word: &String| !documented.iter().any(|known| known.eq_ignore_ascii_case(word));
    calls(dialect).into_iter().filter(is_unknown).collect()
}

#[test]
fn bigquery_calls_what_its_reference_has() {
    assert_eq!(undocumented("bigquery", BIGQUERY), Vec::<String>::new());
}

#[test]
fn spark_and_databricks_call_what_both_have() {
    for name in ["spark", "databricks"] {
        assert_eq!(undocumented(name, SPARK), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn snowflake_calls_what_its_reference_has() {
    assert_eq!(undocumented("snowflake", SNOWFLAKE), Vec::<String>::new());
}

#[test]
fn redshift_calls_what_runs_where_its_data_is() {
    assert_eq!(undocumented("redshift", REDSHIFT), Vec::<String>::new());
}

#[test]
fn what_is_not_listed_is_found() {
    assert_eq!(called("f(g (x), NUMERIC(3, 2)) + h(1)"), ["f", "h"]);
    assert!(
        undocumented("duckdb", SPARK).contains(&"regr_slope".into())
            || !undocumented("duckdb", SPARK).is_empty()
    );
}
