//! The YAML spelling of definitions.
//!
//! Takes the text of a `.kpi.yaml` file, gives the AST that the same words give
//! in the DSL, with findings at their place in the YAML; takes the text of
//! `kpic.yaml`, gives its settings. Never types a value (a key is the language's
//! keyword, its value the language's text after it) and never asks what a name means.

mod definition;
mod file;
mod kpi;
pub mod loader;
mod project;
mod shape;
mod source;
mod tools;
mod words;

use crate::diagnostic::Sink;
use crate::source::FileId;
use crate::syntax::ast::{File, ProjectFile};
use loader::Origin;
use shape::Reader;

/// Reads a file of definitions: its items, without those that are reported.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> File {
    let loaded = loader::load(file, text, sink);
    Reader::new(Origin { file, text }, sink).file(loaded)
}

/// Reads `kpic.yaml`: its settings, without those that are reported.
pub fn project(file: FileId, text: &str, sink: &mut Sink) -> ProjectFile {
    let loaded = loader::load(file, text, sink);
    let mut reader = Reader::new(Origin { file, text }, sink);
    loaded.root.map_or_else(ProjectFile::default, |root| reader.project(&root))
}
