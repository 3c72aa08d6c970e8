//! Objectives and dashboards, events, assertions.

use super::definition::{Definition, Keys, Named, joined};
use super::loader::{Entry, Value};
use super::shape::Reader;
use super::words::label;
use crate::diagnostic::Sink;
use crate::syntax::ast::{Comments, Dashboard, Item, Objective, Property, Text};
use crate::syntax::dsl::{self, Fragment};

pub const OBJECTIVE: Keys = Keys {
    owner: "an objective",
    main: None,
    others: &[
        "headline",
        "kpis",
        "baseline",
        "target",
        "deadline",
        "rationale",
        "owner",
        "stage",
        "parent",
        "allow",
    ],
};
pub const DASHBOARD: Keys =
    Keys { owner: "a dashboard", main: None, others: &["headline", "kpis", "by", "grain", "owner", "allow"] };
pub const EVENT: Keys = Keys { owner: "an event", main: Some("value"), others: &[] };
pub const ASSERTION: Keys = Keys { owner: "an assertion", main: Some("value"), others: &["allow"] };

impl Reader<'_, '_> {
    pub fn objective(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &OBJECTIVE)?;
        let mut objective = dsl::objective(definition.header());
        for entry in &definition.rest {
            match entry.key.text.as_str() {
                "rationale" => objective.rationale = self.sentence(entry),
                "owner" => objective.owner = self.sentence(entry),
                _ => self.put(entry, &mut objective, dsl::objective_property, of_objective),
            }
        }
        self.complete(&mut objective.header, definition);
        Some(Item::Objective(Box::new(objective)))
    }

    pub fn dashboard(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &DASHBOARD)?;
        let mut dashboard = dsl::dashboard(definition.header());
        for entry in &definition.rest {
            match entry.key.text.as_str() {
                "owner" => dashboard.owner = self.sentence(entry),
                _ => self.put(entry, &mut dashboard, dsl::dashboard_property, of_dashboard),
            }
        }
        self.complete(&mut dashboard.header, definition);
        Some(Item::Dashboard(Box::new(dashboard)))
    }

    pub fn event(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &EVENT)?;
        self.whole(definition, ("event", " "), "time", dsl::item)
    }

    pub fn assertion(&mut self, named: Named<'_>) -> Option<Item> {
        let definition = self.definition(named, &ASSERTION)?;
        self.whole(definition, ("assert", " = "), "condition", dsl::head)
    }

    /// A definition that is one text behind its name.
    fn whole(
        &mut self,
        definition: Definition<'_>,
        (keyword, joint): (&str, &str),
        what: &str,
        parse: fn(&Fragment, &mut Sink) -> Option<Item>,
    ) -> Option<Item> {
        let text = self.needed(&definition, what)?;
        let words = self.head(keyword, &definition).words(joint).scalar(text);
        let mut item = self.read(&words, Some(text), parse)?;
        self.complete(item.header_mut(), definition);
        Some(item)
    }

    /// A text that stands for itself.
    fn sentence(&mut self, entry: &Entry) -> Option<Property<Text>> {
        let value = label(self.text(entry)?);
        let comments = self.comments(&entry.comments);
        Some(Property { value, comments, span: entry.key.span.to(entry.value.span) })
    }

    /// A property in the language's words.
    fn put<T>(
        &mut self,
        entry: &Entry,
        into: &mut T,
        parse: fn(&Fragment, &mut T, &mut Sink) -> bool,
        place: for<'p> fn(&'p mut T, &str) -> Option<&'p mut Comments>,
    ) {
        let word = entry.key.text.as_str();
        // Only what the language has a list of takes one.
        let is_list = ["kpis", "by", "grain"].contains(&word);
        let read = match entry.value.value {
            Value::List(_) if is_list => self.listed(entry),
            _ => self.text(entry).map(|text| (self.keyword(word, entry.key.span).scalar(text), Some(text))),
        };
        let Some((words, text)) = read else { return };
        let comments = self.comments(&entry.comments);
        let parsed = self.read(&words, text, |fragment, sink| parse(fragment, into, sink).then_some(()));
        if parsed.is_some()
            && let Some(place) = place(into, word)
        {
            let inner = std::mem::take(place);
            *place = joined(comments, inner);
        }
    }
}

/// The comments of an objective's property.
fn of_objective<'o>(objective: &'o mut Objective, keyword: &str) -> Option<&'o mut Comments> {
    match keyword {
        "headline" => objective.headline.as_mut().map(|p| &mut p.comments),
        "kpis" => objective.kpis.as_mut().map(|p| &mut p.comments),
        "baseline" => objective.baseline.as_mut().map(|p| &mut p.comments),
        "target" => objective.target.as_mut().map(|p| &mut p.comments),
        "deadline" => objective.deadline.as_mut().map(|p| &mut p.comments),
        "stage" => objective.stage.as_mut().map(|p| &mut p.comments),
        _ => objective.parent.as_mut().map(|p| &mut p.comments),
    }
}

/// The comments of a dashboard's property.
fn of_dashboard<'d>(dashboard: &'d mut Dashboard, keyword: &str) -> Option<&'d mut Comments> {
    match keyword {
        "headline" => dashboard.headline.as_mut().map(|p| &mut p.comments),
        "kpis" => dashboard.kpis.as_mut().map(|p| &mut p.comments),
        "by" => dashboard.by.as_mut().map(|p| &mut p.comments),
        _ => dashboard.grain.as_mut().map(|p| &mut p.comments),
    }
}
