//! The schema lock: what the tables that definitions read look like, kept beside them.
//!
//! Takes the text of a lock, or of an export of a database's catalog, gives the columns of
//! each source ([`crate::resolve::Catalog`]), and the text of a lock again. So definitions
//! are checked against the real tables without a connection. Never reads a file, never asks
//! a database.

mod catalog;
mod changes;
mod exported;
mod lock;
mod read;
mod write;

pub use catalog::catalog;
pub use changes::changes;
pub use exported::{Exported, Lookup, delimiter, exported, language};
pub use lock::{Column, JoinMeasured, KeyMeasured, Lock, Measured, Place, Table};
pub use read::read;
pub use write::write;

pub use crate::source::mark;

/// What the file is called, beside `kpic.yaml`.
pub const FILE: &str = "kpic.lock.yaml";
