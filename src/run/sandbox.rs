//! What a session may touch, told to the engine before any query of a user.

use std::path::{Path, PathBuf};

use duckdb::Config;

use super::text;
use crate::value::Type;

/// What a session reads and how much of the machine it takes.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// The project's folder: users' queries may read files in it.
    pub root: PathBuf,
    /// A database file, opened read-only.
    pub database: Option<PathBuf>,
    pub files: Vec<FileTable>,
    /// More files that may be read.
    pub paths: Vec<PathBuf>,
    /// A file that may be written.
    pub output: Option<PathBuf>,
    /// A folder for what does not fit into memory.
    pub spill: PathBuf,
    pub threads: usize,
    /// As the engine takes it, `4GB`; `None`: most of the machine's.
    pub memory: Option<String>,
}

/// A table whose rows are those of files.
#[derive(Debug, Clone)]
pub struct FileTable {
    /// One to three parts.
    pub name: Vec<String>,
    /// Absolute; a pattern may stand for several files.
    pub path: String,
    /// Types of columns that the file itself does not say.
    pub types: Vec<(String, Type)>,
}

/// Settings that hold from the start.
pub fn config(access: &Access) -> duckdb::Result<Config> {
    let threads = i64::try_from(access.threads.max(1)).unwrap_or(i64::MAX);
    let config = Config::default()
        .enable_autoload_extension(false)?
        .with("autoinstall_known_extensions", "false")?
        .threads(threads)?
        .with("temp_directory", access.spill.to_string_lossy())?;
    match &access.memory {
        Some(memory) => config.max_memory(memory),
        None => Ok(config),
    }
}

/// Statements that close everything else; none of these settings can be undone.
pub fn close(access: &Access) -> String {
    let list = |paths: Vec<String>| paths.iter().map(|p| text(p)).collect::<Vec<_>>().join(", ");
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    let mut folders = vec![folder(&access.root)];
    let mut paths: Vec<String> = access.paths.iter().chain(&access.output).map(|p| shown(p)).collect();
    for file in &access.files {
        match file.path.find(['*', '?', '[']) {
            Some(pattern) => folders.push(folder(fixed(&file.path[..pattern]))),
            None => paths.push(file.path.clone()),
        }
    }
    format!(
        "SET allowed_directories = [{}]; SET allowed_paths = [{}]; SET enable_external_access = false; \
         SET lock_configuration = true",
        list(folders),
        list(paths)
    )
}

/// The folder in front of a pattern.
fn fixed(before: &str) -> &Path {
    Path::new(&before[..before.rfind('/').map_or(0, |at| at + 1)])
}

fn folder(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}
