//! A value that is expected, and whether what came is that.

use jiff::civil::{Date, DateTime};

use super::decimal::Decimal;
use crate::run::Value;

/// How far floating-point numbers may be apart, as a share of the larger one.
const RELATIVE: f64 = 1e-9;
/// And beside zero.
const ABSOLUTE: f64 = 1e-12;

#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    Null,
    Truth(bool),
    Number(Decimal),
    Quotient(Decimal, Decimal),
    Text(String),
    Day(Date),
    Time(DateTime),
    /// The start of an hour: a local time, with its offset where the hour comes twice.
    Hour(String),
}

impl Wanted {
    /// Exact where the value is; floating-point numbers as near as they can be told.
    pub fn is(&self, got: &Value) -> bool {
        match (self, got) {
            (Wanted::Null, Value::Null) => true,
            (Wanted::Truth(wanted), Value::Boolean(got)) => wanted == got,
            (Wanted::Number(wanted), Value::Float(got)) => near(float(*wanted), *got),
            (Wanted::Number(wanted), Value::Integer(_) | Value::Decimal(_)) => {
                got.digits().and_then(|digits| Decimal::read(&digits)) == Some(*wanted)
            }
            (Wanted::Quotient(above, below), got) => {
                got.number().is_some_and(|got| near(float(*above) / float(*below), got))
            }
            (Wanted::Text(wanted), Value::Text(got)) => wanted == got,
            (Wanted::Day(wanted), Value::Date(got)) => wanted == got,
            (Wanted::Day(wanted), Value::Timestamp(got)) => {
                wanted.to_datetime(jiff::civil::Time::midnight()) == *got
            }
            (Wanted::Time(wanted), Value::Timestamp(got)) => wanted == got,
            (Wanted::Hour(wanted), Value::Text(got)) => got.starts_with(wanted),
            _ => false,
        }
    }
}

fn near(wanted: f64, got: f64) -> bool {
    let apart = (wanted - got).abs();
    apart <= RELATIVE * wanted.abs().max(got.abs()) || apart <= ABSOLUTE
}

fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::read(text).expect("it is a number")
    }

    #[test]
    fn exact_numbers_are_compared_exactly_and_others_nearly() {
        let exact = |wanted, got: &str| Wanted::Number(number(wanted)).is(&Value::Decimal(got.into()));
        assert!(exact("100", "100.00") && exact("-0.5", "-0.500"));
        assert!(!exact("100", "100.01") && !exact("100", "100.0000000000001"));
        let float = |wanted, got| Wanted::Number(number(wanted)).is(&Value::Float(got));
        assert!(float("0.3333333333", 1.0 / 3.0) && float("0", 5e-17) && float("0.3", 0.1 + 0.2));
        assert!(!float("0.33333", 1.0 / 3.0) && !float("0.000001", 0.0000011));
        assert!(Wanted::Quotient(number("250"), number("3")).is(&Value::Float(250.0 / 3.0)));
        assert!(!Wanted::Quotient(number("250"), number("3")).is(&Value::Null));
        assert!(Wanted::Null.is(&Value::Null) && !Wanted::Null.is(&Value::Integer(0)));
        assert!(!Wanted::Number(number("0")).is(&Value::Null));
        assert!(!Wanted::Number(number("1")).is(&Value::Float(f64::NAN)));
        assert!(!Wanted::Text("1".into()).is(&Value::Integer(1)));
    }
}
