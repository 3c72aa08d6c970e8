//! The facts: made once, read by every query.

use std::path::{Path, PathBuf};
use std::{env, fs};

use kpic::run::{Access, Rows, Session};

/// Sessions; a quarter as many orders, a twentieth as many customers.
const SESSIONS: u64 = 20_000_000;
/// `--quick`: this part of them.
const QUICK: u64 = 50;
const THREADS: usize = 2;

pub struct Facts {
    session: Session,
    _spill: tempfile::TempDir,
}

impl Facts {
    pub fn open(quick: bool) -> Facts {
        let database = made(if quick { SESSIONS / QUICK } else { SESSIONS });
        let spill = tempfile::tempdir().expect("a folder can be made");
        let access = Access {
            root: spill.path().to_path_buf(),
            database: Some(database),
            spill: spill.path().to_path_buf(),
            threads: THREADS,
            ..Access::default()
        };
        Facts { session: Session::open(&access).expect("the facts can be read"), _spill: spill }
    }

    pub fn ask(&self, sql: &str) -> Rows {
        self.session.query(sql).unwrap_or_else(|error| panic!("{error:?}\n{sql}"))
    }
}

/// The database of this many sessions, which another run may have made.
fn made(sessions: u64) -> PathBuf {
    let folder = cache();
    let database = folder.join(format!("facts-2-{sessions}.duckdb"));
    if database.is_file() {
        return database;
    }
    println!("making {sessions} sessions in {}", database.display());
    fs::create_dir_all(&folder).expect("the cache folder can be made");
    // Beside it, then renamed: another run never sees half of them.
    let work = tempfile::tempdir_in(&folder).expect("a folder can be made in the cache");
    let half = work.path().join("facts.duckdb");
    let sql = include_str!("facts.sql")
        .replace("{sessions}", &sessions.to_string())
        .replace("{orders}", &(sessions / 4).to_string())
        .replace("{customers}", &(sessions / 20).to_string());
    let connection = duckdb::Connection::open(&half).expect("a database can be made");
    connection.execute_batch(&sql).expect("the facts can be made");
    connection.close().expect("the database can be closed");
    fs::rename(&half, &database).expect("a file of the cache can be renamed");
    database
}

fn cache() -> PathBuf {
    let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let caches = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    let own = env::var_os("KPIC_CACHE").map(PathBuf::from).or_else(|| Some(caches?.join("kpic")));
    own.expect("KPIC_CACHE, XDG_CACHE_HOME or HOME says where to keep the facts").join("bench")
}
