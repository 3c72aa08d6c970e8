//! Lint levels: which warnings a project turns off, or into errors.

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, nearest};
use crate::syntax::ast::{LintLevel, ProjectFile};

/// The codes that are warnings; all others are errors, whatever a project says.
pub const WARNINGS: [Code; 4] =
    [Code::Unused, Code::InexactMoney, Code::BackwardIntervals, Code::ZoneNotDeclared];

/// The levels that a project sets; those of no warning are reported.
pub fn read(project: &ProjectFile, sink: &mut Sink) -> Vec<(Code, LintLevel)> {
    let mut levels = Vec::new();
    for (name, level) in &project.lints {
        match name.value.parse::<Code>() {
            Ok(code) if WARNINGS.contains(&code) => levels.push((code, level.value)),
            Ok(code) => sink.push(
                Diagnostic::error(
                    Code::ProjectFile,
                    name.span,
                    format!("{code} is an error and has no level"),
                )
                .because("a definition with an error has no right number")
                .help(format!("levels are set for warnings: {}", known())),
            ),
            Err(()) => {
                let error = Diagnostic::error(
                    Code::ProjectFile,
                    name.span,
                    format!("there is no code `{}`", name.value),
                );
                sink.push(match nearest(&name.value, WARNINGS.iter().map(|c| c.id())) {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error.help(format!("levels are set for warnings: {}", known())),
                });
            }
        }
    }
    levels
}

fn known() -> String {
    WARNINGS.map(Code::id).join(", ")
}

/// Findings at the levels that a project sets.
pub fn apply(levels: &[(Code, LintLevel)], found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let level = |code: Code| levels.iter().rev().find(|(c, _)| *c == code).map(|(_, level)| *level);
    found
        .into_iter()
        .filter_map(|finding| match (finding.severity, level(finding.code)) {
            (Severity::Warning, Some(LintLevel::Off)) => None,
            (Severity::Warning, Some(LintLevel::Error)) => {
                Some(Diagnostic { severity: Severity::Error, ..finding })
            }
            (Severity::Warning, Some(LintLevel::Warn) | None) | (Severity::Error, _) => Some(finding),
        })
        .collect()
}
