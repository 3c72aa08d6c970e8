//! `kpic check --data`, and what `kpic schema pull --measure` counts.
//!
//! Each source is counted in one scan, its keys in another; where something is wrong, a third
//! one shows a few keys.

mod counts;
mod examine;
mod findings;
mod json;
mod text;

pub use examine::{Asks, Examination, Examined};

use kpic::diagnostic::{Diagnostic, Severity, Sink};
use kpic::schema;
use kpic::{dialect, practice};

use super::execute::engine::Run;
use super::execute::{Limits, Stopped, bind};
use super::prepare;
use super::project::{Checked, Choice, Project};
use super::schema::{embedded, tables};
use super::targets::{embedded as targets, planned};

/// What was found of a project's data.
#[derive(Debug)]
pub struct Health {
    pub examined: Vec<Examined>,
    /// What is wrong, at the project's levels.
    pub found: Vec<Diagnostic>,
}

/// Looks at the data of a project that is sound as far as its definitions go.
///
/// # Errors
/// Data that cannot be read; an interruption.
pub fn of_project(project: &Project, choice: Choice<'_>, checked: &Checked) -> Result<Health, Stopped> {
    let limits = Limits { threads: None, memory: None };
    let spill = tempfile::tempdir().map_err(|error| embedded::unusable(&error))?;
    let mut bound = prepare::bound(checked.resolved.clone(), choice.environment);
    let access = bind::access(project, choice.environment, &mut bound, limits, spill.path())?;
    let _inside = embedded::enter(project)?;
    let mut run = Run::open(&access, &checked.texts)?;

    let model = project.model(choice, &mut Sink::new());
    let all = bound.sources.keys().cloned().collect();
    let catalog = run.catalog(&bound, &all)?;
    let (resolved, mut found) = project.check_columns(choice, &catalog);
    // What the definitions alone are wrong about was found before.
    found.retain(|finding| !checked.found.contains(finding));
    if let Ok(Some(lock)) = &project.lock {
        let now = embedded::tables(&run, &access, &model, &bound, project)?;
        let drift = schema::changes(&lock.of_places(now.tables.keys()), &now.lock(lock.any_case));
        found.extend(project.levelled(tables::drift(&model, &drift)));
    }
    let planned = planned::wanted(project, choice.environment);
    let (sheets, wrong) = targets::look(&run, &access, &planned, &planned::dimensions(&resolved))?;
    let drift = sheets.iter().filter_map(|sheet| sheet.drift(project));
    found.extend(project.levelled(wrong.into_iter().map(planned::unknown).chain(drift).collect()));
    if found.iter().any(|finding| finding.severity == Severity::Error) {
        return Ok(Health { examined: Vec::new(), found });
    }
    let mut resolved = prepare::bound(resolved, choice.environment);
    bind::access(project, choice.environment, &mut resolved, limits, spill.path())?;
    let persons = practice::of_persons(&model);
    let examination = Examination {
        model: &model,
        resolved: &resolved,
        texts: &checked.texts,
        dialect: dialect::EMBEDDED,
        persons: &persons,
        samples: true,
    };
    let examined = all_of(&examination, &mut run)?;
    let wrong = examined.iter().flat_map(|one| findings::of(project, &model, &resolved, one));
    found.extend(project.levelled(wrong.collect()));
    Ok(Health { examined, found })
}

fn all_of(examination: &Examination<'_>, asks: &mut dyn Asks) -> Result<Vec<Examined>, Stopped> {
    let sources = examination.resolved.sources.values().filter(|source| source.relation.is_some());
    sources.map(|source| examination.of(source, &[], asks)).collect()
}

/// What was examined, for people.
pub fn text(examined: &[Examined]) -> String {
    examined.iter().map(text::of).collect()
}

/// What was examined, for programs.
pub fn json(examined: &[Examined]) -> Vec<serde_json::Value> {
    examined.iter().map(json::of).collect()
}
