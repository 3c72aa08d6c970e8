//! One source's aggregates: from its rows to results by period, slices and segment.
//!
//! Revenue and orders by month, in total and by channel, for two segments: one
//! scan adds up the days by channel and by whether each segment holds; the six
//! results come from those few rows. Buyers are found once per month and channel
//! with a flag for each segment, then counted.

use super::columns::{self, PERIOD, SEGMENT, SLICING};
use super::scan::Scan;
use super::time::{self, Time};
use super::{Lowering, named};
use crate::diagnostic::Diagnostic;
use crate::plan::{Group, Kind, Slicing};
use crate::resolve::resolved::{Aggregate, Grain, Row};
use crate::sql::{self, AggregateFunction as Agg, Body, Expr, GroupBy, Item, Select};

/// Results of all groups.
#[derive(Debug, Default)]
pub struct Results {
    /// Leaves at the slices asked.
    pub main: Vec<ResultSet>,
    /// Leaves with slices lifted, each set for one choice of them.
    pub lifted: Vec<ResultSet>,
    /// Selects of the members that occur, one a slicing and group: the asked dimensions.
    pub members: Vec<(usize, Select)>,
}

/// A CTE with the columns `period_start`, `slicing` and `segment` where there are
/// several, every asked dimension, and leaves.
#[derive(Debug)]
pub struct ResultSet {
    pub cte: String,
    /// Indexes of leaves.
    pub leaves: Vec<usize>,
    /// The dimensions that are lifted, in order.
    pub lifted: Vec<usize>,
}

/// One slicing and segment of a group, where some dimensions are lifted.
struct Branch<'p> {
    slicing: &'p Slicing,
    segment: usize,
    /// The dimensions that remain.
    dimensions: Vec<usize>,
    /// The leaves computed here.
    leaves: Vec<usize>,
}

/// Computes every group.
pub fn results(lowering: &mut Lowering<'_>) -> Result<Results, Diagnostic> {
    let mut results = Results::default();
    let plan = lowering.plan;
    for (index, group) in plan.groups.iter().enumerate() {
        let scan = Scan::new(lowering.resolved, &group.source, &group.lookups, lowering.texts)?;
        let brings_members = !plan.groups[..index].iter().any(|before| same_rows(before, group));
        let mut of = OfGroup { lowering, group, scan, brings_members };
        if of.is_direct() { of.direct(&mut results) } else { of.in_two_steps(&mut results) }
    }
    Ok(results)
}

struct OfGroup<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    group: &'a Group,
    scan: Scan,
    /// Whether no group before has the same rows, and so the same members.
    brings_members: bool,
}

/// What the outer step reads of the inner one.
struct Inner {
    cte: String,
    /// Each segment's flag; `None`: `all`.
    segments: Vec<Option<String>>,
    /// Whether periods are still days, to be cut.
    daily: bool,
    /// The columns of the entity.
    entity: Vec<String>,
    /// leaf × segment → flag, for entities with a condition.
    flags: Vec<(usize, usize, String)>,
    /// leaf → its partial columns.
    parts: Vec<(usize, Vec<String>)>,
}

impl<'a> OfGroup<'_, 'a> {
    /// Whether one aggregation of the source's rows gives the only result.
    fn is_direct(&self) -> bool {
        let plan = self.lowering.plan;
        let one = plan.scope.slicings.len() == 1 && plan.scope.segments.len() == 1;
        let unlifted = self.group.leaves.iter().all(|leaf| {
            !plan.scope.slicings[0].dimensions.iter().any(|d| plan.leaves[*leaf].lifted.contains(d))
        });
        one && unlifted
            && match self.group.kind {
                // Days first, then months, is quicker than months at once.
                Kind::Atoms => matches!(plan.grain, Grain::Hour | Grain::Day),
                Kind::Entities(_) => self.group.leaves.len() == 1,
                Kind::Rows => true,
            }
    }

    // ------------------------------------------------------------- one step

    fn direct(&mut self, results: &mut Results) {
        let plan = self.lowering.plan;
        let branch = Branch {
            slicing: &plan.scope.slicings[0],
            segment: 0,
            dimensions: plan.scope.slicings[0].dimensions.clone(),
            leaves: self.group.leaves.clone(),
        };
        let mut items = vec![self.time().period(plan.grain).alias(PERIOD)];
        items.extend(self.dimension_items(&self.reached()));
        let keys = items.iter().map(item_expr).collect();
        for leaf in &branch.leaves {
            let filter = Expr::all(self.kept_for(*leaf, 0));
            items.push(self.whole(*leaf, filter).alias(self.lowering.columns.leaves[*leaf].clone()));
        }
        let select = self.over_rows(items, GroupBy::Keys(keys));
        let name = self.result_name();
        let cte = self.lowering.cte(&name, self.comment(plan.grain), Body::Select(Box::new(select)));
        if !branch.slicing.dimensions.is_empty() && self.brings_members {
            results.members.push((0, members(&cte, &self.dimension_columns(&branch.dimensions))));
        }
        results.main.push(ResultSet { cte, leaves: branch.leaves, lifted: Vec::new() });
    }

    /// An aggregate over the source's rows.
    fn whole(&self, leaf: usize, filter: Option<Expr>) -> Expr {
        let value = |row: &Row| self.scan.value(row);
        let leaf = &self.lowering.plan.leaves[leaf];
        match &leaf.aggregate {
            Aggregate::Count => aggregate(Agg::Count, Vec::new(), filter),
            Aggregate::CountDistinct(rows) => {
                aggregate(Agg::CountDistinct, rows.iter().map(value).collect(), filter)
            }
            Aggregate::Sum(row) => aggregate(Agg::Sum, vec![value(row)], filter),
            Aggregate::Avg(row) => mean(
                aggregate(Agg::Sum, vec![value(row)], filter.clone()),
                aggregate(Agg::Count, vec![value(row)], filter),
            ),
            Aggregate::Min(row) => aggregate(Agg::Min, vec![value(row)], filter),
            Aggregate::Max(row) => aggregate(Agg::Max, vec![value(row)], filter),
            Aggregate::Percentile(row, part) => {
                aggregate(Agg::Percentile(part.clone()), vec![value(row)], filter)
            }
            Aggregate::Stddev(row) => aggregate(Agg::Stddev, vec![value(row)], filter),
        }
    }

    // ------------------------------------------------------------ two steps

    fn in_two_steps(&mut self, results: &mut Results) {
        let inner = self.inner();
        let plan = self.lowering.plan;
        for (index, slicing) in plan.scope.slicings.iter().enumerate() {
            let reached = slicing.dimensions.iter().all(|d| self.group.dimensions[*d].is_some());
            if reached && !slicing.dimensions.is_empty() && self.brings_members {
                let columns = self.dimension_columns(&slicing.dimensions);
                results.members.push((index, members(&inner.cte, &columns)));
            }
        }
        if let Some(set) = self.result(&inner, &[]) {
            results.main.push(set);
        }
        let mut choices: Vec<Vec<usize>> = Vec::new();
        for leaf in &self.group.leaves {
            let lifted = &plan.leaves[*leaf].lifted;
            if !lifted.is_empty() && !choices.contains(lifted) {
                choices.push(lifted.clone());
            }
        }
        for lifted in choices {
            results.lifted.extend(self.result(&inner, &lifted));
        }
    }

    /// The result of the leaves that lift these dimensions; with none, of every
    /// leaf where it lifts nothing that is sliced.
    fn result(&mut self, inner: &Inner, lifted: &[usize]) -> Option<ResultSet> {
        let plan = self.lowering.plan;
        let mut branches = Vec::new();
        for slicing in &plan.scope.slicings {
            let lifts = |lifted: &[usize]| slicing.dimensions.iter().any(|d| lifted.contains(d));
            let here = |leaf: &usize| {
                let own = &plan.leaves[*leaf].lifted;
                if lifted.is_empty() { !lifts(own) } else { own == lifted && lifts(own) }
            };
            let leaves: Vec<usize> = self.group.leaves.iter().copied().filter(here).collect();
            if leaves.is_empty() {
                continue;
            }
            let dimensions: Vec<usize> =
                slicing.dimensions.iter().copied().filter(|d| !lifted.contains(d)).collect();
            for segment in 0..plan.scope.segments.len() {
                branches.push(Branch {
                    slicing,
                    segment,
                    dimensions: dimensions.clone(),
                    leaves: leaves.clone(),
                });
            }
        }
        let leaves: Vec<usize> = self
            .group
            .leaves
            .iter()
            .copied()
            .filter(|leaf| branches.iter().any(|branch| branch.leaves.contains(leaf)))
            .collect();
        // The widest slicing first: its columns decide the types.
        branches.sort_by_key(|b| std::cmp::Reverse(b.dimensions.len()));
        let selects: Vec<Select> = branches.iter().map(|branch| self.outer(inner, branch, &leaves)).collect();
        let body = match selects.len() {
            0 => return None,
            1 => Body::Select(Box::new(selects.into_iter().next().expect("there is one"))),
            _ => Body::UnionAll(selects),
        };
        let (name, comment) = match lifted {
            [] => (self.result_name(), self.comment(plan.grain)),
            _ => {
                let names: Vec<_> = lifted.iter().map(|d| plan.scope.dimensions[*d].id.as_str()).collect();
                (
                    format!("{}_total", self.group.source),
                    format!("{} over all members of {}", self.group.source, names.join(", ")),
                )
            }
        };
        let cte = self.lowering.cte(&name, comment, body);
        Some(ResultSet { cte, leaves, lifted: lifted.to_vec() })
    }

    /// The source's rows, aggregated as far as every result can share.
    fn inner(&mut self) -> Inner {
        let plan = self.lowering.plan;
        let daily = self.group.kind == Kind::Atoms && !matches!(plan.grain, Grain::Hour | Grain::Day);
        let grain = if daily { Grain::Day } else { plan.grain };
        let mut names = self.lowering.columns.names.clone();
        let mut items = vec![self.time().period(grain).alias(PERIOD)];
        items.extend(self.dimension_items(&self.reached()));
        let mut inner = Inner {
            cte: String::new(),
            segments: vec![None; plan.scope.segments.len()],
            daily,
            entity: Vec::new(),
            flags: Vec::new(),
            parts: Vec::new(),
        };
        if !matches!(self.group.kind, Kind::Entities(_)) && !self.is_one_segment_in_where() {
            for (index, segment) in self.group.segments.iter().enumerate() {
                let Some(row) = segment else { continue };
                let name = names.fresh(&format!("is_{}", plan.scope.segments[index].id));
                let holds = Expr::IsTrue(self.scan.condition(row).boxed());
                items.push(holds.alias(name.clone()));
                inner.segments[index] = Some(name);
            }
        }
        let select = match &self.group.kind {
            Kind::Atoms => {
                let keys = items.iter().map(item_expr).collect();
                self.partial_sums(&mut items, &mut inner, &mut names);
                self.over_rows(items, GroupBy::Keys(keys))
            }
            Kind::Entities(values) => {
                self.entity(values, &mut items, &mut inner, &mut names);
                let keys = items.iter().map(item_expr).collect();
                self.flags(&mut items, &mut inner, &mut names);
                self.over_rows(items, GroupBy::Keys(keys))
            }
            Kind::Rows => {
                self.values(&mut items, &mut inner);
                self.over_rows(items, GroupBy::None)
            }
        };
        let (name, comment) = match self.group.kind {
            Kind::Atoms => ("atoms", format!("{} by {}", self.group.source, grain.word())),
            Kind::Entities(_) => {
                ("entities", format!("{}: each counted value once a {}", self.group.source, grain.word()))
            }
            Kind::Rows => ("rows", format!("{}: every value", self.group.source)),
        };
        let name = format!("{}_{name}", self.group.source);
        inner.cte = self.lowering.cte(&name, comment, Body::Select(Box::new(select)));
        inner
    }

    fn partial_sums(&self, items: &mut Vec<Item>, inner: &mut Inner, names: &mut super::names::Names) {
        for leaf in &self.group.leaves {
            let filter = Expr::all(self.conditions_of(*leaf));
            let name = &self.lowering.columns.leaves[*leaf];
            let parts = if let Aggregate::Avg(row) = &self.lowering.plan.leaves[*leaf].aggregate {
                let value = self.scan.value(row);
                let sum = aggregate(Agg::Sum, vec![value.clone()], filter.clone());
                let count = aggregate(Agg::Count, vec![value], filter);
                vec![
                    once(items, sum, || names.fresh(&format!("{name}_sum"))),
                    once(items, count, || names.fresh(&format!("{name}_count"))),
                ]
            } else {
                vec![once(items, self.whole(*leaf, filter), || name.clone())]
            };
            inner.parts.push((*leaf, parts));
        }
    }

    fn entity(
        &self,
        values: &[Row],
        items: &mut Vec<Item>,
        inner: &mut Inner,
        names: &mut super::names::Names,
    ) {
        for value in values {
            let name = names.fresh("entity");
            items.push(self.scan.value(value).alias(name.clone()));
            inner.entity.push(name);
        }
    }

    fn flags(&self, items: &mut Vec<Item>, inner: &mut Inner, names: &mut super::names::Names) {
        for leaf in &self.group.leaves {
            for (index, segment) in self.lowering.plan.scope.segments.iter().enumerate() {
                let Some(condition) = Expr::all(self.kept_for(*leaf, index)) else { continue };
                let name = &self.lowering.columns.leaves[*leaf];
                let name = match segment.predicate {
                    Some(_) => names.fresh(&format!("{name}_{}", segment.id)),
                    None => names.fresh(&format!("{name}_counts")),
                };
                let holds = aggregate(Agg::AnyTrue, vec![condition], None);
                inner.flags.push((*leaf, index, once(items, holds, || name)));
            }
        }
    }

    fn values(&self, items: &mut Vec<Item>, inner: &mut Inner) {
        for leaf in &self.group.leaves {
            let name = self.lowering.columns.leaves[*leaf].clone();
            let row = self.lowering.plan.leaves[*leaf].aggregate.rows();
            let value = self.scan.value(row.first().expect("a percentile and a deviation have one value"));
            let value = match Expr::all(self.conditions_of(*leaf)) {
                Some(condition) => Expr::Case { whens: vec![(condition, value)], otherwise: None },
                None => value,
            };
            inner.parts.push((*leaf, vec![once(items, value, || name)]));
        }
    }

    /// One branch of a result, from the inner step. Leaves that are computed
    /// elsewhere in this slicing are NULL.
    fn outer(&self, inner: &Inner, branch: &Branch<'_>, leaves: &[usize]) -> Select {
        let plan = self.lowering.plan;
        let read = |column: &str| Expr::of("i", column);
        let period = match inner.daily {
            true => time::cut(plan.grain, &plan.calendar, read(PERIOD)),
            false => read(PERIOD),
        };
        let mut keys = vec![period.clone()];
        let mut items = vec![period.alias(PERIOD)];
        if self.lowering.several_slicings() {
            items.push(Expr::text(plan.scope.name(branch.slicing)).alias(SLICING));
        }
        if self.lowering.several_segments() {
            items.push(Expr::text(plan.scope.segments[branch.segment].id.clone()).alias(SEGMENT));
        }
        for (index, name) in self.lowering.columns.dimensions.iter().enumerate() {
            if branch.dimensions.contains(&index) {
                keys.push(read(name));
                items.push(read(name).alias(name.clone()));
            } else {
                items.push(columns::no_member(plan, index).alias(name.clone()));
            }
        }
        for leaf in leaves {
            let value = match branch.leaves.contains(leaf) {
                true => self.rolled_up(*leaf, inner, branch),
                false => columns::no_leaf(plan, *leaf),
            };
            items.push(value.alias(self.lowering.columns.leaves[*leaf].clone()));
        }
        let filter = inner.segments[branch.segment].as_deref().map(read);
        Select {
            items,
            from: Some(named(&inner.cte, "i")),
            filter,
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        }
    }

    fn rolled_up(&self, leaf: usize, inner: &Inner, branch: &Branch<'_>) -> Expr {
        let read = |column: &String| Expr::of("i", column.clone());
        let parts = inner.parts.iter().find(|(l, _)| *l == leaf).map(|(_, parts)| parts.as_slice());
        let over = |function, column: &String| aggregate(function, vec![read(column)], None);
        match (&self.lowering.plan.leaves[leaf].aggregate, parts.unwrap_or_default()) {
            // A sum of counts is a count, whatever wider type engines give to sums.
            (Aggregate::Count, [count, ..]) => Expr::Cast(over(Agg::Sum, count).boxed(), sql::Type::Integer),
            (Aggregate::Sum(_), [sum, ..]) => over(Agg::Sum, sum),
            (Aggregate::Min(_), [min, ..]) => over(Agg::Min, min),
            (Aggregate::Max(_), [max, ..]) => over(Agg::Max, max),
            (Aggregate::Avg(_), [sum, count, ..]) => mean(over(Agg::Sum, sum), over(Agg::Sum, count)),
            (Aggregate::Percentile(_, part), [value, ..]) => over(Agg::Percentile(part.clone()), value),
            (Aggregate::Stddev(_), [value, ..]) => over(Agg::Stddev, value),
            _ => self.counted(leaf, inner, branch),
        }
    }

    /// Distinct values of a branch; where none of its slices is merged each stands once.
    fn counted(&self, leaf: usize, inner: &Inner, branch: &Branch<'_>) -> Expr {
        let flag = inner.flags.iter().find(|(l, s, _)| *l == leaf && *s == branch.segment);
        let filter = flag.map(|(_, _, name)| Expr::of("i", name.clone()));
        let entity = inner.entity.iter().map(|column| Expr::of("i", column.clone())).collect::<Vec<_>>();
        let finest = self.reached().iter().all(|d| branch.dimensions.contains(d));
        let function = if finest && entity.len() == 1 { Agg::Count } else { Agg::CountDistinct };
        aggregate(function, entity, filter)
    }

    // --------------------------------------------------------------- shared

    fn time(&self) -> Time<'a> {
        Time {
            kind: &self.group.axis.kind,
            column: self.scan.column(&self.group.axis.column),
            calendar: &self.lowering.plan.calendar,
            range: &self.lowering.plan.range,
        }
    }

    /// Asked dimensions that the source reaches.
    fn reached(&self) -> Vec<usize> {
        (0..self.group.dimensions.len()).filter(|d| self.group.dimensions[*d].is_some()).collect()
    }

    fn dimension_items(&self, dimensions: &[usize]) -> Vec<Item> {
        let item = |index: &usize| {
            let row = self.group.dimensions[*index].as_ref()?;
            Some(self.scan.value(row).alias(self.lowering.columns.dimensions[*index].clone()))
        };
        dimensions.iter().filter_map(item).collect()
    }

    /// Every asked dimension as a column, NULL where it is not among these.
    fn dimension_columns(&self, dimensions: &[usize]) -> Vec<(String, Option<Expr>)> {
        let all = self.lowering.columns.dimensions.iter().enumerate();
        all.map(|(index, name)| {
            let missing = !dimensions.contains(&index);
            (name.clone(), missing.then(|| columns::no_member(self.lowering.plan, index)))
        })
        .collect()
    }

    fn over_rows(&self, items: Vec<Item>, group_by: GroupBy) -> Select {
        let mut filter = self.time().range();
        filter.extend(self.group.conditions.iter().map(|row| self.scan.condition(row)));
        filter.extend(self.common().iter().map(|row| self.scan.condition(row)));
        Select {
            items,
            from: Some(self.scan.from.clone()),
            joins: self.scan.joins.clone(),
            filter: Expr::all(filter),
            group_by,
            ..Select::default()
        }
    }

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

    fn is_one_segment_in_where(&self) -> bool {
        self.lowering.plan.scope.is_total() && self.group.segments.len() == 1
    }

    /// A leaf's conditions that are not in WHERE.
    fn conditions_of(&self, leaf: usize) -> Vec<Expr> {
        let common = self.common();
        let own = self.lowering.plan.leaves[leaf].conditions.iter().filter(|row| !common.contains(row));
        own.map(|row| self.scan.condition(row)).collect()
    }

    /// The conditions of a leaf in a segment that are not in WHERE.
    fn kept_for(&self, leaf: usize, segment: usize) -> Vec<Expr> {
        let mut conditions = self.conditions_of(leaf);
        if !self.is_one_segment_in_where() {
            conditions.extend(self.group.segments[segment].as_ref().map(|row| self.scan.condition(row)));
        }
        conditions
    }

    fn result_name(&self) -> String {
        let what = match self.group.kind {
            Kind::Atoms => "",
            Kind::Entities(_) => "_distinct",
            Kind::Rows => "_spread",
        };
        format!("{}{what}_{}", self.group.source, by_grain(self.lowering.plan.grain))
    }

    fn comment(&self, grain: Grain) -> String {
        let mut measures: Vec<&str> = Vec::new();
        for leaf in &self.group.leaves {
            let measure = self.lowering.plan.leaves[*leaf].measure.as_str();
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        format!("{}: {} by {}", self.group.source, measures.join(", "), grain.word())
    }
}

fn same_rows(a: &Group, b: &Group) -> bool {
    a.source == b.source && a.axis == b.axis && a.conditions == b.conditions
}

/// The column of an expression: the one that is there already, or a new one.
fn once(items: &mut Vec<Item>, value: Expr, name: impl FnOnce() -> String) -> String {
    let same = |item: &Item| match item {
        Item::Expr { expr, alias } if *expr == value => Some(alias.clone()),
        Item::Expr { .. } | Item::All(_) => None,
    };
    if let Some(alias) = items.iter().find_map(same) {
        return alias;
    }
    let name = name();
    items.push(value.alias(name.clone()));
    name
}

fn aggregate(function: Agg, args: Vec<Expr>, filter: Option<Expr>) -> Expr {
    Expr::Aggregate(sql::Aggregate { function, args, filter: filter.map(Box::new) })
}

fn mean(sum: Expr, count: Expr) -> Expr {
    Expr::Divide(sum.boxed(), count.boxed())
}

fn item_expr(item: &Item) -> Expr {
    match item {
        Item::Expr { expr, .. } => expr.clone(),
        Item::All(_) => unreachable!("keys are expressions"),
    }
}

/// The members that occur. Grouped, not DISTINCT: that would give NULL a type of its own.
fn members(cte: &str, columns: &[(String, Option<Expr>)]) -> Select {
    let read = |name: &String| Expr::of("i", name.clone());
    let item = |(name, missing): &(String, Option<Expr>)| {
        missing.clone().unwrap_or_else(|| read(name)).alias(name.clone())
    };
    let present = columns.iter().filter(|(_, missing)| missing.is_none());
    Select {
        items: columns.iter().map(item).collect(),
        from: Some(named(cte, "i")),
        group_by: GroupBy::Keys(present.map(|(name, _)| read(name)).collect()),
        ..Select::default()
    }
}

fn by_grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Hour => "hourly",
        Grain::Day => "daily",
        Grain::Week => "weekly",
        Grain::Month => "monthly",
        Grain::Quarter | Grain::FiscalQuarter => "quarterly",
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => "yearly",
    }
}
