//! Transact-SQL of SQL Server 2019 and later.

use super::clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
use super::doubles::{self, Scales};
use super::functions::{COMPARED, Level, MOST_COMPARED, Missing, Spelling};
use super::{Dialect, adapted, dates, quote, truths, tsql_words};
use crate::sql::{
    self, Aggregate, AggregateFunction, Capabilities, Expr, Function, GroupBy, Literal, Operator, Part,
    Select, Step, Type,
};

#[derive(Debug)]
pub struct TSql;

/// A Monday before all others.
const FIRST_MONDAY: &str = "CAST('0001-01-01' AS DATE)";

const PERCENTILE: Missing = Missing {
    what: "a percentile as an aggregate",
    why: "this database has it as a window function alone",
    help: "rows are numbered instead",
};
const MOMENT: Missing = Missing {
    what: "a correlation or slope",
    why: "this database has no such aggregate",
    help: "it is computed from sums instead",
};
const BITS: Missing = Missing {
    what: "the bits of any row",
    why: "this database has no such aggregate",
    help: "each flag is looked at alone instead",
};
const TABLE: Missing = Missing {
    what: "a table of a query that has parts",
    why: "SELECT … INTO would stand within the query",
    help: "make a view, and select from it into a table",
};

impl Dialect for TSql {
    fn name(&self) -> &'static str {
        "tsql"
    }

    /// Its zones have names of their own, and no history.
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
            upper_functions: true,
            qualify: Qualify::Subquery,
            materialized: false,
            rows: Rows::Values,
            nulls: NullOrder::Keys,
            typed_texts: None,
            group_by_ordinal: false,
            qualified_names: true,
            always: "1 = 1",
            never: "1 = 0",
            double_digits: false,
            ending: None,
            capitals: Capitals::ToldInResults,
        }
    }

    fn adapt(&self, query: &sql::Query) -> Option<sql::Query> {
        let mut adapted = truths::apart(&doubles::alike(query, Scales::CutInSums).map(&mut as_said_here));
        adapted.each_select(&mut without_constant_keys);
        Some(adapted)
    }

    fn reserved_words(&self) -> &'static [&'static str] {
        tsql_words::RESERVED
    }

    fn longest_name(&self) -> Option<usize> {
        Some(128)
    }

    fn quoted(&self, name: &str) -> Result<String, &'static str> {
        Ok(format!("[{}]", name.replace(']', "]]")))
    }

    /// A backslash at the end of a line takes the line's end away, so they are kept apart.
    fn text(&self, value: &str) -> String {
        let one = |value: &str| {
            let quoted = quote::single(value);
            if value.is_ascii() { quoted } else { format!("N{quoted}") }
        };
        let apart = value.replace("\\\n", "\\\0\n").replace("\\\r", "\\\0\r");
        let parts: Vec<String> = apart.split('\0').map(one).collect();
        match parts.as_slice() {
            [whole] => whole.clone(),
            parts => format!("({})", parts.join(" + ")),
        }
    }

    fn number(&self, digits: &str) -> String {
        digits.to_owned()
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "1" } else { "0" }
    }

    fn date(&self, iso: &str) -> String {
        format!("CAST({} AS DATE)", self.text(iso))
    }

    fn timestamp(&self, iso: &str) -> String {
        format!("CAST({} AS DATETIME2(6))", self.text(iso))
    }

    fn instant_literal(&self, iso: &str) -> String {
        format!("CAST({} AS DATETIMEOFFSET(6))", self.text(iso))
    }

    /// It has no intervals, and nothing that lowering makes needs one.
    fn interval(&self, step: Step) -> String {
        self.text(&format!("{} {}", step.count, dates::word(step.unit)))
    }

    fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Text => "NVARCHAR(4000)",
            Type::Integer => "BIGINT",
            Type::Decimal(Some((digits, scale))) => return format!("DECIMAL({digits}, {scale})"),
            // Its own default keeps no decimals at all.
            Type::Decimal(None) => "DECIMAL(38, 9)",
            Type::Double => "FLOAT",
            Type::Boolean => "BIT",
            Type::Date => "DATE",
            Type::Timestamp => "DATETIME2(6)",
            Type::Instant => "DATETIMEOFFSET(6)",
        }
        .to_owned()
    }

    fn cast(&self, to: Type) -> Spelling {
        Spelling::Cast(self.type_name(to))
    }

    /// A text gives way to every other type, the narrowest decimal to every other one.
    fn null(&self, ty: Type) -> String {
        let ty = match ty {
            Type::Decimal(None) => Type::Decimal(Some((1, 0))),
            other => other,
        };
        format!("CAST(NULL AS {})", self.type_name(ty))
    }

    /// Where it stands by itself, unknown is as good as false.
    fn same(&self, negated: bool) -> Spelling {
        let same = "{0~} = {1~} OR ({0~} IS NULL AND {1~} IS NULL)";
        match negated {
            false => Spelling::pattern(format!("({same})")),
            true => Spelling::loose(format!("CASE WHEN {same} THEN 0 ELSE 1 END = 1"), Level::Predicate),
        }
    }

    fn is_true(&self, negated: bool) -> Spelling {
        let (yes, no) = if negated { (0, 1) } else { (1, 0) };
        Spelling::loose(format!("CASE WHEN {{0}} THEN {yes} ELSE {no} END = 1"), Level::Predicate)
    }

    /// See [`as_said_here`] for the brackets of a pattern.
    fn like(&self, negated: bool) -> Spelling {
        let word = if negated { "NOT LIKE" } else { "LIKE" };
        Spelling::loose(format!("{{0~}} {word} {{1~}}"), Level::Predicate)
    }

    fn division(&self) -> Division {
        Division::Operator
    }

    fn function(&self, function: Function, args: usize) -> Spelling {
        match function {
            Function::Abs => Spelling::Call("ABS"),
            Function::Round => Spelling::Call("ROUND"),
            Function::Floor => Spelling::Call("FLOOR"),
            Function::Ceil => Spelling::Call("CEILING"),
            // Negative numbers have no root and no logarithm: NULL, where the engine would stop.
            Function::Sqrt => Spelling::pattern("CASE WHEN {0~} >= 0 THEN SQRT({0:double}) END"),
            Function::Ln => Spelling::pattern("CASE WHEN {0~} > 0 THEN LOG({0:double}) END"),
            Function::Exp => Spelling::pattern("EXP({0:double})"),
            Function::Power => Spelling::pattern("POWER({0:double}, {1:double})"),
            Function::Mod => Spelling::loose("{0!:decimal} % NULLIF({1:decimal}, 0)", Level::Multiply),
            Function::Greatest => extreme(">=", args),
            Function::Least => extreme("<=", args),
            Function::Coalesce => Spelling::Call("COALESCE"),
            Function::NullIf => Spelling::Call("NULLIF"),
            Function::Lower => Spelling::Call("LOWER"),
            Function::Upper => Spelling::Call("UPPER"),
            Function::Trim => Spelling::Call("TRIM"),
            // Blanks at the end are not counted by LEN.
            Function::Length => Spelling::loose("LEN({0!} + '.') - 1", Level::Add),
            Function::Substring => Spelling::Call("SUBSTRING"),
            Function::Replace => Spelling::Call("REPLACE"),
            Function::Concat => Spelling::Infix("+", Level::Add),
            // Blanks at the end do not count in comparisons.
            Function::StartsWith => {
                Spelling::loose("LEFT({0}, LEN({1!} + '.') - 1) + '.' = {1!} + '.'", Level::Predicate)
            }
            Function::EndsWith => {
                Spelling::loose("RIGHT({0}, LEN({1!} + '.') - 1) + '.' = {1!} + '.'", Level::Predicate)
            }
            Function::BitAnd => Spelling::Infix("&", Level::Add),
            Function::Contains => Spelling::loose("CHARINDEX({1}, {0}) > 0", Level::Predicate),
        }
    }

    fn aggregate(&self, function: &AggregateFunction) -> Spelling {
        match function {
            AggregateFunction::Count => Spelling::Call("COUNT_BIG"),
            AggregateFunction::CountDistinct => Spelling::pattern("COUNT_BIG(DISTINCT {0})"),
            AggregateFunction::Sum => Spelling::Call("SUM"),
            AggregateFunction::Min => Spelling::Call("MIN"),
            // A truth is a number here.
            AggregateFunction::Max | AggregateFunction::AnyTrue => Spelling::Call("MAX"),
            AggregateFunction::Stddev => Spelling::pattern("STDEV({0:double})"),
            AggregateFunction::Percentile(_) => Spelling::Missing(&PERCENTILE),
            AggregateFunction::Corr | AggregateFunction::Slope => Spelling::Missing(&MOMENT),
            AggregateFunction::BitOr => Spelling::Missing(&BITS),
        }
    }

    /// A text of all, each with its length before it.
    fn tuple(&self, values: usize) -> Spelling {
        let part = |n: usize| format!("LEN(CONCAT({{{n}}}, '.')), ':', {{{n}}}");
        let parts: Vec<String> = (0..values).map(part).collect();
        Spelling::pattern(format!("CONCAT({})", parts.join(", ")))
    }

    fn truncate(&self, to: Part, week_start: u8) -> Spelling {
        // Whole units since a first day of all of them, which is 0.
        let since = |unit: &str| format!("DATEADD({unit}, DATEDIFF({unit}, 0, {{0}}), 0)");
        Spelling::pattern(match to {
            Part::Second => "CAST(CONVERT(CHAR(19), {0}, 120) AS DATETIME2(6))".to_owned(),
            Part::Minute | Part::Hour => format!("CAST({} AS DATETIME2(6))", since(dates::word(to))),
            Part::Day | Part::Weekday => "{0:date}".to_owned(),
            Part::Month | Part::Quarter | Part::Year => format!("CAST({} AS DATE)", since(dates::word(to))),
            // A day of that name before all others, and whole weeks since.
            Part::Week => {
                let first = format!("CAST('0001-01-0{week_start}' AS DATE)");
                format!("DATEADD(day, DATEDIFF(day, {first}, {{0}}) / 7 * 7, {first})")
            }
        })
    }

    fn month_of(&self) -> Spelling {
        self.truncate(Part::Month, 1)
    }

    fn extract(&self, part: Part) -> Spelling {
        match part {
            Part::Week => Spelling::pattern("DATEPART(iso_week, {0})"),
            // What DATEPART says depends on a setting.
            Part::Weekday => {
                Spelling::loose(format!("DATEDIFF(day, {FIRST_MONDAY}, {{0}}) % 7 + 1"), Level::Add)
            }
            other => Spelling::pattern(format!("DATEPART({}, {{0}})", dates::word(other))),
        }
    }

    fn shift(&self, step: Step, to: Type) -> Spelling {
        let value = if to == Type::Date { "{0:date}" } else { "{0}" };
        Spelling::pattern(format!("DATEADD({}, {}, {value})", dates::word(step.unit), step.count))
    }

    fn seconds(&self, _of_instants: bool) -> Spelling {
        Spelling::loose("CAST(DATEDIFF_BIG(microsecond, {0}, {1}) AS FLOAT) / 1000000", Level::Multiply)
    }

    /// It counts the midnights between.
    fn days_between(&self) -> Spelling {
        Spelling::pattern("DATEDIFF(day, {0}, {1})")
    }

    fn zone<'n>(&self, name: &'n str) -> &'n str {
        name
    }

    /// Of UTC's time: the changes of other zones are written out.
    fn instant(&self) -> Spelling {
        Spelling::pattern("TODATETIMEOFFSET({0}, '+00:00')")
    }

    /// To UTC, from there the changes are written out.
    fn to_zone(&self, from_local: bool) -> Spelling {
        if from_local { Spelling::pattern("CAST({0} AS DATETIME2(6))") } else { self.utc_of() }
    }

    fn utc_of(&self) -> Spelling {
        Spelling::pattern("CAST(SWITCHOFFSET({0}, '+00:00') AS DATETIME2(6))")
    }

    /// Digits of the steps' numbers, each as rows of their own.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String> {
        let steps = dates::steps(first, last, step).unwrap_or(0);
        let mut places = vec![1_i64];
        while places.iter().map(|place| place * 9).sum::<i64>() < steps {
            places.push(10_i64.pow(places.len() as u32));
        }
        let number: Vec<String> = (0..places.len()).map(|n| format!("d{n}.n")).collect();
        let number = number.join(" + ");
        let digits = |(n, place): (usize, &i64)| {
            let rows: Vec<String> = (0..10).map(|digit| format!("({})", digit * place)).collect();
            let word = if n == 0 { "FROM" } else { "CROSS JOIN" };
            format!("{word} (VALUES {}) AS d{n}(n)", rows.join(", "))
        };
        let unit = dates::word(step.unit);
        let count = match step.count {
            1 => number.clone(),
            count => format!("{count} * ({number})"),
        };
        let start = format!("DATEADD({unit}, {count}, {})", self.timestamp(first));
        let start = if ty == Type::Date { format!("CAST({start} AS DATE)") } else { start };
        let mut lines = vec!["SELECT".to_owned(), format!("  {start} AS {column}")];
        lines.extend(places.iter().enumerate().map(digits));
        lines.push(format!("WHERE {number} <= {steps}"));
        lines
    }

    fn parameter(&self, name: &str, _place: usize) -> String {
        format!("@{name}")
    }

    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing> {
        match kind {
            Stored::View => Ok(format!("CREATE OR ALTER VIEW {name} AS\n{query};\n")),
            Stored::Table => Err(&TABLE),
        }
    }

    fn file(&self, _path: &str, _types: &[(String, Type)]) -> Option<String> {
        None
    }

    fn parser(&self) -> Box<dyn sqlparser::dialect::Dialect> {
        Box::new(sqlparser::dialect::MsSqlDialect {})
    }
}

/// The first of these values that is at one end of those that are not NULL.
fn extreme(compares: &str, args: usize) -> Spelling {
    let Some(last) = args.checked_sub(1).filter(|last| *last > 0) else {
        return Spelling::pattern("{0}");
    };
    if args > MOST_COMPARED {
        return Spelling::Missing(&COMPARED);
    }
    let mut text = String::from("CASE");
    for one in 0..last {
        let beats: Vec<String> = (one + 1..args)
            .map(|other| format!("({{{one}~}} {compares} {{{other}~}} OR {{{other}~}} IS NULL)"))
            .collect();
        let there = if beats.len() > 1 { format!("{{{one}~}} IS NOT NULL AND ") } else { String::new() };
        text += &format!(" WHEN {there}{} THEN {{{one}}}", beats.join(" AND "));
    }
    text += &format!(" ELSE {{{last}}} END");
    Spelling::pattern(text)
}

/// What has another form here, whatever stands around it.
fn as_said_here(expr: Expr) -> Expr {
    match adapted::flat_extremes(expr) {
        // A bracket begins a list of characters.
        Expr::Like { value, pattern } => {
            let pattern = match *pattern {
                Expr::Literal(Literal::Text(text)) => Expr::text(text.replace('[', "[[]")),
                other => Expr::Call(Function::Replace, vec![other, Expr::text("["), Expr::text("[[]")]),
            };
            Expr::Like { value, pattern: pattern.boxed() }
        }
        // Nothing stands nowhere, it says.
        Expr::Call(Function::Contains, args) => match &args[1] {
            Expr::Literal(Literal::Text(part)) if part.is_empty() => Expr::is_there(args[0].clone()),
            Expr::Literal(_) => Expr::Call(Function::Contains, args),
            part => {
                let is_empty = Expr::equal(part.clone(), Expr::text(""));
                Expr::Or(vec![Expr::Call(Function::Contains, args), is_empty])
            }
        },
        // What is no whole number already would lose its decimals.
        Expr::Cast(value, Type::Integer) if !is_whole(&value) => {
            Expr::Cast(Expr::Call(Function::Round, vec![*value, Expr::number(0)]).boxed(), Type::Integer)
        }
        Expr::Aggregate(Aggregate { function: AggregateFunction::Count, args, filter })
            if args.is_empty() =>
        {
            let args = vec![Expr::number(1)];
            Expr::Aggregate(Aggregate { function: AggregateFunction::Count, args, filter })
        }
        other => other,
    }
}

fn is_whole(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Aggregate(_)
            | Expr::Over { .. }
            | Expr::Case { .. }
            | Expr::Extract(..)
            | Expr::DaysBetween { .. }
            | Expr::Literal(Literal::Text(_))
            | Expr::Call(Function::Round | Function::Floor | Function::Ceil, _)
    )
}

/// It groups by no constant. Groups by constants alone are one group where there are rows.
fn without_constant_keys(select: &mut Select) {
    let GroupBy::Keys(keys) = &mut select.group_by else { return };
    let had_keys = !keys.is_empty();
    keys.retain_mut(reads_a_column);
    if keys.is_empty() && had_keys {
        select.group_by = GroupBy::None;
        let rows = Expr::Aggregate(Aggregate {
            function: AggregateFunction::Count,
            args: vec![Expr::number(1)],
            filter: None,
        });
        let mut asked = vec![Expr::binary(Operator::Greater, rows, Expr::number(0))];
        asked.extend(select.having.take());
        select.having = Expr::all(asked);
    }
}

fn reads_a_column(expr: &mut Expr) -> bool {
    matches!(expr, Expr::Column { .. }) || expr.parts_mut().into_iter().any(reads_a_column)
}
