//! Numbers as people read them; what whole reports look like is tested on `kpic run`.

use super::number::shown;
use super::period;
use crate::resolve::resolved::{Grain, TimeUnit, UnitName};
use crate::run::Value;
use jiff::civil::date;

fn exact(digits: &str, unit: UnitName) -> String {
    shown(&Value::Decimal(digits.into()), Some(&unit), false)
}

fn near(number: f64, unit: Option<UnitName>) -> String {
    shown(&Value::Float(number), unit.as_ref(), false)
}

fn euros() -> UnitName {
    UnitName::Currency("EUR".into())
}

#[test]
fn money_has_the_decimals_of_its_currency() {
    assert_eq!(exact("748957.02", euros()), "748,957.02 EUR");
    assert_eq!(exact("-1234.5", euros()), "-1,234.50 EUR");
    assert_eq!(exact("1234.5", UnitName::Currency("JPY".into())), "1,235 JPY");
    assert_eq!(exact("1.2345", UnitName::Currency("KWD".into())), "1.235 KWD");
    assert_eq!(shown(&Value::Integer(-1_000_000), Some(&euros()), false), "-1,000,000.00 EUR");
}

#[test]
fn exact_digits_are_rounded_exactly() {
    // As a double each of these lies below the half or loses its cents.
    assert_eq!(exact("1.005", euros()), "1.01 EUR");
    assert_eq!(exact("12345678901234567890.125", euros()), "12,345,678,901,234,567,890.13 EUR");
    assert_eq!(exact("999.995", euros()), "1,000.00 EUR");
    assert_eq!(exact("-0.004", euros()), "0.00 EUR");
    assert_eq!(exact(".5", UnitName::Currency("JPY".into())), "1 JPY");
    assert_eq!(exact("0.4", UnitName::Currency("JPY".into())), "0 JPY");
}

#[test]
fn percent_are_a_hundred_times_the_fraction() {
    assert_eq!(near(0.025, Some(UnitName::Percent)), "2.50%");
    assert_eq!(near(-0.5, Some(UnitName::Percent)), "-50.00%");
    assert_eq!(near(12.0, Some(UnitName::Percent)), "1,200.00%");
    assert_eq!(exact("0.02505", UnitName::Percent), "2.51%");
    assert_eq!(exact("0.5", UnitName::Percent), "50.00%");
    assert_eq!(exact("1", UnitName::Percent), "100.00%");
}

#[test]
fn plain_numbers_keep_what_tells_something() {
    assert_eq!(shown(&Value::Integer(1_234_567), Some(&UnitName::Count), false), "1,234,567");
    assert_eq!(near(230.714, None), "230.71");
    assert_eq!(near(0.012_345_6, None), "0.0123");
    assert_eq!(near(0.0, Some(UnitName::Ratio)), "0.00");
    assert_eq!(near(-0.5, Some(UnitName::Score(None))), "-0.500");
    assert_eq!(shown(&Value::Null, Some(&UnitName::Count), false), "–");
    assert_eq!(near(f64::INFINITY, None), "inf");
}

#[test]
fn spans_show_their_two_largest_parts() {
    let span = |seconds: f64| near(seconds, Some(UnitName::Duration));
    assert_eq!(span(210.0), "3 min 30 s");
    assert_eq!(span(1.5), "1.50 s");
    assert_eq!(span(45.4), "45 s");
    assert_eq!(span(3_599.9), "1 h 0 min");
    assert_eq!(span(187_200.0), "2 d 4 h");
    assert_eq!(span(-90.0), "-1 min 30 s");
    let hours = UnitName::Time(TimeUnit::Hour);
    assert_eq!(shown(&Value::Float(5_400.0), Some(&hours), true), "1.50 h");
    assert_eq!(shown(&Value::Integer(36), Some(&hours), false), "36 h");
}

#[test]
fn periods_have_names() {
    let name = |grain, day| period::name(grain, &Value::Date(day));
    assert_eq!(name(Grain::Month, date(2026, 1, 1)), "2026-01");
    assert_eq!(name(Grain::Quarter, date(2026, 10, 1)), "2026-Q4");
    assert_eq!(name(Grain::Year, date(2026, 1, 1)), "2026");
    assert_eq!(name(Grain::Week, date(2025, 12, 29)), "2026-W01");
    assert_eq!(name(Grain::Week, date(2025, 12, 28)), "2025-12-28");
    let hour = Value::Text("2026-10-25T02:00:00+01:00".into());
    assert_eq!(period::name(Grain::Hour, &hour), "2026-10-25 02:00 +01:00");
}
