//! What definitions say, part by part, in the language's own words.

use super::change::{Class, Facet};
use super::definitions::What;
use crate::syntax::ast::{self, Header, Segmentation};
use crate::syntax::format;

/// One thing that a definition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub what: &'static str,
    pub words: String,
    pub weight: Weight,
}

/// What it does to numbers if it differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Nothing.
    Text,
    /// It may be what they are made of: the meaning beneath decides.
    Number,
}

/// What a definition says. A KPI's are in `kpi.rs`.
pub fn said(what: &What<'_>) -> Vec<Said> {
    let number =
        |what: &'static str, words: String| Said { what, words: line(&words), weight: Weight::Number };
    let all = |said: Vec<format::said::Said>| -> Vec<Said> {
        said.into_iter().map(|(keyword, words)| number(keyword, words)).collect()
    };
    let text = |said: Vec<format::said::Said>| -> Vec<Said> {
        said.into_iter()
            .map(|(what, words)| Said { what, words: line(&words), weight: Weight::Text })
            .collect()
    };
    let mut found = match what {
        What::Setting(words) => vec![number("", words.clone())],
        What::Parameter(param) => vec![number("", format::expression(param.value))],
        What::Source(source) => all(format::said::source(source)),
        What::Join(_, join) => vec![number("", format::lookup(join))],
        What::Column(_, column) => {
            let personal = Said { what: "pii", words: "personal".into(), weight: Weight::Text };
            let mut said = vec![number("", format::said::column(column))];
            said.extend(column.pii.then_some(personal));
            said.extend(column.accepted.as_ref().map(|list| accepted(&list.value)));
            said
        }
        What::Dimension(_, dimension) => {
            let own = |value| format::expression(value);
            let name = || dimension.header.name.value.clone();
            let mut said = vec![number("", dimension.value.as_ref().map_or_else(name, own))];
            said.extend(dimension.accepted.as_ref().map(|list| accepted(&list.value)));
            said
        }
        What::Measure(_, measure) | What::Stock(_, measure) => {
            vec![number("", format::said::measure(measure))]
        }
        What::Segment(segment) => {
            let words = segment.predicate.as_ref().map(|p| format!("where {}", format::expression(p)));
            vec![number("", words.unwrap_or_else(|| "else".into()))]
        }
        What::Segmentation(segmentation) => segments(segmentation),
        What::Funnel(funnel) => all(format::said::funnel(funnel)),
        What::Cohort(cohort) => vec![number("", format::said::cohort(cohort))],
        What::Kpi(..) => Vec::new(),
        What::Objective(objective) => text(format::said::objective(objective)),
        What::Dashboard(dashboard) => text(format::said::dashboard(dashboard)),
        What::Event(event) => text(vec![("", format::said::event(event))]),
        What::Assertion(assertion) => vec![number("", format::expression(&assertion.condition))],
    };
    found.extend(what.header().into_iter().flat_map(header));
    found
}

/// They decide no number, and their order says nothing.
fn accepted(list: &[ast::Expr]) -> Said {
    let mut values: Vec<String> = list.iter().map(format::expression).collect();
    values.sort();
    Said { what: "accepted values", words: line(&values.join(", ")), weight: Weight::Text }
}

fn segments(segmentation: &Segmentation) -> Vec<Said> {
    let per = segmentation.per.as_ref().map(|per| Said {
        what: "per",
        words: per.name.value.clone(),
        weight: Weight::Number,
    });
    let each = segmentation.segments.iter().map(|segment| {
        let condition = segment.predicate.as_ref().map(format::expression);
        let rest = condition.map_or_else(|| "else".into(), |words| format!("where {words}"));
        Said {
            what: "segment",
            words: line(&format!("{} {rest}", segment.header.name.value)),
            weight: Weight::Number,
        }
    });
    per.into_iter().chain(each).collect()
}

/// Label, description, and which lints are silenced.
pub fn header(header: &Header) -> Vec<Said> {
    let text = |what, words: &str| Said { what, words: line(words), weight: Weight::Text };
    let mut said: Vec<Said> = Vec::new();
    said.extend(header.label.as_ref().map(|label| text("label", label)));
    said.extend(header.doc.as_ref().map(|doc| text("description", doc)));
    let allows = header
        .allows
        .iter()
        .map(|allow| text("allow", &format!("{}: {}", allow.value.lint.value, allow.value.reason.value)));
    said.extend(allows);
    said
}

/// What differs between two lists of what is said; the same in another order is the same. Of
/// what stands once on both sides, both are told together.
pub fn differing(before: &[Said], after: &[Said], is_other: bool) -> Vec<Facet> {
    let gone: Vec<&Said> = without(before, after);
    let new: Vec<&Said> = without(after, before);
    let class = |weight: Weight| match (weight, is_other) {
        (Weight::Text, _) => Class::Compatible,
        (Weight::Number, true) => Class::Values,
        (Weight::Number, false) => Class::Cosmetic,
    };
    let mut facets = Vec::new();
    let mut taken = vec![false; new.len()];
    for old in &gone {
        let partner = (0..new.len()).find(|at| !taken[*at] && new[*at].what == old.what);
        partner.into_iter().for_each(|at| taken[at] = true);
        facets.push(Facet {
            what: old.what.into(),
            before: Some(old.words.clone()),
            after: partner.map(|at| new[at].words.clone()),
            class: class(old.weight),
            goal: false,
            inherited: false,
        });
    }
    for (said, _) in new.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        facets.push(Facet {
            what: said.what.into(),
            before: None,
            after: Some(said.words.clone()),
            class: class(said.weight),
            goal: false,
            inherited: false,
        });
    }
    facets
}

/// What of the first list is not in the second, each as often.
fn without<'s>(these: &'s [Said], others: &[Said]) -> Vec<&'s Said> {
    let mut others: Vec<&Said> = others.iter().collect();
    let mut found = Vec::new();
    for said in these {
        match others.iter().position(|other| *other == said) {
            Some(at) => {
                others.swap_remove(at);
            }
            None => found.push(said),
        }
    }
    found
}

/// On one line, without what could steer a terminal.
pub fn line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
