//! Definitions that no KPI leads to.

use std::collections::HashSet;

use super::numbers::Numbers;
use super::rows::{JoinState, not_yet};
use super::walk;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::Model;
use crate::syntax::ast::{self, Expr, KpiProperty, Name};

/// Warns of measures, stocks, funnels, cohorts, parameters and joins that nothing
/// uses. Segments and KPIs are there to be asked for.
///
/// Names count as used where they are written, whether or not the
/// definition around them is sound.
pub fn warn(numbers: &Numbers<'_>, sink: &mut Sink) {
    let model = numbers.model;
    // A library of sources has its users elsewhere; what could not be read may be one.
    if model.kpis.is_empty() || model.lost.any() {
        return;
    }
    let mut used = Used::default();
    used.kpis(model);
    used.tests(model);
    used.tools(numbers);
    used.purposes(model);
    for segment in model.segments.values() {
        segment.predicate.iter().for_each(|p| used.expression(p));
    }
    for segmentation in model.segmentations.values() {
        let segments = &segmentation.segments;
        segments.iter().filter_map(|s| s.predicate.as_ref()).for_each(|p| used.expression(p));
        segmentation.per.iter().for_each(|path| used.name(&path.name.value));
    }
    for source in model.sources.values() {
        used.source(source);
    }
    let mut found = Sink::new();
    unused(numbers, &used, &mut found);
    // A pack is written for many projects, none of which uses all of it.
    let is_own = |warning: &Diagnostic| !warning.span.is_some_and(|span| model.is_of_pack(span));
    sink.extend(found.into_sorted().into_iter().filter(is_own));
}

/// Refuses the tools that no KPI reads; the use of one is refused where it stands.
pub fn tools(model: &Model<'_>, sink: &mut Sink) {
    let mut used = Used::default();
    used.kpis(model);
    let is_read = |name: &Name| {
        used.names.contains(name.value.as_str()) || used.qualifiers.contains(name.value.as_str())
    };
    let attributions = model.attributions.values().map(|a| (&a.header.name, "an attribution"));
    let all = attributions.chain(model.experiments.values().map(|e| (&e.header.name, "an experiment")));
    for (name, what) in all.filter(|(name, _)| !is_read(name)) {
        sink.push(not_yet(name.span, what));
    }
}

#[derive(Default)]
struct Used<'m> {
    names: HashSet<&'m str>,
    /// What stands before a dot.
    qualifiers: HashSet<&'m str>,
    params: HashSet<&'m str>,
}

impl<'m> Used<'m> {
    fn name(&mut self, name: &'m str) {
        self.names.insert(name);
    }

    fn path(&mut self, path: &'m ast::Path) {
        self.names.insert(&path.name.value);
        self.qualifiers.extend(path.qualifier.as_ref().map(|q| q.value.as_str()));
    }

    fn expression(&mut self, e: &'m Expr) {
        walk::paths(e, &mut |path| self.path(path));
        walk::params(e, &mut |param| {
            self.params.insert(param);
        });
    }

    /// Every KPI in every version.
    fn kpis(&mut self, model: &Model<'m>) {
        model.kpis.values().for_each(|kpi| self.kpi(kpi));
        model.versions.values().flatten().for_each(|version| self.kpi(version.def));
    }

    /// Parameters that stand for values of unit tests.
    fn tests(&mut self, model: &Model<'m>) {
        let tests = model.tests.values();
        let tables = tests.flat_map(|test| {
            let given = test.given.iter().map(|given| &given.value.table);
            given.chain(test.then.iter().map(|then| &then.value.table))
        });
        for cell in tables.flat_map(|table| &table.rows).flat_map(|row| &row.value) {
            if let ast::Cell::Value(value) = cell {
                self.expression(value);
            }
        }
        let filters = model.tests.values().filter_map(|test| test.when.as_ref()?.value.filter.as_ref());
        filters.for_each(|filter| self.expression(filter));
    }

    fn kpi(&mut self, kpi: &'m ast::Kpi) {
        // Without a formula it is the measure of its name; with one it may be no other.
        self.name(&kpi.header.name.value);
        kpi.value.iter().for_each(|e| self.expression(e));
        for property in &kpi.properties {
            match &property.value {
                KpiProperty::Segments(names) => names.iter().for_each(|n| self.name(&n.value)),
                KpiProperty::By(paths) => paths.iter().for_each(|p| self.path(p)),
                KpiProperty::Settled(e) | KpiProperty::Empty(e) => self.expression(e),
                KpiProperty::Target(target) => {
                    let parts = [Some(&target.value), target.to.as_ref(), target.filter.as_ref()];
                    parts.into_iter().flatten().for_each(|e| self.expression(e));
                }
                KpiProperty::Status(rules) => rules.iter().for_each(|r| self.expression(&r.bound)),
                KpiProperty::Benchmark(benchmark) => self.expression(&benchmark.value),
                KpiProperty::Label { .. }
                | KpiProperty::Alias(_)
                | KpiProperty::Unit(_)
                | KpiProperty::Better(_)
                | KpiProperty::Grain(_)
                | KpiProperty::Format(_)
                | KpiProperty::Objective(_)
                | KpiProperty::Stage(_)
                | KpiProperty::Owner(_)
                | KpiProperty::Tags(_)
                | KpiProperty::Action(_)
                | KpiProperty::Interpretation(_)
                | KpiProperty::Drivers(_)
                | KpiProperty::PairWith(_)
                | KpiProperty::Vanity
                | KpiProperty::LeadsTo(_)
                | KpiProperty::Prefer(_)
                | KpiProperty::Version(_)
                | KpiProperty::Effective { .. } => {}
            }
        }
    }

    /// Numbers that assertions compare, parameters of objectives and events.
    fn purposes(&mut self, model: &Model<'m>) {
        model.assertions.values().for_each(|assertion| self.expression(&assertion.condition));
        for objective in model.objectives.values() {
            let values = objective.baseline.iter().chain(&objective.target);
            values.for_each(|value| self.expression(&value.value));
        }
        model.events.values().filter_map(|event| event.filter.as_ref()).for_each(|e| self.expression(e));
    }

    /// Parameters of tools: a tool that nothing uses is not looked at.
    fn tools(&mut self, numbers: &Numbers<'m>) {
        let model = numbers.model;
        let overs = model
            .funnels
            .values()
            .map(|f| &f.over)
            .chain(model.cohorts.values().map(|c| &c.over))
            .chain(model.attributions.values().map(|a| &a.over))
            .chain(model.experiments.values().map(|e| &e.over));
        overs.filter_map(|o| o.within.as_ref()).for_each(|e| self.expression(e));
        let steps = model.funnels.values().flat_map(|f| &f.steps);
        steps.filter_map(|s| s.filter.as_ref()).for_each(|e| self.expression(e));
    }

    /// Parameters in a source's expressions.
    fn source(&mut self, source: &'m ast::Source) {
        let measures = source.measures.iter().chain(&source.stocks);
        let expressions = measures
            .flat_map(|m| std::iter::once(&m.value).chain(&m.filter))
            .chain(source.rows.iter().map(|r| &r.value))
            .chain(source.columns.iter().filter_map(|c| c.value.as_ref()))
            .chain(source.dimensions.iter().filter_map(|d| d.value.as_ref()))
            .chain(
                source
                    .joins
                    .iter()
                    .filter_map(|j| j.as_of.as_ref())
                    .flat_map(|a| a.filter.iter().chain(&a.within)),
            );
        for e in expressions {
            walk::params(e, &mut |param| {
                self.params.insert(param);
            });
        }
    }
}

fn unused(numbers: &Numbers<'_>, used: &Used<'_>, sink: &mut Sink) {
    let model = numbers.model;
    let numbers_known = numbers.measures.keys().copied().chain(numbers.stocks.keys().copied());
    let predicates = numbers.predicates;
    let segments = predicates.segments.keys().chain(predicates.segmentations.keys()).map(String::as_str);
    let cohorts = model.cohorts.keys().copied();
    let known: Vec<&str> = numbers_known.chain(segments).chain(cohorts).collect();
    let others = |name: &str| {
        predicates.dimensions.contains_key(name)
            || model.kpis.contains_key(name)
            || model.aliases.contains_key(name)
    };
    let meant = meant(&used.names, &known, others);
    // One with findings may be unused because of them.
    let unsound = |name: &str| {
        let measure = numbers.measures.get(name).is_some_and(Option::is_none);
        measure || numbers.stocks.get(name).is_some_and(Option::is_none)
    };
    let has = |name: &Name| {
        let name = name.value.as_str();
        used.names.contains(name) || meant.contains(name) || unsound(name)
    };
    // An SQL source's text, which is read later, may use any parameter.
    let is_sql =
        |s: &&ast::Source| matches!(s.relation.as_ref().map(|r| &r.value), Some(ast::Relation::Sql(_)));
    if !model.sources.values().any(is_sql) {
        let known: Vec<&str> = model.params.keys().copied().collect();
        let meant = self::meant(&used.params, &known, |_| false);
        // Without its `$` it is reported where it stands.
        let has =
            |name: &str| used.params.contains(name) || meant.contains(name) || used.names.contains(name);
        for param in model.params.values().filter(|p| !has(&p.name.value)) {
            sink.push(warning(param.name, "parameter", "nothing uses it"));
        }
    }
    for source in model.sources.values() {
        for measure in source.measures.iter().filter(|m| !has(&m.header.name)) {
            sink.push(warning(&measure.header.name, "measure", "no KPI leads to it"));
        }
        for stock in source.stocks.iter().filter(|s| !has(&s.header.name)) {
            sink.push(warning(&stock.header.name, "stock", "no KPI leads to it"));
        }
    }
    let known: Vec<&str> = model.funnels.keys().copied().collect();
    let followed = self::meant(&used.qualifiers, &known, |_| false);
    let is_read = |name: &Name| {
        let name = name.value.as_str();
        used.qualifiers.contains(name) || followed.contains(name)
    };
    for funnel in model.funnels.values().filter(|f| !is_read(&f.header.name) && !has(&f.header.name)) {
        sink.push(warning(&funnel.header.name, "funnel", "no KPI counts who reaches its steps"));
    }
    for cohort in model.cohorts.values().filter(|c| !has(&c.header.name)) {
        sink.push(warning(&cohort.header.name, "cohort", "no KPI says what its entrants do"));
    }
    joins(numbers, sink);
}

/// What misspelt names mean: reported there, so not reported again as unused.
fn meant<'k>(used: &HashSet<&str>, known: &[&'k str], others: impl Fn(&str) -> bool) -> HashSet<&'k str> {
    const MOST: usize = 100;
    let all: HashSet<&str> = known.iter().copied().collect();
    let mut misspelt: Vec<&str> = used.iter().copied().filter(|n| !all.contains(n) && !others(n)).collect();
    misspelt.sort_unstable();
    misspelt.into_iter().take(MOST).filter_map(|name| nearest(name, known.iter().copied())).collect()
}

/// Joins that no expression goes through and that lead to no dimension.
fn joins<'m>(numbers: &Numbers<'m>, sink: &mut Sink) {
    for (id, names) in numbers.rows.sources.iter().enumerate() {
        let mut through: HashSet<&str> = HashSet::new();
        let mut see = |path: &'m ast::Path| {
            through.extend(path.qualifier.as_ref().map(|q| q.value.as_str()));
        };
        each_path(names.def, &mut see);
        each_path_of_tools(numbers.model, &names.def.header.name.value, &mut see);
        for (name, join) in &names.joins {
            let inherits = match (join.state, join.target) {
                (JoinState::Sound, Some(target)) => {
                    join.def.as_of.is_none() && !numbers.sources[target].reach.is_empty()
                }
                // Reported already.
                (JoinState::Broken, _) | (_, None) => true,
            };
            let is_sound = numbers.sources[id].joins.contains_key(*name);
            if !through.contains(name) && !inherits && is_sound {
                let source = numbers.rows.name(id);
                sink.push(warning(
                    &join.def.header.name,
                    "join",
                    &format!("no expression of `{source}` goes through it, and it leads to no dimension"),
                ));
            }
        }
    }
}

fn each_path<'m>(source: &'m ast::Source, see: &mut impl FnMut(&'m ast::Path)) {
    for measure in source.measures.iter().chain(&source.stocks) {
        walk::paths(&measure.value, see);
        measure.filter.iter().for_each(|f| walk::paths(f, see));
        measure.at.iter().for_each(&mut *see);
    }
    source.rows.iter().for_each(|r| walk::paths(&r.value, see));
    source.columns.iter().filter_map(|c| c.value.as_ref()).for_each(|e| walk::paths(e, see));
    source.dimensions.iter().filter_map(|d| d.value.as_ref()).for_each(|e| walk::paths(e, see));
    source.times.iter().for_each(|t| see(&t.value.column));
    source.active.iter().for_each(|a| {
        see(&a.value.from);
        see(&a.value.until);
    });
    source.snapshot.iter().for_each(|s| see(&s.value.column));
    source.joins.iter().flat_map(|j| &j.on).for_each(&mut *see);
}

/// What funnels and cohorts read of a source.
fn each_path_of_tools<'m>(model: &Model<'m>, source: &str, see: &mut impl FnMut(&'m ast::Path)) {
    let is_own = |name: &Option<Name>| name.as_ref().is_some_and(|name| name.value == source);
    for funnel in model.funnels.values() {
        for step in &funnel.steps {
            if is_own(&step.source) || step.source.is_none() && is_own(&funnel.over.source) {
                step.filter.iter().for_each(|f| walk::paths(f, see));
                step.at.iter().chain(&funnel.over.at).for_each(&mut *see);
            }
        }
    }
    for cohort in model.cohorts.values().filter(|cohort| is_own(&cohort.over.source)) {
        cohort.over.at.iter().for_each(&mut *see);
    }
}

fn warning(name: &Name, kind: &str, why: &str) -> Diagnostic {
    Diagnostic::warning(Code::Unused, name.span, format!("the {kind} `{}` is not used: {why}", name.value))
        .because("it is kept up to date for nothing, or a name is misspelt where it should be used")
        .help("use it, delete it, or turn the warning off in `kpic.yaml`: `lints: {unused: off}`")
}
