//! Shares of time: stocks as functions of time, and how long a condition over them holds.
//!
//! The time without an incident: each incident comes and goes, added up they tell how
//! many there are from one change to the next, and those stretches in which there is
//! none are cut at the ends of each period. Two incidents at once count once, since the
//! condition is of their number.

use super::meets::Flows;
use super::outer::{self, Branch, WINDOW};
use super::states::States;
use super::{
    Agg, Aggregate, Body, Expr, GroupBy, Item, Kind, Lowering, OfGroup, PERIOD, ResultSet, Results, Select,
    aggregate, columns, item_expr, members, named, read, sql, windows,
};
use crate::diagnostic::Diagnostic;
use crate::lower::formula;
use crate::lower::scan::{Scan, When};
use crate::lower::time::{self, Time};
use crate::lower::windows::{END, START};
use crate::plan::{Group, Held, Moment, Over, Stretch};
use crate::resolve::resolved::{Axis, Existence, Placed};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::sql::{Function, Join, JoinKind, Operator, OrderBy, WindowFunction};

/// How long the time is that a period reads.
const SECONDS: &str = "seconds";

/// Adds the results of every share of time.
pub fn shares(lowering: &mut Lowering<'_>, results: &mut Results) -> Result<(), Diagnostic> {
    let plan = lowering.plan;
    for (index, leaf) in plan.leaves.iter().enumerate() {
        let Over::Time(held) = &leaf.over else { continue };
        let share = Share { held, leaf: index, name: lowering.columns.leaves[index].clone() };
        let mut inner = lowering.beneath(&held.plan);
        share.results(&mut inner, &leaf.lifted, results)?;
        lowering.resume(inner);
    }
    Ok(())
}

/// A share of time that is to be computed.
struct Share<'p> {
    held: &'p Held,
    leaf: usize,
    /// Its column.
    name: String,
}

/// What the columns of changes and states are called.
struct Named {
    /// When something changes, and until when it stays so.
    since: String,
    until: String,
    /// Of distinct counts: the value that is counted.
    entity: Vec<String>,
}

/// What comes and goes of one group.
struct Changing<'p> {
    cte: String,
    group: &'p Group,
    /// Each segment's column; `None`: `all`.
    segments: Vec<Option<String>>,
    named: Named,
}

impl<'p> Share<'p> {
    fn results(
        &self,
        inner: &mut Lowering<'p>,
        lifted: &[usize],
        results: &mut Results,
    ) -> Result<(), Diagnostic> {
        let mut changing = Vec::new();
        for group in &inner.plan.groups {
            changing.push(self.changing(inner, group, results)?);
        }
        let lifts = |branch: &Branch<'_>| branch.slicing.dimensions.iter().any(|d| lifted.contains(d));
        let (above, own): (Vec<Branch<'_>>, _) = self.branches(inner, lifted).into_iter().partition(lifts);
        for (branches, lifted, into) in
            [(own, &[][..], &mut results.main), (above, lifted, &mut results.lifted)]
        {
            if !branches.is_empty() {
                let cte = self.result(inner, &changing, &branches);
                into.push(ResultSet { cte, leaves: vec![self.leaf], lifted: lifted.to_vec() });
            }
        }
        Ok(())
    }

    /// Every slicing and segment, the widest slicing first: its columns decide the types.
    fn branches(&self, inner: &Lowering<'p>, lifted: &[usize]) -> Vec<Branch<'p>> {
        let scope = &inner.plan.scope;
        let mut branches = Vec::new();
        for slicing in &scope.slicings {
            let dimensions: Vec<usize> =
                slicing.dimensions.iter().copied().filter(|d| !lifted.contains(d)).collect();
            for segment in 0..scope.segments.len() {
                let dimensions = dimensions.clone();
                branches.push(Branch { slicing, gathers: true, segment, dimensions, leaves: Vec::new() });
            }
        }
        branches.sort_by_key(|branch| std::cmp::Reverse(branch.dimensions.len()));
        branches
    }

    // -------------------------------------------------------------- comes, goes

    /// What comes and goes of a group's rows, and the members that they bring.
    fn changing(
        &self,
        inner: &mut Lowering<'p>,
        group: &'p Group,
        results: &mut Results,
    ) -> Result<Changing<'p>, Diagnostic> {
        let mut scan = Scan::new(&inner.tables(group), &group.source, &group.lookups, When::Never)?;
        let join = inner.know_member(group, &mut scan);
        scan.joins.extend(join);
        let of = OfGroup { lowering: inner, group, scan, brings_members: true, meets: None };
        let mut names = of.lowering.columns.names.clone();
        let mut named =
            Named { since: names.fresh("since"), until: names.fresh("until"), entity: Vec::new() };
        let mut keys = of.dimension_items(&of.reached());
        let segments = of.segments(&mut keys, &mut names);
        if let Kind::Entities(values) = &group.kind {
            for value in values {
                let name = names.fresh("entity");
                keys.push(of.scan.value(value).alias(name.clone()));
                named.entity.push(name);
            }
        }
        let sum = |leaf: &usize| {
            let filter = Expr::all(of.conditions_of(*leaf));
            let sum = match &of.lowering.plan.leaves[*leaf].aggregate {
                Aggregate::Sum(row) => {
                    aggregate(Agg::Sum, vec![of.lowering.to_sum(row, of.scan.value(row))], filter)
                }
                _ => aggregate(Agg::Count, Vec::new(), filter),
            };
            sum.alias(of.lowering.columns.leaves[*leaf].clone())
        };
        let sums: Vec<Item> = group.leaves.iter().map(sum).collect();
        let body = of.come_and_go(&self.flows(&of), &named.since, &keys, &sums);
        let comment = format!("{}: what comes and goes", group.source);
        let cte = of.lowering.cte(&format!("{}_changes", group.source), comment, body);
        for (index, slicing) in of.lowering.plan.scope.slicings.iter().enumerate() {
            let reached = slicing.dimensions.iter().all(|d| group.dimensions[*d].is_some());
            if reached && !slicing.dimensions.is_empty() {
                results.members.push((index, members(&cte, &of.dimension_columns(&slicing.dimensions))));
            }
        }
        Ok(Changing { cte, group, segments, named })
    }

    /// When the rows of a group come and go, and which of them are there at any time read.
    fn flows(&self, of: &OfGroup<'_, 'p>) -> Flows {
        let stretches = match apart(&self.held.stretches) {
            // Where as-of is chosen later, something is known of another one.
            none if none.is_empty() && of.lowering.plan.range.as_of_is_chosen() => {
                vec![(Moment::FIRST, Moment::FIRST)]
            }
            stretches => stretches,
        };
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
            return Flows { comes: never(), goes: None, counts: vec![Expr::Or(Vec::new())] };
        };
        let (low, high) = (first.0, last.1);
        let Placed::Exists(Existence::Interval { from, until }) = &of.group.placed else {
            return Flows { comes: at(low), goes: None, counts: Vec::new() };
        };
        let in_utc = |axis: &Axis| {
            let (low, high) = match (of.lowering.plan.range.as_of_is_chosen(), of.group.bounds) {
                (true, Some((low, high))) => (low, Some(high)),
                _ => (Some(low), Some(high)),
            };
            Time { low, high, ..of.axis(axis) }.instant()
        };
        let (comes, goes) = (in_utc(from), in_utc(until));
        let compared = |operator, a: &Expr, b: Expr| Expr::binary(operator, a.clone(), b);
        let before = |high: Moment| compared(Operator::Less, &comes, at(high));
        let has_gone = compared(Operator::Less, &goes, at(high));
        // What was there before is there when the time begins.
        let clipped = Expr::Call(Function::Greatest, vec![comes.clone(), at(low)]);
        if of.lowering.plan.scope.is_total() {
            // What goes at once or has gone before takes away what it brings: nobody need ask for it.
            let goes = Expr::Call(Function::Greatest, vec![goes.clone(), comes.clone(), at(low)]);
            return Flows { comes: clipped, goes: Some((goes, has_gone)), counts: vec![before(high)] };
        }
        // A member occurs with the rows that are there at some time.
        let open = || Expr::IsNull { value: goes.clone().boxed(), negated: false };
        let meets = |(low, high): &(Moment, Moment)| {
            let after = compared(Operator::Greater, &goes, at(*low));
            Expr::And(vec![before(*high), Expr::Or(vec![open(), after])])
        };
        let any = match stretches.as_slice() {
            [one] => meets(one),
            several => Expr::Or(several.iter().map(meets).collect()),
        };
        let forward = Expr::Or(vec![open(), compared(Operator::Greater, &goes, comes.clone())]);
        Flows { comes: clipped, goes: Some((goes, has_gone)), counts: vec![forward, any] }
    }

    // ------------------------------------------------------------------- states

    /// How long the condition holds in each period, slice and segment, as a share of it.
    fn result(&self, inner: &mut Lowering<'p>, changing: &[Changing<'p>], branches: &[Branch<'p>]) -> String {
        let mut selects = Vec::new();
        for of in changing {
            if of.named.entity.is_empty() {
                selects.extend(branches.iter().map(|branch| self.changes(inner, of, branch)));
            } else {
                selects.push(self.presence(inner, of, branches));
            }
        }
        let names = &changing[0].named;
        let labels = outer::label_columns(inner);
        let source = &inner.plan.leaves[0].source.clone();
        let changes = match selects.as_slice() {
            [] => unreachable!("a condition reads a stock"),
            _ => {
                let comment = format!("{}: what changes in each slice", self.name);
                inner.cte(&format!("{source}_changes_by_slice"), comment, Body::all_of(selects))
            }
        };
        let states = self.states(inner, &changes, names, &labels);
        let windows = self.windows(inner);
        let of = |name: &str| Expr::of(WINDOW, name);
        let (since, until) = (read(&names.since), read(&names.until));
        let seconds = aggregate(
            Agg::Sum,
            vec![Expr::Seconds {
                start: Expr::Call(Function::Greatest, vec![since.clone(), of(START)]).boxed(),
                end: Expr::Call(Function::Least, vec![until.clone(), of(END)]).boxed(),
                of_instants: false,
            }],
            None,
        );
        let held = match self.held.of_nothing {
            true => Expr::binary(Operator::Subtract, of(SECONDS), seconds),
            false => seconds,
        };
        let mut items = vec![of(PERIOD).alias(PERIOD)];
        items.extend(labels.iter().map(|label| read(label).alias(label.clone())));
        let mut keys: Vec<Expr> = items.iter().map(item_expr).collect();
        keys.push(of(SECONDS));
        items.push(Expr::Divide(held.boxed(), of(SECONDS).boxed()).alias(self.name.clone()));
        let on = Expr::And(vec![
            Expr::binary(Operator::Less, since, of(END)),
            Expr::binary(Operator::Greater, until, of(START)),
        ]);
        let select = Select {
            items,
            from: Some(named(&states, "i")),
            joins: vec![Join { kind: JoinKind::Inner, from: named(&windows, WINDOW), on: Some(on) }],
            filter: Some(self.counted(inner)),
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        };
        let comment = format!("{}: the share of each period in which the condition holds", self.name);
        inner.cte(&format!("{}_result", self.name), comment, Body::Select(Box::new(select)))
    }

    /// Which states are counted: those in which the condition is not as it is while
    /// nothing exists.
    fn counted(&self, inner: &Lowering<'p>) -> Expr {
        let condition = match self.held.of_nothing {
            true => {
                let condition = &self.held.condition;
                let kind = ScalarKind::Not(Box::new(condition.clone()));
                &Scalar::new(kind, Type::Boolean, condition.span)
            }
            false => &self.held.condition,
        };
        let stock = |leaf: &usize| read(&inner.columns.leaves[*leaf]);
        let by = formula::Reading { leaf: &stock, zone_of: &|_| None, zone: &inner.plan.calendar.zone };
        formula::condition(condition, &by)
    }

    /// A group's changes in one slicing and segment. Stocks of other groups do not change here.
    fn changes(&self, inner: &mut Lowering<'p>, of: &Changing<'p>, branch: &Branch<'p>) -> Select {
        let mut items = outer::labels(inner, branch).0;
        items.push(read(&of.named.since).alias(of.named.since.clone()));
        for (leaf, name) in inner.columns.leaves.iter().enumerate() {
            let value = match of.group.leaves.contains(&leaf) {
                true => read(name),
                false => columns::no_leaf(inner.plan, leaf),
            };
            items.push(value.alias(name.clone()));
        }
        let filter = of.segments[branch.segment].as_deref().map(read);
        Select { items, from: Some(named(&of.cte, "i")), filter, ..Select::default() }
    }

    /// Changes of distinct counts: a value comes with its first row, and goes when its
    /// last one is gone.
    fn presence(&self, inner: &mut Lowering<'p>, of: &Changing<'p>, branches: &[Branch<'p>]) -> Select {
        let selects = branches.iter().map(|branch| self.each_entity(inner, of, branch)).collect();
        let comment = format!("{}: how many rows each counted value has", of.group.source);
        let cte = inner.cte(&format!("{}_values", of.group.source), comment, Body::all_of(selects));
        let mut items: Vec<Item> =
            outer::label_columns(inner).iter().map(|label| read(label).alias(label.clone())).collect();
        items.push(read(&of.named.since).alias(of.named.since.clone()));
        for (leaf, name) in inner.columns.leaves.iter().enumerate() {
            let value = match of.group.leaves.contains(&leaf) {
                true => {
                    let there = read(&rows_of(name));
                    let before = Expr::binary(Operator::Subtract, there.clone(), read(name));
                    Expr::binary(Operator::Subtract, one_if_any(there), one_if_any(before))
                }
                false => columns::no_leaf(inner.plan, leaf),
            };
            items.push(value.alias(name.clone()));
        }
        Select { items, from: Some(named(&cte, "i")), ..Select::default() }
    }

    /// The rows that each value has from each change on, and how many they change by.
    fn each_entity(&self, inner: &mut Lowering<'p>, of: &Changing<'p>, branch: &Branch<'p>) -> Select {
        let (mut items, mut keys) = outer::labels(inner, branch);
        let entity: Vec<Expr> = of.named.entity.iter().map(|column| read(column)).collect();
        let partition = [keys.clone(), entity.clone()].concat();
        keys.extend(entity.iter().cloned());
        keys.push(read(&of.named.since));
        items.push(read(&of.named.since).alias(of.named.since.clone()));
        for leaf in &of.group.leaves {
            let name = &inner.columns.leaves[*leaf];
            let change = aggregate(Agg::Sum, vec![read(name)], None);
            let there = running(change.clone(), partition.clone(), &of.named.since);
            items.push(change.alias(name.clone()));
            items.push(there.alias(rows_of(name)));
        }
        let mut filter: Vec<Expr> = entity.into_iter().map(Expr::is_there).collect();
        filter.extend(of.segments[branch.segment].as_deref().map(read));
        Select {
            items,
            from: Some(named(&of.cte, "i")),
            filter: Expr::all(filter),
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        }
    }

    /// What each stock is from one change to the next.
    fn states(&self, inner: &mut Lowering<'p>, changes: &str, names: &Named, labels: &[String]) -> String {
        let last = self.held.stretches.iter().map(|stretch| stretch.high).max();
        let states = States {
            labels,
            since: read(&names.since),
            sums: inner.columns.leaves.iter().map(|name| (read(name), name.clone())).collect(),
            names: (&names.since, &names.until),
            last: last.or(inner.plan.range.as_of_is_chosen().then_some(Moment::FIRST)).map_or_else(never, at),
        };
        let comment = format!("{}: what is there from one change to the next", self.name);
        inner.cte(&format!("{}_states", self.name), comment, states.of(changes))
    }

    /// The time that each period reads.
    fn windows(&self, inner: &mut Lowering<'p>) -> String {
        let grain = inner.plan.grain;
        let row = |stretch: &Stretch| {
            let period = Expr::Literal(time::start(grain, stretch.period));
            vec![period, at(stretch.low), at(stretch.high), Expr::number(stretch.seconds())]
        };
        let rows = self.held.stretches.iter().map(row).collect();
        let columns = [PERIOD, START, END, SECONDS].map(String::from).to_vec();
        let body = windows::values(columns, rows, || {
            let period = Expr::Literal(time::start(grain, inner.plan.range.end));
            vec![period, never(), never(), Expr::number(1)]
        });
        let comment = "the time that each period reads, in UTC, and its length";
        match inner.plan.range.as_of_is_chosen() {
            // What is alike of one as-of may differ of another.
            true => inner.shared(&format!("{}_times", self.name), comment, body),
            false => inner.shared("times", comment, body),
        }
    }
}

/// The sum of all changes up to each one.
fn running(change: Expr, partition: Vec<Expr>, at: &str) -> Expr {
    Expr::Over {
        function: WindowFunction::SumUpTo(change.boxed()),
        partition,
        order: vec![OrderBy::up(read(at))],
    }
}

/// Where the number of a counted value's rows stands.
fn rows_of(leaf: &str) -> String {
    format!("{leaf}_rows")
}

fn one_if_any(rows: Expr) -> Expr {
    let any = Expr::binary(Operator::Greater, rows, Expr::number(0));
    Expr::Case { whens: vec![(any, Expr::number(1))], otherwise: Some(Expr::number(0).boxed()) }
}

fn at(moment: Moment) -> Expr {
    Expr::Literal(time::timestamp(moment.utc))
}

fn never() -> Expr {
    Expr::null(sql::Type::Timestamp)
}

/// Stretches of time in order and apart.
fn apart(stretches: &[Stretch]) -> Vec<(Moment, Moment)> {
    let mut all: Vec<(Moment, Moment)> = stretches.iter().map(|s| (s.low, s.high)).collect();
    all.sort();
    let mut apart: Vec<(Moment, Moment)> = Vec::new();
    for (low, high) in all {
        match apart.last_mut() {
            Some((_, last)) if low <= *last => *last = high.max(*last),
            Some(_) | None => apart.push((low, high)),
        }
    }
    apart
}
