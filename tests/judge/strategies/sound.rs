//! Makes a world sound: what the language refuses is taken out.

use jiff::ToSpan;

use super::features::Feature;
use crate::judge::calendar::Calendar;
use crate::judge::formula::{Formula, Kpi, Window};
use crate::judge::measure::Axis;
use crate::judge::time::Grain;
use crate::judge::world::World;

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
    if asks_for_other_times(&world) {
        whole_periods(&mut world);
    }
    world
}

fn moves(formula: &Formula) -> bool {
    matches!(formula, Formula::Previous(..) | Formula::Window(..))
}

/// No window stands over another one or over an earlier period.
fn unwindowed(mut formula: Formula, kpis: &[Kpi]) -> Formula {
    while let Formula::Window(a, _) = &formula
        && a.any(kpis, &moves)
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
    for measure in &mut world.measures {
        measure.axis = Axis::SoldAt;
    }
}

fn whole_hours(world: &mut World) {
    let to_date = |f: &Formula| matches!(f, Formula::Window(_, Window::ToDate(_)));
    if world.kpis.iter().any(|kpi| kpi.formula.any(&world.kpis, &to_date)) {
        world.zone = "Europe/Paris";
    }
}

fn asks_for_other_times(world: &World) -> bool {
    world.request.kpis.iter().any(|k| world.kpis[*k].formula.any(&world.kpis, &moves))
}

/// `--clip` has no meaning beside windows and offsets: whole periods are asked.
fn whole_periods(world: &mut World) {
    let request = &world.request;
    if request.grain == Grain::Hour {
        return;
    }
    let calendar = Calendar::new(world.zone, world.week_start, request.grain);
    let periods = calendar.periods(world.day(request.from), world.day(request.to));
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    let days = |end| i16::try_from((world.first_day.until(end)).expect("days").get_days()).expect("few days");
    let from = days(calendar.label(*first).date());
    let to = days(calendar.local(calendar.end(*last) - 1.nanosecond()).date());
    (world.request.from, world.request.to) = (from, to);
}
