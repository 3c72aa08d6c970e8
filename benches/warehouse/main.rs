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

use kpic::run::Rows;
use kpic::run::rows::Value;

use facts::Facts;
use request::{Request, Rival, Shop};
use support::clock::{self, Took};
use support::table;

/// Requests, with the folders of their rivals.
const REQUESTS: [Request; 5] = [
    Request { folder: "sum_by_month", kpis: &["pageviews"], by: &[], segments: &[] },
    Request {
        folder: "visitors_beside_orders",
        kpis: &["visitors", "orders"],
        by: &["channel"],
        segments: &[],
    },
    Request { folder: "twenty_kpis", kpis: request::TWENTY, by: &["channel", "device"], segments: &[] },
    Request { folder: "country", kpis: &["revenue"], by: &["country"], segments: &[] },
    Request { folder: "segments", kpis: request::TWENTY, by: &[], segments: request::SEGMENTS },
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let asked =
        REQUESTS.iter().filter(|r| names.is_empty() || names.iter().any(|name| name.as_str() == r.folder));
    let shop = Shop::new();
    if has("--sql") {
        return asked.for_each(|request| println!("{};\n", shop.sql(request)));
    }
    let runs = if has("--quick") { 1 } else { 5 };
    let facts = Facts::open(has("--quick"));
    let rows = asked.map(|request| measure(&shop, &facts, request, runs)).collect::<Vec<_>>();
    table::print(
        "kpic's SQL as a ratio in CPU time (aim: 1.1 of the best SQL written by hand)",
        &["request", "to the best by hand", "the best", "to a query per KPI and segment"],
        &rows,
    );
}

/// Runs a request and its rivals in turns; gives its row of the last table.
fn measure(shop: &Shop, facts: &Facts, request: &Request, runs: usize) -> Vec<String> {
    let own = shop.sql(request);
    let rivals = request.rivals();
    let answer = facts.ask(&own);
    for rival in &rivals {
        same(request, rival, &answer, &facts.ask(&rival.sql));
    }
    let texts = std::iter::once(&own).chain(rivals.iter().map(|rival| &rival.sql));
    let mut ways: Vec<Box<dyn FnMut()>> =
        texts.map(|sql| Box::new(move || drop(facts.ask(sql))) as Box<dyn FnMut()>).collect();
    let took = clock::in_turns(runs, &mut ways);
    let single = shop.single(request);
    let alone = clock::median(runs.div_ceil(3), || single.iter().for_each(|sql| drop(facts.ask(sql))));

    let (ours, theirs) = took.split_first().expect("kpic's own query is the first");
    let best = theirs.iter().map(|took| took.cpu).min().expect("every request has rivals");
    let row = |name: &str, took: &Took| {
        let ratio = took.cpu.as_secs_f64() / best.as_secs_f64();
        vec![name.to_string(), table::shown(took.cpu), table::shown(took.wall), format!("{ratio:.2}")]
    };
    let mut rows = vec![row("kpic", ours)];
    rows.extend(rivals.iter().zip(theirs).map(|(rival, took)| row(&rival.name, took)));
    rows.push(row(&format!("a query per KPI and segment ({})", single.len()), &alone));
    table::print(&request.title(), &["way", "CPU", "time", "ratio"], &rows);

    let winner = rivals.iter().zip(theirs).find(|(_, took)| took.cpu == best).expect("one is the best");
    let to = |other: std::time::Duration| format!("{:.2}", ours.cpu.as_secs_f64() / other.as_secs_f64());
    vec![request.folder.into(), to(best), winner.0.name.clone(), to(alone.cpu)]
}

/// Every column of a rival, and the same rows in any order.
fn same(request: &Request, rival: &Rival, ours: &Rows, theirs: &Rows) {
    let place = |column: &String| {
        let found = ours.columns.iter().position(|own| own == column);
        found.unwrap_or_else(|| panic!("{}: kpic has no column {column}", rival.name))
    };
    let places: Vec<usize> = theirs.columns.iter().map(place).collect();
    assert_eq!(places.len(), request.width(), "{}: columns", rival.name);
    let keys = places.len() - request.kpis.len();
    let sorted = |rows: Vec<Vec<Value>>| {
        let key = |row: &Vec<Value>| row[..keys].iter().map(Value::text).collect::<Vec<_>>();
        let mut rows = rows;
        rows.sort_by_key(key);
        rows
    };
    let own = |row: &Vec<Value>| places.iter().map(|place| row[*place].clone()).collect();
    let (ours, theirs) = (sorted(ours.rows.iter().map(own).collect()), sorted(theirs.rows.clone()));
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
