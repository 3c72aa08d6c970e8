//! Unit tests: what stands behind `given`, `when` and `then`, and rows.

use super::expression::{self, Level};
use super::phrase::Phrase;
use super::words::{self, name, path, paths};
use crate::syntax::ast::{Cell, Given, Then, When};

/// `orders (order_id, amount)`
pub(super) fn given(given: &Given) -> Phrase<'_> {
    Phrase::of(format!("{} {}", name(&given.source), columns(&given.table.columns)))
}

/// `some (month, revenue)`
pub(super) fn then(then: &Then) -> Phrase<'_> {
    Phrase::new().maybe(then.some.then(|| "some".to_owned())).words(columns(&then.table.columns))
}

/// `(order_id, amount)`
pub(super) fn columns(names: &[crate::syntax::ast::Path]) -> String {
    format!("({})", paths(names))
}

/// `(1, 100)`
pub(super) fn row<'a>(cells: &[Cell]) -> Phrase<'a> {
    let cells: Vec<String> = cells.iter().map(cell).collect();
    Phrase::of(format!("({})", cells.join(", ")))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Value(value) => expression::flat(value, Level::Or),
        Cell::Period(period) => words::period(period.value),
    }
}

/// `revenue by channel grain month from 2026-01 to 2026-02`
pub(super) fn when(when: &When) -> Phrase<'_> {
    let mut phrase = Phrase::of(words::names(&when.kpis));
    for by in &when.by {
        let dimensions: Vec<String> = by.iter().map(path).collect();
        phrase = phrase.words(format!("by {}", dimensions.join(", ")));
    }
    phrase
        .maybe(when.total.then(|| "total".to_owned()))
        .maybe(when.grain.as_ref().map(|grain| format!("grain {}", grain.value.word())))
        .maybe(when.from.as_ref().map(|from| format!("from {}", words::period(from.value))))
        .maybe(when.to.as_ref().map(|to| format!("to {}", words::period(to.value))))
        .maybe(when.as_of.as_ref().map(|day| format!("as_of {}", day.value)))
        .maybe(when.clip.then(|| "clip".to_owned()))
        .maybe_expr("where", when.filter.as_ref(), Level::Or)
        .maybe((!when.segments.is_empty()).then(|| format!("segments {}", words::names(&when.segments))))
}
