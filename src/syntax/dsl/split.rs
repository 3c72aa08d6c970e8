//! Where reading can start again: the items of a file and the properties of a block,
//! found by their keywords, for texts that the grammar refuses.
//!
//! Right for what people write by mistake; a wrong cut costs a worse message, no more.

use super::scan::{Kind, Quote, Token, tokens};
use super::words;
use std::ops::Range;

/// An item, or what stands where one should.
#[derive(Debug)]
pub struct Piece {
    pub range: Range<usize>,
    /// Its block's brackets; no second one: the block is never closed.
    pub open: Option<usize>,
    pub close: Option<usize>,
}

/// Words after which a value or name follows.
const EXPECTING: [&str; 26] = [
    "and", "or", "not", "in", "like", "between", "case", "when", "then", "else", "where", "having", "per",
    "on", "by", "at", "from", "until", "within", "after", "before", "of", "is", "distinct", "to", "each",
];

/// Keywords that nothing needs to follow.
const ALONE: [&str; 2] = ["vanity", "invariants"];

/// Words that go on with what stands on the line before.
const CONTINUING: [&str; 25] = [
    "at", "by", "on", "within", "from", "until", "each", "to", "of", "source", "year", "is", "first", "last",
    "nth", "after", "before", "sparse", "carry", "pii", "in", "below", "above", "end", "one",
];

/// The items of a text, in order; together they are the whole text from the first token on.
pub fn items(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut walk = Walk::new(text, 0..text.len());
    while let Some(token) = walk.next() {
        let closed = pieces.last().is_none_or(|piece| piece.close.is_some());
        let in_block = pieces.last().is_some_and(|piece| piece.open.is_some()) && !closed;
        let begins =
            if in_block { walk.begins_item_in_block(token) } else { closed || walk.begins_item(token) };
        if begins {
            if let Some(last) = pieces.last_mut() {
                last.range.end = token.start;
            }
            pieces.push(Piece { range: token.start..text.len(), open: None, close: None });
            walk.item = walk.word(token);
            walk.since = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            match token.kind {
                Kind::OpenBrace if piece.open.is_none() => piece.open = Some(token.start),
                Kind::CloseBrace if piece.close.is_none() => {
                    piece.close = Some(token.start);
                    piece.range.end = token.end;
                }
                _ => {}
            }
        }
        walk.pass(token);
    }
    pieces
}

/// The properties of a block that begin with one of the keywords, in order.
pub fn properties(text: &str, range: Range<usize>, keywords: &[&str]) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut walk = Walk::new(text, range.clone());
    while let Some(token) = walk.next() {
        if pieces.is_empty() || walk.begins_property(token, keywords) {
            if let Some(last) = pieces.last_mut() {
                last.end = token.start;
            }
            pieces.push(token.start..range.end);
            walk.since = 0;
            walk.parens = 0;
        }
        walk.pass(token);
    }
    pieces
}

/// Every name that a text may define, whatever else is wrong with it: what stands
/// behind a keyword that defines, or behind an unknown word that begins a line.
pub fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before: Option<Token> = None;
    for token in tokens(text).filter(|token| token.kind != Kind::Comment) {
        let defines = |before: Token| {
            let word = &text[before.start..before.end];
            let is_known = words::is_property(word);
            before.kind == Kind::Word
                && (words::ITEMS.contains(&word)
                    || words::DEFINING.contains(&word)
                    || (before.starts_line && !is_known && !words::is_reserved(word)))
        };
        let written = &text[token.start..token.end];
        if before.is_some_and(defines) {
            match token.kind {
                Kind::Word => found.push(written.to_owned()),
                Kind::Quoted(_) => found.push(written[1..].trim_end_matches(['`', '"', '\'']).to_owned()),
                _ => {}
            }
        }
        before = Some(token);
    }
    found
}

/// Tokens with their neighbours.
struct Walk<'a> {
    text: &'a str,
    offset: usize,
    tokens: std::iter::Peekable<Box<dyn Iterator<Item = Token> + 'a>>,
    before: Option<Token>,
    /// Tokens since the piece began.
    since: usize,
    parens: usize,
    /// The keyword of the current item.
    item: &'a str,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, range: Range<usize>) -> Self {
        let all = tokens(&text[range.clone()]).filter(|token| token.kind != Kind::Comment);
        let all: Box<dyn Iterator<Item = Token> + 'a> = Box::new(all);
        Walk {
            text,
            offset: range.start,
            tokens: all.peekable(),
            before: None,
            since: 0,
            parens: 0,
            item: "",
        }
    }

    /// The next token, with offsets of the whole text.
    fn next(&mut self) -> Option<Token> {
        self.tokens.next().map(|token| self.placed(token))
    }

    fn placed(&self, token: Token) -> Token {
        Token { start: token.start + self.offset, end: token.end + self.offset, ..token }
    }

    fn after(&mut self) -> Option<Token> {
        self.tokens.peek().copied().map(|token| self.placed(token))
    }

    fn pass(&mut self, token: Token) {
        match token.kind {
            Kind::OpenParen => self.parens += 1,
            Kind::CloseParen => self.parens = self.parens.saturating_sub(1),
            _ => {}
        }
        self.before = Some(token);
        self.since += 1;
    }

    fn word(&self, token: Token) -> &'a str {
        if token.kind == Kind::Word { &self.text[token.start..token.end] } else { "" }
    }

    /// What stands before wants something to follow.
    fn expected(&self) -> bool {
        self.before.is_some_and(|before| match before.kind {
            Kind::Symbol | Kind::OpenParen => true,
            Kind::Word => EXPECTING.contains(&self.word(before)),
            _ => false,
        })
    }

    fn before_a_name(&mut self) -> bool {
        let after = self.after();
        after.is_some_and(|after| match after.kind {
            Kind::Quoted(Quote::Name) => true,
            Kind::Word => !words::is_reserved(self.word(after)) && self.word(after) != "is",
            _ => false,
        })
    }

    /// Something stands behind the token on its line, as behind a keyword.
    fn has_value(&mut self) -> bool {
        self.after().is_some_and(|after| {
            !after.starts_line && matches!(after.kind, Kind::Word | Kind::Quoted(_) | Kind::Number)
        })
    }

    fn begins_item(&mut self, token: Token) -> bool {
        let word = self.word(token);
        if words::ITEMS.contains(&word) && self.before_a_name() {
            return token.starts_line || (!self.expected() && self.since > 1);
        }
        token.starts_line && self.begins_unknown(token)
    }

    /// `kpi name` on a line of its own: the block before it is never closed.
    fn begins_item_in_block(&mut self, token: Token) -> bool {
        let word = self.word(token);
        let own = words::inside(self.item).contains(&word);
        token.starts_line && words::ITEMS.contains(&word) && !own && self.before_a_name() && self.has_value()
    }

    fn begins_property(&mut self, token: Token, keywords: &[&str]) -> bool {
        if token.starts_line && self.begins_unknown(token) {
            return true;
        }
        let word = self.word(token);
        if !keywords.contains(&word) {
            return false;
        }
        if token.starts_line && self.has_value() && (self.parens == 0 || !self.expected()) {
            return true;
        }
        let follows_keyword =
            self.since == 1 && self.before.is_some_and(|before| !ALONE.contains(&self.word(before)));
        self.parens == 0 && !self.expected() && !follows_keyword
    }

    /// A word that goes on with nothing and has a value behind it: a misspelt keyword.
    fn begins_unknown(&mut self, token: Token) -> bool {
        let word = self.word(token);
        token.kind == Kind::Word
            && !words::is_reserved(word)
            && !CONTINUING.contains(&word)
            && self.parens == 0
            && !self.expected()
            && self.has_value()
            && self.after().is_some_and(|after| !words::is_reserved(self.word(after)))
    }
}
