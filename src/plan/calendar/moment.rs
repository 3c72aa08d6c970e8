//! Moments: local days and times, and the instants that they are in the project's zone.

use jiff::ToSpan;
use jiff::civil::{self, DateTime};
use jiff::tz::TimeZone;

use super::Calendar;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Date, Grain};

/// An instant, as the project's local time and in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub local: DateTime,
    pub utc: DateTime,
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.utc.cmp(&other.utc)
    }
}

impl Moment {
    /// Before every row that there is, and a time on every engine.
    pub const FIRST: Moment = Moment {
        local: DateTime::constant(1000, 1, 1, 0, 0, 0, 0),
        utc: DateTime::constant(1000, 1, 1, 0, 0, 0, 0),
    };

    /// Whether its local day is before a day.
    pub fn is_before(self, day: Date) -> bool {
        Date::from(self.local.date()) < day
    }
}

impl Calendar {
    /// The midnight that starts a local day.
    ///
    /// # Errors
    /// An unknown zone, days beyond the calendar.
    pub fn day(&self, day: civil::Date) -> Result<Moment, Diagnostic> {
        self.midnight(day)
    }

    /// A local time: the first instant that shows it.
    pub(super) fn local(&self, local: DateTime) -> Result<Moment, Diagnostic> {
        if local == midnight_of(local.date()) {
            return self.midnight(local.date());
        }
        let zoned = self.zone()?.to_zoned_datetime(local).map_err(|_| beyond())?;
        Ok(Moment { local, utc: zoned.with_time_zone(TimeZone::UTC).datetime() })
    }

    pub(super) fn instant(&self, utc: DateTime) -> Result<Moment, Diagnostic> {
        let zoned = TimeZone::UTC.to_zoned_datetime(utc).map_err(|_| beyond())?;
        let local = zoned.with_time_zone(self.zone()?).datetime();
        // A midnight that the clock skips keeps its name.
        match self.midnight(local.date()) {
            Ok(midnight) if midnight.utc == utc => Ok(midnight),
            _ => Ok(Moment { local, utc }),
        }
    }

    /// The instant that a period's start is: hours are held in UTC, all else local.
    pub(super) fn moment(&self, grain: Grain, at: DateTime) -> Result<Moment, Diagnostic> {
        if grain != Grain::Hour {
            return self.midnight(at.date());
        }
        let zone = self.zone()?;
        let utc = TimeZone::UTC.to_zoned_datetime(at).map_err(|_| beyond())?;
        Ok(Moment { local: utc.with_time_zone(zone).datetime(), utc: at })
    }

    /// The midnight that starts a local day. Where the clock skips it, the day
    /// starts later, but rows before that do not exist, so `local` stays midnight.
    pub(super) fn midnight(&self, day: civil::Date) -> Result<Moment, Diagnostic> {
        if day.year() < 1 {
            return Err(beyond());
        }
        let zoned = self.zone()?.to_zoned_datetime(midnight_of(day)).map_err(|_| beyond())?;
        Ok(Moment { local: midnight_of(day), utc: zoned.with_time_zone(TimeZone::UTC).datetime() })
    }

    pub(super) fn zone(&self) -> Result<TimeZone, Diagnostic> {
        TimeZone::get(&self.zone).map_err(|_| {
            Diagnostic::general(Code::ProjectFile, format!("there is no time zone `{}`", self.zone))
        })
    }
}

/// A definition's date as a day of the calendar.
pub fn civil_date(day: Date) -> Result<civil::Date, Diagnostic> {
    day.civil().ok_or_else(beyond)
}

pub fn next_day(day: Date) -> Result<civil::Date, Diagnostic> {
    civil_date(day)?.tomorrow().map_err(|_| beyond())
}

pub fn midnight_of(day: civil::Date) -> DateTime {
    day.to_datetime(civil::Time::midnight())
}

/// The first whole hour at or after a time.
pub fn whole_hour(at: DateTime) -> Result<DateTime, Diagnostic> {
    let hour = at.with().minute(0).second(0).subsec_nanosecond(0).build().map_err(|_| beyond())?;
    if hour == at { Ok(at) } else { hour.checked_add(1.hour()).map_err(|_| beyond()) }
}

pub fn beyond() -> Diagnostic {
    Diagnostic::general(Code::BadRange, "the range reaches beyond the years 1 to 9999")
        .help("ask for a range within them")
}
