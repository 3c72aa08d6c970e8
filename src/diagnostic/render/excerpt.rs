//! Cuts the few lines that a finding needs out of a text of any size.
//!
//! The drawing library reads its whole source for every finding and panics on
//! spans outside of it; what it gets from here is short and every span is inside.

use std::ops::Range;

use crate::source::{Position, SourceFile};

/// Marks may lie this many lines apart and still share an excerpt.
const GAP: usize = 4;
/// A mark over more lines is drawn on its first line.
const MANY_LINES: usize = 12;
/// A line with more bytes is cut around its first mark.
const LONG_LINE: usize = 240;
/// What a cut line keeps before and behind the start of its first mark.
const BEFORE: usize = 60;
const BEHIND: usize = 120;

/// Some consecutive lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    /// Number of the first line.
    pub first_line: usize,
    /// The marks, as ranges of `text`, each with the index it was given.
    pub marks: Vec<(usize, Range<usize>)>,
    /// Line and column in the file of the mark with the lowest index.
    pub start: Position,
}

/// A mark and what is drawn of it.
struct Mark {
    index: usize,
    start: Position,
    range: Range<usize>,
    /// Number of the first line and of the last.
    lines: (usize, usize),
}

/// One excerpt for each group of marks that lie close together, in the order of
/// the earliest index in each.
pub(super) fn excerpts(file: &SourceFile, ranges: &[Range<usize>]) -> Vec<Excerpt> {
    let mut marks: Vec<Mark> = ranges.iter().enumerate().map(|(i, r)| mark(file, i, r)).collect();
    marks.sort_by_key(|m| (m.lines.0, m.range.start));
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    let mut reached = 0;
    for mark in marks {
        match groups.last_mut() {
            Some(group) if mark.lines.0 <= reached + GAP => {
                reached = reached.max(mark.lines.1);
                group.push(mark);
            }
            _ => {
                reached = mark.lines.1;
                groups.push(vec![mark]);
            }
        }
    }
    groups.sort_by_key(|group| group.iter().map(|m| m.index).min());
    groups.iter().map(|group| cut(file, group)).collect()
}

/// Clamps a range to the text, to characters and to a few lines.
fn mark(file: &SourceFile, index: usize, range: &Range<usize>) -> Mark {
    let start = file.text.floor_char_boundary(range.start);
    let end = file.text.floor_char_boundary(range.end).max(start);
    let position = file.position(start);
    let range = drawn(file, start..end);
    let first = file.position(range.start).line;
    let mut last = file.position(range.end).line;
    if last - first >= MANY_LINES {
        last = first;
    }
    let end = range.end.min(file.line_range(last).end).max(range.start);
    Mark { index, start: position, range: range.start..end, lines: (first, last) }
}

/// The part of a range that leaves something to see: the end of a text is shown
/// behind its last word, and blanks at the end of a range are not underlined.
fn drawn(file: &SourceFile, range: Range<usize>) -> Range<usize> {
    let words = file.text[..range.end].trim_end().len();
    if range.end == file.text.len() && words <= range.start {
        return words..words;
    }
    range.start..words.max(range.start)
}

fn cut(file: &SourceFile, marks: &[Mark]) -> Excerpt {
    let first_line = marks.iter().map(|m| m.lines.0).min().unwrap_or(1);
    let last_line = marks.iter().map(|m| m.lines.1).max().unwrap_or(1);
    let mut text = String::new();
    let mut kept = Vec::new();
    for line in first_line..=last_line {
        if line > first_line {
            text.push('\n');
        }
        kept.push(keep(file, line, marks, &mut text));
    }
    let range_in_text = |m: &Mark| {
        let start = locate(&kept[m.lines.0 - first_line], m.range.start);
        start..locate(&kept[m.lines.1 - first_line], m.range.end).max(start)
    };
    let start = marks.iter().min_by_key(|m| m.index).map_or(file.position(0), |m| m.start);
    let marks = marks.iter().map(|m| (m.index, range_in_text(m))).collect();
    Excerpt { text, first_line, marks, start }
}

/// The part of a line that is kept: its bytes in the file and where they begin in the excerpt.
struct Kept {
    bytes: Range<usize>,
    at: usize,
}

/// Appends a line, or what is kept of a long one between dots.
fn keep(file: &SourceFile, line: usize, marks: &[Mark], text: &mut String) -> Kept {
    let whole = file.line_range(line);
    let bytes = if whole.len() > LONG_LINE { around_mark(file, &whole, marks) } else { whole.clone() };
    if bytes.start > whole.start {
        text.push('…');
    }
    let at = text.len();
    text.push_str(&file.text[bytes.clone()]);
    if bytes.end < whole.end {
        text.push('…');
    }
    Kept { bytes, at }
}

/// The part of a long line around the first mark that touches it.
fn around_mark(file: &SourceFile, line: &Range<usize>, marks: &[Mark]) -> Range<usize> {
    let touching = marks.iter().filter(|m| m.range.start <= line.end && m.range.end >= line.start);
    let focus = touching.map(|m| m.range.start.max(line.start)).min().unwrap_or(line.start);
    let start = focus.saturating_sub(BEFORE).max(line.start);
    let end = (focus + BEHIND).min(line.end);
    file.text.floor_char_boundary(start)..file.text.floor_char_boundary(end)
}

/// Where an offset of the file stands in the excerpt; one that was cut away, at the cut.
fn locate(line: &Kept, offset: usize) -> usize {
    line.at + offset.clamp(line.bytes.start, line.bytes.end) - line.bytes.start
}
