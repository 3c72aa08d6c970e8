//! One expression tree for three places: over a source's columns, over
//! dimensions, over numbers. They differ in their leaves alone.

use crate::source::Span;
use crate::value::{Function, Literal, Part, Step};

/// A typed expression whose leaves are `L`.
///
/// Conditions are two-valued (semantics rule 5): a comparison with NULL is
/// false, `Not` flips it. `a <> b` is stored as `Not(a = b)`, and `not in`,
/// `not between`, `not like` likewise, so that there is one rule to lower.
#[derive(Debug, Clone)]
pub struct Scalar<L> {
    pub kind: ScalarKind<L>,
    pub ty: Type,
    pub span: Span,
}

/// Equal in what they say; where they were written does not matter.
impl<L: PartialEq> PartialEq for Scalar<L> {
    fn eq(&self, other: &Self) -> bool {
        self.ty == other.ty && self.kind == other.kind
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum ScalarKind<L> {
    Leaf(L),
    Literal(Literal),
    Negate(Box<Scalar<L>>),
    Not(Box<Scalar<L>>),
    And(Vec<Scalar<L>>),
    Or(Vec<Scalar<L>>),
    Compare(Comparison, Box<Scalar<L>>, Box<Scalar<L>>),
    Arithmetic(Arithmetic, Box<Scalar<L>>, Box<Scalar<L>>),
    /// Real division; NULL where the denominator is zero or NULL.
    Divide(Box<Scalar<L>>, Box<Scalar<L>>),
    In(Box<Scalar<L>>, Vec<Scalar<L>>),
    Between {
        value: Box<Scalar<L>>,
        low: Box<Scalar<L>>,
        high: Box<Scalar<L>>,
    },
    Like(Box<Scalar<L>>, Box<Scalar<L>>),
    IsNull(Box<Scalar<L>>),
    Case {
        whens: Vec<(Scalar<L>, Scalar<L>)>,
        otherwise: Option<Box<Scalar<L>>>,
    },
    Call(Function, Vec<Scalar<L>>),
    Cast(Box<Scalar<L>>, Type),
    /// A date part as an integer.
    Extract(Part, Box<Scalar<L>>),
    /// `end - start` of two timestamps, in seconds.
    Seconds {
        start: Box<Scalar<L>>,
        end: Box<Scalar<L>>,
    },
    /// A date or timestamp moved by a literal number of units.
    Shift(Box<Scalar<L>>, Step),
    /// The local time of a zone, from a timestamp that is read in another one, or
    /// from an instant.
    InZone {
        value: Box<Scalar<L>>,
        from: Option<String>,
        to: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
}

/// The type of a value of one row or one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// A column whose type nobody declared and no schema told: goes with everything.
    Unknown,
    Text,
    Integer,
    Decimal(Option<(u8, u8)>),
    Float,
    Boolean,
    Date,
    Timestamp,
    Instant,
    /// A span of time, held as a number of seconds.
    Duration,
    /// The type of `null`.
    Null,
}

impl Type {
    pub fn is_number(self) -> bool {
        matches!(self, Type::Integer | Type::Decimal(_) | Type::Float)
    }

    pub fn is_time(self) -> bool {
        matches!(self, Type::Date | Type::Timestamp | Type::Instant)
    }
}

impl<L> Scalar<L> {
    pub fn new(kind: ScalarKind<L>, ty: Type, span: Span) -> Self {
        Scalar { kind, ty, span }
    }

    /// The parts one level below, in order.
    pub fn children(&self) -> Vec<&Scalar<L>> {
        use ScalarKind as K;
        match &self.kind {
            K::Leaf(_) | K::Literal(_) => Vec::new(),
            K::Negate(a)
            | K::Not(a)
            | K::IsNull(a)
            | K::Cast(a, _)
            | K::Extract(_, a)
            | K::Shift(a, _)
            | K::InZone { value: a, .. } => vec![a],
            K::And(list) | K::Or(list) | K::Call(_, list) => list.iter().collect(),
            K::Compare(_, a, b) | K::Arithmetic(_, a, b) | K::Divide(a, b) | K::Like(a, b) => vec![a, b],
            K::Seconds { start, end } => vec![start, end],
            K::In(a, list) => std::iter::once(&**a).chain(list).collect(),
            K::Between { value, low, high } => vec![value, low, high],
            K::Case { whens, otherwise } => {
                whens.iter().flat_map(|(w, t)| [w, t]).chain(otherwise.as_deref()).collect()
            }
        }
    }

    /// Calls `see` on every leaf, left to right.
    pub fn leaves<'a>(&'a self, see: &mut impl FnMut(&'a L)) {
        if let ScalarKind::Leaf(leaf) = &self.kind {
            see(leaf);
        }
        for child in self.children() {
            child.leaves(see);
        }
    }

    /// The same tree with each leaf replaced by a tree.
    pub fn replace<M>(&self, f: &mut impl FnMut(&L, &Scalar<L>) -> Scalar<M>) -> Scalar<M> {
        use ScalarKind as K;
        let kind = match &self.kind {
            K::Leaf(leaf) => return f(leaf, self),
            K::Literal(l) => K::Literal(l.clone()),
            K::Negate(a) => K::Negate(a.boxed(f)),
            K::Not(a) => K::Not(a.boxed(f)),
            K::And(list) => K::And(replace_all(list, f)),
            K::Or(list) => K::Or(replace_all(list, f)),
            K::Compare(op, a, b) => K::Compare(*op, a.boxed(f), b.boxed(f)),
            K::Arithmetic(op, a, b) => K::Arithmetic(*op, a.boxed(f), b.boxed(f)),
            K::Divide(a, b) => K::Divide(a.boxed(f), b.boxed(f)),
            K::In(a, list) => K::In(a.boxed(f), replace_all(list, f)),
            K::Between { value, low, high } => {
                K::Between { value: value.boxed(f), low: low.boxed(f), high: high.boxed(f) }
            }
            K::Like(a, b) => K::Like(a.boxed(f), b.boxed(f)),
            K::IsNull(a) => K::IsNull(a.boxed(f)),
            K::Case { whens, otherwise } => K::Case {
                whens: whens.iter().map(|(w, t)| (w.replace(f), t.replace(f))).collect(),
                otherwise: otherwise.as_ref().map(|o| o.boxed(f)),
            },
            K::Call(function, list) => K::Call(*function, replace_all(list, f)),
            K::Cast(a, ty) => K::Cast(a.boxed(f), *ty),
            K::Extract(part, a) => K::Extract(*part, a.boxed(f)),
            K::Seconds { start, end } => K::Seconds { start: start.boxed(f), end: end.boxed(f) },
            K::Shift(a, step) => K::Shift(a.boxed(f), *step),
            K::InZone { value, from, to } => {
                K::InZone { value: value.boxed(f), from: from.clone(), to: to.clone() }
            }
        };
        Scalar { kind, ty: self.ty, span: self.span }
    }

    fn boxed<M>(&self, f: &mut impl FnMut(&L, &Scalar<L>) -> Scalar<M>) -> Box<Scalar<M>> {
        Box::new(self.replace(f))
    }
}

fn replace_all<L, M>(list: &[Scalar<L>], f: &mut impl FnMut(&L, &Scalar<L>) -> Scalar<M>) -> Vec<Scalar<M>> {
    list.iter().map(|e| e.replace(f)).collect()
}
