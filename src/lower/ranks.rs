//! A member's place among others: window functions over the rows of cells.

use super::Lowering;
use super::columns::{PERIOD, SEGMENT, SLICING};
use crate::plan::{DimensionKind, Scope};
use crate::resolve::resolved::{Best, Ranking};
use crate::sql::{AggregateFunction as Agg, Expr, Nulls, Operator, OrderBy, Type, WindowFunction};

/// For databases without RANGE: the sum of the values from the largest one down to a row's own. Of
/// rows with the same value the last in whatever order has what they all should have.
pub fn up_to_row(lowering: &Lowering<'_>, value: &Expr) -> Expr {
    let order = vec![OrderBy { expr: value.clone(), descending: true, nulls: Nulls::Last }];
    Expr::Over {
        function: WindowFunction::SumUpTo(value.clone().boxed()),
        partition: partition(lowering),
        order,
    }
}

/// The place of a row `c` by a value, NULL where that is NULL or there is nobody to
/// have a place among. `up_to_row` is a column with what [`up_to_row`] says.
pub fn place(lowering: &Lowering<'_>, ranking: Ranking, value: &Expr, up_to_row: Option<&str>) -> Expr {
    match among(lowering, ranking, value, up_to_row) {
        Some((when, place)) => Expr::Case { whens: vec![(when, place)], otherwise: None },
        None => Expr::null(match ranking {
            Ranking::Place(_) => Type::Integer,
            Ranking::CumulativeShare => Type::Double,
        }),
    }
}

/// When a row has a place, and which: those that have none stand behind all others. None: no row has.
pub fn among(
    lowering: &Lowering<'_>,
    ranking: Ranking,
    value: &Expr,
    up_to_row: Option<&str>,
) -> Option<(Expr, Expr)> {
    let has_members = has_members(lowering)?;
    let partition = partition(lowering);
    let by = |descending| vec![OrderBy { expr: value.clone(), descending, nulls: Nulls::Last }];
    let over = |function, order| Expr::Over { function, partition: partition.clone(), order };
    let of_all = |function| over(WindowFunction::Of(function, value.clone().boxed()), Vec::new());
    let mut when = vec![Expr::is_there(value.clone())];
    when.extend(has_members);
    let place = match ranking {
        Ranking::Place(best) => over(WindowFunction::Rank, by(best == Best::Highest)),
        Ranking::CumulativeShare => {
            // Of a loss nobody has a share.
            when.push(Expr::binary(Operator::GreaterEqual, of_all(Agg::Min), Expr::number(0)));
            let up_to = match up_to_row {
                None => over(WindowFunction::SumUpTo(value.clone().boxed()), by(true)),
                // None is negative, so that the largest is that of the last.
                Some(column) => Expr::Over {
                    function: WindowFunction::Of(Agg::Max, Expr::of("c", column).boxed()),
                    partition: partition.iter().chain([value]).cloned().collect(),
                    order: Vec::new(),
                },
            };
            Expr::Divide(up_to.boxed(), of_all(Agg::Sum).boxed())
        }
    };
    Some((Expr::all(when).expect("there is one at least"), place))
}

/// Which rows are those of members, as a condition if not all are; `None`: no row is.
fn has_members(lowering: &Lowering<'_>) -> Option<Option<Expr>> {
    let scope = &lowering.plan.scope;
    let is_member = |dimension: &usize| is_member(scope, *dimension);
    let (with, without): (Vec<_>, Vec<_>) =
        scope.slicings.iter().partition(|slicing| slicing.dimensions.iter().any(is_member));
    match (with.as_slice(), without.as_slice()) {
        ([], _) => None,
        (_, []) => Some(None),
        (_, without) => {
            let other = |slicing: &&crate::plan::Slicing| {
                let name = Expr::text(scope.name(slicing));
                Expr::binary(Operator::NotEqual, Expr::of("c", SLICING), name)
            };
            Some(Expr::all(without.iter().map(other).collect()))
        }
    }
}

/// Whether a dimension tells members from each other; ages, steps and cells are told apart first.
fn is_member(scope: &Scope, dimension: usize) -> bool {
    match (scope.around, &scope.dimensions[dimension].kind) {
        (_, DimensionKind::Age) | (None, DimensionKind::Steps { .. }) => false,
        (None, DimensionKind::OfRows | DimensionKind::Named | DimensionKind::Place { .. }) => true,
        (
            Some(around),
            DimensionKind::OfRows
            | DimensionKind::Named
            | DimensionKind::Place { .. }
            | DimensionKind::Steps { .. },
        ) => dimension >= around,
    }
}

/// Members of one period, slicing and segment are compared; ages with the same age, steps
/// with the same step.
fn partition(lowering: &Lowering<'_>) -> Vec<Expr> {
    let scope = &lowering.plan.scope;
    let column = |name: &str| Expr::of("c", name);
    let mut keys = vec![column(PERIOD)];
    keys.extend(lowering.several_slicings().then(|| column(SLICING)));
    keys.extend(lowering.several_segments().then(|| column(SEGMENT)));
    for (index, name) in lowering.columns.dimensions.iter().enumerate() {
        if !is_member(scope, index) {
            keys.push(column(name));
        } else if scope.around.is_some() {
            // Rows without a member are nobody's.
            keys.push(Expr::is_there(column(name)));
        }
    }
    keys
}
