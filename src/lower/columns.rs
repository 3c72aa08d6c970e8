//! What the columns of intermediate results are called.

use super::formula::sql_type;
use super::names::Names;
use crate::plan::{Fill, Plan};
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
        let dimensions: Vec<String> = plan.scope.dimensions.iter().map(|d| d.id.clone()).collect();
        dimensions.iter().for_each(|id| names.reserve(id));
        let leaves: Vec<String> = plan.leaves.iter().map(|leaf| names.fresh(&leaf.measure)).collect();
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
                        if cell.fill == Fill::Zero { "filled" } else { "unfilled" }
                    )),
                }
            })
            .collect();
        Columns { dimensions, leaves, cells, names }
    }
}

/// A NULL of a leaf's type that widens to whatever number stands beside it. What
/// nobody told the type of is a number too: KPIs are.
pub fn no_leaf(plan: &Plan, leaf: usize) -> Expr {
    let ty = plan.leaves[leaf].ty;
    Expr::null(if ty.is_number() || ty == scalar::Type::Unknown { Type::Integer } else { sql_type(ty) })
}

/// A NULL member.
pub fn no_member(plan: &Plan, dimension: usize) -> Expr {
    Expr::null(sql_type(plan.scope.dimensions[dimension].ty))
}
