//! KPIs by what they are for: by objective, by stage of the journey, by owner.

use clap::ValueEnum;
use indexmap::IndexMap;
use kpic::resolve::resolved::{Kpi, Resolved};

use super::output;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Objective,
    Stage,
    Owner,
}

impl By {
    pub fn word(self) -> &'static str {
        match self {
            By::Objective => "objective",
            By::Stage => "stage",
            By::Owner => "owner",
        }
    }
}

/// KPIs of one objective, stage or owner.
#[derive(Debug)]
pub struct Group<'a> {
    /// None: those of none.
    pub name: Option<String>,
    pub kpis: Vec<&'a Kpi>,
}

/// The groups in the order that the definitions have, then the KPIs of none. A KPI of two
/// objectives is in both; a stage is a KPI's own, else that of its objectives.
pub fn groups(resolved: &Resolved, by: By) -> Vec<Group<'_>> {
    let objectives = resolved.objectives_by_kpi();
    let mut groups: IndexMap<Option<String>, Vec<&Kpi>> = IndexMap::new();
    let declared: Vec<&String> = match by {
        By::Objective => resolved.objectives.keys().collect(),
        By::Stage => resolved.settings.stages.iter().collect(),
        By::Owner => Vec::new(),
    };
    groups.extend(declared.into_iter().map(|name| (Some(name.clone()), Vec::new())));
    let mut of_none = Vec::new();
    for kpi in resolved.kpis.values() {
        let own = objectives.get(kpi.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<String> = match by {
            By::Objective => own.iter().map(|id| (*id).to_string()).collect(),
            By::Stage => {
                resolved.stages_of(kpi, &objectives).iter().map(|stage| (*stage).to_string()).collect()
            }
            By::Owner => kpi.owner().map(output::line).into_iter().collect(),
        };
        if names.is_empty() {
            of_none.push(kpi);
        }
        for name in names {
            groups.entry(Some(name)).or_default().push(kpi);
        }
    }
    let mut groups: Vec<Group<'_>> = groups.into_iter().map(|(name, kpis)| Group { name, kpis }).collect();
    if !of_none.is_empty() {
        groups.push(Group { name: None, kpis: of_none });
    }
    groups
}
