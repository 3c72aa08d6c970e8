//! A part of the graph for Graphviz: data flows from left to right.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Kind, NodeId, Part};

/// Text of the DOT language that ends with a line ending. Names stand in its quotes.
pub fn dot(part: &Part<'_>) -> String {
    let chosen = part.chosen();
    let numbers: HashMap<NodeId, usize> = chosen.nodes.iter().enumerate().map(|(n, id)| (*id, n)).collect();
    let mut out = String::from("digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n");
    for (number, id) in chosen.nodes.iter().enumerate() {
        let node = part.graph.node(*id);
        let label = quoted(&format!("{} {}", node.kind.word(), node.name));
        writeln!(out, "  n{number} [label={label}, shape={}];", shape(node.kind))
            .expect("writing to a String does not fail");
    }
    for (reader, read, roles) in &chosen.edges {
        let roles: Vec<&str> = roles.iter().map(|role| role.word()).collect();
        let label = quoted(&roles.join(", "));
        writeln!(out, "  n{} -> n{} [tooltip={label}];", numbers[read], numbers[reader])
            .expect("writing to a String does not fail");
    }
    out.push_str("}\n");
    out
}

fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Dashboard | Kind::Objective | Kind::Assertion => "oval",
        Kind::Kpi => "doubleoctagon",
        Kind::Table | Kind::File | Kind::Query => "cylinder",
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
        | Kind::Column => "box",
    }
}

/// A text in quotes. A backslash is doubled: before a letter it would stand for something. So would
/// an ampersand, since Graphviz reads the entities of HTML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
