//! Numbers per member: a plan of its own for each member, then an aggregate.
//!
//! `count(per customer having orders >= 2)` by channel plans `orders` by channel and
//! customer, keeps the customers with two or more, and counts them by channel. A
//! customer takes part who has a row in the time that some number beneath reads.

use super::context::{Builder, Context, Fill, Value};
use super::leaf::{Leaf, Over};
use super::{Plan, bands};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{Aggregate, Number, PerMember, Predicate};
use crate::resolve::scalar::{Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::Literal;

/// Numbers of each member, and who takes part.
#[derive(Debug, Clone)]
pub struct Members {
    pub definition: PerMember,
    restricted: Vec<Predicate>,
    /// What is computed for each member, sliced further by the members.
    pub plan: Plan,
    /// Nodes of that plan: the values, the condition, and whether there is a row.
    pub values: Vec<usize>,
    pub having: Option<usize>,
    pub present: usize,
    /// The members' dimensions, as indexes of that plan's.
    pub dimensions: Vec<usize>,
}

/// The plan follows from the rest.
impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.definition == other.definition && self.restricted == other.restricted
    }
}

/// Plans a number per member in a context.
pub fn members(
    builder: &Builder<'_>,
    definition: &PerMember,
    context: &Context,
    span: Span,
) -> Result<Members, Vec<Diagnostic>> {
    let scope = builder.scope.per(builder.resolved, &definition.dimensions);
    let mut inner = bands::deeper(builder, &scope, span)?;
    let context = Context { lifted: Vec::new(), ..context.clone() };
    let one = |e: Diagnostic| vec![e];
    let node = |inner: &mut Builder<'_>, number: &Number| {
        let value = inner.number(number, &context)?;
        Ok::<usize, Vec<Diagnostic>>(inner.node(String::from("value"), value, None))
    };
    let values = definition.values.iter().map(|v| node(&mut inner, v)).collect::<Result<Vec<_>, _>>()?;
    definition.members_of.iter().try_for_each(|number| node(&mut inner, number).map(drop))?;
    let having = definition.having.as_ref().map(|having| node(&mut inner, having)).transpose()?;
    let present = present(&mut inner, &context, span).map_err(one)?;
    let dimensions = (builder.scope.dimensions.len()..scope.dimensions.len()).collect();
    let plan = inner.into_plan()?;
    Ok(Members {
        definition: definition.clone(),
        restricted: context.restricted,
        plan,
        values,
        having,
        present,
        dimensions,
    })
}

/// Whether a member has a row in the time that any number reads.
fn present(inner: &mut Builder<'_>, context: &Context, span: Span) -> Result<usize, Diagnostic> {
    let leaves = inner.computed.leaves.clone();
    let rows = rows_of(&leaves.iter().collect::<Vec<_>>());
    let value = any_row(inner, rows, context, span)?;
    Ok(inner.node("present".into(), value, None))
}

/// The rows that leaves aggregate, each once. What is the same for all slices is nobody's.
pub fn rows_of(leaves: &[&Leaf]) -> Vec<Leaf> {
    let mut rows: Vec<Leaf> = Vec::new();
    for leaf in leaves {
        let same = |known: &Leaf| {
            let rows = known.source == leaf.source && known.over == leaf.over && known.taken == leaf.taken;
            rows && known.when == leaf.when
        };
        if matches!(leaf.over, Over::Rows(_)) && leaf.lifted.is_empty() && !rows.iter().any(same) {
            rows.push(Leaf { aggregate: Aggregate::Count, ty: Type::Integer, ..(*leaf).clone() });
        }
    }
    rows
}

/// Whether there is one of some rows.
pub fn any_row(
    builder: &mut Builder<'_>,
    rows: Vec<Leaf>,
    context: &Context,
    span: Span,
) -> Result<Scalar<Value>, Diagnostic> {
    let mut any = Vec::new();
    for mut leaf in rows {
        let of = super::leaf::Of::new(&leaf.measure, &leaf.source, leaf.span);
        leaf.conditions = super::leaf::conditions(builder.resolved, &of, &context.restricted)?;
        leaf.measure = format!("{}_rows", leaf.source);
        let cell = builder.cell(leaf, Fill::Zero)?;
        let number = Scalar::new(ScalarKind::Leaf(Value::Cell(cell)), Type::Integer, span);
        let zero = Scalar::new(ScalarKind::Literal(Literal::Number("0".into())), Type::Integer, span);
        let some = ScalarKind::Compare(Comparison::Greater, Box::new(number), Box::new(zero));
        any.push(Scalar::new(some, Type::Boolean, span));
    }
    Ok(Scalar::new(ScalarKind::Or(any), Type::Boolean, span))
}
