//! Trino, and Athena, which is one.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, dates, quote, trino_words};
use crate::sql::{self, AggregateFunction, Capabilities, Expr, Function, Literal, Part, Step, Type};

#[derive(Debug)]
pub struct Trino {
    name: &'static str,
}

pub const TRINO: Trino = Trino { name: "trino" };
/// Engine version 3.
pub const ATHENA: Trino = Trino { name: "athena" };

/// More entries than this `sequence` does not give.
const LONGEST_SEQUENCE: i64 = 10_000;

const PERCENTILE: Missing = Missing {
    what: "an exact percentile as an aggregate",
    why: "this database has approximate ones alone",
    help: "rows are numbered instead",
};

impl Dialect for Trino {
    fn name(&self) -> &'static str {
        self.name
    }

    /// A local time that comes twice is the first one there.
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            zones_of_instants: true,
            zones_of_local_times: false,
            reads_files: false,
            as_of_joins: false,
            percentiles: false,
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
            qualify: Qualify::Subquery,
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

    /// Nothing is replaced by nothing: `replace` would write between all characters.
    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        Some(doubles::alike(query, Scales::Cut).map(&mut |expr| match expr {
            Expr::Call(Function::Replace, args) => replace(args),
            other => other,
        }))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        trino_words::RESERVED
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

    /// A point makes a decimal; whole numbers have 64 bits.
    fn number(&self, digits: &str) -> String {
        let places = digits.trim_start_matches('-').len();
        let is_long = places > 18 && !digits.contains('.');
        if is_long { format!("CAST('{digits}' AS DECIMAL({places}, 0))") } else { digits.to_owned() }
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn date(&self, iso: &str) -> String {
        format!("DATE {}", self.text(iso))
    }

    fn timestamp(&self, iso: &str) -> String {
        let midnight = if iso.contains(':') { "" } else { " 00:00:00" };
        format!("TIMESTAMP {}", self.text(&format!("{iso}{midnight}")))
    }

    fn instant_literal(&self, iso: &str) -> String {
        let local = iso.strip_suffix('Z').map(|local| format!("{local} UTC"));
        format!("TIMESTAMP {}", self.text(local.as_deref().unwrap_or(iso)))
    }

    fn interval(&self, step: Step) -> String {
        let (count, unit) = months_or_days(step);
        let sign = if count < 0 { "-" } else { "" };
        format!("INTERVAL {sign}'{}' {}", count.unsigned_abs(), dates::word(unit).to_ascii_uppercase())
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "VARCHAR",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
            // Its own default keeps no decimals at all.
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
        Spelling::Cast(self.type_name(to))
    }

    /// The narrowest decimal: together with another one it is that one. A NULL without a type takes that of what it meets: members
    /// whose type nobody declared are mostly texts, and may be numbers.
    fn null(&self, ty: Type) -> String {
        match ty {
            Type::Text => "NULL".to_owned(),
            Type::Decimal(None) => "CAST(NULL AS DECIMAL(1, 0))".to_owned(),
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
            Function::Round => Spelling::pattern("round({0}, {1:integer})"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine says NaN.
            Function::Sqrt => Spelling::pattern("sqrt(NULLIF(GREATEST({0:double}, -1E-300), -1E-300))"),
            Function::Ln => Spelling::pattern("ln(NULLIF(GREATEST({0:double}, 0), 0))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("power({0:double}, {1:double})"),
            Function::Mod => Spelling::pattern("mod({0}, NULLIF({1}, 0))"),
            // The functions of these names give NULL where one value is.
            Function::Greatest if args > 1 => {
                Spelling::pattern("array_max(filter(ARRAY[{*}], x -> x IS NOT NULL))")
            }
            Function::Least if args > 1 => {
                Spelling::pattern("array_min(filter(ARRAY[{*}], x -> x IS NOT NULL))")
            }
            Function::Greatest => Spelling::Call("GREATEST"),
            Function::Least => Spelling::Call("LEAST"),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            // Without a character it takes every kind of white space.
            Function::Trim => Spelling::pattern("trim(BOTH ' ' FROM {0})"),
            Function::Length => Spelling::Call("length"),
            Function::Substring => Spelling::Call("substring"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("starts_with"),
            Function::EndsWith => Spelling::pattern("starts_with(reverse({0}), reverse({1}))"),
            Function::BitAnd => Spelling::Call("bitwise_and"),
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
            AggregateFunction::Percentile(_) => Spelling::Missing(&PERCENTILE),
            AggregateFunction::Corr => Spelling::pattern("corr({0:double}, {1:double})"),
            AggregateFunction::Slope => Spelling::pattern("regr_slope({0:double}, {1:double})"),
            AggregateFunction::AnyTrue => Spelling::Call("bool_or"),
            AggregateFunction::BitOr => Spelling::Call("bitwise_or_agg"),
        }
    }

    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::Call("ROW")
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        match to {
            Part::Week if week_start != 1 => week(week_start),
            other => dates::truncate(other, week_start),
        }
    }

    fn month_of(&self) -> Spelling {
        dates::truncate(Part::Month, 1)
    }

    fn extract(&self, part: Part) -> Spelling {
        Spelling::Call(match part {
            Part::Second => "second",
            Part::Minute => "minute",
            Part::Hour => "hour",
            Part::Day => "day",
            Part::Week => "week",
            Part::Month => "month",
            Part::Quarter => "quarter",
            Part::Year => "year",
            Part::Weekday => "day_of_week",
        })
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let (count, unit) = months_or_days(step);
        if to == Type::Date {
            return Spelling::pattern(format!("date_add('{}', {count}, {{0:date}})", dates::word(unit)));
        }
        let sign = if count < 0 { '-' } else { '+' };
        let amount = self.interval(Step { count: step.count.saturating_abs(), unit: step.unit });
        Spelling::loose(format!("{{0!}} {sign} {amount}"), Level::Add)
    }

    /// The finest difference that there is.
    fn seconds(&self, _of_instants: bool) -> Spelling {
        Spelling::loose("CAST(date_diff('millisecond', {0}, {1}) AS DOUBLE) / 1000", Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("date_diff('day', {0:date}, {1:date})")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    fn instant(&self) -> Spelling {
        Spelling::Call("with_timezone")
    }

    /// AT TIME ZONE changes how an instant is shown, the cast keeps that.
    fn to_zone(&self, from_local: bool) -> Spelling {
        Spelling::pattern(match from_local {
            true => "CAST(with_timezone({0}, {2}) AT TIME ZONE {1} AS TIMESTAMP(6))",
            false => "CAST({0!} AT TIME ZONE {1} AS TIMESTAMP(6))",
        })
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("CAST({0!} AT TIME ZONE 'UTC' AS TIMESTAMP(6))")
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let bound = |iso| if ty == Type::Date { self.date(iso) } else { self.timestamp(iso) };
        let (start, end) = (bound(first), bound(last));
        match dates::steps(first, last, step) {
            Some(steps) if steps >= LONGEST_SEQUENCE => long_series(&start, steps, step, column, ty),
            _ => vec![
                "SELECT".to_owned(),
                format!("  {column}"),
                format!(
                    "FROM UNNEST(sequence({start}, {end}, {})) AS periods({column})",
                    self.interval(step)
                ),
            ],
        }
    }

    fn parameter(&self, _name: &str, _place: usize) -> String {
        "?".to_owned()
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        Ok(match kind {
            Stored::View => format!("CREATE OR REPLACE VIEW {name} AS\n{query};\n"),
            Stored::Table => {
                format!("DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} AS\n{query};\n")
            }
        })
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    /// sqlparser has no rules of its own for it.
    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::GenericDialect {})
    }
}

/// Intervals have no weeks and quarters.
fn months_or_days(step: Step) -> (i128, Part) {
    let count = i128::from(step.count);
    match step.unit {
        Part::Week => (count * 7, Part::Day),
        Part::Quarter => (count * 3, Part::Month),
        unit => (count, unit),
    }
}

/// Weeks of `date_trunc` start on Monday: the days are shifted there and back.
fn week(start: u8) -> Spelling {
    let late = (i16::from(start) - 1).rem_euclid(7);
    let late = if late > 3 { late - 7 } else { late };
    Spelling::pattern(format!(
        "date_add('day', {late}, date_trunc('week', date_add('day', {}, {{0:date}})))",
        -late
    ))
}

/// As many steps as there are, in blocks that `sequence` can give.
fn long_series(start: &str, steps: i64, step: Step, column: &str, ty: Type) -> Vec<String> {
    let (count, unit) = months_or_days(step);
    let (unit, size) = (dates::word(unit).to_ascii_uppercase(), LONGEST_SEQUENCE);
    let moved = format!("{start} + (b.n * {size} + s.n) * INTERVAL '{count}' {unit}");
    let moved = if ty == Type::Date { format!("CAST({moved} AS DATE)") } else { moved };
    vec![
        "SELECT".to_owned(),
        format!("  {moved} AS {column}"),
        format!("FROM UNNEST(sequence(0, {})) AS b(n)", steps / size),
        format!("CROSS JOIN UNNEST(sequence(0, {})) AS s(n)", size - 1),
        format!("WHERE b.n * {size} + s.n <= {steps}"),
    ]
}

fn replace(mut args: Vec<Expr>) -> Expr {
    let (text, part) = (args[0].clone(), args[1].clone());
    match &part {
        Expr::Literal(Literal::Text(part)) if part.is_empty() => args.swap_remove(0),
        Expr::Literal(_) => Expr::Call(Function::Replace, args),
        _ => Expr::Case {
            whens: vec![(Expr::equal(part, Expr::text("")), text)],
            otherwise: Some(Expr::Call(Function::Replace, args).boxed()),
        },
    }
}
