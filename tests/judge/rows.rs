//! Rows of every source, with their times and members looked up.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::calendar::Calendar;
use super::dimension::Members;
use super::measure::{Axis, Source};
use super::reading::Stretch;
use super::world::{Contract, Details, Instant, Level, Sale, Tier, Visit, World};

#[derive(Debug, Clone)]
pub struct Row {
    pub source: Source,
    times: Vec<(Axis, Stretch)>,
    pub shelf: u8,
    /// Its place in its table.
    pub key: usize,
    pub members: Members,
    /// Cents.
    pub amount: Option<i64>,
    pub items: Option<i64>,
    /// Of the tier that the customer has, when it is looked at.
    pub rate: Option<i64>,
    /// Of the row that it finds.
    pub found_items: Option<i64>,
}

/// A tier of a customer, for a time.
#[derive(Debug)]
pub struct Version {
    pub customer: u8,
    pub from: Stretch,
    pub until: Option<Stretch>,
    pub tier: Option<u8>,
    pub rate: Option<i64>,
}

impl Row {
    /// A date takes its whole day, a timestamp no time.
    pub fn time(&self, axis: Axis) -> Option<Stretch> {
        self.times.iter().find(|(of, _)| *of == axis).map(|(_, time)| *time)
    }

    /// Whether all of its time lies in a stretch: a date is known when its day is over.
    pub fn lies_in(&self, stretch: Stretch, axis: Axis) -> bool {
        self.time(axis).is_some_and(|time| stretch.holds(time))
    }
}

/// All rows that the sources keep.
pub fn rows(world: &World, calendar: &Calendar) -> Vec<Row> {
    let rows = Rows { world, calendar };
    let mut all = [rows.sales(), rows.visits(), rows.contracts(), rows.levels(), rows.staff()];
    let kept = |row: &Row| world.kept.as_ref().is_none_or(|kept| kept.holds(&row.members));
    for rows in &mut all {
        rows.iter_mut().enumerate().for_each(|(key, row)| row.key = key);
        rows.retain(kept);
    }
    all.into_iter().flatten().collect()
}

/// What customers were, and when.
pub fn versions(world: &World, calendar: &Calendar) -> Vec<Version> {
    let rows = Rows { world, calendar };
    let time = |at: Instant| if world.tiers_by_day { rows.day(at.day) } else { rows.instant(at) };
    let version = |tier: &Tier| Version {
        customer: tier.customer,
        from: time(tier.from),
        until: tier.until.map(time),
        tier: tier.tier,
        rate: tier.rate.map(i64::from),
    };
    world.tiers.iter().map(version).collect()
}

struct Rows<'w> {
    world: &'w World,
    calendar: &'w Calendar,
}

impl Rows<'_> {
    fn sales(&self) -> Vec<Row> {
        let times = |at, shipped: Option<i16>| {
            let sold = (Axis::SoldAt, self.instant(at));
            [vec![sold], shipped.map(|n| (Axis::ShippedOn, self.day(n))).into_iter().collect()].concat()
        };
        let row = |sale: &Sale| self.row(Source::Sales, times(sale.at, sale.shipped), &sale.details);
        self.world.sales.iter().map(row).collect()
    }

    fn visits(&self) -> Vec<Row> {
        let row = |visit: &Visit| {
            self.row(Source::Visits, vec![(Axis::VisitedOn, self.day(visit.day))], &visit.details)
        };
        self.world.visits.iter().map(row).collect()
    }

    fn contracts(&self) -> Vec<Row> {
        let time = |at: Instant| match self.world.contracts_by_day {
            true => self.day(at.day),
            false => self.instant(at),
        };
        let row = |contract: &Contract| {
            let started = contract.started.map(|at| (Axis::Started, time(at)));
            let ended = contract.ended.map(|at| (Axis::Ended, time(at)));
            self.row(Source::Contracts, started.into_iter().chain(ended).collect(), &contract.details)
        };
        self.world.contracts.iter().map(row).collect()
    }

    fn levels(&self) -> Vec<Row> {
        let row = |level: &Level| Row {
            shelf: level.shelf,
            ..self.row(Source::Levels, vec![(Axis::CountedOn, self.day(level.day))], &level.details)
        };
        self.world.levels.iter().map(row).collect()
    }

    fn staff(&self) -> Vec<Row> {
        self.world.staff.iter().map(|details| self.row(Source::Staff, Vec::new(), details)).collect()
    }

    fn row(&self, source: Source, times: Vec<(Axis, Stretch)>, details: &Details) -> Row {
        Row {
            source,
            times,
            shelf: 0,
            key: 0,
            members: self.members(details),
            amount: details.amount.map(i64::from),
            items: details.items.map(i64::from),
            rate: None,
            found_items: None,
        }
    }

    /// The country is the customer's; an unknown customer has none.
    fn members(&self, of: &Details) -> Members {
        let country = of.customer.and_then(|id| *self.world.customers.get(usize::from(id))?);
        Members {
            channel: of.channel,
            device: of.device,
            buyer: of.customer,
            country,
            tier: None,
            found: None,
            band: None,
        }
    }

    fn instant(&self, at: Instant) -> Stretch {
        Stretch::instant(TimeZone::UTC.to_timestamp(self.world.time(at)).expect("within the calendar"))
    }

    /// A date is a local day, wherever clocks are.
    fn day(&self, n: i16) -> Stretch {
        let date: Date = self.world.day(n);
        Stretch { low: Some(self.calendar.midnight(date)), high: self.calendar.midnight(date + 1.day()) }
    }
}
