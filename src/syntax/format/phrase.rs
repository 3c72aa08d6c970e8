//! Words and expressions in a row: what stands behind a keyword in both spellings.

use super::expression::{self, Level, WIDTH};
use super::words;
use crate::syntax::ast::{Expr, ExprKind, Path, UnaryOp};

#[derive(Debug, Default)]
pub(super) struct Phrase<'a> {
    pieces: Vec<Piece<'a>>,
}

#[derive(Debug)]
enum Piece<'a> {
    Words(String),
    Expr(&'a Expr, Level),
}

impl<'a> Phrase<'a> {
    pub(super) fn new() -> Self {
        Phrase::default()
    }

    /// One phrase of words alone.
    pub(super) fn of(words: impl Into<String>) -> Self {
        Phrase::new().words(words)
    }

    pub(super) fn words(mut self, words: impl Into<String>) -> Self {
        self.pieces.push(Piece::Words(words.into()));
        self
    }

    pub(super) fn maybe(self, words: Option<String>) -> Self {
        match words {
            Some(words) => self.words(words),
            None => self,
        }
    }

    /// `keyword path`, if there is one.
    pub(super) fn maybe_path(self, keyword: &str, path: Option<&Path>) -> Self {
        self.maybe(path.map(|p| format!("{keyword} {}", words::path(p))))
    }

    pub(super) fn expr(mut self, expr: &'a Expr, level: Level) -> Self {
        self.pieces.push(Piece::Expr(expr, level));
        self
    }

    /// `keyword expression`, if there is one.
    pub(super) fn maybe_expr(self, keyword: &str, expr: Option<&'a Expr>, level: Level) -> Self {
        match expr {
            Some(expr) => self.words(keyword).expr(expr, level),
            None => self,
        }
    }

    /// A number that says how much: thousands are set apart.
    pub(super) fn quantity(self, expr: &Expr) -> Self {
        self.words(quantity(expr))
    }

    pub(super) fn then(mut self, other: Phrase<'a>) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The text on one line or, when that is too long and a `case` can be
    /// broken, on several; it starts behind `before` characters.
    pub(super) fn text(&self, indent: usize, before: usize) -> String {
        let flat = self.join(expression::flat);
        if before + flat.chars().count() <= WIDTH {
            return flat;
        }
        self.join(|expr, level| expression::broken(expr, level, indent))
    }

    fn join(&self, print: impl Fn(&'a Expr, Level) -> String) -> String {
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Expr(expr, level) => print(expr, *level),
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// As [`Phrase::quantity`].
pub(super) fn quantity(expr: &Expr) -> String {
    match &expr.value {
        ExprKind::Number(number) => words::grouped(number),
        ExprKind::Unary(UnaryOp::Minus, inner) if matches!(inner.value, ExprKind::Number(_)) => {
            format!("-{}", quantity(inner))
        }
        _ => expression::flat(expr, Level::Or),
    }
}
