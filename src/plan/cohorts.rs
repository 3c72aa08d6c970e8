//! Entrants: what a cohort does after its entry, divided by how many entered.
//!
//! Of those who signed up in March, the share that logs in on day 7: entries of March
//! with a login that day, by all entries of March. Nothing is said while the youngest
//! of them is too young.

use jiff::civil::Date;

use super::context::{Asked, Builder, Context, Fill, Value};
use super::elapsed;
use super::leaf::{self, AGED, ENTERED, Entries, Leaf, Of, Taken, VALUE, YOUNGEST, added};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{
    Ages, Aggregate, Entrants, Length, Number, OfEntrants, Placed, Row, TimeUnit,
};
use crate::resolve::scalar::{Comparison, Scalar, ScalarKind, Type};
use crate::value::{Literal, Step};

/// The formula of a number of entrants in a context.
pub fn entrants(
    builder: &mut Builder<'_>,
    entrants: &Entrants,
    at: &Number,
    context: &Context,
) -> Result<Scalar<Value>, Diagnostic> {
    let context = elapsed::settled(builder.time, context)?;
    elapsed::by_period(builder, &context, at, &mut |builder, context| known(builder, entrants, at, context))
}

/// The same, as it is known at one time.
fn known(
    builder: &mut Builder<'_>,
    entrants: &Entrants,
    at: &Number,
    context: &Context,
) -> Result<Scalar<Value>, Diagnostic> {
    let resolved = builder.resolved;
    let unsound = |id: &str| Diagnostic::general(Code::UnknownName, format!("`{id}` has errors"));
    let cohort = resolved.cohorts.get(&entrants.cohort).ok_or_else(|| unsound(&entrants.cohort))?;
    let measure = resolved.measures.get(&entrants.measure).ok_or_else(|| unsound(&entrants.measure))?;
    let of = Of { filter: measure.filter.as_ref(), ..Of::new(&measure.id, &measure.source, measure.span) };
    for of in [&Of::new(&cohort.id, &cohort.source, cohort.span), &of] {
        leaf::entity(resolved, of, &cohort.entity)?;
    }
    let entries = Entries {
        cohort: cohort.id.clone(),
        measure: measure.id.clone(),
        conditions: leaf::conditions(resolved, &of, &entrants.restricted)?,
        reading: entrants.reading,
        ages: entrants.ages,
        periods: periods(builder, entrants.ages, context)?,
    };
    let taken = Some(Taken::Entries(Box::new(entries)));
    let mut context = context.clone();
    context.when.waits.extend(wait(entrants.ages));
    let as_of = context.when.known.or(builder.time.range.as_of);
    let mut cell = |name: &str, aggregate: Aggregate, filter: Option<&Row>, ty: Type, fill: Fill| {
        let name = format!("{}_{name}", cohort.id);
        let of = Of { filter, ..Of::new(&name, &cohort.source, cohort.span) };
        let placed = Placed::At(cohort.axis.clone());
        let leaf = builder.rows(of, &aggregate, placed, ty, &context)?;
        let cell = builder.cell(Leaf { taken: taken.clone(), ..leaf }, fill)?;
        Ok::<_, Diagnostic>(Scalar::new(ScalarKind::Leaf(Value::Cell(cell)), ty, at.span))
    };
    let value = |ty| added(VALUE, ty, at.span);
    let did = match entrants.reading {
        OfEntrants::Retained => {
            let active = compared(Comparison::Greater, value(Type::Integer), number("0", at));
            let name = format!("with_{}", measure.id);
            cell(&name, Aggregate::Count, Some(&active), Type::Integer, Fill::Zero)?
        }
        OfEntrants::PerEntrant => {
            cell(&measure.id, Aggregate::Sum(value(measure.ty)), None, measure.ty, Fill::Zero)?
        }
    };
    // By age, what was done stands in rows of its own.
    let is_entry =
        Row::new(ScalarKind::IsNull(Box::new(added(AGED, Type::Integer, at.span))), Type::Boolean, at.span);
    let is_entry = matches!(entrants.ages, Ages::By(_)).then_some(&is_entry);
    let entered = cell("entrants", Aggregate::Count, is_entry, Type::Integer, Fill::Zero)?;
    let share = Scalar::new(ScalarKind::Divide(Box::new(did), Box::new(entered)), at.ty, at.span);
    let old_enough = match entrants.ages {
        Ages::By(_) => {
            let young = Aggregate::Max(added(YOUNGEST, Type::Integer, at.span));
            let young = cell("is_young", young, None, Type::Integer, Fill::Null)?;
            Some(compared(Comparison::Equal, young, number("0", at)))
        }
        ages => match as_of {
            None => None,
            Some(as_of) => {
                let youngest = Aggregate::Max(added(ENTERED, Type::Date, at.span));
                let youngest = cell("youngest", youngest, None, Type::Date, Fill::Null)?;
                let over =
                    Scalar::new(ScalarKind::Shift(Box::new(youngest), over(ages)), Type::Date, at.span);
                let day = Literal::Date(as_of.local.date().to_string());
                let day = Scalar::new(ScalarKind::Literal(day), Type::Date, at.span);
                Some(compared(Comparison::LessEqual, over, day))
            }
        },
    };
    let Some(old_enough) = old_enough else { return Ok(share) };
    let kind = ScalarKind::Case { whens: vec![(old_enough, share)], otherwise: None };
    Ok(Scalar::new(kind, at.ty, at.span))
}

/// The first days of the periods in which entrants of a context grow old, of grains
/// that come as tables.
fn periods(builder: &Builder<'_>, ages: Ages, context: &Context) -> Result<Vec<Date>, Diagnostic> {
    let Asked { calendar, grain, range } = *builder.time;
    let (Ages::By(of), Some(first)) = (ages, range.starts.first()) else { return Ok(Vec::new()) };
    if of.is_common() {
        return Ok(Vec::new());
    }
    let mut first = *first;
    for offset in &context.when.back {
        first = calendar.back(grain, first, offset.by)?;
    }
    let known = context.when.known.or(range.as_of);
    // Later ones, where as-of may be chosen later.
    let until = known.max(range.latest).unwrap_or(range.end);
    calendar.first_days(of, first.local.date(), until.local.date())
}

/// How long after its end all of a period is old enough.
fn wait(ages: Ages) -> Option<Length> {
    let days = |count: u32| Length { count, unit: TimeUnit::Day };
    match ages {
        Ages::OnDay(day) | Ages::FromDay(day) => Some(days(day)),
        Ages::Within(length) => Some(length),
        Ages::By(_) => None,
    }
}

/// How long after the entry day all of it is over.
fn over(ages: Ages) -> Step {
    let days = |count: u32| Length { count, unit: TimeUnit::Day }.step();
    match ages {
        // The whole day must be over.
        Ages::OnDay(day) | Ages::FromDay(day) => days(day.saturating_add(1)),
        Ages::Within(length) => length.step(),
        Ages::By(_) => days(0),
    }
}

fn compared<L>(how: Comparison, a: Scalar<L>, b: Scalar<L>) -> Scalar<L> {
    let span = a.span;
    Scalar::new(ScalarKind::Compare(how, Box::new(a), Box::new(b)), Type::Boolean, span)
}

fn number<L>(digits: &str, at: &Number) -> Scalar<L> {
    Scalar::new(ScalarKind::Literal(Literal::Number(digits.into())), Type::Integer, at.span)
}
