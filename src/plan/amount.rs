//! Exact amounts: what twelve months' targets are together, and what a day's share of one is.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::Literal;

/// A fraction of whole numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(BigRational);

impl Amount {
    pub fn zero() -> Amount {
        Amount(BigRational::zero())
    }

    /// A literal number; `None` for what is none.
    pub fn of(literal: &Literal) -> Option<Amount> {
        let Literal::Number(digits) = literal else { return None };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all: BigInt = format!("{whole}{decimals}").parse().ok()?;
        let places = u32::try_from(decimals.len()).ok()?;
        Some(Amount(BigRational::new(all, BigInt::from(10).pow(places))))
    }

    /// The part that so many of so many are; of none of none nothing.
    pub fn ratio(part: i64, whole: i64) -> Amount {
        if whole == 0 {
            return Amount::zero();
        }
        Amount(BigRational::new(part.into(), whole.into()))
    }

    pub fn plus(&self, other: &Amount) -> Amount {
        Amount(&self.0 + &other.0)
    }

    pub fn times(&self, other: &Amount) -> Amount {
        Amount(&self.0 * &other.0)
    }

    /// One divided by it; `None` of nothing.
    pub fn inverse(&self) -> Option<Amount> {
        (!self.0.is_zero()).then(|| Amount(self.0.recip()))
    }

    pub fn is_one(&self) -> bool {
        self.0.is_one()
    }

    /// As a division in a formula, whatever the amount is: the same formula with other numbers.
    pub fn quotient<L>(&self, span: Span) -> Scalar<L> {
        divided(self.0.numer(), self.0.denom(), span)
    }

    /// One divided by it, as [`Amount::quotient`]; NULL of nothing.
    pub fn inverse_quotient<L>(&self, span: Span) -> Scalar<L> {
        divided(self.0.denom(), self.0.numer(), span)
    }

    /// As a number of a formula: its digits, or a division of two where no digits end.
    pub fn scalar<L>(&self, span: Span) -> Scalar<L> {
        match digits(&self.0) {
            Some(digits) => {
                let ty = if digits.contains('.') { Type::Decimal(None) } else { Type::Integer };
                Scalar::new(ScalarKind::Literal(Literal::Number(digits)), ty, span)
            }
            None => self.quotient(span),
        }
    }
}

fn divided<L>(a: &BigInt, b: &BigInt, span: Span) -> Scalar<L> {
    let whole = |value: &BigInt| {
        Scalar::new(ScalarKind::Literal(Literal::Number(value.to_string())), Type::Integer, span)
    };
    Scalar::new(ScalarKind::Divide(Box::new(whole(a)), Box::new(whole(b))), Type::Float, span)
}

/// All digits of a fraction, if they end.
fn digits(fraction: &BigRational) -> Option<String> {
    let (mut rest, mut places) = (fraction.denom().clone(), 0_usize);
    for factor in [2, 5] {
        let mut found = 0;
        while (&rest % BigInt::from(factor)).is_zero() {
            rest /= BigInt::from(factor);
            found += 1;
        }
        places = places.max(found);
    }
    if !rest.is_one() {
        return None;
    }
    let shifted = fraction * BigRational::from_integer(BigInt::from(10).pow(u32::try_from(places).ok()?));
    let all = format!("{:0>width$}", shifted.to_integer().abs().to_string(), width = places + 1);
    let (whole, decimals) = all.split_at(all.len() - places);
    let sign = if fraction.is_negative() { "-" } else { "" };
    Some(if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str) -> Amount {
        Amount::of(&Literal::Number(digits.into())).expect("these are numbers")
    }

    #[test]
    fn sums_and_shares_are_exact() {
        let shown = |amount: &Amount| digits(&amount.0);
        assert_eq!(shown(&number("0.1").plus(&number("0.2"))).as_deref(), Some("0.3"));
        assert_eq!(shown(&number("-0.05")).as_deref(), Some("-0.05"));
        assert_eq!(shown(&number("50000").times(&Amount::ratio(1, 31))), None);
        assert_eq!(shown(&number("31").times(&Amount::ratio(7, 31))).as_deref(), Some("7"));
        let year = (0..12).fold(Amount::zero(), |sum, _| sum.plus(&number("33.3")));
        assert_eq!(shown(&year).as_deref(), Some("399.6"));
    }
}
