//! Comments, and to which definition each belongs.
//!
//! The grammar skips comments; they are found here and handed out in the order of
//! the text: what stands above a definition, behind it, at the end of a block.

use super::scan::{Kind, tokens};
use std::ops::Range;

/// The comments of a text; each is given out once.
#[derive(Debug, Default)]
pub struct Remarks {
    all: Vec<Remark>,
    next: usize,
}

/// One comment.
#[derive(Debug, Clone)]
pub struct Remark {
    pub range: Range<usize>,
    /// `##` on a line of its own.
    pub doc: bool,
    /// Without its marks and one following blank.
    pub text: String,
}

impl Remarks {
    pub fn of(text: &str) -> Self {
        let all = tokens(text)
            .filter(|token| token.kind == Kind::Comment)
            .map(|token| remark(&text[token.start..token.end], token.start, token.starts_line))
            .collect();
        Remarks { all, next: 0 }
    }

    /// The comments that a text begins with, if an empty line follows them.
    pub fn head(&mut self, text: &str) -> Vec<Remark> {
        let mut end = 0;
        for (i, remark) in self.all.iter().enumerate() {
            let between = &text[end..remark.range.start];
            if remark.doc || !between.trim().is_empty() {
                return Vec::new();
            }
            end = remark.range.end;
            let rest = &text[end..];
            let blanks = &rest[..rest.len() - rest.trim_start().len()];
            if blanks.matches('\n').count() > 1 && blanks.len() < rest.len() {
                self.next = i + 1;
                return self.all[..=i].to_vec();
            }
        }
        Vec::new()
    }

    /// What was not given out yet and starts before `offset`.
    pub fn before(&mut self, offset: usize) -> Vec<Remark> {
        let from = self.next;
        self.next += self.all[from..].iter().take_while(|remark| remark.range.start < offset).count();
        self.all[from..self.next].to_vec()
    }

    /// The comment behind what ends at `end`, on its line.
    pub fn behind(&mut self, text: &str, end: usize) -> Option<String> {
        let remark = self.all.get(self.next)?;
        let between = text.get(end..remark.range.start)?;
        if between.contains('\n') || !between.trim().is_empty() {
            return None;
        }
        self.next += 1;
        Some(remark.text.clone())
    }

    /// The end of what lies in `range` without the blanks and comments at its end:
    /// the grammar counts those that stand before an optional part.
    pub fn trim(&self, text: &str, range: Range<usize>) -> usize {
        let mut end = range.end;
        loop {
            end = range.start + text[range.start..end].trim_end_matches([' ', '\t', '\r', '\n']).len();
            let last = self.all.partition_point(|remark| remark.range.start < end);
            match last.checked_sub(1).map(|i| &self.all[i].range) {
                Some(remark) if remark.start >= range.start && remark.end >= end => end = remark.start,
                _ => return end,
            }
        }
    }
}

fn remark(written: &str, start: usize, starts_line: bool) -> Remark {
    let doc = starts_line && written.starts_with("##") && !written.starts_with("###");
    let marks = if doc { 2 } else { 1 };
    let text = written[marks..].strip_prefix(' ').unwrap_or(&written[marks..]).trim_end();
    Remark { range: start..start + written.len(), doc, text: text.to_owned() }
}
