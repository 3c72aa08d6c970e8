//! Small projects: two facts, customers, measures, KPIs, segments, a request.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

/// Everything that decides a result.
#[derive(Debug, Clone)]
pub struct World {
    pub zone: &'static str,
    pub week_start: u8,
    pub sales: Vec<Sale>,
    pub visits: Vec<Visit>,
    /// The country of customer 0, 1, …; ids beyond are orphans.
    pub customers: Vec<Option<u8>>,
    /// `rows where` of sales.
    pub kept: Option<Condition>,
    pub measures: Vec<Measure>,
    pub kpis: Vec<Expr>,
    pub segments: Vec<Condition>,
    pub request: Request,
}

/// A row with a timestamp in UTC, `minute` minutes after [`START`].
#[derive(Debug, Clone)]
pub struct Sale {
    pub minute: u32,
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub customer: Option<u8>,
    /// Cents.
    pub amount: Option<i32>,
    pub items: Option<i8>,
}

/// A row with a local day, `day` days after [`START`].
#[derive(Debug, Clone)]
pub struct Visit {
    pub day: u16,
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub customer: Option<u8>,
}

/// In these forty days clocks change in New York (8 March) and in Paris (29 March).
pub const START: DateTime = date(2026, 2, 25).at(0, 0, 0, 0);
pub const DAYS: u16 = 40;

impl Sale {
    pub fn at(&self) -> DateTime {
        START.checked_add(i64::from(self.minute).minutes()).expect("forty days are within the calendar")
    }
}

impl Visit {
    pub fn on(&self) -> Date {
        day(self.day)
    }
}

/// The day this many days after the start.
pub fn day(n: u16) -> Date {
    START.date().checked_add(i64::from(n).days()).expect("forty days are within the calendar")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    Channel,
    Device,
    /// The customer, a number.
    Buyer,
    /// Inherited from customers.
    Country,
}

impl Dimension {
    pub const ALL: [Dimension; 4] =
        [Dimension::Channel, Dimension::Device, Dimension::Buyer, Dimension::Country];

    pub fn name(self) -> &'static str {
        match self {
            Dimension::Channel => "channel",
            Dimension::Device => "device",
            Dimension::Buyer => "buyer",
            Dimension::Country => "country",
        }
    }

    /// A member as results show it.
    pub fn member(self, value: u8) -> String {
        match self {
            Dimension::Buyer => value.to_string(),
            // One of them needs quotes.
            _ => ["a", "b", "it's", "d"][usize::from(value) % 4].to_string(),
        }
    }

    fn literal(self, value: u8) -> String {
        match self {
            Dimension::Buyer => value.to_string(),
            _ => format!("'{}'", self.member(value).replace('\'', "''")),
        }
    }
}

/// A condition over the dimensions of a row.
#[derive(Debug, Clone)]
pub enum Condition {
    Is(Dimension, u8),
    IsNot(Dimension, u8),
    In(Dimension, Vec<u8>),
    NotIn(Dimension, Vec<u8>),
    IsNull(Dimension),
    Less(Dimension, u8),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// In the language; `in_source`: where the country stands behind a join.
    pub fn text(&self, in_source: bool) -> String {
        let name = |d: &Dimension| match (d, in_source) {
            (Dimension::Country, true) => "customer.country",
            _ => d.name(),
        };
        let list = |d: &Dimension, values: &[u8]| {
            values.iter().map(|v| d.literal(*v)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Condition::Is(d, v) => format!("{} = {}", name(d), d.literal(*v)),
            Condition::IsNot(d, v) => format!("{} <> {}", name(d), d.literal(*v)),
            Condition::In(d, values) => format!("{} in ({})", name(d), list(d, values)),
            Condition::NotIn(d, values) => format!("{} not in ({})", name(d), list(d, values)),
            Condition::IsNull(d) => format!("{} is null", name(d)),
            Condition::Less(d, v) => format!("{} < {}", name(d), d.literal(*v)),
            Condition::Not(a) => format!("not ({})", a.text(in_source)),
            Condition::And(a, b) => format!("({}) and ({})", a.text(in_source), b.text(in_source)),
            Condition::Or(a, b) => format!("({}) or ({})", a.text(in_source), b.text(in_source)),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Measure {
    pub source: Source,
    pub aggregate: Aggregate,
    pub filter: Option<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Sales,
    Visits,
}

/// `Amount` and `Items` are of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    Count,
    Buyers,
    /// Distinct pairs.
    Pairs,
    Countries,
    Sum(Column),
    Avg(Column),
    Min(Column),
    Max(Column),
    Median(Column),
    P90(Column),
    Stddev(Column),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Amount,
    Items,
    /// `items * 2 - 1`
    Derived,
}

impl Aggregate {
    /// Whether no rows mean 0, not NULL.
    pub fn is_zero_when_empty(self) -> bool {
        matches!(
            self,
            Aggregate::Count
                | Aggregate::Buyers
                | Aggregate::Pairs
                | Aggregate::Countries
                | Aggregate::Sum(_)
        )
    }

    fn text(self) -> String {
        let column = |c: Column| match c {
            Column::Amount => "amount",
            Column::Items => "items",
            Column::Derived => "items * 2 - 1",
        };
        match self {
            Aggregate::Count => "count()".into(),
            Aggregate::Buyers => "count(distinct buyer)".into(),
            Aggregate::Pairs => "count(distinct channel, buyer)".into(),
            Aggregate::Countries => "count(distinct customer.country)".into(),
            Aggregate::Sum(c) => format!("sum({})", column(c)),
            Aggregate::Avg(c) => format!("avg({})", column(c)),
            Aggregate::Min(c) => format!("min({})", column(c)),
            Aggregate::Max(c) => format!("max({})", column(c)),
            Aggregate::Median(c) => format!("median({})", column(c)),
            Aggregate::P90(c) => format!("percentile({}, 0.9)", column(c)),
            Aggregate::Stddev(c) => format!("stddev({})", column(c)),
        }
    }
}

/// A KPI's formula.
#[derive(Debug, Clone)]
pub enum Expr {
    Measure(usize),
    /// An earlier KPI.
    Kpi(usize),
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, i8),
    Over(Box<Expr>, Box<Expr>),
    Where(Box<Expr>, Condition),
    /// Of these dimensions; of none: of all.
    Total(Box<Expr>, Vec<Dimension>),
    /// `case when a < b then x else y end`
    IfLess(Box<[Expr; 4]>),
}

impl Expr {
    pub fn text(&self) -> String {
        match self {
            Expr::Measure(m) => format!("m{m}"),
            Expr::Kpi(k) => format!("k{k}"),
            Expr::Plus(a, b) => format!("({} + {})", a.text(), b.text()),
            Expr::Minus(a, b) => format!("({} - {})", a.text(), b.text()),
            Expr::Times(a, n) => format!("({} * {n})", a.text()),
            Expr::Over(a, b) => format!("({} / {})", a.text(), b.text()),
            Expr::Where(a, p) => format!("({} where {})", a.text(), p.text(false)),
            Expr::Total(a, dimensions) => {
                let names: Vec<String> = dimensions.iter().map(|d| format!(", {}", d.name())).collect();
                format!("total({}{})", a.text(), names.concat())
            }
            Expr::IfLess(parts) => {
                let [a, b, x, y] = &**parts;
                format!("case when {} < {} then {} else {} end", a.text(), b.text(), x.text(), y.text())
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct Request {
    /// Indexes of KPIs.
    pub kpis: Vec<usize>,
    pub by: Vec<Vec<Dimension>>,
    pub total: bool,
    /// Indexes of segments; `None`: `all`.
    pub segments: Vec<Option<usize>>,
    pub filter: Option<Condition>,
    pub grain: Grain,
    /// Days after the start, both included.
    pub from: u16,
    pub to: u16,
    pub as_of: Option<u16>,
    /// Whether kpic is told that rows lie in the order of time, and reads each period by itself.
    pub ordered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl World {
    /// The project in the language.
    pub fn definitions(&self) -> String {
        let measures = |source: Source| -> String {
            let own = self.measures.iter().enumerate().filter(|(_, m)| m.source == source);
            own.map(|(i, m)| {
                let filter = m.filter.as_ref().map(|f| format!(" where {}", f.text(true)));
                format!("  measure m{i} = {}{}\n", m.aggregate.text(), filter.unwrap_or_default())
            })
            .collect()
        };
        let kept = self.kept.as_ref().map(|c| format!("  rows where {}\n", c.text(true)));
        let shared = "  join customer: customers on customer_id\n  column customer_id : integer\n  dimension channel\n  \
                      dimension device\n  dimension buyer = customer_id\n";
        let kpis = self.kpis.iter().enumerate().map(|(i, e)| format!("kpi k{i} = {}\n", e.text()));
        let segments =
            self.segments.iter().enumerate().map(|(i, c)| format!("segment s{i} where {}\n", c.text(false)));
        format!(
            "source sales {{\n  table sales\n  key id\n  time at in UTC\n{}{shared}  column at : timestamp\n  \
             column amount : decimal(10,2)\n  column items : integer\n{}}}\n\
             source visits {{\n  table visits\n  key id\n  time day\n{shared}  column day : date\n{}}}\n\
             source customers {{\n  table customers\n  key customer_id\n  column customer_id : integer\n  dimension country\n}}\n{}{}",
            kept.unwrap_or_default(),
            measures(Source::Sales),
            measures(Source::Visits),
            segments.collect::<String>(),
            kpis.collect::<String>(),
        )
    }

    /// Statements that make the tables.
    pub fn tables(&self) -> String {
        let text = |d: Dimension, v: Option<u8>| v.map_or("NULL".into(), |v| d.literal(v));
        let number = |v: Option<i64>| v.map_or("NULL".into(), |v: i64| v.to_string());
        let mut sql = String::from(
            "create table sales(id int, \"at\" timestamp, channel varchar, device varchar, customer_id int, \
             amount decimal(10,2), items int);\ncreate table visits(id int, day date, channel varchar, \
             device varchar, customer_id int);\ncreate table customers(customer_id int, country varchar);\n",
        );
        for (id, s) in self.sales.iter().enumerate() {
            let amount = s.amount.map_or("NULL".to_string(), |cents| format!("{cents} / 100.0"));
            sql.push_str(&format!(
                "insert into sales values ({id}, timestamp '{}', {}, {}, {}, {amount}, {});\n",
                s.at().strftime("%Y-%m-%d %H:%M:%S"),
                text(Dimension::Channel, s.channel),
                text(Dimension::Device, s.device),
                number(s.customer.map(i64::from)),
                number(s.items.map(i64::from)),
            ));
        }
        for (id, v) in self.visits.iter().enumerate() {
            sql.push_str(&format!(
                "insert into visits values ({id}, date '{}', {}, {}, {});\n",
                v.on(),
                text(Dimension::Channel, v.channel),
                text(Dimension::Device, v.device),
                number(v.customer.map(i64::from)),
            ));
        }
        for (id, country) in self.customers.iter().enumerate() {
            sql.push_str(&format!(
                "insert into customers values ({id}, {});\n",
                text(Dimension::Country, *country)
            ));
        }
        sql
    }
}
