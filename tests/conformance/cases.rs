//! Golden cases and examples: each engine gives the rows of the oracle.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use kpic::diagnostic::Sink;
use kpic::source::FileId;
use kpic::syntax::{ast, dsl};
use tempfile::TempDir;

use crate::data::Data;
use crate::engine::{Answer, Engine};
use crate::engines::{Engines, Listed};
use crate::harness::Checked;
use crate::harness::case::{Case, Place};
use crate::harness::files::{entries, file_name, read};
use crate::harness::oracle::{Oracle, qualified};
use crate::harness::rows::{Kind, Table, compare};
use crate::outcome::Outcome;
use crate::{any_day, refused, reread};

/// A case whose data is read, and whose oracle is asked, once for all engines.
#[derive(Debug)]
pub struct Shared {
    pub place: Place,
    opened: OnceLock<Checked<Opened>>,
}

#[derive(Debug)]
struct Opened {
    case: Case,
    /// The case where its sources' own queries, which are in one database's words, are tables.
    plain: Option<Case>,
    expected: Table,
    tables: Vec<Data>,
    /// Holds the tables' rows.
    _folder: TempDir,
}

impl Shared {
    pub fn new(place: Place) -> Shared {
        Shared { place, opened: OnceLock::new() }
    }

    fn opened(&self) -> Checked<&Opened> {
        self.opened.get_or_init(|| open(&self.place)).as_ref().map_err(Clone::clone)
    }

    /// The case's SQL for a dialect is read by its parser, and gives on its engine what
    /// the oracle gives on DuckDB.
    ///
    /// What its twin says letter for letter `is_known` to be equal, unless it must differ.
    pub fn check(&self, engines: &Engines, listed: &'static Listed, is_known: bool) -> Checked<Outcome> {
        let opened = self.opened()?;
        let case = opened.plain.as_ref().filter(|_| !listed.queries).unwrap_or(&opened.case);
        let sql = match case.kpic("compile", &["-d", listed.dialect]) {
            Ok(sql) => sql,
            Err(said) => return refused::constructs(&said).map(Outcome::Refused).ok_or(said),
        };
        reread::one_statement(listed, &sql)?;
        if is_known
            && let Some(twin) = engines.twin(listed)
            && case
                .kpic("compile", &["-d", twin.name()])
                .is_ok_and(|said| statement(&said) == statement(&sql))
        {
            return Ok(Outcome::Equal);
        }
        // All requests to an example are about the same rows.
        let name = match &self.place {
            Place::Golden(_) => None,
            Place::Example(folder, ..) => Some(folder.as_path()),
        };
        let mut database = engines.filled(listed, name, &opened.tables)?;
        keys_are_unique(case, &mut *database)?;
        opened.gives(&mut *database, listed, &sql)?;
        Ok(Outcome::Equal)
    }

    /// The case's SQL of an as-of day that is chosen when it runs gives the same, where the day
    /// that is chosen is the case's own.
    pub fn check_chosen(&self, engines: &Engines, listed: &'static Listed) -> Checked<()> {
        let opened = self.opened()?;
        let (request, row) = any_day::chosen(&opened.case.request)?;
        let sql = match opened.case.kpic_of("compile", &request, &["-d", listed.dialect]) {
            Ok(sql) => sql,
            Err(said) => return refused::constructs(&said).map(drop).ok_or(said),
        };
        reread::one_statement(listed, &sql)?;
        let oracle = Oracle::open(Path::new(""), &[])?;
        oracle.run(&format!("create table kpic_chosen as {row}"))?;
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let file = folder.path().join("chosen.csv");
        let chosen = Data::of(&oracle, "kpic_chosen", Path::new(""), |_| None, file)?;
        let mut database = engines.filled(listed, None, &opened.tables)?;
        database.load(&chosen)?;
        opened.gives(&mut *database, listed, &sql)
    }
}

/// Without the comment above, which names the dialect.
fn statement(sql: &str) -> &str {
    let header = sql.split_inclusive('\n').take_while(|line| line.starts_with("--"));
    &sql[header.map(str::len).sum::<usize>()..]
}

impl Opened {
    /// A text gives what the oracle gives.
    fn gives(&self, database: &mut dyn Engine, listed: &Listed, sql: &str) -> Checked<()> {
        let (columns, rows) = match database.run(sql).map_err(|e| format!("{e}\n{sql}"))? {
            Answer::Rows(rows) => rows,
            Answer::Taken => return Ok(()),
        };
        let actual = Table { kinds: vec![Kind::Text; columns.len()], columns, rows };
        compare(&listed.as_it_says(self.expected.clone()), &actual).map_err(|e| format!("{e}\n{sql}"))
    }
}

fn open(place: &Place) -> Checked<Opened> {
    let case = place.open()?;
    let oracle = case.database()?;
    let mut expected = oracle.ask(&case.oracle)?;
    hours_in_utc(&mut expected);
    let declared = declared(&case.folder)?;
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut tables = Vec::new();
    for (n, (table, file)) in case.tables.iter().enumerate() {
        let is_csv = file_name(file).contains(".csv");
        let typed = |column: &str| {
            let size = declared.get(&(table.clone(), column.to_string())).filter(|_| is_csv);
            size.map(|(digits, scale)| format!("DECIMAL({digits},{scale})"))
        };
        tables.push(Data::of(&oracle, table, file, typed, folder.path().join(format!("{n}.csv")))?);
    }
    let mut others = Vec::new();
    for (path, text) in case.queries()? {
        let table = format!("rows_of_{}", file_name(&path).trim_end_matches(".sql"));
        oracle.run(&format!("create table {} as\n{text}", qualified(&table)))?;
        let file = folder.path().join(format!("{table}.csv"));
        tables.push(Data::of(&oracle, &table, &path, |_| None, file)?);
        others.push((file_name(&path), format!("select * from {table}")));
    }
    let plain = if others.is_empty() { None } else { Some(case.with_queries(&others)?) };
    Ok(Opened { case, plain, expected, tables, _folder: folder })
}

/// What the case's joins rely on holds, says the SQL that checks it.
fn keys_are_unique(case: &Case, database: &mut dyn Engine) -> Checked<()> {
    let checks = case.kpic("compile", &["-d", database.dialect().name(), "--key-checks"])?;
    for check in checks.split_inclusive(";\n") {
        let Answer::Rows((columns, rows)) = database.run(check).map_err(|e| format!("{e}\n{check}"))? else {
            continue;
        };
        // A check of another thing has another name.
        if columns == ["repeated"] && rows != [[Some("0".to_string())]] {
            return Err(format!("keys repeat: {rows:?}\n{check}"));
        }
    }
    Ok(())
}

/// Compiled SQL gives hours as UTC times, `kpic run` shows them with their offset.
fn hours_in_utc(expected: &mut Table) {
    let Some(period) = expected.columns.iter().position(|column| column == "period_start") else { return };
    for row in &mut expected.rows {
        if let Some(hour) = row[period].as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok()) {
            row[period] = Some(hour.strftime("%Y-%m-%d %H:%M:%S").to_string());
        }
    }
}

/// Columns of tables that the case's definitions declare as decimals of a size.
/// A CSV file does not tell them from doubles; a database would.
fn declared(folder: &Path) -> Checked<BTreeMap<(String, String), (u8, u8)>> {
    let mut found = BTreeMap::new();
    for path in entries(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "kpi")) {
        let file = dsl::parse(FileId(0), &read(&path)?, &mut Sink::new());
        for item in &file.items {
            let ast::Item::Source(source) = item else { continue };
            let Some(ast::Relation::Table(parts)) = source.relation.as_ref().map(|r| &r.value) else {
                continue;
            };
            let table = parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
            for column in &source.columns {
                if let Some(ast::ColumnType::Decimal(Some(size))) = column.ty.as_ref().map(|ty| ty.value) {
                    found.insert((table.clone(), column.header.name.value.clone()), size);
                }
            }
        }
    }
    Ok(found)
}
