//! A member's number among those of others: `rank(revenue)` by channel.
//!
//! Of the channels of one period and segment, those take part that have a row in the
//! time that revenue reads: a channel that sells only in March has no place in January,
//! whether March is asked, too, or not. Within a number per member the members of one
//! cell are compared.

use super::context::{Builder, Context};
use super::scope::{Dimension, DimensionKind};
use super::{Value, members};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Number, Ranking};
use crate::resolve::scalar::{Scalar, ScalarKind};
use crate::source::Span;

/// What the node is called that members are ordered by.
pub const RANKED_BY: &str = "ranked_by";

/// Adds the node of a member's place.
pub fn rank(
    builder: &mut Builder<'_>,
    number: &Number,
    ranking: Ranking,
    span: Span,
    context: &Context,
) -> Result<usize, Vec<Diagnostic>> {
    let names_members = |d: &Dimension| d.kind == DimensionKind::Named;
    if builder.scope.around.is_none() && builder.scope.dimensions.iter().any(names_members) {
        let error = Diagnostic::error(Code::NoPlace, span, "a place among members is asked beside `--top`");
        return Err(vec![
            error
                .because("the others together are no member, and nobody has a place beside them")
                .help("ask for places without `--top`"),
        ]);
    }
    let value = builder.number(number, context)?;
    let mut leaves = Vec::new();
    for cell in builder.cells_beneath(&value) {
        members::beneath(&builder.computed.leaves[builder.computed.cells[cell].leaf], &mut leaves);
    }
    // What is the same for all slices is nobody's.
    let of_cell = if builder.scope.around.is_some() { context.lifted.as_slice() } else { &[] };
    let of_rows = |lifted: &[usize]| builder.scope.of_rows(lifted);
    let rows = members::rows_of(&leaves, &|leaf| of_rows(&leaf.lifted) == of_rows(of_cell));
    if rows.is_empty() {
        let error = Diagnostic::error(Code::NoPlace, span, "a place is asked by a number that no member has");
        return Err(vec![
            error
                .because("what stands beneath it is the same for all of them")
                .help("rank by a number of each member: `rank(revenue)`"),
        ]);
    }
    let takes_part = members::any_row(builder, rows, context, span)?;
    let ty = value.ty;
    let value = ScalarKind::Case { whens: vec![(takes_part, value)], otherwise: None };
    let value = builder.node(RANKED_BY.into(), Scalar::new(value, ty, span), None);
    let name = match ranking {
        Ranking::Place(_) => "place",
        Ranking::CumulativeShare => "cumulative_share",
    };
    let value = Scalar::new(ScalarKind::Leaf(Value::Node(value)), ty, span);
    let node = builder.node(name.into(), value, None);
    builder.computed.nodes[node].ranking = Some(ranking);
    Ok(node)
}
