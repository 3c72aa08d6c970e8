//! What a row finds in time: one of several rows of its customer, and the tier that the
//! customer had just then.
//!
//! `join found: visits on customer_id last before at within 7 days where device = 'a'`

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendar::Calendar;
use super::dimension::Condition;
use super::measure::Axis;
use super::reading::Stretch;
use super::rows::{Row, Version};
use super::time::Duration;

/// A join that finds one of a customer's rows by its time.
#[derive(Debug, Clone, PartialEq)]
pub struct AsOf {
    /// This side's time.
    pub at: Axis,
    /// Where it looks.
    pub to: Axis,
    pub pick: Pick,
    pub side: Side,
    pub within: Option<Duration>,
    pub filter: Option<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    First,
    Last,
    Nth(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// When a row is looked at: at one of its times, or just before a boundary at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    At(Axis),
    Before(Timestamp),
}

impl AsOf {
    pub fn text(&self) -> String {
        let pick = match self.pick {
            Pick::First => "first".into(),
            Pick::Last => "last".into(),
            Pick::Nth(n) => format!("nth {n}"),
        };
        let side = if self.side == Side::Before { "before" } else { "after" };
        let within = self.within.map(|by| format!(" within {}", by.text())).unwrap_or_default();
        let filter = self.filter.as_ref().map(|f| format!(" where {}", f.text(true))).unwrap_or_default();
        let (to, at) = (self.to.source().name(), self.at.column());
        format!("  join found: {to} on customer_id {pick} {side} {at}{within}{filter}\n")
    }

    /// The row that one finds among all, as far as they are known.
    pub fn find<'r>(
        &self,
        row: &Row,
        rows: &'r [Row],
        calendar: &Calendar,
        as_of: Option<Timestamp>,
    ) -> Option<&'r Row> {
        let at = row.time(self.at)?;
        row.members.buyer?;
        let candidates = rows.iter().filter(|other| {
            other.source == self.to.source()
                && other.members.buyer == row.members.buyer
                && self.filter.as_ref().is_none_or(|condition| condition.holds(&other.members))
                && other.time(self.to).is_some_and(|time| {
                    as_of.is_none_or(|as_of| time.high <= as_of) && self.reaches(at, time, calendar)
                })
        });
        let mut found: Vec<&Row> = candidates.collect();
        found.sort_by_key(|row| (row.time(self.to).and_then(|time| time.low), row.key));
        match self.pick {
            Pick::First => found.first().copied(),
            Pick::Nth(n) => found.get(usize::from(n) - 1).copied(),
            // Of those of the same time the one with the smallest key.
            Pick::Last => {
                let last = found.last()?.time(self.to);
                found.iter().find(|row| row.time(self.to) == last).copied()
            }
        }
    }

    /// Strictly on the right side, and less than the time away.
    fn reaches(&self, at: Stretch, other: Stretch, calendar: &Calendar) -> bool {
        let (earlier, later) = match self.side {
            Side::Before => (other, at),
            Side::After => (at, other),
        };
        compare(earlier, later, calendar) == Ordering::Less
            && self.within.is_none_or(|by| match self.side {
                Side::Before => is_later_than_back(other, at, by, calendar),
                Side::After => is_earlier_than_forward(other, at, by, calendar),
            })
    }
}

fn is_later_than_back(other: Stretch, at: Stretch, by: Duration, calendar: &Calendar) -> bool {
    if by_instants(at, other) {
        return other.low > at.low.map(|at| calendar.back(at, by));
    }
    let bound = calendar.back(calendar.midnight(day(at, calendar)), by);
    day(other, calendar) > calendar.local(bound).date()
}

fn is_earlier_than_forward(other: Stretch, at: Stretch, by: Duration, calendar: &Calendar) -> bool {
    if by_instants(at, other) {
        return other.low < at.low.map(|at| calendar.forward(at, by));
    }
    let bound = calendar.forward(calendar.midnight(day(at, calendar)), by);
    day(other, calendar) < calendar.local(bound).date()
}

/// The version that held at a time.
pub fn version<'v>(
    mut versions: impl Iterator<Item = &'v Version>,
    at: Stretch,
    calendar: &Calendar,
) -> Option<&'v Version> {
    versions.find(|version| {
        compare(version.from, at, calendar) != Ordering::Greater
            && version.until.is_none_or(|until| compare(at, until, calendar) == Ordering::Less)
    })
}

/// A date and a time are compared by days.
fn compare(a: Stretch, b: Stretch, calendar: &Calendar) -> Ordering {
    if by_instants(a, b) { a.low.cmp(&b.low) } else { day(a, calendar).cmp(&day(b, calendar)) }
}

fn by_instants(a: Stretch, b: Stretch) -> bool {
    a.is_instant() && b.is_instant()
}

fn day(of: Stretch, calendar: &Calendar) -> Date {
    calendar.local(of.low.expect("what happens has a beginning")).date()
}
