//! Numbers per member: the members' own cells, then an aggregate over them.
//!
//! Customers with two orders or more, by channel: orders by channel and customer
//! first, then how many customers of each channel have enough.

use super::columns::{PERIOD, SEGMENT, SLICING};
use super::dense::{self, Stacked};
use super::group::{ResultSet, Results};
use super::{Lowering, group, named, nodes};
use crate::diagnostic::Diagnostic;
use crate::plan::{Members, Over};
use crate::resolve::resolved::OverMembers;
use crate::sql::{self, AggregateFunction as Agg, Body, Expr, GroupBy, Item, Select};

/// Adds the results of every number per member.
pub fn results(lowering: &mut Lowering<'_>, results: &mut Results) -> Result<(), Diagnostic> {
    let plan = lowering.plan;
    for (leaf, of) in plan.leaves.iter().enumerate() {
        if let Over::Members(members) = &of.over {
            let set = over(lowering, leaf, members, results)?;
            let sets = if set.lifted.is_empty() { &mut results.main } else { &mut results.lifted };
            sets.push(set);
        }
    }
    Ok(())
}

fn over(
    lowering: &mut Lowering<'_>,
    leaf: usize,
    members: &Members,
    results: &mut Results,
) -> Result<ResultSet, Diagnostic> {
    let asked = lowering.columns.dimensions.clone();
    let name = lowering.columns.leaves[leaf].clone();
    let words = members.definition.dimensions.join(", ");
    let mut inner = lowering.beneath(&members.plan);
    let mut found = group::results(&mut inner)?;
    self::results(&mut inner, &mut found)?;
    let cells = dense::occurring(&mut inner, &found, Stacked::Cells);
    let steps = nodes::steps(&mut inner, &cells);
    let body = aggregated(&inner, members, &steps, &asked, &name);
    bring_members(&found, &asked, results);
    let comment = format!("over each {words}, those that take part");
    let cte = inner.cte(&format!("{name}_result"), comment, Body::Select(Box::new(body)));
    lowering.resume(inner);
    Ok(ResultSet { cte, leaves: vec![leaf], lifted: lowering.plan.leaves[leaf].lifted.clone() })
}

fn aggregated(
    inner: &Lowering<'_>,
    members: &Members,
    steps: &nodes::Steps,
    asked: &[String],
    name: &str,
) -> Select {
    let column = |name: &str| Expr::of("c", name);
    let mut keys: Vec<Expr> = vec![column(PERIOD)];
    keys.extend(inner.several_slicings().then(|| column(SLICING)));
    keys.extend(inner.several_segments().then(|| column(SEGMENT)));
    keys.extend(asked.iter().map(|dimension| column(dimension)));
    let mut items: Vec<Item> = keys
        .iter()
        .map(|key| match key {
            Expr::Column { name, .. } => key.clone().alias(name.clone()),
            _ => unreachable!("keys are columns"),
        })
        .collect();
    let value = |node: &usize| steps.formula(inner, *node);
    let values: Vec<Expr> = members.values.iter().map(value).collect();
    items.push(aggregate(&members.definition.function, values).alias(name));
    let mut filter: Vec<Expr> = vec![value(&members.present)];
    filter.extend(members.having.iter().map(value));
    // Rows without a member are nobody's.
    let someone = members.dimensions.iter().map(|d| Expr::is_there(column(&inner.columns.dimensions[*d])));
    filter.extend(someone);
    Select {
        items,
        from: Some(named(&steps.from, "c")),
        filter: Expr::all(filter),
        group_by: GroupBy::Keys(keys),
        ..Select::default()
    }
}

fn aggregate(function: &OverMembers, values: Vec<Expr>) -> Expr {
    let of = |function, args| Expr::Aggregate(sql::Aggregate { function, args, filter: None });
    let function = match function {
        OverMembers::Count => return of(Agg::Count, Vec::new()),
        // NULL where no member has a number; as real numbers on every engine.
        OverMembers::Avg => {
            let count = of(Agg::Count, values.clone());
            return Expr::Divide(of(Agg::Sum, values).boxed(), count.boxed());
        }
        OverMembers::Sum => Agg::Sum,
        OverMembers::Min => Agg::Min,
        OverMembers::Max => Agg::Max,
        OverMembers::Percentile(share) => Agg::Percentile(share.clone()),
        OverMembers::Stddev => Agg::Stddev,
        OverMembers::Corr => Agg::Corr,
    };
    of(function, values)
}

/// The slices that occur among the members' rows.
fn bring_members(found: &Results, asked: &[String], results: &mut Results) {
    for (slicing, select) in &found.members {
        let is_asked = |item: &Item| matches!(item, Item::Expr { alias, .. } if asked.contains(alias));
        let items: Vec<Item> = select.items.iter().filter(|item| is_asked(item)).cloned().collect();
        let key = |item: &Item| match item {
            Item::Expr { expr: expr @ Expr::Column { .. }, .. } => Some(expr.clone()),
            Item::Expr { .. } | Item::All(_) => None,
        };
        let keys: Vec<Expr> = items.iter().filter_map(key).collect();
        if !keys.is_empty() {
            let group_by = GroupBy::Keys(keys);
            results.members.push((*slicing, Select { items, group_by, ..select.clone() }));
        }
    }
}
