//! Named definitions: a text behind a name, or a map with the text, a label, a
//! description and more.

use super::loader::{Entry, ListItem, Map, Node, Scalar, Value};
use super::shape::{Reader, list, name, near, short};
use super::words::{Words, description, label};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Allow, Comments, Header, Property, Text};

/// What the map of a definition takes.
#[derive(Debug)]
pub struct Keys {
    /// `a KPI`
    pub owner: &'static str,
    /// The key of its own text; none: it has no text.
    pub main: Option<&'static str>,
    /// Keys beside it, `label` and `description`.
    pub others: &'static [&'static str],
}

/// A name and what stands behind it.
#[derive(Debug)]
pub struct Named<'n> {
    pub key: &'n Scalar,
    value: Option<&'n Node>,
    comments: Comments,
}

/// A definition's own text.
#[derive(Debug, Clone, Copy)]
pub enum Own<'n> {
    /// Nothing stands there.
    Nothing,
    /// Right behind the name.
    Alone(&'n Scalar),
    /// Behind its key.
    Keyed(&'n Scalar),
    /// Reported.
    Unreadable,
}

/// A definition taken apart; its text is not read yet.
#[derive(Debug)]
pub struct Definition<'n> {
    pub key: &'n Scalar,
    pub own: Own<'n>,
    /// Entries that its kind alone understands.
    pub rest: Vec<&'n Entry>,
    label: Option<Text>,
    doc: Option<Text>,
    allows: Vec<Property<Allow>>,
    comments: Comments,
    span: Span,
}

impl<'n> Own<'n> {
    pub fn scalar(self) -> Option<&'n Scalar> {
        match self {
            Own::Alone(scalar) | Own::Keyed(scalar) => Some(scalar),
            Own::Nothing | Own::Unreadable => None,
        }
    }
}

impl<'a> Reader<'a, '_> {
    /// The definitions behind a plural key: a map's entries or a list's items.
    pub fn named<'n>(&mut self, entry: &'n Entry) -> Vec<Named<'n>> {
        self.pend(&entry.comments);
        match &entry.value.value {
            Value::Map(map) => map.entries.iter().map(|entry| self.of_entry(entry)).collect(),
            Value::List(items) => items.iter().filter_map(|item| self.of_item(item, entry)).collect(),
            Value::Null | Value::Broken => Vec::new(),
            Value::Text(_) => {
                self.shape(
                    &entry.value,
                    &entry.key.text,
                    "a map of names",
                    "write `name: …` on a line each, below the key",
                );
                Vec::new()
            }
        }
    }

    fn of_entry<'n>(&mut self, entry: &'n Entry) -> Named<'n> {
        Named { key: &entry.key, value: Some(&entry.value), comments: self.comments(&entry.comments) }
    }

    /// `- name: text`, or `- name` alone.
    fn of_item<'n>(&mut self, item: &'n ListItem, list: &Entry) -> Option<Named<'n>> {
        match &item.node.value {
            Value::Text(key) => Some(Named { key, value: None, comments: self.comments(&item.comments) }),
            Value::Map(Map { entries, .. }) if entries.len() == 1 => {
                self.pend(&item.comments);
                Some(self.of_entry(&entries[0]))
            }
            Value::Broken => None,
            Value::Map(_) | Value::List(_) | Value::Null => {
                let fact = format!("an item of `{}` is one name with its text", short(&list.key.text));
                let found = Diagnostic::error(Code::YamlShape, item.node.span, fact);
                self.sink.push(found.help("write `- name: text`, or `- name:` with its keys indented below"));
                None
            }
        }
    }

    /// Takes a definition apart; nothing if what stands there has another shape.
    pub fn definition<'n>(&mut self, named: Named<'n>, keys: &Keys) -> Option<Definition<'n>> {
        let Named { key, value, comments } = named;
        let span = value.map_or(key.span, |value| key.span.to(value.span));
        let mut definition = Definition {
            key,
            own: Own::Nothing,
            rest: Vec::new(),
            label: None,
            doc: None,
            allows: Vec::new(),
            comments,
            span,
        };
        let node = match value {
            Some(node) => node,
            None => return self.is_name(key).then_some(definition),
        };
        match &node.value {
            Value::Null => {}
            Value::Map(map) => self.entries(map, keys, &mut definition),
            Value::Text(text) if keys.main.is_some() => definition.own = Own::Alone(text),
            Value::Broken => return None,
            Value::Text(_) | Value::List(_) => {
                let wanted = if keys.main.is_some() { "a text or a map" } else { "a map" };
                self.shape(node, keys.owner, wanted, &format!("its keys are {}", list(&keys.all())));
                return None;
            }
        }
        self.is_name(key).then_some(definition)
    }

    fn entries<'n>(&mut self, map: &'n Map, keys: &Keys, definition: &mut Definition<'n>) {
        definition.comments.inside_end.clone_from(&map.inside_end);
        for (i, entry) in map.entries.iter().enumerate() {
            let word = entry.key.text.as_str();
            match keys.others.contains(&word) {
                true if word == "allow" => {
                    definition.allows = self.allows(entry);
                    continue;
                }
                true => {
                    definition.rest.push(entry);
                    continue;
                }
                false => {}
            }
            match word {
                "label" => definition.label = self.text(entry).map(label),
                "description" => definition.doc = self.text(entry).map(description),
                _ if keys.main == Some(word) => {
                    definition.own = self.text(entry).map_or(Own::Unreadable, Own::Keyed);
                }
                _ => {
                    let meant = self.unknown(map, i, keys.owner, &keys.all());
                    if meant.is_some() && meant == keys.main {
                        definition.own = Own::Unreadable;
                    }
                    continue;
                }
            }
            definition.keep(&entry.comments);
        }
    }

    /// `allow: {no_target: measured for information only}`
    fn allows(&mut self, entry: &Entry) -> Vec<Property<Allow>> {
        self.pend(&entry.comments);
        let entries = self.map(&entry.value, "`allow`").map_or(&[][..], |map| &map.entries);
        let mut allows = Vec::new();
        for entry in entries {
            let Some(reason) = self.text(entry).map(label) else { continue };
            let value = Allow { lint: name(entry), reason };
            let comments = self.comments(&entry.comments);
            allows.push(Property { value, comments, span: entry.key.span.to(entry.value.span) });
        }
        allows
    }

    fn is_name(&mut self, key: &Scalar) -> bool {
        let good = !key.text.is_empty() && !key.text.contains(['\n', '\r', '\0']);
        if !good {
            let found = Diagnostic::error(Code::YamlShape, key.span, "a name is one line of text");
            self.sink.push(found.help("write the name in front of the colon"));
        }
        good
    }

    /// Reports an entry of a map that its owner does not take; gives the key that was meant.
    pub fn unknown<'k>(&mut self, map: &Map, at: usize, owner: &str, known: &[&'k str]) -> Option<&'k str> {
        let entry = &map.entries[at];
        let before = at.checked_sub(1).map(|before| &map.entries[before].value);
        if let (Value::Null, true, Some(Node { value: Value::Text(text), .. })) =
            (&entry.value.value, entry.key.in_flow, before)
        {
            self.sink.push(super::loader::cut_in_brackets(text.span));
            return None;
        }
        let word = &entry.key.text;
        let fact = format!("{owner} has no key `{}`", short(word));
        let found = Diagnostic::error(Code::UnknownKeyword, entry.key.span, fact);
        let synonym = SYNONYMS.iter().find(|(theirs, _)| theirs == word);
        let synonym = synonym.and_then(|(_, ours)| known.iter().copied().find(|known| known == ours));
        let meant = synonym.or_else(|| near(word, known.iter().copied()));
        self.sink.push(match meant {
            Some(meant) => found.help(format!("did you mean `{meant}`?")).fix(entry.key.span, meant),
            None => found
                .because("left alone, a misspelt key would be ignored")
                .help(format!("its keys are {}", list(known))),
        });
        meant
    }

    /// Entries without those that say in the singular what another says in the plural,
    /// or the other way round.
    pub fn distinct<'n>(&mut self, entries: &[&'n Entry]) -> Vec<&'n Entry> {
        let mut kept: Vec<&Entry> = Vec::new();
        for entry in entries {
            let word = &entry.key.text;
            let other = |known: &&&Entry| {
                let known = &known.key.text;
                known.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(known)
            };
            match kept.iter().find(other) {
                Some(first) => self.both(first, entry),
                None => kept.push(entry),
            }
        }
        kept
    }

    fn both(&mut self, first: &Entry, second: &Entry) {
        let fact = format!("`{}` is given beside `{}`", second.key.text, first.key.text);
        self.sink.push(
            Diagnostic::error(Code::Repeated, second.key.span, fact)
                .label(first.key.span, "first given here")
                .because("one is the plural of the other")
                .help("keep one of them, and put everything under it"),
        );
    }

    /// `keyword name`, to be continued.
    pub fn head(&self, keyword: &str, definition: &Definition<'_>) -> Words<'a> {
        Words::of(keyword, definition.key.span, self.origin).words(" ").name(definition.key)
    }

    /// The text of a definition that needs one.
    pub fn needed<'n>(&mut self, definition: &Definition<'n>, what: &str) -> Option<&'n Scalar> {
        if let Own::Nothing = definition.own {
            let fact = format!("`{}` has no {what}", short(&definition.key.text));
            let found = Diagnostic::error(Code::YamlShape, definition.key.span, fact);
            self.sink.push(found.help(format!("write its {what} behind the colon")));
        }
        definition.own.scalar()
    }

    /// Gives a header that the language's parser made what the YAML says beside it.
    pub fn complete(&mut self, header: &mut Header, definition: Definition<'_>) {
        if let (Some(second), Some(first)) = (&definition.label, &header.label) {
            let found = Diagnostic::error(Code::Repeated, second.span, "a second label is given");
            self.sink.push(found.label(first.span, "the first one").help("keep one of them"));
        }
        header.label = definition.label.or(header.label.take());
        header.doc = definition.doc;
        header.allows = definition.allows;
        header.span = definition.span;
        let parsed = std::mem::take(&mut header.comments);
        header.comments = joined(definition.comments, parsed);
        header.comments.inside_end.append(&mut self.pending);
    }

    /// Comments that belong to what is read next.
    pub fn pend(&mut self, comments: &Comments) {
        self.pending.extend(all(comments));
    }

    /// Comments of what is read now, with those that wait for it.
    pub fn comments(&mut self, comments: &Comments) -> Comments {
        let mut above = std::mem::take(&mut self.pending);
        above.extend(comments.above.iter().cloned());
        Comments { above, ..comments.clone() }
    }
}

impl Keys {
    /// Every key.
    pub fn all(&self) -> Vec<&'static str> {
        ["label", "description"].into_iter().chain(self.main).chain(self.others.iter().copied()).collect()
    }
}

impl Definition<'_> {
    /// Keeps the comments of one of its keys: the AST has one place for them.
    pub fn keep(&mut self, comments: &Comments) {
        self.comments.above.extend(all(comments));
    }

    /// The header of a definition without a text.
    pub fn header(&self) -> Header {
        let name = Spanned::new(self.key.text.clone(), self.key.span);
        Header {
            name,
            label: None,
            doc: None,
            allows: Vec::new(),
            comments: Comments::default(),
            span: self.span,
        }
    }
}

/// What other systems call the keys.
const SYNONYMS: [(&str, &str); 12] = [
    ("formula", "value"),
    ("expression", "value"),
    ("expr", "value"),
    ("calculation", "value"),
    ("desc", "description"),
    ("doc", "description"),
    ("title", "label"),
    ("display_name", "label"),
    ("filter", "where"),
    ("condition", "where"),
    ("primary_key", "key"),
    ("goal", "target"),
];

/// The comments of YAML and those inside a text of the language.
pub fn joined(mut outer: Comments, inner: Comments) -> Comments {
    outer.above.extend(inner.above);
    match &outer.behind {
        Some(_) => outer.above.extend(inner.behind),
        None => outer.behind = inner.behind,
    }
    outer.inside_end.extend(inner.inside_end);
    outer
}

fn all(comments: &Comments) -> impl Iterator<Item = String> + '_ {
    comments.above.iter().chain(&comments.behind).chain(&comments.inside_end).cloned()
}
