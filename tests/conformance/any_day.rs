//! An as-of day that is chosen when a text runs: each engine gives the rows of the oracle.
//!
//! `tests/any_day.rs` shows on DuckDB that such a text gives on each day what the day's own text
//! gives. Here cases of every kind are asked of each engine for their own day, which a table of
//! one row chooses among those around it.

use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use libtest_mimic::Trial;

use crate::cases::Shared;
use crate::engines::{Engines, Listed};
use crate::harness::Checked;
use crate::harness::case::Place;

/// Sums, distinct counts and what was before; windows; stocks by intervals and snapshots; shares
/// of time; funnels and cohorts; targets; slices and segments; hours and weeks; clocks that change.
const CASES: [&str; 11] = [
    "a_part_of_a_month_with_a_clock_change",
    "a_running_month",
    "a_snapshot_not_yet_known",
    "a_triangle_of_weeks",
    "an_average_of_days",
    "each_period_by_itself",
    "retention_of_the_same_part_before",
    "services_below_their_promise",
    "steps_that_are_still_open",
    "the_target_of_each_cell",
    "time_shares_of_what_has_elapsed",
];

/// Days before and after a case's own.
const AROUND: i64 = 12;

pub fn trial(root: &Path, engines: &Arc<Engines>, listed: &'static Listed) -> Trial {
    let (root, engines) = (root.to_path_buf(), Arc::clone(engines));
    Trial::test(format!("{}::any_day", listed.dialect), move || {
        for case in CASES {
            let shared = Shared::new(Place::Golden(root.join("tests/golden").join(case)));
            shared.check_chosen(&engines, listed).map_err(|e| format!("{case}: {e}"))?;
        }
        Ok(())
    })
}

/// The words of a request, as of a day that a table chooses, and the row of that table.
pub fn chosen(request: &[String]) -> Checked<(Vec<String>, String)> {
    let mut request = request.to_vec();
    let at = request.iter().position(|word| word == "--as-of").ok_or("it has no as-of")?;
    let own = request.get(at + 1).ok_or("--as-of has a day")?.clone();
    let day: Date = own.parse().map_err(|e| format!("{own}: {e}"))?;
    let moved = |days: i64| day.checked_add(days.days()).map_err(|e| e.to_string());
    request[at + 1] = format!("{}..{}", moved(-AROUND)?, moved(AROUND)?);
    request.extend(["--params", "table=kpic_chosen"].map(String::from));
    let row = format!(
        "select date '1990-01-01' as range_start, date '2090-01-01' as range_end, date '{day}' as as_of"
    );
    Ok((request, row))
}
