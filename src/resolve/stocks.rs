//! Stocks: when the rows of a source exist, and how a formula reads them.

use std::collections::HashSet;

use super::axis;
use super::expression::{Scope, Typed, typed};
use super::formula::NumberScope;
use super::numbers::{Lifted, Use};
use super::resolved::{Aggregate, Balance, Existence, NumberLeaf, Row, Snapshot, Stock};
use super::rows::Rows;
use super::scalar::{ScalarKind, Type};
use super::{time_share, tools, windows};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Call, ExprKind, TimeUnit};

/// When the rows of a source exist; `None`: what says so has findings.
pub fn existence(
    rows: &Rows<'_>,
    id: usize,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Existence> {
    let def = rows.sources[id].def;
    match (&def.active, &def.snapshot) {
        (Some(active), Some(_)) => {
            sink.push(
                Diagnostic::error(
                    Code::WrongArguments,
                    active.span,
                    "a source has either `active` or `snapshot`",
                )
                .because("its rows exist over an interval, or on the days of snapshots")
                .help("keep the one that the table is made of"),
            );
            None
        }
        (Some(active), None) => {
            let from = axis::at(rows, id, &active.value.from, warned, sink);
            let until = axis::at(rows, id, &active.value.until, warned, sink);
            Some(Existence::Interval { from: from?, until: until? })
        }
        (None, Some(property)) => {
            let day = axis::at(rows, id, &property.value.column, warned, sink);
            let carry = match &property.value.carry {
                Some(carry) => days(carry, sink),
                None => Some(0),
            };
            let sparse = if property.value.sparse { Some(keys(rows, id, property, sink)?) } else { None };
            Some(Existence::Snapshot(Snapshot { day: day?, sparse, carry: carry? }))
        }
        (None, None) => Some(Existence::Timeless),
    }
}

/// `carry 3 days`
fn days(carry: &Spanned<ast::Duration>, sink: &mut Sink) -> Option<u32> {
    let factor = match carry.value.unit {
        TimeUnit::Day => Some(1),
        TimeUnit::Week => Some(7),
        _ => None,
    };
    let days = factor.and_then(|factor: u32| carry.value.count.parse::<u32>().ok()?.checked_mul(factor));
    if days.is_none_or(|days| days > 100_000) {
        sink.push(
            Diagnostic::error(
                Code::WrongArguments,
                carry.span,
                "`carry` takes a whole number of days or weeks",
            )
            .because("a snapshot is of a day, and months are of different lengths")
            .help("write `carry 3 days`"),
        );
        return None;
    }
    days
}

/// What a row of a snapshot is known by, beside the day.
fn keys(
    rows: &Rows<'_>,
    id: usize,
    snapshot: &ast::Property<ast::Snapshot>,
    sink: &mut Sink,
) -> Option<Vec<Row>> {
    let def = rows.sources[id].def;
    let Some(key) = &def.key else {
        sink.push(
            Diagnostic::error(
                Code::MissingKey,
                snapshot.span,
                "a sparse snapshot needs the key of its source",
            )
            .because("each key keeps its last value, and without one no row follows another")
            .help("declare it: `key day, sku`"),
        );
        return None;
    };
    let day = &snapshot.value.column;
    let others = key.value.iter().filter(|name| day.qualifier.is_some() || name.value != day.name.value);
    let value = |name: &ast::Name| {
        let path = ast::Path { qualifier: None, name: name.clone() };
        // Reported with the key.
        rows.column(id, &path, &mut Sink::new()).map(|value| value.scalar)
    };
    others.map(value).collect()
}

/// Readings of a stock at one instant, or at the ends of days.
pub const READINGS: [&str; 3] = ["at_start", "at_end", "average"];

fn usage(call: &Call) -> Diagnostic {
    let name = call.function.value.as_str();
    Diagnostic::error(Code::WrongArguments, call.function.span, format!("`{name}` takes one stock"))
        .help(format!("write `{name}(subscribers)`"))
}

/// `at_end(stock)`
pub fn reading(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let e = match tools::first(call) {
        Some(e) if call.args.len() == 1 && call.per.is_none() && !call.distinct => e,
        Some(_) | None => return s.report(usage(call)),
    };
    let balance = match name {
        "at_start" => Balance::Opening,
        "at_end" => Balance::Closing,
        _ => Balance::Mean,
    };
    if s.reads_stocks() {
        return s.report(time_share::read_twice(name, span));
    }
    let ExprKind::Path(path) = &e.value else {
        return s.report(
            Diagnostic::error(
                Code::WrongKind,
                e.span,
                format!("`{name}` reads one stock, and this is a formula"),
            )
            .help(format!("read each stock, then calculate: `{name}(a) / {name}(b)`")),
        );
    };
    let is_stock = path.qualifier.is_none() && s.numbers.is_stock(&path.name.value);
    if !is_stock {
        let value = typed(s, e)?;
        let why = why_no_stock(windows::moves(&value.scalar, s.numbers));
        return s.report(
            no_stock(&path.name.value, name, value.span())
                .because(why)
                .help("use it without the reading, or name a `stock` of a source"),
        );
    }
    let numbers = s.numbers;
    let (id, known) = numbers.stocks.get_key_value(path.name.value.as_str())?;
    let known = known.as_ref()?;
    if let (Balance::Mean, Some(error)) = (balance, no_mean(&known.measure, span)) {
        return s.report(error);
    }
    s.uses.push(Use { source: known.source, measure: id, lifted: Lifted::Some(Vec::new()) });
    s.unbound.extend(known.unbound.iter().cloned());
    let ty = match balance {
        Balance::Opening | Balance::Closing => known.measure.ty,
        Balance::Mean if known.measure.ty == Type::Duration => Type::Duration,
        Balance::Mean => Type::Float,
    };
    let leaf = ScalarKind::Leaf(NumberLeaf::Stock((*id).to_string(), balance));
    Some(Typed::new(leaf, ty, known.unit.clone(), span))
}

/// Why a number cannot be read like a stock.
pub fn why_no_stock(moves: windows::Moves) -> &'static str {
    if moves.stock || moves.share {
        "it says already when its stock is read"
    } else {
        "a flow is what happened in a period and has no value at an instant"
    }
}

/// A number that is read like a stock.
pub fn no_stock(id: &str, reading: &str, span: Span) -> Diagnostic {
    let message = format!("`{id}` is no stock, and `{reading}` reads stocks");
    Diagnostic::error(Code::WrongKind, span, message)
}

/// Why a stock has no mean over time.
fn no_mean(stock: &Stock, span: Span) -> Option<Diagnostic> {
    match stock.aggregate {
        Aggregate::Count | Aggregate::CountDistinct(_) | Aggregate::Sum(_) => None,
        Aggregate::Avg(_)
        | Aggregate::Min(_)
        | Aggregate::Max(_)
        | Aggregate::Percentile(..)
        | Aggregate::Stddev(_)
        | Aggregate::Corr(..) => Some(
            Diagnostic::error(
                Code::AverageOfRatios,
                span,
                format!("`average` is taken of the stock `{}`, which is no total", stock.id),
            )
            .because("a day with few rows would weigh as much as one with many")
            .help("divide means of totals: `average(stock_value) / average(units)`; or read it `at_end`"),
        ),
    }
}
