//! Targets that are asked for more often than a number can answer.

use std::collections::HashMap;

use super::beneath;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Ages, Grain, Kpi, Length, Number, NumberLeaf, TimeUnit, Window};
use crate::syntax::ast::{KpiProperty, Target};

/// Days of the longest period of a grain, about.
const YEAR: u32 = 365;
/// More than any period has.
const LIFETIME: u32 = u32::MAX;

/// How far back a number looks at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Horizon {
    days: u32,
    /// `12 months`, `the whole past`
    words: String,
}

/// Targets each month, say, of numbers over a year.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    let mut known: HashMap<&str, Horizon> = HashMap::new();
    for kpi in beneath::needed_first(resolved) {
        let Some(horizon) = of(&kpi.value, &known) else { continue };
        known.insert(&kpi.id, horizon.clone());
        let targets = kpi.definition.properties.iter().filter_map(|property| match &property.value {
            KpiProperty::Target(target) => Some(&**target),
            _ => None,
        });
        for target in targets {
            let Some(each) = &target.each else { continue };
            if days(each.value) < horizon.days {
                sink.push(short(kpi, target, &horizon));
                break;
            }
        }
    }
}

fn short(kpi: &Kpi, target: &Target, horizon: &Horizon) -> Diagnostic {
    let each = target.each.as_ref().expect("a target without a grain is of no time");
    let (name, word) = (&kpi.definition.header.name.value, each.value.word());
    Diagnostic::warning(
        Code::ShortTarget,
        each.span,
        format!("a target each {word} on `{name}`, which reads {}", horizon.words),
    )
    .because(format!(
        "what is done in one {word} hardly moves it: the past decides whether the target is met"
    ))
    .help("give it a target of a longer time, and a target each period to a KPI that answers within it")
}

/// The longest horizon in a formula: windows of a year and more, and what a cohort's entrants do.
fn of(number: &Number, known: &HashMap<&str, Horizon>) -> Option<Horizon> {
    let horizons = beneath::leaves(number).into_iter().filter_map(|leaf| match leaf {
        NumberLeaf::Kpi(id) => known.get(id.as_str()).cloned(),
        NumberLeaf::Window(_, window) => of_window(*window),
        NumberLeaf::OverPeriods(over) => of_length(over.over, YEAR),
        NumberLeaf::Entrants(entrants) => of_ages(entrants.ages),
        _ => None,
    });
    horizons.max_by_key(|horizon| horizon.days)
}

fn of_window(window: Window) -> Option<Horizon> {
    match window {
        Window::Rolling(length) => of_length(length, YEAR),
        Window::Cumulative => Some(Horizon { days: YEAR, words: "everything since the first row".into() }),
        // To date starts again, and what fades is forgotten.
        Window::ToDate(_) | Window::Decayed(_) => None,
    }
}

fn of_ages(ages: Ages) -> Option<Horizon> {
    match ages {
        Ages::OnDay(day) => Some(Horizon { days: day, words: format!("what entrants do {day} days later") }),
        Ages::Within(length) => of_length(length, 0),
        Ages::FromDay(_) => Some(Horizon { days: LIFETIME, words: "all that entrants ever do".into() }),
        Ages::By(_) => None,
    }
}

/// A stretch of time of so many days or more.
fn of_length(length: Length, least: u32) -> Option<Horizon> {
    let days = match length.unit {
        TimeUnit::Millisecond | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
        TimeUnit::Day => length.count,
        TimeUnit::Week => {
            if length.count >= 52 {
                YEAR.max(length.count.saturating_mul(7))
            } else {
                length.count * 7
            }
        }
        TimeUnit::Month => months(length.count),
        TimeUnit::Quarter => months(length.count.saturating_mul(3)),
        TimeUnit::Year => months(length.count.saturating_mul(12)),
    };
    (days >= least).then(|| Horizon { days, words: length.to_string() })
}

/// Twelve months are a year, and one month is one of 31 days: nothing shorter than itself.
fn months(count: u32) -> u32 {
    (count / 12).saturating_mul(YEAR).saturating_add(count % 12 * 31)
}

fn days(grain: Grain) -> u32 {
    match grain {
        Grain::Hour | Grain::Day => 1,
        Grain::Week => 7,
        Grain::Month => 31,
        // Of a calendar of weeks, one of five.
        Grain::FiscalMonth => 35,
        Grain::Quarter => 93,
        Grain::FiscalQuarter => 98,
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 371,
    }
}
