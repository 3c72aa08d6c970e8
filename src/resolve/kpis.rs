//! KPIs: formulas in the order in which they need each other.

use indexmap::IndexMap;

use super::expression::{Scope, Typed, typed};
use super::formula::{NumberScope, stock_without_reading};
use super::nature;
use super::numbers::{Beneath, Numbers, once};
use super::operators::a;
use super::order::{order, shown};
use super::resolved::{Kpi, NumberLeaf};
use super::scalar::{ScalarKind, Type};
use super::unit::Unit;
use super::{
    additivity, attainment, bands, cohorts, format, goals, grains, needs, part_of_whole, properties, spans,
    versions, walk, windows,
};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{self, Expr, ExprKind, Name, Path};

/// Every KPI without findings by its id, in the order written.
pub fn all(numbers: &mut Numbers<'_>, sink: &mut Sink) -> IndexMap<String, Kpi> {
    let defs: Vec<&ast::Kpi> = numbers.model.kpis.values().copied().collect();
    // Segmentations per dimension are read among the KPIs, behind all of them.
    let bands = bands::defs(numbers);
    let mut needs: Vec<Vec<usize>> = defs.iter().map(|def| needs(numbers, def)).collect();
    needs.extend(bands.iter().map(|def| needs_of_bands(numbers, def)));
    let found = order(&needs);
    for cycle in &found.cycles {
        let names: Vec<&Name> = cycle.iter().map(|id| name_of(&defs, &bands, *id)).collect();
        sink.push(circle(&names, if cycle[0] < defs.len() { "KPI" } else { "segmentation" }));
        for id in cycle {
            let name = name_of(&defs, &bands, *id).value.as_str();
            if *id < defs.len() {
                numbers.kpis.insert(name, None);
            } else {
                numbers.bands.insert(name, None);
            }
        }
    }
    let mut kpis: Vec<Option<Kpi>> = defs.iter().map(|_| None).collect();
    for id in found.sorted {
        let Some(&def) = defs.get(id) else {
            let def = bands[id - defs.len()];
            let known = bands::bands(numbers, def, sink);
            numbers.bands.insert(&def.header.name.value, known);
            continue;
        };
        let made = kpi(numbers, def, sink);
        let (kpi, beneath) = made.map_or((None, None), |(kpi, beneath)| (Some(kpi), Some(beneath)));
        numbers.kpis.insert(&def.header.name.value, beneath);
        kpis[id] = kpi;
    }
    // Of a size that is known: growing would copy each several times.
    let mut sound = IndexMap::with_capacity(kpis.len());
    sound.extend(kpis.into_iter().flatten().map(|kpi| (kpi.id.clone(), kpi)));
    sound
}

fn name_of<'m>(defs: &[&'m ast::Kpi], bands: &[&'m ast::Segmentation], id: usize) -> &'m Name {
    defs.get(id).map_or_else(|| &bands[id - defs.len()].header.name, |def| &def.header.name)
}

/// The KPIs and segmentations per dimension that a formula names.
fn needs(numbers: &Numbers<'_>, def: &ast::Kpi) -> Vec<usize> {
    let mut found = Vec::new();
    let own = def.header.name.value.as_str();
    let versions = numbers.model.versions.get(own).into_iter().flatten().map(|version| version.def);
    let formulas = std::iter::once(def).chain(versions).filter_map(|def| def.value.as_ref());
    formulas.for_each(|e| found.extend(needs_of(numbers, own, e)));
    found
}

fn needs_of_bands(numbers: &Numbers<'_>, def: &ast::Segmentation) -> Vec<usize> {
    let conditions = def.segments.iter().filter_map(|segment| segment.predicate.as_ref());
    conditions.flat_map(|e| needs_of(numbers, "", e)).collect()
}

fn needs_of(numbers: &Numbers<'_>, own: &str, e: &Expr) -> Vec<usize> {
    let bands = bands::named(numbers, e);
    let position = |id: &String| numbers.predicates.banded.get_index_of(id);
    let behind = |position: usize| numbers.model.kpis.len() + position;
    let mut found: Vec<usize> = bands.iter().filter_map(position).map(behind).collect();
    walk::paths(e, &mut |path| {
        if path.qualifier.is_some() || path.name.value == own {
            // Inside its own definition a name means the measure below; without
            // one it would need itself.
            let below = numbers.measures.contains_key(own) || numbers.is_stock(own);
            if path.qualifier.is_none() && !below {
                found.extend(numbers.model.kpis.get_index_of(own));
            }
            return;
        }
        let kpi = numbers.kpi(&path.name.value);
        found.extend(kpi.and_then(|id| numbers.model.kpis.get_index_of(id)));
    });
    found
}

fn circle(cycle: &[&Name], kind: &str) -> Diagnostic {
    let names: Vec<&str> = cycle.iter().map(|name| name.value.as_str()).collect();
    let first = cycle[0];
    let error = Diagnostic::error(
        Code::Cycle,
        first.span,
        format!("the {kind} `{}` needs itself: {}", first.value, shown(&names)),
    )
    .because("none of them could be computed first")
    .help("write one of them over measures");
    cycle
        .iter()
        .skip(1)
        .take(8)
        .fold(error, |error, name| error.label(name.span, format!("through `{}`", name.value)))
}

/// A definition's number, and what its users must know of it.
pub fn kpi<'m>(numbers: &Numbers<'m>, def: &ast::Kpi, sink: &mut Sink) -> Option<(Kpi, Beneath<'m>)> {
    let name = &def.header.name;
    let mut scope = NumberScope::new(numbers, &name.value, sink);
    let value = match numbers.model.versions.get(name.value.as_str()) {
        Some(versions) => versions::typed(&mut scope, name, versions),
        None => formula(&mut scope, def),
    };
    let (uses, mut unbound) = (once(std::mem::take(&mut scope.uses)), std::mem::take(&mut scope.unbound));
    let named = std::mem::take(&mut scope.kpis);
    unbound.sort_unstable();
    unbound.dedup();
    // What a refused formula reaches is not known.
    let reached = if value.is_some() { uses.as_slice() } else { &[] };
    let known = properties::check(numbers, def, value.as_ref(), reached, sink);
    let value = value?;
    if !(value.ty().is_number() || matches!(value.ty(), Type::Unknown | Type::Duration)) {
        sink.push(no_number(def, value.ty()));
        return None;
    }
    let mut known = known?;
    known.grains = grains::of(numbers, def, known.grains, &named, sink)?;
    let nature = nature::of(&value.scalar, numbers);
    let additivity = additivity::of(&value.scalar, numbers);
    let goals = goals::goals(numbers, def, additivity, &known.grains, sink)?;
    if let Some(error) = attainment::elsewhere(&value.scalar, numbers) {
        sink.push(error);
        return None;
    }
    let unit = known.unit.as_ref().map_or_else(|| value.unit.clone(), Unit::of);
    let unit = if unit == Unit::Unknown { value.unit.clone() } else { unit };
    let has_unit = known.unit.is_some() || unit != Unit::Unknown;
    let grains = known.grains.clone();
    let moves = windows::moves(&value.scalar, numbers);
    let mut over_rates = Vec::new();
    let pace = spans::pace(&value.scalar, numbers, &mut over_rates);
    let over_rates = match spans::undecided(over_rates, &grains) {
        Ok(over_rates) => over_rates,
        Err(errors) => {
            sink.extend(errors);
            return None;
        }
    };
    let measure = cohorts::promoted(&value.scalar);
    let beneath =
        Beneath { ty: value.ty(), unit, nature, additivity, moves, pace, measure, uses, unbound, grains };
    let unit = known.unit.or_else(|| value.unit.name());
    let kpi = Kpi {
        id: name.value.clone(),
        format: format::of(def, unit.as_ref(), value.ty(), sink),
        unit,
        has_unit,
        value: value.scalar,
        empty: known.empty,
        settled: known.settled,
        grains: known.grains,
        over_rates,
        by: known.by,
        segments: known.segments,
        label: def.header.label.as_ref().map(|l| l.value.clone()),
        goals,
        unbound: needs::by_source(numbers.rows, numbers.sources, &beneath.unbound),
        definition: def.clone(),
        earlier: versions::earlier(numbers.model, &name.value),
        span: def.header.span,
    };
    sink.extend(part_of_whole::upside_down(&kpi, numbers));
    Some((kpi, beneath))
}

/// What a definition's formula gives; without one, the measure of its name.
pub fn formula(s: &mut NumberScope<'_, '_>, def: &ast::Kpi) -> Option<Typed<NumberLeaf>> {
    let name = &def.header.name;
    let numbers = s.numbers;
    let Some(e) = &def.value else {
        return promotable(numbers, name, s.sink()).then(|| typed(s, &promoted(name))).flatten();
    };
    let value = typed(s, e)?;
    match takes_name(numbers, name, e, &value.scalar.kind) {
        Some(error) => s.report(error),
        None => Some(value),
    }
}

/// The formula of a KPI without one: the measure of its name.
fn promoted(name: &Name) -> Expr {
    Expr::new(ExprKind::Path(Path { qualifier: None, name: name.clone() }), name.span)
}

/// Whether there is a measure of a KPI's name; if not, it is reported.
fn promotable(numbers: &Numbers<'_>, name: &Name, sink: &mut Sink) -> bool {
    if numbers.measures.contains_key(name.value.as_str()) {
        return true;
    }
    if numbers.is_stock(&name.value) {
        sink.push(stock_without_reading(name));
        return false;
    }
    let error = Diagnostic::error(
        Code::UnknownName,
        name.span,
        format!("the KPI `{}` has no formula, and there is no measure of its name", name.value),
    )
    .missing(&name.value)
    .because("a KPI without a formula is the measure of its name");
    let near = sink.nearest(&name.value, numbers.measures.keys().copied());
    sink.push(match near {
        Some(near) => error.help(format!("did you mean `{near}`? If not, write `kpi {} = …`", name.value)),
        None => error.help(format!("write its formula: `kpi {} = …`", name.value)),
    });
    false
}

/// A KPI of a measure's name must be that measure (rule 4).
fn takes_name(
    numbers: &Numbers<'_>,
    name: &Name,
    formula: &Expr,
    value: &ScalarKind<NumberLeaf>,
) -> Option<Diagnostic> {
    let is_measure = numbers.measures.contains_key(name.value.as_str());
    if !is_measure && !numbers.is_stock(&name.value) {
        return None;
    }
    // Bare, or one reading of the stock.
    if matches!(value, ScalarKind::Leaf(NumberLeaf::Measure(id) | NumberLeaf::Stock(id, _)) if *id == name.value)
    {
        return None;
    }
    let what = if is_measure { "measure" } else { "stock" };
    Some(
        Diagnostic::error(
            Code::NameTaken,
            formula.span,
            format!("the KPI `{}` has the name of a {what} and is another number", name.value),
        )
        .label(name.span, format!("the {what} has this name too"))
        .because("one name would be two numbers, and formulas that use it would get the KPI's")
        .help("give the KPI a name of its own"),
    )
}

fn no_number(def: &ast::Kpi, ty: Type) -> Diagnostic {
    let name = &def.header.name;
    let span = def.value.as_ref().map_or(name.span, |e| e.span);
    let error = Diagnostic::error(Code::TypeMismatch, span, format!("the KPI `{}` is {}", name.value, a(ty)))
        .because("a KPI is a number of each period");
    match ty {
        Type::Boolean => error.help("turn it into a number: `case when … then 1 else 0 end`"),
        Type::Text => error.help("give numbers back from `case`, or declare a dimension"),
        Type::Date | Type::Timestamp | Type::Instant => error.help("subtract another time for a duration"),
        Type::Unknown | Type::Integer | Type::Decimal(_) | Type::Float | Type::Duration | Type::Null => error,
    }
}
