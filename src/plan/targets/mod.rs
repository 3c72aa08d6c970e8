//! The target of each cell: which one holds, and how much of it.
//!
//! The shop wants 50,000 EUR each month. March is compared with that, the first quarter with
//! 150,000, the 3rd of March with a thirty-first of March's. The web channel has a target
//! of its own or none: the shop's is not its. Its margin target is, unless it has one.

mod amounts;
mod formula;
mod whose;

use std::cmp::Reverse;

use indexmap::IndexMap;
use jiff::civil::{self, DateTime};

use super::amount::Amount;
use super::context::{Builder, Context, Value};
use super::{Moment, Plan};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{Aim, Date, Goals, Grain, Kpi, Offset, Target};
use crate::resolve::scalar::Scalar;
use crate::value::Literal;
use amounts::{Bar, Series};
use whose::{Cell, asked_scope};

/// What a cell is compared with: the lower bound, and of a range the upper one.
#[derive(Debug, Clone)]
pub struct Bounds {
    pub low: Scalar<Value>,
    pub high: Option<Scalar<Value>>,
}

/// A target, or the targets of one part, in the cells of one slicing and segment.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    /// The members that the cell must have, by index of the dimension.
    members: Vec<(usize, Literal)>,
    each: Vec<Option<Bar>>,
    /// Those before others hold where both do.
    rank: (Reverse<usize>, usize, Reverse<Option<Date>>),
}

/// The target of a KPI in every cell, after `previous` that of an earlier period; with `elapsed`,
/// what is due of it by then.
///
/// # Errors
/// What is wrong with the earlier numbers that a target is relative to.
pub fn bounds(
    builder: &mut Builder<'_>,
    kpi: &Kpi,
    context: &Context,
    elapsed: Option<&[Elapsed]>,
) -> Result<Bounds, Vec<Diagnostic>> {
    let periods = periods(builder, &context.when.back).map_err(|e| vec![e])?;
    let choices = choices(builder, kpi, &periods, elapsed).map_err(|e| vec![e])?;
    let is_due = elapsed.is_some();
    let is_range = kpi.goals.targets.iter().any(|target| matches!(target.aim, Aim::Value(_, Some(_))));
    let low = formula::choice(builder, (kpi, context), (&choices, is_due), &|bar| match bar {
        Bar::Amounts(low, _) => Some(low.clone()),
        Bar::Changed { .. } => None,
    })?;
    let high = match is_range {
        true => Some(formula::choice(builder, (kpi, context), (&choices, is_due), &|bar| match bar {
            Bar::Amounts(_, high) => high.clone(),
            Bar::Changed { .. } => None,
        })?),
        false => None,
    };
    Ok(Bounds { low, high })
}

/// Slicings and segments with the same candidates, the first to hold first.
type Choices = Vec<(Vec<(usize, usize)>, Vec<Candidate>)>;

/// First day, and the day behind the last, of what is looked at for each asked period.
type Periods = Vec<(civil::Date, civil::Date)>;

fn periods(builder: &Builder<'_>, back: &[Offset]) -> Result<Periods, Diagnostic> {
    let (calendar, range, grain) = (builder.time.calendar, builder.time.range, builder.time.grain);
    let period = |(period, start): (usize, &Moment)| {
        let earlier = |at: Moment, offset: &Offset| calendar.back(grain, at, offset.by);
        let (first, end) = match back {
            [] => (*start, range.end_of(period)),
            _ => {
                let first = back.iter().try_fold(*start, earlier)?;
                (first, calendar.end(grain, first)?)
            }
        };
        let (first, end) = (first.local.date(), end.local.date());
        Ok((first, end.max(first.tomorrow().unwrap_or(first))))
    };
    range.starts.iter().enumerate().map(period).collect()
}

fn choices(
    builder: &Builder<'_>,
    kpi: &Kpi,
    periods: &Periods,
    elapsed: Option<&[Elapsed]>,
) -> Result<Choices, Diagnostic> {
    let asked = asked_scope(builder);
    let mut choices: Choices = Vec::new();
    for (slicing, slices) in builder.scope.slicings.iter().enumerate() {
        for (segment, of) in builder.scope.segments.iter().enumerate() {
            let segment_id = of.predicate.is_some().then_some(of.id.as_str());
            let cell = Cell { scope: builder.scope, slices, segment: segment_id, asked: &asked };
            let found = candidates(builder, kpi, &cell, (periods, elapsed))?;
            match choices.iter_mut().find(|(_, known)| *known == found) {
                Some((same, _)) => same.push((slicing, segment)),
                None => choices.push((vec![(slicing, segment)], found)),
            }
        }
    }
    Ok(choices)
}

fn candidates(
    builder: &Builder<'_>,
    kpi: &Kpi,
    cell: &Cell<'_>,
    (periods, elapsed): (&Periods, Option<&[Elapsed]>),
) -> Result<Vec<Candidate>, Diagnostic> {
    let Goals { additivity, targets, .. } = &kpi.goals;
    let here = |target: &&Target| cell.members(target, *additivity).is_some();
    let here: Vec<&Target> = targets.iter().filter(here).collect();
    // Targets of one part that follow each other are summed together.
    let mut together: IndexMap<String, Vec<&Target>> = IndexMap::new();
    for (index, target) in here.into_iter().enumerate() {
        let key = match additivity.is_extensive() {
            true => format!("{:?}", (&target.scope, target.each)),
            false => index.to_string(),
        };
        together.entry(key).or_default().push(target);
    }
    let mut found: Vec<Candidate> = Vec::new();
    for targets in together.values() {
        let target = targets[0];
        let series = Series { builder, additivity: *additivity, targets, each: target.each };
        let each = series.bars(periods, elapsed)?;
        if each.iter().all(Option::is_none) && !periods.is_empty() {
            continue;
        }
        found.push(Candidate {
            members: cell.members(target, *additivity).expect("it is for these cells"),
            each,
            rank: (
                Reverse(target.scope.specificity()),
                distance(target.each, builder.time.grain),
                Reverse(if additivity.is_extensive() { None } else { target.from }),
            ),
        });
    }
    found.sort_by_key(|candidate| candidate.rank);
    Ok(found)
}

/// How far a target's grain is from the asked one: the same, finer ones that add up, coarser
/// ones that are divided, and last what is said without one.
fn distance(each: Option<Grain>, asked: Grain) -> usize {
    let place = |grain: Grain| grain as usize;
    match each {
        Some(each) if each == asked => 0,
        Some(each) if each < asked => place(asked) - place(each),
        Some(each) => 100 + place(each) - place(asked),
        None => 1_000,
    }
}

/// What of a period has gone by, as far as something is known.
#[derive(Debug, Clone)]
pub struct Elapsed {
    /// In local time.
    pub low: DateTime,
    pub high: DateTime,
    /// Of the whole period: 1 where all of it has, nothing where nothing is known.
    pub part: Amount,
}

/// What has gone by of each asked period for a KPI.
///
/// # Errors
/// Dates beyond the calendar.
pub fn elapsed(builder: &Builder<'_>, cells: &[usize]) -> Result<Vec<Elapsed>, Diagnostic> {
    let (calendar, range) = (builder.time.calendar, builder.time.range);
    let leaves = || cells.iter().map(|cell| &builder.computed.leaves[builder.computed.cells[*cell].leaf]);
    let (mut settled, mut waits) = (Vec::new(), Vec::new());
    for leaf in leaves() {
        settled.extend(leaf.when.settled.iter().copied());
        // Open ways through a funnel are left out; rows that look ahead are counted all the same.
        if leaf.taken.is_some() {
            waits.extend(leaf.when.waits.iter().copied());
        }
    }
    let known = calendar.settled(calendar.settled(range.as_of, &settled)?, &waits)?;
    let of = |period: usize| {
        let (start, end) = (range.starts[period], range.end_of(period));
        let low = start.max(range.low);
        let high = known.map_or(end, |known| known.min(end));
        // What `--clip` cuts; as-of itself is looked at above.
        let high = if range.cuts() { high.min(range.high) } else { high };
        let (low, high) = (low.local, high.max(low).local);
        let seconds = |from: DateTime, to: DateTime| to.duration_since(from).as_secs();
        let part = Amount::ratio(seconds(low, high), seconds(start.local, end.local));
        Elapsed { low, high, part }
    };
    Ok((0..range.starts.len()).map(of).collect())
}

impl Plan {
    /// A slicing's name, by index.
    pub fn slicing_name(&self, slicing: usize) -> String {
        self.scope.name(&self.scope.slicings[slicing])
    }
}
