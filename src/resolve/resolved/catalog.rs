//! What is known of the data that sources read.

use indexmap::IndexMap;

use super::ColumnType;

/// The columns that data really has; empty when nobody looked.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// By the source's name.
    pub sources: IndexMap<String, Known>,
}

/// What is known of the columns of one source's rows: all of them, or the source is in no catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub columns: IndexMap<String, Found>,
    /// Whether names differ in more than the case of their letters.
    pub any_case: bool,
    /// Whether types are what a reader makes of a text file, unless they are declared.
    pub guessed: bool,
    /// Whether a schema lock says so, and nobody looked at the data itself.
    pub locked: bool,
}

/// One column of the data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// `None`: a type that no expression of the language takes.
    pub ty: Option<ColumnType>,
    /// `None`: nobody says.
    pub nullable: Option<bool>,
}

impl Known {
    /// The column of this name.
    pub fn get(&self, name: &str) -> Option<&Found> {
        self.columns.get(name).or_else(|| {
            let same = |column: &&String| column.to_lowercase() == name.to_lowercase();
            let found = if self.any_case { self.columns.keys().find(same) } else { None };
            found.and_then(|column| self.columns.get(column))
        })
    }

    /// Their names, in the order of the table or of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

/// Columns that somebody looked at, of which only the types are known.
impl FromIterator<(String, Option<ColumnType>)> for Known {
    fn from_iter<I: IntoIterator<Item = (String, Option<ColumnType>)>>(columns: I) -> Known {
        let found = |(name, ty)| (name, Found { ty, nullable: None });
        Known { columns: columns.into_iter().map(found).collect(), ..Known::default() }
    }
}
