//! ClickHouse 26.

use super::adapted::with_backslashes;
use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{Level, Missing, Spelling};
use super::selected::truths;
use super::surely::{is_decimal, is_decimal_fraction, is_double, is_time, rounded};
use super::{Dialect, clickhouse_words, dates, literal, quote};
use crate::sql::{
    self, Aggregate, AggregateFunction, Capabilities, Expr, Function, Literal, Part, Step, Type,
    WindowFunction,
};

#[derive(Debug)]
pub struct ClickHouse;

/// What standard SQL means anyway: a row without partner and a total have NULL, so have
/// aggregates of no rows and what is cast from NULL; a column's name is not taken for that of
/// an item selected beside it; and times are those of UTC.
const SETTINGS: &str = "SETTINGS
  join_use_nulls = 1,
  aggregate_functions_null_for_empty = 1,
  cast_keep_nullable = 1,
  prefer_column_name_to_alias = 1,
  session_timezone = 'UTC'";

impl Dialect for ClickHouse {
    fn name(&self) -> &'static str {
        "clickhouse"
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
            wide_sums: false,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Suffix("If"),
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::Any,
            materialized: false,
            rows: Rows::Values,
            nulls: NullOrder::Words,
            typed_texts: None,
            group_by_ordinal: true,
            qualified_names: false,
            always: "true",
            never: "false",
            double_digits: true,
            ending: Some(SETTINGS),
            capitals: Capitals::Told,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        Some(truths(&doubles::alike(query, Scales::One).map(&mut adapted)))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        clickhouse_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        None
    }

    /// A backslash escapes in names as well.
    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        Ok(quote::between('"', &name.replace('\\', "\\\\")))
    }

    fn text(&self, value: &str) -> String {
        quote::single(&value.replace('\\', "\\\\"))
    }

    /// Digits with a point would be a double. A decimal of few digits has no room for what is
    /// made of it: a product, or the other side of a comparison.
    fn number(&self, digits: &str) -> String {
        let (_, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        match literal::is_small(digits) {
            true => digits.trim_end_matches('.').to_owned(),
            false => format!("toDecimal128('{digits}', {})", fraction.len()),
        }
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "true" } else { "false" }
    }

    /// A plain Date starts in 1970.
    fn date(&self, iso: &str) -> String {
        format!("toDate32({})", self.text(iso))
    }

    fn timestamp(&self, iso: &str) -> String {
        format!("toDateTime64({}, 6)", self.text(iso))
    }

    fn instant_literal(&self, iso: &str) -> String {
        format!("parseDateTime64BestEffort({}, 6)", self.text(iso))
    }

    fn interval(&self, step: Step) -> String {
        format!("INTERVAL {} {}", step.count, unit(step.unit))
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "String",
            Type::Integer => "Int64",
            // Fewer digits overflow in a product, and in comparisons.
            Type::Decimal(Some((_, scale))) => return format!("Decimal(38, {scale})"),
            Type::Decimal(None) => "Decimal(38, 9)",
            Type::Double => "Float64",
            Type::Boolean => "Bool",
            Type::Date => "Date32",
            Type::Timestamp | Type::Instant => "DateTime64(6)",
        }
        .to_owned()
    }

    /// A double that is NULL may be infinite beneath, which a CAST to a decimal fails on.
    fn cast(&self, to: Type) -> Spelling {
        match to {
            Type::Decimal(None) => Spelling::pattern("accurateCastOrNull({0}, 'Decimal(38, 9)')"),
            other => Spelling::Cast(self.type_name(other)),
        }
    }

    /// Of no type, it takes every other's.
    fn null(&self, _ty: Type) -> String {
        "NULL".to_owned()
    }

    fn same(&self, negated: bool) -> Spelling {
        let word = if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
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
            Function::Round => Spelling::Call("round"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Negative numbers have no root and no logarithm: NULL, where the engine has NaN.
            Function::Sqrt => Spelling::pattern("sqrt(nullIf(greatest({0:double}, -1e-300), -1e-300))"),
            Function::Ln => Spelling::pattern("log(nullIf(greatest({0:double}, 0), 0))"),
            Function::Exp => Spelling::pattern("exp({0:double})"),
            Function::Power => Spelling::pattern("pow({0:double}, {1:double})"),
            // Of two decimals of different scales it is wrong, or an error.
            Function::Mod => Spelling::pattern(
                "modulo(CAST({0} AS Decimal(38, 9)), nullIf(CAST({1} AS Decimal(38, 9)), 0))",
            ),
            Function::Greatest => Spelling::Call("greatest"),
            Function::Least => Spelling::Call("least"),
            Function::Coalesce => Spelling::Call("coalesce"),
            Function::NullIf => Spelling::Call("nullIf"),
            Function::Lower => Spelling::Call("lowerUTF8"),
            Function::Upper => Spelling::Call("upperUTF8"),
            Function::Trim => Spelling::Call("trimBoth"),
            Function::Length => Spelling::Call("lengthUTF8"),
            Function::Substring => Spelling::Call("substringUTF8"),
            Function::Replace => Spelling::Call("replaceAll"),
            Function::Concat => Spelling::Infix("||", Level::Concat),
            Function::StartsWith => Spelling::Call("startsWith"),
            Function::EndsWith => Spelling::Call("endsWith"),
            Function::BitAnd => Spelling::Call("bitAnd"),
            Function::Contains => Spelling::loose("position({0}, {1}) > 0", Level::Predicate),
        }
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        match function {
            AggregateFunction::Count => Spelling::Call("count"),
            AggregateFunction::CountDistinct => Spelling::pattern("count(DISTINCT {0})"),
            AggregateFunction::Sum => Spelling::Call("sum"),
            AggregateFunction::Min => Spelling::Call("min"),
            AggregateFunction::Max | AggregateFunction::AnyTrue => Spelling::Call("max"),
            // Not a number where there is none: a value that none of these has stands for it.
            AggregateFunction::Stddev => {
                Spelling::pattern("nullIf(ifNotFinite(stddevSamp({0:double}), -1), -1)")
            }
            AggregateFunction::Percentile(_) => Spelling::pattern("quantileExactInclusive({1})({0:double})"),
            AggregateFunction::Corr => {
                Spelling::pattern("nullIf(ifNotFinite(corr({0:double}, {1:double}), 2), 2)")
            }
            AggregateFunction::Slope => Spelling::pattern(
                "nullIf(ifNotFinite(simpleLinearRegression({1:double}, {0:double}).1, 1e308), 1e308)",
            ),
            AggregateFunction::BitOr => Spelling::Call("groupBitOr"),
        }
    }

    fn tuple(&self, _values: usize) -> Spelling {
        Spelling::pattern("tuple({*})")
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        // Days from Monday to the first day, the short way round.
        let late = (i16::from(week_start) - 1).rem_euclid(7);
        let (there, back, days) = if late > 3 { ('+', '-', 7 - late) } else { ('-', '+', late) };
        match to {
            Part::Day | Part::Weekday => Spelling::pattern("{0!:date}"),
            Part::Week if days > 0 => Spelling::loose(
                format!("date_trunc('week', {{0!:date}} {there} {days}) {back} {days}"),
                Level::Add,
            ),
            Part::Second | Part::Minute | Part::Hour => {
                Spelling::pattern(format!("date_trunc('{}', {{0}})", unit(to).to_lowercase()))
            }
            _ => Spelling::pattern(format!("date_trunc('{}', {{0:date}})", unit(to).to_lowercase())),
        }
    }

    fn month_of(&self) -> Spelling {
        self.truncate(Part::Month, 1)
    }

    fn extract(&self, part: Part) -> Spelling {
        Spelling::Call(match part {
            Part::Second => "toSecond",
            Part::Minute => "toMinute",
            Part::Hour => "toHour",
            Part::Day => "toDayOfMonth",
            Part::Week => "toISOWeek",
            Part::Month => "toMonth",
            Part::Quarter => "toQuarter",
            Part::Year => "toYear",
            Part::Weekday => "toDayOfWeek",
        })
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let sign = if step.count < 0 { '-' } else { '+' };
        let unsigned = Step { count: step.count.saturating_abs(), unit: step.unit };
        let value = if to == Type::Date { "{0!:date}" } else { "{0!}" };
        Spelling::loose(format!("{value} {sign} {}", self.interval(unsigned)), Level::Add)
    }

    /// Whole microseconds: a difference of seconds in doubles loses digits.
    fn seconds(&self, _of_instants: bool) -> Spelling {
        Spelling::loose("dateDiff('microsecond', {0}, {1}) / 1000000", Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("dateDiff('day', {0:date}, {1:date})")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// The later of the two UTC times that it may be, by the offsets of the days around; but
    /// one that is shown as this local time goes first.
    fn instant(&self) -> Spelling {
        Spelling::pattern(
            "arraySort(u -> (u + toIntervalSecond(timezoneOffset(toTimeZone(u, {1}))) = {0~}, u), \
             arrayMap(near -> {0!} - toIntervalSecond(timezoneOffset(toTimeZone(near, {1}))), \
             [{0!} - INTERVAL 1 DAY, {0!} + INTERVAL 1 DAY]))[-1]",
        )
    }

    /// Of a UTC time or an instant, which are one here; other local times are made one before.
    fn to_zone(&self, _from_local: bool) -> Spelling {
        Spelling::pattern("fromUTCTimestamp({0}, {1})")
    }

    /// A column's type may have a zone, which a cast would keep.
    fn utc_of(&self) -> Spelling {
        Spelling::pattern("fromUnixTimestamp64Micro(toUnixTimestamp64Micro(CAST({0} AS DateTime64(6))))")
    }

    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let start = match ty {
            Type::Date => self.date(first),
            _ => self.timestamp(first),
        };
        let by = if step.count == 1 { "number".to_owned() } else { format!("number * {}", step.count) };
        let unit = capital(unit(step.unit));
        vec![
            "SELECT".to_owned(),
            format!("  {start} + toInterval{unit}({by}) AS {column}"),
            format!("FROM numbers({})", dates::steps(first, last, step).map_or(0, |steps| steps + 1)),
        ]
    }

    fn parameter(&self, name: &str, _place: usize) -> String {
        format!("{{{name}:Date32}}")
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        Ok(match kind {
            Stored::View => format!("CREATE OR REPLACE VIEW {name} AS\n{query};\n"),
            Stored::Table => {
                format!("CREATE OR REPLACE TABLE {name}\nENGINE = MergeTree ORDER BY tuple() AS\n{query};\n")
            }
        })
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::ClickHouseDialect {})
    }
}

fn unit(part: Part) -> &'static str {
    match part {
        Part::Second => "SECOND",
        Part::Minute => "MINUTE",
        Part::Hour => "HOUR",
        Part::Day | Part::Weekday => "DAY",
        Part::Week => "WEEK",
        Part::Month => "MONTH",
        Part::Quarter => "QUARTER",
        Part::Year => "YEAR",
    }
}

/// `Month` of `MONTH`.
fn capital(word: &str) -> String {
    let mut capital = word.to_lowercase();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capital
}

/// An expression of which this database would make something else.
fn adapted(expr: Expr) -> Expr {
    match expr {
        // A backslash escapes, and cannot be told not to.
        like @ Expr::Like { .. } => with_backslashes(like),
        // Counts have no sign, and together with integers that have one, two types.
        Expr::Aggregate(Aggregate {
            function: AggregateFunction::Count | AggregateFunction::CountDistinct,
            ..
        }) => Expr::Cast(expr.boxed(), Type::Integer),
        Expr::Aggregate(aggregate) => Expr::Aggregate(conditional(aggregate)),
        Expr::Over { function: WindowFunction::Next(value), partition, order } => {
            // Of a column that is never NULL, the last row would have a zero.
            let value = Expr::Call(Function::NullIf, vec![*value, Expr::null(Type::Integer)]);
            Expr::Over { function: WindowFunction::Next(value.boxed()), partition, order }
        }
        Expr::Over {
            function:
                WindowFunction::RowNumber
                | WindowFunction::Rank
                | WindowFunction::CountUpTo(_)
                | WindowFunction::Of(AggregateFunction::Count | AggregateFunction::CountDistinct, _),
            ..
        } => Expr::Cast(expr.boxed(), Type::Integer),
        // A cast cuts digits off.
        Expr::Cast(value, Type::Integer) if is_decimal_fraction(&value) || is_double(&value) => {
            Expr::Cast(rounded(*value, 0).boxed(), Type::Integer)
        }
        Expr::Cast(value, ty @ Type::Decimal(Some((_, scale))))
            if (is_decimal_fraction(&value) && !has_scale_within(&value, scale)) || is_double(&value) =>
        {
            Expr::Cast(rounded(*value, scale).boxed(), ty)
        }
        // A time of whole seconds has no fraction.
        Expr::Cast(value, Type::Text) if is_time(&value) => {
            let text = Expr::Cast(value, Type::Text);
            Expr::Call(Function::Replace, vec![text, Expr::text(".000000"), Expr::text("")])
        }
        // Halves of doubles are rounded to even; of decimals they are not.
        Expr::Call(Function::Round, mut args) => {
            if let [value, Expr::Literal(Literal::Number(digits))] = args.as_mut_slice()
                && digits.parse::<i8>().is_ok_and(|digits| digits < 9)
                && !is_decimal(value)
            {
                let exact = std::mem::replace(value, Expr::number(0));
                *value = Expr::Cast(rounded(exact, 9).boxed(), Type::Decimal(None));
            }
            Expr::Call(Function::Round, args)
        }
        // A UTC time is an instant, and an instant is shown as a UTC time.
        Expr::Instant { value, zone } => instant(*value, zone),
        Expr::ToZone { value, from, to } => {
            let utc = Expr::UtcOf(match from {
                Some(from) => instant(*value, from).boxed(),
                None => value,
            });
            if to.eq_ignore_ascii_case("UTC") {
                utc
            } else {
                Expr::ToZone { value: utc.boxed(), from: None, to }
            }
        }
        // NULL in a list is left out.
        Expr::In { value, list } if list.iter().any(|one| matches!(one, Expr::Literal(Literal::Null(_)))) => {
            Expr::Or(list.into_iter().map(|one| Expr::equal((*value).clone(), one)).collect())
        }
        other => other,
    }
}

/// Whether a decimal loses nothing with so many digits behind its point.
fn has_scale_within(value: &Expr, scale: u8) -> bool {
    matches!(value, Expr::Cast(_, Type::Decimal(Some((_, own)))) if *own <= scale)
}

fn instant(local: Expr, zone: String) -> Expr {
    if zone.eq_ignore_ascii_case("UTC") {
        return local;
    }
    let local = match local {
        Expr::Cast(_, Type::Timestamp) | Expr::Literal(Literal::Timestamp(_)) => local,
        other => Expr::Cast(other.boxed(), Type::Timestamp),
    };
    Expr::Instant { value: local.boxed(), zone }
}

/// What is not a number is made NULL around the aggregate, and its condition is within.
fn conditional(aggregate: Aggregate) -> Aggregate {
    let wrapped = matches!(
        aggregate.function,
        AggregateFunction::Stddev | AggregateFunction::Corr | AggregateFunction::Slope
    );
    match aggregate {
        Aggregate { function, args, filter: Some(filter) } if wrapped => {
            let when = |arg: Expr| Expr::Case { whens: vec![((*filter).clone(), arg)], otherwise: None };
            Aggregate { function, args: args.into_iter().map(when).collect(), filter: None }
        }
        other => other,
    }
}
