//! KPIs: a formula and the properties of a KPI.

use super::definition::{Keys, Named, Own, joined};
use super::loader::{Entry, Scalar, Value};
use super::shape::Reader;
use super::words::{Words, label};
use crate::syntax::ast::{Comments, Item, Kpi, KpiProperty, Property};
use crate::syntax::dsl;
use crate::syntax::format;

pub const KPI: Keys = Keys {
    owner: "a KPI",
    main: Some("value"),
    others: &[
        "labels",
        "alias",
        "unit",
        "better",
        "by",
        "segments",
        "grain",
        "settled",
        "empty",
        "format",
        "objective",
        "stage",
        "owner",
        "tags",
        "action",
        "interpretation",
        "drivers",
        "pair_with",
        "vanity",
        "leads_to",
        "prefer",
        "target",
        "targets",
        "status",
        "benchmark",
        "benchmarks",
        "version",
        "effective",
        "allow",
    ],
};

type Properties = Vec<Property<KpiProperty>>;

impl Reader<'_, '_> {
    pub fn kpi(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &KPI)?;
        let mut properties = Vec::new();
        for entry in self.distinct(&definition.rest) {
            self.kpi_entry(entry, &mut properties);
        }
        let mut item = match definition.own {
            Own::Unreadable => None,
            Own::Nothing => {
                let kpi = Kpi { header: definition.header(), value: None, properties: Vec::new() };
                Some(Item::Kpi(Box::new(kpi)))
            }
            Own::Alone(text) | Own::Keyed(text) => {
                let words = self.head("kpi", &definition).words(" = ").scalar(text);
                self.read(&words, Some(text), dsl::head)
            }
        }?;
        if let Item::Kpi(kpi) = &mut item {
            kpi.properties = properties;
        }
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    fn kpi_entry(&mut self, entry: &Entry, properties: &mut Properties) {
        let word = entry.key.text.as_str();
        match word {
            "labels" => self.labels(entry, properties),
            "targets" | "benchmarks" => {
                let keyword = word.strip_suffix('s').unwrap_or(word);
                for (text, comments) in self.items(entry) {
                    let words = self.keyword(keyword, text.span).scalar(text);
                    self.kpi_property(&words, Some(text), comments, properties);
                }
            }
            "alias" | "by" | "segments" | "grain" | "tags" | "drivers" | "pair_with" | "leads_to"
            | "prefer" | "status" => {
                if let Some((words, text)) = self.listed(entry) {
                    let comments = self.comments(&entry.comments);
                    self.kpi_property(&words, text, comments, properties);
                }
            }
            "vanity" if matches!(entry.value.value, Value::Null) => {
                let comments = self.comments(&entry.comments);
                let words = Words::of(word, entry.key.span, self.origin);
                self.kpi_property(&words, None, comments, properties);
            }
            _ => {
                let Some(text) = self.text(entry) else { return };
                let comments = self.comments(&entry.comments);
                match sentence(word, text) {
                    Some(value) => {
                        let span = entry.key.span.to(entry.value.span);
                        properties.push(Property { value, comments, span });
                    }
                    None => {
                        let words = self.keyword(word, entry.key.span).scalar(text);
                        self.kpi_property(&words, Some(text), comments, properties);
                    }
                }
            }
        }
    }

    /// `labels: {fr: …}`
    fn labels(&mut self, entry: &Entry, properties: &mut Properties) {
        self.pend(&entry.comments);
        let entries = self.map(&entry.value, "`labels`").map_or(&[][..], |map| &map.entries);
        for entry in entries {
            let Some(text) = self.text(entry) else { continue };
            let words = self.keyword("label", entry.key.span).scalar(&entry.key).words(" ");
            let comments = self.comments(&entry.comments);
            self.kpi_property(&words.quoted(text, format::label), Some(text), comments, properties);
        }
    }

    fn kpi_property(
        &mut self,
        words: &Words<'_>,
        value: Option<&Scalar>,
        comments: Comments,
        properties: &mut Properties,
    ) {
        if let Some(mut property) = self.read(words, value, dsl::kpi_property) {
            property.comments = joined(comments, property.comments);
            properties.push(property);
        }
    }
}

/// A property whose value is a text that stands for itself.
fn sentence(keyword: &str, text: &Scalar) -> Option<KpiProperty> {
    Some(match keyword {
        "format" => KpiProperty::Format(label(text)),
        "owner" => KpiProperty::Owner(label(text)),
        "action" => KpiProperty::Action(label(text)),
        "interpretation" => KpiProperty::Interpretation(label(text)),
        "version" => KpiProperty::Version(label(text)),
        _ => return None,
    })
}
