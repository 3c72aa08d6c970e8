//! One number under two names.

use std::collections::HashMap;

use super::shape::{self, Shape};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::Kpi;

/// KPIs that are the same number, and KPIs that tell the same in another form.
///
/// Each is compared with the first of its kind: a look into a table for each KPI.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    let shapes = shape::all(resolved);
    let mut same: HashMap<Shape, &Kpi> = HashMap::new();
    let mut near: HashMap<Shape, &Kpi> = HashMap::new();
    for kpi in resolved.kpis.values() {
        let Some(shapes) = shapes.get(kpi.id.as_str()) else { continue };
        if let Some(first) = same.get(&shapes.whole) {
            sink.push(the_same(first, kpi));
            continue;
        }
        same.insert(shapes.whole, kpi);
        match near.get(&shapes.core) {
            Some(first) => sink.push(nearly(first, kpi)),
            None => {
                near.insert(shapes.core, kpi);
            }
        }
    }
}

fn the_same(first: &Kpi, kpi: &Kpi) -> Diagnostic {
    let span = kpi.definition.header.name.span;
    Diagnostic::warning(Code::SameFormula, span, format!("`{}` is the same number as `{}`", kpi.id, first.id))
        .label(first.definition.header.name.span, "defined here first")
        .because(
            "two names for one number are taken for two numbers, and one day only one of them is changed",
        )
        .help(format!("keep one, and give it the other name: `alias {}`", kpi.id))
}

fn nearly(first: &Kpi, kpi: &Kpi) -> Diagnostic {
    let span = kpi.definition.header.name.span;
    let fact = format!("`{}` says the same as `{}` in another form", kpi.id, first.id);
    Diagnostic::warning(Code::NearFormula, span, fact)
        .label(first.definition.header.name.span, "defined here first")
        .because("they differ by a power of ten, are each other's inverse, or differ in `empty` alone")
        .help("keep the one that people use; a unit such as `percent` decides how it is shown")
}
