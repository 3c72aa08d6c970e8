//! Numbers per member.

use super::Grain::{Day, Month};
use super::*;
use crate::judge::places::Place;

fn per_buyer(of_them: OfMembers, number: Formula, having_more_than: Option<i8>) -> Formula {
    let per = PerMember { dimensions: vec![Dimension::Buyer], having_more_than, of_them };
    Formula::Per(Box::new(number), per)
}

/// Buyer 1 three times, buyer 2 once, buyer 3 in February only.
const SOLD: [(&str, u8); 5] =
    [("2026-03-01", 1), ("2026-03-02", 1), ("2026-03-03", 1), ("2026-03-03", 2), ("2026-02-20", 3)];

fn asked(formula: Formula) -> Vec<Option<f64>> {
    world(Month, "2026-03-01", "2026-03-31").sold(&SOLD).asks(formula).totals()
}

#[test]
fn numbers_of_who_takes_part() {
    // 3 and 1: mean 2, median 2, three at most; one has two or more.
    assert_eq!(asked(per_buyer(OfMembers::Avg, sales(), None)), numbers(&[2]));
    assert_eq!(asked(per_buyer(OfMembers::Max, sales(), None)), numbers(&[3]));
    assert_eq!(asked(per_buyer(OfMembers::Count, sales(), Some(1))), numbers(&[1]));
}

#[test]
fn who_bought_before_takes_part_in_a_longer_window() {
    // In 40 days to the end of March: 3, 1, and 1 of February: a mean of 5 / 3.
    let window = rolling(sales(), 40, Day);
    assert_eq!(asked(per_buyer(OfMembers::Avg, window, None)), [Some(5.0 / 3.0)]);
}

#[test]
fn nobody_is_no_member() {
    let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&SOLD);
    world.sales.iter_mut().for_each(|sale| sale.details.customer = None);
    assert_eq!(world.clone().asks(per_buyer(OfMembers::Avg, sales(), None)).totals(), [None]);
    assert_eq!(world.asks(per_buyer(OfMembers::Count, sales(), Some(0))).totals(), numbers(&[0]));
}

#[test]
fn how_a_number_follows_the_members() {
    // 3 of buyer 1, 1 of buyer 2: 2 less with each 1. Two numbers go one way or the other.
    assert_eq!(asked(per_buyer(OfMembers::Slope, sales(), None)), [Some(-2.0)]);
    let amount_less_twice =
        Formula::Minus(Box::new(Formula::Measure(1)), Box::new(Formula::Times(Box::new(sales()), 2)));
    let corr = |b| {
        let per =
            PerMember { dimensions: vec![Dimension::Buyer], having_more_than: None, of_them: OfMembers::Avg };
        asked(Formula::Corr(Box::new([sales(), b]), per))
    };
    assert_eq!(corr(Formula::Measure(1)), [Some(1.0)]);
    assert_eq!(corr(amount_less_twice), [Some(-1.0)]);
    // Everybody is one buyer: it does not vary.
    assert_eq!(corr(buyers()), [None]);
}

#[test]
fn places_among_buyers() {
    // In 40 days to the end of March buyer 1 bought three times, 2 and 3 once: places 1, 2 and 2,
    // and 3 / 5, then all.
    let placed = |place, is_better_lower| {
        let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&SOLD).asks(rolling(sales(), 40, Day));
        world.kpis[0].is_better_lower = is_better_lower;
        world.kpis.push(Kpi::new(Formula::Place(Box::new(Formula::Kpi(0)), place)));
        world.request.kpis = vec![1];
        world.request.by = vec![vec![Dimension::Buyer]];
        evaluate(&world).cells.into_values().flatten().collect::<Vec<_>>()
    };
    // The total comes last, and has none.
    assert_eq!(placed(Place::Rank, false), [Some(1.0), Some(2.0), Some(2.0), None]);
    assert_eq!(placed(Place::Rank, true), [Some(3.0), Some(1.0), Some(1.0), None]);
    assert_eq!(placed(Place::CumulativeShare, false), [Some(0.6), Some(1.0), Some(1.0), None]);
    // Two come second: 2 + 2.
    let second = Formula::Place(Box::new(rolling(sales(), 40, Day)), Place::Rank);
    assert_eq!(asked(per_buyer(OfMembers::Sum, second, Some(1))), numbers(&[4]));
}
