//! Finds projects and the files of definitions in them.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kpic::diagnostic::Diagnostic;
use kpic::source::{FileId, Sources};

use super::git::Tree;
use super::spelling::Spelling;
use super::{Stop, files};

/// The file that marks a project's root.
pub const PROJECT_FILE: &str = "kpic.yaml";
/// Folders that hold what tools made.
const MADE: [&str; 2] = ["target", "node_modules"];

/// Where a project is, and how messages call that place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Absolute.
    pub root: PathBuf,
    /// Relative to the current folder where that is how people would say it.
    pub shown: PathBuf,
    /// A single file without a project around it.
    pub only: Option<PathBuf>,
    pub texts: Texts,
}

/// Where the texts of a project are read.
#[derive(Debug, Clone, Default)]
pub enum Texts {
    #[default]
    Disk,
    /// As they were committed.
    Commit(Arc<Tree>),
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Texts::Disk, Texts::Disk) => true,
            (Texts::Commit(a), Texts::Commit(b)) => Arc::ptr_eq(a, b),
            (Texts::Disk, Texts::Commit(_)) | (Texts::Commit(_), Texts::Disk) => false,
        }
    }
}

impl Eq for Texts {}

impl Home {
    /// How people call its root.
    pub fn shown_root(&self) -> PathBuf {
        if self.shown.as_os_str().is_empty() { PathBuf::from(".") } else { self.shown.clone() }
    }

    /// The path that messages show for one relative to the root.
    pub fn shown(&self, relative: &Path) -> String {
        self.shown.join(relative).to_string_lossy().into_owned()
    }

    /// Whether it has a file, relative to the root.
    pub fn has(&self, relative: &Path) -> bool {
        match &self.texts {
            Texts::Disk => self.root.join(relative).exists(),
            Texts::Commit(tree) => tree.files().any(|path| path == relative),
        }
    }

    /// Reads a text of it.
    ///
    /// # Errors
    /// A finding at its place: a file that cannot be read, is too large or not UTF-8.
    pub fn read(&self, relative: &Path, sources: &mut Sources) -> Result<FileId, Diagnostic> {
        let shown = self.shown(relative);
        match &self.texts {
            Texts::Disk => files::read(&self.root.join(relative), &shown, sources),
            Texts::Commit(tree) => match tree.read(relative) {
                Ok(bytes) => files::text(bytes, &shown, sources),
                Err(error) => Err(files::unreadable(files::start(sources.add(shown, "")), &error)),
            },
        }
    }

    /// The files of definitions in one of its folders, relative to that.
    pub fn definitions(&self, folder: &Path) -> Found {
        match &self.texts {
            Texts::Disk => definitions(&self.root.join(folder)),
            Texts::Commit(tree) => committed(tree, folder),
        }
    }
}

/// What [`definitions`] finds, among the files of a commit.
fn committed(tree: &Tree, folder: &Path) -> Found {
    let others: HashSet<&Path> = tree
        .files()
        .filter(|path| path.file_name().is_some_and(|name| name == PROJECT_FILE))
        .filter_map(Path::parent)
        .collect();
    let mut found = Found::default();
    for path in tree.files() {
        let Ok(relative) = path.strip_prefix(folder) else { continue };
        let mut folders = relative.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        let is_out = folders.any(|above| {
            let name = above.file_name().unwrap_or_default().to_string_lossy();
            is_left_out(&name) || others.contains(folder.join(above).as_path())
        });
        if !is_out && Spelling::of(relative).is_some() {
            found.files.push(relative.to_path_buf());
        }
    }
    found.files.sort();
    found
}

/// The projects that hold the paths, each once; the current folder's without paths.
/// A file outside of all projects stands for itself.
///
/// # Errors
/// Misuse: a path that is not there, or lies in no project.
pub fn homes(paths: &[PathBuf]) -> Result<Vec<Home>, Stop> {
    let here = [PathBuf::from(".")];
    let mut homes: Vec<Home> = Vec::new();
    for path in if paths.is_empty() { &here } else { paths } {
        let home = home(path)?;
        if !homes.contains(&home) {
            homes.push(home);
        }
    }
    Ok(homes)
}

fn home(path: &Path) -> Result<Home, Stop> {
    let absolute = fs::canonicalize(path).map_err(|error| {
        Stop::misuse(
            format!("`{}` cannot be opened: {error}", path.display()),
            "name a file or a folder that exists",
        )
    })?;
    let is_folder = absolute.is_dir();
    let folder = if is_folder { &absolute } else { absolute.parent().unwrap_or(&absolute) };
    let root = folder.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file());
    let (root, only) = match root {
        Some(root) => (root, None),
        None if is_folder => return Err(no_project(path)),
        None => (folder, Some(absolute.clone())),
    };
    let shown = shown(root, path.is_absolute());
    Ok(Home { root: root.to_path_buf(), shown, only, texts: Texts::Disk })
}

/// The git repository that holds a folder: the nearest one with `.git` in it, which is a file
/// in a worktree.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

fn no_project(path: &Path) -> Stop {
    let place =
        if path == Path::new(".") { "this folder".to_string() } else { format!("`{}`", path.display()) };
    Stop::misuse(
        format!("no {PROJECT_FILE} in {place} or a folder above it"),
        format!("go into a project's folder, name one, or make it a project with an empty {PROJECT_FILE}"),
    )
}

/// An absolute folder as seen from the current one.
pub fn shown(folder: &Path, typed_absolute: bool) -> PathBuf {
    let Ok(here) = std::env::current_dir().and_then(fs::canonicalize) else { return folder.to_path_buf() };
    if let Ok(below) = folder.strip_prefix(&here) {
        return below.to_path_buf();
    }
    if typed_absolute {
        return folder.to_path_buf();
    }
    let common = here.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().skip(common).map(|_| "..");
    up.map(PathBuf::from).chain(folder.components().skip(common).map(|c| PathBuf::from(&c))).collect()
}

/// What lies under a root: paths relative to it, sorted.
#[derive(Debug, Default)]
pub struct Found {
    pub files: Vec<PathBuf>,
    /// Folders that cannot be read, and why.
    pub refused: Vec<(PathBuf, io::Error)>,
}

/// The files of definitions of the project with this root. Hidden folders, folders
/// of tools and projects of their own are left out.
pub fn definitions(root: &Path) -> Found {
    below(root, |folder| folder.join(PROJECT_FILE).is_file())
}

/// The folders of the project with this root, itself among them, in which its files may lie.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    let is_other = |folder: &Path| folder.join(PROJECT_FILE).is_file();
    let mut folders = vec![root.to_path_buf()];
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned() {
        let mut below = Vec::new();
        // One that cannot be read is a finding of the check.
        let _ = look(&folder, Path::new(""), is_other, &mut below, &mut Vec::new());
        folders.extend(below.into_iter().map(|name| folder.join(name)));
        at += 1;
    }
    folders
}

/// The files of definitions of all projects under a folder.
pub fn all_definitions(folder: &Path) -> Found {
    below(folder, |_| false)
}

fn below(root: &Path, is_other: fn(&Path) -> bool) -> Found {
    let mut found = Found::default();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        if let Err(error) = look(root, &folder, is_other, &mut folders, &mut found.files) {
            found.refused.push((folder, error));
        }
    }
    found.files.sort();
    found.refused.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn look(
    root: &Path,
    folder: &Path,
    is_other: fn(&Path) -> bool,
    folders: &mut Vec<PathBuf>,
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !is_left_out(&entry.file_name().to_string_lossy()) && !is_other(&entry.path()) {
                folders.push(path);
            }
        } else if Spelling::of(&path).is_some() && !(kind.is_symlink() && entry.path().is_dir()) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || MADE.contains(&name)
}
