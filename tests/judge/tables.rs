//! A world's data, as statements that make its tables.

use super::dimension::Dimension;
use super::measure::Source;
use super::world::{Details, Instant, Level, World};

const SHARED: &str = "channel varchar, device varchar, customer_id int, amount decimal(10,2), items int";

impl World {
    /// Statements for the tables that are read.
    pub fn tables(&self) -> String {
        let mut sql = String::new();
        for source in Source::ALL.into_iter().filter(|source| self.reads(*source)) {
            let name = source.name();
            sql.push_str(&format!("drop table if exists {name};\n"));
            sql.push_str(&format!("create table {name}({}, {SHARED});\n", self.columns(source)));
            for row in self.rows(source) {
                sql.push_str(&format!("insert into {name} values ({});\n", row.join(", ")));
            }
        }
        sql.push_str(
            "drop table if exists customers;\ncreate table customers(customer_id int, country varchar);\n",
        );
        sql.push_str(&self.tiers_table());
        for (id, country) in self.customers.iter().enumerate() {
            let country = literal(Dimension::Country, *country);
            sql.push_str(&format!("insert into customers values ({id}, {country});\n"));
        }
        sql
    }

    fn tiers_table(&self) -> String {
        let ty = if self.tiers_by_day { "date" } else { "timestamp" };
        let mut sql = format!(
            "drop table if exists tiers;\ncreate table tiers(customer_id int, starts {ty}, ends {ty}, tier varchar, rate int);\n"
        );
        for tier in &self.tiers {
            let time = |at: Instant| if self.tiers_by_day { self.date(at.day) } else { self.timestamp(at) };
            let (from, until) = (time(tier.from), or_null(tier.until.map(time)));
            let (name, rate) = (literal(Dimension::Tier, tier.tier), or_null(tier.rate));
            sql.push_str(&format!(
                "insert into tiers values ({}, {from}, {until}, {name}, {rate});\n",
                tier.customer
            ));
        }
        sql
    }

    fn columns(&self, source: Source) -> &'static str {
        match source {
            Source::Sales => "id int, \"at\" timestamp, shipped_on date",
            Source::Visits => "id int, day date",
            Source::Contracts if self.contracts_by_day => "id int, started date, ended date",
            Source::Contracts => "id int, started timestamp, ended timestamp",
            Source::Levels => "day date, shelf int",
            Source::Staff => "id int",
        }
    }

    fn rows(&self, source: Source) -> Vec<Vec<String>> {
        match source {
            Source::Sales => numbered(&self.sales, |sale| {
                let shipped = or_null(sale.shipped.map(|n| self.date(n)));
                [vec![self.timestamp(sale.at), shipped], details(&sale.details)].concat()
            }),
            Source::Visits => {
                numbered(&self.visits, |visit| [vec![self.date(visit.day)], details(&visit.details)].concat())
            }
            Source::Contracts => numbered(&self.contracts, |contract| {
                let time = |at: Option<Instant>| {
                    or_null(at.map(|at| match self.contracts_by_day {
                        true => self.date(at.day),
                        false => self.timestamp(at),
                    }))
                };
                [vec![time(contract.started), time(contract.ended)], details(&contract.details)].concat()
            }),
            Source::Levels => {
                let row = |level: &Level| {
                    [vec![self.date(level.day), level.shelf.to_string()], details(&level.details)].concat()
                };
                self.levels.iter().map(row).collect()
            }
            Source::Staff => numbered(&self.staff, details),
        }
    }

    fn date(&self, n: i16) -> String {
        format!("date '{}'", self.day(n))
    }

    fn timestamp(&self, at: Instant) -> String {
        self.time(at).strftime("timestamp '%Y-%m-%d %H:%M:%S'").to_string()
    }
}

/// Rows with an id before what they have.
fn numbered<T>(rows: &[T], values: impl Fn(&T) -> Vec<String>) -> Vec<Vec<String>> {
    rows.iter().enumerate().map(|(id, row)| [vec![id.to_string()], values(row)].concat()).collect()
}

fn details(of: &Details) -> Vec<String> {
    vec![
        literal(Dimension::Channel, of.channel),
        literal(Dimension::Device, of.device),
        or_null(of.customer),
        or_null(of.amount.map(|cents| format!("{cents} / 100.0"))),
        or_null(of.items),
    ]
}

fn literal(dimension: Dimension, value: Option<u8>) -> String {
    or_null(value.map(|value| dimension.literal(value)))
}

fn or_null(value: Option<impl ToString>) -> String {
    value.map_or("NULL".into(), |value| value.to_string())
}
