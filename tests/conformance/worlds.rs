//! Random projects and requests on PostgreSQL: the judge's numbers.

use std::cell::RefCell;
use std::sync::Arc;

use libtest_mimic::Trial;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::engine::Engine;
use crate::harness::Checked;
use crate::judge::world::World;
use crate::judge::{answer, compiler, evaluate, strategies, tables::TABLES};
use crate::server::{Server, said};

pub fn trial(server: &Arc<Server>) -> Trial {
    let server = Arc::clone(server);
    Trial::test("postgres::random_projects", move || {
        let database = RefCell::new(server.database()?);
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        runner.run(&strategies::world(), |world| {
            let found = ask(&world, &mut database.borrow_mut()).map_err(TestCaseError::fail)?;
            let differences = evaluate::evaluate(&world).differences(&found);
            let first: Vec<_> = differences.iter().take(5).cloned().collect();
            prop_assert!(
                first.is_empty(),
                "{} differences\n{}\n{}",
                differences.len(),
                first.join("\n"),
                world.definitions()
            );
            Ok(())
        })?;
        Ok(())
    })
}

fn ask(world: &World, database: &mut postgres::Client) -> Checked<answer::Answer> {
    database.batch_execute(&format!("drop table if exists {}", TABLES.join(", "))).map_err(said)?;
    database.batch_execute(&world.tables()).map_err(said)?;
    let sql = compiler::compile(world, database.dialect());
    let (columns, rows) = database.run(&sql).map_err(|e| format!("{e}\n{sql}"))?;
    Ok(compiler::read(world, &columns, &rows))
}
