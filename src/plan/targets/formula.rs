//! The choice among targets as a formula over the cell.

use super::Choices;
use super::amounts::Bar;
use crate::diagnostic::Diagnostic;
use crate::plan::amount::Amount;
use crate::plan::context::{Builder, Context, Value};
use crate::resolve::resolved::{Change, Kpi, Length, Number, NumberLeaf, Offset};
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::{self, Literal};

fn scalar(kind: ScalarKind<Value>, ty: Type, span: Span) -> Scalar<Value> {
    Scalar::new(kind, ty, span)
}

/// The choice among candidates, as a formula over the cell.
pub fn choice(
    builder: &mut Builder<'_>,
    (kpi, context): (&Kpi, &Context),
    (choices, is_due): (&Choices, bool),
    read: &dyn Fn(&Bar) -> Option<Amount>,
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    // What is due differs with an as-of that is chosen later, in numbers and in nothing else.
    let varies = is_due && builder.time.range.as_of_is_chosen();
    let mut whens: Vec<(Vec<Scalar<Value>>, Scalar<Value>)> = Vec::new();
    for (cells, candidates) in choices {
        let here = (choices.len() > 1).then(|| in_cells(builder, cells, kpi.span));
        for candidate in candidates {
            for (periods, bar) in runs(&candidate.each, varies) {
                let mut conditions: Vec<_> = here.iter().cloned().collect();
                conditions.extend(
                    candidate.members.iter().map(|(d, member)| is_member(builder, *d, member, kpi.span)),
                );
                conditions.extend(periods.map(|(first, last)| {
                    scalar(ScalarKind::Leaf(Value::Asked(first, last)), Type::Boolean, kpi.span)
                }));
                let value = match bar {
                    Bar::Changed { change, back, part } => {
                        changed(builder, (kpi, context), (change, *back), (part, varies))?
                    }
                    Bar::Amounts(..) => match read(bar) {
                        Some(amount) if varies => amount.quotient(kpi.span),
                        Some(amount) => amount.scalar(kpi.span),
                        None => continue,
                    },
                };
                whens.push((conditions, value));
            }
        }
    }
    let ty = common(whens.iter().map(|(_, value)| value.ty));
    // Nothing is looked at behind one without a condition.
    let always = whens.iter().position(|(conditions, _)| conditions.is_empty());
    let otherwise = always.map(|index| whens.split_off(index).swap_remove(0).1);
    if whens.is_empty() {
        let nothing = scalar(ScalarKind::Literal(Literal::Null(value::Type::Double)), Type::Float, kpi.span);
        return Ok(otherwise.unwrap_or(nothing));
    }
    let whens = whens.into_iter().map(|(mut conditions, value)| {
        let only = (conditions.len() == 1).then(|| conditions.swap_remove(0));
        (only.unwrap_or_else(|| scalar(ScalarKind::And(conditions), Type::Boolean, kpi.span)), value)
    });
    let kind = ScalarKind::Case { whens: whens.collect(), otherwise: otherwise.map(Box::new) };
    Ok(scalar(kind, ty, kpi.span))
}

fn common(types: impl Iterator<Item = Type>) -> Type {
    let wider = |a: Type, b: Type| match (a, b) {
        (Type::Integer, Type::Integer) => Type::Integer,
        (Type::Integer | Type::Decimal(_), Type::Integer | Type::Decimal(_)) => Type::Decimal(None),
        _ => Type::Float,
    };
    types.reduce(wider).unwrap_or(Type::Float)
}

fn in_cells(builder: &Builder<'_>, cells: &[(usize, usize)], span: Span) -> Scalar<Value> {
    let scope = builder.scope;
    let one = |&(slicing, segment): &(usize, usize)| {
        let mut parts = Vec::new();
        if scope.slicings.len() > 1 {
            parts.push(scalar(ScalarKind::Leaf(Value::InSlicing(slicing)), Type::Boolean, span));
        }
        if scope.segments.len() > 1 {
            parts.push(scalar(ScalarKind::Leaf(Value::InSegment(segment)), Type::Boolean, span));
        }
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => scalar(ScalarKind::And(parts), Type::Boolean, span),
        }
    };
    let mut any: Vec<_> = cells.iter().map(one).collect();
    match any.len() {
        1 => any.swap_remove(0),
        _ => scalar(ScalarKind::Or(any), Type::Boolean, span),
    }
}

fn is_member(builder: &Builder<'_>, dimension: usize, member: &Literal, span: Span) -> Scalar<Value> {
    let ty = builder.scope.dimensions[dimension].ty;
    let slice = scalar(ScalarKind::Leaf(Value::Slice(dimension)), ty, span);
    let member = scalar(ScalarKind::Literal(member.clone()), ty, span);
    scalar(ScalarKind::Compare(Comparison::Equal, Box::new(slice), Box::new(member)), Type::Boolean, span)
}

/// Periods beside each other with the same bar, `None` for all of them; or each alone.
fn runs(each: &[Option<Bar>], alone: bool) -> Vec<(Option<(usize, usize)>, &Bar)> {
    let mut runs: Vec<(usize, usize, &Bar)> = Vec::new();
    for (period, bar) in each.iter().enumerate() {
        let Some(bar) = bar else { continue };
        match runs.last_mut() {
            Some((_, last, same)) if !alone && *last + 1 == period && *same == bar => *last = period,
            Some(_) | None => runs.push((period, period, bar)),
        }
    }
    let all = |first: usize, last: usize| first == 0 && last + 1 == each.len();
    let run = |(first, last, bar)| ((!all(first, last)).then_some((first, last)), bar);
    runs.into_iter().map(run).collect()
}

/// The KPI's earlier number, changed.
fn changed(
    builder: &mut Builder<'_>,
    (kpi, context): (&Kpi, &Context),
    (change, back): (&Change, Length),
    (part, varies): (&Amount, bool),
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    let span = kpi.span;
    let own = Number::new(ScalarKind::Leaf(NumberLeaf::Kpi(kpi.id.clone())), kpi.value.ty, span);
    let offset = Offset { by: Some(back), whole: true };
    let earlier =
        Number::new(ScalarKind::Leaf(NumberLeaf::Previous(Box::new(own), offset)), kpi.value.ty, span);
    let earlier = builder.number(&earlier, context)?;
    let exact = |literal: &Literal| Amount::of(literal).unwrap_or_else(Amount::zero);
    let times = |value: Scalar<Value>, factor: &Amount| match factor.is_one() && !varies {
        true => value,
        false => {
            let ty = common([value.ty, Type::Decimal(None)].into_iter());
            let factor = if varies { factor.quotient(span) } else { factor.scalar(span) };
            scalar(ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(value), Box::new(factor)), ty, span)
        }
    };
    Ok(match change {
        Change::Share(share) => times(earlier, &exact(share).plus(&Amount::ratio(1, 1)).times(part)),
        Change::Amount(more) => {
            let ty = common([earlier.ty, Type::Decimal(None)].into_iter());
            let more = exact(more).scalar(span);
            let sum = ScalarKind::Arithmetic(Arithmetic::Add, Box::new(earlier), Box::new(more));
            times(scalar(sum, ty, span), part)
        }
    })
}
