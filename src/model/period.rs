//! The days of a period that a definition names.

use jiff::ToSpan;
use jiff::civil;

use crate::syntax::ast::{Date, PeriodKind};

/// The first and the last day; weeks are ISO's. `None` for one that no calendar has.
pub fn days(period: PeriodKind) -> Option<(Date, Date)> {
    let date = |year, month: u8, day: u8| {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let (first, length) = match period {
        PeriodKind::Year(year) => (date(year, 1, 1)?, 1.year()),
        PeriodKind::Quarter(year, quarter) => (date(year, quarter.saturating_sub(1) * 3 + 1, 1)?, 3.months()),
        PeriodKind::Month(year, month) => (date(year, month, 1)?, 1.month()),
        PeriodKind::Week(year, week) => {
            let week = i8::try_from(week).ok()?;
            (civil::ISOWeekDate::new(year, week, civil::Weekday::Monday).ok()?.date(), 1.week())
        }
        PeriodKind::Day(day) => (day.civil()?, 1.day()),
    };
    // The calendar's last period has no day behind it.
    let last = first.checked_add(length).and_then(civil::Date::yesterday).unwrap_or(civil::Date::MAX);
    Some((first.into(), last.into()))
}
