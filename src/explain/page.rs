//! A page: a title, facts with their names, and what stands beneath.

use super::parts;
use super::properties;
use super::voice::{Voice, line};
use crate::lineage::{Direction, Graph};
use crate::model::Model;
use crate::resolve::resolved::{Kpi, Resolved};
use crate::source::{Sources, Span};
use crate::syntax::ast::Header;

/// What is known of a definition.
#[derive(Debug)]
pub struct Page {
    /// As JSON has it: `kpi`, `objective` …
    pub kind: &'static str,
    /// Of the language that it is in: `fr`.
    pub language: &'static str,
    pub id: String,
    pub label: Option<String>,
    pub description: Option<String>,
    pub facts: Vec<Fact>,
    pub parts: Vec<Part>,
    /// Ids of the project's graph.
    pub depends_on: Vec<String>,
    pub used_by: Vec<String>,
}

/// A property, or something else that is known.
#[derive(Debug)]
pub struct Fact {
    /// The same in every language.
    pub key: &'static str,
    pub name: String,
    pub text: String,
}

/// Something that a formula is made of.
#[derive(Debug)]
pub struct Part {
    pub kind: &'static str,
    /// The kind as the page's language calls it.
    pub word: &'static str,
    pub id: String,
    /// As it is written.
    pub definition: Option<String>,
    /// What it is in words, then which rows it reads.
    pub lines: Vec<String>,
}

impl Page {
    pub fn new(kind: &'static str, header: &Header, voice: &Voice) -> Page {
        let doc = header.doc.as_ref().map(|doc| doc.value.lines().map(line).collect::<Vec<_>>().join("\n"));
        Page {
            kind,
            language: voice.language.code(),
            id: header.name.value.clone(),
            label: header.label.as_ref().map(|label| line(label)),
            description: doc,
            facts: Vec::new(),
            parts: Vec::new(),
            depends_on: Vec::new(),
            used_by: Vec::new(),
        }
    }

    pub fn fact(&mut self, key: &'static str, name: &str, text: impl Into<String>) {
        self.facts.push(Fact { key, name: name.to_string(), text: text.into() });
    }

    /// Where a definition stands.
    pub fn place(&mut self, span: Span, sources: &Sources, voice: &Voice) {
        let place = sources.get(span.file);
        let at = place.position(span.start as usize);
        let text = format!("{}:{}:{}", line(&place.path), at.line, at.column);
        self.fact("defined_at", voice.phrases.defined_at, text);
    }
}

/// The page of a KPI.
pub fn kpi(kpi: &Kpi, model: &Model<'_>, resolved: &Resolved, sources: &Sources, voice: &Voice) -> Page {
    let mut page = Page::new("kpi", &kpi.definition.header, voice);
    page.label = properties::label(kpi, voice).or(page.label);
    properties::all(&mut page, kpi, resolved, voice);
    page.place(kpi.span, sources, voice);
    properties::needs(&mut page, kpi, voice);
    page.parts = parts::beneath(&kpi.value, model, resolved, voice);
    let graph = Graph::of(model, resolved);
    page.depends_on = parts::lineage(&graph, &kpi.id, Direction::Down);
    page.used_by = parts::lineage(&graph, &kpi.id, Direction::Up);
    page
}
