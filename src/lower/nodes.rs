//! Formulas over cells, and the final select.
//!
//! `aov = revenue / orders` becomes one expression. A formula that several KPIs
//! use is computed once, in a step of its own.

use super::columns::{PERIOD, SEGMENT, SLICING};
use super::dense::known;
use super::formula::{self, Reading};
use super::range::{self, Chosen};
use super::suppress::{self, Shown};
use super::{Lowering, named, periods, ranks, time};
use crate::plan::{
    Dimension, DimensionKind, Output, Plan, RANKED_BY, Series, Value, suppressed, values_read,
};
use crate::resolve::resolved::Ranking;
use crate::resolve::scalar::{Scalar, ScalarKind};
use crate::sql::{Body, Capabilities, Expr, Function, Item, Nulls, Operator, OrderBy, Query, Select};

/// Formulas nest in one expression at most this deep: engines have limits.
const DEEPEST: usize = 40;

/// The query that ends in the asked KPIs, over the CTE of all cells.
pub fn query(mut lowering: Lowering<'_>, cells: &str, chosen: Option<&Chosen>) -> Query {
    let steps = steps(&mut lowering, cells);
    let shown = lowering.plan.minimum.as_ref().map(|minimum| suppress::shown(&mut lowering, &steps, minimum));
    let mut select = final_select(&lowering, &steps, shown.as_ref());
    if let Some(chosen) = chosen {
        range::choose(&mut lowering, chosen, &mut select);
    }
    let body = Body::Select(Box::new(select));
    let order_by = order(&lowering);
    Query { ctes: lowering.ctes, body, order_by }
}

/// Cells with the formulas that others read beside them.
pub struct Steps {
    /// The CTE that has them all.
    pub from: String,
    beside: Beside,
}

/// What cells have beside them.
struct Beside {
    /// The column of each node that has one.
    nodes: Vec<Option<String>>,
    /// What the points of each series have in common, where that has columns.
    series: Vec<Option<periods::Common>>,
    /// The column of each ranked node with the sum of values up to each row, where it needs one.
    up_to_row: Vec<Option<String>>,
}

impl Steps {
    /// When a row `c` of the CTE has a place, and which, by a node that gives places.
    pub fn place(&self, lowering: &Lowering<'_>, node: usize) -> Option<(Expr, Expr)> {
        let value = unranked(lowering, &self.beside, node);
        ranks::among(lowering, lowering.plan.nodes[node].ranking?, &value, None)
    }

    /// A node's value, over a row `c` of the CTE.
    pub fn formula(&self, lowering: &Lowering<'_>, node: usize) -> Expr {
        match &self.beside.nodes[node] {
            Some(name) => Expr::of("c", name.clone()),
            None => formula_of(lowering, &self.beside, node),
        }
    }
}

/// Computes the nodes that need a step of their own.
pub fn steps(lowering: &mut Lowering<'_>, cells: &str) -> Steps {
    let order = Order::new(lowering.plan, lowering.capabilities);
    in_order(lowering, cells, &order)
}

/// The same for what a node reads, and not for the node itself, which no other one reads.
pub fn steps_beneath(lowering: &mut Lowering<'_>, cells: &str, node: usize) -> Steps {
    let mut order = Order::new(lowering.plan, lowering.capabilities);
    order.step[node] = None;
    order.last = order.step.iter().flatten().copied().max().unwrap_or(0);
    in_order(lowering, cells, &order)
}

fn in_order(lowering: &mut Lowering<'_>, cells: &str, order: &Order) -> Steps {
    let nodes: Vec<Option<String>> = (0..lowering.plan.nodes.len())
        .map(|node| order.step[node].map(|_| lowering.columns.names.fresh(&lowering.plan.nodes[node].kpi)))
        .collect();
    let series = lowering.plan.series.iter().map(|_| None).collect();
    let up_to_row = vec![None; nodes.len()];
    let mut steps = Steps { from: cells.to_string(), beside: Beside { nodes, series, up_to_row } };
    steps.points_in_common(lowering, order, 0);
    for step in 1..=order.last {
        let of_step: Vec<usize> =
            (0..order.step.len()).filter(|node| order.step[*node] == Some(step)).collect();
        steps.sums_up_to_rows(lowering, &of_step);
        let comment = comment(lowering, of_step.iter().copied());
        let columns = of_step.into_iter().map(|node| {
            let name = steps.beside.nodes[node].clone().expect("a node with a step has a name");
            formula_of(lowering, &steps.beside, node).alias(name)
        });
        let columns = columns.collect();
        steps.add(lowering, columns, comment);
        steps.points_in_common(lowering, order, step);
    }
    steps
}

impl Steps {
    /// Adds columns to the cells.
    fn add(&mut self, lowering: &mut Lowering<'_>, columns: Vec<Item>, comment: &str) {
        let items = std::iter::once(Item::All(Some("c".into()))).chain(columns).collect();
        let select = Select { items, from: Some(named(&self.from, "c")), ..Select::default() };
        self.from = lowering.cte("formulas", comment, Body::Select(Box::new(select)));
        if let Some(cte) = lowering.ctes.last_mut() {
            cte.materialized = true;
        }
    }

    /// Adds the sums that shares up to each member are made of, where no window ends with all
    /// rows of one value.
    fn sums_up_to_rows(&mut self, lowering: &mut Lowering<'_>, of_step: &[usize]) {
        if lowering.capabilities.range_frames {
            return;
        }
        let mut columns = Vec::new();
        for &node in of_step {
            let of = &lowering.plan.nodes[node];
            if of.ranking == Some(Ranking::CumulativeShare) {
                let name = lowering.columns.names.fresh(&format!("{}_up_to_here", of.kpi));
                let value = unranked(lowering, &self.beside, node);
                columns.push(ranks::up_to_row(lowering, &value).alias(name.clone()));
                self.beside.up_to_row[node] = Some(name);
            }
        }
        if !columns.is_empty() {
            self.add(lowering, columns, "sums from the largest member on");
        }
    }

    /// Adds what the points of each series have in common, behind the step that has them all.
    fn points_in_common(&mut self, lowering: &mut Lowering<'_>, order: &Order, step: usize) {
        let plan = lowering.plan;
        if periods::is_subquery(lowering.capabilities) {
            return;
        }
        for (index, series) in plan.series.iter().enumerate() {
            if order.behind(series, &plan.series) != step {
                continue;
            }
            let points = series.points.iter().map(|point| value_of(lowering, &self.beside, *point)).collect();
            let (common, columns) = periods::in_common(series, points, &mut lowering.columns.names);
            self.add(lowering, columns, "periods beside each other");
            self.beside.series[index] = Some(common);
        }
    }
}

/// What a step is there for.
fn comment(lowering: &Lowering<'_>, mut nodes: impl Iterator<Item = usize>) -> &'static str {
    let of = |node: usize| &lowering.plan.nodes[node];
    let nodes: Vec<usize> = nodes.by_ref().collect();
    if nodes.iter().any(|node| of(*node).ranking.is_some()) {
        "members among each other"
    } else if nodes.iter().any(|node| lowering.resolved.kpis.contains_key(&of(*node).kpi)) {
        "KPIs that other KPIs use"
    } else if nodes.iter().any(|node| of(*node).kpi == RANKED_BY) {
        "what members are ordered by"
    } else {
        "targets, and how KPIs stand against them"
    }
}

fn final_select(lowering: &Lowering<'_>, steps: &Steps, shown: Option<&Shown>) -> Select {
    let plan = lowering.plan;
    let column = |name: &str| Expr::of("c", name);
    let slicing = match lowering.several_slicings() {
        true => column(SLICING),
        false => Expr::text(plan.scope.name(&plan.scope.slicings[0])),
    };
    let segment = match lowering.several_segments() {
        true => column(SEGMENT),
        false => Expr::text(plan.scope.segments[0].id.clone()),
    };
    let mut items = vec![column(PERIOD).alias(PERIOD), slicing.alias(SLICING), segment.alias(SEGMENT)];
    let asked = plan.scope.dimensions.iter().enumerate().zip(&lowering.columns.dimensions);
    items.extend(asked.map(|((index, dimension), name)| match dimension.kind {
        DimensionKind::Place { .. } => lowering.is_others(index).alias(dimension.id.clone()),
        DimensionKind::OfRows | DimensionKind::Named | DimensionKind::Age | DimensionKind::Steps { .. } => {
            column(name).alias(name.clone())
        }
    }));
    let Some(shown) = shown else {
        let value = |output: &Output| steps.formula(lowering, output.node).alias(output.column());
        items.extend(plan.outputs.iter().map(value));
        return Select { items, from: Some(named(&steps.from, "c")), ..Select::default() };
    };
    let outputs = || plan.outputs.iter().enumerate();
    items.extend(outputs().map(|(index, output)| shown.number(index).alias(output.column())));
    items.extend(
        outputs().map(|(index, output)| shown.is_suppressed(index).alias(suppressed(&output.column()))),
    );
    Select { items, from: Some(named(&shown.from, "c")), ..Select::default() }
}

/// A node's formula; nodes with a name are read, others written out.
fn formula_of(lowering: &Lowering<'_>, beside: &Beside, node: usize) -> Expr {
    let plan = lowering.plan;
    let mut value = unranked(lowering, beside, node);
    let up_to_row = beside.up_to_row[node].as_deref();
    let node = &plan.nodes[node];
    if let Some(ranking) = node.ranking {
        value = ranks::place(lowering, ranking, &value, up_to_row);
    }
    let Some(empty) = &node.empty else { return value };
    let cells: Vec<_> = node.cells.iter().map(|cell| &plan.cells[*cell]).collect();
    let empty = Expr::Literal(empty.clone());
    let empty = match known(plan, &cells, &Expr::of("c", PERIOD)) {
        Some(known) => Expr::Case { whens: vec![(known, empty)], otherwise: None },
        None => empty,
    };
    Expr::Call(Function::Coalesce, vec![value, empty])
}

/// The number itself, or the one that members are compared by.
fn unranked(lowering: &Lowering<'_>, beside: &Beside, node: usize) -> Expr {
    let leaf = |leaf: &Value| value_of(lowering, beside, *leaf);
    let by = Reading { leaf: &leaf, zone_of: &|_| None, zone: &lowering.plan.calendar.zone };
    formula::value(&lowering.plan.nodes[node].value, &by)
}

fn value_of(lowering: &Lowering<'_>, beside: &Beside, value: Value) -> Expr {
    match value {
        Value::Cell(cell) => Expr::of("c", lowering.columns.cells[cell].clone()),
        Value::Node(node) => match &beside.nodes[node] {
            Some(name) => Expr::of("c", name.clone()),
            None => formula_of(lowering, beside, node),
        },
        Value::Slice(dimension) => Expr::of("c", lowering.columns.dimensions[dimension].clone()),
        Value::Series(series) => {
            let points = &lowering.plan.series[series].points;
            let points = points.iter().map(|point| value_of(lowering, beside, *point)).collect();
            periods::made_one(&lowering.plan.series[series], points, beside.series[series].as_ref())
        }
        Value::Asked(first, last) => asked(lowering.plan, first, last),
        Value::InSlicing(slicing) => {
            Expr::equal(Expr::of("c", SLICING), Expr::text(lowering.plan.slicing_name(slicing)))
        }
        Value::InSegment(segment) => {
            Expr::equal(Expr::of("c", SEGMENT), Expr::text(lowering.plan.scope.segments[segment].id.clone()))
        }
    }
}

/// Whether a row's period is one of these, both included.
fn asked(plan: &Plan, first: usize, last: usize) -> Expr {
    let starts = &plan.range.starts;
    let bound = |operator, period: usize| {
        let start = Expr::Literal(time::start(plan.grain, starts[period]));
        Expr::binary(operator, Expr::of("c", PERIOD), start)
    };
    if first == last && first > 0 && last + 1 < starts.len() {
        return bound(Operator::Equal, first);
    }
    let mut bounds = Vec::new();
    bounds.extend((first > 0).then(|| bound(Operator::GreaterEqual, first)));
    bounds.extend((last + 1 < starts.len()).then(|| bound(Operator::LessEqual, last)));
    Expr::And(bounds)
}

/// By segment and slicing as asked, then members, then periods.
fn order(lowering: &Lowering<'_>) -> Vec<OrderBy> {
    let plan = lowering.plan;
    let by = |expr, nulls| OrderBy { expr, descending: false, nulls };
    let column = |name: &str| Expr::of("c", name);
    let mut keys = Vec::new();
    if lowering.several_segments() {
        keys.push(by(position(SEGMENT, plan.scope.segments.iter().map(|s| s.id.clone())), Nulls::Never));
    }
    if lowering.several_slicings() {
        keys.push(by(
            position(SLICING, plan.scope.slicings.iter().map(|s| plan.scope.name(s))),
            Nulls::Never,
        ));
    }
    let names = &lowering.columns.dimensions;
    for (dimension, name) in plan.scope.dimensions.iter().zip(names) {
        let member = match &dimension.kind {
            DimensionKind::Steps { names, .. } => position(name, names.iter().cloned()),
            DimensionKind::OfRows | DimensionKind::Age => column(name),
            DimensionKind::Named => {
                let is_place = |d: &Dimension| matches!(d.kind, DimensionKind::Place { .. });
                let place = plan.scope.dimensions.iter().position(is_place);
                keys.extend(place.map(|place| by(column(&names[place]), Nulls::Last)));
                column(name)
            }
            // It goes before its members.
            DimensionKind::Place { .. } => continue,
        };
        keys.push(by(member, Nulls::Last));
    }
    keys.push(by(column(PERIOD), Nulls::Never));
    keys
}

fn position(name: &str, values: impl Iterator<Item = String>) -> Expr {
    let when = |(index, value): (usize, String)| {
        (Expr::equal(Expr::of("c", name), Expr::text(value)), Expr::number(index))
    };
    Expr::Case { whens: values.enumerate().map(when).collect(), otherwise: None }
}

/// Which nodes are computed in a step of their own, and in which.
struct Order {
    step: Vec<Option<usize>>,
    /// The last step that each node reads, and how deep its expression is.
    beneath: Vec<(usize, usize)>,
    last: usize,
}

impl Order {
    /// A node that is read more than once and is more than a cell's name, that is a
    /// member's place, or that would nest too deep, gets a step behind those of the nodes it reads.
    fn new(plan: &Plan, capabilities: Capabilities) -> Order {
        let nodes = &plan.nodes;
        let mut reads = vec![0_usize; nodes.len()];
        for node in nodes {
            values_read(&node.value, &plan.series, &mut |leaf| {
                if let Value::Node(inner) = leaf {
                    // A ranked value is compared with itself.
                    reads[inner] += if node.ranking.is_some() { 2 } else { 1 };
                }
            });
        }
        if !periods::is_subquery(capabilities) {
            // Points are read more than once.
            for point in plan.series.iter().flat_map(|series| &series.points) {
                if let Value::Node(inner) = point {
                    reads[*inner] += 2;
                }
            }
        }
        let mut step = vec![None; nodes.len()];
        let mut beneath = vec![(0, 0); nodes.len()];
        let mut last = 0;
        for (index, node) in nodes.iter().enumerate() {
            let own_height = 1 + height(&node.value);
            let (mut behind, mut depth) = (0, own_height);
            values_read(&node.value, &plan.series, &mut |leaf| {
                if let Value::Node(inner) = leaf {
                    let (own, inner_depth) = match step[inner] {
                        Some(own) => (own, 0),
                        None => beneath[inner],
                    };
                    behind = behind.max(own);
                    depth = depth.max(own_height + inner_depth);
                }
            });
            beneath[index] = (behind, depth);
            let is_name = matches!(node.value.kind, ScalarKind::Leaf(_)) && node.empty.is_none();
            // A window function stands in no condition and in no other one.
            if node.ranking.is_some()
                || (reads[index] > 1 && !is_name)
                || (reads[index] > 0 && depth > DEEPEST)
            {
                step[index] = Some(behind + 1);
                last = last.max(behind + 1);
            }
        }
        Order { step, beneath, last }
    }
}

impl Order {
    /// The step behind which all points of a series are there.
    fn behind(&self, series: &Series, all: &[Series]) -> usize {
        let step = |point: &Value| match point {
            Value::Node(node) => self.step[*node].unwrap_or(self.beneath[*node].0),
            Value::Series(inner) => self.behind(&all[*inner], all),
            _ => 0,
        };
        series.points.iter().map(step).max().unwrap_or(0)
    }
}

fn height(value: &Scalar<Value>) -> usize {
    1 + value.children().into_iter().map(height).max().unwrap_or(0)
}
