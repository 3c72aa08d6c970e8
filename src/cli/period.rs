//! Periods on the command line: `2026`, `2026-Q1`, `2026-01`, `2026-W05`, `2026-01-15`.

use jiff::civil;
use kpic::syntax::ast::{Date, PeriodKind};

/// Reads a period; else why there is none.
pub fn read(text: &str) -> Result<PeriodKind, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let year: Option<i16> = number(parts[0], 4).filter(|year| *year > 0);
    let year = year.ok_or("a period starts with a year of four digits")?;
    match parts.as_slice() {
        [_] => Ok(PeriodKind::Year(year)),
        [_, part] => match part.split_at_checked(1) {
            Some(("Q" | "q", quarter)) => match number(quarter, 1) {
                Some(quarter @ 1..=4) => Ok(PeriodKind::Quarter(year, quarter)),
                _ => Err("a year has the quarters Q1 to Q4".into()),
            },
            Some(("W" | "w", week)) => self::week(year, number(week, 2).ok_or("weeks are W01 to W53")?),
            _ => month(part).map(|month| PeriodKind::Month(year, month)),
        },
        [_, part, day] => self::day(year, month(part)?, number(day, 2).ok_or("a day has two digits")?),
        _ => Err("a period has at most a year, a month and a day".into()),
    }
}

/// Exactly so many digits.
fn number<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    let are_digits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if are_digits { text.parse().ok() } else { None }
}

fn month(text: &str) -> Result<u8, String> {
    match number(text, 2) {
        Some(month @ 1..=12) => Ok(month),
        _ => Err("a year has the months 01 to 12".into()),
    }
}

fn week(year: i16, week: u8) -> Result<PeriodKind, String> {
    let exists = |week| civil::ISOWeekDate::new(year, week, civil::Weekday::Monday).is_ok();
    if i8::try_from(week).is_ok_and(exists) {
        return Ok(PeriodKind::Week(year, week));
    }
    Err(format!("{year} has the weeks W01 to W{}", if exists(53) { 53 } else { 52 }))
}

fn day(year: i16, month: u8, day: u8) -> Result<PeriodKind, String> {
    let first = i8::try_from(month).ok().and_then(|month| civil::Date::new(year, month, 1).ok());
    let last = first.map_or(0, |first| first.days_in_month());
    if i8::try_from(day).is_ok_and(|day| (1..=last).contains(&day)) {
        return Ok(PeriodKind::Day(Date { year, month, day }));
    }
    Err(format!("{year:04}-{month:02} has {last} days"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_exist() {
        for (text, period) in [
            ("2026", PeriodKind::Year(2026)),
            ("2026-Q4", PeriodKind::Quarter(2026, 4)),
            ("2026-12", PeriodKind::Month(2026, 12)),
            ("2026-W53", PeriodKind::Week(2026, 53)),
            ("2028-02-29", PeriodKind::Day(Date { year: 2028, month: 2, day: 29 })),
        ] {
            assert_eq!(read(text), Ok(period), "{text}");
        }
    }

    #[test]
    fn periods_that_do_not() {
        for text in [
            "",
            "26",
            "0000",
            "2026-",
            "2026-Q0",
            "2026-Q5",
            "2026-Q",
            "2026-1",
            "2026-13",
            "2026-00",
            "2025-W53",
            "2026-W00",
            "2026-W5",
            "2026-02-29",
            "2026-01-00",
            "2026-01-1",
            "2026-01-01-01",
            "+026",
            "2026-+1",
            "yesterday",
            "2026-é",
            "2026/01",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read("2025-W53"), Err("2025 has the weeks W01 to W52".into()));
        assert_eq!(read("2026-02-29"), Err("2026-02 has 28 days".into()));
    }
}
