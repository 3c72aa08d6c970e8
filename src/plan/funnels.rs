//! Funnels: who reaches a step, each step beside the others, and when a step is taken.
//!
//! Of those who visit in March, the share that fills a cart: entities with a visit of
//! March that leads to a cart, by all with a visit of March. Those whose time is not
//! over yet are not counted at any step.

use super::context::{Builder, Context, Value};
use super::elapsed;
use super::leaf::{self, Leaf, Of, Taken, added, reached, step_column};
use super::scope::DimensionKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Aggregate, Funnel, Number, OfSteps, Placed, Row, Step, StepTime};
use crate::resolve::scalar::{Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::Literal;

/// The entities that reach a step, as a cell.
pub fn step(
    builder: &mut Builder<'_>,
    id: &str,
    step: usize,
    context: &Context,
) -> Result<usize, Diagnostic> {
    let of = OfFunnel::new(builder, id)?;
    of.count(builder, step, context)
}

/// When the first way to a later step took a step, as a cell: the earliest time of all
/// ways there, since who begins earlier is nowhere later.
pub fn time(
    builder: &mut Builder<'_>,
    time: &StepTime,
    at: &Number,
    context: &Context,
) -> Result<usize, Diagnostic> {
    let of = OfFunnel::new(builder, &time.funnel)?;
    let name = format!("{}_at", of.funnel.steps[time.step].id);
    let taken = Aggregate::Min(added(&step_column(time.step), at.ty, at.span));
    of.cell(builder, &name, &taken, at.ty, time.reached, context)
}

/// A number of each step, in a request that is sliced by them.
pub fn each(
    builder: &mut Builder<'_>,
    (id, what): (&str, OfSteps),
    at: &Number,
    context: &Context,
) -> Result<Scalar<Value>, Diagnostic> {
    let of = OfFunnel::new(builder, id)?;
    let scope = builder.scope;
    let own: Vec<usize> = (0..scope.dimensions.len())
        .filter(|index| matches!(&scope.dimensions[*index].kind, DimensionKind::Steps { funnel, .. } if funnel == id))
        .collect();
    let (Some(slice), true) = (
        own.last().copied(),
        scope.slicings.iter().all(|slicing| slicing.dimensions.iter().any(|d| own.contains(d))),
    ) else {
        return Err(needs_steps(of.funnel, at.span));
    };
    // One step's number is there in all of their slices, and the slice chooses.
    let mut context = context.clone();
    context.lifted.extend(own.into_iter().filter(|d| !context.lifted.contains(d)).collect::<Vec<_>>());
    context.lifted.sort_unstable();
    let steps = 0..of.funnel.steps.len();
    let counts = steps.map(|step| {
        let cell = of.count(builder, step, &context)?;
        Ok(Scalar::new(ScalarKind::Leaf(Value::Cell(cell)), Type::Integer, at.span))
    });
    let counts: Vec<Scalar<Value>> = counts.collect::<Result<_, Diagnostic>>()?;
    let value = |step: usize| match what {
        OfSteps::Count => Some(counts[step].clone()),
        OfSteps::Rate => {
            let before = counts[step.checked_sub(1)?].clone();
            let share = ScalarKind::Divide(Box::new(counts[step].clone()), Box::new(before));
            Some(Scalar::new(share, Type::Float, at.span))
        }
    };
    let is_step = |id: &str| {
        let slice = Scalar::new(ScalarKind::Leaf(Value::Slice(slice)), Type::Text, at.span);
        let step = Scalar::new(ScalarKind::Literal(Literal::Text(id.into())), Type::Text, at.span);
        let same = ScalarKind::Compare(Comparison::Equal, Box::new(slice), Box::new(step));
        Scalar::new(same, Type::Boolean, at.span)
    };
    let steps = of.funnel.steps.iter().enumerate();
    let whens = steps.filter_map(|(index, step)| Some((is_step(&step.id), value(index)?))).collect();
    Ok(Scalar::new(ScalarKind::Case { whens, otherwise: None }, at.ty, at.span))
}

fn needs_steps(funnel: &Funnel, span: Span) -> Diagnostic {
    let (id, dimension) = (&funnel.id, funnel.dimension());
    let message = format!("a number of each step of the funnel `{id}` is asked without its steps");
    Diagnostic { span: Some(span), ..Diagnostic::general(Code::BadOption, message) }
        .because("every step has its own, and they add up to nothing")
        .help(format!("add `--by {dimension}` to the request, and to each other `--by`, without `--total`"))
}

struct OfFunnel<'a> {
    funnel: &'a Funnel,
    entity: Row,
}

impl<'a> OfFunnel<'a> {
    fn new(builder: &Builder<'a>, id: &str) -> Result<Self, Diagnostic> {
        let resolved = builder.resolved;
        let unsound = || Diagnostic::general(Code::UnknownName, format!("the funnel `{id}` has errors"));
        let funnel = resolved.funnels.get(id).ok_or_else(unsound)?;
        let entity = |step: &Step| {
            let of = Of::new(&step.id, &step.source, funnel.span);
            leaf::entity(resolved, &of, &funnel.entity)
        };
        funnel.steps.iter().try_for_each(|step| entity(step).map(drop))?;
        let first = funnel.steps.first().expect("a funnel without steps has errors");
        Ok(OfFunnel { funnel, entity: entity(first)? })
    }

    fn count(&self, builder: &mut Builder<'_>, step: usize, context: &Context) -> Result<usize, Diagnostic> {
        let entities = Aggregate::CountDistinct(vec![self.entity.clone()]);
        self.cell(builder, &self.funnel.steps[step].id, &entities, Type::Integer, step, context)
    }

    /// An aggregate of the first step's rows that lead to a step.
    fn cell(
        &self,
        builder: &mut Builder<'_>,
        name: &str,
        aggregate: &Aggregate,
        ty: Type,
        step: usize,
        context: &Context,
    ) -> Result<usize, Diagnostic> {
        let funnel = self.funnel;
        let mut context = elapsed::settled(builder.time, context)?;
        context.when.settled.extend(funnel.within.filter(|w| !context.when.settled.contains(w)));
        let name = format!("{}_{name}", funnel.id);
        let reached = (step > 0).then(|| reached(step, funnel.span));
        let first = &funnel.steps[0];
        let of = Of { filter: reached.as_ref(), ..Of::new(&name, &first.source, funnel.span) };
        let leaf = builder.rows(of, aggregate, Placed::At(first.axis.clone()), ty, &context)?;
        builder.filled(Leaf { taken: Some(Taken::Steps(funnel.id.clone())), ..leaf }, &context)
    }
}
