//! The judge on cases that were worked out by hand: a judge nobody judges is worth
//! little. Each says its rows, its arithmetic, and what must come out.

mod calendars;
mod followed;
mod in_time;
mod members;
mod stocks;
mod targets;
mod time;
mod trends;

use jiff::civil::{Date, DateTime};

use crate::judge::bands::Bands;
use crate::judge::dimension::Dimension;
use crate::judge::evaluate::evaluate;
use crate::judge::fiscal::FiscalYear;
use crate::judge::formula::{Earlier, Formula, Kpi, OfMembers, Offset, PerMember, Reading, Window};
use crate::judge::measure::{Aggregate, Axis, Column, Measure, Source, Stock};
use crate::judge::request::Request;
use crate::judge::time::{Duration, Grain};
use crate::judge::tools::{After, Cohort, Funnel, FunnelStep};
use crate::judge::world::{Contract, Details, Instant, Level, Sale, Snapshots, World};

/// `m0`: sales, `m1`: their amount in euros, `m2`: their buyers, `m3`: sales by the
/// day they were shipped.
fn world(grain: Grain, from: &str, to: &str) -> World {
    let first_day = date(from);
    let measure = |axis, aggregate| Measure { axis, aggregate, filter: None };
    let sum = Aggregate::Sum(Column::Amount);
    World {
        zone: "UTC",
        week_start: 1,
        first_day,
        fiscal_year: FiscalYear::Months(1),
        sales: Vec::new(),
        visits: Vec::new(),
        contracts: Vec::new(),
        contracts_by_day: true,
        levels: Vec::new(),
        snapshots: Snapshots::Plain,
        staff: Vec::new(),
        customers: Vec::new(),
        tiers: Vec::new(),
        tiers_by_day: true,
        joins: Vec::new(),
        kept: None,
        since: None,
        measures: vec![
            measure(Axis::SoldAt, Aggregate::Count),
            measure(Axis::SoldAt, sum),
            measure(Axis::SoldAt, Aggregate::Buyers),
            measure(Axis::ShippedOn, Aggregate::Count),
        ],
        stocks: Vec::new(),
        funnel: Funnel {
            within: Duration::new(7, Grain::Day),
            first: FunnelStep { axis: Axis::SoldAt, filter: None },
            later: vec![FunnelStep { axis: Axis::SoldAt, filter: None }; 2],
        },
        cohort: Cohort { axis: Axis::SoldAt },
        kpis: Vec::new(),
        bands: Bands { rules: Vec::new(), has_else: true },
        segments: Vec::new(),
        request: Request {
            kpis: vec![0],
            by: Vec::new(),
            total: true,
            segments: vec![None],
            filter: None,
            grain,
            from: 0,
            to: days(first_day, date(to)),
            as_of: None,
            ordered: false,
        },
    }
}

impl World {
    fn asks(mut self, formula: Formula) -> World {
        self.kpis = vec![Kpi::new(formula)];
        self
    }

    fn settled(mut self, by: Duration) -> World {
        self.kpis[0].settled = Some(by);
        self
    }

    /// Sales at times in UTC, each of a buyer, of a euro.
    fn sold(mut self, sales: &[(&str, u8)]) -> World {
        for (at, customer) in sales {
            let details = Details {
                channel: Some(0),
                customer: Some(*customer),
                amount: Some(100),
                ..Details::default()
            };
            self.sales.push(Sale { at: instant(self.first_day, at), shipped: None, details });
        }
        self
    }

    /// Sales shipped on these days.
    fn shipped(self, days_of: &[&str]) -> World {
        let mut world = self.sold(&vec![("2020-01-01", 1); days_of.len()]);
        for (sale, day) in world.sales.iter_mut().zip(days_of) {
            sale.shipped = Some(days(world.first_day, date(day)));
        }
        world
    }

    fn known_to(mut self, day: &str) -> World {
        self.request.as_of = Some(days(self.first_day, date(day)));
        self
    }

    /// The KPI's total, period by period.
    fn totals(&self) -> Vec<Option<f64>> {
        evaluate(self)
            .cells
            .into_iter()
            .filter(|(key, _)| key.slicing == "total")
            .map(|(_, v)| v[0])
            .collect()
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A day is its midnight.
fn moment(text: &str) -> DateTime {
    text.parse().or_else(|_| Ok::<_, jiff::Error>(text.parse::<Date>()?.at(0, 0, 0, 0))).expect("a time")
}

fn instant(first_day: Date, text: &str) -> Instant {
    let at = moment(text);
    let minute = i16::from(at.hour()) * 60 + i16::from(at.minute());
    Instant { day: days(first_day, at.date()), minute: u16::try_from(minute).expect("a day's") }
}

fn days(from: Date, to: Date) -> i16 {
    i16::try_from(from.until(to).expect("days").get_days()).expect("few days")
}

fn sales() -> Formula {
    Formula::Measure(0)
}

fn buyers() -> Formula {
    Formula::Measure(2)
}

fn previous(of: Formula, count: u16, unit: Grain) -> Formula {
    Formula::Previous(Box::new(of), Offset { by: Some(Duration::new(count, unit)), whole: false })
}

fn whole(of: Formula, count: u16, unit: Grain) -> Formula {
    Formula::Previous(Box::new(of), Offset { by: Some(Duration::new(count, unit)), whole: true })
}

fn rolling(of: Formula, count: u16, unit: Grain) -> Formula {
    Formula::Window(Box::new(of), Window::Rolling(Duration::new(count, unit)))
}

fn to_date(of: Formula, grain: Grain) -> Formula {
    Formula::Window(Box::new(of), Window::ToDate(grain))
}

fn cumulative(of: Formula) -> Formula {
    Formula::Window(Box::new(of), Window::Cumulative)
}

fn numbers(values: &[i32]) -> Vec<Option<f64>> {
    values.iter().map(|n| Some(f64::from(*n))).collect()
}

#[test]
fn members_of_the_year_before_occur() {
    // Nobody bought in February 2026, channel `a` did in February 2025: it has a row.
    let mut world = world(Grain::Month, "2026-02-01", "2026-02-28")
        .asks(previous(sales(), 1, Grain::Year))
        .sold(&[("2025-02-03", 1), ("2025-02-04", 2), ("2025-03-04", 2)]);
    world.request.by = vec![vec![Dimension::Channel]];
    world.request.total = false;
    let cells: Vec<_> = evaluate(&world).cells.into_iter().collect();
    assert_eq!(cells.len(), 1);
    assert_eq!(cells[0].0.members[0].as_deref(), Some("a"));
    assert_eq!(cells[0].1, numbers(&[2]));
}
