//! Segmentations `per` dimension: bands of members by numbers of each.
//!
//! `segmentation value per customer { segment big where revenue > 1_000  segment small else }`
//! is a dimension of every row that has a customer: the customer's band in the cell's
//! period. What it is called is known before formulas are read; its numbers are KPIs
//! and measures, so they are read among the KPIs, each after those that it needs.

use super::expression::{Scope, condition};
use super::formula::NumberScope;
use super::needs::Unbound;
use super::numbers::{Numbers, Use, once};
use super::predicates::Predicates;
use super::resolved::{Bands, Grain, Number, Predicate};
use super::walk;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{self, Arg, Expr, ExprKind};

/// What the users of a segmentation per dimension must know of it.
#[derive(Debug, Clone)]
pub struct KnownBands<'m> {
    pub bands: Bands,
    pub uses: Vec<Use<'m>>,
    pub unbound: Vec<Unbound>,
}

impl KnownBands<'_> {
    /// The numbers that decide a member's band.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.bands.segments.iter().filter_map(|(_, condition)| condition.as_ref())
    }
}

/// The segmentations per dimension, in the order written.
pub fn defs<'m>(numbers: &Numbers<'m>) -> Vec<&'m ast::Segmentation> {
    let known = &numbers.predicates.banded;
    let defs = numbers.model.segmentations.values().copied();
    defs.filter(|s| known.contains_key(&s.header.name.value)).collect()
}

/// The segmentations per dimension that an expression of numbers reads: where their
/// names stand for dimensions or segments, and where members are counted by them.
pub fn named(numbers: &Numbers<'_>, e: &Expr) -> Vec<String> {
    let known = numbers.predicates;
    let mut found: Vec<String> = Vec::new();
    walk::each(e, &mut |part| match &part.value {
        ExprKind::Where { predicate, .. } => {
            walk::paths(predicate, &mut |path| found.extend(behind(known, &path.name.value)));
        }
        ExprKind::Call(call) => {
            let arguments = call.args.iter().skip(1).filter_map(|arg| match arg {
                Arg::Expr(Expr { value: ExprKind::Path(path), .. }) => Some(path),
                Arg::Expr(_) | Arg::Mode(_) => None,
            });
            if call.function.value == "total" {
                arguments.for_each(|path| found.extend(behind(known, &path.name.value)));
            }
            let per = call.per.iter().flat_map(|per| &per.dimensions);
            per.for_each(|path| found.extend(behind(known, &path.name.value)));
            found.extend(counted_by(known, call));
        }
        _ => {}
    });
    found
}

/// The segmentations per dimension behind the name of a dimension or segment.
pub fn behind(known: &Predicates, name: &str) -> Vec<String> {
    if known.banded.contains_key(name) {
        return vec![name.to_string()];
    }
    let mut found = Vec::new();
    if let Some(Some(segment)) = known.segments.get(name) {
        segment.predicate.leaves(&mut |dimension| {
            if known.banded.contains_key(dimension) {
                found.push(dimension.clone());
            }
        });
    }
    found
}

/// Whether a condition reads a segmentation per dimension.
pub fn bands_in(known: &Predicates, predicate: &Predicate) -> bool {
    let mut found = false;
    predicate.leaves(&mut |dimension| found |= known.banded.contains_key(dimension));
    found
}

/// The segmentation whose members a bare `count(per dimension)` counts: the only one
/// per that dimension.
pub fn counted_by(known: &Predicates, call: &ast::Call) -> Option<String> {
    let per = call.per.as_ref().filter(|per| per.having.is_none() && call.args.is_empty())?;
    let [path] = per.dimensions.as_slice() else { return None };
    let mut of = known.banded.iter().filter(|(_, dimension)| **dimension == path.name.value);
    match (call.function.value.as_str(), of.next(), of.next()) {
        ("count", Some((id, _)), None) => Some(id.clone()),
        _ => None,
    }
}

/// A segmentation per dimension, whose numbers are known. `None`: it has findings.
pub fn bands<'m>(
    numbers: &Numbers<'m>,
    def: &'m ast::Segmentation,
    sink: &mut Sink,
) -> Option<KnownBands<'m>> {
    let header = &def.header;
    let path = def.per.as_ref()?;
    let mut scope = NumberScope::new(numbers, "", sink);
    let dimension = scope.dimension(path);
    if let Some(dimension) = &dimension
        && numbers.predicates.banded.contains_key(dimension)
    {
        return scope.report(of_bands(path, dimension));
    }
    let mut segments = Vec::new();
    let mut sound = dimension.is_some();
    for segment in &def.segments {
        let start = scope.uses.len();
        let found = segment.predicate.as_ref().map(|predicate| (condition(&mut scope, predicate), predicate));
        let found = match found {
            None => None,
            Some((None, _)) => {
                sound = false;
                continue;
            }
            Some((Some(value), predicate)) => {
                let beneath = once(scope.uses[start..].to_vec());
                for used in &beneath {
                    let Some(dimension) = &dimension else { continue };
                    let error = numbers.unreached(used, dimension, predicate.span, "taken per");
                    sound &= error.is_none();
                    scope.needs(used.source, dimension);
                    scope.sink().extend(error);
                }
                Some(value.scalar)
            }
        };
        segments.push((segment.header.name.value.clone(), found));
    }
    let (uses, kpis) = (once(std::mem::take(&mut scope.uses)), std::mem::take(&mut scope.kpis));
    let unbound = std::mem::take(&mut scope.unbound);
    let dimension = dimension.filter(|_| sound)?;
    if uses.is_empty() {
        sink.push(
            Diagnostic::error(
                Code::WrongArguments,
                header.name.span,
                format!("the segmentation `{}` reads no number of a `{dimension}`", header.name.value),
            )
            .because("`per` bands members by their numbers")
            .help("write a condition with a measure or a KPI: `segment big where revenue > 1_000`"),
        );
        return None;
    }
    let grains = grains(numbers, &kpis);
    let id = header.name.value.clone();
    let bands = Bands { id, dimension, segments, grains, span: header.span };
    Some(KnownBands { bands, uses, unbound })
}

/// The grains that all of these KPIs take; empty: all.
fn grains(numbers: &Numbers<'_>, kpis: &[&str]) -> Vec<Grain> {
    let mut taken: Vec<Grain> = Vec::new();
    for beneath in kpis.iter().filter_map(|kpi| numbers.kpis.get(kpi)?.as_ref()) {
        match (taken.is_empty(), beneath.grains.is_empty()) {
            (_, true) => {}
            (true, false) => taken.clone_from(&beneath.grains),
            (false, false) => taken.retain(|grain| beneath.grains.contains(grain)),
        }
    }
    taken
}

fn of_bands(path: &ast::Path, dimension: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WrongKind,
        path.span(),
        format!("`{dimension}` is a segmentation, and members of a dimension are banded"),
    )
    .because("a band holds many members, and has no number of its own for each of them")
    .help("write the dimension whose members have the numbers: `per customer`")
}
