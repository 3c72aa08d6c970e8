//! Funnels and cohorts.

use super::{Axis, AxisKind, Grain, Length, Predicate, Row};
use crate::source::Span;

/// Steps that an entity takes, each after the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub id: String,
    /// The dimension whose members take the steps.
    pub entity: String,
    /// How much time there is after the first step.
    pub within: Option<Length>,
    /// The first one is the anchor.
    pub steps: Vec<Step>,
    pub span: Span,
}

impl Funnel {
    /// The funnel whose steps a dimension has as members, if there is one of its name.
    pub fn of_dimension(dimension: &str) -> Option<&str> {
        dimension.strip_suffix(".step")
    }

    /// The dimension whose members are its steps.
    pub fn dimension(&self) -> String {
        format!("{}.step", self.id)
    }

    /// How the times of all steps are made comparable.
    pub fn clock(&self) -> Clock {
        Clock::of(self.steps.iter().map(|step| &step.axis.kind))
    }

    /// Whether its time is hours or shorter, rather than days.
    pub fn is_short(&self) -> bool {
        self.within.is_some_and(Length::is_short)
    }
}

/// What times of several sources are compared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// They are alike.
    Same,
    Utc,
    /// One of them is a date.
    LocalDay,
}

impl Clock {
    /// The clock for times of these kinds.
    pub fn of<'k>(kinds: impl Iterator<Item = &'k AxisKind> + Clone) -> Clock {
        let mut others = kinds.clone();
        let first = others.next();
        if others.all(|kind| Some(kind) == first) {
            Clock::Same
        } else if kinds.into_iter().any(|kind| *kind == AxisKind::Date) {
            Clock::LocalDay
        } else {
            Clock::Utc
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub id: String,
    pub source: String,
    pub axis: Axis,
    pub filter: Option<Row>,
}

/// Entities by the time that they entered: with their first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    pub id: String,
    pub source: String,
    /// The dimension whose members enter.
    pub entity: String,
    pub axis: Axis,
    pub span: Span,
}

/// What entrants do at an age.
#[derive(Debug, Clone, PartialEq)]
pub struct Entrants {
    pub cohort: String,
    /// The measure whose rows are what they do.
    pub measure: String,
    /// Further conditions on those rows.
    pub restricted: Vec<Predicate>,
    pub reading: OfEntrants,
    pub ages: Ages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfEntrants {
    /// The share of them that does it.
    Retained,
    /// The measure's total divided by their number.
    PerEntrant,
}

/// Days or periods since the entry, which is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ages {
    OnDay(u32),
    /// From the entry day on, shorter than this.
    Within(Length),
    FromDay(u32),
    /// Every age in periods of a grain, an axis of the result.
    By(Grain),
}
