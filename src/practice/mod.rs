//! How KPIs are kept: findings that change no number.
//!
//! Takes the model and what is sound of it, gives findings of lints. Never decides whether
//! a finding is shown: levels and what is allowed in place do (`model/lints.rs`). Never
//! looks at a definition with errors.

mod bases;
mod benchmarks;
mod beneath;
mod complete;
mod crowded;
mod formulas;
mod horizons;
mod names;
mod of_persons;
mod personal;
mod shape;
mod shown;
mod smart;
mod stages;

pub use of_persons::{OfPersons, of_persons};
pub use personal::sliced;

use crate::diagnostic::Sink;
use crate::model::Model;
use crate::resolve::Resolved;

/// Everything that lints of practice find.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    let mut found = Sink::new();
    complete::check(resolved, &mut found);
    horizons::check(resolved, &mut found);
    formulas::check(resolved, &mut found);
    names::check(resolved, &mut found);
    bases::check(resolved, &mut found);
    personal::check(model, resolved, &mut found);
    smart::check(model, resolved, &mut found);
    crowded::check(model, resolved, &mut found);
    shown::check(resolved, &mut found);
    stages::check(model, resolved, &mut found);
    benchmarks::check(model, resolved, &mut found);
    // What a pack offers and nobody can compute yet, nobody keeps yet.
    let waiting: Vec<_> = resolved.kpis.values().filter(|kpi| !kpi.unbound.is_empty()).collect();
    let found = found.into_sorted().into_iter().filter(|finding| {
        let mut places = finding.span.into_iter().filter(|span| model.is_of_pack(*span));
        !places.any(|span| waiting.iter().any(|kpi| kpi.span.holds(span)))
    });
    sink.extend(found);
}
