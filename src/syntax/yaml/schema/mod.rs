//! JSON Schemas of what is written in YAML, for editors: which keys there are, what each
//! of them takes, and a sentence on what it is.
//!
//! The keys are the reader's own lists. A schema knows shapes: the text behind a key is
//! the language's, and only the reader knows its grammar.

mod definitions;
mod said;
mod settings;
mod shape;

pub use definitions::definitions;
pub use settings::settings;
