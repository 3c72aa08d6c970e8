//! Scores on their scale: a target of 110 on a scale that ends at 100 is never met.

use super::expression::Typed;
use super::scalar::ScalarKind;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::Scale;
use crate::value::Literal;

/// The finding about a literal that lies outside of the scale it is compared on.
pub fn outside<L>(value: &Typed<L>, unit: &Unit, what: &str) -> Option<Diagnostic> {
    let scale = unit.scale()?;
    let ScalarKind::Literal(Literal::Number(digits)) = &value.scalar.kind else { return None };
    if holds(scale, digits) {
        return None;
    }
    let message = format!("{what} is {digits}, and the score lies from {scale}");
    Some(
        Diagnostic::error(Code::OutsideScale, value.span(), message)
            .because("no value of the KPI is ever there, so nothing would reach it or all would")
            .help("name a value of the scale, or declare the scale that is meant"),
    )
}

fn holds(scale: &Scale, digits: &str) -> bool {
    let size = |digits: &str| digits.parse::<f64>().ok();
    match (size(&scale.low), size(digits), size(&scale.high)) {
        (Some(low), Some(value), Some(high)) => low <= value && value <= high,
        _ => true,
    }
}
