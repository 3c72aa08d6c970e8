//! Makes a world sound: what the language refuses is taken out.

use jiff::ToSpan;

use crate::judge::calendar::Calendar;
use crate::judge::formula::{Formula, Kpi};
use crate::judge::measure::Axis;
use crate::judge::time::Grain;
use crate::judge::world::World;

pub fn repaired(mut world: World) -> World {
    for i in 0..world.kpis.len() {
        let formula = unwindowed(world.kpis[i].formula.clone(), &world.kpis);
        world.kpis[i].formula = formula;
    }
    if world.request.grain == Grain::Hour {
        only_hours(&mut world);
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
fn unwindowed(formula: Formula, kpis: &[Kpi]) -> Formula {
    let below = |f: Box<Formula>| Box::new(unwindowed(*f, kpis));
    match formula {
        Formula::Window(a, window) => match a.any(kpis, &moves) {
            true => unwindowed(*a, kpis),
            false => Formula::Window(a, window),
        },
        Formula::Measure(_) | Formula::Kpi(_) => formula,
        Formula::Plus(a, b) => Formula::Plus(below(a), below(b)),
        Formula::Minus(a, b) => Formula::Minus(below(a), below(b)),
        Formula::Over(a, b) => Formula::Over(below(a), below(b)),
        Formula::Times(a, n) => Formula::Times(below(a), n),
        Formula::Where(a, condition) => Formula::Where(below(a), condition),
        Formula::Total(a, lifted) => Formula::Total(below(a), lifted),
        Formula::Previous(a, offset) => Formula::Previous(below(a), offset),
        Formula::IfLess(parts) => Formula::IfLess(Box::new(parts.map(|part| unwindowed(part, kpis)))),
    }
}

/// Days have no hours.
fn only_hours(world: &mut World) {
    for measure in &mut world.measures {
        measure.axis = Axis::SoldAt;
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
