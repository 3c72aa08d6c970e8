//! `--fail-on`: statuses that end a run with exit code 1.

use clap::ValueEnum;
use kpic::report::{Found, words};

use super::output::{self, line};

/// A status that a run fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum FailOn {
    OffTrack,
    /// This or worse: off_track too
    AtRisk,
    NoTarget,
    NoData,
}

/// More cells of a KPI are counted and not named.
const MOST: usize = 3;

/// The statuses that are meant, each once.
pub fn statuses(on: &[FailOn]) -> Vec<&'static str> {
    let means = |any: &[FailOn]| on.iter().any(|on| any.contains(on));
    let meant = [
        ("off_track", means(&[FailOn::OffTrack, FailOn::AtRisk])),
        ("at_risk", means(&[FailOn::AtRisk])),
        ("no_target", means(&[FailOn::NoTarget])),
        ("no_data", means(&[FailOn::NoData])),
    ];
    meant.into_iter().filter(|(_, is_meant)| *is_meant).map(|(status, _)| status).collect()
}

/// Says which cells have one of the statuses, a line per KPI and status.
pub fn tell(found: &[Found]) {
    for Found { kpi, status, cells, of } in found {
        let named: Vec<String> = cells.iter().take(MOST).map(|cell| line(cell)).collect();
        let rest = match cells.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (kpi, status, count) = (line(kpi), words(status), cells.len());
        let cells = output::plural(*of, "cell");
        output::note(&format!("{kpi}: {status} in {count} of {cells}: {}{rest}", named.join(", ")));
    }
}
