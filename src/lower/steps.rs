//! The steps of a funnel as members of a dimension, which no row has.
//!
//! Channels occur in rows, steps are declared: every channel that occurs has all of
//! them, so they are put beside what occurs. Which of the counts belongs to a step, its
//! formula says.

use super::{Lowering, named};
use crate::plan::DimensionKind;
use crate::sql::{Body, Expr, Item, Join, JoinKind, Select};

const STEP: &str = "step";

/// The relations of steps that some dimensions need, and each one's column there.
#[derive(Default)]
pub struct Steps {
    relations: Vec<(String, String)>,
    columns: Vec<(usize, Expr)>,
}

impl Steps {
    /// Gives the asked dimensions, of which there is an item each, their steps.
    pub fn fill(&self, dimensions: &mut [Item]) {
        for (dimension, column) in &self.columns {
            if let Item::Expr { expr, .. } = &mut dimensions[*dimension] {
                *expr = column.clone();
            }
        }
    }

    pub fn columns(&self) -> impl Iterator<Item = Expr> {
        self.columns.iter().map(|(_, column)| column.clone())
    }

    /// Puts every step beside each row of a select.
    pub fn beside(&self, select: &mut Select) {
        for (cte, alias) in &self.relations {
            let from = named(cte, alias);
            match &select.from {
                Some(_) => select.joins.push(Join { kind: JoinKind::Cross, from, on: None }),
                None => select.from = Some(from),
            }
        }
    }
}

impl Lowering<'_> {
    /// The steps among these dimensions.
    pub fn steps(&mut self, dimensions: &[usize]) -> Steps {
        let plan = self.plan;
        let mut steps = Steps::default();
        for dimension in dimensions {
            let DimensionKind::Steps { funnel, names } = &plan.scope.dimensions[*dimension].kind else {
                continue;
            };
            let rows = names.iter().map(|name| vec![Expr::text(name.clone())]).collect();
            let body = Body::Values { columns: vec![STEP.into()], rows };
            let cte = self.shared(&format!("{funnel}_each"), "the steps of the funnel", body);
            let known = steps.relations.iter().find(|(same, _)| *same == cte).map(|(_, alias)| alias.clone());
            let alias = known.unwrap_or_else(|| {
                let alias = format!("f{}", steps.relations.len() + 1);
                steps.relations.push((cte, alias.clone()));
                alias
            });
            steps.columns.push((*dimension, Expr::of(alias, STEP)));
        }
        steps
    }
}
