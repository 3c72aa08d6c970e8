//! Cases and expressions that a dialect cannot say: `refused/DIALECT` names each with the construct, so that
//! a new refusal, and one that is lifted, are seen in review.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Checked;
use crate::harness::files::read;
use crate::outcome::Outcome;

/// Cases and expressions by name, and what in them is refused.
pub type Refused = BTreeMap<String, String>;

/// What a dialect cannot say, if that is all that kpic found.
pub fn constructs(said: &str) -> Option<String> {
    let mut found = Vec::new();
    for line in said.lines().filter(|line| line.starts_with("error")) {
        found.push(construct(line.strip_prefix("error[K0701]: ")?));
    }
    if found.is_empty() { None } else { Some(found.join("; ")) }
}

/// What a message says that a dialect cannot take.
pub fn construct(message: &str) -> &str {
    message.split_once(" cannot take ").map_or(message, |(_, what)| what)
}

fn file(root: &Path, dialect: &str) -> PathBuf {
    root.join("tests/conformance/refused").join(dialect)
}

/// # Errors
/// A line without a construct, or out of order.
pub fn listed(root: &Path, dialect: &str) -> Checked<Refused> {
    read_list(&file(root, dialect))
}

/// Names in order, each with its reason; none where there is no file.
///
/// # Errors
/// A line without a reason, or out of order.
pub fn read_list(file: &Path) -> Checked<Refused> {
    if !file.exists() {
        return Ok(Refused::new());
    }
    let text = read(file)?;
    let mut all = Refused::new();
    for line in text.lines() {
        let (name, what) = line.split_once(": ").ok_or_else(|| format!("{}: {line}", file.display()))?;
        if all.last_key_value().is_some_and(|(last, _)| last.as_str() >= name) {
            return Err(format!("{}: {name} is out of order", file.display()));
        }
        all.insert(name.to_string(), what.to_string());
    }
    Ok(all)
}

/// Writes what was refused, or nothing where nothing was.
pub fn write(root: &Path, dialect: &str, refused: &Refused) -> Checked<()> {
    let file = file(root, dialect);
    let text: String = refused.iter().map(|(name, what)| format!("{name}: {what}\n")).collect();
    let written = match text.is_empty() {
        true if file.exists() => fs::remove_file(&file),
        true => Ok(()),
        false => fs::create_dir_all(file.parent().expect("it is in a folder"))
            .and_then(|()| fs::write(&file, text)),
    };
    written.map_err(|e| format!("{}: {e}", file.display()))
}

/// Whether a case went as the list says.
pub fn as_listed(outcome: &Outcome, listed: Option<&String>) -> Checked<()> {
    match (outcome, listed) {
        (Outcome::Equal | Outcome::Differs, None) => Ok(()),
        (Outcome::Refused(what), Some(listed)) if what == listed => Ok(()),
        (Outcome::Refused(what), _) => {
            Err(format!("refused, and not so in the list of refusals: {what}; KPIC_UPDATE=1 writes it there"))
        }
        (Outcome::Equal | Outcome::Differs, Some(what)) => {
            Err(format!("no longer refused, which the list of refusals says: {what}; KPIC_UPDATE=1 mends it"))
        }
    }
}
