//! Sources, their rows and what is aggregated of them.

use super::{Accepted, ColumnType, Date, Length, Pick, Side, UnitName};
use crate::resolve::needs::Unbound;
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::source::{Span, Spanned};
use crate::value::Literal;
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Source {
    pub name: String,
    pub span: Span,
    /// None: a logical source without a table yet.
    pub relation: Option<Relation>,
    /// The key, as expressions over the row.
    pub key: Vec<Row>,
    /// Before this day nothing is known.
    pub since: Option<Date>,
    /// `rows where`
    pub rows: Option<Row>,
    /// Of versions: from when until when each holds.
    pub valid: Option<(Axis, Axis)>,
    pub joins: IndexMap<String, Join>,
    /// The dimensions declared here.
    pub dimensions: IndexMap<String, Row>,
    /// Columns and dimensions of which it is said which values they have.
    pub listed: IndexMap<String, Listed>,
    /// How each dimension of the project is reached from a row of this source.
    pub reach: IndexMap<String, Reach>,
    /// The dimensions that it would reach if everything were bound, and what is missing.
    pub unbound: IndexMap<String, Vec<Unbound>>,
    /// Declared types of physical columns, for reading files.
    pub declared: IndexMap<String, ColumnType>,
    /// The column in whose order the rows lie, where an environment says so.
    pub ordered_by: Option<String>,
    /// Zones that physical columns are declared to be read in.
    pub zones: IndexMap<String, String>,
    /// Physical columns of which exchange rates are made.
    pub rates: IndexSet<String>,
}

/// A value of a row, and the only ones that it is.
#[derive(Debug, Clone)]
pub struct Listed {
    pub value: Row,
    pub accepted: Arc<Accepted>,
    /// Where it is declared.
    pub span: Span,
}

impl Listed {
    /// Whether a row has a value, and none of these.
    pub fn is_another(&self) -> Row {
        let (value, span) = (&self.value, self.span);
        let condition = |kind| Row::new(kind, Type::Boolean, span);
        let literal = |of: &Literal| Row::new(ScalarKind::Literal(of.clone()), value.ty, span);
        let among = self.accepted.values.iter().map(literal).collect();
        let among = condition(ScalarKind::In(Box::new(value.clone()), among));
        let is_empty = condition(ScalarKind::IsNull(Box::new(value.clone())));
        let neither = [is_empty, among].map(|one| condition(ScalarKind::Not(Box::new(one))));
        condition(ScalarKind::And(neither.into()))
    }
}

/// What is missing of a source before a number can be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub source: String,
    /// Whether it says where its rows are.
    pub has_table: bool,
    /// The columns that the number reads and nothing gives.
    pub columns: Vec<String>,
}

impl Need {
    /// In words, each name as `quoted` gives it: `a table for orders with amount`.
    pub fn words(&self, quoted: impl Fn(&str) -> String) -> String {
        let source = quoted(&self.source);
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(column)).collect();
        match (self.has_table, columns.as_slice()) {
            (false, []) => format!("a table for {source}"),
            (false, columns) => format!("a table for {source} with {}", columns.join(", ")),
            (true, [column]) => format!("the column {column} of {source}"),
            (true, columns) => format!("the columns {} of {source}", columns.join(", ")),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// A table's parts.
    Table(Vec<String>),
    /// A data file's path, relative to the project.
    File(String),
    /// The path of a query, relative to the project.
    Sql(Spanned<String>),
}

/// A lookup of at most one row of another source.
#[derive(Debug, Clone)]
pub struct Join {
    pub source: String,
    /// This side's values: in the order of the other side's key, or of what an as-of
    /// join compares them with.
    pub on: Vec<Row>,
    /// `None`: the row of the key, or its version that holds.
    pub as_of: Option<AsOf>,
    pub span: Span,
}

/// `last before ordered_at within 30 days where …`: of the rows strictly before or
/// after a time, one in the order of their times, and then of their keys.
#[derive(Debug, Clone, PartialEq)]
pub struct AsOf {
    /// The other side's values.
    pub theirs: Vec<Row>,
    pub pick: Pick,
    pub side: Side,
    /// This side's time.
    pub time: Axis,
    pub their_time: Axis,
    pub within: Option<Length>,
    /// Which of the other side's rows count.
    pub filter: Option<Row>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reach {
    /// Declared here.
    Own,
    /// Inherited along exactly one path of key joins.
    Via(Vec<String>),
    /// More than one path: an error when used.
    Ambiguous(Vec<Vec<String>>),
}

/// A physical column of a source or, behind joins, of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// The joins that lead to the column's source; empty for the row itself.
    pub path: Vec<String>,
    pub column: String,
    /// A declared `decimal(p, s)`: the column is cast before any arithmetic.
    pub cast: Option<(u8, u8)>,
}

impl ColumnRef {
    /// The same column, seen from a row that joins its source's.
    pub fn behind(&self, path: &[String]) -> ColumnRef {
        ColumnRef { path: [path, &self.path].concat(), ..self.clone() }
    }
}

/// An expression over one row of a source.
pub type Row = Scalar<ColumnRef>;

/// A flow: an aggregate over one source at its own grain.
#[derive(Debug, Clone)]
pub struct Measure {
    pub id: String,
    pub source: String,
    pub aggregate: Aggregate,
    pub filter: Option<Row>,
    pub axis: Axis,
    pub ty: Type,
    pub unit: Option<UnitName>,
    pub span: Span,
}

/// An aggregate of what exists at an instant.
#[derive(Debug, Clone)]
pub struct Stock {
    pub id: String,
    pub source: String,
    pub aggregate: Aggregate,
    pub filter: Option<Row>,
    pub exists: Existence,
    pub ty: Type,
    pub unit: Option<UnitName>,
    pub span: Span,
}

/// When a row of a source exists.
#[derive(Debug, Clone, PartialEq)]
pub enum Existence {
    /// From one time until another; NULL: until further notice.
    Interval { from: Axis, until: Axis },
    /// On the days of snapshots.
    Snapshot(Snapshot),
    /// Always.
    Timeless,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub day: Axis,
    /// Whether each key keeps its last value, and by what else than the day a row is known.
    pub sparse: Option<Vec<Row>>,
    /// For how many days a snapshot stands for those that are missing.
    pub carry: u32,
}

/// How rows are placed in time.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// A flow: each row happened at a time.
    At(Axis),
    /// A stock.
    Exists(Existence),
}

impl Placed {
    /// The times that it reads.
    pub fn axes(&self) -> Vec<&Axis> {
        match self {
            Placed::At(axis) => vec![axis],
            Placed::Exists(Existence::Interval { from, until }) => vec![from, until],
            Placed::Exists(Existence::Snapshot(snapshot)) => vec![&snapshot.day],
            Placed::Exists(Existence::Timeless) => Vec::new(),
        }
    }

    /// The expressions that it reads beside its times.
    pub fn keys(&self) -> &[Row] {
        match self {
            Placed::Exists(Existence::Snapshot(Snapshot { sparse: Some(keys), .. })) => keys,
            Placed::At(_) | Placed::Exists(_) => &[],
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Aggregate {
    Count,
    CountDistinct(Vec<Row>),
    Sum(Row),
    Avg(Row),
    Min(Row),
    Max(Row),
    /// 0 to 1, as digits; the median is 0.5.
    Percentile(Row, String),
    /// Of a sample.
    Stddev(Row),
    /// Pearson's, over the rows that have both values.
    Corr(Row, Row),
}

/// A time column and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axis {
    pub column: ColumnRef,
    pub kind: AxisKind,
}

impl Axis {
    /// The same time, seen from a row that joins its source's.
    pub fn behind(&self, path: &[String]) -> Axis {
        Axis { column: self.column.behind(path), kind: self.kind.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AxisKind {
    /// A local day, never converted.
    Date,
    /// Without zone of its own, read in this one.
    Timestamp { zone: String },
    /// With a zone of its own.
    Instant,
}
