//! Numbers per member: the members' own cells, then an aggregate over them.
//!
//! Customers with two orders or more, by channel: orders by channel and customer
//! first, then how many customers of each channel have enough.

use super::columns::{PERIOD, SEGMENT, SLICING};
use super::dense::{self, Stacked};
use super::group::{ResultSet, Results};
use super::{Lowering, group, named, nodes, pairs};
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
    let body = aggregated(&mut inner, members, &steps, &asked, &name);
    bring_members(&found, &asked, results);
    let comment = format!("over each {words}, those that take part");
    let cte = inner.cte(&format!("{name}_result"), comment, Body::Select(Box::new(body)));
    lowering.resume(inner);
    Ok(ResultSet { cte, leaves: vec![leaf], lifted: lowering.plan.leaves[leaf].lifted.clone() })
}

/// The aggregate of members, from their cells.
fn aggregated(
    inner: &mut Lowering<'_>,
    members: &Members,
    steps: &nodes::Steps,
    asked: &[String],
    name: &str,
) -> Select {
    let mut keys = vec![PERIOD.to_string()];
    keys.extend(inner.several_slicings().then(|| SLICING.to_string()));
    keys.extend(inner.several_segments().then(|| SEGMENT.to_string()));
    keys.extend(asked.iter().cloned());
    let function = &members.definition.function;
    let value = |node: &usize| steps.formula(inner, *node);
    let mut values: Vec<Expr> = members.values.iter().map(value).collect();
    let mut filter: Vec<Expr> = vec![value(&members.present)];
    filter.extend(members.having.iter().map(value));
    // Rows without a member are nobody's.
    let own = members.dimensions.iter().map(|d| Expr::of("c", inner.columns.dimensions[*d].clone()));
    let own: Vec<Expr> = own.collect();
    filter.extend(own.iter().cloned().map(Expr::is_there));
    if *function == OverMembers::Slope {
        values.extend(own);
    }
    let mut filter = Expr::all(filter);
    let mut from = steps.from.clone();
    if let [a, b] = values.as_slice() {
        let (a, b) = pairs::both(a.clone(), b.clone());
        let names = [inner.columns.names.fresh("first"), inner.columns.names.fresh("second")];
        values = names.iter().map(|name| Expr::of("c", name.clone())).collect();
        let pair = [a, b].into_iter().zip(names).map(|(value, name)| value.alias(name));
        let items = columns(&keys).into_iter().chain(pair).collect();
        let select =
            Select { items, from: Some(named(&from, "c")), filter: filter.take(), ..Select::default() };
        from = inner.cte(&format!("{name}_pairs"), "both numbers of each", Body::Select(Box::new(select)));
    }
    let mut items = columns(&keys);
    items.push(aggregate(function, values).alias(name));
    Select {
        items,
        from: Some(named(&from, "c")),
        filter,
        group_by: GroupBy::Keys(keys.into_iter().map(|key| Expr::of("c", key)).collect()),
        ..Select::default()
    }
}

fn columns(names: &[String]) -> Vec<Item> {
    names.iter().map(|name| Expr::of("c", name.clone()).alias(name.clone())).collect()
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
        OverMembers::Corr | OverMembers::Slope => {
            let [a, b] = <[Expr; 2]>::try_from(values).expect("they are made of pairs");
            return if *function == OverMembers::Corr { pairs::corr(a, b) } else { pairs::slope(a, b) };
        }
        OverMembers::Sum => Agg::Sum,
        OverMembers::Min => Agg::Min,
        OverMembers::Max => Agg::Max,
        OverMembers::Percentile(share) => Agg::Percentile(share.clone()),
        OverMembers::Stddev => Agg::Stddev,
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
