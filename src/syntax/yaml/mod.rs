//! The YAML spelling of definitions.
//!
//! Takes the text of a `.kpi.yaml` file, gives the AST that the same words give
//! in the DSL, with findings at their place in the YAML. Never types a value
//! (a key is the language's keyword, its value the language's text after it) and
//! never asks what a name means.

pub mod loader;
