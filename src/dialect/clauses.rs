//! The shape of clauses that databases have, or have not.

use super::functions::Spelling;

/// What a database writes differently in a whole clause, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clauses {
    /// How an aggregate takes only the rows that meet a condition.
    pub conditions: Conditions,
    /// A percentile of all rows of a part, in front of OVER: `{0}` is the value, `{1}` the fraction.
    pub percentile_window: Option<&'static str>,
    /// `ROW_NUMBER()`, and not `row_number()`.
    pub upper_functions: bool,
    /// How rows are chosen by windows over them.
    pub qualify: Qualify,
    /// `WITH name AS MATERIALIZED (…)`
    pub materialized: bool,
    /// Literal rows.
    pub rows: Rows,
    /// Where NULL stands in an order.
    pub nulls: NullOrder,
    /// A text that a SELECT gives as it stands has no type for the query around it: what it is cast
    /// to, and how many bytes that holds; the type of texts holds more.
    pub typed_texts: Option<(&'static str, usize)>,
    /// `GROUP BY 1`: the first item selected.
    pub group_by_ordinal: bool,
    /// An item `t.a` is called `a`, whatever else stands beside it.
    pub qualified_names: bool,
    /// A condition that always holds, and one that never does.
    pub always: &'static str,
    pub never: &'static str,
    /// A double is written as its digits with a point, and not as a cast of them.
    pub double_digits: bool,
    /// What stands behind a statement so that it means what it says, whatever is set elsewhere.
    pub ending: Option<&'static str>,
    /// Which columns are told apart by their capitals.
    pub capitals: Capitals,
}

/// Whether two columns are told apart whose names differ in capitals alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capitals {
    /// Everywhere.
    Told,
    /// In what a query gives, and not in a view or table.
    ToldInResults,
    /// Nowhere, quoted or not.
    Lost,
    /// A name without quotes is the one in capitals, and those in quotes are told apart.
    Unquoted,
}

/// How an aggregate takes only the rows that meet a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conditions {
    /// `sum(x) FILTER (WHERE …)`
    Filter,
    /// `sumIf(x, …)`, where the aggregate is one call; else CASE.
    Suffix(&'static str),
    /// `sum(CASE WHEN … THEN x END)`, and perhaps what counts rows: `count_if`.
    Case(Option<&'static str>),
}

/// How rows are chosen where windows over them are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualify {
    /// `QUALIFY row_number() OVER (…) = 1`, or by anything else where a window is selected.
    Any,
    /// QUALIFY, with a window in it.
    OfWindows,
    /// Windows are columns of a subquery.
    Subquery,
}

/// How literal rows are written as a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// `(VALUES (1, 'a'), …) AS q(number, letter)`
    Values,
    /// `(SELECT 1 AS number, 'a' AS letter UNION ALL …) AS q`
    Selects,
    /// `UNNEST([STRUCT(1 AS number, 'a' AS letter), STRUCT(…), …]) AS q`
    Structs,
    /// `(SELECT column1 AS number, column2 AS letter FROM (VALUES (1, 'a'), …)) AS q`
    NumberedColumns,
}

/// How an order says where NULL stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullOrder {
    /// `NULLS LAST`
    Words,
    /// A key before: whether it is NULL.
    Keys,
}

/// `a / b` as doubles, NULL where b is 0 or NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Division {
    /// `CAST(a AS DOUBLE) / NULLIF(b, 0)`
    Operator,
    /// `{0}` is the numerator, `{1}` the denominator.
    Spelt(Spelling),
}

/// How a query is kept in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Computed whenever it is read.
    View,
    /// Computed once.
    Table,
}
