//! What `kpic run` does once the definitions are sound.
//!
//! A build without the engine says so.

#[cfg(feature = "duckdb")]
pub mod bind;
#[cfg(feature = "duckdb")]
pub mod engine;
#[cfg(feature = "duckdb")]
mod interrupt;
#[cfg(feature = "duckdb")]
mod progress;

use std::path::Path;

use kpic::diagnostic::Diagnostic;
use kpic::plan::{Beside, Trend};
use kpic::report::{Found, Sheet};

use super::request::Options;
use super::run::Shape;

#[cfg(feature = "duckdb")]
pub use engine::{columns, execute};

/// What to compute and how.
#[derive(Debug)]
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine reads it"))]
pub struct Asked<'a> {
    pub options: &'a Options,
    pub shape: Shape,
    /// Statuses that are looked for.
    pub statuses: &'a [&'static str],
    /// The file that the engine writes itself.
    pub parquet: Option<&'a Path>,
    pub limits: Limits<'a>,
    pub strict: bool,
}

impl Asked<'_> {
    /// What is asked beside the numbers: the scorecard says all that there is, and a status
    /// that is looked for needs the targets.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine asks"))]
    fn beside(&self, options: Beside) -> Beside {
        match self.shape {
            Shape::Wide => Beside { targets: options.targets || !self.statuses.is_empty(), ..options },
            Shape::Scorecard => Beside {
                targets: true,
                trend: match options.trend {
                    Trend::OfAll => Trend::OfAll,
                    Trend::Unasked | Trend::WherePossible => Trend::WherePossible,
                },
            },
        }
    }
}

/// A result.
#[derive(Debug)]
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine gives one"))]
pub struct Computed {
    /// `None`: the engine wrote it to a file.
    pub sheet: Option<Sheet>,
    /// The cells with a status that is looked for.
    pub found: Vec<Found>,
}

/// How much of the machine the engine takes.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine reads it"))]
pub struct Limits<'a> {
    pub threads: Option<u16>,
    pub memory: Option<&'a str>,
}

/// Why there is no result.
#[derive(Debug)]
pub enum Stopped {
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine is interrupted"))]
    Interrupted,
    Findings(Vec<Diagnostic>),
}

impl From<Vec<Diagnostic>> for Stopped {
    fn from(found: Vec<Diagnostic>) -> Self {
        Stopped::Findings(found)
    }
}

impl From<Diagnostic> for Stopped {
    fn from(finding: Diagnostic) -> Self {
        Stopped::Findings(vec![finding])
    }
}

/// Says that there is no engine.
///
/// # Errors
/// Always.
#[cfg(not(feature = "duckdb"))]
pub fn execute(
    _: &super::project::Project,
    _: super::project::Choice<'_>,
    _: super::prepare::Ready,
    _: &Asked<'_>,
    _: &mut kpic::source::Sources,
) -> Result<Computed, Stopped> {
    Err(no_engine("`run` computes on an embedded database, which a build may leave out"))
}

/// The refusal of a build without the engine.
#[cfg(not(feature = "duckdb"))]
pub fn no_engine(reason: &str) -> Stopped {
    let fact = "this build of kpic has no engine";
    Stopped::from(
        Diagnostic::general(kpic::diagnostic::Code::NoEngine, fact)
            .because(reason)
            .help("build with it: `scripts/cargo build --features duckdb`"),
    )
}

/// What is known of a project whose data's columns are looked at.
///
/// # Errors
/// Always: there is no engine.
#[cfg(not(feature = "duckdb"))]
pub fn columns(
    _: &super::project::Project,
    _: super::project::Choice<'_>,
    _: &super::project::Checked,
) -> Result<(kpic::resolve::Resolved, Vec<Diagnostic>), Stopped> {
    Err(no_engine("the columns of data are read by an embedded database, which a build may leave out"))
}
