//! Names of common table expressions and columns that nothing else has.

use std::collections::HashSet;

/// Names in use; engines do not tell capitals apart.
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Keeps a name from being given.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// Keeps every word of a query from being given: any could be a table's name.
    pub fn reserve_words(&mut self, sql: &str) {
        for word in sql.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$') {
            self.reserve(word);
        }
    }

    /// The name as somebody wrote it, if it is free, however long.
    pub fn own(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_lowercase()) { name.to_string() } else { self.fresh(name) }
    }

    /// The name itself, or with the first number that makes it new.
    pub fn fresh(&mut self, name: &str) -> String {
        let name = short(name);
        let mut fresh = name.to_string();
        let mut number = 2;
        while !self.taken.insert(fresh.to_lowercase()) {
            fresh = format!("{name}_{number}");
            number += 1;
        }
        fresh
    }
}

/// Engines take names of 63 bytes; a number may follow.
const LONGEST: usize = 56;

fn short(name: &str) -> &str {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
