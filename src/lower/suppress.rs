//! Numbers that are suppressed: those with too few entities behind them, and others from
//! which they would follow.
//!
//! Of ten courses one has three learners: its number is suppressed. With the total in the
//! same result it would follow from the other nine, so that the next smallest goes, too;
//! likewise of segments beside all of them.

use super::columns::{PERIOD, SEGMENT, SLICING};
use super::nodes::Steps;
use super::{Lowering, named};
use crate::plan::{Minimum, Slicing};
use crate::sql::{
    Aggregate, AggregateFunction as Agg, Body, Expr, Function, GroupBy, Item, Join, JoinKind, Nulls,
    Operator, OrderBy, Select, WindowFunction,
};

/// The numbers of each row, and whether they are suppressed.
pub struct Shown {
    /// A CTE with the keys of rows as columns.
    pub from: String,
    /// Each output.
    numbers: Vec<String>,
    /// Of each output: the columns of which any suppresses it.
    few: Vec<Vec<String>>,
}

impl Shown {
    /// An output's number, or nothing, over a row `c`.
    pub fn number(&self, output: usize) -> Expr {
        let number = Expr::of("c", self.numbers[output].clone());
        if self.few[output].is_empty() {
            return number;
        }
        let shown = Expr::Not(self.is_suppressed(output).boxed());
        Expr::Case { whens: vec![(shown, number)], otherwise: None }
    }

    /// Whether it is suppressed.
    pub fn is_suppressed(&self, output: usize) -> Expr {
        let few = |name: &String| Expr::of("c", name.clone());
        match self.few[output].as_slice() {
            [] => Expr::Literal(crate::sql::Literal::Boolean(false)),
            [one] => few(one),
            several => Expr::Or(several.iter().map(few).collect()),
        }
    }
}

/// Numbers with the same entities behind them: how many these are, of the measure with
/// the fewest, and whether the numbers are suppressed.
struct Behind {
    cells: Vec<usize>,
    size: String,
    few: String,
}

/// How often slicings and segments are looked at in turn.
const ROUNDS: usize = 3;

struct Suppression<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    keys: Vec<String>,
    numbers: Vec<String>,
    behind: Vec<Behind>,
    from: String,
}

/// Suppresses what has too few entities behind it.
pub fn shown(lowering: &mut Lowering<'_>, steps: &Steps, minimum: &Minimum) -> Shown {
    let plan = lowering.plan;
    let mut keys = vec![PERIOD.to_string()];
    keys.extend(lowering.several_slicings().then(|| SLICING.to_string()));
    keys.extend(lowering.several_segments().then(|| SEGMENT.to_string()));
    keys.extend(lowering.columns.dimensions.iter().cloned());
    let fresh = |lowering: &mut Lowering<'_>, name: &str| lowering.columns.names.fresh(name);
    let numbers = plan.outputs.iter().map(|output| fresh(lowering, &output.column())).collect();
    let mut behind: Vec<Behind> = Vec::new();
    for cells in minimum.behind.iter().filter(|cells| !cells.is_empty()) {
        if !behind.iter().any(|known| known.cells == *cells) {
            let size = fresh(lowering, &format!("{}_count", minimum.cell.of));
            let few = fresh(lowering, "too_few");
            behind.push(Behind { cells: cells.clone(), size, few });
        }
    }
    let mut of = Suppression { lowering, keys, numbers, behind, from: String::new() };
    of.count(steps, minimum);
    of.complement();
    // A ratio or a change would tell the suppressed one of its parts from the other one.
    let few = |cells: &Vec<usize>| {
        let parts = of.behind.iter().filter(|b| b.cells.iter().all(|cell| cells.contains(cell)));
        parts.map(|behind| behind.few.clone()).collect()
    };
    let few = minimum.behind.iter().map(few).collect();
    Shown { from: of.from, numbers: of.numbers, few }
}

impl Suppression<'_, '_> {
    /// The numbers, and how many entities stand behind them.
    fn count(&mut self, steps: &Steps, minimum: &Minimum) {
        let plan = self.lowering.plan;
        let mut items = self.key_items();
        for (output, name) in plan.outputs.iter().zip(&self.numbers) {
            items.push(steps.formula(self.lowering, output.node).alias(name.clone()));
        }
        for behind in &self.behind {
            let counts = || behind.cells.iter().map(|cell| column(&self.lowering.columns.cells[*cell]));
            let some = |count| Expr::Call(Function::NullIf, vec![count, Expr::number(0)]);
            let mut sizes: Vec<Expr> = counts().map(some).collect();
            let size = match sizes.len() {
                1 => sizes.remove(0),
                _ => Expr::Call(Function::Least, sizes),
            };
            let is_few = |count: Expr| {
                Expr::And(vec![
                    Expr::binary(Operator::Greater, count.clone(), Expr::number(0)),
                    Expr::binary(Operator::Less, count, Expr::number(minimum.cell.count)),
                ])
            };
            let few = Expr::Or(counts().map(is_few).collect());
            items.push(size.alias(behind.size.clone()));
            items.push(Expr::IsTrue(few.boxed()).alias(behind.few.clone()));
        }
        let comment = format!("the numbers, and how many of {} stand behind them", minimum.cell.of);
        let select = Select { items, from: Some(named(&steps.from, "c")), ..Select::default() };
        self.from = self.lowering.cte("counted", comment, Body::Select(Box::new(select)));
    }

    /// Suppresses a second number where the first would follow from the others.
    fn complement(&mut self) {
        if self.behind.is_empty() {
            return;
        }
        let has_segments = self.has_parts_of_all();
        let slicings = self.finest_first();
        let has_slicings = slicings.iter().any(|(_, parents)| !parents.is_empty());
        // What one of them suppresses may leave another one's alone.
        let rounds = if has_segments && has_slicings { ROUNDS } else { 1 };
        for _ in 0..rounds {
            if has_segments {
                self.segments();
            }
            for (slicing, parents) in &slicings {
                for parent in parents {
                    self.slices(slicing, parent);
                }
                if parents.len() > 1 || has_segments {
                    parents.iter().for_each(|parent| self.still_alone(slicing, parent));
                }
            }
        }
    }

    /// Each slicing with those that it is a part of, by their dimensions; the finest first.
    fn finest_first(&self) -> Vec<(Slicing, Vec<Vec<usize>>)> {
        let plan = self.lowering.plan;
        let mut slicings: Vec<&Slicing> = plan.scope.slicings.iter().collect();
        slicings.sort_by_key(|slicing| std::cmp::Reverse(slicing.dimensions.len()));
        let parents = |slicing: &Slicing| {
            let dimensions = &slicing.dimensions;
            let asked = plan.scope.slicings.iter().map(|s| s.dimensions.clone());
            // A share tells its total.
            let lifted = plan.leaves.iter().map(|leaf| {
                dimensions.iter().copied().filter(|d| !leaf.lifted.contains(d)).collect::<Vec<_>>()
            });
            let mut parents: Vec<Vec<usize>> = Vec::new();
            for parent in asked.chain(lifted) {
                let is_part =
                    parent.len() < dimensions.len() && parent.iter().all(|d| dimensions.contains(d));
                if is_part && !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
            parents
        };
        slicings.into_iter().map(|slicing| (slicing.clone(), parents(slicing))).collect()
    }

    /// Whether several segments stand beside all of them.
    fn has_parts_of_all(&self) -> bool {
        let segments = &self.lowering.plan.scope.segments;
        segments.len() > 2 && segments.iter().any(|segment| segment.predicate.is_none())
    }

    fn segments(&mut self) {
        let all = self.lowering.plan.scope.segments.iter().find(|segment| segment.predicate.is_none());
        let all = all.map(|segment| Expr::text(segment.id.clone())).expect("asked for where there is one");
        let is_part = Expr::binary(Operator::NotEqual, column(SEGMENT), all);
        let keys = self.keys.iter().filter(|key| *key != SEGMENT).map(|key| column(key));
        let partition = keys.chain([is_part.clone()]).collect();
        self.next_smallest(vec![is_part], partition, vec![up(SEGMENT)], "one segment alone, and the whole");
    }

    fn slices(&mut self, slicing: &Slicing, parent: &[usize]) {
        let order = slicing.dimensions.iter().map(|d| up(&self.lowering.columns.dimensions[*d])).collect();
        let rows = self.of(slicing).into_iter().collect();
        let partition = self.group(parent).into_iter().map(|key| column(&key)).collect();
        self.next_smallest(rows, partition, order, "one member alone, and the total");
    }

    /// The columns that the cells of a coarser slicing have in common.
    fn group(&self, parent: &[usize]) -> Vec<String> {
        let dimensions = &self.lowering.columns.dimensions;
        let own =
            |key: &&String| !dimensions.contains(*key) || parent.iter().any(|d| dimensions[*d] == **key);
        self.keys.iter().filter(own).cloned().collect()
    }

    fn of(&self, slicing: &Slicing) -> Option<Expr> {
        let name = Expr::text(self.lowering.plan.scope.name(slicing));
        self.lowering.several_slicings().then(|| Expr::equal(column(SLICING), name))
    }

    /// Suppresses the smallest number that is shown in each part in which one alone is suppressed.
    fn next_smallest(&mut self, rows: Vec<Expr>, partition: Vec<Expr>, order: Vec<OrderBy>, of: &str) {
        let next = |behind: &Behind| {
            let few = column(&behind.few);
            let over = |function, order| Expr::Over { function, partition: partition.clone(), order };
            let one = Expr::Case { whens: vec![(few.clone(), Expr::number(1))], otherwise: None };
            let suppressed = over(WindowFunction::Of(Agg::Count, one.boxed()), Vec::new());
            let shown = Expr::Not(few.clone().boxed());
            let size = Expr::Case { whens: vec![(shown.clone(), column(&behind.size))], otherwise: None };
            let mut order = order.clone();
            order.insert(0, OrderBy { expr: size, descending: false, nulls: Nulls::Last });
            let place = over(WindowFunction::RowNumber, order);
            let mut all = rows.clone();
            all.extend([
                shown,
                Expr::is_there(column(&behind.size)),
                Expr::equal(suppressed, Expr::number(1)),
                Expr::equal(place, Expr::number(1)),
            ]);
            Expr::Or(vec![few, Expr::And(all)])
        };
        let few = self.behind.iter().map(next).collect();
        self.replace(few, Vec::new(), &format!("where {of} tell of it, the next smallest goes, too"));
    }

    /// Suppresses the number of a coarser slicing where one of its parts is still alone.
    fn still_alone(&mut self, slicing: &Slicing, parent: &[usize]) {
        let coarser = self.lowering.plan.scope.slicings.iter().find(|s| s.dimensions == *parent).cloned();
        let Some(coarser) = coarser else { return };
        let keys: Vec<String> = self.group(parent).into_iter().filter(|key| *key != SLICING).collect();
        let mut items: Vec<Item> = keys.iter().map(|key| column(key).alias(key.clone())).collect();
        for behind in &self.behind {
            let one = Expr::Case { whens: vec![(column(&behind.few), Expr::number(1))], otherwise: None };
            let count = Expr::Aggregate(Aggregate { function: Agg::Count, args: vec![one], filter: None });
            items.push(Expr::equal(count, Expr::number(1)).alias(behind.few.clone()));
        }
        let select = Select {
            items,
            from: Some(named(&self.from, "c")),
            filter: self.of(slicing),
            group_by: GroupBy::Keys(keys.iter().map(|key| column(key)).collect()),
            ..Select::default()
        };
        let alone = self.lowering.cte(
            "alone",
            "where one number alone is suppressed",
            Body::Select(Box::new(select)),
        );
        let same =
            |key: &String| Expr::NullSafeEqual(Expr::of("a", key.clone()).boxed(), column(key).boxed());
        let mut on: Vec<Expr> = self.of(&coarser).into_iter().collect();
        on.extend(keys.iter().map(same));
        let join = Join { kind: JoinKind::Left, from: named(&alone, "a"), on: Expr::all(on) };
        let few = |behind: &Behind| {
            let alone = Expr::IsTrue(Expr::of("a", behind.few.clone()).boxed());
            Expr::Or(vec![column(&behind.few), alone])
        };
        let few = self.behind.iter().map(few).collect();
        self.replace(few, vec![join], "what would tell of it goes with it");
    }

    /// The same rows, with other numbers suppressed.
    fn replace(&mut self, few: Vec<Expr>, joins: Vec<Join>, comment: &str) {
        let mut items = self.key_items();
        items.extend(self.numbers.iter().map(|name| column(name).alias(name.clone())));
        for (behind, few) in self.behind.iter().zip(few) {
            items.push(column(&behind.size).alias(behind.size.clone()));
            items.push(few.alias(behind.few.clone()));
        }
        let select = Select { items, from: Some(named(&self.from, "c")), joins, ..Select::default() };
        self.from = self.lowering.cte("suppressed", comment, Body::Select(Box::new(select)));
    }

    fn key_items(&self) -> Vec<Item> {
        self.keys.iter().map(|key| column(key).alias(key.clone())).collect()
    }
}

fn column(name: &str) -> Expr {
    Expr::of("c", name)
}

fn up(name: &str) -> OrderBy {
    OrderBy { expr: column(name), descending: false, nulls: Nulls::Last }
}
