//! The columns that a source can be given: those that it declares or that some definition reads.

use indexmap::IndexMap;

use crate::model::Model;
use crate::resolve::Resolved;
use crate::resolve::resolved::{
    Aggregate, Axis, AxisKind, ColumnRef, ColumnType, Existence, Funnel, Row, Source,
};
use crate::resolve::scalar::{self, ScalarKind};
use crate::syntax::ast::ColumnUnit;
use crate::value::{Function, Type};

/// The columns of a source by their names.
pub type Columns = IndexMap<String, Column>;

/// A column of the data.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub declared: Option<ColumnType>,
    pub unit: Option<ColumnUnit>,
    /// Whether a measure, a stock or a tool is placed in time by it.
    pub is_time: bool,
    /// What its uses take it for.
    pub used_as: Option<Type>,
}

/// The columns of every source.
pub fn all(model: &Model<'_>, resolved: &Resolved) -> IndexMap<String, Columns> {
    let mut found = Found { resolved, columns: IndexMap::new() };
    for (name, source) in &model.sources {
        let columns = found.columns.entry((*name).to_owned()).or_default();
        for column in source.columns.iter().filter(|column| column.value.is_none()) {
            let known = columns.entry(column.header.name.value.clone()).or_default();
            known.declared = column.ty.as_ref().map(|ty| ty.value);
            known.unit = column.unit.as_ref().map(|unit| unit.value.clone());
            if let (Some(ColumnUnit::Zone(_)), None) = (&known.unit, known.declared) {
                known.declared = Some(ColumnType::Timestamp);
            }
        }
        let computed =
            |name: &str| source.columns.iter().any(|c| c.header.name.value == name && c.value.is_some());
        // Only a timestamp without a zone of its own is read in a declared one.
        for time in source.times.iter().filter(|time| time.value.zone.is_some()) {
            let path = &time.value.column;
            if path.qualifier.is_none() && !computed(&path.name.value) {
                let known = columns.entry(path.name.value.clone()).or_default();
                known.declared = known.declared.or(Some(ColumnType::Timestamp));
            }
        }
    }
    resolved.sources.values().for_each(|source| found.source(source));
    for measure in resolved.measures.values() {
        found.aggregate(&measure.source, &measure.aggregate);
        found.rows(&measure.source, measure.filter.iter());
        found.axis(&measure.source, &measure.axis);
    }
    for stock in resolved.stocks.values() {
        found.aggregate(&stock.source, &stock.aggregate);
        found.rows(&stock.source, stock.filter.iter());
        match &stock.exists {
            Existence::Interval { from, until } => {
                found.axis(&stock.source, from);
                found.axis(&stock.source, until);
            }
            Existence::Snapshot(snapshot) => {
                found.axis(&stock.source, &snapshot.day);
                found.rows(&stock.source, snapshot.sparse.iter().flatten());
            }
            Existence::Timeless => {}
        }
    }
    resolved.funnels.values().for_each(|funnel| found.funnel(funnel));
    resolved.cohorts.values().for_each(|cohort| found.axis(&cohort.source, &cohort.axis));
    found.columns
}

struct Found<'a> {
    resolved: &'a Resolved,
    columns: IndexMap<String, Columns>,
}

impl Found<'_> {
    fn source(&mut self, source: &Source) {
        let name = &source.name;
        self.rows(name, source.key.iter().chain(&source.rows).chain(source.dimensions.values()));
        source.valid.iter().for_each(|(from, until)| {
            self.axis(name, from);
            self.axis(name, until);
        });
        for join in source.joins.values() {
            self.rows(name, join.on.iter());
            if let Some(as_of) = &join.as_of {
                self.axis(name, &as_of.time);
                self.axis(&join.source, &as_of.their_time);
                self.rows(&join.source, as_of.theirs.iter().chain(&as_of.filter));
            }
        }
    }

    fn funnel(&mut self, funnel: &Funnel) {
        for step in &funnel.steps {
            self.axis(&step.source, &step.axis);
            self.rows(&step.source, step.filter.iter());
        }
    }

    fn aggregate(&mut self, source: &str, aggregate: &Aggregate) {
        self.rows(source, aggregate.rows());
    }

    fn rows<'r>(&mut self, source: &str, rows: impl IntoIterator<Item = &'r Row>) {
        rows.into_iter().for_each(|row| self.row(source, row, None));
    }

    /// All columns beneath, each with what its use takes it for.
    fn row(&mut self, source: &str, row: &Row, used_as: Option<Type>) {
        if let ScalarKind::Leaf(column) = &row.kind {
            self.column(source, column, of(row.ty).or(used_as));
            return;
        }
        let beneath = match &row.kind {
            ScalarKind::Extract(..)
            | ScalarKind::Shift(..)
            | ScalarKind::Seconds { .. }
            | ScalarKind::InZone { .. } => Some(Type::Timestamp),
            ScalarKind::Like(..) => Some(Type::Text),
            ScalarKind::Call(function, _) => of_function(*function),
            ScalarKind::Not(_) | ScalarKind::And(_) | ScalarKind::Or(_) => Some(Type::Boolean),
            ScalarKind::Negate(_) | ScalarKind::Arithmetic(..) | ScalarKind::Divide(..) => {
                Some(Type::Decimal(Some((18, 2))))
            }
            _ => None,
        };
        row.children().into_iter().for_each(|child| self.row(source, child, beneath));
    }

    fn axis(&mut self, source: &str, axis: &Axis) {
        let ty = match &axis.kind {
            AxisKind::Date => Type::Date,
            AxisKind::Timestamp { .. } => Type::Timestamp,
            AxisKind::Instant => Type::Instant,
        };
        if let Some(column) = self.column(source, &axis.column, Some(ty)) {
            column.is_time = true;
            column.used_as = Some(ty);
        }
    }

    fn column(&mut self, source: &str, column: &ColumnRef, used_as: Option<Type>) -> Option<&mut Column> {
        let mut at = self.resolved.sources.get(source)?;
        for join in &column.path {
            at = self.resolved.sources.get(&at.joins.get(join)?.source)?;
        }
        let columns = self.columns.entry(at.name.clone()).or_default();
        let known = columns.entry(column.column.clone()).or_default();
        known.used_as = known.used_as.or(used_as);
        Some(known)
    }
}

fn of(ty: scalar::Type) -> Option<Type> {
    Some(match ty {
        scalar::Type::Text => Type::Text,
        scalar::Type::Integer => Type::Integer,
        scalar::Type::Decimal(size) => Type::Decimal(Some(size.unwrap_or((18, 2)))),
        scalar::Type::Float | scalar::Type::Duration => Type::Double,
        scalar::Type::Boolean => Type::Boolean,
        scalar::Type::Date => Type::Date,
        scalar::Type::Timestamp => Type::Timestamp,
        scalar::Type::Instant => Type::Instant,
        scalar::Type::Unknown | scalar::Type::Null => return None,
    })
}

fn of_function(function: Function) -> Option<Type> {
    match function {
        Function::Lower
        | Function::Upper
        | Function::Trim
        | Function::Length
        | Function::Substring
        | Function::Replace
        | Function::Concat
        | Function::StartsWith
        | Function::EndsWith
        | Function::Contains => Some(Type::Text),
        Function::Abs
        | Function::Round
        | Function::Floor
        | Function::Ceil
        | Function::Sqrt
        | Function::Ln
        | Function::Exp
        | Function::Power
        | Function::Mod => Some(Type::Double),
        Function::BitAnd => Some(Type::Integer),
        Function::Greatest | Function::Least | Function::Coalesce | Function::NullIf => None,
    }
}
