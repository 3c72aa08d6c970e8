//! Files, folders and lines of arguments.

use std::fs;
use std::path::{Path, PathBuf};

use super::Checked;

pub fn entries(folder: &Path) -> Checked<Vec<PathBuf>> {
    let list = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    list.map(|entry| entry.map(|e| e.path()).map_err(|e| e.to_string())).collect()
}

pub fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        entries(parent).unwrap_or_default().into_iter().filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

pub fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn read(path: &Path) -> Checked<String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

pub fn copy(from: &Path, to: &Path) -> Checked<()> {
    fs::create_dir_all(to).map_err(|e| e.to_string())?;
    for path in entries(from)? {
        let target = to.join(file_name(&path));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// Words of a command line; quotes keep spaces together.
pub fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut open) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                open = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => all.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    all.extend(word);
    all
}
