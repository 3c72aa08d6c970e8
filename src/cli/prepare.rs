//! What `compile` and `run` share: a project without errors, ready for requests.

use kpic::diagnostic::{Diagnostic, Lint, Severity};
use kpic::dialect::Dialect;
use kpic::lower::SqlTexts;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Relation;
use kpic::source::Sources;
use kpic::syntax::ast::Environment;

use super::output;
use super::project::{Checked, Choice, Project};

/// Sound definitions with the tables of an environment.
#[derive(Debug)]
pub struct Ready {
    pub resolved: Resolved,
    pub texts: SqlTexts,
    pub dialect: &'static dyn Dialect,
    /// What was found and shown.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine reads it"))]
    pub found: Vec<Diagnostic>,
}

/// Shows what was found, and whether results may be sliced by these dimensions. `None`: some of it forbids to go on.
pub fn ready(
    project: &Project,
    mut checked: Checked,
    choice: Choice<'_>,
    by: &[String],
    strict: bool,
    sources: &Sources,
) -> Option<Ready> {
    // `check` tells of them; here they would stand above every answer.
    checked.found.retain(|finding| finding.severity == Severity::Error || !is_practice(finding));
    checked.found.extend(project.personal(choice, by));
    if stops(&checked.found, strict, sources) {
        return None;
    }
    let resolved = bound(checked.resolved, choice.environment);
    Some(Ready { resolved, texts: checked.texts, dialect: choice.dialect, found: checked.found })
}

fn is_practice(finding: &Diagnostic) -> bool {
    Lint::of(finding.code).is_some_and(|lint| lint.practice)
}

/// Shows findings on stderr; whether they forbid to go on.
pub fn stops(found: &[Diagnostic], strict: bool, sources: &Sources) -> bool {
    output::findings(found, sources);
    if let Some(count) = output::count(found) {
        output::note(&count);
    }
    found.iter().any(|d| strict || d.severity == Severity::Error)
}

/// Tables under the names that their schemas have in an environment, and the order of their rows.
pub fn bound(mut resolved: Resolved, environment: Option<&Environment>) -> Resolved {
    let Some(environment) = environment else { return resolved };
    for source in resolved.sources.values_mut() {
        let Some(Relation::Table(parts)) = &mut source.relation else { continue };
        let written = parts.join(".");
        let ordered = environment.ordered.iter().find(|(table, _)| table.value == written);
        source.ordered_by = ordered.map(|(_, column)| column.value.clone());
        bound_table(parts, environment);
    }
    resolved
}

/// A table under the name that its schema has in an environment.
pub fn bound_table(parts: &mut Vec<String>, environment: &Environment) {
    let written = parts.join(".");
    let is_file = environment.files.iter().any(|(table, _)| table.value == written);
    let Some(schema) = parts.len().checked_sub(2).filter(|_| !is_file) else { return };
    let renamed = environment.schemas.iter().find(|(from, _)| from.value == parts[schema]);
    if let Some((_, to)) = renamed {
        parts.splice(schema..=schema, to.value.split('.').map(String::from));
    }
}
