//! A small SQL tree, free of vendors.
//!
//! Takes what lowering decided, gives it to a dialect to print. It says *what*
//! (cut to a month, seconds between two instants, an exact median); how that is
//! spelt is the dialect's alone. Never holds text that came from a definition
//! other than as an identifier or a literal, which the dialect quotes. The one
//! exception is [`Table::Sql`], a user's own query, which was parsed before.

mod capabilities;
mod walk;
mod within;

pub use capabilities::Capabilities;

pub use crate::value::{Function, Literal, Part, Step, Type};

/// `WITH ctes body ORDER BY order_by`
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub ctes: Vec<Cte>,
    pub body: Body,
    pub order_by: Vec<OrderBy>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cte {
    pub name: String,
    /// Printed above the CTE, one `-- ` line each.
    pub comment: Option<String>,
    /// Computed once, however often it is read.
    pub materialized: bool,
    pub body: Body,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Select(Box<Select>),
    /// All branches have the same columns.
    UnionAll(Vec<Select>),
    /// Literal rows under the given column names; never empty.
    Values {
        columns: Vec<String>,
        rows: Vec<Vec<Expr>>,
    },
    /// One column: the starts of the steps from `first` to `last`, both included, which are both
    /// days or both timestamps, as the column is.
    Series {
        first: Literal,
        last: Literal,
        step: Step,
        column: String,
    },
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Select {
    pub distinct: bool,
    pub items: Vec<Item>,
    pub from: Option<From>,
    pub joins: Vec<Join>,
    pub filter: Option<Expr>,
    pub group_by: GroupBy,
    pub having: Option<Expr>,
    /// Which rows stay, asked where windows over them are known; there is one in here or in the items.
    pub qualify: Option<Expr>,
}

/// `expr AS alias`, or `table.*`.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Expr {
        expr: Expr,
        alias: String,
    },
    /// `*` or `t.*`
    All(Option<String>),
}

/// A relation and the name it is known by.
#[derive(Debug, Clone, PartialEq)]
pub struct From {
    pub table: Table,
    pub alias: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Table {
    Named {
        /// A table of the database, one to three parts.
        path: Vec<String>,
        /// Columns whose type is declared.
        types: Vec<(String, Type)>,
    },
    /// A CTE of the same query.
    Cte(String),
    /// A data file; only dialects that can read files.
    File {
        path: String,
        /// Columns whose type is declared, for files that do not say it themselves, too.
        types: Vec<(String, Type)>,
    },
    Sql {
        /// A user's own query, already rendered and parsed as one SELECT.
        text: String,
        /// Columns whose type is declared.
        types: Vec<(String, Type)>,
    },
    Subquery(Box<Query>),
    /// Literal rows, or rows of an outer query's values; under the alias, with these columns.
    Values {
        columns: Vec<String>,
        rows: Vec<Vec<Expr>>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    pub kind: JoinKind,
    pub from: From,
    /// None only for a cross join.
    pub on: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Cross,
    /// Of the rows that equalities allow, the one that is nearest by the one inequality
    /// beside them; a row without any is left out.
    AsOf,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub enum GroupBy {
    /// No grouping, or one group over everything when items aggregate.
    #[default]
    None,
    /// By these expressions; where one equals a select item the dialect may say its ordinal.
    Keys(Vec<Expr>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct OrderBy {
    pub expr: Expr,
    pub descending: bool,
    pub nulls: Nulls,
}

/// Where NULL stands in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// There is none.
    Never,
    First,
    Last,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Column {
        table: Option<String>,
        name: String,
    },
    Literal(Literal),
    /// A value that is known when the query runs.
    Parameter(Parameter),
    /// Arithmetic minus.
    Negate(Box<Expr>),
    /// SQL's own three-valued NOT.
    Not(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// All of these (an empty list is TRUE).
    And(Vec<Expr>),
    /// Any of these (an empty list is FALSE).
    Or(Vec<Expr>),
    /// `a / b` as real numbers, NULL where b is zero or NULL, on every engine.
    Divide(Box<Expr>, Box<Expr>),
    /// Equal, NULL equal to NULL.
    NullSafeEqual(Box<Expr>, Box<Expr>),
    IsNull {
        value: Box<Expr>,
        negated: bool,
    },
    /// TRUE where the condition is TRUE, FALSE where it is FALSE or NULL.
    IsTrue(Box<Expr>),
    /// TRUE where the condition is FALSE or NULL.
    IsNotTrue(Box<Expr>),
    In {
        value: Box<Expr>,
        list: Vec<Expr>,
    },
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// SQL LIKE without an escape character: `%` and `_` are wild, nothing else is.
    Like {
        value: Box<Expr>,
        pattern: Box<Expr>,
    },
    Case {
        whens: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Cast(Box<Expr>, Type),
    Call(Function, Vec<Expr>),
    Aggregate(Aggregate),
    /// Values that are compared in order: the first that differs decides.
    Row(Vec<Expr>),
    /// The start of the step that holds a local date or timestamp, as a DATE
    /// (a TIMESTAMP for hours). `week_start`: 1 Monday to 7 Sunday, for weeks.
    Truncate {
        to: Part,
        week_start: u8,
        value: Box<Expr>,
    },
    /// The first day of a local time's month, as a DATE: what Truncate gives, in the
    /// way that is quick over many rows rather than the one that is read most easily.
    MonthOf(Box<Expr>),
    /// A date part as an integer.
    Extract(Part, Box<Expr>),
    /// A date or timestamp moved by a step (months clamp to the last day).
    Shift {
        value: Box<Expr>,
        step: Step,
        /// The type of the value and of the result: a DATE stays one.
        to: Type,
    },
    /// `end - start` in seconds, with fractions where the engine has them.
    Seconds {
        start: Box<Expr>,
        end: Box<Expr>,
        /// Whether both are instants; else they are local times of one zone, or days.
        of_instants: bool,
    },
    /// Local time without zone in `to`, from a timestamp without zone read in
    /// `from`; or, `from` None, from an instant (timestamp with time zone).
    ToZone {
        value: Box<Expr>,
        from: Option<String>,
        to: String,
    },
    /// The instant that a local time in a zone is.
    Instant {
        value: Box<Expr>,
        zone: String,
    },
    /// The UTC time of an instant that is finite, in the way that is quick over many rows.
    UtcOf(Box<Expr>),
    /// What a query of one row and one column gives, which may read the row around it.
    OneValue(Box<Select>),
    /// A number of each row among others of its part.
    Over {
        function: WindowFunction,
        partition: Vec<Expr>,
        order: Vec<OrderBy>,
    },
    /// A comparison of days: days from `start` to `end`, an integer.
    DaysBetween {
        start: Box<Expr>,
        end: Box<Expr>,
    },
}

/// A value of a name and a type, and what it is where nobody says another.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    pub name: String,
    pub ty: Type,
    pub default: Literal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
}

/// An aggregate, over the rows that satisfy `filter`.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub function: AggregateFunction,
    pub args: Vec<Expr>,
    pub filter: Option<Box<Expr>>,
}

/// What a row is told of the rows around it.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowFunction {
    /// Its place, from 1, in an order without ties.
    RowNumber,
    /// The smallest value of all rows before it, in an order without ties.
    MinBefore(Box<Expr>),
    /// The value of the row behind it, in an order without ties; NULL for the last.
    Next(Box<Expr>),
    /// How many rows up to it have this value, told to rows that have none themselves: those at the
    /// same place count all.
    CountUpTo(Box<Expr>),
    /// Its place, from 1; rows with equal keys share one.
    Rank,
    /// The sum of this value of the rows up to it: rows at the same place count all, where the
    /// database has `range_frames`; else there is one at each place.
    SumUpTo(Box<Expr>),
    /// An aggregate of all rows of the part, without an order.
    Of(AggregateFunction, Box<Expr>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum AggregateFunction {
    /// `count(*)` without arguments, of non-NULL values with one.
    Count,
    /// Of the tuples without a NULL part.
    CountDistinct,
    Sum,
    Min,
    Max,
    /// Sample standard deviation, as a double; NULL for one row.
    Stddev,
    /// Exact, linear between neighbours (`percentile_cont`), as a double.
    Percentile(String),
    /// Pearson's correlation of two numbers, as a double; NULL where one does not vary.
    Corr,
    /// Of the least-squares line of the first number over the second, as a double; pairs
    /// without one of them are left out, and NULL where the second does not vary.
    Slope,
    /// TRUE if any is TRUE.
    AnyTrue,
    /// Every bit that any integer has.
    BitOr,
}

// ------------------------------------------------------- short constructors

impl Body {
    /// Selects beneath each other, of which there is one at least.
    pub fn all_of(mut selects: Vec<Select>) -> Body {
        match selects.len() {
            1 => Body::Select(Box::new(selects.remove(0))),
            _ => Body::UnionAll(selects),
        }
    }
}

impl Query {
    /// Every row and column of a relation.
    pub fn rows_of(table: Table) -> Query {
        let select = Select {
            items: vec![Item::All(None)],
            from: Some(From { table, alias: Some("t".into()) }),
            ..Select::default()
        };
        Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() }
    }
}

impl Expr {
    pub fn column(name: impl Into<String>) -> Expr {
        Expr::Column { table: None, name: name.into() }
    }
    pub fn of(table: impl Into<String>, name: impl Into<String>) -> Expr {
        Expr::Column { table: Some(table.into()), name: name.into() }
    }
    pub fn text(value: impl Into<String>) -> Expr {
        Expr::Literal(Literal::Text(value.into()))
    }
    pub fn number(value: impl ToString) -> Expr {
        Expr::Literal(Literal::Number(value.to_string()))
    }
    pub fn null(ty: Type) -> Expr {
        Expr::Literal(Literal::Null(ty))
    }
    pub fn binary(op: Operator, left: Expr, right: Expr) -> Expr {
        Expr::Binary(op, Box::new(left), Box::new(right))
    }
    pub fn equal(left: Expr, right: Expr) -> Expr {
        Expr::binary(Operator::Equal, left, right)
    }
    /// `self AS alias`
    pub fn alias(self, alias: impl Into<String>) -> Item {
        Item::Expr { expr: self, alias: alias.into() }
    }
    pub fn boxed(self) -> Box<Expr> {
        Box::new(self)
    }
    /// Whether a value is not NULL.
    pub fn is_there(value: Expr) -> Expr {
        Expr::IsNull { value: value.boxed(), negated: true }
    }
    /// All of these, flattened; `None` when there is nothing to ask.
    pub fn all(parts: Vec<Expr>) -> Option<Expr> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Expr::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => None,
            1 => flat.pop(),
            _ => Some(Expr::And(flat)),
        }
    }
}

impl OrderBy {
    /// From the smallest on, of a value that is never NULL.
    pub fn up(expr: Expr) -> OrderBy {
        OrderBy { expr, descending: false, nulls: Nulls::Never }
    }
    /// From the largest on, of a value that is never NULL.
    pub fn down(expr: Expr) -> OrderBy {
        OrderBy { expr, descending: true, nulls: Nulls::Never }
    }
}

impl From {
    pub fn cte(name: impl Into<String>) -> From {
        From { table: Table::Cte(name.into()), alias: None }
    }
}
