//! Sheets of targets: what finance plans, as CSV, read as targets of the language.
//!
//! A line is a KPI and its target: `kpi,channel,period,target`. Or a column is a period:
//! `kpi,channel,2026-01,2026-02`. Every cell is read by the rules of `target …`, and what is
//! wrong with one is shown where it stands.

mod cells;
mod table;

pub use table::{Dimension, FOLDER, Table, Told, Unsaid, file_of, of_table};

use cells::{Cell, records};

use jiff::ToSpan;
use jiff::civil::Date;

use super::ast::{KpiProperty, Name, Property, TargetPlace};
use super::dsl::{self, Fragment};
use super::format;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span, Spanned};

/// A target of a sheet, and whose it is.
#[derive(Debug)]
pub struct Planned {
    pub kpi: Name,
    pub target: Property<KpiProperty>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    Kpi,
    Target,
    /// The upper bound of a range.
    To,
    /// What the numbers of the line are in, where they do not say it themselves.
    Unit,
    Each,
    From,
    Until,
    /// The one period that the line is for.
    Period,
    Segment,
    /// The target of this period, with its grain.
    Of(String, &'static str),
    /// The member of this dimension; nothing where the line is for all of them.
    Dimension(String),
    /// A remark: its head is empty or begins with `#`.
    Remark,
}

const WORDS: [(&str, Column); 9] = [
    ("kpi", Column::Kpi),
    ("target", Column::Target),
    ("target_to", Column::To),
    ("target_unit", Column::Unit),
    ("each", Column::Each),
    ("from", Column::From),
    ("until", Column::Until),
    ("period", Column::Period),
    ("segment", Column::Segment),
];

/// The file of a sheet, from the project's root.
pub fn file(place: &TargetPlace) -> String {
    match place {
        TargetPlace::File(path) => path.value.clone(),
        TargetPlace::Table(parts) => file_of(&parts.value),
    }
}

/// Reads a sheet; cells that are not understood are reported and their targets left out.
pub fn targets(file: FileId, text: &str, sink: &mut Sink) -> Vec<Planned> {
    let mut records = records(text).into_iter();
    let Some(head) = records.next() else {
        let span = Span::new(file, 0, 0);
        sink.push(bad(span, "the sheet is empty").help("begin with a line of heads: `kpi,period,target`"));
        return Vec::new();
    };
    let columns: Vec<Column> = head.iter().map(|cell| column(&cell.text)).collect();
    let sheet = Sheet { file, head: &head, columns: &columns };
    if let Some(error) = sheet.incomplete() {
        sink.push(error);
        return Vec::new();
    }
    let mut planned = Vec::new();
    for record in records {
        // An empty line.
        if record.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        if record.len() != columns.len() {
            let fact = format!("the line has {} cells, and there are {} heads", record.len(), columns.len());
            sink.push(
                bad(sheet.line(&record), &fact).help("give each head its cell; an empty one may be empty"),
            );
            continue;
        }
        if let Some(cell) = sheet.of_two_lines(&record) {
            let error = bad(sheet.span(cell), "the cell has a line end in it");
            sink.push(
                error
                    .because("texts of the language end on their line, so it would be another text")
                    .help("write the cell on one line"),
            );
            continue;
        }
        planned.extend(sheet.record(&record, sink));
    }
    planned
}

fn column(head: &str) -> Column {
    if head.is_empty() || head.starts_with('#') {
        return Column::Remark;
    }
    if let Some((_, column)) = WORDS.iter().find(|(word, _)| *word == head) {
        return column.clone();
    }
    match grain_of(head) {
        Some(grain) => Column::Of(head.to_string(), grain),
        None => Column::Dimension(head.to_string()),
    }
}

/// The grain of a period, by its shape.
fn grain_of(period: &str) -> Option<&'static str> {
    let shape: String =
        period.chars().map(|c| if c.is_ascii_digit() { '0' } else { c.to_ascii_uppercase() }).collect();
    match shape.as_str() {
        "0000" => Some("year"),
        "0000-Q0" => Some("quarter"),
        "0000-00" => Some("month"),
        "0000-W00" => Some("week"),
        "0000-00-00" => Some("day"),
        _ => None,
    }
}

fn bad(span: Span, fact: &str) -> Diagnostic {
    Diagnostic::error(Code::TargetSheet, span, fact)
}

/// What heads lack, or have in two ways: the fact about them, and what to do.
fn lacks(columns: &[Column]) -> Option<(&'static str, &'static str)> {
    let has = |column: &Column| columns.contains(column);
    let of_periods = columns.iter().any(|column| matches!(column, Column::Of(..)));
    let when = [Column::Each, Column::From, Column::Until, Column::Period];
    let either = "write a line a target (`kpi,period,target`), or a column a period (`kpi,2026-01,2026-02`)";
    match (has(&Column::Target), of_periods) {
        _ if !has(&Column::Kpi) => {
            Some(("has no column `kpi`", "begin with the KPIs' ids: `kpi,period,target`"))
        }
        (true, true) => Some(("has a column `target` and columns of periods", either)),
        (false, false) => Some(("has no column `target`, and none of a period", either)),
        (false, true) if when.iter().any(has) => Some((
            "has periods as heads and in columns at once",
            "leave `each`, `from`, `until` and `period` out",
        )),
        (true, false) | (false, true) => None,
    }
}

struct Sheet<'s> {
    file: FileId,
    head: &'s [Cell],
    columns: &'s [Column],
}

impl Sheet<'_> {
    fn span(&self, cell: &Cell) -> Span {
        Span::new(self.file, cell.range.start, cell.range.end)
    }

    fn line(&self, record: &[Cell]) -> Span {
        let end = record.last().map_or(0, |cell| cell.range.end);
        Span::new(self.file, record.first().map_or(end, |cell| cell.range.start), end)
    }

    /// What the heads lack, or have twice.
    fn incomplete(&self) -> Option<Diagnostic> {
        let line = self.line(self.head);
        for (place, column) in self.columns.iter().enumerate() {
            let is_twice = *column != Column::Remark && self.columns[..place].contains(column);
            if is_twice {
                let head = &self.head[place];
                return Some(
                    bad(self.span(head), &format!("`{}` is a head twice", head.text)).help("leave one out"),
                );
            }
        }
        lacks(self.columns).map(|(fact, help)| bad(line, &format!("the sheet {fact}")).help(help))
    }

    /// A cell that says something, on more than one line.
    fn of_two_lines<'r>(&self, record: &'r [Cell]) -> Option<&'r Cell> {
        let cells = self.columns.iter().zip(record).filter(|(column, _)| **column != Column::Remark);
        cells.map(|(_, cell)| cell).find(|cell| cell.text.contains(['\n', '\r']))
    }

    /// The targets of a line.
    fn record(&self, record: &[Cell], sink: &mut Sink) -> Vec<Planned> {
        let cell = |column: &Column| {
            let place = self.columns.iter().position(|c| c == column)?;
            Some(&record[place]).filter(|cell| !cell.text.is_empty())
        };
        let Some(kpi) = cell(&Column::Kpi) else {
            sink.push(bad(self.line(record), "the line names no KPI").help("write its id under `kpi`"));
            return Vec::new();
        };
        let kpi = Spanned::new(kpi.text.clone(), self.span(kpi));
        let mut planned = Vec::new();
        let mut add = |words: Fragment, sink: &mut Sink| {
            let target = dsl::kpi_property(&words, sink);
            planned.extend(target.map(|target| Planned {
                kpi: kpi.clone(),
                target: Property { span: self.line(record), ..target },
            }));
        };
        if let Some(value) = cell(&Column::Target) {
            let mut words = self.begun(value, cell(&Column::To), cell(&Column::Unit));
            let when = [Column::Each, Column::From, Column::Until].map(|column| cell(&column));
            let put = match (cell(&Column::Period), when) {
                (Some(period), [each, None, None]) => self.of_period(&mut words, period, each),
                (Some(_), [_, from, until]) => from.or(until).map_or(Ok(()), |cell| {
                    Err(bad(self.span(cell), "the line says its period, and from when until when, too")
                        .help("leave one of the two empty"))
                }),
                (None, when) => {
                    for (word, cell) in ["each", "from", "until"].into_iter().zip(when) {
                        if let Some(cell) = cell {
                            words.push(&format!(" {word} "), self.span(cell));
                            self.put(&mut words, cell);
                        }
                    }
                    Ok(())
                }
            };
            if let Err(error) = put {
                sink.push(error);
                return planned;
            }
            self.scoped(&mut words, record);
            add(words, sink);
        } else if self.columns.contains(&Column::Target) {
            sink.push(
                bad(self.line(record), "the line has no target").help("leave it out, or write its value"),
            );
        }
        for (place, column) in self.columns.iter().enumerate() {
            let Column::Of(_, grain) = column else { continue };
            if record[place].text.is_empty() {
                continue;
            }
            let mut words = self.begun(&record[place], None, cell(&Column::Unit));
            self.during(&mut words, grain, &self.head[place]);
            self.scoped(&mut words, record);
            add(words, sink);
        }
        planned
    }

    /// `target 50_000 EUR`
    fn begun(&self, value: &Cell, to: Option<&Cell>, unit: Option<&Cell>) -> Fragment {
        let mut words = Fragment::new(self.file);
        let bounds = [Some(("target ", value)), to.map(|to| (" to ", to))];
        for (word, cell) in bounds.into_iter().flatten() {
            words.push(word, self.span(cell));
            self.put(&mut words, cell);
            if let Some(unit) = unit {
                words.push(if unit.text == "%" { "" } else { " " }, self.span(unit));
                self.put(&mut words, unit);
            }
        }
        words
    }

    /// The one period that a line is for: by its shape, or the one of a grain that begins with a day,
    /// as databases have it.
    ///
    /// # Errors
    /// What is no period, or none of that grain.
    fn of_period(&self, words: &mut Fragment, period: &Cell, each: Option<&Cell>) -> Result<(), Diagnostic> {
        let Some(grain) = grain_of(&period.text) else {
            let nearest = nearest(&period.text, WORDS.iter().map(|(word, _)| *word));
            let error = bad(self.span(period), &format!("`{}` is no period", period.text));
            return Err(error.help(match nearest {
                Some(near) => format!("did you mean the column `{near}`?"),
                None => "write 2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-15".into(),
            }));
        };
        let Some(each) = each.filter(|each| each.text != grain) else {
            self.during(words, grain, period);
            return Ok(());
        };
        let last = last_day(&period.text, &each.text).ok_or_else(|| {
            let fact = match ["day", "week", "month", "quarter", "year"].contains(&each.text.as_str()) {
                true => format!("no {} begins with `{}`", each.text, period.text),
                false => format!("`{}` does not name a period of the grain `{}`", period.text, each.text),
            };
            bad(self.span(period), &fact)
                .because("the line is for one period, and its `each` says of which grain")
                .help("write the period's first day, or say `from` and `until`")
        })?;
        words.push(" each ", self.span(each));
        self.put(words, each);
        words.push(" from ", self.span(period));
        self.put(words, period);
        words.push(&format!(" until {last}"), self.span(period));
        Ok(())
    }

    /// `each month from 2026-01 until 2026-01`
    fn during(&self, words: &mut Fragment, grain: &str, period: &Cell) {
        words.push(&format!(" each {grain} from "), self.span(period));
        self.put(words, period);
        words.push(" until ", self.span(period));
        self.put(words, period);
    }

    /// `where channel = 'web' and …`
    fn scoped(&self, words: &mut Fragment, record: &[Cell]) {
        let mut joint = " where ";
        for (column, cell) in self.columns.iter().zip(record).filter(|(_, cell)| !cell.text.is_empty()) {
            match column {
                Column::Segment => {
                    words.push(joint, self.span(cell));
                    words.push(&format::name(&cell.text), self.span(cell));
                }
                Column::Dimension(name) => {
                    words.push(&format!("{joint}{} = ", format::name(name)), self.span(cell));
                    match is_literal(&cell.text) {
                        true => self.put(words, cell),
                        false => words.push(&format::text(&cell.text), self.span(cell)),
                    }
                }
                _ => continue,
            }
            joint = " and ";
        }
    }

    fn put(&self, words: &mut Fragment, cell: &Cell) {
        match cell.is_verbatim {
            true => words.push_verbatim(&cell.text, cell.range.start),
            false => words.push(&cell.text, self.span(cell)),
        }
    }
}

/// The last day of the period of this grain that begins with a day.
fn last_day(day: &str, grain: &str) -> Option<Date> {
    let first: Date = day.parse().ok().filter(|_| grain_of(day) == Some("day"))?;
    let (whole, length) = match grain {
        "week" => (true, 7.days()),
        "month" => (first.day() == 1, 1.month()),
        "quarter" => (first.day() == 1 && first.month() % 3 == 1, 3.months()),
        "year" => (first.day_of_year() == 1, 1.year()),
        _ => return None,
    };
    let next = first.checked_add(length).ok().filter(|_| whole)?;
    next.yesterday().ok()
}

/// Whether a member is written as a value of the language: a number, a day, `true`, a text in quotes.
fn is_literal(member: &str) -> bool {
    let quoted = member.len() > 1 && member.starts_with('\'') && member.ends_with('\'');
    let number = member.strip_prefix('-').unwrap_or(member);
    let is_number = !number.is_empty()
        && number.split('.').count() <= 2
        && number.split('.').all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    quoted || is_number || matches!(member, "true" | "false") || grain_of(member) == Some("day")
}
