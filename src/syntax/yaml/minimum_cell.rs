//! `minimum_cell` of `kpic.yaml`: how many must stand behind a number that is shown.

use super::loader::{Entry, Scalar};
use super::shape::{Reader, placed, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::MinimumCell;

pub const KEYS: [&str; 2] = ["count", "of"];

impl Reader<'_, '_> {
    /// `{count: 10, of: learner}`
    pub fn minimum_cell(&mut self, entry: &Entry) -> Option<MinimumCell> {
        let map = self.map(&entry.value, "`minimum_cell`")?;
        let (mut count, mut of) = (None, None);
        for entry in &map.entries {
            match entry.key.text.as_str() {
                "count" => count = Some(self.text(entry).and_then(|text| self.at_least_two(text))),
                "of" => of = Some(self.text(entry).map(placed)),
                _ => self.unknown_setting(entry, "`minimum_cell`", &KEYS),
            }
        }
        for (key, is_there) in KEYS.into_iter().zip([count.is_some(), of.is_some()]) {
            if !is_there {
                let fact = format!("`minimum_cell` has no `{key}`");
                self.sink.push(
                    Diagnostic::error(Code::ProjectFile, entry.key.span, fact)
                        .because("a number is shown when so many members of a dimension stand behind it")
                        .help("write both: `minimum_cell: { count: 10, of: learner }`"),
                );
            }
        }
        Some(MinimumCell { count: count??, of: of?? })
    }

    fn at_least_two(&mut self, text: &Scalar) -> Option<Spanned<u32>> {
        match text.text.parse() {
            Ok(count @ 2..=MOST) => Some(Spanned::new(count, text.span)),
            Ok(_) | Err(_) => {
                let fact = format!("`{}` is no number of members that a cell must have", short(&text.text));
                self.sink.push(
                    Diagnostic::error(Code::ProjectFile, text.span, fact)
                        .because(
                            "behind every number stands one at least, and no project has more than a billion",
                        )
                        .help("write a whole number from 2 on"),
                );
                None
            }
        }
    }
}

pub const MOST: u32 = 1_000_000_000;
