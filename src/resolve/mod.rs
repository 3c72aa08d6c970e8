//! Model to resolved: every "is this KPI sound?" question.
//!
//! Takes the model (and the columns that data really has, when somebody looked),
//! gives [`resolved::Resolved`] and findings: names, types, units, joins, reach,
//! cycles. Definition errors end here. Never reads data and never thinks of SQL
//! text; it borrows [`crate::sql`]'s words for literals and functions alone.

pub mod resolved;
pub mod scalar;

pub use resolved::{Catalog, Resolved};
