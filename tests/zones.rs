//! Databases without zone data: local times are what databases with zone data say.
//!
//! Every golden case with a zone and random projects are computed on DuckDB from SQL
//! that names no zone but UTC: the changes of clocks are written out.

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

use compiled::{compiled, hours_in_utc, said};
use duckdb::Connection;
use harness::Checked;
use harness::case::{Place, places};
use harness::rows::{Kind, compare};
use harness::without::Without;
use judge::answer::Answer;
use judge::world::World;
use judge::{compiler, evaluate, verdict};
use kpic::dialect::{self, Dialect};
use kpic::sql::{Body, Expr, From, Item, Operator, Part, Query, Select, Step, Table, Type};

const PLAIN: &dyn Dialect = dialect::EMBEDDED;
const WITHOUT: &dyn Dialect = &Without(dialect::EMBEDDED, |able| dialect::Capabilities {
    zones_of_instants: false,
    zones_of_local_times: false,
    ..able
});

#[test]
fn golden_cases_need_no_zone_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut wrong, mut proven) = (Vec::new(), 0);
    for place in places(root) {
        let Place::Golden(_) = &place else { continue };
        if !place.runs_on("duckdb") || !place.runs_on("postgres") {
            continue;
        }
        match check(&place) {
            Ok(had_zones) => proven += usize::from(had_zones),
            Err(error) => wrong.push(format!("{}: {error}", place.name())),
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    // The others need no zone data anyway: their few changes of clocks are constants.
    assert!(proven >= 15, "only {proven} cases have zones");
}

#[test]
fn random_projects_need_no_zone_data() {
    let differences = |world: &World| match ask(world) {
        Ok(found) => evaluate::evaluate(world).differences(&found),
        Err(error) => verdict::refusal(error),
    };
    verdict::agree(200, differences).unwrap_or_else(|found| panic!("{found}"));
}

/// Every local time of some zones, by the hour around its changes, as the database has it.
#[test]
fn times_are_those_of_the_database() {
    let db = Connection::open_in_memory().expect("DuckDB opens");
    db.execute_batch("set TimeZone = 'UTC'").expect("it has UTC");
    let zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
    for zone in zones {
        for sql in [moved("UTC", zone), moved(zone, "UTC"), moved(zone, "Asia/Kathmandu")] {
            let differ = format!(
                "select count(*), count(*) filter (where a is distinct from b) from \
                 (select {}, {} from (select unnest(generate_series(timestamp '2006-01-01', timestamp '2018-01-01', interval '30 minutes')) as t))",
                sql[0].replace("x.t", "t") + " as a",
                sql[1].replace("x.t", "t") + " as b",
            );
            let (all, different): (i64, i64) =
                db.query_row(&differ, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("it runs");
            assert!(all > 200_000 && different == 0, "{zone}: {different} of {all} differ\n{}", sql[1]);
        }
    }
}

#[test]
fn changes_of_clocks_are_written_out() {
    // Kathmandu had the time of its sun until 1920, and left India's in 1986.
    let [_, written] = moved("UTC", "Asia/Kathmandu");
    let expected = "CASE \
         WHEN x.t < TIMESTAMP '1919-12-31 18:18:44' THEN x.t + INTERVAL '20476 seconds' \
         WHEN x.t < TIMESTAMP '1985-12-31 18:30:00' THEN x.t + INTERVAL '330 minutes' \
         ELSE x.t + INTERVAL '345 minutes' END";
    assert_eq!(in_one_line(&written), expected);
    assert_eq!(moved("UTC", "UTC")[1], moved("UTC", "UTC")[0]);
}

#[test]
fn a_time_that_was_moved_before_is_named() {
    let zone = || "Asia/Kathmandu".to_string();
    let local = Expr::ToZone { value: Expr::of("x", "t").boxed(), from: None, to: zone() };
    let step = Step { count: 1, unit: Part::Month };
    let later = Expr::Shift { value: local.boxed(), step, to: Type::Timestamp };
    let sql = printed(vec![Expr::Instant { value: later.boxed(), zone: zone() }.alias("moved")], WITHOUT);
    let sql = in_one_line(&sql.expect("it is printed"));
    // At each of two changes there would be three changes more.
    assert_eq!(sql.matches("THEN").count(), 4, "{sql}");
    assert!(sql.contains("WHEN clock.shown < TIMESTAMP '1986-01-01 00:15:00'"), "{sql}");
    assert_eq!(zones(&sql).filter(|zone| *zone != "UTC").count(), 0, "{sql}");
}

#[test]
fn a_time_that_is_read_twice_is_written_once() {
    let paris = || "Europe/Paris".to_string();
    let day = Expr::Cast(Expr::of("x", "day").boxed(), Type::Timestamp);
    let midnight = || Expr::Instant { value: day.clone().boxed(), zone: paris() };
    let once = within_x(vec![midnight().alias("a")]);
    let changes = once.matches("WHEN").count();
    assert!(changes > 100, "{once}");
    // The day, which each change names, is a column of its own, too.
    assert_eq!(once.matches("CAST").count(), 1, "{once}");
    let is_open = Expr::Binary(Operator::Greater, midnight().boxed(), Expr::of("x", "end").boxed());
    let twice = within_x(vec![midnight().alias("a"), is_open.alias("b")]);
    assert_eq!(twice.matches("WHEN").count(), changes, "{twice}");
    assert!(twice.starts_with("SELECT x.__clock_1 AS a, x.__clock_1 > x.\"end\" AS b"), "{twice}");
    // Few changes stand where they are read.
    let zone = || "Asia/Kathmandu".to_string();
    let local = || Expr::ToZone { value: Expr::of("x", "t").boxed(), from: Some("UTC".into()), to: zone() };
    let short = within_x(vec![local().alias("a"), local().alias("b")]);
    assert!(short.ends_with("FROM sales AS x") && short.matches("WHEN").count() == 4, "{short}");
}

#[test]
fn too_many_changes_are_refused() {
    let local = |index: usize| {
        let (value, to) = (Expr::of("x", format!("t{index}")).boxed(), "Europe/Paris".to_string());
        Expr::ToZone { value, from: Some("UTC".into()), to }.alias(format!("local_{index}"))
    };
    let all = || (0..500).map(local).collect();
    assert!(printed(all(), PLAIN).is_ok());
    let refused = printed(all(), WITHOUT).expect_err("it is too long");
    assert_eq!(refused, "duckdb cannot take so many local times");
}

/// A move between zones, by the database and without it.
fn moved(from: &str, to: &str) -> [String; 2] {
    let value = Expr::of("x", "t").boxed();
    let expr = Expr::ToZone { value, from: Some(from.into()), to: to.into() };
    [PLAIN, WITHOUT].map(|dialect| {
        let sql = printed(vec![expr.clone().alias("moved")], dialect).expect("it is printed");
        sql.trim_start_matches("SELECT").trim_end_matches("AS moved").trim().to_string()
    })
}

/// What is selected from a table `sales`, in one line.
fn within_x(items: Vec<Item>) -> String {
    let table = Table::Named { path: vec!["sales".into()], types: Vec::new() };
    let from = Some(From { table, alias: Some("x".into()) });
    let body = Body::Select(Box::new(Select { items, from, ..Select::default() }));
    let query = Query { ctes: Vec::new(), body, order_by: Vec::new() };
    in_one_line(&dialect::print(&query, WITHOUT).map_err(said).expect("it is printed"))
}

fn printed(items: Vec<Item>, dialect: &dyn Dialect) -> Checked<String> {
    let select = Select { items, ..Select::default() };
    let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
    dialect::print(&query, dialect).map_err(said)
}

fn in_one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

// ------------------------------------------------------------- golden cases

/// Whether the case's SQL asks for zone data where there is some; its rows are right without.
fn check(place: &Place) -> Checked<bool> {
    let case = place.open()?;
    let same = PLAIN.capabilities();
    let Some([plain, without]) = compiled(&case, [(same, PLAIN), (same, WITHOUT)])? else { return Ok(false) };
    if let Some(zone) = zones(&without).find(|zone| *zone != "UTC") {
        return Err(format!("the zone {zone} is named\n{without}"));
    }
    if plain == without {
        return Ok(false);
    }
    let database = case.database()?;
    let mut expected = database.ask(&case.oracle)?;
    hours_in_utc(&mut expected);
    let mut actual = database.ask(&without).map_err(|e| format!("{e}\n{without}"))?;
    actual.kinds = vec![Kind::Text; actual.columns.len()];
    compare(&expected, &actual).map_err(|e| format!("{e}\n{without}"))?;
    Ok(true)
}

/// The zones that a query names.
fn zones(sql: &str) -> impl Iterator<Item = &str> {
    sql.split("AT TIME ZONE '").skip(1).filter_map(|rest| rest.split('\'').next())
}

// ------------------------------------------------------------ random projects

/// What the engine says of a query that names no zone.
fn ask(world: &World) -> Result<Answer, String> {
    let sql = compiler::compile(world, WITHOUT)?;
    if let Some(zone) = zones(&sql).find(|zone| *zone != "UTC") {
        return Err(format!("the zone {zone} is named\n{sql}"));
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
