//! Reading an expression's parts without asking what they mean.

use super::ast::{Arg, Expr, ExprKind, Path};

/// Calls `see` on the expression and all its parts, outer ones first.
pub fn each<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e Expr)) {
    see(expr);
    match &expr.value {
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Percent(_)
        | ExprKind::Money(..)
        | ExprKind::Duration(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Param(_)
        | ExprKind::Path(_) => {}
        ExprKind::Unary(_, a) => each(a, see),
        ExprKind::Binary(_, a, b) => {
            each(a, see);
            each(b, see);
        }
        ExprKind::In { value, list, .. } => {
            each(value, see);
            list.iter().for_each(|e| each(e, see));
        }
        ExprKind::Between { value, low, high, .. } => {
            for part in [value, low, high] {
                each(part, see);
            }
        }
        ExprKind::Like { value, pattern, .. } => {
            each(value, see);
            each(pattern, see);
        }
        ExprKind::IsNull { value, .. } => each(value, see),
        ExprKind::Case { whens, otherwise } => {
            for (condition, value) in whens {
                each(condition, see);
                each(value, see);
            }
            otherwise.iter().for_each(|e| each(e, see));
        }
        ExprKind::Call(call) => {
            for arg in &call.args {
                if let Arg::Expr(e) = arg {
                    each(e, see);
                }
            }
            call.per.iter().filter_map(|per| per.having.as_deref()).for_each(|e| each(e, see));
        }
        ExprKind::Where { value, predicate } => {
            each(value, see);
            each(predicate, see);
        }
    }
}

/// Every name in an expression that is not a function's.
pub fn paths<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e Path)) {
    each(expr, &mut |part| match &part.value {
        ExprKind::Path(path) => see(path),
        ExprKind::Call(call) => call.per.iter().flat_map(|per| &per.dimensions).for_each(&mut *see),
        _ => {}
    });
}

/// Every parameter in an expression.
pub fn params<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e str)) {
    each(expr, &mut |part| {
        if let ExprKind::Param(name) = &part.value {
            see(name);
        }
    });
}
