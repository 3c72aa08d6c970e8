//! Numbers per member: a plan of its own for each member, then an aggregate.
//!
//! `count(per customer having orders >= 2)` by channel plans `orders` by channel and
//! customer, keeps the customers with two or more, and counts them by channel. A
//! customer takes part who has a row in the time that some number beneath reads.

use super::context::{Builder, Context, Fill, Value};
use super::leaf::{Leaf, Over};
use super::scope::Dimension;
use super::time_share;
use super::{Plan, bands};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Aggregate, Number, PerMember, Predicate, Window};
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
    let scope = builder.scope.per(builder.resolved, &definition.dimensions, &context.lifted);
    let mut inner = bands::deeper(builder, &scope, span)?;
    let node = |inner: &mut Builder<'_>, number: &Number| {
        let value = inner.number(number, context)?;
        Ok::<usize, Vec<Diagnostic>>(inner.node(String::from("value"), value, None))
    };
    let values = definition.values.iter().map(|v| node(&mut inner, v)).collect::<Result<Vec<_>, _>>()?;
    definition.members_of.iter().try_for_each(|number| node(&mut inner, number).map(drop))?;
    let having = definition.having.as_ref().map(|having| node(&mut inner, having)).transpose()?;
    let present = present(&mut inner, context, span)?;
    let dimensions = (builder.scope.dimensions.len()..scope.dimensions.len()).collect();
    let plan = inner.into_plan()?;
    Ok(Members {
        definition: definition.clone(),
        restricted: context.restricted.clone(),
        plan,
        values,
        having,
        present,
        dimensions,
    })
}

/// Whether a member has a row in the time that any number reads.
fn present(inner: &mut Builder<'_>, context: &Context, span: Span) -> Result<usize, Vec<Diagnostic>> {
    let mut leaves = Vec::new();
    inner.computed.leaves.iter().for_each(|leaf| beneath(leaf, &mut leaves));
    // Steps are there wherever their funnel has a row.
    let scope = inner.scope;
    let lifted = scope.of_rows(&context.lifted);
    let mut rows = rows_of(&leaves, &|leaf| scope.of_rows(&leaf.lifted) == lifted);
    if rows.is_empty() {
        // Only totals: whose rows are in the cell, takes part in what is read over several.
        let reaches = |leaf: &Leaf, (index, asked): (usize, &Dimension)| {
            let known = super::leaf::dimension(inner.resolved, &leaf.source, &scope.told(index).id);
            context.lifted.contains(&index) || asked.is_steps() || known.is_some()
        };
        let asked = || inner.scope.dimensions.iter().enumerate();
        rows = rows_of(&leaves, &|leaf| asked().all(|asked| reaches(leaf, asked)));
        let lifts = |d: &usize| context.lifted.contains(d) || scope.dimensions[*d].is_steps();
        let lifted: Vec<usize> = (0..scope.dimensions.len()).filter(lifts).collect();
        rows.iter_mut().for_each(|leaf| leaf.lifted.clone_from(&lifted));
    }
    if rows.is_empty() {
        return Err(vec![nobody(span)]);
    }
    let value = any_row(inner, rows, context, span)?;
    Ok(inner.node("present".into(), value, None))
}

fn nobody(span: Span) -> Diagnostic {
    let message = "nothing here says who is a member in a slice";
    Diagnostic { span: Some(span), ..Diagnostic::general(Code::Unreachable, message) }
        .because("every number of the member is a total over slices that its source does not reach")
        .help("add a number of the slice itself: `having orders > 0`")
}

/// The leaves that aggregate rows: of members those of their numbers.
pub fn beneath<'l>(leaf: &'l Leaf, found: &mut Vec<&'l Leaf>) {
    match &leaf.over {
        Over::Rows(_) | Over::Time(_) => found.push(leaf),
        Over::Members(members) => members.plan.leaves.iter().for_each(|leaf| beneath(leaf, found)),
    }
}

/// The rows that these leaves aggregate, each once.
pub fn rows_of(leaves: &[&Leaf], reads: &dyn Fn(&Leaf) -> bool) -> Vec<Leaf> {
    let mut rows: Vec<Leaf> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| reads(leaf)) {
        let same = |known: &Leaf| {
            let rows = known.source == leaf.source && known.over == leaf.over && known.taken == leaf.taken;
            rows && known.when == leaf.when
        };
        if rows.iter().any(same) {
            continue;
        }
        match &leaf.over {
            Over::Rows(_) => {
                let mut rows_of = Leaf { aggregate: Aggregate::Count, ty: Type::Integer, ..(*leaf).clone() };
                // However old a row is, it is there.
                if let Some(Window::Decayed(_)) = rows_of.when.window {
                    rows_of.when.window = Some(Window::Cumulative);
                }
                rows.push(rows_of);
            }
            Over::Time(_) => rows.push((*leaf).clone()),
            Over::Members(_) => {}
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
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    let mut cells = Vec::new();
    for mut leaf in rows {
        if let Over::Time(held) = &leaf.over {
            cells.extend(time_share::presence(builder, (held, &leaf), context, span)?);
            continue;
        }
        let of = super::leaf::Of::new(&leaf.measure, &leaf.source, leaf.span);
        leaf.conditions =
            super::leaf::conditions(builder.resolved, &of, &context.restricted).map_err(|e| vec![e])?;
        leaf.measure = format!("{}_rows", leaf.source);
        cells.push(builder.cell(leaf, Fill::Zero).map_err(|e| vec![e])?);
    }
    let mut any = Vec::new();
    for cell in cells {
        let number = Scalar::new(ScalarKind::Leaf(Value::Cell(cell)), Type::Integer, span);
        let zero = Scalar::new(ScalarKind::Literal(Literal::Number("0".into())), Type::Integer, span);
        let some = ScalarKind::Compare(Comparison::Greater, Box::new(number), Box::new(zero));
        any.push(Scalar::new(some, Type::Boolean, span));
    }
    Ok(Scalar::new(ScalarKind::Or(any), Type::Boolean, span))
}
