//! Values written down.

use super::functions::Level;
use super::print::Printer;
use super::quote;
use crate::sql::Literal;

impl Printer<'_> {
    pub(super) fn literal(&mut self, literal: &Literal) -> (Level, String) {
        let text = match literal {
            Literal::Null(ty) => self.dialect.null(*ty),
            Literal::Boolean(value) => self.dialect.boolean(*value).to_owned(),
            Literal::Number(digits) => {
                let digits = self.accept(quote::number(digits));
                let level = if digits.starts_with('-') { Level::Add } else { Level::Atom };
                return (level, self.dialect.number(digits));
            }
            Literal::Text(value) => self.literal_text(value),
            Literal::Date(iso) => self.iso(iso).map(|iso| self.dialect.date(iso)).unwrap_or_default(),
            Literal::Timestamp(iso) => {
                self.iso(iso).map(|iso| self.dialect.timestamp(iso)).unwrap_or_default()
            }
            Literal::Instant(iso) => {
                self.iso(iso).map(|iso| self.dialect.instant_literal(iso)).unwrap_or_default()
            }
            Literal::Interval(step) => {
                self.span(step.unit);
                self.dialect.interval(*step)
            }
        };
        (Level::Atom, text)
    }

    /// A time that can be written; else nothing, and a finding.
    fn iso<'i>(&mut self, iso: &'i str) -> Option<&'i str> {
        self.accept(quote::text(self.dialect, iso).map(|_| Some(iso)))
    }
}

/// A number in digits as it is where that is an integer of 64 bits, else as a decimal of
/// its own digits.
pub fn decimal(digits: &str, ty: &str) -> String {
    if is_small(digits) {
        return digits.trim_end_matches('.').to_owned();
    }
    let unsigned = digits.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let whole = whole.trim_start_matches('0').len();
    let precision = (whole + fraction.len()).max(1);
    format!("CAST('{digits}' AS {ty}({precision}, {}))", fraction.len())
}

/// An integer of 64 bits.
pub fn is_small(digits: &str) -> bool {
    let unsigned = digits.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    fraction.is_empty() && whole.len() < 19
}
