//! What resolve gives: definitions whose every name, type and unit is known.

mod catalog;
mod goals;
mod numbers;
mod purpose;
mod rows;
mod tools;

pub use catalog::*;
pub use goals::*;
pub use numbers::*;
pub use purpose::*;
pub use rows::*;
pub use tools::*;

use super::scalar::{Scalar, Type};
use super::spans::OverRate;
use crate::source::Span;
use crate::syntax::ast;
/// Closed lists of words, which mean here what they mean in the language.
pub use crate::syntax::ast::{
    ColumnType, Date, FiscalWeeks, FiscalYear, Grain, PeriodKind, Pick, Side, TimeUnit, UnitName, YearEnd,
};
pub use crate::syntax::locales::LOCALES;
use crate::value::Literal;
use indexmap::IndexMap;
use std::sync::Arc;

/// A sound project. Definitions with findings of severity error are left out.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    pub settings: Settings,
    pub sources: IndexMap<String, Source>,
    /// Every dimension of the project with its agreed type.
    pub dimensions: IndexMap<String, DimensionInfo>,
    /// Every segment, those of segmentations included (their predicate already
    /// excludes the earlier ones), in the order defined.
    pub segments: IndexMap<String, Segment>,
    /// A segmentation's segments, in order.
    pub segmentations: IndexMap<String, Vec<String>>,
    /// Segmentations per dimension, which are dimensions, too: of a row the band of its member.
    pub bands: IndexMap<String, Bands>,
    pub measures: IndexMap<String, Measure>,
    pub stocks: IndexMap<String, Stock>,
    pub funnels: IndexMap<String, Funnel>,
    pub cohorts: IndexMap<String, Cohort>,
    pub kpis: IndexMap<String, Kpi>,
    pub objectives: IndexMap<String, Objective>,
    pub dashboards: IndexMap<String, Dashboard>,
    pub events: IndexMap<String, Event>,
    /// By the id of its number.
    pub assertions: IndexMap<String, Assertion>,
}

/// Facts of the whole project that decide numbers.
#[derive(Debug, Clone)]
pub struct Settings {
    pub name: String,
    /// IANA zone in which periods are cut.
    pub zone: String,
    /// The zone of timestamps whose column declares none, if it is not the project's.
    pub timestamps: Option<String>,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    pub fiscal_year: FiscalYear,
    pub minimum_cell: Option<MinimumCell>,
    /// In which numbers are written for people: one of [`crate::syntax::locales`].
    pub locale: Option<String>,
    /// The stages of the customer's journey, in order; none: any name is a stage.
    pub stages: Vec<String>,
}

/// A number is shown if nobody stands behind it, or so many members of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumCell {
    pub count: u32,
    pub of: String,
    pub span: Span,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: "project".into(),
            zone: "UTC".into(),
            timestamps: None,
            week_start: 1,
            fiscal_year: FiscalYear::Months(1),
            minimum_cell: None,
            locale: None,
            stages: Vec::new(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct DimensionInfo {
    pub ty: Type,
    pub label: Option<String>,
    /// The members that it may have in any source, if that is said.
    pub accepted: Option<Arc<Accepted>>,
    pub span: Span,
}

/// The only values that something has; a row without a value is always accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The column or dimension that the list was given for.
    pub name: String,
    pub values: Vec<Literal>,
    pub span: Span,
}

/// A condition over dimensions, by their ids.
pub type Predicate = Scalar<String>;

/// Bands of a dimension's members by numbers of each: a segmentation `per` dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    pub id: String,
    /// Whose members are banded.
    pub dimension: String,
    /// The first whose condition holds is a member's; `None`: for the rest.
    pub segments: Vec<(String, Option<Number>)>,
    /// The grains that its numbers take; empty: all.
    pub grains: Vec<Grain>,
    pub span: Span,
}

/// A formula that holds for the periods whose last day is one of these, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub value: Number,
}

#[derive(Debug, Clone)]
pub struct Segment {
    pub id: String,
    pub label: Option<String>,
    pub predicate: Predicate,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Kpi {
    pub id: String,
    pub value: Number,
    /// The declared unit, else the formula's.
    pub unit: Option<UnitName>,
    /// Whether it is known what it is counted in, declared or inferred; places and scores are bare numbers.
    pub has_unit: bool,
    pub format: Option<Format>,
    /// `empty 0` is a number, `empty null` a NULL.
    pub empty: Option<Literal>,
    /// Rows younger than this at the as-of instant are left out.
    pub settled: Option<Length>,
    /// The grains it takes; empty: all.
    pub grains: Vec<Grain>,
    /// Flows over rates, which must be of one time at the grain that is asked.
    pub over_rates: Vec<OverRate>,
    pub by: Vec<String>,
    pub segments: Vec<String>,
    pub label: Option<String>,
    /// Its targets, and how far off is too far.
    pub goals: Goals,
    /// What it still needs; asking for it fails until that is bound.
    pub unbound: Vec<Need>,
    /// The definition with all its properties.
    pub definition: ast::Kpi,
    /// The definitions of earlier versions, the earliest first.
    pub earlier: Vec<ast::Kpi>,
    pub span: Span,
}

/// How a KPI's numbers are written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 1.2M
    Compact,
    /// So many decimals.
    Decimals(u8),
}

impl Kpi {
    /// Whether the highest number is the best one; `None`: one within a range is.
    pub fn best(&self) -> Option<Best> {
        let better = self.definition.properties.iter().find_map(|p| match &p.value {
            ast::KpiProperty::Better(better) => Some(better.value),
            _ => None,
        });
        match better {
            None | Some(Better::Higher) => Some(Best::Highest),
            Some(Better::Lower) => Some(Best::Lowest),
            Some(Better::Range) => None,
        }
    }

    /// The objective that it names.
    pub fn objective(&self) -> Option<&str> {
        self.definition.properties.iter().find_map(|p| match &p.value {
            ast::KpiProperty::Objective(name) => Some(name.value.as_str()),
            _ => None,
        })
    }

    /// The stage of the customer's journey that it names.
    pub fn stage(&self) -> Option<&str> {
        self.definition.properties.iter().find_map(|p| match &p.value {
            ast::KpiProperty::Stage(name) => Some(name.value.as_str()),
            _ => None,
        })
    }

    /// Who answers for it.
    pub fn owner(&self) -> Option<&str> {
        self.definition.properties.iter().find_map(|p| match &p.value {
            ast::KpiProperty::Owner(text) => Some(text.value.as_str()),
            _ => None,
        })
    }

    /// What it is marked with.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let lists = self.definition.properties.iter().filter_map(|p| match &p.value {
            ast::KpiProperty::Tags(names) => Some(names),
            _ => None,
        });
        lists.flatten().map(|name| name.value.as_str())
    }

    /// Its other names.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let lists = self.definition.properties.iter().filter_map(|p| match &p.value {
            ast::KpiProperty::Alias(names) => Some(names),
            _ => None,
        });
        lists.flatten().map(|name| name.value.as_str())
    }
}
