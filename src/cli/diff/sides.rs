//! The two states of a project that are compared.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kpic::source::Sources;

use crate::cli::Stop;
use crate::cli::find::{self, Home, PROJECT_FILE, Texts};
use crate::cli::git::{Commit, Repository, Revisions, Tree};
use crate::cli::project::{self, Known, Project};
use crate::cli::spelling::Spelling;

/// Both states, with what they are called.
#[derive(Debug)]
pub struct Sides {
    pub before: State,
    pub after: State,
    pub sources: Sources,
}

#[derive(Debug)]
pub struct State {
    pub name: String,
    pub project: Project,
    /// Whether there is a project at all.
    pub exists: bool,
}

/// Reads them; what both have is parsed once.
///
/// # Errors
/// Misuse: no project, no repository, no such revision.
pub fn read(revisions: &Revisions) -> Result<Sides, Stop> {
    let mut sources = Sources::new();
    let mut known = Known::default();
    let (before, after) = match revisions {
        Revisions::WithFiles(revision) => {
            let home = here()?;
            let repository = Repository::around(&home.root)?;
            let commit = repository.commit(revision)?;
            let tree = repository.here(&commit)?;
            let then = State::of(tree, &home, &commit, &mut known, &mut sources);
            let project = project::read(home, Some(&mut known), &mut sources);
            (then, State { name: "the files here".into(), project, exists: true })
        }
        Revisions::Two(a, b) | Revisions::SinceFork(a, b) => {
            let folder = std::env::current_dir().and_then(std::fs::canonicalize).map_err(Stop::Output)?;
            let repository = Repository::around(&folder)?;
            let (mut a, b) = (repository.commit(a)?, repository.commit(b)?);
            if matches!(revisions, Revisions::SinceFork(..)) {
                a = repository.merge_base(&a, &b)?;
            }
            let found = [repository.project(&a)?, repository.project(&b)?];
            if found.iter().all(Option::is_none) {
                return Err(Stop::misuse(
                    format!(
                        "neither `{}` nor `{}` has a {PROJECT_FILE} in this folder or above it",
                        a.shown, b.shown
                    ),
                    "go into the folder of a project that was committed",
                ));
            }
            let other = found.iter().flatten().map(|(_, folder)| folder.clone()).next().unwrap_or_default();
            let [a, b] = [(a, &found[0]), (b, &found[1])].map(|(commit, found)| {
                let (tree, within) = match found {
                    Some((tree, within)) => (Some(tree.clone()), within),
                    None => (None, &other),
                };
                let home = committed(&folder, repository.prefix(), within);
                State::of(tree, &home, &commit, &mut known, &mut sources)
            });
            (a, b)
        }
    };
    Ok(Sides { before, after, sources })
}

/// The project of the current folder, as it lies here.
fn here() -> Result<Home, Stop> {
    let home = find::homes(&[])?.pop().expect("no paths give one project or misuse");
    Ok(home)
}

/// The place of a project that is looked at in commits, be its folder there or not.
fn committed(here: &Path, prefix: &str, within: &str) -> Home {
    let depth = |folder: &str| folder.matches('/').count();
    let up = depth(prefix).saturating_sub(depth(within));
    let root = here.ancestors().nth(up).unwrap_or(here).to_path_buf();
    let shown = std::iter::repeat_n("..", up).collect::<PathBuf>();
    Home { root, shown, only: None, texts: Texts::Disk }
}

impl State {
    fn of(
        tree: Option<Arc<Tree>>,
        home: &Home,
        commit: &Commit,
        known: &mut Known,
        sources: &mut Sources,
    ) -> State {
        let name = commit.shown.clone();
        let Some(tree) = tree else {
            return State { name, project: Project::nothing(home.clone()), exists: false };
        };
        tree.fetch(|path| Spelling::of(path).is_some() || path == Path::new(PROJECT_FILE));
        let home = Home { texts: Texts::Commit(tree), ..home.clone() };
        State { name, project: project::read(home, Some(known), sources), exists: true }
    }
}
