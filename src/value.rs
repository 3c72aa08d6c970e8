//! Words for one value: its type, its literals, the functions of one row.
//!
//! Takes nothing, gives the words that the meaning of a definition and the SQL tree
//! have in common. Never says how a database spells them: the dialects do.

/// What a value is, as far as SQL tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    Text,
    Integer,
    Decimal(Option<(u8, u8)>),
    Double,
    Boolean,
    Date,
    Timestamp,
    Instant,
}

/// A value written down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    Null(Type),
    Boolean(bool),
    /// Digits with an optional sign and point, exact.
    Number(String),
    Text(String),
    /// ISO `2026-01-15`
    Date(String),
    /// ISO `2026-01-15 08:00:00`, without zone
    Timestamp(String),
    /// ISO with offset Z: an instant.
    Instant(String),
    /// A clock or calendar span.
    Interval(Step),
}

/// `count` calendar or clock units: 7 days, 1 month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    pub count: i64,
    pub unit: Part,
}

/// A unit of time: to cut to, to step by, or to take out of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// ISO: Monday is 1, Sunday is 7. A value has one; it is no step.
    Weekday,
}

/// Functions of one row. Each dialect's table says how it spells each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    Abs,
    /// To the given number of decimals (a literal), half away from zero.
    Round,
    Floor,
    Ceil,
    Sqrt,
    Ln,
    Exp,
    Power,
    Mod,
    Greatest,
    Least,
    Coalesce,
    NullIf,
    Lower,
    Upper,
    Trim,
    Length,
    /// (text, from 1, length)
    Substring,
    Replace,
    /// Concatenation; NULL if any part is.
    Concat,
    StartsWith,
    EndsWith,
    Contains,
    /// The bits that both integers have.
    BitAnd,
}

impl Function {
    /// Every function, for tables and tests.
    pub const ALL: [Function; 24] = [
        Function::Abs,
        Function::Round,
        Function::Floor,
        Function::Ceil,
        Function::Sqrt,
        Function::Ln,
        Function::Exp,
        Function::Power,
        Function::Mod,
        Function::Greatest,
        Function::Least,
        Function::Coalesce,
        Function::NullIf,
        Function::Lower,
        Function::Upper,
        Function::Trim,
        Function::Length,
        Function::Substring,
        Function::Replace,
        Function::Concat,
        Function::StartsWith,
        Function::EndsWith,
        Function::Contains,
        Function::BitAnd,
    ];
}
