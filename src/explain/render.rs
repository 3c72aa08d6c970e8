//! A page as text, as Markdown, and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::page::Page;
use super::voice::line;
use crate::report::in_markdown;

/// For a terminal.
pub fn text(page: &Page) -> String {
    let mut out = title(page) + "\n\n";
    if let Some(description) = &page.description {
        description.lines().for_each(|text| push(&mut out, &format!("  {text}")));
        out.push('\n');
    }
    let width = page.facts.iter().map(|fact| fact.name.chars().count()).max().unwrap_or_default().max(15);
    for fact in &page.facts {
        let gap = " ".repeat(width - fact.name.chars().count());
        push(&mut out, &format!("  {}{gap} {}", fact.name, fact.text));
    }
    for part in &page.parts {
        let definition = part.definition.as_ref().map(|d| format!(" = {}", line(d))).unwrap_or_default();
        push(&mut out, &format!("\n  {} {}{definition}", part.word, line(&part.id)));
        part.lines.iter().for_each(|text| push(&mut out, &format!("    {text}")));
    }
    out
}

/// For a page: a table of facts, a section each for what stands beneath.
pub fn markdown(page: &Page) -> String {
    let mut out = format!("# {}\n\n", spans(&title(page)));
    if let Some(description) = &page.description {
        description.lines().for_each(|text| push(&mut out, &in_markdown(text)));
        out.push('\n');
    }
    out += "| | |\n| --- | --- |\n";
    for fact in &page.facts {
        let text = match fact.key {
            "formula" => code(&fact.text),
            _ => spans(&fact.text),
        };
        push(&mut out, &format!("| {} | {text} |", in_markdown(&fact.name)));
    }
    for part in &page.parts {
        push(&mut out, &format!("\n## {} {}\n", in_markdown(part.word), code(&part.id)));
        if let Some(definition) = &part.definition {
            push(&mut out, &format!("{}\n", code(&line(definition))));
        }
        part.lines.iter().for_each(|text| push(&mut out, &format!("- {}", spans(text))));
    }
    out
}

/// For programs: keys are the same in every language, texts are in the page's.
pub fn json(page: &Page) -> Value {
    let words = page.facts.iter().find(|fact| fact.key == "words").map(|fact| &fact.text);
    let facts: Vec<Value> = page
        .facts
        .iter()
        .map(|fact| json!({"key": fact.key, "name": fact.name, "text": fact.text}))
        .collect();
    let parts: Vec<Value> = page
        .parts
        .iter()
        .map(|part| {
            json!({
                "kind": part.kind,
                "id": part.id,
                "definition": part.definition.as_deref().map(line),
                "words": part.lines.first(),
                "rows": part.lines.get(1..).unwrap_or_default(),
            })
        })
        .collect();
    json!({
        "kind": page.kind,
        "id": page.id,
        "language": page.language,
        "label": page.label,
        "description": page.description,
        "words": words,
        "facts": facts,
        "parts": parts,
        "depends_on": page.depends_on,
        "used_by": page.used_by,
    })
}

fn title(page: &Page) -> String {
    match &page.label {
        // In French a colon stands apart.
        Some(label) if page.language == "fr" => format!("{}\u{a0}: {label}", line(&page.id)),
        Some(label) => format!("{}: {label}", line(&page.id)),
        None => line(&page.id),
    }
}

fn push(out: &mut String, text: &str) {
    writeln!(out, "{}", text.trim_end()).expect("writing to a String does not fail");
}

/// A text whose names in backticks stay code, and of which nothing else means anything.
fn spans(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // One that ends in the middle of a name has none: somebody wrote the backtick.
    if parts.len().is_multiple_of(2) {
        return in_markdown(text);
    }
    let part = |(i, part): (usize, &&str)| match i % 2 {
        0 => in_markdown(part),
        _ if part.is_empty() => String::new(),
        _ => code(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A code span in a cell of a table.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if longest > 0 { " " } else { "" };
    format!("{fence}{gap}{}{gap}{fence}", text.replace('|', "\\|"))
}
