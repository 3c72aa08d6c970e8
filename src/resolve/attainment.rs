//! `attainment(x)`: how far a KPI has come to its target, as a number of formulas.

use super::expression::{Scope, Typed, bare};
use super::formula::NumberScope;
use super::numbers::Numbers;
use super::resolved::{Number, NumberLeaf};
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::{tools, windows};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Call, ExprKind, KpiProperty};

/// The function's name.
pub const NAME: &str = "attainment";

/// `attainment(revenue)`
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let usage = || {
        Diagnostic::error(Code::WrongArguments, span, "`attainment` takes the name of a KPI")
            .because("the targets are those of its definition")
            .help("write `attainment(revenue)`; a formula gets a name and targets as a KPI of its own")
    };
    let only = call.args.len() == 1 && call.per.is_none() && !call.distinct;
    let path = match tools::first(call).map(|e| &e.value) {
        Some(ExprKind::Path(path)) if only => path,
        _ => return s.report(usage()),
    };
    let value = super::expression::typed(s, tools::first(call)?)?;
    let id = match &value.scalar.kind {
        ScalarKind::Leaf(NumberLeaf::Kpi(id)) => id.clone(),
        _ => return s.report(usage()),
    };
    let def = s.numbers.model.kpis.get(id.as_str())?;
    if !def.properties.iter().any(|property| matches!(property.value, KpiProperty::Target(_))) {
        let name = bare(path).map_or(id.as_str(), |name| name.value.as_str());
        return s.report(
            Diagnostic::error(Code::WrongArguments, span, format!("`{name}` has no target"))
                .label(def.header.name.span, "its definition")
                .because("without one there is nothing to attain")
                .help("give it one: `target 50_000 EUR each month from 2026-01`"),
        );
    }
    let leaf = ScalarKind::Leaf(NumberLeaf::Attainment(id));
    Some(Typed::new(leaf, Type::Float, Unit::plain(Kind::Ratio), span))
}

/// An attainment beneath what moves it away from the cell that its target is for.
pub fn elsewhere(value: &Number, numbers: &Numbers<'_>) -> Option<Diagnostic> {
    let ScalarKind::Leaf(leaf) = &value.kind else {
        return value.children().into_iter().find_map(|child| elsewhere(child, numbers));
    };
    let inner = leaf.inner();
    // Of an earlier period the target is that period's own; places leave the cell where it is.
    let moves = matches!(
        leaf,
        NumberLeaf::Restrict(..) | NumberLeaf::Total(..) | NumberLeaf::Window(..) | NumberLeaf::PerMember(_)
    );
    if !moves {
        return inner.into_iter().find_map(|number| elsewhere(number, numbers));
    }
    let attains = |number: &&&Number| windows::moves(number, numbers).attains;
    inner.iter().find(attains).map(|_| {
        Diagnostic::error(
            Code::AttainmentElsewhere,
            value.span,
            "an attainment is read over another time or for another part than its KPI",
        )
        .because("a target holds for a cell, and this is another one")
        .help("take `attainment(…)` by itself; write a KPI with targets for the part or window that is meant")
    })
}
