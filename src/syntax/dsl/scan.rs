//! A text's tokens, without its grammar: enough to find comments, brackets, texts
//! that never end, and places where reading can start again.
//!
//! Any text has tokens; one pass, no memory.

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword.
    Word,
    /// Begins with a digit: numbers, periods.
    Number,
    /// `'…'`, `"…"`, or a name in backticks.
    Quoted(Quote),
    Comment,
    OpenParen,
    CloseParen,
    OpenBrace,
    CloseBrace,
    /// An operator or any other character.
    Symbol,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    Text,
    Label,
    Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// Nothing but blanks before it on its line.
    pub starts_line: bool,
    /// False: a quote that its line does not close.
    pub closed: bool,
}

/// Operators of two characters, ours and those that people bring along.
const PAIRS: [&str; 13] = ["<=", ">=", "<>", "==", "!=", "&&", "||", "//", "/*", "**", "=>", "->", "::"];

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line_is_empty: bool,
}

/// The tokens of a text; offsets are its own.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, line_is_empty: true }
}

/// The first token that is no comment.
pub fn first(text: &str) -> Option<Token> {
    tokens(text).find(|token| token.kind != Kind::Comment)
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let rest = &self.text[self.at..];
        let c = rest.chars().next()?;
        let (kind, length, closed) = measure(rest, c);
        let token = Token {
            kind,
            start: self.at,
            end: self.at + length,
            starts_line: std::mem::replace(&mut self.line_is_empty, false),
            closed,
        };
        self.at += length;
        Some(token)
    }
}

impl Tokens<'_> {
    fn skip_blanks(&mut self) {
        for byte in &self.text.as_bytes()[self.at..] {
            match byte {
                b'\n' => self.line_is_empty = true,
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            self.at += 1;
        }
    }
}

/// Kind, length and whether it is closed.
fn measure(rest: &str, c: char) -> (Kind, usize, bool) {
    match c {
        '\'' => quoted(rest, c, Quote::Text),
        '"' => quoted(rest, c, Quote::Label),
        '`' => quoted(rest, c, Quote::Name),
        '#' => (Kind::Comment, line(rest), true),
        '(' => (Kind::OpenParen, 1, true),
        ')' => (Kind::CloseParen, 1, true),
        '{' => (Kind::OpenBrace, 1, true),
        '}' => (Kind::CloseBrace, 1, true),
        '0'..='9' => (Kind::Number, number(rest), true),
        _ if is_ident(c) => (Kind::Word, run(rest, is_ident), true),
        _ => (Kind::Symbol, symbol(rest, c), true),
    }
}

/// Whether a character may stand inside a name.
pub fn is_ident(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// Up to the end of the line, without its `\r`.
fn line(rest: &str) -> usize {
    let length = rest.find('\n').unwrap_or(rest.len());
    rest[..length].trim_end_matches('\r').len()
}

fn number(rest: &str) -> usize {
    let length = run(rest, is_ident);
    let rest_after = &rest[length..];
    let follows = |at: usize| rest_after[at..].starts_with(is_ident);
    if length == 4 && rest_after.starts_with('-') && follows(1) {
        return run(rest, |c| is_ident(c) || c == '-');
    }
    let length = if rest_after.starts_with('.') && follows(1) {
        length + 1 + run(&rest_after[1..], is_ident)
    } else {
        length
    };
    length + usize::from(rest[length..].starts_with('%'))
}

fn symbol(rest: &str, c: char) -> usize {
    if PAIRS.iter().any(|pair| rest.starts_with(pair)) { 2 } else { c.len_utf8() }
}

/// A quote is doubled to stand for itself, and ends on its line. An open one ends
/// before a bracket that ends the line: that one is the block's, most likely.
fn quoted(rest: &str, quote: char, kind: Quote) -> (Kind, usize, bool) {
    let mut at = 1;
    while let Some(next) = rest[at..].find([quote, '\n']).filter(|next| !rest[at + next..].starts_with('\n'))
    {
        at += next + 1;
        if !rest[at..].starts_with(quote) {
            return (Kind::Quoted(kind), at, true);
        }
        at += 1;
    }
    let open = rest[..line(rest)].trim_end();
    let length = open.strip_suffix(['{', '}']).map_or(open, str::trim_end).len();
    (Kind::Quoted(kind), length.max(1), false)
}
