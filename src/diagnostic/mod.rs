//! What is wrong, where, why it matters and what to do.
//!
//! Takes facts from every stage, gives messages to people and programs. Never
//! decides what is an error: the stages do. `codes` lists every code once;
//! `pages/CODE.md` is the page that `kpic explain CODE` prints.

mod codes;
mod lints;
pub mod render;
mod suggest;

pub use codes::Code;
pub use lints::{LINTS, Level, Lint};
pub use suggest::{nearest, nearest_value};

use crate::source::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// None: about the request or the project as a whole, not about a text.
    pub span: Option<Span>,
    /// The fact, in one sentence without a final full stop.
    pub message: String,
    /// Other places that belong to it, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// Why it matters; one sentence.
    pub reason: Option<String>,
    /// The next step.
    pub help: Option<String>,
    /// A replacement that mends it.
    pub fix: Option<Fix>,
    /// The name that nothing defines, where that is the finding.
    pub missing: Option<String>,
}

/// Replace the text at `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    pub text: String,
}

impl Diagnostic {
    /// An error of this code at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            span: Some(span),
            message: message.into(),
            labels: Vec::new(),
            reason: None,
            help: None,
            fix: None,
            missing: None,
        }
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// An error that no place in a text explains: the request, the data, the machine.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            span: None,
            message: message.into(),
            labels: Vec::new(),
            reason: None,
            help: None,
            fix: None,
            missing: None,
        }
    }

    /// The lint that found it, which a project may turn off.
    pub fn lint(&self) -> Option<&'static Lint> {
        Lint::of(self.code)
    }

    /// The code, with its name if it is a lint's: `K0820 no_target`.
    pub fn named(&self) -> String {
        match self.lint() {
            Some(lint) => format!("{} {}", self.code, lint.name),
            None => self.code.to_string(),
        }
    }

    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    #[must_use]
    pub fn missing(mut self, name: impl Into<String>) -> Self {
        self.missing = Some(name.into());
        self
    }

    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }
}

/// Collects every finding of a run.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    /// Names that were looked for.
    misspelt: usize,
}

/// Misspelt names that get a suggestion.
const MOST_SUGGESTIONS: usize = 200;

impl Sink {
    pub fn new() -> Self {
        Sink::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(other);
    }

    /// Leaves out findings about names that are missing for a reason already reported.
    pub fn forgive(&mut self, excused: impl Fn(&str) -> bool) {
        self.found.retain(|d| !d.missing.as_deref().is_some_and(&excused));
    }

    /// Whether one more misspelt name gets a suggestion. Each costs a look at all names,
    /// and a run with very many has one cause.
    pub fn suggests(&mut self) -> bool {
        self.misspelt += 1;
        self.misspelt <= MOST_SUGGESTIONS
    }

    /// The known name nearest to a misspelt one, while it [`suggests`](Sink::suggests).
    pub fn nearest<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.suggests() { nearest(name, candidates) } else { None }
    }

    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// All findings in position order, equal ones once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.span, a.code.id(), &a.message).cmp(&(b.span, b.code.id(), &b.message)));
        self.found.dedup();
        self.found
    }
}
