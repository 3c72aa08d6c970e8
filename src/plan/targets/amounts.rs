//! How much of a target a period has: divided among days, and summed from them.

use jiff::civil;

use super::{Elapsed, Periods};
use crate::diagnostic::Diagnostic;
use crate::plan::amount::Amount;
use crate::plan::context::Builder;
use crate::plan::steps;
use crate::resolve::resolved::{Additivity, Aim, Change, Date, Grain, Length, Target};

/// What is to be reached in one period.
#[derive(Debug, Clone, PartialEq)]
pub enum Bar {
    Amounts(Amount, Option<Amount>),
    /// A change of the KPI's earlier number, and the part of it that counts.
    Changed {
        change: Change,
        back: Length,
        part: Amount,
    },
}

/// Targets of one part and grain.
pub struct Series<'o, 'b> {
    pub builder: &'o Builder<'b>,
    pub additivity: Additivity,
    pub targets: &'o [&'o Target],
    pub each: Option<Grain>,
}

impl Series<'_, '_> {
    /// What is to be reached in each asked period, or in what has gone by of it.
    pub fn bars(
        &self,
        periods: &Periods,
        elapsed: Option<&[Elapsed]>,
    ) -> Result<Vec<Option<Bar>>, Diagnostic> {
        let mut each = Vec::with_capacity(periods.len());
        for (period, (first, end)) in periods.iter().enumerate() {
            let bar = self.bar(*first, *end)?;
            each.push(match (bar, elapsed.map(|elapsed| &elapsed[period])) {
                (Some(bar), Some(elapsed)) if !elapsed.part.is_one() => self.due(bar, elapsed)?,
                (bar, _) => bar,
            });
        }
        Ok(each)
    }

    /// What of a period's target is due by then: of a sum what the days have that have gone by.
    fn due(&self, bar: Bar, elapsed: &Elapsed) -> Result<Option<Bar>, Diagnostic> {
        let by_days = self.is_summed() && matches!(bar, Bar::Amounts(..)) && elapsed.low < elapsed.high;
        if !by_days {
            return Ok(Some(part_of(bar, &elapsed.part)));
        }
        let (first, last) = (elapsed.low.date(), elapsed.high.date());
        let whole_days = self.summed(first, last)?;
        // What is known may end within a day.
        let seconds = elapsed.high.duration_since(last.to_datetime(civil::Time::midnight())).as_secs();
        if seconds == 0 {
            return Ok(whole_days);
        }
        let today = self.summed(last, last.tomorrow().unwrap_or(last))?;
        let today = today.map(|bar| part_of(bar, &Amount::ratio(seconds, 86_400)));
        Ok(match (whole_days, today) {
            (Some(days), Some(today)) => plus(&days, &today),
            (days, today) => days.or(today),
        })
    }

    /// Whether it is put together from days.
    fn is_summed(&self) -> bool {
        let of_hours = self.builder.time.grain == Grain::Hour || self.each == Some(Grain::Hour);
        self.additivity == Additivity::Additive && !of_hours
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
        if self.is_summed() {
            return self.summed(first, end);
        }
        let says_nothing_of_length = self.each.is_none() && self.additivity != Additivity::Additive;
        let own = says_nothing_of_length || self.each == Some(grain);
        Ok(whole.filter(|_| own).and_then(|target| amounts(target, &Amount::ratio(1, 1))))
    }

    /// The target that covers these days, of several the one that starts last.
    fn holding(&self, first: civil::Date, end: civil::Date) -> Option<&Target> {
        let covers = |target: &&&Target| {
            target.from.is_none_or(|from| from <= Date::from(first))
                && target
                    .until
                    .is_none_or(|until| end.yesterday().is_ok_and(|last| Date::from(last) <= until))
        };
        self.targets.iter().filter(covers).max_by_key(|target| target.from).copied()
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
                self.targets.iter().filter_map(|target| target.from?.civil()).filter(|from| *from > at);
            let last = target.until.and_then(Date::civil).and_then(|until| until.tomorrow().ok());
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
    Some((target.from?.civil()?, target.until?.civil()?.tomorrow().ok()?))
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

fn days_between(first: civil::Date, end: civil::Date) -> i64 {
    first.until(end).map_or(0, |span| i64::from(span.get_days()))
}
