//! What is known when, where it is not simply what is known at as-of.
//!
//! Retention of this month, half of which is over, is compared with that of the month
//! before as it was known in its middle: what entrants did later must not count. And
//! a funnel of what has settled for a week is the funnel as it was known a week ago.

use super::calendar::Moment;
use super::context::{Asked, Builder, Context, Value};
use super::reading::When;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Number, Offset};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::value::{self, Literal};

/// Reads a number in a context.
type Read<'r, 'a> = &'r mut dyn FnMut(&mut Builder<'a>, &Context) -> Result<Scalar<Value>, Diagnostic>;

/// More periods that are open are not told apart.
const MOST_OPEN: usize = 12;

/// The same context, as everything was known when what has settled by now happened.
///
/// # Errors
/// Dates beyond the calendar.
pub fn settled(time: &Asked<'_>, context: &Context) -> Result<Context, Diagnostic> {
    let mut context = context.clone();
    let waits = std::mem::take(&mut context.when.settled);
    let now = context.when.known.or(time.range.as_of);
    context.when.known =
        time.calendar.settled(now, &waits)?.filter(|_| !waits.is_empty()).or(context.when.known);
    Ok(context)
}

/// A number whose rows look ahead, for each period as it was known then: where an
/// earlier period is read up to where an open one is, nothing later is.
///
/// # Errors
/// Those of the number; too many open periods.
pub fn by_period<'a>(
    builder: &mut Builder<'a>,
    context: &Context,
    at: &Number,
    of: Read<'_, 'a>,
) -> Result<Scalar<Value>, Diagnostic> {
    let range = builder.time.range;
    if range.as_of_is_chosen() && context.when.back.iter().any(|offset| !offset.whole) {
        return of_any_as_of(builder, context, at, of);
    }
    let Open { first, periods: open } = open(builder.time, &context.when)?;
    if first == range.starts.len() {
        return of(builder, context);
    }
    are_few(open.len(), at)?;
    let mut whole = whole(context);
    let condition =
        |first, last| Scalar::new(ScalarKind::Leaf(Value::Asked(first, last)), Type::Boolean, at.span);
    let last = builder.time.range.starts.len().saturating_sub(1);
    let mut whens = Vec::new();
    for (index, known) in &open {
        let mut cut = whole.clone();
        cut.when.known = Some(*known);
        cut.when.only = Some(*index..index + 1);
        whens.push((condition(*index, *index), of(builder, &cut)?));
    }
    // What has not begun is not compared.
    let begun = first + open.len();
    if begun <= last {
        let none = ScalarKind::Literal(Literal::Null(value::Type::Integer));
        whens.push((condition(begun, last), Scalar::new(none, Type::Null, at.span)));
    }
    whole.when.only = Some(0..first);
    let otherwise = of(builder, &whole)?;
    let ty = otherwise.ty;
    Ok(Scalar::new(ScalarKind::Case { whens, otherwise: Some(Box::new(otherwise)) }, ty, at.span))
}

/// The same where as-of is chosen when the query runs: any period may be the open one.
fn of_any_as_of<'a>(
    builder: &mut Builder<'a>,
    context: &Context,
    at: &Number,
    of: Read<'_, 'a>,
) -> Result<Scalar<Value>, Diagnostic> {
    let range = builder.time.range;
    are_few(range.starts.len(), at)?;
    let now = context.when.known.or(range.as_of).unwrap_or(range.end);
    let Open { first, periods: open } = open(builder.time, &context.when)?;
    let whole = whole(context);
    let mut whens = Vec::new();
    for index in 0..range.starts.len() {
        let open = open.iter().find(|(open, _)| *open == index).map(|(_, known)| *known);
        let calendar = builder.time.calendar;
        let earlier = |at, offset: &Offset| calendar.back(builder.time.grain, at, offset.by);
        let closed = match index < first {
            true => now,
            // Of what has not begun nothing is known: not even that the earlier one has.
            false => context.when.back.iter().try_fold(range.starts[index], earlier)?,
        };
        let mut cut = whole.clone();
        cut.when.known = Some(open.unwrap_or(closed));
        cut.when.only = Some(index..index + 1);
        let asked = ScalarKind::Leaf(Value::Asked(index, index));
        whens.push((Scalar::new(asked, Type::Boolean, at.span), of(builder, &cut)?));
    }
    let ty = whens.first().map_or(at.ty, |(_, value)| value.ty);
    Ok(Scalar::new(ScalarKind::Case { whens, otherwise: None }, ty, at.span))
}

/// The same context, in which earlier periods are read to their ends.
fn whole(context: &Context) -> Context {
    let mut whole = context.clone();
    whole.when.back.iter_mut().for_each(|offset| offset.whole = true);
    whole
}

fn are_few(periods: usize, at: &Number) -> Result<(), Diagnostic> {
    if periods <= MOST_OPEN {
        return Ok(());
    }
    let message = format!(
        "earlier periods of {periods} that are open, of a number whose rows look ahead, are not supported yet"
    );
    Err(Diagnostic { span: Some(at.span), ..Diagnostic::general(Code::NotYet, message) }
        .because("each of them is read as it was known at another time")
        .help("ask for fewer periods, or write `previous(…, 1 month, whole)`"))
}

/// The asked periods that are not over when an earlier one is compared with them.
struct Open {
    /// The first of them; as many as there are periods: all are over.
    first: usize,
    /// Those that have begun, which follow each other, each with the time until which the earlier
    /// period is known that is compared with it.
    periods: Vec<(usize, Moment)>,
}

fn open(time: &Asked<'_>, when: &When) -> Result<Open, Diagnostic> {
    let Asked { calendar, grain, range } = *time;
    let (true, Some(now)) = (when.back.iter().any(|offset| !offset.whole), when.known.or(range.as_of)) else {
        return Ok(Open { first: range.starts.len(), periods: Vec::new() });
    };
    let settled = calendar.settled(Some(now), &when.settled)?.unwrap_or(now);
    let first = (0..range.starts.len()).take_while(|index| range.end_of(*index) <= settled).count();
    let mut found = Vec::new();
    for (index, start) in range.starts.iter().copied().enumerate() {
        let end = range.end_of(index);
        if end <= settled || start >= settled {
            continue;
        }
        let (mut start, mut end, mut known, mut until) = (start, end, now, settled);
        for offset in &when.back {
            let earlier = calendar.back(grain, start, offset.by)?;
            if !offset.whole && end > until {
                until = calendar.same_elapsed(grain, start, until, earlier)?;
                known = calendar.same_elapsed(grain, start, known, earlier)?;
            }
            start = earlier;
            end = calendar.end(grain, start)?;
        }
        found.push((index, known));
    }
    Ok(Open { first, periods: found })
}
