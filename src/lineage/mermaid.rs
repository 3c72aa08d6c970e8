//! A part of the graph as a Mermaid flowchart: data flows from left to right.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Kind, Node, NodeId, Part};

/// Text of Mermaid that ends with a line ending. Names stand in quotes, and every
/// character in them that means something to Mermaid, to Markdown or to HTML by its number.
pub fn mermaid(part: &Part<'_>) -> String {
    let chosen = part.chosen();
    let numbers: HashMap<NodeId, usize> = chosen.nodes.iter().enumerate().map(|(n, id)| (*id, n)).collect();
    let mut out = String::from("flowchart LR\n");
    for (number, id) in chosen.nodes.iter().enumerate() {
        let node = part.graph.node(*id);
        let (open, close) = shape(node.kind);
        writeln!(out, "  n{number}{open}\"{}\"{close}", text(node))
            .expect("writing to a String does not fail");
    }
    for (reader, read, _) in &chosen.edges {
        writeln!(out, "  n{} --> n{}", numbers[read], numbers[reader])
            .expect("writing to a String does not fail");
    }
    out
}

fn text(node: &Node) -> String {
    format!("{} {}", node.kind.word(), escaped(&node.name))
}

fn shape(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Dashboard | Kind::Objective | Kind::Assertion => ("([", "])"),
        Kind::Kpi => ("[[", "]]"),
        Kind::Table | Kind::File | Kind::Query => ("[(", ")]"),
        Kind::Bands
        | Kind::Segment
        | Kind::Funnel
        | Kind::Cohort
        | Kind::Measure
        | Kind::Stock
        | Kind::Dimension
        | Kind::Join
        | Kind::Computed
        | Kind::Source
        | Kind::Column => ("[", "]"),
    }
}

/// Letters, digits and what is harmless between them; all else by its number.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            _ if c.is_alphanumeric() => out.push(c),
            ' ' | '.' | '_' | '-' | ',' => out.push(c),
            _ if c.is_control() => out.push(' '),
            _ => write!(out, "#{};", u32::from(c)).expect("writing to a String does not fail"),
        }
    }
    out
}
