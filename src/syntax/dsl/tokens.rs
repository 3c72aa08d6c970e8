//! The pieces of a sound text as its grammar reads them: what editors colour.

use super::grammar::{self, Rule};
use super::scan::{self, Kind};
use std::ops::Range;

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Piece {
    Comment,
    /// A word that means what it says here; elsewhere the same word may be a name.
    Keyword,
    /// `'text'`
    Text,
    /// `"text"`
    Label,
    /// A number, percent or period.
    Number,
    /// `days`, `EUR`, `month`
    Unit,
    Name,
}

/// The pieces of a text with their places, in order. `None`: it has mistakes.
pub fn pieces(text: &str) -> Option<Vec<(Piece, Range<usize>)>> {
    let pairs = grammar::parse(Rule::definitions, text).ok()?;
    let mut found: Vec<(Piece, Range<usize>)> = scan::tokens(text)
        .filter(|token| token.kind == Kind::Comment)
        .map(|token| (Piece::Comment, token.start..token.end))
        .collect();
    for pair in pairs.flatten() {
        let span = pair.as_span();
        let range = span.start()..span.end();
        found.extend(piece(pair.as_rule(), span.as_str()).map(|piece| (piece, range)));
    }
    found.sort_by_key(|(_, range)| (range.start, range.end));
    Some(found)
}

fn piece(rule: Rule, text: &str) -> Option<Piece> {
    Some(match rule {
        Rule::text => Piece::Text,
        Rule::label => Piece::Label,
        Rule::number | Rule::percent | Rule::whole | Rule::period_like => Piece::Number,
        // `2026`, too, which holds nothing else.
        Rule::period if !text.contains('-') => Piece::Number,
        Rule::time_unit | Rule::currency | Rule::grain_word => Piece::Unit,
        Rule::name => Piece::Name,
        _ if format!("{rule:?}").starts_with("kw_") => Piece::Keyword,
        _ => return None,
    })
}
