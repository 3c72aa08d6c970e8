//! A second opinion: KPIs computed row by row in plain Rust, straight from the
//! rules of the language, without a planner and without SQL.
//!
//! A [`world::World`] is a small project with its data and a request. [`evaluate`]
//! says what each cell must be; `kpic` says what it is. Nothing here is fast, and
//! nothing of kpic's planning is used.

pub mod answer;
pub mod evaluate;
pub mod strategies;
pub mod world;
