//! Numbers per member: `count(per customer having orders >= 2)`.

use super::expression::{Scope, Typed, condition, typed};
use super::formula::NumberScope;
use super::operators::a;
use super::resolved::{Number, NumberLeaf, OverMembers, PerMember};
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::{bands, measures, tools};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Arg, Call, Per};

/// `avg(x per dimension having p)`
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, per: &Per, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let start = s.uses.len();
    let mut values = Vec::new();
    for arg in &call.args {
        match arg {
            Arg::Expr(e) => values.push(typed(s, e)),
            Arg::Mode(mode) => {
                let error = Diagnostic { span: Some(mode.span), ..tools::needs(call, "a number") };
                return s.report(error);
            }
        }
    }
    let having = per.having.as_ref().map(|having| condition(s, having));
    let dimensions: Option<Vec<String>> = per.dimensions.iter().map(|path| s.dimension(path)).collect();
    let values: Vec<Typed<NumberLeaf>> = values.into_iter().collect::<Option<_>>()?;
    let having = match having {
        Some(having) => Some(having?.scalar),
        None => None,
    };
    let dimensions = dimensions?;
    reached(s, start, &dimensions, per)?;
    let (function, mut values) = aggregate(s, call, values)?;
    let mut members_of = Vec::new();
    if values.is_empty() && having.is_none() {
        members_of = by_bands(s, call)?;
    }
    if values.is_empty() && having.is_none() && members_of.is_empty() {
        return s.report(
            Diagnostic::error(
                Code::WrongArguments,
                span,
                format!("`{name}` counts members, and nothing says of which rows"),
            )
            .because("a member takes part if a number has a row of it: one beside it, or those of the only segmentation per that dimension")
            .help(format!("say which: `count(per {} having orders > 0)`", dimensions.join(", "))),
        );
    }
    if function == OverMembers::Slope {
        on_a_line(s, &dimensions, per)?;
    }
    let (ty, unit) = match values.first() {
        Some(value) => outcome(&function, value.ty(), value.unit.clone()),
        None => (Type::Integer, Unit::plain(Kind::Count)),
    };
    let values = values.drain(..).map(|value| value.scalar).collect();
    let leaf =
        NumberLeaf::PerMember(Box::new(PerMember { function, values, dimensions, having, members_of }));
    Some(Typed::new(ScalarKind::Leaf(leaf), ty, unit, span))
}

/// Whether the members are numbers, over which a line can be drawn.
fn on_a_line(s: &mut NumberScope<'_, '_>, dimensions: &[String], per: &Per) -> Option<()> {
    let wrong = |code, span, message: String| {
        Diagnostic::error(code, span, message)
            .because("it is how much the number changes from one member to the next, in the order of their own numbers")
    };
    let ([dimension], [path]) = (dimensions, per.dimensions.as_slice()) else {
        let span = per.dimensions.last()?.span();
        let error = wrong(Code::WrongArguments, span, "`slope` is taken per one dimension".into());
        return s.report(error.help("write `slope(open_rate per step)`"));
    };
    let (info, _) = s.numbers.predicates.dimensions.get(dimension)?;
    if info.ty.is_number() || info.ty == Type::Unknown {
        return Some(());
    }
    let message = format!("`slope` is taken per `{dimension}`, which is {}", a(info.ty));
    let error = wrong(Code::TypeMismatch, path.span(), message);
    s.report(error.help("take it per a dimension of numbers: a step, a position, a rank"))
}

/// The numbers of the only segmentation per this dimension, if there is one: whom it
/// bands, a bare count counts. `None`: it has findings.
fn by_bands(s: &mut NumberScope<'_, '_>, call: &Call) -> Option<Vec<Number>> {
    let Some(id) = bands::counted_by(s.numbers.predicates, call) else { return Some(Vec::new()) };
    s.banded(&id)?;
    let known = s.numbers.bands.get(id.as_str())?.as_ref()?;
    s.uses.extend(known.uses.iter().cloned());
    Some(known.numbers().cloned().collect())
}

/// What an aggregate of members' numbers is.
pub fn outcome(function: &OverMembers, ty: Type, unit: Unit) -> (Type, Unit) {
    match function {
        OverMembers::Count => (Type::Integer, Unit::plain(Kind::Count)),
        OverMembers::Corr => (Type::Float, Unit::Free),
        OverMembers::Min | OverMembers::Max => (ty, unit),
        OverMembers::Sum => (ty, unit.stretched()),
        OverMembers::Avg | OverMembers::Percentile(_) => (real(ty), unit),
        // Of a slope: so much of it for each 1 of the members.
        OverMembers::Stddev | OverMembers::Slope => (real(ty), unit.stretched()),
    }
}

fn real(ty: Type) -> Type {
    if ty == Type::Duration { Type::Duration } else { Type::Float }
}

/// Whether every number reaches what it is taken per.
fn reached(s: &mut NumberScope<'_, '_>, start: usize, dimensions: &[String], per: &Per) -> Option<()> {
    let beneath = s.uses[start..].to_vec();
    let mut sound = true;
    for (dimension, path) in dimensions.iter().zip(&per.dimensions) {
        for this in &beneath {
            let error = s.numbers.unreached(this, dimension, path.span(), "taken per");
            sound &= error.is_none();
            s.needs(this.source, dimension);
            s.sink().extend(error);
        }
    }
    sound.then_some(())
}

type Values = Vec<Typed<NumberLeaf>>;

fn aggregate(s: &mut NumberScope<'_, '_>, call: &Call, mut values: Values) -> Option<(OverMembers, Values)> {
    let name = call.function.value.as_str();
    let wanted = match name {
        "count" => 0,
        "percentile" | "corr" => 2,
        _ => 1,
    };
    if call.distinct || values.len() != wanted {
        let (takes, example) = match name {
            "count" => ("a condition and no number", "count(per customer having orders >= 2)".to_string()),
            "percentile" => ("a number and a share", "percentile(orders, 90% per customer)".to_string()),
            "slope" => ("one number", "slope(open_rate per step)".to_string()),
            "corr" => ("two numbers", "corr(orders, revenue per customer)".to_string()),
            _ => ("one number", format!("{name}(orders per customer)")),
        };
        let message = format!("`{name}` per member takes {takes}");
        return s.report(
            Diagnostic::error(Code::WrongArguments, call.function.span, message)
                .help(format!("write `{example}`")),
        );
    }
    let function = match name {
        "count" => OverMembers::Count,
        "sum" => OverMembers::Sum,
        "avg" => OverMembers::Avg,
        "min" => OverMembers::Min,
        "max" => OverMembers::Max,
        "median" => OverMembers::Percentile("0.5".into()),
        "stddev" => OverMembers::Stddev,
        "corr" => OverMembers::Corr,
        "slope" => OverMembers::Slope,
        _ => OverMembers::Percentile(measures::share(&values.pop()?, s.sink())?),
    };
    if let Some(value) =
        values.iter().find(|v| !(v.ty().is_number() || matches!(v.ty(), Type::Duration | Type::Unknown)))
    {
        return s.report(
            Diagnostic::error(
                Code::TypeMismatch,
                value.span(),
                format!("`{name}` takes numbers, and this is none"),
            )
            .help("give a number of each member"),
        );
    }
    Some((function, values))
}
