//! Local times for databases without zone data: the clock's changes are written out.
//!
//! `started_at AT TIME ZONE 'Europe/Paris'` becomes one or two hours more, before and
//! after each time that Paris changed its clocks. kpic carries the changes; a time that
//! comes twice is the second one, a time that the clock skips is read as if it had not,
//! as databases with zone data do.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::functions::{Level, Piece, Spelling, pieces};
use super::parts::Parts;
use super::print::Printer;
use super::quote::Cannot;
use crate::sql::{Capabilities, Expr, Literal, Part, Step, Type};

/// Changes of the clock are foreseen up to this year; afterwards it stays as it is.
const LAST_YEAR: i16 = 2100;
/// More changes than this are looked for by halves.
const FLAT: usize = 12;
/// A query with more of them is refused. A local time made of another multiplies them.
const MOST_CHANGES: usize = 100_000;
pub const UTC: &str = "UTC";

/// What a zone's clock is ahead of UTC, in seconds: at first, and from each change on.
#[derive(Debug)]
pub struct Offsets {
    pub first: i32,
    pub changes: Vec<(Timestamp, i32)>,
}

/// What is added to a zone's local time to make it another's: at first, and from each
/// of the first zone's local times on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Moves {
    pub first: i32,
    pub changes: Vec<(DateTime, i32)>,
}

/// A value that is moved: a local time, or an instant, which is taken in UTC.
#[derive(Debug, Clone, Copy)]
struct Base<'a> {
    /// `None`: it has a name, [`SHOWN`] of [`CLOCK`].
    value: Option<&'a Expr>,
    is_instant: bool,
}

/// What a time is called that was moved before: written at each change, it would
/// multiply the changes.
const CLOCK: &str = "clock";
const SHOWN: &str = "shown";

impl Offsets {
    pub fn of(zone: &str) -> Option<Offsets> {
        let zone = TimeZone::get(zone).ok()?;
        let first = zone.to_offset(Timestamp::MIN).seconds();
        let is_near = |at: Timestamp| TimeZone::UTC.to_datetime(at).year() <= LAST_YEAR;
        let all = zone.following(Timestamp::MIN).take_while(|change| is_near(change.timestamp()));
        let mut offsets = Offsets { first, changes: Vec::new() };
        for change in all {
            let seconds = change.offset().seconds();
            if seconds != offsets.last() {
                offsets.changes.push((change.timestamp(), seconds));
            }
        }
        Some(offsets)
    }

    fn last(&self) -> i32 {
        self.changes.last().map_or(self.first, |(_, seconds)| *seconds)
    }

    fn at(&self, at: Timestamp) -> i32 {
        let before = self.changes.partition_point(|(change, _)| *change <= at);
        before.checked_sub(1).map_or(self.first, |last| self.changes[last].1)
    }
}

impl Moves {
    /// From one zone's local times to another's.
    pub fn between(from: &Offsets, to: &Offsets) -> Option<Moves> {
        let mut moves = Moves { first: to.first - from.first, changes: Vec::new() };
        let starts = std::iter::once((Timestamp::MIN, from.first)).chain(from.changes.iter().copied());
        for (index, (start, ahead)) in starts.enumerate() {
            // Its last local time is the one before the next offset's first.
            let end = match from.changes.get(index) {
                Some((next, then)) => later(*next, then - ahead)?,
                None => Timestamp::MAX,
            };
            if index > 0 {
                moves.push(local(start, ahead)?, to.at(start) - ahead);
            }
            for (change, then) in to.changes.iter().filter(|(change, _)| start < *change && *change < end) {
                moves.push(local(*change, ahead)?, then - ahead);
            }
        }
        Some(moves)
    }

    fn push(&mut self, from: DateTime, seconds: i32) {
        while self.changes.last().is_some_and(|(last, _)| *last >= from) {
            self.changes.pop();
        }
        if self.changes.last().map_or(self.first, |(_, last)| *last) != seconds {
            self.changes.push((from, seconds));
        }
    }
}

/// Whether a database needs the changes of the clock written out for this value.
pub(super) fn is_written_out(value: &Expr, able: Capabilities) -> bool {
    let Some((from, to)) = zones(value) else { return false };
    let from_local = from.is_some_and(|from| from != UTC);
    (from_local && !able.zones_of_local_times) || (to != UTC && !able.zones_of_instants)
}

/// Whether these changes are so many that nobody wants to read them twice.
pub(super) fn is_long(value: &Expr, able: Capabilities) -> bool {
    let moves = || {
        let (from, to) = zones(value)?;
        Moves::between(&Offsets::of(from.unwrap_or(UTC))?, &Offsets::of(to)?)
    };
    is_written_out(value, able) && moves().is_some_and(|moves| moves.changes.len() > FLAT)
}

/// The zone that a local time is moved from, if it has one, and the one that it is moved to.
fn zones(value: &Expr) -> Option<(Option<&str>, &str)> {
    match value {
        Expr::ToZone { from, to, .. } => Some((from.as_deref(), to)),
        Expr::Instant { zone, .. } => Some((Some(zone), UTC)),
        _ => None,
    }
}

/// Whether a value is made of a local time that was written out itself.
fn is_moved(value: &Expr, able: Capabilities) -> bool {
    match value {
        Expr::Shift { value, .. } | Expr::Cast(value, _) | Expr::Truncate { value, .. } => {
            is_moved(value, able)
        }
        other => is_written_out(other, able),
    }
}

fn later(at: Timestamp, seconds: i32) -> Option<Timestamp> {
    at.checked_add(jiff::Span::new().seconds(seconds)).ok()
}

fn local(at: Timestamp, ahead: i32) -> Option<DateTime> {
    Some(TimeZone::UTC.to_datetime(later(at, ahead)?))
}

impl<'a> Printer<'a> {
    /// See [`Expr::ToZone`].
    pub(super) fn zone_by_changes(
        &mut self,
        value: &'a Expr,
        from: Option<&str>,
        to: &str,
    ) -> (Level, Parts<'a>) {
        let moves = self.moves(from.unwrap_or(UTC), to);
        self.by_changes(value, from.is_none(), &moves)
    }

    /// See [`Expr::Instant`].
    pub(super) fn instant_by_changes(&mut self, value: &'a Expr, zone: &str) -> (Level, Parts<'a>) {
        let moves = self.moves(zone, UTC);
        let (level, utc) = self.by_changes(value, false, &moves);
        let utc = if level < Level::Atom { Parts::new().parenthesised(utc) } else { utc };
        let spelling = self.dialect.instant();
        self.around(&spelling, utc)
    }

    fn moves(&mut self, from: &str, to: &str) -> Moves {
        let known = || Moves::between(&Offsets::of(from)?, &Offsets::of(to)?);
        let moves = self.accept(known().ok_or_else(|| Cannot {
            what: format!("local times of `{from}` and `{to}`"),
            why: "it has no zone data, and kpic knows no changes of these clocks".to_owned(),
            help: "name zones of the IANA database",
        }));
        self.changes += moves.changes.len();
        if self.changes <= MOST_CHANGES {
            return moves;
        }
        self.accept(Err(Cannot {
            what: "so many local times".to_owned(),
            why: format!(
                "it has no zone data, and more than {MOST_CHANGES} changes of clocks would be written out"
            ),
            help: "ask for fewer KPIs at once, or keep times in UTC",
        }))
    }

    fn by_changes(&mut self, value: &'a Expr, is_instant: bool, moves: &Moves) -> (Level, Parts<'a>) {
        let base = Base { value: Some(value), is_instant };
        if moves.changes.is_empty() {
            return (Level::Any, self.later(base, moves.first));
        }
        let able = self.dialect.capabilities();
        if !is_moved(value, able) {
            return (Level::Atom, self.moved(base, moves.first, &moves.changes));
        }
        if !able.outer_values {
            let nothing = self.accept(Err(Cannot {
                what: "a local time that is moved to another zone after it was moved before".to_owned(),
                why: "it has no zone data, and the first is not of one table alone, which could name it"
                    .to_owned(),
                help: "keep the column in the project's zone, or in UTC",
            }));
            return (Level::Atom, nothing);
        }
        let moved = self.moved(Base { value: None, is_instant }, moves.first, &moves.changes);
        let inside = Parts::new().text("SELECT ").expr(value, Level::Any).text(format!(" AS {SHOWN}"));
        let select = Parts::new().text("SELECT ").then(moved).hard();
        let from = select.text("FROM ").parenthesised(inside).text(format!(" AS {CLOCK}"));
        (Level::Atom, Parts::new().block(from))
    }

    fn moved(&mut self, base: Base<'a>, first: i32, changes: &[(DateTime, i32)]) -> Parts<'a> {
        if changes.is_empty() {
            return self.later(base, first);
        }
        let mut parts = Parts::new().open().text("CASE").indent();
        let mut seconds = first;
        let rest = if changes.len() > FLAT {
            let middle = changes.len() / 2;
            let (at, then) = changes[middle];
            let before = self.moved(base, first, &changes[..middle]);
            parts = parts.line().text("WHEN ").indent().then(self.is_before(base, at));
            parts = parts.text(" THEN ").then(before).dedent();
            self.moved(base, then, &changes[middle + 1..])
        } else {
            for (at, then) in changes {
                let before = self.later(base, seconds);
                parts = parts.line().text("WHEN ").indent().then(self.is_before(base, *at));
                parts = parts.text(" THEN ").then(before).dedent();
                seconds = *then;
            }
            self.later(base, seconds)
        };
        parts.line().text("ELSE ").then(rest).dedent().line().text("END").close()
    }

    fn is_before(&mut self, base: Base<'a>, at: DateTime) -> Parts<'a> {
        let at = Literal::Timestamp(at.strftime("%Y-%m-%d %H:%M:%S").to_string());
        let (_, at) = self.literal(&at);
        self.base(base).text(" < ").text(at)
    }

    fn later(&mut self, base: Base<'a>, seconds: i32) -> Parts<'a> {
        let value = self.base(base);
        let (count, unit) = match seconds {
            0 => return value,
            s if s % 3600 == 0 => (s / 3600, Part::Hour),
            s if s % 60 == 0 => (s / 60, Part::Minute),
            s => (s, Part::Second),
        };
        let spelling = self.dialect.shift(Step { count: i64::from(count), unit }, Type::Timestamp);
        self.around(&spelling, value).1
    }

    /// The value as it stands beside an operator.
    fn base(&mut self, base: Base<'a>) -> Parts<'a> {
        let value = match base.value {
            Some(value) => Parts::new().expr(value, Level::Atom),
            None => Parts::new().text(format!("{CLOCK}.{SHOWN}")),
        };
        if !base.is_instant {
            return value;
        }
        let spelling = self.dialect.to_zone(false);
        let (_, utc) = self.around(&spelling, value);
        Parts::new().parenthesised(utc)
    }

    /// A spelling of one value, with UTC as its zone.
    fn around(&mut self, spelling: &Spelling, value: Parts<'a>) -> (Level, Parts<'a>) {
        let mut parts = Parts::new();
        let (text, level) = match spelling {
            Spelling::Pattern(text, level) => (text.clone(), *level),
            Spelling::Call(name) => (format!("{name}({{0}}, {{1}})").into(), Level::Atom),
            Spelling::Cast(ty) => (format!("CAST({{0}} AS {ty})").into(), Level::Atom),
            Spelling::Missing(_) => ("{0}".into(), Level::Any),
            Spelling::Infix(operator, level) => (format!("{{0}} {operator} {{1}}").into(), *level),
        };
        for piece in pieces(&text) {
            parts = match piece {
                Piece::Text(text) => parts.text(text.to_owned()),
                Piece::Place { index: 0, .. } => parts.then(value.clone()),
                Piece::Place { .. } | Piece::All => parts.text(self.zone_name(UTC)),
            };
        }
        (level, parts)
    }
}
