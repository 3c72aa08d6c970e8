//! Vendors: how each database spells what the SQL tree says.
//!
//! Takes a [`sql::Query`], gives its text. Every vendor fact is in this room: what
//! a database can do ([`Capabilities`], which lowering reads), its reserved words,
//! its literals, types and functions. Never changes what a query means, never reads
//! a definition, never runs anything.
//!
//! [`print()`] is shared: layout, parentheses, clauses. What varies is asked of a
//! [`Dialect`], whose methods have no defaults, so that a new database is one file
//! that does not compile half-done.

mod dates;
mod duckdb;
mod duckdb_words;
mod expression;
mod functions;
mod layout;
mod parts;
mod postgres;
mod postgres_words;
mod print;
mod quote;
#[cfg(test)]
mod tests;
mod zones;

pub use functions::{Level, Spelling};

use sqlparser::dialect::Dialect as Parser;

use crate::diagnostic::Diagnostic;
pub use crate::sql::Capabilities;
use crate::sql::{self, AggregateFunction, Function, Part, Step, Type};

/// One database's way of writing SQL.
pub trait Dialect: std::fmt::Debug + Sync {
    /// What the command line and `kpic.yaml` call it.
    fn name(&self) -> &'static str;
    /// What lowering may rely on.
    fn capabilities(&self) -> Capabilities;
    /// Lower-case words that a name is quoted for, sorted.
    fn reserved_words(&self) -> &'static [&'static str];
    /// The longest name in bytes, where longer ones would be cut silently.
    fn longest_name(&self) -> Option<usize>;
    /// A text literal with its quotes; `value` holds no NUL.
    fn text(&self, value: &str) -> String;
    fn type_name(&self, ty: Type) -> String;
    /// NULL of a type, such that together with a value of that type it has the value's exact type.
    fn null(&self, ty: Type) -> String;
    fn interval(&self, step: Step) -> String;
    /// What follows `value LIKE pattern` so that no character escapes.
    fn like_suffix(&self) -> &'static str;
    fn function(&self, function: Function) -> Spelling;
    /// `{0}` and following are the arguments; a percentile's fraction comes after them.
    fn aggregate(&self, function: &AggregateFunction) -> Spelling;
    /// See [`sql::Expr::Truncate`]; `{0}` is the value.
    fn truncate(&self, to: Part, week_start: u8) -> Spelling;
    /// See [`sql::Expr::MonthOf`]; `{0}` is the value.
    fn month_of(&self) -> Spelling;
    /// See [`sql::Expr::Extract`].
    fn extract(&self, part: Part) -> Spelling;
    /// See [`sql::Expr::Shift`].
    fn shift(&self, step: Step, to: Type) -> Spelling;
    /// See [`sql::Expr::Seconds`]; `{0}` is the start, `{1}` the end.
    fn seconds(&self) -> Spelling;
    /// See [`sql::Expr::DaysBetween`]; `{0}` is the start, `{1}` the end.
    fn days_between(&self) -> Spelling;
    /// What a zone of the IANA database is called, where its own name means something else.
    fn zone<'n>(&self, name: &'n str) -> &'n str;
    /// See [`sql::Expr::Instant`]; `{0}` is the local time, `{1}` its zone.
    fn instant(&self) -> Spelling;
    /// See [`sql::Expr::ToZone`]; `{0}` is the value, `{1}` the zone it is shown in,
    /// `{2}` the zone that a value without one is read in.
    fn to_zone(&self, from_local: bool) -> Spelling;
    /// See [`sql::Expr::UtcOf`]; `{0}` is the value.
    fn utc_of(&self) -> Spelling;
    /// A table function: the timestamps from `first` to `last`, both included, by `step`.
    fn series(&self, first: &str, last: &str, step: &str) -> String;
    /// A relation of a file's rows; None where the database reads no files.
    fn file(&self, path: &str, types: &[(String, Type)]) -> Option<String>;
    /// Reads the queries that users write for this database.
    fn parser(&self) -> Box<dyn Parser>;
}

/// The dialect of the engine that kpic carries: what a project speaks that names no other.
pub const EMBEDDED: &dyn Dialect = &duckdb::DuckDb;

/// The names that [`by_name`] knows.
pub const NAMES: [&str; 2] = ["duckdb", "postgres"];

/// The dialect of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Dialect> {
    match name {
        "duckdb" => Some(&duckdb::DuckDb),
        "postgres" => Some(&postgres::Postgres),
        _ => None,
    }
}

/// The text of a query: one statement, without a semicolon or a final newline.
///
/// # Errors
/// `DialectCannot`, one for each thing that this database cannot say.
pub fn print(query: &sql::Query, dialect: &dyn Dialect) -> Result<String, Vec<Diagnostic>> {
    let mut printer = print::Printer::new(dialect);
    printer.query(query);
    let (tokens, problems) = printer.finish();
    if problems.is_empty() { Ok(layout::layout(&tokens)) } else { Err(problems) }
}
