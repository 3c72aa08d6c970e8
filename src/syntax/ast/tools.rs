//! Funnels, cohorts, attributions and experiments.

use super::{Expr, Header, Name, Path, Property, Text};

/// What funnels, cohorts, attributions and experiments share:
/// `[on SOURCE] by DIMENSION [at COLUMN] [within DURATION]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    pub source: Option<Name>,
    pub by: Name,
    pub at: Option<Path>,
    pub within: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub header: Header,
    pub over: Over,
    pub steps: Vec<Step>,
}

/// `step purchase on orders at paid_at where …`
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub header: Header,
    pub source: Option<Name>,
    pub at: Option<Path>,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    pub header: Header,
    pub over: Over,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    pub header: Header,
    pub over: Over,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    pub header: Header,
    pub over: Over,
    /// `control 'A'`
    pub control: Option<Property<Text>>,
}
