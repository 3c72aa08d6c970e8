//! Random projects and requests: kpic's numbers are those of a naive judge.
//!
//! `PROPTEST_CASES=5000 scripts/test --test second_opinion` looks longer.

#![cfg(feature = "duckdb")]

mod judge;

use duckdb::Connection;
use judge::world::World;
use judge::{answer, compiler, evaluate, strategies};
use kpic::dialect;
use proptest::prelude::*;

fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let cases = asked.unwrap_or(200);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 5000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn kpic_and_the_judge_agree(world in strategies::world()) {
        let expected = evaluate::evaluate(&world);
        let db = Connection::open_in_memory().expect("an engine in memory");
        db.execute_batch(&world.tables()).expect("tables can be made");
        let found = ask(&world, &db);
        let differences = expected.differences(&found);
        prop_assert!(
            differences.is_empty(),
            "{} differences\n{}\n",
            differences.len(),
            differences.iter().take(5).cloned().collect::<Vec<_>>().join("\n"),
        );
    }

    #[test]
    fn every_world_compiles_to_every_dialect(world in strategies::world()) {
        for name in dialect::NAMES {
            let dialect = dialect::by_name(name).expect("it is among the names");
            prop_assert!(compiler::compile(&world, dialect).contains("SELECT"));
        }
    }
}

/// What the engine says of kpic's query.
fn ask(world: &World, db: &Connection) -> answer::Answer {
    let sql = compiler::compile(world, dialect::EMBEDDED);
    let run = || -> duckdb::Result<answer::Answer> {
        let mut statement = db.prepare(&format!("select columns(*)::varchar from ({sql}\n)"))?;
        let mut rows = statement.query([])?;
        let columns = rows.as_ref().map(|s| s.column_names()).unwrap_or_default();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((0..columns.len()).map(|i| row.get(i)).collect::<duckdb::Result<Vec<_>>>()?);
        }
        Ok(compiler::read(world, &columns, &all))
    };
    run().unwrap_or_else(|error| panic!("{error}\n{sql}"))
}
