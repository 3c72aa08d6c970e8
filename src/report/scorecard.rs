//! The long shape: a line per KPI, period, slice and segment, for BI tools; for people
//! a card of how each KPI stands.

use super::json;
use super::number::Number;
use super::period;
use super::sheet::{Column, Kind, Layout, Line, OWN, Reader, Sheet, member};
use super::standing::{Standing, standings};
use crate::plan::{Moment, Plan, Role};
use crate::resolve::resolved::{Grain, UnitName};
use crate::resolve::scalar::Type;
use crate::run::{Rows, Value};

/// What is said of each KPI, in the order of the columns; the unit stands behind the value.
const ROLES: [Role; 10] = [
    Role::Value,
    Role::Target,
    Role::TargetTo,
    Role::Attainment,
    Role::Pacing,
    Role::Status,
    Role::Projected,
    Role::Previous,
    Role::Change,
    Role::ChangeRatio,
];

/// A line for each KPI of each row; `period_end` is exclusive, `slice` a JSON
/// object of the members, `dimension` and `member` are given where there is one.
pub fn scorecard(plan: &Plan, rows: &Rows) -> Sheet {
    let layout = Layout { plan };
    let columns = columns(plan);
    let mut lines = Vec::with_capacity(rows.rows.len() * plan.outputs.len());
    for standing in standings(plan) {
        for row in &rows.rows {
            lines.push(line(&Of { layout: &layout, standing: &standing, row }, &columns));
        }
    }
    Sheet { columns, lines, context: Vec::new() }
}

fn columns(plan: &Plan) -> Vec<Column> {
    let day = match plan.grain {
        // Hours, which are no days, are words.
        Grain::Hour => Kind::Word,
        _ => Kind::Day,
    };
    let programs = |name: &str, kind: Kind| Column::new(name, kind).read_by(Reader::Programs);
    let mut columns = vec![
        Column::new("kpi", Kind::Kpi),
        programs("grain", Kind::Word),
        Column::new("period_start", Kind::Period(plan.grain)),
        programs("period_end", day),
        programs("is_complete", Kind::Truth),
        programs("is_break", Kind::Truth),
        Column::new("segment", Kind::Word),
        Column::new("slicing", Kind::Word),
    ];
    let dimensions = plan.scope.dimensions.iter();
    columns.extend(dimensions.map(|d| Column::new(&d.id, member(d)).read_by(Reader::People)));
    columns.extend(["dimension", "member", "slice"].map(|name| programs(name, Kind::Word)));
    for role in ROLES {
        let kind = match role {
            Role::Status => Kind::Status,
            _ => match role.unit(None) {
                Some(unit) => Kind::Number(Number { unit: Some(unit), ..Number::default() }),
                None => Kind::Measured,
            },
        };
        columns.push(Column::new(role.word(), kind).of(role));
        columns.extend((role == Role::Value).then(|| programs("unit", Kind::Word)));
    }
    columns.extend(plan.minimum.is_some().then(|| Column::new("is_suppressed", Kind::Suppressed)));
    columns.extend(Layout { plan }.place().map(|_| Column::new("is_others", Kind::Others)));
    columns
}

/// A KPI in a row.
struct Of<'o> {
    layout: &'o Layout<'o>,
    standing: &'o Standing<'o>,
    row: &'o [Value],
}

fn line(of: &Of<'_>, columns: &[Column]) -> Line {
    let output = of.standing.kpi;
    let is_break = of.with(Role::Value, Layout::is_break);
    let first = columns.iter().position(|column| column.reader == Reader::People).unwrap_or(0);
    let suppressed = |column: &usize| match columns[*column].role {
        Some(Role::Status) if of.standing.output(Role::Status).is_none() => {
            of.with(Role::Value, Layout::is_suppressed)
        }
        Some(role) => of.with(role, Layout::is_suppressed),
        None => false,
    };
    Line {
        values: of.values(),
        is_complete: of.with(Role::Value, Layout::is_complete),
        breaks: if is_break { vec![output.kpi.clone()] } else { Vec::new() },
        sliced: of.layout.sliced(of.row).into_iter().map(|dimension| first + dimension).collect(),
        suppressed: (0..columns.len()).filter(suppressed).collect(),
        number: Some(Number {
            unit: output.unit.clone(),
            is_span: output.ty == Type::Duration,
            format: output.format,
        }),
        others: of.layout.place().filter(|_| of.layout.is_others(of.row)).map(|(_, of)| first + of),
    }
}

impl<'o> Of<'o> {
    /// What is so of an output of the KPI in the row.
    fn with(&self, role: Role, is_so: fn(&Layout<'o>, &[Value], usize) -> bool) -> bool {
        self.standing.output(role).is_some_and(|output| is_so(self.layout, self.row, output))
    }

    fn values(&self) -> Vec<Value> {
        let (layout, plan, row) = (self.layout, self.layout.plan, self.row);
        let word = |text: &str| Value::Text(text.to_string());
        let sliced = layout.sliced(row);
        let member = |dimension: usize| &row[OWN + dimension];
        let only = match sliced.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let id = |dimension: usize| plan.scope.dimensions[dimension].id.as_str();
        let mut values = vec![
            word(&self.standing.kpi.kpi),
            word(plan.grain.word()),
            period::start(plan, row.first().unwrap_or(&Value::Null)),
            self.end(),
            Value::Boolean(self.with(Role::Value, Layout::is_complete)),
            Value::Boolean(self.with(Role::Value, Layout::is_break)),
            row[2].clone(),
            row[1].clone(),
        ];
        values.extend(row[OWN..].iter().take(layout.dimensions()).cloned());
        values.extend([
            only.map_or(Value::Null, |dimension| word(id(dimension))),
            only.map_or(Value::Null, |d| member(d).text().map_or(Value::Null, Value::Text)),
            Value::Text(json::object(sliced.iter().map(|d| (id(*d), member(*d))))),
        ]);
        for role in ROLES {
            values.push(self.standing.value(layout, row, role));
            let unit = || self.standing.kpi.unit.as_ref().map(UnitName::word);
            values.extend((role == Role::Value).then(|| unit().map_or(Value::Null, Value::Text)));
        }
        let suppressed = || Value::Boolean(self.with(Role::Value, Layout::is_suppressed));
        values.extend(plan.minimum.is_some().then(suppressed));
        values.extend(layout.place().map(|(place, _)| row[OWN + place].clone()));
        values
    }

    fn end(&self) -> Value {
        let Some(period) = self.layout.period(self.row) else { return Value::Null };
        let Moment { local, utc } = self.layout.plan.range.end_of(period);
        match self.layout.plan.grain {
            Grain::Hour => period::start(self.layout.plan, &Value::Timestamp(utc)),
            _ => Value::Date(local.date()),
        }
    }
}
