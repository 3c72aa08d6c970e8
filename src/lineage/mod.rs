//! What a number is made of, and what is made of it.
//!
//! Takes the model and what is sound of it, gives one graph: from dashboards and
//! objectives over KPIs and measures down to the columns of tables; parts of it, and
//! its text for people, programs, Mermaid and Graphviz. Never looks at data, never
//! decides whether a definition is sound.

mod draft;
mod numbers;
mod part;
mod rows;

mod dot;
mod json;
mod mermaid;
mod text;

use indexmap::{IndexMap, IndexSet};

use crate::model::Model;
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::format;

pub use dot::dot;
pub use json::json;
pub use mermaid::mermaid;
pub use part::{Direction, Part};
pub use text::text;

/// Definitions and columns, and what each one reads.
#[derive(Debug, Default)]
pub struct Graph {
    /// By an id that is the same in each run: `kpi:revenue`.
    nodes: IndexMap<String, Node>,
    /// From what is computed to what it reads, with the roles that this has there.
    edges: IndexMap<(NodeId, NodeId), IndexSet<Role>>,
    /// Of each node the edges that leave it, and those that come to it.
    down: Vec<Vec<usize>>,
    up: Vec<Vec<usize>>,
}

/// A node's place in its graph.
pub type NodeId = usize;

#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    /// As the language writes it: `aov`, `orders.channel`, `shop.orders.amount`.
    pub name: String,
    pub label: Option<String>,
    /// Where it is defined; what the definitions only name has no place.
    pub span: Option<Span>,
    /// The only values that it has, where that is said.
    pub accepted: Vec<String>,
    /// What it may be asked by.
    called: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Dashboard,
    Objective,
    Assertion,
    Kpi,
    /// A segmentation `per` dimension.
    Bands,
    Segment,
    Funnel,
    Cohort,
    Measure,
    Stock,
    /// As one source has it.
    Dimension,
    Join,
    /// A column with a formula.
    Computed,
    Source,
    /// A column of the data.
    Column,
    Table,
    File,
    Query,
}

/// What something is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Shown by a dashboard.
    Shown,
    /// What an objective, a dashboard or another objective goes by.
    Serves,
    /// A part of a formula.
    Value,
    /// In a condition.
    Condition,
    /// Whose members are told apart by it.
    Member,
    /// To slice by.
    Slice,
    Target,
    /// When it happened, or from when until when it is.
    Time,
    Key,
    /// What a row is looked up by, and where.
    Lookup,
    /// Whose rows they are.
    Rows,
    /// Where it lies.
    Data,
}

impl Graph {
    /// The graph of a project. What has findings is not in it.
    pub fn of(model: &Model<'_>, resolved: &Resolved) -> Graph {
        let mut draft = draft::Draft::default();
        let rows = rows::Rows { model, resolved };
        rows.sources(&mut draft);
        numbers::add(&rows, &mut draft);
        draft.graph
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// Its id: `kpi:revenue`.
    pub fn id(&self, node: NodeId) -> &str {
        self.nodes.get_index(node).map_or("", |(id, _)| id)
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every name that something of the graph may be asked by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.nodes.values().flat_map(|node| node.called.iter().map(String::as_str))
    }

    /// What is called so: an id, `source.column`, `schema.table.column`; several
    /// things may share a name.
    pub fn named(&self, name: &str) -> Vec<NodeId> {
        let is_called =
            |(id, node): (&String, &Node)| id == name || node.called.iter().any(|called| called == name);
        (0..self.nodes.len()).filter(|at| self.nodes.get_index(*at).is_some_and(is_called)).collect()
    }

    /// A KPI's node.
    pub fn kpi(&self, id: &str) -> Option<NodeId> {
        self.nodes.get_index_of(&format!("{}:{}", Kind::Kpi.key(), format::name(id)))
    }

    /// What a node reads (`Down`) or who reads it (`Up`), in the order of definition.
    pub fn next(&self, node: NodeId, direction: Direction) -> Vec<(NodeId, &IndexSet<Role>)> {
        let edges = match direction {
            Direction::Down => &self.down[node],
            Direction::Up => &self.up[node],
        };
        let edges = edges.iter().filter_map(|edge| self.edges.get_index(*edge));
        edges.map(|((from, to), roles)| (if *from == node { *to } else { *from }, roles)).collect()
    }

    fn add(&mut self, kind: Kind, name: String) -> NodeId {
        let id = format!("{}:{name}", kind.key());
        self.add_as(id, kind, name)
    }

    fn add_as(&mut self, id: String, kind: Kind, name: String) -> NodeId {
        let entry = self.nodes.entry(id);
        let at = entry.index();
        let called = vec![name.clone()];
        entry.or_insert(Node { kind, name, label: None, span: None, accepted: Vec::new(), called });
        self.down.resize(self.nodes.len(), Vec::new());
        self.up.resize(self.nodes.len(), Vec::new());
        at
    }

    /// Says more of a node: what it is called by itself, its label, its place.
    fn tell(&mut self, node: NodeId, called: &str, label: Option<&str>, span: Option<Span>) {
        let Some((_, known)) = self.nodes.get_index_mut(node) else { return };
        if !known.called.iter().any(|name| name == called) {
            known.called.push(called.to_string());
        }
        known.label = known.label.take().or(label.map(str::to_string));
        known.span = known.span.or(span);
    }

    /// The values that it has; what is said first stays.
    fn accept(&mut self, node: NodeId, values: impl Iterator<Item = String>) {
        let known = self.nodes.get_index_mut(node).map(|(_, node)| &mut node.accepted);
        if let Some(known) = known.filter(|known| known.is_empty()) {
            known.extend(values);
        }
    }

    fn link(&mut self, from: NodeId, to: NodeId, role: Role) {
        if from == to {
            return;
        }
        let entry = self.edges.entry((from, to));
        let at = entry.index();
        let roles = entry.or_default();
        if roles.is_empty() {
            self.down[from].push(at);
            self.up[to].push(at);
        }
        roles.insert(role);
    }
}

impl Node {
    /// Its own name, as it was defined.
    pub fn called(&self) -> &str {
        self.called.get(1).unwrap_or(&self.name)
    }
}

impl Kind {
    /// As people say it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Dashboard => "dashboard",
            Kind::Objective => "objective",
            Kind::Assertion => "assertion",
            Kind::Kpi => "KPI",
            Kind::Bands => "segmentation",
            Kind::Segment => "segment",
            Kind::Funnel => "funnel",
            Kind::Cohort => "cohort",
            Kind::Measure => "measure",
            Kind::Stock => "stock",
            Kind::Dimension => "dimension",
            Kind::Join => "join",
            Kind::Computed => "computed column",
            Kind::Source => "source",
            Kind::Column => "column",
            Kind::Table => "table",
            Kind::File => "file",
            Kind::Query => "query",
        }
    }

    /// As programs read it.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Kpi => "kpi",
            Kind::Computed => "computed_column",
            other => other.word(),
        }
    }
}

impl Role {
    pub fn word(self) -> &'static str {
        match self {
            Role::Shown => "shown",
            Role::Serves => "serves",
            Role::Value => "value",
            Role::Condition => "condition",
            Role::Member => "members",
            Role::Slice => "slices",
            Role::Target => "target",
            Role::Time => "time",
            Role::Key => "key",
            Role::Lookup => "lookup",
            Role::Rows => "rows",
            Role::Data => "data",
        }
    }
}
