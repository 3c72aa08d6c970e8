//! A table of a database whose rows are targets, as the sheet that a project keeps of it.

use super::cells::written;
use super::{Column, WORDS, column, is_literal, lacks};
use crate::diagnostic::nearest;
use crate::source::mark;
use crate::syntax::ast::{ColumnType, Name};

/// Where the sheets of tables lie in a project.
pub const FOLDER: &str = "kpic.targets";

/// A table as it was read.
#[derive(Debug, Default)]
pub struct Table {
    pub columns: Vec<(String, Told)>,
    /// Each as long as `columns`; `None` is NULL.
    pub rows: Vec<Vec<Option<String>>>,
}

/// What the database says of a column's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing: a file of texts, whose cells are written as those of a sheet.
    Nothing,
    Type(ColumnType),
    /// A type that definitions do not know, in the database's word.
    Other(String),
}

/// Something of a table that no sheet can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// What follows its name.
    pub fact: String,
    pub help: String,
}

/// The file of a table's sheet, from the project's root. Two tables never share one, not even where
/// files do not differ by the case of their letters.
pub fn file_of(table: &[Name]) -> String {
    const LONGEST: usize = 80;
    let parts: Vec<&str> = table.iter().map(|part| part.value.as_str()).collect();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let whole = parts.join(".");
    if whole.len() <= LONGEST && parts.iter().all(|part| !part.is_empty() && part.chars().all(is_plain)) {
        return format!("{FOLDER}/{whole}.csv");
    }
    let sign = |c: char| if is_plain(c) || c == '.' { c } else { '_' };
    let about: String = whole.chars().map(|c| sign(c.to_ascii_lowercase())).take(LONGEST).collect();
    format!("{FOLDER}/{}-{}.csv", about.trim_start_matches('.'), mark(&format!("{parts:?}")))
}

/// A dimension of the project, and whether its members are texts, if anybody says.
pub type Dimension = (String, Option<bool>);

/// A table's sheet: its rows in one order, so that the same table gives the same text.
///
/// # Errors
/// Columns that say nothing of a target, or in a way that a sheet has not.
pub fn of_table(table: &Table, dimensions: &[Dimension]) -> Result<String, Vec<Unsaid>> {
    let mut unsaid = Vec::new();
    let mut heads: Vec<Head<'_>> = Vec::new();
    for (place, (name, told)) in table.columns.iter().enumerate() {
        match head(place, name, told, dimensions) {
            Ok(Head { column: Column::Remark, .. }) => {}
            Ok(head) => match heads.iter().find(|other| other.column == head.column) {
                Some(other) => unsaid.push(Unsaid {
                    fact: format!("has the columns `{}` and `{name}`, which say one thing", other.name),
                    help: "leave one of them out in a view".into(),
                }),
                None => heads.push(head),
            },
            Err(error) => unsaid.push(error),
        }
    }
    heads.sort_by_key(Head::rank);
    let columns: Vec<Column> = heads.iter().map(|head| head.column.clone()).collect();
    if unsaid.is_empty() {
        unsaid.extend(lacks(&columns).map(|(fact, help)| Unsaid { fact: fact.into(), help: help.into() }));
    }
    if !unsaid.is_empty() {
        return Err(unsaid);
    }
    let mut lines: Vec<Vec<String>> = table.rows.iter().map(|row| cells(&heads, row)).collect();
    lines.sort();
    let first: Vec<String> = heads.iter().map(|head| head.said.clone()).collect();
    let text = written(std::iter::once(&first).chain(&lines));
    match text.contains('\0') {
        true => Err(vec![Unsaid {
            fact: "has a NUL byte in a text, which no file of text may have".into(),
            help: "mend the text in the table".into(),
        }]),
        false => Ok(text),
    }
}

/// A column that says something of a target.
struct Head<'t> {
    place: usize,
    name: &'t str,
    told: &'t Told,
    column: Column,
    /// As the sheet has it.
    said: String,
    /// Of a dimension whose members are texts.
    is_text: bool,
}

impl Head<'_> {
    fn is_time(&self) -> bool {
        matches!(self.column, Column::Period | Column::From | Column::Until)
    }

    /// Where it stands: who, for whom, when, how much.
    fn rank(&self) -> (u8, String) {
        let rank = match &self.column {
            Column::Kpi => 0,
            Column::Segment => 1,
            Column::Dimension(_) => 2,
            Column::Each => 3,
            Column::Period => 4,
            Column::From => 5,
            Column::Until => 6,
            Column::Target => 7,
            Column::To => 8,
            Column::Unit => 9,
            Column::Of(..) => 10,
            Column::Remark => 11,
        };
        (rank, self.said.clone())
    }
}

fn head<'t>(
    place: usize,
    name: &'t str,
    told: &'t Told,
    dimensions: &[Dimension],
) -> Result<Head<'t>, Unsaid> {
    let word = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)).map(|(word, _)| *word);
    let column = column(word.unwrap_or(name));
    let made = |column: Column, said: &str, is_text| Head {
        place,
        name,
        told,
        column,
        said: said.to_string(),
        is_text,
    };
    let head = match &column {
        Column::Dimension(_) => {
            let mut alike = dimensions.iter().filter(|(id, _)| id.to_lowercase() == name.to_lowercase());
            let exact = dimensions.iter().find(|(id, _)| id == name);
            let (id, is_text) = match (exact, alike.next(), alike.next()) {
                (Some(one), ..) | (None, Some(one), None) => one,
                _ => return Err(no_part(name, dimensions)),
            };
            let is_text = is_text.unwrap_or(*told == Told::Type(ColumnType::Text));
            made(Column::Dimension(id.clone()), id, is_text)
        }
        _ => made(column.clone(), word.unwrap_or(name), false),
    };
    let refused = |what: &str, help: &str| Unsaid {
        fact: format!("has {what} in the column `{name}`"),
        help: help.to_string(),
    };
    match (&head.column, told) {
        (Column::Remark, _) => Ok(head),
        (_, Told::Other(word)) => {
            Err(refused(&format!("values of the type {word}"), "cast it to a text or a number in a view"))
        }
        (_, Told::Type(ColumnType::Instant)) if head.is_time() => Err(refused(
            "instants",
            "cast it to a date in a view: an instant lies on another day in another zone",
        )),
        _ => Ok(head),
    }
}

fn no_part(name: &str, dimensions: &[Dimension]) -> Unsaid {
    let known = WORDS.iter().map(|(word, _)| *word).chain(dimensions.iter().map(|(id, _)| id.as_str()));
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "its columns are `kpi`, `target`, `period` and dimensions of the project; leave others out in a view".into(),
    };
    Unsaid { fact: format!("has the column `{name}`, which says nothing of a target"), help }
}

fn cells(heads: &[Head<'_>], row: &[Option<String>]) -> Vec<String> {
    let value = |head: &Head<'_>| row.get(head.place).and_then(Option::as_deref);
    heads.iter().map(|head| value(head).map_or_else(String::new, |value| cell(head, value))).collect()
}

/// A value as the cell of a sheet has it.
fn cell(head: &Head<'_>, value: &str) -> String {
    let said = match head.told {
        Told::Type(ColumnType::Float) => written_out(value),
        Told::Type(ColumnType::Boolean) => match value {
            "t" | "true" | "1" => "true".into(),
            _ => "false".into(),
        },
        Told::Type(ColumnType::Timestamp) => of_midnight(value).unwrap_or(value).to_string(),
        Told::Nothing if head.is_time() => of_midnight(value).unwrap_or(value).to_string(),
        Told::Nothing | Told::Type(_) | Told::Other(_) => value.to_string(),
    };
    let is_typed = *head.told != Told::Nothing;
    let is_quoted = said.len() > 1 && said.starts_with('\'') && said.ends_with('\'');
    let is_other = is_literal(&said) || said.trim() != said || said.is_empty();
    match head.is_text && is_other && (is_typed || !(is_quoted || said.is_empty())) {
        true => format!("'{}'", said.replace('\'', "''")),
        false => said,
    }
}

/// A number without exponent, as short as it reads back.
fn written_out(value: &str) -> String {
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        Ok(_) | Err(_) => value.to_string(),
    }
}

/// The day of a time that is its beginning.
fn of_midnight(value: &str) -> Option<&str> {
    let (day, time) = value.split_once(['T', ' '])?;
    time.chars().all(|c| matches!(c, '0' | ':' | '.')).then_some(day)
}
