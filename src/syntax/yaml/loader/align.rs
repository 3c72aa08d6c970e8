//! Which bytes of the file each part of a decoded text came from.
//!
//! `"a\tb"` is written in six bytes and read as three: a finding about `b` must
//! still point at the `b`.

use std::ops::Range;

use super::node::{Origin, Scalar, Style};

/// Longer texts are known as a whole only: nobody reads what is wrong inside of them.
const MAX_BYTES: usize = 1 << 20;

/// A part of a decoded text and where it was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'s> {
    /// Written as it reads, from this offset of the file on.
    Verbatim(&'s str, usize),
    /// Written otherwise: an escape, a folded line break.
    Written(&'s str, Range<usize>),
}

/// The pieces of a text, in order; together they are the whole of it.
pub fn pieces<'s>(scalar: &'s Scalar, origin: Origin) -> Vec<Piece<'s>> {
    let written = scalar.span.range();
    let raw = origin.text.get(written.clone()).unwrap_or("");
    if raw == scalar.text {
        return vec![Piece::Verbatim(&scalar.text, written.start)];
    }
    let (raw, start) = match scalar.style {
        Style::SingleQuoted | Style::DoubleQuoted => {
            (raw.get(1..raw.len().saturating_sub(1)).unwrap_or(""), written.start + 1)
        }
        Style::Plain | Style::Literal | Style::Folded => (raw, written.start),
    };
    if raw == scalar.text {
        return vec![Piece::Verbatim(&scalar.text, start)];
    }
    if raw.len() > MAX_BYTES {
        return vec![Piece::Written(&scalar.text, written)];
    }
    let indent = match scalar.style {
        Style::Literal | Style::Folded => origin.line_before(written.start).len(),
        // Many may stand on one long line.
        Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => 0,
    };
    let aligner = Aligner { text: &scalar.text, raw, start, style: scalar.style, indent, read: 0, at: 0 };
    // What cannot be followed is still known as a whole.
    aligner.run().unwrap_or_else(|| vec![Piece::Written(&scalar.text, written)])
}

/// Walks the decoded and the written text side by side.
struct Aligner<'s, 'r> {
    text: &'s str,
    raw: &'r str,
    /// Offset of `raw` in the file.
    start: usize,
    style: Style,
    /// Columns that a block's lines are indented by.
    indent: usize,
    /// Bytes of `text` already explained.
    read: usize,
    /// Bytes of `raw` already used.
    at: usize,
}

impl<'s> Aligner<'s, '_> {
    fn run(mut self) -> Option<Vec<Piece<'s>>> {
        let mut pieces = Vec::new();
        while self.read < self.text.len() {
            let (read, at) = (self.read, self.at);
            if self.verbatim() {
                pieces.push(Piece::Verbatim(&self.text[read..self.read], self.start + at));
                continue;
            }
            let rest = &self.text[read..];
            if at == self.raw.len() && rest.trim_start_matches('\n').is_empty() {
                // The break of a block's last line is not part of its span.
                let end = self.start + at;
                pieces.push(Piece::Written(rest, end..end));
                break;
            }
            self.other()?;
            if self.read > read {
                let written = self.start + at..self.start + self.at;
                pieces.push(Piece::Written(&self.text[read..self.read], written));
            } else if self.at == at {
                return None;
            }
        }
        Some(pieces)
    }

    /// The longest run that is written as it reads; false if there is none.
    fn verbatim(&mut self) -> bool {
        let raw = &self.raw[self.at..];
        let mut length = 0;
        let mut in_blanks = false;
        for ((offset, written), read) in raw.char_indices().zip(self.text[self.read..].chars()) {
            // Blanks are looked at once a run: whether a line break follows them.
            let is_blank = matches!(written, ' ' | '\t');
            let special = !(in_blanks && is_blank) && self.is_special(&raw[offset..]);
            if read != written || special {
                break;
            }
            in_blanks = is_blank;
            length = offset + written.len_utf8();
        }
        self.read += length;
        self.at += length;
        length > 0
    }

    /// True where the style writes something otherwise than it reads.
    fn is_special(&self, raw: &str) -> bool {
        match self.style {
            Style::Literal | Style::Folded => raw.starts_with(['\n', '\r']),
            Style::SingleQuoted if raw.starts_with("''") => true,
            Style::DoubleQuoted if raw.starts_with('\\') => true,
            _ => raw.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']),
        }
    }

    /// One escape or line break; may use written text that reads as nothing.
    fn other(&mut self) -> Option<()> {
        let raw = &self.raw[self.at..];
        match self.style {
            Style::Literal => self.literal_break(raw),
            Style::SingleQuoted if raw.starts_with("''") => self.step(1, 2),
            Style::DoubleQuoted if raw.starts_with('\\') => self.escape(raw),
            _ => self.fold(raw),
        }
    }

    fn step(&mut self, read: usize, written: usize) -> Option<()> {
        self.text.get(self.read..self.read + read)?;
        self.read += read;
        self.at += written;
        Some(())
    }

    fn literal_break(&mut self, raw: &str) -> Option<()> {
        let line = if raw.starts_with("\r\n") { 2 } else { 1 };
        if !raw.starts_with(['\n', '\r']) || !self.text[self.read..].starts_with('\n') {
            return None;
        }
        self.step(1, line + indentation(&raw[line..], self.indent))
    }

    fn escape(&mut self, raw: &str) -> Option<()> {
        let kind = raw[1..].chars().next()?;
        if kind == '\n' || kind == '\r' {
            // The line goes on below, without its indentation.
            let next = raw[1..].trim_start_matches(char::is_whitespace);
            return self.step(0, raw.len() - next.len());
        }
        let read = self.text[self.read..].chars().next()?.len_utf8();
        let written = match kind {
            'x' => 4,
            // A character beyond U+FFFF as a pair, as in JSON.
            'u' if read == 4 => 12,
            'u' => 6,
            'U' => 10,
            _ => 1 + kind.len_utf8(),
        };
        self.step(read, written)
    }

    /// Line breaks and the indentation behind them read as a space, or as one
    /// break less.
    fn fold(&mut self, raw: &str) -> Option<()> {
        let blanks = raw.len() - raw.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let broken = raw[..blanks].rfind(['\n', '\r'])? + 1;
        let written = match self.style {
            // More indented lines keep what exceeds the indentation.
            Style::Folded => broken + indentation(&raw[broken..], self.indent),
            _ => blanks,
        };
        let text = &self.text[self.read..];
        let breaks = text.len() - text.trim_start_matches('\n').len();
        let read = if text.starts_with(' ') { 1 } else { breaks };
        self.step(read, written)
    }
}

/// How many spaces a line starts with, up to `most`.
fn indentation(line: &str, most: usize) -> usize {
    (line.len() - line.trim_start_matches(' ').len()).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::source::FileId;
    use crate::syntax::yaml::loader::{self, Value};

    /// Each piece of the value of `v` as `text=written`; verbatim ones alone.
    fn aligned(text: &str) -> Vec<String> {
        let mut sink = Sink::new();
        let root = loader::load(FileId(0), text, &mut sink).root.expect("the text is a map");
        assert!(sink.is_empty(), "{sink:?}");
        let Value::Map(map) = &root.value else { panic!("{root:?}") };
        let Value::Text(scalar) = &map.entries[0].value.value else { panic!("{map:?}") };
        let origin = Origin { file: FileId(0), text };
        let shown = |piece: &Piece| match piece {
            Piece::Verbatim(read, at) => {
                assert_eq!(&text[*at..*at + read.len()], *read);
                (*read).to_string()
            }
            Piece::Written(read, at) => format!("{read:?}={:?}", &text[at.clone()]),
        };
        pieces(scalar, origin).iter().map(shown).collect()
    }

    #[test]
    fn what_is_written_as_it_reads_is_one_piece() {
        assert_eq!(aligned("v: é / b"), ["é / b"]);
        assert_eq!(aligned("v: \"a: b\""), ["a: b"]);
        assert_eq!(aligned("v: |-\n  a: b\n"), ["a: b"]);
    }

    #[test]
    fn escapes_point_at_themselves() {
        assert_eq!(aligned("v: 'it''s'"), ["it", "\"'\"=\"''\"", "s"]);
        assert_eq!(aligned("v: 'a  ''b'"), ["a  ", "\"'\"=\"''\"", "b"]);
        assert_eq!(
            aligned(r#"v: "a\"b\u00e9c\xe9""#),
            ["a", r#""\""="\\\"""#, "b", r#""é"="\\u00e9""#, "c", r#""é"="\\xe9""#]
        );
        assert_eq!(aligned(r#"v: "\uD83C\uDFB5x""#), [r#""🎵"="\\uD83C\\uDFB5""#, "x"]);
        assert_eq!(aligned("v: \"a\\\n   b\""), ["a", "b"]);
    }

    #[test]
    fn folded_lines_point_at_their_break() {
        assert_eq!(aligned("v: a\n   b\n\n   c"), ["a", r#"" "="\n   ""#, "b", r#""\n"="\n\n   ""#, "c"]);
        assert_eq!(aligned("v: 'a  \r\n   b'"), ["a", r#"" "="  \r\n   ""#, "b"]);
        assert_eq!(
            aligned("v: >\n  a\n  b\n\n  c\n"),
            ["a", r#"" "="\n  ""#, "b", r#""\n"="\n\n  ""#, "c", r#""\n"="""#]
        );
    }

    #[test]
    fn a_block_loses_its_indentation() {
        let expected =
            ["a", r#""\n"="\n    ""#, "  b", r#""\n"="\n""#, r#""\n"="\n    ""#, "c", r#""\n"="""#];
        assert_eq!(aligned("v: |\n    a\n      b\n\n    c\n"), expected);
    }
}
