//! KPIs that a second definition adjusts: properties that it gives replace those of a
//! pack, and a formula that it gives replaces the pack's.

use std::collections::{HashMap, HashSet};
use std::mem::{Discriminant, discriminant};

use super::{Over, Place, Taken};
use crate::model::{duplicates, versions};
use crate::source::Span;
use crate::syntax::ast::{Item, Kpi, KpiProperty, Layer, Property};

/// A definition and where it stands.
type Found = (Place, Kpi);

/// Puts the definitions of one KPI together.
pub fn adjust(taken: &mut Taken, places: Vec<Place>, over: &mut Over<'_>) {
    let mut all: Vec<Found> = Vec::with_capacity(places.len());
    for place in places {
        if let Some(Item::Kpi(kpi)) = taken.take(place) {
            all.push((place, *kpi));
        }
    }
    let (own, packs): (Vec<Found>, Vec<Found>) =
        all.into_iter().partition(|(place, _)| place.layer == Layer::Own);
    let (mut formulas, mut adjusting): (Vec<Found>, Vec<Found>) =
        own.into_iter().partition(|(_, kpi)| is_formula(kpi));
    let mut lower = packs;
    if formulas.is_empty() && lower.is_empty() {
        // All are the measure of their name: any of them is the definition.
        lower.push(adjusting.remove(0));
    }
    let beneath = match head(&lower) {
        Some(_) if formulas.is_empty() => {
            formulas = lower;
            None
        }
        head => head.map(|head| lower.swap_remove(head)),
    };
    let Some(head) = head(&formulas) else { return };
    let (mut place, mut whole) = formulas.swap_remove(head);
    // Versions, and what is defined twice.
    for (place, kpi) in formulas {
        taken.put(place, Item::Kpi(Box::new(kpi)));
    }
    if let Some((at, packs)) = beneath {
        place = at;
        replaced(packs, &mut whole, over);
    }
    for (_, kpi) in adjusting {
        adjusted(&mut whole, kpi, over);
    }
    taken.put(place, Item::Kpi(Box::new(whole)));
}

/// Whether a definition says what the number is.
fn is_formula(kpi: &Kpi) -> bool {
    kpi.value.is_some() || versions::of(kpi).is_some()
}

/// Which definition describes the KPI: of versions the last one, else the first.
fn head(found: &[Found]) -> Option<usize> {
    let last = |(_, (_, kpi)): &(usize, &Found)| versions::of(kpi).and_then(|version| version.from);
    let versions = found.iter().enumerate().filter(|(_, (_, kpi))| versions::of(kpi).is_some());
    let last = versions.max_by_key(last).map(|(at, _)| at);
    last.or(if found.is_empty() { None } else { Some(0) })
}

/// A project's formula in place of a pack's, whose other properties stay.
fn replaced(packs: Kpi, own: &mut Kpi, over: &mut Over<'_>) {
    // Without a formula it is a measure, whose name another number cannot have.
    if packs.value.is_some() {
        let name = &own.header.name;
        over.redefined(&format!("the KPI `{}`", name.value), name.span, packs.header.name.span);
    }
    let mut base = packs.properties;
    base.retain(|property| !is_of_formula(&property.value));
    own.properties = over_base(base, std::mem::take(&mut own.properties));
    own.header.label = own.header.label.take().or(packs.header.label);
    own.header.doc = own.header.doc.take().or(packs.header.doc);
    own.header.allows.extend(packs.header.allows);
}

/// What is said of one formula, not of the KPI.
fn is_of_formula(property: &KpiProperty) -> bool {
    matches!(property, KpiProperty::Effective { .. } | KpiProperty::Version(_))
}

/// A keyword; of labels also the language.
type Key = (Discriminant<KpiProperty>, Option<String>);

fn key(property: &KpiProperty) -> Key {
    let language = match property {
        KpiProperty::Label { language, .. } => Some(language.value.clone()),
        _ => None,
    };
    (discriminant(property), language)
}

/// Properties that replace those of a layer below.
fn over_base(
    mut base: Vec<Property<KpiProperty>>,
    upper: Vec<Property<KpiProperty>>,
) -> Vec<Property<KpiProperty>> {
    let given: HashSet<Key> = upper.iter().map(|property| key(&property.value)).collect();
    base.retain(|property| !given.contains(&key(&property.value)));
    base.extend(upper);
    base
}

/// A definition without a formula, over one of its own layer or of one below.
fn adjusted(whole: &mut Kpi, kpi: Kpi, over: &mut Over<'_>) {
    let name = &kpi.header.name;
    let own = |span: Span| over.is_own(span);
    let (beside, beneath): (Vec<_>, Vec<_>) =
        std::mem::take(&mut whole.properties).into_iter().partition(|property| own(property.span));
    let known: HashMap<Key, Span> = beside.iter().map(|p| (key(&p.value), p.span)).collect();
    let mut given = Vec::with_capacity(kpi.properties.len());
    for property in kpi.properties {
        match (known.get(&key(&property.value)), duplicates::once(&property.value)) {
            (Some(first), Some((word, _))) => {
                over.conflict(&format!("`{word}` of the KPI `{}`", name.value), property.span, *first);
            }
            (None, _) | (_, None) => given.push(property),
        }
    }
    whole.header.allows.extend(kpi.header.allows);
    let above = beside.into_iter().chain(given).collect();
    whole.properties = over_base(beneath, above);
    for (what, first, second) in [
        ("the label", &mut whole.header.label, kpi.header.label),
        ("the description", &mut whole.header.doc, kpi.header.doc),
    ] {
        match (first.as_ref().map(|text| text.span), second) {
            (_, None) => {}
            (Some(first), Some(text)) if over.is_own(first) => {
                over.conflict(&format!("{what} of the KPI `{}`", name.value), text.span, first);
            }
            (_, Some(text)) => *first = Some(text),
        }
    }
}
