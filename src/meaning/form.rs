//! One form for every way to write a meaning.
//!
//! A form is a number that stands for a tree; equal trees have the same number, in both of
//! the projects that are compared. So two meanings are compared at once, however deep they
//! are, and nothing is equal by accident, as a hash could be.

use std::collections::HashMap;

use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::value::Literal;

/// What something means; equal where the meanings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Form(u32);

/// The forms that are known.
#[derive(Debug, Default)]
pub struct Forms {
    known: HashMap<Box<str>, u32>,
}

impl Forms {
    /// The form of a word and the parts beneath it, in their order.
    pub fn of(&mut self, word: &str, parts: &[Form]) -> Form {
        use std::fmt::Write;
        let mut text = String::with_capacity(word.len() + parts.len() * 6 + 4);
        // Its length keeps a word from looking like parts.
        write!(text, "{}:{word}", word.len()).expect("writing to a String does not fail");
        for part in parts {
            write!(text, " {}", part.0).expect("writing to a String does not fail");
        }
        let next = u32::try_from(self.known.len()).expect("fewer than 2^32 meanings fit in memory");
        Form(*self.known.entry(text.into_boxed_str()).or_insert(next))
    }

    /// The form of a value that has no place in a text.
    pub fn debug(&mut self, word: &str, value: &impl std::fmt::Debug, parts: &[Form]) -> Form {
        self.of(&format!("{word} {value:?}"), parts)
    }

    /// Of parts in any order, each once.
    pub fn set(&mut self, word: &str, mut parts: Vec<Form>) -> Form {
        parts.sort_unstable();
        parts.dedup();
        self.of(word, &parts)
    }

    pub fn literal(&mut self, literal: &Literal) -> Form {
        match literal {
            Literal::Number(digits) => self.of(&format!("number {}", without_zeros(digits)), &[]),
            other => self.debug("literal", other, &[]),
        }
    }
}

/// `0.50` as `0.5`
fn without_zeros(digits: &str) -> &str {
    match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.'),
        false => digits,
    }
}

/// Gives the form of an expression, its leaves' given. What means the same in every row is the
/// same: `a and b` is `b and a`, `a + b` is `b + a`, `a > b` is `b < a`. No more than that: sums
/// of three are not put in another order, which fractions of a cent could tell.
pub fn scalar<L>(
    forms: &mut Forms,
    e: &Scalar<L>,
    leaf: &mut impl FnMut(&mut Forms, &L, Type) -> Form,
) -> Form {
    use ScalarKind as K;
    let ty = e.ty;
    match &e.kind {
        K::Leaf(of) => leaf(forms, of, ty),
        K::Literal(of) => forms.literal(of),
        K::And(_) | K::Or(_) => {
            let mut parts = Vec::new();
            let word = if matches!(e.kind, K::And(_)) { "and" } else { "or" };
            flat(forms, e, matches!(e.kind, K::And(_)), &mut parts, leaf);
            parts.sort_unstable();
            parts.dedup();
            if let [one] = parts.as_slice() { *one } else { forms.of(word, &parts) }
        }
        K::Compare(comparison, a, b) => {
            let (a, b) = (scalar(forms, a, leaf), scalar(forms, b, leaf));
            match comparison {
                Comparison::Equal => forms.of("=", &[a.min(b), a.max(b)]),
                Comparison::Less => forms.of("<", &[a, b]),
                Comparison::LessEqual => forms.of("<=", &[a, b]),
                Comparison::Greater => forms.of("<", &[b, a]),
                Comparison::GreaterEqual => forms.of("<=", &[b, a]),
            }
        }
        K::Arithmetic(operator, a, b) => {
            let (a, b) = (scalar(forms, a, leaf), scalar(forms, b, leaf));
            match operator {
                Arithmetic::Add => forms.debug("+", &ty, &[a.min(b), a.max(b)]),
                Arithmetic::Multiply => forms.debug("*", &ty, &[a.min(b), a.max(b)]),
                Arithmetic::Subtract => forms.debug("-", &ty, &[a, b]),
            }
        }
        K::In(value, list) => {
            let value = scalar(forms, value, leaf);
            let list = list.iter().map(|e| scalar(forms, e, leaf)).collect();
            let list = forms.set("list", list);
            forms.of("in", &[value, list])
        }
        K::Case { whens, otherwise } => {
            let mut parts = Vec::new();
            for (when, then) in whens {
                parts.push(scalar(forms, when, leaf));
                parts.push(scalar(forms, then, leaf));
            }
            parts.extend(otherwise.as_ref().map(|e| scalar(forms, e, leaf)));
            forms.debug("case", &ty, &parts)
        }
        K::Negate(_)
        | K::Not(_)
        | K::Divide(..)
        | K::Between { .. }
        | K::Like(..)
        | K::IsNull(_)
        | K::Call(..)
        | K::Cast(..)
        | K::Extract(..)
        | K::Seconds { .. }
        | K::Shift(..)
        | K::InZone { .. } => {
            let parts: Vec<Form> = e.children().iter().map(|e| scalar(forms, e, leaf)).collect();
            forms.of(&word(e), &parts)
        }
    }
}

/// What stands above the parts of an expression, those aside that are told apart otherwise.
fn word<L>(e: &Scalar<L>) -> String {
    use ScalarKind as K;
    let ty = e.ty;
    match &e.kind {
        K::Negate(_) => format!("negate {ty:?}"),
        K::Not(_) => "not".into(),
        K::Divide(..) => format!("divide {ty:?}"),
        K::Between { .. } => "between".into(),
        K::Like(..) => "like".into(),
        K::IsNull(_) => "is null".into(),
        K::Call(function, _) => format!("call {function:?} {ty:?}"),
        K::Cast(_, to) => format!("cast {to:?}"),
        K::Extract(part, _) => format!("extract {part:?}"),
        K::Seconds { .. } => format!("seconds {ty:?}"),
        K::Shift(_, step) => format!("shift {step:?} {ty:?}"),
        K::InZone { from, to, .. } => format!("in zone {from:?} {to:?} {ty:?}"),
        K::Leaf(_)
        | K::Literal(_)
        | K::And(_)
        | K::Or(_)
        | K::Compare(..)
        | K::Arithmetic(..)
        | K::In(..)
        | K::Case { .. } => unreachable!("these have forms of their own"),
    }
}

/// The parts of an `and` in an `and` are parts of the outer one.
fn flat<L>(
    forms: &mut Forms,
    e: &Scalar<L>,
    and: bool,
    parts: &mut Vec<Form>,
    leaf: &mut impl FnMut(&mut Forms, &L, Type) -> Form,
) {
    match &e.kind {
        ScalarKind::And(list) if and => list.iter().for_each(|e| flat(forms, e, and, parts, leaf)),
        ScalarKind::Or(list) if !and => list.iter().for_each(|e| flat(forms, e, and, parts, leaf)),
        _ => parts.push(scalar(forms, e, leaf)),
    }
}
