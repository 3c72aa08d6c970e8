//! The wide shape: a line per period, slice and segment, a column per KPI.

use super::number::Number;
use super::period;
use super::sheet::{Column, Kind, Layout, Line, OWN, Sheet, member};
use crate::plan::{Plan, Role, suppressed};
use crate::resolve::scalar::Type;
use crate::run::{Rows, Value};

/// The rows as they come, periods written out.
pub fn wide(plan: &Plan, rows: &Rows) -> Sheet {
    let layout = Layout { plan };
    let lines = rows.rows.iter().map(|row| Line {
        values: values(plan, row),
        is_complete: layout.all_complete(row),
        breaks: layout.breaks(row),
        sliced: layout.sliced(row).into_iter().map(|dimension| OWN + dimension).collect(),
        suppressed: (0..plan.outputs.len())
            .filter(|output| layout.is_suppressed(row, *output))
            .map(|output| OWN + layout.dimensions() + output)
            .collect(),
        others: layout.place().filter(|_| layout.is_others(row)).map(|(_, of)| OWN + of),
        number: None,
    });
    Sheet { lines: lines.collect(), columns: columns(plan), context: Vec::new() }
}

fn columns(plan: &Plan) -> Vec<Column> {
    let column = |name: &str, kind: Kind| Column::new(name, kind);
    let own = [("period_start", Kind::Period(plan.grain)), ("slicing", Kind::Word), ("segment", Kind::Word)];
    let mut columns: Vec<Column> = own.into_iter().map(|(name, kind)| column(name, kind)).collect();
    columns.extend(plan.scope.dimensions.iter().map(|d| column(&d.id, member(d))));
    columns.extend(plan.outputs.iter().map(|output| {
        let kind = match output.role {
            Role::Status => Kind::Status,
            _ => Kind::Number(Number {
                unit: output.unit.clone(),
                is_span: output.ty == Type::Duration,
                format: output.format,
            }),
        };
        column(&output.column(), kind).of(output.role)
    }));
    if plan.minimum.is_some() {
        let suppressed =
            plan.outputs.iter().map(|output| column(&suppressed(&output.column()), Kind::Suppressed));
        columns.extend(suppressed);
    }
    columns
}

fn values(plan: &Plan, row: &[Value]) -> Vec<Value> {
    let mut values = row.to_vec();
    if let Some(first) = values.first_mut() {
        *first = period::start(plan, first);
    }
    values
}
