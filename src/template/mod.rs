//! Users' own queries: a template and parameters to one SELECT.
//!
//! Takes the text of a file that a source names after `sql` and the project's
//! parameters, gives the query's text for a dialect. A parameter is written as a
//! literal, whatever is in it, and compared by value in `{% if %}`. Never reads a
//! file, so a template includes nothing; never lets through what is not exactly
//! one query.

mod bind;
mod place;
mod select;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::source::FileId;
use crate::value::Literal;
use place::Rendered;

/// Renders a template and checks that it is one query. The text that comes back
/// ends with the query's last word: no semicolon, no comment behind it.
///
/// # Errors
/// `SqlSource`, at its place in the file.
pub fn query(
    file: FileId,
    template: &str,
    params: &IndexMap<String, Literal>,
    dialect: &'static dyn Dialect,
) -> Result<String, Diagnostic> {
    let text = bind::render(file, template, params, dialect)?;
    let rendered = Rendered { file, template, text: &text };
    select::one(&rendered, dialect.parser().as_ref())
}

/// What a query says, word by word: layout, comments and the case of keywords are no part of it.
pub fn words(query: &str, dialect: &'static dyn Dialect) -> Vec<String> {
    select::words(query, dialect.parser().as_ref())
}

fn wrong(span: crate::source::Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::SqlSource, span, message)
}
