//! `kpic check --data`: what the data is like, beside the findings.

use kpic::diagnostic::Diagnostic;
use kpic::dialect::{self, Dialect};
use kpic::source::Sources;
use serde_json::Value;

use super::Format;
use crate::cli::Stop;
use crate::cli::execute::Stopped;
use crate::cli::project::{Checked, Choice, Project};

/// What was found in a project's data.
#[derive(Debug, Default)]
pub struct Data {
    /// For people, a paragraph a source.
    pub text: String,
    /// For programs, an object a source.
    pub sources: Vec<Value>,
    /// Whether somebody pressed Ctrl-C meanwhile.
    pub interrupted: bool,
}

/// What was found in one project's data.
struct Seen {
    text: String,
    sources: Vec<Value>,
    /// What is wrong, at the project's levels.
    found: Vec<Diagnostic>,
}

impl Data {
    /// The findings of all projects, shown, with what the data is like where the format has a
    /// place for that.
    pub fn beside(&self, findings: String, format: Format) -> String {
        match format {
            Format::Text if findings.is_empty() => self.text.clone(),
            Format::Text => format!("{findings}\n{}", self.text),
            Format::Json => {
                let findings: Value = serde_json::from_str(&findings).expect("it was just written");
                let whole = serde_json::json!({"findings": findings, "sources": self.sources});
                serde_json::to_string_pretty(&whole).expect("texts always serialise") + "\n"
            }
            Format::Sarif | Format::Github | Format::Gitlab | Format::Junit => findings,
        }
    }

    /// Checks a project, and looks at its data if the definitions are sound. The data itself says
    /// more than what the schema lock tells of it.
    ///
    /// # Errors
    /// Misuse: the data is not the engine's to read.
    pub fn look(
        &mut self,
        project: &Project,
        choice: Choice<'_>,
        sources: &mut Sources,
    ) -> Result<Checked, Stop> {
        is_embedded(choice.dialect)?;
        let mut checked = project.check_all_alone(choice, sources);
        if self.interrupted || checked.found.iter().any(super::is_unsound) {
            return Ok(checked);
        }
        match of(project, choice, &checked) {
            Ok(seen) => {
                self.text.push_str(&seen.text);
                self.sources.extend(seen.sources);
                checked.found.extend(seen.found);
            }
            Err(Stopped::Interrupted) => self.interrupted = true,
            Err(Stopped::Findings(found)) => checked.found.extend(found),
        }
        Ok(checked)
    }
}

fn is_embedded(dialect: &dyn Dialect) -> Result<(), Stop> {
    if dialect.name() == dialect::EMBEDDED.name() {
        return Ok(());
    }
    Err(Stop::misuse(
        format!(
            "`--data` looks at data with the embedded engine and the environment speaks {}",
            dialect.name()
        ),
        "name an environment without a dialect of its own with `--env`; in a database, `kpic schema pull --measure` counts",
    ))
}

/// Looks at the data of a project whose definitions are sound.
///
/// # Errors
/// Data that cannot be read; an interruption.
#[cfg(feature = "duckdb")]
fn of(project: &Project, choice: Choice<'_>, checked: &Checked) -> Result<Seen, Stopped> {
    use crate::cli::health;
    let found = health::of_project(project, choice, checked)?;
    Ok(Seen {
        text: health::text(&found.examined),
        sources: health::json(&found.examined),
        found: found.found,
    })
}

/// Says that there is no engine.
///
/// # Errors
/// Always.
#[cfg(not(feature = "duckdb"))]
fn of(_: &Project, _: Choice<'_>, _: &Checked) -> Result<Seen, Stopped> {
    use crate::cli::execute;
    Err(execute::no_engine("`--data` reads data with an embedded database, which a build may leave out"))
}
