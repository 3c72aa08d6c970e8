//! Pairs of the grammar → AST.
//!
//! Takes pairs of one parsed piece and where it begins; gives nodes with spans and
//! comments. What the grammar lets through and the calendar or the list of units
//! does not is reported here; its property, or head, is left out.

mod expression;
mod item;
mod kpi;
mod literal;
mod purpose;
mod source;
mod unit_test;

pub use literal::unknown_unit;

use super::Fragment;
use super::grammar::Rule;
use super::remarks::{Remark, Remarks};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Comments, Header, Name, Path, Property, Text};
use std::ops::Range;

pub type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// Makes nodes of pairs; comments are given out in the order of the text.
#[derive(Debug)]
pub struct Builder<'a> {
    pub fragment: &'a Fragment,
    /// Where the parsed piece begins in the fragment's text.
    pub base: usize,
    pub remarks: &'a mut Remarks,
    pub sink: &'a mut Sink,
    /// Something of the node being built was reported.
    broken: bool,
}

/// What stands above a definition.
#[derive(Debug, Default)]
pub struct Lead {
    doc: Option<Text>,
    above: Vec<String>,
}

impl<'a> Builder<'a> {
    pub fn new(fragment: &'a Fragment, remarks: &'a mut Remarks, sink: &'a mut Sink) -> Self {
        Builder { fragment, base: 0, remarks, sink, broken: false }
    }

    /// Reports; what is being built is left out.
    fn report(&mut self, finding: Diagnostic) {
        self.sink.push(finding);
        self.broken = true;
    }

    /// Whether something was reported since the last call.
    fn was_broken(&mut self) -> bool {
        std::mem::take(&mut self.broken)
    }

    /// A pair's place in the fragment's text, without blanks and comments at its end.
    fn range(&self, pair: &Pair<'_>) -> Range<usize> {
        let span = pair.as_span();
        let start = self.base + span.start();
        start..self.remarks.trim(self.fragment.text(), start..self.base + span.end())
    }

    fn span(&self, pair: &Pair<'_>) -> Span {
        self.fragment.span(self.range(pair))
    }

    /// Doc lines and comments above what begins at `start`.
    fn lead(&mut self, start: usize) -> Lead {
        let (doc, above): (Vec<Remark>, Vec<Remark>) =
            self.remarks.before(start).into_iter().partition(|remark| remark.doc);
        let place = doc.first().zip(doc.last()).map(|(first, last)| first.range.start..last.range.end);
        let lines: Vec<&str> = doc.iter().map(|remark| remark.text.as_str()).collect();
        let text = lines.join("\n");
        Lead {
            doc: place.map(|place| Spanned::new(text, self.fragment.span(place))),
            above: above.into_iter().map(|remark| remark.text).collect(),
        }
    }

    /// Comments above, inside and behind what ends at `end`.
    fn comments(&mut self, mut above: Vec<String>, end: usize) -> Comments {
        above.extend(self.remarks.before(end).into_iter().map(|remark| remark.text));
        let behind = self.remarks.behind(self.fragment.text(), end);
        Comments { above, behind, inside_end: Vec::new() }
    }

    /// A property that has no name; a doc comment above it is a comment.
    fn property<T>(&mut self, pair: &Pair<'_>, value: T) -> Property<T> {
        let range = self.range(pair);
        let above = self.remarks.before(range.start).into_iter().map(|remark| remark.text).collect();
        let comments = self.comments(above, range.end);
        Property { value, comments, span: self.fragment.span(range) }
    }

    /// The header of a definition without a block.
    fn header(&mut self, pair: &Pair<'_>) -> Header {
        let range = self.range(pair);
        let lead = self.lead(range.start);
        let comments = self.comments(lead.above, range.end);
        self.header_of(pair, lead.doc, comments, self.fragment.span(range))
    }

    fn header_of(&self, pair: &Pair<'_>, doc: Option<Text>, comments: Comments, span: Span) -> Header {
        let name = child(pair, Rule::name).map(|name| self.name(&name)).expect("the grammar demands a name");
        let label = child(pair, Rule::label).map(|label| self.text(&label));
        Header { name, label, doc, allows: Vec::new(), comments, span }
    }

    fn name(&self, pair: &Pair<'_>) -> Name {
        let written = pair.as_str();
        let name = written.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
        let name = name.map_or_else(|| written.to_owned(), |inner| inner.replace("``", "`"));
        Spanned::new(name, self.span(pair))
    }

    /// The names among a pair's children.
    fn names(&self, pair: &Pair<'_>) -> Vec<Name> {
        children(pair, Rule::name).map(|name| self.name(&name)).collect()
    }

    fn path(&self, pair: &Pair<'_>) -> Path {
        path_of(self.names(pair))
    }

    fn paths(&self, pair: &Pair<'_>) -> Vec<Path> {
        children(pair, Rule::path).map(|path| self.path(&path)).collect()
    }

    /// The contents of a text or label.
    fn text(&self, pair: &Pair<'_>) -> Text {
        let written = pair.as_str();
        let quote = &written[..1];
        let inner = &written[1..written.len() - 1];
        Spanned::new(inner.replace(&quote.repeat(2), quote), self.span(pair))
    }

    /// A whole number of a type that may be too small for it.
    fn whole<N: std::str::FromStr + Default>(&mut self, pair: &Pair<'_>) -> N {
        pair.as_str().parse().unwrap_or_else(|_| {
            self.report(
                Diagnostic::error(Code::Syntax, self.span(pair), "this number is too large here")
                    .help("is a digit too many in it?"),
            );
            N::default()
        })
    }
}

fn path_of(names: Vec<Name>) -> Path {
    let mut names = names.into_iter();
    let first = names.next().expect("the grammar demands a name");
    match names.next() {
        Some(name) => Path { qualifier: Some(first), name },
        None => Path { qualifier: None, name: first },
    }
}

/// The first child of a rule.
fn child<'i>(pair: &Pair<'i>, rule: Rule) -> Option<Pair<'i>> {
    pair.clone().into_inner().find(|inner| inner.as_rule() == rule)
}

/// The children of a rule.
fn children<'i>(pair: &Pair<'i>, rule: Rule) -> impl Iterator<Item = Pair<'i>> + use<'i> {
    pair.clone().into_inner().filter(move |inner| inner.as_rule() == rule)
}

/// A child that the grammar demands.
fn needed<'i>(pair: &Pair<'i>, rule: Rule) -> Pair<'i> {
    child(pair, rule).expect("the grammar demands it")
}
