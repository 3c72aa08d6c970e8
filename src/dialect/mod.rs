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

mod adapted;
mod aggregate;
mod bigquery;
mod bigquery_words;
mod capitals;
mod clauses;
mod clickhouse;
mod clickhouse_words;
mod clocks;
mod column_types;
mod datafusion;
mod datafusion_words;
mod dates;
mod dbt;
mod doubles;
mod duckdb;
mod duckdb_words;
mod expression;
mod functions;
mod kinds;
mod layout;
mod lite;
mod literal;
mod mysql;
mod mysql_words;
mod narrow;
mod parts;
mod postgres;
mod postgres_words;
mod print;
mod qualified;
mod quote;
mod redshift;
mod redshift_words;
mod selected;
mod snowflake;
mod snowflake_words;
mod spark;
mod spark_words;
mod sqlite;
mod sqlite_words;
mod support;
mod surely;
#[cfg(test)]
mod tests;
mod trino;
mod trino_words;
mod truths;
mod tsql;
mod tsql_words;
mod zones;

pub use clauses::{Capitals, Clauses, Conditions, Division, NullOrder, Qualify, Rows, Stored};
pub use column_types::{Told, TypeWords, any_case, column_type, database_of};
pub use dbt::verbatim;
pub use functions::{Level, Missing, Spelling};
pub use support::{CONSTRUCTS, Construct, Support};

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
    /// The shape of clauses.
    fn clauses(&self) -> Clauses;
    /// A query as this database can say it, where a spelling does not do: the same rows from
    /// another tree. None: as it is.
    fn adapt(&self, query: &sql::Query) -> Option<sql::Query>;

    /// Lower-case words that a name is quoted for, sorted.
    fn reserved_words(&self) -> &'static [&'static str];
    /// The longest name in bytes, where longer ones would be cut silently or refused.
    fn longest_name(&self) -> Option<usize>;
    /// A name between its quotes; `name` is not empty and holds no NUL.
    ///
    /// # Errors
    /// Why this database has no such name.
    fn quoted(&self, name: &str) -> Result<String, &'static str>;

    /// A text literal with its quotes; `value` holds no NUL.
    fn text(&self, value: &str) -> String;
    /// Digits with an optional sign and point, such that no digit is lost.
    fn number(&self, digits: &str) -> String;
    /// A truth as a value.
    fn boolean(&self, value: bool) -> &'static str;
    /// See [`Literal::Date`](sql::Literal::Date).
    fn date(&self, iso: &str) -> String;
    /// See [`Literal::Timestamp`](sql::Literal::Timestamp).
    fn timestamp(&self, iso: &str) -> String;
    /// See [`Literal::Instant`](sql::Literal::Instant).
    fn instant_literal(&self, iso: &str) -> String;
    fn interval(&self, step: Step) -> String;

    /// Where [`cast`](Dialect::cast) is not asked: key columns of constants, types in words.
    fn type_name(&self, ty: Type) -> String;
    /// A value made another type, which it may be already.
    fn cast(&self, to: Type) -> Spelling;
    /// NULL of a type, such that together with a value of that type it has the value's exact type.
    fn null(&self, ty: Type) -> String;

    /// See [`sql::Expr::NullSafeEqual`]; `{0}` and `{1}` are the values.
    fn same(&self, negated: bool) -> Spelling;
    /// See [`sql::Expr::IsTrue`] and, negated, [`sql::Expr::IsNotTrue`].
    fn is_true(&self, negated: bool) -> Spelling;
    /// See [`sql::Expr::Like`]; `{0}` is the value, `{1}` the pattern.
    fn like(&self, negated: bool) -> Spelling;
    /// See [`sql::Expr::Divide`].
    fn division(&self) -> Division;
    /// Of so many arguments. GREATEST and LEAST are those of the values that are not NULL.
    fn function(&self, function: Function, args: usize) -> Spelling;
    /// `{0}` and following are the arguments; a percentile's fraction comes after them.
    fn aggregate(&self, function: &AggregateFunction) -> Spelling;
    /// One value for so many (two at least), none of them NULL: equal where all are.
    fn tuple(&self, values: usize) -> Spelling;

    /// See [`sql::Expr::Truncate`]; `{0}` is the value.
    fn truncate(&self, to: Part, week_start: u8) -> Spelling;
    /// See [`sql::Expr::MonthOf`]; `{0}` is the value.
    fn month_of(&self) -> Spelling;
    /// See [`sql::Expr::Extract`].
    fn extract(&self, part: Part) -> Spelling;
    /// See [`sql::Expr::Shift`].
    fn shift(&self, step: Step, to: Type) -> Spelling;
    /// See [`sql::Expr::Seconds`]; `{0}` is the start, `{1}` the end.
    fn seconds(&self, of_instants: bool) -> Spelling;
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
    /// The lines of a query: see [`sql::Body::Series`]. The bounds are ISO days or times without
    /// zone, and `column`, of the type `ty`, is quoted already.
    fn series(&self, first: &str, last: &str, step: Step, column: &str, ty: Type) -> Vec<String>;
    /// A value that is given when the query runs, as this database's clients bind it; `place`
    /// counts from 1 in the order of the text.
    fn parameter(&self, name: &str, place: usize) -> String;
    /// The statements that keep a query's rows under a name, in place of what was there; `name`
    /// is quoted already, and `query` is one statement without a semicolon and an order.
    ///
    /// # Errors
    /// Why this database keeps none in that way.
    fn stored(&self, kind: Stored, name: &str, query: &str) -> Result<String, &'static Missing>;
    /// A relation of a file's rows; None where the database reads no files.
    fn file(&self, path: &str, types: &[(String, Type)]) -> Option<String>;
    /// Reads the queries that users write for this database.
    fn parser(&self) -> Box<dyn Parser>;
}

/// The dialect of the engine that kpic carries: what a project speaks that names no other.
pub const EMBEDDED: &dyn Dialect = &duckdb::DuckDb;

/// Every dialect, in the order of the documentation.
pub const ALL: [&dyn Dialect; 14] = [
    EMBEDDED,
    &postgres::Postgres,
    &sqlite::Sqlite,
    &mysql::MySql,
    &clickhouse::ClickHouse,
    &datafusion::DataFusion,
    &snowflake::Snowflake,
    &redshift::Redshift,
    &bigquery::BigQuery,
    &spark::Spark(spark::Vendor::Databricks),
    &spark::Spark(spark::Vendor::Apache),
    &trino::TRINO,
    &trino::ATHENA,
    &tsql::TSql,
];

/// The names that [`by_name`] knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|dialect| dialect.name())
}

/// The dialect of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Dialect> {
    ALL.into_iter().find(|dialect| dialect.name() == name)
}

/// What a text is for: how it says values that are known when the query runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To run as it is: each has its default.
    #[default]
    Run,
    /// To run with bound values.
    Bind,
    /// To be rendered by dbt: tables are its sources and models, values its variables.
    Dbt,
}

/// The text of a query to run as it is: one statement, without a semicolon or a final newline.
///
/// # Errors
/// `DialectCannot`, one for each thing that this database cannot say.
pub fn print(query: &sql::Query, dialect: &dyn Dialect) -> Result<String, Vec<Diagnostic>> {
    print_for(query, dialect, Purpose::Run)
}

/// The text of a query for a purpose; see [`print()`].
///
/// # Errors
/// `DialectCannot`, one for each thing that this database cannot say.
pub fn print_for(
    query: &sql::Query,
    dialect: &dyn Dialect,
    purpose: Purpose,
) -> Result<String, Vec<Diagnostic>> {
    let nested = qualified::nested(query, dialect.clauses().qualify);
    let query = nested.as_ref().unwrap_or(query);
    let named = clocks::named(query, dialect.capabilities());
    let query = named.as_ref().unwrap_or(query);
    let adapted = dialect.adapt(query);
    let mut printer = print::Printer::new(dialect, purpose);
    printer.statement(adapted.as_ref().unwrap_or(query));
    let (tokens, problems) = printer.finish();
    // A model becomes a view or a table.
    let told_apart = told_apart(query, dialect, purpose == Purpose::Dbt);
    let problems: Vec<_> = problems.into_iter().chain(told_apart).collect();
    if problems.is_empty() { Ok(layout::layout(&tokens)) } else { Err(problems) }
}

/// Says of two columns that the database takes for one.
fn told_apart(query: &sql::Query, dialect: &dyn Dialect, is_kept: bool) -> Option<Diagnostic> {
    capitals::taken_for_one(query, dialect, is_kept).map(|cannot| cannot.finding(dialect))
}

/// The statements that keep a query's rows under a name of one part or more.
///
/// # Errors
/// `DialectCannot`, one for each thing that this database cannot say.
pub fn print_stored(
    query: &sql::Query,
    dialect: &dyn Dialect,
    kind: Stored,
    name: &[String],
) -> Result<String, Vec<Diagnostic>> {
    // A view and a table have no order.
    let query = sql::Query { order_by: Vec::new(), ..query.clone() };
    let text = print_for(&query, dialect, Purpose::Run)?;
    if let Some(found) = told_apart(&query, dialect, true) {
        return Err(vec![found]);
    }
    let cannot = |cannot: quote::Cannot| vec![cannot.finding(dialect)];
    let parts = name.iter().map(|part| quote::name(dialect, part)).collect::<Result<Vec<_>, _>>();
    let stored = dialect.stored(kind, &parts.map_err(cannot)?.join("."), &text);
    stored.map_err(|missing| cannot(missing.into()))
}

/// A name as it stands between this database's quotes, and whether it needs them; as it is where
/// the database has no such name.
pub fn between_quotes(dialect: &dyn Dialect, name: &str) -> (String, bool) {
    let quoted = quote::name(dialect, name).ok().filter(|written| written != name);
    let inside = quoted.map(|written| {
        let mut inside = written.chars();
        inside.next().zip(inside.next_back());
        inside.collect()
    });
    inside.map_or_else(|| (name.to_owned(), false), |inside| (inside, true))
}

/// Comments, a line each, with nothing in them that could end one or that a purpose would read.
pub fn comment(text: &str, purpose: Purpose) -> String {
    let lines = quote::comment_lines(text).map(|line| match purpose {
        Purpose::Dbt => verbatim(&line) + "\n",
        Purpose::Run | Purpose::Bind => line + "\n",
    });
    lines.collect()
}
