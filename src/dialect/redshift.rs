//! Amazon Redshift.
//!
//! Every function here is of its documentation ("SQL functions reference"), and runs on the nodes that hold the
//! data: `tests/documented.rs` has the list of those that may be written.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, adapted, dates, functions, quote, redshift_words, truths};
use crate::sql::{self, AggregateFunction, Capabilities, Function, Part, Step, Type};

#[derive(Debug)]
pub struct Redshift;

const MOMENT: Missing = Missing {
    what: "a correlation or slope as an aggregate",
    why: "it has none",
    help: "compute it from sums of products",
};

impl Dialect for Redshift {
    fn name(&self) -> &'static str {
        "redshift"
    }

    /// Of several percentiles in one SELECT each must be of the same value. What a local time is
    /// that comes twice, or never, the documentation leaves open.
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: false,
            reads_files: false,
            as_of_joins: false,
            percentiles: false,
            percentile_windows: false,
            bits: true,
            moments: false,
            outer_values: false,
            range_frames: false,
            wide_sums: true,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Case(None),
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::Any,
            materialized: false,
            rows: Rows::Selects,
            nulls: NullOrder::Words,
            typed_texts: Some(("VARCHAR", 256)),
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: false,
            ending: None,
            capitals: Capitals::Lost,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        let query = doubles::alike(query, Scales::CutInSums);
        let mut adapted = query.map(&mut |expr| truths::in_words(adapted::with_backslashes(expr)));
        adapted.each_select(&mut adapted::joined_on_equalities);
        Some(adapted)
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        redshift_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(127)
    }

    /// Capitals are made small ones, in quotes as well.
    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        match name.chars().any(char::is_control) {
            true => Err("names are made of printable characters"),
            false => Ok(quote::between('"', name)),
        }
    }

    /// What a backslash means in quotes is documented nowhere.
    fn text(&self, value: &str) -> String {
        if !value.contains('\\') {
            return quote::single(value);
        }
        let mut pieces = Vec::new();
        for (place, piece) in value.split('\\').enumerate() {
            pieces.extend((place > 0).then(|| "chr(92)".to_owned()));
            pieces.extend((!piece.is_empty()).then(|| quote::single(piece)));
        }
        if pieces.len() == 1 { pieces.remove(0) } else { format!("({})", pieces.join(" || ")) }
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
        let utc = iso.strip_suffix('Z').map(|local| format!("{local}+00"));
        format!("CAST({} AS TIMESTAMPTZ)", self.text(utc.as_deref().unwrap_or(iso)))
    }

    fn interval(&self, step: Step) -> String {
        dates::interval(step)
    }

    /// Without a size a text has 256 bytes, and a decimal no places.
    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "VARCHAR(65535)",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("NUMERIC({digits}, {scale})"),
            Type::Decimal(None) => "NUMERIC(38, 9)",
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

    /// Without a type it has none that a query around it could compare. A short text together with
    /// another one is that one; so is the narrowest decimal.
    fn null(&self, ty: Type) -> String {
        match ty {
            Type::Text => "CAST(NULL AS VARCHAR)".to_owned(),
            Type::Decimal(None) => "CAST(NULL AS NUMERIC(1, 0))".to_owned(),
            other => format!("CAST(NULL AS {})", self.type_name(other)),
        }
    }

    fn same(&self, negated: bool) -> Spelling {
        let same = "COALESCE({0~} = {1~}, {0~} IS NULL AND {1~} IS NULL)";
        match negated {
            false => Spelling::pattern(same),
            true => Spelling::loose(format!("NOT {same}"), Level::Not),
        }
    }

    /// IS TRUE stands in WHERE alone.
    fn is_true(&self, negated: bool) -> Spelling {
        match negated {
            false => Spelling::pattern("COALESCE({0}, FALSE)"),
            true => Spelling::loose("NOT COALESCE({0}, FALSE)", Level::Not),
        }
    }

    /// A backslash escapes.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT LIKE" } else { "LIKE" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, _args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            Function::Round => Spelling::pattern("round({0:decimal}, {1:integer})"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("sqrt(CASE WHEN {0~} >= 0 THEN {0:double} END)"),
            Function::Ln => Spelling::pattern("ln(CASE WHEN {0~} > 0 THEN {0:double} END)"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0:decimal}, NULLIF({1:decimal}, 0))"),
            // NULL counts for nothing in these.
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
            Function::StartsWith => Spelling::loose("strpos({0}, {1}) = 1", Level::Predicate),
            Function::EndsWith => Spelling::loose("strpos(reverse({0}), reverse({1})) = 1", Level::Predicate),
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
            AggregateFunction::Corr | AggregateFunction::Slope => Spelling::Missing(&MOMENT),
            AggregateFunction::AnyTrue => Spelling::Call("bool_or"),
            AggregateFunction::BitOr => Spelling::Call("bit_or"),
        }
    }

    fn tuple(&self, values: usize) -> Spelling {
        functions::told_apart(values, "VARCHAR(65535)")
    }

    /// Weeks start on Monday: for others the days are shifted there and back.
    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        match (to, week_start) {
            (Part::Week, 2..) => {
                let late = week_start - 1;
                Spelling::pattern(format!(
                    "CAST(dateadd(day, {late}, date_trunc('week', dateadd(day, -{late}, {{0}}))) AS DATE)"
                ))
            }
            _ => dates::truncate(to, 1),
        }
    }

    fn month_of(&self) -> Spelling {
        dates::truncate(Part::Month, 1)
    }

    fn extract(&self, part: Part) -> Spelling {
        match part {
            // From Sunday, which is 0.
            Part::Weekday => Spelling::loose("mod(EXTRACT(dow FROM {0}) + 6, 7) + 1", Level::Add),
            Part::Second => Spelling::pattern("CAST(floor(EXTRACT(second FROM {0})) AS INTEGER)"),
            other => Spelling::pattern(format!("EXTRACT({} FROM {{0}})", dates::word(other))),
        }
    }

    /// What is moved becomes a time without zone.
    fn shift(&self, step: Step, to: Type) -> Spelling {
        let moved = |value: &str| format!("dateadd({}, {}, {value})", dates::word(step.unit), step.count);
        match to {
            Type::Date => Spelling::pattern(format!("CAST({} AS DATE)", moved("{0}"))),
            Type::Instant => {
                let local = moved("{0!} AT TIME ZONE 'UTC'");
                Spelling::loose(format!("{local} AT TIME ZONE 'UTC'"), Level::Zone)
            }
            _ => Spelling::pattern(moved("{0}")),
        }
    }

    fn seconds(&self, of_instants: bool) -> Spelling {
        let (start, end) = match of_instants {
            true => ("{0!} AT TIME ZONE 'UTC'", "{1!} AT TIME ZONE 'UTC'"),
            false => ("{0}", "{1}"),
        };
        Spelling::loose(
            format!("CAST(datediff(microsecond, {start}, {end}) AS DOUBLE PRECISION) / 1000000"),
            Level::Multiply,
        )
    }

    /// It counts the midnights between.
    fn days_between(&self) -> Spelling {
        Spelling::pattern("datediff(day, {0}, {1})")
    }

    /// An abbreviation wins over a zone, and these never have summer time.
    fn zone<'n>(&self, name: &'n str) -> &'n str {
        dates::no_abbreviation(name)
    }

    fn instant(&self) -> Spelling {
        dates::instant()
    }

    fn to_zone(&self, from_local: bool) -> Spelling {
        if from_local { Spelling::pattern("convert_timezone({2}, {1}, {0})") } else { dates::to_zone(false) }
    }

    fn utc_of(&self) -> Spelling {
        Spelling::loose("{0!} AT TIME ZONE 'UTC'", Level::Zone)
    }

    /// Digits of the steps' numbers, each as rows of their own: `generate_series` does not run where data is.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let steps = dates::steps(first, last, step).unwrap_or(0);
        let mut places = vec![1_i64];
        while places.iter().map(|place| place * 9).sum::<i64>() < steps {
            places.push(10_i64.pow(places.len() as u32));
        }
        let number: Vec<String> = (0..places.len()).map(|n| format!("d{n}.n")).collect();
        let number = number.join(" + ");
        let digits = |(n, place): (usize, &i64)| {
            // Of one place there are no more than are needed.
            let last = if places.len() == 1 { steps } else { 9 };
            let rows: Vec<String> = (0..=last).map(|digit| format!("SELECT {}", digit * place)).collect();
            let word = if n == 0 { "FROM" } else { "CROSS JOIN" };
            format!("{word} ({}) AS d{n}", rows.join(" UNION ALL ").replacen("SELECT 0", "SELECT 0 AS n", 1))
        };
        let unit = dates::word(step.unit);
        let count = match step.count {
            1 => number.clone(),
            count if places.len() == 1 => format!("{count} * {number}"),
            count => format!("{count} * ({number})"),
        };
        let start = match ty {
            // A day that is moved becomes its midnight.
            Type::Date => format!("CAST(dateadd({unit}, {count}, {}) AS DATE)", self.date(first)),
            _ => format!("dateadd({unit}, {count}, {})", self.timestamp(first)),
        };
        let mut lines = vec!["SELECT".to_owned(), format!("  {start} AS {column}")];
        lines.extend(places.iter().enumerate().map(digits));
        lines.extend((places.len() > 1).then(|| format!("WHERE {number} <= {steps}")));
        lines
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
        Box::new(sqlparser::dialect::RedshiftSqlDialect {})
    }
}
