//! Measures, stocks, tools and KPIs, and what KPIs are for.

use std::collections::{HashMap, HashSet};

use super::draft::Draft;
use super::rows::{Place, Rows, tell};
use super::{Kind, NodeId, Role};
use crate::resolve::resolved::{Kpi, Number, NumberLeaf, StepTime};
use crate::syntax::ast::{self, Expr, ExprKind, KpiProperty};
use crate::syntax::{format, walk};

/// Adds everything that is computed.
pub fn add<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>) {
    for source in rows.resolved.sources.keys().filter_map(|name| rows.source(name)) {
        let sound = |m: &&ast::Measure| rows.resolved.measures.contains_key(&m.header.name.value);
        for def in source.measures.iter().filter(sound) {
            measure(rows, draft, source, def);
        }
        let sound = |m: &&ast::Measure| rows.resolved.stocks.contains_key(&m.header.name.value);
        for def in source.stocks.iter().filter(sound) {
            stock(rows, draft, source, def);
        }
    }
    funnels(rows, draft);
    cohorts(rows, draft);
    segments(rows, draft);
    let mut numbers = Numbers { rows, draft, known: HashMap::new() };
    numbers.bands();
    for kpi in rows.resolved.kpis.values() {
        numbers.kpi(Kind::Kpi, kpi);
    }
    for assertion in rows.resolved.assertions.values() {
        numbers.kpi(Kind::Assertion, &assertion.kpi);
    }
    numbers.purposes();
    rows.finish(draft);
}

// ------------------------------------------------------- beneath formulas

fn measure<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>, source: &'m ast::Source, def: &'m ast::Measure) {
    let node = aggregate(rows, draft, Kind::Measure, source, def);
    let time = def.at.as_ref().or(source.times.first().map(|time| &time.value.column));
    if let Some(time) = time {
        rows.path(draft, node, source, Place::Column, time, Role::Time);
    }
}

fn stock<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>, source: &'m ast::Source, def: &'m ast::Measure) {
    let node = aggregate(rows, draft, Kind::Stock, source, def);
    let interval = source.active.iter().flat_map(|active| [&active.value.from, &active.value.until]);
    let day = source.snapshot.iter().map(|snapshot| &snapshot.value.column);
    for path in interval.chain(day) {
        rows.path(draft, node, source, Place::Column, path, Role::Time);
    }
}

fn aggregate<'m>(
    rows: &Rows<'m>,
    draft: &mut Draft<'m>,
    kind: Kind,
    source: &'m ast::Source,
    def: &'m ast::Measure,
) -> NodeId {
    let node = draft.graph.add(kind, format::name(&def.header.name.value));
    tell(&mut draft.graph, node, &def.header);
    rows.rows_of(draft, node, source);
    rows.expression(draft, node, source, Place::Row, &def.value, Role::Value);
    if let Some(filter) = &def.filter {
        rows.expression(draft, node, source, Place::Row, filter, Role::Condition);
    }
    node
}

fn funnels<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>) {
    for (id, funnel) in &rows.resolved.funnels {
        let Some(def) = rows.model.funnels.get(id.as_str()).copied() else { continue };
        let node = draft.graph.add(Kind::Funnel, format::name(id));
        tell(&mut draft.graph, node, &def.header);
        for (step, written) in funnel.steps.iter().zip(&def.steps) {
            let Some(source) = rows.source(&step.source) else { continue };
            rows.rows_of(draft, node, source);
            rows.reached(draft, node, &step.source, &funnel.entity, Role::Member);
            let of_funnel = def.over.at.as_ref().filter(|_| written.source.is_none());
            let time = written.at.as_ref().or(of_funnel);
            let time = time.or(source.times.first().map(|time| &time.value.column));
            if let Some(time) = time {
                rows.path(draft, node, source, Place::Column, time, Role::Time);
            }
            if let Some(filter) = &written.filter {
                rows.expression(draft, node, source, Place::Row, filter, Role::Condition);
            }
        }
    }
}

fn cohorts<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>) {
    for (id, cohort) in &rows.resolved.cohorts {
        let Some(def) = rows.model.cohorts.get(id.as_str()).copied() else { continue };
        let Some(source) = rows.source(&cohort.source) else { continue };
        let node = draft.graph.add(Kind::Cohort, format::name(id));
        tell(&mut draft.graph, node, &def.header);
        rows.rows_of(draft, node, source);
        rows.reached(draft, node, &cohort.source, &cohort.entity, Role::Member);
        let time = def.over.at.as_ref().or(source.times.first().map(|time| &time.value.column));
        if let Some(time) = time {
            rows.path(draft, node, source, Place::Column, time, Role::Time);
        }
    }
}

/// Segments by all sources that have their dimensions. Who goes by a segment reads the
/// dimensions of its own sources alone, and is linked to those itself.
fn segments<'m>(rows: &Rows<'m>, draft: &mut Draft<'m>) {
    for (id, segment) in &rows.resolved.segments {
        let node = draft.graph.add(Kind::Segment, format::name(id));
        draft.graph.tell(node, id, segment.label.as_deref(), Some(segment.span));
        segment.predicate.leaves(&mut |dimension| {
            for source in rows.resolved.sources.values() {
                if source.dimensions.contains_key(dimension) {
                    rows.reached(draft, node, &source.name, dimension, Role::Condition);
                }
            }
        });
    }
}

// --------------------------------------------------------------- formulas

struct Numbers<'r, 'm> {
    rows: &'r Rows<'m>,
    draft: &'r mut Draft<'m>,
    /// The sources of KPIs that were looked at.
    known: HashMap<&'m str, Vec<&'m str>>,
}

impl<'m> Numbers<'_, 'm> {
    fn kpi(&mut self, kind: Kind, kpi: &'m Kpi) {
        let node = self.draft.graph.add(kind, format::name(&kpi.id));
        tell(&mut self.draft.graph, node, &kpi.definition.header);
        for alias in kpi.aliases() {
            self.draft.graph.tell(node, alias, None, None);
        }
        let sources = self.beneath(&kpi.value);
        self.number(node, &sources, &kpi.value);
        self.known.insert(&kpi.id, sources.clone());
        for def in kpi.earlier.iter().chain([&kpi.definition]) {
            if let Some(formula) = &def.value {
                self.conditions(node, &sources, formula);
            }
        }
        for property in &kpi.definition.properties {
            match &property.value {
                KpiProperty::By(by) => by.iter().for_each(|path| {
                    self.dimension(node, &sources, &dotted(path), Role::Slice);
                }),
                KpiProperty::Segments(names) => {
                    names.iter().for_each(|name| self.segment(node, &sources, &name.value, Role::Slice));
                }
                _ => {}
            }
        }
        for target in &kpi.goals.targets {
            for (dimension, _) in &target.scope.members {
                self.dimension(node, &sources, dimension, Role::Target);
            }
            if let Some(segment) = &target.scope.segment {
                self.segment(node, &sources, segment, Role::Target);
            }
        }
    }

    /// Links a node to what a formula reads.
    fn number(&mut self, node: NodeId, sources: &[&'m str], number: &'m Number) {
        let mut leaves = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            self.leaf(node, sources, leaf);
            leaf.inner().into_iter().for_each(|inner| self.number(node, sources, inner));
        }
    }

    fn leaf(&mut self, node: NodeId, sources: &[&'m str], leaf: &'m NumberLeaf) {
        let mut link = |kind, id: &str| {
            let to = self.draft.graph.add(kind, format::name(id));
            self.draft.graph.link(node, to, Role::Value);
        };
        match leaf {
            NumberLeaf::Measure(id) => link(Kind::Measure, id),
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => link(Kind::Kpi, id),
            NumberLeaf::Stock(id, _) => link(Kind::Stock, id),
            NumberLeaf::TimeShare(share) => {
                share.condition.leaves(&mut |existing| link(Kind::Stock, &existing.stock));
            }
            NumberLeaf::Step(funnel, _)
            | NumberLeaf::EachStep(funnel, _)
            | NumberLeaf::StepTime(StepTime { funnel, .. }) => link(Kind::Funnel, funnel),
            NumberLeaf::Entrants(entrants) => {
                link(Kind::Cohort, &entrants.cohort);
                link(Kind::Measure, &entrants.measure);
            }
            NumberLeaf::PerMember(per) => {
                for dimension in &per.dimensions {
                    self.dimension(node, sources, dimension, Role::Member);
                }
            }
            NumberLeaf::Total(_, dimensions) => {
                for dimension in dimensions {
                    self.dimension(node, sources, dimension, Role::Slice);
                }
            }
            // What they hold is read itself; conditions are read as they are written.
            NumberLeaf::Restrict(..)
            | NumberLeaf::Previous(..)
            | NumberLeaf::Window(..)
            | NumberLeaf::OverPeriods(_)
            | NumberLeaf::Versions(_)
            | NumberLeaf::Rank(..) => {}
        }
    }

    /// The dimensions and segments of every `where` in a formula.
    fn conditions(&mut self, node: NodeId, sources: &[&'m str], formula: &'m Expr) {
        let mut names = Vec::new();
        walk::each(formula, &mut |part| {
            if let ExprKind::Where { predicate, .. } = &part.value {
                walk::paths(predicate, &mut |path| names.push(dotted(path)));
            }
        });
        for name in names {
            if self.rows.resolved.segments.contains_key(&name) {
                self.segment(node, sources, &name, Role::Condition);
            } else {
                self.dimension(node, sources, &name, Role::Condition);
            }
        }
    }

    /// A segment, or all of a segmentation, and its dimensions as the sources have them.
    fn segment(&mut self, node: NodeId, sources: &[&'m str], name: &str, role: Role) {
        let resolved = self.rows.resolved;
        if let Some(segments) = resolved.segmentations.get(name) {
            return segments.iter().for_each(|segment| self.segment(node, sources, segment, role));
        }
        let Some(segment) = resolved.segments.get(name) else {
            return self.dimension(node, sources, name, role);
        };
        let to = self.draft.graph.add(Kind::Segment, format::name(name));
        self.draft.graph.link(node, to, role);
        let mut dimensions = Vec::new();
        segment.predicate.leaves(&mut |dimension| dimensions.push(dimension));
        for dimension in dimensions {
            self.dimension(node, sources, dimension, role);
        }
    }

    /// A dimension as each of the sources reaches it.
    fn dimension(&mut self, node: NodeId, sources: &[&'m str], dimension: &str, role: Role) {
        if self.rows.resolved.bands.contains_key(dimension) {
            let to = self.draft.graph.add(Kind::Bands, format::name(dimension));
            return self.draft.graph.link(node, to, role);
        }
        for source in sources {
            self.rows.reached(self.draft, node, source, dimension, role);
        }
    }

    /// The sources that a formula reads, through other KPIs, too.
    fn beneath(&self, number: &'m Number) -> Vec<&'m str> {
        let mut found = Vec::new();
        self.gather(number, &mut found);
        found
    }

    /// KPI after KPI: they may stand upon each other in a chain of any length.
    fn gather(&self, number: &'m Number, found: &mut Vec<&'m str>) {
        let mut seen: HashSet<&str> = HashSet::new();
        let mut ahead = vec![number];
        while let Some(number) = ahead.pop() {
            let mut kpis = Vec::new();
            self.own_sources(number, &mut kpis, found);
            for id in kpis.into_iter().filter(|id| seen.insert(id)) {
                match self.known.get(id) {
                    Some(sources) => sources.iter().for_each(|source| push(found, source)),
                    None => ahead.extend(self.rows.resolved.kpis.get(id).map(|kpi| &kpi.value)),
                }
            }
        }
    }

    /// The sources that a formula reads itself, and the KPIs that it reads.
    fn own_sources(&self, number: &'m Number, kpis: &mut Vec<&'m str>, found: &mut Vec<&'m str>) {
        let resolved = self.rows.resolved;
        let mut leaves = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            let mut add = |source: Option<&'m String>| source.into_iter().for_each(|s| push(found, s));
            let stock = |id: &String| resolved.stocks.get(id).map(|stock| &stock.source);
            match leaf {
                NumberLeaf::Measure(id) => add(resolved.measures.get(id).map(|m| &m.source)),
                NumberLeaf::Stock(id, _) => add(stock(id)),
                NumberLeaf::TimeShare(share) => {
                    share.condition.leaves(&mut |existing| add(stock(&existing.stock)));
                }
                NumberLeaf::Step(funnel, _)
                | NumberLeaf::EachStep(funnel, _)
                | NumberLeaf::StepTime(StepTime { funnel, .. }) => {
                    let steps = resolved.funnels.get(funnel).into_iter().flat_map(|funnel| &funnel.steps);
                    steps.for_each(|step| add(Some(&step.source)));
                }
                NumberLeaf::Entrants(entrants) => {
                    add(resolved.cohorts.get(&entrants.cohort).map(|cohort| &cohort.source));
                    add(resolved.measures.get(&entrants.measure).map(|m| &m.source));
                }
                NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => kpis.push(id),
                NumberLeaf::Restrict(..)
                | NumberLeaf::Total(..)
                | NumberLeaf::Previous(..)
                | NumberLeaf::Window(..)
                | NumberLeaf::OverPeriods(_)
                | NumberLeaf::PerMember(_)
                | NumberLeaf::Versions(_)
                | NumberLeaf::Rank(..) => {}
            }
            leaf.inner().into_iter().for_each(|inner| self.own_sources(inner, kpis, found));
        }
    }

    fn bands(&mut self) {
        for (id, bands) in &self.rows.resolved.bands {
            let node = self.draft.graph.add(Kind::Bands, format::name(id));
            self.draft.graph.tell(node, id, None, Some(bands.span));
            if let Some(def) = self.rows.model.segmentations.get(id.as_str()) {
                tell(&mut self.draft.graph, node, &def.header);
            }
            for number in bands.segments.iter().filter_map(|(_, number)| number.as_ref()) {
                let sources = self.beneath(number);
                self.number(node, &sources, number);
                self.dimension(node, &sources, &bands.dimension, Role::Member);
            }
        }
    }

    // ------------------------------------------------------- above formulas

    fn purposes(&mut self) {
        let resolved = self.rows.resolved;
        for (id, objective) in &resolved.objectives {
            let node = self.draft.graph.add(Kind::Objective, format::name(id));
            tell(&mut self.draft.graph, node, &objective.definition.header);
            self.shows(node, &objective.kpis, Role::Serves);
        }
        for (id, objective) in &resolved.objectives {
            if let Some(parent) =
                objective.parent().filter(|parent| resolved.objectives.contains_key(*parent))
            {
                let child = self.draft.graph.add(Kind::Objective, format::name(id));
                let parent = self.draft.graph.add(Kind::Objective, format::name(parent));
                self.draft.graph.link(parent, child, Role::Serves);
            }
        }
        for (id, dashboard) in &resolved.dashboards {
            let node = self.draft.graph.add(Kind::Dashboard, format::name(id));
            tell(&mut self.draft.graph, node, &dashboard.definition.header);
            self.shows(node, &dashboard.kpis, Role::Shown);
            let mut sources = Vec::new();
            for kpi in dashboard.kpis.iter().filter_map(|id| resolved.kpis.get(id)) {
                self.gather(&kpi.value, &mut sources);
            }
            for dimension in &dashboard.by {
                self.dimension(node, &sources, dimension, Role::Slice);
            }
        }
    }

    fn shows(&mut self, node: NodeId, kpis: &'m [String], role: Role) {
        for id in kpis.iter().filter(|id| self.rows.resolved.kpis.contains_key(*id)) {
            let kpi = self.draft.graph.add(Kind::Kpi, format::name(id));
            self.draft.graph.link(node, kpi, role);
        }
    }
}

fn push<'m>(found: &mut Vec<&'m str>, source: &'m str) {
    if !found.contains(&source) {
        found.push(source);
    }
}

fn dotted(path: &ast::Path) -> String {
    match &path.qualifier {
        Some(qualifier) => format!("{}.{}", qualifier.value, path.name.value),
        None => path.name.value.clone(),
    }
}
