//! Functions of numbers that are read and checked, and not computed yet.

use super::expression::{Scope, Typed, condition, typed};
use super::formula::NumberScope;
use super::resolved::NumberLeaf;
use super::rows::not_yet;
use super::{attainment, benchmarks, ranks, stocks, time_share, windows};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Arg, Call, Expr, ExprKind, Name, Per};

/// Functions whose first argument is a number.
const OF_NUMBERS: [&str; 4] = ["forecast", "slope", "zscore", benchmarks::NAME];
/// Functions whose first argument is a tool, and its kind.
const OF_TOOLS: [(&str, &str); 5] = [
    ("retained", "cohort"),
    ("per_entrant", "cohort"),
    ("attributed", "attribution"),
    ("uplift", "experiment"),
    ("p_value", "experiment"),
];

/// All functions of a KPI beside scalar ones.
pub const ALL: [&str; 33] = [
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "median",
    "percentile",
    "stddev",
    "corr",
    "total",
    "at_start",
    "at_end",
    "average",
    "time_share",
    "rolling",
    "to_date",
    "cumulative",
    "previous",
    "decayed",
    "forecast",
    "slope",
    "zscore",
    "rank",
    "cumulative_share",
    "attainment",
    "benchmark_gap",
    "retained",
    "per_entrant",
    "attributed",
    "step_count",
    "step_rate",
    "uplift",
    "p_value",
];

/// Whether a function only makes sense of numbers, in a KPI.
pub fn is_number_function(name: &str) -> bool {
    name == "total"
        || super::steps::function(name).is_some()
        || windows::WINDOWS.contains(&name)
        || stocks::READINGS.contains(&name)
        || ranks::RANKS.contains(&name)
        || name == time_share::NAME
        || name == attainment::NAME
        || OF_NUMBERS.contains(&name)
        || OF_TOOLS.iter().any(|(tool, _)| *tool == name)
}

/// The first argument of a call, if it is an expression.
pub fn first(call: &Call) -> Option<&Expr> {
    match call.args.first() {
        Some(Arg::Expr(e)) => Some(e),
        Some(Arg::Mode(_)) | None => None,
    }
}

type Refused = Option<Typed<NumberLeaf>>;

/// Checks the names of a call that is not computed yet, and refuses it.
pub fn refused(s: &mut NumberScope<'_, '_>, call: &Call) -> Refused {
    let name = call.function.value.as_str();
    if let Some((_, kind)) = OF_TOOLS.iter().find(|(tool, _)| *tool == name) {
        return tool(s, call, kind);
    }
    if let Some(e) = first(call) {
        typed(s, e);
    } else if call.per.is_none() {
        return s.report(needs(call, "a number first"));
    }
    per(s, call.per.as_ref());
    s.report(
        not_yet(call.function.span, &format!("the function `{name}`"))
            .because("left out, the formula would give another number"),
    )
}

pub fn needs(call: &Call, what: &str) -> Diagnostic {
    let name = &call.function.value;
    Diagnostic::error(Code::WrongArguments, call.function.span, format!("`{name}` takes {what}"))
        .help(format!("write `{name}(…)` with it"))
}

/// `retained(cohort, measure, on day 7)`
fn tool(s: &mut NumberScope<'_, '_>, call: &Call, kind: &str) -> Refused {
    let name = call.function.value.as_str();
    match first(call).map(|e| &e.value) {
        Some(ExprKind::Path(path)) if path.qualifier.is_none() => {
            check_tool(s, &path.name, kind);
        }
        _ => return s.report(needs(call, &format!("the name of a {kind} first"))),
    }
    if let Some(Arg::Expr(e)) = call.args.get(1) {
        typed(s, e);
    }
    s.report(not_yet(call.function.span, &format!("the function `{name}`")))
}

pub fn check_tool(s: &mut NumberScope<'_, '_>, name: &Name, kind: &str) -> bool {
    let model = s.numbers.model;
    let id = name.value.as_str();
    let (here, names): (bool, Vec<&str>) = match kind {
        "cohort" => (model.cohorts.contains_key(id), model.cohorts.keys().copied().collect()),
        "attribution" => (model.attributions.contains_key(id), model.attributions.keys().copied().collect()),
        "funnel" => (model.funnels.contains_key(id), model.funnels.keys().copied().collect()),
        _ => (model.experiments.contains_key(id), model.experiments.keys().copied().collect()),
    };
    if here {
        return true;
    }
    let other = [
        ("a cohort", model.cohorts.contains_key(id)),
        ("an attribution", model.attributions.contains_key(id)),
        ("a funnel", model.funnels.contains_key(id)),
        ("an experiment", model.experiments.contains_key(id)),
        ("a KPI", model.kpis.contains_key(id)),
        ("a measure", s.numbers.measures.contains_key(id)),
        ("a source", model.sources.contains_key(id)),
    ];
    let error = match other.iter().find(|(_, is)| *is) {
        Some((what, _)) => Diagnostic::error(
            Code::WrongKind,
            name.span,
            format!("`{id}` is {what}, and the {kind} is named here"),
        ),
        None => Diagnostic::error(Code::UnknownName, name.span, format!("there is no {kind} `{id}`")),
    };
    let error = error.missing(id);
    let error = match s.sink().nearest(id, names) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("define it: `{kind} {id} on SOURCE by DIMENSION`")),
    };
    s.sink().push(error);
    false
}

/// The dimensions and condition of a number per member.
fn per(s: &mut NumberScope<'_, '_>, per: Option<&Per>) {
    let Some(per) = per else { return };
    for path in &per.dimensions {
        s.dimension(path);
    }
    if let Some(having) = &per.having {
        condition(s, having);
    }
}

/// Checks the names of funnels, cohorts, attributions and experiments.
pub fn check(numbers: &super::numbers::Numbers<'_>, sink: &mut crate::diagnostic::Sink) {
    let model = numbers.model;
    let mut overs: Vec<&crate::syntax::ast::Over> = Vec::new();
    overs.extend(model.funnels.values().map(|f| &f.over));
    overs.extend(model.cohorts.values().map(|c| &c.over));
    overs.extend(model.attributions.values().map(|a| &a.over));
    overs.extend(model.experiments.values().map(|e| &e.over));
    let steps = model.funnels.values().flat_map(|f| &f.steps);
    let sources =
        overs.iter().filter_map(|o| o.source.as_ref()).chain(steps.filter_map(|s| s.source.as_ref()));
    for source in sources {
        if model.sources.contains_key(source.value.as_str()) {
            continue;
        }
        let error = Diagnostic::error(
            Code::UnknownSource,
            source.span,
            format!("there is no source `{}`", source.value),
        )
        .missing(&source.value);
        let near = sink.nearest(&source.value, model.sources.keys().copied());
        sink.push(match near {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("define it, or name one that the project has"),
        });
    }
    for over in overs {
        let by = &over.by;
        if !numbers.predicates.dimensions.contains_key(&by.value) {
            let unknown = super::predicates::unknown(numbers.predicates, by, sink);
            sink.push(unknown);
        }
        if numbers.predicates.banded.contains_key(&by.value) {
            sink.push(by_band(by));
        }
    }
}

fn by_band(by: &Name) -> Diagnostic {
    let message = format!("`{}` is a segmentation, and an entity is followed", by.value);
    Diagnostic::error(Code::WrongKind, by.span, message)
        .because("a band is of a period, and nobody could tell who came back in it")
        .help("follow the members themselves, `by customer`, and slice the result by the segmentation")
}
