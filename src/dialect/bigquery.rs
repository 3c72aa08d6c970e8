//! BigQuery: GoogleSQL.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::functions::{COMPARED, Level, MOST_COMPARED, Missing, NESTED, Spelling};
use super::{Dialect, adapted, bigquery_words, dates};
use crate::sql::{self, AggregateFunction, Capabilities, Function, Part, Step, Type};

#[derive(Debug)]
pub struct BigQuery;

impl Dialect for BigQuery {
    fn name(&self) -> &'static str {
        "bigquery"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: true,
            reads_files: false,
            as_of_joins: false,
            percentiles: false,
            percentile_windows: true,
            bits: true,
            moments: true,
            outer_values: true,
            range_frames: true,
            wide_sums: true,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Case(Some("COUNTIF")),
            percentile_window: Some("PERCENTILE_CONT({0:double}, {1})"),
            upper_functions: true,
            qualify: Qualify::Any,
            materialized: false,
            rows: Rows::Structs,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: true,
            ending: None,
            capitals: Capitals::Lost,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        let mut adapted = query.map(&mut adapted::flat_extremes).map(&mut |expr| {
            let expr = adapted::without_nulls(adapted::with_backslashes(expr));
            adapted::second_of_two(expr, Some("9999-12-30 00:00:00"))
        });
        adapted.each_select(&mut |select| {
            adapted::from_something(select);
            adapted::joined_on_equalities(select);
        });
        Some(adapted)
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        bigquery_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(300)
    }

    /// A backslash escapes in names, too.
    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        match name.starts_with('$') {
            true => Err("names that begin with `$` are its own"),
            false => Ok(format!("`{}`", escaped(name).replace('`', "\\`"))),
        }
    }

    fn text(&self, value: &str) -> String {
        format!("'{}'", escaped(value).replace('\'', "\\'"))
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "STRING",
            Type::Integer => "INT64",
            Type::Decimal(Some((digits, scale))) => {
                return format!("{}({digits}, {scale})", decimal(digits - scale.min(digits), scale));
            }
            Type::Decimal(None) => "NUMERIC",
            Type::Double => "FLOAT64",
            Type::Boolean => "BOOL",
            Type::Date => "DATE",
            Type::Timestamp => "DATETIME",
            Type::Instant => "TIMESTAMP",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    fn null(&self, ty: Type) -> String {
        format!("CAST(NULL AS {})", self.type_name(ty))
    }

    /// With a point it would be a double, and beyond 64 bits nothing.
    fn number(&self, digits: &str) -> String {
        if digits.parse::<i64>().is_ok() {
            return digits.to_owned();
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let length = |digits: &str| u8::try_from(digits.trim_start_matches('-').len()).unwrap_or(u8::MAX);
        format!("{} '{digits}'", decimal(length(whole), length(fraction)))
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn date(&self, iso: &str) -> String {
        format!("DATE {}", self.text(iso))
    }

    fn timestamp(&self, iso: &str) -> String {
        format!("DATETIME {}", self.text(iso))
    }

    fn instant_literal(&self, iso: &str) -> String {
        format!("TIMESTAMP {}", self.text(iso))
    }

    fn interval(&self, step: Step) -> String {
        format!("INTERVAL {} {}", step.count, unit(step.unit))
    }

    fn same(&self, negated: bool) -> Spelling {
        let word = if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
    }

    /// Patterns have their backslashes doubled.
    fn like(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} NOT LIKE {1~}" } else { "{0~} LIKE {1~}" }, Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Spelt(Spelling::pattern("SAFE_DIVIDE({0:double}, {1})"))
    }

    fn function(&self, function: Function, args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("ABS"),
            Function::Round => Spelling::Call("ROUND"),
            Function::Floor => Spelling::Call("FLOOR"),
            Function::Ceil => Spelling::Call("CEIL"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("SAFE.SQRT({0:double})"),
            Function::Ln => Spelling::pattern("SAFE.LN({0:double})"),
            Function::Exp => Spelling::pattern("EXP({0:double})"),
            Function::Power => Spelling::pattern("POWER({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("MOD({0:decimal}, NULLIF({1:decimal}, 0))"),
            // Of a NULL they are NULL: what may be one has something to stand in for it.
            Function::Greatest | Function::Least if args > MOST_COMPARED => Spelling::Missing(&COMPARED),
            Function::Greatest | Function::Least if args == 0 => Spelling::Missing(&NESTED),
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("LOWER"),
            Function::Upper => Spelling::Call("UPPER"),
            // Without a second argument it takes line breaks and tabs, too.
            Function::Trim => Spelling::pattern("TRIM({0}, ' ')"),
            Function::Length => Spelling::Call("LENGTH"),
            Function::Substring => Spelling::Call("SUBSTR"),
            Function::Replace => Spelling::Call("REPLACE"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("STARTS_WITH"),
            Function::EndsWith => Spelling::Call("ENDS_WITH"),
            Function::BitAnd => Spelling::Infix("&", Level::Concat),
            Function::Contains => Spelling::loose("STRPOS({0}, {1}) > 0", Level::Predicate),
        }
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        match function {
            AggregateFunction::Count => Spelling::Call("COUNT"),
            AggregateFunction::CountDistinct => Spelling::pattern("COUNT(DISTINCT {0})"),
            AggregateFunction::Sum => Spelling::Call("SUM"),
            AggregateFunction::Min => Spelling::Call("MIN"),
            AggregateFunction::Max => Spelling::Call("MAX"),
            AggregateFunction::Stddev => Spelling::pattern("STDDEV_SAMP({0:double})"),
            // PERCENTILE_CONT is a window function alone, and APPROX_QUANTILES is not exact:
            // lowering takes the values at the places beside it.
            AggregateFunction::Percentile(_) => Spelling::Missing(&PERCENTILE),
            // NaN where one does not vary.
            AggregateFunction::Corr => Spelling::pattern(
                "IF(IS_NAN(CORR({0:double}, {1:double})), NULL, CORR({0:double}, {1:double}))",
            ),
            AggregateFunction::Slope => Spelling::pattern(
                "SAFE_DIVIDE(COVAR_POP({0:double}, {1:double}), VAR_POP(IF({0~} IS NULL, NULL, {1:double})))",
            ),
            AggregateFunction::AnyTrue => Spelling::Call("LOGICAL_OR"),
            AggregateFunction::BitOr => Spelling::Call("BIT_OR"),
        }
    }

    /// Structs are not counted distinctly.
    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::pattern("TO_JSON_STRING(STRUCT({*}))")
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        match to {
            Part::Second | Part::Minute | Part::Hour => {
                Spelling::pattern(format!("DATETIME_TRUNC({{0}}, {})", unit(to)))
            }
            Part::Day | Part::Weekday => Spelling::pattern("{0!:date}"),
            Part::Month | Part::Quarter | Part::Year => {
                Spelling::pattern(format!("DATE_TRUNC({{0:date}}, {})", unit(to)))
            }
            Part::Week => Spelling::pattern(format!("DATE_TRUNC({{0:date}}, {})", week_from(week_start))),
        }
    }

    fn month_of(&self) -> Spelling {
        Spelling::pattern("DATE_TRUNC({0:date}, MONTH)")
    }

    fn extract(&self, part: Part) -> Spelling {
        match part {
            Part::Week => Spelling::pattern("EXTRACT(ISOWEEK FROM {0})"),
            // Sunday is 1 there.
            Part::Weekday => Spelling::loose("MOD(EXTRACT(DAYOFWEEK FROM {0}) + 5, 7) + 1", Level::Add),
            other => Spelling::pattern(format!("EXTRACT({} FROM {{0}})", unit(other))),
        }
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let (word, count) = match step.count < 0 {
            true => ("SUB", i128::from(step.count).abs()),
            false => ("ADD", i128::from(step.count)),
        };
        let by = |count: i128, part| format!("INTERVAL {count} {}", unit(part));
        match (to, step.unit) {
            (Type::Date, part) => Spelling::pattern(format!("DATE_{word}({{0:date}}, {})", by(count, part))),
            // An instant moves by a length, never by a calendar.
            (Type::Instant, Part::Week) => {
                Spelling::pattern(format!("TIMESTAMP_{word}({{0}}, {})", by(count * 7, Part::Day)))
            }
            (Type::Instant, Part::Second | Part::Minute | Part::Hour | Part::Day) => {
                Spelling::pattern(format!("TIMESTAMP_{word}({{0}}, {})", by(count, step.unit)))
            }
            (Type::Instant, part) => Spelling::pattern(format!(
                "TIMESTAMP(DATETIME_{word}(DATETIME({{0}}, 'UTC'), {}), 'UTC')",
                by(count, part)
            )),
            (_, part) => Spelling::pattern(format!("DATETIME_{word}({{0}}, {})", by(count, part))),
        }
    }

    fn seconds(&self, of_instants: bool) -> Spelling {
        let text = match of_instants {
            true => "TIMESTAMP_DIFF({1}, {0}, MICROSECOND) / 1000000",
            // Either may be a day.
            false => "DATETIME_DIFF(CAST({1} AS DATETIME), CAST({0} AS DATETIME), MICROSECOND) / 1000000",
        };
        Spelling::loose(text, Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("DATE_DIFF({1:date}, {0:date}, DAY)")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    fn instant(&self) -> Spelling {
        Spelling::pattern("TIMESTAMP({0}, {1})")
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        Spelling::pattern(match from_local {
            true => "DATETIME(TIMESTAMP({0}, {2}), {1})",
            false => "DATETIME({0}, {1})",
        })
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("DATETIME({0}, 'UTC')")
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let interval = self.interval(step);
        let (start, array, name) = match ty {
            Type::Date => {
                let (first, last) = (self.date(first), self.date(last));
                (column.to_owned(), format!("GENERATE_DATE_ARRAY({first}, {last}, {interval})"), column)
            }
            _ => {
                let bound = |iso: &str| self.instant_literal(&format!("{iso}Z"));
                let (first, last) = (bound(first), bound(last));
                let start = format!("DATETIME(step, 'UTC') AS {column}");
                (start, format!("GENERATE_TIMESTAMP_ARRAY({first}, {last}, {interval})"), "step")
            }
        };
        vec!["SELECT".to_owned(), format!("  {start}"), format!("FROM UNNEST({array}) AS {name}")]
    }

    fn parameter(&self, name: &str, _place: usize) -> String {
        format!("@{name}")
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        let kind = match kind {
            Stored::View => "VIEW",
            Stored::Table => "TABLE",
        };
        Ok(format!("CREATE OR REPLACE {kind} {name} AS\n{query};\n"))
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::BigQueryDialect {})
    }
}

/// Backslashes, and what may not stand in a line.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

/// NUMERIC has 29 digits before the point and 9 behind it.
fn decimal(whole: u8, scale: u8) -> &'static str {
    if whole <= 29 && scale <= 9 { "NUMERIC" } else { "BIGNUMERIC" }
}

fn unit(part: Part) -> String {
    dates::word(part).to_ascii_uppercase()
}

fn week_from(day: u8) -> &'static str {
    match day {
        1 => "ISOWEEK",
        2 => "WEEK(TUESDAY)",
        3 => "WEEK(WEDNESDAY)",
        4 => "WEEK(THURSDAY)",
        5 => "WEEK(FRIDAY)",
        6 => "WEEK(SATURDAY)",
        _ => "WEEK(SUNDAY)",
    }
}

const PERCENTILE: Missing = Missing {
    what: "a percentile as an aggregate",
    why: "its own percentiles are window functions, or not exact",
    help: "ask for a mean instead",
};
