//! How steep a number is, and how strange.

use super::Grain::Month;
use super::*;
use crate::judge::trends::Trend;

/// Sales of January to April: 1, 3, 2, 6; the first ten days of April hold two of them,
/// those of March one, of February none.
const SOLD: [(&str, u8); 12] = [
    ("2026-01-05", 1),
    ("2026-02-11", 1),
    ("2026-02-12", 1),
    ("2026-02-13", 1),
    ("2026-03-10", 1),
    ("2026-03-11", 1),
    ("2026-04-01", 1),
    ("2026-04-02", 1),
    ("2026-04-11", 1),
    ("2026-04-12", 1),
    ("2026-04-13", 1),
    ("2026-04-14", 1),
];

fn april(trend: Trend, months: u16, as_of: Option<&str>) -> Option<f64> {
    let over = Duration::new(months, Month);
    let asked = world(Month, "2026-04-01", "2026-04-30").sold(&SOLD);
    let mut world = asked.asks(Formula::Trend(Box::new(sales()), trend, over));
    world.request.as_of = as_of.map(|day| days(world.first_day, date(day)));
    world.totals()[0]
}

#[test]
fn a_line_through_months() {
    // 3, 2, 6: (6 - 3) / 2. 2, 6: 4.
    assert_eq!(april(Trend::Slope, 3, None), Some(1.5));
    assert_eq!(april(Trend::Slope, 2, None), Some(4.0));
    // The first ten days: 0, 1, 2.
    assert_eq!(april(Trend::Slope, 3, Some("2026-04-10")), Some(1.0));
}

#[test]
fn how_far_from_the_months_before() {
    // 1, 3, 2 before: mean 2, deviation 1, so 6 is 4 away.
    assert_eq!(april(Trend::Zscore, 3, None), Some(4.0));
    // Before January nothing was sold: 0, 0, 0, 1, 3, 2 have the mean 1 and the deviation
    // sqrt((1 + 1 + 1 + 0 + 4 + 1) / 5).
    assert_eq!(april(Trend::Zscore, 6, None), Some(5.0 / 1.6_f64.sqrt()));
}

#[test]
fn what_never_varies_has_no_score() {
    let over = Duration::new(3, Month);
    let world = world(Month, "2026-04-01", "2026-04-30").sold(&[("2026-04-01", 1)]);
    assert_eq!(world.asks(Formula::Trend(Box::new(sales()), Trend::Zscore, over)).totals(), [None]);
}

#[test]
fn periods_without_a_number_keep_their_places() {
    // The mean amount, of January 1 euro, of February nothing, of March 3: 1 a month.
    let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&[("2026-01-01", 1), ("2026-03-01", 1)]);
    world.sales[1].details.amount = Some(300);
    world.measures[1].aggregate = Aggregate::Avg(Column::Amount);
    let slope = Formula::Trend(Box::new(Formula::Measure(1)), Trend::Slope, Duration::new(3, Month));
    assert_eq!(world.asks(slope).totals(), numbers(&[1]));
}
