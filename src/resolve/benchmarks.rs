//! `benchmark_gap(x)`: how far a KPI is from what others reach.

use super::expression::{Scope, Typed, bare, typed};
use super::formula::NumberScope;
use super::resolved::NumberLeaf;
use super::{properties, tools};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Benchmark, BinaryOp, Call, Expr, ExprKind, KpiProperty};

pub const NAME: &str = "benchmark_gap";

/// The KPI's number less its benchmark, of several that of the latest year.
pub fn gap(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let (Some(e), 1, None, false) = (tools::first(call), call.args.len(), &call.per, call.distinct) else {
        return s.report(usage(span));
    };
    let ExprKind::Path(path) = &e.value else { return s.report(usage(e.span)) };
    let Some(name) = bare(path) else { return s.report(usage(e.span)) };
    let kpi = properties::known_kpi(s.numbers, name, s.sink())?;
    let definition = s.numbers.model.kpis[kpi];
    let all = definition.properties.iter().filter_map(|property| match &property.value {
        KpiProperty::Benchmark(benchmark) => Some((&**benchmark, property.span)),
        _ => None,
    });
    let benchmark = match latest(kpi, all.collect(), e.span) {
        Ok(benchmark) => benchmark,
        Err(finding) => return s.report(finding),
    };
    let less = ExprKind::Binary(BinaryOp::Subtract, Box::new(e.clone()), Box::new(benchmark.value.clone()));
    typed(s, &Expr::new(less, span))
}

/// The one of the latest year; one without a year is older than all others.
fn latest<'b>(kpi: &str, all: Vec<(&'b Benchmark, Span)>, at: Span) -> Result<&'b Benchmark, Diagnostic> {
    let year = |benchmark: &Benchmark| benchmark.year.as_ref().map(|year| year.value);
    let latest = all.iter().map(|(benchmark, _)| year(benchmark)).max();
    let newest: Vec<_> = all.iter().filter(|(benchmark, _)| Some(year(benchmark)) == latest).collect();
    match newest.as_slice() {
        [(benchmark, _)] => Ok(benchmark),
        [] => Err(Diagnostic::error(Code::NoBenchmark, at, format!("`{kpi}` has no benchmark"))
            .because("there is nothing that it could be compared with")
            .help(format!("give it one: `kpi {kpi} {{ benchmark … \"…\" source \"…\" year … }}`"))),
        [(_, first), (_, second), ..] => Err(Diagnostic::error(
            Code::NoBenchmark,
            at,
            format!("`{kpi}` has several benchmarks of its latest year"),
        )
        .label(*first, "one of them")
        .label(*second, "another one")
        .because("the gap to one is not that to the other")
        .help("keep the one that is meant, or give the other an earlier year")),
    }
}

fn usage(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongArguments, span, "`benchmark_gap` takes the name of a KPI")
        .because("it is KPIs that have benchmarks")
        .help("write `benchmark_gap(conversion_rate)`, with its condition behind it: `benchmark_gap(x) where …`")
}
