//! Cases and expressions that an engine cannot have right: `differs/DIALECT` names each with what
//! the engine lacks. Each must differ, so that one that no longer does is seen in review, too.

use std::path::Path;

use crate::harness::Checked;
use crate::refused::{self, Refused};

/// Names, and what the engine lacks.
pub fn listed(root: &Path, dialect: &str) -> Checked<Refused> {
    refused::read_list(&root.join("tests/conformance/differs").join(dialect))
}

/// A case goes wrong in the way that its reason quotes, in backticks.
///
/// # Errors
/// It is equal after all, or goes wrong in another way.
pub fn must<T>(name: &str, reason: &str, found: Checked<T>) -> Checked<()> {
    let quoted = reason.split('`').nth(1);
    let words = quoted.ok_or_else(|| format!("{name}: the list does not quote how it differs: {reason}"))?;
    match found {
        Err(error) if error.contains(words) => Ok(()),
        Err(error) => Err(format!("{name} differs in another way than `{words}`:\n{error}")),
        Ok(_) => Err(format!("{name} is equal, and listed as one that differs")),
    }
}
