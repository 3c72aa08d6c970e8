//! What is there from one change to the next: stocks as running sums of what comes and goes.
//!
//! Subscribers by day: each subscription comes once and goes once. Their number after
//! each day on which one did is the sum of all changes so far, and the end of each day
//! finds the one that held there. No subscription is looked at once a day.

use super::outer::{self, Branch, Of, WINDOW};
use super::{
    Agg, Aggregate, Body, Expr, GroupBy, Inner, Item, OfGroup, PERIOD, Select, aggregate, columns, item_expr,
    named, read, sql, time,
};
use crate::lower::windows::END;
use crate::resolve::resolved::Grain;
use crate::sql::{Function, Join, JoinKind, Operator, OrderBy, WindowFunction};

/// The columns of changes, and of what is there from each to the next.
pub struct States<'s> {
    /// What tells slices and segments apart.
    pub labels: &'s [String],
    /// When something changes.
    pub since: Expr,
    /// What each stock changes by, and its column.
    pub sums: Vec<(Expr, String)>,
    /// What the start and the end of a state are called.
    pub names: (&'s str, &'s str),
    /// Until when the last one lasts.
    pub last: Expr,
}

impl States<'_> {
    /// What is there, from changes.
    pub fn of(self, changes: &str) -> Body {
        let partition: Vec<Expr> = self.labels.iter().map(|label| read(label)).collect();
        let over = |function| Expr::Over {
            function,
            partition: partition.clone(),
            order: vec![OrderBy::up(self.since.clone())],
        };
        let mut items: Vec<Item> = self.labels.iter().map(|label| read(label).alias(label.clone())).collect();
        items.push(self.since.clone().alias(self.names.0));
        let group_by = GroupBy::Keys(items.iter().map(item_expr).collect());
        let next = over(WindowFunction::Next(self.since.clone().boxed()));
        items.push(Expr::Call(Function::Coalesce, vec![next, self.last]).alias(self.names.1));
        for (change, name) in self.sums {
            let there = over(WindowFunction::SumUpTo(aggregate(Agg::Sum, vec![change], None).boxed()));
            items.push(Expr::Call(Function::Coalesce, vec![there, Expr::number(0)]).alias(name));
        }
        let from = Some(named(changes, "i"));
        Body::Select(Box::new(Select { items, from, group_by, ..Select::default() }))
    }
}

const SINCE: &str = "since";
const UNTIL: &str = "until";

impl OfGroup<'_, '_> {
    /// The balances of a stock that comes and goes by day, at the end of each window.
    pub(super) fn balances(
        &mut self,
        inner: &Inner,
        of: &Of<'_>,
        branches: &[Branch<'_>],
        leaves: &[usize],
    ) -> Body {
        let windows = of.windows.clone().expect("a stock is read at the ends of windows");
        let mut names = self.lowering.columns.names.clone();
        let (since, until) = (names.fresh(SINCE), names.fresh(UNTIL));
        let labels = outer::label_columns(self.lowering);
        let changes = self.changes_by_slice(inner, branches, leaves);
        let name = |leaf: &usize| self.lowering.columns.leaves[*leaf].clone();
        let states = States {
            labels: &labels,
            since: read(PERIOD),
            sums: leaves.iter().map(|leaf| (read(&name(leaf)), name(leaf))).collect(),
            names: (&since, &until),
            last: Expr::Literal(time::start(Grain::Day, self.lowering.plan.range.end)),
        };
        let body = states.of(&changes);
        let source = &self.group.source;
        let comment = format!("{source}: what is there from one change to the next");
        let states = self.lowering.cte(&format!("{source}_states"), comment, body);
        let mut items = vec![Expr::of(WINDOW, PERIOD).alias(PERIOD)];
        items.extend(labels.iter().map(|label| read(label).alias(label.clone())));
        for leaf in leaves {
            let there = read(&self.lowering.columns.leaves[*leaf]);
            let there = match self.lowering.plan.leaves[*leaf].aggregate {
                // A sum of counts is a count, whatever wider type engines give to sums.
                Aggregate::Count => Expr::Cast(there.boxed(), sql::Type::Integer),
                _ => there,
            };
            items.push(there.alias(self.lowering.columns.leaves[*leaf].clone()));
        }
        let on = Expr::And(vec![
            Expr::binary(Operator::Less, read(&since), Expr::of(WINDOW, END)),
            Expr::binary(Operator::GreaterEqual, read(&until), Expr::of(WINDOW, END)),
        ]);
        Body::Select(Box::new(Select {
            items,
            from: Some(named(&states, "i")),
            joins: vec![Join { kind: JoinKind::Inner, from: named(&windows.cte, WINDOW), on: Some(on) }],
            ..Select::default()
        }))
    }

    /// The changes of every slicing and segment. Of one alone they are those of the inner step.
    fn changes_by_slice(&mut self, inner: &Inner, branches: &[Branch<'_>], leaves: &[usize]) -> String {
        if let [only] = branches
            && inner.segment(only.segment).is_none()
            && only.dimensions.len() == self.lowering.columns.dimensions.len()
            && !self.lowering.several_slicings()
            && !self.lowering.several_segments()
            && leaves.iter().all(|leaf| inner.parts(*leaf) == [self.lowering.columns.leaves[*leaf].as_str()])
        {
            return inner.cte.clone();
        }
        let selects = branches.iter().map(|branch| self.changes_of(inner, branch, leaves)).collect();
        let source = &self.group.source;
        let comment = format!("{source}: what comes and goes in each slice");
        self.lowering.cte(&format!("{source}_changes"), comment, Body::all_of(selects))
    }

    fn changes_of(&self, inner: &Inner, branch: &Branch<'_>, leaves: &[usize]) -> Select {
        let mut items = self.labels(branch).0;
        items.push(read(PERIOD).alias(PERIOD));
        for leaf in leaves {
            let change = match inner.parts(*leaf) {
                [part, ..] if branch.leaves.contains(leaf) => read(part),
                _ => columns::no_leaf(self.lowering.plan, *leaf),
            };
            items.push(change.alias(self.lowering.columns.leaves[*leaf].clone()));
        }
        let filter = inner.segment(branch.segment);
        Select { items, from: Some(named(&inner.cte, "i")), filter, ..Select::default() }
    }
}
