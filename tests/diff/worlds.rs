//! Projects at random: another way to write one is cosmetic, and an edit by which the naive judge
//! gets other numbers never is.

use kpic::meaning::Class;
use kpic::source::{FileId, Span};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::judge::world::World;
use crate::judge::{compiler, evaluate, simpler, strategies};
use crate::project::{Project, compared, errors};
use crate::rewritten::{Dice, differences};

/// Worlds that are looked at, unless `PROPTEST_CASES` says more.
const WORLDS: u32 = 40;
/// Edits of a world.
const EDITS: usize = 12;

fn worlds() -> Vec<World> {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(6) };
    let mut runner = TestRunner::new(Config { rng_seed, ..Config::default() });
    let world = |_| strategies::world().new_tree(&mut runner).expect("worlds can be made").current();
    (0..asked.unwrap_or(WORLDS)).map(world).collect()
}

fn project(world: &World) -> Project {
    let settings = compiler::settings(world, Span::new(FileId(0), 0, 0));
    Project { settings, ..Project::of([("world.kpi".to_string(), world.definitions())]) }
}

#[test]
fn another_way_to_write_a_world_is_cosmetic() {
    for (seed, world) in worlds().iter().enumerate() {
        let project = project(world);
        if !errors(&project).is_empty() {
            continue;
        }
        let found = differences(&world.definitions(), &project, &mut Dice::new(seed));
        assert!(found.is_empty(), "{}\n{world:?}", found.join("\n"));
    }
}

/// Worlds with the same data and request whose definitions or settings are others: with a little
/// less, and with a part of another world.
fn edits(world: &World, other: &World) -> Vec<World> {
    let mut found = simpler::simpler(world);
    let mut with = |change: &dyn Fn(&mut World)| {
        let mut edited = world.clone();
        change(&mut edited);
        found.push(strategies::repaired(edited));
    };
    with(&|w| w.zone = other.zone);
    with(&|w| w.week_start = other.week_start);
    with(&|w| w.fiscal_year = other.fiscal_year);
    with(&|w| w.kept.clone_from(&other.kept));
    with(&|w| w.since = other.since);
    with(&|w| w.segments.clone_from(&other.segments));
    with(&|w| w.funnel.clone_from(&other.funnel));
    with(&|w| w.cohort.clone_from(&other.cohort));
    with(&|w| w.joins.clone_from(&other.joins));
    with(&|w| w.bands.clone_from(&other.bands));
    for at in 0..world.measures.len().min(other.measures.len()) {
        with(&|w| w.measures[at].filter.clone_from(&other.measures[at].filter));
    }
    for at in 0..world.kpis.len().min(other.kpis.len()) {
        with(&|w| w.kpis[at].settled = other.kpis[at].settled);
        with(&|w| w.kpis[at].is_better_lower = !w.kpis[at].is_better_lower);
    }
    let text = |world: &World| {
        (world.definitions(), format!("{:?}", compiler::settings(world, Span::new(FileId(0), 0, 0))))
    };
    let (tables, own) = (world.tables(), text(world));
    found
        .retain(|edited| edited.request == world.request && edited.tables() == tables && text(edited) != own);
    found
}

#[test]
fn an_edit_with_other_numbers_is_never_cosmetic() {
    let worlds = worlds();
    let (mut compared_ones, mut others) = (0, 0);
    for (at, world) in worlds.iter().enumerate() {
        let base = project(world);
        if !errors(&base).is_empty() {
            continue;
        }
        let edits = edits(world, &worlds[(at + 1) % worlds.len()]);
        let step = edits.len().div_ceil(EDITS).max(1);
        let answer = evaluate::evaluate(world);
        for edited in edits.iter().skip(at % step).step_by(step) {
            let project = project(edited);
            if !errors(&project).is_empty() {
                continue;
            }
            compared_ones += 1;
            let differences = answer.differences(&evaluate::evaluate(edited));
            if differences.is_empty() {
                continue;
            }
            others += 1;
            let comparison = compared(&base, &project);
            // A target is another one without a number being so.
            let told = comparison.class() >= Some(Class::Values)
                || comparison.changes.iter().any(|change| change.facets.iter().any(|facet| facet.goal));
            assert!(
                told,
                "{:?} is told, and {}\n{world:?}\nwas edited to\n{edited:?}",
                comparison.class(),
                differences[0]
            );
        }
    }
    assert!(compared_ones > 100 && others > 30, "{others} of {compared_ones} edits gave other numbers");
}
