//! The outer step: results by period, slices and segment, from what the inner one left.

use super::{
    Agg, Aggregate, Body, Expr, GroupBy, Inner, OfGroup, PERIOD, ResultSet, Results, SEGMENT, SLICING,
    Select, aggregate, columns, mean, members, named, read, sql, time,
};
use crate::plan::Slicing;

/// One slicing and segment of a group, where some dimensions are lifted.
pub struct Branch<'p> {
    slicing: &'p Slicing,
    pub segment: usize,
    /// The dimensions that remain.
    pub dimensions: Vec<usize>,
    /// The leaves computed here.
    leaves: Vec<usize>,
}

impl OfGroup<'_, '_> {
    pub(super) fn in_two_steps(&mut self, results: &mut Results) {
        let inner = self.inner();
        let plan = self.lowering.plan;
        for (index, slicing) in plan.scope.slicings.iter().enumerate() {
            let reached = slicing.dimensions.iter().all(|d| self.group.dimensions[*d].is_some());
            if reached && !slicing.dimensions.is_empty() && self.brings_members {
                let columns = self.dimension_columns(&slicing.dimensions);
                let from = self.read_by(&inner, &slicing.dimensions);
                results.members.push((index, members(from, &columns)));
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

    /// One branch of a result, from the inner step. Leaves that are computed
    /// elsewhere in this slicing are NULL.
    fn outer(&self, inner: &Inner, branch: &Branch<'_>, leaves: &[usize]) -> Select {
        let plan = self.lowering.plan;
        let period = match self.is_daily() {
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
        Select {
            items,
            from: Some(named(self.read_by(inner, &branch.dimensions), "i")),
            filter: inner.segment(branch.segment),
            group_by: GroupBy::Keys(keys),
            ..Select::default()
        }
    }

    fn rolled_up(&self, leaf: usize, inner: &Inner, branch: &Branch<'_>) -> Expr {
        let over = |function, column: &String| aggregate(function, vec![read(column)], None);
        match (&self.lowering.plan.leaves[leaf].aggregate, inner.parts(leaf)) {
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
}
