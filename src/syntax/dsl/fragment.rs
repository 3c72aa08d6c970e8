//! A text of the language put together from pieces of a file, and where each piece stands.

use crate::source::{FileId, Span};
use std::ops::Range;

/// Text to parse, with the place of every byte of it in its file. A DSL file is one
/// verbatim piece; the YAML loader writes keywords itself and adds scalars verbatim.
#[derive(Debug, Clone)]
pub struct Fragment {
    file: FileId,
    text: String,
    /// In order of `offset`; the first is at 0.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    offset: usize,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Byte i of the piece stands at this offset + i.
    Verbatim(usize),
    /// Every byte stands here.
    Synthesized(Span),
}

impl Fragment {
    /// An empty one.
    pub fn new(file: FileId) -> Self {
        Fragment { file, text: String::new(), pieces: Vec::new() }
    }

    /// A whole file: offsets are its own.
    pub fn whole(file: FileId, text: &str) -> Self {
        let mut whole = Fragment::new(file);
        whole.push_verbatim(text, 0);
        whole
    }

    /// Adds text that the file does not have; every byte of it stands at `at`.
    pub fn push(&mut self, text: &str, at: Span) {
        self.piece(text, Place::Synthesized(at));
    }

    /// Adds text of the file: byte i of it stands at `start + i`.
    pub fn push_verbatim(&mut self, text: &str, start: usize) {
        self.piece(text, Place::Verbatim(start));
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the text stands in the file; an empty range at its end
    /// stands behind the last byte.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        if start < end {
            Span::new(self.file, self.start_of(start), self.end_of(end - 1))
        } else if start < self.text.len() {
            let at = self.start_of(start);
            Span::new(self.file, at, at)
        } else {
            let at = start.checked_sub(1).map_or(0, |last| self.end_of(last));
            Span::new(self.file, at, at)
        }
    }

    fn piece(&mut self, text: &str, place: Place) {
        if !text.is_empty() {
            self.pieces.push(Piece { offset: self.text.len(), place });
            self.text.push_str(text);
        }
    }

    /// Where a byte of the text begins in the file.
    fn start_of(&self, at: usize) -> usize {
        self.place(at, |start, i| start + i, |span| span.start as usize)
    }

    /// Where a byte of the text ends in the file.
    fn end_of(&self, at: usize) -> usize {
        self.place(at, |start, i| start + i + 1, |span| span.end as usize)
    }

    fn place(
        &self,
        at: usize,
        verbatim: impl Fn(usize, usize) -> usize,
        synthesized: impl Fn(Span) -> usize,
    ) -> usize {
        let after = self.pieces.partition_point(|piece| piece.offset <= at);
        match after.checked_sub(1).map(|i| self.pieces[i]) {
            Some(Piece { offset, place: Place::Verbatim(start) }) => verbatim(start, at - offset),
            Some(Piece { place: Place::Synthesized(span), .. }) => synthesized(span),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_where_its_piece_says() {
        let file = FileId(3);
        let key = Span::new(file, 10, 17);
        let mut fragment = Fragment::new(file);
        fragment.push("measure ", key);
        fragment.push_verbatim("revenue", 10);
        fragment.push(" = ", key);
        fragment.push_verbatim("sum(amount)", 19);
        assert_eq!(fragment.text(), "measure revenue = sum(amount)");
        assert_eq!(fragment.span(0..7), key);
        assert_eq!(fragment.span(8..15), key);
        assert_eq!(fragment.span(18..21), Span::new(file, 19, 22));
        assert_eq!(fragment.span(22..28), Span::new(file, 23, 29));
        assert_eq!(fragment.span(0..29), Span::new(file, 10, 30));
        assert_eq!(fragment.span(29..29), Span::new(file, 30, 30));
        assert_eq!(fragment.span(500..900), Span::new(file, 30, 30));
        assert_eq!(Fragment::new(file).span(0..4), Span::new(file, 0, 0));
    }

    #[test]
    fn a_whole_file_keeps_its_offsets() {
        let fragment = Fragment::whole(FileId(0), "kpi a = b");
        assert_eq!(fragment.span(4..5), Span::new(FileId(0), 4, 5));
        assert_eq!(fragment.span(9..9), Span::new(FileId(0), 9, 9));
    }
}
