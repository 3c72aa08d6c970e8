//! Exactly one query, which changes nothing.

use sqlparser::ast::{Query, SetExpr, Spanned, Statement};
use sqlparser::dialect::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::place::Rendered;
use super::wrong;
use crate::diagnostic::Diagnostic;

/// Nesting of queries and expressions.
const DEEPEST: usize = 128;

/// The query's text from its first word to its last.
pub fn one(rendered: &Rendered<'_>, dialect: &dyn Dialect) -> Result<String, Diagnostic> {
    let tokens = match Tokenizer::new(dialect, rendered.text).tokenize_with_location() {
        Ok(tokens) => tokens,
        Err(error) => {
            let at = rendered.offset(error.location.line, error.location.column);
            return Err(wrong(rendered.span(at), format!("this is not SQL: {}", error.message))
                .help("close the text, name or comment"));
        }
    };
    let text = trimmed(rendered, &tokens)?;
    let statements = Parser::new(dialect)
        .with_recursion_limit(DEEPEST)
        .with_tokens_with_locations(tokens)
        .parse_statements()
        .map_err(|error| not_sql(rendered, &error))?;
    match statements.as_slice() {
        [Statement::Query(query)] => reads_only(rendered, query).map(|()| text),
        [] => Err(empty(rendered)),
        [_, second, ..] => Err(wrong(at(rendered, second.span().start), "there is a second statement")
            .because("a source is one query, whose rows are the source's rows")
            .help("keep one `select`; `union all` and `with` put several together")),
        [other] => Err(no_query(rendered, other.span().start)),
    }
}

/// What a query says, word by word: layout and comments are no part of it, nor how keywords are
/// written. A text that is no SQL is one word.
pub fn words(text: &str, dialect: &dyn Dialect) -> Vec<String> {
    let Ok(tokens) = Tokenizer::new(dialect, text).tokenize() else { return vec![text.to_string()] };
    let said = tokens.into_iter().filter(|token| !matches!(token, Token::Whitespace(_)));
    said.map(|token| match token {
        Token::Word(word) if word.quote_style.is_none() && word.keyword != Keyword::NoKeyword => {
            word.value.to_uppercase()
        }
        token => token.to_string(),
    })
    .collect()
}

/// From the first token that says something to the last: comments and semicolons
/// behind it would end up inside of what the query becomes a part of.
fn trimmed(rendered: &Rendered<'_>, tokens: &[TokenWithSpan]) -> Result<String, Diagnostic> {
    let says =
        |token: &TokenWithSpan| !matches!(token.token, Token::Whitespace(_) | Token::SemiColon | Token::EOF);
    let last = tokens.iter().rfind(|t| says(t)).ok_or_else(|| empty(rendered))?;
    let end = rendered.offset(last.span.end.line, last.span.end.column);
    Ok(rendered.text.get(..end).unwrap_or(rendered.text).trim().to_string())
}

fn reads_only(rendered: &Rendered<'_>, query: &Query) -> Result<(), Diagnostic> {
    for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
        reads_only(rendered, &cte.query)?;
    }
    if !query.locks.is_empty() {
        return Err(no_query(rendered, query.span().start));
    }
    body(rendered, &query.body)
}

fn body(rendered: &Rendered<'_>, set: &SetExpr) -> Result<(), Diagnostic> {
    match set {
        SetExpr::Select(select) if select.into.is_none() => Ok(()),
        SetExpr::Values(_) | SetExpr::Table(_) => Ok(()),
        SetExpr::Query(query) => reads_only(rendered, query),
        SetExpr::SetOperation { left, right, .. } => {
            body(rendered, left)?;
            body(rendered, right)
        }
        SetExpr::Select(_)
        | SetExpr::Insert(_)
        | SetExpr::Update(_)
        | SetExpr::Delete(_)
        | SetExpr::Merge(_) => Err(no_query(rendered, set.span().start)),
    }
}

fn at(rendered: &Rendered<'_>, location: Location) -> crate::source::Span {
    // Where the library tells no place: the first word.
    let start = rendered.text.len() - rendered.text.trim_start().len();
    let known = location.line > 0;
    rendered.span(if known { rendered.offset(location.line, location.column) } else { start })
}

fn no_query(rendered: &Rendered<'_>, location: Location) -> Diagnostic {
    wrong(at(rendered, location), "this is no query that only reads")
        .because("a source is something to read rows from")
        .help("write one `select`")
}

fn empty(rendered: &Rendered<'_>) -> Diagnostic {
    wrong(rendered.span(0), "there is no query in this file").help("write one `select`")
}

fn not_sql(rendered: &Rendered<'_>, error: &ParserError) -> Diagnostic {
    let (ParserError::TokenizerError(message) | ParserError::ParserError(message)) = error else {
        return wrong(rendered.span(0), "the query is nested too deep").help("take it apart with `with`");
    };
    let (fact, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let offset = match place.split_once(", Column: ") {
        Some((line, column)) => match (line.trim().parse(), column.trim().parse()) {
            (Ok(line), Ok(column)) => rendered.offset(line, column),
            _ => 0,
        },
        None => rendered.text.len(),
    };
    wrong(rendered.span(offset), format!("this is not SQL of the dialect: {}", lower_first(fact)))
        .help("run the query in the database first; templates are rendered before")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
