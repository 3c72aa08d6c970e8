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
use crate::sql::Literal;
use place::Rendered;

/// How a dialect writes and reads SQL, as far as users' queries need it.
#[derive(Debug, Clone, Copy)]
pub struct Spelling {
    /// Writes text literals.
    pub dialect: &'static dyn Dialect,
    /// Reads what users write for this dialect.
    pub parser: fn() -> Box<dyn sqlparser::dialect::Dialect>,
}

/// Renders a template and checks that it is one query. The text that comes back
/// ends with the query's last word: no semicolon, no comment behind it.
///
/// # Errors
/// `SqlSource`, at its place in the file.
pub fn query(
    file: FileId,
    template: &str,
    params: &IndexMap<String, Literal>,
    spelling: Spelling,
) -> Result<String, Diagnostic> {
    let text = bind::render(file, template, params, spelling)?;
    let rendered = Rendered { file, template, text: &text };
    select::one(&rendered, (spelling.parser)().as_ref())
}

fn wrong(span: crate::source::Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::SqlSource, span, message)
}
