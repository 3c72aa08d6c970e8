//! What changed in meaning: a table of edits with the class that each must get, and `kpic diff`
//! in repositories of every state.

mod edits;
#[path = "../harness/place.rs"]
mod place;
mod project;
mod story;
