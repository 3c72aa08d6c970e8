//! How a period is written.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::plan::Plan;
use crate::resolve::resolved::Grain;
use crate::run::Value;

/// A period's start as results hold it: an ISO date; hours, which are UTC, as the
/// local time with its offset, because a local hour can come twice.
pub fn start(plan: &Plan, value: &Value) -> Value {
    match value {
        Value::Timestamp(utc) => offset(*utc, &plan.calendar.zone).map_or(value.clone(), Value::Text),
        other => other.clone(),
    }
}

fn offset(utc: DateTime, zone: &str) -> Option<String> {
    let zone = TimeZone::get(zone).ok()?;
    let local = TimeZone::UTC.to_zoned_datetime(utc).ok()?.with_time_zone(zone);
    Some(local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// A period's name, as people write it: `2026-01`, `2026-Q1`, `2026-W05`.
pub fn name(grain: Grain, value: &Value) -> String {
    match value {
        Value::Date(start) => of_date(grain, *start),
        // 2026-10-25T02:00:00+02:00
        Value::Text(hour) => hour.replacen('T', " ", 1).replacen(":00+", " +", 1).replacen(":00-", " -", 1),
        other => other.text().unwrap_or_default(),
    }
}

fn of_date(grain: Grain, start: Date) -> String {
    match grain {
        Grain::Year => format!("{:04}", start.year()),
        // Its first week has a day of it, at the latest its last.
        Grain::IsoYear => {
            let inside = start.checked_add(jiff::Span::new().days(6)).unwrap_or(start);
            format!("{:04}", inside.year())
        }
        Grain::Quarter => {
            format!("{:04}-Q{}", start.year(), (start.month() - 1) / 3 + 1)
        }
        Grain::Month => format!("{:04}-{:02}", start.year(), start.month()),
        // Only weeks that start on Monday have ISO's number.
        Grain::Week if start.weekday() == jiff::civil::Weekday::Monday => {
            let week = start.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        // A fiscal year's number is a matter of taste: its first day is not.
        Grain::Week
        | Grain::Day
        | Grain::Hour
        | Grain::FiscalMonth
        | Grain::FiscalQuarter
        | Grain::FiscalYear => start.to_string(),
    }
}
