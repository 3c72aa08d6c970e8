//! Texts and positions.
//!
//! Takes texts that somebody else read, gives file ids, spans, lines and columns.
//! Never reads a file itself: the command line does that.

use std::ops::Range;

/// Index of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in one file; `start` and `end` lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that covers both; `self`'s file wins if they differ.
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether another span lies within this one.
    pub fn holds(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written. Equality looks at the value alone, so that
/// two spellings of one definition compare equal.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<T: Eq> Eq for Spanned<T> {}
impl<T: std::hash::Hash> std::hash::Hash for Spanned<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One text with the path that messages show.
#[derive(Debug, Clone)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
    line_starts: Vec<usize>,
    /// Characters before each block of bytes: a line may be as long as its file, and
    /// hold as many findings.
    blocks: Vec<usize>,
}

/// Bytes of a block.
const BLOCK: usize = 1024;

/// All texts of a run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    pub fn new() -> Self {
        Sources::default()
    }

    /// Adds a text under the path that messages show; gives its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        // A byte order mark is no character of the first line.
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let line_starts = std::iter::once(start)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += characters(block);
            Some(here)
        });
        let blocks = blocks.collect();
        self.files.push(SourceFile { path: path.into(), text, line_starts, blocks });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files fit in memory"))
    }

    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// Gives each text the path that messages show now, made of the one before.
    pub fn rename(&mut self, new: impl Fn(&str) -> String) {
        self.files.iter_mut().for_each(|file| file.path = new(&file.path));
    }

    /// The text of a span, clamped to its file.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.get(span.file).text;
        let range = span.range();
        text.get(range.start.min(text.len())..range.end.min(text.len())).unwrap_or("")
    }

    /// Line and column of a byte offset, clamped to the file.
    pub fn position(&self, file: FileId, offset: usize) -> Position {
        self.get(file).position(offset)
    }
}

impl SourceFile {
    /// The bytes of a line counted from 1, without its line ending; empty behind the last one.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let end = self.text.len();
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(end);
        let next = self.line_starts.get(line).copied().unwrap_or(end);
        let text = &self.text[start..next.max(start)];
        let text = text.strip_suffix('\n').map_or(text, |t| t.strip_suffix('\r').unwrap_or(t));
        start..start + text.len()
    }

    /// Line and column of a byte offset, clamped to the text.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.clamp(self.line_starts[0], self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let column = self.characters_before(offset) - self.characters_before(self.line_starts[line]) + 1;
        Position { line: line + 1, column }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let Some(before) = self.blocks.get(offset / BLOCK) else { return characters(self.text.as_bytes()) };
        before + characters(&self.text.as_bytes()[offset / BLOCK * BLOCK..offset])
    }
}

/// Bytes that begin a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

/// A short mark of a text: another text has another one.
pub fn mark(text: &str) -> String {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.replace("\r\n", "\n").bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_wherever_blocks_end() {
        for text in ["é".repeat(3 * BLOCK), "aé€😀".repeat(700) + "\n" + &"é€".repeat(900), String::new()]
        {
            let mut sources = Sources::new();
            let file = sources.add("a.kpi", text.clone());
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..offset];
                let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
                let expected =
                    Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 };
                assert_eq!(sources.position(file, offset), expected);
            }
        }
    }
}
