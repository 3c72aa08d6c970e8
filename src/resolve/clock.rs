//! Times that meet: a timestamp is read in the zone that its column declares, a date
//! is a day of the project's zone (semantics rule 7).
//!
//! An order at 23:30 UTC on 31 March was placed on 1 April in Paris: a weekday, a
//! comparison with a day, and a subtraction of another zone's time all need it there.

use super::expression::{Scope, Typed};
use super::scalar::{Scalar, ScalarKind, Type};
use crate::diagnostic::{Code, Diagnostic};

const UTC: &str = "UTC";

/// Makes values comparable that are times of several kinds or zones: with a date among
/// them all are local; else, unless they share a clock, all are UTC.
pub fn together<S: Scope>(s: &mut S, values: Vec<Typed<S::Leaf>>) -> Vec<Typed<S::Leaf>> {
    warn_of_unknown(s, &values);
    let zone = s.zone().to_string();
    let with_days = values.iter().any(|v| v.ty() == Type::Date);
    let moved = |v: Typed<S::Leaf>| if with_days { local(v, &zone) } else { in_zone(v, UTC, &zone) };
    if share_clock(&values) { values } else { values.into_iter().map(moved).collect() }
}

/// The same for results of one expression, which are local unless they share a clock.
pub fn alike<S: Scope>(s: &S, values: Vec<Typed<S::Leaf>>) -> Vec<Typed<S::Leaf>> {
    if share_clock(&values) {
        return values;
    }
    values.into_iter().map(|value| local(value, s.zone())).collect()
}

/// A time as the project's clocks show it; everything else as it is.
pub fn local<L>(value: Typed<L>, zone: &str) -> Typed<L> {
    in_zone(value, zone, zone)
}

/// A timestamp or an instant as the local time of a zone.
fn in_zone<L>(value: Typed<L>, to: &str, project: &str) -> Typed<L> {
    let from = match (value.ty(), &value.zone) {
        (Type::Instant, _) => None,
        (Type::Timestamp, Some(zone)) => Some(zone.clone()),
        (Type::Timestamp, None) => Some(project.to_string()),
        _ => return value,
    };
    let zone = (to != project).then(|| to.to_string());
    if from.as_deref() == Some(to) {
        return Typed { zone, ..value };
    }
    let span = value.span();
    let kind = ScalarKind::InZone { value: Box::new(value.scalar), from, to: to.to_string() };
    Typed { scalar: Scalar::new(kind, Type::Timestamp, span), unit: value.unit, zone, accepted: None }
}

/// Whether all values that are times are instants, or timestamps or dates of one zone.
fn share_clock<L>(values: &[Typed<L>]) -> bool {
    let mut times = values.iter().filter(|v| v.ty().is_time()).map(|v| (v.ty() == Type::Instant, &v.zone));
    let Some(first) = times.next() else { return true };
    times.all(|clock| clock == first)
}

/// Warns of a value that may be a day or a timestamp where that makes a difference.
fn warn_of_unknown<S: Scope>(s: &mut S, values: &[Typed<S::Leaf>]) {
    if values.iter().any(|v| v.zone.is_some() || v.ty() == Type::Instant) {
        values.iter().filter(|v| v.ty() == Type::Unknown).for_each(|v| undeclared(s, v));
    }
}

/// Warns of a value without a type of which a day or an hour is taken, unless days are
/// the same in all zones of the project.
pub fn taken_apart<S: Scope>(s: &mut S, value: &Typed<S::Leaf>) {
    if value.ty() == Type::Unknown && s.zone() != UTC {
        undeclared(s, value);
    }
}

fn undeclared<S: Scope>(s: &mut S, value: &Typed<S::Leaf>) {
    s.sink().push(
        Diagnostic::warning(
            Code::ZoneNotDeclared,
            value.span(),
            "this has no declared type, and is taken for a time of the project's zone",
        )
        .because("as UTC, which most systems store, the evening's rows would fall on another day")
        .help("declare it: `column … : timestamp in UTC`, or `column … : date` if it is a day"),
    );
}
