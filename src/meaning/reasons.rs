//! Why a number is another one, and what a change reaches.

use std::collections::{HashMap, HashSet, VecDeque};

use super::change::Reached;
use super::definitions::{Definition, Definitions};
use super::name::{Kind, Name};
use super::project::Side;
use super::reads::reads;

/// Steps of a reason that are told.
const MOST: usize = 12;

/// Which changed definition reads which.
#[derive(Debug, Default)]
pub struct Reasons {
    /// What changed of what each reads, nearest first.
    reads: HashMap<Name, Vec<Name>>,
    readers: HashMap<Name, Vec<Name>>,
}

impl Reasons {
    /// `changed` gives other numbers, or is gone; `touched` is every definition that may be so for
    /// the sake of others; `lost` has the slices that KPIs lost. Of the goals in `aims` an attainment
    /// is another one.
    pub fn new(
        sides: [(Side<'_>, &Definitions<'_>); 2],
        changed: &HashSet<Name>,
        touched: &[Name],
        lost: &HashMap<Name, Vec<String>>,
        aims: &HashSet<Name>,
    ) -> Reasons {
        let mut reasons = Reasons::default();
        for name in touched {
            let (mut found, mut aimed): (Vec<Name>, Vec<Name>) = (Vec::new(), Vec::new());
            // As it is now, then what it read before: that may be gone.
            for (side, all) in sides.iter().rev() {
                let definition: Option<&Definition<'_>> = all.get(name);
                let named = definition.map(|definition| reads(*side, name, definition)).unwrap_or_default();
                for read in named {
                    if read == *name || found.contains(&read) || aimed.contains(&read) {
                        continue;
                    }
                    if changed.contains(&read) {
                        found.push(read);
                    } else if aims.contains(&read) {
                        aimed.push(read);
                    }
                }
            }
            let slices = lost.get(name).into_iter().flatten();
            found.extend(slices.flat_map(|slice| gone(slice, sides[0].0)).filter(|n| changed.contains(n)));
            if found.is_empty() {
                found = aimed;
            }
            for read in &found {
                reasons.readers.entry(read.clone()).or_default().push(name.clone());
            }
            reasons.reads.insert(name.clone(), found);
        }
        reasons
    }

    /// From a definition down to one that is written anew.
    pub fn since(&self, name: &Name, is_own: impl Fn(&Name) -> bool) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        let mut at = name;
        while let Some(next) = self
            .reads
            .get(at)
            .and_then(|reads| reads.iter().find(|read| !found.contains(read) && *read != name))
        {
            found.push(next.clone());
            if is_own(next) || found.len() == MOST {
                break;
            }
            at = next;
        }
        found
    }

    /// What changed because of a definition, and what shows it.
    pub fn reached(&self, name: &Name, sides: [Side<'_>; 2]) -> Reached {
        let mut seen: HashSet<&Name> = HashSet::from([name]);
        let mut waiting: VecDeque<&Name> = VecDeque::from([name]);
        let mut found = Reached::default();
        while let Some(at) = waiting.pop_front() {
            for reader in self.readers.get(at).into_iter().flatten() {
                if seen.insert(reader) {
                    waiting.push_back(reader);
                    match reader.kind {
                        Kind::Kpi => found.kpis.push(reader.id.clone()),
                        Kind::Assertion => found.assertions.push(reader.id.clone()),
                        _ => {}
                    }
                }
            }
        }
        found.kpis.sort();
        found.assertions.sort();
        let own = Some(&name.id).filter(|_| name.kind == Kind::Kpi);
        let kpis: HashSet<&String> = found.kpis.iter().chain(own).collect();
        let (dashboards, objectives) = shown(&kpis, sides);
        Reached { dashboards, objectives, ..found }
    }
}

/// The sources that a dimension was declared on.
fn gone(dimension: &str, before: Side<'_>) -> Vec<Name> {
    let sources = before.resolved.sources.values().filter(|s| s.dimensions.contains_key(dimension));
    sources.map(|source| Name::of(Kind::Dimension, dimension, &source.name)).collect()
}

/// The dashboards and objectives that have one of these KPIs, now or before.
fn shown(kpis: &HashSet<&String>, sides: [Side<'_>; 2]) -> (Vec<String>, Vec<String>) {
    let (mut dashboards, mut objectives) = (Vec::new(), Vec::new());
    for side in sides {
        let resolved = side.resolved;
        for dashboard in resolved.dashboards.values() {
            if dashboard.kpis.iter().any(|id| kpis.contains(id)) && !dashboards.contains(&dashboard.id) {
                dashboards.push(dashboard.id.clone());
            }
        }
        for objective in resolved.objectives.values() {
            if objective.kpis.iter().any(|id| kpis.contains(id)) && !objectives.contains(&objective.id) {
                objectives.push(objective.id.clone());
            }
        }
    }
    (dashboards, objectives)
}
