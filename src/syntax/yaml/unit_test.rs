//! Unit tests: a list of texts for the rows of each source, the first of them the columns.

use super::definition::{Keys, Named, joined};
use super::loader::{Entry, Scalar, Value};
use super::shape::Reader;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Cells, Comments, Item, Test};
use crate::syntax::dsl;

pub const TEST: Keys = Keys { owner: "a test", main: None, others: &["given", "when", "then", "invariants"] };

impl<'a> Reader<'a, '_> {
    pub fn test(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &TEST)?;
        let mut test = dsl::test(definition.header());
        for entry in &definition.rest {
            match entry.key.text.as_str() {
                "given" => self.given(entry, &mut test),
                "then" => {
                    let words = self.keyword("then", entry.key.span);
                    self.with_rows(entry, words, &mut test, |test| {
                        test.then.as_mut().map(|then| (&mut then.value.table, &mut then.comments))
                    });
                }
                "when" => {
                    let Some(text) = self.text(entry) else {
                        test.incomplete = true;
                        continue;
                    };
                    let comments = self.comments(&entry.comments);
                    let words = self.keyword("when", entry.key.span).scalar(text);
                    self.test_property(&words, Some(text), &mut test);
                    if let Some(when) = &mut test.when {
                        when.comments = joined(comments, std::mem::take(&mut when.comments));
                    }
                }
                _ => self.invariants(entry, &mut test),
            }
        }
        self.complete(&mut test.header, definition);
        Some(Item::Test(Box::new(test)))
    }

    /// Sources by their names, each with its rows.
    fn given(&mut self, entry: &Entry, test: &mut Test) {
        self.pend(&entry.comments);
        let entries = self.map(&entry.value, "`given`").map_or(&[][..], |map| &map.entries);
        for entry in entries {
            let words = self.keyword("given", entry.key.span).name(&entry.key).words(" ");
            let before = test.given.len();
            self.with_rows(entry, words, test, |test| {
                let added = test.given.get_mut(before);
                added.map(|given| (&mut given.value.table, &mut given.comments))
            });
        }
    }

    /// A list of texts: the columns, then a row each.
    fn with_rows(
        &mut self,
        entry: &Entry,
        words: Words<'a>,
        test: &mut Test,
        table: impl Fn(&mut Test) -> Option<(&mut Cells, &mut Comments)>,
    ) {
        let mut items = self.items(entry).into_iter();
        let Some((names, comments)) = items.next() else {
            test.incomplete = true;
            return;
        };
        self.test_property(&words.scalar(names), Some(names), test);
        let Some((cells, placed)) = table(test) else { return };
        *placed = joined(comments, std::mem::take(placed));
        let mut is_whole = true;
        for (text, comments) in items {
            let words = Words::of("", text.span, self.origin).scalar(text);
            match self.read(&words, Some(text), dsl::row) {
                Some(mut row) => {
                    row.comments = joined(comments, row.comments);
                    cells.rows.push(row);
                }
                None => is_whole = false,
            }
        }
        test.incomplete |= !is_whole;
    }

    fn test_property(&mut self, words: &Words<'_>, text: Option<&Scalar>, test: &mut Test) {
        let read =
            self.read(words, text, |fragment, sink| dsl::test_property(fragment, test, sink).then_some(()));
        test.incomplete |= read.is_none();
    }

    /// `invariants:` alone.
    fn invariants(&mut self, entry: &Entry, test: &mut Test) {
        if !matches!(entry.value.value, Value::Null) {
            if !matches!(entry.value.value, Value::Broken) {
                let found =
                    Diagnostic::error(Code::YamlShape, entry.value.span, "`invariants` takes no value");
                self.sink.push(found.help("write `invariants:` alone"));
            }
            test.incomplete = true;
            return;
        }
        let comments = self.comments(&entry.comments);
        let words = Words::of("invariants", entry.key.span, self.origin);
        self.test_property(&words, None, test);
        if let Some(invariants) = &mut test.invariants {
            invariants.comments = comments;
        }
    }
}
