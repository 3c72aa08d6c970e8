//! Lengths of time: durations as spans of the calendar, and whether they are whole
//! periods of a grain.

use jiff::{Span, ToSpan};

use crate::resolve::resolved::{Grain, Length, TimeUnit};

/// One period of a grain.
pub fn step(grain: Grain) -> Span {
    match grain {
        Grain::Hour => 1.hour(),
        Grain::Day => 1.day(),
        Grain::Week => 1.week(),
        Grain::Month | Grain::FiscalMonth => 1.month(),
        Grain::Quarter | Grain::FiscalQuarter => 3.months(),
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 1.year(),
    }
}

/// A length as calendar units.
pub fn span(length: Length) -> Span {
    let count = i64::from(length.count);
    match length.unit {
        TimeUnit::Millisecond => count.milliseconds(),
        TimeUnit::Second => count.seconds(),
        TimeUnit::Minute => count.minutes(),
        TimeUnit::Hour => count.hours(),
        // Beyond these jiff has no span, and no calendar such a date.
        TimeUnit::Day => count.min(MOST_DAYS).days(),
        TimeUnit::Week => count.min(MOST_DAYS / 7).weeks(),
        TimeUnit::Month => count.min(MOST_YEARS * 12).months(),
        TimeUnit::Quarter => (count.min(MOST_YEARS * 4) * 3).months(),
        TimeUnit::Year => count.min(MOST_YEARS).years(),
    }
}

const MOST_YEARS: i64 = 19_000;
const MOST_DAYS: i64 = 7_000_000;

/// The hours of a length that has always as many.
pub fn hours(length: Length) -> Option<i64> {
    let count = i64::from(length.count);
    match length.unit {
        TimeUnit::Hour => Some(count.min(MOST_DAYS * 24)),
        TimeUnit::Day => Some(count.min(MOST_DAYS) * 24),
        TimeUnit::Week => Some(count.min(MOST_DAYS / 7) * 168),
        TimeUnit::Millisecond
        | TimeUnit::Second
        | TimeUnit::Minute
        | TimeUnit::Month
        | TimeUnit::Quarter
        | TimeUnit::Year => None,
    }
}

/// Whether a length is a whole number of a grain's periods.
pub fn is_whole(grain: Grain, length: Length) -> bool {
    use TimeUnit as U;
    let months = match length.unit {
        U::Month => Some(length.count),
        U::Quarter => length.count.checked_mul(3),
        U::Year => length.count.checked_mul(12),
        U::Millisecond | U::Second | U::Minute | U::Hour | U::Day | U::Week => None,
    };
    match grain {
        Grain::Hour => matches!(length.unit, U::Hour | U::Day | U::Week),
        Grain::Day => months.is_some() || matches!(length.unit, U::Day | U::Week),
        Grain::Week => matches!(length.unit, U::Week | U::Year),
        Grain::Month | Grain::FiscalMonth => months.is_some(),
        Grain::Quarter | Grain::FiscalQuarter => months.is_some_and(|months| months % 3 == 0),
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => months.is_some_and(|months| months % 12 == 0),
    }
}
