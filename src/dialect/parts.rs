//! What is still to be printed, in order.

use super::functions::Level;
use super::layout::Token;
use crate::sql::{Expr, From, Query, Select};
use std::borrow::Cow;

/// One thing to print.
#[derive(Debug, Clone)]
pub enum Work<'a> {
    Token(Token<'a>),
    /// An expression, in parentheses if it binds less tightly than this.
    Expr(&'a Expr, Level),
    Query(&'a Query),
    Select(&'a Select),
    From(&'a From),
}

/// A list of things to print, built in reading order.
#[derive(Debug, Clone, Default)]
pub struct Parts<'a>(pub Vec<Work<'a>>);

impl<'a> Parts<'a> {
    pub fn new() -> Self {
        Parts::default()
    }
    fn token(mut self, token: Token<'a>) -> Self {
        self.0.push(Work::Token(token));
        self
    }
    pub fn text(self, text: impl Into<Cow<'a, str>>) -> Self {
        self.token(Token::Text(text.into()))
    }
    /// Words of the language that the text is a template of.
    pub fn template(self, text: String) -> Self {
        self.token(Token::Template(text))
    }
    pub fn verbatim(self, text: &'a str) -> Self {
        self.token(Token::Verbatim(text.into()))
    }
    pub fn line(self) -> Self {
        self.token(Token::Line)
    }
    pub fn soft(self) -> Self {
        self.token(Token::Soft)
    }
    pub fn hard(self) -> Self {
        self.token(Token::Hard)
    }
    pub fn indent(self) -> Self {
        self.token(Token::Indent)
    }
    pub fn dedent(self) -> Self {
        self.token(Token::Dedent)
    }
    pub fn open(self) -> Self {
        self.token(Token::Open)
    }
    pub fn close(self) -> Self {
        self.token(Token::Close)
    }
    pub fn expr(mut self, expr: &'a Expr, at_least: Level) -> Self {
        self.0.push(Work::Expr(expr, at_least));
        self
    }
    pub fn query(mut self, query: &'a Query) -> Self {
        self.0.push(Work::Query(query));
        self
    }
    pub fn select(mut self, select: &'a Select) -> Self {
        self.0.push(Work::Select(select));
        self
    }
    pub fn from(mut self, from: &'a From) -> Self {
        self.0.push(Work::From(from));
        self
    }
    pub fn then(mut self, parts: Parts<'a>) -> Self {
        self.0.extend(parts.0);
        self
    }
    /// Expressions with commas, on a line each where they do not fit.
    pub fn list(mut self, list: impl IntoIterator<Item = &'a Expr>) -> Self {
        for (i, expr) in list.into_iter().enumerate() {
            self = if i == 0 { self } else { self.text(",").line() };
            self = self.expr(expr, Level::Any);
        }
        self
    }
    /// `(parts)`, indented on lines of their own where they do not fit.
    pub fn parenthesised(self, parts: Parts<'a>) -> Self {
        self.open().text("(").indent().soft().then(parts).dedent().soft().text(")").close()
    }
    /// `(parts)`, always on lines of their own.
    pub fn block(self, parts: Parts<'a>) -> Self {
        self.text("(").indent().hard().then(parts).dedent().hard().text(")")
    }
}
