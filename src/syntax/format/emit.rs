//! YAML as text: maps and lists by indentation, comments, and scalars quoted
//! only where YAML would read something else.

use super::expression::WIDTH;
use crate::syntax::ast::Comments;

/// A key of a map, or an item of a list, with what stands behind it.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// None only in lists.
    key: Option<String>,
    comments: Remarks<'a>,
    value: Value<'a>,
}

#[derive(Debug)]
pub(super) enum Value<'a> {
    Null,
    /// Text of the language, as it stands.
    Text(String),
    /// A sentence or more: long lines are folded.
    Prose(String),
    /// Texts on one line: `[a, b]`.
    Flow(Vec<String>),
    Map(Vec<Entry<'a>>),
    /// Below dashes, with a key or without.
    List(Vec<Entry<'a>>),
}

/// Comments of an entry; those at the end of a map belong to the entry that holds it.
#[derive(Debug, Default, Clone)]
pub(super) struct Remarks<'a> {
    pub(super) above: Vec<&'a str>,
    pub(super) behind: Option<&'a str>,
    pub(super) inside_end: Vec<&'a str>,
}

impl<'a> From<&'a Comments> for Remarks<'a> {
    fn from(comments: &'a Comments) -> Self {
        Remarks {
            above: comments.above.iter().map(String::as_str).collect(),
            behind: comments.behind.as_deref(),
            inside_end: comments.inside_end.iter().map(String::as_str).collect(),
        }
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(key: impl Into<String>, value: Value<'a>) -> Self {
        Entry { key: Some(key.into()), ..Entry::item(value) }
    }

    /// An item of a list, without a key.
    pub(super) fn item(value: Value<'a>) -> Self {
        Entry { key: None, comments: Remarks::default(), value }
    }

    pub(super) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    pub(super) fn with(self, comments: impl Into<Remarks<'a>>) -> Self {
        Entry { comments: comments.into(), ..self }
    }
}

/// A map's text.
pub(super) fn map(entries: &[Entry], indent: usize, out: &mut String) {
    for entry in entries {
        entry_lines(entry, "", indent, out);
    }
}

pub(super) fn comments<'a>(lines: impl IntoIterator<Item = &'a str>, indent: usize, out: &mut String) {
    for line in lines {
        pad(indent, out);
        comment(line, out);
        out.push('\n');
    }
}

fn entry_lines(entry: &Entry, dash: &str, indent: usize, out: &mut String) {
    comments(entry.comments.above.iter().copied(), indent, out);
    pad(indent, out);
    out.push_str(dash);
    if let Some(key) = &entry.key {
        out.push_str(&scalar(key, false));
        out.push(':');
    }
    // Behind a dash without a key, its own space separates.
    let space = if entry.key.is_some() { " " } else { "" };
    let below = indent + 2 + if entry.key.is_some() { dash.len() } else { 0 };
    value(&entry.value, &entry.comments, space, below, out);
}

/// What stands behind a colon or dash, up to the line's end and `below` it.
fn value(value: &Value, remarks: &Remarks, space: &str, below: usize, out: &mut String) {
    match value {
        Value::Null => end(remarks, out),
        Value::Prose(text) if is_long(text, below) && is_foldable(text) => {
            out.push_str(space);
            folded(text, remarks, below, out);
        }
        Value::Text(text) | Value::Prose(text) if is_block(text) => {
            out.push_str(space);
            block(text, remarks, below, out);
        }
        Value::Text(text) | Value::Prose(text) => {
            out.push_str(space);
            out.push_str(&scalar(text, false));
            end(remarks, out);
        }
        Value::Flow(texts) => {
            let texts: Vec<_> = texts.iter().map(|text| scalar(text, true)).collect();
            out.push_str(&format!("{space}[{}]", texts.join(", ")));
            end(remarks, out);
        }
        Value::Map(entries) => {
            end(remarks, out);
            map(entries, below, out);
        }
        Value::List(items) => {
            end(remarks, out);
            for item in items {
                entry_lines(item, "- ", below, out);
            }
        }
    }
    comments(remarks.inside_end.iter().copied(), below, out);
}

fn end(remarks: &Remarks, out: &mut String) {
    if let Some(behind) = remarks.behind {
        out.push(' ');
        comment(behind, out);
    }
    out.push('\n');
}

/// A comment has no escapes: what YAML cannot hold is replaced.
fn comment(text: &str, out: &mut String) {
    let is_unspeakable =
        |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    out.push('#');
    if !text.is_empty() {
        out.push(' ');
        out.extend(text.chars().map(|c| if is_unspeakable(c) { char::REPLACEMENT_CHARACTER } else { c }));
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Whether a text of several lines can be written as lines: YAML keeps them as
/// they are if it finds the indentation by the first line with content.
fn is_block(text: &str) -> bool {
    let first = text.split('\n').find(|line| !line.trim().is_empty());
    text.contains('\n')
        && !text.ends_with('\n')
        && first.is_some_and(|line| !line.starts_with([' ', '\t']))
        && !text.starts_with('\n')
        && text.chars().all(|c| c == '\n' || is_printable(c))
        && text.split('\n').all(|line| line.trim_end() == line)
}

fn block(text: &str, remarks: &Remarks, inner: usize, out: &mut String) {
    out.push('|');
    end(remarks, out);
    for line in text.split('\n') {
        if !line.is_empty() {
            pad(inner, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn is_long(text: &str, indent: usize) -> bool {
    text.split('\n').any(|line| indent + line.chars().count() > WIDTH)
}

/// Whether line breaks put in and taken out leave a text as it is.
fn is_foldable(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || is_printable(c))
        && text
            .split('\n')
            .all(|line| !line.is_empty() && !line.contains(['\t', '\r']) && line.trim() == line)
}

/// Lines broken at blanks; a break of the text's own is an empty line.
fn folded(text: &str, remarks: &Remarks, inner: usize, out: &mut String) {
    out.push_str(">-");
    end(remarks, out);
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for part in wrapped(line, WIDTH.saturating_sub(inner).max(40)) {
            pad(inner, out);
            out.push_str(part);
            out.push('\n');
        }
    }
}

/// A line in parts of at most so many characters, as far as single blanks allow.
fn wrapped(line: &str, width: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut last, mut count) = (0, None, 0);
    let bytes = line.as_bytes();
    for (at, c) in line.char_indices() {
        if count >= width
            && let Some(blank) = last.take()
        {
            parts.push(&line[start..blank]);
            start = blank + 1;
            count = line[start..at].chars().count();
        }
        let is_single =
            c == ' ' && bytes.get(at.wrapping_sub(1)) != Some(&b' ') && bytes.get(at + 1) != Some(&b' ');
        if is_single {
            last = Some(at);
        }
        count += 1;
    }
    parts.push(&line[start..]);
    parts
}

/// A text on one line.
pub(super) fn scalar(text: &str, in_flow: bool) -> String {
    if !text.chars().all(is_printable) {
        return escaped(text);
    }
    if is_plain(text, in_flow) {
        return text.to_owned();
    }
    if text.contains('\'') && !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether YAML reads the text back without quotes.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let mut rest = text.chars().skip(1);
    let starts = match first {
        '-' | '?' | ':' => rest.next().is_some_and(|c| c.is_alphanumeric() || c == '$'),
        ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => {
            false
        }
        _ => true,
    };
    starts
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains('\t')
        && !text.ends_with(':')
        && text != "---"
        && text != "..."
        && text != "<<"
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
}

fn is_printable(c: char) -> bool {
    match c {
        '\t' => true,
        '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    }
}

/// In double quotes, with an escape for what cannot stand for itself.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push_str(&format!("\\u{:04x}", c as u32)),
        }
    }
    out + "\""
}
