//! What happened in the asked periods, for who reads the numbers.

use super::period;
use crate::plan::Plan;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Event, Grain};
use crate::run::Value;

/// More than these stand beneath no table.
const MOST: usize = 20;

/// A line for each event that lies in the asked range: `2026-11: Black Friday`.
pub fn context(resolved: &Resolved, plan: &Plan) -> Vec<String> {
    let mut events: Vec<(&Event, (usize, usize))> =
        resolved.events.values().filter_map(|event| Some((event, held(plan, event)?))).collect();
    events.sort_by_key(|(event, held)| (*held, event.from));
    let left_out = events.len().saturating_sub(MOST);
    let lines = events.iter().take(MOST).map(|(event, held)| line(plan, event, *held));
    let rest = (left_out > 0).then(|| format!("and {left_out} more events"));
    lines.chain(rest).collect()
}

/// The first and the last asked period that hold a part of it; of one without an end, the
/// period that it begins in.
fn held(plan: &Plan, event: &Event) -> Option<(usize, usize)> {
    let from = event.from.civil()?;
    let end = event.until.unwrap_or(event.from).civil()?.tomorrow().ok()?;
    let overlaps = |period: &usize| {
        plan.range.starts[*period].local < end.at(0, 0, 0, 0)
            && plan.range.end_of(*period).local > from.at(0, 0, 0, 0)
    };
    let mut periods = (0..plan.range.starts.len()).filter(overlaps);
    let first = periods.next()?;
    Some((first, periods.next_back().unwrap_or(first)))
}

fn line(plan: &Plan, event: &Event, (first, last): (usize, usize)) -> String {
    let what = event.label.as_ref().unwrap_or(&event.id);
    let whom = event.condition.as_ref().map(|condition| format!(" ({condition})")).unwrap_or_default();
    let since = if event.until.is_none() { ", from here on" } else { "" };
    let when = match first == last {
        true => named(plan, first),
        false => format!("{} to {}", named(plan, first), named(plan, last)),
    };
    format!("{when}: {what}{whom}{since}")
}

/// A period as the table names it.
fn named(plan: &Plan, period: usize) -> String {
    let start = plan.range.starts[period];
    let value = match plan.grain {
        Grain::Hour => Value::Timestamp(start.utc),
        _ => Value::Date(start.local.date()),
    };
    period::name(plan.grain, &period::start(plan, &value))
}
