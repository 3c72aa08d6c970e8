//! KPIs with their properties, and the segments that they are shown for.

use super::{Expr, Header, Name, Path, Period, Property, Text, TimeUnit, UnitName};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub header: Header,
    /// None only inside a segmentation: `else`.
    pub predicate: Option<Expr>,
}

/// Ordered segments, first match wins; `per` bands a number per member.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    pub header: Header,
    pub per: Option<Path>,
    pub segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    pub header: Header,
    /// None: promotes a measure or adjusts a pack's KPI.
    pub value: Option<Expr>,
    /// In the order written; the model merges them.
    pub properties: Vec<Property<KpiProperty>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum KpiProperty {
    /// `label fr "…"`
    Label {
        language: Name,
        text: Text,
    },
    /// `alias cpa, cpl`
    Alias(Vec<Name>),
    Unit(Spanned<UnitName>),
    Better(Spanned<Better>),
    /// `by channel, journey.step`
    By(Vec<Path>),
    Segments(Vec<Name>),
    Grain(Vec<Spanned<Grain>>),
    /// A duration or a parameter.
    Settled(Expr),
    /// `empty 0` or `empty null`
    Empty(Expr),
    Format(Text),
    Objective(Name),
    Stage(Name),
    Owner(Text),
    Tags(Vec<Name>),
    Action(Text),
    Interpretation(Text),
    Drivers(Vec<Name>),
    PairWith(Vec<Name>),
    Vanity,
    LeadsTo(Vec<Name>),
    /// What tells more than this KPI does.
    Prefer(Vec<Name>),
    Target(Box<Target>),
    Status(Vec<StatusRule>),
    Benchmark(Box<Benchmark>),
    Version(Text),
    /// `effective from 2026-01-01 until 2026-12-31`
    Effective {
        from: Option<Period>,
        until: Option<Period>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    Higher,
    Lower,
    Range,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    IsoYear,
    FiscalMonth,
    FiscalQuarter,
    FiscalYear,
}

/// `target 2 to 4 each month from 2026-01 until 2026-12 where device = 'desktop'`
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub value: Expr,
    pub to: Option<Expr>,
    /// `+5% on previous year`: the value is a change.
    pub on_previous: Option<Spanned<TimeUnit>>,
    pub each: Option<Spanned<Grain>>,
    pub from: Option<Period>,
    pub until: Option<Period>,
    pub filter: Option<Expr>,
}

/// `targets budget "Budget 2026" from 'plans/2026.csv'`
#[derive(Debug, Clone, PartialEq)]
pub struct TargetSheet {
    pub header: Header,
    pub from: TargetPlace,
}

/// Where targets are planned.
#[derive(Debug, Clone, PartialEq)]
pub enum TargetPlace {
    /// A file of the project.
    File(Text),
    /// `table finance.budget`, whose rows the project keeps as a file.
    Table(Spanned<Vec<Name>>),
}

/// `at_risk below 95% of target`
#[derive(Debug, Clone, PartialEq)]
pub struct StatusRule {
    pub status: Spanned<Status>,
    pub side: StatusSide,
    pub bound: Expr,
    /// `of target`: the bound is an attainment, else the value itself.
    pub of_target: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    AtRisk,
    OffTrack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusSide {
    Below,
    Above,
}

/// `benchmark 2.5% "France" source "…" year 2024`
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    pub value: Expr,
    pub label: Option<Text>,
    pub source: Option<Text>,
    pub year: Option<Spanned<u16>>,
}
