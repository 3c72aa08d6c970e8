//! `fiscal_year` of `kpic.yaml`: a month that years start with, or years of whole weeks.

use super::loader::{Entry, Scalar, Value};
use super::shape::{Reader, list, near, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{FiscalWeeks, FiscalYear, MONTHS, WEEKDAYS, YearEnd};

pub const KEYS: [&str; 2] = ["weeks", "ends"];
/// One quarter's months in weeks; each of them has 13.
pub const PATTERNS: [(&str, [u8; 3]); 3] = [("4-4-5", [4, 4, 5]), ("4-5-4", [4, 5, 4]), ("5-4-4", [5, 4, 4])];

/// The day that a year ends on.
type End = (YearEnd, u8, u8);

impl Reader<'_, '_> {
    /// Years of months are named by their first month; years of weeks by a map.
    pub fn fiscal_year(&mut self, entry: &Entry) -> Option<Spanned<FiscalYear>> {
        let Value::Map(map) = &entry.value.value else {
            let month = self.counted(entry, "a month", &MONTHS)?;
            return Some(Spanned::new(FiscalYear::Months(month.value), month.span));
        };
        let (mut pattern, mut ends) = (None, None);
        for entry in &map.entries {
            match entry.key.text.as_str() {
                "weeks" => pattern = Some(self.text(entry).and_then(|text| self.pattern(text))),
                "ends" => {
                    let text = self.text(entry);
                    ends = Some(text.and_then(|text| Some(Spanned::new(self.year_end(text)?, text.span))));
                }
                _ => self.unknown_setting(entry, "a fiscal year of weeks", &KEYS),
            }
        }
        for (key, is_there) in KEYS.into_iter().zip([pattern.is_some(), ends.is_some()]) {
            if !is_there {
                self.lacks(&entry.key, key);
            }
        }
        let (pattern, ends) = (pattern??, ends??);
        let (rule, weekday, month) = ends.value;
        let weeks = FiscalWeeks { pattern, weekday, ends: rule, month };
        Some(Spanned::new(FiscalYear::Weeks(weeks), ends.span))
    }

    fn lacks(&mut self, year: &Scalar, key: &str) {
        let fact = format!("a fiscal year of weeks has no `{key}`");
        self.sink.push(
            Diagnostic::error(Code::ProjectFile, year.span, fact)
                .because("years of weeks are cut by a pattern, and end on a day of the week")
                .help("write `weeks: 4-5-4` and `ends: saturday nearest the end of january` below it"),
        );
    }

    fn pattern(&mut self, text: &Scalar) -> Option<[u8; 3]> {
        let known = PATTERNS.iter().find(|(word, _)| *word == text.text);
        if known.is_none() {
            self.bad_value(text, "a quarter of 13 weeks", &PATTERNS.map(|(word, _)| word));
        }
        known.map(|(_, pattern)| *pattern)
    }

    /// `last saturday of august`, or `saturday nearest the end of january`.
    fn year_end(&mut self, text: &Scalar) -> Option<End> {
        let lower = text.text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let (rule, weekday, month) = match words.as_slice() {
            ["last", weekday, "of", month] => (YearEnd::Last, *weekday, *month),
            [weekday, "nearest", "the", "end", "of", month] => (YearEnd::Nearest, *weekday, *month),
            _ => {
                let fact = format!("`{}` is no day that a year ends on", short(&text.text));
                self.sink.push(
                    Diagnostic::error(Code::ProjectFile, text.span, fact)
                        .because("a year of weeks ends on a weekday in or near a month")
                        .help("write `last saturday of august`, or `saturday nearest the end of january`"),
                );
                return None;
            }
        };
        let weekday = self.word(text, weekday, "a day of the week", &WEEKDAYS);
        let month = self.word(text, month, "a month", &MONTHS);
        Some((rule, weekday?, month?))
    }

    /// A word's number in a list, counted from 1.
    fn word(&mut self, text: &Scalar, word: &str, what: &str, words: &[&str]) -> Option<u8> {
        let number = words.iter().zip(1u8..).find(|(known, _)| **known == word).map(|(_, number)| number);
        if number.is_none() {
            let found =
                Diagnostic::error(Code::ProjectFile, text.span, format!("`{}` is not {what}", short(word)));
            self.sink.push(match near(word, words.iter().copied()) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help(format!("write one of {}", list(words))),
            });
        }
        number
    }
}
