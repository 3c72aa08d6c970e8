//! DataFusion 55.

use super::adapted::with_backslashes;
use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::surely::{is_decimal_fraction, is_double, is_time, rounded};
use super::{Dialect, datafusion_words, dates, literal, narrow, quote};
use crate::sql::{self, AggregateFunction, Capabilities, Expr, Function, Part, Step, Type, WindowFunction};

#[derive(Debug)]
pub struct DataFusion;

/// An instant is a time with a zone in its type.
const INSTANT: &str = "Timestamp(Microsecond, Some(\"UTC\"))";

impl Dialect for DataFusion {
    fn name(&self) -> &'static str {
        "datafusion"
    }

    /// Zones are there, and AT TIME ZONE fails on local times that a clock skips or repeats.
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
            wide_sums: false,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Filter,
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::OfWindows,
            materialized: false,
            rows: Rows::Values,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: true,
            ending: None,
            capitals: Capitals::Told,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        Some(narrow::widened(&doubles::alike(query, Scales::Any)).map(&mut adapted))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        datafusion_words::RESERVED
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

    /// Digits with a point would be a double.
    fn number(&self, digits: &str) -> String {
        literal::decimal(digits, "DECIMAL")
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn date(&self, iso: &str) -> String {
        format!("DATE {}", self.text(iso))
    }

    /// A plain TIMESTAMP counts nanoseconds, and ends in 2262.
    fn timestamp(&self, iso: &str) -> String {
        format!("CAST({} AS TIMESTAMP(6))", self.text(iso))
    }

    /// TIMESTAMPTZ would forget the zone.
    fn instant_literal(&self, iso: &str) -> String {
        format!("arrow_cast({}, {})", self.text(iso), self.text(INSTANT))
    }

    fn interval(&self, step: Step) -> String {
        dates::interval(step)
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "VARCHAR",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
            Type::Decimal(None) => "DECIMAL(38, 9)",
            Type::Double => "DOUBLE",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp => "TIMESTAMP(6)",
            Type::Instant => "TIMESTAMP(6) WITH TIME ZONE",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        match to {
            Type::Instant => Spelling::pattern(format!("arrow_cast({{0}}, {})", self.text(INSTANT))),
            other => Spelling::Cast(self.type_name(other)),
        }
    }

    /// The narrowest decimal: together with another one it is that one. Members whose type
    /// nobody declared are mostly texts, and may be numbers.
    fn null(&self, ty: Type) -> String {
        match ty {
            Type::Text => "NULL".to_owned(),
            Type::Decimal(None) => "CAST(NULL AS DECIMAL(1, 0))".to_owned(),
            Type::Instant => format!("arrow_cast(NULL, {})", self.text(INSTANT)),
            other => format!("CAST(NULL AS {})", self.type_name(other)),
        }
    }

    /// Its parser takes an AND behind it for a part of the second value.
    fn same(&self, negated: bool) -> Spelling {
        let word = if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
        Spelling::pattern(format!("({{0~}} {word} {{1~}})"))
    }

    /// IS TRUE, where it is found twice, is an internal error: its type is not what was planned.
    fn is_true(&self, negated: bool) -> Spelling {
        if negated {
            Spelling::loose("NOT coalesce({0}, FALSE)", Level::Not)
        } else {
            Spelling::pattern("coalesce({0}, FALSE)")
        }
    }

    fn like(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} NOT LIKE {1~}" } else { "{0~} LIKE {1~}" }, Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, _args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            // Of a decimal it has another precision than it says, which comparisons fail on.
            Function::Round => Spelling::pattern("CAST(round({0}, {1}) AS DECIMAL(38, 9))"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine has NaN.
            Function::Sqrt => Spelling::pattern("sqrt(NULLIF(GREATEST({0:double}, -1e-300), -1e-300))"),
            Function::Ln => Spelling::pattern("ln(NULLIF(GREATEST({0:double}, 0), 0))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::loose("{0!} % NULLIF({1}, 0)", Level::Multiply),
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("btrim"),
            Function::Length => Spelling::Call("character_length"),
            Function::Substring => Spelling::Call("substr"),
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

    fn extract(&self, part: Part) -> Spelling {
        Spelling::pattern(format!("EXTRACT({} FROM {{0}})", dates::word(part)))
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        dates::shift(step, to)
    }

    /// Whole microseconds: EXTRACT would cut the fraction off.
    fn seconds(&self, _of_instants: bool) -> Spelling {
        let micros = "CAST(CAST({1} AS TIMESTAMP(6)) - CAST({0} AS TIMESTAMP(6)) AS BIGINT)";
        Spelling::loose(format!("{micros} / 1000000.0"), Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::loose("{1!:date} - {0!:date}", Level::Add)
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// Only ever of UTC: other local times are made one before.
    fn instant(&self) -> Spelling {
        Spelling::pattern(format!("arrow_cast({{0}}, {})", self.text(INSTANT)))
    }

    fn to_zone(&self, _from_local: bool) -> Spelling {
        Spelling::pattern("to_local_time({0!} AT TIME ZONE 'UTC' AT TIME ZONE {1})")
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("CAST({0} AS TIMESTAMP(6))")
    }

    /// It takes nothing but literals.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let bound = |iso: &str| format!("TIMESTAMP {}", self.text(iso));
        let (first, last) = (bound(first), bound(last));
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

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::GenericDialect {})
    }
}

/// An expression of which this database would make something else.
fn adapted(expr: Expr) -> Expr {
    match expr {
        // A backslash escapes, and cannot be told not to.
        like @ Expr::Like { .. } => with_backslashes(like),
        // Places have no sign, and a difference of them has none either.
        place @ Expr::Over { function: WindowFunction::RowNumber | WindowFunction::Rank, .. } => {
            Expr::Cast(place.boxed(), Type::Integer)
        }
        // A cast cuts digits off.
        Expr::Cast(value, Type::Integer) if is_decimal_fraction(&value) => {
            Expr::Cast(rounded(*value, 0).boxed(), Type::Integer)
        }
        Expr::Cast(value, Type::Integer) if is_double(&value) => half_to_even(*value),
        // It writes a T between day and time.
        Expr::Cast(value, Type::Text) if is_time(&value) => {
            let text = Expr::Cast(value, Type::Text);
            Expr::Call(Function::Replace, vec![text, Expr::text("T"), Expr::text(" ")])
        }
        // Unknown is as good as false where something is asked.
        Expr::Case { whens, otherwise } => {
            let whens = whens.into_iter().map(|(when, then)| (holds(when), then)).collect();
            Expr::Case { whens, otherwise }
        }
        other => other,
    }
}

fn holds(condition: Expr) -> Expr {
    match condition {
        Expr::IsTrue(inner) => holds(*inner),
        Expr::And(all) => Expr::And(all.into_iter().map(holds).collect()),
        Expr::Or(any) => Expr::Or(any.into_iter().map(holds).collect()),
        other => other,
    }
}

/// A double as an integer: its half is cut off an even one, and rounds an odd one up.
fn half_to_even(value: Expr) -> Expr {
    let rest = Expr::Call(Function::Mod, vec![value.clone(), Expr::number(2)]);
    let is_half = Expr::equal(Expr::Call(Function::Abs, vec![rest]), Expr::number("0.5"));
    let cut = Expr::Cast(value.clone().boxed(), Type::Integer);
    let other = Expr::Cast(rounded(value, 0).boxed(), Type::Integer);
    Expr::Case { whens: vec![(is_half, cut)], otherwise: Some(other.boxed()) }
}
