//! What the parser's errors mean to somebody who writes definitions.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use super::node::{Origin, Scalar, Style};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

const QUOTE: &str = "put the whole value in double quotes, or write it below the key behind `|-`";

/// What was read just before an error.
#[derive(Debug, Clone, Copy, Default)]
pub enum Last {
    Scalar {
        span: Span,
        style: Style,
        /// Behind a key or a dash.
        is_value: bool,
    },
    /// The bracket that closes a list or map.
    Bracket(Span),
    #[default]
    Other,
}

/// The finding for an error, at the character where reading stopped; `bracket`
/// is the outermost one that is still open.
pub fn explain(error: &ScanError, origin: Origin, last: Last, bracket: Option<Span>) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(origin.text.len());
    let span = character(origin, at);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(span),
        ErrorKind::DirectiveDisallowed => {
            Diagnostic::error(Code::YamlFeature, span, "a directive is not used in definitions")
                .because("a definition should read the same wherever one looks at it")
                .help("leave the line out")
        }
        kind => match cut(kind, origin, at, last) {
            Some(fact) => cut_short(span, fact),
            None => match bracket {
                Some(open) if is_unclosed(kind, origin, open, at) => unclosed(origin, open, span),
                _ => not_yaml(kind, span),
            },
        },
    }
}

/// The character at an offset, or the end of the text.
fn character(origin: Origin, at: usize) -> Span {
    let length = origin.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    origin.span(at, at + length)
}

fn too_deep(span: Span) -> Diagnostic {
    let fact = format!("blocks or brackets stand inside each other deeper than {MAX_DEPTH} times");
    Diagnostic::error(Code::TooDeep, span, fact)
        .because("no definition needs this, and reading it could exhaust memory")
        .help("name the inner parts")
}

/// The fact, where a value stopped because a character of it means something to YAML.
fn cut(kind: &ErrorKind, origin: Origin, at: usize, last: Last) -> Option<String> {
    match (kind, last) {
        (ErrorKind::MappingValueNotAllowed, Last::Scalar { span, style: Style::Plain, is_value: true })
            if span.range().end == at && !origin.text.get(span.range())?.contains('\n') =>
        {
            Some("a colon and a space cut this value short".into())
        }
        (ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar, _) => {
            Some("text follows a closing quote, which ends a value".into())
        }
        (ErrorKind::UnexpectedCharacter { character: c @ ('`' | '%' | '@') }, _) => {
            Some(format!("a value without quotes cannot start with `{c}`").replace("```", "a backtick"))
        }
        (ErrorKind::InvalidBlockScalarHeader, _) => {
            Some("`>` and `|` at the start of a value mean that it stands on the lines below".into())
        }
        (ErrorKind::MissingAnchorOrAliasName, _) => {
            Some("a value without quotes cannot start with `*` or `&`".into())
        }
        (
            ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry,
            Last::Bracket(close),
        ) => {
            let between = origin.text.get(close.range().end..at)?;
            (!between.contains('\n')).then(|| "text follows a closing bracket, which ends a value".into())
        }
        _ => None,
    }
}

/// A value that YAML ends too early.
fn cut_short(span: Span, fact: String) -> Diagnostic {
    Diagnostic::error(Code::YamlUnquoted, span, fact)
        .because("the characters `, : # { } [ ]` and quotes mean something to YAML")
        .help(QUOTE)
}

/// True if a bracket of a line above is why reading stopped.
fn is_unclosed(kind: &ErrorKind, origin: Origin, open: Span, at: usize) -> bool {
    let stops = matches!(
        kind,
        ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
    );
    stops && origin.text.get(open.range().start..at).is_some_and(|between| between.contains('\n'))
}

fn unclosed(origin: Origin, open: Span, at: Span) -> Diagnostic {
    let open = character(origin, open.range().start);
    let bracket = origin.text.get(open.range()).unwrap_or("[").chars().next().unwrap_or('[');
    not_yaml(&ErrorKind::UnclosedFlowCollection { open: bracket }, open).label(at, "reading stopped here")
}

fn not_yaml(kind: &ErrorKind, span: Span) -> Diagnostic {
    let (fact, help) = words(kind);
    Diagnostic::error(Code::YamlSyntax, span, fact)
        .because("where the structure is unclear, so is what belongs to which definition")
        .help(help)
}

/// A fact and a next step for what people get wrong most; the parser's own words else.
fn words(kind: &ErrorKind) -> (String, &'static str) {
    const INDENT: &str = "indent the keys of one map by the same number of spaces";
    const CLOSE: &str = "close it, or quote the value if the bracket is part of it";
    match kind {
        ErrorKind::UnclosedFlowCollection { open } => (format!("`{open}` is never closed"), CLOSE),
        ErrorKind::MisplacedFlowCollectionEnd => ("this bracket closes nothing".into(), CLOSE),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("`{close}` cannot close `{open}`"), CLOSE)
        }
        ErrorKind::UnclosedQuotedScalar => {
            ("a quoted text is never closed".into(), "close the quote on the same line")
        }
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            ("a tab stands in the indentation".into(), "indent with spaces")
        }
        ErrorKind::ExpectedBlockMappingKey => ("a key was expected here".into(), INDENT),
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("an item that starts with `-` was expected here".into(), INDENT)
        }
        ErrorKind::InvalidIndentation | ErrorKind::BlockSequenceEntryNotAllowed => {
            ("this line is indented like none above it".into(), INDENT)
        }
        ErrorKind::MappingValueNotAllowed => {
            ("a key cannot stand here: the value above goes on into this line".into(), INDENT)
        }
        ErrorKind::SimpleKeyExpected => {
            ("this line is neither a key with its colon nor part of the value above".into(), INDENT)
        }
        ErrorKind::UnknownQuotedScalarEscape => (
            "this escape does not exist".into(),
            "write `\\\\` for a backslash, or use single quotes, where it is plain text",
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("the character U+{:04X} cannot stand here", u32::from(*character)),
            "remove it, or quote the value",
        ),
        other => (other.to_string(), "check the indentation, quotes and brackets around this place"),
    }
}

/// True if a comma of YAML stands inside the parentheses of this text.
pub fn is_cut_by_comma(scalar: &Scalar, origin: Origin) -> bool {
    let count = |bracket| scalar.text.matches(bracket).count();
    let next = origin.text.get(scalar.span.range().end..).unwrap_or("");
    scalar.style == Style::Plain && count('(') > count(')') && next.trim_start().starts_with(',')
}

pub fn cut_by_comma(scalar: &Scalar) -> Diagnostic {
    cut_short(scalar.span, "a comma in brackets cuts this value short".into())
}

/// For a text that is no expression, and behind which YAML read a comment.
pub fn cut_by_comment(span: Span) -> Diagnostic {
    cut_short(span, "a space and `#` cut this value short: the rest is a comment".into())
}

/// For a value that YAML took for a key with its value.
pub fn cut_by_colon(span: Span) -> Diagnostic {
    cut_short(span, "a colon makes this a key and its value".into())
}

/// For a text in brackets that is no expression.
pub fn cut_in_brackets(span: Span) -> Diagnostic {
    cut_short(span, "a bracket or comma cuts this value short".into())
}
