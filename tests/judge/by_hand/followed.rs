//! Who goes on: funnels and cohorts.

use super::Grain::{Day, Month};
use super::*;

fn steps(sold: &[(&str, u8)], as_of: Option<&str>) -> [Vec<Option<f64>>; 3] {
    [0, 1, 2].map(|step| {
        let mut world = world(Month, "2026-03-01", "2026-03-31").sold(sold).asks(Formula::Reached(step));
        world.request.as_of = as_of.map(|day| days(world.first_day, date(day)));
        world.totals()
    })
}

#[test]
fn each_row_serves_one_step() {
    // Buyer 1 comes three times in a week, buyer 2 twice and once more after exactly a
    // week, buyer 3 twice at the same time, buyer 4 before March.
    let sold = [
        ("2026-03-01", 1),
        ("2026-03-02", 1),
        ("2026-03-07T23:59", 1),
        ("2026-03-01", 2),
        ("2026-03-02", 2),
        ("2026-03-08", 2),
        ("2026-03-05", 3),
        ("2026-03-05", 3),
        ("2026-02-28", 4),
    ];
    // From the 2nd, buyer 2 comes once more: two steps, not three.
    assert_eq!(steps(&sold, None), [numbers(&[3]), numbers(&[3]), numbers(&[1])]);
}

#[test]
fn who_still_has_time_is_not_counted() {
    // At the end of the 7th no week of March is over by more than nothing: nothing is
    // known. A day later that of the 1st is, that of the 2nd is not.
    let sold = [("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-03", 2)];
    assert_eq!(steps(&sold, Some("2026-03-07")), [[None], [None], [None]]);
    assert_eq!(steps(&sold, Some("2026-03-08")), [numbers(&[1]), numbers(&[0]), numbers(&[0])]);
}

/// March's entrants: buyer 1 on the 1st, buyer 2 on the 10th; buyer 3 came in February.
const SOLD: [(&str, u8); 6] = [
    ("2026-03-01T12:00", 1),
    ("2026-03-08T01:00", 1),
    ("2026-03-10", 2),
    ("2026-03-16T23:00", 2),
    ("2026-02-10", 3),
    ("2026-03-17", 3),
];

fn entered(formula: Formula, as_of: &str) -> Vec<Option<f64>> {
    world(Month, "2026-03-01", "2026-03-31").sold(&SOLD).asks(formula).known_to(as_of).totals()
}

#[test]
fn three_meanings_of_a_week_later() {
    // Buyer 1 is back on day 7, buyer 2 on day 6: within seven days, with day 0 the first.
    let retained = |after| entered(Formula::Retained(0, after), "2026-04-30");
    assert_eq!(retained(After::OnDay(7)), [Some(0.5)]);
    assert_eq!(retained(After::OnDay(6)), [Some(0.5)]);
    // Everybody is there on the day of entry, so within any time.
    assert_eq!(retained(After::Within(Duration::new(7, Day))), [Some(1.0)]);
    assert_eq!(retained(After::FromDay(7)), [Some(0.5)]);
}

#[test]
fn a_number_by_entrants() {
    // Two sales each within eight days: four by two.
    let after = After::Within(Duration::new(8, Day));
    assert_eq!(entered(Formula::PerEntrant(0, after), "2026-04-30"), numbers(&[2]));
}

#[test]
fn the_youngest_must_be_old_enough() {
    // Day 7 of buyer 2 is the 17th.
    let retained = |as_of| entered(Formula::Retained(0, After::OnDay(7)), as_of);
    assert_eq!(retained("2026-03-16"), [None]);
    assert_eq!(retained("2026-03-17"), [Some(0.5)]);
}
