//! How long every golden case takes to compile for every dialect, and how long one request
//! for twenty KPIs takes on each engine beside a request per KPI.
//!
//! `scripts/cargo bench --profile dev --features duckdb --bench dialects`, with `-- --quick` for few
//! cases and few rows, `-- compile` or `-- fused` for one of the two. `KPIC_ENGINES` names the
//! engines to ask, which are those of `tests/conformance`; without it those are that every run of it asks.
#![allow(clippy::print_stdout)]
// The engines are those of the conformance test, which asks them more.
#![allow(dead_code)]

#[path = "../../tests/conformance/data.rs"]
mod data;
#[path = "../../tests/conformance/engine.rs"]
mod engine;
#[path = "../../tests/conformance/engines.rs"]
mod engines;
mod fused;
mod golden;
#[path = "../../tests/harness/mod.rs"]
mod harness;
#[path = "../../tests/conformance/outcome.rs"]
mod outcome;
#[path = "../../tests/conformance/postgres.rs"]
mod postgres;
#[path = "../../tests/conformance/refused.rs"]
mod refused;
#[path = "../warehouse/request.rs"]
mod request;
#[path = "../support/mod.rs"]
mod support;
#[path = "../../tests/conformance/worker.rs"]
mod worker;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let (quick, both) = (has("--quick"), has("compile") == has("fused"));
    let mut went = Ok(());
    if both || has("compile") {
        went = golden::measure(quick);
    }
    if both || has("fused") {
        went = went.and_then(|()| fused::measure(quick));
    }
    match went {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}
