//! What a KPI's formula may name: measures, KPIs, aliases; and what stands beneath them.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::bands::KnownBands;
use super::measures::Known;
use super::nature::Nature;
use super::needs::Unbound;
use super::predicates::Predicates;
use super::resolved::{Additivity, Cohort, Funnel, Grain, NumberLeaf, Reach, Source, Stock};
use super::rows::Rows;
use super::scalar::{Scalar, Type};
use super::spans::Pace;
use super::steps;
use super::unit::Unit;
use super::windows::Moves;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::source::Span;
use crate::syntax::ast::Name;

/// Everything that a formula may name.
pub struct Numbers<'m> {
    pub model: &'m Model<'m>,
    pub rows: &'m Rows<'m>,
    pub sources: &'m [Source],
    pub predicates: &'m Predicates,
    /// `None`: it has findings.
    pub measures: IndexMap<&'m str, Option<Known>>,
    pub stocks: IndexMap<&'m str, Option<Known<Stock>>>,
    pub funnels: IndexMap<&'m str, Option<Funnel>>,
    pub cohorts: IndexMap<&'m str, Option<Cohort>>,
    /// Worked out so far; `None`: it has findings.
    pub kpis: HashMap<&'m str, Option<Beneath<'m>>>,
    /// Segmentations per dimension, worked out among the KPIs; `None`: it has findings.
    pub bands: IndexMap<&'m str, Option<KnownBands<'m>>>,
}

/// What a KPI's users must know of it.
#[derive(Debug, Clone)]
pub struct Beneath<'m> {
    pub ty: Type,
    pub unit: Unit,
    pub nature: Nature,
    pub additivity: Additivity,
    pub moves: Moves,
    pub pace: Pace,
    /// The measure that it is, if it is nothing more.
    pub measure: Option<String>,
    pub uses: Vec<Use<'m>>,
    /// What is missing of what it reads.
    pub unbound: Vec<Unbound>,
    /// The grains it takes; empty: all.
    pub grains: Vec<Grain>,
}

/// A source that a formula reads, and the slices that are lifted there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use<'m> {
    pub source: usize,
    /// The first measure of the source that it reads so.
    pub measure: &'m str,
    pub lifted: Lifted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lifted {
    All,
    Some(Vec<String>),
}

impl Use<'_> {
    pub fn lifts(&self, dimension: &str) -> bool {
        match &self.lifted {
            Lifted::All => true,
            Lifted::Some(some) => some.iter().any(|d| d == dimension),
        }
    }

    pub fn lift(&mut self, dimensions: &[String]) {
        if dimensions.is_empty() {
            self.lifted = Lifted::All;
        } else if let Lifted::Some(some) = &mut self.lifted {
            some.extend(dimensions.iter().filter(|d| !some.contains(d)).cloned().collect::<Vec<_>>());
            some.sort();
        }
    }
}

/// The same uses once each, by source and lifted slices.
pub fn once(uses: Vec<Use<'_>>) -> Vec<Use<'_>> {
    // A formula reads few sources: a look at each is quicker than a table.
    let mut found: Vec<Use<'_>> = Vec::new();
    for this in uses {
        if !found.iter().any(|f| f.source == this.source && f.lifted == this.lifted) {
            found.push(this);
        }
    }
    found
}

impl<'m> Numbers<'m> {
    pub fn is_stock(&self, name: &str) -> bool {
        self.stocks.contains_key(name)
    }

    /// The KPI that a name means, by id or alias.
    pub fn kpi(&self, name: &str) -> Option<&'m str> {
        match self.model.kpis.get_key_value(name) {
            Some((id, _)) => Some(id),
            None => self.model.aliases.get(name).map(|(id, _)| *id),
        }
    }

    /// Why a source does not reach a dimension, if so.
    pub fn unreached(&self, used: &Use<'_>, dimension: &str, span: Span, what: &str) -> Option<Diagnostic> {
        if steps::is_dimension(self.model, dimension) {
            return (!used.lifts(dimension)).then(|| steps::unreached(used, dimension, span, what));
        }
        let source = &self.sources[used.source];
        // A band is reached as the member is that it is of.
        if let Some(of) = self.predicates.banded.get(dimension) {
            let error = self.unreached(used, of, span, what)?;
            return Some(error.label(span, format!("`{dimension}` bands each `{of}`")));
        }
        let shown = |paths: &[Vec<String>]| {
            let paths: Vec<_> = paths.iter().map(|p| format!("`{}`", p.join("."))).collect();
            paths.join(" and ")
        };
        match source.reach.get(dimension) {
            Some(Reach::Own | Reach::Via(_)) => None,
            Some(Reach::Ambiguous(paths)) => {
                let name = &self.rows.sources[used.source].def.header.name;
                let error = Diagnostic::error(
                    Code::TwoPaths,
                    span,
                    format!("`{}` reaches `{dimension}` along two paths: {}", used.measure, shown(paths)),
                );
                let error = error.label(name.span, "its source").because("each path gives another number");
                let first = paths.first().map_or(&[][..], Vec::as_slice);
                Some(error.help(self.declarations(used.source, first, dimension)))
            }
            // A logical source is completed by a project, which may declare it.
            None if source.relation.is_none() => None,
            // Its own definition has findings, or reads a source without a table.
            None if self.rows.sources[used.source].dimensions.contains_key(dimension) => None,
            None if source.unbound.contains_key(dimension) => None,
            None if self.rows.sources[used.source].incomplete => None,
            None => {
                let near: Vec<_> = source.reach.keys().take(12).map(|d| format!("`{d}`")).collect();
                let error = Diagnostic::error(
                    Code::Unreachable,
                    span,
                    format!("`{}` cannot be {what} `{dimension}`", used.measure),
                )
                .because(format!(
                    "its source `{}` does not declare `{dimension}`, and no join leads to a source that does",
                    source.name
                ));
                Some(if near.is_empty() {
                    error.help(format!("declare it on `{}`: `dimension {dimension} = COLUMN`", source.name))
                } else {
                    error.help(format!(
                        "declare it on `{0}`, or use what `{0}` reaches: {1}",
                        source.name,
                        near.join(", ")
                    ))
                })
            }
        }
    }

    /// How a source says which path to a dimension is meant: on each source on the way.
    fn declarations(&self, source: usize, path: &[String], dimension: &str) -> String {
        let on = |at: usize| self.rows.name(self.rows.target(source, &path[..at]));
        let each = path.iter().enumerate().rev();
        let each =
            each.map(|(at, join)| format!("on `{}`: `dimension {dimension} = {join}.{dimension}`", on(at)));
        format!("declare which is meant, {}", each.collect::<Vec<_>>().join(", and then "))
    }

    /// Says of a name that it is no number, and what it is.
    pub fn unknown(&self, name: &Name, sink: &mut Sink) -> Diagnostic {
        let id = name.value.as_str();
        let wrong = |what: &str| {
            Diagnostic::error(
                Code::WrongKind,
                name.span,
                format!("`{id}` is {what}, and a number is meant here"),
            )
            .missing(id)
        };
        let model = self.model;
        if self.predicates.segments.contains_key(id) || self.predicates.segmentations.contains_key(id) {
            return wrong("a segment").help(format!("restrict a number with it: `(revenue where {id})`"));
        }
        if self.predicates.dimensions.contains_key(id) {
            return wrong("a dimension")
                .help(format!("slice by it (`by {id}`), or count it in a measure: `count(distinct {id})`"));
        }
        if model.params.contains_key(id) {
            return wrong("a parameter").help(format!("write `${id}`")).fix(name.span, format!("${id}"));
        }
        for (what, is) in [
            ("a funnel", model.funnels.contains_key(id)),
            ("a cohort", model.cohorts.contains_key(id)),
            ("an attribution", model.attributions.contains_key(id)),
            ("an experiment", model.experiments.contains_key(id)),
            ("a source", model.sources.contains_key(id)),
        ] {
            if is {
                return wrong(what).help(match what {
                    "a funnel" => format!("name one of its steps: `{id}.visit`"),
                    "a cohort" => format!("say what its entrants do: `retained({id}, logins, on day 7)`"),
                    _ => "name a measure or a KPI".into(),
                });
            }
        }
        let error =
            Diagnostic::error(Code::UnknownName, name.span, format!("there is no measure or KPI `{id}`"))
                .missing(id);
        if let Some(source) = self.rows.sources.iter().find(|s| s.columns.contains_key(id)) {
            let source = &source.def.header.name.value;
            return error
                .because(format!("`{id}` is a column of `{source}`, which has a value in each row"))
                .help(format!("declare a measure on `{source}`: `measure total_{id} = sum({id})`"));
        }
        let names = self.measures.keys().copied().chain(model.kpis.keys().copied());
        match sink.nearest(id, names.chain(model.aliases.keys().copied())) {
            Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
            None => error.help(format!("declare it on a source: `measure {id} = …`")),
        }
    }
}

/// A scalar of numbers.
pub type Number = Scalar<NumberLeaf>;
