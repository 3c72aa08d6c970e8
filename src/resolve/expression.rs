//! Expressions to typed scalars, whatever their leaves are.
//!
//! A source's rows, conditions over dimensions and formulas over numbers share
//! operators, literals and scalar functions; a [`Scope`] says what else a name
//! or a call may be. `None` everywhere means: reported (or refused) already.

use super::literal::{self, unsigned};
use super::resolved::Accepted;
use super::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use super::unit::Unit;
use super::{accepted, clock, functions, operators};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::Param;
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOp, Call, Duration, Expr, ExprKind, Path, UnaryOp};
use indexmap::IndexMap;
use std::sync::Arc;

/// A typed expression with its unit.
#[derive(Debug, Clone)]
pub struct Typed<L> {
    pub scalar: Scalar<L>,
    pub unit: Unit,
    /// The zone that a timestamp is read in, if it is not the project's.
    pub zone: Option<String>,
    /// The only values that it has, where somebody says so.
    pub accepted: Option<Arc<Accepted>>,
}

impl<L> Typed<L> {
    pub fn new(kind: ScalarKind<L>, ty: Type, unit: Unit, span: Span) -> Self {
        Typed { scalar: Scalar::new(kind, ty, span), unit, zone: None, accepted: None }
    }

    pub fn boolean(kind: ScalarKind<L>, span: Span) -> Self {
        Typed::new(kind, Type::Boolean, Unit::Free, span)
    }

    pub fn ty(&self) -> Type {
        self.scalar.ty
    }

    pub fn span(&self) -> Span {
        self.scalar.span
    }
}

/// What a call turned out to be.
#[derive(Debug)]
pub enum Called<L> {
    /// No function of this place: perhaps a scalar one.
    Scalar,
    Done(Option<Typed<L>>),
}

pub type Params<'m> = IndexMap<&'m str, Param<'m>>;

/// Where an expression stands: what its names and calls may be.
pub trait Scope {
    type Leaf: Clone;
    fn sink(&mut self) -> &mut Sink;
    fn params(&self) -> &Params<'_>;
    fn path(&mut self, path: &Path) -> Option<Typed<Self::Leaf>>;
    fn call(&mut self, call: &Call, span: Span) -> Called<Self::Leaf>;
    fn restrict(&mut self, value: &Expr, predicate: &Expr, span: Span) -> Option<Typed<Self::Leaf>>;
    /// The project's zone, in which days begin.
    fn zone(&self) -> &str;
    /// Whether only functions of numbers make sense here.
    fn numbers_only(&self) -> bool;
    /// The functions of this place beside scalar ones.
    fn own_functions(&self) -> &'static [&'static str];

    fn report<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.sink().push(diagnostic);
        None
    }

    fn accept<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|d| self.sink().push(d)).ok()
    }
}

/// An expression of any type.
pub fn typed<S: Scope>(s: &mut S, e: &Expr) -> Option<Typed<S::Leaf>> {
    if let Some(constant) = literal::constant(&e.value, e.span) {
        let constant = s.accept(constant)?;
        return Some(Typed::new(ScalarKind::Literal(constant.literal), constant.ty, constant.unit, e.span));
    }
    match &e.value {
        ExprKind::Param(name) => param(s, name, e.span),
        ExprKind::Path(path) => s.path(path),
        ExprKind::Unary(UnaryOp::Minus, a) => {
            let a = typed(s, a)?;
            s.accept(operators::negate(a, e.span))
        }
        ExprKind::Unary(UnaryOp::Not, a) => {
            let a = condition(s, a)?;
            Some(Typed::boolean(ScalarKind::Not(Box::new(a.scalar)), e.span))
        }
        ExprKind::Binary(op, a, b) => binary(s, *op, a, b, e),
        ExprKind::In { value, list, negated } => membership(s, value, list, *negated, e.span),
        ExprKind::Between { value, low, high, negated } => between(s, [value, low, high], *negated, e.span),
        ExprKind::Like { value, pattern, negated } => like(s, value, pattern, *negated, e.span),
        ExprKind::IsNull { value, negated } => {
            let value = typed(s, value)?;
            Some(maybe_not(ScalarKind::IsNull(Box::new(value.scalar)), *negated, e.span))
        }
        ExprKind::Case { whens, otherwise } => case(s, whens, otherwise.as_deref(), e.span),
        ExprKind::Call(call) => match s.call(call, e.span) {
            Called::Done(done) => done,
            Called::Scalar => functions::call(s, call, e.span),
        },
        ExprKind::Where { value, predicate } => s.restrict(value, predicate, e.span),
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Percent(_)
        | ExprKind::Money(..)
        | ExprKind::Duration(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_) => None,
    }
}

/// An expression that is true or false.
pub fn condition<S: Scope>(s: &mut S, e: &Expr) -> Option<Typed<S::Leaf>> {
    let value = typed(s, e)?;
    if matches!(value.ty(), Type::Boolean | Type::Unknown) {
        return Some(value);
    }
    let help = match value.ty() {
        Type::Integer | Type::Decimal(_) | Type::Float => "compare it: `… > 0`, or `… is not null`",
        Type::Text => "compare it: `… = 'value'`, or `… is not null`",
        _ => "say what it is compared with, or write `… is not null`",
    };
    s.report(
        Diagnostic::error(
            Code::NotACondition,
            e.span,
            format!("a condition is needed, and this is {}", operators::a(value.ty())),
        )
        .because("some databases take another value for true and others refuse it")
        .help(help),
    )
}

fn maybe_not<L>(kind: ScalarKind<L>, negated: bool, span: Span) -> Typed<L> {
    let plain = Typed::boolean(kind, span);
    if negated { Typed::boolean(ScalarKind::Not(Box::new(plain.scalar)), span) } else { plain }
}

fn param<S: Scope>(s: &mut S, name: &str, span: Span) -> Option<Typed<S::Leaf>> {
    let Some(param) = s.params().get(name) else {
        let suggests = s.sink().suggests();
        let error = unknown_param(s.params(), name, span, suggests);
        return s.report(error);
    };
    let (value, negative) = unsigned(param.value);
    let constant = match literal::constant(&value.value, span) {
        Some(constant) => s.accept(constant)?,
        // Reported where it is defined.
        None => return None,
    };
    let value = Typed::new(ScalarKind::Literal(constant.literal), constant.ty, constant.unit, span);
    if negative { s.accept(operators::negate(value, span)) } else { Some(value) }
}

/// A parameter that nobody declares.
pub fn unknown_param(params: &Params<'_>, name: &str, span: Span, suggests: bool) -> Diagnostic {
    let near = if suggests { nearest(name, params.keys().copied()) } else { None };
    let error =
        Diagnostic::error(Code::UnknownParam, span, format!("there is no parameter `{name}`")).missing(name);
    match near {
        Some(near) => error.help(format!("did you mean `${near}`?")),
        None => error.help(format!("declare it: `param {name} = …`")),
    }
}

/// What is said where only a literal may stand.
pub fn no_literal(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongArguments, span, format!("{what} is no literal"))
        .because("it is a constant of the definition, not a formula")
        .help("write a number, percentage, amount, duration, date or text")
}

fn binary<S: Scope>(s: &mut S, op: BinaryOp, a: &Expr, b: &Expr, e: &Expr) -> Option<Typed<S::Leaf>> {
    match op {
        BinaryOp::And | BinaryOp::Or => connective(s, op, e),
        BinaryOp::Equal => compare(s, Comparison::Equal, false, a, b, e.span),
        BinaryOp::NotEqual => compare(s, Comparison::Equal, true, a, b, e.span),
        BinaryOp::Less => compare(s, Comparison::Less, false, a, b, e.span),
        BinaryOp::LessEqual => compare(s, Comparison::LessEqual, false, a, b, e.span),
        BinaryOp::Greater => compare(s, Comparison::Greater, false, a, b, e.span),
        BinaryOp::GreaterEqual => compare(s, Comparison::GreaterEqual, false, a, b, e.span),
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide => arithmetic(s, e),
    }
}

/// `a and b and c` as one list; all of its parts are checked.
fn connective<S: Scope>(s: &mut S, op: BinaryOp, e: &Expr) -> Option<Typed<S::Leaf>> {
    let mut parts = Vec::new();
    let mut left = e;
    while let ExprKind::Binary(same, a, b) = &left.value
        && *same == op
    {
        parts.push(&**b);
        left = a;
    }
    parts.push(left);
    let checked: Vec<_> = parts.into_iter().rev().map(|part| condition(s, part)).collect();
    let list: Vec<Scalar<S::Leaf>> =
        checked.into_iter().map(|t| t.map(|t| t.scalar)).collect::<Option<_>>()?;
    let kind = if op == BinaryOp::And { ScalarKind::And(list) } else { ScalarKind::Or(list) };
    Some(Typed::boolean(kind, e.span))
}

fn compare<S: Scope>(
    s: &mut S,
    op: Comparison,
    negated: bool,
    a: &Expr,
    b: &Expr,
    span: Span,
) -> Option<Typed<S::Leaf>> {
    let (a, b) = (typed(s, a), typed(s, b));
    let (a, b) = met(s, a?, b?);
    if op == Comparison::Equal {
        accepted::check(s, &a, &b)?;
    }
    let compared = operators::compare(op, a, b, span);
    let kind = s.accept(compared)?;
    Some(maybe_not(kind, negated, span))
}

/// Two values on one clock.
fn met<S: Scope>(s: &mut S, a: Typed<S::Leaf>, b: Typed<S::Leaf>) -> (Typed<S::Leaf>, Typed<S::Leaf>) {
    let mut both = clock::together(s, vec![a, b]).into_iter();
    let mut next = || both.next().expect("two values give two");
    (next(), next())
}

/// A chain of arithmetic, from its left end: it may be long.
fn arithmetic<S: Scope>(s: &mut S, e: &Expr) -> Option<Typed<S::Leaf>> {
    let mut chain = Vec::new();
    let mut left = e;
    while let ExprKind::Binary(op, a, b) = &left.value
        && matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide)
    {
        chain.push((*op, &**b, left.span));
        left = a;
    }
    let mut value = typed(s, left);
    while let Some((op, b, span)) = chain.pop() {
        value = step(s, value, op, b, span);
    }
    value
}

fn step<S: Scope>(
    s: &mut S,
    a: Option<Typed<S::Leaf>>,
    op: BinaryOp,
    b: &Expr,
    span: Span,
) -> Option<Typed<S::Leaf>> {
    let moves = matches!(op, BinaryOp::Add | BinaryOp::Subtract);
    if moves
        && a.as_ref().is_some_and(|a| a.ty().is_time() || a.ty() == Type::Unknown)
        && let Some((duration, negative)) = duration(s, b)
    {
        let forward = (op == BinaryOp::Add) != negative;
        let moved = literal::step(&duration, forward, b.span);
        let by = s.accept(moved)?;
        return a.map(|a| operators::shift(a, by, s.zone(), span));
    }
    let b = typed(s, b);
    let (a, b) = (a?, b?);
    let result = match op {
        BinaryOp::Add => operators::sum(Arithmetic::Add, a, b, span),
        BinaryOp::Subtract => {
            let (a, b) = met(s, a, b);
            operators::sum(Arithmetic::Subtract, a, b, span)
        }
        BinaryOp::Multiply => operators::product(a, b, span),
        _ => operators::quotient(a, b, span),
    };
    s.accept(result)
}

/// A literal duration, written or behind a parameter, and whether it is negative.
fn duration<S: Scope>(s: &S, e: &Expr) -> Option<(Duration, bool)> {
    let (e, negative) = unsigned(e);
    match &e.value {
        ExprKind::Duration(duration) => Some((duration.clone(), negative)),
        ExprKind::Param(name) => {
            let (value, inner) = unsigned(s.params().get(name.as_str())?.value);
            match &value.value {
                ExprKind::Duration(duration) => Some((duration.clone(), negative != inner)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn membership<S: Scope>(
    s: &mut S,
    value: &Expr,
    list: &[Expr],
    negated: bool,
    span: Span,
) -> Option<Typed<S::Leaf>> {
    let value = typed(s, value);
    let list: Vec<_> = list.iter().map(|e| typed(s, e)).collect();
    let all: Vec<_> = std::iter::once(value).chain(list).collect::<Option<_>>()?;
    let mut all = clock::together(s, all).into_iter();
    let value = all.next().expect("the value comes first");
    let mut members = Vec::new();
    for member in all {
        let comparable = operators::comparable(Comparison::Equal, &value, &member, member.span());
        s.accept(comparable)?;
        accepted::check(s, &value, &member)?;
        members.push(member.scalar);
    }
    Some(maybe_not(ScalarKind::In(Box::new(value.scalar), members), negated, span))
}

fn between<S: Scope>(s: &mut S, parts: [&Expr; 3], negated: bool, span: Span) -> Option<Typed<S::Leaf>> {
    let parts: Vec<_> = parts.map(|e| typed(s, e)).into_iter().collect::<Option<_>>()?;
    let mut parts = clock::together(s, parts).into_iter();
    let mut next = || parts.next().expect("three values give three");
    let (value, low, high) = (next(), next(), next());
    for bound in [&low, &high] {
        let comparable = operators::comparable(Comparison::LessEqual, &value, bound, bound.span());
        s.accept(comparable)?;
    }
    let kind = ScalarKind::Between {
        value: Box::new(value.scalar),
        low: Box::new(low.scalar),
        high: Box::new(high.scalar),
    };
    Some(maybe_not(kind, negated, span))
}

fn like<S: Scope>(
    s: &mut S,
    value: &Expr,
    pattern: &Expr,
    negated: bool,
    span: Span,
) -> Option<Typed<S::Leaf>> {
    let (value, pattern) = (typed(s, value), typed(s, pattern));
    let (value, pattern) = (value?, pattern?);
    for side in [&value, &pattern] {
        if !matches!(side.ty(), Type::Text | Type::Unknown) {
            return s.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    side.span(),
                    format!("`like` compares texts, and this is {}", operators::a(side.ty())),
                )
                .help("turn it into a text first: `text(…)`"),
            );
        }
    }
    Some(maybe_not(ScalarKind::Like(Box::new(value.scalar), Box::new(pattern.scalar)), negated, span))
}

fn case<S: Scope>(
    s: &mut S,
    whens: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
    span: Span,
) -> Option<Typed<S::Leaf>> {
    let (mut conditions, mut values) = (Vec::with_capacity(whens.len()), Vec::with_capacity(whens.len() + 1));
    // Loops: a `case` stands in a `case` up to the limit, and closures triple the stack.
    for (when, then) in whens {
        conditions.push(condition(s, when));
        values.push(typed(s, then));
    }
    if let Some(e) = otherwise {
        values.push(typed(s, e));
    }
    let conditions: Vec<_> = conditions.into_iter().collect::<Option<_>>()?;
    let values: Vec<_> = values.into_iter().collect::<Option<_>>()?;
    let values = clock::alike(s, values);
    let common = operators::common(values.iter(), "the results of `case`");
    let (ty, unit) = s.accept(common)?;
    let zone = values.iter().find_map(|v| v.zone.clone());
    let is_null = values.get(conditions.len()).is_some_and(|otherwise| otherwise.ty() == Type::Null);
    let mut values = values.into_iter().map(|value| operators::fitted(value.scalar, ty));
    let whens = conditions.into_iter().map(|c| c.scalar).zip(values.by_ref()).collect();
    let otherwise = values.next().filter(|_| !is_null).map(Box::new);
    Some(Typed { zone, ..Typed::new(ScalarKind::Case { whens, otherwise }, ty, unit, span) })
}

/// A constant: an expression of literals and parameters alone.
pub fn constant<S: Scope>(s: &mut S, e: &Expr, what: &str) -> Option<Typed<S::Leaf>> {
    let (inner, _) = unsigned(e);
    let is_literal =
        matches!(inner.value, ExprKind::Param(_)) || literal::constant(&inner.value, inner.span).is_some();
    if !is_literal {
        return s.report(no_literal(e.span, what));
    }
    typed(s, e)
}

/// The name that a path without a dot is.
pub fn bare(path: &Path) -> Option<&ast::Name> {
    path.qualifier.is_none().then_some(&path.name)
}
