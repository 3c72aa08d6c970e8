//! What kind of number an expression surely is, told from its columns.

use super::surely::is_decimal;
use crate::sql::{Aggregate, AggregateFunction, Expr, Function, Literal, Operator, Type, WindowFunction};

/// Levels of a nest.
const DEEPEST: usize = 30;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Double,
    /// With so many digits behind its point.
    Decimal(u8),
    /// An integer, or NULL: it takes every other's scale.
    Whole,
    /// Nobody knows, or it is no number.
    Unknown,
}

impl Kind {
    pub fn of_type(ty: Type) -> Kind {
        match ty {
            Type::Double => Kind::Double,
            // What a table's column holds may have another scale than what was said.
            Type::Decimal(_) => Kind::Unknown,
            Type::Integer => Kind::Whole,
            Type::Text | Type::Boolean | Type::Date | Type::Timestamp | Type::Instant => Kind::Unknown,
        }
    }

    /// What a column is that has both.
    pub fn beside(self, other: Kind) -> Kind {
        match (self, other) {
            (Kind::Double, _) | (_, Kind::Double) => Kind::Double,
            (Kind::Unknown, _) | (_, Kind::Unknown) => Kind::Unknown,
            (Kind::Decimal(a), Kind::Decimal(b)) => Kind::Decimal(a.max(b)),
            (Kind::Decimal(scale), Kind::Whole) | (Kind::Whole, Kind::Decimal(scale)) => Kind::Decimal(scale),
            (Kind::Whole, Kind::Whole) => Kind::Whole,
        }
    }

    fn times(self, other: Kind) -> Kind {
        match (self, other) {
            (Kind::Decimal(a), Kind::Decimal(b)) => Kind::Decimal(a.saturating_add(b)),
            _ => self.beside(other),
        }
    }

    /// An expression's, where `column` tells that of a table's column. Nobody looks deeper into a nest
    /// than [`DEEPEST`].
    pub fn of(expr: &Expr, column: &dyn Fn(Option<&str>, &str) -> Option<Kind>) -> Kind {
        Kind::within(expr, column, DEEPEST)
    }

    fn within(expr: &Expr, column: &dyn Fn(Option<&str>, &str) -> Option<Kind>, deep: usize) -> Kind {
        let Some(deeper) = deep.checked_sub(1) else { return Kind::Unknown };
        let of = |expr: &Expr| Kind::within(expr, column, deeper);
        match expr {
            Expr::Divide(..) | Expr::Seconds { .. } | Expr::Cast(_, Type::Double) => Kind::Double,
            Expr::Cast(_, Type::Decimal(size)) => Kind::Decimal(size.map_or(9, |(_, scale)| scale)),
            Expr::Cast(_, Type::Integer) | Expr::DaysBetween { .. } | Expr::Extract(..) => Kind::Whole,
            Expr::Literal(Literal::Null(Type::Double)) => Kind::Double,
            Expr::Literal(Literal::Null(_)) => Kind::Whole,
            Expr::Literal(Literal::Number(digits)) => match digits.split_once('.') {
                Some((_, fraction)) => Kind::Decimal(u8::try_from(fraction.len()).unwrap_or(u8::MAX)),
                None => Kind::Whole,
            },
            Expr::Column { table, name } => column(table.as_deref(), name).unwrap_or(Kind::Unknown),
            Expr::Negate(value) => of(value),
            Expr::Binary(Operator::Add | Operator::Subtract, a, b) => of(a).beside(of(b)),
            Expr::Binary(Operator::Multiply, a, b) => of(a).times(of(b)),
            Expr::Case { whens, otherwise } => {
                of_branches(whens.iter().map(|(_, then)| then).chain(otherwise.as_deref()), &of)
            }
            Expr::Call(function, args) => of_call(*function, args, &of),
            Expr::Aggregate(Aggregate { function, args, .. }) => of_aggregate(function, args.first(), &of),
            Expr::Over { function, .. } => match function {
                WindowFunction::MinBefore(value)
                | WindowFunction::Next(value)
                | WindowFunction::SumUpTo(value) => of(value),
                WindowFunction::Of(function, value) => of_aggregate(function, Some(value), &of),
                WindowFunction::RowNumber | WindowFunction::Rank | WindowFunction::CountUpTo(_) => {
                    Kind::Whole
                }
            },
            _ => Kind::Unknown,
        }
    }
}

/// NULL is no double among decimals. Each branch is asked once: twice at each level of a nest
/// would be twice as often at the next one.
fn of_branches<'e>(all: impl Iterator<Item = &'e Expr>, of: &dyn Fn(&Expr) -> Kind) -> Kind {
    let is_null = |expr: &Expr| matches!(expr, Expr::Literal(Literal::Null(_)));
    let kinds: Vec<(bool, Kind)> = all.map(|expr| (is_null(expr), of(expr))).collect();
    let there = kinds.iter().filter(|(is_null, _)| !is_null).map(|(_, kind)| *kind);
    match there.reduce(Kind::beside) {
        Some(Kind::Decimal(scale)) => Kind::Decimal(scale),
        _ => kinds.iter().map(|(_, kind)| *kind).reduce(Kind::beside).unwrap_or(Kind::Unknown),
    }
}

fn of_call(function: Function, args: &[Expr], of: &dyn Fn(&Expr) -> Kind) -> Kind {
    let first = || args.first().map_or(Kind::Unknown, of);
    match function {
        Function::Sqrt | Function::Ln | Function::Exp | Function::Power => Kind::Double,
        Function::Abs | Function::Floor | Function::Ceil | Function::NullIf => first(),
        Function::Coalesce | Function::Greatest | Function::Least => of_branches(args.iter(), of),
        Function::Mod if args.iter().any(|arg| of(arg) == Kind::Double) => Kind::Double,
        Function::Round if args.first().is_some_and(is_decimal) => first(),
        _ => Kind::Unknown,
    }
}

fn of_aggregate(function: &AggregateFunction, value: Option<&Expr>, of: &dyn Fn(&Expr) -> Kind) -> Kind {
    match function {
        AggregateFunction::Stddev
        | AggregateFunction::Percentile(_)
        | AggregateFunction::Corr
        | AggregateFunction::Slope => Kind::Double,
        AggregateFunction::Sum | AggregateFunction::Min | AggregateFunction::Max => {
            value.map_or(Kind::Unknown, of)
        }
        AggregateFunction::Count | AggregateFunction::CountDistinct | AggregateFunction::BitOr => Kind::Whole,
        AggregateFunction::AnyTrue => Kind::Unknown,
    }
}
