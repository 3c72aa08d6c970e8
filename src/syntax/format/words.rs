//! The smallest parts: names, texts, numbers, units, dates.

use crate::syntax::ast::{
    Better, ColumnType, ColumnUnit, Duration, Money, Name, Path, PeriodKind, RowCurrency, Status, StatusSide,
};

/// Words that mean something inside expressions wherever they stand.
const RESERVED: [&str; 18] = [
    "and", "or", "not", "in", "like", "between", "null", "true", "false", "case", "when", "then", "else",
    "end", "distinct", "where", "having", "per",
];

/// A name, in backticks when it is no plain identifier or a reserved word.
pub fn name(text: &str) -> String {
    if is_plain(text) && !RESERVED.contains(&text) { text.to_owned() } else { quoted(text, '`') }
}

fn is_plain(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(|n| name(n)).collect::<Vec<_>>().join(", ")
}

/// `finance.budget`
pub fn table(parts: &[Name]) -> String {
    parts.iter().map(|part| name(part)).collect::<Vec<_>>().join(".")
}

pub fn path(path: &Path) -> String {
    match &path.qualifier {
        Some(qualifier) => format!("{}.{}", name(qualifier), name(&path.name)),
        None => name(&path.name),
    }
}

pub(super) fn paths(paths: &[Path]) -> String {
    paths.iter().map(path).collect::<Vec<_>>().join(", ")
}

/// `'text'`, a value.
pub fn text(text: &str) -> String {
    quoted(text, '\'')
}

/// `"text"`, a label.
pub(in crate::syntax) fn label(text: &str) -> String {
    quoted(text, '"')
}

/// Doubles the quote inside. Quoted text ends on its line, so a line end, which
/// only YAML can say, becomes a space.
fn quoted(text: &str, quote: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c if c == quote => out.extend([quote, quote]),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// Whether a text stands for itself in a list of literals in YAML: nothing that the language
/// reads as another literal, or as quotes, begins it.
pub fn is_bare_text(text: &str) -> bool {
    let begins = |c: char| c.is_alphabetic() || c == '_';
    text.starts_with(begins) && !text.contains(['\n', '\r']) && !["true", "false", "null"].contains(&text)
}

/// A quantity, its thousands apart from five digits on: `50_000.5`.
pub(super) fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    if whole.len() < 5 {
        return number.to_owned();
    }
    let mut out = String::with_capacity(number.len() + whole.len() / 3);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out + rest
}

pub(super) fn duration(duration: &Duration) -> String {
    let word = duration.unit.word();
    let plural = if duration.count == "1" { "" } else { "s" };
    format!("{} {word}{plural}", duration.count)
}

/// What stands behind a column's `in`.
pub fn column_unit(value: &ColumnUnit) -> String {
    match value {
        ColumnUnit::Unit(name) => name.word(),
        ColumnUnit::PercentOf100 => "percent of 100".to_owned(),
        ColumnUnit::Zone(zone) => zone.clone(),
        ColumnUnit::OfRow(row) => row_currency(row),
        ColumnUnit::Rate(of, per) => format!("{} per {}", money(of), money(per)),
    }
}

fn money(value: &Money) -> String {
    match value {
        Money::Code(code) => code.clone(),
        Money::OfRow(row) => row_currency(row),
    }
}

fn row_currency(row: &RowCurrency) -> String {
    match &row.column {
        None => "currency".to_owned(),
        Some(column) => format!("currency of {}", name(&column.value)),
    }
}

pub(super) fn column_type(ty: ColumnType) -> String {
    match ty {
        ColumnType::Text => "text".to_owned(),
        ColumnType::Integer => "integer".to_owned(),
        ColumnType::Decimal(None) => "decimal".to_owned(),
        ColumnType::Decimal(Some((precision, scale))) => format!("decimal({precision},{scale})"),
        ColumnType::Float => "float".to_owned(),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Timestamp => "timestamp".to_owned(),
        ColumnType::Instant => "instant".to_owned(),
    }
}

pub(super) fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Range => "range",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::AtRisk => "at_risk",
        Status::OffTrack => "off_track",
    }
}

pub(super) fn side(side: StatusSide) -> &'static str {
    match side {
        StatusSide::Below => "below",
        StatusSide::Above => "above",
    }
}

/// A period as the language writes it.
pub fn period(period: PeriodKind) -> String {
    match period {
        PeriodKind::Year(year) => format!("{year:04}"),
        PeriodKind::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        PeriodKind::Month(year, month) => format!("{year:04}-{month:02}"),
        PeriodKind::Week(year, week) => format!("{year:04}-W{week:02}"),
        PeriodKind::Day(day) => day.to_string(),
    }
}
