//! Makes a world sound: what the language refuses is taken out.

use jiff::ToSpan;

use super::features::Feature;
use crate::judge::calendar::Calendar;
use crate::judge::formula::{Formula, Kpi, Reading, Window};
use crate::judge::measure::{Aggregate, Axis, Source};
use crate::judge::time::Grain;
use crate::judge::world::{Level, World};

pub fn repaired(mut world: World, features: &[Feature]) -> World {
    for i in 0..world.kpis.len() {
        let formula = unwindowed(world.kpis[i].formula.clone(), &world.kpis);
        world.kpis[i].formula = formula;
    }
    if world.request.grain == Grain::Hour {
        only_hours(&mut world);
        if !features.contains(&Feature::HoursOverMidnight) {
            whole_hours(&mut world);
        }
    }
    sums_over_days(&mut world, features);
    one_count_a_shelf(&mut world);
    if world.needs(&reads_other_times) {
        whole_periods(&mut world);
    }
    world
}

/// What may not stand beneath a window.
fn reads_other_times(formula: &Formula) -> bool {
    matches!(formula, Formula::Previous(..) | Formula::Window(..) | Formula::Stock(..))
}

/// No window stands over another one, over an earlier period or over a stock.
fn unwindowed(mut formula: Formula, kpis: &[Kpi]) -> Formula {
    while let Formula::Window(a, _) = &formula
        && a.any(kpis, &reads_other_times)
    {
        formula = (**a).clone();
    }
    for part in formula.parts_mut() {
        *part = unwindowed(part.clone(), kpis);
    }
    formula
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
fn sums_over_days(world: &mut World, features: &[Feature]) {
    let missing = |of| of == Aggregate::Pairs && !features.contains(&Feature::AverageOfPairs);
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
    for kpi in &mut world.kpis {
        change_beneath(&mut kpi.formula, &|formula| {
            if let Formula::Stock(reading @ Reading::Average, b) = formula {
                *reading = to(*reading, aggregates[*b]);
            }
        });
    }
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

/// `--clip` has no meaning beside windows and offsets: whole periods are asked.
fn whole_periods(world: &mut World) {
    if world.request.grain == Grain::Hour {
        return;
    }
    let calendar = Calendar::new(world);
    let periods = calendar.periods(world.day(world.request.from), world.day(world.request.to));
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    let days = |end| i16::try_from(world.first_day.until(end).expect("days").get_days()).expect("few days");
    let from = days(calendar.label(*first).date());
    let to = days(calendar.local(calendar.end(*last) - 1.nanosecond()).date());
    (world.request.from, world.request.to) = (from, to);
}
