//! Every golden case, compiled for every dialect: whole processes.

use std::path::Path;
use std::time::{Duration, Instant};

use kpic::dialect;

use crate::harness::Checked;
use crate::harness::case::{Case, Place, places};
use crate::refused;
use crate::support::table;

/// `--quick` takes every one of so many.
const QUICK: usize = 20;

/// Prints a row per dialect.
///
/// # Errors
/// A case that does not compile and is no refusal.
pub fn measure(quick: bool) -> Checked<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = places(root).into_iter().filter(|place| matches!(place, Place::Golden(_)));
    let mut cases = Vec::new();
    for place in golden.step_by(if quick { QUICK } else { 1 }) {
        cases.push((place.name(), place.open()?));
    }
    let mut rows = Vec::new();
    let start = Instant::now();
    for dialect in dialect::ALL {
        rows.push(of(dialect.name(), &cases)?);
    }
    let title = format!(
        "{} golden cases compiled for {} dialects, a process each: {}",
        cases.len(),
        dialect::ALL.len(),
        table::shown(start.elapsed())
    );
    table::print(&title, &["dialect", "compiled", "refused", "median", "slowest", "case"], &rows);
    Ok(())
}

fn of(dialect: &str, cases: &[(String, Case)]) -> Checked<Vec<String>> {
    let mut took: Vec<(Duration, &str)> = Vec::new();
    let mut refusals = 0;
    for (name, case) in cases {
        let start = Instant::now();
        let made = case.kpic("compile", &["-d", dialect]);
        took.push((start.elapsed(), name));
        if let Err(said) = made {
            refused::constructs(&said).ok_or(said)?;
            refusals += 1;
        }
    }
    took.sort_unstable();
    let middle = took[took.len() / 2].0;
    let (slowest, name) = took[took.len() - 1];
    Ok(vec![
        dialect.to_string(),
        (cases.len() - refusals).to_string(),
        refusals.to_string(),
        table::shown(middle),
        table::shown(slowest),
        name.to_string(),
    ])
}
