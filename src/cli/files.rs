//! Reads and writes files: whatever is wrong with one is a finding, never a crash.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use kpic::diagnostic::{Code, Diagnostic};
use kpic::source::{FileId, Sources, Span};
use tempfile::NamedTempFile;

/// Bytes of a text that is read; definitions are written by people.
pub const LIMIT: u64 = 16 * 1024 * 1024;

/// Reads a text under the path that messages show.
///
/// # Errors
/// A finding at its place: a file that cannot be read, is too large or not UTF-8.
pub fn read(path: &Path, shown: &str, sources: &mut Sources) -> Result<FileId, Diagnostic> {
    match bytes(path) {
        Ok(Some(bytes)) => text(bytes, shown, sources),
        Ok(None) => Err(too_large(start(sources.add(shown, "")))),
        Err(error) => Err(unreadable(start(sources.add(shown, "")), &error)),
    }
}

/// `None`: more than the limit, of which nothing is read when the system knows it.
fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // Asked before it is opened: opening a pipe would wait for its other end.
    let size = fs::metadata(path)?;
    if !size.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
    }
    if size.len() > LIMIT {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > LIMIT { None } else { Some(bytes) })
}

/// Takes the bytes of a text under the name that messages show.
///
/// # Errors
/// A finding at its place: bytes that are no text, or too many.
pub fn text(bytes: Vec<u8>, shown: &str, sources: &mut Sources) -> Result<FileId, Diagnostic> {
    if bytes.len() as u64 > LIMIT {
        return Err(too_large(start(sources.add(shown, ""))));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let nul = text.find('\0');
            let id = sources.add(shown, text);
            match nul {
                None => Ok(id),
                Some(at) => Err(not_text(Span::new(id, at, at + 1), "a NUL byte")),
            }
        }
        Err(error) => {
            let (at, byte) = (error.utf8_error().valid_up_to(), error.as_bytes());
            let fact = format!("the byte {:#04x}", byte.get(at).copied().unwrap_or_default());
            // What stands before the first bad byte stays as it is, so the place is right.
            let id = sources.add(shown, String::from_utf8_lossy(error.as_bytes()));
            Err(not_text(Span::new(id, at, at + char::REPLACEMENT_CHARACTER.len_utf8()), &fact))
        }
    }
}

pub fn start(id: FileId) -> Span {
    Span::new(id, 0, 0)
}

fn not_text(at: Span, fact: &str) -> Diagnostic {
    Diagnostic::error(Code::NotText, at, format!("{fact} is not part of a UTF-8 text"))
        .because("read in another encoding, names and texts would silently be other ones")
        .help("save the file as UTF-8: `iconv -f latin1 -t utf-8`")
}

fn too_large(at: Span) -> Diagnostic {
    let limit = LIMIT / (1024 * 1024);
    Diagnostic::error(Code::TooLarge, at, format!("the file is larger than {limit} MiB and is not read"))
        .because("definitions are written and reviewed by people; this looks like data")
        .help("keep data outside of the files of definitions")
}

pub fn unreadable(at: Span, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, at, format!("the file cannot be read: {error}"))
        .because("a definition that is not read is a definition that is not checked")
        .help("make it readable, or take it out of the project")
}

/// Writes a file whole or not at all: beside it first, then in its place.
///
/// # Errors
/// A finding with the system's words.
pub fn write(path: &Path, contents: &[u8]) -> Result<(), Diagnostic> {
    replace(path, contents).map_err(|error| unwritable(path, &error))
}

/// Writes files whole, all or none: nothing is put in its place before each is written beside it.
///
/// # Errors
/// A finding with the system's words about the first that cannot be.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostic> {
    let mut ready = Vec::new();
    for (path, contents) in files {
        let path = named(path);
        let beside = || {
            if path.is_dir() {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
            }
            let mut beside = new_beside(&path)?;
            beside.write_all(contents)?;
            Ok(beside)
        };
        ready.push((beside().map_err(|error| unwritable(&path, &error))?, path.clone()));
    }
    ready
        .into_iter()
        .try_for_each(|(beside, path)| put(beside, &path).map_err(|error| unwritable(&path, &error)))
}

/// Writes a file whole unless there is one of this name already; whether it did.
///
/// # Errors
/// A finding with the system's words.
pub fn write_new(path: &Path, contents: &[u8]) -> Result<bool, Diagnostic> {
    let write = || {
        let mut beside = new_beside(path)?;
        beside.write_all(contents)?;
        match beside.persist_noclobber(path) {
            Ok(_) => Ok(true),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error.error),
        }
    };
    write().map_err(|error| unwritable(path, &error))
}

/// A new file beside the one to be written, gone again unless it is kept.
///
/// # Errors
/// A finding with the system's words.
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only what the engine writes needs it"))]
pub fn beside(path: &Path) -> Result<NamedTempFile, Diagnostic> {
    new_beside(&named(path)).map_err(|error| unwritable(path, &error))
}

/// Puts a file in the place of the one that it was made beside.
///
/// # Errors
/// A finding with the system's words.
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only what the engine writes needs it"))]
pub fn keep(beside: NamedTempFile, path: &Path) -> Result<(), Diagnostic> {
    put(beside, &named(path)).map_err(|error| unwritable(path, &error))
}

pub fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let fact = format!("`{}` cannot be written: {error}", path.display());
    Diagnostic::general(Code::Unreadable, fact).help("choose a folder that exists and may be written to")
}

/// Through a link to the file that it names: the link stays.
fn named(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn new_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kpic-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn put(beside: NamedTempFile, path: &Path) -> io::Result<()> {
    if let Ok(old) = fs::metadata(path) {
        beside.as_file().set_permissions(old.permissions())?;
    }
    beside.persist(path)?;
    Ok(())
}

fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|old| !old.is_file()) {
        // A device or a pipe has no place to be renamed to.
        return fs::write(path, contents);
    }
    let path = &named(path);
    let mut beside = new_beside(path)?;
    beside.write_all(contents)?;
    put(beside, path)
}
