//! What a lock tells of keys and joins, counted on a day.

use kpic::dialect::Dialect;
use kpic::lower::SqlTexts;
use kpic::model::Model;
use kpic::practice::OfPersons;
use kpic::resolve::Resolved;
use kpic::resolve::resolved::Source;
use kpic::schema::{JoinMeasured, KeyMeasured, Measured, Place};

use super::tables::Tables;
use crate::cli::execute::Stopped;
use crate::cli::health::{Asks, Examination, Examined};

/// When it is measured.
#[derive(Debug, Clone)]
pub struct Measuring {
    /// `2026-11-28`
    pub day: String,
}

/// Counts in every table that was found. Of columns of which nobody says whether they may be
/// NULL it is looked whether they are.
///
/// # Errors
/// What is said of a query; an interruption.
pub fn measure(
    model: &Model<'_>,
    bound: &Resolved,
    texts: &SqlTexts,
    dialect: &'static dyn Dialect,
    measuring: &Measuring,
    found: &mut Tables,
    asks: &mut dyn Asks,
) -> Result<(), Stopped> {
    let persons = OfPersons::default();
    let examination =
        Examination { model, resolved: bound, texts, dialect, persons: &persons, samples: false };
    for source in bound.sources.values() {
        let place = model.sources.get(source.name.as_str()).and_then(|def| def.relation.as_ref());
        let Some(place) = place.map(|relation| Place::of(&relation.value)) else { continue };
        let Some(table) = found.tables.get(&place) else { continue };
        if !partners_are_there(source, model, found) {
            continue;
        }
        let unsaid = table.columns.iter().filter(|(_, column)| column.nullable.is_none());
        let unsaid: Vec<String> = unsaid.map(|(name, _)| name.clone()).collect();
        // What a condition leaves out is NULL or not without anybody counting it.
        let nulls = if source.rows.is_none() { unsaid } else { Vec::new() };
        let examined = examination.of(source, &nulls, asks)?;
        let table = found.tables.get_mut(&place).expect("it was just there");
        for (name, nulls) in &examined.nulls {
            if let Some(column) = table.columns.get_mut(name) {
                column.nullable = Some(*nulls > 0);
            }
        }
        found.measured.insert(source.name.clone(), measured(examined, measuring));
    }
    Ok(())
}

/// Whether all that its joins lead to was found, too.
fn partners_are_there(source: &Source, model: &Model<'_>, found: &Tables) -> bool {
    source.joins.values().all(|join| {
        let target = model.sources.get(join.source.as_str()).and_then(|def| def.relation.as_ref());
        target.is_some_and(|relation| found.tables.contains_key(&Place::of(&relation.value)))
    })
}

fn measured(examined: Examined, measuring: &Measuring) -> Measured {
    let joins = examined.joins.into_iter().map(|join| {
        let measured = JoinMeasured {
            to: join.to,
            on: join.on.join(", "),
            without: join.without,
            unmatched: join.unmatched.count,
        };
        (join.name, measured)
    });
    Measured {
        day: measuring.day.clone(),
        rows: examined.rows,
        joins: joins.collect(),
        key: examined
            .key
            .map(|key| KeyMeasured { columns: key.columns.join(", "), repeated: key.repeated.count }),
    }
}
