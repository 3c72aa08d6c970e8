//! The inner step: a source's rows, aggregated as far as every result can share.

use super::entities::Counted;
use super::{Agg, Aggregate, Expr, Grain, Item, Kind, OfGroup, PERIOD, aggregate, read};
use crate::lower::ages;
use crate::lower::names::Names;
use crate::plan::{DimensionKind, Entries, Step, Taken, YOUNGEST};
use crate::resolve::resolved::Row;
use crate::resolve::scalar::ScalarKind;

/// What the outer step reads of the inner one.
pub struct Inner {
    pub cte: String,
    /// Each segment's column; `None`: `all`.
    segments: Vec<Option<String>>,
    /// leaf → its partial columns.
    parts: Vec<(usize, Vec<String>)>,
    /// Of distinct counts.
    pub counted: Counted,
    /// Of a mean over days: the columns of the day, and of the number of days.
    pub mean: Option<(String, String)>,
}

impl Inner {
    /// A leaf's partial columns; none for a distinct count.
    pub fn parts(&self, leaf: usize) -> &[String] {
        self.parts.iter().find(|(of, _)| *of == leaf).map_or(&[], |(_, parts)| parts.as_slice())
    }

    /// What keeps the rows of a segment.
    pub fn segment(&self, segment: usize) -> Option<Expr> {
        self.segments[segment].as_deref().map(read)
    }
}

impl<'a> OfGroup<'_, 'a> {
    /// The step that rows are cut to.
    pub(super) fn inner_grain(&self) -> Grain {
        let by_day = self.is_daily() || self.group.step == Step::Day;
        if by_day { Grain::Day } else { self.lowering.plan.grain }
    }

    pub(super) fn inner(&mut self) -> Inner {
        let plan = self.lowering.plan;
        let grain = self.inner_grain();
        let mut names = self.lowering.columns.names.clone();
        let mut keys = self.dimension_items(&self.reached());
        let mean = self.meets.as_ref().and_then(|meets| meets.mean.as_ref());
        let mean = mean.map(|mean| {
            let columns = (names.fresh("day"), names.fresh("days"));
            keys.push(mean.day.clone().alias(columns.0.clone()));
            keys.push(mean.days.clone().alias(columns.1.clone()));
            columns
        });
        let mut parts = Vec::new();
        let source = &self.group.source;
        let (segments, counted, body, name, comment) = match &self.group.kind {
            Kind::Atoms => {
                let segments = self.segments(&mut keys, &mut names);
                let mut sums = Vec::new();
                self.partial_sums(&mut sums, &mut parts, &mut names);
                let flows = self.meets.as_ref().and_then(|meets| meets.flows.as_ref());
                let (body, comment) = match flows {
                    Some(flows) => (
                        self.come_and_go(flows, PERIOD, &keys, &sums),
                        format!("{source}: what comes and goes, by day"),
                    ),
                    None => (self.grouped(grain, keys, sums), format!("{source} by {}", grain.word())),
                };
                (segments, Counted::default(), body, "atoms", comment)
            }
            Kind::Entities(values) => {
                let (counted, flags) = self.entities(values, &mut keys, &mut names);
                let body = self.grouped(grain, keys, flags);
                let comment = format!("{source}: each counted value once a {}", grain.word());
                (vec![None; plan.scope.segments.len()], counted, body, "entities", comment)
            }
            Kind::Rows => {
                let segments = self.segments(&mut keys, &mut names);
                self.values(&mut keys, &mut parts, &mut names);
                let body = self.each(grain, keys);
                (segments, Counted::default(), body, "rows", format!("{source}: every value"))
            }
        };
        let cte = self.lowering.cte(&format!("{source}_{name}"), comment, body);
        let cte = self.at_each_age(cte, &segments, &parts);
        let mut inner = Inner { cte, segments, parts, counted, mean };
        self.count(&mut inner);
        inner
    }

    /// Of entries by age: the sums at each age.
    fn at_each_age(
        &mut self,
        inner: String,
        segments: &[Option<String>],
        parts: &[(usize, Vec<String>)],
    ) -> String {
        let Some((entries, grain)) = self.by_age() else { return inner };
        let plan = self.lowering.plan;
        let names = &self.lowering.columns.dimensions;
        let is_age = |index: &usize| plan.scope.dimensions[*index].kind == DimensionKind::Age;
        let reached = self.reached();
        let age = reached.iter().copied().find(is_age).expect("numbers by age are asked by age");
        let young = |leaf: &usize| {
            let rows = plan.leaves[*leaf].aggregate.rows();
            rows.first().is_some_and(|row| matches!(&row.kind, ScalarKind::Leaf(c) if c.column == YOUNGEST))
        };
        let of = |(leaf, parts): &(usize, Vec<String>)| (young(leaf), parts.clone());
        let (youngest, sums): (Vec<_>, Vec<_>) = parts.iter().map(of).partition(|(young, _)| *young);
        let others = reached.iter().filter(|index| !is_age(index)).map(|index| names[*index].clone());
        let mut others: Vec<String> = others.chain(segments.iter().flatten().cloned()).collect();
        for part in sums.into_iter().flat_map(|(_, parts)| parts) {
            if !others.contains(&part) {
                others.push(part);
            }
        }
        let mut youngest: Vec<String> = youngest.into_iter().flat_map(|(_, parts)| parts).collect();
        youngest.dedup();
        let columns = ages::Columns { age: names[age].clone(), youngest, others };
        let body = ages::at_each(self.lowering, (self.group, entries), grain, &inner, &columns);
        let comment = format!("{}: at each age", self.group.source);
        self.lowering.cte(&format!("{}_ages", self.group.source), comment, body)
    }

    /// The entries that are read by age, and in what it is counted.
    pub(super) fn by_age(&self) -> Option<(&'a Entries, Grain)> {
        match &self.group.taken {
            Some(Taken::Entries(entries)) => Some((entries, ages::grain(entries)?)),
            Some(Taken::Steps(_)) | None => None,
        }
    }

    /// Whether each segment holds, as keys beside the others.
    pub(super) fn segments(&self, keys: &mut Vec<Item>, names: &mut Names) -> Vec<Option<String>> {
        if self.is_one_segment_in_where() {
            return vec![None];
        }
        let asked = self.group.segments.iter().zip(&self.lowering.plan.scope.segments);
        let column = |(row, segment): (&Option<_>, &crate::plan::Segment)| {
            let holds = Expr::IsTrue(self.scan.condition(row.as_ref()?).boxed());
            let name = names.fresh(&format!("is_{}", segment.id));
            keys.push(holds.alias(name.clone()));
            Some(name)
        };
        asked.map(column).collect()
    }

    fn partial_sums(&self, items: &mut Vec<Item>, parts: &mut Vec<(usize, Vec<String>)>, names: &mut Names) {
        for leaf in &self.group.leaves {
            let filter = Expr::all(self.conditions_of(*leaf));
            let name = &self.lowering.columns.leaves[*leaf];
            let columns = if let Aggregate::Avg(row) = &self.lowering.plan.leaves[*leaf].aggregate {
                let value = self.scan.value(row);
                let to_sum = self.lowering.to_sum(row, value.clone());
                let sum = aggregate(Agg::Sum, vec![to_sum], filter.clone());
                let count = aggregate(Agg::Count, vec![value], filter);
                vec![
                    once(items, sum, || names.fresh(&format!("{name}_sum"))),
                    once(items, count, || names.fresh(&format!("{name}_count"))),
                ]
            } else {
                vec![once(items, self.whole(*leaf, filter), || name.clone())]
            };
            parts.push((*leaf, columns));
        }
    }

    fn values(&self, items: &mut Vec<Item>, parts: &mut Vec<(usize, Vec<String>)>, names: &mut Names) {
        for leaf in &self.group.leaves {
            let name = self.lowering.columns.leaves[*leaf].clone();
            let rows = self.lowering.plan.leaves[*leaf].aggregate.rows();
            let of_both = match rows.as_slice() {
                [a, b] => vec![Expr::is_there(self.scan.value(a)), Expr::is_there(self.scan.value(b))],
                _ => Vec::new(),
            };
            let condition = Expr::all([self.conditions_of(*leaf), of_both].concat());
            let mut column = |(index, row): (usize, &&Row)| {
                let value = self.scan.value(row);
                let value = match &condition {
                    Some(condition) => {
                        Expr::Case { whens: vec![(condition.clone(), value)], otherwise: None }
                    }
                    None => value,
                };
                let name =
                    if rows.len() > 1 { names.fresh(&format!("{name}_{}", index + 1)) } else { name.clone() };
                once(items, value, || name)
            };
            parts.push((*leaf, rows.iter().enumerate().map(&mut column).collect()));
        }
    }
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
