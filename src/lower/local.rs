//! Local time in formulas: the day, hour or weekday of a moment, in the project's zone.
//!
//! An order of 31 March 23:30 UTC is one of 1 April in Paris, whether a period, a
//! `weekday(ordered_at)` or an `ordered_at >= 2026-04-01` asks.

use jiff::tz::TimeZone;

use super::formula::{Reading, sql_type, value};
use super::time;
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::sql::{self, Expr, Function, Literal, Part, Step};

/// A point in time as the project's local time.
pub fn time<L>(e: &Scalar<L>, by: &Reading<'_, L>) -> Expr {
    let read = value(e, by);
    match frame(e, by) {
        Frame::Local => read,
        Frame::Zone(zone) => {
            Expr::ToZone { value: read.boxed(), from: Some(zone.to_string()), to: by.zone.to_string() }
        }
        Frame::Instant => Expr::ToZone { value: read.boxed(), from: None, to: by.zone.to_string() },
    }
}

/// What a value is held in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Frame<'z> {
    /// No point in time, or one in the project's zone.
    Local,
    /// The local time of another zone.
    Zone(&'z str),
    Instant,
}

fn frame<'r, L>(e: &'r Scalar<L>, by: &'r Reading<'_, L>) -> Frame<'r> {
    match e.ty {
        Type::Instant => Frame::Instant,
        Type::Timestamp => zone(e, by).filter(|zone| *zone != by.zone).map_or(Frame::Local, Frame::Zone),
        Type::Text
        | Type::Integer
        | Type::Decimal(_)
        | Type::Float
        | Type::Boolean
        | Type::Date
        | Type::Duration
        | Type::Unknown
        | Type::Null => Frame::Local,
    }
}

/// The zone of the first timestamp in an expression.
fn zone<'r, L>(e: &'r Scalar<L>, by: &'r Reading<'_, L>) -> Option<&'r str> {
    match &e.kind {
        ScalarKind::Leaf(leaf) if e.ty == Type::Timestamp => (by.zone_of)(leaf),
        ScalarKind::InZone { to, .. } => Some(to),
        _ => e.children().into_iter().find_map(|child| zone(child, by)),
    }
}

/// A value as it compares with another one: a day as the moment when it starts there,
/// times of two zones as local times.
pub fn beside<L>(e: &Scalar<L>, other: &Scalar<L>, by: &Reading<'_, L>) -> Expr {
    let (own, there) = (frame(e, by), frame(other, by));
    match (e.ty, there) {
        (Type::Date, Frame::Zone(_) | Frame::Instant) => start_of(e, there, by),
        (Type::Timestamp, _) if other.ty == Type::Timestamp && own != there => time(e, by),
        _ => value(e, by),
    }
}

/// The start of a day in the project's zone, held as `there`.
fn start_of<L>(day: &Scalar<L>, there: Frame<'_>, by: &Reading<'_, L>) -> Expr {
    if let ScalarKind::Literal(Literal::Date(iso)) = &day.kind
        && let Some(utc) = midnight(iso, by.zone)
    {
        return Expr::Literal(match there {
            Frame::Zone(zone) => time::timestamp(time::in_zone(utc, zone)),
            Frame::Instant | Frame::Local => time::instant(utc),
        });
    }
    let start = Expr::Cast(value(day, by).boxed(), sql::Type::Timestamp).boxed();
    match there {
        Frame::Zone(zone) => {
            Expr::ToZone { value: start, from: Some(by.zone.to_string()), to: zone.to_string() }
        }
        Frame::Instant | Frame::Local => Expr::Instant { value: start, zone: by.zone.to_string() },
    }
}

fn midnight(iso: &str, zone: &str) -> Option<jiff::civil::DateTime> {
    let day: jiff::civil::Date = iso.parse().ok()?;
    let start = TimeZone::get(zone).ok()?.to_zoned_datetime(day.at(0, 0, 0, 0)).ok()?;
    Some(start.with_time_zone(TimeZone::UTC).datetime())
}

/// `date(x)` and `text(x)` of a moment are of its local time.
pub fn cast<L>(e: &Scalar<L>, to: Type, by: &Reading<'_, L>) -> Expr {
    let read = match to {
        Type::Date | Type::Text => time(e, by),
        // Databases differ in where the half of a double goes.
        Type::Integer if e.ty == Type::Float => {
            Expr::Call(Function::Round, vec![value(e, by), Expr::number(0)])
        }
        _ => value(e, by),
    };
    Expr::Cast(read.boxed(), sql_type(to))
}

/// A day later is the same local time of the next day, an hour later is sixty minutes.
pub fn shift<L>(e: &Scalar<L>, step: Step, ty: Type, by: &Reading<'_, L>) -> Expr {
    let clock = matches!(step.unit, Part::Second | Part::Minute | Part::Hour);
    let shift = |value: Expr, to| Expr::Shift { value: value.boxed(), step, to };
    match ty {
        Type::Instant if !clock => {
            let moved = shift(time(e, by), sql::Type::Timestamp);
            Expr::Instant { value: moved.boxed(), zone: by.zone.to_string() }
        }
        _ => shift(value(e, by), sql_type(ty)),
    }
}
