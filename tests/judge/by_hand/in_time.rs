//! What rows find in time: one of several rows, and the tier that held.

use super::Grain::{Day, Hour, Month};
use super::*;
use crate::judge::as_of::{AsOf, Pick, Side};
use crate::judge::world::{Tier, Visit};

/// Visits of buyer 1: in channel `a` on the 2nd, in `b` on the 5th and again on the 5th in
/// `it's`, in `d` on the 9th.
fn visited(mut world: World) -> World {
    let visit = |(day, channel): (&str, u8)| Visit {
        day: days(world.first_day, date(day)),
        details: Details { channel: Some(channel), customer: Some(1), items: Some(3), ..Details::default() },
    };
    world.visits =
        [("2026-03-02", 0), ("2026-03-05", 1), ("2026-03-05", 2), ("2026-03-09", 3)].map(visit).into();
    world
}

fn join(pick: Pick, side: Side, within: Option<Duration>) -> AsOf {
    AsOf { at: Axis::SoldAt, to: Axis::VisitedOn, pick, side, within, filter: None }
}

/// What a sale of buyer 1 at noon of the 5th finds.
fn found(join: AsOf, as_of: Option<&str>) -> Option<String> {
    let mut world = visited(world(Month, "2026-03-01", "2026-03-31").sold(&[("2026-03-05T12:00", 1)]));
    world.joins = vec![join];
    members(world.asks(sales()), Dimension::Found, as_of).pop().expect("it was sold")
}

fn members(mut world: World, of: Dimension, as_of: Option<&str>) -> Vec<Option<String>> {
    world.request.by = vec![vec![of]];
    world.request.total = false;
    world.request.as_of = as_of.map(|day| days(world.first_day, date(day)));
    let place = Dimension::ALL.iter().position(|d| *d == of).expect("a dimension");
    let sold = evaluate(&world).cells.into_iter().filter(|(_, values)| values[0] != Some(0.0));
    sold.map(|(key, _)| key.members[place].clone()).collect()
}

#[test]
fn the_visit_before_a_sale_is_of_another_day() {
    // Those of the 5th are neither before noon of the 5th nor after it.
    let before = |pick, within| found(join(pick, Side::Before, within), None);
    assert_eq!(before(Pick::Last, None).as_deref(), Some("a"));
    assert_eq!(before(Pick::Nth(2), None), None);
    // Three days away is not less than three days away.
    assert_eq!(before(Pick::Last, Some(Duration::new(3, Day))), None);
    assert_eq!(before(Pick::Last, Some(Duration::new(4, Day))).as_deref(), Some("a"));
    assert_eq!(found(join(Pick::First, Side::After, None), None).as_deref(), Some("d"));
}

#[test]
fn of_the_same_time_the_smallest_key() {
    // A sale of the 7th: the last visits before are both of the 5th, and the first of them counts.
    let mut world = visited(world(Month, "2026-03-01", "2026-03-31").sold(&[("2026-03-07", 1)]));
    world.joins = vec![join(Pick::Last, Side::Before, None)];
    assert_eq!(members(world.clone().asks(sales()), Dimension::Found, None), [Some("b".into())]);
    world.joins = vec![join(Pick::Nth(3), Side::Before, None)];
    assert_eq!(members(world.asks(sales()), Dimension::Found, None), [Some("it's".into())]);
}

#[test]
fn what_comes_after_as_of_is_not_found() {
    // The visit of the 9th is known when that day is over.
    let after = |as_of| found(join(Pick::First, Side::After, None), Some(as_of));
    assert_eq!(after("2026-03-08"), None);
    assert_eq!(after("2026-03-09").as_deref(), Some("d"));
}

#[test]
fn hours_are_exact() {
    // Sales at 10:00, 12:00 and 14:00: the one before is two hours away, not less.
    let sold = [("2026-03-01T10:00", 1), ("2026-03-01T12:00", 1), ("2026-03-01T14:00", 1)];
    let asked = |hours| {
        let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&sold);
        let within = Some(Duration::new(hours, Hour));
        let join = AsOf { to: Axis::SoldAt, ..join(Pick::Last, Side::Before, within) };
        world.joins = vec![join];
        world.measures[1].aggregate = Aggregate::Sum(Column::SinceFound);
        (0i8..).zip(&mut world.sales).for_each(|(n, sale)| sale.details.items = Some(n * n));
        world.asks(Formula::Measure(1)).totals()
    };
    // Items are 0, 1, 4: 1 - 0 and 4 - 1.
    assert_eq!(asked(2), numbers(&[0]));
    assert_eq!(asked(3), numbers(&[4]));
}

#[test]
fn a_tier_holds_until_before_its_end() {
    // Buyer 1 is `a` from the 2nd until the 5th, then `b`: nothing on the 1st, `a` on the
    // 4th, `b` on the 5th, be it in the first minute.
    let tier = |from, until: Option<&str>, tier| Tier {
        customer: 1,
        from: instant(date("2026-03-01"), from),
        until: until.map(|day| instant(date("2026-03-01"), day)),
        tier: Some(tier),
        rate: Some(2),
    };
    let tiers = vec![tier("2026-03-02", Some("2026-03-05"), 0), tier("2026-03-05", None, 1)];
    let at = |sold: &str| {
        let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&[(sold, 1)]);
        world.tiers = tiers.clone();
        members(world.asks(sales()), Dimension::Tier, None).pop().expect("it was sold")
    };
    assert_eq!(at("2026-03-01T23:59"), None);
    assert_eq!(at("2026-03-04T23:59").as_deref(), Some("a"));
    assert_eq!(at("2026-03-05").as_deref(), Some("b"));
}

#[test]
fn a_tier_is_that_of_the_measures_own_time() {
    // Sold on the 1st, shipped on the 5th: `a` then, `b` now.
    let tier = |from: i16, until, tier| Tier {
        customer: 1,
        from: Instant { day: from, minute: 0 },
        until,
        tier: Some(tier),
        rate: None,
    };
    let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&[("2026-03-01", 1)]);
    world.sales[0].shipped = Some(4);
    world.tiers = vec![tier(0, Some(Instant { day: 3, minute: 0 }), 0), tier(3, None, 1)];
    assert_eq!(members(world.clone().asks(sales()), Dimension::Tier, None), [Some("a".into())]);
    assert_eq!(members(world.asks(Formula::Measure(3)), Dimension::Tier, None), [Some("b".into())]);
}
