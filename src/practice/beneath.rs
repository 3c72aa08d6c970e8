//! What stands beneath a number, without a walk that is as deep as KPIs are long.

use crate::resolve::Resolved;
use crate::resolve::order;
use crate::resolve::resolved::{Kpi, Number, NumberLeaf};

/// The numbers that a leaf is made of; a KPI's own aside.
pub fn inner(leaf: &NumberLeaf) -> Vec<&Number> {
    match leaf {
        NumberLeaf::Restrict(value, _)
        | NumberLeaf::Total(value, _)
        | NumberLeaf::Previous(value, _)
        | NumberLeaf::Window(value, _)
        | NumberLeaf::Rank(value, _) => vec![value],
        NumberLeaf::OverPeriods(over) => vec![&over.value],
        NumberLeaf::PerMember(per) => per.values.iter().chain(&per.having).chain(&per.members_of).collect(),
        NumberLeaf::Versions(versions) => versions.iter().map(|version| &version.value).collect(),
        NumberLeaf::Measure(_)
        | NumberLeaf::Kpi(_)
        | NumberLeaf::Stock(..)
        | NumberLeaf::TimeShare(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::Attainment(_) => Vec::new(),
    }
}

/// Every leaf beneath a number, those of other KPIs aside.
pub fn leaves(number: &Number) -> Vec<&NumberLeaf> {
    let (mut found, mut open) = (Vec::new(), vec![number]);
    while let Some(number) = open.pop() {
        number.leaves(&mut |leaf| {
            found.push(leaf);
            open.extend(inner(leaf));
        });
    }
    found
}

/// Every KPI behind those that it needs.
pub fn needed_first(resolved: &Resolved) -> Vec<&Kpi> {
    let needs = |kpi: &Kpi| {
        let kpis = leaves(&kpi.value).into_iter().filter_map(|leaf| match leaf {
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => resolved.kpis.get_index_of(id),
            _ => None,
        });
        kpis.collect::<Vec<usize>>()
    };
    let needs: Vec<Vec<usize>> = resolved.kpis.values().map(needs).collect();
    order(&needs).sorted.into_iter().map(|at| &resolved.kpis[at]).collect()
}
