//! What benchmarks share: a stopwatch, and tables of results.
// Each benchmark uses a part of it.
#![allow(dead_code, clippy::print_stdout)]

pub mod clock;
pub mod table;
