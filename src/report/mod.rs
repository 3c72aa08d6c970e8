//! Rows to what people and programs read.
//!
//! Takes a plan and the rows that its query gave, gives a [`Sheet`] in one of two
//! shapes, and its text: JSON and CSV with every digit, tables and Markdown with
//! numbers in their unit. Never computes a number: rounding is display.

mod context;
mod csv;
mod digits;
mod goals;
mod human;
mod json;
mod locale;
mod markdown;
mod number;
mod period;
mod scorecard;
mod sheet;
mod standing;
mod table;
mod verdicts;
mod wide;

pub use context::context;
pub use csv::csv;
pub use goals::words;
pub use json::json;
pub use markdown::{escaped as in_markdown, markdown};
pub use number::{Number, Writing};
pub use period::name as period_name;
pub use scorecard::scorecard;
pub use sheet::{Column, Kind, Line, Reader, Sheet};
pub use standing::{Found, found};
pub use table::table;
pub use verdicts::{Verdict, verdicts};
pub use wide::wide;

#[cfg(test)]
mod tests;
