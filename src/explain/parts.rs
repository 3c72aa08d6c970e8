//! What a formula is made of: KPIs, measures, stocks, funnels, cohorts, segments, bands, each
//! with its definition, the same in words, and the rows it reads.

use std::collections::HashSet;

use super::number::Numbers;
use super::page::Part;
use super::phrases::fill;
use super::rows::Rows;
use super::voice::Voice;
use crate::lineage::{Direction, Graph, Kind, Part as Reach};
use crate::model::Model;
use crate::resolve::resolved::{Balance, Number, NumberLeaf, Predicate, Resolved, Row, StepTime};
use crate::syntax::{ast, format};

/// Something that a formula leads to, in the order met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Beneath<'a> {
    Kpi(&'a str),
    Measure(&'a str),
    /// Read in a period, or (`None`) at every instant.
    Stock(&'a str, Option<Balance>),
    Funnel(&'a str),
    Cohort(&'a str),
    Segment(&'a str),
    Bands(&'a str),
}

/// What stands beneath a formula, KPIs first: they are nearest to it.
pub fn beneath(number: &Number, model: &Model<'_>, resolved: &Resolved, voice: &Voice) -> Vec<Part> {
    let mut found = Found { resolved, all: Vec::new(), seen: HashSet::new() };
    let mut ahead = vec![number];
    while let Some(number) = ahead.pop() {
        let before = found.all.len();
        found.number(number);
        // KPI after KPI: they may stand upon each other in a chain of any length.
        let new = found.all[before..].iter().rev();
        ahead.extend(new.filter_map(|part| match part {
            Beneath::Kpi(id) => resolved.kpis.get(*id).map(|kpi| &kpi.value),
            _ => None,
        }));
    }
    found.all.sort_by_key(|part| !matches!(part, Beneath::Kpi(_)));
    let teller = Teller {
        model,
        voice,
        numbers: Numbers { voice, resolved },
        rows: Rows { voice, resolved, source: None },
        resolved,
    };
    let all = &found.all;
    all.iter().filter_map(|part| teller.part(*part, all)).collect()
}

struct Found<'a> {
    resolved: &'a Resolved,
    all: Vec<Beneath<'a>>,
    seen: HashSet<Beneath<'a>>,
}

impl<'a> Found<'a> {
    fn push(&mut self, part: Beneath<'a>) {
        if self.seen.insert(part) {
            self.all.push(part);
        }
    }

    fn number(&mut self, number: &'a Number) {
        let mut leaves = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            self.leaf(leaf);
            leaf.inner().into_iter().for_each(|inner| self.number(inner));
        }
    }

    fn leaf(&mut self, leaf: &'a NumberLeaf) {
        match leaf {
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => self.push(Beneath::Kpi(id)),
            NumberLeaf::Measure(id) => self.push(Beneath::Measure(id)),
            NumberLeaf::Stock(id, balance) => self.push(Beneath::Stock(id, Some(*balance))),
            NumberLeaf::TimeShare(share) => {
                share.condition.leaves(&mut |existing| {
                    self.push(Beneath::Stock(&existing.stock, None));
                    existing.restricted.iter().for_each(|predicate| self.predicate(predicate));
                });
            }
            NumberLeaf::Step(funnel, _)
            | NumberLeaf::EachStep(funnel, _)
            | NumberLeaf::StepTime(StepTime { funnel, .. }) => self.push(Beneath::Funnel(funnel)),
            NumberLeaf::Entrants(entrants) => {
                self.push(Beneath::Cohort(&entrants.cohort));
                self.push(Beneath::Measure(&entrants.measure));
                entrants.restricted.iter().for_each(|predicate| self.predicate(predicate));
            }
            NumberLeaf::Restrict(_, predicate) => self.predicate(predicate),
            NumberLeaf::PerMember(per) => {
                per.dimensions.iter().for_each(|dimension| self.dimension(dimension))
            }
            NumberLeaf::Total(_, dimensions) => {
                dimensions.iter().for_each(|dimension| self.dimension(dimension));
            }
            NumberLeaf::Previous(..)
            | NumberLeaf::Window(..)
            | NumberLeaf::OverPeriods(_)
            | NumberLeaf::Versions(_)
            | NumberLeaf::Rank(..) => {}
        }
    }

    /// A segment that is said by its name, or bands that a condition names.
    fn predicate(&mut self, predicate: &'a Predicate) {
        let segment = self.resolved.segments.values().find(|segment| segment.predicate == *predicate);
        if let Some(segment) = segment {
            self.push(Beneath::Segment(&segment.id));
        }
        predicate.leaves(&mut |dimension| self.dimension(dimension));
    }

    fn dimension(&mut self, dimension: &'a str) {
        let Some(bands) = self.resolved.bands.get(dimension) else { return };
        self.push(Beneath::Bands(&bands.id));
        bands
            .segments
            .iter()
            .filter_map(|(_, number)| number.as_ref())
            .for_each(|number| self.number(number));
    }
}

struct Teller<'a> {
    model: &'a Model<'a>,
    voice: &'a Voice,
    resolved: &'a Resolved,
    numbers: Numbers<'a>,
    rows: Rows<'a>,
}

impl Teller<'_> {
    fn part(&self, part: Beneath<'_>, all: &[Beneath<'_>]) -> Option<Part> {
        match part {
            Beneath::Kpi(id) => self.kpi(id),
            Beneath::Measure(id) => self.measure(id),
            Beneath::Stock(id, balance) => {
                let of = |other: &Beneath<'_>| match other {
                    Beneath::Stock(same, balance) if *same == id => Some(*balance),
                    _ => None,
                };
                let readings: Vec<Option<Balance>> = all.iter().filter_map(of).collect();
                // Every reading of a stock is told with its first one.
                if readings.first() == Some(&balance) { self.stock(id, &readings) } else { None }
            }
            Beneath::Funnel(id) => self.funnel(id),
            Beneath::Cohort(id) => self.cohort(id),
            Beneath::Segment(id) => {
                let segment = self.resolved.segments.get(id)?;
                let words =
                    fill(self.voice.phrases.segment, &[&self.numbers.predicate(&segment.predicate).text]);
                Some(self.told(Kind::Segment, id, None, vec![words]))
            }
            Beneath::Bands(id) => self.bands(id),
        }
    }

    fn told(&self, kind: Kind, id: &str, definition: Option<String>, lines: Vec<String>) -> Part {
        let p = self.voice.phrases;
        let word = match kind {
            Kind::Kpi => p.kpi_part,
            Kind::Stock => p.stock_part,
            Kind::Funnel => p.funnel_part,
            Kind::Cohort => p.cohort_part,
            Kind::Segment => p.segment_part,
            Kind::Bands => p.bands_part,
            _ => p.measure_part,
        };
        Part { kind: kind.key(), word, id: id.to_string(), definition, lines }
    }

    fn kpi(&self, id: &str) -> Option<Part> {
        let p = self.voice.phrases;
        let kpi = self.resolved.kpis.get(id)?;
        let mut lines = vec![self.numbers.say(&kpi.value).text];
        if kpi.definition.value.is_none() {
            lines = vec![fill(p.is_measure, &[&self.voice.name(id)])];
        }
        lines.extend(kpi.settled.map(|wait| fill(p.waits, &[&self.voice.length(wait)])));
        let definition = kpi.definition.value.as_ref().map(format::expression);
        Some(self.told(Kind::Kpi, id, definition, lines))
    }

    fn definition<'m>(
        &'m self,
        source: &str,
        id: &str,
        of: fn(&ast::Source) -> &Vec<ast::Measure>,
    ) -> Option<String> {
        let source = self.model.sources.get(source)?;
        let def = of(source).iter().find(|def| def.header.name.value == id)?;
        let at = def.at.as_ref().map(|at| format!(" at {}", format::path(at))).unwrap_or_default();
        let filter = def.filter.as_ref().map(|f| format!(" where {}", format::expression(f)));
        Some(format!("{}{at}{}", format::expression(&def.value), filter.unwrap_or_default()))
    }

    fn measure(&self, id: &str) -> Option<Part> {
        let measure = self.resolved.measures.get(id)?;
        let source = self.resolved.sources.get(&measure.source)?;
        let rows = self.rows.of(source);
        let mut lines =
            vec![rows.aggregate(&measure.aggregate, measure.unit.as_ref(), measure.filter.as_ref())];
        lines.extend(rows.source(source));
        let read = measure.aggregate.rows().into_iter().chain(&measure.filter).chain(&source.rows);
        lines.extend(rows.dimensions(read.clone()));
        lines.extend(self.rows.joins(source, read, &[&measure.axis]));
        lines.push(self.rows.time(&measure.axis));
        let definition = self.definition(&measure.source, id, |source| &source.measures);
        Some(self.told(Kind::Measure, id, definition, lines))
    }

    fn stock(&self, id: &str, readings: &[Option<Balance>]) -> Option<Part> {
        let stock = self.resolved.stocks.get(id)?;
        let source = self.resolved.sources.get(&stock.source)?;
        let rows = self.rows.of(source);
        let mut lines = vec![rows.aggregate(&stock.aggregate, stock.unit.as_ref(), stock.filter.as_ref())];
        lines.extend(rows.source(source));
        let read = stock.aggregate.rows().into_iter().chain(&stock.filter).chain(&source.rows);
        lines.extend(rows.dimensions(read.clone()));
        lines.extend(self.rows.joins(source, read, &[]));
        lines.push(self.rows.existence(&stock.exists));
        let readings: Vec<&str> = readings.iter().map(|balance| self.rows.reading(*balance)).collect();
        lines.push(readings.join(self.voice.phrases.semicolon));
        let definition = self.definition(&stock.source, id, |source| &source.stocks);
        Some(self.told(Kind::Stock, id, definition, lines))
    }

    fn funnel(&self, id: &str) -> Option<Part> {
        let (v, p) = (self.voice, self.voice.phrases);
        let funnel = self.resolved.funnels.get(id)?;
        let each = fill(p.funnel, &[&v.name(&funnel.entity)]);
        let mut lines = vec![match funnel.within {
            Some(within) => fill(p.funnel_within, &[&each, &v.length(within)]),
            None => each,
        }];
        for step in &funnel.steps {
            let time = self.rows.time(&step.axis);
            let text = fill(p.funnel_step, &[&v.name(&step.id), &v.name(&step.source), &time]);
            lines.push(match &step.filter {
                Some(filter) => {
                    let source = self.resolved.sources.get(&step.source);
                    let rows = source.map_or(self.rows, |source| self.rows.of(source));
                    fill(p.funnel_step_where, &[&text, &rows.condition(filter)])
                }
                None => text,
            });
            if let Some(source) = self.resolved.sources.get(&step.source) {
                let rows: Vec<&Row> = step.filter.iter().chain(&source.rows).collect();
                let own = self.rows.of(source);
                let more = own.source(source).into_iter().chain(own.dimensions(rows.iter().copied()));
                let more = more.chain(self.rows.joins(source, rows.into_iter(), &[&step.axis]));
                for line in more {
                    if !lines.contains(&line) {
                        lines.push(line);
                    }
                }
            }
        }
        Some(self.told(Kind::Funnel, id, None, lines))
    }

    fn cohort(&self, id: &str) -> Option<Part> {
        let cohort = self.resolved.cohorts.get(id)?;
        let mut lines = vec![fill(self.voice.phrases.cohort, &[&self.voice.name(&cohort.entity)])];
        if let Some(source) = self.resolved.sources.get(&cohort.source) {
            let rows = self.rows.of(source);
            lines.extend(rows.source(source));
            lines.extend(rows.dimensions(source.rows.iter()));
        }
        lines.push(self.rows.time(&cohort.axis));
        Some(self.told(Kind::Cohort, id, None, lines))
    }

    fn bands(&self, id: &str) -> Option<Part> {
        let (v, p) = (self.voice, self.voice.phrases);
        let bands = self.resolved.bands.get(id)?;
        let mut lines = vec![fill(p.bands, &[&v.name(&bands.dimension)])];
        for (segment, number) in &bands.segments {
            let name = v.name(segment);
            lines.push(match number {
                Some(number) => fill(p.band, &[&name, &self.numbers.holds(number).text]),
                None => fill(p.band_rest, &[&name]),
            });
        }
        Some(self.told(Kind::Bands, id, None, lines))
    }
}

/// What a KPI depends on and who depends on it, as ids of the project's graph.
pub fn lineage(graph: &Graph, kpi: &str, direction: Direction) -> Vec<String> {
    let starts: Vec<_> = graph.kpi(kpi).into_iter().collect();
    let part = Reach { graph, starts: starts.clone(), directions: vec![direction], depth: None };
    let nodes = part.chosen().nodes.into_iter().filter(|node| !starts.contains(node));
    nodes.map(|node| graph.id(node).to_string()).collect()
}
