//! A world's data, as statements that make its tables.

use super::dimension::Dimension;
use super::world::{Sale, Visit, World};

const CREATE: &str = "\
drop table if exists sales;
drop table if exists visits;
drop table if exists customers;
create table sales(id int, \"at\" timestamp, shipped_on date, channel varchar, device varchar, \
    customer_id int, amount decimal(10,2), items int);
create table visits(id int, day date, channel varchar, device varchar, customer_id int);
create table customers(customer_id int, country varchar);
";

impl World {
    pub fn tables(&self) -> String {
        let mut sql = String::from(CREATE);
        let mut insert = |table: &str, id: usize, values: Vec<String>| {
            sql.push_str(&format!("insert into {table} values ({id}, {});\n", values.join(", ")));
        };
        for (id, sale) in self.sales.iter().enumerate() {
            insert("sales", id, self.sale(sale));
        }
        for (id, visit) in self.visits.iter().enumerate() {
            insert("visits", id, self.visit(visit));
        }
        for (id, country) in self.customers.iter().enumerate() {
            insert("customers", id, vec![literal(Dimension::Country, *country)]);
        }
        sql
    }

    fn sale(&self, sale: &Sale) -> Vec<String> {
        let at = self.sold_at(sale).strftime("timestamp '%Y-%m-%d %H:%M:%S'").to_string();
        let mut values = vec![at, or_null(sale.shipped.map(|n| self.date(n)))];
        values.extend(members(sale.channel, sale.device, sale.customer));
        values.push(or_null(sale.amount.map(|cents| format!("{cents} / 100.0"))));
        values.push(or_null(sale.items));
        values
    }

    fn visit(&self, visit: &Visit) -> Vec<String> {
        let mut values = vec![self.date(visit.day)];
        values.extend(members(visit.channel, visit.device, visit.customer));
        values
    }

    fn date(&self, n: i16) -> String {
        format!("date '{}'", self.day(n))
    }
}

fn members(channel: Option<u8>, device: Option<u8>, customer: Option<u8>) -> [String; 3] {
    [literal(Dimension::Channel, channel), literal(Dimension::Device, device), or_null(customer)]
}

fn literal(dimension: Dimension, value: Option<u8>) -> String {
    or_null(value.map(|value| dimension.literal(value)))
}

fn or_null(value: Option<impl ToString>) -> String {
    value.map_or("NULL".into(), |value| value.to_string())
}
