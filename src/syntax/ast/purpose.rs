//! What KPIs are for: objectives, dashboards, events that explain numbers, and what
//! should always hold of them.

use super::{Expr, Grain, Header, Name, Path, Period, Property, Text};
use crate::source::Spanned;

/// What a business wants to reach, and the KPIs that tell whether it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    pub header: Header,
    /// The KPI that it is measured by.
    pub headline: Option<Property<Name>>,
    /// Further KPIs; those that name the objective belong to it, too.
    pub kpis: Option<Property<Vec<Name>>>,
    /// Where the headline KPI stood at the start: a literal.
    pub baseline: Option<Property<Expr>>,
    /// Where it should stand at the deadline: a literal.
    pub target: Option<Property<Expr>>,
    pub deadline: Option<Property<Period>>,
    /// Why it can be reached.
    pub rationale: Option<Property<Text>>,
    pub owner: Option<Property<Text>>,
    pub stage: Option<Property<Name>>,
    /// The objective above it.
    pub parent: Option<Property<Name>>,
}

/// KPIs that are shown together.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    pub header: Header,
    pub headline: Option<Property<Name>>,
    pub kpis: Option<Property<Vec<Name>>>,
    pub by: Option<Property<Vec<Path>>>,
    /// The grains that it is shown by.
    pub grain: Option<Property<Vec<Spanned<Grain>>>>,
    pub owner: Option<Property<Text>>,
}

/// `event black_friday from 2026-11-27 until 2026-11-30 where country = 'FR'`
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub header: Header,
    pub from: Period,
    /// None: what began then stays.
    pub until: Option<Period>,
    /// For whom it is; none: for all.
    pub filter: Option<Expr>,
}

/// `assert viable = clv > cac`
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    pub header: Header,
    pub condition: Expr,
}
