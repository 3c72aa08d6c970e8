//! The AST as text again, in both spellings.
//!
//! Takes an [`ast::File`](super::ast::File), gives its one canonical text with
//! every comment kept. Never looks at the text it came from, never asks what a
//! name means, never fails: what one spelling cannot say is written as near as
//! it can be said (a line end inside a quoted text becomes a space).

mod dsl;
mod emit;
mod expression;
mod parts;
mod phrase;
pub mod said;
#[cfg(test)]
mod tests;
mod unit_test;
mod words;
mod yaml;

pub use dsl::{dsl, lookup, property};
pub use expression::expression;
pub(super) use words::label;
pub use words::{column_unit, is_bare_text, name, path, period, table, text};
pub use yaml::yaml;
