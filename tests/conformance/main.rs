//! Conformance: what kpic writes means the same on every engine that runs here.
//!
//! DuckDB is in process; PostgreSQL is a throw-away server of `scripts/postgres`.
//! Every golden case and every example's request, compiled for PostgreSQL, gives
//! the rows of its oracle, which DuckDB computes from the same data; random projects
//! give the numbers of the judge that `tests/second_opinion.rs` asks. Below that,
//! single expressions give hand-written values on both engines, and hostile texts
//! and names come back as they went in.

// Which cases were left out is part of what the test says.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cases;
mod engine;
mod expressions;
mod hostile;
mod server;
mod times;
mod worlds;

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../judge/mod.rs"]
mod judge;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use server::Server;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = harness::case::places(root);
    let (here, elsewhere): (Vec<_>, Vec<_>) = places.into_iter().partition(|p| p.runs_on("postgres"));
    let server = match Server::start(root) {
        Ok(server) => Arc::new(server),
        Err(error) => {
            eprintln!("no PostgreSQL to prove anything on: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ran = here.len();
    let mut trials = expressions::trials(&server);
    trials.extend(hostile::trials(&server));
    trials.push(worlds::trial(&server));
    for place in here {
        let server = Arc::clone(&server);
        let name = format!("postgres::{}", place.name());
        trials.push(Trial::test(name, move || Ok(cases::check(&server, &place)?)));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    println!("PostgreSQL: {ran} cases and examples, {} left out", elsewhere.len());
    for place in elsewhere {
        println!("  {} runs on {}", place.name(), place.only().unwrap_or_default());
    }
    conclusion.exit_code()
}
