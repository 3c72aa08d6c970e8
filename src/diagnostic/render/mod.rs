//! Findings as text for people and for programs.
//!
//! Takes findings and the texts they point into, gives one `String` a format.
//! Never prints, never sorts, never leaves a finding out.

mod excerpt;
mod github;
mod json;
mod place;
mod sarif;
mod text;

pub use github::github;
pub use json::json;
pub use sarif::sarif;
pub use text::{Colour, text};

#[cfg(test)]
mod tests;
