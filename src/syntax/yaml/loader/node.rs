//! The tree that a YAML text gives: maps, lists and texts, nothing else.

use crate::source::{FileId, Span};
use crate::syntax::ast::Comments;

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    pub value: Value,
    pub span: Span,
}

#[derive(Debug)]
pub enum Value {
    Map(Map),
    List(Vec<ListItem>),
    Text(Scalar),
    /// Nothing stands behind the key or the dash.
    Null,
    /// Already reported: whoever meets it stays silent.
    Broken,
}

impl Value {
    /// With its article, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Map(_) => "a map",
            Value::List(_) => "a list",
            Value::Text(_) => "a text",
            Value::Null => "nothing",
            Value::Broken => "something unreadable",
        }
    }
}

#[derive(Debug, Default)]
pub struct Map {
    /// In the order written, each key once.
    pub entries: Vec<Entry>,
    /// Comments behind the last entry, no less indented than the entries are.
    pub inside_end: Vec<String>,
}

/// A key of a map and its value.
#[derive(Debug)]
pub struct Entry {
    pub key: Scalar,
    pub value: Node,
    pub comments: Comments,
}

#[derive(Debug)]
pub struct ListItem {
    pub node: Node,
    pub comments: Comments,
}

/// A text: YAML's own typing is never used.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// With YAML's escapes and line folding undone.
    pub text: String,
    /// As written: with its quotes; a block from its first character of content.
    pub span: Span,
    pub style: Style,
    /// Inside `[ ]` or `{ }`, where a comma ends an unquoted text.
    pub in_flow: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A text that was loaded, and the file it came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub file: FileId,
    pub text: &'a str,
}

impl<'a> Origin<'a> {
    pub fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// What follows an offset on its line, blanks aside.
    pub fn next_on_line(self, offset: usize) -> Option<char> {
        let rest = self.text.get(offset..).unwrap_or("").trim_start_matches([' ', '\t']);
        rest.chars().next().filter(|c| !matches!(c, '\n' | '\r'))
    }

    /// The text of its line before an offset.
    pub fn line_before(self, offset: usize) -> &'a str {
        let before = self.text.get(..offset).unwrap_or("");
        &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..]
    }
}
