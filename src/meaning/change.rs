//! What is said of a change.

use super::name::Name;
use crate::source::Span;

/// What changed between two states.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The worst first.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// The worst of all; `None`: nothing changed.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }
}

/// What a change does to who asks for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It is written in another way.
    Cosmetic,
    /// Every answer stays the same; there may be more to ask for.
    Compatible,
    /// The same question has another answer.
    Values,
    /// A question has no answer any more, or one in another unit.
    Breaks,
}

impl Class {
    pub const ALL: [Class; 4] = [Class::Breaks, Class::Values, Class::Compatible, Class::Cosmetic];

    pub fn word(self) -> &'static str {
        match self {
            Class::Cosmetic => "cosmetic",
            Class::Compatible => "compatible",
            Class::Values => "values",
            Class::Breaks => "breaks",
        }
    }
}

/// A definition that changed.
#[derive(Debug, Clone)]
pub struct Change {
    pub name: Name,
    pub happened: Happened,
    pub class: Class,
    /// What differs of it.
    pub facets: Vec<Facet>,
    /// The dimensions that it could be sliced by.
    pub lost_slices: Vec<String>,
    /// Why its number is another one though it is written as before: what it reads, down to
    /// what is written anew.
    pub since: Vec<Name>,
    /// What its change reaches.
    pub reached: Reached,
    /// Where it is defined, in the new state if it is there.
    pub span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    Added,
    Removed,
    /// It means the same, and is called so now; `alias`: its old name still asks for it.
    Renamed {
        to: Name,
        alias: bool,
    },
    Changed,
    /// It has errors now, and had none.
    Broken,
    /// It had errors, so nothing can be compared with it.
    Mended,
    /// It has errors in both states.
    Unsound,
}

/// Something of a definition that differs, in the language's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub class: Class,
    /// Whether it is about what should be reached, rather than what is measured.
    pub goal: bool,
    /// Whether other definitions alone make it so.
    pub inherited: bool,
}

/// What stands on a definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    pub kpis: Vec<String>,
    pub dashboards: Vec<String>,
    pub objectives: Vec<String>,
    pub assertions: Vec<String>,
}

impl Reached {
    pub fn is_empty(&self) -> bool {
        self.kpis.is_empty()
            && self.dashboards.is_empty()
            && self.objectives.is_empty()
            && self.assertions.is_empty()
    }
}
