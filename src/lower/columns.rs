//! What the columns of intermediate results are called.

use super::formula::sql_type;
use super::names::Names;
use crate::plan::{DimensionKind, Fill, Leaf, Plan};
use crate::resolve::resolved::{Balance, Window};
use crate::resolve::scalar;
use crate::sql::{Expr, Type};

pub const PERIOD: &str = "period_start";
pub const SLICING: &str = "slicing";
pub const SEGMENT: &str = "segment";

/// Names of columns; one name means one thing in the whole query.
#[derive(Debug)]
pub struct Columns {
    /// Each asked dimension: its id.
    pub dimensions: Vec<String>,
    /// Each leaf.
    pub leaves: Vec<String>,
    /// Each cell.
    pub cells: Vec<String>,
    /// All of the above, for columns that come later.
    pub names: Names,
}

impl Columns {
    pub fn new(plan: &Plan) -> Columns {
        let mut names = Names::default();
        [PERIOD, SLICING, SEGMENT].iter().for_each(|own| names.reserve(own));
        // The asked ones have their own names; members' may be the same again.
        let dimensions: Vec<String> = plan
            .scope
            .dimensions
            .iter()
            .map(|dimension| match dimension.kind {
                DimensionKind::Place { .. } => names.fresh("place"),
                DimensionKind::OfRows
                | DimensionKind::Named
                | DimensionKind::Age
                | DimensionKind::Steps { .. } => names.own(&dimension.id),
            })
            .collect();
        // The measure itself has the first right to its name.
        let mut leaves = vec![String::new(); plan.leaves.len()];
        let (plain, others): (Vec<_>, Vec<_>) =
            plan.leaves.iter().map(named).enumerate().partition(|(_, n)| n.is_plain);
        for (index, Name { text, .. }) in plain.into_iter().chain(others) {
            leaves[index] = names.fresh(&text);
        }
        let mut seen = vec![false; leaves.len()];
        let cells = plan
            .cells
            .iter()
            .map(|cell| {
                let name = &leaves[cell.leaf];
                match std::mem::replace(&mut seen[cell.leaf], true) {
                    false => name.clone(),
                    // The same number filled in another way.
                    true => names.fresh(&format!(
                        "{name}_{}",
                        if cell.fill == Fill::Null { "unfilled" } else { "filled" }
                    )),
                }
            })
            .collect();
        Columns { dimensions, leaves, cells, names }
    }
}

struct Name {
    text: String,
    is_plain: bool,
}

/// `revenue`, `revenue_where` under a condition of a KPI, `revenue_total` over all members.
fn named(leaf: &Leaf) -> Name {
    let mut text = leaf.measure.clone();
    if leaf.conditions.len() > leaf.own {
        text.push_str("_where");
    }
    if !leaf.when.back.is_empty() {
        text.push_str("_previous");
    }
    text.push_str(match leaf.when.window {
        None => "",
        Some(Window::Rolling(_)) => "_rolling",
        Some(Window::ToDate(_)) => "_to_date",
        Some(Window::Cumulative) => "_cumulative",
        Some(Window::Decayed(_)) => "_decayed",
    });
    text.push_str(match leaf.when.balance {
        None | Some(Balance::Closing) => "",
        Some(Balance::Opening) => "_at_start",
        Some(Balance::Mean) => "_average",
    });
    if !leaf.lifted.is_empty() {
        text.push_str("_total");
    }
    Name { is_plain: text == leaf.measure, text }
}

/// A NULL of a leaf's type that widens to whatever number stands beside it. What
/// nobody told the type of is a number too: KPIs are.
pub fn no_leaf(plan: &Plan, leaf: usize) -> Expr {
    let ty = plan.leaves[leaf].ty;
    Expr::null(if ty.is_number() || ty == scalar::Type::Unknown { Type::Integer } else { sql_type(ty) })
}

/// A part of a source's key, where it stands beside other columns.
pub fn key_column(part: usize) -> String {
    format!("key_{}", part + 1)
}

/// A NULL member.
pub fn no_member(plan: &Plan, dimension: usize) -> Expr {
    Expr::null(sql_type(plan.scope.dimensions[dimension].ty))
}
