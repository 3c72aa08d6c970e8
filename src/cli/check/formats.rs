//! Findings as people, programs and the places where code is reviewed read them.

use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use clap::ValueEnum;
use kpic::diagnostic::{Diagnostic, render};
use kpic::source::Sources;

use crate::cli::project::Loaded;
use crate::cli::{find, output};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// The lines, underlined, with reason and next step
    #[default]
    Text,
    /// An array of objects
    Json,
    /// For code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// A case for each file and each finding
    Junit,
}

impl Format {
    /// The findings as a text; services are told of files as the repository names them.
    pub fn shown(self, found: &[Diagnostic], loaded: &mut Loaded, strict: bool) -> String {
        let sources = &mut loaded.sources;
        match self {
            Format::Text => output::text(found, sources, output::stdout_colour()),
            Format::Json => render::json(found, sources),
            Format::Sarif => render::sarif(found, from_repository(sources)),
            Format::Github => render::github(found, from_repository(sources)),
            Format::Gitlab => render::gitlab(found, from_repository(sources)),
            Format::Junit => {
                let sources = from_repository(sources);
                let own = loaded.projects.iter().flat_map(|project| &project.own);
                let files: Vec<String> = own.map(|(id, _)| sources.get(*id).path.clone()).collect();
                render::junit(found, sources, "kpic check", &files, strict)
            }
        }
    }
}

/// The texts with their paths as seen from the root of the repository around the current folder,
/// if there is one: a service knows no other folder.
fn from_repository(sources: &mut Sources) -> &Sources {
    let here = env::current_dir().and_then(fs::canonicalize);
    if let Ok(here) = here
        && let Some(root) = find::repository(&here)
    {
        sources.rename(|path| {
            // What packs that kpic carries are called is no path.
            let is_file = fs::symlink_metadata(path).is_ok();
            let inside = is_file.then(|| plain(&here.join(path)));
            let inside = inside.as_deref().and_then(|path| path.strip_prefix(&root).ok());
            inside.map_or_else(|| path.to_owned(), |path| path.to_string_lossy().into_owned())
        });
    }
    sources
}

/// A path without `.` and `..`, following no link.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}
