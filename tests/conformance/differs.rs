//! Cases and expressions that an engine cannot have right: `differs/DIALECT` names each with what
//! the engine lacks. Each must differ, so that one that no longer does is seen in review, too.

use std::path::Path;

use crate::harness::Checked;
use crate::refused::{self, Refused};

/// Names, and what the engine lacks.
pub fn listed(root: &Path, dialect: &str) -> Checked<Refused> {
    refused::read_list(&root.join("tests/conformance/differs").join(dialect))
}

/// # Errors
/// It is equal after all.
pub fn must<T>(name: &str, found: Checked<T>) -> Checked<()> {
    match found {
        Err(_) => Ok(()),
        Ok(_) => Err(format!("{name} is equal, and listed as one that differs")),
    }
}
