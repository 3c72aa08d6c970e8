//! Results, and what it means that two of them agree.

use super::Checked;

/// A result: what kpic and an oracle must agree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    pub kinds: Vec<Kind>,
    pub rows: Vec<Vec<Option<String>>>,
}

/// How two values of a column are compared; the oracle's type decides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Text,
    Truth,
    /// Whole numbers and decimals: digit by digit.
    Exact,
    /// Floating point: to nine digits.
    Near,
}

impl Kind {
    pub fn of(sql_type: &str) -> Kind {
        match sql_type {
            "BOOLEAN" => Kind::Truth,
            "DOUBLE" | "FLOAT" => Kind::Near,
            t if t.ends_with("INT") || t == "INTEGER" || t.starts_with("DECIMAL") => Kind::Exact,
            _ => Kind::Text,
        }
    }

    pub fn same(self, a: &Option<String>, b: &Option<String>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => match self {
                Kind::Text | Kind::Truth => a == b,
                Kind::Exact => digits(a) == digits(b),
                Kind::Near => near(a, b),
            },
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
}

fn near(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3),
        _ => false,
    }
}

/// A number without what does not change its value: `-0.50` and `-0.5` are one.
fn digits(number: &str) -> String {
    let short =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if matches!(short, "-0" | "") { "0".into() } else { short.into() }
}

const SHOWN: usize = 12;

/// Columns, rows in order, and every value; the error shows cells that differ.
pub fn compare(oracle: &Table, actual: &Table) -> Checked<()> {
    if oracle.columns != actual.columns {
        return Err(format!(
            "columns differ\n  oracle: {:?}\n  kpic:   {:?}",
            oracle.columns, actual.columns
        ));
    }
    let mut differences = Vec::new();
    for (i, (expected, found)) in oracle.rows.iter().zip(&actual.rows).enumerate() {
        for (c, column) in oracle.columns.iter().enumerate() {
            if !oracle.kinds[c].same(&expected[c], &found[c]) {
                let (says, is) = (shown(&expected[c]), shown(&found[c]));
                differences.push(format!(
                    "row {}, {column}: oracle {says}, kpic {is}   [{}]",
                    i + 1,
                    line(expected)
                ));
            }
        }
    }
    let shorter = oracle.rows.len().min(actual.rows.len());
    differences.extend(oracle.rows[shorter..].iter().map(|row| format!("only the oracle: {}", line(row))));
    differences.extend(actual.rows[shorter..].iter().map(|row| format!("only kpic: {}", line(row))));
    if differences.is_empty() {
        return Ok(());
    }
    let (rows, count) =
        (format!("{} rows, kpic {}", oracle.rows.len(), actual.rows.len()), differences.len());
    differences.truncate(SHOWN);
    Err(format!("{count} differences (oracle {rows})\n  {}", differences.join("\n  ")))
}

fn shown(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("NULL")
}

fn line(row: &[Option<String>]) -> String {
    row.iter().map(shown).collect::<Vec<_>>().join(" | ")
}
