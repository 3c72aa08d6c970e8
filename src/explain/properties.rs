//! A KPI's properties in words.

use super::goals;
use super::number::Numbers;
use super::page::Page;
use super::phrases::fill;
use super::voice::{Voice, line};
use crate::model::days;
use crate::resolve::resolved::{Format, Kpi, Resolved, UnitName};
use crate::resolve::scalar::Type;
use crate::syntax::ast::{self, Benchmark, Better, ExprKind, KpiProperty, UnaryOp};
use crate::syntax::format;

/// The label in the page's language, if the KPI has one.
pub fn label(kpi: &Kpi, voice: &Voice) -> Option<String> {
    kpi.definition.properties.iter().find_map(|property| match &property.value {
        KpiProperty::Label { language, text }
            if super::Language::of_locale(language) == Some(voice.language) =>
        {
            Some(line(text))
        }
        _ => None,
    })
}

/// Formula, unit, and everything that is said of a KPI.
pub fn all(page: &mut Page, kpi: &Kpi, resolved: &Resolved, voice: &Voice) {
    let p = voice.phrases;
    match &kpi.definition.value {
        Some(formula) => {
            page.fact("formula", p.formula, line(&format::expression(formula)));
            let words = Numbers { voice, resolved }.say(&kpi.value).text;
            page.fact("words", p.in_words, words);
        }
        None => page.fact("formula", p.formula, fill(p.is_measure, &[&voice.name(&kpi.id)])),
    }
    for earlier in kpi.earlier.iter().rev() {
        page.fact("earlier", p.earlier_version, version(earlier, voice));
    }
    if let Some(unit) = &kpi.unit {
        page.fact("unit", p.unit, voice.unit(unit));
    }
    for property in &kpi.definition.properties {
        self::property(page, &property.value, kpi, voice);
        if let KpiProperty::By(list) = &property.value {
            accepted(page, list, resolved, voice);
        }
    }
    for target in &kpi.goals.targets {
        page.fact("target", p.target, goals::target(voice, kpi, target));
    }
    if let Some(status) = goals::status(voice, kpi) {
        page.fact("status", p.status, status);
    }
    beside(page, kpi, resolved, voice);
}

/// Values of a dimension that are told.
const MOST_VALUES: usize = 12;

/// The members that the dimensions of `by` may have.
fn accepted(page: &mut Page, by: &[ast::Path], resolved: &Resolved, voice: &Voice) {
    let p = voice.phrases;
    for path in by.iter().filter(|path| path.qualifier.is_none()) {
        let id = &path.name.value;
        let Some(list) = resolved.dimensions.get(id).and_then(|info| info.accepted.as_ref()) else {
            continue;
        };
        let told = list.values.iter().take(MOST_VALUES).map(|value| voice.literal(value, false));
        let mut told: Vec<String> = told.collect();
        let last = if list.values.len() > MOST_VALUES { p.comma } else { p.or };
        told.extend((list.values.len() > MOST_VALUES).then(|| "…".to_string()));
        page.fact("accepted_values", p.accepted, fill(p.band, &[&voice.name(id), &voice.list(&told, last)]));
    }
}

/// A version as it is written: its formula, its time, its name.
fn version(def: &ast::Kpi, voice: &Voice) -> String {
    let formula = match &def.value {
        Some(formula) => line(&format::expression(formula)),
        None => fill(voice.phrases.is_measure, &[&voice.name(&def.header.name)]),
    };
    let more = def.properties.iter().filter_map(|property| match &property.value {
        KpiProperty::Effective { from, until } => Some(effective(from.as_ref(), until.as_ref(), voice)),
        KpiProperty::Version(name) => Some(voice.quoted(name)),
        _ => None,
    });
    let more: Vec<String> = more.collect();
    [vec![formula], more].concat().join(voice.phrases.comma)
}

fn property(page: &mut Page, property: &KpiProperty, kpi: &Kpi, voice: &Voice) {
    let p = voice.phrases;
    let names = |list: &[ast::Name]| voice.names(list.iter().map(|name| name.value.as_str()));
    match property {
        // Said elsewhere.
        KpiProperty::Unit(_) | KpiProperty::Target(_) | KpiProperty::Status(_) => {}
        KpiProperty::Better(better) => {
            let text = match better.value {
                Better::Higher => p.better_higher,
                Better::Lower => p.better_lower,
                Better::Range => p.better_range,
            };
            page.fact("better", p.better, text);
        }
        KpiProperty::Label { language, text } => {
            page.fact("label", &format!("{} {}", p.label, line(language)), line(text));
        }
        KpiProperty::Alias(list) => page.fact("alias", p.also_called, names(list)),
        KpiProperty::By(list) => {
            let paths: Vec<String> = list.iter().map(dotted).collect();
            page.fact("by", p.by, voice.names(paths.iter().map(String::as_str)));
        }
        KpiProperty::Segments(list) => page.fact("segments", p.segments, names(list)),
        KpiProperty::Grain(list) => {
            let grains: Vec<String> = list.iter().map(|grain| voice.grain(grain.value).to_string()).collect();
            page.fact("grain", p.grains_taken, grains.join(p.comma));
        }
        KpiProperty::Settled(_) => {
            if let Some(wait) = kpi.settled {
                page.fact("settled", p.settled, fill(p.waits, &[&voice.length(wait)]));
            }
        }
        KpiProperty::Empty(_) => {
            if let Some(literal) = &kpi.empty {
                page.fact("empty", p.without_rows, voice.literal(literal, false));
            }
        }
        KpiProperty::Format(_) => {
            let text = match kpi.format {
                Some(Format::Compact) => p.compact.to_string(),
                Some(Format::Decimals(count)) => fill(p.decimals, &[&count.to_string()]),
                None => return,
            };
            page.fact("format", p.shown_as, text);
        }
        KpiProperty::Owner(text) => page.fact("owner", p.owner, line(text)),
        KpiProperty::Objective(name) => page.fact("objective", p.objective, voice.name(name)),
        KpiProperty::Stage(name) => page.fact("stage", p.stage, voice.name(name)),
        KpiProperty::Action(text) => page.fact("action", p.action, line(text)),
        KpiProperty::Interpretation(text) => page.fact("interpretation", p.interpretation, line(text)),
        KpiProperty::Tags(list) => page.fact("tags", p.tags, names(list)),
        KpiProperty::Drivers(list) => page.fact("drivers", p.drivers, names(list)),
        KpiProperty::PairWith(list) => page.fact("pair_with", p.pair_with, names(list)),
        KpiProperty::LeadsTo(list) => page.fact("leads_to", p.leads_to, names(list)),
        KpiProperty::Prefer(list) => page.fact("prefer", p.prefer, names(list)),
        KpiProperty::Vanity => page.fact("vanity", p.vanity, p.vanity_said),
        KpiProperty::Version(text) => page.fact("version", p.version_named, line(text)),
        KpiProperty::Benchmark(benchmark) => {
            page.fact("benchmark", p.benchmark, self::benchmark(benchmark, kpi, voice));
        }
        KpiProperty::Effective { from, until } => {
            page.fact("effective", p.effective, effective(from.as_ref(), until.as_ref(), voice));
        }
    }
}

/// `2.5% (France, e-commerce average, 2024)`
fn benchmark(of: &Benchmark, kpi: &Kpi, voice: &Voice) -> String {
    let value = value(&of.value, kpi, voice);
    let mut beside: Vec<String> = of.label.iter().chain(&of.source).map(|text| line(text)).collect();
    beside.extend(of.year.as_ref().map(|year| year.value.to_string()));
    match beside.is_empty() {
        true => value,
        false => fill(voice.phrases.benchmark_of, &[&value, &beside.join(voice.phrases.comma)]),
    }
}

/// A literal of a definition as people write it.
pub fn value(expr: &ast::Expr, kpi: &Kpi, voice: &Voice) -> String {
    match &expr.value {
        ExprKind::Unary(UnaryOp::Minus, inner) => format!("-{}", value(inner, kpi, voice)),
        ExprKind::Percent(digits) => {
            let fraction = digits.parse::<f64>().unwrap_or_default() / 100.0;
            voice.number(&format!("{}", (fraction * 1e12).round() / 1e12), Some(&UnitName::Percent), false)
        }
        ExprKind::Money(digits, unit) => voice.number(digits, Some(unit), false),
        ExprKind::Number(digits) => voice.number(digits, kpi.unit.as_ref(), kpi.value.ty == Type::Duration),
        _ => line(&format::expression(expr)),
    }
}

fn effective(from: Option<&ast::Period>, until: Option<&ast::Period>, voice: &Voice) -> String {
    let from = from.and_then(|from| Some(goals::since(voice, days(from.value)?.0)));
    let until = until.and_then(|until| Some(goals::until(voice, days(until.value)?.1)));
    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}

/// What names a KPI: objectives beside its own, dashboards, assertions.
fn beside(page: &mut Page, kpi: &Kpi, resolved: &Resolved, voice: &Voice) {
    let p = voice.phrases;
    let objectives = resolved.objectives.values();
    let others = objectives.filter(|o| o.kpis.contains(&kpi.id) && kpi.objective() != Some(o.id.as_str()));
    let others: Vec<&str> = others.map(|objective| objective.id.as_str()).collect();
    let dashboards = resolved.dashboards.values().filter(|d| d.kpis.contains(&kpi.id));
    let dashboards: Vec<&str> = dashboards.map(|dashboard| dashboard.id.as_str()).collect();
    let assertions = resolved.assertions.values().filter(|a| a.operands.contains(&kpi.id));
    let assertions: Vec<&str> = assertions.map(|assertion| assertion.kpi.id.as_str()).collect();
    let all = [
        ("serves", p.serves, others),
        ("dashboards", p.on_dashboards, dashboards),
        ("asserted_in", p.asserted_in, assertions),
    ];
    for (key, name, named) in all {
        if !named.is_empty() {
            page.fact(key, name, voice.names(named));
        }
    }
}

/// What is missing before a KPI can be computed.
pub fn needs(page: &mut Page, kpi: &Kpi, voice: &Voice) {
    let p = voice.phrases;
    let needs: Vec<String> = kpi
        .unbound
        .iter()
        .map(|need| {
            let columns = voice.names(need.columns.iter().map(String::as_str));
            let phrase = match (need.has_table, need.columns.len()) {
                (false, 0) => p.needs_table,
                (false, _) => p.needs_table_with,
                (true, 1) => p.needs_column,
                (true, _) => p.needs_columns,
            };
            fill(phrase, &[&voice.name(&need.source), &columns])
        })
        .collect();
    if !needs.is_empty() {
        page.fact("needs", p.not_available, fill(p.needs, &[&voice.list(&needs, p.and)]));
    }
}

pub fn dotted(path: &ast::Path) -> String {
    match &path.qualifier {
        Some(qualifier) => format!("{}.{}", qualifier.value, path.name.value),
        None => path.name.value.clone(),
    }
}
