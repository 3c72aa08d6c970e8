//! What of a KPI's goals differs: told apart from its number, which they do not change.

use std::collections::HashMap;

use super::change::{Class, Facet};
use super::properties::line;
use crate::resolve::resolved::{Kpi, Target};
use crate::syntax::ast::KpiProperty;
use crate::syntax::format;

/// Targets that came, went or have another value, and other rules of status.
pub fn differing(before: &Kpi, after: &Kpi) -> Vec<Facet> {
    let mut facets = targets(before, after);
    let status = |kpi: &Kpi| format!("{:?}", kpi.goals.status);
    if status(before) != status(after) {
        let words = |kpi: &Kpi| {
            let all = said(kpi, |property| matches!(property, KpiProperty::Status(_)));
            if all.is_empty() { None } else { Some(all.join(", ")) }
        };
        facets.push(facet("status", words(before), words(after)));
    }
    facets
}

fn facet(what: &str, before: Option<String>, after: Option<String>) -> Facet {
    Facet { what: what.into(), before, after, class: Class::Compatible, goal: true, inherited: false }
}

fn said(kpi: &Kpi, is_asked: impl Fn(&KpiProperty) -> bool) -> Vec<String> {
    let properties = kpi.definition.properties.iter().map(|property| &property.value);
    properties.filter(|property| is_asked(property)).map(|p| line(&format::said::kpi(p).1)).collect()
}

/// What a target holds for.
fn scope(target: &Target) -> String {
    let Target { each, from, until, scope, .. } = target;
    format!("{each:?} {from:?} {until:?} {scope:?}")
}

fn targets(before: &Kpi, after: &Kpi) -> Vec<Facet> {
    let words = |kpi: &Kpi| said(kpi, |property| matches!(property, KpiProperty::Target(_)));
    let (old_words, new_words) = (words(before), words(after));
    let mut old: HashMap<String, (&Target, &str)> = HashMap::new();
    for (target, words) in before.goals.targets.iter().zip(&old_words) {
        old.insert(scope(target), (target, words));
    }
    let mut facets = Vec::new();
    for (target, words) in after.goals.targets.iter().zip(&new_words) {
        match old.remove(&scope(target)) {
            Some((known, _)) if known.aim == target.aim => {}
            Some((_, known)) => facets.push(facet("target", Some(known.into()), Some(words.clone()))),
            None => facets.push(facet("target", None, Some(words.clone()))),
        }
    }
    // In the order written.
    for (target, words) in before.goals.targets.iter().zip(&old_words) {
        if old.remove(&scope(target)).is_some() {
            facets.push(facet("target", Some(words.clone()), None));
        }
    }
    facets
}
