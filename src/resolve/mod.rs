//! Model to resolved: every "is this KPI sound?" question.
//!
//! Takes the model (and the columns that data really has, when somebody looked),
//! gives [`resolved::Resolved`] and findings: names, types, units, joins, reach,
//! cycles. Definition errors end here. Never reads data and never thinks of SQL
//! text.

pub mod resolved;
pub mod scalar;

mod clock;
mod expression;
mod functions;
mod literal;
mod operators;
mod order;
mod scale;
mod size;
mod unit;

mod accepted;
mod additivity;
mod as_of;
mod attainment;
mod axis;
mod columns;
mod currency;
mod declared_types;
mod inherited;
mod joins;
mod measures;
mod members;
mod needs;
mod nulls;
mod reach;
mod rows;
mod sources;
mod stocks;

mod bands;
mod periods;
mod predicates;

mod cohorts;
mod decay;
mod format;
mod formula;
mod funnels;
mod goals;
mod grains;
mod kpis;
mod nature;
mod numbers;
mod of_nothing;
mod part_of_whole;
mod properties;
mod ranks;
mod spans;
mod steps;
mod time_share;
mod tools;
mod versions;
mod windows;

mod assertions;
mod benchmarks;
mod dashboards;
mod events;
mod objectives;

mod unused;

use std::collections::HashMap;

use indexmap::IndexMap;

pub use declared_types::written;
pub use order::order;
pub use resolved::{Catalog, Resolved};

use crate::diagnostic::Sink;
use crate::model::Model;
use crate::syntax::{ast, walk};
use crate::value;
use numbers::Numbers;
use resolved::{MinimumCell, Predicate, Settings};

/// Resolves a project. All findings of all definitions are reported; those with
/// errors are left out of the result, and so is what is built upon them.
pub fn resolve(model: &Model<'_>, catalog: &Catalog, sink: &mut Sink) -> Resolved {
    params(model, sink);
    let rows = sources::names(model, catalog, sink);
    joins::columns(&rows, sink);
    let mut warned = axis::check(&rows, sink);
    let sources = sources::resolved(&rows, &mut warned, sink);
    inherited::check(&rows, &sources, sink);
    let predicates = predicates::all(&rows, sink);
    let measures = measures::all(&rows, &sources, &mut warned, sink);
    let stocks = measures::stocks(&rows, &sources, &mut warned, sink);
    let mut numbers = Numbers {
        model,
        rows: &rows,
        sources: &sources,
        predicates: &predicates,
        measures: measures.into_iter().collect(),
        stocks: stocks.into_iter().collect(),
        funnels: IndexMap::new(),
        cohorts: IndexMap::new(),
        kpis: HashMap::new(),
        bands: IndexMap::new(),
    };
    nulls::check(
        &rows,
        &sources,
        numbers.measures.values().flatten(),
        numbers.stocks.values().flatten(),
        sink,
    );
    tools::check(&numbers, sink);
    let minimum_cell = minimum_cell(&predicates, model, sink);
    numbers.cohorts = cohorts::all(&numbers, &mut warned, sink).into_iter().collect();
    numbers.funnels = funnels::all(&numbers, &mut warned, sink).into_iter().collect();
    unused::tools(model, sink);
    let kpis = kpis::all(&mut numbers, sink);
    let objectives = objectives::all(&numbers, &kpis, sink);
    let dashboards = dashboards::all(&numbers, sink);
    let events = events::all(&numbers, sink);
    let assertions = assertions::all(&numbers, sink);
    unused::warn(&numbers, sink);
    sink.forgive(|name| model.lost.has(name));
    let measures = numbers
        .measures
        .into_iter()
        .filter_map(|(id, known)| Some((id.to_string(), known?.measure)))
        .collect();
    let stocks = numbers.stocks.into_iter();
    let funnels = numbers.funnels.into_iter();
    let bands = numbers.bands.into_iter();
    let cohorts = numbers.cohorts.into_iter();
    Resolved {
        settings: Settings { minimum_cell, ..settings(model) },
        measures,
        funnels: funnels.filter_map(|(id, funnel)| Some((id.to_string(), funnel?))).collect(),
        bands: bands.filter_map(|(id, known)| Some((id.to_string(), known?.bands))).collect(),
        cohorts: cohorts.filter_map(|(id, cohort)| Some((id.to_string(), cohort?))).collect(),
        stocks: stocks.filter_map(|(id, known)| Some((id.to_string(), known?.measure))).collect(),
        kpis,
        objectives,
        dashboards,
        events,
        assertions,
        sources: sources.into_iter().map(|source| (source.name.clone(), source)).collect(),
        dimensions: predicates.dimensions.into_iter().map(|(id, (info, _))| (id, info)).collect(),
        segments: predicates.segments.into_iter().filter_map(|(id, s)| Some((id, s?))).collect(),
        segmentations: predicates.segmentations,
    }
}

/// A request's condition over dimensions and segments. `None`: it has findings.
pub fn predicate(resolved: &Resolved, e: &ast::Expr, sink: &mut Sink) -> Option<Predicate> {
    predicates::requested(resolved, e, sink)
}

fn settings(model: &Model<'_>) -> Settings {
    let settings = &model.settings;
    Settings {
        name: settings.name.clone(),
        zone: settings.zone.clone(),
        timestamps: settings.timestamps.clone(),
        week_start: settings.week_start,
        fiscal_year: settings.fiscal_year,
        minimum_cell: None,
        locale: settings.locale.clone(),
        stages: settings.stages.iter().map(|stage| stage.value.clone()).collect(),
    }
}

/// Of which members so many must stand behind a number; one that is no dimension is reported.
fn minimum_cell(known: &predicates::Predicates, model: &Model<'_>, sink: &mut Sink) -> Option<MinimumCell> {
    let ast::MinimumCell { count, of } = model.settings.minimum_cell.as_ref()?;
    if known.dimensions.contains_key(&of.value) && !known.banded.contains_key(&of.value) {
        return Some(MinimumCell { count: count.value, of: of.value.clone(), span: of.span });
    }
    let unknown = predicates::unknown(known, of, sink);
    sink.push(unknown);
    None
}

/// The parameters' values, for users' own queries; one that is no literal, which
/// [`resolve`] reports, is left out.
pub fn parameters(model: &Model<'_>) -> IndexMap<String, value::Literal> {
    let values = model.params.iter();
    values.filter_map(|(name, param)| Some(((*name).to_string(), literal::value(param.value)?))).collect()
}

/// Parameters are literals; one that is none is reported where it is defined.
fn params(model: &Model<'_>, sink: &mut Sink) {
    for param in model.params.values() {
        let value = literal::unsigned(param.value).0;
        if literal::constant(&value.value, value.span).is_none() {
            sink.push(expression::no_literal(
                param.value.span,
                &format!("the value of the parameter `{}`", param.name.value),
            ));
        }
        sink.extend(param.own.and_then(|own| literal::replaced(&param.name.value, own, param.value)));
    }
}
