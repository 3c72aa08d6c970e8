//! What is counted in one source's data.

use std::collections::BTreeMap;

use kpic::diagnostic::{Code, Diagnostic};
use kpic::dialect::{self, Dialect};
use kpic::lower::{Fact, Health, Sample as Wanted, SqlTexts};
use kpic::model::Model;
use kpic::practice::OfPersons;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::{Row, Source};
use kpic::run::{Rows, Value};
use kpic::sql::Query;

use crate::cli::execute::Stopped;
use crate::cli::execute::engine::Run;

/// Who answers queries.
pub trait Asks {
    /// The rows of a query.
    ///
    /// # Errors
    /// What is said of it; an interruption.
    fn ask(&mut self, sql: &str) -> Result<Rows, Stopped>;
    /// Tells somebody who waits what goes on.
    fn say(&self, what: String);
}

impl Asks for Run<'_> {
    fn ask(&mut self, sql: &str) -> Result<Rows, Stopped> {
        self.query(sql)
    }

    fn say(&self, what: String) {
        self.progress.say(what);
    }
}

/// What one source's data is like.
#[derive(Debug)]
pub struct Examined {
    pub source: String,
    pub rows: u64,
    /// By each time column, when its newest row is.
    pub newest: Vec<(String, Option<String>)>,
    /// By column, how many rows have no value.
    pub nulls: BTreeMap<String, u64>,
    pub key: Option<Key>,
    pub joins: Vec<Joined>,
    /// Rows that end before they begin.
    pub backward: Option<Counted>,
    /// By column or dimension, the rows with another value than it is said to have.
    pub unaccepted: Vec<(String, Counted)>,
}

#[derive(Debug)]
pub struct Key {
    pub columns: Vec<String>,
    /// Whether the source holds versions, so that not the key but their times must not meet.
    pub of_versions: bool,
    pub repeated: Counted,
}

#[derive(Debug)]
pub struct Joined {
    pub name: String,
    pub to: String,
    pub on: Vec<String>,
    /// Rows that name no partner.
    pub without: u64,
    /// Rows whose partner is not there.
    pub unmatched: Counted,
}

#[derive(Debug)]
pub struct Counted {
    pub count: u64,
    pub sample: Sample,
}

/// A few of the keys that were counted.
#[derive(Debug)]
pub enum Sample {
    /// There are none, or nobody asked.
    Nothing,
    /// They would tell of persons.
    Personal,
    Keys(Vec<Shown>),
}

/// A key and in how many rows it stands.
#[derive(Debug)]
pub struct Shown {
    pub values: Vec<Option<String>>,
    pub rows: u64,
}

/// How data is looked at.
pub struct Examination<'a> {
    pub model: &'a Model<'a>,
    pub resolved: &'a Resolved,
    pub texts: &'a SqlTexts,
    pub dialect: &'static dyn Dialect,
    pub persons: &'a OfPersons,
    /// Whether a few keys are shown of what is wrong.
    pub samples: bool,
}

impl Examination<'_> {
    /// Counts in one source's rows; `nulls` are columns whose empty values are counted.
    ///
    /// # Errors
    /// What cannot be asked or is not answered; an interruption.
    pub fn of(&self, source: &Source, nulls: &[String], asks: &mut dyn Asks) -> Result<Examined, Stopped> {
        asks.say(format!("looking at {}", source.name));
        let health = Health::of(self.resolved, self.texts, source);
        let facts = health.facts(nulls)?;
        let rows = asks.ask(&self.text(&facts.query)?)?;
        let values = rows.rows.into_iter().next().unwrap_or_default();
        let mut examined = Examined {
            source: source.name.clone(),
            rows: 0,
            newest: Vec::new(),
            nulls: BTreeMap::new(),
            key: self.key(&health, source, asks)?,
            joins: Vec::new(),
            backward: None,
            unaccepted: Vec::new(),
        };
        for (fact, value) in facts.asked.iter().zip(&values) {
            match fact {
                Fact::Rows => examined.rows = number(value)?,
                Fact::Newest(column) => examined.newest.push((column.clone(), value.text())),
                Fact::Nulls(column) => {
                    examined.nulls.insert(column.clone(), number(value)?);
                }
                Fact::Backward => {
                    let sample = (Wanted::Backward, source.key.as_slice());
                    examined.backward = Some(self.counted(&health, source, number(value)?, sample, asks)?);
                }
                Fact::Unaccepted(name) => {
                    let of = source.listed.get(name).map_or(&[][..], |l| std::slice::from_ref(&l.value));
                    let sample = (Wanted::Unaccepted(name), of);
                    let counted = self.counted(&health, source, number(value)?, sample, asks)?;
                    examined.unaccepted.push((name.clone(), counted));
                }
                Fact::Without(name) => examined.joins.push(self.join(source, name, number(value)?)),
                Fact::Unmatched(name) => {
                    let on = source.joins.get(name).map_or(&[][..], |join| &join.on);
                    let sample = (Wanted::Unmatched(name), on);
                    let counted = self.counted(&health, source, number(value)?, sample, asks)?;
                    let join = examined.joins.last_mut();
                    join.expect("what says how many name none stands before").unmatched = counted;
                }
            }
        }
        Ok(examined)
    }

    fn key(&self, health: &Health<'_>, source: &Source, asks: &mut dyn Asks) -> Result<Option<Key>, Stopped> {
        let Some(query) = health.repeated()? else { return Ok(None) };
        let rows = asks.ask(&self.text(&query)?)?;
        let count = rows.rows.first().and_then(|row| row.first()).map_or(Ok(0), number)?;
        let repeated = self.counted(health, source, count, (Wanted::Repeated, &source.key), asks)?;
        let key = self.model.sources.get(source.name.as_str()).and_then(|def| def.key.as_ref());
        let columns =
            key.map_or_else(Vec::new, |key| key.value.iter().map(|name| name.value.clone()).collect());
        Ok(Some(Key { columns, of_versions: source.valid.is_some(), repeated }))
    }

    fn join(&self, source: &Source, name: &str, without: u64) -> Joined {
        let def = self.model.sources.get(source.name.as_str());
        let def = def.and_then(|def| def.joins.iter().find(|join| join.header.name.value == name));
        let on = def.map_or_else(Vec::new, |join| join.on.iter().map(shown).collect());
        let to = source.joins.get(name).map_or_else(String::new, |join| join.source.clone());
        let unmatched = Counted { count: 0, sample: Sample::Nothing };
        Joined { name: name.to_owned(), to, on, without, unmatched }
    }

    /// A count, and a few of what was counted unless it tells of persons.
    fn counted(
        &self,
        health: &Health<'_>,
        source: &Source,
        count: u64,
        (wanted, key): (Wanted<'_>, &[Row]),
        asks: &mut dyn Asks,
    ) -> Result<Counted, Stopped> {
        if count == 0 || !self.samples {
            return Ok(Counted { count, sample: Sample::Nothing });
        }
        if self.tells_of_persons(source, wanted, key) {
            return Ok(Counted { count, sample: Sample::Personal });
        }
        let Some(query) = health.sample(wanted)? else {
            return Ok(Counted { count, sample: Sample::Nothing });
        };
        let mut keys = Vec::new();
        for mut row in asks.ask(&self.text(&query)?)?.rows {
            let Some(times) = row.pop() else { continue };
            keys.push(Shown { values: row.iter().map(Value::text).collect(), rows: number(&times)? });
        }
        Ok(Counted { count, sample: Sample::Keys(keys) })
    }

    /// Whether a key is personal data, here or where it leads to.
    fn tells_of_persons(&self, source: &Source, wanted: Wanted<'_>, key: &[Row]) -> bool {
        let is_own = key.iter().any(|part| self.persons.has(self.resolved, &source.name, part));
        let target = match wanted {
            Wanted::Unmatched(name) => {
                source.joins.get(name).and_then(|join| self.resolved.sources.get(&join.source))
            }
            Wanted::Repeated | Wanted::Backward | Wanted::Unaccepted(_) => None,
        };
        let theirs = |target: &Source| {
            target.key.iter().any(|part| self.persons.has(self.resolved, &target.name, part))
        };
        is_own || target.is_some_and(theirs)
    }

    fn text(&self, query: &Query) -> Result<String, Stopped> {
        Ok(dialect::print(query, self.dialect)?)
    }
}

/// A column as a definition names it.
fn shown(path: &kpic::syntax::ast::Path) -> String {
    match &path.qualifier {
        Some(join) => format!("{}.{}", join.value, path.name.value),
        None => path.name.value.clone(),
    }
}

/// A count, which some connections give as a text.
fn number(value: &Value) -> Result<u64, Stopped> {
    let number = value.text().and_then(|text| text.parse().ok());
    number.ok_or_else(|| Diagnostic::general(Code::Engine, "a count came back as no number").into())
}
