//! Targets of simple numbers, asked with simple conditions.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use super::features::Feature;
use crate::judge::calendar::{Calendar, Period};
use crate::judge::dimension::{Condition, Dimension};
use crate::judge::formula::{Formula, Kpi, Reading, Window};
use crate::judge::targets::{Goals, Kind, Status, Target};
use crate::judge::time::{Duration, Grain};
use crate::judge::world::World;

/// KPIs with goals, instead of a world's own, and perhaps a condition.
pub type Plan = (Vec<Kpi>, Option<Condition>);

pub fn plan(grain: Grain) -> BoxedStrategy<Option<Plan>> {
    let grains = [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
    if !Feature::Targets.is_taken() || !grains.contains(&grain) {
        return Just(None).boxed();
    }
    let filter = (select(vec![Dimension::Channel, Dimension::Device]), 0..3u8);
    let filter = option::weighted(0.3, filter.prop_map(|(d, v)| Condition::Is(d, v)));
    let plan = (prop::collection::vec(kpi(grain), 3), filter);
    option::weighted((f64::from(Feature::Targets.weight()) / 10.0).min(0.9), plan).boxed()
}

fn kpi(grain: Grain) -> impl Strategy<Value = Kpi> {
    let settled = option::weighted(0.2, select(vec![1, 3]).prop_map(|n| Duration::new(n, Grain::Day)));
    let status = option::of((50..101u8, 0..51u8));
    let status = status.prop_map(|of| of.map(|(at_risk, off_track)| Status { at_risk, off_track }));
    let kinds =
        vec![Kind::Additive, Kind::Additive, Kind::Distinct, Kind::Window, Kind::Stock, Kind::Intensive];
    (select(kinds), any::<bool>(), settled, status, any::<bool>(), option::weighted(0.2, 1..9i16))
        .prop_flat_map(move |(kind, is_sum, settled, status, is_better_lower, range)| {
            let targets = prop::collection::vec(target(kind, grain, range), 1..4);
            targets.prop_map(move |targets| Kpi {
                settled,
                is_better_lower,
                goals: Some(Goals { kind, targets, status }),
                ..Kpi::new(formula(kind, is_sum))
            })
        })
}

fn formula(kind: Kind, is_sum: bool) -> Formula {
    let total = Box::new(Formula::Measure(usize::from(is_sum)));
    match kind {
        Kind::Additive => *total,
        Kind::Distinct => Formula::Measure(2),
        Kind::Window => Formula::Window(total, Window::Rolling(Duration::new(28, Grain::Day))),
        Kind::Stock => Formula::Stock(Reading::AtEnd, usize::from(is_sum)),
        Kind::Intensive => Formula::Over(Box::new(Formula::Measure(1)), Box::new(Formula::Measure(0))),
    }
}

fn target(kind: Kind, asked: Grain, range: Option<i16>) -> impl Strategy<Value = Target> {
    let others = select(vec![Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year]);
    let grain = prop_oneof![3 => Just(asked), 2 => others];
    let each = match kind {
        Kind::Distinct | Kind::Window => grain.prop_map(Some).boxed(),
        _ => option::weighted(0.7, grain).boxed(),
    };
    let scope = prop_oneof![
        2 => Just(Vec::new()),
        2 => (0..3u8).prop_map(|v| vec![(Dimension::Channel, v)]),
        1 => (0..3u8, 0..3u8).prop_map(|(v, w)| vec![(Dimension::Channel, v), (Dimension::Device, w)]),
    ];
    let from = option::of(-20..DAYS);
    (prop_oneof![1 => Just(0), 5 => 1..60i16], each, from, option::of(0..60i16), scope).prop_map(
        move |(value, each, from, lasts, scope)| {
            let from = from.or((kind == Kind::Additive && each.is_none()).then_some(-10));
            let lasts = lasts.or((kind == Kind::Additive && each.is_none()).then_some(50));
            let until = lasts.map(|lasts| from.unwrap_or(0) + lasts);
            Target { value, to: range.map(|more| value + more), each, from, until, scope }
        },
    )
}

pub fn planned(mut world: World, plan: Option<Plan>) -> World {
    if let Some((kpis, filter)) = plan {
        world.kpis = kpis;
        world.request.filter = filter;
        world.request.segments = vec![None];
        let named = [Dimension::Channel, Dimension::Device, Dimension::Buyer];
        world.request.by.iter_mut().for_each(|by| by.retain(|d| named.contains(d)));
        world.request.by.retain(|by| !by.is_empty());
    }
    world
}

/// No two targets are alike, and those that are not divided begin and end with periods.
pub fn repair(world: &mut World) {
    let calendar = Calendar::new(world);
    let align = |world: &World, n: i16| match calendar.holding(calendar.grain, world.day(n)) {
        Period::Days { first, next } => (world.days_to(first), world.days_to(next) - 1),
        Period::Hour(_) => unreachable!("hours have no targets"),
    };
    for k in 0..world.kpis.len() {
        let Some(mut goals) = world.kpis[k].goals.clone() else { continue };
        let mut kept: Vec<Target> = Vec::new();
        for mut target in goals.targets {
            if goals.kind != Kind::Additive {
                target.from = target.from.map(|n| align(world, n).0);
                target.until = target.until.map(|n| align(world, n).1);
            }
            // Which of two other grains comes first is not looked at.
            let other = |each: Option<Grain>| each.filter(|each| *each != calendar.grain);
            let before = kept.iter().filter(|other| other.scope == target.scope).find_map(|t| other(t.each));
            if let (Some(before), Some(_)) = (before, other(target.each)) {
                target.each = Some(before);
            }
            if !kept.iter().any(|other| (&other.scope, other.from) == (&target.scope, target.from)) {
                kept.push(target);
            }
        }
        goals.targets = kept;
        world.kpis[k].goals = Some(goals);
    }
}
