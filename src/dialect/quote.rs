//! Names, numbers and comments, made safe.

use super::Dialect;
use super::functions::Missing;
use crate::diagnostic::{Code, Diagnostic};

/// Why a name or literal cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cannot {
    pub what: String,
    pub why: String,
    pub help: &'static str,
}

impl Cannot {
    pub fn finding(self, dialect: &dyn Dialect) -> Diagnostic {
        let message = format!("{} cannot take {}", dialect.name(), self.what);
        Diagnostic::general(Code::DialectCannot, message).because(self.why).help(self.help)
    }
}

impl From<&Missing> for Cannot {
    fn from(missing: &Missing) -> Cannot {
        Cannot { what: missing.what.to_owned(), why: missing.why.to_owned(), help: missing.help }
    }
}

fn cannot<T>(what: impl Into<String>, why: impl Into<String>, help: &'static str) -> Result<T, Cannot> {
    Err(Cannot { what: what.into(), why: why.into(), help })
}

/// A name, quoted where it has to be.
pub fn name(dialect: &dyn Dialect, name: &str) -> Result<String, Cannot> {
    if name.is_empty() {
        return cannot("an empty name", "no database takes one", "name it");
    }
    if name.contains('\0') {
        return cannot(format!("the name {name:?}"), "it holds a NUL character", "write it without");
    }
    if let Some(longest) = dialect.longest_name()
        && name.len() > longest
    {
        return cannot(
            format!("the name `{name}`"),
            format!("{} bytes are more than {longest}, and it would be cut silently or refused", name.len()),
            "shorten it",
        );
    }
    if is_plain(name) && dialect.reserved_words().binary_search(&name).is_err() {
        return Ok(name.to_owned());
    }
    dialect.quoted(name).or_else(|why| cannot(format!("the name `{name}`"), why, "rename it"))
}

/// A name between these quotes, each quote in it doubled.
pub fn between(quote: char, name: &str) -> String {
    let doubled = format!("{quote}{quote}");
    format!("{quote}{}{quote}", name.replace(quote, &doubled))
}

fn is_plain(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A text literal.
pub fn text(dialect: &dyn Dialect, value: &str) -> Result<String, Cannot> {
    if value.contains('\0') {
        return cannot(format!("the text {value:?}"), "it holds a NUL character", "write it without");
    }
    Ok(dialect.text(value))
}

/// A text between single quotes, each quote in it doubled.
pub fn single(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Exact digits; nothing but a sign, digits and a point passes.
pub fn number(digits: &str) -> Result<&str, Cannot> {
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let are_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if are_digits(whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty()) {
        return Ok(digits.strip_prefix('+').unwrap_or(digits));
    }
    cannot(
        format!("the number {digits:?}"),
        "only a sign, digits and a point make a number",
        "write it with these alone",
    )
}

/// The lines of a comment without what could end one or disguise it, or take the next line into
/// it: a backslash at its end does on some databases.
pub fn comment_lines(comment: &str) -> impl Iterator<Item = String> {
    comment.lines().map(|line| {
        let kept: String = line.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
        let kept = kept.trim_end_matches(|c: char| c == '\\' || c.is_whitespace());
        format!("-- {}", kept.trim()).trim_end().to_owned()
    })
}

/// Line and paragraph separators, and marks that reorder what is read.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
