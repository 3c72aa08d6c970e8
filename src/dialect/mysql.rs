//! MySQL 8, and MariaDB 10.6 and later, in words that both understand.
//!
//! An instant is a DATETIME that holds its UTC time: what a TIMESTAMP shows depends on a
//! setting of the session. Truths are 1 and 0.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::functions::{Level, Missing, Spelling};
use super::{Dialect, adapted, dates, lite, mysql_words, quote};
use crate::sql::{AggregateFunction, Body, Capabilities, Cte, Function, Part, Query, Step, Table, Type};

#[derive(Debug)]
pub struct MySql;

/// Recursion ends here, in one of them silently.
const DEEPEST: i64 = 1000;
/// One WITH of MariaDB names at most 64 queries.
const MOST_NAMED: usize = 60;

impl Dialect for MySql {
    fn name(&self) -> &'static str {
        "mysql"
    }

    /// Zones by name are there only where somebody loaded them, and are NULL elsewhere.
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
            outer_values: false,
            range_frames: true,
            wide_sums: true,
        }
    }

    fn clauses(&self) -> Clauses {
        Clauses {
            conditions: Conditions::Case(None),
            percentile_window: None,
            upper_functions: false,
            qualify: Qualify::Subquery,
            materialized: false,
            rows: Rows::Selects,
            nulls: NullOrder::Keys,
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

    fn adapt(&self, query: &Query) -> Option<Query> {
        Some(within_limits(query.map(&mut |expr| lite::truth_as_text(adapted::flat_extremes(expr)))))
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        mysql_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(64)
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        // The first are cut off where a column is named, the last are refused.
        if name.starts_with(|c: char| c.is_whitespace() || c.is_control())
            || name.ends_with(char::is_whitespace)
        {
            return Err("no name begins or ends with a blank");
        }
        if name.chars().any(|c| c > '\u{ffff}') {
            return Err("it holds a character beyond the first 65,536, such as an emoji");
        }
        Ok(quote::between('`', name))
    }

    /// What a backslash means is a setting; bytes are what they are.
    fn text(&self, value: &str) -> String {
        if !value.contains('\\') {
            return quote::single(value);
        }
        let digits: String = value.bytes().map(|byte| format!("{byte:02X}")).collect();
        format!("_utf8mb4 X'{digits}'")
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
        self.timestamp(&lite::in_utc(iso))
    }

    fn interval(&self, step: Step) -> String {
        format!("INTERVAL {} {}", step.count, unit(step.unit))
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "TEXT",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
            Type::Decimal(None) => "DECIMAL(38, 9)",
            Type::Double => "DOUBLE",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp | Type::Instant => "DATETIME(6)",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(match to {
            Type::Text => "CHAR".to_owned(),
            Type::Integer => "SIGNED".to_owned(),
            Type::Boolean => return Spelling::loose("{0~} <> 0", Level::Predicate),
            Type::Decimal(_) | Type::Double | Type::Date | Type::Timestamp | Type::Instant => {
                self.type_name(to)
            }
        })
    }

    fn null(&self, _ty: Type) -> String {
        "NULL".to_owned()
    }

    fn same(&self, negated: bool) -> Spelling {
        match negated {
            true => Spelling::loose("NOT ({0~} <=> {1~})", Level::Not),
            false => Spelling::loose("{0~} <=> {1~}", Level::Predicate),
        }
    }

    fn is_true(&self, negated: bool) -> Spelling {
        Spelling::loose(if negated { "{0~} IS NOT TRUE" } else { "{0~} IS TRUE" }, Level::Predicate)
    }

    /// Without an escape character of its own, and with none, a backslash would escape.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT LIKE" } else { "LIKE" };
        Spelling::loose(format!("{{0~}} {word} replace({{1}}, '|', '||') ESCAPE '|'"), Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("abs"),
            // Of a double it rounds halves to even.
            Function::Round => Spelling::pattern("round(CAST({0} AS DECIMAL(65, 30)), {1})"),
            Function::Floor => Spelling::Call("floor"),
            Function::Ceil => Spelling::Call("ceil"),
            // Of what has no root and no logarithm they are NULL.
            Function::Sqrt => Spelling::Call("sqrt"),
            Function::Ln => Spelling::Call("ln"),
            Function::Exp => Spelling::Call("exp"),
            Function::Power => Spelling::Call("power"),
            Function::Mod => Spelling::Call("mod"),
            Function::Greatest => lite::extreme("GREATEST", args),
            Function::Least => lite::extreme("LEAST", args),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("lower"),
            Function::Upper => Spelling::Call("upper"),
            Function::Trim => Spelling::Call("trim"),
            Function::Length => Spelling::Call("char_length"),
            Function::Substring => Spelling::Call("substring"),
            Function::Replace => Spelling::Call("replace"),
            Function::Concat => Spelling::Call("concat"),
            Function::StartsWith => Spelling::loose("left({0}, char_length({1})) = {1~}", Level::Predicate),
            Function::EndsWith => Spelling::loose("right({0}, char_length({1})) = {1~}", Level::Predicate),
            Function::BitAnd => Spelling::Infix("&", Level::Concat),
            Function::Contains => Spelling::loose("locate({1}, {0}) > 0", Level::Predicate),
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
        let cut =
            |format: &str| Spelling::pattern(format!("CAST(date_format({{0}}, '{format}') AS DATETIME)"));
        match to {
            Part::Second => cut("%Y-%m-%d %H:%i:%s"),
            Part::Minute => cut("%Y-%m-%d %H:%i:00"),
            Part::Hour => cut("%Y-%m-%d %H:00:00"),
            Part::Day | Part::Weekday => Spelling::pattern("{0!:date}"),
            // Days since the last first day of a week; `weekday` counts from Monday, 0.
            Part::Week => {
                let days = match week_start {
                    1 => "weekday({0})".to_owned(),
                    start => format!("(weekday({{0}}) + {}) % 7", 8 - i16::from(start)),
                };
                Spelling::loose(format!("{{0!:date}} - INTERVAL {days} DAY"), Level::Add)
            }
            Part::Month => Spelling::pattern("CAST(date_format({0}, '%Y-%m-01') AS DATE)"),
            Part::Quarter => {
                Spelling::loose("makedate(year({0}), 1) + INTERVAL quarter({0}) - 1 QUARTER", Level::Add)
            }
            Part::Year => Spelling::pattern("makedate(year({0}), 1)"),
        }
    }

    fn month_of(&self) -> Spelling {
        Spelling::loose("{0!:date} - INTERVAL day({0}) - 1 DAY", Level::Add)
    }

    fn extract(&self, part: Part) -> Spelling {
        match part {
            Part::Second => Spelling::Call("second"),
            Part::Minute => Spelling::Call("minute"),
            Part::Hour => Spelling::Call("hour"),
            Part::Day => Spelling::Call("day"),
            // Mode 3 is ISO's.
            Part::Week => Spelling::pattern("week({0}, 3)"),
            Part::Month => Spelling::Call("month"),
            Part::Quarter => Spelling::Call("quarter"),
            Part::Year => Spelling::Call("year"),
            Part::Weekday => Spelling::loose("weekday({0}) + 1", Level::Add),
        }
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let sign = if step.count < 0 { '-' } else { '+' };
        let value = if to == Type::Date { "{0!:date}" } else { "{0!}" };
        let count = i128::from(step.count).abs();
        Spelling::loose(format!("{value} {sign} INTERVAL {count} {}", unit(step.unit)), Level::Add)
    }

    fn seconds(&self, _of_instants: bool) -> Spelling {
        Spelling::loose("CAST(timestampdiff(MICROSECOND, {0}, {1}) AS DOUBLE) / 1000000", Level::Multiply)
    }

    fn days_between(&self) -> Spelling {
        Spelling::pattern("datediff({1}, {0})")
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

    /// Step after step while recursion goes so deep; else numbers by halves, as a tree.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let step_of = |n: &str| format!("INTERVAL {} {}", scaled(n, step.count), unit(step.unit));
        let start = match ty {
            Type::Date => self.date(first),
            _ => self.timestamp(first),
        };
        let steps = dates::steps(first, last, step).unwrap_or(0);
        let numbers = match steps < DEEPEST {
            true => "  SELECT n + 1 FROM steps WHERE n < ",
            false => {
                "  SELECT 2 * n + bit + 1 FROM steps JOIN (SELECT 0 AS bit UNION ALL SELECT 1) AS b WHERE 2 * n + bit < "
            }
        };
        vec![
            "WITH RECURSIVE steps(n) AS (".to_owned(),
            "  SELECT 0".to_owned(),
            "  UNION ALL".to_owned(),
            format!("{numbers}{steps}"),
            ")".to_owned(),
            "SELECT".to_owned(),
            format!("  {start} + {} AS {column}", step_of("n")),
            "FROM steps".to_owned(),
        ]
    }

    fn parameter(&self, _name: &str, _place: usize) -> String {
        "?".to_owned()
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        Ok(match kind {
            Stored::View => format!("CREATE OR REPLACE VIEW {name} AS\n{query};\n"),
            Stored::Table => format!("DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} AS\n{query};\n"),
        })
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::MySqlDialect {})
    }
}

/// A query that names few others: of too many, those that are read once stand where they are
/// read. (A WITH within a subquery would not see those around it.)
fn within_limits(mut query: Query) -> Query {
    // Here and there, so that they do not nest deeper than they need to.
    let mut from = 0;
    while query.ctes.len() > MOST_NAMED {
        let once = (from..query.ctes.len()).chain(0..from.min(query.ctes.len())).find(|index| {
            let name = query.ctes[*index].name.clone();
            let mut readers = 0;
            query.each_relation(&mut |from| readers += usize::from(from.table == Table::Cte(name.clone())));
            readers == 1
        });
        let Some(index) = once else { break };
        from = index + 1;
        let Cte { name, body, .. } = query.ctes.remove(index);
        let table = match body {
            Body::Values { columns, rows } => Table::Values { columns, rows },
            body => Table::Subquery(Box::new(Query { ctes: Vec::new(), body, order_by: Vec::new() })),
        };
        query.each_relation(&mut |from| {
            if from.table == Table::Cte(name.clone()) {
                from.alias.get_or_insert_with(|| name.clone());
                from.table = table.clone();
            }
        });
    }
    query
}

/// The word behind INTERVAL.
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

fn scaled(n: &str, by: i64) -> String {
    if by == 1 { n.to_owned() } else { format!("{n} * {by}") }
}
