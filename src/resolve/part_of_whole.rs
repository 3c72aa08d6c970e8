//! Percentages that are 100 % at least, whatever the data: the whole over its part.
//!
//! Visitors divided by those of them who are prospects is the conversion rate upside down.

use super::numbers::Numbers;
use super::resolved::{Aggregate, Kpi, Measure, Number, NumberLeaf, Predicate, Row, UnitName, Window};
use super::scalar::{Scalar, ScalarKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{KpiProperty, Property};

/// The finding about a percentage whose numerator counts all that its denominator counts.
pub fn upside_down(kpi: &Kpi, numbers: &Numbers<'_>) -> Option<Diagnostic> {
    let ScalarKind::Divide(whole, part) = &kpi.value.kind else { return None };
    if kpi.unit != Some(UnitName::Percent) {
        return None;
    }
    let (whole, part) = (counted(whole, numbers)?, counted(part, numbers)?);
    if !whole.holds(&part) {
        return None;
    }
    let (more, less) = (&whole.measure.id, &part.measure.id);
    let finding =
        Diagnostic::warning(Code::AboveHundred, kpi.value.span, format!("`{}` is never below 100 %", kpi.id));
    let finding = match &whole.measure.aggregate {
        Aggregate::Sum(_) => finding.because(format!(
            "`{more}` adds up every row that `{less}` adds up, so it is as large at least where no amount is negative"
        )),
        _ => finding.because(format!("`{more}` counts everything that `{less}` counts")),
    };
    Some(finding.help("divide the part by the whole; if a ratio above 1 is meant, write `unit ratio`"))
}

/// A measure with the conditions that it is read under.
struct Counted<'n> {
    measure: &'n Measure,
    window: Option<Window>,
    restricted: Vec<&'n Predicate>,
}

/// `None`: no plain reading of one measure.
fn counted<'n>(number: &'n Number, numbers: &'n Numbers<'_>) -> Option<Counted<'n>> {
    let ScalarKind::Leaf(leaf) = &number.kind else { return None };
    let measure = |id: &str| {
        let known = numbers.measures.get(id)?.as_ref()?;
        Some(Counted { measure: &known.measure, window: None, restricted: Vec::new() })
    };
    match leaf {
        NumberLeaf::Measure(id) => measure(id),
        NumberLeaf::Kpi(id) => {
            let waits = |p: &Property<KpiProperty>| matches!(p.value, KpiProperty::Settled(_));
            let def = numbers.model.kpis.get(id.as_str())?;
            let beneath = numbers.kpis.get(id.as_str())?.as_ref()?;
            // One that waits leaves rows out.
            (!def.properties.iter().any(waits)).then(|| measure(beneath.measure.as_deref()?)).flatten()
        }
        NumberLeaf::Restrict(value, predicate) => {
            let mut found = counted(value, numbers)?;
            found.restricted.extend(conjuncts(predicate));
            Some(found)
        }
        NumberLeaf::Window(value, window) => {
            let found = counted(value, numbers)?;
            found.window.is_none().then_some(Counted { window: Some(*window), ..found })
        }
        NumberLeaf::Total(..)
        | NumberLeaf::Previous(..)
        | NumberLeaf::Stock(..)
        | NumberLeaf::TimeShare(_)
        | NumberLeaf::PerMember(_)
        | NumberLeaf::Versions(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::OverPeriods(_)
        | NumberLeaf::Rank(..)
        | NumberLeaf::Attainment(_) => None,
    }
}

impl Counted<'_> {
    /// Whether every row of another one counts here as well, and the other one has fewer
    /// for all that is known.
    fn holds(&self, part: &Counted<'_>) -> bool {
        let (whole, other) = (self.measure, part.measure);
        let same_rows =
            whole.source == other.source && whole.axis == other.axis && self.window == part.window;
        if !same_rows || !self.is_wider(part) {
            return false;
        }
        match (&whole.aggregate, &other.aggregate) {
            (Aggregate::Count, Aggregate::Count) => self.conditions() < part.conditions(),
            (Aggregate::CountDistinct(a), Aggregate::CountDistinct(b)) => {
                a == b && self.conditions() < part.conditions()
            }
            (Aggregate::Sum(a), Aggregate::Sum(b)) => a == b && self.conditions() < part.conditions(),
            // Things are no more than their rows.
            (Aggregate::Count, Aggregate::CountDistinct(_)) => true,
            _ => false,
        }
    }

    /// Whether each of its conditions is one of the other's.
    fn is_wider(&self, part: &Counted<'_>) -> bool {
        let theirs = filters(part.measure);
        filters(self.measure).iter().all(|own| theirs.contains(own))
            && self.restricted.iter().all(|own| part.restricted.contains(own))
    }

    fn conditions(&self) -> usize {
        filters(self.measure).len() + self.restricted.len()
    }
}

fn filters(measure: &Measure) -> Vec<&Row> {
    measure.filter.iter().flat_map(conjuncts).collect()
}

fn conjuncts<L>(condition: &Scalar<L>) -> Vec<&Scalar<L>> {
    match &condition.kind {
        ScalarKind::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![condition],
    }
}
