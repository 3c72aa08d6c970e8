//! Two states of a project to what changed between them.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Class, Comparison, Facet, Happened, Reached};
use super::definitions::{self, Definition, Definitions, MINIMUM_CELL, What};
use super::form::Forms;
use super::kpi::{self, Asked, Slices};
use super::name::{Kind, Name};
use super::numbers::Numbers;
use super::project::Side;
use super::properties::{differing, line, said};
use super::reasons::Reasons;
use super::renamed::renamed;
use crate::source::{Sources, Span};

/// What changed, the worst first. `texts` are those of both states.
pub fn compare(before: Side<'_>, after: Side<'_>, texts: &Sources) -> Comparison {
    let mut forms = Forms::default();
    let mut old_numbers = Numbers::new(before, &mut forms);
    let old = definitions::all(before, &mut old_numbers, &mut forms);
    let mut new_numbers = Numbers::new(after, &mut forms);
    let new = definitions::all(after, &mut new_numbers, &mut forms);
    let names = renamed((before, &old), (after, &new));
    let mut asked =
        BothAsked { before: (old_numbers, Slices::new()), after: (new_numbers, Slices::new()), forms };
    let mut changes = Vec::new();
    for (name, definition) in &new {
        let was = names.iter().find(|(_, to)| to == name).map(|(from, _)| from);
        let change = match old.get(was.unwrap_or(name)) {
            None => Some(added(name, definition)),
            Some(then) => between((was.unwrap_or(name), then), (name, definition), &mut asked, texts),
        };
        changes.extend(change);
    }
    let gone = old
        .iter()
        .filter(|(name, _)| !new.contains_key(*name) && !names.iter().any(|(from, _)| from == *name));
    changes.extend(gone.map(|(name, definition)| removed(name, definition)));
    explained(changes, [(before, &old), (after, &new)])
}

/// KPIs with what can be asked of them, on both sides.
struct BothAsked<'b, 'a> {
    before: (Numbers<'b>, Slices<'b>),
    after: (Numbers<'a>, Slices<'a>),
    forms: Forms,
}

impl BothAsked<'_, '_> {
    /// What differs of a KPI, and the slices that it lost; `None`: it is not known on both sides.
    fn facets(&mut self, old: &str, new: &str) -> Option<(Vec<Facet>, Vec<String>)> {
        let (numbers, slices) = &mut self.before;
        let before = Asked::of(numbers.side().resolved.kpis.get(old)?, numbers, slices, &mut self.forms);
        let (numbers, slices) = &mut self.after;
        let after = Asked::of(numbers.side().resolved.kpis.get(new)?, numbers, slices, &mut self.forms);
        if after.is_as(&before) {
            return Some((Vec::new(), Vec::new()));
        }
        Some((kpi::facets(&before, &after), kpi::lost_slices(&before, &after)))
    }
}

fn change(name: &Name, happened: Happened, class: Class, facets: Vec<Facet>, span: Option<Span>) -> Change {
    Change {
        name: name.clone(),
        happened,
        class,
        facets,
        lost_slices: Vec::new(),
        since: Vec::new(),
        reached: Reached::default(),
        span,
    }
}

fn added(name: &Name, definition: &Definition<'_>) -> Change {
    let facets = number(definition).into_iter().map(|(what, words)| Facet {
        what,
        before: None,
        after: Some(words),
        class: Class::Compatible,
        goal: false,
        inherited: false,
    });
    let facets = facets.collect();
    match definition.form {
        Some(_) => change(name, Happened::Added, Class::Compatible, facets, definition.what.span()),
        // Nobody could ask for it before.
        None => change(name, Happened::Unsound, Class::Compatible, facets, definition.what.span()),
    }
}

fn removed(name: &Name, definition: &Definition<'_>) -> Change {
    let class = if can_be_asked(name.kind) { Class::Breaks } else { Class::Compatible };
    let facets = number(definition).into_iter().map(|(what, words)| Facet {
        what,
        before: Some(words),
        after: None,
        class,
        goal: false,
        inherited: false,
    });
    change(name, Happened::Removed, class, facets.collect(), definition.what.span())
}

/// Whether somebody outside of the definitions may call it by its name.
fn can_be_asked(kind: Kind) -> bool {
    match kind {
        Kind::Dimension
        | Kind::Segment
        | Kind::Segmentation
        | Kind::Kpi
        | Kind::Dashboard
        | Kind::Assertion => true,
        Kind::Setting
        | Kind::Parameter
        | Kind::Source
        | Kind::Join
        | Kind::Column
        | Kind::Measure
        | Kind::Stock
        | Kind::Funnel
        | Kind::Cohort
        | Kind::Objective
        | Kind::Event => false,
    }
}

/// What it is, in words.
fn number(definition: &Definition<'_>) -> Vec<(String, String)> {
    match &definition.what {
        What::Kpi(kpi, _) => vec![("formula".into(), kpi::in_words(kpi))],
        What::Source(_) | What::Objective(_) | What::Dashboard(_) => Vec::new(),
        what => said(what).into_iter().take(1).map(|said| (said.what.into(), said.words)).collect(),
    }
}

/// A definition that both sides have.
fn between(
    (was, old): (&Name, &Definition<'_>),
    (name, new): (&Name, &Definition<'_>),
    asked: &mut BothAsked<'_, '_>,
    texts: &Sources,
) -> Option<Change> {
    let span = new.what.span();
    let (Some(then), Some(now)) = (old.form, new.form) else {
        return unsound(name, old, new);
    };
    let is_other = then != now;
    let mut lost = Vec::new();
    let mut facets = match name.kind {
        Kind::Kpi => {
            let (facets, slices) = asked.facets(&was.id, &name.id).unwrap_or_default();
            lost = slices;
            facets
        }
        Kind::Dashboard => {
            let (before, after) = (asked.before.0.side().resolved, asked.after.0.side().resolved);
            dashboard(before.dashboards.get(&was.id), after.dashboards.get(&name.id), old, new)
        }
        _ => differing(&said(&old.what), &said(&new.what), is_other),
    };
    match (&old.what, &new.what) {
        (What::Setting(_), What::Setting(_)) => setting(name, &mut facets),
        (What::Source(_), What::Source(_)) => facets.extend(query(&was.id, &name.id, asked)),
        (What::Objective(_), What::Objective(_)) => {
            let is_goal = |facet: &Facet| ["target", "baseline", "deadline"].contains(&facet.what.as_str());
            facets.iter_mut().filter(|facet| is_goal(facet)).for_each(|facet| facet.goal = true);
        }
        _ => {}
    }
    let worst = facets.iter().map(|facet| facet.class).max();
    let class = worst.max(is_other.then_some(Class::Values));
    if was != name {
        let alias = match &new.what {
            What::Kpi(..) => asked.after.0.side().model.aliases.contains_key(was.id.as_str()),
            _ => false,
        };
        let own = if can_be_asked(name.kind) { Class::Breaks } else { Class::Compatible };
        let class = class.unwrap_or(own).max(own);
        let happened = Happened::Renamed { to: name.clone(), alias };
        return Some(Change { lost_slices: lost, ..change(was, happened, class, facets, span) });
    }
    if let Some(class) = class {
        let change = change(name, Happened::Changed, class, facets, span);
        return Some(Change { lost_slices: lost, ..change });
    }
    let facets = rewritten(old, new, texts)?;
    Some(change(name, Happened::Changed, Class::Cosmetic, facets, span))
}

/// With errors on one side, or on both.
fn unsound(name: &Name, old: &Definition<'_>, new: &Definition<'_>) -> Option<Change> {
    let span = new.what.span();
    match (old.form, new.form) {
        (Some(_), None) => Some(change(name, Happened::Broken, Class::Breaks, Vec::new(), span)),
        (None, Some(_)) => Some(change(name, Happened::Mended, Class::Compatible, Vec::new(), span)),
        _ => {
            let words = |definition: &Definition<'_>| match &definition.what {
                What::Kpi(kpi, _) => vec![kpi::in_words(kpi)],
                what => said(what).into_iter().map(|said| said.words).collect(),
            };
            let same = words(old) == words(new);
            (!same).then(|| change(name, Happened::Unsound, Class::Values, Vec::new(), span))
        }
    }
}

/// One that shows less breaks.
fn dashboard(
    before: Option<&crate::resolve::resolved::Dashboard>,
    after: Option<&crate::resolve::resolved::Dashboard>,
    old: &Definition<'_>,
    new: &Definition<'_>,
) -> Vec<Facet> {
    let mut facets = differing(&said(&old.what), &said(&new.what), false);
    let (Some(before), Some(after)) = (before, after) else { return facets };
    let grains = |of: &[crate::resolve::resolved::Grain]| -> Vec<String> {
        of.iter().map(|grain| grain.word().to_string()).collect()
    };
    let lists = [
        ("kpis", before.kpis.clone(), after.kpis.clone()),
        ("by", before.by.clone(), after.by.clone()),
        ("grain", grains(&before.grains), grains(&after.grains)),
    ];
    for (what, before, after) in lists {
        facets.retain(|facet| facet.what != what);
        facets.extend(kpi::lists(what, &before, &after));
    }
    facets
}

/// What an SQL source selects.
fn query(old: &str, new: &str, asked: &BothAsked<'_, '_>) -> Option<Facet> {
    let (before, after) = (asked.before.0.side().queries.get(old)?, asked.after.0.side().queries.get(new)?);
    (before != after).then(|| Facet {
        what: "its query selects other rows".into(),
        before: None,
        after: None,
        class: Class::Values,
        goal: false,
        inherited: false,
    })
}

/// Settings that no number hangs on are told and change nothing.
fn setting(name: &Name, facets: &mut [Facet]) {
    let decides = [
        definitions::ZONE,
        definitions::TIMESTAMPS,
        definitions::WEEKS,
        definitions::FISCAL_YEAR,
        MINIMUM_CELL,
    ];
    if !decides.contains(&name.id.as_str()) {
        facets.iter_mut().for_each(|facet| facet.class = Class::Compatible);
    }
}

/// Whether a definition that means the same is written in another way or in another place.
/// Of the parts of a source, the source tells.
fn rewritten(old: &Definition<'_>, new: &Definition<'_>, texts: &Sources) -> Option<Vec<Facet>> {
    let is_part = matches!(
        new.what,
        What::Join(..) | What::Column(..) | What::Dimension(..) | What::Measure(..) | What::Stock(..)
    );
    let (before, after) = (old.what.span()?, new.what.span()?);
    if is_part || before == after {
        return None;
    }
    let path = |span: Span| texts.get(span.file).path.as_str();
    let (from, to) = (path(before), path(after));
    if from != to {
        return Some(vec![Facet {
            what: "file".into(),
            before: Some(line(from)),
            after: Some(line(to)),
            class: Class::Cosmetic,
            goal: false,
            inherited: false,
        }]);
    }
    (texts.text(before) != texts.text(after)).then(Vec::new)
}

/// Reasons, and what each change reaches; the worst first.
fn explained(mut changes: Vec<Change>, sides: [(Side<'_>, &Definitions<'_>); 2]) -> Comparison {
    let is_worse = |change: &&Change| change.class >= Class::Values || change.happened == Happened::Removed;
    let mut changed: HashSet<Name> =
        changes.iter().filter(is_worse).map(|change| change.name.clone()).collect();
    // What reads a renamed one reads it by its new name.
    for change in changes.iter().filter(is_worse) {
        if let Happened::Renamed { to, .. } = &change.happened {
            changed.insert(to.clone());
        }
    }
    let touched: Vec<Name> = changes
        .iter()
        .filter(|change| change.class >= Class::Values && change.happened != Happened::Removed)
        .map(|change| match &change.happened {
            Happened::Renamed { to, .. } => to.clone(),
            _ => change.name.clone(),
        })
        .collect();
    let lost = |change: &Change| (change.name.clone(), change.lost_slices.clone());
    let lost = changes.iter().filter(|change| !change.lost_slices.is_empty()).map(lost).collect();
    let has_other_goals = |change: &&Change| change.facets.iter().any(|facet| facet.goal);
    let aims = changes.iter().filter(has_other_goals).map(|change| change.name.clone()).collect();
    let reasons = Reasons::new(sides, &changed, &touched, &lost, &aims);
    let own: HashMap<Name, bool> =
        changes.iter().map(|change| (change.name.clone(), is_own(change))).collect();
    for change in &mut changes {
        let is_own_of = |name: &Name| own.get(name).copied().unwrap_or(true);
        let name = match &change.happened {
            Happened::Changed | Happened::Broken => Some(&change.name),
            Happened::Renamed { to, .. } => Some(to),
            Happened::Added | Happened::Removed | Happened::Mended | Happened::Unsound => None,
        };
        if let Some(name) = name.filter(|_| change.class >= Class::Values) {
            change.since = reasons.since(name, is_own_of);
        }
        if is_own(change) || aims.contains(&change.name) {
            change.reached = reasons.reached(&change.name, [sides[0].0, sides[1].0]);
        }
        quiet(change);
    }
    // What is written anew, then what follows from it, the KPIs first.
    changes.sort_by_key(|change| {
        let follows = !change.since.is_empty();
        (std::cmp::Reverse(change.class), follows, follows && change.name.kind != Kind::Kpi, change.name.kind)
    });
    Comparison { changes }
}

/// Whether something of it is written anew that decides numbers, or it is gone.
fn is_own(change: &Change) -> bool {
    let is_written = |facet: &Facet| facet.class >= Class::Values && !facet.inherited;
    change.happened != Happened::Changed || change.facets.iter().any(is_written)
}

/// What nothing that can be asked for stands on changes no answer.
fn quiet(change: &mut Change) {
    let changes_none = change.happened == Happened::Changed
        && change.class == Class::Values
        && !can_be_asked(change.name.kind)
        && change.since.is_empty()
        && change.reached.is_empty();
    if changes_none {
        change.class = Class::Compatible;
        change.facets.iter_mut().for_each(|facet| facet.class = facet.class.min(Class::Compatible));
    }
}
