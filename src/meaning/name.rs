//! What can change: definitions by kind and id.

use std::fmt;

/// A definition of a project.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    pub kind: Kind,
    pub id: String,
    /// The source that it is a part of.
    pub of: Option<String>,
}

/// In the order that changes are told, within a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Setting,
    Parameter,
    Source,
    Join,
    Column,
    Dimension,
    Measure,
    Stock,
    Segment,
    Segmentation,
    Funnel,
    Cohort,
    Kpi,
    Objective,
    Dashboard,
    Event,
    Assertion,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Setting => "setting",
            Kind::Parameter => "parameter",
            Kind::Source => "source",
            Kind::Join => "join",
            Kind::Column => "column",
            Kind::Dimension => "dimension",
            Kind::Measure => "measure",
            Kind::Stock => "stock",
            Kind::Segment => "segment",
            Kind::Segmentation => "segmentation",
            Kind::Funnel => "funnel",
            Kind::Cohort => "cohort",
            Kind::Kpi => "KPI",
            Kind::Objective => "objective",
            Kind::Dashboard => "dashboard",
            Kind::Event => "event",
            Kind::Assertion => "assertion",
        }
    }
}

impl Name {
    pub fn new(kind: Kind, id: impl Into<String>) -> Name {
        Name { kind, id: id.into(), of: None }
    }

    pub fn of(kind: Kind, id: impl Into<String>, source: impl Into<String>) -> Name {
        Name { kind, id: id.into(), of: Some(source.into()) }
    }
}

/// `measure gross of orders`
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.id)?;
        self.of.iter().try_for_each(|source| write!(f, " of {source}"))
    }
}
