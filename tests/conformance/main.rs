//! Conformance: what kpic writes means the same on every engine that runs here.
//!
//! DuckDB is in process; PostgreSQL is a throw-away server of `scripts/postgres`; the
//! others are programs of `scripts/engine`, started when the first trial needs them.
//! Every golden case and every example's request, compiled for an engine's dialect, is
//! read by sqlparser and gives the rows of its oracle, which DuckDB computes from the
//! same data; random projects give the numbers of the judge that `tests/second_opinion.rs`
//! asks. Below that, single expressions give hand-written values, and hostile texts and
//! names come back as they went in.
//!
//! A trial is named for its dialect: `--test conformance -- sqlite::golden`. Every run asks what
//! `engines.rs` says of each engine; `KPIC_ENGINES=all` asks all of all, which takes long, and
//! `KPIC_ENGINES=trino,tsql` all of those. What a dialect refuses is listed in `refused/DIALECT`, what its
//! engine cannot have right in `differs/DIALECT`, what a run proved in docs/dialects.md; `KPIC_UPDATE=1` writes both.

// Which cases were left out is part of what the test says.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod any_day;
mod cases;
mod data;
mod differs;
mod engine;
mod engines;
mod expressions;
mod hostile;
mod kept;
mod outcome;
mod postgres;
mod refused;
mod reread;
mod tally;
mod times;
mod worker;
mod worlds;

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../judge/mod.rs"]
mod judge;

use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use cases::Shared;
use engines::{Chosen, Engines, Listed, Part, chosen, known};
use harness::Checked;
use libtest_mimic::{Arguments, Trial};
use outcome::Outcome;
use tally::Tally;

fn main() -> ExitCode {
    match run(&Arguments::from_args()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Checked<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let updates = env::var_os("KPIC_UPDATE").is_some();
    let only = env::var("KPIC_ENGINES").ok();
    let (chosen, known) = (chosen(only.as_deref())?, known());
    let engines = Arc::new(Engines::new(root, &chosen));
    let tally = Arc::new(Tally::default());
    let mut trials = Vec::new();
    for Chosen { listed, part } in &chosen {
        let refused = refused::listed(root, listed.dialect)?;
        let differs = differs::listed(root, listed.dialect)?;
        trials.extend(expressions::trials(&engines, listed, (&refused, &differs), &tally, updates));
        trials.extend(hostile::trials(&engines, listed));
        trials.extend(kept::trials(&engines, listed));
        trials.push(any_day::trial(root, &engines, listed));
        trials.push(worlds::trial(&engines, listed, *part, differs.get("random_projects").cloned()));
    }
    if only.as_deref().is_none_or(|only| only == "all") {
        trials.push(kept::dbt(root));
    }
    trials.extend(hostile::with_old_backslashes(&engines, &chosen));
    trials.extend(of_cases(root, &engines, &chosen, &tally, updates)?);
    let conclusion = libtest_mimic::run(arguments, trials);
    println!("Engines: {}", chosen.iter().map(|one| one.listed.dialect).collect::<Vec<_>>().join(", "));
    let whole = chosen.iter().filter(|one| one.part == Part::All).count();
    if whole < known.len() {
        println!("  {} are asked less than all, or nothing; KPIC_ENGINES=all asks all", known.len() - whole);
    }
    let is_whole =
        arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list && !arguments.ignored;
    if is_whole && !conclusion.has_failed() {
        proven(root, &engines, &chosen, &known, &tally, updates)?;
    }
    Ok(conclusion.exit_code())
}

/// A case's trials stand together, so that its data is kept no longer than needed.
fn of_cases(
    root: &Path,
    engines: &Arc<Engines>,
    chosen: &[Chosen],
    tally: &Arc<Tally>,
    updates: bool,
) -> Checked<Vec<Trial>> {
    let (mut refusals, mut differing) = (Vec::new(), Vec::new());
    for Chosen { listed, .. } in chosen {
        let mut differs = differs::listed(root, listed.dialect)?;
        differs.retain(|name, _| name.starts_with("golden::") || name.starts_with("examples::"));
        differing.push(differs);
        let mut refused = refused::listed(root, listed.dialect)?;
        refused.retain(|name, _| !name.starts_with("expressions::"));
        refusals.push(refused);
    }
    let mut trials = Vec::new();
    for place in harness::case::places(root) {
        let shared = Arc::new(Shared::new(place));
        let is_example = matches!(shared.place, harness::case::Place::Example(..));
        for ((&Chosen { listed, part }, refused), differs) in
            chosen.iter().zip(&mut refusals).zip(&mut differing)
        {
            let name = shared.place.name();
            let was_refused = refused.remove(&name);
            let must_differ = differs.remove(&name);
            if !shared.place.runs_on(listed.dialect) || (is_example && part < Part::All) {
                continue;
            }
            let (engines, shared, tally) = (Arc::clone(engines), Arc::clone(&shared), Arc::clone(tally));
            trials.push(Trial::test(format!("{}::{name}", listed.dialect), move || {
                if let Some(reason) = &must_differ {
                    differs::must(&name, reason, shared.check(&engines, listed, false))?;
                    return Ok(tally.add(listed, name, Outcome::Differs)?);
                }
                let outcome = shared.check(&engines, listed, true)?;
                if !updates {
                    refused::as_listed(&outcome, was_refused.as_ref())?;
                }
                Ok(tally.add(listed, name, outcome)?)
            }));
        }
    }
    if let Some(name) = differing.iter().find_map(|left| left.keys().next()) {
        return Err(format!("{name} is listed as one that differs, and is no case"));
    }
    let strangers = chosen.iter().zip(&refusals).find_map(|(one, left)| Some((one, left.keys().next()?)));
    match strangers {
        Some((one, name)) if !updates => {
            Err(format!("{} refuses {name}, which is no case", one.listed.dialect))
        }
        _ => Ok(trials),
    }
}

/// What is said of a whole run is what it showed.
fn proven(
    root: &Path,
    engines: &Engines,
    ran: &[Chosen],
    known: &[&'static Listed],
    tally: &Tally,
    updates: bool,
) -> Checked<()> {
    if updates {
        for Chosen { listed, .. } in ran.iter().filter(|one| one.part == Part::All) {
            refused::write(root, listed.dialect, &tally.refused(listed)?)?;
        }
    }
    let dialects: Vec<&str> = ran.iter().map(|one| one.listed.dialect).collect();
    let closed = reread::closed(&dialects)?;
    if !closed.is_empty() {
        return Err(format!("gaps of sqlparser that no query meets:\n  {}", closed.join("\n  ")));
    }
    tally.compare_with_page(root, ran, known, engines, updates)
}
