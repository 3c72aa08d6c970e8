//! A table for a terminal.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table};

use super::human::human;
use super::number::Writing;
use super::sheet::Sheet;

/// The sheet as a table, its headings bold and its statuses coloured where `colour` is true.
pub fn table(sheet: &Sheet, writing: &Writing, colour: bool) -> String {
    let human = human(sheet, writing);
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    if colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(human.columns.iter().map(|column| {
        let cell = Cell::new(&column.name).set_alignment(alignment(column.is_number));
        if colour { cell.add_attribute(Attribute::Bold) } else { cell }
    }));
    for row in &human.rows {
        let cells = row.iter().zip(&human.columns).map(|(text, column)| {
            let cell = Cell::new(text).set_alignment(alignment(column.is_number));
            if colour && column.is_status { coloured(cell, text) } else { cell }
        });
        table.add_row(cells);
    }
    let mut text: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    for (place, note) in human.notes.iter().enumerate() {
        text.push_str(&format!("{} {note}\n", if place == 0 { "\n" } else { "" }));
    }
    text
}

/// A status in the colour that everybody knows it by.
fn coloured(cell: Cell, status: &str) -> Cell {
    match status {
        "on track" => cell.fg(Color::Green),
        "at risk" => cell.fg(Color::Yellow),
        "off track" => cell.fg(Color::Red),
        _ => cell.add_attribute(Attribute::Dim),
    }
}

fn alignment(is_number: bool) -> CellAlignment {
    if is_number { CellAlignment::Right } else { CellAlignment::Left }
}
