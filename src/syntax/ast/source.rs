//! Sources: tables, their columns, joins, dimensions, stocks and measures.

use super::{Comments, Duration, Expr, Header, Name, Path, Period, Text, UnitName};
use crate::source::{Span, Spanned};

/// A table, file or query whose rows have one declared grain.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub header: Header,
    /// None: a logical source that a project completes.
    pub relation: Option<Property<Relation>>,
    /// `key a, b`
    pub key: Option<Property<Vec<Name>>>,
    /// `time started_at in UTC`, the first is the default axis.
    pub times: Vec<Property<TimeAxis>>,
    /// `active from a until b`
    pub active: Option<Property<Interval>>,
    /// `snapshot day [sparse] [carry 3 days]`
    pub snapshot: Option<Property<Snapshot>>,
    /// `valid from a until b`: versions of a row (semantics rule 13).
    pub valid: Option<Property<Interval>>,
    /// `since 2024-01-01`: nothing is known before (semantics rule 4).
    pub since: Option<Property<Period>>,
    /// `rows where …`
    pub rows: Option<Property<Expr>>,
    pub joins: Vec<Join>,
    pub columns: Vec<Column>,
    pub dimensions: Vec<Dimension>,
    pub stocks: Vec<Measure>,
    pub measures: Vec<Measure>,
    /// Whether a property was reported and left out: its key or time may be missing
    /// for that reason.
    pub incomplete: bool,
}

/// A property without a name of its own.
#[derive(Debug, Clone)]
pub struct Property<T> {
    pub value: T,
    pub comments: Comments,
    /// Keyword and value.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Property<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// `table shop.orders`: one to three parts.
    Table(Vec<Name>),
    /// `file 'data/orders.csv'`
    File(Text),
    /// `sql 'queries/orders.sql'`
    Sql(Text),
}

#[derive(Debug, Clone, PartialEq)]
pub struct TimeAxis {
    pub column: Path,
    /// `in UTC`, `in Europe/Paris`
    pub zone: Option<Text>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    pub from: Path,
    pub until: Path,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub column: Path,
    pub sparse: bool,
    pub carry: Option<Spanned<Duration>>,
}

/// `join customer: customers on customer_id`
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    pub header: Header,
    pub source: Name,
    /// This side's columns.
    pub on: Vec<Path>,
    pub as_of: Option<AsOf>,
}

/// `first after viewed_at within 30 days where …`
#[derive(Debug, Clone, PartialEq)]
pub struct AsOf {
    pub pick: Spanned<Pick>,
    pub side: Side,
    pub column: Path,
    pub within: Option<Expr>,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    First,
    Last,
    Nth(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    After,
    Before,
}

/// `column amount : decimal(12,2) in EUR pii = expression one of 1, 2`
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub header: Header,
    pub ty: Option<Spanned<ColumnType>>,
    /// `in EUR`, `in seconds`, `in UTC` (for a timestamp).
    pub unit: Option<Spanned<ColumnUnit>>,
    pub pii: bool,
    pub value: Option<Expr>,
    /// `one of 'paid', 'open'`: literals, the only values that it has.
    pub accepted: Option<Spanned<Vec<Expr>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnType {
    Text,
    Integer,
    /// With precision and scale the column is cast to it.
    Decimal(Option<(u8, u8)>),
    Float,
    Boolean,
    Date,
    /// Without a zone of its own.
    Timestamp,
    /// An instant (`timestamp with time zone` in SQL): `instant`.
    Instant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnUnit {
    Unit(UnitName),
    /// `in percent of 100`: the column holds 2.5 for 2.5 %.
    PercentOf100,
    /// A time zone, for timestamps.
    Zone(String),
    /// `in currency`: each row says in a column which currency its amount is in.
    OfRow(RowCurrency),
    /// `in EUR per currency`: so much of the first for each 1 of the second.
    Rate(Money, Money),
}

/// One side of an exchange rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Money {
    /// An ISO 4217 code.
    Code(String),
    OfRow(RowCurrency),
}

/// The column that says which currency a row's amounts are in; without a name the one
/// called `currency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCurrency {
    pub column: Option<Name>,
}

impl RowCurrency {
    pub fn column(&self) -> &str {
        self.column.as_ref().map_or("currency", |name| &name.value)
    }
}

/// `dimension channel = lower(source) one of 'web', 'shop'`
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    pub header: Header,
    /// None: the column of the same name.
    pub value: Option<Expr>,
    /// Literals, the only members that it has.
    pub accepted: Option<Spanned<Vec<Expr>>>,
}

/// A measure or a stock: `NAME = AGGREGATE [at COLUMN] [where PREDICATE]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub header: Header,
    pub value: Expr,
    pub at: Option<Path>,
    pub filter: Option<Expr>,
}
