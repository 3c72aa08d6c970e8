//! How people read a KPI's target, status and change: under short heads behind its number,
//! and without what says nothing.

use super::human::{self, SUPPRESSED};
use super::number::{Number, Writing};
use super::sheet::{Line, Sheet};
use crate::plan::Role;
use crate::resolve::resolved::UnitName;
use crate::run::Value;

/// The head of a column; a KPI's number has its own.
pub fn heading(role: Role) -> Option<&'static str> {
    match role {
        Role::Value => None,
        Role::Target | Role::TargetTo => Some("target"),
        Role::Attainment => Some("attained"),
        Role::Pacing => Some("pacing"),
        Role::Status => Some("status"),
        Role::Projected => Some("projected"),
        Role::Previous => Some("previous"),
        Role::Change | Role::ChangeRatio => Some("change"),
    }
}

/// Whether a column tells a reader something.
pub fn is_told(sheet: &Sheet, column: usize, role: Role) -> bool {
    match role {
        Role::Value | Role::Status => true,
        // Both bounds of a range stand beside each other, and so do both kinds of change.
        Role::TargetTo | Role::ChangeRatio => false,
        Role::Target | Role::Attainment | Role::Pacing | Role::Projected | Role::Previous | Role::Change => {
            let says = |line: &Line| {
                line.suppressed.contains(&column)
                    || (!line.values[column].is_nothing() && !is_repeated(sheet, line, column, role))
            };
            sheet.lines.iter().any(says)
        }
    }
}

/// What a column says of a line.
pub struct Said<'s> {
    pub sheet: &'s Sheet,
    pub line: &'s Line,
    pub column: usize,
    pub writing: &'s Writing,
}

impl Said<'_> {
    pub fn text(&self, role: Role) -> String {
        let Said { sheet, line, column, .. } = *self;
        if is_repeated(sheet, line, column, role) {
            return String::new();
        }
        match role {
            Role::Target => match read(sheet, line, column, Role::TargetTo) {
                Some((high, Value::Null)) if line.suppressed.contains(&high) => {
                    format!("{} to {SUPPRESSED}", self.number(column))
                }
                Some((_, Value::Null)) | None => self.number(column),
                Some((high, _)) => format!("{} to {}", self.number(column), self.number(high)),
            },
            Role::Change => self.change(),
            Role::Value
            | Role::TargetTo
            | Role::Attainment
            | Role::Pacing
            | Role::Status
            | Role::Projected
            | Role::Previous
            | Role::ChangeRatio => self.number(column),
        }
    }

    fn number(&self, column: usize) -> String {
        self.writing.shown(&self.line.values[column], &human::number(self.sheet, self.line, column))
    }

    /// Percentages change by points, other numbers by a part of what they were.
    fn change(&self) -> String {
        let Said { sheet, line, column, writing } = *self;
        let change = &line.values[column];
        let number = human::number(sheet, line, column);
        if number.unit == Some(UnitName::Percent) {
            let shown = writing.shown(change, &number);
            return match shown.strip_suffix('%') {
                Some(points) => format!("{} points", signed(change, points.trim_end())),
                None => shown,
            };
        }
        let part = Number { unit: Some(UnitName::Percent), ..Number::default() };
        match read(sheet, line, column, Role::ChangeRatio) {
            Some((_, ratio)) if !ratio.is_nothing() => signed(ratio, &writing.shown(ratio, &part)),
            // Of nothing there is no part.
            Some(_) | None => signed(change, &writing.shown(change, &number)),
        }
    }
}

/// Of a period that is over, what is due and what is foretold are what is.
fn is_repeated(sheet: &Sheet, line: &Line, column: usize, role: Role) -> bool {
    let of = match role {
        Role::Pacing => Role::Attainment,
        Role::Projected => Role::Value,
        _ => return false,
    };
    match (line.values[column].number(), read(sheet, line, column, of)) {
        (None, _) => line.is_complete,
        (own, Some((_, other))) => own == other.number(),
        (_, None) => false,
    }
}

fn signed(value: &Value, shown: &str) -> String {
    match value.number() {
        Some(number) if number > 0.0 => format!("+{shown}"),
        Some(_) | None => shown.to_string(),
    }
}

/// What another column says of the same KPI.
fn read<'l>(sheet: &Sheet, line: &'l Line, column: usize, role: Role) -> Option<(usize, &'l Value)> {
    sheet.beside(column, role).map(|index| (index, &line.values[index]))
}

/// A status as people say it.
pub fn status(value: &Value) -> String {
    words(&value.text().unwrap_or_default())
}

/// `on_track` as people say it.
pub fn words(status: &str) -> String {
    status.replace('_', " ")
}
