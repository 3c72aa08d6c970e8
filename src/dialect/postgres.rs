//! PostgreSQL 15.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, dates, postgres_words, quote};
use crate::sql::{self, AggregateFunction, Capabilities, Function, Part, Step, Type};

#[derive(Debug)]
pub struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
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
            outer_values: true,
            range_frames: true,
            wide_sums: true,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Filter,
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::Subquery,
            materialized: true,
            rows: Rows::Values,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: false,
            ending: None,
            capitals: Capitals::Told,
        }
    }

    fn adapt(&self, _query: &sql::Query) -> Option<sql::Query> {
        None
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        postgres_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(63)
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        Ok(quote::between('"', name))
    }

    /// What a backslash means in a plain literal is a setting; in `E'…'` it is fixed.
    fn text(&self, value: &str) -> String {
        let quoted = quote::single(value);
        if value.contains('\\') { format!("E{}", quoted.replace('\\', "\\\\")) } else { quoted }
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "TEXT",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("NUMERIC({digits}, {scale})"),
            Type::Decimal(None) => "NUMERIC",
            Type::Double => "DOUBLE PRECISION",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp => "TIMESTAMP",
            Type::Instant => "TIMESTAMPTZ",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    /// Without a type it takes that of what stands above it in a union, and is a text
    /// alone: members whose type nobody declared are mostly texts, and may be numbers.
    fn null(&self, ty: Type) -> String {
        match ty {
            Type::Text => "NULL".to_owned(),
            other => format!("CAST(NULL AS {})", self.type_name(other)),
        }
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
        format!("TIMESTAMP {}", self.text(iso))
    }

    fn instant_literal(&self, iso: &str) -> String {
        format!("TIMESTAMPTZ {}", self.text(iso))
    }

    fn interval(&self, step: Step) -> String {
        dates::interval(step)
    }

    fn same(&self, negated: bool) -> Spelling {
        let word = if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    /// A backslash would escape.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT LIKE" } else { "LIKE" };
        Spelling::loose(format!("{{0~}} {word} {{1~}} ESCAPE ''"), Level::Predicate)
    }

    fn function(&self, function: Function, _args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            // Of a double it takes no number of decimals, and rounds halves to even.
            Function::Round => Spelling::pattern("round({0:decimal}, {1:integer})"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("sqrt(NULLIF(GREATEST({0:double}, -1e-300), -1e-300))"),
            Function::Ln => Spelling::pattern("ln(NULLIF(GREATEST({0:double}, 0), 0))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0:decimal}, NULLIF({1:decimal}, 0))"),
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::pattern("substring({0}, {1:integer}, {2:integer})"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("starts_with"),
            Function::EndsWith => Spelling::pattern("starts_with(reverse({0}), reverse({1}))"),
            Function::BitAnd => Spelling::Infix("&", Level::Concat),
            Function::Contains => Spelling::loose("strpos({0}, {1}) > 0", Level::Predicate),
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
            AggregateFunction::AnyTrue => Spelling::Call("bool_or"),
            AggregateFunction::BitOr => Spelling::Call("bit_or"),
        }
    }

    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::pattern("({*})")
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        dates::truncate(to, week_start)
    }

    fn month_of(&self) -> Spelling {
        dates::truncate(Part::Month, 1)
    }

    /// EXTRACT gives a numeric; seconds come with their fraction.
    fn extract(&self, part: Part) -> Spelling {
        Spelling::pattern(match part {
            Part::Second => "CAST(floor(EXTRACT(second FROM {0})) AS INTEGER)".to_owned(),
            other => format!("CAST(EXTRACT({} FROM {{0}}) AS INTEGER)", dates::word(other)),
        })
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        dates::shift(step, to)
    }

    /// Each end apart: two dates would subtract to an integer.
    fn seconds(&self, _of_instants: bool) -> Spelling {
        Spelling::pattern("CAST(EXTRACT(epoch FROM {1}) - EXTRACT(epoch FROM {0}) AS DOUBLE PRECISION)")
    }

    fn days_between(&self) -> Spelling {
        Spelling::loose("{1!:date} - {0!:date}", Level::Add)
    }

    /// An abbreviation wins over a zone, and these never have summer time.
    fn zone<'n>(&self, name: &'n str) -> &'n str {
        dates::no_abbreviation(name)
    }

    fn instant(&self) -> Spelling {
        dates::instant()
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        dates::to_zone(from_local)
    }

    fn utc_of(&self) -> Spelling {
        Spelling::loose("{0!} AT TIME ZONE 'UTC'", Level::Zone)
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let (first, last) = (self.timestamp(first), self.timestamp(last));
        dates::series(&format!("generate_series({first}, {last}, {})", self.interval(step)), column, ty)
    }

    fn parameter(&self, _name: &str, place: usize) -> String {
        format!("${place}")
    }

    /// A view is replaced only by one of the same columns, so the old one goes first.
    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        let kind = match kind {
            Stored::View => "VIEW",
            Stored::Table => "TABLE",
        };
        Ok(format!("BEGIN;\nDROP {kind} IF EXISTS {name};\nCREATE {kind} {name} AS\n{query};\nCOMMIT;\n"))
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::PostgreSqlDialect {})
    }
}
