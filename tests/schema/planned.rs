//! Sheets pulled from tables of targets: files, a database of the embedded engine, PostgreSQL.

use std::fs;

use super::place::{Place, Said};
use super::pulled::{Server, asked};

const SHOP: &str = "
source orders {
  table shop.orders
  key id
  time ordered_on
  column ordered_on : date
  column store : text
  column amount : decimal(12, 2) in EUR
  dimension channel
  dimension store
  dimension is_large = amount >= 300
  measure revenue = sum(amount)
  measure orders = count()
}
kpi revenue { better higher }
kpi orders { better higher }
kpi web_share = (revenue where channel = 'web') / revenue { unit percent  better higher }
targets budget from table finance.budget
";
const SHEET: &str = "kpic.targets/finance.budget.csv";
const FILES: &str =
    "environments:\n  local:\n    files:\n      shop.orders: orders.csv\n      finance.budget: budget.csv\n";
const ORDERS: &str = "id,ordered_on,channel,store,amount\n1,2026-01-05,web,7,300\n2,2026-01-06,shop,7,100\n";

fn sheet(place: &Place) -> String {
    fs::read_to_string(place.path().join(SHEET)).expect("the sheet was written")
}

fn says(said: &Said, code: i32, parts: &[&str]) {
    assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
    for part in parts {
        assert!(said.out.contains(part) || said.err.contains(part), "{part}\n{}{}", said.out, said.err);
    }
}

fn database(place: &Place, statements: &str) {
    let connection = duckdb::Connection::open(place.path().join("shop.db")).expect("a database can be made");
    connection.execute_batch(statements).expect("the database takes it");
}

#[test]
fn a_table_of_the_engine_with_every_type_and_odd_members() {
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  prod:\n    connection: shop.db\n    schemas:\n      finance: plans_2026\n",
        ),
        ("shop.kpi", SHOP),
    ]);
    database(
        &place,
        r#"CREATE SCHEMA plans_2026;
        CREATE TYPE plans_2026.channel AS ENUM ('web', 'shop', '7', ' app ');
        CREATE TABLE plans_2026.budget (updated_at TIMESTAMP, target DECIMAL(38, 18), target_unit VARCHAR,
          KPI VARCHAR, period TIMESTAMP, each VARCHAR, channel plans_2026.channel, Store VARCHAR, is_large BOOLEAN);
        INSERT INTO plans_2026.budget VALUES
          ('2026-01-01', 12345678901234567890.123456789012345678, 'EUR', 'revenue', '2026-01-01', 'month', NULL, NULL, NULL),
          (NULL, 400, 'EUR', 'revenue', '2026-02-01', 'month', NULL, NULL, NULL),
          (NULL, 0.1, NULL, 'web_share', '2026-01-01', 'year', '7', 'it''s, "ours"', true),
          (NULL, 0.2, NULL, 'web_share', '2026-01-01', 'year', ' app ', '', false),
          (NULL, -3, 'EUR', 'revenue', '2026-01-05', 'week', 'web', '''q''', NULL);"#,
    );
    // What says nothing of a target may be what it is for.
    let said = place.kpic(&["targets", "pull"]);
    says(&said, 1, &["[K0752]", "has the column `updated_at`, which says nothing of a target"]);
    assert!(!place.path().join("kpic.targets").exists(), "nothing is written");
    database(&place, "ALTER TABLE plans_2026.budget DROP updated_at");
    says(&place.kpic(&["targets", "pull"]), 0, &["5 lines written to kpic.targets/finance.budget.csv"]);
    assert_eq!(
        sheet(&place),
        r#"kpi,channel,is_large,store,each,period,target,target_unit
revenue,,,,month,2026-01-01,12345678901234567890.123456789012345678,EUR
revenue,,,,month,2026-02-01,400.000000000000000000,EUR
revenue,web,,'''q''',week,2026-01-05,-3.000000000000000000,EUR
web_share,' app ',false,'',year,2026-01-01,0.200000000000000000,
web_share,'7',true,"it's, ""ours""",year,2026-01-01,0.100000000000000000,
"#
    );
    says(&place.kpic(&["check"]), 0, &["no findings"]);
    let said = place.kpic(&["convert", "shop.kpi"]);
    says(&said, 0, &["targets:\n  budget:\n    table: finance.budget\n"]);
    says(&place.kpic(&["targets", "pull"]), 0, &["is up to date: 5 lines"]);
    says(&place.kpic(&["targets", "pull", "--check"]), 0, &["is what the table `finance.budget` is"]);

    // Another plan; and a member that no text of the language can be.
    let before = sheet(&place);
    database(
        &place,
        r"UPDATE plans_2026.budget SET target = 500 WHERE target = 400;
        INSERT INTO plans_2026.budget VALUES (1, 'EUR', 'revenue', '2026-04-01', 'month', NULL, E'a\nb', NULL)",
    );
    let said = place.kpic(&["targets", "pull", "--check"]);
    says(&said, 1, &["error[K0751 target_drift]", "500.000000000000000000,EUR`", "1 line is gone"]);
    assert_eq!(sheet(&place), before, "--check writes nothing");
    let said = place.kpic(&["targets", "pull"]);
    says(
        &said,
        1,
        &["error[K0536]: the cell has a line end in it", "--> kpic.targets/finance.budget.csv:4:11"],
    );

    // The table is gone: its sheet stays, and checks need no table.
    database(&place, "DELETE FROM plans_2026.budget WHERE store LIKE 'a%'");
    says(&place.kpic(&["targets", "pull"]), 0, &["2 lines are gone"]);
    let before = sheet(&place);
    database(&place, "DROP TABLE plans_2026.budget");
    let said = place.kpic(&["targets", "pull"]);
    says(&said, 1, &["error[K0747]: the table `finance.budget`, here `plans_2026.budget`, is not found"]);
    assert_eq!(sheet(&place), before);
    says(&place.kpic(&["check"]), 0, &["no findings"]);
    fs::remove_file(place.path().join("shop.db")).expect("it was there");
    says(&place.kpic(&["targets", "pull"]), 1, &["there is no database file `shop.db`"]);
    assert_eq!(sheet(&place), before);
}

#[test]
fn data_files_keep_their_texts_and_check_tells_of_drift() {
    let budget = "kpi;store;period;target\nrevenue;007;2026-01;12345678901234567.891\norders;;2026-Q1;3\n";
    let place = Place::new(&[
        ("kpic.yaml", FILES),
        ("shop.kpi", SHOP),
        ("orders.csv", ORDERS),
        ("budget.csv", budget),
    ]);
    says(&place.kpic(&["check"]), 1, &["[K0750]", "`kpic targets pull` writes it"]);
    says(&place.kpic(&["run", "revenue"]), 1, &["[K0750]"]);
    says(&place.kpic(&["targets", "pull"]), 0, &["2 lines written"]);
    let pulled = "kpi,store,period,target\norders,,2026-Q1,3\nrevenue,'007',2026-01,12345678901234567.891\n";
    assert_eq!(sheet(&place), pulled);
    let said = place.kpic(&["check", "--data"]);
    says(&said, 0, &["orders: 2 rows"]);
    assert!(!said.out.contains("K0751"), "{}", said.out);

    // Edited by hand, it is read as it is, and is not what the table is.
    let edit =
        |to: &str| fs::write(place.path().join(SHEET), pulled.replace("Q1,3", to)).expect("it is written");
    edit("Q1,4");
    says(&place.kpic(&["check"]), 0, &["no findings"]);
    let said = place.kpic(&["check", "--data"]);
    says(
        &said,
        0,
        &["warning[K0751 target_drift]", "is new (`orders,,2026-Q1,3`)", "is gone (`orders,,2026-Q1,4`)"],
    );
    edit("Q7,3");
    says(&place.kpic(&["check"]), 1, &["--> kpic.targets/finance.budget.csv:2:9"]);
    says(&place.kpic(&["targets", "pull"]), 0, &["1 line is new"]);
    assert_eq!(sheet(&place), pulled);

    // An environment may have no such table, which is no error there.
    let files = FILES.replace("      finance.budget: budget.csv\n", "");
    place.write("kpic.yaml", files.as_bytes()).expect("it is written");
    let said = place.kpic(&["check", "--data"]);
    says(&said, 0, &["warning[K0751 target_drift]: the table `finance.budget` is not found"]);
    says(&place.kpic(&["targets", "pull"]), 1, &["error[K0747]"]);

    // A sheet that nobody asks for is nobody's plan.
    let text = SHOP.replace("targets budget from table finance.budget\n", "");
    place.write("shop.kpi", text.as_bytes()).expect("it is written");
    let said = place.kpic(&["targets", "pull"]);
    says(
        &said,
        0,
        &["no targets come from the table of kpic.targets/finance.budget.csv any more: remove it"],
    );
    assert_eq!(sheet(&place), pulled);
}

#[test]
fn a_pack_s_kpi_has_targets_of_a_table() {
    let pack = "
source purchases {
  key id
  time ordered_on
  column id : integer
  column ordered_on : date
  column amount : decimal(12, 2) in EUR
  measure turnover = sum(amount)
}
kpi turnover { better higher }
";
    let place = Place::new(&[
        ("kpic.yaml", &format!("packs: [./shops]\n{FILES}")),
        ("shops/pack.kpi", pack),
        (
            "own.kpi.yaml",
            "sources:\n  purchases:\n    table: shop.orders\ntargets:\n  budget:\n    table: finance.budget\n",
        ),
        ("orders.csv", ORDERS),
        ("budget.csv", "kpi,each,period,target\nturnover,month,2026-01-01,800\n"),
    ]);
    says(&place.kpic(&["targets", "pull"]), 0, &["1 line written"]);
    let said = place.kpic(&["run", "turnover", "--targets", "--format", "json"]);
    says(&said, 0, &["\"turnover_target\": 800", "\"turnover_attainment\": 0.5", "off_track"]);
}

#[test]
fn an_export_of_any_database() {
    let place = Place::new(&[
        ("kpic.yaml", "environments:\n  prod:\n    dialect: trino\n"),
        ("shop.kpi", &SHOP.replace("finance.budget", "FINANCE.`Budget 2026`")),
        (
            "export.csv",
            "KPI\tCHANNEL\tEACH\tPERIOD\tTARGET\nrevenue\tNULL\tmonth\t2026-01-01 00:00:00.000\t400.50\n\
             revenue\tweb\tmonth\t2026-01-01\t\\N\n",
        ),
        ("torn.csv", "kpi,target\nrevenue\n"),
    ]);
    says(&place.kpic(&["targets", "pull"]), 1, &["error[K0749]"]);
    let said = place.kpic(&["targets", "pull", "--from-csv", "export.csv"]);
    says(&said, 1, &["2 lines written", "the line has no target", ".csv:3:1"]);
    let entries: Vec<_> = fs::read_dir(place.path().join("kpic.targets")).expect("it is there").collect();
    let [Ok(entry)] = entries.as_slice() else { panic!("{entries:?}") };
    let name = entry.file_name().to_string_lossy().into_owned();
    assert!(name.starts_with("finance.budget_2026-") && name.ends_with(".csv"), "{name}");
    assert_eq!(
        fs::read_to_string(entry.path()).expect("it is text"),
        "kpi,channel,each,period,target\nrevenue,,month,2026-01-01,400.50\nrevenue,web,month,2026-01-01,\n"
    );
    says(&place.kpic(&["targets", "pull", "--from-csv", "torn.csv"]), 1, &["[K0752]", "is no CSV"]);
    says(&place.kpic(&["targets", "pull", "--from-csv", "none.csv"]), 1, &["[K0802]"]);
    says(&place.kpic(&["targets", "pull", "BUDGET"]), 2, &["no targets come from a table `BUDGET`"]);
}

#[test]
fn a_sheet_that_cannot_be_written() {
    let place = Place::new(&[
        ("kpic.yaml", FILES),
        ("shop.kpi", SHOP),
        ("orders.csv", ORDERS),
        ("budget.csv", "kpi,period,target\nrevenue,2026-01,400\n"),
        ("kpic.targets", "a file where the folder belongs"),
    ]);
    says(&place.kpic(&["targets", "pull"]), 1, &["[K0802]", "cannot be written"]);
}

#[test]
fn a_sheet_that_cannot_be_read_stays_as_it_is() {
    let place = Place::new(&[
        ("kpic.yaml", FILES),
        ("shop.kpi", SHOP),
        ("orders.csv", ORDERS),
        ("budget.csv", "kpi,period,target\nrevenue,2026-01,400\n"),
    ]);
    says(&place.kpic(&["targets", "pull"]), 0, &["1 line written"]);
    // As an office program of another language saves it.
    let other = b"kpi,store,period,target\nrevenue,Orl\xe9ans,2026-01,400\n";
    fs::write(place.path().join(SHEET), other).expect("written");
    for arguments in [&["targets", "pull"][..], &["targets", "pull", "--check"], &["check", "--data"]] {
        let said = place.kpic(arguments);
        says(&said, 1, &["error[K0", "kpic.targets/finance.budget.csv"]);
        assert!(!said.err.contains("there is no sheet"), "{}", said.err);
        assert_eq!(fs::read(place.path().join(SHEET)).expect("it is there"), other, "{arguments:?}");
    }
    let said = place.kpic(&["targets", "pull"]);
    says(&said, 1, &["the sheet kpic.targets/finance.budget.csv cannot be read", "remove it and pull again"]);
    fs::remove_file(place.path().join(SHEET)).expect("it was there");
    says(&place.kpic(&["targets", "pull"]), 0, &["1 line written"]);
}

#[test]
fn of_one_mistake_in_many_lines_ten_are_shown_and_none_is_lost() {
    let mut budget = "kpi,period,target\n".to_string();
    for month in 1..=12 {
        budget += &format!("revenu,2026-{month:02},400\n");
    }
    budget += "revenue,2026-13,400\n";
    let place = Place::new(&[
        ("kpic.yaml", FILES),
        ("shop.kpi", SHOP),
        ("orders.csv", ORDERS),
        ("budget.csv", &budget),
    ]);
    let unknown = "there is no KPI `revenu`";
    let more = "kpic.targets/finance.budget.csv: 2 more of K0201; `kpic check --format json` has all";
    let said = place.kpic(&["targets", "pull"]);
    says(&said, 1, &["13 lines written", unknown, more, "2026-13"]);
    assert_eq!(said.err.matches(unknown).count(), 10, "{}", said.err);
    let said = place.kpic(&["check"]);
    says(&said, 1, &[unknown, more, "2026-13", "13 errors"]);
    assert_eq!(said.out.matches(unknown).count(), 10, "{}", said.out);
    let said = place.kpic(&["check", "--format", "json"]);
    assert_eq!(said.out.matches(unknown).count(), 12, "{}", said.out);
}

#[test]
fn a_postgres() {
    let server = Server::start();
    let mut client = postgres::Client::connect(&server.address, postgres::NoTls).expect("it lets us in");
    let mut tell = |statements: &str| client.batch_execute(statements).expect("the database takes it");
    tell("CREATE SCHEMA plans_2026;
          CREATE TYPE plans_2026.channel AS ENUM ('web', 'shop');
          CREATE TABLE plans_2026.budget (kpi text, channel plans_2026.channel, store varchar(20), is_large boolean,
            each text, period date, target numeric, target_unit char(3));
          INSERT INTO plans_2026.budget VALUES
            ('revenue', NULL, NULL, NULL, 'month', '2026-01-01', 12345678901234567890.12345678901234567890, 'EUR'),
            ('revenue', 'web', NULL, true, 'month', '2026-02-01', 400, 'EUR'),
            ('revenue', NULL, '7', NULL, 'month', '2026-01-01', 0.10, 'EUR'),
            ('revenue', NULL, '8', false, 'month', '2026-01-01', 1, 'EUR');
          ALTER ROLE CURRENT_USER SET DateStyle = 'German';");
    let place = Place::new(&[
        (
            "kpic.yaml",
            "environments:\n  prod:\n    dialect: postgres\n    connection_variable: SHOP_DATABASE\n    \
             schemas:\n      finance: plans_2026\n",
        ),
        ("shop.kpi", SHOP),
    ]);
    says(&asked(place.path(), &server.address, &["targets", "pull"]), 0, &["4 lines written"]);
    let pulled = "kpi,channel,is_large,store,each,period,target,target_unit
revenue,,,,month,2026-01-01,12345678901234567890.12345678901234567890,EUR
revenue,,,'7',month,2026-01-01,0.10,EUR
revenue,,false,'8',month,2026-01-01,1,EUR
revenue,web,true,,month,2026-02-01,400,EUR
";
    assert_eq!(sheet(&place), pulled);
    says(&place.kpic(&["check"]), 0, &["no findings"]);
    tell("UPDATE plans_2026.budget SET target = 2 WHERE store = '8'");
    let said = asked(place.path(), &server.address, &["targets", "pull", "--check"]);
    says(&said, 1, &["error[K0751 target_drift]", "2026-01-01,2,EUR`", "2026-01-01,1,EUR`"]);
    assert_eq!(sheet(&place), pulled);

    tell("ALTER TABLE plans_2026.budget ALTER period TYPE timestamptz, ADD remarks jsonb");
    let said = asked(place.path(), &server.address, &["targets", "pull"]);
    says(&said, 1, &["has instants in the column `period`", "has the column `remarks`"]);
    tell("ALTER TABLE plans_2026.budget RENAME TO budgets");
    let said = asked(place.path(), &server.address, &["targets", "pull"]);
    says(&said, 1, &["error[K0747]", "did you mean `plans_2026.budgets`?"]);
    let nowhere = "host=/nowhere user=reader password=secret-word";
    let said = asked(place.path(), nowhere, &["targets", "pull"]);
    says(&said, 1, &["error[K0749]"]);
    assert!(!said.err.contains("secret-word"), "{}", said.err);
    assert_eq!(sheet(&place), pulled, "whatever went wrong, the sheet is as it was");
}
