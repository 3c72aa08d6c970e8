//! Numbers in their unit: `748,957.02 GBP`, `2.50%`, `3 min 30 s`, and as a locale has
//! them: `748 957,02 £GB`, `2,50 %`.

use super::digits::{fixed, hundredfold, positive_zero};
use super::locale::{Facts, Words};
use crate::resolve::resolved::{Format, TimeUnit, UnitName};
use crate::run::Value;

/// What stands for no value.
const NOTHING: &str = "–";

/// How numbers are written for people: in the form of definitions, or in a locale's.
#[derive(Debug, Default)]
pub struct Writing {
    locale: Option<&'static Facts>,
}

/// What a column's numbers are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Number {
    pub unit: Option<UnitName>,
    /// A span of time, held in seconds.
    pub is_span: bool,
    pub format: Option<Format>,
}

impl Writing {
    /// That of a locale of the closed list; of another one, that of definitions.
    pub fn of(locale: Option<&str>) -> Writing {
        Writing { locale: locale.and_then(Facts::named) }
    }

    /// What stands before decimals.
    pub fn decimal(&self) -> char {
        self.locale.map_or('.', Facts::decimal)
    }

    #[cfg(test)]
    pub fn is_of_locale(&self) -> bool {
        self.locale.is_some()
    }

    /// A KPI's value for people.
    pub fn shown(&self, value: &Value, number: &Number) -> String {
        if value.digits().is_none() {
            return value.text().map_or(NOTHING.into(), |text| text);
        }
        let Number { unit, is_span, format } = number;
        match (unit, format) {
            (Some(UnitName::Currency(code)), Some(Format::Compact)) => {
                let (digits, suffix) = self.compact(value);
                self.money(&digits, suffix, code)
            }
            (Some(UnitName::Currency(code)), format) => {
                self.money(&fixed(value, places(*format, decimals(code))), "", code)
            }
            (Some(UnitName::Percent), format) => self.percent(&hundredfold(value, places(*format, 2))),
            (Some(UnitName::Duration), _) => self.span(value),
            (Some(UnitName::Time(time)), format) if *is_span => self.in_unit(value, *time, *format),
            (Some(UnitName::Time(time)), format) => self.counted(&plain(value, *format), *time),
            (None, _) if *is_span => self.span(value),
            (Some(UnitName::Count | UnitName::Ratio | UnitName::Score(_)) | None, Some(Format::Compact)) => {
                let (digits, suffix) = self.compact(value);
                self.grouped(&digits) + suffix
            }
            (Some(UnitName::Count | UnitName::Ratio | UnitName::Score(_)) | None, format) => {
                self.grouped(&plain(value, *format))
            }
        }
    }

    fn percent(&self, digits: &str) -> String {
        let gap = self.locale.map_or("", |locale| locale.percent_gap);
        format!("{}{gap}%", self.grouped(digits))
    }

    fn money(&self, digits: &str, suffix: &str, code: &str) -> String {
        match self.locale {
            None => format!("{}{suffix} {code}", self.grouped(digits)),
            Some(locale) => locale.money(digits, suffix, code),
        }
    }

    fn grouped(&self, digits: &str) -> String {
        match self.locale {
            None => grouped(digits),
            Some(locale) => locale.grouped(digits),
        }
    }

    /// Two significant digits or the whole number, and what stands for the power of ten.
    fn compact(&self, value: &Value) -> (String, &'static str) {
        let number = value.number().unwrap_or_default();
        let powers = self.locale.map_or(POWERS, |locale| locale.powers);
        let scaled = |power: u32| number / 10_f64.powi(i32::try_from(power).unwrap_or_default());
        let mut reached = (0, "");
        for (power, suffix) in powers {
            // As it would be written without it: 999.6 is a thousand, 999.4 is not.
            let written = two_digits(scaled(reached.0)).parse::<f64>().unwrap_or_default().abs();
            if written < 10_f64.powi(i32::try_from(power - reached.0).unwrap_or_default()) {
                break;
            }
            reached = (*power, suffix);
        }
        (two_digits(scaled(reached.0)), reached.1)
    }

    /// Its two largest parts: `3 min 30 s`, `2 d 4 h`, `1.50 s`.
    fn span(&self, value: &Value) -> String {
        let seconds = value.number().unwrap_or_default();
        let size = seconds.abs();
        if size < 10.0 {
            return self.part(&fixed(value, 2), 3);
        }
        // Rounded to the second part shown, so that 59 min 60 s is 1 h 0 min.
        let last = LENGTHS.len() - 1;
        let first = LENGTHS.iter().position(|length| size >= *length as f64).unwrap_or(last);
        let step = LENGTHS[(first + 1).min(last)];
        let whole = (size / step as f64).round() as u64 * step;
        let first = LENGTHS.iter().position(|length| whole >= *length).unwrap_or(last);
        let sign = if seconds < 0.0 { "-" } else { "" };
        let number = format!("{sign}{}", whole / LENGTHS[first]);
        let rest = LENGTHS.get(first + 1).map(|next| whole % LENGTHS[first] / next);
        let rest = rest.map(|rest| self.gap().to_string() + &self.part(&rest.to_string(), first + 1));
        self.part(&number, first) + &rest.unwrap_or_default()
    }

    /// A number of days, hours, minutes or seconds, by their place in [`LENGTHS`].
    fn part(&self, digits: &str, place: usize) -> String {
        let words = self.locale.map_or(&PARTS, |locale| &locale.parts);
        self.with_word(digits, words[place])
    }

    /// Seconds in the declared unit.
    fn in_unit(&self, value: &Value, unit: TimeUnit, format: Option<Format>) -> String {
        let seconds = value.number().unwrap_or_default();
        let length = match unit {
            TimeUnit::Millisecond => 0.001,
            TimeUnit::Second => 1.0,
            TimeUnit::Minute => 60.0,
            TimeUnit::Hour => 3_600.0,
            TimeUnit::Day => 86_400.0,
            TimeUnit::Week => 604_800.0,
            // Months have no length in seconds.
            TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => return self.span(value),
        };
        self.counted(&plain(&Value::Float(seconds / length), format), unit)
    }

    /// A number of units of time.
    fn counted(&self, digits: &str, unit: TimeUnit) -> String {
        let words = self.locale.map_or(&UNITS, |locale| &locale.units);
        match unit {
            TimeUnit::Millisecond => self.with_word(digits, ("ms", "ms")),
            TimeUnit::Second => self.part(digits, 3),
            TimeUnit::Minute => self.part(digits, 2),
            TimeUnit::Hour => self.part(digits, 1),
            TimeUnit::Day => self.with_word(digits, words[0]),
            TimeUnit::Week => self.with_word(digits, words[1]),
            TimeUnit::Month => self.with_word(digits, words[2]),
            TimeUnit::Quarter => self.with_word(digits, words[3]),
            TimeUnit::Year => self.with_word(digits, words[4]),
        }
    }

    fn with_word(&self, digits: &str, (one, many): Words) -> String {
        let is_one = self.locale.is_some_and(|locale| locale.is_one(digits));
        format!("{}{}{}", self.grouped(digits), self.gap(), if is_one { one } else { many })
    }

    /// Between a number and its word.
    fn gap(&self) -> &'static str {
        if self.locale.is_some() { Facts::GAP } else { " " }
    }
}

/// Lengths of days, hours, minutes and seconds; months and years have none.
const LENGTHS: [u64; 4] = [86_400, 3_600, 60, 1];
/// Their names.
const PARTS: [Words; 4] = [("d", "d"), ("h", "h"), ("min", "min"), ("s", "s")];
/// Days, weeks, months, quarters, years.
const UNITS: [Words; 5] = [
    ("days", "days"),
    ("weeks", "weeks"),
    ("months", "months"),
    ("quarters", "quarters"),
    ("years", "years"),
];
const POWERS: &[(u32, &str)] = &[(3, "K"), (6, "M"), (9, "B"), (12, "T")];

fn places(format: Option<Format>, usual: usize) -> usize {
    match format {
        Some(Format::Decimals(places)) => usize::from(places),
        Some(Format::Compact) | None => usual,
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

/// Without a unit: whole numbers as they are, others with two decimals or, when
/// they are small, three significant digits.
fn plain(value: &Value, format: Option<Format>) -> String {
    match (value, format) {
        (_, Some(Format::Decimals(places))) => fixed(value, usize::from(places)),
        (Value::Integer(_), _) => value.digits().unwrap_or_default(),
        _ => {
            let size = value.number().unwrap_or_default().abs();
            let places = if size == 0.0 || size >= 1.0 { 2 } else { 3 + leading_zeros(size) };
            fixed(value, places)
        }
    }
}

/// Two significant digits; of more before the point, the whole number.
fn two_digits(number: f64) -> String {
    let size = number.abs();
    let places = match size {
        _ if size == 0.0 => 0,
        _ if size < 1.0 => 2 + leading_zeros(size),
        // What rounds to ten has two digits before the point.
        _ if size < 9.95 => 1,
        _ => 0,
    };
    let text = format!("{number:.places$}");
    let text = if places > 0 { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text };
    positive_zero(text)
}

/// Zeros between the point and the first other digit.
fn leading_zeros(size: f64) -> usize {
    let text = format!("{size:.20}");
    let behind = text.split_once('.').map_or("", |(_, behind)| behind);
    behind.len() - behind.trim_start_matches('0').len()
}

/// Thousands apart.
fn grouped(number: &str) -> String {
    let number = positive_zero(number.to_string());
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number.as_str()),
    };
    let (whole, behind) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + behind
}
