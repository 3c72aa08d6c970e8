//! The shape of a function's row: how a database spells it.

use std::borrow::Cow;

/// How tightly an expression binds; a looser one inside a tighter one needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `a OR b`, and anything between commas.
    Any,
    And,
    Not,
    /// Comparisons, IS, IN, LIKE, BETWEEN: none of them chains.
    Predicate,
    /// `a || b`
    Concat,
    /// `a + b`, and negative numbers.
    Add,
    Multiply,
    /// `a AT TIME ZONE b`
    Zone,
    /// Columns, literals, calls, CASE.
    Atom,
}

/// How a call is spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// `name(a, b, …)`
    Call(&'static str),
    /// `CAST(a AS …)`
    Cast(String),
    /// `a op b op …`
    Infix(&'static str, Level),
    /// A text with places for arguments, and how tightly the whole binds.
    ///
    /// `{0}` is the first argument between commas or parentheses, `{0!}` is where
    /// it stands beside an operator, `{0~}` beside a comparison's. `{0:double}` casts it unless it surely is one;
    /// so do `decimal`, `date` and `integer` (32 bits). `{*}` is all, with commas.
    Pattern(Cow<'static, str>, Level),
    /// The database has no way to say it.
    Missing(&'static Missing),
}

/// What a database cannot say.
#[derive(Debug, PartialEq, Eq)]
pub struct Missing {
    /// "a median": what was asked for.
    pub what: &'static str,
    pub why: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

impl Spelling {
    pub fn pattern(text: impl Into<Cow<'static, str>>) -> Spelling {
        Spelling::Pattern(text.into(), Level::Atom)
    }
    pub fn loose(text: impl Into<Cow<'static, str>>, level: Level) -> Spelling {
        Spelling::Pattern(text.into(), level)
    }
}

/// One text for several values that tells them apart: each behind its length.
pub fn told_apart(values: usize, text: &str) -> Spelling {
    let one = |n: usize| {
        format!("CAST(LENGTH(CAST({{{n}}} AS {text})) AS {text}) || ':' || CAST({{{n}}} AS {text})")
    };
    let all: Vec<String> = (0..values).map(one).collect();
    Spelling::loose(all.join(" || "), Level::Concat)
}

/// More values than this are not compared each with each.
pub const MOST_COMPARED: usize = 50;

/// `greatest` and `least` where each value has to stand in for those that are NULL.
pub const COMPARED: Missing = Missing {
    what: "the greatest or least of more than 50 values",
    why: "each value would be written beside each other one, since NULL would win here",
    help: "put some together in columns of their own first",
};

/// Such ones within each other.
pub const NESTED: Missing = Missing {
    what: "a greatest or least of values that are so long",
    why: "each value would be written beside each other one, since NULL would win here, and again on every level of a nest",
    help: "nest them less: give what is inside a name, as a column of its own",
};

/// The type that a place in a pattern needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    Double,
    Decimal,
    Date,
    Integer,
}

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'p> {
    Text(&'p str),
    All,
    Place { index: usize, at_least: Level, needs: Needs },
}

/// The pieces of a pattern; what is no place is text.
pub fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((before, place, after)) = next_place(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(place);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn next_place(text: &str) -> Option<(&str, Piece<'_>, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    if inside == "*" {
        return Some((before, Piece::All, after));
    }
    let (place, needs) = match inside.split_once(':') {
        None => (inside, Needs::Nothing),
        Some((place, "double")) => (place, Needs::Double),
        Some((place, "decimal")) => (place, Needs::Decimal),
        Some((place, "date")) => (place, Needs::Date),
        Some((place, "integer")) => (place, Needs::Integer),
        Some(_) => return None,
    };
    let (index, at_least) = match (place.strip_suffix('!'), place.strip_suffix('~')) {
        (Some(index), _) => (index, Level::Atom),
        (None, Some(index)) => (index, Level::Concat),
        (None, None) => (place, Level::Any),
    };
    let index = index.parse().ok()?;
    Some((before, Piece::Place { index, at_least, needs }, after))
}
