//! Objectives and dashboards with their properties, events, assertions.

use super::{Builder, Pair, child, needed};
use crate::syntax::ast::{Dashboard, Event, Objective};
use crate::syntax::dsl::grammar::Rule;

impl Builder<'_> {
    /// Puts a property into the objective; false if it was reported instead.
    pub fn objective_property(&mut self, pair: &Pair<'_>, objective: &mut Objective) -> bool {
        self.was_broken();
        match pair.as_rule() {
            Rule::headline => {
                let kpi = self.only_name(pair);
                let headline = self.property(pair, kpi);
                self.once("`headline`", &mut objective.headline, headline)
            }
            Rule::kpis => {
                let names = self.names(pair);
                let kpis = self.property(pair, names);
                self.once("`kpis`", &mut objective.kpis, kpis)
            }
            Rule::baseline => {
                let value = self.literal(&needed(pair, Rule::literal));
                let baseline = self.property(pair, value);
                self.once("`baseline`", &mut objective.baseline, baseline)
            }
            Rule::goal => {
                let value = self.literal(&needed(pair, Rule::literal));
                let target = self.property(pair, value);
                self.once("`target`", &mut objective.target, target)
            }
            Rule::deadline => {
                let period = self.period(pair);
                let deadline = self.property(pair, period);
                self.once("`deadline`", &mut objective.deadline, deadline)
            }
            Rule::rationale => {
                let text = self.text(&needed(pair, Rule::label));
                let rationale = self.property(pair, text);
                self.once("`rationale`", &mut objective.rationale, rationale)
            }
            Rule::owner => {
                let text = self.text(&needed(pair, Rule::label));
                let owner = self.property(pair, text);
                self.once("`owner`", &mut objective.owner, owner)
            }
            Rule::stage => {
                let name = self.only_name(pair);
                let stage = self.property(pair, name);
                self.once("`stage`", &mut objective.stage, stage)
            }
            Rule::parent => {
                let name = self.only_name(pair);
                let parent = self.property(pair, name);
                self.once("`parent`", &mut objective.parent, parent)
            }
            rule => unreachable!("{rule:?} is no property of an objective"),
        }
    }

    /// Puts a property into the dashboard; false if it was reported instead.
    pub fn dashboard_property(&mut self, pair: &Pair<'_>, dashboard: &mut Dashboard) -> bool {
        self.was_broken();
        match pair.as_rule() {
            Rule::headline => {
                let kpi = self.only_name(pair);
                let headline = self.property(pair, kpi);
                self.once("`headline`", &mut dashboard.headline, headline)
            }
            Rule::kpis => {
                let names = self.names(pair);
                let kpis = self.property(pair, names);
                self.once("`kpis`", &mut dashboard.kpis, kpis)
            }
            Rule::by => {
                let paths = self.paths(pair);
                let by = self.property(pair, paths);
                self.once("`by`", &mut dashboard.by, by)
            }
            Rule::grain => {
                let grains = self.grains(pair);
                let grains = self.property(pair, grains);
                self.once("`grain`", &mut dashboard.grain, grains)
            }
            Rule::owner => {
                let text = self.text(&needed(pair, Rule::label));
                let owner = self.property(pair, text);
                self.once("`owner`", &mut dashboard.owner, owner)
            }
            rule => unreachable!("{rule:?} is no property of a dashboard"),
        }
    }

    pub fn event(&mut self, pair: &Pair<'_>) -> Event {
        Event {
            header: self.header(pair),
            from: self.period(&needed(pair, Rule::from)),
            until: child(pair, Rule::until).map(|until| self.period(&until)),
            filter: self.filter_in(pair),
        }
    }
}
