//! Typed expressions to SQL ones: rows and numbers alike.
//!
//! `status <> 'cancelled'` must keep the orders without a status (semantics
//! rule 5), so negation never goes through SQL's unknown.

use super::local;
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::sql::{self, Expr, Function, Literal, Operator};

/// How leaves are read.
pub struct Reading<'f, L> {
    pub leaf: &'f dyn Fn(&L) -> Expr,
    /// The zone of a timestamp, where one is known.
    pub zone_of: &'f dyn Fn(&L) -> Option<&'f str>,
    /// The project's zone.
    pub zone: &'f str,
}

/// An expression's value; a condition's value is true or false, never unknown.
pub fn value<L>(e: &Scalar<L>, by: &Reading<'_, L>) -> Expr {
    use ScalarKind as K;
    let part = |e: &Scalar<L>| value(e, by);
    let boxed = |e: &Scalar<L>| Box::new(value(e, by));
    match &e.kind {
        K::Leaf(l) => (by.leaf)(l),
        K::Literal(literal) => Expr::Literal(literal.clone()),
        K::Negate(a) => Expr::Negate(boxed(a)),
        K::Not(_) => condition(e, by),
        K::And(_) | K::Or(_) | K::Compare(..) | K::In(..) | K::Between { .. } | K::Like(..) => {
            Expr::IsTrue(Box::new(condition(e, by)))
        }
        K::IsNull(a) => Expr::IsNull { value: boxed(a), negated: false },
        K::Arithmetic(op, a, b) => Expr::binary(arithmetic(*op), part(a), part(b)),
        K::Divide(a, b) => Expr::Divide(boxed(a), boxed(b)),
        K::Case { whens, otherwise } => Expr::Case {
            whens: whens.iter().map(|(when, then)| (condition(when, by), part(then))).collect(),
            otherwise: otherwise.as_deref().map(boxed),
        },
        K::Call(function, args) => Expr::Call(*function, args.iter().map(part).collect()),
        K::Cast(a, ty) => local::cast(a, *ty, by),
        K::Extract(part, a) => Expr::Extract(*part, local::time(a, by).boxed()),
        K::Seconds { start, end } => Expr::Seconds {
            start: local::beside(start, end, by).boxed(),
            end: local::beside(end, start, by).boxed(),
            of_instants: [start, end].iter().any(|time| time.ty == Type::Instant),
        },
        K::Shift(a, step) => local::shift(a, *step, e.ty, by),
        K::InZone { value, from, to } => {
            Expr::ToZone { value: boxed(value), from: from.clone(), to: to.clone() }
        }
    }
}

/// A condition where SQL takes unknown for false: WHERE, FILTER, WHEN.
pub fn condition<L>(e: &Scalar<L>, by: &Reading<'_, L>) -> Expr {
    use ScalarKind as K;
    let boxed = |e: &Scalar<L>| Box::new(value(e, by));
    match &e.kind {
        K::Not(inner) => denied(inner, by),
        K::And(list) => Expr::And(list.iter().map(|e| condition(e, by)).collect()),
        K::Or(list) => Expr::Or(list.iter().map(|e| condition(e, by)).collect()),
        K::Compare(op, a, b) => {
            Expr::binary(comparison(*op), local::beside(a, b, by), local::beside(b, a, by))
        }
        K::In(a, list) => {
            Expr::In { value: boxed(a), list: list.iter().map(|e| local::beside(e, a, by)).collect() }
        }
        K::Between { value, low, high } => Expr::Between {
            value: boxed(value),
            low: local::beside(low, value, by).boxed(),
            high: local::beside(high, value, by).boxed(),
        },
        K::Like(a, pattern) => Expr::Like { value: boxed(a), pattern: boxed(pattern) },
        K::Leaf(_)
        | K::Literal(_)
        | K::Negate(_)
        | K::IsNull(_)
        | K::Arithmetic(..)
        | K::Divide(..)
        | K::Case { .. }
        | K::Call(..)
        | K::Cast(..)
        | K::Extract(..)
        | K::Seconds { .. }
        | K::Shift(..)
        | K::InZone { .. } => value(e, by),
    }
}

/// True exactly where a condition is not.
///
/// `IS DISTINCT FROM` with a literal would be shorter, and so would `flag IS NOT TRUE`. But an
/// engine that rules out stretches of a table by their statistics may forget there that a stretch
/// of NULLs fulfils both (seen where they stand beside another comparison under OR), so neither
/// is asked of a bare column.
fn denied<L>(e: &Scalar<L>, by: &Reading<'_, L>) -> Expr {
    use ScalarKind as K;
    match &e.kind {
        K::Not(inner) => match &inner.kind {
            K::Not(twice) => denied(twice, by),
            _ => Expr::IsTrue(Box::new(condition(inner, by))),
        },
        K::IsNull(a) => Expr::IsNull { value: Box::new(value(a, by)), negated: true },
        K::Or(list) => Expr::And(list.iter().map(|e| denied(e, by)).collect()),
        K::Leaf(_) => {
            let known =
                Expr::Call(Function::Coalesce, vec![value(e, by), Expr::Literal(Literal::Boolean(false))]);
            Expr::Not(known.boxed())
        }
        _ => Expr::IsNotTrue(Box::new(condition(e, by))),
    }
}

fn comparison(op: Comparison) -> Operator {
    match op {
        Comparison::Equal => Operator::Equal,
        Comparison::Less => Operator::Less,
        Comparison::LessEqual => Operator::LessEqual,
        Comparison::Greater => Operator::Greater,
        Comparison::GreaterEqual => Operator::GreaterEqual,
    }
}

fn arithmetic(op: Arithmetic) -> Operator {
    match op {
        Arithmetic::Add => Operator::Add,
        Arithmetic::Subtract => Operator::Subtract,
        Arithmetic::Multiply => Operator::Multiply,
    }
}

/// The SQL type of a value; text where nobody knows.
pub fn sql_type(ty: Type) -> sql::Type {
    match ty {
        Type::Text | Type::Unknown => sql::Type::Text,
        Type::Integer | Type::Null => sql::Type::Integer,
        Type::Decimal(size) => sql::Type::Decimal(size),
        Type::Float | Type::Duration => sql::Type::Double,
        Type::Boolean => sql::Type::Boolean,
        Type::Date => sql::Type::Date,
        Type::Timestamp => sql::Type::Timestamp,
        Type::Instant => sql::Type::Instant,
    }
}
