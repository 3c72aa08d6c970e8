//! Where a finding is, as every format counts it.

use crate::source::{Position, Sources, Span};

/// Path, first character and the one behind the last; lines and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub path: &'a str,
    pub start: Position,
    pub end: Position,
}

/// The place of a span, clamped to its file.
pub(super) fn place(span: Span, sources: &Sources) -> Place<'_> {
    let file = sources.get(span.file);
    let start = file.text.floor_char_boundary(span.start as usize);
    let end = file.text.floor_char_boundary(span.end as usize).max(start);
    Place { path: &file.path, start: file.position(start), end: file.position(end) }
}

/// The file that services show what stands in no text at.
const PROJECT_FILE: &str = "kpic.yaml";

/// The place of a span; of what is about the project as a whole, where its file begins.
pub(super) fn or_project(span: Option<Span>, sources: &Sources) -> Place<'_> {
    let first = Position { line: 1, column: 1 };
    span.map_or(Place { path: PROJECT_FILE, start: first, end: first }, |span| place(span, sources))
}
