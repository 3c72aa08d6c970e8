//! Definitions in words: what a KPI is, in English and in French.
//!
//! Takes sound definitions, gives pages: facts with their names, and beneath them all that a
//! formula is made of, down to rows and their times; as text, Markdown and JSON. What is said
//! stands in one table a language. Never decides what a definition means, never computes.

mod goals;
mod number;
mod page;
mod parts;
mod phrases;
mod properties;
mod purposes;
mod render;
mod rows;
mod scalar;
mod voice;

pub use goals::{status, target};
pub use page::{Fact, Page, Part, kpi};
pub use phrases::Phrases;
pub use purposes::purpose;
pub use render::{json, markdown, text};
pub use voice::{Language, Voice};
