//! Databases without zone data: local times are what databases with zone data say.
//!
//! Every golden case with a zone and random projects are computed on DuckDB from SQL
//! that names no zone but UTC: the changes of clocks are written out.

#![cfg(feature = "duckdb")]

#[allow(dead_code, reason = "other tests use more of it")]
mod harness;
#[allow(dead_code, reason = "other tests use more of it")]
mod judge;
#[path = "../src/cli/period.rs"]
mod period;

use std::path::Path;

use duckdb::Connection;
use harness::Checked;
use harness::case::{Case, Place, places};
use harness::files::{entries, file_name, read};
use harness::rows::{Kind, Table, compare};
use harness::without::Without;
use judge::answer::Answer;
use judge::world::World;
use judge::{compiler, evaluate, verdict};
use kpic::diagnostic::{Diagnostic, Sink};
use kpic::dialect::{self, Dialect};
use kpic::plan::Request;
use kpic::resolve::resolved::Relation;
use kpic::resolve::{Catalog, Resolved, resolve};
use kpic::source::{FileId, Sources};
use kpic::sql::{Body, Expr, Item, Part, Query, Select, Step, Type};
use kpic::syntax::ast::{self, Grain, Layer, PeriodKind, ProjectFile};
use kpic::syntax::dsl::{self, Fragment};
use kpic::syntax::{sheet, yaml};
use kpic::{lower, model, packs, plan};

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
    verdict::agree(differences).unwrap_or_else(|found| panic!("{found}"));
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
    let Some((plain, without)) = compiled(&case)? else { return Ok(false) };
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

/// A case's SQL with and without zone data; `None`: it reads users' own queries.
fn compiled(case: &Case) -> Checked<Option<(String, String)>> {
    let mut sources = Sources::new();
    let mut sink = Sink::new();
    let (mut files, mut project) = (Vec::new(), ProjectFile::default());
    for path in entries(&case.folder)? {
        let (name, text) = (file_name(&path), read(&path).unwrap_or_default());
        let file = sources.add(name.clone(), text.clone());
        match name.as_str() {
            "kpic.yaml" => project = yaml::project(file, &text, &mut sink),
            name if name.ends_with(".kpi") => files.push(dsl::parse(file, &text, &mut sink)),
            name if name.ends_with(".kpi.yaml") => files.push(yaml::parse(file, &text, &mut sink)),
            _ => {}
        }
    }
    let mut carried = |texts: Vec<packs::Text>, layer: fn(FileId) -> Layer, files: &mut Vec<ast::File>| {
        for text in texts {
            let file = sources.add(text.file, text.text);
            files.push(ast::File { layer: layer(file), ..dsl::parse(file, text.text, &mut sink) });
        }
    };
    for pack in &project.packs {
        carried(packs::texts(&pack.value).ok_or("no such pack")?, Layer::Pack, &mut files);
        carried(packs::vocabulary(), Layer::Vocabulary, &mut files);
    }
    let mut files = model::complete(files, &project, &mut sink);
    let sheets = files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        ast::Item::Targets(sheet) => Some(sheet.path.value.clone()),
        _ => None,
    });
    let mut planned = Vec::new();
    for path in sheets {
        let text = read(&case.folder.join(&path))?;
        let file = sources.add(path, text.clone());
        planned.extend(sheet::targets(file, &text, &mut sink));
    }
    model::put_targets(&mut files, planned, &mut sink);
    let model = model::build(&files, &project, &mut sink);
    let resolved = resolve(&model, &Catalog::default(), &mut sink).with_assertions();
    if resolved.sources.values().any(|source| matches!(source.relation, Some(Relation::Sql(_)))) {
        return Ok(None);
    }
    let request = request(&case.request, &resolved, &mut sources, &mut sink)?;
    let plan = plan::plan(&resolved, &request).map_err(said)?;
    let query =
        lower::lower(&resolved, &plan, &lower::SqlTexts::new(), PLAIN.capabilities()).map_err(said)?;
    let print = |dialect| dialect::print(&query, dialect).map_err(said);
    Ok(Some((print(PLAIN)?, print(WITHOUT)?)))
}

fn said(found: Vec<Diagnostic>) -> String {
    found.into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
}

/// The options of `kpic run`.
fn request(
    arguments: &[String],
    resolved: &Resolved,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Checked<Request> {
    let mut request = Request::default();
    let names = |list: &str| list.split(',').map(|name| name.trim().to_string()).collect::<Vec<_>>();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} has no value"));
        match argument.as_str() {
            "--by" => request.by.push(names(value()?)),
            "--total" => request.total = true,
            "--segment" => request.segments.extend(names(value()?)),
            "--clip" => request.clip = true,
            "--targets" => request.beside.targets = true,
            "--trend" => request.beside.trend = plan::Trend::OfAll,
            // What is asserted can be named as KPIs are.
            "--asserts" => {}
            "--top" => {
                let places = value()?.parse().map_err(|_| "--top takes a number".to_string())?;
                request.top = Some(plan::Top { places, of: None, by: None });
            }
            "--top-of" => top(&mut request)?.of = Some(value()?.clone()),
            "--top-by" => top(&mut request)?.by = Some(value()?.clone()),
            "--grain" => request.grain = Some(grain(value()?)?),
            "--from" => request.from = Some(period::read(value()?)?),
            "--to" => request.to = Some(period::read(value()?)?),
            "--as-of" => match period::read(value()?)? {
                PeriodKind::Day(day) => request.as_of = Some(day),
                other => return Err(format!("{other:?} is no day")),
            },
            "--where" => {
                let text = value()?;
                let file = sources.add("<--where>", text.clone());
                let condition = dsl::expression(&Fragment::whole(file, text), sink);
                request.filter = condition.and_then(|e| kpic::resolve::predicate(resolved, &e, sink));
            }
            option if option.starts_with('-') => return Err(format!("{option} is not known here")),
            kpi => request.kpis.push(kpi.to_string()),
        }
    }
    request.to = request.to.or(request.from);
    Ok(request)
}

fn top(request: &mut Request) -> Checked<&mut plan::Top> {
    request.top.as_mut().ok_or("--top comes first".to_string())
}

fn grain(word: &str) -> Checked<Grain> {
    use ast::Grain as G;
    let all = [
        G::Hour,
        G::Day,
        G::Week,
        G::Month,
        G::Quarter,
        G::Year,
        G::IsoYear,
        G::FiscalMonth,
        G::FiscalQuarter,
        G::FiscalYear,
    ];
    all.into_iter().find(|grain| grain.word() == word).ok_or(format!("{word} is no grain"))
}

/// SQL gives hours as UTC times, the oracle with their offset.
fn hours_in_utc(expected: &mut Table) {
    let Some(period) = expected.columns.iter().position(|column| column == "period_start") else { return };
    for row in &mut expected.rows {
        if let Some(hour) = row[period].as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok()) {
            row[period] = Some(hour.strftime("%Y-%m-%d %H:%M:%S").to_string());
        }
    }
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
