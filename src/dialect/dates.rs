//! What databases with `date_trunc` and intervals share.

use jiff::Unit;
use jiff::civil::DateTime;

use super::functions::{Level, Spelling};
use crate::sql::{Part, Step, Type};

/// The word for a part in `date_trunc` and EXTRACT.
pub fn word(part: Part) -> &'static str {
    match part {
        Part::Second => "second",
        Part::Minute => "minute",
        Part::Hour => "hour",
        Part::Day => "day",
        Part::Week => "week",
        Part::Month => "month",
        Part::Quarter => "quarter",
        Part::Year => "year",
        Part::Weekday => "isodow",
    }
}

/// `INTERVAL '3 months'`, without its sign.
pub fn interval(step: Step) -> String {
    let count = i128::from(step.count).abs();
    let (count, unit) = match step.unit {
        Part::Quarter => (count * 3, Part::Month),
        unit => (count, unit),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("INTERVAL '{}{count} {}{plural}'", if step.count < 0 { "-" } else { "" }, word(unit))
}

/// A query over a function in FROM that gives timestamps.
pub fn series(call: &str, column: &str, ty: Type) -> Vec<String> {
    let start = match ty {
        Type::Date => "CAST(start AS DATE)",
        _ => "start",
    };
    vec!["SELECT".to_owned(), format!("  {start} AS {column}"), format!("FROM {call} AS periods(start)")]
}

/// `date_trunc`, as a DATE from days up. Its weeks start on Monday; for others the
/// days are shifted there and back.
pub fn truncate(to: Part, week_start: u8) -> Spelling {
    match to {
        Part::Second | Part::Minute | Part::Hour => {
            Spelling::pattern(format!("date_trunc('{}', {{0}})", word(to)))
        }
        Part::Day | Part::Weekday => Spelling::pattern("{0!:date}"),
        Part::Month | Part::Quarter | Part::Year => {
            Spelling::pattern(format!("CAST(date_trunc('{}', {{0}}) AS DATE)", word(to)))
        }
        Part::Week => week(week_start),
    }
}

fn week(week_start: u8) -> Spelling {
    // Days from Monday to the first day, the short way round.
    let late = (i16::from(week_start) - 1).rem_euclid(7);
    let (there, back, days) = if late > 3 { ('+', '-', 7 - late) } else { ('-', '+', late) };
    if days == 0 {
        return Spelling::pattern("CAST(date_trunc('week', {0}) AS DATE)");
    }
    Spelling::loose(
        format!("CAST(date_trunc('week', {{0!:date}} {there} {days}) AS DATE) {back} {days}"),
        Level::Add,
    )
}

/// A date moves by whole days as a number, by months through an interval; a
/// timestamp always through an interval.
pub fn shift(step: Step, to: Type) -> Spelling {
    let sign = if step.count < 0 { '-' } else { '+' };
    let count = i128::from(step.count).abs();
    let unsigned = || interval(Step { count: step.count.saturating_abs(), unit: step.unit });
    match (to, step.unit) {
        (Type::Date, Part::Day) => Spelling::loose(format!("{{0!:date}} {sign} {count}"), Level::Add),
        (Type::Date, Part::Week) => Spelling::loose(format!("{{0!:date}} {sign} {}", count * 7), Level::Add),
        (Type::Date, _) => Spelling::pattern(format!("CAST({{0!}} {sign} {} AS DATE)", unsigned())),
        _ => Spelling::loose(format!("{{0!}} {sign} {}", unsigned()), Level::Add),
    }
}

/// A zone whose name is an abbreviation, too: where that wins, it never has summer time. Another
/// zone of the same clocks.
pub fn no_abbreviation(name: &str) -> &str {
    let is = |abbreviation: &str| name.eq_ignore_ascii_case(abbreviation);
    match name {
        _ if is("CET") || is("MET") => "Europe/Brussels",
        _ if is("EET") => "Europe/Athens",
        _ if is("WET") => "Europe/Lisbon",
        other => other,
    }
}

/// The same words as for [`to_zone`]: what they do depends on the value's type.
pub fn instant() -> Spelling {
    Spelling::loose("{0!} AT TIME ZONE {1}", Level::Zone)
}

/// `AT TIME ZONE` gives an instant of a local time, and the local time of an instant.
pub fn to_zone(from_local: bool) -> Spelling {
    let text = if from_local { "{0!} AT TIME ZONE {2} AT TIME ZONE {1}" } else { "{0!} AT TIME ZONE {1}" };
    Spelling::loose(text, Level::Zone)
}

/// How many steps lead from `first` to `last` (ISO, without zone), at most; None where one
/// is no time or they are too far apart.
pub fn steps(first: &str, last: &str, step: Step) -> Option<i64> {
    let (first, last) = (first.parse::<DateTime>().ok()?, last.parse::<DateTime>().ok()?);
    let (unit, size) = match step.unit {
        Part::Second => (Unit::Second, 1),
        Part::Minute => (Unit::Minute, 1),
        Part::Hour => (Unit::Hour, 1),
        Part::Day | Part::Weekday => (Unit::Day, 1),
        Part::Week => (Unit::Day, 7),
        Part::Month => (Unit::Month, 1),
        Part::Quarter => (Unit::Month, 3),
        Part::Year => (Unit::Month, 12),
    };
    let span = first.until((unit, last)).ok()?;
    let units = match unit {
        Unit::Second => span.get_seconds(),
        Unit::Minute => span.get_minutes(),
        Unit::Hour => i64::from(span.get_hours()),
        Unit::Day => i64::from(span.get_days()),
        _ => i64::from(span.get_months()),
    };
    units.checked_div(size * step.count)
}
