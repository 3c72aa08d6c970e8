//! Times of several sources on one clock, so that they can be compared.

use super::time::Time;
use crate::resolve::resolved::{AxisKind, Clock as Reading, Grain, Length};
use crate::sql::{Expr, Step, Type};

/// What makes times comparable.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    reading: Reading,
    /// Whether hours are added to days.
    has_hours: bool,
}

impl Clock {
    /// The clock for times of these kinds, to which a length of time may be added.
    pub fn of(kinds: &[&AxisKind], length: Option<Length>) -> Clock {
        Clock::with(Reading::of(kinds.iter().copied()), length)
    }

    /// The same for times that are compared so.
    pub fn with(reading: Reading, length: Option<Length>) -> Clock {
        Clock { reading, has_hours: length.is_some_and(Length::is_short) }
    }

    /// A time on this clock.
    pub fn read(self, time: &Time<'_>) -> Expr {
        let value = match self.reading {
            Reading::Same => time.column.clone(),
            Reading::Utc => time.utc(),
            Reading::LocalDay => time.period(Grain::Day),
        };
        // A day has no hours to add.
        match self.is_day(time) && self.has_hours {
            true => Expr::Cast(value.boxed(), Type::Timestamp),
            false => value,
        }
    }

    /// A time on this clock, later by a step: days and longer units are those of the
    /// project's zone.
    pub fn moved(self, time: &Time<'_>, length: Length, step: Step) -> Expr {
        let shift = |value: Expr, to| Expr::Shift { value: value.boxed(), step, to };
        if self.is_day(time) {
            return shift(self.read(time), if self.has_hours { Type::Timestamp } else { Type::Date });
        }
        let project = &time.calendar.zone;
        let is_local = |zone: &String| self.reading == Reading::Same && zone == project;
        match &time.kind {
            AxisKind::Timestamp { zone } if is_local(zone) => shift(self.read(time), Type::Timestamp),
            AxisKind::Instant if length.is_short() && self.reading == Reading::Same => {
                shift(self.read(time), Type::Instant)
            }
            _ if length.is_short() => shift(self.read(time), Type::Timestamp),
            kind => {
                let later = shift(time.local(), Type::Timestamp);
                let instant = Expr::Instant { value: later.boxed(), zone: project.clone() };
                let zone = match (self.reading, kind) {
                    (Reading::Same, AxisKind::Instant) => return instant,
                    (Reading::Same, AxisKind::Timestamp { zone }) => zone.clone(),
                    (Reading::Same | Reading::Utc | Reading::LocalDay, _) => "UTC".into(),
                };
                Expr::ToZone { value: instant.boxed(), from: None, to: zone }
            }
        }
    }

    fn is_day(self, time: &Time<'_>) -> bool {
        self.reading == Reading::LocalDay || *time.kind == AxisKind::Date
    }
}
