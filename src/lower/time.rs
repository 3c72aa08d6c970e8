//! A row's time: which rows lie in the asked range, and in which period.
//!
//! A session at 23:30 UTC on 31 March belongs to April in Paris. Ranges compare
//! the column itself with constants, so that engines can skip data; local time is
//! a constant number of hours away between two changes of the clock.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::scan::Scan;
use crate::plan::{Calendar, Moment};
use crate::resolve::resolved::{Axis, AxisKind, Grain};
use crate::sql::{Expr, Literal, Operator, Part, Step, Type};

/// More changes of the clock than this, and the engine's own zone data is shorter.
const MOST_CHANGES: usize = 12;

/// A time column, read in the project's zone.
#[derive(Debug)]
pub struct Time<'a> {
    pub kind: &'a AxisKind,
    pub column: Expr,
    pub calendar: &'a Calendar,
    /// Where its rows start and end, as far as that is known.
    pub low: Option<Moment>,
    pub high: Option<Moment>,
}

impl<'a> Time<'a> {
    /// A scan's time, of which no range is known.
    pub fn on(scan: &Scan, axis: &'a Axis, calendar: &'a Calendar) -> Time<'a> {
        Time::of(axis, scan.column(&axis.column), calendar)
    }

    /// A value that is read like an axis, of which no range is known.
    pub fn of(axis: &'a Axis, column: Expr, calendar: &'a Calendar) -> Time<'a> {
        Time { kind: &axis.kind, column, calendar, low: None, high: None }
    }

    /// What a row's column must satisfy to lie between two moments.
    pub fn between(&self, low: Option<Moment>, high: Moment) -> Vec<Expr> {
        let compared =
            |operator, at| Expr::binary(operator, self.column.clone(), Expr::Literal(self.bound(at)));
        let low = low.map(|low| compared(Operator::GreaterEqual, low));
        low.into_iter().chain([compared(Operator::Less, high)]).collect()
    }

    /// A moment as the column would hold it.
    pub fn bound(&self, at: Moment) -> Literal {
        match self.kind {
            AxisKind::Date => Literal::Date(at.local.date().to_string()),
            AxisKind::Timestamp { zone } if *zone == self.calendar.zone => timestamp(at.local),
            AxisKind::Timestamp { zone } => timestamp(in_zone(at.utc, zone)),
            AxisKind::Instant => instant(at.utc),
        }
    }

    /// The start of the step that holds a row, one of many: a local date, or a UTC hour.
    pub fn period(&self, grain: Grain) -> Expr {
        match (grain, self.kind) {
            (Grain::Hour, _) => cut(grain, self.calendar, self.utc()),
            (Grain::Day, AxisKind::Date) => self.column.clone(),
            _ => match (grain, self.local()) {
                (Grain::Month, column @ Expr::Column { .. }) => Expr::MonthOf(column.boxed()),
                (grain, local) => cut(grain, self.calendar, local),
            },
        }
    }

    /// As a timestamp in UTC; a date as it is.
    pub fn utc(&self) -> Expr {
        match self.kind {
            AxisKind::Date => self.column.clone(),
            AxisKind::Timestamp { zone } => self.moved(Some(zone), "UTC"),
            AxisKind::Instant => self.moved(None, "UTC"),
        }
    }

    /// The instant as a timestamp in UTC: of a date the first one of that day.
    pub fn instant(&self) -> Expr {
        if *self.kind != AxisKind::Date {
            return self.utc();
        }
        let midnight = Expr::Cast(self.column.clone().boxed(), Type::Timestamp);
        let zone = &self.calendar.zone;
        if zone == "UTC" {
            return midnight;
        }
        let read = Expr::ToZone { value: midnight.boxed(), from: Some(zone.clone()), to: "UTC".into() };
        let whens: Vec<(Expr, Expr)> = self
            .repeated_midnights()
            .into_iter()
            .map(|(day, utc)| {
                let day = Expr::Literal(Literal::Date(day.to_string()));
                (Expr::equal(self.column.clone(), day), Expr::Literal(timestamp(utc)))
            })
            .collect();
        match whens.is_empty() {
            true => read,
            false => Expr::Case { whens, otherwise: Some(read.boxed()) },
        }
    }

    /// Days whose midnight comes twice, with the first one in UTC: engines take the second.
    fn repeated_midnights(&self) -> Vec<(Date, DateTime)> {
        let known = || {
            let zone = TimeZone::get(&self.calendar.zone).ok()?;
            let low = TimeZone::UTC.to_timestamp(self.low?.utc).ok()?.checked_sub(48.hours()).ok()?;
            let high = TimeZone::UTC.to_timestamp(self.high?.utc).ok()?;
            let changes = zone.following(low).take_while(|change| change.timestamp() <= high);
            let days = changes.filter_map(|change| {
                let before = zone.to_datetime(change.timestamp().checked_sub(1.nanosecond()).ok()?);
                let midnight = before.date().to_datetime(jiff::civil::Time::midnight());
                match zone.to_ambiguous_timestamp(midnight).offset() {
                    AmbiguousOffset::Fold { before, .. } => Some((
                        midnight.date(),
                        TimeZone::UTC.to_datetime(before.to_timestamp(midnight).ok()?),
                    )),
                    AmbiguousOffset::Gap { .. } | AmbiguousOffset::Unambiguous { .. } => None,
                }
            });
            Some(days.collect())
        };
        // The zone was checked when it was declared.
        known().unwrap_or_default()
    }

    /// As a timestamp in the project's zone; a date as it is.
    pub fn local(&self) -> Expr {
        match self.kind {
            AxisKind::Date => self.column.clone(),
            AxisKind::Timestamp { zone } if zone == "UTC" && zone != &self.calendar.zone => {
                let utc = self.column.clone();
                self.by_changes(&utc).unwrap_or_else(|| self.moved(Some(zone), &self.calendar.zone))
            }
            AxisKind::Timestamp { zone } => self.moved(Some(zone), &self.calendar.zone),
            AxisKind::Instant => {
                let utc = Expr::UtcOf(self.column.clone().boxed());
                self.by_changes(&utc).unwrap_or_else(|| self.moved(None, &self.calendar.zone))
            }
        }
    }

    fn moved(&self, from: Option<&str>, to: &str) -> Expr {
        if from == Some(to) {
            return self.column.clone();
        }
        Expr::ToZone { value: self.column.clone().boxed(), from: from.map(Into::into), to: to.into() }
    }

    /// UTC moved by the zone's offset, which the range's few changes of the clock
    /// decide; `None` when there are too many of them.
    fn by_changes(&self, utc: &Expr) -> Option<Expr> {
        let zone = TimeZone::get(&self.calendar.zone).ok()?;
        let low = TimeZone::UTC.to_timestamp(self.low?.utc).ok()?;
        let high = TimeZone::UTC.to_timestamp(self.high?.utc).ok()?;
        let mut whens = Vec::new();
        let mut offset = zone.to_offset(low).seconds();
        for change in zone.following(low).take_while(|change| change.timestamp() < high) {
            let at = TimeZone::UTC.to_datetime(change.timestamp());
            let at = if *self.kind == AxisKind::Instant { instant(at) } else { timestamp(at) };
            let before = Expr::binary(Operator::Less, self.column.clone(), Expr::Literal(at));
            if change.offset().seconds() != offset {
                whens.push((before, shifted(utc, offset)));
                offset = change.offset().seconds();
            }
            if whens.len() > MOST_CHANGES {
                return None;
            }
        }
        if whens.is_empty() {
            return Some(shifted(utc, offset));
        }
        Some(Expr::Case { whens, otherwise: Some(shifted(utc, offset).boxed()) })
    }
}

fn shifted(utc: &Expr, seconds: i32) -> Expr {
    let (count, unit) = match seconds {
        0 => return utc.clone(),
        s if s % 3600 == 0 => (s / 3600, Part::Hour),
        s if s % 60 == 0 => (s / 60, Part::Minute),
        s => (s, Part::Second),
    };
    let step = Step { count: i64::from(count), unit };
    Expr::Shift { value: utc.clone().boxed(), step, to: Type::Timestamp }
}

/// The start of the period that holds a local day, or a UTC time for hours.
pub fn cut(grain: Grain, calendar: &Calendar, value: Expr) -> Expr {
    Expr::Truncate { to: step(grain).unit, week_start: calendar.week_start, value: value.boxed() }
}

/// One period of a grain.
pub fn step(grain: Grain) -> Step {
    let (count, unit) = match grain {
        Grain::Hour => (1, Part::Hour),
        Grain::Day => (1, Part::Day),
        Grain::Week => (1, Part::Week),
        Grain::Month | Grain::FiscalMonth => (1, Part::Month),
        Grain::Quarter | Grain::FiscalQuarter => (1, Part::Quarter),
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => (1, Part::Year),
    };
    Step { count, unit }
}

/// A period's start as results hold it: a local date, or a UTC time for hours.
pub fn start(grain: Grain, at: Moment) -> Literal {
    match grain {
        Grain::Hour => timestamp(at.utc),
        _ => Literal::Date(at.local.date().to_string()),
    }
}

pub fn timestamp(at: DateTime) -> Literal {
    Literal::Timestamp(shown(at))
}

pub fn instant(utc: DateTime) -> Literal {
    Literal::Instant(format!("{}Z", shown(utc)))
}

fn shown(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The earliest local time that engines read as this instant or a later one. A time
/// that comes twice is read as the second; one that the clock skips, as if it had not.
pub fn in_zone(utc: DateTime, zone: &str) -> DateTime {
    let earliest = || {
        let (zone, at) = (TimeZone::get(zone).ok()?, TimeZone::UTC.to_timestamp(utc).ok()?);
        let local = zone.to_datetime(at);
        let is_first = |before| before == zone.to_offset(at);
        match zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Fold { before, .. } if is_first(before) => {
                Some(zone.to_datetime(zone.following(at).next()?.timestamp()))
            }
            _ => {
                let moment = 1.nanosecond();
                let untouched = zone.to_datetime(at.checked_sub(moment).ok()?).checked_add(moment).ok()?;
                Some(local.min(untouched))
            }
        }
    };
    // The zone was checked when it was declared.
    earliest().unwrap_or(utc)
}
