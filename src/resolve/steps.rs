//! Numbers of a funnel: who reaches a step, all steps beside each other, and the time
//! between two of them.

use super::expression::{self, Called, Params, Scope, Typed};
use super::formula::NumberScope;
use super::measures::is_aggregate;
use super::needs::Needs;
use super::numbers::{Lifted, Numbers, Use};
use super::resolved::{AxisKind, Clock, Funnel, NumberLeaf, OfSteps, OverMembers, PerMember, StepTime};
use super::scalar::{Scalar, ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::windows;
use super::{members, operators, tools, walk};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::source::Span;
use crate::syntax::ast::{Arg, BinaryOp, Call, Expr, ExprKind, Path};

/// What a funnel's steps are called where they are sliced by.
const STEP: &str = "step";

/// The function of a name, if it is one of all steps.
pub fn function(name: &str) -> Option<OfSteps> {
    match name {
        "step_count" => Some(OfSteps::Count),
        "step_rate" => Some(OfSteps::Rate),
        _ => None,
    }
}

/// `journey.cart`
pub fn one<'m>(
    s: &mut NumberScope<'_, 'm>,
    funnel: &str,
    step: usize,
    span: Span,
) -> Option<Typed<NumberLeaf>> {
    read(s, funnel, Vec::new())?;
    let leaf = ScalarKind::Leaf(NumberLeaf::Step(funnel.to_string(), step));
    Some(Typed::new(leaf, Type::Integer, Unit::plain(Kind::Count), span))
}

/// The funnel that a formula reads; its period and slices are the first step's.
fn read<'n>(s: &mut NumberScope<'n, '_>, funnel: &str, lifted: Vec<String>) -> Option<&'n Funnel> {
    let numbers = s.numbers;
    let (id, known) = numbers.funnels.get_key_value(funnel)?;
    let known = known.as_ref()?;
    let mut needs = Needs::new(numbers.rows, numbers.sources);
    for step in &known.steps {
        let source = *numbers.rows.ids.get(step.source.as_str())?;
        needs.source(source);
        needs.key(source);
        needs.column(source, &step.axis.column);
        step.filter.iter().for_each(|filter| needs.row(source, filter));
        needs.dimension(source, &known.entity);
    }
    s.unbound.append(&mut needs.found);
    let source = *numbers.rows.ids.get(known.steps[0].source.as_str())?;
    s.uses.push(Use { source, measure: id, lifted: Lifted::Some(lifted) });
    Some(known)
}

// -------------------------------------------------------------- all the steps

/// `step_count(journey)`, `step_rate(journey)`
pub fn each(s: &mut NumberScope<'_, '_>, call: &Call, of: OfSteps, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let path = match call.args.as_slice() {
        [Arg::Expr(Expr { value: ExprKind::Path(path), .. })] if call.per.is_none() && !call.distinct => path,
        _ => {
            let error = tools::needs(call, "the name of a funnel, and nothing else");
            return s.report(Diagnostic { help: Some(format!("write `{name}(journey)`")), ..error });
        }
    };
    if path.qualifier.is_some() {
        return s.report(
            Diagnostic::error(Code::WrongKind, path.span(), format!("`{name}` takes a whole funnel"))
                .because("it is a number of each of its steps")
                .help(format!(
                    "write `{name}({})`",
                    path.qualifier.as_ref().map_or("", |q| q.value.as_str())
                )),
        );
    }
    tools::check_tool(s, &path.name, "funnel").then_some(())?;
    let id = path.name.value.as_str();
    let funnel = read(s, id, vec![format!("{id}.{STEP}")])?;
    if of == OfSteps::Rate && funnel.steps.len() < 2 {
        return s.report(
            Diagnostic::error(Code::WrongArguments, span, format!("the funnel `{id}` has one step alone"))
                .because("a rate of steps is of those who took the step before")
                .help(format!("add a step to it, or count the one: `{id}.{}`", funnel.steps[0].id)),
        );
    }
    let (ty, unit) = match of {
        OfSteps::Count => (Type::Integer, Unit::plain(Kind::Count)),
        OfSteps::Rate => (Type::Float, Unit::plain(Kind::Count).over(&Unit::plain(Kind::Count))),
    };
    Some(Typed::new(ScalarKind::Leaf(NumberLeaf::EachStep(id.to_string(), of)), ty, unit, span))
}

/// `journey.step` where a dimension is named; `None`: the path leads to no funnel.
pub fn sliced(model: &Model<'_>, path: &Path) -> Option<Result<String, Diagnostic>> {
    let qualifier = &path.qualifier.as_ref()?.value;
    let funnel = model.funnels.get(qualifier.as_str())?;
    if path.name.value == STEP {
        return Some(Ok(format!("{qualifier}.{STEP}")));
    }
    let is_step = funnel.steps.iter().any(|step| step.header.name.value == path.name.value);
    let whole = format!("`{qualifier}.{}`", path.name.value);
    let message = match is_step {
        true => format!("{whole} is one step, and a dimension is meant here"),
        false => format!("{whole} is no dimension"),
    };
    Some(Err(Diagnostic::error(Code::WrongKind, path.span(), message)
        .because("the one dimension of a funnel has its steps as members")
        .help(format!("write `{qualifier}.{STEP}`"))))
}

/// Whether a dimension has the steps of a funnel as members.
pub fn is_dimension(model: &Model<'_>, dimension: &str) -> bool {
    Funnel::of_dimension(dimension).is_some_and(|funnel| model.funnels.contains_key(funnel))
}

/// A number that has no value at each step.
pub fn unreached(used: &Use<'_>, dimension: &str, span: Span, what: &str) -> Diagnostic {
    let message = format!("`{}` cannot be {what} `{dimension}`", used.measure);
    let funnel = Funnel::of_dimension(dimension).unwrap_or(dimension);
    Diagnostic::error(Code::Unreachable, span, message)
        .because("an entity reaches several steps, so a row belongs to none of them")
        .help(format!(
            "use `step_count({funnel})` or `step_rate({funnel})`; what is the same at every step is a total: `total({funnel}.…, {dimension})`"
        ))
}

/// `where journey.step = 'cart'`
pub fn no_condition(path: &Path) -> Diagnostic {
    let funnel = path.qualifier.as_ref().map_or("", |q| q.value.as_str());
    let message = format!("`{funnel}.{}` stands in a condition", path.name.value);
    Diagnostic::error(Code::WrongKind, path.span(), message)
        .because("conditions are over rows, and an entity reaches several steps")
        .help(format!("name the step that is meant, as a number: `{funnel}.…`"))
}

/// Why all steps of a funnel have no total, if there are some beneath.
pub fn no_total(
    value: &Typed<NumberLeaf>,
    lifted: &[String],
    numbers: &Numbers<'_>,
    span: Span,
) -> Option<Diagnostic> {
    let lifts_steps = lifted.is_empty() || lifted.iter().any(|d| is_dimension(numbers.model, d));
    (lifts_steps && windows::moves(&value.scalar, numbers).steps).then(|| {
        Diagnostic::error(Code::WrongArguments, span, "`total` is taken over the steps of a funnel")
            .because("who reaches a later step has reached the earlier ones, too, and would count again")
            .help("name the step that others are compared with: `step_count(journey) / total(journey.visit, journey.step)`")
    })
}

// ------------------------------------------------------- the time between two

/// The funnel whose steps an aggregate subtracts from each other: there they are times.
pub fn subtracted<'m>(model: &Model<'m>, call: &Call) -> Option<&'m str> {
    let mut funnel = None;
    let mut subtracts = false;
    for arg in &call.args {
        let Arg::Expr(e) = arg else { continue };
        walk::each(e, &mut |part| {
            subtracts |= matches!(part.value, ExprKind::Binary(BinaryOp::Subtract, ..))
        });
        walk::paths(e, &mut |path| {
            let qualifier = path.qualifier.as_ref().map_or("", |q| q.value.as_str());
            funnel = funnel.or(model.funnels.get_key_value(qualifier).map(|(id, _)| *id));
        });
    }
    funnel.filter(|_| subtracts)
}

/// `median(journey.bought - journey.visit)`: of each entity, on its first way to the
/// latest step that is named.
pub fn times(
    s: &mut NumberScope<'_, '_>,
    call: &Call,
    funnel: &str,
    span: Span,
) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let wanted = match name {
        "count" | "corr" => 0,
        "percentile" => 2,
        _ => 1,
    };
    let args: Vec<&Expr> = call.args.iter().filter_map(arg).collect();
    if call.distinct || args.len() != wanted || wanted != call.args.len() {
        return s.report(no_times(call, funnel));
    }
    let funnel = read(s, funnel, Vec::new())?;
    if let Some(error) = args.iter().find_map(|e| backwards(e, funnel)) {
        return s.report(error);
    }
    let numbers = s.numbers;
    let mut scope = Times { numbers, funnel, sink: s.sink(), named: Vec::new() };
    let values: Vec<_> = args.into_iter().map(|e| expression::typed(&mut scope, e)).collect();
    let named = std::mem::take(&mut scope.named);
    let mut values: Vec<Typed<usize>> = values.into_iter().collect::<Option<_>>()?;
    let share = if wanted == 2 { values.pop() } else { None };
    let value = values.pop()?;
    if !(value.ty().is_number() || value.ty() == Type::Duration) {
        return s.report(
            Diagnostic::error(
                Code::TypeMismatch,
                value.span(),
                format!("this is {}", operators::a(value.ty())),
            )
            .because(format!("`{name}` of a funnel is taken of the time from one step to another"))
            .help("subtract the earlier step's time from the later one's"),
        );
    }
    let function = match (name, share) {
        (_, Some(share)) => OverMembers::Percentile(super::measures::share(&share, s.sink())?),
        ("sum", _) => OverMembers::Sum,
        ("avg", _) => OverMembers::Avg,
        ("min", _) => OverMembers::Min,
        ("max", _) => OverMembers::Max,
        ("stddev", _) => OverMembers::Stddev,
        _ => OverMembers::Percentile("0.5".into()),
    };
    let reached = named.into_iter().max()?;
    let number = value.scalar.replace(&mut |step, at: &Scalar<usize>| {
        let time = StepTime { funnel: funnel.id.clone(), step: *step, reached };
        Scalar::new(ScalarKind::Leaf(NumberLeaf::StepTime(time)), at.ty, at.span)
    });
    let (ty, unit) = members::outcome(&function, value.ty(), value.unit);
    let dimensions = vec![funnel.entity.clone()];
    let per = PerMember { function, values: vec![number], dimensions, having: None, members_of: Vec::new() };
    Some(Typed::new(ScalarKind::Leaf(NumberLeaf::PerMember(Box::new(per))), ty, unit, span))
}

fn arg(arg: &Arg) -> Option<&Expr> {
    match arg {
        Arg::Expr(e) => Some(e),
        Arg::Mode(_) => None,
    }
}

/// A step less a later one, or less itself.
fn backwards(e: &Expr, funnel: &Funnel) -> Option<Diagnostic> {
    let step = |e: &Expr| match &e.value {
        ExprKind::Path(Path { qualifier: Some(qualifier), name }) if qualifier.value == funnel.id => {
            funnel.steps.iter().position(|step| step.id == name.value)
        }
        _ => None,
    };
    let mut found = None;
    walk::each(e, &mut |part| {
        let ExprKind::Binary(BinaryOp::Subtract, a, b) = &part.value else { return };
        let (Some(later), Some(earlier)) = (step(a), step(b)) else { return };
        if later <= earlier && found.is_none() {
            found = Some((part.span, later, earlier));
        }
    });
    let (span, later, earlier) = found?;
    let id = |step: usize| format!("{}.{}", funnel.id, funnel.steps[step].id);
    let (later, earlier, same) = (id(later), id(earlier), later == earlier);
    let message = match same {
        true => format!("`{later}` is subtracted from itself"),
        false => format!("`{earlier}`, which comes later, is subtracted from `{later}`"),
    };
    let error = Diagnostic::error(Code::WrongArguments, span, message)
        .because("time passes from a step to one behind it");
    Some(match same {
        true => error.help("subtract the time of an earlier step"),
        false => error.help(format!("write `{earlier} - {later}`")).fix(span, format!("{earlier} - {later}")),
    })
}

fn no_times(call: &Call, funnel: &str) -> Diagnostic {
    let name = call.function.value.as_str();
    let (takes, help) = match name {
        "count" => ("no time between steps", format!("count by the later step's name: `{funnel}.…`")),
        "corr" => ("no time between steps", "take its mean, median or a percentile".into()),
        "percentile" => (
            "a time between steps, and a share",
            "write `percentile(journey.bought - journey.visit, 90%)`".into(),
        ),
        _ => ("one time between steps", format!("write `{name}(journey.bought - journey.visit)`")),
    };
    Diagnostic::error(Code::WrongArguments, call.function.span, format!("`{name}` takes {takes}")).help(help)
}

/// The times of a funnel's steps, by the index of the step.
struct Times<'t, 'n, 'm> {
    numbers: &'n Numbers<'m>,
    funnel: &'n Funnel,
    sink: &'t mut Sink,
    named: Vec<usize>,
}

impl Times<'_, '_, '_> {
    /// What a step's time is, and the zone that it is read in.
    fn time(&self) -> (Type, Option<String>) {
        let project = self.zone();
        let other = |zone: &str| (zone != project).then(|| zone.to_string());
        match (self.funnel.clock(), &self.funnel.steps[0].axis.kind) {
            // A day that hours are added to is a moment.
            (Clock::LocalDay, _) | (_, AxisKind::Date) if self.funnel.is_short() => (Type::Timestamp, None),
            (Clock::LocalDay, _) | (_, AxisKind::Date) => (Type::Date, None),
            (Clock::Utc, _) => (Type::Timestamp, other("UTC")),
            (Clock::Same, AxisKind::Timestamp { zone }) => (Type::Timestamp, other(zone)),
            (Clock::Same, AxisKind::Instant) => (Type::Instant, None),
        }
    }
}

impl Scope for Times<'_, '_, '_> {
    type Leaf = usize;

    fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    fn params(&self) -> &Params<'_> {
        &self.numbers.model.params
    }

    fn zone(&self) -> &str {
        &self.numbers.model.settings.zone
    }

    fn numbers_only(&self) -> bool {
        true
    }

    fn own_functions(&self) -> &'static [&'static str] {
        &[]
    }

    fn path(&mut self, path: &Path) -> Option<Typed<usize>> {
        let qualifier = path.qualifier.as_ref().map(|q| q.value.as_str());
        let own = self.funnel.id.as_str();
        if qualifier != Some(own) {
            let whole = qualifier.map_or(path.name.value.clone(), |q| format!("{q}.{}", path.name.value));
            let other = qualifier.is_some_and(|q| self.numbers.funnels.contains_key(q));
            let error =
                Diagnostic::error(Code::WrongKind, path.span(), format!("`{whole}` is no step of `{own}`"));
            return self.report(match other {
                true => error
                    .because("each funnel follows rows of its own, and nobody's way is one of both")
                    .help("make one funnel of the steps, and subtract two of its own"),
                false => error
                    .because("beside the time of a step stands that of another one")
                    .help(format!("name a step: `{own}.{}`", self.funnel.steps[0].id)),
            });
        }
        let Some(step) = self.funnel.steps.iter().position(|step| step.id == path.name.value) else {
            let shown: Vec<String> = self.funnel.steps.iter().map(|step| format!("`{}`", step.id)).collect();
            let message = format!("the funnel `{own}` has no step `{}`", path.name.value);
            return self.report(
                Diagnostic::error(Code::UnknownName, path.name.span, message)
                    .missing(&path.name.value)
                    .help(format!("it has {}", shown.join(", "))),
            );
        };
        self.named.push(step);
        let (ty, zone) = self.time();
        Some(Typed { zone, ..Typed::new(ScalarKind::Leaf(step), ty, Unit::Free, path.span()) })
    }

    fn call(&mut self, call: &Call, span: Span) -> Called<usize> {
        let name = &call.function.value;
        if !is_aggregate(name) && !tools::is_number_function(name) {
            return Called::Scalar;
        }
        let message = format!("`{name}` stands beside the times of steps");
        Called::Done(
            self.report(
                Diagnostic::error(Code::WrongKind, span, message)
                    .because("they are each entity's own, before anything is put together")
                    .help("take it of the whole: `median(journey.bought - journey.visit)`"),
            ),
        )
    }

    fn restrict(&mut self, _: &Expr, predicate: &Expr, _: Span) -> Option<Typed<usize>> {
        self.report(
            Diagnostic::error(
                Code::WrongArguments,
                predicate.span,
                "`where` stands beside the times of steps",
            )
            .because("it is a condition on the first step's rows, not on a time")
            .help("write it behind the aggregate: `median(journey.bought - journey.visit) where …`"),
        )
    }
}
