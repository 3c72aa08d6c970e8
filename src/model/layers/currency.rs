//! `money`: an amount in the project's currency, which a pack cannot know.

use crate::source::Spanned;
use crate::syntax::ast::{ColumnUnit, File, Item, Kpi, KpiProperty, Source, UnitName};
use crate::syntax::units;

/// Gives every amount of money the project's currency; without one no unit is known.
pub fn settle(files: &mut [File], currency: Option<&str>) {
    for item in files.iter_mut().flat_map(|file| &mut file.items) {
        match item {
            Item::Source(source) => columns(source, currency),
            Item::Kpi(kpi) => unit(kpi, currency),
            _ => {}
        }
    }
}

fn in_currency(unit: &UnitName, currency: Option<&str>) -> Option<UnitName> {
    if units::is_money(unit) {
        currency.map(|code| UnitName::Currency(code.into()))
    } else {
        Some(unit.clone())
    }
}

fn columns(source: &mut Source, currency: Option<&str>) {
    for column in &mut source.columns {
        let Some(Spanned { value: ColumnUnit::Unit(unit), span }) = &column.unit else { continue };
        column.unit = in_currency(unit, currency).map(|unit| Spanned::new(ColumnUnit::Unit(unit), *span));
    }
}

fn unit(kpi: &mut Kpi, currency: Option<&str>) {
    kpi.properties.retain_mut(|property| {
        let KpiProperty::Unit(unit) = &mut property.value else { return true };
        match in_currency(&unit.value, currency) {
            Some(known) => {
                unit.value = known;
                true
            }
            None => false,
        }
    });
}
