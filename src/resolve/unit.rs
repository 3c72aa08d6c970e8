//! The algebra of units (semantics rule 18).
//!
//! EUR / count is EUR, EUR + USD is an error, durations add and divide.

use std::fmt;

use super::currency::Currency;
use crate::syntax::ast::{Scale, TimeUnit, UnitName};

/// What a number is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Nobody declared it: goes with everything.
    Unknown,
    /// A bare number: takes the other side's unit in sums, none in products.
    Free,
    Known(Powers),
}

/// Exponents of base units, and for plain numbers what they count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Powers {
    /// Currency and exponent, never 0, sorted.
    currencies: Vec<(Currency, i32)>,
    seconds: i32,
    kind: Kind,
}

/// What a number without dimension is, for display.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Ratio,
    Count,
    Percent,
    /// Points, of a scale if one is declared.
    Score(Option<Points>),
}

/// What the points of a score are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    pub scale: Scale,
    /// Whether they were multiplied, divided or added up since: they still go with
    /// points of no other scale, and may lie outside of their own.
    pub stretched: bool,
}

impl Kind {
    fn with(&self, other: &Kind) -> Option<Kind> {
        match (self, other) {
            // A hundred orders and three percent are no sum.
            (Kind::Count, Kind::Percent) | (Kind::Percent, Kind::Count) => None,
            (Kind::Score(Some(a)), Kind::Score(Some(b))) => (a.scale == b.scale).then(|| {
                Kind::Score(Some(Points { scale: a.scale.clone(), stretched: a.stretched || b.stretched }))
            }),
            (Kind::Score(scaled), Kind::Score(None)) | (Kind::Score(None), Kind::Score(scaled)) => {
                Some(Kind::Score(scaled.clone()))
            }
            (a, b) if a == b => Some(a.clone()),
            _ => Some(Kind::Ratio),
        }
    }

    fn stretched(self) -> Kind {
        match self {
            Kind::Score(Some(points)) => Kind::Score(Some(Points { stretched: true, ..points })),
            other => other,
        }
    }
}

impl Unit {
    pub fn plain(kind: Kind) -> Unit {
        Unit::Known(Powers { kind, ..Powers::default() })
    }

    pub fn currency(code: &str) -> Unit {
        Unit::money(Currency::Code(code.to_string()))
    }

    pub fn money(currency: Currency) -> Unit {
        Unit::Known(Powers { currencies: vec![(currency, 1)], ..Powers::default() })
    }

    pub fn seconds() -> Unit {
        Unit::Known(Powers { seconds: 1, ..Powers::default() })
    }

    /// The unit that a declaration names. Months, quarters and years are no
    /// fixed number of seconds, so they take no part in the algebra.
    pub fn of(name: &UnitName) -> Unit {
        match name {
            UnitName::Currency(code) => Unit::currency(code),
            UnitName::Percent => Unit::plain(Kind::Percent),
            UnitName::Ratio => Unit::plain(Kind::Ratio),
            UnitName::Count => Unit::plain(Kind::Count),
            UnitName::Score(scale) => {
                let points = |scale: &Scale| Points { scale: scale.clone(), stretched: false };
                Unit::plain(Kind::Score(scale.as_ref().map(points)))
            }
            UnitName::Duration => Unit::seconds(),
            UnitName::Time(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year) => Unit::Unknown,
            UnitName::Time(_) => Unit::seconds(),
        }
    }

    /// The word that shows values of this unit; none where no single word does.
    pub fn name(&self) -> Option<UnitName> {
        let Unit::Known(powers) = self else { return None };
        match (powers.currencies.as_slice(), powers.seconds) {
            ([(Currency::Code(code), 1)], 0) => Some(UnitName::Currency(code.clone())),
            ([], 1) => Some(UnitName::Duration),
            ([], 0) => Some(match &powers.kind {
                Kind::Ratio => UnitName::Ratio,
                Kind::Count => UnitName::Count,
                Kind::Percent => UnitName::Percent,
                Kind::Score(Some(Points { scale, stretched: false })) => UnitName::Score(Some(scale.clone())),
                Kind::Score(_) => UnitName::Score(None),
            }),
            _ => None,
        }
    }

    /// Whether it is of money, by itself or of each of something.
    pub fn is_money(&self) -> bool {
        matches!(self, Unit::Known(powers) if !powers.currencies.is_empty())
    }

    /// The scale on which a score's values lie.
    pub fn scale(&self) -> Option<&Scale> {
        match self {
            Unit::Known(Powers { kind: Kind::Score(Some(Points { scale, stretched: false })), .. })
                if self.is_plain() =>
            {
                Some(scale)
            }
            _ => None,
        }
    }

    /// The same of values that are added up: no longer on their scale.
    pub fn stretched(self) -> Unit {
        match self {
            Unit::Known(powers) => Unit::Known(Powers { kind: powers.kind.stretched(), ..powers }),
            other => other,
        }
    }

    /// The currencies that its rows say in a column, and their exponents.
    pub fn of_rows(&self) -> impl Iterator<Item = (&Currency, i32)> {
        let currencies = match self {
            Unit::Known(powers) => powers.currencies.as_slice(),
            Unit::Unknown | Unit::Free => &[],
        };
        let is_of_row = |(currency, _): &&(Currency, i32)| matches!(currency, Currency::OfRow { .. });
        currencies.iter().filter(is_of_row).map(|(currency, power)| (currency, *power))
    }

    /// The same with each currency replaced by what it is elsewhere.
    pub fn renamed(&self, rename: &impl Fn(&Currency) -> Currency) -> Unit {
        let Unit::Known(powers) = self else { return self.clone() };
        let bare = Powers { currencies: Vec::new(), ..powers.clone() };
        let renamed = powers.currencies.iter().fold(bare, |mut sum, (currency, power)| {
            sum.add(&rename(currency), *power);
            sum
        });
        Unit::Known(renamed)
    }

    pub fn is_plain(&self) -> bool {
        match self {
            Unit::Unknown | Unit::Free => true,
            Unit::Known(powers) => powers.is_plain(),
        }
    }

    pub fn times(&self, other: &Unit) -> Unit {
        self.product(other, 1)
    }

    pub fn over(&self, other: &Unit) -> Unit {
        self.product(other, -1)
    }

    fn product(&self, other: &Unit, sign: i32) -> Unit {
        match (self, other) {
            (Unit::Unknown, _) | (_, Unit::Unknown) => Unit::Unknown,
            (Unit::Free, Unit::Free) => Unit::Free,
            // Bare numbers stretch a scale.
            (known, Unit::Free) => known.clone().stretched(),
            (Unit::Free, known) if sign > 0 => known.clone().stretched(),
            (Unit::Free, Unit::Known(b)) => Unit::Known(Powers::default().product(b, sign)),
            (Unit::Known(a), Unit::Known(b)) => Unit::Known(a.product(b, sign)),
        }
    }

    /// The unit of a sum, difference or choice; `None` where they don't go together.
    pub fn with(&self, other: &Unit) -> Option<Unit> {
        match (self, other) {
            (Unit::Unknown, Unit::Free) | (Unit::Free, Unit::Unknown) => Some(Unit::Unknown),
            // A known side tells what the other one must be.
            (Unit::Unknown | Unit::Free, known) | (known, Unit::Unknown | Unit::Free) => Some(known.clone()),
            (Unit::Known(a), Unit::Known(b)) if a.is_plain() && b.is_plain() => {
                Some(Unit::plain(a.kind.with(&b.kind)?))
            }
            (Unit::Known(a), Unit::Known(b)) => {
                a.same_dimension(b).then(|| Unit::Known(Powers { kind: Kind::Ratio, ..a.clone() }))
            }
        }
    }

    /// Whether a number of this unit may be shown in a declared one.
    pub fn shows_as(&self, declared: &UnitName) -> bool {
        let Unit::Known(powers) = self else { return true };
        match declared {
            // A ratio of two amounts of a period is a number of periods (payback).
            UnitName::Time(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year) => {
                powers.is_plain() || powers.is_seconds()
            }
            UnitName::Percent => powers.is_plain() && powers.kind != Kind::Count,
            UnitName::Score(Some(declared)) => {
                powers.is_plain() && self.scale().is_none_or(|scale| scale == declared)
            }
            UnitName::Ratio | UnitName::Count | UnitName::Score(None) => powers.is_plain(),
            UnitName::Currency(_) | UnitName::Duration | UnitName::Time(_) => {
                self.with(&Unit::of(declared)).is_some()
            }
        }
    }
}

impl Powers {
    fn is_plain(&self) -> bool {
        self.currencies.is_empty() && self.seconds == 0
    }

    fn is_seconds(&self) -> bool {
        self.currencies.is_empty() && self.seconds == 1
    }

    fn same_dimension(&self, other: &Powers) -> bool {
        self.currencies == other.currencies && self.seconds == other.seconds
    }

    fn product(&self, other: &Powers, sign: i32) -> Powers {
        let seconds = self.seconds.saturating_add(other.seconds.saturating_mul(sign));
        let mut product = Powers { currencies: self.currencies.clone(), seconds, kind: Kind::Ratio };
        for (currency, power) in &other.currencies {
            product.add(currency, power.saturating_mul(sign));
        }
        product
    }

    fn add(&mut self, currency: &Currency, power: i32) {
        match self.currencies.iter_mut().find(|(known, _)| known == currency) {
            Some((_, mine)) => *mine = mine.saturating_add(power),
            None => self.currencies.push((currency.clone(), power)),
        }
        self.currencies.retain(|(_, power)| *power != 0);
        self.currencies.sort();
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unit::Known(powers) = self else { return f.write_str("a number") };
        if powers.is_plain() {
            return match &powers.kind {
                Kind::Ratio => f.write_str("a ratio"),
                Kind::Count => f.write_str("a count"),
                Kind::Percent => f.write_str("a percentage"),
                Kind::Score(None) => f.write_str("a score"),
                Kind::Score(Some(points)) => {
                    let of = if points.stretched { " times a number" } else { "" };
                    write!(f, "a score from {}{of}", points.scale)
                }
            };
        }
        let time = (powers.seconds != 0).then(|| ("seconds".to_string(), powers.seconds));
        let parts: Vec<String> = powers
            .currencies
            .iter()
            .map(|(currency, power)| (currency.to_string(), *power))
            .chain(time)
            .map(|(unit, power)| if power == 1 { unit } else { format!("{unit}^{power}") })
            .collect();
        f.write_str(&parts.join(" · "))
    }
}

/// Seconds in a unit of fixed length, as digits; none for months and longer.
pub fn seconds_in(unit: TimeUnit) -> Option<&'static str> {
    match unit {
        TimeUnit::Millisecond => Some("0.001"),
        TimeUnit::Second => Some("1"),
        TimeUnit::Minute => Some("60"),
        TimeUnit::Hour => Some("3600"),
        TimeUnit::Day => Some("86400"),
        TimeUnit::Week => Some("604800"),
        TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => None,
    }
}

#[cfg(test)]
mod laws;
