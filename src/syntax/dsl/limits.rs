//! What is refused before the grammar runs, so that no input costs more than a pass
//! over it: files too large, nesting too deep, quotes that are never closed.

use super::Fragment;
use super::scan::{Kind, Quote, Token, tokens};
use super::words;
use crate::diagnostic::{Code, Diagnostic};

/// Definitions are written by people: sixteen megabytes are not.
pub const FILE_BYTES: usize = 16 << 20;
/// Brackets, `case`s and signs inside each other. Reading takes a few kilobytes of
/// stack for each, and threads have two megabytes.
pub const NESTING: usize = 256;
/// Levels of an expression's tree; `a + b + c` has two. Every later stage walks this
/// tree, so a level may take it four kilobytes of a thread's two megabytes; code that is not optimized
/// takes more, and threads with more room.
pub const LEVELS: u32 = 500;

/// The finding about a file that is too large to be read.
pub fn size(fragment: &Fragment) -> Option<Diagnostic> {
    let length = fragment.text().len();
    (length > FILE_BYTES).then(|| {
        Diagnostic::error(
            Code::TooLarge,
            fragment.span(0..0),
            format!("the file has {} MB, more than 16 MB", length >> 20),
        )
        .because("definitions of this size are data, or generated")
        .help("keep data outside of the files of definitions, or split the file")
    })
}

/// A finding that tokens alone show, and where.
#[derive(Debug)]
pub struct Flaw {
    pub at: usize,
    pub finding: Diagnostic,
}

/// Everything that tokens alone show to be wrong, in order.
pub fn flaws(fragment: &Fragment) -> Vec<Flaw> {
    let text = fragment.text();
    if let Some(at) = text.find('\0') {
        let finding =
            Diagnostic::error(Code::NotText, fragment.span(at..at + 1), "the text holds a NUL byte")
                .because("no text has one: the file is binary, or in another encoding")
                .help("save it as UTF-8");
        return vec![Flaw { at, finding }];
    }
    let mut found = Vec::new();
    let mut nesting = Nesting::default();
    let mut all = tokens(text).filter(|token| token.kind != Kind::Comment).peekable();
    while let Some(token) = all.next() {
        if !token.closed {
            found.push(Flaw { at: token.start, finding: open_quote(fragment, token) });
        }
        if nesting.too_deep(text, token, all.peek().copied()) {
            found.push(Flaw { at: token.start, finding: too_deep(fragment, token) });
        }
    }
    found
}

/// Whether the grammar may read a text.
pub fn readable(text: &str) -> bool {
    let mut nesting = Nesting::default();
    let mut all = tokens(text).filter(|token| token.kind != Kind::Comment).peekable();
    while let Some(token) = all.next() {
        if nesting.too_deep(text, token, all.peek().copied()) {
            return false;
        }
    }
    true
}

/// How deep a token stands.
#[derive(Debug, Default)]
struct Nesting {
    /// What each open bracket adds: itself and the signs before it.
    open: Vec<usize>,
    depth: usize,
    /// `-` and `not` right before.
    signs: usize,
    reported: bool,
}

impl Nesting {
    /// True once where the limit is passed.
    fn too_deep(&mut self, text: &str, token: Token, next: Option<Token>) -> bool {
        let word = &text[token.start..token.end];
        if token.kind == Kind::CloseBrace || (token.starts_line && begins_item(text, word, next)) {
            *self = Nesting::default();
            return false;
        }
        match (token.kind, word) {
            (Kind::OpenParen | Kind::OpenBrace, _) | (Kind::Word, "case") => self.enter(),
            (Kind::CloseParen, _) | (Kind::Word, "end") => self.leave(),
            (Kind::Symbol, "-") | (Kind::Word, "not") => self.signs += 1,
            _ => self.signs = 0,
        }
        let passed = self.depth + self.signs > NESTING && !self.reported;
        self.reported |= passed;
        passed
    }

    fn enter(&mut self) {
        let adds = 1 + std::mem::take(&mut self.signs);
        self.depth += adds;
        if !self.reported {
            self.open.push(adds);
        }
    }

    fn leave(&mut self) {
        self.signs = 0;
        self.depth -= self.open.pop().unwrap_or(0).min(self.depth);
    }
}

/// `kpi name` is no part of an expression: what was open before it stays so, and the
/// grammar stops there.
fn begins_item(text: &str, word: &str, next: Option<Token>) -> bool {
    words::ITEMS.contains(&word)
        && next.is_some_and(|next| match next.kind {
            Kind::Quoted(Quote::Name) => true,
            Kind::Word => {
                !words::is_reserved(&text[next.start..next.end]) && &text[next.start..next.end] != "is"
            }
            _ => false,
        })
}

fn too_deep(fragment: &Fragment, token: Token) -> Diagnostic {
    Diagnostic::error(
        Code::TooDeep,
        fragment.span(token.start..token.end),
        format!("this stands inside more than {NESTING} brackets and signs"),
    )
    .because("no definition needs that, and reading it would take memory without bound")
    .help("give the inner parts names: a KPI may use other KPIs")
}

fn open_quote(fragment: &Fragment, token: Token) -> Diagnostic {
    let (what, mark) = match token.kind {
        Kind::Quoted(Quote::Label) => ("label", "`\"`"),
        Kind::Quoted(Quote::Name) => ("quoted name", "a backtick"),
        _ => ("text", "`'`"),
    };
    Diagnostic::error(
        Code::Unterminated,
        fragment.span(token.start..token.end),
        format!("this {what} is never closed"),
    )
    .because("it ends on the line where it starts")
    .help(format!("close it with {mark}; one that belongs to it is doubled"))
}
