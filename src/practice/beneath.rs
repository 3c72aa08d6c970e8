//! What stands beneath a number, without a walk that is as deep as KPIs are long.

use crate::resolve::Resolved;
use crate::resolve::order;
use crate::resolve::resolved::{Kpi, Number, NumberLeaf};

/// Every leaf beneath a number, those of other KPIs aside.
pub fn leaves(number: &Number) -> Vec<&NumberLeaf> {
    let (mut found, mut open) = (Vec::new(), vec![number]);
    while let Some(number) = open.pop() {
        number.leaves(&mut |leaf| {
            found.push(leaf);
            open.extend(leaf.inner());
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
