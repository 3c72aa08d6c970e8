//! Text to one AST, in both spellings, and back.
//!
//! Takes a text and its file id, gives [`ast::File`] and findings; an item that
//! can't be read is reported and left out, the others stay. Never asks what a
//! name means.
//! A third spelling is of targets alone: the sheets that finance plans in.

pub mod ast;
pub mod dsl;
pub mod format;
pub mod locales;
pub mod sheet;
pub mod units;
pub mod walk;
pub mod yaml;
