//! Findings as text for people and for programs.
//!
//! Takes findings and the texts they point into, gives one `String` a format.
//! Never prints, never sorts, never leaves a finding out.

mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod place;
mod sarif;
mod text;

pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use junit::{junit, xml};
pub use sarif::sarif;
pub use text::{Colour, text};

use super::Diagnostic;

/// Fact, reason and next step.
fn sentences(diagnostic: &Diagnostic) -> Vec<&str> {
    let parts = [Some(&diagnostic.message), diagnostic.reason.as_ref(), diagnostic.help.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect()
}

#[cfg(test)]
mod tests;
