//! What is asked: few periods, so that a difference can be read.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::DAYS;
use super::conditions::condition;
use crate::judge::dimension::Dimension;
use crate::judge::request::Request;
use crate::judge::time::Grain;

pub fn request(grain: Grain) -> impl Strategy<Value = Request> {
    let by = prop::collection::vec(subsequence(Dimension::ALL.to_vec(), 1..3).prop_shuffle(), 0..3);
    let segments = prop::collection::vec(option::of(0..2usize), 1..3);
    (
        subsequence(vec![0, 1, 2], 1..4),
        by,
        any::<bool>(),
        segments,
        option::weighted(0.3, condition()),
        (0..DAYS, 0..DAYS),
        // Before, within and after what is asked.
        option::weighted(0.5, -3..DAYS + 20),
        any::<bool>(),
    )
        .prop_map(move |(kpis, by, total, segments, filter, (a, b), as_of, ordered)| {
            let (from, to) = (a.min(b), a.max(b));
            let to = match grain {
                Grain::Hour => to.min(from + 1),
                Grain::Day => to.min(from + 8),
                _ => to,
            };
            let segments = each_once(segments);
            Request { kpis, by, total, segments, filter, grain, from, to, as_of, ordered }
        })
}

fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in list {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}
