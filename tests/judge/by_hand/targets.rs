//! Which target holds, and how far off it a number is.

use super::Grain::{Day, Month, Quarter};
use super::*;
use crate::judge::targets::{Goals, Kind, Status, Target, WORDS};

fn target(value: i16, each: Grain) -> Target {
    Target { value, to: None, each: Some(each), from: None, until: None, scope: Vec::new() }
}

/// A number, its target, attainment and pacing, and the status, as the first cell has them.
fn judged(mut world: World, kind: Kind, targets: Vec<Target>) -> ([Option<f64>; 4], &'static str) {
    let status = Some(Status { at_risk: 95, off_track: 85 });
    world.kpis[0].goals = Some(Goals { kind, targets, status });
    let values = evaluate(&world).cells.into_values().next().expect("a cell");
    let status = values[5].expect("a status") as usize;
    ([values[0], values[1], values[3], values[4]].map(rounded), WORDS[status])
}

/// Days are added up.
fn rounded(value: Option<f64>) -> Option<f64> {
    value.map(|value| (value * 1e6).round() / 1e6)
}

fn nine_of_march() -> World {
    let sold = [("2026-03-01", 1), ("2026-03-02", 1), ("2026-03-03", 1)];
    world(Month, "2026-03-01", "2026-03-31").sold(&sold).asks(sales())
}

#[test]
fn an_open_month_is_judged_by_the_days_that_are_over() {
    // 3 of 31, on the 9th 3 of 9; and on the last day 3 of 31.
    let open = judged(nine_of_march().known_to("2026-03-09"), Kind::Additive, vec![target(31, Month)]);
    assert_eq!(open, ([Some(3.0), Some(31.0), Some(0.096774), Some(0.333333)], "off_track"));
    let over = judged(nine_of_march(), Kind::Additive, vec![target(3, Month)]);
    assert_eq!(over, ([Some(3.0), Some(3.0), Some(1.0), Some(1.0)], "on_track"));
}

#[test]
fn sums_have_the_targets_of_their_days() {
    // Of 90 each first quarter a day has 1, and March 31. A target from the 16th on is none of March's.
    let quarterly = judged(nine_of_march(), Kind::Additive, vec![target(90, Quarter)]);
    assert_eq!(quarterly.0[1], Some(31.0));
    let late = Target { from: Some(15), ..target(31, Month) };
    assert_eq!(judged(nine_of_march(), Kind::Additive, vec![late]).1, "no_target");
    // A distinct count has none of another grain.
    assert_eq!(judged(nine_of_march().asks(buyers()), Kind::Distinct, vec![target(1, Day)]).1, "no_target");
}

#[test]
fn a_sum_has_the_target_of_its_part() {
    // All sales are of channel `a`: what is the shop's is not the channel's, but a ratio's is.
    let of_channel = || {
        let mut world = nine_of_march();
        world.request.by = vec![vec![Dimension::Channel]];
        world.request.total = false;
        world
    };
    let own = Target { scope: vec![(Dimension::Channel, 0)], ..target(4, Month) };
    assert_eq!(judged(of_channel(), Kind::Additive, vec![target(3, Month)]).1, "no_target");
    assert_eq!(judged(of_channel(), Kind::Additive, vec![target(3, Month), own]).0[1], Some(4.0));
    let one = || Formula::Over(Box::new(sales()), Box::new(sales()));
    assert_eq!(judged(of_channel().asks(one()), Kind::Intensive, vec![target(1, Month)]).1, "on_track");
}
