//! A part of the graph as a tree for people.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::{Direction, Kind, Node, NodeId, Part, Role};

/// What each start reads and who reads it, a line each, one step further in for each
/// step of the way. What was told already ends in `…`. Without starts: what everything
/// reads itself.
pub fn text(part: &Part<'_>) -> String {
    let mut tree = Tree { part, told: HashSet::new(), out: String::new() };
    if part.starts.is_empty() {
        tree.everything();
        return tree.out;
    }
    for start in &part.starts {
        if !tree.out.is_empty() {
            tree.out.push('\n');
        }
        tree.line(0, &shown(part.graph.node(*start)));
        for direction in &part.directions {
            tree.told.clear();
            tree.direction(*start, *direction);
        }
    }
    tree.out
}

struct Tree<'p, 'g> {
    part: &'p Part<'g>,
    told: HashSet<NodeId>,
    out: String,
}

impl<'g> Tree<'_, 'g> {
    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&"  ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn everything(&mut self) {
        for node in 0..self.part.graph.len() {
            let next = self.part.graph.next(node, Direction::Down);
            if next.is_empty() {
                continue;
            }
            self.line(0, &shown(self.part.graph.node(node)));
            for (next, roles) in next {
                self.line(1, &step(self.part.graph.node(next), roles));
            }
        }
    }

    fn direction(&mut self, start: NodeId, direction: Direction) {
        let nobody = self.next(start, direction).is_empty();
        let head = match (direction, nobody) {
            (Direction::Down, false) => "reads",
            (Direction::Down, true) => "reads nothing else",
            (Direction::Up, false) => "is read by",
            (Direction::Up, true) => "is read by nothing else",
        };
        self.line(1, head);
        self.told.insert(start);
        self.below(start, direction);
    }

    /// A column's own name says where it lies.
    fn next(&self, node: NodeId, direction: Direction) -> Vec<(NodeId, &'g IndexSet<Role>)> {
        let is_end = direction == Direction::Down && self.part.graph.node(node).kind == Kind::Column;
        if is_end { Vec::new() } else { self.part.next(node, direction) }
    }

    /// Each step of the way, those that lead on from it right below it.
    fn below(&mut self, start: NodeId, direction: Direction) {
        let mut ahead: Vec<(NodeId, &IndexSet<Role>, usize)> = Vec::new();
        let mut from = Some((start, 0));
        while let Some((node, depth)) = from {
            if self.part.depth.is_none_or(|most| depth < most) {
                let next = self.next(node, direction).into_iter().rev();
                ahead.extend(next.map(|(next, roles)| (next, roles, depth + 1)));
            }
            from = None;
            while let Some((next, roles, depth)) = ahead.pop() {
                let is_new = self.told.insert(next);
                let goes_on = !self.next(next, direction).is_empty();
                let more = if goes_on && !is_new { " …" } else { "" };
                self.line(depth + 1, &format!("{}{more}", step(self.part.graph.node(next), roles)));
                if is_new {
                    from = Some((next, depth));
                    break;
                }
            }
        }
    }
}

fn shown(node: &Node) -> String {
    let label = node.label.as_deref().map(|label| format!(": {}", line(label)));
    format!("{} {}{}", node.kind.word(), line(&node.name), label.unwrap_or_default())
}

/// What is read and what for; that a formula has it, and that data lies somewhere, is no news.
fn step(node: &Node, roles: &IndexSet<Role>) -> String {
    let told = roles.iter().filter(|role| !matches!(role, Role::Value | Role::Data | Role::Rows));
    let words: Vec<&str> = told.map(|role| role.word()).collect();
    match words.is_empty() {
        true => format!("{} {}", node.kind.word(), line(&node.name)),
        false => format!("{} {} ({})", node.kind.word(), line(&node.name), words.join(", ")),
    }
}

/// Characters that could steer a terminal become spaces.
pub fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
