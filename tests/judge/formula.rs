//! KPIs: a formula, a tree over measures, numbers and other KPIs.

use super::dimension::{Condition, Dimension};
use super::places::Place;
use super::targets::Goals;
use super::time::{Duration, Grain};
use super::tools::After;
use super::trends::Trend;

#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    pub formula: Formula,
    /// What it was before, if it was anything else.
    pub earlier: Option<Earlier>,
    /// Rows younger than this are not read.
    pub settled: Option<Duration>,
    pub is_better_lower: bool,
    pub goals: Option<Goals>,
}

/// What a KPI was up to a day, that one included; what it is holds from another day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    pub formula: Formula,
    pub until: i16,
    /// The first day of what it is.
    pub then: i16,
}

impl Kpi {
    pub fn new(formula: Formula) -> Kpi {
        Kpi { formula, earlier: None, settled: None, is_better_lower: false, goals: None }
    }

    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        std::iter::once(&self.formula).chain(self.earlier.as_ref().map(|earlier| &earlier.formula))
    }

    pub fn formulas_mut(&mut self) -> impl Iterator<Item = &mut Formula> {
        std::iter::once(&mut self.formula).chain(self.earlier.as_mut().map(|earlier| &mut earlier.formula))
    }

    /// What holds on a day, if anything does.
    pub fn on(&self, day: i16) -> Option<&Formula> {
        match &self.earlier {
            Some(earlier) if day <= earlier.until => Some(&earlier.formula),
            Some(earlier) if day < earlier.then => None,
            _ => Some(&self.formula),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    Measure(usize),
    Stock(Reading, usize),
    /// Who reaches a step of the funnel.
    Reached(usize),
    /// The share of entrants with a row of a measure afterwards.
    Retained(usize, After),
    /// A measure of the entrants, by how many they are.
    PerEntrant(usize, After),
    /// An earlier KPI.
    Kpi(usize),
    Plus(Box<Formula>, Box<Formula>),
    Minus(Box<Formula>, Box<Formula>),
    Times(Box<Formula>, i8),
    Over(Box<Formula>, Box<Formula>),
    Where(Box<Formula>, Condition),
    /// Of these dimensions; of none: of all.
    Total(Box<Formula>, Vec<Dimension>),
    /// `case when a < b then x else y end`
    IfLess(Box<[Formula; 4]>),
    /// A number of each member, and an aggregate of them.
    Per(Box<Formula>, PerMember),
    Previous(Box<Formula>, Offset),
    Window(Box<Formula>, Window),
    /// Of so long a time.
    Trend(Box<Formula>, Trend, Duration),
    /// Where the member stands among those of its slicing.
    Place(Box<Formula>, Place),
    /// How closely two numbers of the members go together.
    Corr(Box<[Formula; 2]>, PerMember),
}

/// How far `previous` goes back; by no duration: a period of the grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    pub by: Option<Duration>,
    /// Never cut to the part that has elapsed.
    pub whole: bool,
}

/// Members of these dimensions that have more than so many of the number, or all, and
/// what is made of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct PerMember {
    pub dimensions: Vec<Dimension>,
    pub having_more_than: Option<i8>,
    pub of_them: OfMembers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfMembers {
    /// How many members there are.
    Count,
    Sum,
    Avg,
    Min,
    Max,
    Median,
    Stddev,
    /// Over the members, which are numbers.
    Slope,
}

impl PerMember {
    fn text(&self, number: &Formula) -> String {
        let names: Vec<&str> = self.dimensions.iter().map(|d| d.name()).collect();
        let per = format!("per {}", names.join(", "));
        let number = number.text();
        let having = self.having_more_than.map(|n| format!(" having {number} > {n}")).unwrap_or_default();
        match self.of_them {
            // It takes no number but that of its condition.
            OfMembers::Count => {
                format!("count({per} having {number} > {})", self.having_more_than.unwrap_or(-100))
            }
            OfMembers::Sum => format!("sum({number} {per}{having})"),
            OfMembers::Avg => format!("avg({number} {per}{having})"),
            OfMembers::Min => format!("min({number} {per}{having})"),
            OfMembers::Max => format!("max({number} {per}{having})"),
            OfMembers::Median => format!("median({number} {per}{having})"),
            OfMembers::Stddev => format!("stddev({number} {per}{having})"),
            OfMembers::Slope => format!("slope({number} {per}{having})"),
        }
    }

    fn corr_text(&self, [a, b]: &[Formula; 2]) -> String {
        let names: Vec<&str> = self.dimensions.iter().map(|d| d.name()).collect();
        let (a, b) = (a.text(), b.text());
        let having = self.having_more_than.map(|n| format!(" having {a} > {n}")).unwrap_or_default();
        format!("corr({a}, {b} per {}{having})", names.join(", "))
    }
}

/// At which instants of a period a stock is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    AtStart,
    AtEnd,
    /// At the end of each day.
    Average,
}

/// A stretch of time other than the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    Rolling(Duration),
    ToDate(Grain),
    Cumulative,
    /// All up to the period's end, each row worth half as much after every such time.
    Decayed(Duration),
}

impl Formula {
    pub fn text(&self) -> String {
        match self {
            Formula::Measure(m) => format!("m{m}"),
            Formula::Kpi(k) => format!("k{k}"),
            Formula::Reached(step) => format!("journey.s{step}"),
            Formula::Retained(m, after) => format!("retained(entered, m{m}, {})", after.text()),
            Formula::PerEntrant(m, after) => format!("per_entrant(entered, m{m}, {})", after.text()),
            Formula::Stock(Reading::AtStart, b) => format!("at_start(b{b})"),
            Formula::Stock(Reading::AtEnd, b) => format!("at_end(b{b})"),
            Formula::Stock(Reading::Average, b) => format!("average(b{b})"),
            Formula::Plus(a, b) => format!("({} + {})", a.text(), b.text()),
            Formula::Minus(a, b) => format!("({} - {})", a.text(), b.text()),
            Formula::Times(a, n) => format!("({} * {n})", a.text()),
            Formula::Over(a, b) => format!("({} / {})", a.text(), b.text()),
            Formula::Where(a, p) => format!("({} where {})", a.text(), p.text(false)),
            Formula::Total(a, dimensions) => {
                let names: Vec<String> = dimensions.iter().map(|d| format!(", {}", d.name())).collect();
                format!("total({}{})", a.text(), names.concat())
            }
            Formula::IfLess(parts) => {
                let [a, b, x, y] = &**parts;
                format!("case when {} < {} then {} else {} end", a.text(), b.text(), x.text(), y.text())
            }
            Formula::Per(a, per) => per.text(a),
            Formula::Previous(a, offset) => {
                let by = offset.by.map(|by| format!(", {}", by.text())).unwrap_or_default();
                format!("previous({}{by}{})", a.text(), if offset.whole { ", whole" } else { "" })
            }
            Formula::Window(a, Window::Rolling(by)) => format!("rolling({}, {})", a.text(), by.text()),
            Formula::Window(a, Window::ToDate(grain)) => format!("to_date({}, {})", a.text(), grain.word()),
            Formula::Window(a, Window::Cumulative) => format!("cumulative({})", a.text()),
            Formula::Window(a, Window::Decayed(by)) => format!("decayed({}, {})", a.text(), by.text()),
            Formula::Trend(a, trend, over) => format!("{}({}, {})", trend.word(), a.text(), over.text()),
            Formula::Place(a, place) => format!("{}({})", place.word(), a.text()),
            Formula::Corr(both, per) => per.corr_text(both),
        }
    }

    /// What stands directly beneath it in its own text.
    pub fn parts(&self) -> Vec<&Formula> {
        match self {
            Formula::Measure(_)
            | Formula::Stock(..)
            | Formula::Reached(_)
            | Formula::Retained(..)
            | Formula::PerEntrant(..)
            | Formula::Kpi(_) => Vec::new(),
            Formula::Plus(a, b) | Formula::Minus(a, b) | Formula::Over(a, b) => vec![a, b],
            Formula::Times(a, _)
            | Formula::Where(a, _)
            | Formula::Total(a, _)
            | Formula::Per(a, _)
            | Formula::Previous(a, _)
            | Formula::Window(a, _)
            | Formula::Place(a, _)
            | Formula::Trend(a, ..) => vec![a],
            Formula::Corr(both, _) => both.iter().collect(),
            Formula::IfLess(parts) => parts.iter().collect(),
        }
    }

    pub fn parts_mut(&mut self) -> Vec<&mut Formula> {
        match self {
            Formula::Measure(_)
            | Formula::Stock(..)
            | Formula::Reached(_)
            | Formula::Retained(..)
            | Formula::PerEntrant(..)
            | Formula::Kpi(_) => Vec::new(),
            Formula::Plus(a, b) | Formula::Minus(a, b) | Formula::Over(a, b) => vec![a, b],
            Formula::Times(a, _)
            | Formula::Where(a, _)
            | Formula::Total(a, _)
            | Formula::Per(a, _)
            | Formula::Previous(a, _)
            | Formula::Window(a, _)
            | Formula::Place(a, _)
            | Formula::Trend(a, ..) => vec![a],
            Formula::Corr(both, _) => both.iter_mut().collect(),
            Formula::IfLess(parts) => parts.iter_mut().collect(),
        }
    }

    /// Whether it or anything beneath it, KPIs included, is such.
    pub fn any(&self, kpis: &[Kpi], is: &dyn Fn(&Formula) -> bool) -> bool {
        let named = match self {
            Formula::Kpi(k) => kpis[*k].formulas().any(|formula| formula.any(kpis, is)),
            _ => false,
        };
        is(self) || named || self.parts().iter().any(|part| part.any(kpis, is))
    }
}
