//! Databases without an aggregate: what is written in its place gives the same numbers.
//!
//! Every golden case whose SQL changes, and random projects, are computed on DuckDB without its
//! percentiles, deviations, correlations, bits, windows by value and subqueries over a row's values.

#![cfg(feature = "duckdb")]

#[path = "harness/compiled.rs"]
mod compiled;
#[allow(dead_code, reason = "other tests use more of it")]
mod harness;
#[allow(dead_code, reason = "other tests use more of it")]
mod judge;
#[path = "../src/cli/period.rs"]
mod period;

use std::path::Path;

use compiled::{compiled, hours_in_utc};
use duckdb::Connection;
use harness::Checked;
use harness::case::{Place, places};
use harness::rows::{Kind, compare};
use harness::without::Without;
use judge::answer::Answer;
use judge::world::World;
use judge::{compiler, evaluate, verdict};
use kpic::dialect::{self, Dialect};
use kpic::sql::Capabilities;

const DUCKDB: &dyn Dialect = dialect::EMBEDDED;
const WITHOUT: &dyn Dialect = &Without(dialect::EMBEDDED, few);

fn few(able: Capabilities) -> Capabilities {
    Capabilities {
        percentiles: false,
        moments: false,
        bits: false,
        outer_values: false,
        range_frames: false,
        ..able
    }
}

/// What stands in no text that was written without it.
const LACKING: [&str; 7] =
    ["quantile_cont", "stddev_samp", "corr(", "regr_slope", "bit_or", "AS p(", "RANGE BETWEEN"];

#[test]
fn golden_cases_need_no_rare_aggregate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut wrong, mut proven) = (Vec::new(), [0; LACKING.len()]);
    for place in places(root) {
        if !matches!(place, Place::Golden(_)) || !place.runs_on("duckdb") {
            continue;
        }
        match check(&place) {
            Ok(had) => had.into_iter().for_each(|index| proven[index] += 1),
            Err(error) => wrong.push(format!("{}: {error}", place.name())),
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(proven.iter().all(|cases| *cases >= 2), "too few cases: {:?}", LACKING.iter().zip(proven));
}

#[test]
fn random_projects_need_no_rare_aggregate() {
    let differences = |world: &World| match ask(world) {
        Ok(found) => evaluate::evaluate(world).differences(&found),
        Err(error) => verdict::refusal(error),
    };
    verdict::agree(200, differences).unwrap_or_else(|found| panic!("{found}"));
}

/// What the engine says of a query without them.
fn ask(world: &World) -> Result<Answer, String> {
    let sql = compiler::compile(world, WITHOUT)?;
    if let Some(name) = LACKING.iter().find(|name| sql.contains(**name)) {
        return Err(format!("{name} is there\n{sql}"));
    }
    let run = || -> duckdb::Result<Answer> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(&world.tables())?;
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

/// Which aggregates the case has, where the database has them; its rows are right without.
fn check(place: &Place) -> Checked<Vec<usize>> {
    let case = place.open()?;
    let all = DUCKDB.capabilities();
    let Some([plain, without]) = compiled(&case, [(all, DUCKDB), (few(all), WITHOUT)])? else {
        return Ok(Vec::new());
    };
    if plain == without {
        return Ok(Vec::new());
    }
    if let Some(name) = LACKING.iter().find(|name| without.contains(**name)) {
        return Err(format!("{name} is there\n{without}"));
    }
    let database = case.database()?;
    let mut expected = database.ask(&case.oracle)?;
    hours_in_utc(&mut expected);
    let mut actual = database.ask(&without).map_err(|e| format!("{e}\n{without}"))?;
    actual.kinds = vec![Kind::Text; actual.columns.len()];
    compare(&expected, &actual).map_err(|e| format!("{e}\n{without}"))?;
    Ok((0..LACKING.len()).filter(|index| plain.contains(LACKING[*index])).collect())
}
