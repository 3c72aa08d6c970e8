//! Exact decimals: what a cell says, compared digit by digit.

/// A number of at most 38 digits; no two of them are the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    /// How many of them stand behind the point; as few as can be.
    scale: u32,
}

impl Decimal {
    pub const ZERO: Decimal = Decimal { digits: 0, scale: 0 };
    pub const HUNDRED: Decimal = Decimal { digits: 100, scale: 0 };

    /// Digits with an optional sign and point; `None` beyond 38 of them.
    pub fn read(text: &str) -> Option<Decimal> {
        let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{behind}").parse().ok()?;
        Some(Decimal { digits, scale: u32::try_from(behind.len()).ok()? }.shortened())
    }

    /// The product, if it has no more than 38 digits.
    pub fn times(self, other: Decimal) -> Option<Decimal> {
        let digits = self.digits.checked_mul(other.digits)?;
        Some(Decimal { digits, scale: self.scale + other.scale }.shortened())
    }

    /// A hundredth of it.
    pub fn hundredth(self) -> Decimal {
        Decimal { digits: self.digits, scale: self.scale + 2 }.shortened()
    }

    pub fn negated(self) -> Decimal {
        Decimal { digits: -self.digits, ..self }
    }

    /// How many digits stand behind the point.
    pub fn scale(self) -> usize {
        self.scale as usize
    }

    /// How many digits stand before it, a lonely zero aside.
    pub fn whole_digits(self) -> usize {
        let digits = self.digits.unsigned_abs().to_string().len();
        if self.digits == 0 { 0 } else { digits.saturating_sub(self.scale()) }
    }

    fn shortened(mut self) -> Decimal {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = self.scale() + 1);
        let (whole, behind) = digits.split_at(digits.len() - self.scale());
        let point = if behind.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{behind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_exactly() {
        let cases = [
            ("0", "0"),
            ("-0.50", "-0.5"),
            ("100", "100"),
            ("007.10", "7.1"),
            ("0.001", "0.001"),
            ("-12.00", "-12"),
        ];
        for (text, expected) in cases {
            assert_eq!(Decimal::read(text).map(|d| d.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(Decimal::read(&"9".repeat(40)), None);
        assert_eq!(Decimal::read("1e3"), None);
        let number = |text| Decimal::read(text).expect("it is a number");
        assert_eq!(number("2.5").hundredth().to_string(), "0.025");
        assert_eq!(number("1.5").times(number("3600")).map(|d| d.to_string()).as_deref(), Some("5400"));
        assert_eq!((number("12.34").whole_digits(), number("0.001").whole_digits()), (2, 0));
    }
}
