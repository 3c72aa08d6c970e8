//! The shared sources that a project needs: those that its packs, or its own files, read.
//!
//! The others are left out, so that what they declare takes no name of a project that
//! never asked for them.

use std::collections::HashSet;

use crate::syntax::ast::{Expr, File, Item, Kpi, Layer, Name, Segment, Source};
use crate::syntax::walk;

/// Leaves out the sources of the vocabulary that nothing leads to.
pub fn prune(files: &mut [File]) {
    if !files.iter().any(is_shared) {
        return;
    }
    let named = named(files);
    let shared: Vec<&Source> =
        files.iter().filter(|file| is_shared(file)).flat_map(|file| &file.items).filter_map(source).collect();
    let numbers = |source: &Source| {
        let numbers = source.measures.iter().chain(&source.stocks);
        numbers.map(|number| number.header.name.value.clone()).collect::<Vec<_>>()
    };
    let is_named = |source: &&Source| {
        named.sources.contains(&source.header.name.value)
            || numbers(source).iter().any(|number| named.numbers.contains(number))
    };
    let mut needed: HashSet<String> = HashSet::new();
    let mut open: Vec<&Source> = shared.iter().copied().filter(is_named).collect();
    while let Some(source) = open.pop() {
        if needed.insert(source.header.name.value.clone()) {
            let joined = source.joins.iter().map(|join| join.source.value.as_str());
            joined
                .for_each(|name| open.extend(shared.iter().copied().filter(|s| s.header.name.value == name)));
        }
    }
    for file in files.iter_mut().filter(|file| is_shared(file)) {
        file.items.retain(|item| source(item).is_none_or(|s| needed.contains(&s.header.name.value)));
    }
}

fn is_shared(file: &File) -> bool {
    matches!(file.layer, Layer::Vocabulary(_))
}

fn source(item: &Item) -> Option<&Source> {
    match item {
        Item::Source(source) => Some(source),
        _ => None,
    }
}

/// What packs and projects name.
#[derive(Default)]
struct Named {
    sources: HashSet<String>,
    /// Everything that may be a measure or a stock.
    numbers: HashSet<String>,
}

impl Named {
    fn expression(&mut self, e: &Expr) {
        walk::paths(e, &mut |path| {
            self.numbers.insert(path.name.value.clone());
        });
    }

    fn kpi(&mut self, kpi: &Kpi) {
        match &kpi.value {
            Some(formula) => self.expression(formula),
            // The measure of its name.
            None => {
                self.numbers.insert(kpi.header.name.value.clone());
            }
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Source(source) => {
                self.sources.insert(source.header.name.value.clone());
                self.sources.extend(source.joins.iter().map(|join| join.source.value.clone()));
            }
            Item::Kpi(kpi) => self.kpi(kpi),
            Item::Segment(segment) => self.segments([segment]),
            Item::Segmentation(segmentation) => self.segments(&segmentation.segments),
            Item::Funnel(funnel) => {
                self.source(funnel.over.source.as_ref());
                funnel.steps.iter().for_each(|step| self.source(step.source.as_ref()));
            }
            Item::Cohort(cohort) => self.source(cohort.over.source.as_ref()),
            Item::Attribution(attribution) => self.source(attribution.over.source.as_ref()),
            Item::Experiment(experiment) => self.source(experiment.over.source.as_ref()),
            _ => {}
        }
    }

    fn source(&mut self, name: Option<&Name>) {
        self.sources.extend(name.map(|name| name.value.clone()));
    }

    fn segments<'e>(&mut self, segments: impl IntoIterator<Item = &'e Segment>) {
        segments
            .into_iter()
            .filter_map(|segment| segment.predicate.as_ref())
            .for_each(|e| self.expression(e));
    }
}

fn named(files: &[File]) -> Named {
    let mut named = Named::default();
    // A number that the project defines is none of the vocabulary's; a pack's KPIs mean
    // the vocabulary's in every project.
    let mut own = Named::default();
    let mut defined: HashSet<&str> = HashSet::new();
    for file in files.iter().filter(|file| !is_shared(file)) {
        let of = if file.layer == Layer::Own { &mut own } else { &mut named };
        file.items.iter().for_each(|item| of.item(item));
        let sources = file.items.iter().filter_map(source);
        let numbers = sources.flat_map(|source| source.measures.iter().chain(&source.stocks));
        defined.extend(numbers.map(|number| number.header.name.value.as_str()));
    }
    named.sources.extend(own.sources);
    named.numbers.extend(own.numbers.into_iter().filter(|name| !defined.contains(name.as_str())));
    named
}
