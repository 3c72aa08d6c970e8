//! Files that definitions name: they lie in the project.

use std::path::{Component, Path};

use kpic::diagnostic::{Code, Diagnostic};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::Text;

use super::find::Home;

/// What is said of a file that is not there.
#[derive(Debug)]
pub struct Kind {
    /// Of one that lies outside of the project.
    pub code: Code,
    /// What to do then.
    pub outside: &'static str,
    /// Why it is needed.
    pub why: &'static str,
    pub help: &'static str,
}

/// Reads a file by the path that a definition has, from the project's root.
///
/// # Errors
/// A path that leads out of the project; a file that cannot be read, which is said where it is named.
pub fn read(home: &Home, path: &Text, kind: &Kind, sources: &mut Sources) -> Result<FileId, Diagnostic> {
    let relative = Path::new(&path.value);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        let fact = format!("`{}` lies outside of the project", path.value);
        return Err(Diagnostic::error(kind.code, path.span, fact)
            .because("a project is checked and reviewed as one folder")
            .help(kind.outside));
    }
    home.read(relative, sources).map_err(|finding| {
        match finding.code {
            // About the name rather than the empty text that stands for the file.
            Code::Unreadable => Diagnostic {
                span: Some(path.span),
                message: finding.message.replacen("the file", &format!("`{}`", path.value), 1),
                ..finding
            }
            .because(kind.why)
            .help(kind.help),
            _ => finding,
        }
    })
}
