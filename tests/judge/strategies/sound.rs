//! Makes a world sound: what the language refuses is taken out.

use super::features::Feature;
use super::in_time::{self, replace};
use super::targets;
use crate::judge::calendar::Calendar;
use crate::judge::dimension::{Condition, Dimension};
use crate::judge::fiscal::FiscalYear;
use crate::judge::formula::{Formula, Kpi, OfMembers, Reading, Window};
use crate::judge::measure::{Aggregate, Axis, Source};
use crate::judge::places::Place;
use crate::judge::time::Grain;
use crate::judge::world::{Level, World};

pub fn repaired(mut world: World) -> World {
    for i in 0..world.kpis.len() {
        let before = world.clone();
        let sound = |formula: &mut Formula| *formula = sound_formula(formula.clone(), &before);
        world.kpis[i].formulas_mut().for_each(sound);
    }
    let before = world.clone();
    let numbers = world.bands.rules.iter_mut().map(|rule| &mut rule.number);
    numbers.for_each(|number| *number = sound_formula(number.clone(), &before));
    bands_of_members(&mut world);
    if world.request.grain == Grain::Hour {
        only_hours(&mut world);
        if !Feature::HoursOverMidnight.is_taken() {
            whole_hours(&mut world);
        }
    }
    if let FiscalYear::Weeks(weeks) = world.fiscal_year {
        // They start after the day that years end on.
        world.week_start = weeks.weekday as u8 % 7 + 1;
    }
    in_time::repair(&mut world);
    change_all(&mut world, &slopes_of_numbers);
    sums_over_days(&mut world);
    one_count_a_shelf(&mut world);
    if !Feature::EmptySumsOfMembers.is_taken() {
        no_sums_of_members(&mut world);
    }
    let per_member = |f: &Formula| matches!(f, Formula::Per(..));
    if !Feature::EarlierMembers.is_taken() && world.needs(&per_member) {
        world.since = None;
        change_all(&mut world, &never_whole);
    }
    let is_of_tool = |f: &Formula| is_of_cohort(f) || is_of_funnel(f);
    if !Feature::SettledTools.is_taken() && world.needs(&is_of_tool) {
        world.kpis.iter_mut().for_each(|kpi| kpi.settled = None);
    }
    if world.needs(&is_of_funnel) {
        no_ties_of_sources(&mut world);
    }
    let is_planned = world.kpis.iter().any(|kpi| kpi.goals.is_some());
    if is_planned || world.needs(&reads_other_times) {
        whole_periods(&mut world);
    }
    if is_planned {
        targets::repair(&mut world);
    }
    world
}

fn is_of_funnel(formula: &Formula) -> bool {
    matches!(formula, Formula::Reached(_))
}

fn is_of_cohort(formula: &Formula) -> bool {
    matches!(formula, Formula::Retained(..) | Formula::PerEntrant(..))
}

/// What may not stand beneath a window.
fn reads_other_times(formula: &Formula) -> bool {
    matches!(formula, Formula::Previous(..) | Formula::Window(..) | Formula::Stock(..) | Formula::Trend(..))
        || is_place(formula)
        || is_of_funnel(formula)
        || is_of_cohort(formula)
}

/// No window stands over another one, over an earlier period or over a stock.
fn sound_formula(mut formula: Formula, world: &World) -> Formula {
    while let Some(below) = refused(&formula, world) {
        formula = below;
    }
    for part in formula.parts_mut() {
        *part = sound_formula(part.clone(), world);
    }
    formula
}

/// What is left of a formula whose operator does not go with what stands beneath it.
fn refused(formula: &Formula, world: &World) -> Option<Formula> {
    let kpis = &world.kpis;
    let per_member = |f: &Formula| matches!(f, Formula::Per(..));
    match formula {
        Formula::Window(a, _) if a.any(kpis, &reads_other_times) => Some((**a).clone()),
        Formula::Window(a, Window::Decayed(_)) if a.any(kpis, &|f| !adds_up(f, world)) => Some((**a).clone()),
        Formula::Place(a, Place::CumulativeShare)
            if a.any(kpis, &|f| !adds_up(f, world) || matches!(f, Formula::Total(..))) =>
        {
            Some((**a).clone())
        }
        Formula::Total(a, _) if a.any(kpis, &is_place) => Some((**a).clone()),
        Formula::Place(a, _) if a.any(kpis, &is_place) => Some((**a).clone()),
        Formula::Total(a, _) if !Feature::TotalOfMembers.is_taken() && a.any(kpis, &per_member) => {
            Some((**a).clone())
        }
        Formula::Previous(a, _) if !Feature::PreviousOfCohorts.is_taken() && a.any(kpis, &is_of_cohort) => {
            Some((**a).clone())
        }
        _ => None,
    }
}

/// Bands are no matter of rows, nor of other bands.
fn bands_of_members(world: &mut World) {
    let change = |condition: &mut Condition| replace(condition, Dimension::Band, Dimension::Channel);
    let of_rows = world.measures.iter_mut().map(|m| &mut m.filter);
    let of_rows = of_rows.chain(world.stocks.iter_mut().map(|s| &mut s.filter));
    let of_rows = of_rows.chain(world.joins.iter_mut().map(|join| &mut join.filter));
    let steps = world.funnel.later.iter_mut().chain([&mut world.funnel.first]);
    let of_rows = of_rows.chain(steps.map(|step| &mut step.filter)).chain([&mut world.kept]);
    of_rows.flatten().for_each(change);
    for rule in &mut world.bands.rules {
        change_beneath(&mut rule.number, &|formula| {
            if let Formula::Where(_, condition) = formula {
                change(condition);
            }
        });
    }
    if !Feature::Bands.is_taken() {
        in_time::forget(world, Dimension::Band, Dimension::Channel);
    }
}

/// A slope is over members that are numbers.
fn slopes_of_numbers(formula: &mut Formula) {
    if let Formula::Per(_, per) = formula
        && per.of_them == OfMembers::Slope
    {
        per.dimensions = vec![Dimension::Buyer];
    }
}

/// Counts and sums, and what is added of them.
fn adds_up(formula: &Formula, world: &World) -> bool {
    match formula {
        Formula::Measure(m) => matches!(world.measures[*m].aggregate, Aggregate::Count | Aggregate::Sum(_)),
        Formula::Kpi(_)
        | Formula::Plus(..)
        | Formula::Minus(..)
        | Formula::Where(..)
        | Formula::Total(..)
        | Formula::Window(..)
        | Formula::Previous(..) => true,
        _ => false,
    }
}

fn is_place(formula: &Formula) -> bool {
    matches!(formula, Formula::Place(..))
}

/// Days have no hours.
fn only_hours(world: &mut World) {
    world.contracts_by_day = false;
    for measure in &mut world.measures {
        measure.axis = match measure.axis {
            Axis::SoldAt | Axis::ShippedOn | Axis::VisitedOn | Axis::CountedOn => Axis::SoldAt,
            Axis::Started | Axis::Ended => measure.axis,
        };
    }
    for stock in &mut world.stocks {
        stock.source = if stock.source == Source::Levels { Source::Contracts } else { stock.source };
    }
    change_readings(world, &|_, _| Reading::AtEnd);
}

fn whole_hours(world: &mut World) {
    let to_date = |f: &Formula| matches!(f, Formula::Window(_, Window::ToDate(_)));
    if world.needs(&to_date) {
        world.zone = "Europe/Paris";
    }
}

/// A mean of days is taken of counts and sums.
fn sums_over_days(world: &mut World) {
    let missing = |of| of == Aggregate::Pairs && !Feature::AverageOfPairs.is_taken();
    change_readings(
        world,
        &|reading, aggregate| match aggregate.is_zero_when_empty() && !missing(aggregate) {
            true => reading,
            false => Reading::AtEnd,
        },
    );
}

/// Averages become what they are to be instead.
fn change_readings(world: &mut World, to: &dyn Fn(Reading, Aggregate) -> Reading) {
    let aggregates: Vec<Aggregate> = world.stocks.iter().map(|stock| stock.aggregate).collect();
    change_all(world, &|formula| {
        if let Formula::Stock(reading @ Reading::Average, b) = formula {
            *reading = to(*reading, aggregates[*b]);
        }
    });
}

pub fn change_all(world: &mut World, change: &dyn Fn(&mut Formula)) {
    let rules = world.bands.rules.iter_mut().map(|rule| &mut rule.number);
    let formulas = world.kpis.iter_mut().flat_map(Kpi::formulas_mut).chain(rules);
    formulas.for_each(|formula| change_beneath(formula, change));
}

fn change_beneath(formula: &mut Formula, change: &dyn Fn(&mut Formula)) {
    change(formula);
    formula.parts_mut().into_iter().for_each(|part| change_beneath(part, change));
}

/// A shelf is counted once a day.
fn one_count_a_shelf(world: &mut World) {
    let mut kept: Vec<Level> = Vec::new();
    for level in world.levels.drain(..) {
        if !kept.iter().any(|other| (other.day, other.shelf) == (level.day, level.shelf)) {
            kept.push(level);
        }
    }
    world.levels = kept;
}

/// Members have counts of stocks.
fn no_sums_of_members(world: &mut World) {
    let stocks = world.stocks.clone();
    let count = |formula: &mut Formula| match formula {
        Formula::Stock(_, b) if matches!(stocks[*b].aggregate, Aggregate::Sum(_)) => *b = 0,
        _ => {}
    };
    change_all(world, &|formula| {
        if let Formula::Per(a, _) = formula {
            change_beneath(a, &count);
        }
    });
}

fn never_whole(formula: &mut Formula) {
    if let Formula::Previous(_, offset) = formula {
        offset.whole = false;
    }
}

/// Rows of two sources never happen in the same minute: nothing says which comes first.
fn no_ties_of_sources(world: &mut World) {
    world.contracts_by_day = false;
    world.sales.iter_mut().for_each(|sale| sale.at.minute &= !1);
    world.contracts.iter_mut().filter_map(|c| c.started.as_mut()).for_each(|at| at.minute |= 1);
}

/// `--clip` has no meaning beside windows and offsets: whole periods are asked.
fn whole_periods(world: &mut World) {
    if world.request.grain == Grain::Hour {
        return;
    }
    let calendar = Calendar::new(world);
    let periods = calendar.periods(world.day(world.request.from), world.day(world.request.to));
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    let from = world.days_to(calendar.label(*first).date());
    let to = world.days_to(calendar.last_day(*last));
    (world.request.from, world.request.to) = (from, to);
}
