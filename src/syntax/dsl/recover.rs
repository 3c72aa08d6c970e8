//! Reads a file that the grammar refuses, piece by piece, so that one run shows
//! every mistake and every good item and property stays.

use super::build::{Builder, Pair};
use super::explain::{self, Place};
use super::grammar::{self, Rule};
use super::limits::{self, Flaw};
use super::scan::{Kind, first};
use super::split::{self, Piece};
use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::Item;
use std::ops::Range;

/// A file that is not of this language at all has a mistake a line.
pub const MOST: usize = 1000;

/// The items of a file, without those that are reported. `flaws` are what tokens
/// alone show to be wrong.
pub fn file(builder: &mut Builder<'_>, flaws: Vec<Flaw>) -> Vec<Item> {
    let mut recovery = Recovery { builder, flawed: flaws.iter().map(|flaw| flaw.at).collect(), found: 0 };
    for flaw in flaws {
        if flaw.finding.code == Code::NotText {
            recovery.builder.sink.push(flaw.finding);
            return Vec::new();
        }
        recovery.report(flaw.finding);
    }
    let mut items = Vec::new();
    for piece in split::items(recovery.builder.fragment.text()) {
        items.extend(recovery.item(&piece));
        if recovery.found > MOST {
            break;
        }
    }
    items
}

struct Recovery<'a, 'b> {
    builder: &'a mut Builder<'b>,
    /// Where something was reported already, in order.
    flawed: Vec<usize>,
    found: usize,
}

impl<'b> Recovery<'_, 'b> {
    fn report(&mut self, finding: Diagnostic) {
        self.found += 1;
        if self.found <= MOST {
            self.builder.sink.push(finding);
        } else if self.found == MOST + 1 {
            let finding = Diagnostic { labels: Vec::new(), fix: None, ..finding };
            self.builder.sink.push(Diagnostic {
                message: format!("this file has more than {MOST} mistakes; the rest of it is not read"),
                code: Code::Syntax,
                reason: None,
                help: Some("is it a file of definitions?".to_owned()),
                ..finding
            });
        }
    }

    /// The whole text, which outlives every change of the builder.
    fn text(&self) -> &'b str {
        self.builder.fragment.text()
    }

    fn is_flawed(&self, range: &Range<usize>) -> bool {
        let next = self.flawed.partition_point(|at| *at < range.start);
        self.flawed.get(next).is_some_and(|at| *at < range.end)
    }

    fn item(&mut self, piece: &Piece) -> Option<Item> {
        if let Some(pair) = self.read(Rule::only_item, &piece.range).ok().flatten() {
            return self.builder.item(&pair);
        }
        let token = first(&self.text()[piece.range.clone()])?;
        let start = piece.range.start + token.start;
        let word = &self.text()[start..piece.range.start + token.end];
        if !words::ITEMS.contains(&word) || token.kind != Kind::Word {
            let finding = explain::no_item(self.builder.fragment, start..piece.range.start + token.end);
            if !self.is_flawed(&piece.range) {
                self.report(finding);
            }
            return None;
        }
        match piece.open {
            Some(open) if !words::inside(word).is_empty() => self.with_block(word, piece, open),
            _ => self.without_block(piece),
        }
    }

    fn without_block(&mut self, piece: &Piece) -> Option<Item> {
        let pair = self.read_start(Rule::only_item, Rule::item, &piece.range, Place::Item)?;
        self.builder.item(&pair)
    }

    fn with_block(&mut self, word: &str, piece: &Piece, open: usize) -> Option<Item> {
        let head = piece.range.start..open;
        let mut item = match self.read(Rule::only_head, &head) {
            Ok(Some(pair)) => self.builder.head(&pair, Some(open)).map(|head| head.item()),
            Ok(None) => None,
            Err(error) => {
                let finding = explain::mistake(self.builder.fragment, head, &error, Place::Head);
                self.report(finding);
                None
            }
        };
        if piece.close.is_none() {
            let finding = explain::open_block(self.builder.fragment, open, piece.range.end, words::a(word));
            self.report(finding);
        }
        let body = open + 1..piece.close.unwrap_or(piece.range.end);
        let (only, plain) = match word {
            "source" => (Rule::only_source_part, Rule::source_part),
            "kpi" => (Rule::only_kpi_part, Rule::kpi_part),
            "segmentation" => (Rule::only_segmentation_part, Rule::segmentation_part),
            "funnel" => (Rule::only_funnel_part, Rule::funnel_part),
            "test" => (Rule::only_test_property, Rule::test_property),
            "objective" => (Rule::only_objective_part, Rule::objective_part),
            "dashboard" => (Rule::only_dashboard_part, Rule::dashboard_part),
            "assert" => (Rule::only_assertion_part, Rule::allow),
            _ => (Rule::only_experiment_part, Rule::experiment_part),
        };
        let before = self.found;
        for property in split::properties(self.text(), body, words::inside(word)) {
            self.property(word, property, (only, plain), item.as_mut());
        }
        if let Some(Item::Source(source)) = &mut item {
            source.incomplete |= self.found > before || self.is_flawed(&piece.range);
        }
        if let Some(Item::Test(test)) = &mut item {
            test.incomplete |= self.found > before || self.is_flawed(&piece.range);
        }
        self.builder.base = 0;
        self.builder.close(&piece.range, true, item.as_mut());
        item
    }

    fn property(&mut self, word: &str, range: Range<usize>, rules: (Rule, Rule), item: Option<&mut Item>) {
        let text = &self.text()[range.clone()];
        let Some(token) = first(text) else { return };
        let keyword = &text[token.start..token.end];
        if !words::inside(word).contains(&keyword) {
            if !self.is_flawed(&range) {
                let at = range.start + token.start..range.start + token.end;
                let finding = explain::no_property(self.builder.fragment, at, word);
                self.report(finding);
            }
            return;
        }
        if let Some(pair) = self.read_start(rules.0, rules.1, &range, Place::Block(item_word(word))) {
            self.builder.put_in_item(&pair, item);
        }
    }

    /// One thing and nothing else; `None` if something in it was reported already.
    fn read(
        &mut self,
        rule: Rule,
        range: &Range<usize>,
    ) -> Result<Option<Pair<'b>>, Box<pest::error::Error<Rule>>> {
        let text = &self.text()[range.clone()];
        if self.is_flawed(range) || !limits::readable(text) {
            return Ok(None);
        }
        self.builder.base = range.start;
        grammar::parse(rule, text).map(|mut pairs| pairs.next())
    }

    /// One thing; what follows it is reported. Kept only if what follows looks like
    /// the start of something else, so that no half of a formula stays.
    fn read_start(
        &mut self,
        only: Rule,
        plain: Rule,
        range: &Range<usize>,
        place: Place,
    ) -> Option<Pair<'b>> {
        let error = match self.read(only, range) {
            Ok(pair) => return pair,
            Err(error) => error,
        };
        let text: &'b str = self.text();
        let slice = &text[range.clone()];
        let at = explain::position(slice, &error);
        let next = first(&slice[at..]).map(|token| at + token.start..at + token.end);
        let whole = grammar::parse(plain, slice).ok().and_then(|mut pairs| pairs.next());
        let kept = whole.filter(|pair| {
            let rest = &slice[pair.as_span().end()..];
            first(rest).map(|token| pair.as_span().end() + token.start)
                == next.as_ref().map(|next| next.start)
        });
        let placed = next.map(|next| next.start + range.start..next.end + range.start);
        match (kept, placed) {
            (Some(pair), Some(next)) if explain::begins_another(text, &next, place) => {
                let finding = match place {
                    Place::Block(word) => explain::no_property(self.builder.fragment, next, word),
                    _ => explain::no_item(self.builder.fragment, next),
                };
                self.report(finding);
                Some(pair)
            }
            _ => {
                let finding = explain::mistake(self.builder.fragment, range.clone(), &error, place);
                self.report(finding);
                None
            }
        }
    }
}

fn item_word(word: &str) -> &'static str {
    words::ITEMS.into_iter().find(|item| *item == word).unwrap_or("kpi")
}
