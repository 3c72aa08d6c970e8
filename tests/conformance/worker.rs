//! Engines outside of this process: a program each, `scripts/engine NAME`, that answers
//! a line of JSON with a line of JSON.
//!
//! | asked | answered |
//! |---|---|
//! | `{"do":"about"}` | `{"version":"SQLite 3.45.1"}` |
//! | `{"do":"new"}` | `{}`: an empty database |
//! | `{"do":"load","table":["shop","orders"],"columns":[["id","BIGINT"]],"csv":"/path"}` | `{}` |
//! | `{"do":"ask","sql":"…"}` | `{"columns":[…],"rows":[[…]]}` |
//! | `{"do":"keywords"}` | `{"words":[…]}` |
//!
//! An answer may be `{"error":"…"}`. Values are texts as DuckDB would show them, or null.
//! The program ends when its input does.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::MutexGuard;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use kpic::dialect::Dialect;
use serde_json::{Value, json};

use crate::data::Data;
use crate::engine::{Answer, Engine};
use crate::engines::Listed;
use crate::harness::Checked;

/// Long enough to fetch an engine, too.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

#[derive(Debug)]
pub struct Worker {
    program: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    /// Whose tables it holds, where others may want the same.
    holds: Option<PathBuf>,
}

impl Worker {
    pub fn start(root: &Path, engine: &str) -> Checked<Worker> {
        let mut program = Command::new(root.join("scripts/engine"))
            .arg(engine)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("scripts/engine: {e}"))?;
        let input = program.stdin.take().expect("it is piped");
        let output = program.stdout.take().expect("it is piped");
        let (send, answers) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.map(|line| send.send(line)).take_while(Result::is_ok).for_each(drop);
        });
        Ok(Worker { program, input, answers, holds: None })
    }

    /// What the program says to a question.
    ///
    /// # Errors
    /// It is gone, or says what is wrong.
    pub fn answer(&mut self, question: &Value) -> Checked<Value> {
        let answer = self.tell(question).ok_or_else(|| format!("no answer to {question}"))?;
        match answer["error"].as_str() {
            Some(error) => Err(error.to_string()),
            None => Ok(answer),
        }
    }

    /// None where the program is gone.
    fn tell(&mut self, question: &Value) -> Option<Value> {
        writeln!(self.input, "{question}").and_then(|()| self.input.flush()).ok()?;
        let answer = self.answers.recv_timeout(PATIENCE).ok()?;
        serde_json::from_str(&answer).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It is over with it, whatever it says: one that hangs would not see its input end.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A worker that somebody has alone.
#[derive(Debug)]
pub struct Asked<'a> {
    listed: &'static Listed,
    twin: Option<&'static dyn Dialect>,
    place: MutexGuard<'a, Option<Worker>>,
}

impl<'a> Asked<'a> {
    pub fn new(
        listed: &'static Listed,
        twin: Option<&'static dyn Dialect>,
        place: MutexGuard<'a, Option<Worker>>,
    ) -> Asked<'a> {
        Asked { listed, twin, place }
    }

    /// Empties the database.
    pub fn clear(&mut self) -> Checked<()> {
        if let Some(worker) = self.place.as_mut() {
            worker.holds = None;
        }
        self.tell(&json!({"do": "new"})).map(drop)
    }

    /// Empties the database and loads these tables, unless it holds those of this name.
    pub fn fill(&mut self, name: Option<&Path>, tables: &[Data]) -> Checked<()> {
        if name.is_some() && self.place.as_ref().is_some_and(|worker| worker.holds.as_deref() == name) {
            return Ok(());
        }
        self.clear()?;
        for data in tables {
            self.load(data).map_err(|e| format!("table {}: {e}", data.table))?;
        }
        if let Some(worker) = self.place.as_mut() {
            worker.holds = name.map(Path::to_path_buf);
        }
        Ok(())
    }

    /// One that is gone is started anew by whoever asks next.
    fn tell(&mut self, question: &Value) -> Checked<Value> {
        let engine = self.listed.engine;
        let answer = self.place.as_mut().and_then(|worker| worker.tell(question));
        let Some(answer) = answer else {
            *self.place = None;
            return Err(format!("{engine}: the worker gave no answer to {question}"));
        };
        match answer.get("error") {
            Some(error) => Err(format!("{engine}: {}", error.as_str().unwrap_or("an error without words"))),
            None => Ok(answer),
        }
    }
}

impl Engine for Asked<'_> {
    fn dialect(&self) -> &'static dyn Dialect {
        self.listed.dialect()
    }

    fn twin(&self) -> Option<&'static dyn Dialect> {
        self.twin
    }

    fn names(&self, columns: Vec<String>) -> Vec<String> {
        self.listed.names(columns)
    }

    fn version(&mut self) -> Checked<String> {
        let answer = self.tell(&json!({"do": "about"}))?;
        Ok(answer["version"].as_str().ok_or_else(|| format!("no version in {answer}"))?.to_string())
    }

    fn load(&mut self, data: &Data) -> Checked<()> {
        let question = json!({
            "do": "load", "table": data.parts(), "columns": data.columns, "csv": data.rows,
        });
        self.tell(&question).map(drop)
    }

    fn run(&mut self, sql: &str) -> Checked<Answer> {
        let answer = self.tell(&json!({"do": "ask", "sql": sql}))?;
        let rows: Option<Vec<_>> =
            answer["rows"].as_array().and_then(|rows| rows.iter().map(texts).collect());
        let columns: Option<Vec<_>> = texts(&answer["columns"]).and_then(|all| all.into_iter().collect());
        match (columns, rows) {
            (Some(columns), Some(mut rows)) => {
                self.listed.as_said(&mut rows);
                Ok(Answer::Rows((self.names(columns), rows)))
            }
            _ => Err(format!("{}: no columns and rows of texts in {answer}", self.listed.engine)),
        }
    }

    fn keywords(&mut self) -> Checked<Vec<String>> {
        let answer = self.tell(&json!({"do": "keywords"}))?;
        let words: Option<Vec<_>> = texts(&answer["words"]).and_then(|all| all.into_iter().collect());
        words.ok_or_else(|| format!("no words in {answer}"))
    }
}

fn texts(list: &Value) -> Option<Vec<Option<String>>> {
    let text = |value: &Value| match value {
        Value::Null => Some(None),
        Value::String(text) => Some(Some(text.clone())),
        _ => None,
    };
    list.as_array()?.iter().map(text).collect()
}
