//! Rates that are added or subtracted although they are of different things.

use std::collections::{BTreeSet, HashSet};

use super::beneath;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Kpi, Number, NumberLeaf, UnitName};
use crate::resolve::scalar::{Arithmetic, ScalarKind};

/// Differences and sums of shares with different bases: of visitors, and of leads.
///
/// Amounts per head are left alone, and so are a number's growth and its share of a total,
/// whose bases are the number itself.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    for kpi in resolved.kpis.values() {
        if matches!(kpi.unit, Some(UnitName::Percent | UnitName::Ratio)) {
            look(&kpi.value, kpi, resolved, sink);
        }
    }
}

fn look(number: &Number, kpi: &Kpi, resolved: &Resolved, sink: &mut Sink) {
    if let ScalarKind::Arithmetic(op @ (Arithmetic::Add | Arithmetic::Subtract), left, right) = &number.kind
        && let (Some(a), Some(b)) = (base(left, resolved), base(right, resolved))
        && a != b
    {
        let does = if *op == Arithmetic::Add { "adds up" } else { "subtracts" };
        let shown =
            |base: &BTreeSet<&str>| base.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ");
        sink.push(
            Diagnostic::warning(
                Code::MixedBases,
                number.span,
                format!("`{}` {does} rates of different bases: {} and {}", kpi.id, shown(&a), shown(&b)),
            )
            .because("a point of the one is not as much as a point of the other")
            .help("bring both to one base, or keep them as two KPIs beside each other"),
        );
    }
    number.children().into_iter().for_each(|child| look(child, kpi, resolved, sink));
}

/// What a rate is a rate of: the measures beneath its denominator.
fn base<'r>(number: &'r Number, resolved: &'r Resolved) -> Option<BTreeSet<&'r str>> {
    let mut number = number;
    loop {
        number = match &number.kind {
            ScalarKind::Divide(part, whole) => {
                let (parts, base) = (measures(part, resolved), measures(whole, resolved));
                return (!base.is_empty() && parts != base).then_some(base);
            }
            ScalarKind::Negate(value) => value,
            ScalarKind::Leaf(NumberLeaf::Kpi(id)) => &resolved.kpis.get(id)?.value,
            ScalarKind::Leaf(
                NumberLeaf::Restrict(value, _)
                | NumberLeaf::Total(value, _)
                | NumberLeaf::Previous(value, _)
                | NumberLeaf::Window(value, _),
            ) => value,
            _ => return None,
        };
    }
}

/// The measures, stocks and tools beneath a number, whatever restricts them.
fn measures<'r>(number: &'r Number, resolved: &'r Resolved) -> BTreeSet<&'r str> {
    let (mut found, mut seen, mut open) = (BTreeSet::new(), HashSet::new(), vec![number]);
    while let Some(number) = open.pop() {
        for leaf in beneath::leaves(number) {
            match leaf {
                NumberLeaf::Measure(id) | NumberLeaf::Stock(id, _) => found.insert(id.as_str()),
                NumberLeaf::Entrants(entrants) => found.insert(&entrants.cohort),
                NumberLeaf::Step(funnel, _) | NumberLeaf::EachStep(funnel, _) => found.insert(funnel),
                NumberLeaf::Kpi(id) => {
                    let new = resolved.kpis.get(id).filter(|_| seen.insert(id));
                    open.extend(new.map(|kpi| &kpi.value));
                    false
                }
                _ => false,
            };
        }
    }
    found
}
