//! What others reach: who says so, and when.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::ast::{Benchmark, KpiProperty, PeriodKind};

/// Benchmarks without a source, and old ones. How old is told by the latest year that the
/// project itself names, in targets, deadlines and benchmarks: the same definitions have the same
/// findings on every day.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    let most = model.lints.limit(Code::OldBenchmark);
    let latest = latest_year(resolved);
    for kpi in resolved.kpis.values() {
        let all = kpi.definition.properties.iter().filter_map(|property| match &property.value {
            KpiProperty::Benchmark(benchmark) => Some((&**benchmark, property.span)),
            _ => None,
        });
        let all: Vec<(&Benchmark, Span)> = all.collect();
        sink.extend(all.iter().filter_map(|(benchmark, span)| without_source(&kpi.id, benchmark, *span)));
        // Earlier ones beside it show how it moved.
        let newest = all.iter().map(|(benchmark, _)| *benchmark).filter(|benchmark| benchmark.year.is_some());
        let newest = newest.max_by_key(|benchmark| benchmark.year.as_ref().map(|year| year.value));
        sink.extend(newest.and_then(|benchmark| old(&kpi.id, benchmark, latest, most)));
    }
}

fn without_source(kpi: &str, benchmark: &Benchmark, span: Span) -> Option<Diagnostic> {
    let is_named = benchmark.source.as_ref().is_some_and(|source| !source.value.trim().is_empty());
    let lacking = match (is_named, benchmark.year.is_some()) {
        (true, true) => return None,
        (true, false) => ("year", "`year 2025`"),
        (false, true) => ("source", "`source \"…\"`"),
        (false, false) => ("source and no year", "`source \"…\" year 2025`"),
    };
    Some(
        Diagnostic::warning(
            Code::BenchmarkWithoutSource,
            span,
            format!("the benchmark of `{kpi}` has no {}", lacking.0),
        )
        .because("nobody could look up what it is of, and whether it still holds")
        .help(format!("add {}", lacking.1)),
    )
}

fn old(kpi: &str, benchmark: &Benchmark, latest: Option<i16>, most: u32) -> Option<Diagnostic> {
    let year = benchmark.year.as_ref()?;
    let age = i32::from(latest?) - i32::from(year.value);
    if u32::try_from(age).unwrap_or(0) <= most {
        return None;
    }
    Some(
        Diagnostic::warning(
            Code::OldBenchmark,
            year.span,
            format!("the benchmark of `{kpi}` is {age} years older than the latest year the project names"),
        )
        .because("what others reach moves, and who meets an old mark may be behind")
        .help("look for a newer one, or say that it still holds: `allow old_benchmark \"…\"`"),
    )
}

/// The latest year in targets, deadlines and benchmarks.
fn latest_year(resolved: &Resolved) -> Option<i16> {
    let properties = resolved.kpis.values().flat_map(|kpi| &kpi.definition.properties);
    let of_kpis = properties.flat_map(|property| match &property.value {
        KpiProperty::Target(target) => {
            let periods = [&target.from, &target.until];
            periods.into_iter().flatten().map(|period| year(period.value)).collect()
        }
        KpiProperty::Benchmark(benchmark) => {
            benchmark.year.iter().filter_map(|year| i16::try_from(year.value).ok()).collect()
        }
        _ => Vec::new(),
    });
    let deadlines = resolved.objectives.values().filter_map(|o| o.definition.deadline.as_ref());
    of_kpis.chain(deadlines.map(|deadline| year(deadline.value.value))).max()
}

fn year(period: PeriodKind) -> i16 {
    match period {
        PeriodKind::Year(year)
        | PeriodKind::Quarter(year, _)
        | PeriodKind::Month(year, _)
        | PeriodKind::Week(year, _) => year,
        PeriodKind::Day(day) => day.year,
    }
}
