//! SQLite 3.39 and later, with its mathematical functions.
//!
//! It has no days, times and truths: they are ISO texts (`2026-01-31`, `2026-01-31 08:00:00`,
//! an instant's in UTC) and 1 and 0. Its decimals are doubles.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::functions::{Level, Missing, Spelling};
use super::lite;
use super::{Dialect, adapted, quote, sqlite_words};
use crate::sql::{self, AggregateFunction, Capabilities, Expr, Function, Literal, Part, Step, Type};

#[derive(Debug)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: false,
            zones_of_local_times: false,
            reads_files: false,
            as_of_joins: false,
            percentiles: false,
            percentile_windows: false,
            bits: false,
            moments: false,
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
            rows: Rows::NumberedColumns,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: true,
            always: "TRUE",
            never: "FALSE",
            double_digits: true,
            ending: None,
            capitals: Capitals::ToldInResults,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        let as_said =
            |expr| whole(lite::truth_as_text(lite::rounded_to_hundreds(adapted::flat_extremes(expr))));
        Some(query.map(&mut |expr| as_said(expr)))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        sqlite_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        None
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        if matches!(name.to_ascii_lowercase().as_str(), "true" | "false") {
            return Err("a column of that name is a truth, whatever the quotes");
        }
        Ok(quote::between('"', name))
    }

    /// A backslash is a character like any other.
    fn text(&self, value: &str) -> String {
        quote::single(value)
    }

    /// Longer integers would be doubles, too.
    fn number(&self, digits: &str) -> String {
        digits.to_owned()
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn date(&self, iso: &str) -> String {
        self.text(iso)
    }

    fn timestamp(&self, iso: &str) -> String {
        self.text(iso)
    }

    fn instant_literal(&self, iso: &str) -> String {
        self.text(&lite::in_utc(iso))
    }

    /// Only shifts need one, and they have modifiers.
    fn interval(&self, step: Step) -> String {
        self.text(&modifier(step))
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text | Type::Date | Type::Timestamp | Type::Instant => "TEXT",
            Type::Integer | Type::Boolean => "INTEGER",
            Type::Decimal(_) | Type::Double => "REAL",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        match to {
            Type::Text => Spelling::Cast("TEXT".to_owned()),
            Type::Integer => Spelling::Cast("INTEGER".to_owned()),
            Type::Decimal(Some((_, scale))) => Spelling::pattern(format!("round({{0}}, {scale})")),
            Type::Decimal(None) | Type::Double => Spelling::Cast("REAL".to_owned()),
            Type::Boolean => Spelling::loose("{0~} <> 0", Level::Predicate),
            Type::Date => Spelling::pattern("substr({0}, 1, 10)"),
            // A day has ten characters, and becomes its midnight.
            Type::Timestamp | Type::Instant => Spelling::loose(
                "substr({0}, 1, 10) || coalesce(nullif(substr({0}, 11), ''), ' 00:00:00')",
                Level::Concat,
            ),
        }
    }

    fn null(&self, _ty: Type) -> String {
        "NULL".to_owned()
    }

    fn same(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT {1~}" } else { "{0~} IS {1~}" }, Level::Predicate)
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
    }

    /// LIKE does not tell capitals apart; GLOB does, and has other wild characters.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT GLOB" } else { "GLOB" };
        let literal = "replace(replace(replace({1}, '[', '[[]'), '*', '[*]'), '?', '[?]')";
        let pattern = format!("replace(replace({literal}, '%', '*'), '_', '?')");
        Spelling::loose(format!("{{0~}} {word} {pattern}"), Level::Predicate)
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
            // Of what has no root and no logarithm they are NULL.
            Function::Sqrt => Spelling::Call("sqrt"),
            Function::Ln => Spelling::Call("ln"),
            Function::Exp => Spelling::Call("exp"),
            Function::Power => Spelling::Call("pow"),
            // Of integers or not, and NULL by 0.
            Function::Mod => Spelling::Call("mod"),
            Function::Greatest => lite::extreme("max", args),
            Function::Least => lite::extreme("min", args),
            Function::Coalesce if args < 2 => Spelling::pattern("{0}"),
            Function::Coalesce => Spelling::Call("coalesce"),
            Function::NullIf => Spelling::Call("nullif"),
            // Of ASCII's letters.
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::Call("substr"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::loose("substr({0}, 1, length({1})) = {1~}", Level::Predicate),
            Function::EndsWith => {
                Spelling::loose("substr({0}, length({0}) - length({1}) + 1) = {1~}", Level::Predicate)
            }
            Function::BitAnd => Spelling::Infix("&", Level::Concat),
            Function::Contains => Spelling::loose("instr({0}, {1}) > 0", Level::Predicate),
        }
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        match function {
            AggregateFunction::Count => Spelling::Call("count"),
            AggregateFunction::CountDistinct => Spelling::pattern("count(DISTINCT {0})"),
            AggregateFunction::Sum => Spelling::Call("sum"),
            AggregateFunction::Min => Spelling::Call("min"),
            AggregateFunction::Max | AggregateFunction::AnyTrue => Spelling::Call("max"),
            AggregateFunction::Percentile(_) => Spelling::Missing(&lite::PERCENTILE),
            AggregateFunction::Stddev | AggregateFunction::Corr | AggregateFunction::Slope => {
                Spelling::Missing(&lite::MOMENT)
            }
            AggregateFunction::BitOr => Spelling::Missing(&lite::BITS),
        }
    }

    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::pattern("json_array({*})")
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        match to {
            Part::Second => Spelling::pattern("substr({0}, 1, 19)"),
            Part::Minute => Spelling::loose("substr({0}, 1, 16) || ':00'", Level::Concat),
            Part::Hour => Spelling::loose("substr({0}, 1, 13) || ':00:00'", Level::Concat),
            Part::Day | Part::Weekday => self.cast(Type::Date),
            // The last day of the week, then the first.
            Part::Week => Spelling::pattern(format!(
                "date({{0:date}}, 'weekday {}', '-6 days')",
                (u16::from(week_start) + 6) % 7
            )),
            Part::Month => self.month_of(),
            Part::Quarter => Spelling::pattern(
                "date({0:date}, 'start of month', ((1 - strftime('%m', {0:date})) % 3) || ' months')",
            ),
            Part::Year => Spelling::loose("substr({0}, 1, 4) || '-01-01'", Level::Concat),
        }
    }

    fn month_of(&self) -> Spelling {
        Spelling::loose("substr({0}, 1, 7) || '-01'", Level::Concat)
    }

    fn extract(&self, part: Part) -> Spelling {
        let part = match part {
            Part::Second => "CAST(substr({0}, 18, 2) AS INTEGER)",
            Part::Minute => "CAST(substr({0}, 15, 2) AS INTEGER)",
            Part::Hour => "CAST(substr({0}, 12, 2) AS INTEGER)",
            Part::Day => "CAST(substr({0}, 9, 2) AS INTEGER)",
            // The week of the year that its Thursday lies in.
            Part::Week => {
                return Spelling::loose(
                    "(strftime('%j', {0:date}, '-3 days', 'weekday 4') - 1) / 7 + 1",
                    Level::Add,
                );
            }
            Part::Month => "CAST(substr({0}, 6, 2) AS INTEGER)",
            Part::Quarter => return Spelling::loose("(substr({0}, 6, 2) + 2) / 3", Level::Multiply),
            Part::Year => "CAST(substr({0}, 1, 4) AS INTEGER)",
            Part::Weekday => return Spelling::loose("(strftime('%w', {0:date}) + 6) % 7 + 1", Level::Add),
        };
        Spelling::pattern(part)
    }

    /// Months end with their last day, which modifiers do not know. A time's part of a day,
    /// and of a second, is put behind what was moved: modifiers know milliseconds alone.
    fn shift(&self, step: Step, to: Type) -> Spelling {
        let modifier = modifier(step);
        let is_date = to == Type::Date;
        match step.unit {
            Part::Month | Part::Quarter | Part::Year => {
                let day = format!(
                    "min(date({{0:date}}, 'start of month', '{modifier}', (substr({{0}}, 9, 2) - 1) || ' days'), \
                     date({{0:date}}, 'start of month', '{modifier}', '+1 months', '-1 days'))"
                );
                match is_date {
                    true => Spelling::pattern(day),
                    false => Spelling::loose(format!("{day} || substr({{0}}, 11)"), Level::Concat),
                }
            }
            _ if is_date => Spelling::pattern(format!("date({{0:date}}, '{modifier}')")),
            _ => Spelling::loose(
                format!("datetime(substr({{0}}, 1, 19), '{modifier}') || substr({{0}}, 20)"),
                Level::Concat,
            ),
        }
    }

    /// Whole seconds, and what is behind the point.
    fn seconds(&self, _of_instants: bool) -> Spelling {
        let of = |place: &str| {
            (
                format!("strftime('%s', substr({{{place}}}, 1, 19))"),
                format!("CAST('0' || substr({{{place}}}, 20) AS REAL)"),
            )
        };
        let ((start, after_start), (end, after_end)) = (of("0"), of("1"));
        Spelling::loose(format!("({end} - {start}) + ({after_end} - {after_start})"), Level::Add)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("CAST(julianday({1:date}) - julianday({0:date}) AS INTEGER)")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// An instant is its UTC time.
    fn instant(&self) -> Spelling {
        Spelling::pattern("{0!}")
    }

    fn to_zone(&self, _from_local: bool) -> Spelling {
        Spelling::pattern("{0!}")
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("{0!}")
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let moved = if ty == Type::Date { "date" } else { "datetime" };
        let next = format!("{moved}({column}, '{}')", modifier(step));
        vec![
            format!("WITH RECURSIVE steps({column}) AS ("),
            format!("  SELECT {}", self.timestamp(first)),
            "  UNION ALL".to_owned(),
            format!("  SELECT {next}"),
            "  FROM steps".to_owned(),
            format!("  WHERE {next} <= {}", self.timestamp(last)),
            ")".to_owned(),
            "SELECT".to_owned(),
            format!("  {column}"),
            "FROM steps".to_owned(),
        ]
    }

    fn parameter(&self, _name: &str, place: usize) -> String {
        format!("?{place}")
    }

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
        Box::new(sqlparser::dialect::SQLiteDialect {})
    }
}

/// A number as an integer is rounded; a cast would cut its fraction off. Aggregates of
/// integers have none.
fn whole(expr: Expr) -> Expr {
    match expr {
        Expr::Cast(value, Type::Integer)
            if !matches!(*value, Expr::Aggregate(_) | Expr::Literal(Literal::Null(_))) =>
        {
            let rounded = Expr::Call(Function::Round, vec![*value, Expr::number(0)]);
            Expr::Cast(rounded.boxed(), Type::Integer)
        }
        other => other,
    }
}

/// `+3 months`
fn modifier(step: Step) -> String {
    let (count, unit) = match step.unit {
        Part::Second => (1, "seconds"),
        Part::Minute => (1, "minutes"),
        Part::Hour => (1, "hours"),
        Part::Day | Part::Weekday => (1, "days"),
        Part::Week => (7, "days"),
        Part::Month => (1, "months"),
        Part::Quarter => (3, "months"),
        Part::Year => (1, "years"),
    };
    format!("{:+} {unit}", i128::from(step.count) * count)
}
