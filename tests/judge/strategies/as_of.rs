//! What rows find in time.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::condition;
use crate::judge::as_of::{AsOf, Pick, Side};
use crate::judge::measure::Axis;
use crate::judge::time::Duration;
use crate::judge::time::Grain::{Day, Hour, Week};

/// A join each of sales, visits and contracts.
pub fn joins() -> impl Strategy<Value = Vec<AsOf>> {
    let of_sales = join(vec![Axis::SoldAt, Axis::SoldAt, Axis::ShippedOn]);
    let of_contracts = join(vec![Axis::Started, Axis::Ended]);
    (of_sales, join(vec![Axis::VisitedOn]), of_contracts).prop_map(|(a, b, c)| vec![a, b, c])
}

fn join(at: Vec<Axis>) -> impl Strategy<Value = AsOf> {
    let lengths = vec![(1, Day), (3, Day), (7, Day), (2, Week), (30, Day), (12, Hour), (48, Hour)];
    let within = select(lengths).prop_map(|(count, unit)| Duration::new(count, unit));
    let pick = prop_oneof![
        2 => Just(Pick::First),
        3 => Just(Pick::Last),
        1 => (1..4u8).prop_map(Pick::Nth),
    ];
    (
        select(at),
        select(vec![Axis::SoldAt, Axis::VisitedOn]),
        pick,
        select(vec![Side::Before, Side::After]),
        option::weighted(0.6, within),
        option::weighted(0.3, condition()),
    )
        .prop_map(|(at, to, pick, side, within, filter)| AsOf { at, to, pick, side, within, filter })
}
