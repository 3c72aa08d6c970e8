//! Text to rows: the embedded engine.
//!
//! The embedded engine computes; a [`Connection`] asks another database what its tables look like
//! and counts there, in transactions that can write nothing.
//!
//! Takes SQL that a dialect printed and where the tables' data lies, gives rows,
//! and the columns that data really has ([`crate::resolve::Catalog`]). A session
//! reads what it was told of and nothing else: it changes no database, reaches no
//! network and loads no extension. Never decides what to compute.
//!
//! Without the feature `duckdb` only [`rows`] is here.

pub mod rows;

#[cfg(feature = "duckdb")]
mod postgres;
#[cfg(feature = "duckdb")]
mod read;
#[cfg(feature = "duckdb")]
mod sandbox;
#[cfg(feature = "duckdb")]
mod session;
#[cfg(feature = "duckdb")]
mod types;

#[cfg(feature = "duckdb")]
pub use postgres::{Connection, Described, Refused};
pub use rows::{Rows, Value};
#[cfg(feature = "duckdb")]
pub use sandbox::{Access, FileTable};
#[cfg(feature = "duckdb")]
pub use session::{Failure, Interrupter, Nullable, Session};

/// A name in quotes, whatever is in it.
#[cfg(feature = "duckdb")]
fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text literal, whatever is in it.
#[cfg(feature = "duckdb")]
fn text(value: &str) -> String {
    crate::dialect::EMBEDDED.text(value)
}
