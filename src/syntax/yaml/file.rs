//! A file's sections: items by kind.

use super::definition::{Keys, Named};
use super::loader::{Loaded, Map};
use super::shape::Reader;
use crate::syntax::ast::{Comments, File, Item};
use crate::syntax::dsl;

pub const PARAM: Keys = Keys { owner: "a parameter", main: Some("value"), others: &[] };

/// What a file's keys are; a singular holds one item as the language writes it.
pub const SECTIONS: [&str; 29] = [
    "params",
    "sources",
    "segments",
    "segmentations",
    "funnels",
    "cohorts",
    "attributions",
    "experiments",
    "kpis",
    "tests",
    "targets",
    "objectives",
    "dashboards",
    "events",
    "asserts",
    "param",
    "source",
    "segment",
    "segmentation",
    "funnel",
    "cohort",
    "attribution",
    "experiment",
    "kpi",
    "test",
    "objective",
    "dashboard",
    "event",
    "assert",
];

impl Reader<'_, '_> {
    /// The items of a file, without those that are reported.
    pub fn file(&mut self, mut loaded: Loaded) -> File {
        let head = loaded.take_head();
        let map = loaded.root.as_ref().and_then(|root| self.map(root, "a file of definitions"));
        let items = map.map_or_else(Vec::new, |map| self.sections(map));
        let mut trailing = std::mem::take(&mut self.pending);
        trailing.extend(loaded.trailing);
        let comments = |above| Comments { above, ..Comments::default() };
        File { head: comments(head), items, trailing: comments(trailing), ..File::default() }
    }

    fn sections(&mut self, map: &Map) -> Vec<Item> {
        let mut known = Vec::new();
        for (i, entry) in map.entries.iter().enumerate() {
            if SECTIONS.contains(&entry.key.text.as_str()) {
                known.push(entry);
            } else {
                self.unknown(map, i, "a file of definitions", &SECTIONS[..15]);
            }
        }
        let mut items = Vec::new();
        for entry in self.distinct(&known) {
            let word = entry.key.text.as_str();
            if word.ends_with('s') {
                for named in self.named(entry) {
                    items.extend(self.item_of(word, named));
                }
            } else {
                items.extend(self.singular(entry, dsl::item, Item::header_mut));
            }
        }
        items
    }

    /// An item under a plural key.
    fn item_of(&mut self, section: &str, named: Named<'_>) -> Option<Item> {
        match section {
            "params" => self.param(named),
            "sources" => self.source(named),
            "segments" => self.segment(named),
            "segmentations" => self.segmentation(named),
            "funnels" => self.funnel(named),
            "cohorts" => self.cohort(named),
            "attributions" => self.attribution(named),
            "experiments" => self.experiment(named),
            "tests" => self.test(named),
            "targets" => self.targets(named),
            "objectives" => self.objective(named),
            "dashboards" => self.dashboard(named),
            "events" => self.event(named),
            "asserts" => self.assertion(named),
            _ => self.kpi(named),
        }
    }

    fn param(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &PARAM)?;
        let text = self.needed(&definition, "value")?;
        let words = self.head("param", &definition).words(" = ").scalar(text);
        let mut item = self.read(&words, Some(text), dsl::item)?;
        self.complete(item.header_mut(), definition);
        Some(item)
    }
}
