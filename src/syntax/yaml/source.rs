//! Sources: properties with their keywords, and the definitions of a source's rows.

use super::definition::{Definition, Keys, Named, Own, joined};
use super::loader::{Entry, Scalar, Value};
use super::shape::Reader;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Comments, Header, Item, Source};
use crate::syntax::dsl;
use crate::syntax::format;

pub const SOURCE: Keys = Keys {
    owner: "a source",
    main: None,
    others: &[
        "table",
        "file",
        "sql",
        "key",
        "time",
        "times",
        "active",
        "snapshot",
        "valid",
        "since",
        "rows",
        "join",
        "joins",
        "column",
        "columns",
        "dimension",
        "dimensions",
        "stock",
        "stocks",
        "measure",
        "measures",
        "allow",
    ],
};

/// A definition inside a source.
pub struct Part {
    pub keyword: &'static str,
    pub plural: &'static str,
    pub keys: Keys,
    /// What it cannot do without.
    pub needs: Option<&'static str>,
}

const fn part(
    keyword: &'static str,
    plural: &'static str,
    owner: &'static str,
    needs: Option<&'static str>,
    others: &'static [&'static str],
) -> Part {
    Part { keyword, plural, keys: Keys { owner, main: Some("value"), others }, needs }
}

pub const PARTS: [Part; 5] = [
    part("join", "joins", "a join", Some("source to join"), &[]),
    part("column", "columns", "a column", None, &[ACCEPTED]),
    part("dimension", "dimensions", "a dimension", None, &[ACCEPTED]),
    part("stock", "stocks", "a stock", Some("aggregate"), &[]),
    part("measure", "measures", "a measure", Some("aggregate"), &[]),
];

/// `one of` in the language.
const ACCEPTED: &str = "accepted_values";

impl Reader<'_, '_> {
    pub fn source(&mut self, named: Named<'_>) -> Option<Item> {
        let before = self.sink.len();
        let definition = self.definition(named, &SOURCE)?;
        let mut source = dsl::source(definition.header());
        for entry in self.distinct(&definition.rest) {
            self.source_entry(entry, &mut source);
        }
        self.complete(&mut source.header, definition);
        source.incomplete = self.sink.len() > before;
        Some(Item::Source(Box::new(source)))
    }

    fn source_entry(&mut self, entry: &Entry, source: &mut Source) {
        let word = entry.key.text.as_str();
        if let Some(part) = PARTS.iter().find(|part| part.plural == word) {
            for named in self.named(entry) {
                if let Some(definition) = self.definition(named, &part.keys) {
                    self.part(part, definition, source);
                }
            }
            return;
        }
        match word {
            "times" => {
                for (text, comments) in self.items(entry) {
                    let words = self.keyword("time", text.span).scalar(text);
                    self.put_in_source("time", &words, Some(text), comments, source);
                }
            }
            "key" => {
                if let Some((words, text)) = self.listed(entry) {
                    let comments = self.comments(&entry.comments);
                    self.put_in_source(word, &words, text, comments, source);
                }
            }
            _ => {
                let Some(text) = self.text(entry) else { return };
                let words = self.keyword(word, entry.key.span);
                let words = match word {
                    "file" | "sql" => words.quoted(text, format::text),
                    "rows" if !starts_with_word(&text.text, "where") => words.words("where ").scalar(text),
                    _ => words.scalar(text),
                };
                let comments = self.comments(&entry.comments);
                self.put_in_source(word, &words, Some(text), comments, source);
            }
        }
    }

    /// One definition under a plural key.
    fn part(&mut self, part: &Part, mut definition: Definition<'_>, source: &mut Source) {
        let text = match part.needs {
            Some(what) => self.needed(&definition, what),
            None => definition.own.scalar(),
        };
        if text.is_none() && (part.needs.is_some() || matches!(definition.own, Own::Unreadable)) {
            return;
        }
        let words = self.head(part.keyword, &definition);
        let words = match text {
            Some(text) => words.words(joint(part.keyword, &text.text)).scalar(text),
            None => words,
        };
        let mut words = words;
        for entry in definition.rest.clone() {
            definition.keep(&entry.comments);
            words = match self.accepted(entry, words) {
                Some(words) => words,
                None => {
                    source.incomplete = true;
                    return;
                }
            };
        }
        let put = |fragment: &_, sink: &mut _| dsl::source_property(fragment, source, sink).then_some(());
        if self.read(&words, text, put).is_some()
            && let Some(header) = last_header(part.keyword, source)
        {
            self.complete(header, definition);
        }
    }

    /// `one of …`, of a list: a text that begins with a letter stands for itself, everything
    /// else is a literal as the language has it.
    fn accepted<'a>(&mut self, entry: &Entry, words: Words<'a>) -> Option<Words<'a>> {
        let Value::List(list) = &entry.value.value else {
            return Some(words.words_at(" one of ", entry.key.span).scalar(self.text(entry)?));
        };
        if list.is_empty() {
            let found = Diagnostic::error(Code::YamlShape, entry.value.span, "this list is empty");
            self.sink.push(found.help("leave the key out, or name the values"));
            return None;
        }
        let mut words = words.words_at(" one of ", entry.key.span);
        for (at, item) in list.iter().enumerate() {
            let (item, comments) = self.item(item, &entry.key)?;
            self.pend(&comments);
            words = words.words(if at == 0 { "" } else { ", " });
            words = match format::is_bare_text(&item.text) {
                true => words.quoted(item, format::text),
                false => words.scalar(item),
            };
        }
        Some(words)
    }

    /// A property, or a definition behind its singular key.
    fn put_in_source(
        &mut self,
        keyword: &str,
        words: &Words<'_>,
        value: Option<&Scalar>,
        comments: Comments,
        source: &mut Source,
    ) {
        let put = |fragment: &_, sink: &mut _| dsl::source_property(fragment, source, sink).then_some(());
        if self.read(words, value, put).is_some()
            && let Some(place) = last_comments(keyword, source)
        {
            let parsed = std::mem::take(place);
            *place = joined(comments, parsed);
        }
    }
}

/// What the language writes between a name and its text.
fn joint(keyword: &str, text: &str) -> &'static str {
    let no_type = || text.starts_with('=') || starts_with_word(text, "in") || starts_with_word(text, "pii");
    let has_list = |text: &str| text.strip_prefix("one").is_some_and(|rest| starts_with_word(rest, "of"));
    match keyword {
        "column" | "dimension" if has_list(text) => " ",
        "join" => ": ",
        "column" if no_type() => " ",
        "column" => " : ",
        _ => " = ",
    }
}

/// Whether a text begins with a word of the language.
pub fn starts_with_word(text: &str, word: &str) -> bool {
    let rest = text.trim_start().strip_prefix(word);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
}

/// The header of the definition that was read last.
fn last_header<'s>(keyword: &str, source: &'s mut Source) -> Option<&'s mut Header> {
    match keyword {
        "join" => source.joins.last_mut().map(|join| &mut join.header),
        "column" => source.columns.last_mut().map(|column| &mut column.header),
        "dimension" => source.dimensions.last_mut().map(|dimension| &mut dimension.header),
        "stock" => source.stocks.last_mut().map(|stock| &mut stock.header),
        _ => source.measures.last_mut().map(|measure| &mut measure.header),
    }
}

/// The comments of the property that was read last.
fn last_comments<'s>(keyword: &str, source: &'s mut Source) -> Option<&'s mut Comments> {
    match keyword {
        "table" | "file" | "sql" => source.relation.as_mut().map(|p| &mut p.comments),
        "key" => source.key.as_mut().map(|p| &mut p.comments),
        "time" => source.times.last_mut().map(|p| &mut p.comments),
        "active" => source.active.as_mut().map(|p| &mut p.comments),
        "snapshot" => source.snapshot.as_mut().map(|p| &mut p.comments),
        "valid" => source.valid.as_mut().map(|p| &mut p.comments),
        "since" => source.since.as_mut().map(|p| &mut p.comments),
        "rows" => source.rows.as_mut().map(|p| &mut p.comments),
        _ => last_header(keyword, source).map(|header| &mut header.comments),
    }
}
