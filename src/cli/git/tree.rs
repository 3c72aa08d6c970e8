//! The files of a folder as a commit has them.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::blobs::Blobs;

/// Links that are followed one after the other.
const MOST_LINKS: usize = 8;

/// Paths relative to the folder, each with its contents.
#[derive(Debug)]
pub struct Tree {
    entries: BTreeMap<PathBuf, Entry>,
    blobs: Arc<Blobs>,
}

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    blob: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    /// A commit of another repository.
    Other,
}

impl Tree {
    /// From what `git ls-tree -r -z` says. Names that are no UTF-8 are left out: no definition
    /// could name them, and no file of definitions has one.
    pub fn new(listed: &[u8], blobs: Arc<Blobs>) -> Tree {
        let lines = listed.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        let entries = lines.filter_map(|line| entry(std::str::from_utf8(line).ok()?)).collect();
        Tree { entries, blobs }
    }

    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.entries.iter().filter(|(_, entry)| entry.kind != Kind::Other).map(|(path, _)| path.as_path())
    }

    /// Reads these files at once, so that each is there when it is asked for.
    pub fn fetch(&self, wanted: impl Fn(&Path) -> bool) {
        let files = self.entries.iter().filter(|(path, entry)| entry.kind == Kind::File && wanted(path));
        let blobs: Vec<&str> = files.map(|(_, entry)| entry.blob.as_str()).collect();
        self.blobs.fetch(&blobs);
    }

    /// The bytes of a file; through a link those of the file that it names.
    ///
    /// # Errors
    /// No such file, or git cannot read it.
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut at = plain(path)?;
        for _ in 0..MOST_LINKS {
            let Some(entry) = self.entries.get(&at) else {
                return Err(io::Error::new(ErrorKind::NotFound, "this revision has no such file"));
            };
            match entry.kind {
                Kind::File => return self.blobs.read(&entry.blob),
                Kind::Other => {
                    return Err(io::Error::new(ErrorKind::InvalidInput, "this is another repository"));
                }
                Kind::Link => {
                    let target = self.blobs.read(&entry.blob)?;
                    let target = String::from_utf8_lossy(&target).into_owned();
                    at = plain(&at.parent().unwrap_or(Path::new("")).join(target))?;
                }
            }
        }
        Err(io::Error::new(ErrorKind::InvalidInput, "its links lead in a circle"))
    }
}

/// `100644 blob 0123… TAB path`
fn entry(line: &str) -> Option<(PathBuf, Entry)> {
    let (said, path) = line.split_once('\t')?;
    let mut words = said.split(' ');
    let (mode, _, blob) = (words.next()?, words.next()?, words.next()?);
    let kind = match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Other,
        _ => Kind::File,
    };
    Some((PathBuf::from(path), Entry { kind, blob: blob.to_string() }))
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> io::Result<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        let stays = match part {
            Component::CurDir => true,
            Component::Normal(name) => {
                out.push(name);
                true
            }
            Component::ParentDir => out.pop(),
            Component::RootDir | Component::Prefix(_) => false,
        };
        if !stays {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it leads out of the project"));
        }
    }
    Ok(out)
}
