//! Random projects and requests: kpic's numbers are those of a naive judge.
//!
//! `PROPTEST_CASES=5000 scripts/test --test second_opinion` looks longer.

#![cfg(feature = "duckdb")]

mod judge;
#[path = "judge/by_hand/mod.rs"]
mod judged;

use std::panic::{AssertUnwindSafe, catch_unwind};

use duckdb::Connection;
use judge::answer::Answer;
use judge::dimension::Dimension;
use judge::formula::{Earlier, Formula, OfMembers, Window};
use judge::places::Place;
use judge::trends::Trend;
use judge::world::World;
use judge::{compiler, evaluate, strategies, verdict};
use kpic::dialect;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn kpic_and_the_judge_agree() {
    let differences = |world: &World| match ask(world) {
        Ok(found) => evaluate::evaluate(world).differences(&found),
        Err(error) => verdict::refusal(error),
    };
    verdict::agree(200, |world| or_panic(|| differences(world))).unwrap_or_else(|found| panic!("{found}"));
}

#[test]
fn every_world_compiles_to_every_dialect() {
    let refusals = |world: &World| -> Vec<String> {
        let dialects = dialect::ALL.into_iter();
        let refused = dialects.filter_map(|dialect| compiler::compile(world, dialect).err());
        refused.flat_map(verdict::refusal).collect()
    };
    verdict::agree(200, |world| or_panic(|| refusals(world))).unwrap_or_else(|found| panic!("{found}"));
}

/// A text for several days says of the world's own day what the judge says.
#[test]
fn kpic_and_the_judge_agree_on_a_day_that_is_chosen() {
    let differences = |world: &World| match compiler::compile_for_days(world, dialect::EMBEDDED) {
        Ok(None) => Vec::new(),
        Ok(Some(sql)) => match answer(world, &sql) {
            Ok(found) => evaluate::evaluate(world).differences(&found),
            Err(error) => verdict::refusal(error),
        },
        Err(error) if is_of_its_days(&error) => Vec::new(),
        Err(error) => verdict::refusal(error),
    };
    verdict::agree(150, |world| or_panic(|| differences(world))).unwrap_or_else(|found| panic!("{found}"));
}

/// Whether a text is refused for its days: each of the periods may be the open one, and twelve can
/// be; or another day would need another query.
fn is_of_its_days(error: &str) -> bool {
    ["earlier periods of", "in another way"].iter().any(|words| error.contains(words))
}

/// Refusals do not hide what is wrong: nearly every world has a text for several days.
#[test]
fn few_worlds_are_refused_for_their_days() {
    let texts: Vec<_> = some_worlds(150)
        .iter()
        .filter_map(|world| compiler::compile_for_days(world, dialect::EMBEDDED).transpose())
        .collect();
    let refused = texts.iter().filter(|text| text.as_ref().is_err_and(|error| is_of_its_days(error))).count();
    let written = texts.iter().filter(|text| text.is_ok()).count();
    assert!(written >= 40 && refused * 10 <= written, "{refused} of {}, {written} written", texts.len());
}

/// A panic is a finding like others, and its world can be made simpler.
fn or_panic(find: impl FnOnce() -> Vec<String>) -> Vec<String> {
    catch_unwind(AssertUnwindSafe(find)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        vec![said.unwrap_or_else(|| "a panic".into())]
    })
}

/// What the engine says of kpic's query.
fn ask(world: &World) -> Result<Answer, String> {
    answer(world, &compiler::compile(world, dialect::EMBEDDED)?)
}

fn answer(world: &World, sql: &str) -> Result<Answer, String> {
    let run = || -> duckdb::Result<Answer> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(&world.tables())?;
        if let Some(day) = world.request.as_of {
            db.execute_batch(&format!(
                "create table chosen as select timestamp '0001-01-01' as range_start,
                 timestamp '9999-01-01' as range_end, date '{}' as as_of",
                world.day(day)
            ))?;
        }
        let mut statement = db.prepare(&format!("select columns(*)::varchar from ({sql}\n)"))?;
        let mut rows = statement.query([])?;
        let columns = rows.as_ref().map(|s| s.column_names()).unwrap_or_default();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((0..columns.len()).map(|i| row.get(i)).collect::<duckdb::Result<Vec<_>>>()?);
        }
        Ok(compiler::read(world, &columns, &all))
    };
    run().map_err(|error| format!("the engine says {error}\n{sql}"))
}

/// Where none of the asked KPIs is defined, nothing is read.
#[test]
fn nobody_occurs_where_nothing_is_defined() {
    for mut world in some_worlds(20) {
        for kpi in &mut world.kpis {
            kpi.earlier = Some(Earlier { formula: kpi.formula.clone(), until: -2000, then: 2000 });
        }
        world.request.by = vec![vec![Dimension::Channel]];
        let found = ask(&world).expect("it runs");
        let differences = evaluate::evaluate(&world).differences(&found);
        assert!(differences.is_empty(), "{differences:?}");
    }
}

/// Always the same ones.
fn some_worlds(count: usize) -> Vec<World> {
    let mut runner = TestRunner::deterministic();
    let world = |_| strategies::world().new_tree(&mut runner).expect("worlds can be made").current();
    (0..count).map(world).collect()
}

/// A judge who is asked nothing agrees with everybody.
#[test]
fn worlds_hold_what_they_are_to_hold() {
    type Is = fn(&Formula) -> bool;
    let kinds: [(&str, Is); 17] = [
        ("previous", |f| matches!(f, Formula::Previous(..))),
        ("rolling", |f| matches!(f, Formula::Window(_, Window::Rolling(_)))),
        ("to_date", |f| matches!(f, Formula::Window(_, Window::ToDate(_)))),
        ("stocks", |f| matches!(f, Formula::Stock(..))),
        ("slope", |f| matches!(f, Formula::Trend(_, Trend::Slope, _))),
        ("zscore", |f| matches!(f, Formula::Trend(_, Trend::Zscore, _))),
        ("what is found", |f| matches!(f, Formula::Where(_, condition) if condition.reads(Dimension::Found))),
        ("tiers", |f| matches!(f, Formula::Where(_, condition) if condition.reads(Dimension::Tier))),
        ("members", |f| matches!(f, Formula::Per(..))),
        ("slopes over members", |f| matches!(f, Formula::Per(_, per) if per.of_them == OfMembers::Slope)),
        ("corr", |f| matches!(f, Formula::Corr(..))),
        ("decayed", |f| matches!(f, Formula::Window(_, Window::Decayed(_)))),
        ("rank", |f| matches!(f, Formula::Place(_, Place::Rank))),
        ("cumulative_share", |f| matches!(f, Formula::Place(_, Place::CumulativeShare))),
        ("later steps", |f| matches!(f, Formula::Reached(1..))),
        ("retained", |f| matches!(f, Formula::Retained(..))),
        ("per_entrant", |f| matches!(f, Formula::PerEntrant(..))),
    ];
    let mut found = kinds.map(|(name, _)| (name, 0));
    for mut world in some_worlds(600) {
        for ((_, is), (_, count)) in kinds.iter().zip(&mut found) {
            let asked = |kpi: &usize| world.kpis[*kpi].formula.any(&world.kpis, is);
            world.request.kpis = (0..world.kpis.len()).filter(asked).collect();
            let values = evaluate::evaluate(&world).cells.into_values().flatten().flatten();
            *count += usize::from(values.into_iter().any(|value| value != 0.0));
        }
    }
    assert!(found.iter().all(|(_, count)| *count >= 4), "{found:?}");
}

/// Targets hold somewhere, and numbers are off them.
#[test]
fn worlds_have_targets_that_hold() {
    let goals = |world: &&World| world.kpis.iter().any(|kpi| kpi.goals.is_some());
    let worlds = some_worlds(400);
    let of_world =
        |world: &World| evaluate::evaluate(world).cells.into_values().flatten().collect::<Vec<_>>();
    let planned: Vec<&World> = worlds.iter().filter(goals).collect();
    // The fourth number of five beside each KPI's own is its pacing.
    let is_paced = |world: &&&World| of_world(world).chunks(6).any(|beside| beside[4].is_some());
    let paced = planned.iter().filter(is_paced).count();
    assert!(planned.len() >= 20 && paced >= 8, "{} {paced}", planned.len());
}

/// A slice is of a member, not always of nobody.
#[test]
fn worlds_are_sliced_by_what_is_found_in_time() {
    let mut worlds = some_worlds(300);
    for dimension in [Dimension::Found, Dimension::Tier, Dimension::Band] {
        let place = Dimension::ALL.iter().position(|d| *d == dimension).expect("it is one of them");
        let is_sliced = |world: &mut World| {
            world.request.by = vec![vec![dimension]];
            let mut cells = evaluate::evaluate(world).cells.into_iter();
            cells.any(|(key, values)| {
                key.members[place].is_some() && values.into_iter().flatten().any(|value| value != 0.0)
            })
        };
        let found = worlds.iter_mut().map(is_sliced).filter(|is| *is).count();
        assert!(found >= 20, "{dimension:?}: {found}");
    }
}
