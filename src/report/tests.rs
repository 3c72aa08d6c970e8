//! Numbers as people read them; what whole reports look like is tested on `kpic run`.

use super::number::{Number, Writing};
use super::period;
use crate::resolve::resolved::{Format, Grain, LOCALES, TimeUnit, UnitName};
use crate::run::Value;
use jiff::civil::date;

fn shown(value: &Value, unit: Option<&UnitName>, is_span: bool) -> String {
    let number = Number { unit: unit.cloned(), is_span, format: None };
    Writing::default().shown(value, &number)
}

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

// ----------------------------------------------------------------- locales

/// A number as each of some locales writes it; spaces that do not break as `_`.
fn written(locale: &str, value: &Value, unit: UnitName, format: Option<Format>) -> String {
    let number = Number { unit: Some(unit), is_span: false, format };
    Writing::of(Some(locale)).shown(value, &number).replace(['\u{a0}', '\u{202f}'], "_")
}

fn in_each(value: &str, unit: &UnitName, format: Option<Format>, expected: [&str; 13]) {
    let value = Value::Decimal(value.into());
    for (locale, expected) in LOCALES.into_iter().zip(expected) {
        assert_eq!(written(locale, &value, unit.clone(), format), expected, "{locale}");
    }
}

#[test]
fn amounts_as_each_locale_has_them() {
    in_each(
        "-12345.6",
        &euros(),
        None,
        [
            "-€12,345.60",
            "-€12,345.60",
            "-12_345,60_€",
            "-12_345,60_€",
            "-12'345.60_€",
            "-12.345,60_€",
            "EUR-12'345.60",
            "-12.345,60_€",
            "-12.345,60_€",
            "€_-12.345,60",
            "-€_12.345,60",
            "-12_345,60_€",
            "-€12,345.60",
        ],
    );
    in_each(
        "1234.5",
        &UnitName::Currency("JPY".into()),
        None,
        [
            "¥1,235",
            "JP¥1,235",
            "1_235_JPY",
            "1_235_¥",
            "1'235_JPY",
            "1.235_¥",
            "¥_1'235",
            "1235_JPY",
            "1235_JPY",
            "JP¥_1.235",
            "JP¥_1.235",
            "1235_JP¥",
            "￥1,235",
        ],
    );
    // Without a symbol of its own: the code, which never touches digits.
    assert_eq!(written("en-US", &Value::Integer(5), UnitName::Currency("SEK".into()), None), "SEK_5.00");
    assert_eq!(written("fr-FR", &Value::Decimal("-0.001".into()), euros(), None), "0,00_€");
}

#[test]
fn percent_as_each_locale_has_them() {
    in_each(
        "-0.0255",
        &UnitName::Percent,
        Some(Format::Decimals(1)),
        [
            "-2.6%", "-2.6%", "-2,6_%", "-2,6_%", "-2,6%", "-2,6_%", "-2.6%", "-2,6_%", "-2,6%", "-2,6%",
            "-2,6%", "-2,6%", "-2.6%",
        ],
    );
    assert_eq!(written("fr-FR", &Value::Decimal("12.345".into()), UnitName::Percent, None), "1_234,50_%");
    assert_eq!(written("es-ES", &Value::Decimal("12.345".into()), UnitName::Percent, None), "1234,50_%");
}

#[test]
fn compact_numbers_as_each_locale_has_them() {
    in_each(
        "-1234567",
        &euros(),
        Some(Format::Compact),
        [
            "-€1.2M",
            "-€1.2m",
            "-1,2_M€",
            "-1,2_M€",
            "-1.2_M€",
            "-1,2_Mio._€",
            "EUR-1.2_Mio.",
            "-1,2_M_€",
            "-1,2_Mln_€",
            "€_-1,2_mln.",
            "-€_1,2_mi",
            "-1,2_M_€",
            "-€123万",
        ],
    );
    in_each(
        "1234567890",
        &UnitName::Count,
        Some(Format::Compact),
        [
            "1.2B", "1.2bn", "1,2_Md", "1,2_G", "1,2_Md", "1,2_Mrd.", "1.2_Mrd.", "1235_M", "1,2_Mld",
            "1,2_mld.", "1,2_bi", "1,2_mM", "12億",
        ],
    );
    let short = |number: f64| {
        let number_of = Number { unit: Some(UnitName::Count), is_span: false, format: Some(Format::Compact) };
        Writing::default().shown(&Value::Float(number), &number_of)
    };
    let expected = [
        (0.0, "0"),
        (0.0123, "0.012"),
        (9.96, "10"),
        (999.4, "999"),
        (999.6, "1K"),
        (-1_250_000.0, "-1.2M"),
        (999_600.0, "1M"),
        (1_000_000.0, "1M"),
        (12_345_678.0, "12M"),
        (1.5e15, "1,500T"),
    ];
    for (number, text) in expected {
        assert_eq!(short(number), text, "{number}");
    }
}

#[test]
fn times_as_each_locale_has_them() {
    in_each(
        "210",
        &UnitName::Duration,
        None,
        [
            "3_min_30_s",
            "3_min_30_s",
            "3_min_30_s",
            "3_min_30_s",
            "3_min_30_s",
            "3_Min._30_Sek.",
            "3_Min._30_Sek.",
            "3_min_30_s",
            "3_min_30_s",
            "3_min_30_sec",
            "3_min_30_s",
            "3_min_30_s",
            "3_分_30_秒",
        ],
    );
    in_each(
        "-97200",
        &UnitName::Duration,
        None,
        [
            "-1_d_3_h",
            "-1_d_3_h",
            "-1_j_3_h",
            "-1_j_3_h",
            "-1_j_3_h",
            "-1_Tg._3_Std.",
            "-1_Tg._3_Std.",
            "-1_d_3_h",
            "-1_giorno_3_h",
            "-1_dag_3_uur",
            "-1_dia_3_h",
            "-1_dia_3_h",
            "-1_日_3_時間",
        ],
    );
    let months = UnitName::Time(TimeUnit::Month);
    in_each(
        "1.5",
        &months,
        Some(Format::Decimals(1)),
        [
            "1.5_months",
            "1.5_months",
            "1,5_mois",
            "1,5_mois",
            "1,5_mois",
            "1,5_Monate",
            "1.5_Monate",
            "1,5_meses",
            "1,5_mesi",
            "1,5_maanden",
            "1,5_mês",
            "1,5_meses",
            "1.5_か月",
        ],
    );
    assert_eq!(written("de-DE", &Value::Integer(1), UnitName::Time(TimeUnit::Day), None), "1_Tag");
    assert_eq!(written("fr-FR", &Value::Decimal("4.5".into()), UnitName::Duration, None), "4,50_s");
}

#[test]
fn other_decimals_are_asked_for() {
    let as_format = |format, unit: Option<UnitName>, is_span, value| {
        Writing::default().shown(&value, &Number { unit, is_span, format: Some(Format::Decimals(format)) })
    };
    assert_eq!(as_format(0, Some(euros()), false, Value::Decimal("1234.5".into())), "1,235 EUR");
    assert_eq!(as_format(3, None, false, Value::Integer(2)), "2.000");
    let hours = Some(UnitName::Time(TimeUnit::Hour));
    assert_eq!(as_format(1, hours, true, Value::Float(5_400.0)), "1.5 h");
}

#[test]
fn every_locale_of_the_list_has_its_facts_and_numbers_of_any_size_are_written() {
    for locale in LOCALES {
        let huge = Value::Decimal(format!("1{}", "0".repeat(1_000)));
        assert!(written(locale, &huge, UnitName::Count, None).len() > 1_000, "{locale}");
        assert_ne!(written(locale, &Value::Float(f64::MAX), euros(), Some(Format::Compact)), "", "{locale}");
        assert!(Writing::of(Some(locale)).is_of_locale(), "{locale}");
    }
    assert!(!Writing::of(Some("fr")).is_of_locale());
}
