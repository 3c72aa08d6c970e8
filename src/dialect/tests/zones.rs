//! Moves between zones, with times worked out by hand.

use jiff::civil::DateTime;

use crate::dialect::zones::{Moves, Offsets};

fn moves(from: &str, to: &str) -> Moves {
    let offsets = |zone| Offsets::of(zone).expect("the zone exists");
    Moves::between(&offsets(from), &offsets(to)).expect("within the calendar")
}

fn at(moves: &Moves, local: &str) -> String {
    let local: DateTime = local.parse().expect("a time");
    let before = moves.changes.partition_point(|(change, _)| *change <= local);
    let seconds = before.checked_sub(1).map_or(moves.first, |last| moves.changes[last].1);
    (local + jiff::Span::new().seconds(seconds)).to_string()
}

#[test]
fn utc_becomes_local() {
    let paris = moves("UTC", "Europe/Paris");
    assert_eq!(at(&paris, "2026-03-29T00:59:59"), "2026-03-29T01:59:59");
    assert_eq!(at(&paris, "2026-03-29T01:00:00"), "2026-03-29T03:00:00");
    assert_eq!(at(&paris, "2026-10-25T00:59:59"), "2026-10-25T02:59:59");
    assert_eq!(at(&paris, "2026-10-25T01:00:00"), "2026-10-25T02:00:00");
    // Before zones it had the time of its sun.
    assert_eq!(at(&paris, "1850-01-01T00:00:00"), "1850-01-01T00:09:21");
    assert_eq!(moves("UTC", "UTC"), Moves { first: 0, changes: Vec::new() });
}

#[test]
fn skipped_and_repeated_local_times_become_utc() {
    let paris = moves("Europe/Paris", "UTC");
    // The clock goes from 2 to 3: 2:30 is half an hour after 2.
    assert_eq!(at(&paris, "2026-03-29T01:59:59"), "2026-03-29T00:59:59");
    assert_eq!(at(&paris, "2026-03-29T02:30:00"), "2026-03-29T01:30:00");
    assert_eq!(at(&paris, "2026-03-29T03:00:00"), "2026-03-29T01:00:00");
    // It goes back from 3 to 2: 2:30 is the second one.
    assert_eq!(at(&paris, "2026-10-25T01:59:59"), "2026-10-24T23:59:59");
    assert_eq!(at(&paris, "2026-10-25T02:30:00"), "2026-10-25T01:30:00");
    assert_eq!(at(&paris, "2026-10-25T03:00:00"), "2026-10-25T02:00:00");
}

#[test]
fn local_times_become_those_of_elsewhere() {
    let there = moves("America/New_York", "Europe/Paris");
    // New York changes on 8 March, Paris on the 29th.
    assert_eq!(at(&there, "2026-03-08T01:59:59"), "2026-03-08T07:59:59");
    assert_eq!(at(&there, "2026-03-08T03:00:00"), "2026-03-08T08:00:00");
    assert_eq!(at(&there, "2026-03-28T20:59:59"), "2026-03-29T01:59:59");
    assert_eq!(at(&there, "2026-03-28T21:00:00"), "2026-03-29T03:00:00");
    // Both a day ahead and behind: Samoa left out 30 December 2011.
    let samoa = moves("Pacific/Apia", "UTC");
    assert_eq!(at(&samoa, "2011-12-29T23:59:59"), "2011-12-30T09:59:59");
    assert_eq!(at(&samoa, "2011-12-31T00:00:00"), "2011-12-30T10:00:00");
}
