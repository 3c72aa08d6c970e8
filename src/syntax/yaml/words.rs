//! Texts of the language put together from keys and values, and read by its parser.

use super::loader::{self, Entry, Origin, Piece, Scalar, Style, Value, pieces};
use super::shape::Reader;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::ast::Text;
use crate::syntax::dsl::Fragment;
use crate::syntax::format;

/// A text of the language in the making; what the file does not have stands at `key`.
#[derive(Debug)]
pub struct Words<'a> {
    fragment: Fragment,
    origin: Origin<'a>,
    key: Span,
}

impl<'a> Words<'a> {
    pub fn of(words: &str, key: Span, origin: Origin<'a>) -> Self {
        let mut fragment = Fragment::new(origin.file);
        fragment.push(words, key);
        Words { fragment, origin, key }
    }

    pub fn words(mut self, words: &str) -> Self {
        self.fragment.push(words, self.key);
        self
    }

    /// Words that stand for what the file has at another place.
    pub fn words_at(mut self, words: &str, at: Span) -> Self {
        self.fragment.push(words, at);
        self
    }

    /// The key as a name of the language.
    pub fn name(self, key: &Scalar) -> Self {
        let name = format::name(&key.text);
        self.words(&name)
    }

    /// A value as it stands in the file.
    pub fn scalar(mut self, scalar: &Scalar) -> Self {
        for piece in pieces(scalar, self.origin) {
            match piece {
                Piece::Verbatim(read, at) => self.fragment.push_verbatim(read, at),
                Piece::Written(read, at) => self.fragment.push(read, self.origin.span(at.start, at.end)),
            }
        }
        self
    }

    /// Values apart by commas.
    pub fn list(mut self, items: &[&Scalar]) -> Self {
        for (i, item) in items.iter().enumerate() {
            self = self.words(if i > 0 { ", " } else { "" }).scalar(item);
        }
        self
    }

    /// A value that the language writes in quotes, by the function that puts them.
    pub fn quoted(mut self, scalar: &Scalar, quote: fn(&str) -> String) -> Self {
        self.fragment.push(&quote(&one_line(scalar)), scalar.span);
        self
    }
}

impl<'a> Reader<'a, '_> {
    /// `keyword`, to be continued.
    pub fn keyword(&self, keyword: &str, at: Span) -> Words<'a> {
        Words::of(keyword, at, self.origin).words(" ")
    }

    /// A keyword with its values apart by commas, as a text or a list; with the
    /// text, if it is one.
    pub fn listed<'n>(&mut self, entry: &'n Entry) -> Option<(Words<'a>, Option<&'n Scalar>)> {
        let words = self.keyword(&entry.key.text, entry.key.span);
        let items = match &entry.value.value {
            Value::List(items) if !items.is_empty() => items,
            Value::List(_) => {
                let found = Diagnostic::error(Code::YamlShape, entry.value.span, "this list is empty");
                self.sink.push(found.help("leave the key out, or name what belongs into it"));
                return None;
            }
            Value::Map(_) | Value::Text(_) | Value::Null | Value::Broken => {
                let text = self.text(entry)?;
                return Some((words.scalar(text), Some(text)));
            }
        };
        let mut texts = Vec::new();
        for item in items {
            let (text, comments) = self.item(item, &entry.key)?;
            self.pending = comments.above.into_iter().chain(comments.behind).collect();
            texts.push(text);
        }
        Some((words.list(&texts), None))
    }

    /// Reads words whose value is this text. Where YAML cut the text short, that
    /// is said instead of what is wrong with the rest.
    pub fn read<T>(
        &mut self,
        words: &Words<'_>,
        value: Option<&Scalar>,
        parse: impl FnOnce(&Fragment, &mut Sink) -> Option<T>,
    ) -> Option<T> {
        let mut sink = Sink::new();
        let read = parse(&words.fragment, &mut sink);
        let found = sink.into_sorted();
        match value.and_then(|value| self.cut(value, &found)) {
            Some(cut) => self.sink.push(cut),
            None => self.sink.extend(found.into_iter().map(|finding| fit(finding, value))),
        }
        read
    }

    /// The finding about a text whose quote is open because YAML ended it.
    fn cut(&self, value: &Scalar, found: &[Diagnostic]) -> Option<Diagnostic> {
        let end = value.span.range().end;
        let is_open =
            |d: &Diagnostic| d.code == Code::Unterminated && d.span.is_some_and(|s| s.range().end == end);
        if value.style != Style::Plain || !found.iter().any(is_open) {
            return None;
        }
        match self.origin.next_on_line(end)? {
            '#' => Some(loader::cut_by_comment(value.span)),
            ',' | '[' | ']' | '{' | '}' if value.in_flow => Some(loader::cut_in_brackets(value.span)),
            _ => None,
        }
    }

    /// A map where a text belongs: told as a text that a colon cut if it looks like one.
    pub fn is_cut_by_colon(&mut self, value: &Value) -> bool {
        let Value::Map(map) = value else { return false };
        let key = map.entries.first().map(|entry| &entry.key);
        let Some(key) = key.filter(|key| key.style == Style::Plain && key.text.contains([' ', '\'', '(']))
        else {
            return false;
        };
        self.sink.push(loader::cut_by_colon(key.span));
        true
    }
}

/// A finding of the language's parser, as it helps in YAML.
fn fit(mut finding: Diagnostic, value: Option<&Scalar>) -> Diagnostic {
    let style = value.map(|value| value.style);
    let is_plain = matches!(style, Some(Style::Plain | Style::Literal));
    // What mends the text must still be YAML.
    finding.fix = finding.fix.filter(|fix| is_plain && !fix.text.contains(['\'', '"', '#', ':', ',', '`']));
    let is_quoted = matches!(style, Some(Style::SingleQuoted | Style::DoubleQuoted));
    let starts =
        |value: &Scalar| finding.span.is_some_and(|s| s.range().start == value.span.range().start + 1);
    if is_quoted && finding.code == Code::Syntax && value.is_some_and(starts) {
        return finding
            .because("the outer quotes are YAML's own and no part of the text")
            .help("a text of the language has quotes inside of them: `\"'text'\"`");
    }
    finding
}

/// The contents of a text that stands on one line in the language: line ends become spaces.
pub fn one_line(scalar: &Scalar) -> String {
    content(scalar).replace(['\n', '\r'], " ")
}

pub fn label(scalar: &Scalar) -> Text {
    Spanned::new(one_line(scalar), scalar.span)
}

/// A description's lines, as `##` lines would hold them.
pub fn description(scalar: &Scalar) -> Text {
    let lines: Vec<&str> = content(scalar).split('\n').map(str::trim_end).collect();
    Spanned::new(lines.join("\n"), scalar.span)
}

/// Without the line end that closes a block.
fn content(scalar: &Scalar) -> &str {
    match scalar.style {
        Style::Literal | Style::Folded => scalar.text.trim_end_matches('\n'),
        Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => &scalar.text,
    }
}
