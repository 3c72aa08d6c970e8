//! Fiscal years and years of weeks.

use super::*;
use crate::judge::fiscal::{FiscalWeeks, FiscalYear};

#[test]
fn a_fiscal_year_from_april() {
    // 31 March 2026 is of the year before, 1 April of this one.
    let mut world = world(Grain::FiscalYear, "2025-04-01", "2027-03-31").asks(sales()).sold(&[
        ("2025-03-31", 1),
        ("2026-03-31", 1),
        ("2026-04-01", 1),
        ("2027-03-31", 1),
    ]);
    world.fiscal_year = FiscalYear::Months(4);
    assert_eq!(world.totals(), numbers(&[1, 2]));
}

#[test]
fn fiscal_quarters_from_february() {
    // November to January is one.
    let mut world = world(Grain::FiscalQuarter, "2025-11-01", "2026-01-31").asks(sales()).sold(&[
        ("2025-10-31", 1),
        ("2025-11-01", 1),
        ("2026-01-31", 1),
        ("2026-02-01", 1),
    ]);
    world.fiscal_year = FiscalYear::Months(2);
    assert_eq!(world.totals(), numbers(&[2]));
}

#[test]
fn a_year_of_weeks() {
    // 2026 has 53 weeks, from 29 December 2025 to 3 January 2027; the year before has 52,
    // from 30 December 2024.
    let sold =
        [("2024-12-29", 1), ("2024-12-30", 1), ("2025-12-29", 1), ("2027-01-03", 1), ("2027-01-04", 1)];
    let asked =
        |formula| world(Grain::IsoYear, "2025-12-29", "2027-01-03").sold(&sold).asks(formula).totals();
    assert_eq!(asked(sales()), numbers(&[2]));
    assert_eq!(asked(previous(sales(), 1, Grain::Year)), numbers(&[1]));
}

#[test]
fn a_retail_year() {
    // That of 2023 goes from 29 January 2023 to 3 February 2024, has 53 weeks, and its months have
    // 4, 5, 4, … weeks: the last one, of five, starts on 31 December.
    let retail = FiscalWeeks { pattern: [4, 5, 4], weekday: 6, is_nearest: true, month: 1 };
    let sold =
        [("2023-01-28", 1), ("2023-01-29", 2), ("2023-12-31", 1), ("2024-02-03", 3), ("2024-02-04", 1)];
    let asked = |grain, from, to, formula| {
        let mut world = world(grain, from, to).sold(&sold).asks(formula);
        (world.fiscal_year, world.week_start) = (FiscalYear::Weeks(retail), 7);
        world.totals()
    };
    assert_eq!(asked(Grain::FiscalYear, "2023-01-29", "2024-02-03", sales()), numbers(&[3]));
    let months = |formula| asked(Grain::FiscalMonth, "2023-12-31", "2024-03-02", formula);
    assert_eq!(months(sales()), numbers(&[2, 1]));
    // The last month of the year before is January 2023, up to the 28th, the first one February, from
    // the 29th on.
    assert_eq!(months(previous(sales(), 1, Grain::Year)), numbers(&[1, 1]));
    // The quarter to date starts on 29 October, with November; the next one with February.
    let to_date = Formula::Window(Box::new(sales()), Window::ToDate(Grain::FiscalQuarter));
    assert_eq!(months(to_date), numbers(&[2, 1]));
}
