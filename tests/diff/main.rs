//! What changed in meaning: a table of edits with the class that each must get, projects at
//! random, and `kpic diff` in repositories of every state.

#[cfg(feature = "duckdb")]
mod data;
mod edits;
// Only what worlds are and what their numbers must be.
#[allow(dead_code)]
#[path = "../judge/mod.rs"]
mod judge;
#[path = "../harness/place.rs"]
mod place;
mod project;
mod rewritten;
mod story;
mod worlds;
