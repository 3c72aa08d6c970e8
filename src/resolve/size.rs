//! How large expressions become once names are replaced by what they mean.

use std::cell::Cell;

use super::expression::Typed;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Nodes that one expression may have.
pub const MOST_NODES: usize = 10_000;
/// Levels that one expression may have.
const MOST_LEVELS: usize = 1_500;
/// Nodes that all expressions of a project may have together.
const MOST_TOTAL: usize = 4_000_000;

/// The nodes of everything inlined so far.
#[derive(Debug, Default)]
pub struct Spent(Cell<usize>);

impl Spent {
    /// Refuses an expression that grew too large by inlining.
    pub fn bounded<L>(&self, value: Typed<L>) -> Result<Typed<L>, Diagnostic> {
        let (size, levels) = measure(&value.scalar);
        self.0.set(self.0.get().saturating_add(size));
        let fits = size <= MOST_NODES && levels <= MOST_LEVELS && self.0.get() <= MOST_TOTAL;
        if fits { Ok(value) } else { Err(too_large(value.span())) }
    }

    /// Counts a copy of so many nodes; whether the project can still have it.
    pub fn take(&self, size: usize) -> bool {
        self.0.set(self.0.get().saturating_add(size));
        self.0.get() <= MOST_TOTAL
    }
}

pub fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooLarge,
        span,
        "the expression is too large once its names are replaced by what they mean",
    )
    .because("every use of a derived column, dimension or segment repeats its whole formula in SQL")
    .help("compute it in the table, or in an SQL source")
}

/// Nodes and levels of a tree.
pub fn measure<L>(scalar: &Scalar<L>) -> (usize, usize) {
    let (mut nodes, mut levels) = (0, 0);
    let mut waiting = vec![(scalar, 1)];
    while let Some((part, level)) = waiting.pop() {
        nodes += 1;
        levels = levels.max(level);
        waiting.extend(part.children().into_iter().map(|child| (child, level + 1)));
    }
    (nodes, levels)
}
