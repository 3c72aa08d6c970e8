//! `kpic run`: files and databases, formats and shapes, the sandbox, hostile
//! names, and what it says of bad data. Whether numbers are right is for the
//! golden cases.

#![cfg(feature = "duckdb")]

#[path = "harness/place.rs"]
mod place;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use duckdb::Connection;
use place::{Place, Said};

const ORDERS: &str = "\
source orders {
  file 'orders.csv'
  key order_id
  time ordered_on
  column ordered_on : date
  column amount : decimal(12,2) in EUR
  dimension channel
  measure revenue = sum(amount)
  measure orders = count()
  measure web_orders = count() where channel = 'web'
}
kpi revenue
kpi orders
kpi aov = revenue / orders { unit EUR }
kpi web_share = web_orders / orders { unit percent }
";

const ROWS: &str = "\
order_id,ordered_on,channel,amount
1,2026-01-05,web,1000.10
2,2026-01-20,shop,20.50
3,2026-03-01,web,
4,2026-03-02,,5
";

fn shop() -> Place {
    Place::new(&[("kpic.yaml", ""), ("shop.kpi", ORDERS), ("orders.csv", ROWS)])
}

fn good(said: Said) -> String {
    assert_eq!(said.code, Some(0), "{}\n{}", said.err, said.out);
    said.out
}

fn one_number(said: Said) -> String {
    let out = good(said);
    out.lines().last().and_then(|line| line.split(',').next_back()).unwrap_or_default().to_string()
}

fn db() -> Connection {
    Connection::open_in_memory().expect("an engine in memory")
}

// ---------------------------------------------------------- shapes, formats

#[test]
fn a_table_shows_numbers_in_their_unit() {
    let table = good(shop().kpic(&["run", "revenue", "orders", "aov", "web_share", "--from", "2026-Q1"]));
    let expected = "
 month         revenue  orders         aov  web_share
 2026-01  1,020.60 EUR       2  510.30 EUR     50.00%
 2026-02      0.00 EUR       0           –          –
 2026-03      5.00 EUR       2    2.50 EUR     50.00%
";
    assert_eq!(table, expected.trim_start_matches('\n'));
}

#[test]
fn a_locale_changes_what_people_read_and_nothing_else() {
    let compact = ORDERS.replace("kpi revenue\n", "kpi revenue { format \"compact\" }\n");
    let place = Place::new(&[("kpic.yaml", "locale: fr-FR\n"), ("shop.kpi", &compact), ("orders.csv", ROWS)]);
    let asked = ["run", "revenue", "aov", "web_share", "--from", "2026-01", "--to", "2026-01"];
    let with = |more: &[&str]| good(place.kpic(&[&asked[..], more].concat()));
    let table =
        " month    revenue       aov  web_share\n 2026-01     1\u{a0}k€  510,30\u{a0}€    50,00\u{a0}%\n";
    assert_eq!(with(&[]), table);
    let german = with(&["--locale", "de-DE"]);
    assert!(german.ends_with(" 2026-01  1.021\u{a0}€  510,30\u{a0}€    50,00\u{a0}%\n"), "{german}");
    let line = with(&["--locale", "en-US", "--format", "markdown"]);
    assert!(line.contains("| 2026-01 | €1K | €510.30 | 50.00% |"), "{line}");
    let exact = with(&["--format", "csv"]);
    assert!(exact.contains(",1020.60,510.3,0.5"), "{exact}");
    assert_eq!(exact, with(&["--format", "csv", "--locale", "ja-JP"]));
    let unknown = place.kpic(&[&asked[..], &["--locale", "tlh"]].concat());
    assert_eq!(unknown.code, Some(2), "{}", unknown.err);
    assert!(unknown.err.contains("fr-FR"), "{}", unknown.err);
}

#[test]
fn json_has_every_digit_and_numbers_as_numbers() {
    let json = good(
        shop().kpic(&["run", "revenue", "aov", "--by", "channel", "--from", "2026-03", "--format", "json"]),
    );
    let expected = r#"[
  {"period_start": "2026-03-01", "slicing": "channel", "segment": "all", "channel": "web", "revenue": 0.00, "aov": 0.0},
  {"period_start": "2026-03-01", "slicing": "channel", "segment": "all", "channel": null, "revenue": 5.00, "aov": 5.0}
]
"#;
    assert_eq!(json, expected);
}

#[test]
fn csv_and_markdown_are_chosen_by_the_ending_of_the_file() {
    let place = shop();
    let asked = ["run", "aov", "--by", "channel", "--from", "2026-01", "--out"];
    let said = place.kpic(&[&asked[..], &["out.csv"]].concat());
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), "", "written to out.csv\n"));
    let csv = fs::read_to_string(place.path().join("out.csv")).expect("written");
    assert_eq!(
        csv,
        "period_start,slicing,segment,channel,aov\n2026-01-01,channel,all,shop,20.5\n2026-01-01,channel,all,web,1000.1\n"
    );
    good(place.kpic(&[&asked[..], &["out.md"]].concat()));
    let markdown = fs::read_to_string(place.path().join("out.md")).expect("written");
    let expected = "\
| month | channel | aov |
| --- | --- | ---: |
| 2026-01 | shop | 20.50 EUR |
| 2026-01 | web | 1,000.10 EUR |
";
    assert_eq!(markdown, expected);
}

#[test]
fn the_scorecard_is_long() {
    let csv = good(shop().kpic(&[
        "run",
        "orders",
        "web_share",
        "--by",
        "channel",
        "--total",
        "--from",
        "2026-03",
        "--as-of",
        "2026-03-10",
        "--shape",
        "scorecard",
        "--format",
        "csv",
    ]));
    let expected = "\
kpi,grain,period_start,period_end,is_complete,is_break,segment,slicing,dimension,member,slice,value,unit,target,target_to,attainment,pacing,status,projected,previous,change,change_ratio
orders,month,2026-03-01,2026-04-01,false,false,all,channel,channel,web,\"{\"\"channel\"\": \"\"web\"\"}\",1,count,,,,,no_target,,0,1,
orders,month,2026-03-01,2026-04-01,false,false,all,channel,channel,,\"{\"\"channel\"\": null}\",1,count,,,,,no_target,,0,1,
orders,month,2026-03-01,2026-04-01,false,false,all,total,,,{},2,count,,,,,no_target,,0,2,
web_share,month,2026-03-01,2026-04-01,false,false,all,channel,channel,web,\"{\"\"channel\"\": \"\"web\"\"}\",1.0,percent,,,,,no_target,,,,
web_share,month,2026-03-01,2026-04-01,false,false,all,channel,channel,,\"{\"\"channel\"\": null}\",0.0,percent,,,,,no_target,,,,
web_share,month,2026-03-01,2026-04-01,false,false,all,total,,,{},0.5,percent,,,,,no_target,,,,
";
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&csv), sorted(expected), "{csv}");
}

#[test]
fn suppressed_numbers_are_marked_in_every_shape() {
    let orders = ORDERS.replace("  dimension channel", "  dimension channel\n  dimension buyer = order_id");
    let minimum = "minimum_cell: {count: 2, of: buyer}\n";
    let place = Place::new(&[("kpic.yaml", minimum), ("shop.kpi", &orders), ("orders.csv", ROWS)]);
    let asked = ["run", "orders", "--by", "channel", "--total", "--from", "2026-01"];
    let expected = "
 month    slicing  channel        orders
 2026-01  total                        2
 2026-01  channel  shop     (suppressed)
 2026-01  channel  web      (suppressed)

 (suppressed): too few stand behind the number, or such a number would follow from it
";
    assert_eq!(good(place.kpic(&asked)), expected.trim_start_matches('\n'));
    let json = good(place.kpic(&[&asked[..], &["--format", "json"]].concat()));
    assert!(json.contains(r#""channel": "shop", "orders": null, "orders_suppressed": true}"#), "{json}");
    assert!(json.contains(r#""channel": null, "orders": 2, "orders_suppressed": false}"#), "{json}");
    let csv = good(place.kpic(&[&asked[..], &["--shape", "scorecard", "--format", "csv"]].concat()));
    assert!(csv.lines().next().is_some_and(|head| head.ends_with(",change_ratio,is_suppressed")), "{csv}");
    assert!(csv.contains(",,count,,,,,,,0,,,true\n"), "{csv}");
    assert!(csv.contains("{},2,count,,,,,no_target,,0,2,,false\n"), "{csv}");
}

#[test]
fn the_others_are_told_from_the_named() {
    let place = shop();
    let asked = ["run", "orders", "--by", "channel", "--top", "1", "--from", "2026-01", "--to", "2026-03"];
    let table = good(place.kpic(&asked));
    assert!(!table.contains("is_others"), "{table}");
    assert!(
        table.contains(" 2026-01  web            1\n") && table.contains(" 2026-03  (others)       1\n"),
        "{table}"
    );
    let json = good(place.kpic(&[&asked[..], &["--format", "json"]].concat()));
    assert!(json.contains(r#""channel": "web", "is_others": false, "orders": 1}"#), "{json}");
    assert!(json.contains(r#""channel": null, "is_others": true, "orders": 1}"#), "{json}");
    let csv = good(place.kpic(&[&asked[..], &["--shape", "scorecard", "--format", "csv"]].concat()));
    assert!(csv.lines().next().is_some_and(|head| head.ends_with(",is_others")), "{csv}");
    assert_eq!(csv.lines().filter(|line| line.ends_with(",true")).count(), 3, "{csv}");
}

#[test]
fn parquet_keeps_types() {
    let place = shop();
    good(place.kpic(&["run", "revenue", "orders", "--from", "2026-01", "--out", "wide.parquet"]));
    good(place.kpic(&[
        "run",
        "revenue",
        "--from",
        "2026-01",
        "--shape",
        "scorecard",
        "--out",
        "long.parquet",
    ]));
    let read = |name: &str, columns: &str| -> String {
        let path = place.path().join(name);
        let sql = format!("select concat_ws('|', {columns}) from '{}'", path.display());
        db().query_row(&sql, [], |row| row.get(0)).expect("one row")
    };
    let types = "typeof(period_start), typeof(revenue), typeof(orders), period_start, revenue, orders";
    assert_eq!(read("wide.parquet", types), "DATE|DECIMAL(38,2)|BIGINT|2026-01-01|1020.60|2");
    let types =
        "typeof(period_start), typeof(is_complete), typeof(value), kpi, period_end, is_complete, value, unit";
    assert_eq!(read("long.parquet", types), "DATE|BOOLEAN|DOUBLE|revenue|2026-02-01|true|1020.6|EUR");
    let left: Vec<_> = fs::read_dir(place.path()).expect("it is there").flatten().collect();
    assert_eq!(left.len(), 5, "nothing else is left behind: {left:?}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let path = elsewhere.path().join("kpis.parquet").display().to_string();
    good(
        place.kpic(&["run", "revenue", "--by", "channel", "--top", "1", "--from", "2026-01", "--out", &path]),
    );
    let columns = "string_agg(concat_ws('|', coalesce(channel, '-'), is_others, revenue), ' ')";
    let named: String =
        db().query_row(&format!("select {columns} from '{path}'"), [], |row| row.get(0)).expect("one row");
    assert_eq!(named, "web|false|1000.10 -|true|20.50");
    let said = place.kpic(&["run", "revenue", "--from", "2026-01", "--format", "parquet"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
}

#[test]
fn an_incomplete_period_is_marked() {
    let table = good(shop().kpic(&[
        "run",
        "orders",
        "--from",
        "2026-01",
        "--to",
        "2026-04",
        "--as-of",
        "2026-03-01",
    ]));
    let expected = "
 month      orders
 2026-01         2
 2026-02         0
 2026-03 *       1
 2026-04 *       –

 * not complete: the period is cut, or its end is not known yet
";
    assert_eq!(table, expected.trim_start_matches('\n'));
}

#[test]
fn without_a_range_the_periods_with_data_are_shown() {
    let csv = good(shop().kpic(&["run", "orders", "--grain", "quarter", "--format", "csv"]));
    assert_eq!(csv, "period_start,slicing,segment,orders\n2026-01-01,total,all,4\n");
    let days = good(shop().kpic(&["run", "orders", "--grain", "day", "--format", "csv"]));
    assert_eq!(days.lines().count(), 1 + 57, "5 January to 2 March");
}

// ------------------------------------------------------------------- data

#[test]
fn gzip_parquet_and_patterns_are_read() {
    let place = shop();
    let folder = place.path().display().to_string();
    db().execute_batch(&format!(
        "copy (from '{folder}/orders.csv' where order_id < 3) to '{folder}/a.parquet';
         copy (from '{folder}/orders.csv' where order_id >= 3) to '{folder}/b.parquet';
         copy (from '{folder}/orders.csv') to '{folder}/c.csv.gz'"
    ))
    .expect("the engine writes files");
    for file in ["[ab].parquet", "?.parquet", "c.csv.gz", "*.csv.gz"] {
        place.write("shop.kpi", ORDERS.replace("orders.csv", file).as_bytes()).expect("written");
        let asked = ["run", "orders", "--grain", "year", "--from", "2026", "--format", "csv"];
        assert_eq!(one_number(place.kpic(&asked)), "4", "{file}");
    }
}

#[test]
fn a_file_name_is_data_whatever_is_in_it() {
    for name in
        ["o'clock; drop table x; --.csv", "a[1]*.csv", "été 😀.csv", "back\\slash.csv", "\"quoted\".csv"]
    {
        let file = ORDERS.replace("orders.csv", &name.replace('\'', "''"));
        let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", &file), (name, ROWS)]);
        let asked = ["run", "orders", "--grain", "year", "--from", "2026", "--format", "csv"];
        assert_eq!(one_number(place.kpic(&asked)), "4", "{name}");
    }
}

/// A database with `shop.orders`, a view, and a broken view.
fn database(place: &Place) {
    let file = place.path().join("data.duckdb");
    let db = Connection::open(&file).expect("a database can be made");
    db.execute_batch(
        "create schema shop; create table shop.orders as select * from (values (1, date '2026-01-05', 10), \
         (2, date '2026-01-06', 20)) t(order_id, ordered_on, amount); \
         create view shop.large as select * from shop.orders where amount > 10; create table gone(a int); \
         create view broken as select * from gone; drop table gone",
    )
    .expect("tables can be made");
}

const IN_DATABASE: &str = "\
source orders {
  table shop.orders
  key order_id
  time ordered_on
  measure revenue = sum(amount)
}
source large {
  table shop.large
  key order_id
  time ordered_on
  measure large_orders = count()
}
kpi revenue
kpi large_orders
";

#[test]
fn a_database_is_read_and_never_written() {
    let place = Place::new(&[
        ("kpic.yaml", "environments:\n  local:\n    connection: data.duckdb\n"),
        ("shop.kpi", IN_DATABASE),
    ]);
    database(&place);
    let before = fs::read(place.path().join("data.duckdb")).expect("it is there");
    let csv = good(place.kpic(&["run", "--from", "2026-01", "--format", "csv"]));
    assert_eq!(csv.lines().last(), Some("2026-01-01,total,all,30,1"));
    assert_eq!(fs::read(place.path().join("data.duckdb")).expect("it is there"), before);
    assert!(!place.path().join("data.duckdb.wal").exists());
    // Another reader does not disturb.
    let config = duckdb::Config::default().access_mode(duckdb::AccessMode::ReadOnly).expect("a mode");
    let _reader = Connection::open_with_flags(place.path().join("data.duckdb"), config).expect("opened");
    good(place.kpic(&["run", "--from", "2026-01"]));
}

#[test]
fn tables_of_an_environment_are_files_and_schemas_have_other_names() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  local:\n    connection: data.duckdb\n    schemas:\n      prod: shop\n    files:\n      prod.large: 'data/large.csv'\n",
        ),
        ("shop.kpi", &IN_DATABASE.replace("table shop.", "table prod.")),
        ("data/large.csv", "order_id,ordered_on\n1,2026-01-01\n2,2026-01-02\n3,2026-01-03\n"),
    ]);
    database(&place);
    let csv = good(place.kpic(&["run", "--from", "2026-01", "--format", "csv"]));
    assert_eq!(csv.lines().last(), Some("2026-01-01,total,all,30,3"));
}

/// The engine knows from statistics which stretches of a table hold nothing but NULL,
/// and must not leave them out where a NULL fulfils a condition.
#[test]
fn stretches_of_nulls_fulfil_what_a_null_fulfils() {
    let definitions = "\
source sales {
  table sales
  key id
  time day
  column day : date
  column buyer : integer
  column new : boolean
  measure sales = count()
  measure not_new = count() where not new or new = true
  rows where buyer < 2 or buyer <> 2
}
source others {
  table sales
  key id
  time day
  column day : date
  column new : boolean
  measure others = count()
  rows where not new or new = true
}
kpi sales
kpi not_new
kpi others
";
    let place = Place::new(&[
        ("kpic.yaml", "environments:\n  local:\n    connection: data.duckdb\n"),
        ("sales.kpi", definitions),
    ]);
    let db = Connection::open(place.path().join("data.duckdb")).expect("a database can be made");
    // Two stretches, the first of NULLs alone.
    db.execute_batch(
        "create table sales as select i as id, date '2026-01-05' as day, \
         case when i >= 122880 then 2 end as buyer, case when i >= 122880 then true end as new \
         from range(122890) t(i)",
    )
    .expect("tables can be made");
    drop(db);
    let csv = good(place.kpic(&["run", "--from", "2026-01", "--format", "csv"]));
    // The ten buyers are all 2; all rows are new or not known to be.
    assert_eq!(csv.lines().last(), Some("2026-01-01,total,all,122880,122880,122890"));
}

// ---------------------------------------------------------------- findings

/// The code, the place and the fact of each finding on stderr.
fn findings(said: &Said) -> Vec<String> {
    assert_eq!(said.code, Some(1), "{}\n{}", said.err, said.out);
    assert_eq!(said.out, "");
    let lines: Vec<&str> = said.err.lines().collect();
    let heads = lines.iter().enumerate().filter(|(_, line)| line.starts_with("error["));
    heads
        .map(|(i, head)| {
            let place = lines.get(i + 1).and_then(|l| l.trim().strip_prefix("--> ")).unwrap_or("-");
            format!("{place} {head}")
        })
        .collect()
}

#[test]
fn columns_that_the_data_lacks_are_found_before_anything_runs() {
    let place = shop();
    place.write("orders.csv", b"order_id,ordered_on,chanel,amounts\n1,2026-01-05,web,3\n").expect("written");
    let found = findings(&place.kpic(&["run", "revenue", "--by", "channel"]));
    assert_eq!(
        found,
        [
            "shop.kpi:6:10 error[K0207]: the data of `orders` has no column `amount`",
            "shop.kpi:7:13 error[K0207]: the data of `orders` has no column `channel`",
        ]
    );
}

#[test]
fn a_repeated_key_is_refused() {
    let place = Place::new(&[
        ("kpic.yaml", ""),
        (
            "shop.kpi",
            "\
source orders {
  file 'orders.csv'
  key order_id
  time ordered_on
  join customer: customers on customer_id
  measure orders = count()
}
source customers {
  file 'customers.csv'
  key customer_id
  dimension country
}
kpi orders
",
        ),
        ("orders.csv", "order_id,ordered_on,customer_id\n1,2026-01-01,7\n2,2026-01-01,8\n"),
        ("customers.csv", "customer_id,country\n7,FR\n7,DE\n8,FR\n,ES\n,IT\n"),
    ]);
    let found = findings(&place.kpic(&["run", "orders", "--by", "country", "--from", "2026-01"]));
    assert_eq!(
        found,
        [
            "shop.kpi:10:7 error[K0408]: the key of `customers` repeats: 1 of its values stand in more than one row"
        ]
    );
    // Nothing is joined, so nothing can go wrong.
    assert_eq!(one_number(place.kpic(&["run", "orders", "--from", "2026-01", "--format", "csv"])), "2");
}

#[test]
fn files_that_are_not_there_or_elsewhere_are_findings() {
    let place = shop();
    for (file, fact) in [
        ("none.csv", "there is no file `none.csv`"),
        ("none*.csv", "no file fits `none*.csv`"),
        ("../orders.csv", "`../orders.csv` lies outside of the project"),
        ("/etc/passwd", "`/etc/passwd` lies outside of the project"),
    ] {
        place.write("shop.kpi", ORDERS.replace("orders.csv", file).as_bytes()).expect("written");
        let found = findings(&place.kpic(&["run", "orders", "--from", "2026-01"]));
        assert_eq!(found.len(), 1, "{file}");
        assert!(found[0].starts_with("shop.kpi:1:1 error[K0802]: ") && found[0].ends_with(fact), "{found:?}");
    }
}

#[test]
fn what_the_engine_says_is_passed_on() {
    let place = shop();
    place
        .write("orders.csv", b"order_id,ordered_on,channel,amount\n1,2026-01-05,web,ten\n")
        .expect("written");
    let found = findings(&place.kpic(&["run", "revenue", "--from", "2026-01"]));
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("error[K0804]: ") && found[0].contains("ten"), "{found:?}");
}

#[test]
fn another_dialect_is_not_run() {
    let place =
        Place::new(&[("kpic.yaml", "environments:\n  prod:\n    dialect: postgres\n"), ("shop.kpi", ORDERS)]);
    let said = place.kpic(&["run", "orders", "--from", "2026-01"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("the environment speaks postgres"), "{}", said.err);
}

// ----------------------------------------------------------------- sandbox

/// A project whose source is a user's own query.
fn querying(sql: &str) -> Place {
    let definitions = "\
source rows {
  sql 'rows.sql'
  time day
  measure rows = count()
}
kpi rows
";
    Place::new(&[
        ("kpic.yaml", ""),
        ("shop.kpi", definitions),
        ("rows.sql", sql),
        ("inside.csv", "day\n2026-01-01\n"),
    ])
}

#[test]
fn users_queries_read_the_project_and_nothing_else() {
    let asked = ["run", "rows", "--from", "2026-01", "--format", "csv"];
    assert_eq!(one_number(querying("select day from 'inside.csv'").kpic(&asked)), "1");
    let outside = tempfile::NamedTempFile::with_suffix(".csv").expect("a file");
    fs::write(outside.path(), "day\n2026-01-01\n").expect("written");
    let path = outside.path().display().to_string();
    for sql in [
        format!("select day from '{path}'"),
        format!("select * from read_csv('{path}')"),
        "select date '2026-01-01' as day from read_text('/etc/hostname')".into(),
        "select date '2026-01-01' as day from glob('/etc/*')".into(),
        "select day from 'https://example.org/x.csv'".into(),
        "select day from 'inside.csv/../../../../etc/hostname'".into(),
    ] {
        let said = querying(&sql).kpic(&asked);
        assert_eq!(said.code, Some(1), "{sql}: {}", said.out);
        assert!(said.err.contains("error[K0804]"), "{sql}: {}", said.err);
    }
}

#[test]
fn ctrl_c_stops_the_query() {
    let place = querying(
        "select date '2026-01-01' as day from range(1000000000000) a where hash(a.range) % 1000000007 = 1",
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(["run", "rows", "--from", "2026-01"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kpic starts");
    std::thread::sleep(Duration::from_secs(2));
    assert!(child.try_wait().expect("it can be asked").is_none(), "the query takes days");
    let stopped = Instant::now();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ends");
    assert!(stopped.elapsed() < Duration::from_secs(30));
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "stopped\n");
}

// ------------------------------------------------- assertions and events

const ALWAYS: &str = "\
event fair \"The fair\" from 2026-02-10 until 2026-02-12
event season \"Season\" from 2025-11 until 2026-02 where channel = 'web'
event tracker from 2026-03-15
event later \"Not in the range\" from 2026-05 until 2026-06
assert enough \"An order is worth something\" = aov > 5 EUR
assert not_only_web = web_share < 100%
";

fn asserting() -> Place {
    Place::new(&[("kpic.yaml", ""), ("shop.kpi", &format!("{ORDERS}{ALWAYS}")), ("orders.csv", ROWS)])
}

#[test]
fn assertions_are_told_beside_what_they_compare() {
    let said = asserting().kpic(&["run", "--asserts", "--from", "2026-01", "--to", "2026-03"]);
    assert_eq!(
        format!("\n{}", said.out),
        "
 month           aov  web_share  enough   not_only_web
 2026-01  510.30 EUR     50.00%  holds    holds
 2026-02           –          –  no data  no data
 2026-03    2.50 EUR     50.00%  fails    holds

 2026-01 to 2026-02: Season (channel = 'web')
 2026-02: The fair
 2026-03: tracker, from here on
"
    );
    assert_eq!(
        said.err,
        "enough fails in 1 of 2 cells: 2026-03; without data in 1 cell
not_only_web holds in 2 cells; without data in 1 cell
"
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn assertions_that_hold_end_well() {
    let place = asserting();
    let said = place.kpic(&["run", "--asserts", "not_only_web", "--from", "2026-01", "--format", "csv"]);
    let expected = "period_start,slicing,segment,web_share,not_only_web\n2026-01-01,total,all,0.5,1\n";
    assert_eq!(good(said), expected);
    let said = place.kpic(&[
        "run",
        "--asserts",
        "enough",
        "--by",
        "channel",
        "--from",
        "2026-03",
        "--format",
        "json",
    ]);
    assert!(said.err.contains("enough fails in 2 of 2 cells: 2026-03, web; 2026-03, (none)"), "{}", said.err);
    assert_eq!(said.code, Some(1));
}

#[test]
fn assertions_that_cannot_be_told_are_misuse() {
    let place = asserting();
    for (options, fact) in [
        (&["--shape", "scorecard"][..], "`--asserts` has the wide shape"),
        (&["--out", "a.parquet"][..], "`--asserts` has the wide shape"),
    ] {
        let said = place.kpic(&[&["run", "--asserts"], options].concat());
        assert!(said.err.contains(fact), "{}", said.err);
        assert_eq!(said.code, Some(2));
    }
    let said = shop().kpic(&["run", "--asserts"]);
    assert!(said.err.contains("the project has no sound assertion"), "{}", said.err);
    assert_eq!(said.code, Some(2));
    let said = place.kpic(&["run", "--asserts", "enuogh", "--from", "2026-01"]);
    assert!(said.err.contains("did you mean `enough`?"), "{}", said.err);
    assert_eq!(said.code, Some(1));
}

#[test]
fn events_stand_beneath_markdown_and_in_no_file_for_programs() {
    let place = asserting();
    let markdown =
        good(place.kpic(&["run", "orders", "--from", "2026-02", "--grain", "day", "--format", "markdown"]));
    assert!(markdown.ends_with(
        "\n2026-02-01 to 2026-02-28: Season (channel = 'web')\n\n2026-02-10 to 2026-02-12: The fair\n"
    ));
    let json = good(place.kpic(&["run", "orders", "--from", "2026-02", "--format", "json"]));
    assert!(!json.contains("fair"), "{json}");
}

// ------------------------------------------------------- targets and status

/// January 1,020.60 of 1,030, February nothing, March 5; after that nothing is known.
fn with_targets() -> Place {
    let revenue = "\
kpi revenue {
  unit EUR
  target 1030 EUR each month
  status at_risk below 100% of target, off_track below 50% of target
}
";
    let definitions = ORDERS.replace("kpi revenue\n", revenue).replace(
        "kpi web_share = web_orders / orders { unit percent }",
        "kpi web_share = web_orders / orders { unit percent  better range  target 20% to 40% }",
    );
    Place::new(&[("kpic.yaml", ""), ("shop.kpi", &definitions), ("orders.csv", ROWS)])
}

const UNTIL_MARCH: [&str; 6] = ["--from", "2026-01", "--to", "2026-04", "--as-of", "2026-03-31"];

#[test]
fn a_run_fails_on_a_status() {
    let place = with_targets();
    let says = |statuses: &str, more: &[&str], words: &str| {
        let asked = ["run", "revenue", "orders", "--fail-on", statuses];
        let said = place.kpic(&[&asked[..], &UNTIL_MARCH, more].concat());
        assert_eq!(said.code, Some(i32::from(!words.is_empty())), "{statuses}: {}", said.err);
        assert_eq!(said.err, words, "{statuses}");
        said.out
    };
    let off_track = "revenue: off track in 2 of 4 cells: 2026-02, 2026-03\n";
    let table = says("off_track", &[], off_track);
    assert!(table.contains("off track") && table.contains("2026-04"), "the result is shown: {table}");
    let or_worse = format!("{off_track}revenue: at risk in 1 of 4 cells: 2026-01\n");
    says("at_risk", &[], &or_worse);
    says("at_risk,off_track", &["--shape", "scorecard"], &or_worse);
    says("no_target", &[], "orders: no target in 3 of 4 cells: 2026-01, 2026-02, 2026-03\n");
    says(
        "no_data",
        &["--format", "json"],
        "revenue: no data in 1 of 4 cells: 2026-04\norders: no data in 1 of 4 cells: 2026-04\n",
    );
    let january = ["run", "revenue", "orders", "--from", "2026-01", "--fail-on", "off_track,no_data"];
    assert_eq!(place.kpic(&january).code, Some(0));
    // A ratio's target is every channel's; a sum's is the whole's.
    let slices = ["run", "revenue", "web_share", "--by", "channel", "--from", "2026-01"];
    let said = place.kpic(&[&slices[..], &["--fail-on", "off_track,no_target"]].concat());
    let expected = "revenue: no target in 2 of 2 cells: 2026-01 shop, 2026-01 web\nweb_share: off track in 2 of 2 cells: 2026-01 shop, 2026-01 web\n";
    assert_eq!((said.code, said.err.as_str()), (Some(1), expected));
}

#[test]
fn a_file_is_written_whatever_a_run_fails_on() {
    let place = with_targets();
    for shape in ["wide", "scorecard"] {
        let file = format!("{shape}.parquet");
        let asked = [
            "run",
            "revenue",
            "--from",
            "2026-02",
            "--fail-on",
            "off_track",
            "--shape",
            shape,
            "--out",
            &file,
        ];
        let said = place.kpic(&asked);
        let words = format!("written to {file}\nrevenue: off track in 1 of 1 cell: 2026-02\n");
        assert_eq!((said.code, said.err), (Some(1), words));
        let column = if shape == "wide" { "revenue_status" } else { "status" };
        let sql = format!("select {column} from '{}'", place.path().join(&file).display());
        let status: String = db().query_row(&sql, [], |row| row.get(0)).expect("one row");
        assert_eq!(status, "off_track");
    }
    let said = place.kpic(&["run", "revenue", "--from", "2026-02", "--fail-on", "late"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
}

#[test]
fn targets_stand_behind_their_number_in_words() {
    let table = good(with_targets().kpic(&[
        "run",
        "revenue",
        "web_share",
        "--targets",
        "--trend",
        "--from",
        "2026-01",
        "--to",
        "2026-03",
        "--as-of",
        "2026-03-15",
    ]));
    let expected = "
 month           revenue        target  attained  pacing  status     projected      previous         change  web_share            target  attained  status     previous
 2026-01    1,020.60 EUR  1,030.00 EUR    99.09%          at risk                   0.00 EUR  +1,020.60 EUR     50.00%  20.00% to 40.00%    75.00%  off track         –
 2026-02        0.00 EUR  1,030.00 EUR     0.00%          off track             1,020.60 EUR       -100.00%          –  20.00% to 40.00%         –  no data      50.00%
 2026-03 *      5.00 EUR  1,030.00 EUR     0.49%   1.00%  off track  10.33 EUR      0.00 EUR      +5.00 EUR     50.00%  20.00% to 40.00%    75.00%  off track         –

 * not complete: the period is cut, or its end is not known yet
";
    assert_eq!(table, expected.trim_start_matches('\n'));
}

#[test]
fn the_scorecard_is_read_by_people_too() {
    let place = with_targets();
    let asked =
        ["run", "revenue", "web_share", "orders", "--shape", "scorecard", "--by", "channel", "--total"];
    let markdown = good(place.kpic(&[&asked[..], &["--from", "2026-03", "--format", "markdown"]].concat()));
    let expected = "
| kpi | month | slicing | channel | value | target | attained | status | previous | change |
| --- | --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: |
| revenue | 2026-03 | total |  | 5.00 EUR | 1,030.00 EUR | 0.49% | off track | 0.00 EUR | +5.00 EUR |
| revenue | 2026-03 | channel | web | 0.00 EUR | – | – | no target | 0.00 EUR | 0.00 EUR |
| revenue | 2026-03 | channel | (none) | 5.00 EUR | – | – | no target | 0.00 EUR | +5.00 EUR |
| web_share | 2026-03 | total |  | 50.00% | 20.00% to 40.00% | 75.00% | off track | – | – |
| web_share | 2026-03 | channel | web | 100.00% | 20.00% to 40.00% | -50.00% | off track | – | – |
| web_share | 2026-03 | channel | (none) | 0.00% | 20.00% to 40.00% | 0.00% | off track | – | – |
| orders | 2026-03 | total |  | 2 | – | – | no target | 0 | +2 |
| orders | 2026-03 | channel | web | 1 | – | – | no target | 0 | +1 |
| orders | 2026-03 | channel | (none) | 1 | – | – | no target | 0 | +1 |
";
    assert_eq!(markdown, expected.trim_start_matches('\n'));
}

/// Two KPIs whose columns beside them would have one name: a scorecard has no such columns.
#[test]
fn the_scorecard_takes_kpis_of_any_names() {
    let definitions = format!("{ORDERS}kpi revenue_previous = revenue * 2 {{ unit EUR }}\n");
    let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", &definitions), ("orders.csv", ROWS)]);
    let asked = ["run", "revenue", "revenue_previous", "--from", "2026-02", "--format", "csv"];
    let csv = good(place.kpic(&[&asked[..], &["--shape", "scorecard"]].concat()));
    assert!(
        csv.contains("revenue,month") && csv.contains(",0.00,EUR,,,,,no_target,,1020.60,-1020.60,-1.0\n"),
        "{csv}"
    );
    assert_eq!(place.kpic(&[&asked[..], &["--trend"]].concat()).code, Some(1));
}
