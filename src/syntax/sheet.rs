//! Sheets of targets: what finance plans, as CSV, read as targets of the language.
//!
//! A line is a KPI and its target: `kpi,channel,period,target`. Or a column is a period:
//! `kpi,channel,2026-01,2026-02`. Every cell is read by the rules of `target …`, and what is
//! wrong with one is shown where it stands.

use std::ops::Range;

use super::ast::{KpiProperty, Name, Property};
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

const WORDS: [(&str, Column); 8] = [
    ("kpi", Column::Kpi),
    ("target", Column::Target),
    ("target_to", Column::To),
    ("each", Column::Each),
    ("from", Column::From),
    ("until", Column::Until),
    ("period", Column::Period),
    ("segment", Column::Segment),
];

/// One cell: its text, and where it stands.
#[derive(Debug, Clone)]
struct Cell {
    text: String,
    range: Range<usize>,
    /// Whether the text stands in the file as it is.
    is_verbatim: bool,
}

/// Reads a sheet; cells that are not understood are reported and their targets left out.
pub fn targets(file: FileId, text: &str, sink: &mut Sink) -> Vec<Planned> {
    let mut records = records(text).into_iter();
    let Some(head) = records.next() else {
        let span = Span::new(file, 0, 0);
        sink.push(bad(span, "the sheet is empty").help("begin with a line of heads: `kpi,period,target`"));
        return Vec::new();
    };
    let columns: Vec<Column> = head.iter().map(column).collect();
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
        planned.extend(sheet.record(&record, sink));
    }
    planned
}

fn column(cell: &Cell) -> Column {
    let head = cell.text.as_str();
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
        let has = |column: &Column| self.columns.contains(column);
        let of_periods = self.columns.iter().any(|column| matches!(column, Column::Of(..)));
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
        if !has(&Column::Kpi) {
            return Some(
                bad(line, "the sheet has no column `kpi`")
                    .help("begin with the KPIs' ids: `kpi,period,target`"),
            );
        }
        if has(&Column::Target) == of_periods {
            let error = match of_periods {
                true => bad(line, "the sheet has a column `target` and columns of periods"),
                false => bad(line, "the sheet has no column `target`, and none of a period"),
            };
            return Some(error.help(
                "write a line a target (`kpi,period,target`), or a column a period (`kpi,2026-01,2026-02`)",
            ));
        }
        let when = [Column::Each, Column::From, Column::Until, Column::Period];
        if of_periods && when.iter().any(has) {
            return Some(
                bad(line, "the periods are heads and columns at once")
                    .help("leave `each`, `from`, `until` and `period` out"),
            );
        }
        None
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
            let mut words = self.begun(value, cell(&Column::To));
            match cell(&Column::Period) {
                Some(period) => match grain_of(&period.text) {
                    Some(grain) => self.during(&mut words, grain, period),
                    None => {
                        let nearest = nearest(&period.text, WORDS.iter().map(|(word, _)| *word));
                        let error = bad(self.span(period), &format!("`{}` is no period", period.text));
                        sink.push(error.help(match nearest {
                            Some(near) => format!("did you mean the column `{near}`?"),
                            None => "write 2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-15".into(),
                        }));
                        return planned;
                    }
                },
                None => {
                    for (word, column) in
                        [("each", Column::Each), ("from", Column::From), ("until", Column::Until)]
                    {
                        if let Some(cell) = cell(&column) {
                            words.push(&format!(" {word} "), self.span(cell));
                            self.put(&mut words, cell);
                        }
                    }
                }
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
            let mut words = self.begun(&record[place], None);
            self.during(&mut words, grain, &self.head[place]);
            self.scoped(&mut words, record);
            add(words, sink);
        }
        planned
    }

    /// `target 50_000 EUR`
    fn begun(&self, value: &Cell, to: Option<&Cell>) -> Fragment {
        let mut words = Fragment::new(self.file);
        words.push("target ", self.span(value));
        self.put(&mut words, value);
        if let Some(to) = to {
            words.push(" to ", self.span(to));
            self.put(&mut words, to);
        }
        words
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

/// Whether a member is written as a value of the language: a number, a day, a text in quotes.
fn is_literal(member: &str) -> bool {
    let quoted = member.len() > 1 && member.starts_with('\'') && member.ends_with('\'');
    let number = member.strip_prefix('-').unwrap_or(member);
    let is_number = !number.is_empty()
        && number.split('.').count() <= 2
        && number.split('.').all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    quoted || is_number || grain_of(member) == Some("day")
}

/// The lines of a CSV with the places of their cells, which CSV libraries do not tell. What
/// stands most often in the first line, `,`, `;` or a tab, is between cells; `"` quotes.
fn records(text: &str) -> Vec<Vec<Cell>> {
    let start = text.strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
    let first = text[start..].lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let between = [',', ';', '\t'].into_iter().rev().max_by_key(|c| count(*c)).unwrap_or(',');
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut cell, mut quoted) = (start, false);
    for (at, c) in text[start..].char_indices().map(|(at, c)| (at + start, c)) {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\n' => {
                record.push(cell_of(text, cell..at));
                records.push(std::mem::take(&mut record));
                cell = at + 1;
            }
            c if c == between => {
                record.push(cell_of(text, cell..at));
                cell = at + c.len_utf8();
            }
            _ => {}
        }
    }
    if cell < text.len() || !record.is_empty() {
        record.push(cell_of(text, cell..text.len()));
        records.push(record);
    }
    records
}

fn cell_of(text: &str, range: Range<usize>) -> Cell {
    let raw = &text[range.clone()];
    let trimmed = raw.trim();
    let start = range.start + (raw.len() - raw.trim_start().len());
    let range = start..start + trimmed.len();
    match trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => {
            Cell { text: inner.replace("\"\"", "\"").trim().to_string(), range, is_verbatim: false }
        }
        None => Cell { text: trimmed.to_string(), range, is_verbatim: true },
    }
}
