//! Columns marked `pii`, followed to where a result would show them.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::ast::{Arg, BinaryOp, Call, Expr, ExprKind, KpiProperty, Path, Source};

/// Functions that leave nothing of a person: a length, a part of a time, true or false.
const COARSE: [&str; 12] = [
    "length",
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "weekday",
    "hour",
    "starts_with",
    "ends_with",
    "contains",
    "count",
];
/// Aggregates that show the value of one row.
const OF_ONE: [&str; 4] = ["min", "max", "median", "percentile"];
/// Names are followed so far.
const DEEPEST: u32 = 32;

/// KPIs and dashboards shown by personal data, and measures that show a single person's value.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    let columns = model.sources.values().flat_map(|source| &source.columns);
    if !columns.into_iter().any(|column| column.pii) {
        return;
    }
    let dimensions = dimensions(model);
    let by_kpi = resolved.kpis.values().flat_map(|kpi| {
        let lists = kpi.definition.properties.iter().filter_map(|property| match &property.value {
            KpiProperty::By(paths) => Some(paths),
            _ => None,
        });
        lists.flatten().map(|path| (&kpi.id, path))
    });
    let by_dashboard = resolved.dashboards.values().flat_map(|dashboard| {
        let paths = dashboard.definition.by.iter().flat_map(|by| &by.value);
        paths.map(|path| (&dashboard.id, path))
    });
    for (id, path) in by_kpi.chain(by_dashboard).filter(|(_, path)| path.qualifier.is_none()) {
        if let Some(column) = dimensions.get(path.name.value.as_str()) {
            let fact = format!("`{id}` is shown by `{}`, which is personal data", path.name.value);
            sink.push(shown(Diagnostic::warning(Code::PersonalData, path.span(), fact), *column));
        }
    }
    for source in model.sources.values() {
        for measure in source.measures.iter().chain(&source.stocks) {
            if let Some(column) = of_one(&measure.value).and_then(|e| flows(model, source, e, None, 0)) {
                let name = &measure.header.name;
                let fact = format!("`{}` is a single person's value", name.value);
                sink.push(shown(Diagnostic::warning(Code::PersonalData, name.span, fact), column));
            }
        }
    }
}

/// What is personal among the dimensions that a request slices by.
pub fn sliced(model: &Model<'_>, names: &[String]) -> Vec<Diagnostic> {
    let dimensions = dimensions(model);
    let mut seen = HashSet::new();
    let asked = names.iter().filter(|name| seen.insert(name.as_str()));
    let personal = asked.filter_map(|name| Some((name, *dimensions.get(name.as_str())?)));
    personal
        .map(|(name, column)| {
            let fact = format!("the result would be sliced by `{name}`, which is personal data");
            let finding = Diagnostic::general(Code::PersonalData, fact);
            shown(Diagnostic { severity: Severity::Warning, ..finding }, column)
        })
        .collect()
}

fn shown(finding: Diagnostic, column: Span) -> Diagnostic {
    finding
        .label(column, "declared personal here")
        .because("results are shared, exported and kept, and this one would tell of single persons")
        .help("count them, or slice by what many share; `allow personal_data \"…\"` in the source, if they may be shown")
}

/// The dimensions whose members are personal data, each with the column that is.
fn dimensions<'m>(model: &Model<'m>) -> HashMap<&'m str, Span> {
    let mut found = HashMap::new();
    for source in model.sources.values().copied() {
        for dimension in &source.dimensions {
            let name = dimension.header.name.value.as_str();
            if let Some(column) = of_name(model, source, name, None, 0) {
                found.entry(name).or_insert(column);
            }
        }
    }
    found
}

/// The argument of an aggregate that shows one row's value.
fn of_one(e: &Expr) -> Option<&Expr> {
    match &e.value {
        ExprKind::Call(call) if OF_ONE.contains(&call.function.value.as_str()) => arguments(call).next(),
        _ => None,
    }
}

fn arguments(call: &Call) -> impl Iterator<Item = &Expr> {
    call.args.iter().filter_map(|arg| match arg {
        Arg::Expr(e) => Some(e),
        Arg::Mode(_) => None,
    })
}

/// The personal column that a name in a source's rows shows: a dimension's, else a column's.
/// Inside its `own` definition a name means the column.
fn of_name(model: &Model<'_>, source: &Source, name: &str, own: Option<&str>, depth: u32) -> Option<Span> {
    if depth > DEEPEST {
        return None;
    }
    let is = |header: &crate::syntax::ast::Header| header.name.value == name;
    let dimension = source.dimensions.iter().find(|d| is(&d.header)).filter(|_| own != Some(name));
    if let Some(value) = dimension.and_then(|dimension| dimension.value.as_ref()) {
        return flows(model, source, value, Some(name), depth + 1);
    }
    let column = source.columns.iter().find(|c| is(&c.header))?;
    if column.pii {
        return Some(column.header.name.span);
    }
    // A column computed from one of its own name reads the physical one.
    let value = column.value.as_ref().filter(|_| own != Some(name) || dimension.is_none());
    value.and_then(|value| flows(model, source, value, Some(name), depth + 1))
}

fn of_path(model: &Model<'_>, source: &Source, path: &Path, own: Option<&str>, depth: u32) -> Option<Span> {
    let Some(join) = &path.qualifier else { return of_name(model, source, &path.name.value, own, depth) };
    let join = source.joins.iter().find(|j| j.header.name.value == join.value)?;
    let joined = model.sources.get(join.source.value.as_str())?;
    of_name(model, joined, &path.name.value, None, depth + 1)
}

/// The personal column whose value an expression gives on. A condition gives none on.
fn flows(model: &Model<'_>, source: &Source, e: &Expr, own: Option<&str>, depth: u32) -> Option<Span> {
    let any = |parts: &[&Expr]| parts.iter().find_map(|part| flows(model, source, part, own, depth));
    match &e.value {
        ExprKind::Path(path) => of_path(model, source, path, own, depth),
        ExprKind::Unary(_, a) => any(&[a]),
        ExprKind::Binary(
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide,
            a,
            b,
        ) => any(&[a, b]),
        ExprKind::Case { whens, otherwise } => {
            let results: Vec<&Expr> =
                whens.iter().map(|(_, then)| then).chain(otherwise.as_deref()).collect();
            any(&results)
        }
        ExprKind::Call(call) if COARSE.contains(&call.function.value.as_str()) => None,
        ExprKind::Call(call) => any(&arguments(call).collect::<Vec<_>>()),
        ExprKind::Where { value, .. } => any(&[value]),
        ExprKind::Binary(..)
        | ExprKind::In { .. }
        | ExprKind::Between { .. }
        | ExprKind::Like { .. }
        | ExprKind::IsNull { .. }
        | ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Percent(_)
        | ExprKind::Money(..)
        | ExprKind::Duration(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Param(_) => None,
    }
}
