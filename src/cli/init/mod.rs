//! `kpic init [FOLDER]`

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Code, Diagnostic};
use kpic::source::Sources;

use super::find::{self, PROJECT_FILE};
use super::{Outcome, Stop, files, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder that becomes a project, made if it is not there
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// What checks the KPIs of every change
    #[arg(long, value_enum, default_value_t)]
    ci: Ci,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Ci {
    /// A workflow of GitHub Actions
    #[default]
    Github,
    /// A pipeline of GitLab
    Gitlab,
    None,
}

/// A project that runs at once.
const PROJECT: [(&str, &str); 5] = [
    (PROJECT_FILE, include_str!("project/kpic.yaml")),
    ("shop.kpi", include_str!("project/shop.kpi")),
    ("tests.kpi", include_str!("project/tests.kpi")),
    ("data/orders.csv", include_str!("project/data/orders.csv")),
    ("data/visits.csv", include_str!("project/data/visits.csv")),
];

/// Writes a project with sample data, KPIs with targets, a unit test and a CI file; all of it, or
/// nothing where one of the files is there already.
///
/// # Errors
/// Misuse: a file is in the way. A list of files that cannot be written.
pub fn init(arguments: &Arguments) -> Result<Outcome, Stop> {
    let folder = &arguments.folder;
    if fs::metadata(folder).is_ok_and(|there| !there.is_dir()) {
        return Err(Stop::misuse(
            format!("`{}` is no folder", folder.display()),
            "name a folder, or one that is not there yet",
        ));
    }
    let mut wanted: Vec<(PathBuf, String)> =
        PROJECT.iter().map(|(name, text)| (beneath(folder, name), (*text).to_owned())).collect();
    wanted.extend(arguments.ci.file(folder));
    is_free(&wanted)?;
    let mut made = Made::default();
    for (path, text) in &wanted {
        if let Err(finding) = made.write(path, text) {
            made.undo();
            output::findings(&[finding], &Sources::new());
            return Ok(Outcome::Findings);
        }
    }
    let names: Vec<String> = wanted.iter().map(|(path, _)| format!("{}\n", path.display())).collect();
    output::result(&names.concat())?;
    let there = match folder == Path::new(".") {
        true => String::new(),
        false => format!("`cd {}`, then ", quoted(folder)),
    };
    output::note(&format!("a project of {} files; next: {there}`kpic run`, `kpic test`", names.len()));
    Ok(Outcome::Done)
}

/// `.` is no part of how people call a file.
fn beneath(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}

/// A path as shells take it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Whether a character of a path means itself in YAML and in shells.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "./_-".contains(c)
}

impl Ci {
    /// Where its file belongs and what is in it: services read those at the root of a repository.
    fn file(self, folder: &Path) -> Option<(PathBuf, String)> {
        let (name, text) = match self {
            Ci::Github => (".github/workflows/kpic.yml", include_str!("ci/github.yml")),
            Ci::Gitlab => (".gitlab-ci.yml", include_str!("ci/gitlab.yml")),
            Ci::None => return None,
        };
        let absolute = plain(folder);
        let root = find::repository(&absolute).unwrap_or_else(|| absolute.clone());
        let below = absolute.strip_prefix(&root).unwrap_or(Path::new(""));
        let parts: Vec<String> =
            below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let place = if parts.is_empty() { ".".to_owned() } else { parts.join("/") };
        // In GitLab a dollar sign begins a variable.
        let place = if self == Ci::Gitlab { place.replace('$', "$$") } else { place };
        // A JSON text is a YAML text, whatever is in it; `true` alone would be none.
        let place = if place == "." { place } else { serde_json::Value::from(place).to_string() };
        let text = text.replace("@FOLDER@", &place).replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        let path = match below.as_os_str().is_empty() {
            true => beneath(folder, name),
            false => find::shown(&root, folder.is_absolute()).join(name),
        };
        Some((path, text))
    }
}

/// The folder's path from the root of the file system; the part of it that is there through its links.
fn plain(folder: &Path) -> PathBuf {
    let mut plain = std::env::current_dir().unwrap_or_default();
    for part in folder.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
        if let Ok(there) = fs::canonicalize(&plain) {
            plain = there;
        }
    }
    plain
}

fn is_free(wanted: &[(PathBuf, String)]) -> Result<(), Stop> {
    let is_there = |path: &&PathBuf| fs::symlink_metadata(path).is_ok();
    let in_the_way: Vec<String> = wanted
        .iter()
        .map(|(path, _)| path)
        .filter(is_there)
        .map(|path| format!("`{}`", path.display()))
        .collect();
    let verb = match in_the_way.as_slice() {
        [] => return Ok(()),
        [_] => "is",
        _ => "are",
    };
    let help = match wanted.first().is_some_and(|(project, _)| is_there(&project)) {
        true => "it is a project already; name another folder",
        false => {
            "nothing is overwritten: name another folder, move them away, or leave out the CI file with `--ci none`"
        }
    };
    Err(Stop::misuse(format!("{} {verb} there already", in_the_way.join(", ")), help))
}

/// What was made so far, folders before what is in them.
#[derive(Debug, Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, path: &Path, text: &str) -> Result<(), Diagnostic> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        if !files::write_new(path, text.as_bytes())? {
            let fact = format!("`{}` is there already", path.display());
            return Err(Diagnostic::general(Code::Unreadable, fact).help("name another folder"));
        }
        self.files.push(path.to_path_buf());
        Ok(())
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.folder(above)?;
        }
        fs::create_dir(folder).map_err(|error| files::unwritable(folder, &error))?;
        self.folders.push(folder.to_path_buf());
        Ok(())
    }

    /// Takes everything away again. What somebody else put there in the meantime stays.
    fn undo(self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
