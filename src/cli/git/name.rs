//! The revisions that somebody names.

use crate::cli::Stop;

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revisions {
    /// A revision with the files as they lie here.
    WithFiles(String),
    /// Two revisions.
    Two(String, String),
    /// What two revisions have in common, with the second one.
    SinceFork(String, String),
}

/// `REV`, `A..B`, `A...B`; none: the last commit. A missing side is the last commit.
///
/// # Errors
/// Misuse: a name that no revision has.
pub fn revisions(text: Option<&str>) -> Result<Revisions, Stop> {
    let Some(text) = text else { return Ok(Revisions::WithFiles("HEAD".into())) };
    check(text)?;
    let side = |name: &str| if name.is_empty() { "HEAD".to_string() } else { name.to_string() };
    let found = match text.split_once("..") {
        None => Revisions::WithFiles(text.into()),
        Some((a, b)) => match b.strip_prefix('.') {
            Some(b) => Revisions::SinceFork(side(a), side(b)),
            None => Revisions::Two(side(a), side(b)),
        },
    };
    let (Revisions::Two(_, last) | Revisions::SinceFork(_, last) | Revisions::WithFiles(last)) = &found;
    // No name begins with a point.
    if last.contains("..") || last.starts_with('.') {
        return Err(Stop::misuse(format!("`{text}` names more than two revisions"), WRITE));
    }
    Ok(found)
}

const WRITE: &str = "write one revision, or two: `main`, `v1.2..HEAD`, `origin/main...HEAD`";

/// Refuses what git could take for an option, or what is no name at all.
///
/// # Errors
/// Misuse.
pub fn check(name: &str) -> Result<(), Stop> {
    let shown: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(80).collect();
    let refuse = |reason: &str| Err(Stop::misuse(format!("`{shown}` is no revision: {reason}"), WRITE));
    if name.trim().is_empty() {
        return refuse("it is empty");
    }
    if name.starts_with('-') {
        return refuse("it begins with `-`, as options do");
    }
    if name.chars().any(char::is_control) {
        return refuse("there are control characters in it");
    }
    if name.len() > 1_000 {
        return refuse("it is too long");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_two_or_since_the_fork() {
        let read = |text: &str| revisions(Some(text)).ok();
        let two = |a: &str, b: &str| Some(Revisions::Two(a.into(), b.into()));
        assert_eq!(revisions(None).ok(), Some(Revisions::WithFiles("HEAD".into())));
        assert_eq!(read("main"), Some(Revisions::WithFiles("main".into())));
        assert_eq!(read("v1..v2"), two("v1", "v2"));
        assert_eq!(read("v1.."), two("v1", "HEAD"));
        assert_eq!(read("..v2"), two("HEAD", "v2"));
        assert_eq!(read("a...b"), Some(Revisions::SinceFork("a".into(), "b".into())));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for hostile in ["", " ", "-", "--output=x", "a\nb", "a\0b", "\u{1b}[2J", "a..b..c", "a....b"] {
            assert!(revisions(Some(hostile)).is_err(), "{hostile:?}");
        }
        assert!(check(&"x".repeat(2_000)).is_err());
    }
}
