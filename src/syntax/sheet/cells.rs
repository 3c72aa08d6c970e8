//! The cells of a sheet, and where each stands.

use std::ops::Range;

/// One cell: its text, and where it stands.
#[derive(Debug, Clone)]
pub struct Cell {
    pub text: String,
    pub range: Range<usize>,
    /// Whether the text stands in the file as it is.
    pub is_verbatim: bool,
}

/// The lines of a CSV with the places of their cells, which CSV libraries do not tell. What
/// stands most often in the first line, `,`, `;` or a tab, is between cells; `"` quotes.
pub fn records(text: &str) -> Vec<Vec<Cell>> {
    let start = text.strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
    let between = between(&text[start..]);
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

/// What stands most often between the cells of the first line.
fn between(text: &str) -> char {
    let mut counts = [('\t', 0), (';', 0), (',', 0)];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\n' => break,
            c => counts.iter_mut().filter(|(sign, _)| *sign == c).for_each(|(_, count)| *count += 1),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(',', |(sign, _)| sign)
}

/// Lines of cells as a text that is read as they are.
pub fn written<'l>(lines: impl Iterator<Item = &'l Vec<String>>) -> String {
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', ';', '\t', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_string(),
    }
}
