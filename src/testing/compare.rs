//! What came, beside what was expected: the cells that differ.

use super::decimal::Decimal;
use super::expected::{Column, Expected, Row};
use super::said::{Of, Said};
use crate::report::{Kind, Sheet, period_name};
use crate::run::Value;
use crate::source::Span;
use crate::syntax::ast::UnitName;

/// One way in which a result is not what a test expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What tells the row apart: columns and their values, as the test writes them.
    pub row: Vec<(String, String)>,
    pub what: What,
    /// The row of the test, if it has one.
    pub span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A cell of a row that both have.
    Cell { column: String, expected: String, got: String },
    /// No such row came.
    Missing,
    /// Nobody expected the row, which has these values.
    Unexpected { values: Vec<(String, String)> },
}

/// Every difference, in the order of the test's rows, then of the result's.
pub fn compare(expected: &Expected, sheet: &Sheet) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut met = vec![false; sheet.lines.len()];
    for row in &expected.rows {
        let line = sheet.lines.iter().position(|line| is_same_row(expected, row, &line.values));
        let Some(line) = line else {
            found.push(Difference { row: told(expected, row), what: What::Missing, span: Some(row.span) });
            continue;
        };
        met[line] = true;
        let got = &sheet.lines[line].values;
        for (i, column) in expected.columns.iter().enumerate().filter(|(_, column)| !column.is_key) {
            if !row.values[i].is(&got[column.place]) {
                let what = What::Cell {
                    column: column.name.clone(),
                    expected: shown(&row.said[i]),
                    got: alike(&got[column.place], &row.said[i]),
                };
                found.push(Difference { row: told(expected, row), what, span: Some(row.span) });
            }
        }
    }
    let others = sheet.lines.iter().zip(&met).filter(|(_, met)| !**met && !expected.some);
    found.extend(others.map(|(line, _)| unexpected(expected, sheet, &line.values)));
    found
}

fn is_same_row(expected: &Expected, row: &Row, got: &[Value]) -> bool {
    let mut keys = expected.columns.iter().zip(&row.values).filter(|(column, _)| column.is_key);
    keys.all(|(column, wanted)| wanted.is(&got[column.place]))
}

/// A row's keys as the test says them.
fn told(expected: &Expected, row: &Row) -> Vec<(String, String)> {
    let keys = expected.columns.iter().zip(&row.said).filter(|(column, _)| column.is_key);
    keys.map(|(column, said)| (column.name.clone(), shown(said))).collect()
}

fn unexpected(expected: &Expected, sheet: &Sheet, got: &[Value]) -> Difference {
    let write = |place: usize| match &sheet.columns[place].kind {
        Kind::Period(grain) => period_name(*grain, &got[place]),
        _ => written(&got[place]),
    };
    let (keys, values): (Vec<_>, Vec<_>) = expected.columns.iter().partition(|column| column.is_key);
    let named = |columns: Vec<&Column>| -> Vec<(String, String)> {
        columns.into_iter().map(|column| (column.name.clone(), write(column.place))).collect()
    };
    Difference { row: named(keys), what: What::Unexpected { values: named(values) }, span: None }
}

// ------------------------------------------------------------------ values

/// An expected value, as the test writes it.
fn shown(said: &Said) -> String {
    match said {
        Said::Null => "null".into(),
        Said::Truth(truth) => truth.to_string(),
        Said::Number(number, Of::Nothing) => number.to_string(),
        Said::Number(number, Of::Percent) => format!("{number}%"),
        Said::Number(number, Of::Money(unit)) => format!("{number} {}", unit.word()),
        Said::Number(number, Of::Time(unit)) => format!("{number} {}", UnitName::Time(*unit).word()),
        Said::Text(text) => quoted(text),
        Said::Day(day) => super::given::iso(*day),
        Said::Period(period) => crate::syntax::format::period(*period),
        Said::Quotient(above, below) => format!("{above} / {below}"),
    }
}

/// A value that came, counted as the expected one is.
fn alike(got: &Value, said: &Said) -> String {
    let exact = got.digits().and_then(|digits| Decimal::read(&digits));
    match (said, exact) {
        (Said::Number(_, Of::Percent), Some(number)) => match number.times(Decimal::HUNDRED) {
            Some(percent) => format!("{percent}%"),
            None => written(got),
        },
        (Said::Number(_, Of::Money(unit)), Some(number)) => format!("{number} {}", unit.word()),
        (Said::Number(_, Of::Time(_)), Some(number)) => format!("{number} seconds"),
        _ => written(got),
    }
}

/// A value as a test would write it.
pub fn written(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Text(text) => quoted(text),
        Value::Timestamp(time) => quoted(&time.strftime("%Y-%m-%d %H:%M:%S%.f").to_string()),
        Value::Integer(_) | Value::Decimal(_) => {
            let digits = value.digits().unwrap_or_default();
            Decimal::read(&digits).map_or(digits, |number| number.to_string())
        }
        other => other.text().unwrap_or_default(),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
