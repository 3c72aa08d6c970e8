//! The algebra of units (semantics rule 18).
//!
//! EUR / count is EUR, EUR + USD is an error, durations add and divide.

use std::fmt;

use crate::syntax::ast::{TimeUnit, UnitName};

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
    /// Currency and exponent, never 0, sorted by code.
    currencies: Vec<(String, i32)>,
    seconds: i32,
    kind: Kind,
}

/// What a number without dimension is, for display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Ratio,
    Count,
    Percent,
    Score,
}

impl Kind {
    fn excludes(self, other: Kind) -> bool {
        matches!((self, other), (Kind::Count, Kind::Percent) | (Kind::Percent, Kind::Count))
    }
}

impl Unit {
    pub fn plain(kind: Kind) -> Unit {
        Unit::Known(Powers { kind, ..Powers::default() })
    }

    pub fn currency(code: &str) -> Unit {
        Unit::Known(Powers { currencies: vec![(code.to_string(), 1)], ..Powers::default() })
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
            UnitName::Score => Unit::plain(Kind::Score),
            UnitName::Duration => Unit::seconds(),
            UnitName::Time(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year) => Unit::Unknown,
            UnitName::Time(_) => Unit::seconds(),
        }
    }

    /// The word that shows values of this unit; none where no single word does.
    pub fn name(&self) -> Option<UnitName> {
        let Unit::Known(powers) = self else { return None };
        match (powers.currencies.as_slice(), powers.seconds) {
            ([(code, 1)], 0) => Some(UnitName::Currency(code.clone())),
            ([], 1) => Some(UnitName::Duration),
            ([], 0) => Some(match powers.kind {
                Kind::Ratio => UnitName::Ratio,
                Kind::Count => UnitName::Count,
                Kind::Percent => UnitName::Percent,
                Kind::Score => UnitName::Score,
            }),
            _ => None,
        }
    }

    /// Whether it is of money, by itself or of each of something.
    pub fn is_money(&self) -> bool {
        matches!(self, Unit::Known(powers) if !powers.currencies.is_empty())
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
            (known, Unit::Free) => known.clone(),
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
            (Unit::Known(a), Unit::Known(b)) if a == b => Some(self.clone()),
            // A hundred orders and three percent are no sum.
            (Unit::Known(a), Unit::Known(b)) if a.is_plain() && b.is_plain() && a.kind.excludes(b.kind) => {
                None
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
            UnitName::Ratio | UnitName::Count | UnitName::Score => powers.is_plain(),
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
        let mut currencies = self.currencies.clone();
        for (code, power) in &other.currencies {
            match currencies.iter_mut().find(|(c, _)| c == code) {
                Some((_, mine)) => *mine = mine.saturating_add(sign * power),
                None => currencies.push((code.clone(), sign * power)),
            }
        }
        currencies.retain(|(_, power)| *power != 0);
        currencies.sort();
        let seconds = self.seconds.saturating_add(sign * other.seconds);
        Powers { currencies, seconds, kind: Kind::Ratio }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unit::Known(powers) = self else { return f.write_str("a number") };
        if powers.is_plain() {
            return f.write_str(match powers.kind {
                Kind::Ratio => "a ratio",
                Kind::Count => "a count",
                Kind::Percent => "a percentage",
                Kind::Score => "a score",
            });
        }
        let time = (powers.seconds != 0).then(|| ("seconds".to_string(), powers.seconds));
        let parts: Vec<String> = powers
            .currencies
            .iter()
            .cloned()
            .chain(time)
            .map(|(unit, power)| if power == 1 { unit } else { format!("{unit}^{power}") })
            .collect();
        f.write_str(&parts.join(" · "))
    }
}

/// A declared unit's word.
pub fn word(unit: &UnitName) -> String {
    match unit {
        UnitName::Currency(code) => code.clone(),
        UnitName::Percent => "percent".into(),
        UnitName::Ratio => "ratio".into(),
        UnitName::Count => "count".into(),
        UnitName::Score => "score".into(),
        UnitName::Duration => "duration".into(),
        UnitName::Time(time) => format!("{time:?}s").to_lowercase(),
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
mod tests {
    use super::*;

    #[test]
    fn money_over_count_is_money() {
        let eur = Unit::currency("EUR");
        assert_eq!(eur.over(&Unit::plain(Kind::Count)), eur);
        assert_eq!(eur.over(&eur), Unit::plain(Kind::Ratio));
        assert_eq!(eur.with(&Unit::currency("USD")), None);
        assert_eq!(Unit::plain(Kind::Count).with(&Unit::plain(Kind::Percent)), None);
        assert_eq!(Unit::plain(Kind::Count).with(&Unit::plain(Kind::Ratio)), Some(Unit::plain(Kind::Ratio)));
        assert_eq!(eur.with(&Unit::Free), Some(eur.clone()));
        assert_eq!(eur.times(&Unit::Unknown), Unit::Unknown);
    }

    #[test]
    fn durations_add_and_divide() {
        let time = Unit::seconds();
        assert_eq!(time.with(&time), Some(time.clone()));
        assert!(time.over(&time).is_plain());
        assert!(time.over(&Unit::plain(Kind::Count)).shows_as(&UnitName::Duration));
    }

    #[test]
    fn a_declared_unit_must_fit() {
        assert!(!Unit::currency("EUR").shows_as(&UnitName::Percent));
        assert!(Unit::plain(Kind::Ratio).shows_as(&UnitName::Percent));
        assert!(!Unit::plain(Kind::Count).shows_as(&UnitName::Percent));
        assert!(Unit::plain(Kind::Ratio).shows_as(&UnitName::Time(TimeUnit::Month)));
        assert!(Unit::Unknown.shows_as(&UnitName::Currency("EUR".into())));
    }
}
