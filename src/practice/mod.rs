//! How KPIs are kept: findings that change no number.
//!
//! Takes the model and what is sound of it, gives findings of lints. Never decides whether
//! a finding is shown: levels and what is allowed in place do (`model/lints.rs`). Never
//! looks at a definition with errors.

mod bases;
mod beneath;
mod complete;
mod formulas;
mod horizons;
mod names;
mod personal;
mod shape;

pub use personal::sliced;

use crate::diagnostic::Sink;
use crate::model::Model;
use crate::resolve::Resolved;

/// Everything that lints of practice find.
pub fn check(model: &Model<'_>, resolved: &Resolved, sink: &mut Sink) {
    complete::check(resolved, sink);
    horizons::check(resolved, sink);
    formulas::check(resolved, sink);
    names::check(resolved, sink);
    bases::check(resolved, sink);
    personal::check(model, resolved, sink);
}
