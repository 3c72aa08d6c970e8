//! A result as a sheet: named columns of a kind, and lines.

use super::number::Number;
use crate::plan::{Dimension, DimensionKind, Plan, Role, Slicing};
use crate::resolve::resolved::Grain;
use crate::run::Value;
use crate::value::Type;

/// Columns in the order shown; each line has a value for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    /// What happened in the time that it shows, a line each, for people.
    pub context: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    /// What it says of a KPI; `None` where it says something of the line.
    pub role: Option<Role>,
    pub reader: Reader,
}

/// Who reads a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Anybody,
    /// In files and JSON.
    Programs,
    /// In tables, where it says what others say for programs.
    People,
}

impl Column {
    /// A column for anybody.
    pub fn new(name: impl Into<String>, kind: Kind) -> Column {
        Column { name: name.into(), kind, role: None, reader: Reader::Anybody }
    }

    pub fn of(self, role: Role) -> Column {
        Column { role: Some(role), ..self }
    }

    pub fn read_by(self, reader: Reader) -> Column {
        Column { reader, ..self }
    }

    /// The type that all its values fit, for files that have types.
    pub fn ty(&self) -> Type {
        match self.kind {
            Kind::Day => Type::Date,
            Kind::Truth | Kind::Suppressed | Kind::Others => Type::Boolean,
            Kind::Number(_) | Kind::Verdict | Kind::Measured => Type::Double,
            // Hours are told with their offset.
            Kind::Period(Grain::Hour) => Type::Text,
            Kind::Period(_) => Type::Date,
            Kind::Word | Kind::Kpi | Kind::Status | Kind::Member => Type::Text,
        }
    }
}

/// What a column's values are.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// The start of a period of this grain.
    Period(Grain),
    Day,
    Truth,
    /// Which slicing or segment a line belongs to, and other words.
    Word,
    /// The KPI of a line.
    Kpi,
    /// Members of a dimension.
    Member,
    /// How a number stands against its target.
    Status,
    /// Whether a KPI's value is suppressed.
    Suppressed,
    /// Whether a line is that of the members that are not named.
    Others,
    /// Whether an assertion holds, 1, or fails, 0; nothing where it is not decided.
    Verdict,
    /// A KPI's values; seconds where they are spans of time.
    Number(Number),
    /// A KPI's values, which are what the line says.
    Measured,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub values: Vec<Value>,
    /// Whether all of the period is asked and known.
    pub is_complete: bool,
    /// The KPIs whose definition changes with this period, or between those it compares.
    pub breaks: Vec<String>,
    /// The columns of the dimensions that this line is a slice of.
    pub sliced: Vec<usize>,
    /// The columns whose values are suppressed.
    pub suppressed: Vec<usize>,
    /// Of the members that are not named: the column of their dimension.
    pub others: Option<usize>,
    /// What the numbers of its KPI are; of a line with several KPIs nothing.
    pub number: Option<Number>,
}

impl Sheet {
    /// The columns that programs read, by index.
    pub fn for_programs(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|column| self.columns[*column].reader != Reader::People).collect()
    }

    /// The column that says something else of the KPI that a column is about.
    pub fn beside(&self, column: usize, role: Role) -> Option<usize> {
        let own = |index: &usize| self.columns[*index].role == Some(Role::Value);
        let first = (0..=column).rev().find(own)?;
        let end = (column + 1..self.columns.len()).find(own).unwrap_or(self.columns.len());
        (first..end).find(|index| self.columns[*index].role == Some(role))
    }

    /// Whether a value is a member that has no name, rather than no slice.
    pub fn is_nameless(&self, line: &Line, column: usize) -> bool {
        line.values[column] == Value::Null && line.sliced.contains(&column)
    }
}

/// What the column of a dimension has.
pub fn member(dimension: &Dimension) -> Kind {
    match dimension.kind {
        DimensionKind::Place { .. } => Kind::Others,
        DimensionKind::OfRows | DimensionKind::Named | DimensionKind::Age | DimensionKind::Steps { .. } => {
            Kind::Member
        }
    }
}

/// How the rows of a plan's query are laid out: `period_start`, `slicing`,
/// `segment`, the dimensions, the KPIs.
#[derive(Debug)]
pub struct Layout<'a> {
    pub plan: &'a Plan,
}

/// Columns in front of the dimensions.
pub const OWN: usize = 3;

impl Layout<'_> {
    pub fn dimensions(&self) -> usize {
        self.plan.scope.dimensions.len()
    }

    /// The index of a row's period; `None`, which no query gives, for another one.
    pub fn period(&self, row: &[Value]) -> Option<usize> {
        let start = row.first()?;
        let starts = &self.plan.range.starts;
        let found = match start {
            Value::Date(date) => starts.binary_search_by_key(date, |moment| moment.local.date()),
            Value::Timestamp(at) => starts.binary_search_by_key(at, |moment| moment.utc),
            _ => return None,
        };
        found.ok()
    }

    /// Whether all data that an output needs in a row's period is there.
    pub fn is_complete(&self, row: &[Value], output: usize) -> bool {
        let is_known = !self.is_others(row) || self.plan.named.as_ref().is_none_or(|named| named.is_complete);
        is_known && self.period(row).is_some_and(|period| self.plan.is_complete(output, period))
    }

    /// Whether a row is that of the members that are not named.
    pub fn is_others(&self, row: &[Value]) -> bool {
        self.place().is_some_and(|(place, _)| row.get(OWN + place) == Some(&Value::Boolean(true)))
    }

    /// The column of places, and that of the named members, among the dimensions.
    pub fn place(&self) -> Option<(usize, usize)> {
        let mut dimensions = self.plan.scope.dimensions.iter().enumerate();
        dimensions.find_map(|(place, dimension)| match dimension.kind {
            DimensionKind::Place { of } => Some((place, of)),
            DimensionKind::OfRows
            | DimensionKind::Named
            | DimensionKind::Age
            | DimensionKind::Steps { .. } => None,
        })
    }

    /// Whether it is there for every output.
    pub fn all_complete(&self, row: &[Value]) -> bool {
        (0..self.plan.outputs.len()).all(|output| self.is_complete(row, output))
    }

    /// Whether a new definition begins with an output's number in a row's period, or
    /// stands in it beside an older one.
    pub fn is_break(&self, row: &[Value], output: usize) -> bool {
        self.period(row).is_some_and(|period| self.plan.is_break(output, period))
    }

    /// The KPIs of which that is so.
    pub fn breaks(&self, row: &[Value]) -> Vec<String> {
        let outputs = self.plan.outputs.iter().enumerate();
        outputs.filter(|(index, _)| self.is_break(row, *index)).map(|(_, output)| output.column()).collect()
    }

    /// Whether the value of an output is suppressed.
    pub fn is_suppressed(&self, row: &[Value], output: usize) -> bool {
        let first = OWN + self.dimensions() + self.plan.outputs.len();
        self.plan.minimum.is_some() && row.get(first + output) == Some(&Value::Boolean(true))
    }

    /// The dimensions that a row is a slice of, as indexes of the plan's.
    pub fn sliced(&self, row: &[Value]) -> Vec<usize> {
        let Some(Value::Text(name)) = row.get(1) else { return Vec::new() };
        let slicing = self.plan.scope.slicings.iter().find(|s| self.plan.scope.name(s) == *name);
        let place = self.place().map(|(place, _)| place);
        let of =
            |slicing: &Slicing| slicing.dimensions.iter().copied().filter(|d| Some(*d) != place).collect();
        slicing.map(of).unwrap_or_default()
    }
}
