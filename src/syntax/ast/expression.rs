//! Expressions, and the closed lists of words in them.

use std::fmt;

use jiff::civil;

use super::{Expr, Grain, Name, Path};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Null,
    Bool(bool),
    /// A bare number, as written without `_`: `50000`, `0.5`, `1e3` is not one.
    Number(String),
    /// `2.5%`: the number before the sign.
    Percent(String),
    /// `50_000 EUR`
    Money(String, UnitName),
    /// `7 days`
    Duration(Duration),
    /// `'text'`
    Text(String),
    /// `2026-01-15`
    Date(Date),
    /// `$name`
    Param(String),
    Path(Path),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x [not] in (a, b)`
    In {
        value: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
    /// `x [not] between a and b`
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    /// `x [not] like 'pattern'`
    Like {
        value: Box<Expr>,
        pattern: Box<Expr>,
        negated: bool,
    },
    /// `x is [not] null`
    IsNull {
        value: Box<Expr>,
        negated: bool,
    },
    /// `case when … then … else … end`
    Case {
        whens: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Call(Call),
    /// `x where p`: binds loosest, up to its parenthesis.
    Where {
        value: Box<Expr>,
        predicate: Box<Expr>,
    },
}

/// `count(distinct a, b)`, `avg(x per d having p)`, `retained(c, m, on day 7)`
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub function: Name,
    pub distinct: bool,
    pub args: Vec<Arg>,
    pub per: Option<Per>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Expr(Expr),
    Mode(Spanned<Mode>),
}

/// How a tool is read: what a bare expression cannot say.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    /// `on day 7`
    OnDay(u32),
    /// `within 6 months`
    Within(Duration),
    /// `from day 0 on`
    FromDay(u32),
    /// `by month`
    By(Grain),
    /// `decay 7 days`
    Decay(Duration),
}

/// `per customer, product having …`
#[derive(Debug, Clone, PartialEq)]
pub struct Per {
    pub dimensions: Vec<Path>,
    pub having: Option<Box<Expr>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Minus,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A unit's word from the closed list of [`crate::syntax::units`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnitName {
    /// ISO 4217 code.
    Currency(String),
    Percent,
    Ratio,
    Count,
    /// A number of points; only on its scale does it go with others.
    Score(Option<Scale>),
    /// A span of time shown as `3 min 30 s`.
    Duration,
    Time(TimeUnit),
}

/// The points of a score: `-100 to 100`. Digits without needless zeros, so that equal
/// scales are the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scale {
    pub low: String,
    pub high: String,
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.low, self.high)
    }
}

impl UnitName {
    /// The unit as the language writes it.
    pub fn word(&self) -> String {
        match self {
            UnitName::Currency(code) => code.clone(),
            UnitName::Percent => "percent".into(),
            UnitName::Ratio => "ratio".into(),
            UnitName::Count => "count".into(),
            UnitName::Score(None) => "score".into(),
            UnitName::Score(Some(scale)) => format!("score {scale}"),
            UnitName::Duration => "duration".into(),
            UnitName::Time(unit) => format!("{}s", unit.word()),
        }
    }
}

impl TimeUnit {
    /// The unit as the language writes one of it.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Millisecond => "millisecond",
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Quarter => "quarter",
            TimeUnit::Year => "year",
        }
    }
}

impl Grain {
    /// Whether engines can cut a time to it by themselves; other calendars come as tables.
    pub fn is_common(self) -> bool {
        match self {
            Grain::Hour | Grain::Day | Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => true,
            Grain::IsoYear | Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => false,
        }
    }

    /// The grain as the language writes it.
    pub fn word(self) -> &'static str {
        match self {
            Grain::Hour => "hour",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year => "year",
            Grain::IsoYear => "iso_year",
            Grain::FiscalMonth => "fiscal_month",
            Grain::FiscalQuarter => "fiscal_quarter",
            Grain::FiscalYear => "fiscal_year",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A number of calendar or clock units; the count is as written, without `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    pub count: String,
    pub unit: TimeUnit,
}

/// A civil date that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// For reckoning; `None` for a day that no calendar has.
    pub fn civil(self) -> Option<civil::Date> {
        civil::Date::new(self.year, i8::try_from(self.month).ok()?, i8::try_from(self.day).ok()?).ok()
    }
}

/// `2026-01-15`
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Date {
        Date { year: day.year(), month: day.month().unsigned_abs(), day: day.day().unsigned_abs() }
    }
}

/// `2026`, `2026-Q1`, `2026-01`, `2026-W05`, `2026-01-15`
pub type Period = Spanned<PeriodKind>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    Year(i16),
    Quarter(i16, u8),
    Month(i16, u8),
    Week(i16, u8),
    Day(Date),
}
