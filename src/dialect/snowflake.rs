//! Snowflake.
//!
//! Every function here is of its SQL reference (docs.snowflake.com, "SQL function reference"), and
//! `tests/documented.rs` has the list of those that may be written.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, dates, functions, quote, snowflake_words};
use crate::sql::{self, AggregateFunction, Capabilities, Function, Part, Step, Type};

#[derive(Debug)]
pub struct Snowflake;

impl Dialect for Snowflake {
    fn name(&self) -> &'static str {
        "snowflake"
    }

    /// What a local time is that comes twice, or never, its reference leaves open.
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: false,
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
            conditions: Conditions::Case(Some("count_if")),
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::Any,
            materialized: false,
            rows: Rows::Selects,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: false,
            ending: None,
            capitals: Capitals::Unquoted,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        Some(doubles::alike(query, Scales::Cut))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        snowflake_words::RESERVED
    }

    /// In characters, of which none is less than a byte.
    fn longest_name(&self) -> Option<usize> {
        Some(255)
    }

    /// Without quotes a name is the one in capitals, which is how tables are mostly made: a word that
    /// has quotes only since it is reserved is that one, too.
    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        let is_reserved = self.reserved_words().binary_search(&name).is_ok();
        Ok(if is_reserved { quote::between('"', &name.to_uppercase()) } else { quote::between('"', name) })
    }

    /// A backslash escapes.
    fn text(&self, value: &str) -> String {
        quote::single(&value.replace('\\', "\\\\"))
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

    /// What TIMESTAMP means is a setting.
    fn timestamp(&self, iso: &str) -> String {
        format!("{}::TIMESTAMP_NTZ", self.text(iso))
    }

    fn instant_literal(&self, iso: &str) -> String {
        let utc = iso.strip_suffix('Z').map(|local| format!("{local} +00:00"));
        format!("{}::TIMESTAMP_TZ", self.text(utc.as_deref().unwrap_or(iso)))
    }

    fn interval(&self, step: Step) -> String {
        dates::interval(step)
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "VARCHAR",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("NUMBER({digits}, {scale})"),
            // Its own default keeps no decimals at all.
            Type::Decimal(None) => "NUMBER(38, 9)",
            Type::Double => "DOUBLE",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp => "TIMESTAMP_NTZ",
            Type::Instant => "TIMESTAMP_TZ",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    /// Without a type it takes that of what it meets: members whose type nobody declared are
    /// mostly texts, and may be numbers. The narrowest decimal together with another one is that one.
    fn null(&self, ty: Type) -> String {
        match ty {
            Type::Text => "NULL".to_owned(),
            Type::Decimal(None) => "CAST(NULL AS NUMBER(1, 0))".to_owned(),
            other => format!("CAST(NULL AS {})", self.type_name(other)),
        }
    }

    fn same(&self, negated: bool) -> Spelling {
        let word = if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    /// There is no IS TRUE.
    fn is_true(&self, negated: bool) -> Spelling {
        match negated {
            false => Spelling::pattern("COALESCE({0}, FALSE)"),
            true => Spelling::loose("NOT COALESCE({0}, FALSE)", Level::Not),
        }
    }

    /// Nothing escapes unless ESCAPE says so.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT LIKE" } else { "LIKE" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            Function::Round => Spelling::Call("round"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("sqrt(CASE WHEN {0~} >= 0 THEN {0:double} END)"),
            Function::Ln => Spelling::pattern("ln(CASE WHEN {0~} > 0 THEN {0:double} END)"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0}, NULLIF({1}, 0))"),
            // The functions of the shorter names give NULL where one value is.
            Function::Greatest if args > 1 => Spelling::Call("GREATEST_IGNORE_NULLS"),
            Function::Least if args > 1 => Spelling::Call("LEAST_IGNORE_NULLS"),
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::Call("substr"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("startswith"),
            Function::EndsWith => Spelling::Call("endswith"),
            Function::BitAnd => Spelling::Call("bitand"),
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
            AggregateFunction::Percentile(_) => {
                Spelling::pattern("percentile_cont({1}) WITHIN GROUP (ORDER BY {0:double})")
            }
            AggregateFunction::Corr => Spelling::pattern("corr({0:double}, {1:double})"),
            AggregateFunction::Slope => Spelling::pattern("regr_slope({0:double}, {1:double})"),
            AggregateFunction::AnyTrue => Spelling::Call("boolor_agg"),
            AggregateFunction::BitOr => Spelling::Call("bitor_agg"),
        }
    }

    fn tuple(&self, values: usize) -> Spelling {
        functions::told_apart(values, "VARCHAR")
    }

    /// When a week starts is a setting for DATE_TRUNC, and none for the days of ISO weeks.
    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        match to {
            Part::Week => Spelling::pattern(match week_start {
                1 => "dateadd('day', 1 - dayofweekiso({0}), {0:date})".to_owned(),
                start => format!("dateadd('day', -mod(dayofweekiso({{0}}) + {}, 7), {{0:date}})", 7 - start),
            }),
            // What is cut of a day is one.
            Part::Month | Part::Quarter | Part::Year => {
                Spelling::pattern(format!("date_trunc('{}', {{0:date}})", dates::word(to)))
            }
            other => dates::truncate(other, week_start),
        }
    }

    fn month_of(&self) -> Spelling {
        self.truncate(Part::Month, 1)
    }

    fn extract(&self, part: Part) -> Spelling {
        match part {
            Part::Weekday => Spelling::Call("dayofweekiso"),
            Part::Week => Spelling::Call("weekiso"),
            other => Spelling::pattern(format!("EXTRACT({} FROM {{0}})", dates::word(other))),
        }
    }

    /// A day that is moved by days, weeks, months … is one.
    fn shift(&self, step: Step, to: Type) -> Spelling {
        let value = if to == Type::Date { "{0:date}" } else { "{0}" };
        let moved = format!("dateadd('{}', {}, {value})", dates::word(step.unit), step.count);
        match (to, step.unit) {
            (Type::Date, Part::Second | Part::Minute | Part::Hour) => {
                Spelling::pattern(format!("CAST({moved} AS DATE)"))
            }
            _ => Spelling::pattern(moved),
        }
    }

    fn seconds(&self, _of_instants: bool) -> Spelling {
        let between = "CAST(datediff('microsecond', {0}, {1}) AS DOUBLE) / 1000000";
        Spelling::loose(between, Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("datediff('day', {0:date}, {1:date})")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// Of UTC's time, since the changes of other zones are written out. A cast would take it for
    /// the time of the session's zone.
    fn instant(&self) -> Spelling {
        let since = self.timestamp("1970-01-01 00:00:00");
        let then = self.instant_literal("1970-01-01 00:00:00Z");
        Spelling::pattern(format!("dateadd('microsecond', datediff('microsecond', {since}, {{0}}), {then})"))
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        Spelling::pattern(match from_local {
            true => "convert_timezone({2}, {1}, {0})",
            false => "CAST(convert_timezone({1}, {0}) AS TIMESTAMP_NTZ)",
        })
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("CAST(convert_timezone('UTC', {0}) AS TIMESTAMP_NTZ)")
    }

    /// Rows are generated by number, which is known: the bounds are.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let start = match ty {
            Type::Date => self.date(first),
            _ => self.timestamp(first),
        };
        let rows = dates::steps(first, last, step).map_or(1, |steps| steps + 1);
        let number = "row_number() OVER (ORDER BY NULL) - 1";
        let number = if step.count == 1 { number.to_owned() } else { format!("{} * ({number})", step.count) };
        vec![
            "SELECT".to_owned(),
            format!("  dateadd('{}', {number}, {start}) AS {column}", dates::word(step.unit)),
            format!("FROM TABLE(generator(ROWCOUNT => {rows}))"),
        ]
    }

    fn parameter(&self, _name: &str, _place: usize) -> String {
        "?".to_owned()
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
        Box::new(sqlparser::dialect::SnowflakeDialect {})
    }
}
