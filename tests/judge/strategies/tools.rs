//! Funnels and cohorts.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::condition;
use crate::judge::measure::Axis;
use crate::judge::time::Duration;
use crate::judge::time::Grain::{Day, Hour, Month, Week};
use crate::judge::tools::{After, Cohort, Funnel, FunnelStep};

fn duration() -> impl Strategy<Value = Duration> + Clone {
    let lengths = vec![(1, Day), (3, Day), (7, Day), (2, Week), (1, Month), (12, Hour), (48, Hour)];
    select(lengths).prop_map(|(count, unit)| Duration::new(count, unit))
}

fn step() -> impl Strategy<Value = FunnelStep> + Clone {
    let axis = prop_oneof![3 => Just(Axis::SoldAt), 1 => Just(Axis::Started)];
    (axis, option::weighted(0.4, condition())).prop_map(|(axis, filter)| FunnelStep { axis, filter })
}

pub fn funnel() -> impl Strategy<Value = Funnel> {
    (duration(), step(), prop::collection::vec(step(), 2)).prop_map(|(within, first, later)| Funnel {
        within,
        first,
        later,
    })
}

pub fn cohort() -> impl Strategy<Value = Cohort> {
    let axes = vec![Axis::SoldAt, Axis::ShippedOn, Axis::VisitedOn, Axis::Started];
    select(axes).prop_map(|axis| Cohort { axis })
}

pub fn after() -> impl Strategy<Value = After> + Clone {
    let whole_days = |by: &Duration| by.unit != Hour;
    prop_oneof![
        (0..9u8).prop_map(After::OnDay),
        duration().prop_filter("days", whole_days).prop_map(After::Within),
        (0..9u8).prop_map(After::FromDay),
    ]
}
