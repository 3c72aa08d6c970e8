//! Places of a rendered query in its template.

use crate::source::{FileId, Span};

/// A query and the template that it was made from.
pub struct Rendered<'a> {
    pub file: FileId,
    pub template: &'a str,
    pub text: &'a str,
}

impl Rendered<'_> {
    /// The byte of a line and column, both counted from 1 in characters.
    pub fn offset(&self, line: u64, column: u64) -> usize {
        let skip = |n: u64| usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
        let start: usize = self.text.split_inclusive('\n').take(skip(line)).map(str::len).sum();
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(skip(column)).map_or(rest.len(), |(at, _)| at)
    }

    /// The template's place of the text from `offset` to the end of its word.
    /// Exact before the first tag and behind the last one; between them, and in
    /// what a tag made, the nearest line before that is the same in both.
    pub fn span(&self, offset: usize) -> Span {
        let (same, rest) = (common(self.template.bytes(), self.text.bytes()), self.text.len() - offset);
        let behind = common(self.template.bytes().rev(), self.text.bytes().rev());
        let start = if offset < same {
            offset
        } else if rest <= behind {
            self.template.len() - rest
        } else {
            self.line(offset).unwrap_or(same)
        };
        let start = self.template.floor_char_boundary(start);
        let word = self.template[start..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let end = start + word.unwrap_or(self.template.len() - start);
        let one = self.template[start..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.file, start, end.max(start + one))
    }

    /// The place of a line that stands in the template just once.
    fn line(&self, offset: usize) -> Option<usize> {
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().filter(|line| !line.trim().is_empty())?;
        let mut found = self.template.match_indices(line);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Some(at + offset - start),
            _ => None,
        }
    }
}

fn common(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}
