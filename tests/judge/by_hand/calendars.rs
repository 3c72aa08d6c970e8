//! Fiscal years and years of weeks.

use super::Grain::{FiscalQuarter, FiscalYear, IsoYear};
use super::*;

#[test]
fn a_fiscal_year_from_april() {
    // 31 March 2026 is of the year before, 1 April of this one.
    let mut world = world(FiscalYear, "2025-04-01", "2027-03-31").asks(sales()).sold(&[
        ("2025-03-31", 1),
        ("2026-03-31", 1),
        ("2026-04-01", 1),
        ("2027-03-31", 1),
    ]);
    world.fiscal_year = 4;
    assert_eq!(world.totals(), numbers(&[1, 2]));
}

#[test]
fn fiscal_quarters_from_february() {
    // November to January is one.
    let mut world = world(FiscalQuarter, "2025-11-01", "2026-01-31").asks(sales()).sold(&[
        ("2025-10-31", 1),
        ("2025-11-01", 1),
        ("2026-01-31", 1),
        ("2026-02-01", 1),
    ]);
    world.fiscal_year = 2;
    assert_eq!(world.totals(), numbers(&[2]));
}

#[test]
fn a_year_of_weeks() {
    // 2026 has 53 weeks, from 29 December 2025 to 3 January 2027; the year before has 52,
    // from 30 December 2024.
    let sold =
        [("2024-12-29", 1), ("2024-12-30", 1), ("2025-12-29", 1), ("2027-01-03", 1), ("2027-01-04", 1)];
    let asked = |formula| world(IsoYear, "2025-12-29", "2027-01-03").sold(&sold).asks(formula).totals();
    assert_eq!(asked(sales()), numbers(&[2]));
    assert_eq!(asked(previous(sales(), 1, Grain::Year)), numbers(&[1]));
}
