//! As-of joins: each row with the first, last or nth row of another source before or
//! after a time.
//!
//! An order and the order before it: the other source's rows are numbered in the order
//! of their times, and each time that is looked from is told which number it looks for,
//! by counting the rows that lie up to it. Both are one sort, and the join is on equal
//! numbers.

use super::clock::Clock;
use super::scan::{Scan, Tables, When};
use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::plan::{Lookup, lookups, time_of};
use crate::resolve::resolved::{AsOf, Axis, ColumnRef, Length, Pick, Row, Side, Source};
use crate::resolve::scalar::ScalarKind;
use crate::sql::{
    Body, Expr, From, Item, Join, JoinKind, Operator, OrderBy, Query, Select, Step, Table, Type,
    WindowFunction,
};

// Names that stand beside every column of a table.
const NUMBER: &str = "kpic_number";
const AT: &str = "kpic_at";
const COUNTS: &str = "kpic_counts";

/// One bound of the times that are looked at: a row's own time, perhaps moved.
#[derive(Clone, Copy)]
enum Bound {
    Own,
    /// Earlier or later by the join's length.
    Moved(Length, Step),
}

/// A lookup of one of several rows.
pub struct Finding<'a> {
    pub tables: &'a Tables<'a>,
    pub lookup: &'a Lookup,
    /// As the first source's rows see it.
    pub as_of: &'a AsOf,
    /// Whose rows look, and for whose.
    pub source: &'a Source,
    pub target: &'a Source,
}

impl Finding<'_> {
    /// The joins that find the row, which is known by `alias`: the number that is looked
    /// for, where it depends on a time, and the rows by their numbers.
    ///
    /// # Errors
    /// A source whose table or text is not known.
    pub fn joins(&self, scan: &mut Scan, alias: &str) -> Result<Vec<Join>, Diagnostic> {
        let AsOf { pick, time, .. } = self.as_of;
        let (low, high) = self.bounds();
        // The last one is the first from behind.
        let (from, to, nth, operator) = match pick {
            Pick::First => (low, high, 1, Operator::Less),
            Pick::Nth(nth) => (low, high, *nth, Operator::Less),
            Pick::Last => (high, low, 1, Operator::Greater),
        };
        let bound = |scan: &Scan, bound| self.bound(&Time::on(scan, time, self.tables.calendar), bound);
        let mut joins = Vec::new();
        let mut on = self.same_values(scan, alias, Some(&self.as_of.theirs));
        let mut rows = self.rows(to.is_some())?;
        if let Some(from) = from {
            let counted = scan.fresh(&format!("{alias}_number"));
            let mut same = self.same_values(scan, &counted, None);
            same.push(Expr::equal(Expr::of(counted.clone(), AT), bound(scan, from)));
            joins.push(left(self.counted(from)?, &counted, same));
            let number = Expr::binary(Operator::Add, Expr::of(counted, NUMBER), Expr::number(nth));
            on.push(Expr::equal(Expr::of(alias, NUMBER), number));
            rows.select.items.push(rows.number.alias(NUMBER));
        } else {
            rows.select.qualify = Some(Expr::equal(rows.number, Expr::number(nth)));
        }
        if let Some(to) = to {
            on.push(Expr::binary(operator, Expr::of(alias, AT), bound(scan, to)));
        }
        joins.push(left(query(rows.select), alias, on));
        Ok(joins)
    }

    /// From when to when the other side's rows may lie, both excluded.
    fn bounds(&self) -> (Option<Bound>, Option<Bound>) {
        let by = |sign: i64| {
            let moved = |within: Length| {
                let Step { count, unit } = within.step();
                Bound::Moved(within, Step { count: count * sign, unit })
            };
            self.as_of.within.map(moved)
        };
        match self.as_of.side {
            Side::After => (Some(Bound::Own), by(1)),
            Side::Before => (by(-1), Some(Bound::Own)),
        }
    }

    fn bound(&self, time: &Time<'_>, bound: Bound) -> Expr {
        match bound {
            Bound::Own => self.clock().read(time),
            Bound::Moved(length, step) => self.clock().moved(time, length, step),
        }
    }

    fn clock(&self) -> Clock {
        Clock::of(&[&self.as_of.time.kind, &self.as_of.their_time.kind], self.as_of.within)
    }

    fn order(&self, time: Expr) -> OrderBy {
        if self.as_of.pick == Pick::Last { OrderBy::down(time) } else { OrderBy::up(time) }
    }

    /// That a relation's values are those of this side's row. Values that are columns of
    /// its own have their own names.
    fn same_values(&self, scan: &Scan, alias: &str, theirs: Option<&[Row]>) -> Vec<Expr> {
        let value = |(part, mine): (usize, &Row)| {
            let own = theirs.and_then(|theirs| own_column(&theirs[part]));
            let name = own.map_or_else(|| value_column(part), |column| column.column.clone());
            Expr::equal(Expr::of(alias, name), scan.value(mine))
        };
        self.lookup.on.iter().enumerate().map(value).collect()
    }

    /// The other side's rows, and the number of each.
    fn rows(&self, has_time: bool) -> Result<Numbered, Diagnostic> {
        let theirs = self.theirs(&self.target.key)?;
        let keys = self.target.key.iter().map(|key| OrderBy::up(theirs.scan.value(key)));
        let at = theirs.at.clone();
        // Days tell sides apart; of one day the earlier row still comes first.
        let own = theirs.scan.column(&self.as_of.their_time.column);
        let times = if at == own { vec![at.clone()] } else { vec![at.clone(), own] };
        let number = Expr::Over {
            function: WindowFunction::RowNumber,
            partition: theirs.values.clone(),
            order: times.into_iter().map(|time| self.order(time)).chain(keys).collect(),
        };
        let computed =
            (0..theirs.values.len()).filter(|part| own_column(&self.as_of.theirs[*part]).is_none());
        let mut items = vec![Item::All(theirs.scan.from.alias.clone())];
        items.extend(computed.map(|part| theirs.values[part].clone().alias(value_column(part))));
        items.extend(has_time.then(|| at.alias(AT)));
        Ok(Numbered { select: theirs.select(items), number })
    }

    /// How many of the other side's rows lie up to each bound.
    fn counted(&self, bound: Bound) -> Result<Query, Diagnostic> {
        let (own, theirs) = (self.own(bound)?, self.theirs(&[])?);
        let one = |side: &Rows, counts: Expr| {
            let mut items: Vec<Item> = side
                .values
                .iter()
                .enumerate()
                .map(|(part, value)| value.clone().alias(value_column(part)))
                .collect();
            items.extend([side.at.clone().alias(AT), counts.alias(COUNTS)]);
            side.select(items)
        };
        let looking = Select { distinct: true, ..one(&own, Expr::null(Type::Integer)) };
        let both = Query {
            ctes: Vec::new(),
            body: Body::UnionAll(vec![looking, one(&theirs, Expr::number(1))]),
            order_by: Vec::new(),
        };
        let column = |name: &str| Expr::of("r", name);
        let names: Vec<String> = (0..own.values.len()).map(value_column).chain([AT.to_string()]).collect();
        let number = Expr::Over {
            function: WindowFunction::CountUpTo(column(COUNTS).boxed()),
            partition: (0..own.values.len()).map(|part| column(&value_column(part))).collect(),
            order: vec![self.order(column(AT))],
        };
        let values = names.iter().map(|name| column(name).alias(name.clone()));
        Ok(query(Select {
            items: values.chain([number.alias(NUMBER)]).collect(),
            from: Some(subquery(both, "r")),
            qualify: Some(Expr::IsNull { value: column(COUNTS).boxed(), negated: false }),
            ..Select::default()
        }))
    }

    /// Rows that look, with the time from which they do.
    fn own(&self, bound: Bound) -> Result<Rows, Diagnostic> {
        let join = self.lookup.path.last().and_then(|name| self.source.joins.get(name));
        let join = join.expect("a lookup follows the joins of its source");
        let time = &join.as_of.as_ref().expect("it is an as-of join").time;
        let read = time_of(time);
        let rows = join.on.iter().chain([&read]);
        let scan = self.scan(self.source, rows, time)?;
        let at = self.bound(&Time::on(&scan, time, self.tables.calendar), bound);
        // A row that has no time or value finds nothing.
        let values: Vec<Expr> = join.on.iter().map(|row| scan.value(row)).collect();
        Ok(Rows { filter: Expr::all(there(&values, &scan.column(&time.column))), values, at, scan })
    }

    /// Rows that may be found: those that are known, and that count.
    fn theirs(&self, keys: &[Row]) -> Result<Rows, Diagnostic> {
        let AsOf { theirs, their_time, filter, .. } = self.as_of;
        let conditions = || self.target.rows.iter().chain(filter);
        let read = time_of(their_time);
        let scan =
            self.scan(self.target, theirs.iter().chain([&read]).chain(conditions()).chain(keys), their_time)?;
        let time = Time::on(&scan, their_time, self.tables.calendar);
        let values: Vec<Expr> = theirs.iter().map(|row| scan.value(row)).collect();
        let mut kept = there(&values, &time.column);
        kept.extend(conditions().map(|row| scan.condition(row)));
        kept.extend(
            self.tables
                .as_of
                .map(|now| Expr::binary(Operator::Less, time.column.clone(), Expr::Literal(time.bound(now)))),
        );
        Ok(Rows { filter: Expr::all(kept), values, at: self.clock().read(&time), scan })
    }

    fn scan<'r>(
        &self,
        source: &Source,
        rows: impl Iterator<Item = &'r Row>,
        at: &Axis,
    ) -> Result<Scan, Diagnostic> {
        Scan::new(self.tables, &source.name, &lookups(self.tables.resolved, &source.name, rows), When::At(at))
    }
}

/// Rows, and a number of each.
struct Numbered {
    select: Select,
    number: Expr,
}

/// One side's rows: the values that are compared, and the time on the common clock.
struct Rows {
    scan: Scan,
    values: Vec<Expr>,
    at: Expr,
    filter: Option<Expr>,
}

impl Rows {
    fn select(&self, items: Vec<Item>) -> Select {
        Select {
            items,
            from: Some(self.scan.from.clone()),
            joins: self.scan.joins.clone(),
            filter: self.filter.clone(),
            ..Select::default()
        }
    }
}

fn there(values: &[Expr], time: &Expr) -> Vec<Expr> {
    values.iter().chain([time]).cloned().map(Expr::is_there).collect()
}

/// A value that is a column of the row's own table.
fn own_column(value: &Row) -> Option<&ColumnRef> {
    match &value.kind {
        ScalarKind::Leaf(column) if column.path.is_empty() && column.cast.is_none() => Some(column),
        _ => None,
    }
}

fn value_column(part: usize) -> String {
    format!("kpic_value_{}", part + 1)
}

fn query(select: Select) -> Query {
    Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() }
}

fn subquery(query: Query, alias: &str) -> From {
    From { table: Table::Subquery(Box::new(query)), alias: Some(alias.into()) }
}

fn left(query: Query, alias: &str, on: Vec<Expr>) -> Join {
    Join { kind: JoinKind::Left, from: subquery(query, alias), on: Expr::all(on) }
}
