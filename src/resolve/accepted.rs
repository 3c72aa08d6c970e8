//! The values that columns and dimensions may have, and comparisons with values that none has.
//!
//! A dimension is a concept of the whole project: the list that one source gives holds for those
//! that give none, and a condition over the dimension may name the values of every list.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::expression::{Scope, Typed, constant};
use super::operators;
use super::resolved::{Accepted, ColumnRef, Listed, Row};
use super::rows::{Node, NodeId, NodeKind, Place, Rows};
use super::scalar::{Comparison, ScalarKind};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest_value};
use crate::model::Model;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Expr};
use crate::syntax::format;
use crate::value::Literal;

/// Values that a message shows.
const SHOWN: usize = 8;

/// The lists that sources give, by the dimension.
pub type Lists<'m> = HashMap<&'m str, Vec<&'m Spanned<Vec<Expr>>>>;

/// Every list of every dimension, as written.
pub fn lists<'m>(model: &'m Model<'m>) -> Lists<'m> {
    let mut found = Lists::new();
    for source in model.sources.values() {
        for dimension in &source.dimensions {
            let list = of_dimension(source, dimension);
            list.into_iter()
                .for_each(|list| found.entry(&dimension.header.name.value).or_default().push(list));
        }
    }
    found
}

/// A dimension's own list; without a formula, that of its column.
fn of_dimension<'m>(
    source: &'m ast::Source,
    dimension: &'m ast::Dimension,
) -> Option<&'m Spanned<Vec<Expr>>> {
    let column = || source.columns.iter().find(|column| column.header.name == dimension.header.name);
    match (&dimension.accepted, &dimension.value) {
        (Some(own), _) => Some(own),
        (None, None) => column()?.accepted.as_ref(),
        (None, Some(_)) => None,
    }
}

/// A column's or dimension's value with the values that it may have.
pub fn declared(rows: &Rows<'_>, id: NodeId, value: Typed<ColumnRef>, sink: &mut Sink) -> Typed<ColumnRef> {
    let node = rows.nodes[id];
    let own = match node.kind {
        NodeKind::Column(column) => column.accepted.as_ref(),
        NodeKind::Dimension(dimension) => dimension.accepted.as_ref(),
    };
    let accepted = match own {
        Some(list) => {
            let values = literals(rows, node, &value, &list.value, sink);
            let own = Accepted { name: node.name().value.clone(), values, span: list.span };
            given(&value.scalar, &own, sink);
            Some(Arc::new(own))
        }
        None => value.accepted.clone().or_else(|| of_others(rows, node, &value)),
    };
    Typed { accepted, ..value }
}

/// Reports results of a formula's `case` that its own list has not.
fn given(formula: &Row, own: &Accepted, sink: &mut Sink) {
    match &formula.kind {
        ScalarKind::Case { whens, otherwise } => {
            let results = whens.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            results.for_each(|result| given(result, own, sink));
        }
        ScalarKind::Literal(literal) if own.lacks(literal) => {
            let found = unaccepted(sink, own, literal, formula.span);
            sink.push(found.because("the formula gives it, and the list beside it leaves it out"));
        }
        _ => {}
    }
}

/// What other sources say of the dimension.
fn of_others(rows: &Rows<'_>, node: Node<'_>, value: &Typed<ColumnRef>) -> Option<Arc<Accepted>> {
    let NodeKind::Dimension(_) = node.kind else { return None };
    let name = &node.name().value;
    let lists = rows.accepted.get(name.as_str())?;
    let mut values = Vec::new();
    for list in lists {
        // Findings are told where the list stands.
        values.extend(literals(rows, node, value, &list.value, &mut Sink::new()));
    }
    let span = lists.first()?.span;
    let mut all = Accepted { name: name.clone(), values: Vec::new(), span };
    all.extend(&values);
    Some(Arc::new(all))
}

/// The values of a list, of the type of what has them; each once.
fn literals(
    rows: &Rows<'_>,
    node: Node<'_>,
    value: &Typed<ColumnRef>,
    list: &[Expr],
    sink: &mut Sink,
) -> Vec<Literal> {
    let what = format!("an accepted value of `{}`", node.name().value);
    let mut found: Vec<Typed<ColumnRef>> = Vec::new();
    for e in list {
        let literal = constant(&mut rows.scope(node.source, Place::Column, sink), e, &what);
        let Some(literal) = literal.and_then(|literal| fitting(&found, value, literal, sink)) else {
            continue;
        };
        match found.iter().find(|known| is_same(known, &literal)) {
            Some(first) => sink.push(twice(&literal, first.span())),
            None => found.push(literal),
        }
    }
    found.into_iter().filter_map(|literal| of(&literal).cloned()).collect()
}

/// A literal that what has the list can be compared with, and the literals before it.
fn fitting(
    before: &[Typed<ColumnRef>],
    value: &Typed<ColumnRef>,
    literal: Typed<ColumnRef>,
    sink: &mut Sink,
) -> Option<Typed<ColumnRef>> {
    if matches!(of(&literal), Some(Literal::Null(_))) {
        let found = Diagnostic::error(Code::WrongArguments, literal.span(), "`null` is no value");
        sink.push(found.because("a row without a value is always accepted").help("leave it out"));
        return None;
    }
    for other in std::iter::once(value).chain(before.first()) {
        if let Err(found) = operators::comparable(Comparison::Equal, other, &literal, literal.span()) {
            sink.push(found);
            return None;
        }
    }
    Some(literal)
}

/// What of a source has a list: dimensions, and columns that say so. A dimension that is such a
/// column and no more is told once.
pub fn listed(rows: &Rows<'_>, source: usize) -> IndexMap<String, Listed> {
    let names = &rows.sources[source];
    let dimensions = names.dimensions.values().copied();
    let columns = names.def.columns.iter().filter(|column| column.accepted.is_some());
    let columns = columns.filter_map(|column| names.columns.get(column.header.name.value.as_str()).copied());
    let mut found: IndexMap<String, Listed> = IndexMap::new();
    for id in dimensions.chain(columns) {
        let Some(Typed { scalar, accepted: Some(accepted), .. }) = rows.value(id) else { continue };
        let is_told = |known: &Listed| known.value == *scalar && Arc::ptr_eq(&known.accepted, accepted);
        if accepted.values.is_empty() || found.values().any(is_told) {
            continue;
        }
        let (name, value, accepted) = (rows.nodes[id].name(), scalar.clone(), accepted.clone());
        let told = if found.contains_key(&name.value) {
            format!("{} (column)", name.value)
        } else {
            name.value.clone()
        };
        found.insert(told, Listed { value, accepted, span: name.span });
    }
    found
}

fn of<L>(value: &Typed<L>) -> Option<&Literal> {
    match &value.scalar.kind {
        ScalarKind::Literal(literal) => Some(literal),
        _ => None,
    }
}

fn is_same<L>(a: &Typed<L>, b: &Typed<L>) -> bool {
    of(a).zip(of(b)).is_some_and(|(a, b)| equal(a, b))
}

fn twice<L>(literal: &Typed<L>, first: Span) -> Diagnostic {
    let fact = format!("{} is accepted twice", of(literal).map_or_else(String::new, written));
    Diagnostic::error(Code::WrongArguments, literal.span(), fact)
        .label(first, "the first one")
        .because("a list of values has each once; perhaps another one is meant")
        .help("leave one of them out")
}

impl Accepted {
    /// Whether a value is among them.
    pub fn has(&self, value: &Literal) -> bool {
        self.values.iter().any(|known| equal(known, value))
    }

    /// Whether a value is missing for certain: a list with findings says nothing, and other types
    /// are another finding's matter.
    fn lacks(&self, value: &Literal) -> bool {
        let kind = |literal: &Literal| std::mem::discriminant(literal);
        self.values.first().is_some_and(|first| kind(first) == kind(value)) && !self.has(value)
    }

    /// Each as a text.
    pub fn words(&self) -> impl Iterator<Item = String> {
        self.values.iter().map(|value| match value {
            Literal::Text(text) => text.clone(),
            other => written(other),
        })
    }

    /// Those that are not yet there.
    pub fn extend(&mut self, others: &[Literal]) {
        for other in others {
            if !self.has(other) {
                self.values.push(other.clone());
            }
        }
    }
}

/// The values of a dimension in either of two sources; one that may have any says nothing.
pub fn both(a: Option<Arc<Accepted>>, b: Option<Arc<Accepted>>) -> Option<Arc<Accepted>> {
    let (a, b) = (a?, b?);
    if Arc::ptr_eq(&a, &b) || b.values.iter().all(|value| a.has(value)) {
        return Some(a);
    }
    let mut all = Accepted::clone(&a);
    all.extend(&b.values);
    Some(Arc::new(all))
}

/// Numbers are equal whatever zeros they are written with.
fn equal(a: &Literal, b: &Literal) -> bool {
    match (a, b) {
        (Literal::Number(a), Literal::Number(b)) => plain(a) == plain(b),
        (a, b) => a == b,
    }
}

fn plain(digits: &str) -> (bool, &str, &str) {
    let (sign, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    (sign && !(whole.is_empty() && fraction.is_empty()), whole, fraction)
}

/// As the language writes it.
pub fn written(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => format::text(text),
        Literal::Number(text) | Literal::Date(text) | Literal::Timestamp(text) | Literal::Instant(text) => {
            text.clone()
        }
        Literal::Boolean(value) => value.to_string(),
        Literal::Null(_) | Literal::Interval(_) => "null".to_string(),
    }
}

/// Reports a literal that is compared with what has a list without it.
pub fn check<S: Scope>(s: &mut S, a: &Typed<S::Leaf>, b: &Typed<S::Leaf>) -> Option<()> {
    let (accepted, other) = match (&a.accepted, &b.accepted) {
        (Some(accepted), None) => (accepted, b),
        (None, Some(accepted)) => (accepted, a),
        _ => return Some(()),
    };
    match refused(s.sink(), accepted, other) {
        Some(found) => {
            s.report(found.because("no row has it, so the comparison comes out alike for all of them"))
        }
        None => Some(()),
    }
}

/// The finding about a literal that is none of these; why it matters is the caller's to say.
pub fn refused<L>(sink: &mut Sink, accepted: &Accepted, literal: &Typed<L>) -> Option<Diagnostic> {
    let value = of(literal).filter(|value| accepted.lacks(value))?;
    Some(unaccepted(sink, accepted, value, literal.span()))
}

fn unaccepted(sink: &mut Sink, accepted: &Accepted, literal: &Literal, span: Span) -> Diagnostic {
    let fact = format!("{} is no value of `{}`", written(literal), accepted.name);
    let found =
        Diagnostic::error(Code::UnacceptedValue, span, fact).label(accepted.span, "its accepted values");
    let texts = accepted.values.iter().filter_map(|value| match value {
        Literal::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let near = match literal {
        Literal::Text(text) if sink.suggests() => nearest_value(text, texts),
        _ => None,
    };
    if let Some((near, is_sure)) = near {
        let near = format::text(near);
        let found = found.help(format!("did you mean {near}?"));
        return if is_sure { found.fix(span, near) } else { found };
    }
    let shown: Vec<String> = accepted.values.iter().take(SHOWN).map(written).collect();
    let more = if accepted.values.len() > SHOWN { " …" } else { "" };
    found.help(format!(
        "it is one of {}{more}; if rows may have this one, too, add it there",
        shown.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let same = |a: &str, b: &str| equal(&Literal::Number(a.into()), &Literal::Number(b.into()));
        for (a, b) in [("1", "1.0"), ("0", "-0.00"), ("007", "7"), ("-2.50", "-2.5"), ("0.5", ".50")] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [("1", "10"), ("1", "-1"), ("0.5", "0.05"), ("1.1", "11")] {
            assert!(!same(a, b), "{a} {b}");
        }
    }
}
