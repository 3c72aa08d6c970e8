//! DuckDB 1.5.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, dates, duckdb_words, quote};
use crate::sql::{self, AggregateFunction, Capabilities, Function, Part, Step, Type};

#[derive(Debug)]
pub struct DuckDb;

impl Dialect for DuckDb {
    fn name(&self) -> &'static str {
        "duckdb"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: true,
            reads_files: true,
            as_of_joins: true,
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
            qualify: Qualify::Any,
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
            capitals: Capitals::ToldInResults,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        Some(doubles::alike(query, Scales::Cut))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        duckdb_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        None
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        Ok(quote::between('"', name))
    }

    /// A backslash is a character like any other.
    fn text(&self, value: &str) -> String {
        quote::single(value)
    }

    fn type_name(&self, ty: Type) -> String {
        type_name(ty)
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    /// The narrowest decimal: together with another one it is that one.
    fn null(&self, ty: Type) -> String {
        let ty = match ty {
            Type::Decimal(None) => Type::Decimal(Some((1, 0))),
            other => other,
        };
        format!("CAST(NULL AS {})", type_name(ty))
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

    fn like(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} NOT LIKE {1~}" } else { "{0~} LIKE {1~}" }, Level::Predicate)
    }

    fn function(&self, function: Function, _args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            Function::Round => Spelling::Call("round"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("sqrt(NULLIF(GREATEST({0:double}, -1e-300), -1e-300))"),
            Function::Ln => Spelling::pattern("ln(NULLIF(GREATEST({0:double}, 0), 0))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0}, NULLIF({1}, 0))"),
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::Call("substring"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("starts_with"),
            Function::EndsWith => Spelling::Call("ends_with"),
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
            // On a decimal it would keep the column's scale.
            AggregateFunction::Percentile(_) => Spelling::pattern("quantile_cont({0:double}, {1})"),
            AggregateFunction::Corr =>
            // NaN where one does not vary.
            {
                Spelling::pattern("nullif(corr({0:double}, {1:double}), CAST('NaN' AS DOUBLE))")
            }
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

    /// A third of the time of `date_trunc`.
    fn month_of(&self) -> Spelling {
        Spelling::loose("{0!:date} - CAST(day({0}) - 1 AS INTEGER)", Level::Add)
    }

    fn extract(&self, part: Part) -> Spelling {
        Spelling::pattern(format!("EXTRACT({} FROM {{0}})", dates::word(part)))
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        dates::shift(step, to)
    }

    fn seconds(&self, _of_instants: bool) -> Spelling {
        // Whole microseconds: a difference of seconds in doubles loses digits.
        Spelling::loose("CAST(epoch_us({1}) - epoch_us({0}) AS DOUBLE) / 1000000", Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::loose("{1!:date} - {0!:date}", Level::Add)
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    fn instant(&self) -> Spelling {
        dates::instant()
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        dates::to_zone(from_local)
    }

    /// A tenth of the time of AT TIME ZONE; infinity would become NULL.
    fn utc_of(&self) -> Spelling {
        Spelling::pattern("make_timestamp(epoch_us({0}))")
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let (first, last) = (self.timestamp(first), self.timestamp(last));
        dates::series(&format!("generate_series({first}, {last}, {})", self.interval(step)), column, ty)
    }

    fn parameter(&self, name: &str, _place: usize) -> String {
        format!("${name}")
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        let kind = match kind {
            Stored::View => "VIEW",
            Stored::Table => "TABLE",
        };
        Ok(format!("CREATE OR REPLACE {kind} {name} AS\n{query};\n"))
    }

    fn file(&self, path: &str, types: &[(String, Type)]) -> Option<String> {
        Some(read_file(path, types))
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::DuckDbDialect {})
    }
}

/// A relation of a file's rows, by the name's ending; what no ending tells is read as CSV.
/// `types` are those of declared columns, which a CSV file does not say itself.
pub fn read_file(path: &str, types: &[(String, Type)]) -> String {
    let lower = path.to_ascii_lowercase();
    let bare = [".gz", ".zst"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let file = quote::single(path);
    match bare.rsplit('.').next() {
        Some("parquet") => format!("read_parquet({file})"),
        Some("json" | "jsonl" | "ndjson") => format!("read_json_auto({file})"),
        _ if types.is_empty() => format!("read_csv({file})"),
        _ => {
            let entry = |(name, ty): &(String, Type)| {
                format!("{}: {}", quote::single(name), quote::single(&type_name(*ty)))
            };
            let types: Vec<_> = types.iter().map(entry).collect();
            format!("read_csv({file}, types = {{{}}})", types.join(", "))
        }
    }
}

fn type_name(ty: Type) -> String {
    match ty {
        Type::Text => "VARCHAR",
        Type::Integer => "BIGINT",
        Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
        // Its own default keeps three decimals and drops the rest silently.
        Type::Decimal(None) => "DECIMAL(38, 9)",
        Type::Double => "DOUBLE",
        Type::Boolean => "BOOLEAN",
        Type::Date => "DATE",
        Type::Timestamp => "TIMESTAMP",
        Type::Instant => "TIMESTAMPTZ",
    }
    .to_owned()
}
