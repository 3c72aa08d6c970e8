//! Lines and indents.
//!
//! Takes tokens, gives text. A group stays on one line if it fits, else each of its
//! line breaks is one. Works on a list with a stack of its own, so depth costs nothing.

use std::borrow::Cow;

const WIDTH: usize = 100;
/// Deeper nesting is not indented further: the text stays linear in the tree.
const DEEPEST: usize = 20;
/// Wider than any line.
const NEVER_FITS: usize = 1 << 32;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Text(Cow<'a, str>),
    /// Written from the start of its line, line breaks of its own included.
    Verbatim(Cow<'a, str>),
    /// What a template's own language reads.
    Template(String),
    /// A space, or a line break where the group breaks.
    Line,
    /// Nothing, or a line break where the group breaks.
    Soft,
    /// A line break.
    Hard,
    Indent,
    Dedent,
    Open,
    Close,
}

/// The text of these tokens, at most 100 columns wide where they can be broken.
pub fn layout(tokens: &[Token]) -> String {
    let widths = widths(tokens);
    let mut page = Page::default();
    let mut broken = vec![true];
    for (token, width) in tokens.iter().zip(widths) {
        let breaks = broken.last().copied().unwrap_or(true);
        match token {
            Token::Text(text) => page.write(text),
            Token::Template(text) => page.write(text),
            Token::Verbatim(text) => page.write_verbatim(text),
            Token::Hard => page.new_line(),
            Token::Line | Token::Soft if breaks => page.new_line(),
            Token::Line => page.write(" "),
            Token::Soft => {}
            Token::Indent => page.depth += 1,
            Token::Dedent => page.depth = page.depth.saturating_sub(1),
            Token::Open => broken.push(breaks && page.column() + width > WIDTH),
            Token::Close => {
                broken.pop();
            }
        }
    }
    page.text
}

/// For each `Open` the width of its group on one line, 0 for other tokens.
fn widths(tokens: &[Token]) -> Vec<usize> {
    let mut widths = vec![0; tokens.len()];
    let mut open = Vec::new();
    let mut total = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) if text.contains('\n') => total += NEVER_FITS,
            Token::Text(text) => total += text.chars().count(),
            Token::Template(text) => total += text.chars().count(),
            Token::Line => total += 1,
            Token::Hard | Token::Verbatim(_) => total += NEVER_FITS,
            Token::Soft | Token::Indent | Token::Dedent => {}
            Token::Open => open.push((i, total)),
            Token::Close => {
                if let Some((start, before)) = open.pop() {
                    widths[start] = total - before;
                }
            }
        }
    }
    widths
}

#[derive(Default)]
struct Page {
    text: String,
    depth: usize,
    /// Characters on the current line, None before its indent.
    column: Option<usize>,
}

impl Page {
    fn indent(&self) -> usize {
        2 * self.depth.min(DEEPEST)
    }

    fn column(&self) -> usize {
        self.column.unwrap_or_else(|| self.indent())
    }

    fn write(&mut self, text: &str) {
        if self.column.is_none() {
            self.text.extend(std::iter::repeat_n(' ', self.indent()));
        }
        self.column = Some(match text.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column() + text.chars().count(),
        });
        self.text.push_str(text);
    }

    fn write_verbatim(&mut self, text: &str) {
        self.text.push_str(text);
        self.column = Some(text.rsplit('\n').next().map_or(0, |last| last.chars().count()));
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.column = None;
    }
}
