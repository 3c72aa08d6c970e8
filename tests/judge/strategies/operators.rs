//! Offsets, windows and waits that a grain allows.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::judge::dimension::Dimension;
use crate::judge::formula::{OfMembers, Offset, PerMember, Window};
use crate::judge::time::Duration;
use crate::judge::time::Grain::{
    self, Day, FiscalMonth, FiscalQuarter, FiscalYear, Hour, IsoYear, Month, Quarter, Week, Year,
};
use crate::judge::trends::Trend;

/// Whole steps of the grain.
fn offsets(grain: Grain) -> Vec<(u16, Grain)> {
    match grain {
        Hour => vec![(1, Hour), (2, Hour), (25, Hour), (1, Day), (2, Day), (1, Week)],
        Day => vec![(1, Day), (2, Day), (7, Day), (1, Week), (1, Month), (2, Month), (1, Quarter), (1, Year)],
        Week => vec![(1, Week), (2, Week), (5, Week), (1, Year)],
        Month | FiscalMonth => vec![(1, Month), (2, Month), (1, Quarter), (1, Year), (12, Month)],
        Quarter | FiscalQuarter => vec![(1, Quarter), (3, Month), (2, Quarter), (1, Year)],
        Year | FiscalYear => vec![(1, Year), (12, Month), (4, Quarter)],
        IsoYear => vec![(1, Year), (2, Year)],
    }
}

/// Lengths shorter and longer than a period.
fn lengths(grain: Grain) -> Vec<(u16, Grain)> {
    let days = [(1, Day), (2, Day), (7, Day), (28, Day), (1, Week), (1, Month), (1, Quarter)];
    let more = match grain {
        Hour => vec![(1, Hour), (3, Hour), (24, Hour), (30, Hour)],
        Day | Week => vec![(3, Day), (10, Day), (4, Week), (2, Month)],
        _ => vec![(45, Day), (2, Month), (3, Month), (12, Month), (1, Year)],
    };
    days.into_iter().chain(more).collect()
}

fn duration(of: Vec<(u16, Grain)>) -> impl Strategy<Value = Duration> + Clone {
    select(of).prop_map(|(count, unit)| Duration::new(count, unit))
}

/// Grains whose periods are no shorter.
fn not_finer(grain: Grain) -> Vec<Grain> {
    match grain {
        Hour | Day => vec![Day, Week, Month, Quarter, Year, IsoYear, FiscalQuarter, FiscalYear],
        Week => vec![Week, Month, Quarter, Year, IsoYear, FiscalQuarter, FiscalYear],
        FiscalMonth => vec![FiscalMonth, FiscalQuarter, FiscalYear],
        Month => vec![Month, Quarter, Year, IsoYear, FiscalQuarter, FiscalYear],
        Quarter => vec![Quarter, Year, IsoYear, FiscalYear],
        FiscalQuarter => vec![FiscalQuarter, FiscalYear, Year],
        Year | IsoYear | FiscalYear => vec![grain],
    }
}

pub fn offset(grain: Grain) -> impl Strategy<Value = Offset> + Clone {
    (option::weighted(0.7, duration(offsets(grain))), prop::bool::weighted(0.3))
        .prop_map(|(by, whole)| Offset { by, whole })
}

/// Days, however the world is cut.
pub fn half_life() -> impl Strategy<Value = Duration> + Clone {
    duration(vec![(1, Day), (3, Day), (2, Week), (30, Day)])
}

pub fn window(grain: Grain) -> impl Strategy<Value = Window> + Clone {
    let to_date = not_finer(grain);
    prop_oneof![
        3 => duration(lengths(grain)).prop_map(Window::Rolling),
        2 => select(to_date).prop_map(Window::ToDate),
        1 => Just(Window::Cumulative),
    ]
}

/// Of several periods.
fn several(grain: Grain) -> Vec<(u16, Grain)> {
    match grain {
        Hour | Day => vec![(2, grain), (3, grain), (5, grain)],
        Week => vec![(2, Week), (3, Week), (5, Week)],
        Month | FiscalMonth => vec![(2, Month), (1, Quarter), (6, Month)],
        Quarter | FiscalQuarter => vec![(2, Quarter), (9, Month), (1, Year)],
        Year | FiscalYear | IsoYear => vec![(2, Year), (3, Year)],
    }
}

pub fn trend(grain: Grain) -> impl Strategy<Value = (Trend, Duration)> + Clone {
    (select(vec![Trend::Slope, Trend::Zscore]), duration(several(grain)))
}

pub fn wait() -> impl Strategy<Value = Duration> + Clone {
    duration(vec![(1, Day), (3, Day), (1, Week), (1, Month), (2, Hour), (24, Hour), (36, Hour)])
}

pub fn per_member() -> impl Strategy<Value = PerMember> + Clone {
    let dimensions = prop_oneof![
        4 => Just(vec![Dimension::Buyer]),
        1 => Just(vec![Dimension::Channel]),
        1 => Just(vec![Dimension::Country]),
        1 => Just(vec![Dimension::Device, Dimension::Buyer]),
    ];
    use OfMembers::{Avg, Count, Max, Median, Min, Slope, Stddev, Sum};
    let of_them = select(vec![Count, Sum, Avg, Min, Max, Median, Stddev, Slope, Slope, Slope]);
    (dimensions, option::of(-1..3i8), of_them).prop_map(|(dimensions, having_more_than, of_them)| PerMember {
        dimensions,
        // A count is one of those who have something.
        having_more_than: having_more_than.or((of_them == Count).then_some(0)),
        of_them,
    })
}
