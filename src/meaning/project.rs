//! One of the two states that are compared.

use std::collections::HashMap;

use crate::model::Model;
use crate::resolve::Resolved;

/// The words of each SQL source's query, by the source: layout and comments are no part of it.
pub type Queries = HashMap<String, Vec<String>>;

/// A state of a project.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub model: &'a Model<'a>,
    pub resolved: &'a Resolved,
    pub queries: &'a Queries,
}
