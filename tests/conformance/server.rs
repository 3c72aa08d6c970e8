//! A PostgreSQL of its own for one run of the tests.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use postgres::{Client, NoTls};

use crate::harness::Checked;

/// The server stops when this is dropped, and when this process ends in any way:
/// the script waits for the end of its input.
#[derive(Debug)]
pub struct Server {
    script: Child,
    address: String,
    databases: AtomicUsize,
}

impl Server {
    pub fn start(root: &Path) -> Checked<Server> {
        let mut script = Command::new(root.join("scripts/postgres"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("scripts/postgres: {e}"))?;
        let mut address = String::new();
        if let Some(out) = script.stdout.take() {
            BufReader::new(out).read_line(&mut address).map_err(|e| e.to_string())?;
        }
        let address = address.trim().to_string();
        let server = Server { script, address, databases: AtomicUsize::new(0) };
        if server.address.is_empty() { Err("scripts/postgres gave no address".into()) } else { Ok(server) }
    }

    /// A connection to a new database, in a zone that no case is about: no number may
    /// depend on who asks.
    pub fn database(&self) -> Checked<Client> {
        let name = format!("case_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let connect = |address: &str| Client::connect(address, NoTls).map_err(said);
        connect(&self.address)?.batch_execute(&format!("create database {name}")).map_err(said)?;
        // A later `dbname` wins.
        let mut client = connect(&format!("{} dbname={name}", self.address))?;
        client.batch_execute("set TimeZone = 'America/St_Johns'; set DateStyle = 'ISO'").map_err(said)?;
        Ok(client)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        // It was asked to stop; what it says then changes nothing.
        let _ = self.script.wait();
    }
}

/// An error with what the server says about it.
pub fn said(error: postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => {
            let place = match db.position() {
                Some(postgres::error::ErrorPosition::Original(at)) => format!(" at character {at}"),
                _ => String::new(),
            };
            let hint = db.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("PostgreSQL: {}{place}{hint}", db.message())
        }
        None => format!("PostgreSQL: {error}"),
    }
}
