//! Definitions that went and came under another name.

use std::collections::HashMap;

use super::definitions::{Definition, Definitions, What};
use super::form::Form;
use super::name::{Kind, Name};
use super::project::Side;
use crate::syntax::ast::{self, KpiProperty};
use crate::syntax::format;

/// The old and the new name of each definition that only its name tells apart.
pub fn renamed(
    (before, old): (Side<'_>, &Definitions<'_>),
    (after, new): (Side<'_>, &Definitions<'_>),
) -> Vec<(Name, Name)> {
    let gone: Vec<(&Name, &Definition<'_>)> =
        old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
    let came: Vec<(&Name, &Definition<'_>)> =
        new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let mut by_sign: HashMap<Sign, Vec<usize>> = HashMap::new();
    for (at, (_, definition)) in came.iter().enumerate() {
        signs(definition).into_iter().for_each(|sign| by_sign.entry(sign).or_default().push(at));
    }
    let mut taken = vec![false; came.len()];
    let mut found: Vec<(Name, Name)> = Vec::new();
    let mut done = vec![false; gone.len()];
    // Surer signs first, so that of two that mean the same each finds its own.
    for is_one in [says_so, same_definition, same_meaning, same_words] {
        for (from, (name, definition)) in
            gone.iter().enumerate().filter(|(at, _)| !done[*at]).collect::<Vec<_>>()
        {
            let own = signs(definition).into_iter().chain([Sign::Alias(name.id.clone())]);
            let candidates = own.filter_map(|sign| by_sign.get(&sign)).flatten().copied().take(MOST);
            let mut fits = candidates.filter(|at| !taken[*at]).filter(|at| {
                let pair = Pair { before, after, old: (name, definition), new: came[*at] };
                pair.may_be_one() && is_one(&pair)
            });
            let Some(at) = fits.next() else { continue };
            (taken[at], done[from]) = (true, true);
            found.push(((*name).clone(), came[at].0.clone()));
        }
    }
    found
}

/// Definitions that are looked at, of thousands that mean the same.
const MOST: usize = 1_000;

/// What the two names of one definition have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Sign {
    Meaning(Form),
    Words(String),
    Alias(String),
}

fn signs(definition: &Definition<'_>) -> Vec<Sign> {
    let mut found: Vec<Sign> = definition.form.map(Sign::Meaning).into_iter().collect();
    if let What::Kpi(kpi, _) = &definition.what {
        found.extend(kpi.value.as_ref().map(|formula| Sign::Words(format::expression(formula))));
        for property in &kpi.properties {
            if let KpiProperty::Alias(names) = &property.value {
                found.extend(names.iter().map(|name| Sign::Alias(name.value.clone())));
            }
        }
    }
    found
}

struct Pair<'a> {
    before: Side<'a>,
    after: Side<'a>,
    old: (&'a Name, &'a Definition<'a>),
    new: (&'a Name, &'a Definition<'a>),
}

impl Pair<'_> {
    /// Of one kind, and of one source unless the source has another name.
    fn may_be_one(&self) -> bool {
        let (old, new) = (self.old.0, self.new.0);
        let has_meaning = match old.kind {
            Kind::Setting | Kind::Objective | Kind::Dashboard | Kind::Event => false,
            Kind::Parameter
            | Kind::Source
            | Kind::Join
            | Kind::Column
            | Kind::Dimension
            | Kind::Measure
            | Kind::Stock
            | Kind::Segment
            | Kind::Segmentation
            | Kind::Funnel
            | Kind::Cohort
            | Kind::Kpi
            | Kind::Assertion => true,
        };
        has_meaning && old.kind == new.kind && (old.of == new.of || old.id == new.id)
    }

    fn forms(&self) -> Option<(Form, Form)> {
        Some((self.old.1.form?, self.new.1.form?))
    }
}

/// The new one has the old name among its others.
fn says_so(pair: &Pair<'_>) -> bool {
    let What::Kpi(kpi, _) = &pair.new.1.what else { return false };
    kpi.properties.iter().any(|property| match &property.value {
        KpiProperty::Alias(names) => names.iter().any(|name| name.value == pair.old.0.id),
        _ => false,
    })
}

/// All that is written of it is the same, too.
fn same_definition(pair: &Pair<'_>) -> bool {
    let same = match (&pair.old.1.what, &pair.new.1.what) {
        (What::Kpi(old, _), What::Kpi(new, _)) => {
            old.properties == new.properties && old.header.label == new.header.label
        }
        _ => pair.old.0.id == pair.new.0.id,
    };
    same && same_meaning(pair)
}

fn same_meaning(pair: &Pair<'_>) -> bool {
    let Some((old, new)) = pair.forms() else { return false };
    let unit = |side: Side<'_>, name: &Name| side.resolved.kpis.get(&name.id).map(|kpi| kpi.unit.clone());
    let is_kpi = pair.old.0.kind == Kind::Kpi;
    old == new && (!is_kpi || unit(pair.before, pair.old.0) == unit(pair.after, pair.new.0))
}

/// Nothing of it is written anew, and what it reads is.
fn same_words(pair: &Pair<'_>) -> bool {
    match (&pair.old.1.what, &pair.new.1.what) {
        (What::Kpi(old, _), What::Kpi(new, _)) => {
            let label = |kpi: &ast::Kpi| kpi.header.label.clone();
            old.value.is_some()
                && old.value == new.value
                && old.properties == new.properties
                && label(old) == label(new)
        }
        _ => false,
    }
}
