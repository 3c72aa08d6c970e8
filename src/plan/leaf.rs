//! A leaf: one aggregate of one source, read in one context.
//!
//! `sessions where channel = 'organic'` is a count of sessions' rows that satisfy
//! a condition over the row itself: dimensions are replaced by what they are there.

use super::bands;
use super::members::Members;
use super::reading::When;
use super::scope::{AGE, Dimension, DimensionKind, Scope, Slicing};
use super::time_share::Held;
use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::resolve::Resolved;
use crate::resolve::resolved::{
    Ages, Aggregate, AsOf, Axis, AxisKind, ColumnRef, Grain, OfEntrants, Placed, Predicate, Reach, Row,
};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::source::{FileId, Span};
use crate::value::{self, Literal};

/// An aggregate over the rows of one source that satisfy all conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The measure or stock, for names and messages.
    pub measure: String,
    pub source: String,
    /// Where the measure is defined.
    pub span: Span,
    pub over: Over,
    /// What the source's rows are taken as, if not as they are.
    pub taken: Option<Taken>,
    /// How many of the conditions are the measure's own.
    pub own: usize,
    pub aggregate: Aggregate,
    pub conditions: Vec<Row>,
    /// Asked dimensions whose slices are lifted, in order.
    pub lifted: Vec<usize>,
    pub when: When,
    pub ty: Type,
}

/// What a leaf aggregates.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// Rows of its source.
    Rows(Placed),
    /// Members of dimensions, each with a number of its own.
    Members(Box<Members>),
    /// The time in which a condition holds.
    Time(Box<Held>),
}

impl Leaf {
    /// How its rows are placed in time; `None` for members and time.
    pub fn placed(&self) -> Option<&Placed> {
        match &self.over {
            Over::Rows(placed) => Some(placed),
            Over::Members(_) | Over::Time(_) => None,
        }
    }
}

/// Rows of a source that know more than their own columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// Of a funnel's first step, with the times of the steps that follow.
    Steps(String),
    /// Of a cohort's entries, with what the entrants did.
    Entries(Box<Entries>),
}

/// A cohort's entries, with what the entrants did.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries {
    pub cohort: String,
    pub measure: String,
    /// Which rows of the measure count.
    pub conditions: Vec<Row>,
    pub reading: OfEntrants,
    pub ages: Ages,
    /// The first days of the periods that age is counted in, if engines know no such periods.
    pub periods: Vec<Date>,
}

impl Leaf {
    /// What messages call it: the tool, or the measure.
    fn shown(&self) -> &str {
        match &self.taken {
            Some(Taken::Entries(entries)) => &entries.cohort,
            Some(Taken::Steps(funnel)) => funnel,
            None => &self.measure,
        }
    }

    /// Whether it has a value at each age.
    pub fn is_by_age(&self) -> bool {
        matches!(&self.taken, Some(Taken::Entries(entries)) if matches!(entries.ages, Ages::By(_)))
    }
}

/// A joined source that rows read, by the joins that lead to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    pub path: Vec<String>,
    pub source: String,
    /// Values seen from the first source's row, in the order of the target's key, or of
    /// what an as-of join compares them with.
    pub on: Vec<Row>,
    /// How one of several rows is found; its own time is seen from the first source's row.
    pub as_of: Option<AsOf>,
}

/// A measure or stock, as messages name it, and its own condition.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    pub id: &'a str,
    pub source: &'a str,
    pub span: Span,
    pub filter: Option<&'a Row>,
}

impl<'a> Of<'a> {
    pub fn new(id: &'a str, source: &'a str, span: Span) -> Of<'a> {
        Of { id, source, span, filter: None }
    }
}

/// The conditions that rows satisfy in a context.
///
/// # Errors
/// A dimension that the source does not reach.
pub fn conditions(
    resolved: &Resolved,
    of: &Of<'_>,
    restricted: &[Predicate],
) -> Result<Vec<Row>, Diagnostic> {
    let mut conditions: Vec<Row> = of.filter.cloned().into_iter().collect();
    for predicate in restricted {
        let row = condition(resolved, of.source, predicate)
            .map_err(|dimension| unreachable(resolved, of, &dimension, "is restricted by"))?;
        if !conditions.contains(&row) {
            conditions.push(row);
        }
    }
    Ok(conditions)
}

/// What a dimension is, seen from a source's row; `None` when it is out of reach.
pub fn dimension(resolved: &Resolved, source: &str, id: &str) -> Option<Row> {
    if let Some(bands) = resolved.bands.get(id) {
        // Whoever reaches the member, knows its band.
        dimension(resolved, source, &bands.dimension)?;
        return Some(bands::of_row(id, bands.span));
    }
    let from = resolved.sources.get(source)?;
    match from.reach.get(id)? {
        Reach::Own => from.dimensions.get(id).cloned(),
        Reach::Via(path) => {
            let mut target = from;
            for join in path {
                target = resolved.sources.get(&target.joins.get(join)?.source)?;
            }
            Some(prefixed(target.dimensions.get(id)?, path))
        }
        Reach::Ambiguous(_) => None,
    }
}

/// Whom a source's row is about: the dimension that a funnel or cohort follows.
///
/// # Errors
/// The source does not reach it.
pub fn entity(resolved: &Resolved, of: &Of<'_>, id: &str) -> Result<Row, Diagnostic> {
    dimension(resolved, of.source, id).ok_or_else(|| {
        unreachable(resolved, of, id, "is followed by").because("nobody could tell whose rows they are")
    })
}

/// An expression of a joined source, seen from the row that joins it.
pub fn prefixed(row: &Row, path: &[String]) -> Row {
    row.replace(&mut |column, at| {
        let column = column.behind(path);
        Scalar::new(ScalarKind::Leaf(column), at.ty, at.span)
    })
}

/// A condition over dimensions, as one over a source's row.
///
/// # Errors
/// The first dimension that the source does not reach.
pub fn condition(resolved: &Resolved, source: &str, predicate: &Predicate) -> Result<Row, String> {
    let mut missing = None;
    let row = predicate.replace(&mut |id, at| {
        dimension(resolved, source, id).unwrap_or_else(|| {
            missing.get_or_insert(id.clone());
            Scalar::new(ScalarKind::Literal(Literal::Boolean(false)), at.ty, at.span)
        })
    });
    missing.map_or(Ok(row), Err)
}

/// A time as an expression over its row.
pub fn time(axis: &Axis) -> Row {
    Row::new(ScalarKind::Leaf(axis.column.clone()), Type::Unknown, Span::new(FileId(0), 0, 0))
}

/// What a funnel's rows call the time of a step; the first is 0.
pub fn step_column(step: usize) -> String {
    format!("kpic_step_{}", step + 1)
}

/// Whether a row of a funnel's first step leads to a later one.
pub fn reached(step: usize, span: Span) -> Row {
    let time = added(&step_column(step), Type::Unknown, span);
    let missing = Row::new(ScalarKind::IsNull(Box::new(time)), Type::Boolean, span);
    Row::new(ScalarKind::Not(Box::new(missing)), Type::Boolean, span)
}

/// A column that rows have when they are taken as something.
pub fn added(name: &str, ty: Type, span: Span) -> Row {
    let column = ColumnRef { path: Vec::new(), column: name.to_string(), cast: None };
    Row::new(ScalarKind::Leaf(column), ty, span)
}

/// What entries are told of their entrants.
pub const VALUE: &str = "kpic_value";
pub const ENTERED: &str = "kpic_entered";
pub const AGED: &str = "kpic_age";
/// The day of entry, of which comes whether somebody is too young for an age.
pub const YOUNGEST: &str = "kpic_youngest";

/// A row without a value: what is aggregated stands in another plan.
pub fn nothing(span: Span) -> Row {
    Row::new(ScalarKind::Literal(Literal::Null(value::Type::Integer)), Type::Null, span)
}

/// Every joined source that these expressions read, each behind those it needs.
pub fn lookups<'r>(
    resolved: &Resolved,
    source: &str,
    rows: impl IntoIterator<Item = &'r Row>,
) -> Vec<Lookup> {
    let mut found = Vec::new();
    for row in rows {
        row.leaves(&mut |column| look_up(resolved, source, &column.path, &mut found));
    }
    found
}

fn look_up(resolved: &Resolved, source: &str, path: &[String], found: &mut Vec<Lookup>) {
    if path.is_empty() || found.iter().any(|lookup| lookup.path == path) {
        return;
    }
    let (join, before) = path.split_last().expect("the path is not empty");
    look_up(resolved, source, before, found);
    let Some(join) = target(resolved, source, before).and_then(|s| resolved.sources.get(s)?.joins.get(join))
    else {
        return;
    };
    let on: Vec<Row> = join.on.iter().map(|row| prefixed(row, before)).collect();
    let as_of = join.as_of.as_ref().map(|as_of| AsOf { time: as_of.time.behind(before), ..as_of.clone() });
    let time = as_of.as_ref().map(|as_of| time(&as_of.time));
    for row in on.iter().chain(&time) {
        row.leaves(&mut |column| look_up(resolved, source, &column.path, found));
    }
    found.push(Lookup { path: path.to_vec(), source: join.source.clone(), on, as_of });
}

fn target<'a>(resolved: &'a Resolved, source: &'a str, path: &[String]) -> Option<&'a str> {
    path.iter().try_fold(source, |at, join| Some(resolved.sources.get(at)?.joins.get(join)?.source.as_str()))
}

/// Whether every leaf can be computed in the asked scope.
///
/// # Errors
/// Each dimension, segment or condition that a leaf cannot reach, and hours of dates.
pub fn check(
    resolved: &Resolved,
    leaves: &[Leaf],
    scope: &Scope,
    grain: Grain,
) -> Result<(), Vec<Diagnostic>> {
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut add = |error: Diagnostic| {
        if !errors.iter().any(|e| e.message == error.message) {
            errors.push(error);
        }
    };
    for leaf in leaves {
        // The own plan of members and of time is checked by itself.
        let Some(placed) = leaf.placed() else { continue };
        let measure = &Of::new(&leaf.measure, &leaf.source, leaf.span);
        for (index, asked) in scope.dimensions.iter().enumerate() {
            let lifts = leaf.lifted.contains(&index);
            match &asked.kind {
                DimensionKind::Age if !leaf.is_by_age() => add(no_age(leaf)),
                DimensionKind::Steps { funnel, .. } if !lifts => add(no_steps(leaf, asked, funnel)),
                DimensionKind::OfRows | DimensionKind::Named
                    if !lifts && dimension(resolved, &leaf.source, &asked.id).is_none() =>
                {
                    add(unreachable(resolved, measure, &asked.id, "cannot be sliced by"));
                }
                DimensionKind::Age
                | DimensionKind::Steps { .. }
                | DimensionKind::OfRows
                | DimensionKind::Named
                | DimensionKind::Place { .. } => {}
            }
        }
        let has_age = |slicing: &Slicing| {
            slicing.dimensions.iter().any(|d| scope.dimensions[*d].kind == DimensionKind::Age)
        };
        if leaf.is_by_age() && !scope.slicings.iter().all(has_age) {
            add(needs_age(leaf));
        }
        let segments = scope.segments.iter().filter_map(|s| Some((s.predicate.as_ref()?, s.id.as_str())));
        for (predicate, id) in segments {
            if let Err(missing) = condition(resolved, &leaf.source, predicate) {
                add(unreachable(
                    resolved,
                    measure,
                    &missing,
                    &format!("is asked for the segment `{id}`, over"),
                ));
            }
        }
        if let Some(Err(missing)) = scope.filter.as_ref().map(|p| condition(resolved, &leaf.source, p)) {
            add(unreachable(resolved, measure, &missing, "is filtered by"));
        }
        let date = placed.axes().into_iter().rfind(|axis| axis.kind == AxisKind::Date);
        if let (Grain::Hour, Some(date)) = (grain, date) {
            add(hour_of_date(leaf, date));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn no_age(leaf: &Leaf) -> Diagnostic {
    let message = format!("`{}` has no {AGE}", leaf.shown());
    Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::Unreachable, message) }
        .because("only what entrants of a cohort do after their entry has one")
        .help("ask for it in a request of its own, without the age")
}

fn no_steps(leaf: &Leaf, asked: &Dimension, funnel: &str) -> Diagnostic {
    let number = match &leaf.taken {
        Some(Taken::Steps(funnel)) => format!("a number of one step of `{funnel}`"),
        Some(Taken::Entries(_)) | None => format!("`{}`", leaf.shown()),
    };
    let message = format!("{number} cannot be sliced by `{}`", asked.id);
    Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::Unreachable, message) }
        .because("an entity reaches several steps, so a row belongs to none of them")
        .help(format!("ask for `step_count({funnel})` or `step_rate({funnel})` alone; what is the same at every step is a total: `total(x, {})`", asked.id))
}

fn needs_age(leaf: &Leaf) -> Diagnostic {
    let message =
        format!("a number of the cohort `{}` is asked for each {AGE} of its entrants", leaf.shown());
    Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::BadOption, message) }
        .because("ages are compared with each other, and a total over them is none of them")
        .help(format!("add `--by {AGE}` to the request, without `--total`"))
}

fn hour_of_date(leaf: &Leaf, date: &Axis) -> Diagnostic {
    let message = format!(
        "`{}` has no {}s: its time `{}` is a date",
        leaf.measure,
        Grain::Hour.word(),
        date.column.column
    );
    let error = Diagnostic { span: Some(leaf.span), ..Diagnostic::general(Code::HourOfDate, message) };
    error
        .because("a date does not say at which hour something happened")
        .help("ask for days or a coarser grain")
}

fn unreachable(resolved: &Resolved, measure: &Of<'_>, dimension: &str, what: &str) -> Diagnostic {
    let dimension = resolved.bands.get(dimension).map_or(dimension, |bands| &bands.dimension);
    let message = format!("`{}` {what} `{dimension}`, which its source does not reach", measure.id);
    let (code, help) = match resolved.sources.get(measure.source).and_then(|s| s.reach.get(dimension)) {
        Some(Reach::Ambiguous(paths)) => {
            let paths: Vec<_> = paths.iter().map(|p| format!("`{}`", p.join("."))).collect();
            let help = format!(
                "two joins lead to it ({}): declare `dimension {dimension} = …` in `{}`",
                paths.join(" and "),
                measure.source
            );
            (Code::TwoPaths, help)
        }
        _ if resolved.sources.get(measure.source).is_some_and(|s| s.unbound.contains_key(dimension)) => {
            return unbound(measure, dimension, what);
        }
        _ => (Code::Unreachable, near(resolved, measure.source, dimension)),
    };
    Diagnostic { span: Some(measure.span), ..Diagnostic::general(code, message) }
        .because("a number for one member would count the rows of all of them")
        .help(help)
}

/// A dimension that waits for a table or a column.
fn unbound(measure: &Of<'_>, dimension: &str, what: &str) -> Diagnostic {
    let message = format!("`{}` {what} `{dimension}`, which nothing gives yet", measure.id);
    Diagnostic { span: Some(measure.span), ..Diagnostic::general(Code::Unbound, message) }
        .because("the source that declares it has no table, or its table lacks the column")
        .help(format!("say where it is: `source {} {{ dimension {dimension} = … }}`", measure.source))
}

fn near(resolved: &Resolved, source: &str, dimension: &str) -> String {
    let reached = resolved.sources.get(source).map(|s| s.reach.keys().map(String::as_str));
    let close = reached.and_then(|names| nearest(dimension, names));
    match close {
        Some(near) => format!("it reaches `{near}`; or declare `dimension {dimension}` in `{source}`"),
        None => format!("declare `dimension {dimension}` in `{source}`, or join a source that has it"),
    }
}
