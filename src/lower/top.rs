//! The best members by name: each row is joined to its member, if that is one of them.
//!
//! What remains is grouped like any slice: by the members that are named, and by none for
//! all the others, whose rows are put together.

use super::scan::Scan;
use super::{Lowering, columns, dense, group, members, named, nodes};
use crate::diagnostic::Diagnostic;
use crate::plan::{Group, MEMBER, Named, PLACE};
use crate::sql::{Body, Expr, Join, JoinKind, Operator, Select};

/// The named members of a query.
#[derive(Debug, Clone)]
pub struct Best {
    /// A CTE with a row for each.
    cte: String,
    member: String,
    place: String,
}

/// Adds the CTE of the members that are named.
pub fn best(lowering: &mut Lowering<'_>, of: &Named) -> Result<Best, Diagnostic> {
    let mut inner = lowering.beneath(&of.plan);
    let mut found = group::results(&mut inner)?;
    members::results(&mut inner, &mut found)?;
    let cells = dense::occurring(&mut inner, &found, dense::Stacked::Cells);
    let steps = nodes::steps_beneath(&mut inner, &cells, of.place);
    let member = inner.columns.dimensions[0].clone();
    let place = inner.columns.names.fresh("place");
    let (has_place, ranked) = steps.place(&inner, of.place).expect("it is the place of members");
    let select = Select {
        items: vec![Expr::of("c", member.clone()).alias(member.clone()), ranked.clone().alias(place.clone())],
        from: Some(named(&steps.from, "c")),
        filter: Some(has_place),
        qualify: Some(Expr::binary(Operator::LessEqual, ranked, Expr::number(of.places))),
        ..Select::default()
    };
    let comment = format!("the {} best of {}", of.places, of.plan.scope.dimensions[0].id);
    let cte = inner.cte(&format!("{member}_best"), comment, Body::Select(Box::new(select)));
    if let Some(cte) = inner.ctes.last_mut() {
        cte.materialized = true;
    }
    // Its time is not that of the periods asked.
    (inner.spine, inner.bands) = (None, Vec::new());
    lowering.resume(inner);
    Ok(Best { cte, member, place })
}

impl Lowering<'_> {
    /// The join that tells of each row of a group whether its member is named.
    pub fn know_member(&self, group: &Group, scan: &mut Scan) -> Option<Join> {
        let (best, member) = (self.best.as_ref()?, group.member.as_ref()?);
        let alias = scan.fresh("best");
        let own = |name: &str| Expr::of(alias.clone(), name);
        let same = Expr::NullSafeEqual(own(&best.member).boxed(), scan.value(member).boxed());
        scan.add(MEMBER.into(), own(&best.member));
        scan.add(PLACE.into(), own(&best.place));
        Some(Join { kind: JoinKind::Left, from: named(&best.cte, &alias), on: Some(same) })
    }

    /// Whether a row `c` is that of the others, of the slicings by a place.
    pub fn is_others(&self, dimension: usize) -> Expr {
        let scope = &self.plan.scope;
        let place = Expr::of("c", self.columns.dimensions[dimension].clone());
        let is_others = Expr::IsNull { value: place.boxed(), negated: false };
        let has = |slicing: &&crate::plan::Slicing| slicing.dimensions.contains(&dimension);
        if scope.slicings.iter().all(|slicing| has(&slicing)) {
            return is_others;
        }
        let name = |slicing| Expr::equal(Expr::of("c", columns::SLICING), Expr::text(scope.name(slicing)));
        let by_it = Expr::Or(scope.slicings.iter().filter(has).map(name).collect());
        Expr::Case { whens: vec![(by_it, is_others)], otherwise: None }
    }
}
