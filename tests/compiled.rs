//! `kpic compile` for those who keep its SQL: views, tables, bound values, dbt models, files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use duckdb::Connection;
use tempfile::TempDir;

const DEFINITIONS: &str = "\
source orders {
  table shop.orders
  key id
  time day
  column day : date
  column amount : decimal(12, 2)
  dimension channel
  measure revenue = sum(amount)
  measure orders = count()
  measure odd = count() where channel = '{{ 1 / 0 }} {% raise %} {# gone #}'
}
kpi revenue \"Revenue {{ 1 / 0 }}\" { unit EUR owner \"sales@example.org\" }
kpi orders
kpi odd
kpi value = revenue / orders
";

const ROWS: &str = "\
create schema shop;
create table shop.orders(id bigint, day date, amount decimal(12, 2), channel varchar);
insert into shop.orders values
  (1, '2026-01-05', 10.00, 'web'), (2, '2026-01-31', 20.50, 'shop'), (3, '2026-02-01', 1.25, null),
  (4, '2026-03-15', 7.00, 'web'), (5, '2026-03-31', 3.00, '{{ 1 / 0 }} {% raise %} {# gone #}');
";

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("kpic.yaml"), "name: shop\nzone: UTC\ncurrency: EUR\n").expect("written");
    fs::write(folder.path().join("shop.kpi"), DEFINITIONS).expect("written");
    folder
}

fn kpic(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kpic"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().expect("kpic starts")
}

/// What compile writes to stdout.
fn compiled(folder: &Path, arguments: &str) -> String {
    let arguments: Vec<_> = std::iter::once("compile").chain(arguments.split_whitespace()).collect();
    let output = kpic(folder, &arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("SQL is text")
}

fn database() -> Connection {
    let database = Connection::open_in_memory().expect("it opens");
    database.execute_batch(ROWS).expect("the rows are sound");
    database
}

/// The rows of a query as texts, in no order.
fn rows(database: &Connection, sql: &str) -> Vec<Vec<Option<String>>> {
    let sql = format!("select columns(*)::varchar from ({})", sql.trim_end().trim_end_matches(';'));
    let mut statement = database.prepare(&sql).unwrap_or_else(|e| panic!("{e}\n{sql}"));
    let mut found = statement.query([]).expect("it runs");
    let mut rows = Vec::new();
    while let Some(row) = found.next().expect("it goes on") {
        let width = row.as_ref().column_count();
        rows.push((0..width).map(|i| row.get(i).expect("a text")).collect());
    }
    rows.sort();
    rows
}

const ASKED: &str = "revenue value --by channel --total --from 2026-01 --to 2026-03";

#[test]
fn views_and_tables_have_the_rows_of_the_query() {
    let folder = project();
    let database = database();
    let expected = rows(&database, &compiled(folder.path(), ASKED));
    // Four members and the total, three months.
    assert_eq!(expected.len(), 15);
    for kind in ["view", "table"] {
        let name = format!("kept_{kind}");
        let text = compiled(folder.path(), &format!("{ASKED} --as {kind} --name shop.{name}"));
        // A second time replaces the first.
        for _ in 0..2 {
            database.execute_batch(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        }
        assert_eq!(rows(&database, &format!("from shop.{name}")), expected);
    }
}

#[test]
fn periods_are_chosen_when_the_query_runs() {
    let folder = project();
    let database = database();
    let asked = "revenue orders --from 2026-01 --to 2026-03";
    let expected = rows(&database, &compiled(folder.path(), "revenue orders --from 2026-02 --to 2026-03"));
    assert_eq!(expected.len(), 2);

    let bound = compiled(folder.path(), &format!("{asked} --params bind"));
    // Its clients bind by name; here the values are written in their places.
    assert_eq!((bound.matches("$range_start").count(), bound.matches("$range_end").count()), (1, 1));
    let written = bound.replace("$range_start", "'2026-02-01'").replace("$range_end", "'2026-04-01'");
    assert_eq!(rows(&database, &written), expected);
    database.execute_batch(&format!("prepare bound as {bound}")).expect("a statement with two values");

    let view =
        compiled(folder.path(), &format!("{asked} --params table=shop.chosen --as view --name shop.seen"));
    let chosen =
        "create table shop.chosen as select date '2026-02-01' as range_start, date '2026-04-01' as range_end";
    database.execute_batch(&format!("{chosen};\n{view}")).expect("the view is made");
    assert_eq!(rows(&database, "from shop.seen"), expected);
    database.execute_batch("update shop.chosen set range_end = '2026-03-01'").expect("updated");
    assert_eq!(rows(&database, "from shop.seen"), expected[..1]);
}

#[test]
fn the_day_that_is_known_is_chosen_when_the_query_runs() {
    let folder = project();
    let database = database();
    let asked = "revenue orders --from 2026-01 --to 2026-03";
    let of = |day: &str| rows(&database, &compiled(folder.path(), &format!("{asked} --as-of {day}")));
    let (early, late) = (of("2026-01-31"), of("2026-02-28"));
    assert_ne!(early, late);

    let bound = compiled(folder.path(), &format!("{asked} --as-of 2026-01-31..2026-02-28 --params bind"));
    assert!(
        bound.contains(
            "-- by month from 2026-01-01 until 2026-04-01 in UTC, as of a day from 2026-01-31 to 2026-02-28"
        ),
        "{bound}"
    );
    assert_eq!(bound.matches("$as_of").count(), 1, "{bound}");
    let range = bound.replace("$range_start", "'2026-01-01'").replace("$range_end", "'2026-04-01'");
    let bound = |day: &str| rows(&database, &range.replace("$as_of", &format!("'{day}'")));
    assert_eq!((bound("2026-01-31"), bound("2026-02-28")), (early.clone(), late.clone()));
    // Nobody compiled it for these.
    assert_eq!((bound("2026-01-30").len(), bound("2026-03-01").len()), (0, 0));

    let model = compiled(
        folder.path(),
        "revenue --from 2026-01 --as-of 2026-01-01..2026-01-31 --as dbt --params var",
    );
    assert!(model.contains("{{ var('kpic_as_of', '2026-01-31') }}"), "{model}");

    let view = "--params table=shop.chosen --as view --name shop.seen";
    let view = compiled(folder.path(), &format!("{asked} --as-of 2026-01-31..2026-02-28 {view}"));
    let chosen = "create table shop.chosen as select date '2026-01-01' as range_start,\
        date '2026-04-01' as range_end, date '2026-02-28' as as_of";
    database.execute_batch(&format!("{chosen};\n{view}")).expect("the view is made");
    assert_eq!(rows(&database, "from shop.seen"), late);
    database.execute_batch("update shop.chosen set as_of = '2026-01-31'").expect("updated");
    assert_eq!(rows(&database, "from shop.seen"), early);
}

#[test]
fn a_day_is_chosen_by_somebody_and_among_days() {
    let folder = project();
    for (arguments, said) in [
        ("compile revenue --from 2026-01 --as-of 2026-01-01..2026-01-31", "nobody chooses among the days"),
        ("run revenue --from 2026-01 --as-of 2026-01-01..2026-01-31", "numbers are computed now"),
        (
            "compile revenue --from 2026-01 --params bind --as-of 2026-01-31..2026-01-01",
            "the last day is before",
        ),
        (
            "compile revenue --from 2026-01 --params bind --as-of 2026-01..2026-02",
            "what is known ends with a day",
        ),
        (
            "compile revenue --from 2026-01 --params bind --as-of 2020-01-01..2026-01-01",
            "more than 1100 days",
        ),
        (
            "compile revenue --clip --from 2026-01-05 --to 2026-01-20 --params bind --as-of 2026-01-01..2026-01-31",
            "cuts periods",
        ),
    ] {
        let output = kpic(folder.path(), &arguments.split_whitespace().collect::<Vec<_>>());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {stderr}");
        assert!(stderr.contains(said), "{arguments}: {stderr}");
    }
}

#[test]
fn hours_are_chosen_by_times() {
    let folder = project();
    fs::write(
        folder.path().join("shop.kpi"),
        "source calls {\n  table calls\n  time began in UTC\n  column began : timestamp\n  measure calls = count()\n}\nkpi calls\n",
    )
    .expect("written");
    let database = Connection::open_in_memory().expect("it opens");
    let data = "create table calls as select timestamp '2026-01-01 05:30:00' as began;\
        create table chosen as select timestamp '2026-01-01 05:00:00' as range_start, timestamp '2026-01-01 07:00:00' as range_end";
    database.execute_batch(data).expect("the rows are sound");
    let text = compiled(folder.path(), "calls --grain hour --from 2026-01-01 --params table=chosen");
    let found = rows(&database, &text);
    let calls: Vec<_> = found.iter().map(|row| (row[0].as_deref(), row[3].as_deref())).collect();
    let expected = [(Some("2026-01-01 05:00:00"), Some("1")), (Some("2026-01-01 06:00:00"), Some("0"))];
    assert_eq!(calls, expected);
}

#[test]
fn a_text_says_what_it_is() {
    let folder = project();
    let text =
        compiled(folder.path(), "revenue orders --by channel --from 2026-01 --to 2026-03 --as-of 2026-03-15");
    let header: Vec<&str> = text.lines().take_while(|line| line.starts_with("-- ")).collect();
    let expected = [
        "-- revenue, orders",
        "-- by month, channel from 2026-01-01 until 2026-04-01 in UTC, as of 2026-03-15",
        "-- duckdb SQL by kpic from shop.kpi",
    ];
    assert_eq!(header, expected);
}

#[test]
fn models_are_the_same_however_often_they_are_written() {
    let folder = project();
    let write = |out: &str| {
        let arguments = ["compile", "--from", "2026-01", "--to", "2026-03", "--as", "dbt", "--params", "var"];
        let output = kpic(folder.path(), &[&arguments[..], &["--out", out]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files: Vec<_> = fs::read_dir(folder.path().join(out))
            .expect("it was made")
            .map(|entry| entry.expect("it is there").path())
            .collect();
        files.sort();
        let text = |file: &std::path::PathBuf| {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(file).expect("text"))
        };
        files.iter().map(text).collect::<Vec<_>>()
    };
    let first = write("models");
    let names: Vec<_> = first.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["_kpic.yml", "odd.sql", "orders.sql", "revenue.sql", "value.sql"]);
    assert_eq!(write("models"), first);
    assert_eq!(write("others"), first);
    let (_, odd) = &first[1];
    assert!(odd.contains("{{ source('shop', 'orders') }}"), "{odd}");
    assert!(odd.contains("{{ var('kpic_range_start', '2026-01-01') }}"), "{odd}");
    // What a definition says is text, and dbt computes none of it.
    assert!(
        odd.contains("'{{ '{{' }} 1 / 0 {{ '}}' }} {{ '{%' }} raise {{ '%}' }} {{ '{#' }} gone {{ '#}' }}'"),
        "{odd}"
    );
    assert!(first[0].1.contains("Revenue {{ '{{' }} 1 / 0 {{ '}}' }}"), "{}", first[0].1);
}

#[test]
fn models_test_the_members_that_dimensions_have() {
    let folder = project();
    let listed = "dimension channel one of 'web', 'in the shop'
  dimension odd_channel = channel one of 'it''s', '{{ 1 / 0 }}'
  dimension size = amount one of 1, -2.5
  dimension first_day = day one of 2026-01-01
  dimension is_first = amount > 5 one of true, false
  dimension free = upper(channel)";
    let definitions = DEFINITIONS.replace("dimension channel", listed).replace("'{{ 1 / 0 }} {%", "'%{%");
    let definitions = definitions.replace("channel = '%", "free = '%");
    fs::write(folder.path().join("shop.kpi"), definitions).expect("written");
    let by = "channel,odd_channel,size,first_day,is_first,free";
    let asked = ["compile", "orders", "--by", by, "--from", "2026-01", "--as", "dbt", "--out", "models"];
    let output = kpic(folder.path(), &asked);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = fs::read_to_string(folder.path().join("models/_kpic.yml")).expect("it was written");
    let file: serde_yaml::Value = serde_yaml::from_str(&file).expect("it is YAML");
    let columns = file["models"][0]["columns"].as_sequence().expect("a list");
    let tested = |name: &str| {
        let column = columns.iter().find(|column| column["name"] == name).expect("the column is there");
        serde_json::to_string(&column.get("data_tests")).expect("texts")
    };
    let plain = r#"[{"accepted_values":{"values":["web","in the shop"]}}]"#;
    assert_eq!(tested("channel"), plain);
    // dbt would paste them between quotes, and compute what stands in braces.
    let quoted =
        r#"[{"accepted_values":{"values":["'it''s'","'{{ '{{' }} 1 / 0 {{ '}}' }}'"],"quote":false}}]"#;
    assert_eq!(tested("odd_channel"), quoted);
    assert_eq!(tested("size"), r#"[{"accepted_values":{"values":["1","-2.5"],"quote":false}}]"#);
    assert_eq!(tested("first_day"), r#"[{"accepted_values":{"values":["2026-01-01"]}}]"#);
    assert_eq!(tested("is_first"), r#"[{"accepted_values":{"values":["true","false"],"quote":false}}]"#);
    assert_eq!(tested("free"), "null");
}

#[test]
fn models_have_names_that_dbt_reads_as_they_are() {
    let folder = project();
    let definitions = DEFINITIONS.replace("dimension channel", "dimension order = channel one of 'web'")
        + "kpi select = revenue + 1 { owner \"{{ 1 / 0 }}\" }\nkpi `a/b {{ 1 / 0 }}` = orders + 1\n";
    let definitions = definitions.replace("where channel = '{{ 1 / 0 }} {% raise %} {# gone #}'", "");
    fs::write(folder.path().join("shop.kpi"), definitions).expect("written");
    let model = |dialect: &str, kpi: &str| {
        let asked = ["compile", kpi, "--by", "order", "--from", "2026-01", "--as", "dbt", "--out", "models"];
        let output = kpic(folder.path(), &[&asked[..], &["-d", dialect]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = fs::read_to_string(folder.path().join("models/_kpic.yml")).expect("it was written");
        let file: serde_yaml::Value = serde_yaml::from_str(&file).expect("it is YAML");
        let model = file["models"][0].clone();
        let name = model["name"].as_str().expect("a name").to_string();
        assert!(folder.path().join(format!("models/{name}.sql")).exists(), "{name} is no file");
        serde_json::to_value(model).expect("it is JSON")
    };
    let slash = "{{ '{{' }}";
    let owner = model("duckdb", "select")["config"]["meta"]["kpic"]["owner"].clone();
    assert_eq!(owner, format!("{slash} 1 / 0 {}", "{{ '}}' }}"));
    // A column has the quotes, and the capitals, that it has in the query.
    for (dialect, name) in [("duckdb", "order"), ("bigquery", "order"), ("snowflake", "ORDER")] {
        let column = model(dialect, "select")["columns"][3].clone();
        assert_eq!((&column["name"], &column["quote"]), (&name.into(), &true.into()), "{dialect}");
    }
    assert_eq!(model("duckdb", "orders")["columns"][0]["quote"], serde_json::Value::Null);
    let odd = model("duckdb", "a/b {{ 1 / 0 }}");
    assert_eq!(odd["name"], "a_b____1___0___");
    assert_eq!(odd["columns"][4]["name"], format!("a/b {slash} 1 / 0 {}", "{{ '}}' }}"));
}

#[test]
fn no_file_is_written_over_another_one_of_the_same_run() {
    let folder = project();
    for (one, other) in [("a/b", "a_b"), ("a.b", "a:b"), ("total", "TOTAL")] {
        let definitions = format!("{DEFINITIONS}kpi `{one}` = revenue + 1\nkpi `{other}` = revenue + 2\n");
        fs::write(folder.path().join("shop.kpi"), definitions).expect("written");
        let asked = ["compile", one, other, "--from", "2026-01", "--out", "sql"];
        let output = kpic(folder.path(), &asked);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let fact = format!("`{one}` and `{other}` would be written into one file");
        assert!(output.status.code() == Some(1) && said.contains(&fact), "{said}");
        assert!(!folder.path().join("sql").exists());
    }
}

#[test]
fn a_request_compares_with_accepted_values_alone() {
    let folder = project();
    let listed = DEFINITIONS.replace("dimension channel", "dimension channel one of 'web', 'shop'");
    let listed =
        listed.replace("where channel = '{{ 1 / 0 }} {% raise %} {# gone #}'", "where channel = 'web'");
    fs::write(folder.path().join("shop.kpi"), listed).expect("written");
    let asked = |condition: &str| {
        kpic(folder.path(), &["compile", "orders", "--from", "2026-01", "--where", condition])
    };
    for condition in ["channel = 'web'", "channel in ('web', 'shop')", "channel is null", "channel like 'x%'"]
    {
        assert!(asked(condition).status.success(), "{condition}");
    }
    for condition in ["channel = 'wbe'", "channel <> 'phone'", "not (channel in ('web', 'x'))"] {
        let output = asked(condition);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains("K0756"), "{condition}: {said}");
    }
}

#[test]
fn all_files_are_written_or_none() {
    let folder = project();
    let out = folder.path().join("sql");
    fs::create_dir_all(out.join("revenue.sql")).expect("made");
    let output = kpic(folder.path(), &["compile", "--from", "2026-01", "--out", "sql"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("revenue.sql` cannot be written"), "{said}");
    let left: Vec<_> =
        fs::read_dir(&out).expect("it is there").map(|e| e.expect("it is").file_name()).collect();
    assert_eq!(left, ["revenue.sql"]);
}

#[test]
fn forms_that_do_not_go_together_are_misuse() {
    let folder = project();
    for arguments in [
        "--as view --params bind",
        "--as dbt --params bind",
        "--params var",
        "--name kept",
        "--schema kept",
        "--as view --name a --out sql",
        "--as view --key-checks",
        "--params today",
        "--params table=",
        "--as view --stage plan",
    ] {
        let all = format!("compile revenue --from 2026-01 {arguments}");
        let output = kpic(folder.path(), &all.split_whitespace().collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let several = kpic(folder.path(), &["compile", "revenue", "orders", "--from", "2026-01", "--as", "view"]);
    assert_eq!(several.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&several.stderr).contains("a view or table of 2 KPIs needs a name"));
}

#[test]
fn every_dialect_is_in_the_table() {
    let folder = project();
    let output = kpic(folder.path(), &["dialects", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(rows.len(), kpic::dialect::CONSTRUCTS.len());
    for row in &rows {
        let on: Vec<&String> = row["dialects"].as_object().expect("by name").keys().collect();
        assert_eq!(on, kpic::dialect::names().collect::<Vec<_>>());
    }
}
