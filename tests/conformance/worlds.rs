//! Random projects and requests: the judge's numbers.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use libtest_mimic::Trial;

use crate::data::Data;
use crate::engine::Answer;
use crate::engines::{Engines, Listed, Part, Tier};
use crate::harness::Checked;
use crate::harness::oracle::Oracle;
use crate::judge::answer::Answer as Numbers;
use crate::judge::world::World;
use crate::judge::{compiler, evaluate, verdict};
use crate::reread;

/// `lacks` are the words with which an engine stops at what it lacks, as `differs` has them.
pub fn trial(engines: &Arc<Engines>, listed: &'static Listed, part: Part, lacks: Option<String>) -> Trial {
    let engines = Arc::clone(engines);
    Trial::test(format!("{}::random_projects", listed.dialect), move || {
        let refused = RefCell::new(0);
        let asked = RefCell::new(0);
        let differences = |world: &World| {
            *asked.borrow_mut() += 1;
            match ask(world, &engines, listed) {
                Ok(Some(found)) => evaluate::evaluate(world).differences(&found),
                Ok(None) => Vec::new(),
                Err(error)
                    if error.contains(&format!("{} cannot take", listed.dialect))
                        || lacks.as_ref().is_some_and(|words| error.contains(words)) =>
                {
                    *refused.borrow_mut() += 1;
                    Vec::new()
                }
                Err(error) => verdict::refusal(error),
            }
        };
        verdict::agree(worlds(listed, part), differences)?;
        let (refused, asked) = (refused.into_inner(), asked.into_inner());
        match refused * 2 > asked {
            true => Err(format!("{refused} of {asked} projects are refused, which proves little").into()),
            false => Ok(()),
        }
    })
}

/// None where the text is proven elsewhere.
fn ask(world: &World, engines: &Engines, listed: &'static Listed) -> Checked<Option<Numbers>> {
    let mut database = engines.database(listed)?;
    let sql = compiler::compile(world, database.dialect())?;
    reread::one_statement(listed, &sql)?;
    if let Some(twin) = database.twin()
        && compiler::compile(world, twin).as_ref() == Ok(&sql)
    {
        return Ok(None);
    }
    let (_folder, tables) = tables(world)?;
    for data in &tables {
        database.load(data)?;
    }
    match database.run(&sql).map_err(|e| format!("{e}\n{sql}"))? {
        Answer::Rows((columns, rows)) => Ok(Some(compiler::read(world, &columns, &rows))),
        Answer::Taken => Ok(None),
    }
}

/// The world's tables, whose rows stand in a folder.
fn tables(world: &World) -> Checked<(tempfile::TempDir, Vec<Data>)> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let oracle = Oracle::open(folder.path(), &[])?;
    oracle.run(&world.tables())?;
    let mut all = Vec::new();
    for table in
        oracle.texts("select table_name from duckdb_tables() order by all")?.into_iter().flatten().flatten()
    {
        let file = folder.path().join(format!("{table}.csv"));
        all.push(Data::of(&oracle, &table, Path::new(""), |_| None, file)?);
    }
    Ok((folder, all))
}

/// Parsers and reference implementations are slow, and read the same kinds of SQL in few worlds.
fn worlds(listed: &Listed, part: Part) -> u32 {
    match part {
        Part::All if listed.tier == Tier::Executed => 100,
        Part::All => 20,
        Part::Cases | Part::Nothing => 10,
    }
}
