//! Shares of time: the part of each period in which a condition over stocks holds.
//!
//! `time_share(open_tickets > 5 and staff >= 2)` follows both stocks through time and
//! adds up the seconds in which both are so. The stocks are a plan of their own, since
//! they are no numbers of a cell but functions of time.

use super::Plan;
use super::calendar::Moment;
use super::context::{Builder, Context, Fill};
use super::leaf::{self, Leaf, Over};
use super::reading::Interval;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Aggregate, Date, Existing, Number, Placed, TimeShare};
use crate::resolve::scalar::{Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::Literal;

/// A condition that is followed through time.
#[derive(Debug, Clone)]
pub struct Held {
    /// The stocks, each a leaf.
    pub plan: Plan,
    /// Over those leaves.
    pub condition: Scalar<usize>,
    /// Whether it holds while nothing exists.
    pub of_nothing: bool,
    /// Before this day some stock is not known.
    pub since: Option<Date>,
    /// The time that each asked period reads, of which something is known.
    pub stretches: Vec<Stretch>,
}

/// The time that is read for a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    pub period: Moment,
    pub low: Moment,
    /// Excluded.
    pub high: Moment,
}

impl Stretch {
    pub fn seconds(&self) -> i64 {
        self.high.utc.duration_since(self.low.utc).as_secs()
    }
}

/// The rest follows from these.
impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        let alike = self.condition == other.condition && self.since == other.since;
        alike && self.plan.leaves == other.plan.leaves
    }
}

/// Adds the cell of a share of time in a context.
pub fn share(
    builder: &mut Builder<'_>,
    definition: &TimeShare,
    at: &Number,
    context: &Context,
) -> Result<usize, Vec<Diagnostic>> {
    let mut inner = builder.within(builder.scope);
    let mut error = None;
    let condition = definition.condition.replace(&mut |existing, at| {
        let leaf = stock(&mut inner, existing, context).unwrap_or_else(|e| {
            error.get_or_insert(e);
            0
        });
        Scalar::new(ScalarKind::Leaf(leaf), at.ty, at.span)
    });
    if let Some(error) = error {
        return Err(vec![error]);
    }
    let fill = match (context.unfilled, definition.of_nothing) {
        (true, _) => Fill::Null,
        (false, true) => Fill::One,
        (false, false) => Fill::Zero,
    };
    let since = since(builder.resolved, &inner.computed.leaves);
    let leaf = held(inner, condition, (definition.of_nothing, since), (at.span, context))?;
    builder.cell(leaf, fill).map_err(|e| vec![e])
}

/// Adds cells that are above 0 where a source of a condition has rows in the time that
/// is read: one for each of them.
pub fn presence(
    builder: &mut Builder<'_>,
    (of, leaf): (&Held, &Leaf),
    context: &Context,
    span: Span,
) -> Result<Vec<usize>, Vec<Diagnostic>> {
    let (when, lifted) = (leaf.when.clone(), leaf.lifted.clone());
    let context = &Context { when, lifted, ..context.clone() };
    let mut rows: Vec<&Leaf> = Vec::new();
    for leaf in &of.plan.leaves {
        if !rows.iter().any(|known| known.source == leaf.source && known.over == leaf.over) {
            rows.push(leaf);
        }
    }
    let mut cells = Vec::new();
    for leaf in rows {
        let mut inner = builder.within(builder.scope);
        let own = leaf::Of::new(&leaf.measure, &leaf.source, leaf.span);
        let any = Leaf {
            measure: format!("{}_rows", leaf.source),
            own: 0,
            conditions: leaf::conditions(builder.resolved, &own, &context.restricted).map_err(|e| vec![e])?,
            aggregate: Aggregate::Count,
            lifted: context.lifted.clone(),
            ty: Type::Integer,
            ..leaf.clone()
        };
        let cell = inner.cell(any, Fill::Zero).map_err(|e| vec![e])?;
        let number = Scalar::new(ScalarKind::Leaf(inner.computed.cells[cell].leaf), Type::Integer, span);
        let zero = Scalar::new(ScalarKind::Literal(Literal::Number("0".into())), Type::Integer, span);
        let some = ScalarKind::Compare(Comparison::Greater, Box::new(number), Box::new(zero));
        let condition = Scalar::new(some, Type::Boolean, span);
        // What is known of the condition, is of all its sources.
        let leaf = held(inner, condition, (false, of.since), (span, context))?;
        cells.push(builder.cell(leaf, Fill::Zero).map_err(|e| vec![e])?);
    }
    Ok(cells)
}

/// A condition over stocks that were put together, as a leaf.
fn held(
    mut stocks: Builder<'_>,
    condition: Scalar<usize>,
    (of_nothing, since): (bool, Option<Date>),
    (span, context): (Span, &Context),
) -> Result<Leaf, Vec<Diagnostic>> {
    let first = stocks.computed.leaves.first().expect("a condition over stocks reads one");
    let (measure, source) = (format!("{}_time_share", first.measure), first.source.clone());
    // All of them wait for what the rows of any look ahead to.
    let mut when = context.when.clone();
    for leaf in &stocks.computed.leaves {
        let new: Vec<_> = leaf.when.waits.iter().filter(|wait| !when.waits.contains(wait)).copied().collect();
        when.waits.extend(new);
    }
    stocks.computed.leaves.iter_mut().for_each(|leaf| leaf.when = when.clone());
    let plan = stocks.into_plan()?;
    if let Some(bands) = plan.bands.first() {
        return Err(vec![by_band(&bands.id, span)]);
    }
    let stretches = stretches(&plan, since).map_err(|e| vec![e])?;
    Ok(Leaf {
        measure,
        source,
        span,
        over: Over::Time(Box::new(Held { plan, condition, of_nothing, since, stretches })),
        taken: None,
        own: 0,
        aggregate: Aggregate::Max(leaf::nothing(span)),
        conditions: Vec::new(),
        lifted: context.lifted.clone(),
        when,
        ty: Type::Float,
    })
}

/// A stock of the condition, as a leaf of the plan of stocks.
fn stock(inner: &mut Builder<'_>, existing: &Existing, context: &Context) -> Result<usize, Diagnostic> {
    let stock = inner.resolved.stocks.get(&existing.stock).ok_or_else(|| {
        Diagnostic::general(Code::UnknownName, format!("the stock `{}` has errors", existing.stock))
    })?;
    let mut context = context.clone();
    for predicate in &existing.restricted {
        if !context.restricted.contains(predicate) {
            context.restricted.push(predicate.clone());
        }
    }
    let of =
        leaf::Of { filter: stock.filter.as_ref(), ..leaf::Of::new(&stock.id, &stock.source, stock.span) };
    let placed = Placed::Exists(stock.exists.clone());
    let leaf = inner.rows(of, &stock.aggregate, placed, stock.ty, &context)?;
    let cell = inner.cell(leaf, Fill::Zero)?;
    Ok(inner.computed.cells[cell].leaf)
}

fn by_band(id: &str, span: Span) -> Diagnostic {
    let message = format!("a share of time by the bands of `{id}` is not supported yet");
    Diagnostic { span: Some(span), ..Diagnostic::general(Code::NotYet, message) }
        .because("a member's band is that of a period, and its rows go on from one to the next")
        .help("ask for it without the segmentation, or by a dimension of the source")
}

/// The day before which nothing is known of the condition: the latest of its sources.
fn since(resolved: &Resolved, leaves: &[Leaf]) -> Option<Date> {
    let days = leaves.iter().filter_map(|leaf| resolved.sources.get(&leaf.source)?.since);
    days.max_by_key(|day| (day.year, day.month, day.day))
}

/// The time that each period reads: from when on something is known, up to when.
fn stretches(plan: &Plan, since: Option<Date>) -> Result<Vec<Stretch>, Diagnostic> {
    let Some(reading) = plan.readings.first() else { return Ok(Vec::new()) };
    let first = match since {
        Some(day) => Some(plan.calendar.day(day.civil().ok_or_else(beyond)?)?),
        None => None,
    };
    let periods = plan.range.starts.iter().zip(&reading.each).enumerate();
    let known =
        periods.filter(|(period, (_, interval))| reading.knows(*period, since) && !interval.is_empty());
    let stretch = |(period, interval): (&Moment, &Interval)| {
        let low = interval.low.unwrap_or(interval.start);
        Stretch { period: *period, low: first.map_or(low, |day| low.max(day)), high: interval.high }
    };
    Ok(known.map(|(_, each)| stretch(each)).filter(|stretch| stretch.low < stretch.high).collect())
}

fn beyond() -> Diagnostic {
    Diagnostic::general(Code::BadRange, "`since` lies beyond the years 1 to 9999")
}
