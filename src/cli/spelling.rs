//! The two spellings of definitions: read from and written to texts.

use std::path::Path;

use clap::ValueEnum;
use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::source::{FileId, Sources, Span};
use kpic::syntax::{ast, dsl, format, yaml};

/// How a file of definitions is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spelling {
    /// The language's own: `NAME.kpi`
    Dsl,
    /// `NAME.kpi.yaml`
    Yaml,
}

impl Spelling {
    /// `None` for files that hold no definitions.
    pub fn of(path: &Path) -> Option<Spelling> {
        let name = path.file_name()?.to_string_lossy();
        if name.ends_with(".kpi.yaml") {
            Some(Spelling::Yaml)
        } else if name.ends_with(".kpi") {
            Some(Spelling::Dsl)
        } else {
            None
        }
    }

    pub fn other(self) -> Spelling {
        match self {
            Spelling::Dsl => Spelling::Yaml,
            Spelling::Yaml => Spelling::Dsl,
        }
    }

    pub fn parse(self, id: FileId, text: &str, sink: &mut Sink) -> ast::File {
        match self {
            Spelling::Dsl => dsl::parse(id, text, sink),
            Spelling::Yaml => yaml::parse(id, text, sink),
        }
    }

    fn print(self, file: &ast::File) -> String {
        match self {
            Spelling::Dsl => format::dsl(file),
            Spelling::Yaml => format::yaml(file),
        }
    }

    /// A text of definitions in this spelling.
    ///
    /// # Errors
    /// Everything that is wrong with it; a spelling that cannot say it.
    pub fn rewrite(self, id: FileId, from: Spelling, sources: &Sources) -> Result<String, Vec<Diagnostic>> {
        let text = &sources.get(id).text;
        let mut sink = Sink::new();
        let file = from.parse(id, text, &mut sink);
        if sink.has_errors() {
            return Err(sink.into_sorted());
        }
        let written = self.print(&file);
        self.reads_back(&written, Span::new(id, 0, 0))?;
        Ok(if ends_lines_with_crlf(text) { written.replace('\n', "\r\n") } else { written })
    }

    /// Nothing is written that would not be read as it was meant.
    fn reads_back(self, written: &str, at: Span) -> Result<(), Vec<Diagnostic>> {
        let mut sources = Sources::new();
        let mut sink = Sink::new();
        let read = self.parse(sources.add("", written), written, &mut sink);
        let reason = match sink.into_sorted().into_iter().next() {
            Some(finding) => finding.message,
            None if self.print(&read) == written => return Ok(()),
            None => "it would be read as something else".to_owned(),
        };
        let fact = match self {
            Spelling::Dsl => "these definitions cannot be written in the language's own spelling",
            Spelling::Yaml => "these definitions cannot be written in YAML",
        };
        Err(vec![
            Diagnostic::error(Code::Syntax, at, fact).because(reason).help("change the definitions first"),
        ])
    }
}

/// A file keeps the line ends that it has.
fn ends_lines_with_crlf(text: &str) -> bool {
    text.find('\n').is_some_and(|at| text[..at].ends_with('\r'))
}
