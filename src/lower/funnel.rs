//! Funnels: the rows of the first step, each with the time of the steps that follow.
//!
//! Visits, each with the next time that its visitor put something into a cart, and
//! after that the next order. All steps stand in one stream, in order; the row
//! behind which something is looked for is known by its place, so ties and rows that
//! would fit two steps come out the same on every engine. Where one source has all the
//! steps and the engine finds the nearest row by itself, it does ([`nearest`]).

mod nearest;

use super::clock;
use super::columns::key_column;
use super::scan::{Scan, When};
use super::time::Time;
use super::{Lowering, named};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Group, dimension, step_column, time_of};
use crate::resolve::resolved::{Axis, AxisKind, Clock, Funnel, Row, Step};
use crate::sql::{
    Body, Expr, Item, Join, JoinKind, Literal, Operator, OrderBy, Select, Type, WindowFunction,
};

const ENTITY: &str = "entity";
const AT: &str = "at";
const STREAM: &str = "stream";
const PLACE: &str = "place";
/// A row's number among those of its stream and entity, where there are several streams.
const TIE: &str = "tie";
/// A row's time in the project's zone, where days are counted and its time is another.
const LOCAL: &str = "local";

/// Rows of one source on one axis, and the steps that they may be.
struct Stream<'f> {
    source: &'f str,
    axis: &'f Axis,
    /// Indexes of steps.
    steps: Vec<usize>,
}

struct Funneling<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    funnel: &'a Funnel,
    streams: Vec<Stream<'a>>,
    clock: Clock,
    group: &'l Group,
}

/// Adds the CTE of a funnel's first step: every column of its source, and the time of
/// each later step that is reached.
pub fn anchors(lowering: &mut Lowering<'_>, id: &str, group: &Group) -> Result<String, Diagnostic> {
    let funnel = lowering
        .resolved
        .funnels
        .get(id)
        .ok_or_else(|| Diagnostic::general(Code::UnknownName, format!("the funnel `{id}` has errors")))?;
    let streams = streams(funnel);
    let mut of = Funneling { lowering, funnel, streams, clock: funnel.clock(), group };
    if of.is_nearest() {
        return of.nearest();
    }
    let (stream, first) = of.stream()?;
    let placed = of.placed(&stream);
    let following = of.following(&placed);
    let matches = of.matches(&following);
    of.rows(&matches, first.as_deref())
}

fn streams(funnel: &Funnel) -> Vec<Stream<'_>> {
    let mut streams: Vec<Stream<'_>> = Vec::new();
    for (index, step) in funnel.steps.iter().enumerate() {
        match streams.iter_mut().find(|s| s.source == step.source && *s.axis == step.axis) {
            Some(stream) => stream.steps.push(index),
            None => streams.push(Stream { source: &step.source, axis: &step.axis, steps: vec![index] }),
        }
    }
    streams
}

impl<'a> Funneling<'_, 'a> {
    fn cte(&mut self, what: &str, comment: &str, body: Body) -> String {
        let name = format!("{}{what}", self.funnel.id);
        self.lowering.shared_by(Some(self.group.readings[0]), &name, comment, body)
    }

    /// All rows that may be a step, one relation; and, where they come from several, the
    /// first step's with their keys.
    fn stream(&mut self) -> Result<(String, Option<String>), Diagnostic> {
        let comment = "rows that may be a step";
        let own = Body::Select(Box::new(self.rows_of(0)?));
        if self.streams.len() == 1 {
            return Ok((self.cte("_stream", comment, own), None));
        }
        // Keys of several sources have several types, and stand in no column together.
        let first = self.cte("_first", "rows of the first step's source", own);
        let column = |name: String| Expr::of("f", name.clone()).alias(name);
        let mut items: Vec<Item> = self.shared_columns().into_iter().map(column).collect();
        items.insert(2, Expr::number(0).alias(STREAM));
        let mut selects = vec![Select { items, from: Some(named(&first, "f")), ..Select::default() }];
        for index in 1..self.streams.len() {
            selects.push(self.rows_of(index)?);
        }
        Ok((self.cte("_stream", comment, Body::UnionAll(selects)), Some(first)))
    }

    /// The columns of every stream, without its number.
    fn shared_columns(&self) -> Vec<String> {
        let mut names = vec![ENTITY.to_string(), AT.into()];
        names.extend(self.counts_local_days().then(|| LOCAL.to_string()));
        names.push(TIE.into());
        names.extend((0..self.funnel.steps.len()).map(flag));
        names
    }

    /// Whom the rows of a stream are about.
    fn entity(&self, stream: usize) -> Result<Row, Diagnostic> {
        let source = self.streams[stream].source;
        dimension(self.lowering.resolved, source, &self.funnel.entity).ok_or_else(|| {
            let message = format!("`{source}` does not reach `{}`", self.funnel.entity);
            Diagnostic::general(Code::Unreachable, message)
        })
    }

    /// Which rows a stream's source has.
    fn own_rows(&self, stream: usize) -> Option<&'a Row> {
        self.lowering.resolved.sources.get(self.streams[stream].source)?.rows.as_ref()
    }

    /// The key of the first step's source.
    fn key(&self) -> &'a [Row] {
        let source = self.lowering.resolved.sources.get(self.streams[0].source);
        source.map_or(&[], |source| &source.key)
    }

    fn rows_of(&self, index: usize) -> Result<Select, Diagnostic> {
        let Stream { source, axis, steps } = &self.streams[index];
        let rows = self.own_rows(index);
        let entity = self.entity(index)?;
        let known = self.lowering.resolved.sources.get(*source);
        let key = known.map_or(&[][..], |s| s.key.as_slice());
        let time = time_of(axis);
        let filters = steps.iter().filter_map(|step| self.funnel.steps[*step].filter.as_ref());
        let read = [&entity, &time].into_iter().chain(rows).chain(key).chain(filters);
        let scan = Scan::reading(&self.lowering.tables(self.group), source, read, When::At(axis))?;
        let at = self.comparable(&scan, axis);
        let mut items = vec![scan.value(&entity).alias(ENTITY), at.clone().alias(AT)];
        if index > 0 {
            items.push(Expr::number(index).alias(STREAM));
        }
        if self.counts_local_days() {
            items.push(self.time(&scan, axis).local().alias(LOCAL));
        }
        let own: Vec<Expr> = key.iter().map(|key| scan.value(key)).collect();
        if self.streams.len() > 1 {
            let order = std::iter::once(at).chain(own.iter().cloned()).map(OrderBy::up).collect();
            let partition = vec![scan.value(&entity)];
            items.push(Expr::Over { function: WindowFunction::RowNumber, partition, order }.alias(TIE));
        }
        if index == 0 {
            items.extend(own.into_iter().enumerate().map(|(part, key)| key.alias(key_column(part))));
        }
        let is_step = |step: &Step| match &step.filter {
            Some(filter) => Expr::IsTrue(scan.condition(filter).boxed()),
            None => Expr::Literal(Literal::Boolean(true)),
        };
        for (number, step) in self.funnel.steps.iter().enumerate() {
            let here =
                if steps.contains(&number) { is_step(step) } else { Expr::Literal(Literal::Boolean(false)) };
            items.push(here.alias(flag(number)));
        }
        let mut filter: Vec<Expr> = rows.map(|rows| scan.condition(rows)).into_iter().collect();
        filter.push(Expr::is_there(scan.value(&entity)));
        filter.extend(self.in_time(&scan, axis));
        let any: Vec<Expr> = steps.iter().map(|step| is_step(&self.funnel.steps[*step])).collect();
        if !any.iter().any(|e| matches!(e, Expr::Literal(_))) {
            filter.push(Expr::Or(any));
        }
        Ok(Select {
            items,
            from: Some(scan.from.clone()),
            joins: scan.joins.clone(),
            filter: Expr::all(filter),
            ..Select::default()
        })
    }

    /// The columns that tell rows at the same time apart.
    fn ties(&self) -> Vec<String> {
        if self.streams.len() > 1 {
            return vec![STREAM.into(), TIE.into()];
        }
        self.key_columns()
    }

    /// The columns of the key of the first step's source.
    fn key_columns(&self) -> Vec<String> {
        (0..self.key().len()).map(key_column).collect()
    }

    /// The columns by which the first step's rows are found again.
    fn found_by(&self) -> Vec<String> {
        if self.streams.len() > 1 { vec![ENTITY.into(), TIE.into()] } else { self.key_columns() }
    }

    /// Whether somebody asks when a step was taken.
    fn reads(&self, step: usize) -> bool {
        let leaves = self.group.leaves.iter().map(|leaf| &self.lowering.plan.leaves[*leaf]);
        let name = step_column(step);
        let mut reads = false;
        for row in leaves.flat_map(|leaf| leaf.aggregate.rows().into_iter().chain(&leaf.conditions)) {
            row.leaves(&mut |column| reads |= column.path.is_empty() && column.column == name);
        }
        reads
    }

    /// A row's time, as it is compared with those of other streams.
    fn comparable(&self, scan: &Scan, axis: &Axis) -> Expr {
        clock::Clock::with(self.clock, self.funnel.within).read(&self.time(scan, axis))
    }

    fn time<'t>(&self, scan: &Scan, axis: &'t Axis) -> Time<'t>
    where
        'a: 't,
    {
        Time::on(scan, axis, &self.lowering.plan.calendar)
    }

    /// Whether the window is days of the project's zone, and times are instants.
    fn counts_local_days(&self) -> bool {
        let has_times = self.clock != Clock::LocalDay && self.streams[0].axis.kind != AxisKind::Date;
        self.funnel.within.is_some() && !self.funnel.is_short() && has_times
    }

    /// Rows that can matter: not before the first period, and known.
    fn in_time(&self, scan: &Scan, axis: &Axis) -> Vec<Expr> {
        let plan = self.lowering.plan;
        let column = scan.column(&axis.column);
        let time = self.time(scan, axis);
        let compared = |operator, at| Expr::binary(operator, column.clone(), Expr::Literal(time.bound(at)));
        let low = self.group.bounds.and_then(|(low, _)| low);
        let mut filter: Vec<Expr> =
            low.map(|low| compared(Operator::GreaterEqual, low)).into_iter().collect();
        filter.extend(self.group.as_of(&plan.range).map(|as_of| compared(Operator::Less, as_of)));
        filter
    }

    /// Each row's place among those of its entity.
    fn placed(&mut self, stream: &str) -> String {
        let column = |name: &str| Expr::of("s", name);
        let mut order = vec![OrderBy::up(column(AT))];
        order.extend(self.ties().iter().map(|name| OrderBy::up(column(name))));
        let place =
            Expr::Over { function: WindowFunction::RowNumber, partition: vec![column(ENTITY)], order };
        let select = Select {
            items: vec![Item::All(Some("s".into())), place.alias(PLACE)],
            from: Some(named(stream, "s")),
            ..Select::default()
        };
        self.cte(
            "_order",
            "in the order of time; rows at the same time by their key",
            Body::Select(Box::new(select)),
        )
    }

    /// For each row, the place of the next row that is a step.
    fn following(&mut self, placed: &str) -> String {
        let column = |name: &str| Expr::of("s", name);
        let mut names = vec![ENTITY.to_string(), AT.into(), PLACE.into(), flag(0)];
        names.extend(self.counts_local_days().then(|| LOCAL.to_string()));
        names.extend(self.found_by().into_iter().filter(|name| name != ENTITY));
        let mut items: Vec<Item> = names.iter().map(|name| column(name).alias(name.clone())).collect();
        for step in 1..self.funnel.steps.len() {
            let there = Expr::Case { whens: vec![(column(&flag(step)), column(PLACE))], otherwise: None };
            let next = Expr::Over {
                function: WindowFunction::MinBefore(there.boxed()),
                partition: vec![column(ENTITY)],
                // From the last row on: what is before a row there, is behind it in time.
                order: vec![OrderBy::down(column(PLACE))],
            };
            items.push(next.alias(next_column(step)));
        }
        let select = Select { items, from: Some(named(placed, "s")), ..Select::default() };
        self.cte("_next", "where each step is taken next", Body::Select(Box::new(select)))
    }

    /// The first step's rows by key, with the times of the steps behind them.
    fn matches(&mut self, following: &str) -> String {
        let mut items: Vec<Item> =
            self.found_by().iter().map(|key| Expr::of("s1", key.clone()).alias(key.clone())).collect();
        items.extend(self.reads(0).then(|| Expr::of("s1", AT).alias(step_column(0))));
        let mut joins = Vec::new();
        for step in 1..self.funnel.steps.len() {
            let (before, alias) = (format!("s{step}"), format!("s{}", step + 1));
            let same =
                |name: &str| Expr::equal(Expr::of(alias.clone(), name), Expr::of(before.clone(), name));
            let next =
                Expr::equal(Expr::of(alias.clone(), PLACE), Expr::of(before.clone(), next_column(step)));
            let mut on = vec![same(ENTITY), next];
            on.extend(self.in_window("s1", &alias));
            items.push(Expr::of(alias.clone(), AT).alias(step_column(step)));
            joins.push(Join { kind: JoinKind::Left, from: named(following, &alias), on: Expr::all(on) });
        }
        let select = Select {
            items,
            from: Some(named(following, "s1")),
            joins,
            filter: Some(Expr::of("s1", flag(0))),
            ..Select::default()
        };
        self.cte(
            "_steps",
            "the first step, and when those behind it are taken",
            Body::Select(Box::new(select)),
        )
    }

    /// Whether a row lies within the funnel's time after the first step's.
    fn in_window(&self, first: &str, row: &str) -> Option<Expr> {
        let within = self.funnel.within?;
        let is_day = self.clock == Clock::LocalDay || self.streams[0].axis.kind == AxisKind::Date;
        let (column, to) = match (self.counts_local_days(), &self.streams[0].axis.kind) {
            (true, _) => (LOCAL, Type::Timestamp),
            (false, _) if is_day && !self.funnel.is_short() => (AT, Type::Date),
            (false, AxisKind::Instant) if self.clock == Clock::Same => (AT, Type::Instant),
            (false, _) => (AT, Type::Timestamp),
        };
        let start = Expr::of(first, column);
        let end = Expr::Shift { value: start.boxed(), step: within.step(), to };
        Some(Expr::binary(Operator::Less, Expr::of(row, column), end))
    }

    /// The first step's whole rows, so that its dimensions can be read.
    fn rows(&mut self, matches: &str, first: Option<&str>) -> Result<String, Diagnostic> {
        let resolved = self.lowering.resolved;
        let name = self.streams[0].source;
        let unsound = || Diagnostic::general(Code::UnknownSource, format!("the source `{name}` has errors"));
        let source = resolved.sources.get(name).ok_or_else(unsound)?;
        let mut scan =
            Scan::reading(&self.lowering.tables(self.group), &source.name, &source.key, When::Never)?;
        let (alias, by) = (scan.fresh("m"), scan.fresh("k"));
        let mut joins = scan.joins.clone();
        let keyed = |by: &str| {
            let same = |(part, key): (usize, &Row)| {
                Expr::equal(Expr::of(by.to_string(), key_column(part)), scan.value(key))
            };
            Expr::all(source.key.iter().enumerate().map(same).collect())
        };
        let mut join = |cte: &str, alias: &str, on| {
            joins.push(Join { kind: JoinKind::Inner, from: named(cte, alias), on });
        };
        match first {
            None => join(matches, &alias, keyed(&alias)),
            Some(first) => {
                join(first, &by, keyed(&by));
                let same = |name: String| {
                    Expr::equal(Expr::of(alias.clone(), name.clone()), Expr::of(by.clone(), name))
                };
                join(matches, &alias, Expr::all(self.found_by().into_iter().map(same).collect()));
            }
        }
        let mut items = vec![Item::All(scan.from.alias.clone())];
        let first = usize::from(!self.reads(0));
        let steps = (first..self.funnel.steps.len()).map(step_column);
        items.extend(steps.map(|column| Expr::of(alias.clone(), column.clone()).alias(column)));
        let select = Select { items, from: Some(scan.from.clone()), joins, ..Select::default() };
        Ok(self.cte("", "the rows of the first step", Body::Select(Box::new(select))))
    }
}

fn flag(step: usize) -> String {
    format!("is_step_{}", step + 1)
}

fn next_column(step: usize) -> String {
    format!("next_{}", step + 1)
}
