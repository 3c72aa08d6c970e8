//! Functions of the numbers of several periods: `slope(x, 6 months)`, `zscore(x, 12 months)`.

use super::expression::{Scope, Typed, typed};
use super::formula::NumberScope;
use super::resolved::{NumberLeaf, OfPeriods, OverPeriods};
use super::scalar::{ScalarKind, Type};
use super::unit::Unit;
use super::{tools, windows};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Arg, Call};

/// The function of a name, if it is one of these.
pub fn function(name: &str) -> Option<OfPeriods> {
    [OfPeriods::Slope, OfPeriods::Zscore].into_iter().find(|function| function.word() == name)
}

/// A number and how long the periods are together.
pub fn call(
    s: &mut NumberScope<'_, '_>,
    call: &Call,
    function: OfPeriods,
    span: Span,
) -> Option<Typed<NumberLeaf>> {
    let value = tools::first(call).map(|e| typed(s, e));
    let over = match call.args.as_slice() {
        [_, Arg::Expr(e)] => Some(windows::length(&s.numbers.model.params, e, s.sink())),
        _ => None,
    };
    let (Some(value), Some(over), false) = (value, over, call.distinct) else {
        return s.report(usage(call, function));
    };
    let (value, over) = (value?, over?);
    if !(value.ty().is_number() || matches!(value.ty(), Type::Duration | Type::Unknown)) {
        return s.report(no_number(&value, function));
    }
    let (ty, unit) = match function {
        // So much of it a period.
        OfPeriods::Slope if value.ty() == Type::Duration => (Type::Duration, value.unit),
        OfPeriods::Slope => (Type::Float, value.unit.stretched()),
        OfPeriods::Zscore => (Type::Float, Unit::Free),
    };
    let leaf = NumberLeaf::OverPeriods(Box::new(OverPeriods { function, value: value.scalar, over }));
    Some(Typed::new(ScalarKind::Leaf(leaf), ty, unit, span))
}

fn usage(call: &Call, function: OfPeriods) -> Diagnostic {
    let word = function.word();
    let message = format!("`{word}` takes a number, and how long it looks back");
    let example = match function {
        OfPeriods::Slope => "slope(revenue, 6 months)",
        OfPeriods::Zscore => "zscore(revenue, 12 months)",
    };
    Diagnostic::error(Code::WrongArguments, call.function.span, message).help(format!("write `{example}`"))
}

fn no_number(value: &Typed<NumberLeaf>, function: OfPeriods) -> Diagnostic {
    let message = format!("`{}` takes a number, and this is none", function.word());
    Diagnostic::error(Code::TypeMismatch, value.span(), message).help("give a number of each period")
}
