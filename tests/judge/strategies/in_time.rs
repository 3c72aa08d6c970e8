//! Makes sound what rows find in time.

use super::features::Feature;
use super::sound::change_all;
use crate::judge::dimension::{Condition, Dimension};
use crate::judge::formula::Formula;
use crate::judge::measure::{Aggregate, Axis, Column, Source};
use crate::judge::time::Grain;
use crate::judge::world::{Instant, Tier, World};

pub fn repair(world: &mut World) {
    // What decides which rows exist, or may be found, is not found itself.
    let own = |condition: &mut Condition| {
        replace(condition, Dimension::Found, Dimension::Channel);
        replace(condition, Dimension::Tier, Dimension::Country);
    };
    world.kept.iter_mut().for_each(own);
    world.joins.iter_mut().filter_map(|join| join.filter.as_mut()).for_each(own);
    if !Feature::AsOf.is_taken() {
        world.joins.clear();
    }
    if !Feature::Versions.is_taken() {
        forget(world, Dimension::Tier, Dimension::Country);
    }
    hours_of_timestamps(world);
    rates_and_finds(world);
    one_tier_at_once(world);
}

/// Hours tell how far two timestamps are apart, not days.
fn hours_of_timestamps(world: &mut World) {
    let by_day = world.contracts_by_day;
    for join in &mut world.joins {
        let is_day = |axis| match axis {
            Axis::SoldAt => false,
            Axis::Started | Axis::Ended => by_day,
            Axis::ShippedOn | Axis::VisitedOn | Axis::CountedOn => true,
        };
        if is_day(join.at) || is_day(join.to) {
            join.within = join.within.filter(|by| by.unit != Grain::Hour);
        }
    }
}

/// Numbers of what is found are those of sources that look for something.
fn rates_and_finds(world: &mut World) {
    let joined: Vec<Source> = world.joins.iter().map(|join| join.at.source()).collect();
    let measures = world.measures.iter_mut().map(|m| (m.axis.source(), &mut m.aggregate));
    let stocks = world.stocks.iter_mut().map(|s| (s.source, &mut s.aggregate));
    for (source, aggregate) in measures.chain(stocks) {
        if *aggregate == Aggregate::Tiers && !Feature::Versions.is_taken() {
            *aggregate = Aggregate::Countries;
        }
        if let Some(column) = column_of(aggregate) {
            let is_missing = match column {
                Column::SinceFound => !joined.contains(&source),
                Column::Rated => !Feature::Versions.is_taken(),
                Column::Amount | Column::Items | Column::Derived => false,
            };
            if is_missing {
                *column = Column::Derived;
            }
        }
    }
}

fn column_of(aggregate: &mut Aggregate) -> Option<&mut Column> {
    match aggregate {
        Aggregate::Sum(c)
        | Aggregate::Avg(c)
        | Aggregate::Min(c)
        | Aggregate::Max(c)
        | Aggregate::Median(c)
        | Aggregate::P90(c)
        | Aggregate::Stddev(c) => Some(c),
        Aggregate::Count | Aggregate::Buyers | Aggregate::Pairs | Aggregate::Countries | Aggregate::Tiers => {
            None
        }
    }
}

/// A customer has one tier at a time, and it ends after it began.
fn one_tier_at_once(world: &mut World) {
    let by_day = world.tiers_by_day;
    let minute = |at: Instant| i32::from(at.day) * 1440 + if by_day { 0 } else { i32::from(at.minute) };
    let until = |tier: &Tier| tier.until.map_or(i32::MAX, minute);
    let mut kept: Vec<Tier> = Vec::new();
    for tier in world.tiers.drain(..) {
        let overlaps = |other: &Tier| {
            other.customer == tier.customer
                && minute(other.from) < until(&tier)
                && minute(tier.from) < until(other)
        };
        if minute(tier.from) < until(&tier) && !kept.iter().any(overlaps) {
            kept.push(tier);
        }
    }
    world.tiers = kept;
}

/// Another dimension in the place of one.
pub fn forget(world: &mut World, dimension: Dimension, instead: Dimension) {
    let change = |condition: &mut Condition| replace(condition, dimension, instead);
    world.measures.iter_mut().filter_map(|m| m.filter.as_mut()).for_each(change);
    world.stocks.iter_mut().filter_map(|s| s.filter.as_mut()).for_each(change);
    let steps = world.funnel.later.iter_mut().chain([&mut world.funnel.first]);
    steps.filter_map(|step| step.filter.as_mut()).for_each(change);
    world.segments.iter_mut().for_each(change);
    world.request.filter.iter_mut().for_each(change);
    world.request.by.iter_mut().for_each(|by| replace_in(by, dimension, instead));
    change_all(world, &|formula| match formula {
        Formula::Where(_, condition) => replace(condition, dimension, instead),
        Formula::Total(_, dimensions) => replace_in(dimensions, dimension, instead),
        Formula::Per(_, per) | Formula::Corr(_, per) => replace_in(&mut per.dimensions, dimension, instead),
        _ => {}
    });
}

fn replace_in(dimensions: &mut Vec<Dimension>, dimension: Dimension, instead: Dimension) {
    if dimensions.contains(&instead) {
        dimensions.retain(|d| *d != dimension);
    }
    dimensions.iter_mut().filter(|d| **d == dimension).for_each(|d| *d = instead);
}

pub fn replace(condition: &mut Condition, dimension: Dimension, instead: Dimension) {
    match condition {
        Condition::Is(d, _)
        | Condition::IsNot(d, _)
        | Condition::In(d, _)
        | Condition::NotIn(d, _)
        | Condition::IsNull(d)
        | Condition::Less(d, _) => {
            if *d == dimension {
                *d = instead;
            }
        }
        Condition::Not(a) => replace(a, dimension, instead),
        Condition::And(a, b) | Condition::Or(a, b) => {
            replace(a, dimension, instead);
            replace(b, dimension, instead);
        }
    }
}
