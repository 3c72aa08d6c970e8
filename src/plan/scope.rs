//! What a request asks beside periods, checked against the definitions.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Funnel, Kpi, Predicate};
use crate::resolve::scalar::Type;

use super::request::Request;
use super::top;

/// Dimensions, slicings and segments asked, and the rows kept.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Every dimension of any slicing, in order of appearance.
    pub dimensions: Vec<Dimension>,
    /// In the order asked, the total first.
    pub slicings: Vec<Slicing>,
    /// In the order asked; never empty.
    pub segments: Vec<Segment>,
    /// `--where`, for every leaf.
    pub filter: Option<Predicate>,
    /// Of numbers per member: how many of the dimensions, from the first on, are those of
    /// the cell; the others are its members. `None`: all are the members of a result.
    pub around: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Dimension {
    pub id: String,
    pub ty: Type,
    pub kind: DimensionKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DimensionKind {
    /// A value of rows, which sources declare.
    OfRows,
    /// The same, of the best members alone; the others have none.
    Named,
    /// The place of the named member of another dimension, by its index; the others have none.
    Place { of: usize },
    /// The age of entrants.
    Age,
    /// The steps of a funnel, in order: no row is one of them.
    Steps { funnel: String, names: Vec<String> },
}

impl Dimension {
    /// Whether its members are the steps of a funnel.
    pub fn is_steps(&self) -> bool {
        matches!(self.kind, DimensionKind::Steps { .. })
    }
}

/// The axis of numbers by age.
pub const AGE: &str = "age";

/// A set of dimensions; the empty one is the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slicing {
    /// Indexes of [`Scope::dimensions`], in the order asked.
    pub dimensions: Vec<usize>,
    /// Further ones, lifted from all that is computed here: their members occur all the same.
    pub lifted: Vec<usize>,
    /// The name in results, where its own dimensions do not say it.
    pub name: Option<String>,
}

impl Slicing {
    /// By these dimensions.
    pub fn of(dimensions: Vec<usize>) -> Slicing {
        Slicing { dimensions, lifted: Vec::new(), name: None }
    }

    /// The dimensions whose members occur.
    pub fn occurring(&self) -> Vec<usize> {
        [self.dimensions.as_slice(), &self.lifted].concat()
    }
}

#[derive(Debug, Clone)]
pub struct Segment {
    pub id: String,
    /// None: `all`.
    pub predicate: Option<Predicate>,
}

impl Scope {
    /// A slicing's name in results: `total`, `channel`, `channel,device`.
    pub fn name(&self, slicing: &Slicing) -> String {
        slicing.name.clone().unwrap_or_else(|| name(&self.dimensions, &slicing.dimensions))
    }

    /// The dimension whose slices a column tells apart: of a place, that of its members.
    pub fn told(&self, dimension: usize) -> &Dimension {
        match self.dimensions[dimension].kind {
            DimensionKind::Place { of } => &self.dimensions[of],
            DimensionKind::OfRows
            | DimensionKind::Named
            | DimensionKind::Age
            | DimensionKind::Steps { .. } => &self.dimensions[dimension],
        }
    }

    /// The same slices without those that are lifted, each further by these dimensions,
    /// under the same names.
    pub fn per(&self, resolved: &Resolved, dimensions: &[String], lifted: &[usize]) -> Scope {
        let mut scope = self.clone();
        let asked = scope.dimensions.len();
        scope.around = Some(asked);
        let dimension = |id: &String| {
            steps(resolved, id).unwrap_or_else(|| Dimension {
                id: id.clone(),
                ty: resolved.dimensions.get(id).map_or(Type::Unknown, |info| info.ty),
                kind: DimensionKind::OfRows,
            })
        };
        // A dimension that is sliced by, too, stands there twice: its own slice is one member.
        scope.dimensions.extend(dimensions.iter().map(dimension));
        for slicing in &mut scope.slicings {
            slicing.name = Some(self.name(slicing));
            let (up, own) = slicing.dimensions.iter().partition(|d| lifted.contains(d));
            (slicing.lifted, slicing.dimensions) = (up, own);
            slicing.dimensions.extend(asked..asked + dimensions.len());
        }
        scope
    }

    /// These dimensions without those that no row has: steps.
    pub fn of_rows(&self, dimensions: &[usize]) -> Vec<usize> {
        let is_steps = |d: usize| self.dimensions.get(d).is_some_and(Dimension::is_steps);
        dimensions.iter().copied().filter(|d| !is_steps(*d)).collect()
    }

    /// Whether the only slicing is the total.
    pub fn is_total(&self) -> bool {
        self.dimensions.is_empty()
    }
}

/// The name of a slicing by these dimensions.
pub fn name(of: &[Dimension], slicing: &[usize]) -> String {
    if slicing.is_empty() {
        return "total".into();
    }
    let names: Vec<_> = slicing.iter().map(|d| of[*d].id.as_str()).collect();
    names.join(",")
}

/// Reads the request's `by`, `total`, `segments` and `filter`.
pub fn scope(resolved: &Resolved, request: &Request, kpis: &[&Kpi]) -> Result<Scope, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut scope = Scope {
        dimensions: Vec::new(),
        slicings: Vec::new(),
        segments: Vec::new(),
        filter: request.filter.clone(),
        around: None,
    };
    if request.total || request.by.is_empty() {
        scope.slicings.push(Slicing::of(Vec::new()));
    }
    for by in &request.by {
        let mut dimensions = Vec::new();
        for id in by {
            match dimension(resolved, &mut scope, id, kpis) {
                Ok(index) if dimensions.contains(&index) => {}
                Ok(index) => dimensions.push(index),
                Err(error) => errors.push(error),
            }
        }
        let slicing = Slicing::of(dimensions);
        if !scope.slicings.contains(&slicing) {
            scope.slicings.push(slicing);
        }
    }
    if let (Some(top), true) = (&request.top, errors.is_empty()) {
        errors.extend(top::slice(resolved, top, &mut scope, kpis).err());
    }
    for name in &request.segments {
        match segments(resolved, name) {
            Ok(found) => {
                for segment in found {
                    if !scope.segments.iter().any(|s| s.id == segment.id) {
                        scope.segments.push(segment);
                    }
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if scope.segments.is_empty() {
        scope.segments.push(Segment { id: "all".into(), predicate: None });
    }
    if errors.is_empty() { Ok(scope) } else { Err(errors) }
}

/// Columns of a result that are no dimension and no KPI.
const OWN_COLUMNS: [&str; 3] = ["period_start", "slicing", "segment"];

fn dimension(resolved: &Resolved, scope: &mut Scope, id: &str, kpis: &[&Kpi]) -> Result<usize, Diagnostic> {
    if let Some(index) = scope.dimensions.iter().position(|d| d.id == id) {
        return Ok(index);
    }
    if let Some(steps) = steps(resolved, id) {
        scope.dimensions.push(steps);
        return Ok(scope.dimensions.len() - 1);
    }
    let Some(info) = resolved.dimensions.get(id) else {
        if id == AGE {
            let kind = DimensionKind::Age;
            scope.dimensions.push(Dimension { id: id.into(), ty: Type::Integer, kind });
            return Ok(scope.dimensions.len() - 1);
        }
        let error = Diagnostic::general(Code::UnknownDimension, format!("there is no dimension `{id}`"));
        if let Some(funnel) = id.split_once('.').and_then(|(funnel, _)| resolved.funnels.get(funnel)) {
            return Err(error.help(format!("slice by the funnel's steps: `--by {}`", funnel.dimension())));
        }
        return Err(match nearest(id, resolved.dimensions.keys().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("declare it in a source: `dimension {id} = …`")),
        });
    };
    let same = |name: &str| name.eq_ignore_ascii_case(id);
    let taken = OWN_COLUMNS.iter().any(|own| same(own))
        || kpis.iter().any(|kpi| same(&kpi.id))
        || scope.dimensions.iter().any(|d| same(&d.id));
    if taken {
        return Err(Diagnostic::general(
            Code::BadOption,
            format!("a result cannot be sliced by `{id}`: it has another column of that name"),
        )
        .help("give the dimension another name"));
    }
    scope.dimensions.push(Dimension { id: id.into(), ty: info.ty, kind: DimensionKind::OfRows });
    Ok(scope.dimensions.len() - 1)
}

/// `journey.step`
fn steps(resolved: &Resolved, id: &str) -> Option<Dimension> {
    let funnel = resolved.funnels.get(Funnel::of_dimension(id)?)?;
    let names = funnel.steps.iter().map(|step| step.id.clone()).collect();
    let kind = DimensionKind::Steps { funnel: funnel.id.clone(), names };
    Some(Dimension { id: id.into(), ty: Type::Text, kind })
}

fn segments(resolved: &Resolved, name: &str) -> Result<Vec<Segment>, Diagnostic> {
    let one = |id: &str| {
        let segment = resolved.segments.get(id)?;
        Some(Segment { id: id.into(), predicate: Some(segment.predicate.clone()) })
    };
    if let Some(segment) = one(name) {
        return Ok(vec![segment]);
    }
    if let Some(parts) = resolved.segmentations.get(name) {
        return Ok(parts.iter().filter_map(|id| one(id)).collect());
    }
    if name == "all" {
        return Ok(vec![Segment { id: "all".into(), predicate: None }]);
    }
    let error = Diagnostic::general(Code::UnknownDimension, format!("there is no segment `{name}`"));
    let names = resolved.segments.keys().chain(resolved.segmentations.keys()).map(String::as_str);
    Err(match nearest(name, names) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("define it: `segment {name} where …`")),
    })
}
