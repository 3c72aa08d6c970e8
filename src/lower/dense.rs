//! Results to cells: every period, slice and segment, with gaps filled.
//!
//! A channel that sold in January has a row in February too, with revenue 0 and
//! without an average order value. Results of several sources meet here, and only
//! here: stacked and grouped, so that NULL members match and nothing multiplies.

use super::columns::{self, PERIOD, SEGMENT, SLICING};
use super::group::{ResultSet, Results};
use super::{Lowering, named, time};
use crate::plan::{Cell, Fill, Moment, Over, Plan, Slicing};
use crate::resolve::resolved::Aggregate;
use crate::sql::{
    self, AggregateFunction, Body, Expr, Function, GroupBy, Item, Join, JoinKind, Operator, Select, Type,
};

/// Adds the CTE of all cells, with the columns `period_start`, `slicing` and
/// `segment` where there are several, the asked dimensions and every cell.
pub fn cells(lowering: &mut Lowering<'_>, results: &Results) -> String {
    let spine = lowering.spine();
    let segments = segments(lowering);
    match lowering.plan.scope.is_total() {
        true => of_totals(lowering, results, &spine, segments.as_deref()),
        false => of_members(lowering, results, &spine, segments.as_deref()),
    }
}

impl Lowering<'_> {
    /// The CTE of the asked periods.
    pub fn spine(&mut self) -> String {
        if let Some(spine) = &self.spine {
            return spine.clone();
        }
        let body = periods(self.plan);
        let spine = self.cte("spine", "the periods asked", body);
        self.spine = Some(spine.clone());
        spine
    }
}

fn periods(plan: &Plan) -> Body {
    let starts = &plan.range.starts;
    if !plan.grain.is_common() {
        let row = |start: &Moment| vec![Expr::Literal(time::start(plan.grain, *start))];
        return Body::Values { columns: vec![PERIOD.into()], rows: starts.iter().map(row).collect() };
    }
    Body::Series {
        first: time::start(plan.grain, starts[0]),
        last: time::start(plan.grain, starts[starts.len() - 1]),
        step: time::step(plan.grain),
        column: PERIOD.into(),
    }
}

fn segments(lowering: &mut Lowering<'_>) -> Option<String> {
    if !lowering.several_segments() {
        return None;
    }
    let row = |segment: &crate::plan::Segment| vec![Expr::text(segment.id.clone())];
    let rows = lowering.plan.scope.segments.iter().map(row).collect();
    let body = Body::Values { columns: vec![SEGMENT.into()], rows };
    Some(lowering.cte("segments", "the segments asked", body))
}

// --------------------------------------------------------- without slices

fn of_totals(lowering: &mut Lowering<'_>, results: &Results, spine: &str, segments: Option<&str>) -> String {
    let mut items = vec![Expr::of("p", PERIOD).alias(PERIOD)];
    let mut joins = Vec::new();
    if let Some(segments) = segments {
        items.push(Expr::of("s", SEGMENT).alias(SEGMENT));
        joins.push(Join { kind: JoinKind::Cross, from: named(segments, "s"), on: None });
    }
    for (index, set) in results.main.iter().enumerate() {
        let alias = format!("r{}", index + 1);
        let mut on = vec![Expr::equal(Expr::of(alias.clone(), PERIOD), Expr::of("p", PERIOD))];
        if segments.is_some() {
            on.push(Expr::equal(Expr::of(alias.clone(), SEGMENT), Expr::of("s", SEGMENT)));
        }
        joins.push(Join { kind: JoinKind::Left, from: named(&set.cte, &alias), on: Expr::all(on) });
    }
    let mut known = Vec::new();
    for (index, cte) in known_by(results).into_iter().enumerate() {
        known.push((cte, is_known_by(cte, index, "p", &mut joins)));
    }
    let read = |leaf: usize| {
        let set = results.main.iter().position(|set| set.leaves.contains(&leaf));
        let set = set.expect("without slices nothing is lifted: every leaf has a main result");
        Expr::of(format!("r{}", set + 1), lowering.columns.leaves[leaf].clone())
    };
    let there = Known { results, columns: known };
    items.extend(cell_items(lowering, &Expr::of("p", PERIOD), &read, &there));
    let select = Select { items, from: Some(named(spine, "p")), joins, ..Select::default() };
    lowering.cte("cells", "every period, with what no rows mean", Body::Select(Box::new(select)))
}

// ------------------------------------------------------------ with slices

fn of_members(lowering: &mut Lowering<'_>, results: &Results, spine: &str, segments: Option<&str>) -> String {
    let members = members(lowering, results);
    let stack = stack(lowering, results, &Stacked::Asked { spine, members: &members, segments });
    merged(lowering, results, &stack)
}

/// Adds the CTE of the cells that have a row in any result: those of members.
pub fn occurring(lowering: &mut Lowering<'_>, results: &Results, stacked: Stacked<'_>) -> String {
    let stack = stack(lowering, results, &stacked);
    merged(lowering, results, &stack)
}

/// What stands beneath the results of sources, so that cells without a row are there.
pub enum Stacked<'s> {
    /// An empty row for every cell asked: of the periods, members and segments.
    Asked { spine: &'s str, members: &'s str, segments: Option<&'s str> },
    /// Nothing: only cells that occur.
    Cells,
    /// Only members that occur, and for each period a row of nobody, for those that do not.
    Members,
}

/// One row a cell, from what is stacked.
fn merged(lowering: &mut Lowering<'_>, results: &Results, stack: &str) -> String {
    let keys: Vec<String> = keys(lowering);
    let key_items = |alias: &str| -> Vec<Item> {
        keys.iter().map(|key| Expr::of(alias, key.clone()).alias(key.clone())).collect()
    };
    let group_by = GroupBy::Keys(keys.iter().map(|key| Expr::of("k", key.clone())).collect());
    let found = |leaf: usize| {
        Expr::Aggregate(sql::Aggregate {
            function: AggregateFunction::Max,
            args: vec![Expr::of("k", lowering.columns.leaves[leaf].clone())],
            filter: None,
        })
    };
    let from = Some(named(stack, "k"));
    let any = |name: String| {
        Expr::Aggregate(sql::Aggregate {
            function: AggregateFunction::AnyTrue,
            args: vec![Expr::of("k", name)],
            filter: None,
        })
    };
    let named_known = |of: &dyn Fn(String) -> Expr| {
        let columns = known_by(results).into_iter().enumerate();
        let columns = columns.map(|(index, cte)| (cte, of(known_column(index)))).collect();
        Known { results, columns }
    };
    if results.lifted.is_empty() {
        let mut items = key_items("k");
        let known = named_known(&any);
        items.extend(cell_items(lowering, &Expr::of("k", PERIOD), &found, &known));
        let select = Select { items, from, group_by, ..Select::default() };
        return lowering.cte(
            "cells",
            "one row a cell, with what no rows mean",
            Body::Select(Box::new(select)),
        );
    }
    let mut items = key_items("k");
    for leaf in leaves(&results.main) {
        items.push(found(leaf).alias(lowering.columns.leaves[leaf].clone()));
    }
    for index in 0..known_by(results).len() {
        items.push(any(known_column(index)).alias(known_column(index)));
    }
    let select = Select { items, from, group_by, ..Select::default() };
    let merged = lowering.cte("merged", "one row a cell", Body::Select(Box::new(select)));
    let known = named_known(&|name| Expr::of("m", name));
    with_lifted(lowering, results, &merged, key_items("m"), &known)
}

/// The slices that occur in any source, by slicing.
fn members(lowering: &mut Lowering<'_>, results: &Results) -> String {
    let plan = lowering.plan;
    let mut selects = Vec::new();
    for (index, select) in &results.members {
        let mut select = select.clone();
        with_steps(lowering, &plan.scope.slicings[*index], &mut select);
        if lowering.several_slicings() {
            let slicing = plan.scope.name(&plan.scope.slicings[*index]);
            select.items.insert(0, Expr::text(slicing).alias(SLICING));
        }
        selects.push((plan.scope.slicings[*index].dimensions.len(), select));
    }
    // Nothing has to occur for a total, and for steps.
    for slicing in &plan.scope.slicings {
        if !plan.scope.of_rows(&slicing.dimensions).is_empty() {
            continue;
        }
        let mut items = Vec::new();
        for (index, name) in lowering.columns.dimensions.iter().enumerate() {
            items.push(columns::no_member(plan, index).alias(name.clone()));
        }
        let mut select = Select { items, ..Select::default() };
        with_steps(lowering, slicing, &mut select);
        if lowering.several_slicings() {
            select.items.insert(0, Expr::text(plan.scope.name(slicing)).alias(SLICING));
        }
        selects.push((slicing.dimensions.len(), select));
    }
    if selects.is_empty() {
        selects.push((0, nobody(lowering)));
    }
    // The widest slicing first: its columns decide the types.
    selects.sort_by_key(|(width, _)| std::cmp::Reverse(*width));
    let selects: Vec<Select> = selects.into_iter().map(|(_, select)| select).collect();
    lowering.cte("members", "the members that occur", Body::all_of(selects))
}

/// Members of no KPI: none of those that are asked was defined in the range.
fn nobody(lowering: &Lowering<'_>) -> Select {
    let plan = lowering.plan;
    let mut items = Vec::new();
    if lowering.several_slicings() {
        items.push(Expr::null(Type::Text).alias(SLICING));
    }
    for (index, name) in lowering.columns.dimensions.iter().enumerate() {
        items.push(columns::no_member(plan, index).alias(name.clone()));
    }
    Select { items, filter: Some(Expr::Or(Vec::new())), ..Select::default() }
}

/// Puts the steps of a slicing beside members: items are the asked dimensions.
fn with_steps(lowering: &mut Lowering<'_>, slicing: &Slicing, select: &mut Select) {
    let steps = lowering.steps(&slicing.dimensions);
    steps.fill(&mut select.items);
    if let GroupBy::Keys(keys) = &mut select.group_by {
        keys.extend(steps.columns());
    }
    steps.beside(select);
}

/// All results beneath each other, and what is to stand beneath them.
fn stack(lowering: &mut Lowering<'_>, results: &Results, stacked: &Stacked<'_>) -> String {
    let plan = lowering.plan;
    let leaves = leaves(&results.main);
    let keys = keys(lowering);
    let mut selects = Vec::new();
    for set in &results.main {
        let mut items: Vec<Item> =
            keys.iter().map(|key| Expr::of("r", key.clone()).alias(key.clone())).collect();
        for leaf in &leaves {
            let name = lowering.columns.leaves[*leaf].clone();
            let value = match set.leaves.contains(leaf) {
                true => Expr::of("r", name.clone()),
                false => columns::no_leaf(plan, *leaf),
            };
            items.push(value.alias(name));
        }
        // Members have no row for every cell asked: each row brings what is known.
        let mut joins = Vec::new();
        for (index, cte) in known_by(results).into_iter().enumerate() {
            let there = match stacked {
                Stacked::Asked { .. } => Expr::null(Type::Boolean),
                Stacked::Cells | Stacked::Members => is_known_by(cte, index, "r", &mut joins),
            };
            items.push(there.alias(known_column(index)));
        }
        let someone = |name: &String| Expr::is_there(Expr::of("r", name.clone()));
        let filter = match stacked {
            Stacked::Asked { .. } | Stacked::Cells => None,
            Stacked::Members => Expr::all(lowering.columns.dimensions.iter().map(someone).collect()),
        };
        selects.push(Select { items, from: Some(named(&set.cte, "r")), joins, filter, ..Select::default() });
    }
    let comment = match stacked {
        Stacked::Cells => "results of each source",
        Stacked::Asked { .. } => "results of each source, and a row for every cell asked",
        Stacked::Members => "results of each source, and a row of nobody",
    };
    if let Stacked::Cells = stacked {
        for set in &results.lifted {
            selects.extend(each_step(lowering, results, set, &leaves));
        }
    }
    selects.extend(beneath(lowering, results, stacked));
    lowering.cte("stack", comment, Body::all_of(selects))
}

/// The empty rows beneath all results.
fn beneath(lowering: &mut Lowering<'_>, results: &Results, stacked: &Stacked<'_>) -> Option<Select> {
    let plan = lowering.plan;
    let mut joins = Vec::new();
    let spine = match stacked {
        Stacked::Cells => return None,
        Stacked::Members => lowering.spine(),
        Stacked::Asked { spine, members, segments } => {
            joins.push(Join { kind: JoinKind::Cross, from: named(members, "m"), on: None });
            joins.extend(segments.map(|segments| Join {
                kind: JoinKind::Cross,
                from: named(segments, "s"),
                on: None,
            }));
            (*spine).to_string()
        }
    };
    let member = |key: &str| match stacked {
        Stacked::Members => {
            let dimension = lowering.columns.dimensions.iter().position(|name| name == key);
            columns::no_member(plan, dimension.expect("numbers of members have no other key"))
        }
        Stacked::Asked { .. } | Stacked::Cells => Expr::of("m", key),
    };
    let of_key = |key: &String| match key.as_str() {
        PERIOD => Expr::of("p", PERIOD),
        SEGMENT => Expr::of("s", SEGMENT),
        key => member(key),
    };
    let mut items: Vec<Item> = keys(lowering).iter().map(|key| of_key(key).alias(key.clone())).collect();
    for leaf in leaves(&results.main) {
        items.push(columns::no_leaf(plan, leaf).alias(lowering.columns.leaves[leaf].clone()));
    }
    for (index, cte) in known_by(results).into_iter().enumerate() {
        items.push(is_known_by(cte, index, "p", &mut joins).alias(known_column(index)));
    }
    Some(Select { items, from: Some(named(&spine, "p")), joins, ..Select::default() })
}

/// The cells of a result of all steps together: each step has its own beneath. None of
/// a slicing in which something is lifted that rows have.
fn each_step(
    lowering: &mut Lowering<'_>,
    results: &Results,
    set: &ResultSet,
    leaves: &[usize],
) -> Vec<Select> {
    let plan = lowering.plan;
    let mut selects = Vec::new();
    for slicing in &plan.scope.slicings {
        let lifted: Vec<usize> =
            slicing.dimensions.iter().copied().filter(|d| set.lifted.contains(d)).collect();
        if lifted.is_empty() || !plan.scope.of_rows(&lifted).is_empty() {
            continue;
        }
        let steps = lowering.steps(&lifted);
        let mut items: Vec<Item> =
            keys(lowering).into_iter().map(|key| Expr::of("r", key.clone()).alias(key)).collect();
        let before = items.len() - lowering.columns.dimensions.len();
        steps.fill(&mut items[before..]);
        for leaf in leaves {
            items.push(columns::no_leaf(plan, *leaf).alias(lowering.columns.leaves[*leaf].clone()));
        }
        let mut joins = Vec::new();
        for (index, cte) in known_by(results).into_iter().enumerate() {
            items.push(is_known_by(cte, index, "r", &mut joins).alias(known_column(index)));
        }
        let own = || Expr::equal(Expr::of("r", SLICING), Expr::text(plan.scope.name(slicing)));
        let filter = lowering.several_slicings().then(own);
        let from = Some(named(&set.cte, "r"));
        let mut select = Select { items, from, joins, filter, ..Select::default() };
        steps.beside(&mut select);
        selects.push(select);
    }
    selects
}

/// Joins what has fewer slices to every cell beneath it.
fn with_lifted(
    lowering: &mut Lowering<'_>,
    results: &Results,
    merged: &str,
    mut items: Vec<Item>,
    known: &Known<'_>,
) -> String {
    let mut joins = Vec::new();
    for (index, set) in results.lifted.iter().enumerate() {
        let alias = format!("t{}", index + 1);
        let column = |table: &str, name: &str| Expr::of(table, name);
        let mut on = vec![Expr::equal(column(&alias, PERIOD), column("m", PERIOD))];
        if lowering.several_slicings() {
            on.push(Expr::equal(column(&alias, SLICING), column("m", SLICING)));
        }
        if lowering.several_segments() {
            on.push(Expr::equal(column(&alias, SEGMENT), column("m", SEGMENT)));
        }
        for (dimension, name) in lowering.columns.dimensions.iter().enumerate() {
            if !set.lifted.contains(&dimension) {
                on.push(Expr::NullSafeEqual(column(&alias, name).boxed(), column("m", name).boxed()));
            }
        }
        joins.push(Join { kind: JoinKind::Left, from: named(&set.cte, &alias), on: Expr::all(on) });
    }
    let read = |leaf: usize| {
        let name = &lowering.columns.leaves[leaf];
        let mut parts = Vec::new();
        if results.main.iter().any(|set| set.leaves.contains(&leaf)) {
            parts.push(Expr::of("m", name.clone()));
        }
        for (index, set) in results.lifted.iter().enumerate() {
            if set.leaves.contains(&leaf) {
                parts.push(Expr::of(format!("t{}", index + 1), name.clone()));
            }
        }
        // One slicing has it at most once: at its own slices, or lifted.
        match parts.len() {
            1 => parts.pop().expect("there is one"),
            _ => Expr::Call(Function::Coalesce, parts),
        }
    };
    items.extend(cell_items(lowering, &Expr::of("m", PERIOD), &read, known));
    let select = Select { items, from: Some(named(merged, "m")), joins, ..Select::default() };
    lowering.cte(
        "cells",
        "with totals beside their parts, and what no rows mean",
        Body::Select(Box::new(select)),
    )
}

// ------------------------------------------------------------------ shared

fn keys(lowering: &Lowering<'_>) -> Vec<String> {
    let mut keys = vec![PERIOD.to_string()];
    if lowering.several_slicings() {
        keys.push(SLICING.into());
    }
    if lowering.several_segments() {
        keys.push(SEGMENT.into());
    }
    keys.extend(lowering.columns.dimensions.iter().cloned());
    keys
}

fn leaves(sets: &[ResultSet]) -> Vec<usize> {
    let mut leaves: Vec<usize> = sets.iter().flat_map(|set| &set.leaves).copied().collect();
    leaves.sort_unstable();
    leaves
}

/// The periods of which data says whether something is known.
struct Known<'r> {
    results: &'r Results,
    /// Their CTEs, and whether a cell's period is among them.
    columns: Vec<(&'r str, Expr)>,
}

impl Known<'_> {
    /// Whether something is known of a leaf in a cell; `None`: always.
    fn of(&self, leaf: usize) -> Option<&Expr> {
        let (_, cte) = self.results.known_by.iter().find(|(of, _)| *of == leaf)?;
        self.columns.iter().find(|(known, _)| known == cte).map(|(_, there)| there)
    }
}

/// The CTEs of known periods, each once.
fn known_by(results: &Results) -> Vec<&str> {
    let mut ctes: Vec<&str> = Vec::new();
    for (_, cte) in &results.known_by {
        if !ctes.contains(&cte.as_str()) {
            ctes.push(cte);
        }
    }
    ctes
}

/// Joins a CTE of known periods to rows of periods; gives whether a row's is among them.
fn is_known_by(cte: &str, index: usize, rows: &str, joins: &mut Vec<Join>) -> Expr {
    let alias = format!("d{}", index + 1);
    let on = Expr::equal(Expr::of(alias.clone(), PERIOD), Expr::of(rows, PERIOD));
    joins.push(Join { kind: JoinKind::Left, from: named(cte, &alias), on: Some(on) });
    Expr::is_there(Expr::of(alias, PERIOD))
}

fn known_column(index: usize) -> String {
    format!("is_known_{}", index + 1)
}

fn cell_items(
    lowering: &Lowering<'_>,
    period: &Expr,
    read: &dyn Fn(usize) -> Expr,
    known: &Known<'_>,
) -> Vec<Item> {
    let cells = lowering.plan.cells.iter().zip(&lowering.columns.cells);
    cells
        .map(|(cell, name)| {
            filled(lowering.plan, cell, read(cell.leaf), period, known.of(cell.leaf)).alias(name.clone())
        })
        .collect()
}

/// A cell's value: nothing before its source knows something or after as-of, else
/// what was found, else 0 where no rows mean 0.
fn filled(plan: &Plan, cell: &Cell, found: Expr, period: &Expr, there: Option<&Expr>) -> Expr {
    let zero = || match there {
        Some(there) => Expr::Case { whens: vec![(there.clone(), Expr::number(0))], otherwise: None },
        None => Expr::number(0),
    };
    let value = match (cell.fill, &plan.leaves[cell.leaf].aggregate) {
        (Fill::Zero, _) => Expr::Call(Function::Coalesce, vec![found, zero()]),
        (Fill::One, _) => Expr::Call(Function::Coalesce, vec![found, Expr::number(1)]),
        // Where other rows were read, none of its own are a 0.
        (Fill::Null, Aggregate::Count | Aggregate::CountDistinct(_)) => {
            Expr::Call(Function::NullIf, vec![found, Expr::number(0)])
        }
        (
            Fill::Null,
            Aggregate::Sum(_)
            | Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_)
            | Aggregate::Percentile(..)
            | Aggregate::Stddev(_)
            | Aggregate::Corr(..),
        ) => found,
    };
    match known(plan, &[cell], period) {
        Some(known) => Expr::Case { whens: vec![(known, value)], otherwise: None },
        None => value,
    }
}

/// When all of these cells are known, as a condition on the period; `None`: in
/// every asked one.
pub fn known(plan: &Plan, cells: &[&Cell], period: &Expr) -> Option<Expr> {
    // Cells that read time alike are known alike.
    let mut kinds: Vec<&Cell> = Vec::new();
    for cell in cells {
        if !kinds.iter().any(|known| plan.are_known_alike(known, cell)) {
            kinds.push(cell);
        }
    }
    let starts = &plan.range.starts;
    let knows = |period: &usize| kinds.iter().all(|cell| plan.knows(cell, *period));
    let compared =
        |operator, to| Expr::binary(operator, period.clone(), Expr::Literal(time::start(plan.grain, to)));
    if plan.range.as_of_is_chosen() {
        // Of another as-of the same conditions, with other periods.
        let first = (0..starts.len()).find(knows);
        let unknown = first.map_or(starts[0], |first| {
            (first..starts.len())
                .find(|period| !knows(period))
                .map_or(plan.range.end, |period| starts[period])
        });
        let mut conditions = vec![compared(Operator::Less, unknown)];
        if kinds.iter().any(|cell| may_begin_later(plan, cell)) {
            conditions.insert(0, compared(Operator::GreaterEqual, starts[first.unwrap_or(0)]));
        }
        return Expr::all(conditions);
    }
    let Some(first) = (0..starts.len()).find(knows) else { return Some(Expr::Or(Vec::new())) };
    let mut conditions = Vec::new();
    if first > 0 {
        conditions.push(compared(Operator::GreaterEqual, starts[first]));
    }
    if let Some(unknown) = (first..starts.len()).find(|period| !knows(period)) {
        conditions.push(compared(Operator::Less, starts[unknown]));
    }
    Expr::all(conditions)
}

/// Whether something may be known of a cell later than from the first period on.
fn may_begin_later(plan: &Plan, cell: &Cell) -> bool {
    cell.since.is_some() || !matches!(plan.leaves[cell.leaf].over, Over::Rows(_))
}
