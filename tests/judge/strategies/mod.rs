//! Random worlds, small enough to be read when one goes wrong, and full of what
//! goes wrong: month ends, leap days, clocks that change, ties, NULLs, duplicates,
//! orphans.

mod as_of;
mod conditions;
mod definitions;
mod features;
mod in_time;
mod operators;
mod requests;
mod rows;
mod sound;
mod targets;
mod tools;

use jiff::civil::{Date, date};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use definitions::Definitions;
pub use features::Feature;
pub use sound::repaired;

use super::fiscal::{FiscalWeeks, FiscalYear};
use super::time::Grain;
use super::world::World;

/// Zones whose clocks change at an hour, at midnight, by half an hour, or never.
const ZONES: [&str; 6] =
    ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut"];

/// Where forty days hold trouble.
const FIRST_DAYS: [Date; 7] = [
    // Clocks change in New York on 8 March, in Paris on 29 March.
    date(2026, 2, 25),
    // 29 February, and the year after it.
    date(2024, 2, 10),
    date(2025, 2, 10),
    // Clocks change back: 25 October in Paris, 1 November in New York.
    date(2026, 10, 5),
    // 2026 has 53 ISO weeks, and 31 December 2024 lies in a week of 2025.
    date(2026, 12, 10),
    date(2024, 12, 20),
    // 31 January, 28 February.
    date(2026, 1, 20),
];

/// Days that most rows and requests lie in.
const DAYS: i16 = 40;

/// Any world that kpic takes so far.
pub fn world() -> BoxedStrategy<World> {
    let mut grains = vec![Grain::Hour, Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
    if Feature::Calendars.is_taken() {
        grains.extend([Grain::IsoYear, Grain::FiscalMonth, Grain::FiscalQuarter, Grain::FiscalYear]);
        if Feature::Targets.weight() > 2 {
            grains = vec![Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
        }
        if Feature::Calendars.weight() > 2 {
            grains = vec![Grain::Week, Grain::FiscalMonth, Grain::FiscalQuarter, Grain::FiscalYear];
        }
    }
    select(grains).prop_flat_map(of_grain).prop_map(repaired).boxed()
}

/// Years of weeks end about where worlds lie.
fn fiscal_year() -> impl Strategy<Value = FiscalYear> {
    let patterns = select(vec![[4, 4, 5], [4, 5, 4], [5, 4, 4]]);
    let weeks =
        (patterns, 1..8i8, any::<bool>(), 1..13i8).prop_map(|(pattern, weekday, is_nearest, month)| {
            FiscalWeeks { pattern, weekday, is_nearest, month }
        });
    prop_oneof![(1..13i8).prop_map(FiscalYear::Months), weeks.prop_map(FiscalYear::Weeks)]
}

prop_compose! {
    fn of_grain(grain: Grain)(
        zone in select(ZONES.to_vec()),
        (week_start, fiscal_year) in (1..8u8, fiscal_year()),
        first_day in select(FIRST_DAYS.to_vec()),
        sales in prop::collection::vec(rows::sale(), 0..30),
        visits in prop::collection::vec(rows::visit(), 0..15),
        (contracts, contracts_by_day) in (prop::collection::vec(rows::contract(), 0..15), any::<bool>()),
        (levels, snapshots) in (prop::collection::vec(rows::level(), 0..20), rows::snapshots()),
        staff in prop::collection::vec(rows::details(), 0..5),
        customers in prop::collection::vec(rows::member(), 0..5),
        ((tiers, tiers_by_day), joins) in (rows::tiers(), as_of::joins()),
        (kept, since) in (
            option::weighted(0.3, conditions::condition()),
            option::weighted(0.1, -DAYS..DAYS),
        ),
        (definitions, plan) in (definitions::definitions(grain), targets::plan(grain)),
        (funnel, cohort) in (tools::funnel(), tools::cohort()),
        (segments, request) in (prop::collection::vec(conditions::condition(), 2..3), requests::request(grain)),
    ) -> World {
        let Definitions { measures, stocks, kpis, bands } = definitions;
        let world = World {
            zone, week_start, fiscal_year, first_day, sales, visits, contracts, contracts_by_day, levels,
            snapshots, staff, customers, tiers, tiers_by_day, joins, kept, since, measures, stocks, funnel, cohort, kpis, bands, segments, request,
        };
        targets::planned(world, plan)
    }
}
