//! `kpic run --asserts`: what is told of assertions beside the table.

use kpic::report::Verdict;
use kpic::resolve::Resolved;

use super::run::{Format, Shape};
use super::{Outcome, Stop, output};

/// Cells that a line names.
const MOST: usize = 12;

/// Whether a result can hold words, and there is something to ask.
///
/// # Errors
/// Misuse: a shape or format without words; a project without assertions.
pub fn can_be_told(shape: Shape, format: Format, resolved: &Resolved) -> Result<(), Stop> {
    if resolved.assertions.is_empty() {
        return Err(Stop::misuse(
            "the project has no sound assertion",
            "declare one: `assert viable = clv > cac`; `kpic check` shows what is wrong with others",
        ));
    }
    if shape == Shape::Scorecard || format == Format::Parquet {
        return Err(Stop::misuse(
            "`--asserts` has the wide shape, as a table, Markdown, JSON or CSV",
            "leave `--shape` and Parquet out",
        ));
    }
    Ok(())
}

/// Says where assertions fail, and ends with findings if any does.
pub fn outcome(found: &[Verdict], written: Outcome) -> Outcome {
    for verdict in found {
        let cells = verdict.holds + verdict.fails.len();
        let undecided = match verdict.undecided {
            0 => String::new(),
            n => format!("; without data in {}", output::plural(n, "cell")),
        };
        if verdict.fails.is_empty() {
            let held = match cells {
                0 => "is not decided anywhere".to_string(),
                _ => format!("holds in {}", output::plural(cells, "cell")),
            };
            output::note(&format!("{} {held}{undecided}", verdict.id));
            continue;
        }
        let named: Vec<&str> = verdict.fails.iter().take(MOST).map(String::as_str).collect();
        let more = verdict.fails.len() - named.len();
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        output::note(&format!(
            "{} fails in {} of {}: {}{more}{undecided}",
            verdict.id,
            verdict.fails.len(),
            output::plural(cells, "cell"),
            output::line(&named.join("; ")),
        ));
    }
    match found.iter().any(|verdict| !verdict.fails.is_empty()) {
        true => Outcome::Findings,
        false => written,
    }
}
