//! Whether data is what definitions rely on: keys that are unique, joins that find their row,
//! intervals that end after they begin, values that are accepted, rows that are still coming.
//!
//! Orders are counted once, and in the same scan those of them that name no customer, those
//! whose customer is not there, and the day of the newest one.

use indexmap::IndexMap;

use super::intervals;
use super::keys::{count, repeated_keys};
use super::scan::{Scan, SqlTexts, Tables, When};
use super::time::Time;
use super::versions;
use crate::diagnostic::Diagnostic;
use crate::plan::{Calendar, calendar, time_of};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, ColumnRef, Existence, Join as Lookup, Row, Source};
use crate::resolve::scalar::{ScalarKind, Type};
use crate::sql::{
    Aggregate, AggregateFunction, Body, Expr, From, GroupBy, Join, JoinKind, Nulls, Operator, OrderBy, Query,
    Select, Table, WindowFunction,
};

/// Keys that a sample shows.
const SHOWN: u32 = 5;

/// One row of numbers about a source, and what each of them is.
#[derive(Debug)]
pub struct Facts {
    pub query: Query,
    pub asked: Vec<Fact>,
}

/// What one number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// How many rows there are.
    Rows,
    /// When the newest row is, by this column, in the project's zone.
    Newest(String),
    /// How many rows have no value in this column.
    Nulls(String),
    /// How many rows end before they begin, or end and never began.
    Backward,
    /// How many rows name no partner of this join.
    Without(String),
    /// How many rows name a partner of this join that is not there.
    Unmatched(String),
    /// How many rows have another value than this is said to have.
    Unaccepted(String),
}

/// Rows of which a few are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample<'a> {
    /// Keys that stand in several rows.
    Repeated,
    /// Keys of a join that are not there.
    Unmatched(&'a str),
    /// The keys of rows that end before they begin.
    Backward,
    /// Values that this is said not to have.
    Unaccepted(&'a str),
}

/// What is asked of one source's data.
#[derive(Debug)]
pub struct Health<'a> {
    resolved: &'a Resolved,
    texts: &'a SqlTexts,
    calendar: Calendar,
    source: &'a Source,
}

impl<'a> Health<'a> {
    pub fn of(resolved: &'a Resolved, texts: &'a SqlTexts, source: &'a Source) -> Self {
        Health { resolved, texts, calendar: calendar(resolved), source }
    }

    /// All that one scan tells, of the rows that count; `nulls` are columns whose empty
    /// values are counted.
    ///
    /// # Errors
    /// A source whose table or text is not known.
    pub fn facts(&self, nulls: &[String]) -> Result<Facts, Diagnostic> {
        let (axes, interval) = (self.axes(), self.interval());
        let columns: Vec<Row> = nulls.iter().map(|name| self.physical(name)).collect();
        let times: Vec<Row> = axes
            .values()
            .chain(interval.iter().flat_map(|(from, until)| [from, until]))
            .map(time_of)
            .collect();
        let keys = self.lookups().flat_map(|(_, join)| &join.on);
        let listed = self.source.listed.values().map(|listed| &listed.value);
        let mut scan = self.scan(columns.iter().chain(&times).chain(keys).chain(listed))?;

        let mut asked = vec![Fact::Rows];
        let mut items = vec![count()];
        for (name, axis) in &axes {
            asked.push(Fact::Newest(name.clone()));
            let newest = Aggregate {
                function: AggregateFunction::Max,
                args: vec![Time::on(&scan, axis, &self.calendar).local()],
                filter: None,
            };
            items.push(Expr::Aggregate(newest));
        }
        for (name, column) in nulls.iter().zip(&columns) {
            asked.push(Fact::Nulls(name.clone()));
            items.push(counted(is_null(scan.value(column))));
        }
        if let Some((from, until)) = &interval {
            asked.push(Fact::Backward);
            items.push(counted(intervals::backward(&scan, &self.calendar, from, until)));
        }
        for (name, listed) in &self.source.listed {
            asked.push(Fact::Unaccepted(name.clone()));
            items.push(counted(scan.condition(&listed.is_another())));
        }
        let mut joins = Vec::new();
        for (name, join) in self.lookups() {
            asked.extend([Fact::Without(name.clone()), Fact::Unmatched(name.clone())]);
            let (partner, missing) = self.partner(&mut scan, join)?;
            joins.push(partner);
            let without = join.on.iter().map(|on| is_null(scan.value(on))).collect();
            items.extend([counted(Expr::Or(without)), counted(missing)]);
        }
        let select = Select {
            items: items
                .into_iter()
                .enumerate()
                .map(|(at, item)| item.alias(format!("fact_{}", at + 1)))
                .collect(),
            from: Some(scan.from.clone()),
            joins: scan.joins.iter().cloned().chain(joins).collect(),
            filter: self.source.rows.as_ref().map(|rows| scan.condition(rows)),
            ..Select::default()
        };
        Ok(Facts { query: query(select), asked })
    }

    /// Counts the keys that stand in more than one row; of versions, those that start while the
    /// one before holds. `None`: the source has no key.
    ///
    /// # Errors
    /// A source whose table or text is not known.
    pub fn repeated(&self) -> Result<Option<Query>, Diagnostic> {
        if self.source.key.is_empty() {
            return Ok(None);
        }
        match &self.source.valid {
            None => repeated_keys(&self.tables(), self.source).map(Some),
            Some(valid) => versions::overlapping(&self.tables(), self.source, valid).map(Some),
        }
    }

    /// A few keys, those of most rows first: their values, and in how many rows each stands.
    /// `None`: there is no key to show.
    ///
    /// # Errors
    /// A source whose table or text is not known.
    pub fn sample(&self, of: Sample<'_>) -> Result<Option<Query>, Diagnostic> {
        let key = match of {
            Sample::Repeated | Sample::Backward => self.source.key.as_slice(),
            Sample::Unmatched(name) => self.source.joins.get(name).map_or(&[][..], |join| &join.on),
            Sample::Unaccepted(name) => {
                self.source.listed.get(name).map_or(&[][..], |listed| std::slice::from_ref(&listed.value))
            }
        };
        if key.is_empty() || (of == Sample::Repeated && self.source.valid.is_some()) {
            return Ok(None);
        }
        let interval = self.interval();
        let times: Vec<Row> = interval.iter().flat_map(|(from, until)| [from, until]).map(time_of).collect();
        let mut scan = self.scan(key.iter().chain(&times))?;
        let values: Vec<Expr> = key.iter().map(|part| scan.value(part)).collect();
        let mut filter: Vec<Expr> = self.source.rows.iter().map(|rows| scan.condition(rows)).collect();
        let mut joins = scan.joins.clone();
        let mut having = None;
        match of {
            Sample::Repeated => {
                filter.extend(values.iter().cloned().map(Expr::is_there));
                having = Some(Expr::binary(Operator::Greater, count(), Expr::number(1)));
            }
            Sample::Backward => {
                let Some((from, until)) = &interval else { return Ok(None) };
                filter.push(intervals::backward(&scan, &self.calendar, from, until));
            }
            Sample::Unaccepted(name) => {
                let listed = self.source.listed.get(name).expect("its value was taken of it");
                filter.push(scan.condition(&listed.is_another()));
            }
            Sample::Unmatched(name) => {
                let join = self.source.joins.get(name).expect("its key was taken of it");
                let (partner, missing) = self.partner(&mut scan, join)?;
                joins.push(partner);
                filter.push(missing);
            }
        }
        let names: Vec<String> = (1..=values.len()).map(|at| format!("key_{at}")).collect();
        let keys = names.iter().zip(&values).map(|(name, value)| value.clone().alias(name));
        let grouped = Select {
            items: keys.chain([count().alias("times")]).collect(),
            from: Some(scan.from.clone()),
            joins,
            filter: Expr::all(filter),
            group_by: GroupBy::Keys(values),
            having,
            ..Select::default()
        };
        Ok(Some(first(grouped, &names)))
    }

    /// The joins that find a row by its key.
    pub fn lookups(&self) -> impl Iterator<Item = (&'a String, &'a Lookup)> {
        self.source.joins.iter().filter(|(_, join)| join.as_of.is_none())
    }

    fn tables(&self) -> Tables<'_> {
        Tables { resolved: self.resolved, texts: self.texts, calendar: &self.calendar, as_of: None }
    }

    fn scan<'r>(&'r self, rows: impl Iterator<Item = &'r Row>) -> Result<Scan, Diagnostic> {
        Scan::reading(&self.tables(), &self.source.name, rows.chain(&self.source.rows), When::Never)
    }

    /// The times of what is measured, each once.
    fn axes(&self) -> IndexMap<String, Axis> {
        let measures = self.resolved.measures.values().filter(|measure| measure.source == self.source.name);
        let snapshots = self.resolved.stocks.values().filter(|stock| stock.source == self.source.name);
        let days = snapshots.filter_map(|stock| match &stock.exists {
            Existence::Snapshot(snapshot) => Some(&snapshot.day),
            Existence::Interval { .. } | Existence::Timeless => None,
        });
        // A time behind a join is another source's to tell of.
        let axes =
            measures.map(|measure| &measure.axis).chain(days).filter(|axis| axis.column.path.is_empty());
        axes.map(|axis| (shown(&axis.column), axis.clone())).collect()
    }

    /// From when until when rows exist, or their versions hold.
    fn interval(&self) -> Option<(Axis, Axis)> {
        let mut stocks = self.resolved.stocks.values().filter(|stock| stock.source == self.source.name);
        let exists = stocks.find_map(|stock| match &stock.exists {
            Existence::Interval { from, until } => Some((from.clone(), until.clone())),
            Existence::Snapshot(_) | Existence::Timeless => None,
        });
        exists.or_else(|| self.source.valid.clone())
    }

    fn physical(&self, column: &str) -> Row {
        let column = ColumnRef { path: Vec::new(), column: column.to_owned(), cast: None };
        Row::new(ScalarKind::Leaf(column), Type::Unknown, self.source.span)
    }

    /// The other side's keys, each once, beside the rows, and which of these name one that is
    /// not there.
    fn partner(&self, scan: &mut Scan, join: &Lookup) -> Result<(Join, Expr), Diagnostic> {
        let target = self.resolved.sources.get(&join.source);
        let (key, rows) = target.map_or((&[][..], None), |target| (&target.key, target.rows.as_ref()));
        let theirs = Scan::reading(&self.tables(), &join.source, key.iter().chain(rows), When::Never)?;
        let names: Vec<String> = (1..=key.len()).map(|at| format!("key_{at}")).collect();
        let keys = Select {
            distinct: true,
            items: key.iter().zip(&names).map(|(part, name)| theirs.value(part).alias(name)).collect(),
            filter: rows.map(|rows| theirs.condition(rows)),
            from: Some(theirs.from.clone()),
            joins: theirs.joins.clone(),
            ..Select::default()
        };
        let alias = scan.fresh("partner");
        let mine: Vec<Expr> = join.on.iter().map(|on| scan.value(on)).collect();
        let same =
            mine.iter().zip(&names).map(|(mine, name)| Expr::equal(Expr::of(&alias, name), mine.clone()));
        let joined = Join {
            kind: JoinKind::Left,
            on: Expr::all(same.collect()),
            from: From { table: Table::Subquery(Box::new(query(keys))), alias: Some(alias.clone()) },
        };
        let mut missing: Vec<Expr> = mine.into_iter().map(Expr::is_there).collect();
        missing.extend(names.first().map(|name| is_null(Expr::of(&alias, name))));
        Ok((joined, Expr::And(missing)))
    }
}

/// A column as definitions name it.
fn shown(column: &ColumnRef) -> String {
    column.path.iter().chain([&column.column]).map(String::as_str).collect::<Vec<_>>().join(".")
}

fn is_null(value: Expr) -> Expr {
    Expr::IsNull { value: value.boxed(), negated: false }
}

fn counted(condition: Expr) -> Expr {
    let filter = Some(condition.boxed());
    Expr::Aggregate(Aggregate { function: AggregateFunction::Count, args: Vec::new(), filter })
}

fn query(select: Select) -> Query {
    Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() }
}

/// The first rows of keys and how often each stands.
fn first(grouped: Select, names: &[String]) -> Query {
    let of = |name: &str| Expr::of("g", name);
    let up = |name: &String| OrderBy { expr: of(name), descending: false, nulls: Nulls::Last };
    let order: Vec<OrderBy> =
        std::iter::once(OrderBy::down(of("times"))).chain(names.iter().map(up)).collect();
    let place =
        Expr::Over { function: WindowFunction::RowNumber, partition: Vec::new(), order: order.clone() };
    let shown = Select {
        items: names.iter().map(String::as_str).chain(["times"]).map(|name| of(name).alias(name)).collect(),
        from: Some(From { table: Table::Subquery(Box::new(query(grouped))), alias: Some("g".into()) }),
        qualify: Some(Expr::binary(Operator::LessEqual, place, Expr::number(SHOWN))),
        ..Select::default()
    };
    Query { order_by: order, ..query(shown) }
}
