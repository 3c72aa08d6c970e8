//! Which engines there are, what each of them proves, and how they start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use duckdb::Connection;
use kpic::dialect::{self, Dialect};

use crate::data::Data;
use crate::engine::Engine;
use crate::harness::Checked;
use crate::harness::rows::{Kind, Table};
use crate::postgres::Server;
use crate::worker::{Asked, Worker};

/// What it means that a case is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// The database itself, or a twin of the same dialect, gave the rows.
    Executed,
    /// The vendor's own reference implementation of the language gave the rows.
    Reference,
    /// The vendor's grammar takes the text, and another engine gave the rows.
    StandIn,
}

impl Tier {
    pub fn words(self) -> &'static str {
        match self {
            Tier::Executed => "executed on the engine",
            Tier::Reference => "executed by the reference implementation",
            Tier::StandIn => "grammar and stand-in",
        }
    }
}

/// A dialect and the engine that its text is proven on.
#[derive(Debug)]
pub struct Listed {
    pub dialect: &'static str,
    pub engine: &'static str,
    pub tier: Tier,
    /// A dialect that mostly has the same text: what is the same letter for letter is proven there.
    pub twin: Option<&'static str>,
    /// Whether TRUE is a value of its own; else it is 1.
    pub booleans: bool,
    /// Whether a day is told from its midnight.
    pub days: bool,
    /// Whether it understands the queries that cases have as sources; else these are tables.
    pub queries: bool,
    /// Whether it keeps the capitals of names; else all of a name that needs no quotes are of one kind.
    pub capitals: bool,
    /// Whether sums of decimals are exact; else they are doubles.
    pub decimals: bool,
    /// What it is asked unless `KPIC_ENGINES` names engines: then each is asked all.
    pub every_run: Part,
}

/// A part of the trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// None: it takes many minutes.
    Nothing,
    /// Cases and expressions, and a few random projects; no example, which have many rows.
    Cases,
    All,
}

/// An engine, and what it is asked in this run.
#[derive(Debug, Clone, Copy)]
pub struct Chosen {
    pub listed: &'static Listed,
    pub part: Part,
}

const fn listed(dialect: &'static str, engine: &'static str, tier: Tier) -> Listed {
    Listed {
        dialect,
        engine,
        tier,
        twin: None,
        booleans: true,
        days: true,
        queries: false,
        capitals: true,
        decimals: true,
        every_run: Part::Cases,
    }
}

const ENGINES: [Listed; 14] = [
    Listed { every_run: Part::All, queries: true, ..listed("duckdb", "duckdb", Tier::Executed) },
    Listed { every_run: Part::All, queries: true, ..listed("postgres", "postgres", Tier::Executed) },
    Listed { booleans: false, decimals: false, ..listed("sqlite", "sqlite", Tier::Executed) },
    Listed { booleans: false, ..listed("mysql", "mariadb", Tier::Executed) },
    listed("clickhouse", "clickhouse", Tier::Executed),
    listed("datafusion", "datafusion", Tier::Executed),
    listed("spark", "spark", Tier::Executed),
    Listed { twin: Some("spark"), ..listed("databricks", "spark", Tier::StandIn) },
    listed("bigquery", "bigquery", Tier::Reference),
    listed("trino", "trino", Tier::StandIn),
    Listed { twin: Some("trino"), ..listed("athena", "trino", Tier::StandIn) },
    Listed { capitals: false, ..listed("redshift", "redshift", Tier::StandIn) },
    Listed { capitals: false, ..listed("snowflake", "snow", Tier::StandIn) },
    Listed { booleans: false, days: false, ..listed("tsql", "tsql", Tier::StandIn) },
];

impl Listed {
    pub fn dialect(&self) -> &'static dyn Dialect {
        dialect::by_name(self.dialect).expect("only dialects that kpic knows are asked")
    }

    /// What the engine can say of these values.
    pub fn as_it_says(&self, mut expected: Table) -> Table {
        expected.columns = self.names(expected.columns);
        for (column, kind) in expected.kinds.iter_mut().enumerate() {
            let of_column = expected.rows.iter_mut().map(|row| &mut row[column]);
            match kind {
                Kind::Truth if !self.booleans => of_column.flatten().for_each(|value| {
                    *value = if value == "true" { "1".into() } else { "0".into() };
                }),
                Kind::Exact if !self.decimals => {
                    if of_column.flatten().any(|value| value.contains('.')) {
                        *kind = Kind::Near;
                    }
                }
                Kind::Text if !self.days => of_column.flatten().for_each(day_of_midnight),
                Kind::Truth | Kind::Exact | Kind::Text | Kind::Near => {}
            }
        }
        expected
    }

    /// Names of columns, such that they can be compared.
    pub fn names(&self, columns: Vec<String>) -> Vec<String> {
        match self.capitals {
            true => columns,
            false => columns.into_iter().map(|name| name.to_lowercase()).collect(),
        }
    }

    /// What it said, such that it can be compared with that.
    pub fn as_said(&self, rows: &mut [Vec<Option<String>>]) {
        if !self.days {
            rows.iter_mut().flatten().flatten().for_each(day_of_midnight);
        }
    }
}

fn day_of_midnight(value: &mut String) {
    if let Some(day) = value.strip_suffix(" 00:00:00") {
        *value = day.to_string();
    }
}

/// The engines of one run, each started when the first trial needs it.
#[derive(Debug)]
pub struct Engines {
    root: PathBuf,
    chosen: Vec<Chosen>,
    postgres: OnceLock<Checked<Server>>,
    workers: BTreeMap<&'static str, Mutex<Option<Worker>>>,
}

impl Engines {
    pub fn new(root: &Path, chosen: &[Chosen]) -> Engines {
        let workers = ENGINES
            .iter()
            .filter(|listed| !matches!(listed.engine, "duckdb" | "postgres"))
            .map(|listed| (listed.engine, Mutex::new(None)))
            .collect();
        Engines { root: root.to_path_buf(), chosen: chosen.to_vec(), postgres: OnceLock::new(), workers }
    }

    pub fn postgres(&self) -> Checked<&Server> {
        self.postgres.get_or_init(|| Server::start(&self.root)).as_ref().map_err(Clone::clone)
    }

    /// The twin that is proven in this run.
    pub fn twin(&self, listed: &Listed) -> Option<&'static dyn Dialect> {
        let twin = listed.twin?;
        self.chosen.iter().find(|one| one.listed.dialect == twin).map(|one| one.listed.dialect())
    }

    /// A worker with whatever it holds.
    fn asked(&self, listed: &'static Listed) -> Checked<Asked<'_>> {
        // A trial that panicked says nothing about the worker: it begins anew each time.
        let mut place = self.workers[listed.engine].lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_none() {
            *place = Some(Worker::start(&self.root, listed.engine)?);
        }
        Ok(Asked::new(listed, self.twin(listed), place))
    }

    /// A database of these tables. A worker that holds those of this name already keeps them.
    pub fn filled(
        &self,
        listed: &'static Listed,
        name: Option<&Path>,
        tables: &[Data],
    ) -> Checked<Box<dyn Engine + '_>> {
        if !matches!(listed.engine, "duckdb" | "postgres") {
            let mut asked = self.asked(listed)?;
            asked.fill(name, tables)?;
            return Ok(Box::new(asked));
        }
        let mut database = self.database(listed)?;
        for data in tables {
            database.load(data).map_err(|e| format!("table {}: {e}", data.table))?;
        }
        Ok(database)
    }

    /// An empty database. Whoever asks a worker has it alone.
    pub fn database(&self, listed: &'static Listed) -> Checked<Box<dyn Engine + '_>> {
        Ok(match listed.engine {
            "duckdb" => {
                let database = Connection::open_in_memory().map_err(|e| e.to_string())?;
                database.execute_batch("set TimeZone = 'UTC'").map_err(|e| e.to_string())?;
                Box::new(database)
            }
            "postgres" => Box::new(self.postgres()?.database()?),
            _ => {
                let mut asked = self.asked(listed)?;
                asked.clear()?;
                Box::new(asked)
            }
        })
    }
}

/// Every engine whose dialect kpic knows.
pub fn known() -> Vec<&'static Listed> {
    static ALL: [Listed; ENGINES.len()] = ENGINES;
    ALL.iter().filter(|listed| dialect::by_name(listed.dialect).is_some()).collect()
}

/// What every run asks, or all of the engines that `KPIC_ENGINES` names; `all` is every one.
///
/// # Errors
/// A name that is none of them.
pub fn chosen(names: Option<&str>) -> Checked<Vec<Chosen>> {
    let known = known();
    let whole = |listed| Chosen { listed, part: Part::All };
    let names = match names {
        None => {
            let every = known.into_iter().map(|listed| Chosen { listed, part: listed.every_run });
            return Ok(every.filter(|one| one.part > Part::Nothing).collect());
        }
        Some("all") => return Ok(known.into_iter().map(whole).collect()),
        Some(names) => names,
    };
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let is_called = |listed: &Listed, name: &str| listed.dialect == name || listed.engine == name;
    if let Some(name) = names.iter().find(|name| !known.iter().any(|listed| is_called(listed, name))) {
        let known: Vec<&str> = known.iter().map(|listed| listed.dialect).collect();
        return Err(format!("KPIC_ENGINES names `{name}`; there are {}", known.join(", ")));
    }
    // Two dialects of one engine may both be named by it: each is asked once.
    let named = known.into_iter().filter(|listed| names.iter().any(|name| is_called(listed, name)));
    Ok(named.map(whole).collect())
}
