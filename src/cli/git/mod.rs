//! Revisions of the repository that a project lies in, read through git itself.
//!
//! Every call has fixed arguments and no shell between. Nothing is checked out, and nothing in
//! the repository changes.

mod blobs;
mod name;
mod tree;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

pub use name::{Revisions, revisions};
pub use tree::Tree;

use super::Stop;
use super::find::PROJECT_FILE;
use blobs::Blobs;

/// A repository, seen from a folder in it.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    /// The folder within the repository: empty, or ending in `/`.
    prefix: String,
    blobs: Arc<Blobs>,
}

/// A commit that exists.
#[derive(Debug, Clone)]
pub struct Commit {
    pub id: String,
    /// How it was asked for.
    pub shown: String,
}

impl Repository {
    /// The repository that holds a folder.
    ///
    /// # Errors
    /// Misuse: there is none, or no git to ask.
    pub fn around(folder: &Path) -> Result<Repository, Stop> {
        let said = ask(folder, &["rev-parse", "--is-inside-work-tree", "--show-prefix"])?;
        if !said.status.success() {
            return Err(no_repository(folder, &said));
        }
        let text = text(&said.stdout)?;
        // What stands behind the first line is the folder, whatever is in its name.
        let (_, prefix) = text.split_once('\n').unwrap_or((&text, ""));
        let prefix = prefix.strip_suffix('\n').unwrap_or(prefix).to_string();
        Ok(Repository { folder: folder.to_path_buf(), prefix, blobs: Arc::new(Blobs::of(folder)) })
    }

    /// The folder within the repository: empty, or ending in `/`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The commit that a revision names, be it only known from `origin`.
    ///
    /// # Errors
    /// Misuse: a name that is none, or that the repository does not know.
    pub fn commit(&self, revision: &str) -> Result<Commit, Stop> {
        name::check(revision)?;
        let remote = format!("refs/remotes/origin/{revision}");
        for name in [revision, &remote] {
            let asked = format!("{name}^{{commit}}");
            let said = ask(&self.folder, &["rev-parse", "--verify", "--quiet", &asked])?;
            if let Some(id) = object(&said) {
                return Ok(Commit { id, shown: revision.to_string() });
            }
        }
        Err(self.unknown(revision)?)
    }

    /// The last commit that two have in common.
    ///
    /// # Errors
    /// Misuse: there is none, or it is not here.
    pub fn merge_base(&self, a: &Commit, b: &Commit) -> Result<Commit, Stop> {
        let said = ask(&self.folder, &["merge-base", &a.id, &b.id])?;
        let first = String::from_utf8_lossy(&said.stdout).lines().next().unwrap_or_default().to_string();
        match is_object(&first) {
            true => Ok(Commit { id: first, shown: format!("{}...{}", a.shown, b.shown) }),
            false => Err(Stop::misuse(
                format!("`{}` and `{}` have no commit in common here", a.shown, b.shown),
                match self.is_shallow()? {
                    true => "this clone is shallow: get more of its history with `git fetch --unshallow`",
                    false => "compare the two themselves: `A..B`",
                },
            )),
        }
    }

    fn is_shallow(&self) -> Result<bool, Stop> {
        let said = ask(&self.folder, &["rev-parse", "--is-shallow-repository"])?;
        Ok(said.stdout.starts_with(b"true"))
    }

    fn unknown(&self, revision: &str) -> Result<Stop, Stop> {
        let head = ask(&self.folder, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        if object(&head).is_none() {
            return Ok(Stop::misuse(
                "the repository has no commit yet",
                "commit the project; from then on `kpic diff` compares with what was committed",
            ));
        }
        let fact = format!("the repository knows no revision `{revision}`");
        Ok(match self.is_shallow()? {
            true => Stop::misuse(
                fact,
                format!("this clone is shallow and may lack it: `git fetch --depth=1 origin {revision}`"),
            ),
            false => Stop::misuse(fact, "name a branch, a tag or a commit, as `git log` shows them"),
        })
    }

    /// The files of the project that holds the folder, as a commit has them, and its folder within
    /// the repository; `None`: it has no such project.
    ///
    /// # Errors
    /// Misuse: git cannot list them.
    pub fn project(&self, commit: &Commit) -> Result<Option<(Arc<Tree>, String)>, Stop> {
        let mut folder = self.prefix.as_str();
        loop {
            if self.has_project(commit, folder)? {
                return Ok(Some((self.tree(commit, folder)?, folder.to_string())));
            }
            let Some(inner) = folder.strip_suffix('/') else { return Ok(None) };
            folder = &folder[..inner.rfind('/').map_or(0, |at| at + 1)];
        }
    }

    /// The files below the folder itself, if it is a project's.
    ///
    /// # Errors
    /// Misuse: git cannot list them.
    pub fn here(&self, commit: &Commit) -> Result<Option<Arc<Tree>>, Stop> {
        match self.has_project(commit, &self.prefix)? {
            true => self.tree(commit, &self.prefix).map(Some),
            false => Ok(None),
        }
    }

    fn has_project(&self, commit: &Commit, folder: &str) -> Result<bool, Stop> {
        let file = format!("{}:{folder}{PROJECT_FILE}", commit.id);
        let said = ask(&self.folder, &["rev-parse", "--verify", "--quiet", &file])?;
        Ok(object(&said).is_some())
    }

    fn tree(&self, commit: &Commit, folder: &str) -> Result<Arc<Tree>, Stop> {
        let asked = format!("{}:{}", commit.id, folder.trim_end_matches('/'));
        let said = ask(&self.folder, &["ls-tree", "-r", "-z", "--full-tree", &asked])?;
        if !said.status.success() {
            return Err(failed(&format!("the files of `{}` cannot be listed", commit.shown), &said));
        }
        Ok(Arc::new(Tree::new(&said.stdout, self.blobs.clone())))
    }
}

/// What git answers to fixed arguments, asked in a folder.
fn ask(folder: &Path, arguments: &[&str]) -> Result<Output, Stop> {
    command(folder).args(arguments).stdin(Stdio::null()).output().map_err(|error| no_git(&error))
}

/// Never asks anybody, never writes, speaks one language.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .args(["--no-pager", "--literal-pathspecs"]);
    // A hook's are seen from the folder that it runs in.
    for name in ["GIT_DIR", "GIT_WORK_TREE"] {
        let seen_from_here = std::env::var_os(name).and_then(|path| std::path::absolute(path).ok());
        seen_from_here.into_iter().for_each(|path| {
            command.env(name, path);
        });
    }
    command
}

fn no_git(error: &std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Stop::misuse(
            "git is not installed, or not on the path",
            "install git: revisions of a project are read through it",
        );
    }
    Stop::misuse(format!("git cannot be started: {error}"), "see whether `git status` works here")
}

fn no_repository(folder: &Path, said: &Output) -> Stop {
    let words = String::from_utf8_lossy(&said.stderr);
    if words.contains("not a git repository") {
        return Stop::misuse(
            format!("`{}` lies in no git repository", folder.display()),
            "make it one with `git init`, and commit: revisions are what is compared",
        );
    }
    failed("the repository cannot be read", said)
}

/// In git's own words.
fn failed(fact: &str, said: &Output) -> Stop {
    let words = String::from_utf8_lossy(&said.stderr);
    let words = words.lines().next().unwrap_or("it says nothing more");
    let words = super::output::line(words.trim_start_matches("fatal: "));
    Stop::misuse(format!("{fact}: {words}"), "see whether `git log` works here")
}

fn text(bytes: &[u8]) -> Result<String, Stop> {
    String::from_utf8(bytes.to_vec()).map_err(|_| {
        Stop::misuse(
            "the name of the project's folder is no UTF-8",
            "give the folder a name that every machine can read",
        )
    })
}

/// The object that git names, and nothing else.
fn object(said: &Output) -> Option<String> {
    let id = String::from_utf8_lossy(&said.stdout).trim_end().to_string();
    (said.status.success() && is_object(&id)).then_some(id)
}

fn is_object(id: &str) -> bool {
    id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}
