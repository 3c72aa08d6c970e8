//! What of a KPI differs, and what each does to who asks for it.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::change::{Class, Facet};
use super::form::{Form, Forms};
use super::goals;
use super::numbers::{Numbers, Read};
use super::project::Side;
use super::properties::{Said, Weight, differing, header, line};
use crate::resolve::resolved::{Grain, Kpi, Reach, UnitName};
use crate::syntax::ast::{self, Better, KpiProperty, Name};
use crate::syntax::format;

/// What can be asked of a KPI, beside its number.
#[derive(Debug)]
pub struct Asked<'a> {
    pub kpi: &'a Kpi,
    pub number: Form,
    /// The dimensions of rows that every measure of it reaches.
    slices: Rc<BTreeSet<&'a str>>,
    /// Those that reports show, and what they are.
    by: Vec<(&'a str, Form)>,
    segments: Vec<(&'a str, Form)>,
    /// Where the periods of its grains begin.
    calendars: [Form; 2],
    minimum: Form,
}

/// The dimensions that are reached from each set of sources.
pub type Slices<'a> = HashMap<Read<'a>, Rc<BTreeSet<&'a str>>>;

impl<'a> Asked<'a> {
    pub fn of(kpi: &'a Kpi, numbers: &mut Numbers<'a>, slices: &mut Slices<'a>, forms: &mut Forms) -> Self {
        let side = numbers.side();
        let read = numbers.kpi_reads(&kpi.id).cloned().unwrap_or_default();
        let reached = slices.entry(read.clone()).or_insert_with(|| Rc::new(reached(side, &read))).clone();
        let takes = |grains: &[Grain]| kpi.grains.is_empty() || grains.iter().any(|g| kpi.grains.contains(g));
        let fiscal = [Grain::FiscalMonth, Grain::FiscalQuarter, Grain::FiscalYear];
        let calendar = |is_taken: bool, grain: Grain, forms: &mut Forms| match is_taken {
            true => numbers.calendar(forms, grain),
            false => forms.of("no calendar", &[]),
        };
        let calendars = [
            calendar(takes(&[Grain::Week]), Grain::Week, forms),
            calendar(takes(&fiscal), Grain::FiscalYear, forms),
        ];
        let minimum =
            side.resolved.settings.minimum_cell.as_ref().map(|minimum| (minimum.count, &minimum.of));
        let segments = kpi.segments.iter().map(|id| {
            let predicate = side.resolved.segments.get(id).map(|segment| &segment.predicate);
            let form = match predicate {
                Some(predicate) => numbers.predicate(forms, predicate, &read),
                None => forms.debug("segments", &side.resolved.segmentations.get(id), &[]),
            };
            (id.as_str(), form)
        });
        let segments = segments.collect();
        Asked {
            kpi,
            number: numbers.kpi(forms, &kpi.id),
            slices: reached,
            by: kpi.by.iter().map(|id| (id.as_str(), numbers.dimension(forms, id, &read))).collect(),
            segments,
            calendars,
            minimum: forms.debug("minimum cell", &minimum, &[]),
        }
    }

    /// Whether everything is as it was, so that nothing need be told.
    pub fn is_as(&self, before: &Asked<'_>) -> bool {
        self.number == before.number
            && self.calendars == before.calendars
            && self.minimum == before.minimum
            && self.by == before.by
            && self.segments == before.segments
            && before.slices.is_subset(&self.slices)
            && self.kpi.unit == before.kpi.unit
            && self.kpi.grains == before.kpi.grains
            && self.kpi.unbound == before.kpi.unbound
            && self.kpi.definition == before.kpi.definition
            && self.kpi.earlier == before.kpi.earlier
    }
}

/// The dimensions that all sources reach.
fn reached<'a>(side: Side<'a>, read: &Read<'a>) -> BTreeSet<&'a str> {
    let mut found: Option<BTreeSet<&'a str>> = None;
    for source in read.iter().filter_map(|name| side.resolved.sources.get(*name)) {
        let is_reached = |(_, reach): &(&String, &Reach)| matches!(reach, Reach::Own | Reach::Via(_));
        let own: BTreeSet<&str> = source.reach.iter().filter(is_reached).map(|(id, _)| id.as_str()).collect();
        found = Some(match found {
            Some(others) => others.intersection(&own).copied().collect(),
            None => own,
        });
    }
    found.unwrap_or_default()
}

/// What differs.
pub fn facets(before: &Asked<'_>, after: &Asked<'_>) -> Vec<Facet> {
    let is_other = before.number != after.number;
    let mut facets = differing(&formula(before.kpi), &formula(after.kpi), is_other);
    facets.extend(unit(before.kpi.unit.as_ref(), after.kpi.unit.as_ref()));
    facets.extend(grains(&before.kpi.grains, &after.kpi.grains));
    facets.extend(lists("by", &before.kpi.by, &after.kpi.by));
    facets.extend(lists("segments", &before.kpi.segments, &after.kpi.segments));
    facets.extend(lists("alias", &aliases(before.kpi), &aliases(after.kpi)));
    let lost = lost_slices(before, after);
    if !lost.is_empty() {
        let words = Some(line(&lost.join(", ")));
        facets.push(Facet { inherited: !is_other, ..facet(SLICES, words, None, Class::Breaks) });
    }
    facets.extend(within("sliced by", &before.by, &after.by));
    facets.extend(within("for the segment", &before.segments, &after.segments));
    for (what, at) in [("by week", 0), ("by fiscal periods", 1)] {
        // Of a grain that came or went, the grains tell.
        let taken = before.kpi.grains.is_empty() == after.kpi.grains.is_empty();
        if before.calendars[at] != after.calendars[at] && taken {
            facets.push(values(what));
        }
    }
    if before.minimum != after.minimum {
        facets.push(values("which numbers are suppressed"));
    }
    facets.extend(needs(before.kpi, after.kpi));
    facets.extend(better(before.kpi, after.kpi));
    facets.extend(differing(&texts(&before.kpi.definition), &texts(&after.kpi.definition), false));
    facets.extend(goals::differing(before.kpi, after.kpi));
    facets
}

/// A number of it that is another one.
fn values(what: &str) -> Facet {
    Facet { inherited: true, ..facet(what, None, None, Class::Values) }
}

/// The formula of a definition in words.
pub fn in_words(def: &ast::Kpi) -> String {
    match &def.value {
        Some(formula) => line(&format::expression(formula)),
        None => format!("the measure {}", line(&def.header.name)),
    }
}

/// Everything that it says of its number.
fn formula(kpi: &Kpi) -> Vec<Said> {
    let said = |what, words| Said { what, words, weight: Weight::Number };
    let mut found = vec![said("formula", in_words(&kpi.definition))];
    for earlier in &kpi.earlier {
        let time = earlier.properties.iter().filter_map(|p| effective(&p.value));
        let words = std::iter::once(in_words(earlier)).chain(time).collect::<Vec<_>>().join(", ");
        found.push(said("earlier", words));
    }
    for property in &kpi.definition.properties {
        if let KpiProperty::Settled(_) | KpiProperty::Empty(_) | KpiProperty::Effective { .. } =
            &property.value
        {
            let (keyword, words) = format::said::kpi(&property.value);
            found.push(said(keyword, line(&words)));
        }
    }
    found
}

fn effective(property: &KpiProperty) -> Option<String> {
    matches!(property, KpiProperty::Effective { .. }).then(|| line(&format::property(property)))
}

fn unit(before: Option<&UnitName>, after: Option<&UnitName>) -> Option<Facet> {
    if before == after {
        return None;
    }
    // One that was not known is told now.
    let class = if before.is_none() { Class::Compatible } else { Class::Breaks };
    let (before, after) = (before.map(UnitName::word), after.map(UnitName::word));
    Some(facet("unit", before, after, class))
}

fn grains(before: &[Grain], after: &[Grain]) -> Option<Facet> {
    let words = |grains: &[Grain]| -> Vec<String> { grains.iter().map(|g| g.word().to_string()).collect() };
    match (before, after) {
        ([], []) => None,
        // Every grain, then some; and the other way round.
        ([], _) => Some(facet("grain", None, Some(words(after).join(", ")), Class::Breaks)),
        (_, []) => Some(facet("grain", Some(words(before).join(", ")), None, Class::Compatible)),
        _ => lists("grain", &words(before), &words(after)),
    }
}

fn facet(what: &str, before: Option<String>, after: Option<String>, class: Class) -> Facet {
    Facet { what: what.into(), before, after, class, goal: false, inherited: false }
}

/// Lists whose order says nothing: one that lost something breaks.
pub fn lists(what: &str, before: &[String], after: &[String]) -> Option<Facet> {
    let is_lost = before.iter().any(|one| !after.contains(one));
    let is_new = after.iter().any(|one| !before.contains(one));
    let words = |list: &[String]| if list.is_empty() { None } else { Some(line(&list.join(", "))) };
    match (is_lost, is_new) {
        (false, false) => None,
        (true, _) => Some(facet(what, words(before), words(after), Class::Breaks)),
        (false, true) => Some(facet(what, words(before), words(after), Class::Compatible)),
    }
}

/// What a dimension that is gone did for a KPI.
const SLICES: &str = "can be sliced by";

/// The dimensions that it could be sliced by, and cannot any more. One that waits for tables
/// tells that.
pub fn lost_slices(before: &Asked<'_>, after: &Asked<'_>) -> Vec<String> {
    let lost = before.slices.difference(&after.slices).map(|id| (*id).to_string());
    if after.kpi.unbound.is_empty() { lost.collect() } else { Vec::new() }
}

/// What is shown on both sides and means something else.
fn within(what: &str, before: &[(&str, Form)], after: &[(&str, Form)]) -> Vec<Facet> {
    let differs = |(id, form): &(&str, Form)| before.iter().any(|(known, old)| known == id && old != form);
    let others = after.iter().filter(|one| differs(one));
    others.map(|(id, _)| values(&format!("{what} {}", line(id)))).collect()
}

fn needs(before: &Kpi, after: &Kpi) -> Option<Facet> {
    if before.unbound == after.unbound {
        return None;
    }
    let words = |kpi: &Kpi| {
        let needs: Vec<String> = kpi.unbound.iter().map(|need| need.words(line)).collect();
        if needs.is_empty() { None } else { Some(needs.join(", and ")) }
    };
    let class = if before.unbound.is_empty() { Class::Breaks } else { Class::Compatible };
    Some(facet("needs", words(before), words(after), class))
}

/// The better direction turns attainment, status and the best members around.
fn better(before: &Kpi, after: &Kpi) -> Option<Facet> {
    let (old, new) = (before.goals.better, after.goals.better);
    let word = |better: Better| match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Range => "range",
    };
    (old != new).then(|| facet("better", Some(word(old).into()), Some(word(new).into()), Class::Values))
}

fn aliases(kpi: &Kpi) -> Vec<String> {
    kpi.aliases().map(String::from).collect()
}

/// What is said for people, which no number hangs on.
fn texts(def: &ast::Kpi) -> Vec<Said> {
    let mut found = header(&def.header);
    for property in &def.properties {
        let said = match &property.value {
            // Told by themselves.
            KpiProperty::Unit(_)
            | KpiProperty::Better(_)
            | KpiProperty::By(_)
            | KpiProperty::Segments(_)
            | KpiProperty::Grain(_)
            | KpiProperty::Alias(_)
            | KpiProperty::Settled(_)
            | KpiProperty::Empty(_)
            | KpiProperty::Effective { .. }
            | KpiProperty::Target(_)
            | KpiProperty::Status(_) => continue,
            // The order of these says nothing.
            KpiProperty::Tags(names) => ("tags", sorted(names)),
            KpiProperty::Drivers(names) => ("drivers", sorted(names)),
            KpiProperty::PairWith(names) => ("pair_with", sorted(names)),
            KpiProperty::LeadsTo(names) => ("leads_to", sorted(names)),
            KpiProperty::Prefer(names) => ("prefer", sorted(names)),
            KpiProperty::Label { .. }
            | KpiProperty::Format(_)
            | KpiProperty::Objective(_)
            | KpiProperty::Stage(_)
            | KpiProperty::Owner(_)
            | KpiProperty::Action(_)
            | KpiProperty::Interpretation(_)
            | KpiProperty::Vanity
            | KpiProperty::Benchmark(_)
            | KpiProperty::Version(_) => format::said::kpi(&property.value),
        };
        found.push(Said { what: said.0, words: line(&said.1), weight: Weight::Text });
    }
    found
}

fn sorted(names: &[Name]) -> String {
    let mut names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
    names.sort_unstable();
    names.join(", ")
}
