//! Rows of every source, with their times and members looked up.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::calendar::Calendar;
use super::dimension::Members;
use super::measure::{Axis, Source};
use super::reading::Stretch;
use super::world::{Sale, Visit, World};

#[derive(Debug)]
pub struct Row {
    pub source: Source,
    times: Vec<(Axis, Stretch)>,
    pub members: Members,
    /// Cents.
    pub amount: Option<i64>,
    pub items: Option<i64>,
}

impl Row {
    /// Whether all of its time lies in a stretch: a date is known when its day is over.
    pub fn lies_in(&self, stretch: Stretch, axis: Axis) -> bool {
        let time = self.times.iter().find(|(of, _)| *of == axis);
        time.is_some_and(|(_, time)| stretch.holds(*time))
    }
}

/// All rows that the sources keep.
pub fn rows(world: &World, calendar: &Calendar) -> Vec<Row> {
    let mut rows = sales(world, calendar);
    rows.retain(|row| world.kept.as_ref().is_none_or(|kept| kept.holds(&row.members)));
    rows.extend(visits(world, calendar));
    rows
}

fn sales(world: &World, calendar: &Calendar) -> Vec<Row> {
    let row = |sale: &Sale| {
        let at = TimeZone::UTC.to_timestamp(world.sold_at(sale)).expect("within the calendar");
        let mut times = vec![(Axis::SoldAt, Stretch::instant(at))];
        times.extend(sale.shipped.map(|n| (Axis::ShippedOn, day(world.day(n), calendar))));
        Row {
            source: Source::Sales,
            times,
            members: members(world, sale.channel, sale.device, sale.customer),
            amount: sale.amount.map(i64::from),
            items: sale.items.map(i64::from),
        }
    };
    world.sales.iter().map(row).collect()
}

fn visits(world: &World, calendar: &Calendar) -> Vec<Row> {
    let row = |visit: &Visit| Row {
        source: Source::Visits,
        times: vec![(Axis::VisitedOn, day(world.day(visit.day), calendar))],
        members: members(world, visit.channel, visit.device, visit.customer),
        amount: None,
        items: None,
    };
    world.visits.iter().map(row).collect()
}

/// A date is a local day, wherever clocks are.
fn day(date: Date, calendar: &Calendar) -> Stretch {
    Stretch { low: Some(calendar.midnight(date)), high: calendar.midnight(date + 1.day()) }
}

/// The country is the customer's; an unknown customer has none.
fn members(world: &World, channel: Option<u8>, device: Option<u8>, buyer: Option<u8>) -> Members {
    let country = buyer.and_then(|id| *world.customers.get(usize::from(id))?);
    Members { channel, device, buyer, country }
}
