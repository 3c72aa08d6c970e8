//! Golden cases: `kpic run` gives what SQL written by hand gives.
//!
//! A case is a folder of `tests/golden`: definitions (`case.kpi` or
//! `case.kpi.yaml`), data (`NAME.csv` is table `NAME`), perhaps a `kpic.yaml`,
//! the arguments of `kpic run` (`request`), `oracle.sql` over the same tables,
//! `about.md` with the arithmetic, and a snapshot of the compiled SQL for each
//! dialect (`expected.DIALECT.sql`). A snapshot proves "unchanged", only the
//! oracle proves "right": `KPIC_UPDATE=1` rewrites snapshots and still compares
//! the rows. Examples have `requests`, one a line (`NAME ARGUMENTS…`), and
//! `oracle/NAME.sql`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use duckdb::Connection;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

const DIALECTS: [&str; 2] = ["duckdb", "postgres"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = harness_trials(root);
    for folder in folders(&root.join("tests/golden")) {
        let name = format!("golden::{}", file_name(&folder));
        trials.push(Trial::test(name, move || Ok(Golden::new(&folder)?.check()?)));
    }
    for folder in folders(&root.join("examples")) {
        for request in read(&folder.join("requests")).unwrap_or_default().lines() {
            let (name, arguments) = request.split_once(' ').unwrap_or((request, ""));
            let (name, arguments, folder) = (name.to_string(), words(arguments), folder.clone());
            let title = format!("examples::{}::{name}", file_name(&folder));
            trials.push(Trial::test(title, move || Ok(check_example(&folder, &name, &arguments)?)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

type Checked<T> = Result<T, String>;

// -------------------------------------------------------------- golden cases

/// A case in a folder of its own, where a run may leave what it wants.
struct Golden {
    home: PathBuf,
    place: tempfile::TempDir,
    request: Vec<String>,
    tables: Vec<(String, PathBuf)>,
}

impl Golden {
    fn new(home: &Path) -> Checked<Golden> {
        let place = tempfile::tempdir().map_err(|e| e.to_string())?;
        copy(home, place.path())?;
        for made in ["oracle.sql", "about.md", "request"] {
            fs::remove_file(place.path().join(made)).map_err(|e| format!("{made}: {e}"))?;
        }
        let tables = csv_tables(place.path())?;
        complete_project(place.path(), &tables)?;
        let request = words(&read(&home.join("request"))?);
        Ok(Golden { home: home.to_path_buf(), place, request, tables })
    }

    fn check(&self) -> Checked<()> {
        let about = read(&self.home.join("about.md"))?;
        if about.trim().len() < 80 {
            return Err("about.md does not say what the case proves".into());
        }
        compare(&self.expected(&read(&self.home.join("oracle.sql"))?)?, &self.actual()?)?;
        for dialect in DIALECTS {
            self.check_snapshot(dialect)?;
        }
        Ok(())
    }

    fn expected(&self, oracle: &str) -> Checked<Table> {
        ask_oracle(self.place.path(), &self.tables, oracle)
    }

    fn actual(&self) -> Checked<Table> {
        run(self.place.path(), &self.request)
    }

    fn check_snapshot(&self, dialect: &str) -> Checked<()> {
        let mut arguments = vec!["compile".to_string()];
        arguments.extend(self.request.iter().cloned());
        arguments.extend(["-d".to_string(), dialect.to_string()]);
        let sql = kpic(self.place.path(), &arguments)?;
        let file = self.home.join(format!("expected.{dialect}.sql"));
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
}

/// Every CSV file of a folder is the table of its name.
fn csv_tables(folder: &Path) -> Checked<Vec<(String, PathBuf)>> {
    let mut tables: Vec<(String, PathBuf)> = entries(folder)?
        .into_iter()
        .filter_map(|path| Some((file_name(&path).strip_suffix(".csv")?.to_string(), path)))
        .collect();
    tables.sort();
    Ok(tables)
}

/// Names the data in `kpic.yaml`, unless the case does that itself.
fn complete_project(folder: &Path, tables: &[(String, PathBuf)]) -> Checked<()> {
    let file = folder.join("kpic.yaml");
    let mut project = read(&file).unwrap_or_default();
    if !project.contains("environments:") {
        // A JSON text is a YAML text, whatever is in it.
        let quoted = |text: &str| Value::from(text).to_string();
        project.push_str("environments:\n  test:\n    dialect: duckdb\n    files:\n");
        for (table, path) in tables {
            project.push_str(&format!("      {}: {}\n", quoted(table), quoted(&file_name(path))));
        }
    }
    fs::write(&file, project).map_err(|e| e.to_string())
}

// ------------------------------------------------------------------ examples

fn check_example(folder: &Path, name: &str, request: &[String]) -> Checked<()> {
    let oracle = read(&folder.join(format!("oracle/{name}.sql")))?;
    let project: serde_yaml::Value =
        serde_yaml::from_str(&read(&folder.join("kpic.yaml"))?).map_err(|e| e.to_string())?;
    let files = project["environments"]["local"]["files"].as_mapping().ok_or("no files in kpic.yaml")?;
    let tables: Vec<(String, PathBuf)> = files
        .iter()
        .filter_map(|(table, file)| Some((table.as_str()?.to_string(), folder.join(file.as_str()?))))
        .collect();
    compare(&ask_oracle(folder, &tables, &oracle)?, &run(folder, request)?)
}

// ------------------------------------------------------------------- results

/// A result: what kpic and an oracle must agree on.
#[derive(Debug, Clone, PartialEq)]
struct Table {
    columns: Vec<String>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<Option<String>>>,
}

/// How two values of a column are compared; the oracle's type decides.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Text,
    /// Whole numbers and decimals: digit by digit.
    Exact,
    /// Floating point: to nine digits.
    Near,
}

impl Kind {
    fn of(sql_type: &str) -> Kind {
        match sql_type {
            "DOUBLE" | "FLOAT" => Kind::Near,
            t if t.ends_with("INT") || t == "INTEGER" || t.starts_with("DECIMAL") => Kind::Exact,
            _ => Kind::Text,
        }
    }

    fn same(self, a: &Option<String>, b: &Option<String>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => match self {
                Kind::Text => a == b,
                Kind::Exact => digits(a) == digits(b),
                Kind::Near => near(a, b),
            },
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
}

fn near(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3),
        _ => false,
    }
}

/// A number without what does not change its value: `-0.50` and `-0.5` are one.
fn digits(number: &str) -> String {
    let short =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if matches!(short, "-0" | "") { "0".into() } else { short.into() }
}

/// What the oracle says.
fn ask_oracle(folder: &Path, tables: &[(String, PathBuf)], oracle: &str) -> Checked<Table> {
    let db = Connection::open_in_memory().map_err(|e| e.to_string())?;
    let ask = |sql: &str| db.execute_batch(sql).map_err(|e| format!("oracle: {e}"));
    let quote = |text: &str| text.replace('\'', "''");
    ask(&format!("set TimeZone = 'UTC'; set file_search_path = '{}'", quote(&folder.display().to_string())))?;
    for (table, path) in tables {
        let parts: Vec<String> = match table.split_once('.') {
            Some((schema, name)) => vec![identifier(schema), identifier(name)],
            None => vec![identifier(table)],
        };
        if let [schema, _] = parts.as_slice() {
            ask(&format!("create schema if not exists {schema}"))?;
        }
        ask(&format!("create table {} as from '{}'", parts.join("."), quote(&path.display().to_string())))?;
    }
    ask(&format!("create temp table oracle as {}", oracle.trim().trim_end_matches(';')))?;
    let described = texts(&db, "select column_name, column_type from (describe oracle)")?;
    let columns: Vec<String> = described.iter().filter_map(|row| row[0].clone()).collect();
    let kinds = described.iter().map(|row| Kind::of(row[1].as_deref().unwrap_or_default())).collect();
    let cells: Vec<String> = columns.iter().map(|c| format!("cast({} as varchar)", identifier(c))).collect();
    let rows = texts(&db, &format!("select {} from oracle order by rowid", cells.join(", ")))?;
    if rows.is_empty() {
        return Err("the oracle gives no rows, so it proves nothing".into());
    }
    Ok(Table { columns, kinds, rows })
}

fn texts(db: &Connection, sql: &str) -> Checked<Vec<Vec<Option<String>>>> {
    let read = || -> duckdb::Result<Vec<Vec<Option<String>>>> {
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let width = row.as_ref().column_count();
            all.push((0..width).map(|i| row.get(i)).collect::<duckdb::Result<_>>()?);
        }
        Ok(all)
    };
    read().map_err(|e| format!("oracle: {e}"))
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What kpic says.
fn run(folder: &Path, request: &[String]) -> Checked<Table> {
    let mut arguments = vec!["run".to_string()];
    arguments.extend(request.iter().cloned());
    arguments.extend(["--format".to_string(), "json".to_string()]);
    let json = kpic(folder, &arguments)?;
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

fn kpic(folder: &Path, arguments: &[String]) -> Checked<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .map_err(|e| e.to_string())?;
    if !output.status.success() {
        let said =
            String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        return Err(format!("kpic {} ended with {}:\n{said}", arguments.join(" "), output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| e.to_string())
}

// ---------------------------------------------------------------- comparison

const SHOWN: usize = 12;

/// Columns, rows in order, and every value; the error shows cells that differ.
fn compare(oracle: &Table, actual: &Table) -> Checked<()> {
    if oracle.columns != actual.columns {
        return Err(format!(
            "columns differ\n  oracle: {:?}\n  kpic:   {:?}",
            oracle.columns, actual.columns
        ));
    }
    let mut differences = Vec::new();
    for (i, (expected, found)) in oracle.rows.iter().zip(&actual.rows).enumerate() {
        for (c, column) in oracle.columns.iter().enumerate() {
            if !oracle.kinds[c].same(&expected[c], &found[c]) {
                let (says, is) = (shown(&expected[c]), shown(&found[c]));
                differences.push(format!(
                    "row {}, {column}: oracle {says}, kpic {is}   [{}]",
                    i + 1,
                    line(expected)
                ));
            }
        }
    }
    let shorter = oracle.rows.len().min(actual.rows.len());
    differences.extend(oracle.rows[shorter..].iter().map(|row| format!("only the oracle: {}", line(row))));
    differences.extend(actual.rows[shorter..].iter().map(|row| format!("only kpic: {}", line(row))));
    if differences.is_empty() {
        return Ok(());
    }
    let (rows, count) =
        (format!("{} rows, kpic {}", oracle.rows.len(), actual.rows.len()), differences.len());
    differences.truncate(SHOWN);
    Err(format!("{count} differences (oracle {rows})\n  {}", differences.join("\n  ")))
}

fn shown(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("NULL")
}

fn line(row: &[Option<String>]) -> String {
    row.iter().map(shown).collect::<Vec<_>>().join(" | ")
}

// --------------------------------------------------------------------- files

fn entries(folder: &Path) -> Checked<Vec<PathBuf>> {
    let list = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    list.map(|entry| entry.map(|e| e.path()).map_err(|e| e.to_string())).collect()
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        entries(parent).unwrap_or_default().into_iter().filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Checked<String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Checked<()> {
    fs::create_dir_all(to).map_err(|e| e.to_string())?;
    for path in entries(from)? {
        let target = to.join(file_name(&path));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// Words of a command line; quotes keep spaces together.
fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut open) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                open = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => all.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    all.extend(word);
    all
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
    let case = Golden::new(folder)?;
    let oracle = read(&folder.join("oracle.sql"))?;
    let verdict =
        case.expected(&change.replace("ORACLE", &oracle)).and_then(|t| compare(&t, &case.actual()?));
    match verdict {
        Err(said) if said.contains(message) => Ok(()),
        Err(said) => Err(format!("expected `{message}` in:\n{said}").into()),
        Ok(()) => Err("a wrong oracle was accepted".into()),
    }
}
