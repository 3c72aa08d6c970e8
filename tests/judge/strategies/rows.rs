//! Rows: most within forty days, some a little or a year before, some the same.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use crate::judge::world::{Contract, Details, Instant, Level, Sale, Snapshots, Tier, Visit};

pub fn member() -> impl Strategy<Value = Option<u8>> + Clone {
    prop_oneof![1 => Just(None), 4 => (0..3u8).prop_map(Some)]
}

fn customer() -> impl Strategy<Value = Option<u8>> + Clone {
    prop_oneof![1 => Just(None), 6 => (0..6u8).prop_map(Some)]
}

pub fn day() -> impl Strategy<Value = i16> + Clone {
    let year = 365;
    prop_oneof![
        8 => 0..DAYS,
        1 => -DAYS..0,
        1 => DAYS..2 * DAYS,
        1 => -100..-DAYS,
        1 => -year - 5..DAYS - year,
    ]
}

/// Any minute, and those about midnights and clock changes in the worlds' zones.
fn minute() -> impl Strategy<Value = u16> + Clone {
    let hours = [0, 1, 4, 5, 6, 7, 13, 15, 22, 23];
    let midnights = hours.map(|hour| hour * 60).into_iter().chain([13 * 60 + 30, 15 * 60 + 30, 18 * 60 + 30]);
    let near = midnights.flat_map(|at| [at, (at + 1439) % 1440]).collect::<Vec<u16>>();
    prop_oneof![1 => 0..1440u16, 1 => select(near)]
}

prop_compose! {
    pub fn details()(
        (channel, device) in (member(), member()),
        customer in customer(),
        amount in option::weighted(0.8, -20_000..100_000i32),
        items in option::weighted(0.8, -3..10i8),
    ) -> Details {
        Details { channel, device, customer, amount, items }
    }
}

fn instant() -> impl Strategy<Value = Instant> + Clone {
    (day(), minute()).prop_map(|(day, minute)| Instant { day, minute })
}

prop_compose! {
    pub fn sale()(at in instant(), shipped in option::weighted(0.8, day()), details in details()) -> Sale {
        Sale { at, shipped, details }
    }
}

prop_compose! {
    pub fn visit()(day in day(), details in details()) -> Visit {
        Visit { day, details }
    }
}

prop_compose! {
    /// Some end when they start, some before.
    pub fn contract()(
        started in instant(),
        lasts in prop_oneof![4 => 0..DAYS, 1 => Just(0), 1 => -2..0i16, 1 => 300..400i16],
        until in minute(),
        (has_start, has_end) in (prop::bool::weighted(0.9), prop::bool::weighted(0.7)),
        details in details(),
    ) -> Contract {
        let ended = Instant { day: started.day + lasts, minute: until };
        Contract { started: has_start.then_some(started), ended: has_end.then_some(ended), details }
    }
}

prop_compose! {
    pub fn level()(day in day(), shelf in 0..3u8, details in details()) -> Level {
        Level { day, shelf, details }
    }
}

prop_compose! {
    fn tier()(
        customer in 0..4u8,
        from in instant(),
        lasts in prop_oneof![4 => 1..DAYS, 1 => Just(0), 1 => 300..400i16],
        until in minute(),
        has_end in prop::bool::weighted(0.7),
        (tier, rate) in (member(), option::weighted(0.8, -2..5i8)),
    ) -> Tier {
        let ended = Instant { day: from.day + lasts, minute: until };
        Tier { customer, from, until: has_end.then_some(ended), tier, rate }
    }
}

/// And whether they are of days.
pub fn tiers() -> impl Strategy<Value = (Vec<Tier>, bool)> {
    (prop::collection::vec(tier(), 0..12), any::<bool>())
}

pub fn snapshots() -> impl Strategy<Value = Snapshots> + Clone {
    prop_oneof![
        Just(Snapshots::Plain),
        Just(Snapshots::Sparse),
        select(vec![1, 3, 10, 40]).prop_map(Snapshots::Carry),
    ]
}
