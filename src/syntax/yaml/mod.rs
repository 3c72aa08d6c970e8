//! The YAML spelling of definitions.
//!
//! Takes the text of a `.kpi.yaml` file, gives the AST that the same words give
//! in the DSL, with findings at their place in the YAML; takes the text of
//! `kpic.yaml`, gives its settings. Never types a value (a key is the language's
//! keyword, its value the language's text after it) and never asks what a name means.

mod definition;
mod file;
mod fiscal_year;
mod kpi;
mod lints;
pub mod loader;
mod minimum_cell;
mod project;
mod purpose;
pub mod schema;
mod shape;
mod source;
mod tools;
mod unit_test;
mod words;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::FileId;
use crate::syntax::ast::{File, Lost, ProjectFile};
use loader::Origin;
use shape::Reader;

/// Keys whose text begins with the name that it defines.
const KEYWORDS: [&str; 19] = [
    "param",
    "source",
    "segment",
    "segmentation",
    "kpi",
    "funnel",
    "cohort",
    "attribution",
    "experiment",
    "objective",
    "dashboard",
    "event",
    "assert",
    "join",
    "column",
    "dimension",
    "stock",
    "measure",
    "test",
];

/// A file that is no file of definitions at all has a mistake a line.
const MOST: usize = 1000;

/// Reads a file of definitions: its items, without those that are reported.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> File {
    let mut found = Sink::new();
    let loaded = loader::load(file, text, &mut found);
    let unread = loaded.root.is_none();
    let mut read = Reader::new(Origin { file, text }, &mut found).file(loaded);
    read.lost = match found.len() {
        0 => Lost::Nothing,
        n if unread || n > MOST => Lost::Everything,
        _ => Lost::Names(names(text)),
    };
    sink.extend(first(found));
    read
}

/// Every name that a text may define, whatever else is wrong with it: its keys, and
/// what stands behind one that is a keyword (`measure: orders = count()`).
fn names(text: &str) -> Vec<String> {
    let word = |part: &str| {
        let part = part.rsplit(['{', ',', '\n']).next().unwrap_or_default();
        part.trim().trim_start_matches("- ").trim_matches(['\'', '"', '`']).to_owned()
    };
    let keys: Vec<String> = text.split(':').map(word).collect();
    let behind = text.split(':').skip(1).map(|part| part.split_whitespace().next().unwrap_or_default());
    let defined = keys.iter().zip(behind).filter(|(key, _)| KEYWORDS.contains(&key.as_str()));
    let defined: Vec<String> = defined.map(|(_, name)| name.trim_matches('`').to_owned()).collect();
    keys.into_iter().chain(defined).collect()
}

/// The first findings of a file, with one that says so if there are more.
fn first(found: Sink) -> Vec<Diagnostic> {
    let mut found = found.into_sorted();
    if found.len() > MOST {
        let rest = &found[MOST];
        let fact = format!("this file has more than {MOST} mistakes; those from here on are not shown");
        let cut = Diagnostic { span: rest.span, ..Diagnostic::general(Code::Syntax, fact) };
        found.truncate(MOST);
        found.push(cut.help("is it a file of definitions?"));
    }
    found
}

/// Reads `kpic.yaml`: its settings, without those that are reported.
pub fn project(file: FileId, text: &str, sink: &mut Sink) -> ProjectFile {
    let loaded = loader::load(file, text, sink);
    let mut reader = Reader::new(Origin { file, text }, sink);
    loaded.root.map_or_else(ProjectFile::default, |root| reader.project(&root))
}
