//! Exact digits: rounded, and moved by powers of ten, as texts.

use crate::run::Value;

/// A value with this many decimals, half away from zero: `-1234.50`.
pub fn fixed(value: &Value, places: usize) -> String {
    match value {
        Value::Float(n) => positive_zero(format!("{n:.places$}")),
        other => rounded(&other.digits().unwrap_or_default(), places),
    }
}

/// A hundred times as much, with this many decimals.
pub fn hundredfold(value: &Value, places: usize) -> String {
    match value {
        Value::Float(n) => positive_zero(format!("{:.places$}", n * 100.0)),
        other => rounded(&moved(&other.digits().unwrap_or_default()), places),
    }
}

/// Nothing has no sign.
pub fn positive_zero(number: String) -> String {
    match number.strip_prefix('-') {
        Some(digits) if !digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) => digits.to_string(),
        _ => number,
    }
}

/// Exact digits to this many decimals, half away from zero.
fn rounded(digits: &str, places: usize) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let mut kept: Vec<u8> =
        whole.bytes().chain(behind.bytes().chain(std::iter::repeat(b'0')).take(places)).collect();
    if behind.as_bytes().get(places).is_some_and(|next| *next >= b'5') {
        let nines = kept.iter().rev().take_while(|digit| **digit == b'9').count();
        let length = kept.len();
        kept[length - nines..].fill(b'0');
        match length.checked_sub(nines + 1) {
            Some(at) => kept[at] += 1,
            None => kept.insert(0, b'1'),
        }
    }
    let text: String = kept.into_iter().map(char::from).collect();
    let (whole, behind) = text.split_at(text.len() - places);
    let sign = if text.bytes().all(|digit| digit == b'0') { "" } else { sign };
    let whole = if whole.is_empty() { "0" } else { whole };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{behind}") }
}

/// A hundred times as much.
fn moved(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{behind:0<2}");
    let whole = format!("{whole}{}", &padded[..2]);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match &padded[2..] {
        "" => format!("{sign}{whole}"),
        behind => format!("{sign}{whole}.{behind}"),
    }
}
