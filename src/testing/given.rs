//! Rows given: checked against the columns that the source has, then a query of their own.

use jiff::civil::DateTime;

use super::columns::{Column, Columns};
use super::decimal::Decimal;
use super::said::{Of, Said, said};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::resolved::{ColumnType, Date};
use crate::source::Span;
use crate::sql::{Body, Expr, From, Item, Query, Select, Table};
use crate::syntax::ast::{Cells, ColumnUnit, Given, Name, Path, UnitName};
use crate::syntax::format;
use crate::value::{Literal, Type};

/// A source's rows, of values of one type in each column.
#[derive(Debug)]
pub struct Rows {
    pub source: String,
    /// The columns given, each with its type; `None`: nothing but NULL of a column that nobody declares.
    pub columns: Vec<(String, Option<ColumnType>)>,
    /// Whether no definition declares the type of some of them.
    pub is_told: bool,
    rows: Vec<Vec<Literal>>,
}

impl Rows {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }
}

/// Checks what is given of a source; `None`: it has findings.
pub fn rows(given: &Given, columns: &Columns, model: &Model<'_>, sink: &mut Sink) -> Option<Rows> {
    let table = &given.table;
    let before = sink.len();
    let mut known = Vec::new();
    for (i, path) in table.columns.iter().enumerate() {
        let name = match &path.qualifier {
            Some(_) => {
                let fact = "a row of one source has no columns of another";
                sink.push(
                    Diagnostic::error(Code::TestColumn, path.span(), fact)
                        .help("give the other source its rows"),
                );
                continue;
            }
            None => &path.name,
        };
        // An engine may not tell names apart by their case.
        let same = |first: &&Path| first.name.to_lowercase() == name.to_lowercase();
        if let Some(first) = table.columns[..i].iter().find(same) {
            sink.push(twice(name, first.name.span));
        } else if let Some(column) = columns.get(name.value.as_str()) {
            known.push((i, name, column));
        } else {
            let finding = unknown(&given.source, name, columns, model, sink);
            sink.push(finding);
        }
    }
    let said = said_rows(table, model, sink);
    if sink.len() > before {
        return None;
    }
    let mut typed = Vec::new();
    let mut values: Vec<Vec<Literal>> = said.iter().map(|_| Vec::new()).collect();
    for (i, name, column) in known {
        let cells: Vec<(&Said, Span)> =
            said.iter().zip(&table.rows).map(|(said, row)| (&said[i], row.value[i].span())).collect();
        let ty = match column.declared {
            Some(ty) => Some(ty),
            None => inferred(name, column, &cells, sink),
        };
        for ((said, span), row) in cells.iter().zip(&mut values) {
            row.push(match (ty, said) {
                (Some(ty), Said::Null) => Literal::Null(physical(ty)),
                (Some(ty), said) => match literal(said, ty, column, *span) {
                    Ok(literal) => literal,
                    Err(finding) => {
                        sink.push(finding.label(name.span, format!("`{}` is {}", name.value, a(ty))));
                        Literal::Null(physical(ty))
                    }
                },
                (None, _) => Literal::Null(Type::Integer),
            });
        }
        typed.push((name.value.clone(), ty));
    }
    let is_told = known_types(&typed, columns);
    let rows = Rows { source: given.source.value.clone(), columns: typed, is_told, rows: values };
    (sink.len() == before).then_some(rows)
}

/// Whether some column's type is known by its values alone.
fn known_types(typed: &[(String, Option<ColumnType>)], columns: &Columns) -> bool {
    typed.iter().any(|(name, ty)| ty.is_some() && columns.get(name).is_some_and(|c| c.declared.is_none()))
}

/// What each cell says; rows of another length than the columns are reported.
pub fn said_rows(table: &Cells, model: &Model<'_>, sink: &mut Sink) -> Vec<Vec<Said>> {
    let mut rows = Vec::new();
    for row in &table.rows {
        let (has, wants) = (row.value.len(), table.columns.len());
        if has != wants {
            let (values, columns) = (plural(has, "value"), plural(wants, "column"));
            sink.push(
                Diagnostic::error(Code::TestRow, row.span, format!("this row has {values} for {columns}"))
                    .label(table.span, "the columns")
                    .help("write a value for each column, `null` where there is none"),
            );
            continue;
        }
        let mut values = Vec::new();
        for cell in &row.value {
            match said(cell, model) {
                Ok(said) => values.push(said),
                Err(finding) => sink.push(finding),
            }
        }
        rows.push(values);
    }
    rows
}

fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

pub fn twice(name: &Name, first: Span) -> Diagnostic {
    let fact = format!("the column `{}` is named twice", name.value);
    Diagnostic::error(Code::Repeated, name.span, fact)
        .label(first, "first named here")
        .help("keep one of them")
}

fn unknown(source: &Name, name: &Name, columns: &Columns, model: &Model<'_>, sink: &mut Sink) -> Diagnostic {
    let def = model.sources.get(source.value.as_str());
    let computed = def.into_iter().flat_map(|def| &def.columns).find(|column| column.header.name == *name);
    let dimension = def.into_iter().flat_map(|def| &def.dimensions).find(|d| d.header.name == *name);
    let formula = computed.and_then(|c| c.value.as_ref()).or(dimension.and_then(|d| d.value.as_ref()));
    if let Some(formula) = formula {
        let fact = format!("`{}` of `{}` is computed, and no column of its data", name.value, source.value);
        return Diagnostic::error(Code::TestColumn, name.span, fact)
            .label(formula.span, "from this")
            .because("a test gives what the data has, and the definitions compute the rest")
            .help(format!("give the columns that it is computed from: {}", format::expression(formula)));
    }
    let fact = format!("no definition reads a column `{}` of `{}`", name.value, source.value);
    let found = Diagnostic::error(Code::TestColumn, name.span, fact).missing(&name.value);
    match sink.nearest(&name.value, columns.keys().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near.to_owned()),
        None => {
            let known: Vec<String> = columns.keys().take(12).map(|c| format!("`{c}`")).collect();
            found.help(format!("leave it out; what is read: {}", known.join(", ")))
        }
    }
}

// ------------------------------------------------------------------- types

/// The type that the values of an undeclared column have in common.
fn inferred(name: &Name, column: &Column, cells: &[(&Said, Span)], sink: &mut Sink) -> Option<ColumnType> {
    let mut found: Option<(ColumnType, Span)> = None;
    for (said, span) in cells {
        let ty = match said {
            Said::Null | Said::Quotient(..) | Said::Period(_) => continue,
            Said::Truth(_) => ColumnType::Boolean,
            Said::Number(number, Of::Nothing) if number.scale() == 0 => ColumnType::Integer,
            Said::Number(..) => ColumnType::Decimal(None),
            Said::Day(_) => ColumnType::Date,
            Said::Text(_) if column.is_time => ColumnType::Timestamp,
            Said::Text(_) => ColumnType::Text,
        };
        let (before, first) = found.unwrap_or((ty, *span));
        let Some(both) = common(before, ty) else {
            sink.push(
                Diagnostic::error(
                    Code::TypeMismatch,
                    *span,
                    format!("`{}` is {} in this row and {} in another", name.value, a(ty), a(before)),
                )
                .label(first, "the other one")
                .because("a column has values of one type")
                .help(format!("declare which: `column {} : …` in the source", name.value)),
            );
            return None;
        };
        found = Some((both, first));
    }
    found.map(|(ty, _)| ty)
}

fn common(a: ColumnType, b: ColumnType) -> Option<ColumnType> {
    use ColumnType::{Date, Decimal, Integer, Timestamp};
    match (a, b) {
        (a, b) if a == b => Some(a),
        (Integer, Decimal(_)) | (Decimal(_), Integer) => Some(Decimal(None)),
        (Date, Timestamp) | (Timestamp, Date) => Some(Timestamp),
        _ => None,
    }
}

fn a(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text => "a text",
        ColumnType::Integer => "a whole number",
        ColumnType::Decimal(_) => "a decimal number",
        ColumnType::Float => "a number",
        ColumnType::Boolean => "a truth value",
        ColumnType::Date => "a day",
        ColumnType::Timestamp => "a time",
        ColumnType::Instant => "a time with an offset",
    }
}

fn physical(ty: ColumnType) -> Type {
    match ty {
        ColumnType::Text => Type::Text,
        ColumnType::Integer => Type::Integer,
        ColumnType::Decimal(size) => Type::Decimal(size),
        ColumnType::Float => Type::Double,
        ColumnType::Boolean => Type::Boolean,
        ColumnType::Date => Type::Date,
        ColumnType::Timestamp => Type::Timestamp,
        ColumnType::Instant => Type::Instant,
    }
}

// ---------------------------------------------------------------- literals

/// A value as a column of this type holds it.
fn literal(said: &Said, ty: ColumnType, column: &Column, span: Span) -> Result<Literal, Diagnostic> {
    let other = || mismatch(span, format!("{} is given", said.kind()));
    match (ty, said) {
        (ColumnType::Integer | ColumnType::Decimal(_) | ColumnType::Float, Said::Number(number, of)) => {
            let number = in_unit(*number, of, column, span)?;
            fits(number, ty, span)?;
            Ok(Literal::Number(number.to_string()))
        }
        (ColumnType::Text, Said::Text(text)) => Ok(Literal::Text(text.clone())),
        (ColumnType::Boolean, Said::Truth(truth)) => Ok(Literal::Boolean(*truth)),
        (ColumnType::Date, Said::Day(day)) => Ok(Literal::Date(iso(*day))),
        (ColumnType::Timestamp, Said::Day(day)) => Ok(Literal::Timestamp(format!("{} 00:00:00", iso(*day)))),
        (ColumnType::Timestamp, Said::Text(text)) => match time(text) {
            Some(time) => Ok(Literal::Timestamp(time.strftime("%Y-%m-%d %H:%M:%S%.f").to_string())),
            None => Err(mismatch(span, format!("`{text}` is no time"))
                .help("write a day and a time as `'2026-01-05 10:30'`, or the day alone as `2026-01-05`")),
        },
        (ColumnType::Instant, Said::Text(text)) => match text.parse::<jiff::Timestamp>() {
            Ok(instant) => Ok(Literal::Instant(instant.strftime("%Y-%m-%d %H:%M:%S%.fZ").to_string())),
            Err(_) => Err(mismatch(span, format!("`{text}` is no time with an offset"))
                .help("write it as `'2026-01-05 10:30+01:00'` or `'2026-01-05 09:30Z'`")),
        },
        (ColumnType::Instant, Said::Day(_)) => {
            Err(other().help("write a time and its offset: `'2026-01-05 10:30+01:00'`"))
        }
        (ColumnType::Date, Said::Text(text)) => Err(mismatch(span, format!("the text `{text}` is given"))
            .help("write a day without quotes: `2026-01-05`")),
        _ => Err(other()),
    }
}

fn mismatch(span: Span, fact: String) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, span, fact)
}

/// A local time, without zone.
pub fn time(text: &str) -> Option<DateTime> {
    let is_zoned =
        text.ends_with(['Z', 'z', ']']) || text.get(10..).is_some_and(|rest| rest.contains(['+', '-']));
    if is_zoned { None } else { text.parse().ok() }
}

pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// A number as the column counts it.
fn in_unit(number: Decimal, of: &Of, column: &Column, span: Span) -> Result<Decimal, Diagnostic> {
    let declared = column.unit.as_ref();
    match (of, declared) {
        (Of::Nothing, _) | (Of::Percent, Some(ColumnUnit::PercentOf100)) => Ok(number),
        (Of::Percent, _) => Ok(number.hundredth()),
        (Of::Money(_), None) => Ok(number),
        (Of::Money(unit), Some(ColumnUnit::Unit(declared))) if unit == declared => Ok(number),
        (Of::Time(unit), Some(ColumnUnit::Unit(UnitName::Time(declared)))) if unit == declared => Ok(number),
        (Of::Money(unit), Some(declared)) => Err(other_unit(&unit.word(), declared, span)),
        (Of::Time(unit), Some(declared)) => {
            Err(other_unit(&UnitName::Time(*unit).word(), declared, span))
        }
        (Of::Time(unit), None) => Err(Diagnostic::error(
            Code::UnitMismatch,
            span,
            format!("{} are given to a column without a unit", UnitName::Time(*unit).word()),
        )
        .help("write the number that the data has, or declare the column's unit: `column x : integer in minutes`")),
    }
}

fn other_unit(given: &str, declared: &ColumnUnit, span: Span) -> Diagnostic {
    let declared = format::column_unit(declared);
    Diagnostic::error(Code::UnitMismatch, span, format!("{given} are given to a column in {declared}"))
        .help("write the number that the data has, or the column's own unit behind it")
}

/// Whether a column keeps all of a number.
fn fits(number: Decimal, ty: ColumnType, span: Span) -> Result<(), Diagnostic> {
    let fact = match ty {
        ColumnType::Integer if number.scale() > 0 => "has a fraction",
        ColumnType::Integer if number.to_string().parse::<i64>().is_err() => "is larger than a column holds",
        ColumnType::Decimal(Some((_, scale))) if number.scale() > usize::from(scale) => {
            "has more decimals than the column keeps"
        }
        ColumnType::Decimal(Some((digits, scale)))
            if number.whole_digits() > usize::from(digits.saturating_sub(scale)) =>
        {
            "has more digits than the column holds"
        }
        _ => return Ok(()),
    };
    Err(mismatch(span, format!("`{number}` {fact}")).because("the data could not have this value"))
}

// --------------------------------------------------------------------- SQL

/// A query of the rows given, and NULL in every other column of the source; without rows
/// given, of no row.
pub fn query(given: Option<&Rows>, columns: &Columns) -> Query {
    let mut items: Vec<Item> = Vec::new();
    let mut named: Vec<String> = Vec::new();
    let rows = given.filter(|given| !given.rows.is_empty());
    for (name, ty) in given.iter().flat_map(|given| &given.columns) {
        let value = match (ty, rows) {
            (Some(_), Some(_)) => Expr::of(ROWS, name.as_str()),
            (Some(ty), None) => Expr::null(physical(*ty)),
            (None, _) => columns.get(name).map_or(nothing(), unknown_yet),
        };
        items.push(value.alias(name.as_str()));
        named.push(name.to_lowercase());
    }
    for (name, known) in columns {
        // An engine may not tell names apart by their case.
        if !named.contains(&name.to_lowercase()) {
            items.push(unknown_yet(known).alias(name.as_str()));
            named.push(name.to_lowercase());
        }
    }
    if items.is_empty() {
        // A source whose rows are only counted.
        items.push(Expr::number(1).alias("row"));
    }
    let select = match rows {
        Some(rows) => Select { items, from: Some(values(rows)), ..Select::default() },
        None => Select { items, filter: Some(Expr::Literal(Literal::Boolean(false))), ..Select::default() },
    };
    Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() }
}

const ROWS: &str = "given";

/// NULL, of the type that the column's uses take it for.
fn unknown_yet(column: &Column) -> Expr {
    match column.declared.map(physical).or(column.used_as) {
        Some(Type::Decimal(None)) => Expr::null(Type::Decimal(Some((18, 2)))),
        Some(ty) => Expr::null(ty),
        None => nothing(),
    }
}

/// NULL, of whichever type is asked.
fn nothing() -> Expr {
    Expr::Case { whens: Vec::new(), otherwise: None }
}

fn values(rows: &Rows) -> From {
    let types: Vec<Option<Type>> =
        rows.columns.iter().enumerate().map(|(i, (_, ty))| Some(sized((*ty)?, rows, i))).collect();
    let cell = |(literal, ty): (&Literal, &Option<Type>)| match (literal, ty) {
        (Literal::Null(_), Some(ty)) => Expr::null(*ty),
        (Literal::Null(_), None) => Expr::number(0),
        (Literal::Number(_), Some(ty)) => Expr::Cast(Expr::Literal(literal.clone()).boxed(), *ty),
        _ => Expr::Literal(literal.clone()),
    };
    let columns: Vec<String> = rows.columns.iter().map(|(name, _)| name.clone()).collect();
    let values = rows.rows.iter().map(|row| row.iter().zip(&types).map(cell).collect()).collect();
    From { table: Table::Values { columns, rows: values }, alias: Some(ROWS.into()) }
}

/// A decimal whose size nobody declares takes as many digits as its values have.
fn sized(ty: ColumnType, rows: &Rows, column: usize) -> Type {
    let ColumnType::Decimal(None) = ty else { return physical(ty) };
    let numbers = rows.rows.iter().filter_map(|row| match &row[column] {
        Literal::Number(digits) => Decimal::read(digits),
        _ => None,
    });
    let (mut whole, mut scale) = (0, 0);
    for number in numbers {
        whole = whole.max(number.whole_digits());
        scale = scale.max(number.scale());
    }
    let digits = (whole + scale).clamp(18, 38);
    let narrow = |n: usize| u8::try_from(n).unwrap_or(38);
    Type::Decimal(Some((narrow(digits), narrow(scale.min(38)))))
}
