//! Numbers per member.

use super::Grain::{Day, Month};
use super::*;
use crate::judge::bands::Rule;
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

#[test]
fn bands_are_of_the_customer_and_the_period() {
    // In March buyer 1 bought three times and is in the first band, buyer 2 once and is of the others,
    // as buyer 3 is, who bought in February only. February's first band is empty.
    let rules = vec![Rule { number: sales(), more_than: 1 }];
    let banded = |has_else, formula| {
        let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&SOLD).asks(formula);
        world.bands = Bands { rules: rules.clone(), has_else };
        world.request.by = vec![vec![Dimension::Band]];
        world.request.total = false;
        let cells = evaluate(&world).cells.into_iter();
        cells.map(|(key, values)| (key.members[6].clone(), values[0])).collect::<Vec<_>>()
    };
    let (first, others) = (|| Some("band0".to_string()), || Some("band1".to_string()));
    assert_eq!(banded(true, sales()), [(first(), Some(3.0)), (others(), Some(1.0))]);
    assert_eq!(banded(false, sales()), [(None, Some(1.0)), (first(), Some(3.0))]);
    // In 40 days three of buyer 1, one each of buyers 2 and 3. The month before goes by its own bands.
    assert_eq!(banded(true, rolling(sales(), 40, Day)), [(first(), Some(3.0)), (others(), Some(2.0))]);
    assert_eq!(banded(true, previous(sales(), 1, Month)), [(others(), Some(1.0))]);
}
