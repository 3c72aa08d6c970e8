//! What a person sees of a sheet: columns that tell something, numbers in units.

use super::goals;
use super::number::{Number, Writing};
use super::period;
use super::sheet::{Column, Kind, Line, Reader, Sheet};
use super::verdicts;
use crate::plan::Role;
use crate::run::Value;

/// Texts of a sheet, column by column.
#[derive(Debug, PartialEq, Eq)]
pub struct Human {
    pub columns: Vec<HumanColumn>,
    pub rows: Vec<Vec<String>>,
    /// What the marks in it mean, a line each.
    pub notes: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct HumanColumn {
    pub name: String,
    pub is_number: bool,
    pub is_status: bool,
}

/// What stands for a number that is suppressed.
pub const SUPPRESSED: &str = "(suppressed)";

/// Behind a period that is not wholly asked and known.
const MARK: &str = " *";
/// Behind a period at which a definition changes.
const BREAK: &str = " †";

/// A sheet as people read it, its numbers in this writing.
pub fn human(sheet: &Sheet, writing: &Writing) -> Human {
    let told: Vec<usize> = (0..sheet.columns.len()).filter(|column| is_told(sheet, *column)).collect();
    let columns = told.iter().map(|index| {
        let column = &sheet.columns[*index];
        HumanColumn {
            name: heading(column),
            is_number: matches!(column.kind, Kind::Number(_) | Kind::Measured),
            is_status: column.kind == Kind::Status,
        }
    });
    let rows = sheet.lines.iter().map(|line| told.iter().map(|i| cell(sheet, line, *i, writing)).collect());
    Human { columns: columns.collect(), rows: rows.collect(), notes: notes(sheet) }
}

fn is_told(sheet: &Sheet, column: usize) -> bool {
    let Column { kind, role, reader, .. } = &sheet.columns[column];
    let is_mark = matches!(kind, Kind::Suppressed | Kind::Others);
    let is_for_people = !is_mark && *reader != Reader::Programs;
    is_for_people && tells(sheet, column) && role.is_none_or(|role| goals::is_told(sheet, column, role))
}

fn notes(sheet: &Sheet) -> Vec<String> {
    let mut notes = marks(sheet);
    if sheet.lines.iter().any(|line| !line.suppressed.is_empty()) {
        notes.push(
            "(suppressed): too few stand behind the number, or such a number would follow from it".into(),
        );
    }
    notes.extend(sheet.context.iter().map(|what| line(what)));
    notes
}

fn marks(sheet: &Sheet) -> Vec<String> {
    let mut notes = Vec::new();
    if !sheet.columns.iter().any(|column| matches!(column.kind, Kind::Period(_))) {
        return notes;
    }
    if sheet.lines.iter().any(|line| !line.is_complete) {
        notes.push("* not complete: the period is cut, or its end is not known yet".into());
    }
    let mut broken: Vec<String> = Vec::new();
    for name in sheet.lines.iter().flat_map(|line| &line.breaks).map(|name| line(name)) {
        if !broken.contains(&name) {
            broken.push(name);
        }
    }
    if !broken.is_empty() {
        notes.push(format!(
            "† the definition changes here, or between what is compared: {}",
            broken.join(", ")
        ));
    }
    notes
}

fn heading(column: &Column) -> String {
    match column.kind {
        Kind::Period(grain) => grain.word().to_string(),
        Kind::Word
        | Kind::Day
        | Kind::Truth
        | Kind::Suppressed
        | Kind::Others
        | Kind::Kpi
        | Kind::Member
        | Kind::Verdict
        | Kind::Status
        | Kind::Number(_)
        | Kind::Measured => match column.role.and_then(goals::heading) {
            Some(word) => word.to_string(),
            None => line(&column.name),
        },
    }
}

/// Slicing and segment tell nothing where every line has the same.
fn tells(sheet: &Sheet, column: usize) -> bool {
    if sheet.columns[column].kind != Kind::Word {
        return true;
    }
    let mut values = sheet.lines.iter().map(|line| &line.values[column]);
    match values.next() {
        Some(first) => values.any(|value| value != first) || *first == Value::Null,
        None => true,
    }
}

fn cell(sheet: &Sheet, of: &Line, column: usize, writing: &Writing) -> String {
    let value = &of.values[column];
    match &sheet.columns[column].kind {
        Kind::Period(grain) => {
            let marks = [(!of.is_complete, MARK), (!of.breaks.is_empty(), BREAK)];
            let marks = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| *mark);
            period::name(*grain, value) + &marks.collect::<String>()
        }
        Kind::Member if of.others == Some(column) => "(others)".into(),
        Kind::Member if sheet.is_nameless(of, column) => "(none)".into(),
        Kind::Verdict if of.suppressed.contains(&column) => SUPPRESSED.into(),
        Kind::Verdict => match verdicts::holds(value) {
            None => "no data".into(),
            Some(false) => "fails".into(),
            Some(true) => "holds".into(),
        },
        Kind::Member | Kind::Kpi | Kind::Word | Kind::Day | Kind::Truth | Kind::Suppressed | Kind::Others => {
            line(&value.text().unwrap_or_default())
        }
        Kind::Number(_) | Kind::Measured | Kind::Status if of.suppressed.contains(&column) => {
            SUPPRESSED.into()
        }
        Kind::Status => goals::status(value),
        Kind::Number(_) | Kind::Measured => {
            let number = number(sheet, of, column);
            match sheet.columns[column].role {
                None | Some(Role::Value) => writing.shown(value, &number),
                Some(role) => goals::Said { sheet, line: of, column, writing }.text(role),
            }
        }
    }
}

/// What a line's number in a column is.
pub fn number(sheet: &Sheet, of: &Line, column: usize) -> Number {
    match &sheet.columns[column].kind {
        Kind::Number(number) => number.clone(),
        _ => of.number.clone().unwrap_or_default(),
    }
}

/// One harmless line: what could steer a terminal becomes a space.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
