//! A second opinion: KPIs computed row by row in plain Rust, straight from the
//! rules of the language, without a planner and without SQL.
//!
//! A [`world::World`] is a small project with its data and a request. [`evaluate`]
//! says what each cell must be; [`compiler`] says what it is. Nothing here is fast, and
//! nothing of kpic's planning is used.
//!
//! In reading order: what a world is made of, then what its numbers must be, then
//! what is asked of kpic, and worlds at random. Who doubts the judge reads the cases worked out by hand in `by_hand/`.

// A world.
pub mod as_of;
pub mod bands;
pub mod definitions;
pub mod dimension;
pub mod formula;
pub mod measure;
pub mod places;
pub mod request;
pub mod tables;
pub mod targets;
pub mod time;
pub mod tools;
pub mod trends;
pub mod world;

// Its numbers.
pub mod aggregates;
pub mod calendar;
pub mod evaluate;
pub mod fiscal;
pub mod followed;
pub mod members;
pub mod reading;
pub mod rows;
pub mod stocks;
pub mod tuples;

// kpic's.
pub mod answer;
pub mod compiler;

// Worlds at random, and small ones.
pub mod simpler;
pub mod strategies;
pub mod verdict;
