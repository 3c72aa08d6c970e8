//! Random projects and requests on PostgreSQL: the judge's numbers.

use std::cell::RefCell;
use std::sync::Arc;

use libtest_mimic::Trial;

use crate::engine::Engine;
use crate::harness::Checked;
use crate::judge::answer::Answer;
use crate::judge::world::World;
use crate::judge::{compiler, evaluate, verdict};
use crate::server::{Server, said};

pub fn trial(server: &Arc<Server>) -> Trial {
    let server = Arc::clone(server);
    Trial::test("postgres::random_projects", move || {
        let database = RefCell::new(server.database()?);
        let differences = |world: &World| match ask(world, &mut database.borrow_mut()) {
            Ok(found) => evaluate::evaluate(world).differences(&found),
            Err(error) => verdict::refusal(error),
        };
        Ok(verdict::agree(differences)?)
    })
}

fn ask(world: &World, database: &mut postgres::Client) -> Checked<Answer> {
    database.batch_execute(&world.tables()).map_err(said)?;
    let sql = compiler::compile(world, database.dialect())?;
    let (columns, rows) = database.run(&sql).map_err(|e| format!("{e}\n{sql}"))?;
    Ok(compiler::read(world, &columns, &rows))
}
