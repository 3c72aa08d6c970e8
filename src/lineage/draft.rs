//! A graph in the making, with what is still to be told of its parts.
//!
//! A column may be made of another, and that of a third, thousands of steps down: what
//! stands beneath a part is told later, so that no chain of definitions is too long.

use super::rows::tell;
use super::{Graph, Kind, NodeId};
use crate::syntax::ast::{self, Expr, Header};

#[derive(Debug, Default)]
pub struct Draft<'m> {
    pub graph: Graph,
    pub todo: Vec<(NodeId, &'m ast::Source, Part<'m>)>,
}

/// What of a source a node stands for.
#[derive(Debug, Clone, Copy)]
pub enum Part<'m> {
    Source,
    Dimension(&'m ast::Dimension),
    Join(&'m ast::Join),
    /// A column of this name and formula.
    Computed(&'m str, &'m Expr),
}

impl<'m> Draft<'m> {
    /// The node of a part; what it is made of is told once, later.
    pub fn part(
        &mut self,
        kind: Kind,
        name: String,
        header: &Header,
        source: &'m ast::Source,
        part: Part<'m>,
    ) -> NodeId {
        let before = self.graph.len();
        let node = self.graph.add(kind, name);
        if node == before {
            tell(&mut self.graph, node, header);
            self.todo.push((node, source, part));
        }
        node
    }
}
