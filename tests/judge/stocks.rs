//! What is there at an instant.
//!
//! A contract is there from when it started until it ended; a shelf holds what was
//! counted last; a member of staff is always there.

use jiff::{Timestamp, ToSpan};

use super::calendar::{Calendar, Period};
use super::formula::Reading;
use super::measure::{Axis, Source};
use super::reading::{Clock, Step};
use super::rows::Row;
use super::world::Snapshots;

/// An instant at which a stock is read. What came in strictly before is there, and
/// what goes just now still is.
#[derive(Debug, Clone, Copy)]
pub struct Boundary {
    pub at: Timestamp,
    /// Counts are looked for from here on.
    from: Timestamp,
}

/// Where a stock is read for a period that has begun: once, or at the end of each day
/// that is over.
pub fn boundaries(clock: &Clock, period: Period, steps: &[Step], reading: Reading) -> Vec<Boundary> {
    let calendar = &clock.calendar;
    let read = clock.reading(period, steps);
    let (start, end) = (calendar.start(read.period), calendar.end(read.period));
    let known = |at: Timestamp| read.as_of.map_or(at, |as_of| as_of.min(at));
    let once = |at, from| vec![Boundary { at, from }];
    match reading {
        Reading::AtStart => once(start, calendar.start(calendar.previous(read.period, None))),
        Reading::AtEnd => once(known(end), start),
        Reading::Average => {
            days(calendar, read.period).into_iter().filter(|day| known(day.at) == day.at).collect()
        }
    }
}

fn days(calendar: &Calendar, period: Period) -> Vec<Boundary> {
    let Period::Days { first, next } = period else { unreachable!("hours have no days to average") };
    let mut found = Vec::new();
    let mut day = first;
    while day < next {
        let after = day + 1.day();
        let (at, from) = (calendar.midnight(after), calendar.midnight(day));
        found.push(Boundary { at, from });
        day = after;
    }
    found
}

/// The rows of a source that are there at a boundary; `None`: nobody counted them.
pub fn standing<'r>(
    source: Source,
    rows: &'r [Row],
    boundary: Boundary,
    snapshots: Snapshots,
    calendar: &Calendar,
) -> Option<Vec<&'r Row>> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.source == source).collect();
    match source {
        Source::Contracts => Some(own.into_iter().filter(|row| lasts(row, boundary.at)).collect()),
        Source::Levels => counted(&own, boundary, snapshots, calendar),
        Source::Staff => Some(own),
        Source::Sales | Source::Visits => unreachable!("sales and visits have no stocks"),
    }
}

fn lasts(row: &Row, at: Timestamp) -> bool {
    let (Some(started), ended) = (row.time(Axis::Started), row.time(Axis::Ended)) else { return false };
    let is_sound = ended.is_none_or(|ended| started.low <= ended.low);
    is_sound && started.high <= at && ended.is_none_or(|ended| ended.high > at)
}

/// The rows of the last day that was counted before the boundary, be it of other
/// slices; of sparse sources each shelf's last row.
fn counted<'r>(
    rows: &[&'r Row],
    boundary: Boundary,
    snapshots: Snapshots,
    calendar: &Calendar,
) -> Option<Vec<&'r Row>> {
    let day = |row: &Row| row.time(Axis::CountedOn).expect("every count has a day");
    let before: Vec<&Row> = rows.iter().copied().filter(|row| day(row).high <= boundary.at).collect();
    let from = match snapshots {
        Snapshots::Carry(n) => boundary.from.min(calendar.carried_from(boundary.at, n)),
        Snapshots::Plain | Snapshots::Sparse => boundary.from,
    };
    let last =
        before.iter().map(|row| day(row)).filter(|day| day.low >= Some(from)).max_by_key(|day| day.high);
    if snapshots == Snapshots::Sparse && !before.is_empty() {
        let is_last = |row: &&Row| {
            !before.iter().any(|other| other.shelf == row.shelf && day(other).low > day(row).low)
        };
        return Some(before.iter().copied().filter(is_last).collect());
    }
    let last = last?;
    Some(before.into_iter().filter(|row| day(row) == last).collect())
}
