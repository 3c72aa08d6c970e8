//! Segments and segmentations, funnels, cohorts, attributions, experiments.

use super::definition::{Definition, Keys, Named, Own, joined};
use super::loader::{Entry, Scalar, Value};
use super::shape::Reader;
use super::words::{Words, label};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{Header, Item, Property, Segment, Segmentation, Step};
use crate::syntax::dsl::{self, Fragment};
use crate::syntax::format;

pub const SEGMENT: Keys = Keys { owner: "a segment", main: Some("where"), others: &["else"] };
pub const SEGMENTATION: Keys =
    Keys { owner: "a segmentation", main: None, others: &["per", "segment", "segments", "allow"] };
pub const FUNNEL: Keys = Keys { owner: "a funnel", main: Some("over"), others: &["step", "steps", "allow"] };
pub const STEP: Keys = Keys { owner: "a step", main: Some("value"), others: &[] };
pub const COHORT: Keys = Keys { owner: "a cohort", main: Some("over"), others: &[] };
pub const ATTRIBUTION: Keys = Keys { owner: "an attribution", main: Some("over"), others: &[] };
pub const TARGETS: Keys = Keys { owner: "a sheet of targets", main: Some("from"), others: &["table"] };
pub const EXPERIMENT: Keys =
    Keys { owner: "an experiment", main: Some("over"), others: &["control", "allow"] };

impl<'a> Reader<'a, '_> {
    pub fn segment(&mut self, named: Named<'_>) -> Option<Item> {
        let mut definition = self.definition(named, &SEGMENT)?;
        let (words, text) = self.condition(&mut definition)?;
        let mut item = self.read(&words, text, dsl::item)?;
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    pub fn segmentation(&mut self, named: Named<'_>) -> Option<Item> {
        let mut definition = self.definition(named, &SEGMENTATION)?;
        let mut segments = Vec::new();
        let mut item = Some(Item::Segmentation(Segmentation {
            header: definition.header(),
            per: None,
            segments: Vec::new(),
        }));
        for entry in self.distinct(&definition.rest) {
            match entry.key.text.as_str() {
                "per" => {
                    definition.keep(&entry.comments);
                    item = self.text(entry).and_then(|text| {
                        let words = self.head("segmentation", &definition).words(" per ").scalar(text);
                        self.read(&words, Some(text), dsl::head)
                    });
                }
                "segment" => {
                    segments.extend(self.singular(entry, dsl::segment, |s: &mut Segment| &mut s.header))
                }
                _ => {
                    for named in self.named(entry) {
                        segments.extend(self.band(named));
                    }
                }
            }
        }
        let mut item = item?;
        if let Item::Segmentation(segmentation) = &mut item {
            segmentation.segments = segments;
        }
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    /// A segment of a segmentation.
    fn band(&mut self, named: Named<'_>) -> Option<Segment> {
        let mut definition = self.definition(named, &SEGMENT)?;
        let (words, text) = self.condition(&mut definition)?;
        let mut segment = self.read(&words, text, dsl::segment)?;
        self.complete(&mut segment.header, definition);
        Some(segment)
    }

    /// `segment name where …` or `segment name else`.
    fn condition<'n>(&mut self, definition: &mut Definition<'n>) -> Option<(Words<'a>, Option<&'n Scalar>)> {
        let words = self.head("segment", definition).words(" ");
        let otherwise = definition.rest.first().copied();
        if let Some(entry) = otherwise {
            self.empty(entry)?;
            definition.keep(&entry.comments);
        }
        match (definition.own, otherwise) {
            (Own::Alone(text), _) => Some((words.scalar(text), Some(text))),
            (Own::Keyed(text), Some(entry)) => {
                let found = Diagnostic::error(
                    Code::Repeated,
                    entry.key.span,
                    "a segment has both `where` and `else`",
                );
                let found = found.label(text.span, "its condition");
                self.sink.push(found.help("keep `else` for the last segment, which takes the rest"));
                None
            }
            (Own::Keyed(text), None) => Some((words.words("where ").scalar(text), Some(text))),
            (Own::Nothing, Some(_)) => Some((words.words("else"), None)),
            (Own::Nothing, None) => self.needed(definition, "condition").map(|text| (words, Some(text))),
            (Own::Unreadable, _) => None,
        }
    }

    /// Reports a value behind a key that takes none.
    fn empty(&mut self, entry: &Entry) -> Option<()> {
        match entry.value.value {
            Value::Null => Some(()),
            Value::Broken => None,
            Value::Map(_) | Value::List(_) | Value::Text(_) => {
                let fact = format!("`{}` takes no value", entry.key.text);
                let found = Diagnostic::error(Code::YamlShape, entry.value.span, fact);
                self.sink.push(found.help(format!("write `{}:` alone", entry.key.text)));
                None
            }
        }
    }

    pub fn funnel(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &FUNNEL)?;
        let mut steps = Vec::new();
        for entry in self.distinct(&definition.rest) {
            match entry.key.text.as_str() {
                "step" => steps.extend(self.singular(entry, dsl::step, |s: &mut Step| &mut s.header)),
                _ => {
                    for named in self.named(entry) {
                        steps.extend(self.step(named));
                    }
                }
            }
        }
        let mut item = self.tool("funnel", definition, dsl::head)?;
        if let Item::Funnel(funnel) = &mut item {
            funnel.steps = steps;
        }
        Some(item)
    }

    fn step(&mut self, named: Named<'_>) -> Option<Step> {
        let definition = self.definition(named, &STEP)?;
        let words = self.head("step", &definition);
        let (words, text) = match definition.own {
            Own::Alone(text) | Own::Keyed(text) => (words.words(" ").scalar(text), Some(text)),
            Own::Nothing => (words, None),
            Own::Unreadable => return None,
        };
        let mut step = self.read(&words, text, dsl::step)?;
        self.complete(&mut step.header, definition);
        Some(step)
    }

    pub fn cohort(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &COHORT)?;
        self.tool("cohort", definition, dsl::item)
    }

    pub fn attribution(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &ATTRIBUTION)?;
        self.tool("attribution", definition, dsl::item)
    }

    /// `targets: budget: plans/2026.csv`, or `table: finance.budget` below its name.
    pub fn targets(&mut self, named: Named<'_>) -> Option<Item> {
        let mut definition = self.definition(named, &TARGETS)?;
        let words = self.head("targets", &definition).words(" from ");
        let (words, place) = match (definition.own, definition.rest.first().copied()) {
            (Own::Alone(file) | Own::Keyed(file), Some(entry)) => {
                let fact = "targets have both a file and a table";
                let found = Diagnostic::error(Code::Repeated, entry.key.span, fact);
                let found = found.label(file.span, "the file");
                self.sink.push(found.help("write two sheets of targets, each with a name of its own"));
                return None;
            }
            (Own::Nothing, Some(entry)) => {
                let table = self.text(entry)?;
                definition.keep(&entry.comments);
                (words.words("table ").scalar(table), table)
            }
            _ => {
                let file = self.needed(&definition, "file to read")?;
                (words.quoted(file, format::text), file)
            }
        };
        let mut item = self.read(&words, Some(place), dsl::item)?;
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    pub fn experiment(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &EXPERIMENT)?;
        let control = definition.rest.first().and_then(|entry| {
            let variant = self.text(entry).map(label)?;
            let span = entry.key.span.to(entry.value.span);
            Some(Property { value: variant, comments: self.comments(&entry.comments), span })
        });
        let mut item = self.tool("experiment", definition, dsl::head)?;
        if let Item::Experiment(experiment) = &mut item {
            experiment.control = control;
        }
        Some(item)
    }

    /// What tools share: `KIND name on SOURCE by DIMENSION …`.
    fn tool(
        &mut self,
        keyword: &str,
        definition: Definition<'_>,
        parse: fn(&Fragment, &mut Sink) -> Option<Item>,
    ) -> Option<Item> {
        let text = self.needed(&definition, "dimension to go by")?;
        let words = self.head(keyword, &definition).words(" ").scalar(text);
        let mut item = self.read(&words, Some(text), parse)?;
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    /// A definition behind its singular key: `step: visit where …`.
    pub fn singular<T>(
        &mut self,
        entry: &Entry,
        parse: fn(&Fragment, &mut Sink) -> Option<T>,
        header: fn(&mut T) -> &mut Header,
    ) -> Option<T> {
        let text = self.text(entry)?;
        let words = self.keyword(&entry.key.text, entry.key.span).scalar(text);
        let mut read = self.read(&words, Some(text), parse)?;
        let header = header(&mut read);
        let parsed = std::mem::take(&mut header.comments);
        header.comments = joined(self.comments(&entry.comments), parsed);
        Some(read)
    }
}
