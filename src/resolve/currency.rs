//! Currencies, and amounts of which each row says in a column which one they are in.
//!
//! Such amounts do not add up; times a rate `in EUR per currency` they are euros. A rate
//! is one of the row's own currency only where the join that finds it compares the two
//! columns: then the currency behind the join is the row's, and cancels.

use std::fmt;

use super::columns;
use indexmap::IndexSet;

use super::expression::Typed;
use super::operators::a;
use super::resolved::{ColumnRef, Row};
use super::rows::{JoinNames, Meaning, NodeKind, Place, Rows};
use super::scalar::{Comparison, ScalarKind, Type};
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{Column, ColumnUnit, Money, Name, RowCurrency};
use crate::syntax::units;
use crate::value::Literal;

/// What money is counted in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Currency {
    /// ISO 4217.
    Code(String),
    /// What a column of the row says, or of one that is found through joins.
    OfRow { path: Vec<String>, column: String },
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Currency::Code(code) => f.write_str(code),
            Currency::OfRow { path, column } => {
                let names: Vec<&str> = path.iter().chain([column]).map(String::as_str).collect();
                write!(f, "the currency of `{}`", names.join("."))
            }
        }
    }
}

/// The unit of a column of amounts in the row's own currency, or of exchange rates;
/// `None`: it has findings.
pub fn declared(
    rows: &Rows<'_>,
    source: usize,
    unit: &ColumnUnit,
    span: Span,
    sink: &mut Sink,
) -> Option<Unit> {
    let mut money = |money: &Money| match money {
        Money::Code(code) => Some(Unit::currency(code)),
        Money::OfRow(row) => of_row(rows, source, row, span, sink),
    };
    match unit {
        ColumnUnit::OfRow(row) => of_row(rows, source, row, span, sink),
        ColumnUnit::Rate(of, per) => {
            let (of, per) = (money(of), money(per));
            let (of, per) = (of?, per?);
            if of == per {
                let error =
                    Diagnostic::error(Code::WrongArguments, span, "a rate is between a currency and itself");
                sink.push(
                    error
                        .because("that is always 1")
                        .help("name the two currencies: `in EUR per USD`, `in EUR per currency`"),
                );
                return None;
            }
            Some(of.over(&per))
        }
        ColumnUnit::Unit(_) | ColumnUnit::PercentOf100 | ColumnUnit::Zone(_) => None,
    }
}

/// The currency that a column of the source says.
fn of_row(rows: &Rows<'_>, source: usize, row: &RowCurrency, span: Span, sink: &mut Sink) -> Option<Unit> {
    let name = row.column.clone().unwrap_or_else(|| Name::new(row.column().to_string(), span));
    let ty = match rows.meaning(source, Place::Column, &name.value) {
        Meaning::Physical => columns::physical(rows, source, &name, sink)?.ty(),
        Meaning::Node(node) => match rows.nodes[node].kind {
            NodeKind::Column(column) => column.ty.as_ref().map_or(Type::Unknown, |ty| columns::of(ty.value)),
            NodeKind::Dimension(_) => Type::Unknown,
        },
    };
    if !matches!(ty, Type::Text | Type::Unknown) {
        let message = format!("`{}` says the currency, and is {}", name.value, a(ty));
        let error = Diagnostic::error(Code::TypeMismatch, name.span, message);
        sink.push(error.because("a currency is told by its ISO code, a text: `'EUR'`"));
        return None;
    }
    Some(Unit::money(Currency::OfRow { path: Vec::new(), column: name.value }))
}

/// A unit of a joined source's column, as the row sees it that joins.
pub fn behind(rows: &Rows<'_>, source: usize, join: &str, unit: &Unit) -> Unit {
    if unit.of_rows().next().is_none() {
        return unit.clone();
    }
    let names = rows.sources[source].joins.get(join);
    unit.renamed(&|currency| match currency {
        Currency::Code(_) => currency.clone(),
        Currency::OfRow { path, column } => {
            let compared = names.filter(|_| path.is_empty()).and_then(|join| compared(rows, join, column));
            compared.unwrap_or_else(|| {
                let path = std::iter::once(join.to_string()).chain(path.iter().cloned()).collect();
                Currency::OfRow { path, column: column.clone() }
            })
        }
    })
}

/// The row's own column that a join compares with one of the other source.
fn compared(rows: &Rows<'_>, join: &JoinNames<'_>, column: &str) -> Option<Currency> {
    let on = &join.def.on;
    let place = if join.def.as_of.is_some() {
        // By columns of the same names.
        on.iter().position(|path| path.name.value == column)
    } else {
        let key = rows.sources[join.target?].def.key.as_ref()?;
        key.value.iter().position(|name| name.value == column)
    };
    let mine = on.get(place?)?;
    let path = mine.qualifier.iter().map(|join| join.value.clone()).collect();
    Some(Currency::OfRow { path, column: mine.name.value.clone() })
}

/// The physical columns of a source of which its exchange rates are made.
pub fn rates(rows: &Rows<'_>, source: usize) -> IndexSet<String> {
    let names = &rows.sources[source];
    let is_rate =
        |column: &&Column| matches!(column.unit.as_ref().map(|u| &u.value), Some(ColumnUnit::Rate(..)));
    let mut found = IndexSet::new();
    for column in names.def.columns.iter().filter(is_rate) {
        let node = names.columns.get(column.header.name.value.as_str());
        let value = node.and_then(|node| rows.value(*node));
        value.into_iter().for_each(|value| {
            value.scalar.leaves(&mut |leaf: &ColumnRef| {
                if leaf.path.is_empty() {
                    found.insert(leaf.column.clone());
                }
            });
        });
    }
    found
}

/// The unit of what an aggregate takes of a source's rows; those of several currencies
/// are refused.
pub fn of_all(
    (rows, source): (&Rows<'_>, usize),
    name: &str,
    value: &Typed<ColumnRef>,
    filter: Option<&Row>,
    sink: &mut Sink,
) -> Option<Unit> {
    if value.unit.of_rows().next().is_none() {
        return Some(value.unit.clone());
    }
    let own = rows.sources[source].def.rows.as_ref();
    // Its findings are reported with the source.
    let own = own.and_then(|own| rows.condition(source, Place::Row, &own.value, &mut Sink::new()));
    let unit = own.iter().chain(filter).fold(value.unit.clone(), |unit, filter| known(&unit, filter));
    let Some((currency, _)) = unit.of_rows().next() else { return Some(unit) };
    sink.push(mixed(name, value.span(), &unit, currency));
    None
}

fn mixed(name: &str, span: Span, unit: &Unit, currency: &Currency) -> Diagnostic {
    let others: Vec<&Currency> = unit.of_rows().map(|(currency, _)| currency).collect();
    if let [first, second, ..] = others.as_slice() {
        let message = format!("an amount in {first} meets a rate of {second}");
        return Diagnostic::error(Code::MixedCurrencies, span, message)
            .because("the join that finds the rate does not compare the two columns, so it may be the rate of another currency")
            .help("join the rates on the currency as well: `join fx: rates on ordered_on, currency`");
    }
    let message = format!("`{name}` is taken over amounts in {currency}, which differs from row to row");
    Diagnostic::error(Code::MixedCurrencies, span, message)
        .because("a hundred yen and a hundred euros are no two hundred of anything")
        .help("convert first: multiply by a joined rate, `sum(amount * fx.rate)`; or keep to one currency: `where currency = 'EUR'`")
}

/// The unit of rows that a filter keeps to one currency.
fn known(unit: &Unit, filter: &Row) -> Unit {
    unit.renamed(&|currency| match currency {
        Currency::OfRow { path, column } => {
            let code = only(filter, path, column).filter(|code| units::currency(code).is_some());
            code.map_or_else(|| currency.clone(), |code| Currency::Code(code.to_string()))
        }
        Currency::Code(_) => currency.clone(),
    })
}

/// The only text that a column may have where a condition holds.
fn only<'r>(filter: &'r Row, path: &[String], column: &str) -> Option<&'r str> {
    match &filter.kind {
        ScalarKind::And(parts) => parts.iter().find_map(|part| only(part, path, column)),
        ScalarKind::Compare(Comparison::Equal, left, right) => match (&left.kind, &right.kind) {
            (ScalarKind::Leaf(leaf), ScalarKind::Literal(Literal::Text(code)))
            | (ScalarKind::Literal(Literal::Text(code)), ScalarKind::Leaf(leaf))
                if leaf.path == path && leaf.column == column =>
            {
                Some(code)
            }
            _ => None,
        },
        _ => None,
    }
}
