//! Random projects and requests: kpic's numbers are those of a naive judge.
//!
//! `PROPTEST_CASES=5000 scripts/test --test second_opinion` looks longer.

#![cfg(feature = "duckdb")]

mod judge;

use duckdb::Connection;
use judge::{answer, evaluate, strategies};
use kpic::dialect;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn kpic_and_the_judge_agree(world in strategies::world()) {
        let expected = evaluate::evaluate(&world);
        let db = Connection::open_in_memory().expect("an engine in memory");
        db.execute_batch(&world.tables()).expect("tables can be made");
        let found = answer::ask(&world, &db);
        let differences = expected.differences(&found);
        prop_assert!(
            differences.is_empty(),
            "{} differences\n{}\n{}\n{:#?}",
            differences.len(),
            differences.iter().take(5).cloned().collect::<Vec<_>>().join("\n"),
            world.definitions(),
            world.request,
        );
    }

    #[test]
    fn every_world_compiles_to_every_dialect(world in strategies::world()) {
        for name in dialect::NAMES {
            let dialect = dialect::by_name(name).expect("it is among the names");
            prop_assert!(answer::compile(&world, dialect).contains("SELECT"));
        }
    }
}
