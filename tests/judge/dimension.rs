//! What a world is sliced by, and conditions over it.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    Channel,
    Device,
    /// The customer, a number.
    Buyer,
    /// Inherited from customers.
    Country,
    /// Inherited from the version of the customer that holds just then.
    Tier,
    /// The channel of the row that an as-of join finds; where a source has none, its device.
    Found,
    /// What the customer is by numbers of its own: see [`super::bands`].
    Band,
}

impl Dimension {
    pub const ALL: [Dimension; 7] = [
        Dimension::Channel,
        Dimension::Device,
        Dimension::Buyer,
        Dimension::Country,
        Dimension::Tier,
        Dimension::Found,
        Dimension::Band,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Dimension::Channel => "channel",
            Dimension::Device => "device",
            Dimension::Buyer => "buyer",
            Dimension::Country => "country",
            Dimension::Tier => "tier",
            Dimension::Found => "found",
            Dimension::Band => "band",
        }
    }

    /// A member as results show it.
    pub fn member(self, value: u8) -> String {
        match self {
            Dimension::Buyer => value.to_string(),
            Dimension::Band => format!("band{value}"),
            // One of them needs quotes.
            _ => ["a", "b", "it's", "d"][usize::from(value) % 4].to_string(),
        }
    }

    pub fn literal(self, value: u8) -> String {
        match self {
            Dimension::Buyer => value.to_string(),
            _ => format!("'{}'", self.member(value).replace('\'', "''")),
        }
    }
}

/// What a row is in each dimension; `None`: nothing, or an orphan's nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Members {
    pub channel: Option<u8>,
    pub device: Option<u8>,
    pub buyer: Option<u8>,
    pub country: Option<u8>,
    pub tier: Option<u8>,
    pub found: Option<u8>,
    pub band: Option<u8>,
}

impl Members {
    pub fn of(&self, dimension: Dimension) -> Option<String> {
        let value = match dimension {
            Dimension::Channel => self.channel,
            Dimension::Device => self.device,
            Dimension::Buyer => self.buyer,
            Dimension::Country => self.country,
            Dimension::Tier => self.tier,
            Dimension::Found => self.found,
            Dimension::Band => self.band,
        };
        value.map(|value| dimension.member(value))
    }
}

/// A condition over the dimensions of a row.
#[derive(Debug, Clone, PartialEq)]
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
            (Dimension::Tier, true) => "grade.tier",
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

    pub fn reads(&self, dimension: Dimension) -> bool {
        match self {
            Condition::Is(d, _)
            | Condition::IsNot(d, _)
            | Condition::In(d, _)
            | Condition::NotIn(d, _)
            | Condition::IsNull(d)
            | Condition::Less(d, _) => *d == dimension,
            Condition::Not(a) => a.reads(dimension),
            Condition::And(a, b) | Condition::Or(a, b) => a.reads(dimension) || b.reads(dimension),
        }
    }

    /// Conditions are true or false: a comparison with nothing is false.
    pub fn holds(&self, members: &Members) -> bool {
        match self {
            Condition::Is(d, v) => members.of(*d) == Some(d.member(*v)),
            Condition::IsNot(d, v) => members.of(*d) != Some(d.member(*v)),
            Condition::In(d, list) => members.of(*d).is_some_and(|m| list.iter().any(|v| d.member(*v) == m)),
            Condition::NotIn(d, list) => {
                !members.of(*d).is_some_and(|m| list.iter().any(|v| d.member(*v) == m))
            }
            Condition::IsNull(d) => members.of(*d).is_none(),
            Condition::Less(d, v) => members.of(*d).is_some_and(|m| match d {
                Dimension::Buyer => m.parse::<u8>().expect("buyers are numbers") < *v,
                _ => m < d.member(*v),
            }),
            Condition::Not(a) => !a.holds(members),
            Condition::And(a, b) => a.holds(members) && b.holds(members),
            Condition::Or(a, b) => a.holds(members) || b.holds(members),
        }
    }
}
