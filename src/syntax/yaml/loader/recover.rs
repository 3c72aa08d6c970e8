//! Reading on behind what is not YAML, so that one run shows every error.
//!
//! A line that the parser stopped at is blanked out and the text read again:
//! first its value, then, if that is not enough, the line.

use std::borrow::Cow;
use std::ops::Range;

/// Times that a text is read; hostile texts have an error a line.
const MAX_READINGS: usize = 20;
/// Larger texts are read up to their first error.
const MAX_BYTES: usize = 1 << 18;

/// A text with the lines blanked out that could not be read.
#[derive(Debug)]
pub struct Readable<'a> {
    /// Of the same length as the file: positions stay.
    pub text: Cow<'a, str>,
    /// Lines whose value is blanked out.
    values: Vec<Range<usize>>,
    /// Lines that are blanked out whole.
    lines: Vec<Range<usize>>,
    readings: usize,
}

impl<'a> Readable<'a> {
    pub fn new(text: &'a str) -> Self {
        Readable { text: Cow::Borrowed(text), values: Vec::new(), lines: Vec::new(), readings: 1 }
    }

    /// True if the value of the line at this offset was blanked out.
    pub fn lost_value(&self, offset: usize) -> bool {
        holds(&self.values, offset)
    }

    /// True if any value was blanked out.
    pub fn lost_any(&self) -> bool {
        !self.values.is_empty()
    }

    /// True if the line above, or this one, was blanked out: what is wrong here follows from that.
    pub fn follows(&self, offset: usize) -> bool {
        let above = line(&self.text, offset).start.saturating_sub(1);
        [offset, above].iter().any(|at| holds(&self.values, *at) || holds(&self.lines, *at))
    }

    /// Blanks out what stopped the parser; false if reading again is no use.
    pub fn skip(&mut self, offset: usize) -> bool {
        self.readings += 1;
        if self.text.len() > MAX_BYTES || self.readings > MAX_READINGS {
            return false;
        }
        let whole = line(&self.text, offset);
        let written = &self.text[whole.clone()];
        let value = whole.start + value_start(written);
        if value < whole.end && value > whole.start && !holds(&self.values, whole.start) {
            self.values.push(whole.clone());
            self.blank(value..whole.end);
            return true;
        }
        let unread = !written.trim().is_empty() && !holds(&self.lines, whole.start);
        if unread {
            self.lines.push(whole.clone());
            self.blank(whole);
        }
        unread
    }

    fn blank(&mut self, range: Range<usize>) {
        let spaces = " ".repeat(range.len());
        self.text.to_mut().replace_range(range, &spaces);
    }
}

/// True if an offset stands on one of the lines, of which there are few.
fn holds(lines: &[Range<usize>], offset: usize) -> bool {
    lines.iter().any(|line| line.start <= offset && offset <= line.end)
}

/// The line at an offset, without its break.
fn line(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let is_break = |b: &u8| matches!(b, b'\n' | b'\r');
    let start = bytes[..offset].iter().rposition(is_break).map_or(0, |at| at + 1);
    let end = bytes[offset..].iter().position(is_break).map_or(bytes.len(), |at| offset + at);
    start..end
}

/// Bytes of a line in front of its value: behind the first colon or dash.
fn value_start(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let dash = if line[indent..].starts_with("- ") { indent + 2 } else { indent };
    match line[dash..].find(": ") {
        Some(colon) if !line[dash..dash + colon].contains(['[', '{', '"', '\'', ' ']) => dash + colon + 2,
        _ if dash > indent => dash,
        _ => 0,
    }
}
