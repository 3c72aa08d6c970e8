//! Locks pulled from data: files, a database of the embedded engine, PostgreSQL.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::place::{Place, Said, kpic};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn lock(place: &Place) -> String {
    fs::read_to_string(place.path().join("kpic.lock.yaml")).expect("the lock was written")
}

/// What stands below the version.
fn body(text: &str) -> &str {
    text.split_once("version: 1\n").expect("a lock has a version").1
}

const SHOP: &str = "
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  join customer: customers on customer_id
  measure orders = count()
  measure countries = count(distinct customer.country)
}
source customers {
  table shop.customers
  key customer_id
  column customer_id : integer pii
  dimension country
}
source big_orders {
  sql 'queries/big.sql'
  key order_id
  time ordered_at in UTC
  measure big_orders = count()
}
kpi orders
kpi countries
kpi big_orders
";
const BIG: &str = "SELECT order_id, ordered_at, amount FROM shop.orders WHERE amount > 100\n";

#[test]
fn the_lock_of_the_example_is_what_its_data_is() {
    let said = kpic(&root().join("examples/online_retail"), &["schema", "pull", "--check"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let said = kpic(&root().join("examples/online_retail"), &["check", "--strict"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

fn database(place: &Place, statements: &str) {
    let connection = duckdb::Connection::open(place.path().join("shop.db")).expect("a database can be made");
    connection.execute_batch(statements).expect("the database takes it");
}

#[test]
fn a_database_of_the_engine() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  prod:\n    connection: shop.db\n    schemas:\n      shop: prod_shop\n",
        ),
        ("shop.kpi", SHOP),
        ("queries/big.sql", &BIG.replace("shop.", "prod_shop.")),
    ]);
    database(
        &place,
        "CREATE SCHEMA prod_shop;
         CREATE TABLE prod_shop.buyers (customer_id INTEGER PRIMARY KEY, country VARCHAR, tags VARCHAR[]);
         CREATE VIEW prod_shop.customers AS SELECT customer_id, country, tags FROM prod_shop.buyers;
         CREATE TABLE prod_shop.orders (order_id BIGINT NOT NULL, ordered_at TIMESTAMP NOT NULL,
           customer_id INTEGER, amount DECIMAL(12, 2), at_all TIMESTAMPTZ);
         INSERT INTO prod_shop.buyers VALUES (1, 'FR', []), (2, NULL, []);
         INSERT INTO prod_shop.orders VALUES (1, '2026-01-05', 1, 20, NULL), (2, '2026-01-06', 9, 200, NULL),
           (2, '2026-01-07', NULL, 300, NULL);",
    );
    let said = place.kpic(&["schema", "pull"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(
        body(&lock(&place)),
        "tables:
  shop.customers:
    columns:
      country: text
      customer_id: integer
      tags: \"other (VARCHAR[])\"
  shop.orders:
    columns:
      amount: decimal(12, 2) null
      at_all: instant null
      customer_id: integer null
      order_id: integer not null
      ordered_at: timestamp not null
queries:
  queries/big.sql:
    text: df64b320cd22a423
    columns:
      amount: decimal(12, 2)
      order_id: integer
      ordered_at: timestamp
"
    );

    // What is measured stays until it is measured again, and nothing changes by itself.
    assert_eq!(place.kpic(&["schema", "pull", "--measure"]).code, Some(0));
    let measured = lock(&place);
    assert!(measured.contains("  orders:\n    day: \"2"), "{measured}");
    assert!(measured.contains("      columns: order_id\n      repeated: 1\n"), "{measured}");
    assert!(
        measured.contains(
            "        to: customers\n        columns: customer_id\n        without: 1\n        unmatched: 1\n"
        ),
        "{measured}"
    );
    assert!(measured.contains("      country: text null\n"), "{measured}");
    assert!(measured.contains("      customer_id: integer not null\n"), "{measured}");
    let again = place.kpic(&["schema", "pull"]);
    assert!(again.err.contains("is up to date"), "{}", again.err);
    assert_eq!(lock(&place), measured);
    assert_eq!(place.kpic(&["schema", "pull", "--check"]).code, Some(0));

    // The key that was seen to repeat is told of without the data.
    let said = place.kpic(&["check"]);
    assert!(said.out.contains("the key of `orders` repeats: on 2"), "{}", said.out);

    database(
        &place,
        "ALTER TABLE prod_shop.orders DROP COLUMN at_all; ALTER TABLE prod_shop.orders ALTER amount TYPE VARCHAR",
    );
    let said = place.kpic(&["schema", "pull", "--check"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("`amount` was decimal(12, 2) null, and is text null; `at_all` is gone"),
        "{}",
        said.err
    );
    assert_eq!(lock(&place), measured, "--check writes nothing");
}

#[test]
fn samples_of_keys_tell_of_nobody() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  local:\n    files:\n      shop.orders: orders.csv\n      shop.customers: customers.csv\n",
        ),
        (
            "shop.kpi",
            "source orders { table shop.orders  key code  time day  join customer: customers on email
               column code = reference  column reference : text
               measure orders = count()  measure towns = count(distinct customer.town) }
             source customers { table shop.customers  key email  column person = lower(email)
               column address : text pii = person }
             kpi orders kpi towns",
        ),
        (
            "orders.csv",
            "reference,day,email\nR1,2026-01-05,ann@x.org\nR1,2026-01-06,bob@x.org\nR2,2026-01-06,eve@x.org\n",
        ),
        ("customers.csv", "email,town\nann@x.org,Lyon\nbob@x.org,Nice\nbob@x.org,Nice\n"),
    ]);
    for format in ["text", "json"] {
        let said = place.kpic(&["check", "--data", "--format", format]);
        assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
        assert!(said.out.contains("R1"), "the key of orders is nobody's: {}", said.out);
        for person in ["eve@", "bob@"] {
            assert!(!said.out.contains(person), "{}", said.out);
        }
    }
}

#[test]
fn data_is_told_of_as_text_and_as_json() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  local:\n    files:\n      shop.orders: orders.csv\n      shop.customers: customers.csv\n",
        ),
        ("shop.kpi", &SHOP.replace("sql 'queries/big.sql'", "file 'orders.csv'")),
        (
            "orders.csv",
            "order_id,ordered_at,customer_id,amount\n1,2026-01-05 08:00:00,1,20\n2,2026-03-06 09:30:00,,7\n3,2026-02-01 00:00:00,9,8\n",
        ),
        ("customers.csv", "customer_id,country\n1,FR\n2,DE\n"),
    ]);
    let said = place.kpic(&["check", "--data"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(
        said.out.ends_with(
            "orders: 3 rows
  newest by ordered_at: 2026-03-06 09:30:00
  key order_id: unique
  join customer on customer_id: 1 of 3 rows (33.3%) find no partner; 1 of 3 rows (33.3%) name none
customers: 2 rows
  key customer_id: unique
big_orders: 3 rows
  newest by ordered_at: 2026-03-06 09:30:00
  key order_id: unique
"
        ),
        "{}",
        said.out
    );
    let said = place.kpic(&["check", "--data", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&said.out).expect("it is JSON");
    assert_eq!(whole["findings"][0]["code"], "K0746");
    let orders = &whole["sources"][0];
    assert_eq!(orders["rows"], 3);
    assert_eq!(orders["newest"]["ordered_at"], "2026-03-06T09:30:00");
    assert_eq!(orders["joins"][0]["without"], 1);
    assert_eq!(
        orders["joins"][0]["unmatched"],
        serde_json::json!({"count": 1, "sample": null, "personal": true})
    );
}

#[test]
fn a_pack_that_a_project_binds() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "packs: [./shops]\nenvironments:\n  local:\n    files:\n      erp.belege: belege.csv\n",
        ),
        (
            "shops/pack.kpi",
            "source orders { key order_id  time ordered_on
               column order_id : integer  column ordered_on : date  column amount : decimal(12, 2)
               column rebate : decimal(12, 2)
               measure revenue = sum(amount)  measure rebates = sum(rebate) }
             kpi revenue  kpi rebates",
        ),
        (
            "own.kpi",
            "source orders { table erp.belege  column order_id = belegnr  column amount = betrag }\n",
        ),
        ("belege.csv", "belegnr,ordered_on,betrag\n1,2026-01-05,20.00\n"),
    ]);
    let said = place.kpic(&["schema", "pull"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(lock(&place).contains("  erp.belege:\n    types: guessed\n"), "{}", lock(&place));
    let said = place.kpic(&["check"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    // What the table lacks makes the number wait, and is no finding.
    let said = place.kpic(&["list", "--format", "json"]);
    assert!(said.out.contains("rebate"), "{}", said.out);
    place
        .write(
            "own.kpi",
            b"source orders { table erp.belege  column order_id = belegnr  column amount = betrga }\n",
        )
        .expect("it is written");
    let said = place.kpic(&["check"]);
    assert!(said.out.contains("did you mean `betrag`?"), "{}", said.out);
}

#[test]
fn a_lock_is_written_whole_or_not_at_all() {
    let place = Place::new(&[
        ("kpic.yaml", "environments:\n  local:\n    files:\n      shop.orders: orders.csv\n"),
        ("shop.kpi", "source orders { table shop.orders  key id  time day  measure n = count() } kpi n"),
        ("orders.csv", "id,day\n1,2026-01-05\n"),
        ("kpic.lock.yaml", "<<<<<<< HEAD\n"),
    ]);
    // Not even a definition that cannot be read: it might name other tables.
    place.write("other.kpi", b"source other { table shop.other").expect("it is written");
    let said = place.kpic(&["schema", "pull"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(lock(&place), "<<<<<<< HEAD\n");
    place.write("other.kpi", b"").expect("it is written");
    // Nor a setting: it might say where they are.
    let settings = fs::read_to_string(place.path().join("kpic.yaml")).expect("it is there");
    place.write("kpic.yaml", settings.replace("files", "fiels").as_bytes()).expect("it is written");
    assert_eq!(place.kpic(&["schema", "pull"]).code, Some(1));
    assert_eq!(lock(&place), "<<<<<<< HEAD\n");
    place.write("kpic.yaml", settings.as_bytes()).expect("it is written");
    assert_eq!(place.kpic(&["schema", "pull"]).code, Some(0), "a broken one is replaced");
    assert!(lock(&place).contains("shop.orders"));
    // `run` looks at the data, not at the lock.
    place.write("kpic.lock.yaml", b"<<<<<<< HEAD\n").expect("it is written");
    assert_eq!(place.kpic(&["check"]).code, Some(1));
    assert_eq!(place.kpic(&["compile", "n", "--from", "2026-01"]).code, Some(1));
    assert_eq!(place.kpic(&["run", "n", "--from", "2026-01"]).code, Some(0));
    let inside = fs::read_dir(place.path()).expect("the folder is there").count();
    assert_eq!(inside, 5, "nothing is left beside it");
}

// ------------------------------------------------------------------ PostgreSQL

/// A server that stops when this is dropped.
pub struct Server {
    script: Child,
    pub address: String,
}

impl Server {
    pub fn start() -> Server {
        let mut script = Command::new(root().join("scripts/postgres"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/postgres starts");
        let mut address = String::new();
        let out = script.stdout.take().expect("it was asked for");
        BufReader::new(out).read_line(&mut address).expect("it says where it is");
        let address = address.trim().to_owned();
        assert!(!address.is_empty(), "scripts/postgres gave no address");
        Server { script, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

pub fn asked(folder: &Path, connection: &str, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("SHOP_DATABASE", connection)
        .output()
        .expect("kpic starts");
    let text = |bytes| String::from_utf8(bytes).expect("kpic writes UTF-8");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_postgres() {
    let server = Server::start();
    let mut client = postgres::Client::connect(&server.address, postgres::NoTls).expect("it lets us in");
    client
        .batch_execute(
            "CREATE SCHEMA shop;
             CREATE DOMAIN shop.money_of_ours AS numeric(12, 2) NOT NULL;
             CREATE TYPE shop.state AS ENUM ('new', 'paid');
             CREATE TABLE shop.customers (customer_id integer PRIMARY KEY, country text, gone text);
             ALTER TABLE shop.customers DROP COLUMN gone;
             CREATE TABLE shop.orders (order_id bigint NOT NULL, ordered_at timestamptz(3) NOT NULL,
               local_time timestamp, customer_id integer, amount shop.money_of_ours, state shop.state,
               weight double precision, total numeric, lines integer[], note jsonb, \"odd \"\"name\" text);
             INSERT INTO shop.customers VALUES (1, 'FR'), (2, NULL);
             INSERT INTO shop.orders (order_id, ordered_at, customer_id, amount)
               VALUES (1, '2026-01-05', 1, 20), (2, '2026-01-06', 9, 200), (2, '2026-01-07', NULL, 300);
             CREATE VIEW shop.paid AS SELECT order_id, ordered_at FROM shop.orders;",
        )
        .expect("it takes it");
    let shop = SHOP
        .replace("in UTC\n  join", "\n  join")
        .replace("key order_id\n  time ordered_at in UTC", "key order_id\n  time ordered_at");
    let paid =
        "source paid { table shop.paid  key order_id  time ordered_at  measure paid = count() } kpi paid\n";
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  prod:\n    dialect: postgres\n    connection_variable: SHOP_DATABASE\n",
        ),
        ("shop.kpi", &(shop + paid)),
        ("queries/big.sql", BIG),
    ]);
    let said = asked(place.path(), &server.address, &["schema", "pull", "--measure"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let text = lock(&place);
    let (tables, measured) = body(&text).split_once("measured:\n").expect("it was measured");
    assert_eq!(
        tables,
        "tables:
  shop.customers:
    columns:
      country: text null
      customer_id: integer not null
  shop.orders:
    columns:
      amount: decimal(12, 2) not null
      customer_id: integer null
      lines: \"other (integer[]) null\"
      local_time: timestamp null
      note: other (jsonb) null
      \"odd \\\"name\": text null
      order_id: integer not null
      ordered_at: instant not null
      state: text null
      total: decimal null
      weight: float null
  shop.paid:
    columns:
      order_id: integer not null
      ordered_at: instant not null
queries:
  queries/big.sql:
    text: \"4e85f6bbc392a81d\"
    columns:
      amount: decimal not null
      order_id: integer not null
      ordered_at: instant not null
"
    );
    assert!(measured.contains("      columns: order_id\n      repeated: 1\n"), "{measured}");
    assert!(measured.contains("        without: 1\n        unmatched: 1\n"), "{measured}");
    assert_eq!(asked(place.path(), &server.address, &["schema", "pull", "--check"]).code, Some(0));
    let said = place.kpic(&["check"]);
    assert_eq!(said.code, Some(0), "no connection is needed: {}{}", said.out, said.err);

    // A table that is not there, with the one that was meant; the rest is written.
    let text = fs::read_to_string(place.path().join("shop.kpi")).expect("it is there");
    place
        .write("shop.kpi", text.replace("table shop.paid", "table shop.payd").as_bytes())
        .expect("it is written");
    let said = asked(place.path(), &server.address, &["schema", "pull"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("did you mean `shop.paid`?"), "{}", said.err);
    assert!(lock(&place).contains("shop.orders"));

    // Never a word of the connection.
    for connection in [
        "host=/nowhere user=reader password=secret-word",
        "postgresql://reader:secret-word@db.example.org/shop",
        "secret-word",
    ] {
        let said = asked(place.path(), connection, &["schema", "pull"]);
        assert_eq!(said.code, Some(1));
        assert!(said.err.contains("K0749") && !said.err.contains("secret-word"), "{}", said.err);
        assert!(!lock(&place).contains("secret-word"));
    }
    let count = "SELECT count(*) FROM shop.orders";
    assert_eq!(client.query_one(count, &[]).expect("it answers").get::<_, i64>(0), 3);
}
