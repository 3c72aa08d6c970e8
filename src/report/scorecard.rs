//! The long shape, for BI tools: a line per KPI, period, slice and segment.

use super::json;
use super::number::Number;
use super::period;
use super::sheet::{Column, Kind, Layout, Line, OWN, Sheet};
use crate::plan::{Moment, Output, Plan};
use crate::resolve::resolved::Grain;
use crate::run::{Rows, Value};

const COLUMNS: [(&str, Kind); 13] = [
    ("kpi", Kind::Word),
    ("grain", Kind::Word),
    // Hours, which are no days, are words.
    ("period_start", Kind::Day),
    ("period_end", Kind::Day),
    ("is_complete", Kind::Truth),
    ("is_break", Kind::Truth),
    ("segment", Kind::Word),
    ("slicing", Kind::Word),
    ("dimension", Kind::Word),
    ("member", Kind::Word),
    ("slice", Kind::Word),
    ("value", Kind::Number(Number { unit: None, is_span: false, format: None })),
    ("unit", Kind::Word),
];

/// A line for each KPI of each row; `period_end` is exclusive, `slice` a JSON
/// object of the members, `dimension` and `member` are given where there is one.
pub fn scorecard(plan: &Plan, rows: &Rows) -> Sheet {
    let layout = Layout { plan };
    let of_values = |column: &usize| matches!(COLUMNS[*column].1, Kind::Number(_));
    let mut lines = Vec::with_capacity(rows.rows.len() * plan.outputs.len());
    for (index, output) in plan.outputs.iter().enumerate() {
        for row in &rows.rows {
            let is_complete = layout.is_complete(row, index);
            lines.push(Line {
                values: values(&layout, output, index, row, is_complete),
                is_complete,
                breaks: Vec::new(),
                sliced: Vec::new(),
                others: None,
                suppressed: match layout.is_suppressed(row, index) {
                    true => (0..COLUMNS.len()).filter(of_values).collect(),
                    false => Vec::new(),
                },
            });
        }
    }
    let kind = |kind: Kind| match (kind, plan.grain) {
        (Kind::Day, Grain::Hour) => Kind::Word,
        (kind, _) => kind,
    };
    let minimum = plan.minimum.is_some().then_some(("is_suppressed", Kind::Suppressed));
    let others = layout.place().map(|_| ("is_others", Kind::Others));
    let columns = COLUMNS.into_iter().chain(minimum).chain(others);
    let columns = columns.map(|(name, k)| Column { name: name.into(), kind: kind(k) }).collect();
    Sheet { columns, lines, context: Vec::new() }
}

fn values(
    layout: &Layout<'_>,
    output: &Output,
    index: usize,
    row: &[Value],
    is_complete: bool,
) -> Vec<Value> {
    let plan = layout.plan;
    let word = |text: &str| Value::Text(text.to_string());
    let start = row.first().cloned().unwrap_or(Value::Null);
    let sliced = layout.sliced(row);
    let member = |dimension: usize| &row[OWN + dimension];
    let only = match sliced.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let name = |dimension: usize| word(&plan.scope.dimensions[dimension].id);
    let mut values = vec![
        word(&output.kpi),
        word(plan.grain.word()),
        period::start(plan, &start),
        end(layout, row),
        Value::Boolean(is_complete),
        Value::Boolean(layout.is_break(row, index)),
        row[2].clone(),
        row[1].clone(),
        only.map_or(Value::Null, name),
        only.map_or(Value::Null, |d| member(d).text().map_or(Value::Null, Value::Text)),
        Value::Text(json::object(sliced.iter().map(|d| (plan.scope.dimensions[*d].id.as_str(), member(*d))))),
        row[OWN + layout.dimensions() + index].clone(),
        output.unit.as_ref().map_or(Value::Null, |unit| Value::Text(unit.word())),
    ];
    if plan.minimum.is_some() {
        values.push(Value::Boolean(layout.is_suppressed(row, index)));
    }
    values.extend(layout.place().map(|(place, _)| row[OWN + place].clone()));
    values
}

fn end(layout: &Layout<'_>, row: &[Value]) -> Value {
    let Some(period) = layout.period(row) else { return Value::Null };
    let Moment { local, utc } = layout.plan.range.end_of(period);
    match layout.plan.grain {
        Grain::Hour => period::start(layout.plan, &Value::Timestamp(utc)),
        _ => Value::Date(local.date()),
    }
}
