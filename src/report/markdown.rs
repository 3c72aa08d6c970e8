//! A table in Markdown, for pull requests and pages.

use super::human::human;
use super::number::Writing;
use super::sheet::Sheet;

/// The sheet as a table of GitHub's Markdown.
pub fn markdown(sheet: &Sheet, writing: &Writing) -> String {
    let human = human(sheet, writing);
    let mut text = String::new();
    let mut line = |cells: Vec<String>| text.push_str(&format!("| {} |\n", cells.join(" | ")));
    line(human.columns.iter().map(|column| escaped(&column.name)).collect());
    line(human.columns.iter().map(|c| if c.is_number { "---:" } else { "---" }.to_string()).collect());
    for row in &human.rows {
        line(row.iter().map(|cell| escaped(cell)).collect());
    }
    for note in &human.notes {
        text.push_str(&format!("\n{}\n", escaped(note)));
    }
    text
}

/// A text that Markdown shows as it is.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '`' | '[' | ']' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}
