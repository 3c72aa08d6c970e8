//! Each id once, each property once.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Model, versions};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{self, KpiProperty, Name};

/// Adds a definition unless its id is taken.
pub fn insert<'a, T>(
    map: &mut IndexMap<&'a str, T>,
    name: &'a Name,
    item: T,
    kind: &str,
    span: impl Fn(&T) -> Span,
    sink: &mut Sink,
) {
    match map.get(name.value.as_str()) {
        Some(first) => sink.push(twice(kind, name, span(first))),
        None => {
            map.insert(&name.value, item);
        }
    }
}

fn twice(kind: &str, name: &Name, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateName, name.span, format!("the {kind} `{}` is defined twice", name.value))
        .label(first, "first defined here")
        .because("a reader, and a formula, could mean either")
        .help("delete one of them, or give it another name")
}

/// A KPI, or a version of it.
pub fn kpi<'a>(model: &mut Model<'a>, kpi: &'a ast::Kpi, sink: &mut Sink) {
    let name = &kpi.header.name;
    let id = name.value.as_str();
    let version = versions::of(kpi);
    let first = model.kpis.get(id).copied();
    if let (Some(version), true) = (version, first.is_none() || model.versions.contains_key(id)) {
        model.versions.entry(id).or_default().push(version);
    }
    let Some(first) = first else {
        model.kpis.insert(id, kpi);
        return;
    };
    if version.is_some() && model.versions.contains_key(id) {
        return;
    }
    let error = twice("KPI", name, first.header.name.span);
    sink.push(match version.is_some() || model.versions.contains_key(id) {
        true => {
            error.help("if they are versions of it, say of each when it holds: `effective until 2025-12`")
        }
        false => error,
    });
}

/// What only the whole project shows: ids that several kinds share, repeated
/// properties, aliases.
pub fn check(model: &mut Model<'_>, sink: &mut Sink) {
    let mut numbers = Taken::default();
    for source in model.sources.values() {
        inside(source, sink);
        for measure in &source.measures {
            numbers.take("measure", &measure.header.name, sink);
        }
        for stock in &source.stocks {
            numbers.take("stock", &stock.header.name, sink);
        }
    }
    // A KPI may take a measure's name: that is another layer.
    for kpi in model.kpis.values() {
        numbers.names.insert(&kpi.header.name.value, ("KPI", kpi.header.name.span));
    }
    for (_, earlier) in model.versions.values().filter_map(|versions| versions.split_last()) {
        earlier.iter().for_each(|version| repeated(version.def, sink));
    }
    for kpi in model.kpis.values() {
        repeated(kpi, sink);
        for property in &kpi.properties {
            if let KpiProperty::Alias(names) = &property.value {
                for name in names {
                    if numbers.take("alias", name, sink) {
                        model.aliases.insert(&name.value, (&kpi.header.name.value, name.span));
                    }
                }
            }
        }
    }
    // A column of results, as a KPI is.
    for assertion in model.assertions.values() {
        numbers.take("assertion", &assertion.header.name, sink);
    }
    predicates(model, sink);
    tools(model, sink);
    purposes(model, sink);
}

/// Ids of one namespace.
#[derive(Default)]
struct Taken<'a> {
    names: HashMap<&'a str, (&'static str, Span)>,
}

impl<'a> Taken<'a> {
    /// Whether the name was free.
    fn take(&mut self, kind: &'static str, name: &'a Name, sink: &mut Sink) -> bool {
        if let Some((first_kind, first)) = self.names.get(name.value.as_str()) {
            if *first_kind == kind {
                sink.push(twice(kind, name, *first));
            } else {
                sink.push(
                    Diagnostic::error(
                        Code::DuplicateName,
                        name.span,
                        format!("the {kind} `{}` has the name of a {first_kind}", name.value),
                    )
                    .label(*first, format!("the {first_kind}"))
                    .because("both are meant by a bare name in the same places")
                    .help("give one of them another name"),
                );
            }
            return false;
        }
        self.names.insert(&name.value, (kind, name.span));
        true
    }
}

/// Segments, segmentations and dimensions are all named after `where` and `by`.
fn predicates(model: &Model<'_>, sink: &mut Sink) {
    let mut taken = Taken::default();
    for source in model.sources.values() {
        for dimension in &source.dimensions {
            let name = &dimension.header.name;
            taken.names.entry(&name.value).or_insert(("dimension", name.span));
        }
    }
    let dimensions = model.sources.values().flat_map(|source| &source.dimensions);
    for dimension in dimensions {
        sink.extend(of_a_result(&dimension.header.name, "dimension", "total", "the row without slices"));
    }
    let inside = model.segmentations.values().flat_map(|segmentation| &segmentation.segments);
    for segment in model.segments.values().copied().chain(inside) {
        sink.extend(of_a_result(&segment.header.name, "segment", "all", "the rows without a segment"));
    }
    for segment in model.segments.values() {
        taken.take("segment", &segment.header.name, sink);
    }
    for segmentation in model.segmentations.values() {
        taken.take("segmentation", &segmentation.header.name, sink);
        for segment in &segmentation.segments {
            taken.take("segment", &segment.header.name, sink);
        }
        last_else(segmentation, sink);
    }
}

/// A name that results have for something else.
fn of_a_result(name: &Name, kind: &str, taken: &str, meaning: &str) -> Option<Diagnostic> {
    (name.value == taken).then(|| {
        Diagnostic::error(
            Code::DuplicateName,
            name.span,
            format!("the {kind} `{taken}` has the name that results give to {meaning}"),
        )
        .because("readers could not tell the two apart")
        .help("give it another name")
    })
}

fn last_else(segmentation: &ast::Segmentation, sink: &mut Sink) {
    let Some((_, all_but_last)) = segmentation.segments.split_last() else {
        sink.push(
            Diagnostic::error(
                Code::Syntax,
                segmentation.header.name.span,
                format!("the segmentation `{}` has no segment", segmentation.header.name.value),
            )
            .help("add one: `segment small where …`"),
        );
        return;
    };
    for segment in all_but_last.iter().filter(|s| s.predicate.is_none()) {
        sink.push(
            Diagnostic::error(Code::Syntax, segment.header.span, "`else` is not the last segment")
                .because("it is what none of the others is, so no row would reach those after it")
                .help("move it to the end"),
        );
    }
}

/// Funnels, cohorts, attributions and experiments are named in the same places.
fn tools(model: &Model<'_>, sink: &mut Sink) {
    let mut taken = Taken::default();
    for funnel in model.funnels.values() {
        taken.take("funnel", &funnel.header.name, sink);
        let mut steps = Taken::default();
        for step in &funnel.steps {
            steps.take("step", &step.header.name, sink);
        }
    }
    for cohort in model.cohorts.values() {
        taken.take("cohort", &cohort.header.name, sink);
    }
    for attribution in model.attributions.values() {
        taken.take("attribution", &attribution.header.name, sink);
    }
    for experiment in model.experiments.values() {
        taken.take("experiment", &experiment.header.name, sink);
    }
}

/// Objectives, dashboards and events are explained by name, as KPIs and assertions are.
fn purposes(model: &Model<'_>, sink: &mut Sink) {
    let mut taken = Taken::default();
    for kpi in model.kpis.values() {
        taken.names.insert(&kpi.header.name.value, ("KPI", kpi.header.name.span));
    }
    for (alias, (_, span)) in &model.aliases {
        taken.names.entry(alias).or_insert(("alias", *span));
    }
    for assertion in model.assertions.values() {
        taken.names.entry(&assertion.header.name.value).or_insert(("assertion", assertion.header.name.span));
    }
    for objective in model.objectives.values() {
        taken.take("objective", &objective.header.name, sink);
    }
    for dashboard in model.dashboards.values() {
        taken.take("dashboard", &dashboard.header.name, sink);
    }
    for event in model.events.values() {
        taken.take("event", &event.header.name, sink);
    }
}

/// Columns, dimensions and joins of one source.
fn inside(source: &ast::Source, sink: &mut Sink) {
    let mut columns = Taken::default();
    for column in &source.columns {
        columns.take("column", &column.header.name, sink);
    }
    let mut dimensions = Taken::default();
    for dimension in &source.dimensions {
        dimensions.take("dimension", &dimension.header.name, sink);
    }
    let mut joins = Taken::default();
    for join in &source.joins {
        joins.take("join", &join.header.name, sink);
    }
}

/// Properties that a KPI has once.
fn repeated(kpi: &ast::Kpi, sink: &mut Sink) {
    let mut seen: Vec<((&str, &str), Span)> = Vec::new();
    for property in &kpi.properties {
        let Some(key) = once(&property.value) else { continue };
        if let Some((_, first)) = seen.iter().find(|(k, _)| *k == key) {
            let error = Diagnostic::error(
                Code::Repeated,
                property.span,
                format!("`{}` is given a second time", format!("{} {}", key.0, key.1).trim_end()),
            );
            sink.push(error.label(*first, "first given here").help("keep one of them"));
        } else {
            seen.push((key, property.span));
        }
    }
}

/// The keyword of a property that stands once, and for labels the language.
pub fn once(property: &KpiProperty) -> Option<(&'static str, &str)> {
    let word = match property {
        KpiProperty::Label { language, .. } => return Some(("label", &language.value)),
        KpiProperty::Alias(_) | KpiProperty::Target(_) | KpiProperty::Benchmark(_) => return None,
        KpiProperty::Unit(_) => "unit",
        KpiProperty::Better(_) => "better",
        KpiProperty::By(_) => "by",
        KpiProperty::Segments(_) => "segments",
        KpiProperty::Grain(_) => "grain",
        KpiProperty::Settled(_) => "settled",
        KpiProperty::Empty(_) => "empty",
        KpiProperty::Format(_) => "format",
        KpiProperty::Objective(_) => "objective",
        KpiProperty::Stage(_) => "stage",
        KpiProperty::Owner(_) => "owner",
        KpiProperty::Tags(_) => "tags",
        KpiProperty::Action(_) => "action",
        KpiProperty::Interpretation(_) => "interpretation",
        KpiProperty::Drivers(_) => "drivers",
        KpiProperty::PairWith(_) => "pair_with",
        KpiProperty::Vanity => "vanity",
        KpiProperty::LeadsTo(_) => "leads_to",
        KpiProperty::Prefer(_) => "prefer",
        KpiProperty::Status(_) => "status",
        KpiProperty::Version(_) => "version",
        KpiProperty::Effective { .. } => "effective",
    };
    Some((word, ""))
}
