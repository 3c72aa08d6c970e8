//! Twenty KPIs of two facts in one request, and in a request per KPI, on each engine.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::time::{Duration, Instant};

use kpic::resolve::resolved::Grain;

use crate::data::Data;
use crate::engine::{Answer, Engine, Rows};
use crate::engines::{Engines, Listed, chosen};
use crate::harness::Checked;
use crate::harness::oracle::Oracle;
use crate::request::{self, Request, Shop};
use crate::support::table;

/// A quarter as many orders, a twentieth as many customers.
const SESSIONS: u64 = 200_000;
const QUICK: u64 = 4_000;
const RUNS: usize = 3;
const TABLES: [&str; 3] = ["customers", "sessions", "orders"];

const ASKED: [Request; 2] = [
    Request {
        folder: "twenty_kpis",
        kpis: request::TWENTY,
        by: &["channel", "device"],
        segments: &[],
        grain: Grain::Month,
    },
    Request {
        folder: "segments",
        kpis: request::TWENTY,
        by: &[],
        segments: request::SEGMENTS,
        grain: Grain::Month,
    },
];

/// Prints a row per engine and request, in which the numbers of both ways are the same.
///
/// # Errors
/// An engine that does not answer, or two answers.
pub fn measure(quick: bool) -> Checked<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let chosen = chosen(env::var("KPIC_ENGINES").ok().as_deref())?;
    let engines = Engines::new(root, &chosen);
    let sessions = if quick { QUICK } else { SESSIONS };
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let tables = facts(sessions, folder.path())?;
    let mut rows = Vec::new();
    for listed in chosen.iter().map(|one| one.listed).filter(|listed| engines.twin(listed).is_none()) {
        let mut database = engines.filled(listed, None, &tables)?;
        let shop = Shop::new(false).speaking(listed.dialect());
        for asked in &ASKED {
            rows.push(of(&mut *database, listed, &shop, asked, if quick { 1 } else { RUNS })?);
        }
    }
    let title =
        format!("Twenty KPIs in one request and in one per KPI and segment, over {sessions} sessions");
    table::print(&title, &["engine: request", "together", "apart", "ratio"], &rows);
    Ok(())
}

fn facts(sessions: u64, folder: &Path) -> Checked<Vec<Data>> {
    let oracle = Oracle::open(folder, &[])?;
    let sql = include_str!("../warehouse/facts.sql")
        .replace("{sessions}", &sessions.to_string())
        .replace("{orders}", &(sessions / 4).to_string())
        .replace("{customers}", &(sessions / 20).to_string());
    oracle.run(&sql)?;
    let of =
        |table: &&str| Data::of(&oracle, table, Path::new(""), |_| None, folder.join(format!("{table}.csv")));
    TABLES.iter().map(of).collect()
}

fn of(
    database: &mut dyn Engine,
    listed: &Listed,
    shop: &Shop,
    asked: &Request,
    runs: usize,
) -> Checked<Vec<String>> {
    let (together, single) = (shop.sql(asked), shop.single(asked));
    same(asked, &ask(database, &together)?, database, shop)?;
    let (mut fused, mut apart) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let start = Instant::now();
        ask(database, &together)?;
        fused.push(start.elapsed());
        let start = Instant::now();
        single.iter().try_for_each(|sql| ask(database, sql).map(drop))?;
        apart.push(start.elapsed());
    }
    let (fused, apart) = (middle(fused), middle(apart));
    Ok(vec![
        format!("{}: {}", listed.dialect, asked.folder),
        table::shown(fused),
        format!("{} ({})", table::shown(apart), single.len()),
        format!("{:.2}", fused.as_secs_f64() / apart.as_secs_f64()),
    ])
}

fn ask(database: &mut dyn Engine, sql: &str) -> Checked<Rows> {
    match database.run(sql).map_err(|e| format!("{e}\n{sql}"))? {
        Answer::Rows(rows) => Ok(rows),
        Answer::Taken => Err("a benchmark asks no parser".into()),
    }
}

fn middle(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}

/// A KPI has the same numbers whatever else is asked.
fn same(asked: &Request, together: &Rows, database: &mut dyn Engine, shop: &Shop) -> Checked<()> {
    let segments: Vec<&[&str]> = match asked.segments {
        [] => vec![&[]],
        all => all.chunks(1).collect(),
    };
    for segment in segments {
        for kpi in asked.kpis {
            let alone = ask(database, &shop.text(asked, &[kpi], segment))?;
            let (all, own) = (cells(asked, together, kpi), cells(asked, &alone, kpi));
            let differs = own.iter().find(|(key, value)| all.get(*key).is_none_or(|all| !near(all, value)));
            if let Some((key, value)) = differs {
                return Err(format!("{kpi} of {key:?}: {value:?} alone, {:?} beside others", all.get(key)));
            }
        }
    }
    Ok(())
}

type Cells = BTreeMap<Vec<String>, Option<f64>>;

/// What a KPI is in each cell.
fn cells(asked: &Request, (columns, rows): &Rows, kpi: &str) -> Cells {
    let keys = [&["period_start", "segment"], asked.by].concat();
    let place = |name: &str| columns.iter().position(|column| column == name);
    let keys: Vec<usize> = keys.iter().filter_map(|key| place(key)).collect();
    let value = place(kpi).expect("a KPI that is asked has a column");
    let cell = |row: &Vec<Option<String>>| {
        let key = keys.iter().map(|place| row[*place].clone().unwrap_or_default()).collect();
        (key, row[value].as_ref().and_then(|text| text.parse().ok()))
    };
    rows.iter().map(cell).collect()
}

fn near(a: &Option<f64>, b: &Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (a, b) => a.is_none() == b.is_none(),
    }
}
