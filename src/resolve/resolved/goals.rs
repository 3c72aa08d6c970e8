//! What a KPI should reach: targets, and how far off is too far (semantics rules 16 and 17).

use super::{Date, Grain, Length};
use crate::source::Span;
pub use crate::syntax::ast::{Better, Status, StatusSide};
use crate::value::Literal;

/// Whether a number's parts add up to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additivity {
    /// A literal.
    Constant,
    /// Over slices and over time.
    Additive,
    /// Over slices and not over time: a stock at an instant.
    SemiAdditive,
    /// Of parts that overlap: distinct counts, windows.
    NonAdditive,
    /// Of any size the same: ratios, averages.
    Intensive,
}

impl Additivity {
    /// Whether a part's is less than that of the whole, so that a target holds for one of them.
    pub fn is_extensive(self) -> bool {
        match self {
            Additivity::Additive | Additivity::SemiAdditive | Additivity::NonAdditive => true,
            Additivity::Constant | Additivity::Intensive => false,
        }
    }
}

/// A KPI's targets and the rules of its status.
#[derive(Debug, Clone)]
pub struct Goals {
    pub better: Better,
    pub additivity: Additivity,
    pub targets: Vec<Target>,
    /// Empty: on track where the target is met, off track elsewhere.
    pub status: Vec<StatusRule>,
}

impl Goals {
    /// Whether there is anything to judge by.
    pub fn are_set(&self) -> bool {
        !self.targets.is_empty() || !self.status.is_empty()
    }
}

/// A value to reach in each of some periods, for one part of the whole.
#[derive(Debug, Clone)]
pub struct Target {
    pub aim: Aim,
    /// The periods that it is said for; `None`: every one, of an additive KPI its whole time together.
    pub each: Option<Grain>,
    /// First and last day.
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub scope: TargetScope,
    pub span: Span,
}

/// Numbers in the KPI's unit: percent as fractions, durations in seconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// With a second one: from the first to the second.
    Value(Literal, Option<Literal>),
    /// A number of the KPI's own.
    OnPrevious { change: Change, back: Length },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// 0.05: five percent of it more.
    Share(Literal),
    /// So much more.
    Amount(Literal),
}

/// The part of the whole that a target is for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TargetScope {
    /// Dimensions with the member each, by id.
    pub members: Vec<(String, Literal)>,
    pub segment: Option<String>,
}

impl TargetScope {
    /// How much of the whole it leaves out, as a count of conditions.
    pub fn specificity(&self) -> usize {
        self.members.len() + usize::from(self.segment.is_some())
    }

    /// The member of a dimension, if it names one.
    pub fn member(&self, dimension: &str) -> Option<&Literal> {
        self.members.iter().find(|(id, _)| id == dimension).map(|(_, member)| member)
    }
}

/// `at_risk below 95% of target`
#[derive(Debug, Clone)]
pub struct StatusRule {
    pub status: Status,
    pub side: StatusSide,
    pub bound: Literal,
    /// Whether the bound is an attainment rather than the KPI's value.
    pub of_target: bool,
}
