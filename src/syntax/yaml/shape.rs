//! What a value looks like, and what is said when it looks otherwise.

use super::loader::{Entry, ListItem, Map, Node, Origin, Scalar, Value};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::Spanned;
use crate::syntax::ast::{Comments, Name, Text};

/// Takes values of the tree apart. What has another shape than asked for is
/// reported and left out; what the loader reported already is left out in silence.
#[derive(Debug)]
pub struct Reader<'a, 's> {
    pub origin: Origin<'a>,
    pub sink: &'s mut Sink,
    /// Comments that wait for what they stand above.
    pub pending: Vec<String>,
}

impl<'a, 's> Reader<'a, 's> {
    pub fn new(origin: Origin<'a>, sink: &'s mut Sink) -> Self {
        Reader { origin, sink, pending: Vec::new() }
    }

    /// The map behind a key; nothing there is a map without entries.
    pub fn map<'n>(&mut self, node: &'n Node, owner: &str) -> Option<&'n Map> {
        match &node.value {
            Value::Map(map) => Some(map),
            Value::Null | Value::Broken => None,
            Value::List(_) | Value::Text(_) => {
                self.shape(
                    node,
                    owner,
                    "a map",
                    "write `name: value` on a line each, indented below the key",
                );
                None
            }
        }
    }

    /// The items of a list, each with its comments; a single text is a list of one.
    pub fn items<'n>(&mut self, entry: &'n Entry) -> Vec<(&'n Scalar, Comments)> {
        match &entry.value.value {
            Value::List(items) => {
                self.pend(&entry.comments);
                items.iter().filter_map(|item| self.item(item, &entry.key)).collect()
            }
            Value::Text(text) => vec![(text, self.comments(&entry.comments))],
            Value::Broken => Vec::new(),
            Value::Null => {
                self.nothing(&entry.key);
                Vec::new()
            }
            Value::Map(_) => {
                self.shape(&entry.value, &quoted(&entry.key), "a list of texts", LIST);
                Vec::new()
            }
        }
    }

    pub fn item<'n>(&mut self, item: &'n ListItem, list: &Scalar) -> Option<(&'n Scalar, Comments)> {
        match &item.node.value {
            Value::Text(text) => return Some((text, self.comments(&item.comments))),
            Value::Broken => {}
            value if self.is_cut_by_colon(value) => {}
            Value::Map(_) | Value::List(_) | Value::Null => {
                self.shape(&item.node, &format!("an item of {}", quoted(list)), "a text", LIST);
            }
        }
        None
    }

    /// The text behind a key.
    pub fn text<'n>(&mut self, entry: &'n Entry) -> Option<&'n Scalar> {
        match &entry.value.value {
            Value::Text(text) => return Some(text),
            Value::Broken => {}
            Value::Null => self.nothing(&entry.key),
            value if self.is_cut_by_colon(value) => {}
            Value::Map(_) | Value::List(_) => {
                self.shape(&entry.value, &quoted(&entry.key), "a text", "write one text behind the colon");
            }
        }
        None
    }

    fn nothing(&mut self, key: &Scalar) {
        let found = Diagnostic::error(Code::YamlShape, key.span, format!("{} has no value", quoted(key)));
        self.sink.push(found.help("write its value behind the colon, or leave the key out"));
    }

    pub fn shape(&mut self, node: &Node, owner: &str, wanted: &str, help: &str) {
        let fact = format!("{owner} takes {wanted}, and this is {}", node.value.kind());
        self.sink.push(Diagnostic::error(Code::YamlShape, node.span, fact).help(help));
    }
}

const LIST: &str = "write a list: `[a, b]`, or an item a line behind `- `";

/// A text with its place.
pub fn placed(scalar: &Scalar) -> Text {
    Spanned::new(scalar.text.clone(), scalar.span)
}

/// A key as a name.
pub fn name(entry: &Entry) -> Name {
    placed(&entry.key)
}

fn quoted(key: &Scalar) -> String {
    format!("`{}`", short(&key.text))
}

/// A text of a file as it stands in a message.
pub fn short(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    let shown = if shown.len() < text.len() { shown + "…" } else { shown };
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The known word nearest to a text that may be long.
pub fn near<'w>(text: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if text.len() < 40 { nearest(text, known) } else { None }
}

/// Words as a message lists them.
pub fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
