//! What a cell says, before anybody asks which type it must have.

use super::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::Model;
use crate::source::Span;
use crate::syntax::ast::{BinaryOp, Cell, Date, Expr, ExprKind, PeriodKind, TimeUnit, UnaryOp, UnitName};

/// A cell's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Null,
    Truth(bool),
    Number(Decimal, Of),
    Text(String),
    Day(Date),
    /// Longer than a day.
    Period(PeriodKind),
    Quotient(Decimal, Decimal),
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    Nothing,
    /// The number before the sign.
    Percent,
    Money(UnitName),
    Time(TimeUnit),
}

impl Said {
    /// With its article, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Said::Null => "null",
            Said::Truth(_) => "a truth value",
            Said::Number(_, Of::Nothing) => "a number",
            Said::Number(_, Of::Percent) => "a percentage",
            Said::Number(_, Of::Money(_)) => "an amount of money",
            Said::Number(_, Of::Time(_)) => "a span of time",
            Said::Text(_) => "a text",
            Said::Day(_) => "a day",
            Said::Period(_) => "a period",
            Said::Quotient(..) => "a quotient",
        }
    }
}

/// Reads a cell; a parameter is its value.
///
/// # Errors
/// An unknown parameter; a number of too many digits; a minus before no number.
pub fn said(cell: &Cell, model: &Model<'_>) -> Result<Said, Diagnostic> {
    match cell {
        Cell::Period(period) => Ok(Said::Period(period.value)),
        Cell::Value(value) => value_of(value, value.span, model),
    }
}

fn value_of(value: &Expr, span: Span, model: &Model<'_>) -> Result<Said, Diagnostic> {
    let number = |digits: &str, of: Of| Ok(Said::Number(read(digits, span)?, of));
    match &value.value {
        ExprKind::Null => Ok(Said::Null),
        ExprKind::Bool(truth) => Ok(Said::Truth(*truth)),
        ExprKind::Number(digits) => number(digits, Of::Nothing),
        ExprKind::Percent(digits) => number(digits, Of::Percent),
        ExprKind::Money(digits, unit) => number(digits, Of::Money(unit.clone())),
        ExprKind::Duration(duration) => number(&duration.count, Of::Time(duration.unit)),
        ExprKind::Text(text) => Ok(Said::Text(text.clone())),
        ExprKind::Date(date) => Ok(Said::Day(*date)),
        ExprKind::Param(name) => match model.params.get(name.as_str()) {
            // A parameter's value is a literal, never another one.
            Some(param) if !matches!(param.value.value, ExprKind::Param(_)) => {
                value_of(param.value, span, model)
            }
            _ => Err(unknown_parameter(name, span, model)),
        },
        ExprKind::Unary(UnaryOp::Minus, inner) => match value_of(inner, span, model)? {
            Said::Number(number, of) => Ok(Said::Number(number.negated(), of)),
            other => Err(no_value(span, &format!("a minus stands before {}", other.kind()))),
        },
        ExprKind::Binary(BinaryOp::Divide, above, below) => quotient(above, below, model),
        _ => Err(no_value(span, "this is no value")),
    }
}

fn quotient(above: &Expr, below: &Expr, model: &Model<'_>) -> Result<Said, Diagnostic> {
    let number = |part: &Expr| match value_of(part, part.span, model)? {
        Said::Number(number, Of::Nothing | Of::Money(_)) => Ok(number),
        other => Err(no_value(part.span, &format!("{} is divided, or divides", other.kind()))
            .help("write a quotient of two numbers: `250 / 3`")),
    };
    let (above, below) = (number(above)?, number(below)?);
    Ok(if below == Decimal::ZERO { Said::Null } else { Said::Quotient(above, below) })
}

fn read(digits: &str, span: Span) -> Result<Decimal, Diagnostic> {
    Decimal::read(digits).ok_or_else(|| {
        Diagnostic::error(Code::TooLarge, span, "this number has more than 38 digits")
            .because("no number of an engine is exact beyond that")
            .help("is a digit too many in it?")
    })
}

fn no_value(span: Span, fact: &str) -> Diagnostic {
    Diagnostic::error(Code::TestRow, span, fact)
        .help("write a number, a text in `'…'`, a day, `true`, `false` or `null`")
}

fn unknown_parameter(name: &str, span: Span, model: &Model<'_>) -> Diagnostic {
    let found = Diagnostic::error(Code::UnknownParam, span, format!("there is no parameter `{name}`"));
    match nearest(name, model.params.keys().copied()) {
        Some(near) => found.help(format!("did you mean `${near}`?")),
        None => found.help(format!("declare it: `param {name} = …`")),
    }
    .missing(name)
}
