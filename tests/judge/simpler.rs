//! Simpler worlds: what differs in a large one mostly differs in a tiny one, which can
//! be read.
//!
//! A world that fails is replaced by the first simpler one that fails, too, until none
//! does.

use super::as_of::Pick;
use super::dimension::Condition;
use super::fiscal::FiscalYear;
use super::formula::{Earlier, Formula, Kpi, OfMembers, PerMember};
use super::strategies::repaired;
use super::targets::Goals;
use super::world::{Details, Snapshots, World};

/// The simplest world on this way that still fails.
pub fn simplest(world: World, fails: impl Fn(&World) -> bool) -> World {
    let mut world = world;
    while let Some(simpler) = simpler(&world).into_iter().find(&fails) {
        world = simpler;
    }
    world
}

/// Worlds with a little less, the least first.
pub fn simpler(world: &World) -> Vec<World> {
    let mut found = Vec::new();
    let mut with = |change: &dyn Fn(&mut World)| {
        let mut simpler = world.clone();
        change(&mut simpler);
        let simpler = repaired(simpler);
        if simpler != *world {
            found.push(simpler);
        }
    };
    for kept in less(&world.request.kpis).into_iter().filter(|kept| !kept.is_empty()) {
        with(&|w| w.request.kpis = kept.clone());
    }
    for kept in less(&world.request.by) {
        with(&|w| w.request.by = kept.clone());
    }
    for kept in less(&world.request.segments).into_iter().filter(|kept| !kept.is_empty()) {
        with(&|w| w.request.segments = kept.clone());
    }
    for kept in less(&world.sales) {
        with(&|w| w.sales = kept.clone());
    }
    for kept in less(&world.visits) {
        with(&|w| w.visits = kept.clone());
    }
    for kept in less(&world.contracts) {
        with(&|w| w.contracts = kept.clone());
    }
    for kept in less(&world.levels) {
        with(&|w| w.levels = kept.clone());
    }
    for kept in less(&world.staff) {
        with(&|w| w.staff = kept.clone());
    }
    for kept in less(&world.tiers) {
        with(&|w| w.tiers = kept.clone());
    }
    for kept in less(&world.joins) {
        with(&|w| w.joins = kept.clone());
    }
    for join in 0..world.joins.len() {
        with(&|w| w.joins[join].filter = None);
        with(&|w| w.joins[join].within = None);
        with(&|w| w.joins[join].pick = Pick::First);
    }
    with(&|w| w.tiers_by_day = true);
    with(&|w| w.snapshots = Snapshots::Plain);
    with(&|w| w.contracts_by_day = true);
    with(&|w| w.fiscal_year = FiscalYear::Months(1));
    with(&|w| w.customers.clear());
    with(&|w| w.kept = None);
    with(&|w| w.since = None);
    with(&|w| w.request.segments = vec![None]);
    with(&|w| w.request.filter = None);
    with(&|w| w.request.as_of = None);
    with(&|w| w.request.ordered = false);
    with(&|w| w.request.total = false);
    with(&|w| w.zone = "UTC");
    with(&|w| w.week_start = 1);
    for (k, kpi) in world.kpis.iter().enumerate() {
        with(&|w| w.kpis[k].settled = None);
        with(&|w| w.kpis[k].is_better_lower = false);
        with(&|w| w.kpis[k].earlier = None);
        if let Some(goals) = &kpi.goals {
            for kept in less(&goals.targets).into_iter().filter(|kept| !kept.is_empty()) {
                with(&|w| w.kpis[k].goals = Some(Goals { targets: kept.clone(), ..goals.clone() }));
            }
            with(&|w| w.kpis[k].goals = Some(Goals { status: None, ..goals.clone() }));
            continue;
        }
        for formula in formulas(&kpi.formula) {
            with(&|w| w.kpis[k].formula = formula.clone());
        }
        if let Some(earlier) = &kpi.earlier {
            with(&|w| w.kpis[k] = Kpi::new(earlier.formula.clone()));
            for formula in formulas(&earlier.formula) {
                let simpler = Earlier { formula, ..earlier.clone() };
                with(&|w| w.kpis[k].earlier = Some(simpler.clone()));
            }
        }
    }
    for (r, rule) in world.bands.rules.iter().enumerate() {
        for number in formulas(&rule.number) {
            with(&|w| w.bands.rules[r].number = number.clone());
        }
    }
    for kept in less(&world.bands.rules) {
        with(&|w| w.bands.rules = kept.clone());
    }
    with(&|w| w.bands.has_else = true);
    for (m, measure) in world.measures.iter().enumerate() {
        with(&|w| w.measures[m].filter = None);
        for filter in measure.filter.iter().flat_map(conditions) {
            with(&|w| w.measures[m].filter = Some(filter.clone()));
        }
    }
    for (b, stock) in world.stocks.iter().enumerate() {
        with(&|w| w.stocks[b].filter = None);
        for filter in stock.filter.iter().flat_map(conditions) {
            with(&|w| w.stocks[b].filter = Some(filter.clone()));
        }
    }
    with(&|w| w.funnel.first.filter = None);
    for step in 0..world.funnel.later.len() {
        with(&|w| w.funnel.later[step].filter = None);
    }
    for by in 0..world.request.by.len() {
        for kept in less(&world.request.by[by]).into_iter().filter(|kept| !kept.is_empty()) {
            with(&|w| w.request.by[by] = kept.clone());
        }
    }
    for row in 0..world.clone().details_mut().len() {
        with(&|w| *w.details_mut()[row] = Details::default());
        with(&|w| w.details_mut()[row].channel = None);
        with(&|w| w.details_mut()[row].device = None);
        with(&|w| w.details_mut()[row].customer = None);
        with(&|w| w.details_mut()[row].amount = None);
        with(&|w| w.details_mut()[row].items = None);
    }
    for row in 0..world.sales.len() {
        with(&|w| w.sales[row].shipped = None);
        with(&|w| w.sales[row].at.minute = 0);
    }
    for row in 0..world.contracts.len() {
        with(&|w| w.contracts[row].ended = None);
    }
    found
}

/// Parts of a list: halves, then all but one.
fn less<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let mut found = Vec::new();
    if list.len() > 3 {
        let (a, b) = list.split_at(list.len() / 2);
        found.extend([a.to_vec(), b.to_vec()]);
    }
    for i in 0..list.len() {
        found.push([&list[..i], &list[i + 1..]].concat());
    }
    found
}

/// Formulas with one operator less.
fn formulas(formula: &Formula) -> Vec<Formula> {
    let mut found: Vec<Formula> = formula.parts().into_iter().cloned().collect();
    if let Formula::Per(a, per) = formula {
        let every = PerMember { having_more_than: None, ..per.clone() };
        let sum = PerMember { of_them: OfMembers::Sum, ..every.clone() };
        found.extend(
            [every, sum].into_iter().filter(|simpler| simpler != per).map(|p| Formula::Per(a.clone(), p)),
        );
    }
    for i in 0..formula.parts().len() {
        for part in formulas(formula.parts()[i]) {
            let mut simpler = formula.clone();
            *simpler.parts_mut()[i] = part;
            found.push(simpler);
        }
    }
    found
}

fn conditions(condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::Not(a) => vec![(**a).clone()],
        Condition::And(a, b) | Condition::Or(a, b) => vec![(**a).clone(), (**b).clone()],
        _ => Vec::new(),
    }
}
