//! Shares of time: `time_share(down = 0)`, the part of a period in which a condition
//! over stocks holds.

use super::expression::{Scope, Typed, condition};
use super::formula::NumberScope;
use super::numbers::{Lifted, Use};
use super::of_nothing::holds;
use super::resolved::{
    Aggregate, Balance, Existence, Existing, Number, NumberLeaf, Predicate, Stock, TimeShare,
};
use super::rows::not_yet;
use super::scalar::{Scalar, ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::{stocks, tools, windows};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Call, Name};

pub const NAME: &str = "time_share";

/// `time_share(condition)`
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let e = match tools::first(call) {
        Some(e) if call.args.len() == 1 && call.per.is_none() && !call.distinct => e,
        Some(_) | None => return s.report(usage(call)),
    };
    if s.reads_stocks() {
        return s.report(read_twice(NAME, span));
    }
    let condition = s.with_stocks(|s| condition(s, e))?.scalar;
    let mut errors = Vec::new();
    let condition = flat(&condition, &[], s, &mut errors);
    if !errors.is_empty() {
        s.sink().extend(errors);
        return None;
    }
    let mut reads_any = false;
    condition.leaves(&mut |_| reads_any = true);
    if !reads_any {
        return s.report(usage(call));
    }
    let Some(of_nothing) = holds(&condition) else {
        return s.report(
            not_yet(e.span, "a function in a condition of `time_share`")
                .because("whether it holds while nothing exists must be told beforehand"),
        );
    };
    let leaf = NumberLeaf::TimeShare(Box::new(TimeShare { condition, of_nothing }));
    Some(Typed::new(ScalarKind::Leaf(leaf), Type::Float, Unit::plain(Kind::Ratio), span))
}

fn usage(call: &Call) -> Diagnostic {
    let message = "`time_share` takes one condition over stocks";
    Diagnostic::error(Code::WrongArguments, call.function.span, message)
        .help("write `time_share(subscribers > 0)`")
}

/// A stock as it stands in the condition.
pub fn existing(s: &mut NumberScope<'_, '_>, name: &Name) -> Option<Typed<NumberLeaf>> {
    let numbers = s.numbers;
    let (id, known) = numbers.stocks.get_key_value(name.value.as_str())?;
    let known = known.as_ref()?;
    if let Some(error) = not_followed(&known.measure, name.span) {
        return s.report(error);
    }
    s.uses.push(Use { source: known.source, measure: id, lifted: Lifted::Some(Vec::new()) });
    s.unbound.extend(known.unbound.iter().cloned());
    let leaf = ScalarKind::Leaf(NumberLeaf::Stock((*id).to_string(), Balance::Closing));
    Some(Typed::new(leaf, known.measure.ty, known.unit.clone(), name.span))
}

/// Why a stock cannot be told at every instant.
fn not_followed(stock: &Stock, span: Span) -> Option<Diagnostic> {
    let id = &stock.id;
    if let Existence::Snapshot(_) = stock.exists {
        let message = format!("`{id}` is counted on the days of snapshots, and `{NAME}` reads every instant");
        return Some(
            Diagnostic::error(Code::WrongKind, span, message)
                .because("between two snapshots nobody knows what is there")
                .help("count the days instead: a measure of the snapshots, `count() at day where …`"),
        );
    }
    match (&stock.aggregate, stock.ty) {
        (Aggregate::Count | Aggregate::CountDistinct(_), _) => None,
        (Aggregate::Sum(_), Type::Integer | Type::Decimal(_)) => None,
        (Aggregate::Sum(_), _) => Some(
            not_yet(span, &format!("`{NAME}` of `{id}`, a sum of numbers that are not known to be exact,"))
                .because("what comes and goes is added up, and of inexact numbers something would remain when all is gone")
                .help("declare the column that is summed: `column fee : decimal(12,2)`"),
        ),
        (
            Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_)
            | Aggregate::Percentile(..)
            | Aggregate::Stddev(_)
            | Aggregate::Corr(..),
            _,
        ) => Some(
            not_yet(span, &format!("`{NAME}` of `{id}`, which is no total,"))
                .because("what comes and goes is added up, and this is no sum")
                .help("compare totals: sums, counts, and what they make"),
        ),
    }
}

/// The condition with what restricts each stock beside it.
fn flat(
    number: &Number,
    restricted: &[Predicate],
    s: &NumberScope<'_, '_>,
    errors: &mut Vec<Diagnostic>,
) -> Scalar<Existing> {
    number.replace(&mut |leaf, at| match leaf {
        NumberLeaf::Restrict(value, predicate) => {
            let mut inner = restricted.to_vec();
            if !inner.contains(predicate) {
                inner.push((**predicate).clone());
            }
            flat(value, &inner, s, errors)
        }
        leaf => {
            let (stock, error) = match leaf {
                NumberLeaf::Stock(id, _) => (id.clone(), None),
                leaf => (String::new(), Some(no_stock(leaf, at, s))),
            };
            errors.extend(error);
            let existing = Existing { stock, restricted: restricted.to_vec() };
            Scalar::new(ScalarKind::Leaf(existing), at.ty, at.span)
        }
    })
}

/// A number in the condition that is no stock.
fn no_stock(leaf: &NumberLeaf, at: &Number, s: &NumberScope<'_, '_>) -> Diagnostic {
    let why = stocks::why_no_stock(windows::moves(at, s.numbers));
    match leaf {
        NumberLeaf::Measure(id) | NumberLeaf::Kpi(id) => stocks::no_stock(id, NAME, at.span)
            .because(why)
            .help("name a `stock` of a source, as it is: `time_share(subscribers > 0)`"),
        NumberLeaf::Total(..) => not_yet(at.span, &format!("a total inside of `{NAME}`"))
            .because("a slice and the whole would have to be followed beside each other")
            .help("take the total of the share: `total(time_share(…))`"),
        NumberLeaf::Previous(..) | NumberLeaf::Window(..) => {
            let message = format!("`{NAME}` compares stocks at every instant, and this is of a period");
            Diagnostic::error(Code::WrongKind, at.span, message)
                .because("an instant has no earlier period and no window")
                .help("take them of the share: `previous(time_share(…), 1 year)`, `rolling(time_share(…), 28 days)`")
        }
        NumberLeaf::Restrict(..)
        | NumberLeaf::Stock(..)
        | NumberLeaf::TimeShare(_)
        | NumberLeaf::PerMember(_)
        | NumberLeaf::OverPeriods(_)
        | NumberLeaf::Rank(..)
        | NumberLeaf::Versions(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::Attainment(_)
        | NumberLeaf::StepTime(_) => {
            let message = format!("`{NAME}` compares stocks, and this is another number");
            Diagnostic::error(Code::WrongKind, at.span, message)
                .because("it is of a period and has no value at an instant")
                .help("name a `stock` of a source, as it is: `time_share(subscribers > 0)`")
        }
    }
}

/// A stock that is read at an instant of the period, where every instant is.
pub fn read_twice(reading: &str, span: Span) -> Diagnostic {
    let message = format!("`{reading}` stands inside of `{NAME}`, which reads stocks at every instant");
    Diagnostic::error(Code::WrongKind, span, message)
        .because("one instant of a period tells nothing about the others")
        .help("name the stock as it is: `time_share(subscribers > 0)`")
}

/// `cumulative(time_share(…))`
pub fn of_all_time(span: Span) -> Diagnostic {
    let message = format!("`cumulative` is taken of `{NAME}`");
    Diagnostic::error(Code::StockInWindow, span, message)
        .because("all time that ever was has no length, and a share of it is nothing")
        .help("say how long: `rolling(time_share(…), 12 months)`, or `to_date(time_share(…), year)`")
}
