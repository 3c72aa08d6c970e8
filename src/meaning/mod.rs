//! What changed between two states of a project, in meaning rather than text.
//!
//! Takes two projects, each modelled and resolved, gives a [`Comparison`]: every definition
//! whose meaning differs, what that does to who asks for it, why, and what stands on it.
//! Never looks at a file's text, so that formatting, order, comments and spelling are no
//! change; never asks where the states come from.

mod form;
mod name;
mod project;

mod numbers;
mod rows;

mod definitions;
mod goals;
mod properties;
mod reads;

mod change;
mod compare;
mod kpi;
mod reasons;
mod renamed;

pub use change::{Change, Class, Comparison, Facet, Happened, Reached};
pub use compare::compare;
pub use name::{Kind, Name};
pub use project::{Queries, Side};
