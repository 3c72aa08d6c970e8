//! Spark SQL from 3.4 on in its ANSI mode, and Databricks, which is the same but for [`Vendor`].
//!
//! A local time is a TIMESTAMP_NTZ. What works on instants alone would read and show them in
//! the session's time zone, so none of that is used: no number depends on it.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, adapted, dates, quote, spark_words};
use crate::sql::{self, AggregateFunction, Capabilities, Expr, Function, Literal, Part, Step, Type};

#[derive(Debug)]
pub struct Spark(pub Vendor);

/// Who runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vendor {
    /// What TIMESTAMP is, is a setting; a table is not replaced in one statement.
    Apache,
    /// TIMESTAMP is always an instant; a table is replaced in one statement.
    Databricks,
}

impl Dialect for Spark {
    fn name(&self) -> &'static str {
        match self.0 {
            Vendor::Apache => "spark",
            Vendor::Databricks => "databricks",
        }
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: true,
            reads_files: false,
            as_of_joins: false,
            percentiles: true,
            percentile_windows: false,
            bits: true,
            moments: true,
            outer_values: false,
            range_frames: true,
            wide_sums: true,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Filter,
            percentile_window: None,
            upper_functions: false,
            qualify: match self.0 {
                // QUALIFY came with 4.3.
                Vendor::Apache => Qualify::Subquery,
                Vendor::Databricks => Qualify::Any,
            },
            materialized: false,
            rows: Rows::Values,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: false,
            ending: None,
            capitals: Capitals::ToldInResults,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        let adapted = |expr| rounded(adapted::second_of_two(adapted::with_backslashes(expr), None));
        Some(doubles::alike(query, Scales::Cut).map(&mut |expr| adapted(expr)))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        spark_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(255)
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        match name.contains("${") {
            true => Err("`${` begins a variable there, which is replaced before anything is read"),
            false => Ok(quote::between('`', name)),
        }
    }

    /// A backslash escapes; `${` would begin a variable, which is replaced in texts, too.
    fn text(&self, value: &str) -> String {
        let escaped = value.replace('\\', "\\\\").replace('\'', "\\'").replace("${", "$\\{");
        format!("'{escaped}'")
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "STRING",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
            // Its own default has no decimals.
            Type::Decimal(None) => "DECIMAL(38, 9)",
            Type::Double => "DOUBLE",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp => "TIMESTAMP_NTZ",
            Type::Instant => self.instant_type(),
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    fn null(&self, ty: Type) -> String {
        // The narrowest decimal: together with another one it is that one.
        let ty = match ty {
            Type::Decimal(None) => Type::Decimal(Some((1, 0))),
            other => other,
        };
        format!("CAST(NULL AS {})", self.type_name(ty))
    }

    fn number(&self, digits: &str) -> String {
        digits.to_owned()
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn date(&self, iso: &str) -> String {
        format!("DATE {}", self.text(iso))
    }

    fn timestamp(&self, iso: &str) -> String {
        format!("TIMESTAMP_NTZ {}", self.text(iso))
    }

    /// With a zone in it, an instant under every setting.
    fn instant_literal(&self, iso: &str) -> String {
        format!("TIMESTAMP {}", self.text(iso))
    }

    fn interval(&self, step: Step) -> String {
        let (count, unit) = plain(step);
        format!("INTERVAL '{count}' {unit}")
    }

    fn same(&self, negated: bool) -> Spelling {
        Spelling::loose(
            if negated { "{0~} IS DISTINCT FROM {1~}" } else { "{0~} <=> {1~}" },
            Level::Predicate,
        )
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
    }

    /// Patterns have their backslashes doubled.
    fn like(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} NOT LIKE {1~}" } else { "{0~} LIKE {1~}" }, Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, _args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            Function::Round => Spelling::Call("round"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Of a negative number it would be NaN.
            Function::Sqrt => Spelling::pattern("sqrt(nullif(greatest({0:double}, -1e-300), -1e-300))"),
            Function::Ln => Spelling::pattern("ln(nullif(greatest({0:double}, 0D), 0D))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0}, nullif({1}, 0))"),
            Function::Greatest => Spelling::Call("greatest"),
            Function::Least => Spelling::Call("least"),
            Function::Coalesce => Spelling::Call("coalesce"),
            Function::NullIf => Spelling::Call("nullif"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::Call("substring"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("startswith"),
            Function::EndsWith => Spelling::Call("endswith"),
            Function::BitAnd => Spelling::Infix("&", Level::Concat),
            Function::Contains => Spelling::Call("contains"),
        }
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        match function {
            AggregateFunction::Count => Spelling::Call("count"),
            AggregateFunction::CountDistinct => Spelling::pattern("count(DISTINCT {0})"),
            AggregateFunction::Sum => Spelling::Call("sum"),
            AggregateFunction::Min => Spelling::Call("min"),
            AggregateFunction::Max => Spelling::Call("max"),
            AggregateFunction::Stddev => Spelling::pattern("stddev_samp({0:double})"),
            AggregateFunction::Percentile(_) => Spelling::pattern("percentile({0:double}, {1})"),
            AggregateFunction::Corr => Spelling::pattern("corr({0:double}, {1:double})"),
            AggregateFunction::Slope => Spelling::pattern("regr_slope({0:double}, {1:double})"),
            AggregateFunction::AnyTrue => Spelling::Call("bool_or"),
            AggregateFunction::BitOr => Spelling::Call("bit_or"),
        }
    }

    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::pattern("{*}")
    }

    /// `date_trunc` would give an instant, and `trunc` knows no hours.
    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        let from_midnight = |clock: &str| {
            Spelling::loose(
                format!("CAST({{0:date}} AS TIMESTAMP_NTZ) + make_dt_interval(0, {clock})"),
                Level::Add,
            )
        };
        match to {
            Part::Second => from_midnight("hour({0}), minute({0}), second({0})"),
            Part::Minute => from_midnight("hour({0}), minute({0})"),
            Part::Hour => from_midnight("hour({0})"),
            Part::Day | Part::Weekday => Spelling::pattern("{0!:date}"),
            Part::Month | Part::Quarter | Part::Year => {
                Spelling::pattern(format!("trunc({{0}}, '{}')", dates::word(to).to_ascii_uppercase()))
            }
            Part::Week => week(week_start),
        }
    }

    fn month_of(&self) -> Spelling {
        Spelling::pattern("trunc({0}, 'MONTH')")
    }

    fn extract(&self, part: Part) -> Spelling {
        Spelling::pattern(match part {
            // With its fraction otherwise.
            Part::Second => "second({0})".to_owned(),
            // Monday is 0 there.
            Part::Weekday => return Spelling::loose("weekday({0}) + 1", Level::Add),
            other => format!("EXTRACT({} FROM {{0}})", dates::word(other).to_ascii_uppercase()),
        })
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let (count, unit) = plain(step);
        match (to, unit) {
            (Type::Date, "DAY") => Spelling::pattern(format!("date_add({{0:date}}, {count})")),
            (Type::Date, "MONTH") => Spelling::pattern(format!("add_months({{0:date}}, {count})")),
            (Type::Date, "YEAR") => Spelling::pattern(format!("add_months({{0:date}}, {})", count * 12)),
            // An interval of a day and more moves an instant by days of the session's calendar.
            (Type::Instant, "SECOND" | "MINUTE" | "HOUR" | "DAY") => Spelling::pattern(format!(
                "timestamp_micros(unix_micros({{0}}) + {})",
                i128::from(count) * micros(unit)
            )),
            _ => {
                let sign = if count < 0 { '-' } else { '+' };
                let count = i128::from(count).abs();
                Spelling::loose(format!("{{0!}} {sign} INTERVAL '{count}' {unit}"), Level::Add)
            }
        }
    }

    /// `timestampdiff` of instants would count by the session's clock, and `unix_micros` is of
    /// instants alone.
    fn seconds(&self, of_instants: bool) -> Spelling {
        let text = match of_instants {
            true => "(unix_micros({1}) - unix_micros({0})) / 1000000D",
            // Either may be a day.
            false => {
                "timestampdiff(MICROSECOND, CAST({0} AS TIMESTAMP_NTZ), CAST({1} AS TIMESTAMP_NTZ)) / 1000000D"
            }
        };
        Spelling::loose(text, Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("datediff({1:date}, {0:date})")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// Of a time in UTC alone: others are moved there first.
    fn instant(&self) -> Spelling {
        Spelling::pattern(format!("CAST(CAST({{0}} AS STRING) || 'Z' AS {})", self.instant_type()))
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        Spelling::pattern(match from_local {
            true => "convert_timezone({2}, {1}, {0})".to_owned(),
            false => format!("convert_timezone('UTC', {{1}}, {UTC_OF})"),
        })
    }

    fn utc_of(&self) -> Spelling {
        Spelling::loose(UTC_OF, Level::Add)
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let bound = |iso| if ty == Type::Date { self.date(iso) } else { self.timestamp(iso) };
        let steps = format!("sequence({}, {}, {})", bound(first), bound(last), self.interval(step));
        vec!["SELECT".to_owned(), format!("  explode({steps}) AS {column}")]
    }

    fn parameter(&self, name: &str, _place: usize) -> String {
        format!(":{name}")
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        Ok(match (kind, self.0) {
            (Stored::View, _) => format!("CREATE OR REPLACE VIEW {name} AS\n{query};\n"),
            (Stored::Table, Vendor::Databricks) => format!("CREATE OR REPLACE TABLE {name} AS\n{query};\n"),
            (Stored::Table, Vendor::Apache) => {
                format!("DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} AS\n{query};\n")
            }
        })
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::DatabricksDialect {})
    }
}

impl Spark {
    /// A moment everywhere, shown in the session's zone.
    fn instant_type(&self) -> &'static str {
        match self.0 {
            Vendor::Apache => "TIMESTAMP_LTZ",
            Vendor::Databricks => "TIMESTAMP",
        }
    }
}

/// A cast to an integer cuts decimals off, and one to a decimal rounds.
fn rounded(expr: Expr) -> Expr {
    match expr {
        Expr::Cast(value, Type::Integer) if !is_whole(&value) => {
            Expr::Cast(Expr::Cast(value, Type::Decimal(Some((38, 0)))).boxed(), Type::Integer)
        }
        other => other,
    }
}

/// What lowering casts is a number of rows or a sum of such.
fn is_whole(value: &Expr) -> bool {
    match value {
        Expr::Aggregate(_) | Expr::Over { .. } | Expr::Call(Function::Round, _) => true,
        Expr::Literal(Literal::Number(digits)) => !digits.contains('.'),
        Expr::Literal(literal) => matches!(literal, Literal::Null(_)),
        _ => false,
    }
}

/// A cast would give the local time of the session's zone.
const UTC_OF: &str =
    "TIMESTAMP_NTZ '1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, unix_micros({0}) * 0.000001)";

/// Without units that intervals have not.
fn plain(step: Step) -> (i64, &'static str) {
    match step.unit {
        Part::Second => (step.count, "SECOND"),
        Part::Minute => (step.count, "MINUTE"),
        Part::Hour => (step.count, "HOUR"),
        Part::Day | Part::Weekday => (step.count, "DAY"),
        Part::Week => (step.count.saturating_mul(7), "DAY"),
        Part::Month => (step.count, "MONTH"),
        Part::Quarter => (step.count.saturating_mul(3), "MONTH"),
        Part::Year => (step.count, "YEAR"),
    }
}

fn micros(unit: &str) -> i128 {
    let seconds = match unit {
        "DAY" => 86_400,
        "HOUR" => 3600,
        "MINUTE" => 60,
        _ => 1,
    };
    seconds * 1_000_000
}

/// Weeks of `trunc` start on Monday; for others the days are shifted there and back.
fn week(start: u8) -> Spelling {
    match i16::from(start) - 1 {
        0 => Spelling::pattern("trunc({0}, 'WEEK')"),
        late => Spelling::pattern(format!("date_add(trunc(date_add({{0:date}}, -{late}), 'WEEK'), {late})")),
    }
}
