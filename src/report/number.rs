//! Numbers in their unit: `748,957.02 GBP`, `2.50%`, `3 min 30 s`.

use crate::resolve::resolved::{TimeUnit, UnitName};
use crate::run::Value;

/// What stands for no value.
const NOTHING: &str = "–";

/// A KPI's value for people; `is_span`: it is a span of time, held in seconds.
pub fn shown(value: &Value, unit: Option<&UnitName>, is_span: bool) -> String {
    if value.digits().is_none() {
        return value.text().map_or(NOTHING.into(), |text| text);
    }
    match unit {
        Some(UnitName::Currency(code)) => format!("{} {code}", fixed(value, decimals(code))),
        Some(UnitName::Percent) => format!("{}%", percent(value)),
        Some(UnitName::Duration) => span(value),
        Some(UnitName::Time(time)) if is_span => in_unit(value, *time),
        Some(UnitName::Time(time)) => format!("{} {}", plain(value), short(*time)),
        None if is_span => span(value),
        Some(UnitName::Count | UnitName::Ratio | UnitName::Score(_)) | None => plain(value),
    }
}

/// Decimals of a currency's smallest part: ISO 4217.
fn decimals(code: &str) -> usize {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

fn percent(value: &Value) -> String {
    match value {
        Value::Float(n) => grouped(&format!("{:.2}", n * 100.0)),
        other => grouped(&rounded(&moved(&other.digits().unwrap_or_default()), 2)),
    }
}

/// Without a unit: whole numbers as they are, others with two decimals or, when
/// they are small, three significant digits.
fn plain(value: &Value) -> String {
    match value {
        Value::Integer(_) => grouped(&value.digits().unwrap_or_default()),
        _ => {
            let size = value.number().unwrap_or_default().abs();
            let places = if size == 0.0 || size >= 1.0 { 2 } else { 3 + leading_zeros(size) };
            fixed(value, places)
        }
    }
}

/// Zeros between the point and the first other digit.
fn leading_zeros(size: f64) -> usize {
    let text = format!("{size:.20}");
    let behind = text.split_once('.').map_or("", |(_, behind)| behind);
    behind.len() - behind.trim_start_matches('0').len()
}

fn fixed(value: &Value, places: usize) -> String {
    match value {
        Value::Float(n) => grouped(&format!("{n:.places$}")),
        other => grouped(&rounded(&other.digits().unwrap_or_default(), places)),
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

/// Thousands apart.
fn grouped(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, behind) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(if digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) { sign } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + behind
}

// ------------------------------------------------------------ spans of time

/// Seconds and shorter names of longer units; months and years have no length.
const PARTS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];

/// Its two largest parts: `3 min 30 s`, `2 d 4 h`, `1.50 s`.
fn span(value: &Value) -> String {
    let seconds = value.number().unwrap_or_default();
    let sign = if seconds < 0.0 { "-" } else { "" };
    let size = seconds.abs();
    if size < 10.0 {
        return format!("{} s", fixed(value, 2));
    }
    // Rounded to the second part shown, so that 59 min 60 s is 1 h 0 min.
    let first = PARTS.iter().position(|(length, _)| size >= *length as f64).unwrap_or(PARTS.len() - 1);
    let step = PARTS[(first + 1).min(PARTS.len() - 1)].0;
    let whole = (size / step as f64).round() as u64 * step;
    let first = PARTS.iter().position(|(length, _)| whole >= *length).unwrap_or(PARTS.len() - 1);
    let (length, name) = PARTS[first];
    let rest = match PARTS.get(first + 1) {
        Some((next, name)) => format!(" {} {name}", whole % length / next),
        None => String::new(),
    };
    format!("{sign}{} {name}{rest}", whole / length)
}

/// Seconds in the declared unit.
fn in_unit(value: &Value, unit: TimeUnit) -> String {
    let seconds = value.number().unwrap_or_default();
    let length = match unit {
        TimeUnit::Millisecond => 0.001,
        TimeUnit::Second => 1.0,
        TimeUnit::Minute => 60.0,
        TimeUnit::Hour => 3_600.0,
        TimeUnit::Day => 86_400.0,
        TimeUnit::Week => 604_800.0,
        // Months have no length in seconds.
        TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => return span(value),
    };
    format!("{} {}", plain(&Value::Float(seconds / length)), short(unit))
}

fn short(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Millisecond => "ms",
        TimeUnit::Second => "s",
        TimeUnit::Minute => "min",
        TimeUnit::Hour => "h",
        TimeUnit::Day => "days",
        TimeUnit::Week => "weeks",
        TimeUnit::Month => "months",
        TimeUnit::Quarter => "quarters",
        TimeUnit::Year => "years",
    }
}
