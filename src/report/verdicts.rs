//! What became of assertions.

use super::period;
use super::sheet::{Kind, Line, Sheet};
use crate::run::Value;

/// What became of one assertion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    pub id: String,
    /// Cells in which it holds.
    pub holds: usize,
    /// Those in which it fails, as people name them.
    pub fails: Vec<String>,
    /// Those in which a number that it compares is empty.
    pub undecided: usize,
}

/// Marks the columns of these assertions, which tables show as words, and counts what they say.
pub fn verdicts(sheet: &mut Sheet, ids: &[String]) -> Vec<Verdict> {
    let mut found = Vec::new();
    for id in ids {
        let column = sheet.columns.iter().position(|c| c.name == *id && matches!(c.kind, Kind::Number(_)));
        let Some(column) = column else { continue };
        let mut verdict = Verdict { id: id.clone(), ..Verdict::default() };
        for line in &sheet.lines {
            match holds(&line.values[column]) {
                None => verdict.undecided += 1,
                Some(false) => verdict.fails.push(cell(sheet, line)),
                Some(true) => verdict.holds += 1,
            }
        }
        sheet.columns[column].kind = Kind::Verdict;
        found.push(verdict);
    }
    found
}

/// What an assertion's number says; `None`: it is not decided.
pub fn holds(value: &Value) -> Option<bool> {
    value.number().map(|number| number != 0.0)
}

/// Period, members and segment of a line: `2026-01, web, FR`.
fn cell(sheet: &Sheet, line: &Line) -> String {
    let mut parts = Vec::new();
    for (at, column) in sheet.columns.iter().enumerate() {
        let value = &line.values[at];
        match &column.kind {
            Kind::Period(grain) => parts.push(period::name(*grain, value)),
            Kind::Member if line.sliced.contains(&at) => {
                parts.push(value.text().unwrap_or_else(|| "(none)".into()));
            }
            Kind::Word if column.name == "segment" => {
                parts.extend(value.text().filter(|segment| segment != "all"));
            }
            _ => {}
        }
    }
    parts.join(", ")
}
