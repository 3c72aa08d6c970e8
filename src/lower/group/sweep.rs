//! Distinct counts over windows that overlap: each value comes and goes.
//!
//! Visitors of the last 28 days, day by day: a visitor comes with a visit and goes 28
//! days later, unless there was another visit before. Added up, what comes less what
//! goes is the number of those who are there; no visit is looked at once a window.
//! Visitors of the year so far only come: with their first visit of the year.

use super::outer::{Branch, Of, WINDOW, label_columns};
use super::{
    Agg, Body, Expr, Grain, GroupBy, Inner, Item, Kind, OfGroup, PERIOD, Select, aggregate, item_expr, named,
    read, time,
};
use crate::lower::windows::END;
use crate::resolve::resolved::{Length, TimeUnit, Window};
use crate::sql::{Join, JoinKind, Operator, OrderBy, Part, Type, WindowFunction};

const DAY: &str = "day";
const NEXT: &str = "next_day";
const CHANGE: &str = "change";
const LEAF: &str = "leaf";

/// How values come and go.
pub enum Sweep {
    /// A value is there for so many days.
    Stays(i64),
    /// It comes once, or once in each period of a grain.
    Comes(Option<Grain>),
}

impl OfGroup<'_, '_> {
    /// How the values of a reading come and go, where that is quicker than to look
    /// into each window.
    pub(super) fn sweep(&self, of: &Of<'_>) -> Option<Sweep> {
        let plan = self.lowering.plan;
        of.windows.as_ref()?;
        if !matches!(self.group.kind, Kind::Entities(_)) || plan.grain == Grain::Hour {
            return None;
        }
        let reading = &plan.readings[of.reading];
        match reading.when.window? {
            Window::Cumulative => Some(Sweep::Comes(None)),
            Window::Decayed(_) => None,
            Window::ToDate(grain) if grain.is_common() => Some(Sweep::Comes(Some(grain))),
            Window::ToDate(_) => None,
            Window::Rolling(length) => {
                let days = days(length)?;
                let range_end = plan.range.at_latest().map_or(plan.range.high, |latest| latest.high);
                let whole = !reading.may_end_anywhere()
                    && reading.read().all(|interval| {
                        let end = if interval.high == range_end { interval.end } else { interval.high };
                        let low = interval.low.map(|low| end.local.duration_since(low.local).as_hours());
                        low == Some(days * 24)
                    });
                let overlaps = days >= 2 * step_days(plan.grain);
                (whole && overlaps && self.inner_grain() == Grain::Day).then_some(Sweep::Stays(days))
            }
        }
    }

    /// A reading's results: the sum of what came and went before each window's end.
    pub(super) fn swept(
        &mut self,
        inner: &Inner,
        of: &Of<'_>,
        sweep: &Sweep,
        branches: &[Branch<'_>],
        leaves: &[usize],
    ) -> Body {
        let windows = of.windows.clone().expect("only windows are swept");
        let several = leaves.len() > 1;
        let seen = self.seen(inner, sweep, branches, several);
        let keys = label_columns(self.lowering);
        let told: Vec<String> = keys.iter().cloned().chain(several.then(|| LEAF.to_string())).collect();
        let changes = self.changes(inner, sweep, &seen, &told);
        let mut group = vec![Expr::of(WINDOW, PERIOD)];
        group.extend(keys.iter().map(|key| read(key)));
        let mut items = vec![Expr::of(WINDOW, PERIOD).alias(PERIOD)];
        items.extend(keys.iter().map(|key| read(key).alias(key.clone())));
        for leaf in leaves {
            let own = several.then(|| Expr::equal(read(LEAF), Expr::number(*leaf)));
            let there = aggregate(Agg::Sum, vec![read(CHANGE)], own);
            let name = self.lowering.columns.leaves[*leaf].clone();
            items.push(Expr::Cast(there.boxed(), Type::Integer).alias(name));
        }
        let on = match sweep {
            Sweep::Stays(_) => Expr::binary(Operator::Less, read(DAY), Expr::of(WINDOW, END)),
            Sweep::Comes(_) => windows.hold(&read(DAY), WINDOW),
        };
        let join = Join { kind: JoinKind::Inner, from: named(&windows.cte, WINDOW), on: Some(on) };
        Body::Select(Box::new(Select {
            items,
            from: Some(named(&changes, "i")),
            joins: vec![join],
            group_by: GroupBy::Keys(group),
            ..Select::default()
        }))
    }

    /// Every day on which a value is seen, or the first one.
    fn seen(&mut self, inner: &Inner, sweep: &Sweep, branches: &[Branch<'_>], several: bool) -> String {
        let mut selects = Vec::new();
        for branch in branches {
            for leaf in &branch.leaves {
                selects.push(self.seen_in(inner, sweep, branch, (*leaf, several)));
            }
        }
        let (name, comment) = match sweep {
            Sweep::Stays(_) => ("seen", "the days on which each value is seen"),
            Sweep::Comes(_) => ("first_seen", "when each value is seen first"),
        };
        let name = format!("{}_{name}", self.group.source);
        let comment = format!("{}: {comment}", self.group.source);
        self.lowering.cte(&name, comment, Body::all_of(selects))
    }

    fn seen_in(
        &self,
        inner: &Inner,
        sweep: &Sweep,
        branch: &Branch<'_>,
        (leaf, several): (usize, bool),
    ) -> Select {
        let calendar = &self.lowering.plan.calendar;
        let (mut items, mut keys) = self.labels(branch);
        items.extend(several.then(|| Expr::number(leaf).alias(LEAF)));
        for column in inner.counted.entity() {
            items.push(read(column).alias(column.clone()));
            keys.push(read(column));
        }
        let day = match sweep {
            Sweep::Stays(_) => {
                keys.push(read(PERIOD));
                read(PERIOD)
            }
            Sweep::Comes(of) => {
                keys.extend(of.map(|grain| time::cut(grain, calendar, read(PERIOD))));
                aggregate(Agg::Min, vec![read(PERIOD)], None)
            }
        };
        items.push(day.alias(DAY));
        let there = |column: &String| Expr::is_there(read(column));
        let mut filter: Vec<Expr> = inner.counted.entity().iter().map(there).collect();
        filter.extend(inner.counted.condition(leaf, branch.segment));
        // The inner step has each value once a day and finest slice.
        let once = matches!(sweep, Sweep::Stays(_)) && self.is_finest(&branch.dimensions);
        let group_by = if once { GroupBy::None } else { GroupBy::Keys(keys) };
        Select {
            items,
            from: Some(named(&inner.cte, "i")),
            filter: Expr::all(filter),
            group_by,
            ..Select::default()
        }
    }

    /// How many values come and go, by day.
    fn changes(&mut self, inner: &Inner, sweep: &Sweep, seen: &str, keys: &[String]) -> String {
        let events = match sweep {
            Sweep::Comes(_) => seen.to_string(),
            Sweep::Stays(days) => self.comes_and_goes(inner, *days, seen, keys),
        };
        let of = |name: &str| Expr::of("e", name);
        let mut items: Vec<Item> = keys.iter().map(|key| of(key).alias(key.clone())).collect();
        items.push(of(DAY).alias(DAY));
        let group_by = GroupBy::Keys(items.iter().map(item_expr).collect());
        items.push(match sweep {
            Sweep::Comes(_) => aggregate(Agg::Count, Vec::new(), None).alias(CHANGE),
            Sweep::Stays(_) => aggregate(Agg::Sum, vec![of(CHANGE)], None).alias(CHANGE),
        });
        let select = Select { items, from: Some(named(&events, "e")), group_by, ..Select::default() };
        let name = format!("{}_changes", self.group.source);
        let comment = format!("{}: how many values come and go", self.group.source);
        self.lowering.cte(&name, comment, Body::Select(Box::new(select)))
    }

    /// A value comes when it is seen, and goes some days later or when it is seen again.
    fn comes_and_goes(&mut self, inner: &Inner, days: i64, seen: &str, keys: &[String]) -> String {
        let of = |name: &str| Expr::of("s", name);
        let mut partition: Vec<Expr> = keys.iter().map(|key| of(key)).collect();
        partition.extend(inner.counted.entity().iter().map(|column| of(column)));
        let next = Expr::Over {
            function: WindowFunction::Next(of(DAY).boxed()),
            partition,
            order: vec![OrderBy::up(of(DAY))],
        };
        let mut items: Vec<Item> = keys.iter().map(|key| of(key).alias(key.clone())).collect();
        items.push(of(DAY).alias(DAY));
        items.push(next.alias(NEXT));
        let select = Select { items, from: Some(named(seen, "s")), ..Select::default() };
        let name = format!("{}_stays", self.group.source);
        let comment = format!("{}: until when each value is there", self.group.source);
        let stays = self.lowering.cte(&name, comment, Body::Select(Box::new(select)));
        // Added up at once: there are few days and many stays.
        let events = |day: Expr, change: Expr| {
            let mut items: Vec<Item> = keys.iter().map(|key| of(key).alias(key.clone())).collect();
            items.push(day.alias(DAY));
            let group_by = GroupBy::Keys(items.iter().map(item_expr).collect());
            items.push(change.alias(CHANGE));
            Select { items, from: Some(named(&stays, "s")), group_by, ..Select::default() }
        };
        let count = || aggregate(Agg::Count, Vec::new(), None);
        let step = crate::sql::Step { count: days, unit: Part::Day };
        let later = Expr::Shift { value: of(DAY).boxed(), step, to: Type::Date };
        let sooner = Expr::binary(Operator::Less, of(NEXT), later.clone());
        let gone = Expr::Case { whens: vec![(sooner, of(NEXT))], otherwise: Some(later.boxed()) };
        let body =
            Body::UnionAll(vec![events(of(DAY), count()), events(gone, Expr::Negate(count().boxed()))]);
        let name = format!("{}_events", self.group.source);
        let comment = format!("{}: each value comes, and goes", self.group.source);
        self.lowering.cte(&name, comment, body)
    }
}

/// A length in days, if it always has as many.
fn days(length: Length) -> Option<i64> {
    match length.unit {
        TimeUnit::Day => Some(i64::from(length.count)),
        TimeUnit::Week => Some(i64::from(length.count) * 7),
        TimeUnit::Millisecond
        | TimeUnit::Second
        | TimeUnit::Minute
        | TimeUnit::Hour
        | TimeUnit::Month
        | TimeUnit::Quarter
        | TimeUnit::Year => None,
    }
}

fn step_days(grain: Grain) -> i64 {
    match grain {
        Grain::Hour | Grain::Day => 1,
        Grain::Week => 7,
        Grain::Month => 31,
        // Of weeks: six of them, fourteen.
        Grain::FiscalMonth => 42,
        Grain::Quarter => 92,
        Grain::FiscalQuarter => 98,
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 371,
    }
}
