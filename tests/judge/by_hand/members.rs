//! Numbers per member.

use super::Grain::{Day, Month};
use super::*;

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
