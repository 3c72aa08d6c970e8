//! Rows of every source, with their times and members looked up.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::Calendar;
use super::dimension::Members;
use super::measure::{Axis, Source};
use super::world::World;

#[derive(Debug)]
pub struct Row {
    pub source: Source,
    times: Vec<(Axis, Timestamp)>,
    pub members: Members,
    /// Cents.
    pub amount: Option<i64>,
    pub items: Option<i64>,
}

impl Row {
    pub fn time(&self, axis: Axis) -> Option<Timestamp> {
        self.times.iter().find(|(of, _)| *of == axis).map(|(_, at)| *at)
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
    let row = |sale: &super::world::Sale| {
        let at = TimeZone::UTC.to_timestamp(world.sold_at(sale)).expect("within the calendar");
        let mut times = vec![(Axis::SoldAt, at)];
        // A date is a local day.
        times.extend(sale.shipped.map(|n| (Axis::ShippedOn, calendar.midnight(world.day(n)))));
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
    let row = |visit: &super::world::Visit| Row {
        source: Source::Visits,
        times: vec![(Axis::VisitedOn, calendar.midnight(world.day(visit.day)))],
        members: members(world, visit.channel, visit.device, visit.customer),
        amount: None,
        items: None,
    };
    world.visits.iter().map(row).collect()
}

/// The country is the customer's; an unknown customer has none.
fn members(world: &World, channel: Option<u8>, device: Option<u8>, buyer: Option<u8>) -> Members {
    let country = buyer.and_then(|id| *world.customers.get(usize::from(id))?);
    Members { channel, device, buyer, country }
}
