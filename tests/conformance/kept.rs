//! Views and tables on each engine, and dbt's models: the rows of the query that they keep.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use libtest_mimic::Trial;

use crate::data::Data;
use crate::engine::{Answer, Engine, Rows};
use crate::engines::{Engines, Listed};
use crate::harness::Checked;
use crate::harness::oracle::Oracle;
use crate::worker::Worker;
use crate::{refused, reread};

/// A text that a template would read.
const HOSTILE: &str = "{{ 1 / 0 }} {% raise %} {# gone #}";

const ASKED: [&str; 12] = [
    "revenue",
    "select",
    "value",
    "--by",
    "channel",
    "--total",
    "--from",
    "2026-01",
    "--to",
    "2026-03",
    "--as-of",
    "2026-03-20",
];

fn definitions() -> String {
    format!(
        "source orders {{
  table orders
  key id
  time day
  column day : date
  column amount : decimal(12, 2)
  dimension channel one of 'web', 'shop', 'it''s', '{HOSTILE}'
  measure revenue = sum(amount)
  measure orders = count()
  measure odd = count() where channel = '{HOSTILE}'
}}
kpi revenue {{ owner \"{HOSTILE}\" }}
kpi orders
kpi select = odd
kpi value \"What an order brings {HOSTILE}\" = revenue / orders
"
    )
}

/// A project and its rows.
struct Project {
    folder: tempfile::TempDir,
    orders: Data,
}

impl Project {
    fn new() -> Checked<Project> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
        write("kpic.yaml", "name: shop\nzone: UTC\n").map_err(|e| e.to_string())?;
        write("shop.kpi", &definitions()).map_err(|e| e.to_string())?;
        let oracle = Oracle::open(folder.path(), &[])?;
        oracle.run(&format!(
            "create table orders as select * from (values
               (1::bigint, date '2026-01-05', 10.00::decimal(12, 2), 'web'), (2, '2026-01-31', 20.50, 'shop'),
               (3, '2026-02-01', 1.25, null), (4, '2026-03-15', 7.00, 'web'), (5, '2026-03-31', 3.00, 'web'),
               (6, '2026-02-28', 2.00, '{HOSTILE}')) as t(id, day, amount, channel)"
        ))?;
        let file = folder.path().join("orders.csv");
        let orders = Data::of(&oracle, "orders", Path::new(""), |_| None, file)?;
        Ok(Project { folder, orders })
    }

    fn kpic(&self, options: &[&str]) -> Checked<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kpic"));
        command.current_dir(self.folder.path()).arg("compile").args(options).env("NO_COLOR", "1");
        let output = command.output().map_err(|e| e.to_string())?;
        match output.status.success() {
            true => String::from_utf8(output.stdout).map_err(|e| e.to_string()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

pub fn trials(engines: &Arc<Engines>, listed: &'static Listed) -> Vec<Trial> {
    let trial = |kind: &'static str| {
        let engines = Arc::clone(engines);
        Trial::test(format!("{}::kept::{kind}", listed.dialect), move || {
            Ok(kept(&mut *engines.database(listed)?, listed, kind)?)
        })
    };
    vec![trial("view"), trial("table")]
}

/// A view or table of the query is made, made again, and has its rows.
fn kept(engine: &mut dyn Engine, listed: &Listed, kind: &str) -> Checked<()> {
    let project = Project::new()?;
    let dialect = ["-d", listed.dialect];
    let select = project.kpic(&[&ASKED[..], &dialect].concat())?;
    let text = match project.kpic(&[&ASKED[..], &dialect, &["--as", kind, "--name", "kept_rows"]].concat()) {
        Ok(text) => text,
        // What a dialect cannot keep is in the table of `kpic dialects`.
        Err(said) => return refused::constructs(&said).map(drop).ok_or(said),
    };
    let bound = project.kpic(&[&ASKED[..], &dialect, &["--params", "bind"]].concat())?;
    for statement in statements(&text).iter().chain([&bound]) {
        reread::one_statement(listed, statement)?;
    }
    engine.load(&project.orders)?;
    for _ in 0..2 {
        for statement in statements(&text) {
            engine.execute(&statement).map_err(|e| format!("{e}\n{statement}"))?;
        }
    }
    let expected = sorted(engine.run(&select).map_err(|e| format!("{e}\n{select}"))?);
    let found = sorted(engine.run("SELECT * FROM kept_rows").map_err(|e| format!("{e}\n{text}"))?);
    match (expected, found) {
        (Some(expected), Some(found)) if expected != found => Err(format!("{expected:?}\n{found:?}\n{text}")),
        // Four members and the total, three months.
        (Some((_, rows)), _) if rows.len() != 15 => Err(format!("{rows:?}")),
        _ => Ok(()),
    }
}

/// Each without the comments above it.
fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().skip_while(|line| line.starts_with("-- ")).collect();
    let statements = lines.split_inclusive(|line| line.ends_with(';'));
    statements.map(|lines| lines.join("\n").trim_end_matches(';').to_string()).collect()
}

/// None where nothing gives rows.
fn sorted(answer: Answer) -> Option<Rows> {
    let Answer::Rows((columns, mut rows)) = answer else { return None };
    rows.sort();
    Some((columns, rows))
}

/// dbt builds the models on a database of its own, and their tests pass.
pub fn dbt(root: &Path) -> Trial {
    let root = root.to_path_buf();
    Trial::test("dbt::models", move || Ok(models(&root)?))
}

fn models(root: &Path) -> Checked<()> {
    let project = Project::new()?;
    let folder = project.folder.path();
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).and_then(|()| fs::write(&file, text))
    };
    let profile = "shop:\n  target: here\n  outputs:\n    here: {type: duckdb, path: shop.duckdb}\n";
    write("profiles.yml", profile).map_err(|e| e.to_string())?;
    let settings = "name: shop\nversion: '1.0'\nconfig-version: 2\nprofile: shop\nmodel-paths: [models]\nflags: {send_anonymous_usage_stats: false}\n";
    write("dbt_project.yml", settings).map_err(|e| e.to_string())?;
    let seeded = "select id, day, amount, channel from loaded.orders";
    write("models/orders.sql", seeded).map_err(|e| e.to_string())?;
    let forms = ["--as", "dbt", "--params", "var", "-d", "duckdb", "--out", "models"];
    // The day that is known is a variable, too.
    let asked = [&ASKED[..ASKED.len() - 1], &["2026-03-10..2026-03-31"]].concat();
    project.kpic(&[&asked[..], &forms].concat())?;

    let mut engine = Worker::start(root, "models")?;
    let mut ask = |question: serde_json::Value| engine.answer(&question);
    let columns = &project.orders.columns;
    ask(serde_json::json!({"do": "load", "folder": folder, "columns": columns, "csv": project.orders.rows}))?;
    let all = ("{}", "2026-01", "2026-03", "2026-03-31");
    let earlier = (EARLIER, "2026-01", "2026-03", "2026-03-14");
    for (vars, from, to, day) in [all, earlier, (CHOSEN, "2026-02", "2026-02", "2026-03-20")] {
        ask(serde_json::json!({"do": "build", "folder": folder, "vars": vars}))?;
        for kpi in ["revenue", "select", "value"] {
            let built =
                ask(serde_json::json!({"do": "ask", "sql": format!("select * from main.\"{kpi}\"")}))?;
            let mut options = vec![kpi, "-d", "duckdb", "--by", "channel", "--total", "--as-of", day];
            options.extend(["--from", from, "--to", to]);
            let sql = project.kpic(&options)?;
            let asked = ask(serde_json::json!({"do": "ask", "sql": sql}))?;
            // A member that occurs in the frame alone has a row of zeros in the chosen month.
            let (built, asked) = (of_members(&built), of_members(&asked));
            let missing: Vec<_> = asked.iter().filter(|row| !built.contains(row)).collect();
            if !missing.is_empty() || asked.is_empty() {
                return Err(format!("{kpi} from {from}: {missing:?} not in {built:?}"));
            }
            if from == "2026-01" && built.len() != asked.len() {
                return Err(format!("{kpi}: {built:?} instead of {asked:?}"));
            }
        }
    }
    // A list that lacks a member of the rows is a test that fails.
    let narrow = definitions().replace("'web', 'shop', ", "'web', ");
    fs::write(folder.join("shop.kpi"), narrow).map_err(|e| e.to_string())?;
    project.kpic(&[&ASKED[..], &forms].concat())?;
    match ask(serde_json::json!({"do": "build", "folder": folder, "vars": "{}"})) {
        Ok(_) => Err("dbt finds nothing wrong with `shop`, which is not accepted".into()),
        Err(said) if said.contains("accepted_values") => Ok(()),
        Err(said) => Err(format!("dbt failed for another reason: {said}")),
    }
}

const CHOSEN: &str =
    "{kpic_range_start: '2026-02-01', kpic_range_end: '2026-03-01', kpic_as_of: '2026-03-20'}";
const EARLIER: &str = "{kpic_as_of: '2026-03-14'}";

fn of_members(answer: &serde_json::Value) -> Vec<String> {
    let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(ToString::to_string).collect()
}
