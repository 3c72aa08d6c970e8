//! Golden cases: `kpic run` gives what SQL written by hand gives.
//!
//! A case is a folder of `tests/golden`: definitions (`case.kpi` or
//! `case.kpi.yaml`), data (`NAME.csv` is table `NAME`), perhaps a `kpic.yaml`,
//! the arguments of `kpic run` (`request`), `oracle.sql` over the same tables,
//! `about.md` with the arithmetic, and a snapshot of the compiled SQL for each
//! dialect (`expected.DIALECT.sql`). A snapshot proves "unchanged", only the
//! oracle proves "right": `KPIC_UPDATE=1` rewrites snapshots and still compares
//! the rows. Examples have `requests`, one a line (`NAME ARGUMENTS…`), and
//! `oracle/NAME.sql`. A case that some dialects cannot take says in a file `only`
//! which can, and why. `tests/conformance` runs the same cases on PostgreSQL.

mod harness;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use harness::Checked;
use harness::case::{Case, Place, places};
use harness::files::{read, words};
use harness::rows::{Kind, Table, compare};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

const DIALECTS: [&str; 2] = ["duckdb", "postgres"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = harness_trials(root);
    for place in places(root) {
        trials.push(Trial::test(place.name(), move || Ok(check(&place)?)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(place: &Place) -> Checked<()> {
    let case = place.open()?;
    compare(&case.database()?.ask(&case.oracle)?, &run(&case)?)?;
    match place {
        Place::Golden(home) => {
            let mut dialects = DIALECTS.into_iter().filter(|dialect| place.runs_on(dialect));
            dialects.try_for_each(|dialect| check_snapshot(&case, home, dialect))
        }
        Place::Example(..) => Ok(()),
    }
}

fn check_snapshot(case: &Case, home: &Path, dialect: &str) -> Checked<()> {
    let sql = without_header(&case.kpic("compile", &["-d", dialect])?);
    let file = home.join(format!("expected.{dialect}.sql"));
    if env::var_os("KPIC_UPDATE").is_some() {
        return fs::write(&file, sql).map_err(|e| format!("{}: {e}", file.display()));
    }
    let expected = read(&file).map_err(|e| format!("{e}; KPIC_UPDATE=1 writes it"))?;
    if expected == sql {
        return Ok(());
    }
    let line = expected.lines().zip(sql.lines()).take_while(|(a, b)| a == b).count();
    Err(format!(
        "the SQL for {dialect} changed from line {} on; KPIC_UPDATE=1 accepts it\n  was: {}\n  is:  {}",
        line + 1,
        expected.lines().nth(line).unwrap_or("(end)"),
        sql.lines().nth(line).unwrap_or("(end)"),
    ))
}

/// The query alone: what stands above it is of the whole text, and tests/compiled.rs reads it.
fn without_header(sql: &str) -> String {
    sql.split_inclusive('\n').skip_while(|line| line.starts_with("-- ")).collect()
}

/// What `kpic run` says.
fn run(case: &Case) -> Checked<Table> {
    let json = case.kpic("run", &["--format", "json"])?;
    // Twice: a map keeps the order of columns, raw values every digit.
    let ordered: Vec<Map<String, Value>> =
        serde_json::from_str(&json).map_err(|e| format!("JSON: {e}\n{json}"))?;
    let raw: Vec<BTreeMap<String, Box<RawValue>>> =
        serde_json::from_str(&json).map_err(|e| format!("JSON: {e}"))?;
    let columns: Vec<String> = ordered.first().map(|row| row.keys().cloned().collect()).unwrap_or_default();
    let mut rows = Vec::new();
    for (row, values) in ordered.iter().zip(&raw) {
        if !row.keys().eq(&columns) {
            return Err("the rows of the JSON have different columns".into());
        }
        rows.push(columns.iter().map(|c| cell(&row[c], &values[c])).collect());
    }
    Ok(Table { kinds: vec![Kind::Text; columns.len()], columns, rows })
}

fn cell(value: &Value, raw: &RawValue) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(raw.get().to_string()),
    }
}

// ------------------------------------------------------- the harness, tested

/// A comparison that cannot fail proves nothing: wrong oracles must be caught.
fn harness_trials(root: &Path) -> Vec<Trial> {
    let wrong = [
        (
            "a_cent",
            "select * replace (revenue + 0.01 as revenue) from (ORACLE)",
            "revenue: oracle 60.76, kpic 60.75",
        ),
        (
            "a_null",
            "select * replace (nullif(orders, 0) as orders) from (ORACLE)",
            "orders: oracle NULL, kpic 0",
        ),
        ("a_row_less", "from (ORACLE) limit 3", "only kpic: 2026-04-01"),
        ("a_row_more", "from (ORACLE) union all from (ORACLE) limit 5", "only the oracle: 2026-01-01"),
        (
            "another_order",
            "from (ORACLE) order by period_start desc",
            "period_start: oracle 2026-04-01, kpic 2026-01-01",
        ),
        ("another_column", "select * rename (orders as sales) from (ORACLE)", "columns differ"),
        ("no_rows", "from (ORACLE) limit 0", "proves nothing"),
    ];
    let mut trials: Vec<Trial> = wrong
        .into_iter()
        .map(|(name, change, message)| {
            let folder = root.join("tests/golden/promoted_by_month");
            Trial::test(format!("harness::catches_{name}"), move || caught(&folder, change, message))
        })
        .collect();
    trials.push(Trial::test("harness::compares_values_by_kind", || {
        let some = |text: &str| Some(text.to_string());
        let same = |kind: Kind, a, b| kind.same(&some(a), &some(b));
        let right = same(Kind::Exact, "1.50", "1.5")
            && same(Kind::Exact, "100", "100.0")
            && !same(Kind::Exact, "100", "1")
            && !same(Kind::Exact, "0.3", "0.30000000000000004")
            && same(Kind::Near, "0.3", "0.30000000000000004")
            && !same(Kind::Near, "0.3", "0.3000001")
            && !same(Kind::Near, "0", "1e-9")
            && !same(Kind::Text, "a", "A")
            && !Kind::Exact.same(&None, &some("0"))
            && words("a 'b c' --where \"x = 'y'\" ''") == ["a", "b c", "--where", "x = 'y'", ""];
        if right { Ok(()) } else { Err(Failed::from("values are compared wrongly")) }
    }));
    trials
}

fn caught(folder: &Path, change: &str, message: &str) -> Result<(), Failed> {
    let mut case = Case::golden(folder)?;
    case.oracle = change.replace("ORACLE", &case.oracle);
    let expected = case.database()?.ask(&case.oracle);
    let verdict = expected.and_then(|expected| compare(&expected, &run(&case)?));
    match verdict {
        Err(said) if said.contains(message) => Ok(()),
        Err(said) => Err(format!("expected `{message}` in:\n{said}").into()),
        Ok(()) => Err("a wrong oracle was accepted".into()),
    }
}
