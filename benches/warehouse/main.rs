//! How long the engine takes for kpic's SQL, for the best SQL written by hand, and
//! for a query per KPI, on the facts of `facts.sql`.
//!
//! `scripts/cargo bench --profile dev --features duckdb --bench warehouse`, with
//! `-- --quick` for few rows and one run, `-- NAME…` for some requests, and
//! `-- --sql` to see kpic's SQL. The facts are made once, in kpic's cache folder.
//! A request's folder holds its rivals: templates of SQL, with the way they take
//! in their first line.
#![allow(clippy::print_stdout)]

mod facts;
mod request;
#[path = "../support/mod.rs"]
mod support;

use std::env;
use std::time::Duration;

use kpic::resolve::resolved::Grain;
use kpic::run::Rows;
use kpic::run::rows::Value;

use facts::Facts;
use request::{Request, Rival, Shop};
use support::clock::{self, Took};
use support::table;

/// Requests, with the folders of their rivals.
const REQUESTS: [Request; 9] = [
    monthly("sum_by_month", &["pageviews"], &[], &[]),
    monthly("visitors_beside_orders", &["visitors", "orders"], &["channel"], &[]),
    monthly("twenty_kpis", request::TWENTY, &["channel", "device"], &[]),
    monthly("country", &["revenue"], &["country"], &[]),
    monthly("segments", request::TWENTY, &[], request::SEGMENTS),
    daily("rolling_distinct", &["visitors_28d"]),
    daily("daily_stock", &["subscribers"]),
    monthly("retention", &["came_back"], &["age"], &[]),
    monthly("funnel", &["viewed", "paid"], &[], &[]),
];

const fn monthly(
    folder: &'static str,
    kpis: &'static [&'static str],
    by: &'static [&'static str],
    segments: &'static [&'static str],
) -> Request {
    Request { folder, kpis, by, segments, grain: Grain::Month }
}

const fn daily(folder: &'static str, kpis: &'static [&'static str]) -> Request {
    Request { folder, kpis, by: &[], segments: &[], grain: Grain::Day }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let asked =
        REQUESTS.iter().filter(|r| names.is_empty() || names.iter().any(|name| name.as_str() == r.folder));
    let shops = [Shop::new(false), Shop::new(true)];
    if has("--sql") {
        return asked.for_each(|request| shops.iter().for_each(|shop| println!("{};\n", shop.sql(request))));
    }
    let runs = if has("--quick") { 1 } else { 3 };
    let facts = Facts::open(has("--quick"));
    let rows = asked.map(|request| measure(&shops, &facts, request, runs)).collect::<Vec<_>>();
    table::print(
        "kpic's SQL in CPU time, as ratios to others (aim: 1.1 of the best by hand, ordered where rows are)",
        &[
            "request",
            "kpic to the best",
            "ordered to the best",
            "the best by hand",
            "kpic to a query per KPI",
        ],
        &rows,
    );
}

/// Runs a request and its rivals in turns; gives its row of the last table.
fn measure([shop, ordered]: &[Shop; 2], facts: &Facts, request: &Request, runs: usize) -> Vec<String> {
    let mut ways = vec![
        Rival { name: "kpic".into(), sql: shop.sql(request) },
        Rival { name: "kpic, told that rows are ordered".into(), sql: ordered.sql(request) },
    ];
    ways.extend(request.rivals());
    let answer = facts.ask(&ways[0].sql);
    ways[1..].iter().for_each(|way| same(request, way, &answer, &facts.ask(&way.sql)));
    let texts = ways.iter().map(|way| &way.sql);
    let mut asked: Vec<Box<dyn FnMut()>> =
        texts.map(|sql| Box::new(move || drop(facts.ask(sql))) as Box<dyn FnMut()>).collect();
    let took = clock::in_turns(runs, &mut asked);
    let single = shop.single(request);
    let alone = clock::median(1, || single.iter().for_each(|sql| drop(facts.ask(sql))));

    let (own, theirs) = took.split_at(2);
    let best = theirs.iter().map(|took| took.cpu).min().expect("every request has rivals");
    let ratio = |took: &Took, other: Duration| format!("{:.2}", took.cpu.as_secs_f64() / other.as_secs_f64());
    let row = |name: &str, took: &Took| {
        vec![name.to_string(), table::shown(took.cpu), table::shown(took.wall), ratio(took, best)]
    };
    let mut rows: Vec<_> = ways.iter().zip(&took).map(|(way, took)| row(&way.name, took)).collect();
    rows.push(row(&format!("a query per KPI and segment ({})", single.len()), &alone));
    table::print(&request.title(), &["way", "CPU", "time", "ratio"], &rows);

    let winner = ways.iter().zip(&took).skip(2).find(|(_, took)| took.cpu == best).expect("one is the best");
    let name = winner.0.name.clone();
    vec![request.folder.into(), ratio(&own[0], best), ratio(&own[1], best), name, ratio(&own[0], alone.cpu)]
}

/// Every column of a rival, and the same rows in any order.
fn same(request: &Request, rival: &Rival, ours: &Rows, theirs: &Rows) {
    let columns = request.columns();
    let places = |rows: &Rows| -> Vec<usize> {
        let place = |column: &&str| rows.columns.iter().position(|own| own == column);
        let missing = |column: &str| panic!("{}: no column {column}", rival.name);
        columns.iter().map(|column| place(column).unwrap_or_else(|| missing(column))).collect()
    };
    let keys = columns.len() - request.kpis.len();
    let sorted = |rows: Vec<Vec<Value>>| {
        let key = |row: &Vec<Value>| row[..keys].iter().map(Value::text).collect::<Vec<_>>();
        let mut rows = rows;
        rows.sort_by_key(key);
        rows
    };
    let picked = |rows: &Rows| {
        let places = places(rows);
        sorted(rows.rows.iter().map(|row| places.iter().map(|place| row[*place].clone()).collect()).collect())
    };
    let (ours, theirs) = (picked(ours), picked(theirs));
    assert_eq!(ours.len(), theirs.len(), "{}/{}: rows", request.folder, rival.name);
    for (own, their) in ours.iter().zip(&theirs) {
        let differs = own.iter().zip(their).any(|(a, b)| !near(a, b));
        assert!(!differs, "{}/{}: kpic {own:?}, by hand {their:?}", request.folder, rival.name);
    }
}

fn near(a: &Value, b: &Value) -> bool {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (None, None) => a.text() == b.text(),
        (Some(_), None) | (None, Some(_)) => false,
    }
}
