//! Conditions over dimensions: segments, segmentations, `where` in KPIs and requests.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;

use super::expression::{Called, Params, Scope, Typed, condition};
use super::operators;
use super::order::{order, shown};
use super::resolved::{Accepted, DimensionInfo, Predicate, Resolved, Segment};
use super::rows::Rows;
use super::scalar::{Comparison, Scalar, ScalarKind, Type};
use super::size::{MOST_NODES, Spent, measure, too_large};
use super::unit::Unit;
use super::{accepted, walk};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::source::Span;
use crate::syntax::ast::{self, Call, Expr, Name, Path};
use crate::value::Literal;

/// The names that a condition may use.
#[derive(Debug, Default)]
pub struct Predicates {
    /// The project's zone; dimensions that are times are in it.
    zone: String,
    pub dimensions: IndexMap<String, (DimensionInfo, Unit)>,
    /// `None`: it has findings.
    pub segments: IndexMap<String, Option<Segment>>,
    pub segmentations: IndexMap<String, Vec<String>>,
    /// Segmentations per dimension, and that dimension's name as written.
    pub banded: IndexMap<String, String>,
    /// Funnels, whose steps can be sliced by.
    pub funnels: HashSet<String>,
    /// Conditions grow where segments stand in them.
    pub spent: Spent,
    /// What else a name may be that stands where a dimension is meant.
    others: HashMap<String, Other>,
}

/// A name of another kind.
#[derive(Debug, Clone)]
enum Other {
    /// A measure, stock or KPI.
    Number(&'static str),
    /// A column of this source.
    Column(String),
}

/// Segments of one segmentation: each leaves out all before it, so that conditions
/// grow with their square.
const MOST_BANDS: usize = 256;

/// Dimensions with their agreed types, segments and segmentations.
pub fn all(rows: &Rows<'_>, sink: &mut Sink) -> Predicates {
    let mut known = Predicates {
        zone: rows.model.settings.zone.clone(),
        dimensions: dimensions(rows, sink),
        funnels: rows.model.funnels.keys().map(|f| (*f).to_string()).collect(),
        others: others(rows.model),
        ..Predicates::default()
    };
    segments(rows, &mut known, sink);
    known
}

fn others(model: &Model<'_>) -> HashMap<String, Other> {
    let mut found = HashMap::new();
    for source in model.sources.values() {
        let column =
            |c: &ast::Column| (c.header.name.value.clone(), Other::Column(source.header.name.value.clone()));
        found.extend(source.columns.iter().map(column));
        let number = |kind| move |m: &ast::Measure| (m.header.name.value.clone(), Other::Number(kind));
        found.extend(source.stocks.iter().map(number("stock")));
        found.extend(source.measures.iter().map(number("measure")));
    }
    found.extend(model.kpis.keys().map(|id| ((*id).to_string(), Other::Number("KPI"))));
    found
}

/// Every dimension of the project: all sources that declare it must agree on its type.
fn dimensions(rows: &Rows<'_>, sink: &mut Sink) -> IndexMap<String, (DimensionInfo, Unit)> {
    let mut found: IndexMap<String, (DimensionInfo, Unit)> = IndexMap::new();
    for source in &rows.sources {
        for (name, node) in &source.dimensions {
            let def = rows.nodes[*node].name();
            let label = source
                .def
                .dimensions
                .iter()
                .find(|d| d.header.name.value == *name)
                .and_then(|d| d.header.label.as_ref())
                .map(|l| l.value.clone());
            let value = rows.value(*node);
            let ty = value.map_or(Type::Unknown, Typed::ty);
            let unit = value.map_or(Unit::Unknown, |v| v.unit.clone());
            let accepted = value.and_then(|v| v.accepted.clone());
            let Some((first, first_unit)) = found.get_mut(*name) else {
                found.insert(
                    (*name).to_string(),
                    (DimensionInfo { ty, label, accepted, span: def.span }, unit),
                );
                continue;
            };
            first.accepted = accepted::both(first.accepted.take(), accepted);
            if first.label.is_none() {
                first.label = label;
            }
            match agreed(first.ty, ty) {
                Some(ty) => first.ty = ty,
                None => sink.push(disagreed(def, ty, first)),
            }
            match first_unit.with(&unit) {
                Some(both) => *first_unit = both,
                None => {
                    sink.push(other_unit(def, &unit, first, first_unit));
                    *first_unit = Unit::Unknown;
                }
            }
        }
    }
    found
}

/// What is known beats what is not.
fn agreed(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (Type::Unknown, known) | (known, Type::Unknown) => Some(known),
        (Type::Date, Type::Timestamp) | (Type::Timestamp, Type::Date) => None,
        _ => operators::common_type(a, b),
    }
}

fn disagreed(name: &Name, ty: Type, first: &DimensionInfo) -> Diagnostic {
    Diagnostic::error(
        Code::DimensionTypes,
        name.span,
        format!(
            "the dimension `{}` is {} here and {} in another source",
            name.value,
            operators::a(ty),
            operators::a(first.ty)
        ),
    )
    .label(first.span, format!("{} here", operators::a(first.ty)))
    .because("slices of both sources meet on its members, and these would never meet")
    .help("convert one of them, or give the two their own names")
}

fn other_unit(name: &Name, unit: &Unit, first: &DimensionInfo, first_unit: &Unit) -> Diagnostic {
    Diagnostic::error(
        Code::UnitMismatch,
        name.span,
        format!("the dimension `{}` is in {unit} here and in {first_unit} in another source", name.value),
    )
    .label(first.span, format!("in {first_unit} here"))
    .because("a condition on it would compare both with one amount")
    .help("convert one of them, or give the two their own names")
}

/// A segment as written: by itself, or at its place in a segmentation.
struct Written<'m> {
    def: &'m ast::Segment,
    /// Indexes of the segments that come first.
    earlier: Range<usize>,
}

fn segments(rows: &Rows<'_>, known: &mut Predicates, sink: &mut Sink) {
    let model = rows.model;
    let mut written: IndexMap<&str, Written<'_>> = IndexMap::new();
    for def in model.segments.values() {
        written.entry(&def.header.name.value).or_insert(Written { def, earlier: 0..0 });
    }
    for segmentation in model.segmentations.values() {
        let id = segmentation.header.name.value.clone();
        if segmentation.segments.len() > MOST_BANDS {
            sink.push(too_many(segmentation));
        }
        if segmentation.per.is_some() {
            continue;
        }
        let first = written.len();
        let segments = || segmentation.segments.iter().take(MOST_BANDS);
        for def in segments() {
            let earlier = first..written.len();
            written.entry(&def.header.name.value).or_insert(Written { def, earlier });
        }
        let ids = segments().map(|s| s.header.name.value.clone()).collect();
        known.segmentations.insert(id, ids);
    }
    let needs: Vec<Vec<usize>> = written
        .values()
        .map(|w| {
            let mut needs: Vec<usize> = w.earlier.clone().collect();
            w.def.predicate.iter().for_each(|p| {
                walk::paths(p, &mut |path| needs.extend(written.get_index_of(path.name.value.as_str())));
            });
            needs
        })
        .collect();
    let found = order(&needs);
    for cycle in &found.cycles {
        let names: Vec<&str> = cycle.iter().map(|id| written[*id].def.header.name.value.as_str()).collect();
        let first = &written[cycle[0]].def.header.name;
        let error = Diagnostic::error(
            Code::Cycle,
            first.span,
            format!("the segment `{}` needs itself: {}", first.value, shown(&names)),
        )
        .because("none of them could be worked out first")
        .help("write one of them over dimensions alone");
        let others = cycle.iter().skip(1).take(8).map(|id| &written[*id].def.header.name);
        sink.push(others.fold(error, |e, name| e.label(name.span, format!("through `{}`", name.value))));
    }
    // Keeps the order written.
    known.segments = written.keys().map(|id| ((*id).to_string(), None)).collect();
    banded(model, known);
    let mut own: Vec<Option<Predicate>> = written.values().map(|_| None).collect();
    for id in found.sorted {
        let w = &written[id];
        let mut scope = PredicateScope::new(known, &model.params, sink);
        let mut found = match &w.def.predicate {
            Some(p) => scope.condition(p).map(|t| t.scalar),
            None => None,
        };
        own[id] = found.clone();
        let earlier: Option<Vec<Predicate>> = w.earlier.clone().map(|e| own[e].clone()).collect();
        found = match (earlier, w.def.predicate.is_some()) {
            (None, _) => None,
            (Some(earlier), false) => Some(none_of(earlier, w.def.header.span)),
            (Some(earlier), true) if earlier.is_empty() => found,
            (Some(earlier), true) => found.map(|own| {
                let others = none_of(earlier, own.span);
                let span = own.span;
                Scalar::new(ScalarKind::And(vec![own, others]), Type::Boolean, span)
            }),
        };
        let header = &w.def.header;
        known.segments[id] = found.map(|predicate| Segment {
            id: header.name.value.clone(),
            label: header.label.as_ref().map(|l| l.value.clone()),
            predicate,
            span: header.span,
        });
    }
}

/// A segmentation per dimension is a dimension itself, and its segments are members of it.
fn banded(model: &Model<'_>, known: &mut Predicates) {
    for segmentation in model.segmentations.values() {
        let Some(per) = &segmentation.per else { continue };
        let header = &segmentation.header;
        let (id, span) = (&header.name.value, header.span);
        if known.dimensions.contains_key(id) {
            // Reported as a name given twice.
            continue;
        }
        let label = header.label.as_ref().map(|l| l.value.clone());
        let segments = || segmentation.segments.iter().take(MOST_BANDS).map(|s| &s.header.name);
        let values = segments().map(|name| Literal::Text(name.value.clone())).collect();
        let accepted = Some(Arc::new(Accepted { name: id.clone(), values, span }));
        let info = DimensionInfo { ty: Type::Text, label, accepted, span };
        known.dimensions.insert(id.clone(), (info, Unit::Free));
        known.banded.insert(id.clone(), per.name.value.clone());
        known.segmentations.insert(id.clone(), segments().map(|name| name.value.clone()).collect());
        for def in segmentation.segments.iter().take(MOST_BANDS) {
            let name = &def.header.name;
            let text = |kind| Scalar::new(kind, Type::Text, name.span);
            let own = text(ScalarKind::Leaf(id.clone()));
            let member = text(ScalarKind::Literal(Literal::Text(name.value.clone())));
            let is = ScalarKind::Compare(Comparison::Equal, Box::new(own), Box::new(member));
            let segment = Segment {
                id: name.value.clone(),
                label: def.header.label.as_ref().map(|l| l.value.clone()),
                predicate: Scalar::new(is, Type::Boolean, name.span),
                span: def.header.span,
            };
            known.segments.entry(name.value.clone()).or_insert(Some(segment));
        }
    }
}

/// True where none of these is.
fn none_of(mut earlier: Vec<Predicate>, span: Span) -> Predicate {
    let any = match earlier.len() {
        1 => earlier.remove(0),
        _ => Scalar::new(ScalarKind::Or(earlier), Type::Boolean, span),
    };
    Scalar::new(ScalarKind::Not(Box::new(any)), Type::Boolean, span)
}

fn too_many(segmentation: &ast::Segmentation) -> Diagnostic {
    let name = &segmentation.header.name;
    let count = segmentation.segments.len();
    Diagnostic::error(
        Code::TooLarge,
        name.span,
        format!("`{}` has {count} segments, more than {MOST_BANDS}", name.value),
    )
    .because("each segment leaves out all before it, and its condition says so")
    .help("declare a dimension of the groups, `dimension size = case when … end`, and slice by it")
}

/// A dimension that a condition uses.
#[derive(Debug, Clone)]
pub struct Used {
    pub dimension: String,
    pub span: Span,
    /// The segment that uses it.
    pub segment: Option<String>,
}

/// The names of one condition.
pub struct PredicateScope<'k, 'm> {
    known: &'k Predicates,
    params: &'k Params<'m>,
    sink: &'k mut Sink,
    pub used: Vec<Used>,
    /// Nodes of the segments that stand in the condition.
    inlined: usize,
}

impl<'k, 'm> PredicateScope<'k, 'm> {
    pub fn new(known: &'k Predicates, params: &'k Params<'m>, sink: &'k mut Sink) -> Self {
        PredicateScope { known, params, sink, used: Vec::new(), inlined: 0 }
    }

    /// A whole condition.
    pub fn condition(&mut self, e: &Expr) -> Option<Typed<String>> {
        let found = condition(self, e)?;
        let bounded = self.known.spent.bounded(found);
        self.accept(bounded)
    }

    /// Whether a segment of so many nodes may stand in the condition, too.
    fn inline(&mut self, size: usize, span: Span) -> Option<()> {
        let before = self.inlined;
        self.inlined += size;
        if self.known.spent.take(size) && self.inlined <= MOST_NODES {
            return Some(());
        }
        // Reported once: what comes after is left out silently.
        if before <= MOST_NODES {
            self.inlined = MOST_NODES + 1;
            self.sink.push(too_large(span));
        }
        None
    }
}

impl Scope for PredicateScope<'_, '_> {
    type Leaf = String;

    fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    fn params(&self) -> &Params<'_> {
        self.params
    }

    fn zone(&self) -> &str {
        &self.known.zone
    }

    fn numbers_only(&self) -> bool {
        false
    }

    fn own_functions(&self) -> &'static [&'static str] {
        &[]
    }

    fn path(&mut self, path: &Path) -> Option<Typed<String>> {
        let known = self.known;
        let span = path.span();
        let Some(name) = super::expression::bare(path) else {
            let unknown = dotted(known, path);
            return self.report(unknown);
        };
        if let Some((info, unit)) = known.dimensions.get(&name.value) {
            self.used.push(Used { dimension: name.value.clone(), span, segment: None });
            let value = Typed::new(ScalarKind::Leaf(name.value.clone()), info.ty, unit.clone(), span);
            return Some(Typed { accepted: info.accepted.clone(), ..value });
        }
        if let Some(segment) = known.segments.get(&name.value) {
            let segment = segment.as_ref()?;
            self.inline(measure(&segment.predicate).0, span)?;
            segment.predicate.leaves(&mut |dimension| {
                let segment = Some(name.value.clone());
                self.used.push(Used { dimension: dimension.clone(), span, segment });
            });
            let scalar = Scalar { span, ..segment.predicate.clone() };
            return Some(Typed { scalar, unit: Unit::Free, zone: None, accepted: None });
        }
        let unknown = unknown(known, name, self.sink);
        self.report(unknown)
    }

    fn call(&mut self, call: &Call, span: Span) -> Called<String> {
        let name = &call.function.value;
        if super::measures::is_aggregate(name) || super::tools::is_number_function(name) {
            return Called::Done(
                self.report(
                    Diagnostic::error(
                        Code::WrongKind,
                        span,
                        format!("`{name}` stands in a condition over dimensions"),
                    )
                    .because("a condition decides row by row, before anything is aggregated")
                    .help("compare numbers in the formula itself, or declare a dimension"),
                ),
            );
        }
        Called::Scalar
    }

    fn restrict(&mut self, _: &Expr, predicate: &Expr, _: Span) -> Option<Typed<String>> {
        self.report(
            Diagnostic::error(Code::Syntax, predicate.span, "`where` stands inside a condition")
                .help("join conditions with `and`"),
        )
    }
}

/// `a.b` where dimensions are named: a step of a funnel, or a mistake.
pub fn dotted(known: &Predicates, path: &Path) -> Diagnostic {
    let qualifier = path.qualifier.as_ref().map_or("", |q| q.value.as_str());
    if known.funnels.contains(qualifier) {
        return super::steps::no_condition(path);
    }
    Diagnostic::error(
        Code::WrongKind,
        path.span(),
        format!("`{qualifier}.{}` is no dimension or segment", path.name.value),
    )
    .because("dimensions are concepts of the whole project, without a source before them")
    .help(format!("write `{0}`, or declare `dimension {0} = …` on the source", path.name.value))
}

/// A name that is no dimension or segment.
pub fn unknown(known: &Predicates, name: &Name, sink: &mut Sink) -> Diagnostic {
    let word = &name.value;
    if let Some(segments) = known.segmentations.get(word) {
        let shown: Vec<_> = segments.iter().take(6).map(|s| format!("`{s}`")).collect();
        return Diagnostic::error(
            Code::WrongKind,
            name.span,
            format!("`{word}` is a segmentation, and one segment or dimension is meant"),
        )
        .help(format!("name one of its segments: {}; `segments {word}` shows them all", shown.join(", ")));
    }
    let error = Diagnostic::error(
        Code::UnknownDimension,
        name.span,
        format!("there is no dimension or segment `{word}`"),
    )
    .missing(word);
    let names = known.dimensions.keys().chain(known.segments.keys()).map(String::as_str);
    let elsewhere = known.others.get(word);
    if let Some(Other::Number(kind)) = elsewhere {
        return Diagnostic::error(
            Code::WrongKind,
            name.span,
            format!("`{word}` is a {kind}, and a dimension or segment is meant here"),
        )
        .missing(word)
        .because("conditions and slices decide row by row, before anything is aggregated")
        .help("compare numbers in the formula: `case when … then … end`; slice by a dimension");
    }
    if let Some(Other::Column(source)) = elsewhere {
        return error
            .because(format!("`{word}` is a column of `{source}`, which other sources do not know"))
            .help(format!("declare it there: `dimension {word}`"));
    }
    match sink.nearest(word, names) {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
        None => error
            .because("conditions and slices are over dimensions, which every source maps its own columns to")
            .help(format!("declare it on a source: `dimension {word}`")),
    }
}

/// A request's condition (`--where`) over a resolved project.
pub fn requested(resolved: &Resolved, e: &Expr, sink: &mut Sink) -> Option<Predicate> {
    let dimensions = resolved.dimensions.iter();
    let measures = resolved.measures.keys().map(|id| (id, "measure"));
    let kpis = resolved.kpis.keys().map(|id| (id, "KPI"));
    let known = Predicates {
        zone: resolved.settings.zone.clone(),
        dimensions: dimensions.map(|(id, info)| (id.clone(), (info.clone(), Unit::Unknown))).collect(),
        segments: resolved.segments.iter().map(|(id, s)| (id.clone(), Some(s.clone()))).collect(),
        segmentations: resolved.segmentations.clone(),
        others: measures.chain(kpis).map(|(id, kind)| (id.clone(), Other::Number(kind))).collect(),
        ..Predicates::default()
    };
    PredicateScope::new(&known, &Params::new(), sink).condition(e).map(|t| t.scalar)
}
