//! What a definition reads at once: the first step of every reason.

use super::definitions::{Definition, FISCAL_YEAR, MINIMUM_CELL, TIMESTAMPS, WEEKS, What, ZONE};
use super::name::{Kind, Name};
use super::project::Side;
use crate::resolve::resolved::{Number, NumberLeaf, StepTime};
use crate::syntax::ast::{self, Expr, KpiProperty, Path};
use crate::syntax::walk;

/// The definitions that one reads, nearest first; some of the names may be nobody's.
pub fn reads(side: Side<'_>, name: &Name, definition: &Definition<'_>) -> Vec<Name> {
    let mut found = Reads { side, found: Vec::new() };
    match &definition.what {
        What::Setting(_) | What::Parameter(_) | What::Event(_) => {}
        What::Source(source) => found.rows(source),
        What::Join(source, join) => {
            found.add(Name::new(Kind::Source, &join.source.value));
            let on = join.on.iter().chain(join.as_of.iter().map(|as_of| &as_of.column));
            on.for_each(|path| found.column(source, path));
            let as_of = join.as_of.iter().flat_map(|as_of| as_of.within.iter().chain(&as_of.filter));
            let target = side.model.sources.get(join.source.value.as_str()).copied().unwrap_or(source);
            as_of.for_each(|e| found.row(target, e));
            found.times();
        }
        What::Column(source, column) => {
            column.value.iter().for_each(|e| found.row_but(source, e, &name.id));
            found.times();
        }
        What::Dimension(source, dimension) => match &dimension.value {
            Some(value) => {
                found.row(source, value);
                found.add(Name::of(Kind::Column, &name.id, &source.header.name.value));
                found.times();
            }
            None => found.add(Name::of(Kind::Column, &name.id, &source.header.name.value)),
        },
        What::Measure(source, measure) | What::Stock(source, measure) => {
            found.row(source, &measure.value);
            measure.filter.iter().for_each(|e| found.row(source, e));
            measure.at.iter().for_each(|path| found.column(source, path));
            found.add(Name::new(Kind::Source, &source.header.name.value));
            let axes = source.times.iter().map(|time| &time.value.column);
            axes.for_each(|path| found.column(source, path));
            found.times();
        }
        What::Segment(segment) => {
            // Bands are read by their segmentation, which has the numbers.
            let bands = side.model.segmentations.values().find(|all| {
                all.per.is_some() && all.segments.iter().any(|one| one.header.name.value == name.id)
            });
            match bands {
                Some(bands) => found.add(Name::new(Kind::Segmentation, &bands.header.name.value)),
                None => segment.predicate.iter().for_each(|e| found.condition(e)),
            }
        }
        What::Segmentation(segmentation) => {
            for segment in segmentation.segments.iter().filter(|_| segmentation.per.is_none()) {
                found.add(Name::new(Kind::Segment, &segment.header.name.value));
                segment.predicate.iter().for_each(|e| found.condition(e));
            }
            let bands = side.resolved.bands.get(&name.id);
            bands.iter().flat_map(|bands| &bands.segments).for_each(|(_, number)| {
                number.iter().for_each(|number| found.number(number));
            });
            segmentation.per.iter().for_each(|path| found.dimension(&path.name.value));
        }
        What::Funnel(funnel) => {
            let sources =
                funnel.over.source.iter().chain(funnel.steps.iter().filter_map(|s| s.source.as_ref()));
            sources.for_each(|source| found.add(Name::new(Kind::Source, &source.value)));
            for step in &funnel.steps {
                let source = step.source.as_ref().or(funnel.over.source.as_ref());
                let source = source.and_then(|name| side.model.sources.get(name.value.as_str()));
                source.into_iter().for_each(|source| {
                    step.filter.iter().for_each(|e| found.row(source, e));
                    step.at.iter().for_each(|path| found.column(source, path));
                });
            }
            funnel.over.within.iter().for_each(|e| found.parameters(e));
            found.dimension(&funnel.over.by.value);
            found.times();
        }
        What::Cohort(cohort) => {
            let source = cohort.over.source.iter();
            source.for_each(|source| found.add(Name::new(Kind::Source, &source.value)));
            found.dimension(&cohort.over.by.value);
            found.times();
        }
        What::Kpi(kpi, earlier) => {
            found.kpi(kpi, earlier);
            if let Some(known) = side.resolved.kpis.get(&name.id) {
                found.number(&known.value);
                known.segments.iter().for_each(|id| found.add(Name::new(Kind::Segment, id)));
                known.by.iter().for_each(|id| found.dimension(id));
            }
            // Last: nearer things are better reasons.
            for setting in [WEEKS, FISCAL_YEAR, MINIMUM_CELL] {
                found.add(Name::new(Kind::Setting, setting));
            }
        }
        What::Assertion(assertion) => {
            found.condition(&assertion.condition);
            if let Some(known) = side.resolved.assertions.get(&name.id) {
                found.number(&known.kpi.value);
            }
        }
        What::Objective(_) | What::Dashboard(_) => {}
    }
    found.found
}

struct Reads<'a> {
    side: Side<'a>,
    found: Vec<Name>,
}

impl Reads<'_> {
    fn add(&mut self, name: Name) {
        if !self.found.contains(&name) {
            self.found.push(name);
        }
    }

    /// Zones in which times are read and cut.
    fn times(&mut self) {
        self.add(Name::new(Kind::Setting, TIMESTAMPS));
        self.add(Name::new(Kind::Setting, ZONE));
    }

    fn parameters(&mut self, e: &Expr) {
        walk::params(e, &mut |param| self.add(Name::new(Kind::Parameter, param)));
    }

    /// An expression over a source's rows.
    fn row(&mut self, source: &ast::Source, e: &Expr) {
        self.row_but(source, e, "");
    }

    fn row_but(&mut self, source: &ast::Source, e: &Expr, own: &str) {
        walk::paths(e, &mut |path| {
            if path.qualifier.is_some() || path.name.value != own {
                self.column(source, path);
            }
        });
        self.parameters(e);
    }

    /// What a name in a source's rows may be.
    fn column(&mut self, source: &ast::Source, path: &Path) {
        let own = &source.header.name.value;
        let Some(join) = &path.qualifier else {
            self.add(Name::of(Kind::Dimension, &path.name.value, own));
            self.add(Name::of(Kind::Column, &path.name.value, own));
            return;
        };
        let target = source.joins.iter().find(|j| j.header.name == *join).map(|j| &j.source.value);
        if let Some(target) = target {
            self.add(Name::of(Kind::Dimension, &path.name.value, target));
            self.add(Name::of(Kind::Column, &path.name.value, target));
        }
        self.add(Name::of(Kind::Join, &join.value, own));
    }

    /// What a source says of its rows.
    fn rows(&mut self, source: &ast::Source) {
        source.rows.iter().for_each(|rows| self.row(source, &rows.value));
        let intervals = source.active.iter().chain(&source.valid);
        let times = intervals.flat_map(|interval| [&interval.value.from, &interval.value.until]);
        let times = times.chain(source.snapshot.iter().map(|snapshot| &snapshot.value.column));
        times
            .chain(source.times.iter().map(|time| &time.value.column))
            .for_each(|path| self.column(source, path));
        if let Some(ast::Relation::Sql(_)) = source.relation.as_ref().map(|relation| &relation.value) {
            let params = self.side.model.params.keys();
            params.for_each(|param| self.add(Name::new(Kind::Parameter, *param)));
        }
    }

    /// A dimension wherever it is declared, and as bands of members.
    fn dimension(&mut self, id: &str) {
        for source in self.side.model.sources.values() {
            if source.dimensions.iter().any(|dimension| dimension.header.name.value == id) {
                self.add(Name::of(Kind::Dimension, id, &source.header.name.value));
            }
        }
        self.add(Name::new(Kind::Segmentation, id));
        if let Some(funnel) = id.strip_suffix(".step") {
            self.add(Name::new(Kind::Funnel, funnel));
        }
    }

    /// Names over dimensions, segments among them.
    fn condition(&mut self, e: &Expr) {
        walk::paths(e, &mut |path| {
            self.add(Name::new(Kind::Segment, &path.name.value));
            self.dimension(&path.name.value);
        });
        self.parameters(e);
    }

    fn kpi(&mut self, kpi: &ast::Kpi, earlier: &[&ast::Kpi]) {
        let formulas = std::iter::once(kpi).chain(earlier.iter().copied());
        for formula in formulas.filter_map(|def| def.value.as_ref()) {
            self.parameters(formula);
            walk::paths(formula, &mut |path| self.add(Name::new(Kind::Segment, &path.name.value)));
        }
        for property in &kpi.properties {
            if let KpiProperty::Settled(e) | KpiProperty::Empty(e) = &property.value {
                self.parameters(e);
            }
        }
    }

    /// What a formula means, by name.
    fn number(&mut self, number: &Number) {
        let mut leaves = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            self.leaf(leaf);
            leaf.inner().into_iter().for_each(|number| self.number(number));
        }
    }

    fn leaf(&mut self, leaf: &NumberLeaf) {
        match leaf {
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => self.add(Name::new(Kind::Kpi, id)),
            NumberLeaf::Measure(id) => self.measure(id),
            NumberLeaf::Stock(id, _) => self.stock(id),
            NumberLeaf::TimeShare(share) => share.condition.leaves(&mut |existing| {
                self.stock(&existing.stock);
                existing.restricted.iter().for_each(|p| p.leaves(&mut |id| self.dimension(id)));
            }),
            NumberLeaf::Restrict(_, predicate) => predicate.leaves(&mut |id| self.dimension(id)),
            NumberLeaf::Total(_, ids) => ids.iter().for_each(|id| self.dimension(id)),
            NumberLeaf::PerMember(per) => per.dimensions.iter().for_each(|id| self.dimension(id)),
            NumberLeaf::Step(funnel, _)
            | NumberLeaf::EachStep(funnel, _)
            | NumberLeaf::StepTime(StepTime { funnel, .. }) => self.add(Name::new(Kind::Funnel, funnel)),
            NumberLeaf::Entrants(entrants) => {
                self.measure(&entrants.measure);
                self.add(Name::new(Kind::Cohort, &entrants.cohort));
                entrants.restricted.iter().for_each(|p| p.leaves(&mut |id| self.dimension(id)));
            }
            NumberLeaf::Previous(..)
            | NumberLeaf::Window(..)
            | NumberLeaf::OverPeriods(_)
            | NumberLeaf::Versions(_)
            | NumberLeaf::Rank(..) => {}
        }
    }

    fn measure(&mut self, id: &str) {
        let source = self.side.resolved.measures.get(id).map(|measure| measure.source.clone());
        source.into_iter().for_each(|source| self.add(Name::of(Kind::Measure, id, source)));
    }

    fn stock(&mut self, id: &str) {
        let source = self.side.resolved.stocks.get(id).map(|stock| stock.source.clone());
        source.into_iter().for_each(|source| self.add(Name::of(Kind::Stock, id, source)));
    }
}
