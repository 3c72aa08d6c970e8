//! A part of the graph for programs.

use serde_json::{Value, json};

use super::{Graph, NodeId, Part};
use crate::source::Sources;

/// `{"nodes": […], "edges": […]}`: an edge goes from what reads to what it reads, and says
/// what for. Ids are the same in each run.
pub fn json(part: &Part<'_>, sources: &Sources) -> Value {
    let chosen = part.chosen();
    let nodes: Vec<Value> = chosen.nodes.iter().map(|node| of_node(part.graph, *node, sources)).collect();
    let edges = chosen.edges.iter().map(|(from, to, roles)| {
        let roles: Vec<&str> = roles.iter().map(|role| role.word()).collect();
        json!({"from": part.graph.id(*from), "to": part.graph.id(*to), "roles": roles})
    });
    let edges: Vec<Value> = edges.collect();
    json!({"nodes": nodes, "edges": edges})
}

fn of_node(graph: &Graph, id: NodeId, sources: &Sources) -> Value {
    let node = graph.node(id);
    let place = node.span.map(|span| {
        let file = sources.get(span.file);
        let at = file.position(span.start as usize);
        json!({"file": file.path, "line": at.line, "column": at.column})
    });
    let mut said = json!({
        "id": graph.id(id),
        "kind": node.kind.key(),
        "name": node.name,
        "label": node.label,
        "defined_at": place,
    });
    if !node.accepted.is_empty() {
        said["accepted_values"] = json!(node.accepted);
    }
    said
}
