//! What numbers should reach, and how far off they are.

use jiff::ToSpan;
use jiff::civil::Date;

use super::dimension::{Condition, Dimension};
use super::evaluate::{Context, Judge};
use super::reading::Step;
use super::time::Grain;

/// The targets of a KPI and when it is off them.
#[derive(Debug, Clone, PartialEq)]
pub struct Goals {
    pub kind: Kind,
    pub targets: Vec<Target>,
    pub status: Option<Status>,
}

/// How targets of such a number go with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Counts and sums: divided among days, and put together from them.
    Additive,
    /// Distinct counts: at the written grain only, and due by and by.
    Distinct,
    /// Windows: at the written grain only.
    Window,
    /// Of an instant.
    Stock,
    /// Ratios: they hold for narrower cells, too.
    Intensive,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub value: i16,
    /// The upper bound of a range.
    pub to: Option<i16>,
    pub each: Option<Grain>,
    /// Days, both included.
    pub from: Option<i16>,
    pub until: Option<i16>,
    pub scope: Vec<(Dimension, u8)>,
}

/// Percentages of the target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Status {
    pub at_risk: u8,
    pub off_track: u8,
}

/// What stands beside a number with goals: target, its upper bound, attainment, pacing, status.
pub const WORDS: [&str; 5] = ["no_data", "no_target", "off_track", "at_risk", "on_track"];

/// A target for a cell: one number, or a range.
type Bounds = (f64, Option<f64>);

impl Goals {
    pub fn is_range(&self) -> bool {
        self.targets.iter().any(|target| target.to.is_some())
    }

    pub fn text(&self, day: &dyn Fn(i16) -> Date) -> Vec<String> {
        let mut said: Vec<String> = self.targets.iter().map(|target| target.text(day)).collect();
        said.extend(self.status.map(|Status { at_risk, off_track }| {
            format!("status at_risk below {at_risk}% of target, off_track below {off_track}% of target")
        }));
        said
    }
}

impl Target {
    fn text(&self, day: &dyn Fn(i16) -> Date) -> String {
        let to = self.to.map(|to| format!(" to {to}")).unwrap_or_default();
        let each = self.each.map(|grain| format!(" each {}", grain.word())).unwrap_or_default();
        let from = self.from.map(|n| format!(" from {}", day(n))).unwrap_or_default();
        let until = self.until.map(|n| format!(" until {}", day(n))).unwrap_or_default();
        let part = |(d, v): &(Dimension, u8)| format!("{} = {}", d.name(), d.literal(*v));
        let scope: Vec<String> = self.scope.iter().map(part).collect();
        let scope = if scope.is_empty() { String::new() } else { format!(" where {}", scope.join(" and ")) };
        format!("target {}{to}{each}{from}{until}{scope}", self.value)
    }

    fn covers(&self, first: i16, last: i16) -> bool {
        self.from.is_none_or(|from| from <= first) && self.until.is_none_or(|until| last <= until)
    }

    fn bounds(&self, times: f64) -> Bounds {
        (f64::from(self.value) * times, self.to.map(|to| f64::from(to) * times))
    }
}

impl<'w> Judge<'w> {
    pub fn judged(&self, kpi: usize, value: Option<f64>, context: &Context<'w>) -> Vec<Option<f64>> {
        let kpi = &self.world.kpis[kpi];
        let Some(goals) = &kpi.goals else { return Vec::new() };
        let steps: Vec<Step> = kpi.settled.map(Step::Settled).into_iter().collect();
        let as_of = self.clock.reading(context.period, &steps).as_of;
        let days = self.clock.calendar.days(context.period);
        let over =
            |day: &Date| as_of.is_none_or(|as_of| self.clock.calendar.midnight(*day + 1.day()) <= as_of);
        let elapsed: Vec<Date> = days.iter().copied().filter(over).collect();
        let target = self.target(goals, context, &days);
        let due = match goals.kind {
            Kind::Additive => self.alike(goals, context, &days).and_then(|alike| self.sum(&alike, &elapsed)),
            Kind::Distinct => {
                let part = elapsed.len() as f64 / days.len() as f64;
                target.map(|(low, high)| (low * part, high.map(|high| high * part)))
            }
            Kind::Window | Kind::Stock | Kind::Intensive => target,
        };
        let lower = kpi.is_better_lower && !goals.is_range();
        let against = |bounds: Option<Bounds>| attainment(value?, bounds?, lower);
        let status = status(value, target, due, goals.status, lower);
        let word = WORDS.iter().position(|word| *word == status).map(|n| n as f64);
        let to = target.and_then(|(_, to)| to);
        vec![target.map(|(low, _)| low), to, against(target), against(due), word]
    }

    /// The one that holds for a cell; of sums, that of its days.
    fn target(&self, goals: &Goals, context: &Context<'_>, days: &[Date]) -> Option<Bounds> {
        if goals.kind == Kind::Additive {
            return self.sum(&self.alike(goals, context, days)?, days);
        }
        let all = self.of_cell(goals, context)?;
        let grain = self.clock.calendar.grain;
        let (first, last) = (self.world.days_to(*days.first()?), self.world.days_to(*days.last()?));
        let holds =
            |target: &&&Target| target.covers(first, last) && target.each.is_none_or(|each| each == grain);
        let order = |target: &&&Target| (target.scope.len(), target.each == Some(grain), target.from);
        Some(all.iter().filter(holds).max_by_key(order)?.bounds(1.0))
    }

    /// Those that a cell's sum is made of: of the asked grain, then others, then those of a whole
    /// time, which are not mixed.
    fn alike<'g>(&self, goals: &'g Goals, context: &Context<'_>, days: &[Date]) -> Option<Vec<&'g Target>> {
        let of_grain = |target: &&Target| target.each == Some(self.clock.calendar.grain);
        let (same, others): (Vec<_>, Vec<_>) = self.of_cell(goals, context)?.into_iter().partition(of_grain);
        let (each, once): (Vec<_>, Vec<_>) = others.into_iter().partition(|target| target.each.is_some());
        [same, each, once].into_iter().find(|alike| self.sum(alike, days).is_some())
    }

    /// Those whose part a cell is, or lies in.
    fn of_cell<'g>(&self, goals: &'g Goals, context: &Context<'_>) -> Option<Vec<&'g Target>> {
        let cell = scope(context)?;
        let fits = |target: &&Target| {
            let is_in = target.scope.iter().all(|part| cell.contains(part));
            let is_named = cell.iter().all(|part| target.scope.contains(part));
            is_in && (goals.kind == Kind::Intensive || (is_named && !has_other_parts(context)))
        };
        Some(goals.targets.iter().filter(fits).collect())
    }

    /// What each day has of its period's target; nothing, if one has none.
    fn sum(&self, targets: &[&Target], days: &[Date]) -> Option<Bounds> {
        let of_day = |day: &Date| {
            let n = self.world.days_to(*day);
            let target =
                targets.iter().filter(|target| target.covers(n, n)).max_by_key(|target| target.from)?;
            let of = match (target.each, target.from, target.until) {
                (Some(each), ..) => self.clock.calendar.days(self.clock.calendar.holding(each, *day)).len(),
                (None, Some(from), Some(until)) => usize::try_from(until - from + 1).ok()?,
                _ => return None,
            };
            Some(target.bounds(1.0 / of as f64))
        };
        let parts: Vec<Bounds> = days.iter().map(of_day).collect::<Option<_>>()?;
        let high = parts.iter().map(|(_, high)| *high).collect::<Option<Vec<f64>>>();
        let low = parts.iter().map(|(low, _)| low).sum();
        Some((low, high.map(|high| high.iter().sum())))
    }
}

/// What a cell is about, as far as targets can say it: its slice, and the request's condition.
fn scope(context: &Context<'_>) -> Option<Vec<(Dimension, u8)>> {
    let named = |(d, member): &(Dimension, Option<String>)| {
        let value = (0..8).find(|v| Some(d.member(*v)) == *member)?;
        Some((*d, value))
    };
    let mut parts: Vec<_> = context.slice.iter().filter_map(named).collect();
    for condition in &context.conditions {
        let Condition::Is(d, v) = condition else { unreachable!("targets are asked with simple conditions") };
        parts.push((*d, *v));
    }
    Some(parts)
}

/// The empty member is no part that a target names.
fn has_other_parts(context: &Context<'_>) -> bool {
    context.slice.iter().any(|(_, member)| member.is_none())
}

fn attainment(value: f64, (low, high): Bounds, is_lower: bool) -> Option<f64> {
    let Some(high) = high else {
        let sign = if is_lower { -1.0 } else { 1.0 };
        return (low != 0.0).then(|| 1.0 + sign * (value - low) / low.abs());
    };
    if low <= value && value <= high {
        return Some(1.0);
    }
    let bound = if value < low { low } else { high };
    (bound != 0.0).then(|| 1.0 - (value - bound).abs() / bound.abs())
}

fn status(
    value: Option<f64>,
    target: Option<Bounds>,
    due: Option<Bounds>,
    rules: Option<Status>,
    is_lower: bool,
) -> &'static str {
    let Some(value) = value else { return "no_data" };
    let (Some(_), Some(due)) = (target, due) else { return "no_target" };
    let Some(attained) = attainment(value, due, is_lower) else {
        let (low, high) = due;
        let is_met = match high {
            Some(high) => low <= value && value <= high,
            None if is_lower => value <= low,
            None => value >= low,
        };
        return if is_met { "on_track" } else { "off_track" };
    };
    let is_below = |percent: u8| (attained * 1e9).round() < (f64::from(percent) * 1e7).round();
    match rules {
        Some(rules) if is_below(rules.off_track) => "off_track",
        Some(rules) if is_below(rules.at_risk) => "at_risk",
        None if is_below(100) => "off_track",
        _ => "on_track",
    }
}
