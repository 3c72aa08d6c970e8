//! The rows that a group reads: those of the asked range that its conditions keep.
//!
//! Where a table's rows lie in the order of time, each month is read by itself:
//! its range skips all other rows, nothing has to be cut to months, and the set of
//! one month's buyers is small.

use super::meets::Flows;
use super::{Body, Expr, GroupBy, Item, Meeting, OfGroup, PERIOD, Select, Time, item_expr, time};
use crate::plan::{Interval, Kind, Moment};
use crate::resolve::resolved::{AxisKind, Grain, Placed, Row};

/// More periods than this are not read one by one.
const MOST_BY_THEMSELVES: usize = 60;

/// A period that is read by itself: where it starts, and the rows from … to.
pub struct Alone {
    start: Moment,
    low: Moment,
    high: Moment,
}

/// Stretches of time in order: from (`None`: the first row) to (excluded).
type Stretches = [(Option<Moment>, Moment)];

impl<'a> OfGroup<'_, 'a> {
    /// Aggregates of the rows by period and these keys.
    pub(super) fn grouped(&self, grain: Grain, keys: Vec<Item>, values: Vec<Item>) -> Body {
        let exprs: Vec<Expr> = keys.iter().map(item_expr).collect();
        let items = [keys, values].concat();
        let Some(periods) = self.each_period() else {
            let period = self.period(grain);
            let by = [vec![period.clone()], exprs].concat();
            let select = self.select(period, items, GroupBy::Keys(by), &self.group.stretches);
            return Body::Select(Box::new(select));
        };
        let by = if exprs.is_empty() { GroupBy::None } else { GroupBy::Keys(exprs) };
        let alone = |period: Alone| {
            let start = Expr::Literal(time::start(self.lowering.plan.grain, period.start));
            self.select(start, items.clone(), by.clone(), &[(Some(period.low), period.high)])
        };
        Body::UnionAll(periods.into_iter().map(alone).collect())
    }

    /// What comes as it is, and what goes less than nothing; `when` is what the time of
    /// it is called.
    pub(super) fn come_and_go(&self, flows: &Flows, when: &str, keys: &[Item], sums: &[Item]) -> Body {
        let exprs: Vec<Expr> = keys.iter().map(item_expr).collect();
        let of = |at: &Expr, sums: Vec<Item>, condition: Option<Expr>| {
            let by = [vec![at.clone()], exprs.clone()].concat();
            let mut select = self.select(at.clone(), [keys.to_vec(), sums].concat(), GroupBy::Keys(by), &[]);
            select.items[0] = at.clone().alias(when);
            let filter = select.filter.take().into_iter().chain(flows.counts.clone()).chain(condition);
            select.filter = Expr::all(filter.collect());
            select
        };
        let less = |item: &Item| match item {
            Item::Expr { expr, alias } => Expr::Negate(expr.clone().boxed()).alias(alias.clone()),
            Item::All(table) => Item::All(table.clone()),
        };
        let mut selects = vec![of(&flows.comes, sums.to_vec(), None)];
        if let Some((goes, has_gone)) = &flows.goes {
            selects.push(of(goes, sums.iter().map(less).collect(), Some(has_gone.clone())));
        }
        Body::all_of(selects)
    }

    /// Values of each row.
    pub(super) fn each(&self, grain: Grain, items: Vec<Item>) -> Body {
        let select = self.select(self.period(grain), items, GroupBy::None, &self.group.stretches);
        Body::Select(Box::new(select))
    }

    /// The step of time that a row belongs to, or the period that it meets.
    fn period(&self, grain: Grain) -> Expr {
        match &self.meets {
            Some(meets) => meets.period.clone(),
            None => self.time().period(grain),
        }
    }

    fn select(&self, period: Expr, mut items: Vec<Item>, group_by: GroupBy, stretches: &Stretches) -> Select {
        items.insert(0, period.alias(PERIOD));
        let mut filter: Vec<Expr> = match &self.group.placed {
            Placed::At(_) => vec![self.within(stretches)],
            Placed::Exists(_) => Vec::new(),
        };
        filter.extend(self.group.conditions.iter().map(|row| self.scan.condition(row)));
        filter.extend(self.common().iter().map(|row| self.scan.condition(row)));
        let mut joins = self.scan.joins.clone();
        joins.extend(self.meets.iter().flat_map(Meeting::joins));
        Select {
            items,
            from: Some(self.scan.from.clone()),
            joins,
            filter: Expr::all(filter),
            group_by,
            ..Select::default()
        }
    }

    /// Whether a row lies in any of these stretches.
    fn within(&self, stretches: &Stretches) -> Expr {
        let time = self.time();
        let any: Vec<Expr> = stretches.iter().map(|(low, high)| all(time.between(*low, *high))).collect();
        let range = &self.lowering.plan.range;
        let known = self.group.as_of(range).filter(|_| range.as_of_is_chosen());
        let (Some(as_of), Some((low, high))) = (known, self.group.bounds) else { return one_of(any) };
        // Constants beside it, so that engines can skip data.
        let mut within = time.between(low, high);
        within.extend(time.between(None, as_of));
        within.extend((!any.is_empty()).then(|| one_of(any)));
        all(within)
    }

    /// The periods to be read by themselves: a few of a table whose rows lie in the
    /// order of this time. Joins would be made again for each of them.
    pub(super) fn each_period(&self) -> Option<Vec<Alone>> {
        let Placed::At(axis) = &self.group.placed else { return None };
        let (plan, column) = (self.lowering.plan, &axis.column);
        let source = self.lowering.resolved.sources.get(&self.group.source)?;
        // How many there are must not depend on an as-of that is chosen later.
        if self.is_windowed() || self.meets.is_some() || plan.range.as_of_is_chosen() {
            return None;
        }
        let in_order = column.path.is_empty() && source.ordered_by.as_ref() == Some(&column.column);
        if !in_order || !self.group.lookups.is_empty() || self.group.kind == Kind::Rows {
            return None;
        }
        let exact = match &axis.kind {
            AxisKind::Date | AxisKind::Instant => true,
            // Local times of elsewhere come twice, and not in order.
            AxisKind::Timestamp { zone } => zone == "UTC" || *zone == plan.calendar.zone,
        };
        let alone = |i: usize| Alone {
            start: plan.range.starts[i],
            low: plan.range.starts[i].max(plan.range.low),
            high: plan.range.end_of(i).min(plan.range.high),
        };
        let known: Vec<Alone> =
            (0..plan.range.starts.len()).map(alone).filter(|period| period.low < period.high).collect();
        (exact && (2..=MOST_BY_THEMSELVES).contains(&known.len())).then_some(known)
    }

    /// The time of a flow's rows.
    pub(super) fn time(&self) -> Time<'a> {
        let Placed::At(axis) = &self.group.placed else { unreachable!("a stock's rows meet periods") };
        Time {
            kind: &axis.kind,
            column: self.scan.column(&axis.column),
            calendar: &self.lowering.plan.calendar,
            low: self.group.bounds.and_then(|(low, _)| low),
            high: self.group.bounds.map(|(_, high)| high),
        }
    }

    /// Whether some leaf reads other rows for a period than its own.
    pub(super) fn is_windowed(&self) -> bool {
        self.group.readings.iter().any(|reading| !self.reads_own(*reading))
    }

    /// Whether a reading takes, for each period that is known, the rows that are cut to it.
    pub(super) fn reads_own(&self, reading: usize) -> bool {
        let plan = self.lowering.plan;
        let reading = &plan.readings[reading];
        let is_whole = |i: &Interval| !i.is_known || i.high == i.end || i.high == plan.range.high;
        reading.when.is_own()
            && plan.grain.is_common()
            && match plan.range.as_of_is_chosen() {
                true => !reading.may_end_anywhere(),
                false => reading.each.iter().all(is_whole),
            }
    }

    // ----------------------------------------------------------- conditions

    /// Conditions that every leaf has. Without slices they can keep rows from
    /// being read: no member is lost.
    fn common(&self) -> Vec<&Row> {
        let plan = self.lowering.plan;
        if !plan.scope.is_total() {
            return Vec::new();
        }
        let (first, others) = self.group.leaves.split_first().expect("a group has leaves");
        let shared = |row: &&Row| others.iter().all(|leaf| plan.leaves[*leaf].conditions.contains(row));
        let common = plan.leaves[*first].conditions.iter().filter(shared);
        let segment = if self.is_one_segment_in_where() { self.group.segments[0].as_ref() } else { None };
        common.chain(segment).collect()
    }

    pub(super) fn is_one_segment_in_where(&self) -> bool {
        self.lowering.plan.scope.is_total() && self.group.segments.len() == 1
    }

    /// A leaf's conditions that are not in WHERE.
    pub(super) fn conditions_of(&self, leaf: usize) -> Vec<Expr> {
        let common = self.common();
        let own = self.lowering.plan.leaves[leaf].conditions.iter().filter(|row| !common.contains(row));
        own.map(|row| self.scan.condition(row)).collect()
    }

    /// The conditions of a leaf in a segment that are not in WHERE.
    pub(super) fn kept_for(&self, leaf: usize, segment: usize) -> Vec<Expr> {
        let mut conditions = self.conditions_of(leaf);
        if !self.is_one_segment_in_where() {
            conditions.extend(self.group.segments[segment].as_ref().map(|row| self.scan.condition(row)));
        }
        conditions
    }
}

/// Any of these, perhaps the only one.
fn one_of(mut any: Vec<Expr>) -> Expr {
    if any.len() == 1 { any.remove(0) } else { Expr::Or(any) }
}

/// All of these, of which there is one at least.
fn all(parts: Vec<Expr>) -> Expr {
    Expr::all(parts).expect("a stretch has an end")
}
