//! Assertions: what should always hold of KPIs.
//!
//! One is computed as a number, 1 where its condition holds and 0 where it fails. A cell in
//! which a number that it compares is empty neither holds nor fails.

use indexmap::IndexMap;

use super::expression::typed;
use super::formula::NumberScope;
use super::numbers::Numbers;
use super::resolved::{Assertion, Grain};
use super::{kpis, spans, walk};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOp, Expr, ExprKind, UnaryOp};

/// Every assertion without findings by its id, in the order written.
pub fn all(numbers: &Numbers<'_>, sink: &mut Sink) -> IndexMap<String, Assertion> {
    let defs = numbers.model.assertions.values();
    let sound = defs.filter_map(|def| assertion(numbers, def, sink));
    sound.map(|assertion| (assertion.kpi.id.clone(), assertion)).collect()
}

fn assertion(numbers: &Numbers<'_>, def: &ast::Assertion, sink: &mut Sink) -> Option<Assertion> {
    let name = def.header.name.value.as_str();
    if numbers.kpi(name).is_some() || numbers.measures.contains_key(name) || numbers.is_stock(name) {
        // Reported as a name that is taken.
        return None;
    }
    let condition = super::expression::condition(&mut NumberScope::new(numbers, name, sink), &def.condition)?;
    let mut is_constant = true;
    condition.scalar.leaves(&mut |_| is_constant = false);
    if is_constant {
        sink.push(
            Diagnostic::error(
                Code::NotACondition,
                def.condition.span,
                format!("the assertion `{name}` names no KPI"),
            )
            .because("it would hold or fail whatever the data is")
            .help("compare KPIs: `assert viable = clv > cac`"),
        );
        return None;
    }
    let number = ast::Kpi {
        header: def.header.clone(),
        value: Some(as_number(&def.condition)),
        properties: Vec::new(),
    };
    let (kpi, _) = kpis::kpi(numbers, &number, sink)?;
    for comparison in comparisons(&def.condition) {
        of_one_time(numbers, comparison, &kpi.grains, sink);
    }
    Some(Assertion { kpi, operands: operands(numbers, &def.condition), definition: def.clone() })
}

/// The KPIs that a condition names, each once.
fn operands(numbers: &Numbers<'_>, condition: &Expr) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    walk::paths(condition, &mut |path| {
        let kpi = numbers.kpi(&path.name.value).filter(|_| path.qualifier.is_none());
        if let Some(kpi) = kpi.filter(|kpi| !found.iter().any(|known| known == kpi)) {
            found.push(kpi.to_string());
        }
    });
    found
}

/// `case when a is null or b is null then null when a > b then 1 else 0 end`
fn as_number(condition: &Expr) -> Expr {
    let at = |kind: ExprKind| Expr::new(kind, condition.span);
    let mut whens = Vec::new();
    let compared = comparisons(condition).into_iter().flat_map(|comparison| comparison.sides);
    let is_empty = |side: Expr| at(ExprKind::IsNull { value: Box::new(side), negated: false });
    let any =
        compared.map(is_empty).reduce(|a, b| at(ExprKind::Binary(BinaryOp::Or, Box::new(a), Box::new(b))));
    whens.extend(any.map(|any| (any, at(ExprKind::Null))));
    whens.push((condition.clone(), at(ExprKind::Number("1".into()))));
    at(ExprKind::Case { whens, otherwise: Some(Box::new(at(ExprKind::Number("0".into())))) })
}

/// Numbers that a condition compares.
struct Comparison {
    sides: Vec<Expr>,
    span: Span,
}

/// The comparisons that a condition is made of; those inside of numbers are theirs.
fn comparisons(condition: &Expr) -> Vec<Comparison> {
    let of = |sides: Vec<&Expr>| {
        let sides = sides.into_iter().filter(|side| !is_literal(side)).cloned().collect();
        vec![Comparison { sides, span: condition.span }]
    };
    match &condition.value {
        ExprKind::Binary(BinaryOp::And | BinaryOp::Or, a, b) => {
            comparisons(a).into_iter().chain(comparisons(b)).collect()
        }
        ExprKind::Unary(UnaryOp::Not, a) => comparisons(a),
        ExprKind::Binary(_, a, b) => of(vec![a, b]),
        ExprKind::Between { value, low, high, .. } => of(vec![value, low, high]),
        ExprKind::In { value, list, .. } => of(std::iter::once(&**value).chain(list).collect()),
        ExprKind::Where { value, predicate } => {
            let restricted = |side: Expr| {
                let span = side.span;
                let (value, predicate) = (Box::new(side), predicate.clone());
                Expr::new(ExprKind::Where { value, predicate }, span)
            };
            let inner = comparisons(value).into_iter();
            inner
                .map(|inner| Comparison { sides: inner.sides.into_iter().map(restricted).collect(), ..inner })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn is_literal(e: &Expr) -> bool {
    super::literal::value(e).is_some() || matches!(e.value, ExprKind::Param(_))
}

/// Warns where a flow is compared with one of another time.
fn of_one_time(numbers: &Numbers<'_>, comparison: Comparison, grains: &[Grain], sink: &mut Sink) {
    // What is wrong with a side is reported with the condition.
    let mut unheard = Sink::new();
    let paces: Vec<_> = comparison
        .sides
        .iter()
        .filter_map(|side| typed(&mut NumberScope::new(numbers, "", &mut unheard), side))
        .map(|side| spans::pace(&side.scalar, numbers, &mut Vec::new()))
        .collect();
    let Some((first, others)) = paces.split_first() else { return };
    let Some((one, other)) = others.iter().find_map(|other| spans::two_times(*first, *other, grains)) else {
        return;
    };
    sink.push(
        Diagnostic::warning(
            Code::TwoTimes,
            comparison.span,
            format!("what grows over {one} is compared with what grows over {other}"),
        )
        .because("the longer time wins, whatever the business does")
        .help("read both over the same time: `rolling(…, 12 months)` on both sides"),
    );
}
