//! The outer step: results by period, slices and segment, from what the inner one left.

use super::{
    Agg, Aggregate, Body, Expr, GroupBy, Inner, Item, Lowering, OfGroup, PERIOD, ResultSet, Results, SEGMENT,
    SLICING, Select, Windows, aggregate, columns, mean, members, named, read, sql, time, windows,
};
use crate::lower::{decay, pairs};
use crate::plan::Slicing;
use crate::resolve::resolved::{Grain, Window};
use crate::sql::{Join, JoinKind, Operator};

/// What windows are called where steps of time meet them.
pub const WINDOW: &str = "w";

/// What a result is of: leaves that read time alike and lift the same dimensions.
pub struct Of<'o> {
    pub reading: usize,
    lifted: &'o [usize],
    /// The windows that steps of time are put together in.
    pub windows: Option<Windows>,
}

/// One slicing and segment of a group, where some dimensions are lifted.
pub struct Branch<'p> {
    pub slicing: &'p Slicing,
    /// Whether several steps of time are put together.
    pub gathers: bool,
    pub segment: usize,
    /// The dimensions that remain.
    pub dimensions: Vec<usize>,
    /// The leaves computed here.
    pub leaves: Vec<usize>,
}

impl OfGroup<'_, '_> {
    pub(super) fn in_two_steps(&mut self, results: &mut Results) {
        let inner = self.inner();
        let plan = self.lowering.plan;
        for (index, slicing) in plan.scope.slicings.iter().enumerate() {
            let dimensions = plan.scope.of_rows(&slicing.occurring());
            let reached = dimensions.iter().all(|d| self.group.dimensions[*d].is_some());
            if reached && !dimensions.is_empty() && self.brings_members {
                let columns = self.dimension_columns(&dimensions);
                let from = inner.members_from(self.is_finest(&dimensions));
                results.members.push((index, members(from, &columns)));
            }
        }
        for reading in self.group.readings.clone() {
            let windows = self.windows_of(reading);
            let of = |lifted| Of { reading, lifted, windows: windows.clone() };
            if let Some(set) = self.result(&inner, &of(&[])) {
                results.main.push(set);
            }
            let mut choices: Vec<&[usize]> = Vec::new();
            for leaf in self.read_by_leaves(reading) {
                let lifted = plan.leaves[leaf].lifted.as_slice();
                if !lifted.is_empty() && !choices.contains(&lifted) {
                    choices.push(lifted);
                }
            }
            for lifted in choices {
                results.lifted.extend(self.result(&inner, &of(lifted)));
            }
        }
    }

    /// The leaves that read time so.
    fn read_by_leaves(&self, reading: usize) -> Vec<usize> {
        let plan = self.lowering.plan;
        let when = &plan.readings[reading].when;
        self.group.leaves.iter().copied().filter(|leaf| plan.leaves[*leaf].when == *when).collect()
    }

    /// The windows of a reading, unless each step of time is a period's own.
    fn windows_of(&mut self, reading: usize) -> Option<Windows> {
        let flows = self.meets.as_ref().is_some_and(|meets| meets.flows.is_some());
        if flows {
            // All that came and went before the instant, whenever that was.
            let windows = self.lowering.windows(reading, &|at| time::start(Grain::Day, at));
            return Some(Windows { start: false, ..windows });
        }
        if self.meets.is_some() || self.reads_own(reading) {
            return None;
        }
        let grain = self.inner_grain();
        Some(self.lowering.windows(reading, &|at| time::start(grain, at)))
    }

    /// The result of the leaves that read and lift so; with nothing lifted, of every
    /// leaf where it lifts nothing that is sliced.
    fn result(&mut self, inner: &Inner, of: &Of<'_>) -> Option<ResultSet> {
        let plan = self.lowering.plan;
        let lifted = of.lifted;
        let all = self.read_by_leaves(of.reading);
        let mut branches = Vec::new();
        for slicing in &plan.scope.slicings {
            let lifts = |lifted: &[usize]| slicing.dimensions.iter().any(|d| lifted.contains(d));
            let here = |leaf: &usize| {
                let own = &plan.leaves[*leaf].lifted;
                if lifted.is_empty() { !lifts(own) } else { own == lifted && lifts(own) }
            };
            let leaves: Vec<usize> = all.iter().copied().filter(here).collect();
            if leaves.is_empty() {
                continue;
            }
            let dimensions: Vec<usize> =
                slicing.dimensions.iter().copied().filter(|d| !lifted.contains(d)).collect();
            for segment in 0..plan.scope.segments.len() {
                branches.push(Branch {
                    slicing,
                    gathers: of.windows.is_some(),
                    segment,
                    dimensions: dimensions.clone(),
                    leaves: leaves.clone(),
                });
            }
        }
        let here = |leaf: &usize| branches.iter().any(|branch| branch.leaves.contains(leaf));
        let leaves: Vec<usize> = all.iter().copied().filter(here).collect();
        // The widest slicing first: its columns decide the types.
        branches.sort_by_key(|b| std::cmp::Reverse(b.dimensions.len()));
        if branches.is_empty() {
            return None;
        }
        let (name, comment) = self.called(of, &leaves);
        let body = match self.sweep(of) {
            Some(sweep) => self.swept(inner, of, &sweep, &branches, &leaves),
            None if self.meets.as_ref().is_some_and(|meets| meets.flows.is_some()) => {
                self.balances(inner, of, &branches, &leaves)
            }
            None => {
                Body::all_of(branches.iter().map(|branch| self.outer(inner, of, branch, &leaves)).collect())
            }
        };
        let cte = self.lowering.cte(&name, comment, body);
        Some(ResultSet { cte, leaves, lifted: lifted.to_vec() })
    }

    /// A result's name and what it is.
    fn called(&self, of: &Of<'_>, leaves: &[usize]) -> (String, String) {
        let plan = self.lowering.plan;
        let time = windows::name(&plan.readings[of.reading]);
        let suffix = if time.is_empty() { String::new() } else { format!("_{}", time.replace(' ', "_")) };
        let behind = if time.is_empty() { String::new() } else { format!(", {time}") };
        if of.lifted.is_empty() {
            let comment = self.comment(plan.grain, leaves);
            return (format!("{}{suffix}", self.result_name()), format!("{comment}{behind}"));
        }
        let names: Vec<_> = of.lifted.iter().map(|d| plan.scope.dimensions[*d].id.as_str()).collect();
        (
            format!("{}{suffix}_total", self.group.source),
            format!("{} over all members of {}{behind}", self.group.source, names.join(", ")),
        )
    }

    /// One branch of a result, from the inner step. Leaves that are computed
    /// elsewhere in this slicing are NULL.
    fn outer(&self, inner: &Inner, of: &Of<'_>, branch: &Branch<'_>, leaves: &[usize]) -> Select {
        let plan = self.lowering.plan;
        let period = match &of.windows {
            Some(_) => Expr::of(WINDOW, PERIOD),
            None if self.meets.is_none() && self.inner_grain() != plan.grain => {
                time::cut(plan.grain, &plan.calendar, read(PERIOD))
            }
            None => read(PERIOD),
        };
        let from = self.read_by(inner, branch);
        let join = |windows: &Windows| Join {
            kind: JoinKind::Inner,
            from: named(&windows.cte, WINDOW),
            on: Some(windows.hold(&read(PERIOD), WINDOW)),
        };
        let mut filter: Vec<Expr> = inner.segment(branch.segment).into_iter().collect();
        if of.windows.is_none() && self.meets.is_none() && self.is_windowed() {
            filter.extend(self.asked());
        }
        let mut keys = vec![period.clone()];
        let mut items = vec![period.alias(PERIOD)];
        let (labels, members) = self.labels(branch);
        items.extend(labels);
        keys.extend(members);
        for leaf in leaves {
            let value = match branch.leaves.contains(leaf) {
                true => self.rolled_up(*leaf, inner, branch),
                false => columns::no_leaf(plan, *leaf),
            };
            items.push(value.alias(self.lowering.columns.leaves[*leaf].clone()));
        }
        Select {
            items,
            from: Some(named(from, "i")),
            joins: of.windows.iter().map(join).collect(),
            filter: Expr::all(filter),
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        }
    }

    /// What tells a branch's cells from others, and those of them that are columns.
    pub(super) fn labels(&self, branch: &Branch<'_>) -> (Vec<Item>, Vec<Expr>) {
        labels(self.lowering, branch)
    }

    /// A total of all days of a mean, divided by their number.
    pub(super) fn mean_of(&self, total: Expr, inner: &Inner) -> Expr {
        match &inner.mean {
            Some((_, days)) => mean(total, aggregate(Agg::Max, vec![read(days)], None)),
            None => total,
        }
    }

    /// Steps of the asked periods, where others are there, too.
    fn asked(&self) -> Vec<Expr> {
        let range = &self.lowering.plan.range;
        let grain = self.inner_grain();
        let bound =
            |operator, at| Expr::binary(operator, read(PERIOD), Expr::Literal(time::start(grain, at)));
        vec![bound(Operator::GreaterEqual, range.starts[0]), bound(Operator::Less, range.end)]
    }

    fn rolled_up(&self, leaf: usize, inner: &Inner, branch: &Branch<'_>) -> Expr {
        let over = |function, column: &String| aggregate(function, vec![read(column)], None);
        if let (Some(Window::Decayed(days)), [part, ..]) =
            (self.lowering.plan.leaves[leaf].when.window, inner.parts(leaf))
        {
            // Rows that are joined to their periods are weighed there.
            return match self.meets {
                Some(_) => over(Agg::Sum, part),
                None => {
                    let end = Expr::of(WINDOW, windows::END);
                    let worth = decay::decayed(read(part), read(PERIOD), end, days);
                    aggregate(Agg::Sum, vec![worth], None)
                }
            };
        }
        match (&self.lowering.plan.leaves[leaf].aggregate, inner.parts(leaf)) {
            // A sum of counts is a count, whatever wider type engines give to sums.
            (Aggregate::Count | Aggregate::Sum(_), [part, ..]) if inner.mean.is_some() => {
                self.mean_of(over(Agg::Sum, part), inner)
            }
            (Aggregate::Count, [count, ..]) => Expr::Cast(over(Agg::Sum, count).boxed(), sql::Type::Integer),
            (Aggregate::Sum(_), [sum, ..]) => over(Agg::Sum, sum),
            (Aggregate::Min(_), [min, ..]) => over(Agg::Min, min),
            (Aggregate::Max(_), [max, ..]) => over(Agg::Max, max),
            (Aggregate::Avg(_), [sum, count, ..]) => mean(over(Agg::Sum, sum), over(Agg::Sum, count)),
            (Aggregate::Percentile(_, part), [value, ..]) => over(Agg::Percentile(part.clone()), value),
            (Aggregate::Stddev(_), [value, ..]) => over(Agg::Stddev, value),
            (Aggregate::Corr(..), [a, b]) => pairs::corr(read(a), read(b)),
            _ => self.counted(leaf, inner, branch),
        }
    }
}

/// What tells a branch's cells from others, and those of them that are columns.
pub(super) fn labels(lowering: &Lowering<'_>, branch: &Branch<'_>) -> (Vec<Item>, Vec<Expr>) {
    let plan = lowering.plan;
    let (mut items, mut keys) = (Vec::new(), Vec::new());
    if lowering.several_slicings() {
        items.push(Expr::text(plan.scope.name(branch.slicing)).alias(SLICING));
    }
    if lowering.several_segments() {
        items.push(Expr::text(plan.scope.segments[branch.segment].id.clone()).alias(SEGMENT));
    }
    for (index, name) in lowering.columns.dimensions.iter().enumerate() {
        if branch.dimensions.contains(&index) {
            keys.push(read(name));
            items.push(read(name).alias(name.clone()));
        } else {
            items.push(columns::no_member(plan, index).alias(name.clone()));
        }
    }
    (items, keys)
}

/// The columns of those labels.
pub(super) fn label_columns(lowering: &Lowering<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(lowering.several_slicings().then(|| SLICING.to_string()));
    names.extend(lowering.several_segments().then(|| SEGMENT.to_string()));
    names.extend(lowering.columns.dimensions.iter().cloned());
    names
}
