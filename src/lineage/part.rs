//! A part of the graph: what stands beneath some nodes, and above them.

use std::collections::VecDeque;

use indexmap::{IndexMap, IndexSet};

use super::{Graph, Kind, NodeId, Role};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To what it reads.
    Down,
    /// To who reads it.
    Up,
}

/// What is asked of a graph.
#[derive(Debug)]
pub struct Part<'g> {
    pub graph: &'g Graph,
    /// Where it starts; empty: the whole graph.
    pub starts: Vec<NodeId>,
    pub directions: Vec<Direction>,
    pub depth: Option<usize>,
}

/// A part's nodes and edges, by the graph's order.
#[derive(Debug)]
pub struct Chosen<'g> {
    pub nodes: Vec<NodeId>,
    pub edges: Vec<(NodeId, NodeId, &'g IndexSet<Role>)>,
}

impl<'g> Part<'g> {
    /// The steps from a node, each to a neighbour.
    pub fn next(&self, node: NodeId, direction: Direction) -> Vec<(NodeId, &'g IndexSet<Role>)> {
        // A segment is spelt out for whoever goes by it, by the dimensions of its own
        // sources. Through the segment the way would lead to those of all sources.
        if self.graph.node(node).kind == Kind::Segment && !self.starts.contains(&node) {
            return Vec::new();
        }
        self.graph.next(node, direction)
    }

    pub fn chosen(&self) -> Chosen<'g> {
        let mut edges: IndexMap<(NodeId, NodeId), &IndexSet<Role>> = IndexMap::new();
        let mut nodes: IndexSet<NodeId> = self.starts.iter().copied().collect();
        if self.starts.is_empty() {
            nodes.extend(0..self.graph.len());
            edges.extend(self.graph.edges.iter().map(|(ends, roles)| (*ends, roles)));
        }
        for direction in &self.directions {
            for (from, to, roles) in self.walk(*direction) {
                nodes.extend([from, to]);
                edges.insert((from, to), roles);
            }
        }
        let mut nodes: Vec<NodeId> = nodes.into_iter().collect();
        nodes.sort_unstable();
        let mut edges: Vec<_> = edges.into_iter().map(|((from, to), roles)| (from, to, roles)).collect();
        edges.sort_unstable_by_key(|(from, to, _)| (*from, *to));
        Chosen { nodes, edges }
    }

    /// Every edge on the way, nearest first.
    fn walk(&self, direction: Direction) -> Vec<(NodeId, NodeId, &'g IndexSet<Role>)> {
        let mut edges = Vec::new();
        let mut seen: IndexSet<NodeId> = self.starts.iter().copied().collect();
        let mut ahead: VecDeque<(NodeId, usize)> = self.starts.iter().map(|node| (*node, 0)).collect();
        while let Some((node, depth)) = ahead.pop_front() {
            if self.depth.is_some_and(|most| depth >= most) {
                continue;
            }
            for (next, roles) in self.next(node, direction) {
                let (from, to) = if direction == Direction::Down { (node, next) } else { (next, node) };
                edges.push((from, to, roles));
                if seen.insert(next) {
                    ahead.push_back((next, depth + 1));
                }
            }
        }
        edges
    }
}
