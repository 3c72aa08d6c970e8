//! The target of each cell: which one holds, and how much of it.
//!
//! The shop wants 50,000 EUR each month. March is compared with that, the first quarter with
//! 150,000, the 3rd of March with a thirty-first of March's. The web channel has a target
//! of its own or none: the shop's is not its. Its margin target is, unless it has one.

use jiff::civil;

use super::amount::Amount;
use super::context::{Builder, Context, Value};
use super::scope::{Scope, Slicing};
use super::{Moment, Plan, steps};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{
    Additivity, Aim, Change, Date, Goals, Grain, Kpi, Length, Number, NumberLeaf, Offset, Predicate, Target,
};
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::{self, Literal};

/// What a cell is compared with: the lower bound, and of a range the upper one.
#[derive(Debug, Clone)]
pub struct Bounds {
    pub low: Scalar<Value>,
    pub high: Option<Scalar<Value>>,
}

/// What is to be reached in one period.
#[derive(Debug, Clone, PartialEq)]
enum Bar {
    Amounts(Amount, Option<Amount>),
    /// A change of the KPI's earlier number, and the part of it that counts.
    Changed {
        change: Change,
        back: Length,
        part: Amount,
    },
}

/// A target, or the targets of one part, in the cells of one slicing and segment.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    /// The members that the cell must have, by index of the dimension.
    members: Vec<(usize, Literal)>,
    each: Vec<Option<Bar>>,
    /// Those before others hold where both do.
    rank: (std::cmp::Reverse<usize>, usize, std::cmp::Reverse<Option<Date>>),
}

/// The target of a KPI in every cell, after `previous` that of an earlier period; with `parts`, of each period so much of it.
///
/// # Errors
/// What is wrong with the earlier numbers that a target is relative to.
pub fn bounds(
    builder: &mut Builder<'_>,
    kpi: &Kpi,
    context: &Context,
    parts: Option<&[Amount]>,
) -> Result<Bounds, Vec<Diagnostic>> {
    let periods = periods(builder, &context.when.back).map_err(|e| vec![e])?;
    let choices = choices(builder, kpi, &periods, parts).map_err(|e| vec![e])?;
    let is_range = kpi.goals.targets.iter().any(|target| matches!(target.aim, Aim::Value(_, Some(_))));
    let low = choice(builder, (kpi, context), &choices, &|bar| match bar {
        Bar::Amounts(low, _) => Some(low.clone()),
        Bar::Changed { .. } => None,
    })?;
    let high = match is_range {
        true => Some(choice(builder, (kpi, context), &choices, &|bar| match bar {
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
    parts: Option<&[Amount]>,
) -> Result<Choices, Diagnostic> {
    let asked = asked_scope(builder);
    let mut choices: Choices = Vec::new();
    for (slicing, slices) in builder.scope.slicings.iter().enumerate() {
        for (segment, of) in builder.scope.segments.iter().enumerate() {
            let segment_id = of.predicate.is_some().then_some(of.id.as_str());
            let cell = Cell { scope: builder.scope, slices, segment: segment_id, asked: &asked };
            let found = candidates(builder, kpi, &cell, (periods, parts))?;
            match choices.iter_mut().find(|(_, known)| *known == found) {
                Some((same, _)) => same.push((slicing, segment)),
                None => choices.push((vec![(slicing, segment)], found)),
            }
        }
    }
    Ok(choices)
}

/// What `--where` keeps, where it is a part that targets can be for.
enum AskedScope {
    Members(Vec<(String, Literal)>, Option<String>),
    /// Another condition: no target is for exactly that.
    Other,
}

fn asked_scope(builder: &Builder<'_>) -> AskedScope {
    let Some(filter) = &builder.scope.filter else { return AskedScope::Members(Vec::new(), None) };
    // A segment is known by its condition, too.
    let named = builder.resolved.segments.values().find(|segment| segment.predicate == *filter);
    let named = named.map(|segment| segment.id.clone());
    let mut members = Vec::new();
    match conjunction(filter, &mut members) {
        true => AskedScope::Members(members, named),
        false if named.is_some() => AskedScope::Members(Vec::new(), named),
        false => AskedScope::Other,
    }
}

/// Whether a condition is `dimension = member and …`, one for each dimension.
fn conjunction(filter: &Predicate, members: &mut Vec<(String, Literal)>) -> bool {
    match &filter.kind {
        ScalarKind::And(parts) => parts.iter().all(|part| conjunction(part, members)),
        ScalarKind::Compare(Comparison::Equal, a, b) => match (&a.kind, &b.kind) {
            (ScalarKind::Leaf(id), ScalarKind::Literal(member))
            | (ScalarKind::Literal(member), ScalarKind::Leaf(id)) => {
                let is_new = members.iter().all(|(known, _)| known != id);
                members.push((id.clone(), member.clone()));
                is_new
            }
            _ => false,
        },
        _ => false,
    }
}

/// The cells of a slicing and a segment.
struct Cell<'c> {
    scope: &'c Scope,
    slices: &'c Slicing,
    segment: Option<&'c str>,
    asked: &'c AskedScope,
}

impl Cell<'_> {
    /// The members that a target's scope asks of these cells; `None`: it is not for them.
    fn members(&self, target: &Target, additivity: Additivity) -> Option<Vec<(usize, Literal)>> {
        let none: (&[(String, Literal)], Option<&str>) = (&[], None);
        let (kept, kept_segment) = match self.asked {
            AskedScope::Members(members, segment) => (members.as_slice(), segment.as_deref()),
            AskedScope::Other if additivity.is_extensive() => return None,
            AskedScope::Other => none,
        };
        let scope = &target.scope;
        let sliced = |id: &str| self.slices.dimensions.iter().find(|d| self.scope.dimensions[**d].id == id);
        let mut members = Vec::new();
        for (id, member) in &scope.members {
            match (kept.iter().find(|(kept, _)| kept == id), sliced(id)) {
                (Some((_, kept)), _) if kept == member => {}
                (None, Some(dimension)) => members.push((*dimension, member.clone())),
                (Some(_), _) | (None, None) => return None,
            }
        }
        let segment = scope.segment.as_deref();
        if segment.is_some_and(|segment| Some(segment) != kept_segment && Some(segment) != self.segment) {
            return None;
        }
        if additivity.is_extensive() {
            let all_named = |id: &str| scope.member(id).is_some();
            let slices = self.slices.dimensions.iter().all(|d| all_named(&self.scope.dimensions[*d].id));
            let by_members = !kept.is_empty() && kept.iter().all(|(id, _)| all_named(id));
            let by_segment = kept_segment.is_some() && segment == kept_segment;
            let all_kept = (kept.is_empty() && kept_segment.is_none()) || by_members || by_segment;
            if !slices || !all_kept || (self.segment.is_some() && segment != self.segment) {
                return None;
            }
        }
        Some(members)
    }
}

fn candidates(
    builder: &Builder<'_>,
    kpi: &Kpi,
    cell: &Cell<'_>,
    (periods, parts): (&Periods, Option<&[Amount]>),
) -> Result<Vec<Candidate>, Diagnostic> {
    let Goals { additivity, targets, .. } = &kpi.goals;
    let here = |target: &&Target| cell.members(target, *additivity).is_some();
    let here: Vec<&Target> = targets.iter().filter(here).collect();
    let mut found: Vec<Candidate> = Vec::new();
    for (index, target) in here.iter().enumerate() {
        let same = |other: &&&Target| other.scope == target.scope && other.each == target.each;
        // Targets of one part that follow each other are summed together.
        let series: Vec<&Target> = match additivity.is_extensive() {
            true if here[..index].iter().any(|other| same(&other)) => continue,
            true => here.iter().filter(same).copied().collect(),
            false => vec![*target],
        };
        let of = Of { builder, additivity: *additivity, series: &series, each: target.each };
        let each = of.each(periods, parts)?;
        if each.iter().all(Option::is_none) && !periods.is_empty() {
            continue;
        }
        found.push(Candidate {
            members: cell.members(target, *additivity).expect("it is for these cells"),
            each,
            rank: (
                std::cmp::Reverse(target.scope.specificity()),
                distance(target.each, builder.time.grain),
                std::cmp::Reverse(if additivity.is_extensive() { None } else { target.from }),
            ),
        });
    }
    found.sort_by(|a, b| a.rank.cmp(&b.rank));
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

/// Targets of one part and grain.
struct Of<'o, 'b> {
    builder: &'o Builder<'b>,
    additivity: Additivity,
    series: &'o [&'o Target],
    each: Option<Grain>,
}

impl Of<'_, '_> {
    fn each(&self, periods: &Periods, parts: Option<&[Amount]>) -> Result<Vec<Option<Bar>>, Diagnostic> {
        let mut each = Vec::with_capacity(periods.len());
        for (period, (first, end)) in periods.iter().enumerate() {
            let bar = self.bar(*first, *end)?;
            each.push(match parts.map(|parts| &parts[period]) {
                Some(part) if !part.is_one() => bar.map(|bar| part_of(bar, part)),
                Some(_) | None => bar,
            });
        }
        Ok(each)
    }

    /// What is to be reached from a day to another one (excluded).
    fn bar(&self, first: civil::Date, end: civil::Date) -> Result<Option<Bar>, Diagnostic> {
        let grain = self.builder.time.grain;
        let whole = self.holding(first, end);
        let relative = |target: &&Target| matches!(target.aim, Aim::OnPrevious { .. });
        if let Some(target) = whole.filter(relative) {
            let fits = self.each.is_none_or(|each| each == grain || self.additivity == Additivity::Additive);
            return Ok(if fits { self.changed(target) } else { None });
        }
        let is_summed = self.additivity == Additivity::Additive;
        if is_summed && grain != Grain::Hour && self.each != Some(Grain::Hour) {
            return self.summed(first, end);
        }
        let says_nothing_of_length = self.each.is_none() && !is_summed;
        let own = says_nothing_of_length || self.each == Some(grain);
        Ok(whole.filter(|_| own).and_then(|target| amounts(target, &Amount::ratio(1, 1))))
    }

    /// The target that covers these days, of several the one that starts last.
    fn holding(&self, first: civil::Date, end: civil::Date) -> Option<&Target> {
        let covers = |target: &&&Target| {
            target.from.is_none_or(|from| from <= day(first))
                && target.until.is_none_or(|until| end.yesterday().is_ok_and(|last| day(last) <= until))
        };
        self.series.iter().filter(covers).max_by_key(|target| target.from).copied()
    }

    /// What a relative target is, where the earlier number can be read.
    fn changed(&self, target: &Target) -> Option<Bar> {
        let Aim::OnPrevious { change, back } = &target.aim else { return None };
        steps::offset(self.builder.time.grain, *back, target.span).ok()?;
        Some(Bar::Changed { change: change.clone(), back: *back, part: Amount::ratio(1, 1) })
    }

    /// The sum of what each day has of its period's target; nothing, if one has none.
    fn summed(&self, first: civil::Date, end: civil::Date) -> Result<Option<Bar>, Diagnostic> {
        let mut sum: Option<Bar> = None;
        let mut at = first;
        while at < end {
            let Some(target) = self.holding(at, at.tomorrow().unwrap_or(at)) else { return Ok(None) };
            let (start, stop) = match self.each {
                Some(each) => self.period(each, at)?,
                None => match own_time(target) {
                    Some(time) => time,
                    None => return Ok(None),
                },
            };
            // Until another one holds, its own period ends, or the asked one does.
            let later =
                self.series.iter().filter_map(|target| civil_of(target.from?)).filter(|from| *from > at);
            let last = target.until.and_then(civil_of).and_then(|until| until.tomorrow().ok());
            let next = later.chain(last).chain([stop, end]).min().unwrap_or(end);
            let part = Amount::ratio(days_between(at, next), days_between(start, stop));
            let Some(bar) = amounts(target, &part) else { return Ok(None) };
            sum = match sum {
                None => Some(bar),
                Some(before) => plus(&before, &bar),
            };
            at = next;
        }
        Ok(sum)
    }

    /// The period of a grain that holds a day: its first one, and the one behind its last.
    fn period(&self, grain: Grain, at: civil::Date) -> Result<(civil::Date, civil::Date), Diagnostic> {
        let (first, last) = self.builder.time.calendar.around(grain, at, at)?;
        Ok((first, last.tomorrow().unwrap_or(last)))
    }
}

fn own_time(target: &Target) -> Option<(civil::Date, civil::Date)> {
    Some((civil_of(target.from?)?, civil_of(target.until?)?.tomorrow().ok()?))
}

fn amounts(target: &Target, part: &Amount) -> Option<Bar> {
    let Aim::Value(low, high) = &target.aim else { return None };
    let high = high.as_ref().map(Amount::of);
    let high = high.map_or(Some(None), |high| high.map(Some))?;
    Some(Bar::Amounts(Amount::of(low)?.times(part), high.map(|high| high.times(part))))
}

fn plus(a: &Bar, b: &Bar) -> Option<Bar> {
    match (a, b) {
        (Bar::Amounts(low, None), Bar::Amounts(more, None)) => Some(Bar::Amounts(low.plus(more), None)),
        (Bar::Amounts(low, Some(high)), Bar::Amounts(more, Some(higher))) => {
            Some(Bar::Amounts(low.plus(more), Some(high.plus(higher))))
        }
        _ => None,
    }
}

fn part_of(bar: Bar, part: &Amount) -> Bar {
    match bar {
        Bar::Amounts(low, high) => Bar::Amounts(low.times(part), high.map(|high| high.times(part))),
        Bar::Changed { change, back, part: before } => {
            Bar::Changed { change, back, part: before.times(part) }
        }
    }
}

fn day(date: civil::Date) -> Date {
    Date { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

fn civil_of(day: Date) -> Option<civil::Date> {
    civil::Date::new(day.year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
}

fn days_between(first: civil::Date, end: civil::Date) -> i64 {
    first.until(end).map_or(0, |span| i64::from(span.get_days()))
}

// --------------------------------------------------------------- as a formula

fn scalar(kind: ScalarKind<Value>, ty: Type, span: Span) -> Scalar<Value> {
    Scalar::new(kind, ty, span)
}

/// The choice among candidates, as a formula over the cell.
fn choice(
    builder: &mut Builder<'_>,
    (kpi, context): (&Kpi, &Context),
    choices: &Choices,
    read: &dyn Fn(&Bar) -> Option<Amount>,
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    let mut whens: Vec<(Vec<Scalar<Value>>, Scalar<Value>)> = Vec::new();
    for (cells, candidates) in choices {
        let here = (choices.len() > 1).then(|| in_cells(builder, cells, kpi.span));
        for candidate in candidates {
            for (periods, bar) in runs(&candidate.each) {
                let mut conditions: Vec<_> = here.iter().cloned().collect();
                conditions.extend(
                    candidate.members.iter().map(|(d, member)| is_member(builder, *d, member, kpi.span)),
                );
                conditions.extend(periods.map(|(first, last)| {
                    scalar(ScalarKind::Leaf(Value::Asked(first, last)), Type::Boolean, kpi.span)
                }));
                let value = match bar {
                    Bar::Changed { change, back, part } => {
                        changed(builder, (kpi, context), (change, *back), part)?
                    }
                    Bar::Amounts(..) => match read(bar) {
                        Some(amount) => amount.scalar(kpi.span),
                        None => continue,
                    },
                };
                whens.push((conditions, value));
            }
        }
    }
    let ty = common(whens.iter().map(|(_, value)| value.ty));
    // Nothing is looked at behind one without a condition.
    let always = whens.iter().position(|(conditions, _)| conditions.is_empty());
    let otherwise = always.map(|index| whens.split_off(index).swap_remove(0).1);
    if whens.is_empty() {
        let nothing = scalar(ScalarKind::Literal(Literal::Null(value::Type::Double)), Type::Float, kpi.span);
        return Ok(otherwise.unwrap_or(nothing));
    }
    let whens = whens.into_iter().map(|(mut conditions, value)| {
        let only = (conditions.len() == 1).then(|| conditions.swap_remove(0));
        (only.unwrap_or_else(|| scalar(ScalarKind::And(conditions), Type::Boolean, kpi.span)), value)
    });
    let kind = ScalarKind::Case { whens: whens.collect(), otherwise: otherwise.map(Box::new) };
    Ok(scalar(kind, ty, kpi.span))
}

fn common(types: impl Iterator<Item = Type>) -> Type {
    let wider = |a: Type, b: Type| match (a, b) {
        (Type::Integer, Type::Integer) => Type::Integer,
        (Type::Integer | Type::Decimal(_), Type::Integer | Type::Decimal(_)) => Type::Decimal(None),
        _ => Type::Float,
    };
    types.reduce(wider).unwrap_or(Type::Float)
}

fn in_cells(builder: &Builder<'_>, cells: &[(usize, usize)], span: Span) -> Scalar<Value> {
    let scope = builder.scope;
    let one = |&(slicing, segment): &(usize, usize)| {
        let mut parts = Vec::new();
        if scope.slicings.len() > 1 {
            parts.push(scalar(ScalarKind::Leaf(Value::InSlicing(slicing)), Type::Boolean, span));
        }
        if scope.segments.len() > 1 {
            parts.push(scalar(ScalarKind::Leaf(Value::InSegment(segment)), Type::Boolean, span));
        }
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => scalar(ScalarKind::And(parts), Type::Boolean, span),
        }
    };
    let mut any: Vec<_> = cells.iter().map(one).collect();
    match any.len() {
        1 => any.swap_remove(0),
        _ => scalar(ScalarKind::Or(any), Type::Boolean, span),
    }
}

fn is_member(builder: &Builder<'_>, dimension: usize, member: &Literal, span: Span) -> Scalar<Value> {
    let ty = builder.scope.dimensions[dimension].ty;
    let slice = scalar(ScalarKind::Leaf(Value::Slice(dimension)), ty, span);
    let member = scalar(ScalarKind::Literal(member.clone()), ty, span);
    scalar(ScalarKind::Compare(Comparison::Equal, Box::new(slice), Box::new(member)), Type::Boolean, span)
}

/// Periods beside each other with the same bar, `None` for all of them.
fn runs(each: &[Option<Bar>]) -> Vec<(Option<(usize, usize)>, &Bar)> {
    let mut runs: Vec<(usize, usize, &Bar)> = Vec::new();
    for (period, bar) in each.iter().enumerate() {
        let Some(bar) = bar else { continue };
        match runs.last_mut() {
            Some((_, last, same)) if *last + 1 == period && *same == bar => *last = period,
            Some(_) | None => runs.push((period, period, bar)),
        }
    }
    let all = |first: usize, last: usize| first == 0 && last + 1 == each.len();
    let run = |(first, last, bar)| ((!all(first, last)).then_some((first, last)), bar);
    runs.into_iter().map(run).collect()
}

/// The KPI's earlier number, changed.
fn changed(
    builder: &mut Builder<'_>,
    (kpi, context): (&Kpi, &Context),
    (change, back): (&Change, Length),
    part: &Amount,
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    let span = kpi.span;
    let own = Number::new(ScalarKind::Leaf(NumberLeaf::Kpi(kpi.id.clone())), kpi.value.ty, span);
    let offset = Offset { by: Some(back), whole: true };
    let earlier =
        Number::new(ScalarKind::Leaf(NumberLeaf::Previous(Box::new(own), offset)), kpi.value.ty, span);
    let earlier = builder.number(&earlier, context)?;
    let exact = |literal: &Literal| Amount::of(literal).unwrap_or_else(Amount::zero);
    let times = |value: Scalar<Value>, factor: &Amount| match factor.is_one() {
        true => value,
        false => {
            let (ty, factor) = (common([value.ty, Type::Decimal(None)].into_iter()), factor.scalar(span));
            scalar(ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(value), Box::new(factor)), ty, span)
        }
    };
    Ok(match change {
        Change::Share(share) => times(earlier, &exact(share).plus(&Amount::ratio(1, 1)).times(part)),
        Change::Amount(more) => {
            let ty = common([earlier.ty, Type::Decimal(None)].into_iter());
            let more = exact(more).scalar(span);
            let sum = ScalarKind::Arithmetic(Arithmetic::Add, Box::new(earlier), Box::new(more));
            times(scalar(sum, ty, span), part)
        }
    })
}

/// The part of each asked period that has gone by for a KPI: 1 where all of it has, nothing
/// where nothing is known.
///
/// # Errors
/// Dates beyond the calendar.
pub fn elapsed(builder: &Builder<'_>, cells: &[usize]) -> Result<Vec<Amount>, Diagnostic> {
    let (calendar, range) = (builder.time.calendar, builder.time.range);
    let leaves = || cells.iter().map(|cell| &builder.computed.leaves[builder.computed.cells[*cell].leaf]);
    let (mut settled, mut waits) = (Vec::new(), Vec::new());
    for leaf in leaves() {
        settled.extend(leaf.when.settled.iter().copied());
        waits.extend(leaf.when.waits.iter().copied());
    }
    let known = calendar.settled(calendar.settled(range.as_of, &settled)?, &waits)?;
    let part = |period: usize| {
        let (start, end) = (range.starts[period], range.end_of(period));
        let low = start.max(range.low);
        let high = known.map_or(end, |known| known.min(end));
        // What `--clip` cuts; as-of itself is looked at above.
        let high = if range.cuts() { high.min(range.high) } else { high };
        let seconds = |from: civil::DateTime, to: civil::DateTime| to.duration_since(from).as_secs();
        let part = seconds(low.local, high.local).max(0);
        Amount::ratio(part, seconds(start.local, end.local))
    };
    Ok((0..range.starts.len()).map(part).collect())
}

impl Plan {
    /// A slicing's name, by index.
    pub fn slicing_name(&self, slicing: usize) -> String {
        self.scope.name(&self.scope.slicings[slicing])
    }
}
