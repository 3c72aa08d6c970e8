//! Sources down to the data: dimensions, columns and joins as their definitions name them.
//!
//! The names of a row mean here what they mean to the resolver: a dimension stands over a
//! column, and inside its own definition a name is the layer below. The resolver inlines
//! definitions; here each stays a step on the way. That both read the same columns is a test.

use super::draft::{Draft, Part};
use super::{Graph, Kind, NodeId, Role};
use crate::model::Model;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Reach, Relation};
use crate::syntax::ast::{self, Expr, Path};
use crate::syntax::{format, walk};

#[derive(Debug, Clone, Copy)]
pub struct Rows<'m> {
    pub model: &'m Model<'m>,
    pub resolved: &'m Resolved,
}

/// Where a name stands, which says what layers it sees.
#[derive(Debug, Clone, Copy)]
pub enum Place<'m> {
    /// In an expression: dimensions over columns.
    Row,
    /// Where only a column may stand: `key`, `on`, `time`, `at`.
    Column,
    InsideColumn(&'m str),
    InsideDimension(&'m str),
}

impl<'m> Rows<'m> {
    /// Every sound source, with all that is defined in it but its measures and stocks.
    pub fn sources(&self, draft: &mut Draft<'m>) {
        for source in self.resolved.sources.keys().filter_map(|name| self.source(name)) {
            self.source_node(draft, source);
            for dimension in &source.dimensions {
                self.dimension(draft, source, dimension);
            }
            for join in &source.joins {
                self.join(draft, source, join);
            }
        }
        self.finish(draft);
    }

    /// Tells what parts are made of, and what those are made of in turn.
    pub fn finish(&self, draft: &mut Draft<'m>) {
        while let Some((node, source, part)) = draft.todo.pop() {
            match part {
                Part::Source => self.tell_source(draft, node, source),
                Part::Dimension(def) => self.tell_dimension(draft, node, source, def),
                Part::Join(join) => self.tell_join(draft, node, source, join),
                Part::Computed(name, value) => {
                    self.expression(draft, node, source, Place::InsideColumn(name), value, Role::Value);
                }
            }
        }
    }

    pub fn source(&self, name: &str) -> Option<&'m ast::Source> {
        self.model.sources.get(name).copied()
    }

    /// A source, where its rows lie, and what tells which of them count.
    pub fn source_node(&self, draft: &mut Draft<'m>, source: &'m ast::Source) -> NodeId {
        let name = format::name(&source.header.name.value);
        draft.part(Kind::Source, name, &source.header, source, Part::Source)
    }

    fn tell_source(&self, draft: &mut Draft<'m>, node: NodeId, source: &'m ast::Source) {
        if let Some((kind, name)) = self.relation(&source.header.name.value) {
            let data = draft.graph.add(kind, name);
            draft.graph.link(node, data, Role::Data);
        }
        if let Some(rows) = &source.rows {
            self.expression(draft, node, source, Place::Row, &rows.value, Role::Condition);
        }
        for name in source.key.iter().flat_map(|key| &key.value) {
            let column = self.name(draft, source, Place::Column, &name.value);
            draft.graph.link(node, column, Role::Key);
        }
        for path in source.valid.iter().flat_map(|valid| [&valid.value.from, &valid.value.until]) {
            self.path(draft, node, source, Place::Column, path, Role::Time);
        }
    }

    /// Where a source's rows lie.
    fn relation(&self, source: &str) -> Option<(Kind, String)> {
        Some(match self.resolved.sources.get(source)?.relation.as_ref()? {
            Relation::Table(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| format::name(part)).collect();
                (Kind::Table, parts.join("."))
            }
            Relation::File(path) => (Kind::File, format::text(path)),
            Relation::Sql(path) => (Kind::Query, format::text(&path.value)),
        })
    }

    fn dimension(&self, draft: &mut Draft<'m>, source: &'m ast::Source, def: &'m ast::Dimension) -> NodeId {
        let name = qualified(source, &def.header.name.value);
        let node = draft.part(Kind::Dimension, name, &def.header, source, Part::Dimension(def));
        self.accepted(draft, node, source, &def.header.name.value);
        node
    }

    fn accepted(&self, draft: &mut Draft<'m>, node: NodeId, source: &ast::Source, name: &str) {
        let source = self.resolved.sources.get(&source.header.name.value);
        let listed = source.and_then(|source| source.listed.get(name));
        draft.graph.accept(node, listed.into_iter().flat_map(|listed| listed.accepted.words()));
    }

    fn tell_dimension(
        &self,
        draft: &mut Draft<'m>,
        node: NodeId,
        source: &'m ast::Source,
        def: &'m ast::Dimension,
    ) {
        let name = def.header.name.value.as_str();
        self.rows_of(draft, node, source);
        match &def.value {
            Some(value) => {
                self.expression(draft, node, source, Place::InsideDimension(name), value, Role::Value)
            }
            None => {
                let column = self.name(draft, source, Place::InsideDimension(name), name);
                draft.graph.link(node, column, Role::Value);
            }
        }
    }

    fn join(&self, draft: &mut Draft<'m>, source: &'m ast::Source, join: &'m ast::Join) -> NodeId {
        let name = qualified(source, &join.header.name.value);
        draft.part(Kind::Join, name, &join.header, source, Part::Join(join))
    }

    fn tell_join(&self, draft: &mut Draft<'m>, node: NodeId, source: &'m ast::Source, join: &'m ast::Join) {
        let target = self.source(&join.source.value);
        if let Some(target) = target {
            let theirs = self.source_node(draft, target);
            draft.graph.link(node, theirs, Role::Lookup);
        }
        for path in &join.on {
            self.path(draft, node, source, Place::Column, path, Role::Lookup);
        }
        if let (Some(as_of), Some(target)) = (&join.as_of, target) {
            self.path(draft, node, source, Place::Column, &as_of.column, Role::Time);
            for path in &join.on {
                self.path(draft, node, target, Place::Column, path, Role::Lookup);
            }
            if let Some(time) = target.times.first() {
                self.path(draft, node, target, Place::Column, &time.value.column, Role::Time);
            }
            if let Some(filter) = &as_of.filter {
                self.expression(draft, node, target, Place::Row, filter, Role::Condition);
            }
        }
    }

    /// That a definition reads a source's rows.
    pub fn rows_of(&self, draft: &mut Draft<'m>, node: NodeId, source: &'m ast::Source) {
        let rows = self.source_node(draft, source);
        draft.graph.link(node, rows, Role::Rows);
    }

    /// Links a node to everything that an expression over a source's rows names.
    pub fn expression(
        &self,
        draft: &mut Draft<'m>,
        node: NodeId,
        source: &'m ast::Source,
        place: Place<'m>,
        expression: &'m Expr,
        role: Role,
    ) {
        let mut paths: Vec<&'m Path> = Vec::new();
        walk::paths(expression, &mut |path| paths.push(path));
        for path in paths {
            self.path(draft, node, source, place, path, role);
        }
    }

    pub fn path(
        &self,
        draft: &mut Draft<'m>,
        node: NodeId,
        source: &'m ast::Source,
        place: Place<'m>,
        path: &'m Path,
        role: Role,
    ) {
        let Some(qualifier) = &path.qualifier else {
            let column = self.name(draft, source, place, &path.name.value);
            return draft.graph.link(node, column, role);
        };
        let join = source.joins.iter().find(|join| join.header.name.value == qualifier.value);
        let Some(join) = join else { return };
        let Some(target) = self.source(&join.source.value) else { return };
        let lookup = self.join(draft, source, join);
        draft.graph.link(node, lookup, Role::Lookup);
        let column = self.name(draft, target, Place::Row, &path.name.value);
        draft.graph.link(node, column, role);
    }

    /// What a bare name of a row is.
    fn name(
        &self,
        draft: &mut Draft<'m>,
        source: &'m ast::Source,
        place: Place<'m>,
        name: &'m str,
    ) -> NodeId {
        let column = source.columns.iter().find(|column| column.header.name.value == name);
        let dimension = source.dimensions.iter().find(|dimension| dimension.header.name.value == name);
        // A dimension without formula is its column: no other layer.
        let derived = dimension.filter(|dimension| dimension.value.is_some());
        let (dimension, column) = match place {
            Place::Row => (dimension, column),
            Place::Column => (derived.filter(|_| column.is_none()), column),
            Place::InsideColumn(own) if own == name => (None, None),
            Place::InsideDimension(own) if own == name => (None, column),
            Place::InsideColumn(_) => (derived.filter(|_| column.is_none()), column),
            Place::InsideDimension(_) => (dimension, column),
        };
        match (dimension, column) {
            (Some(dimension), _) => self.dimension(draft, source, dimension),
            (None, Some(column)) => self.column(draft, source, column),
            (None, None) => self.physical(draft, source, name),
        }
    }

    /// A declared column: one of the data, or one with a formula.
    fn column(&self, draft: &mut Draft<'m>, source: &'m ast::Source, column: &'m ast::Column) -> NodeId {
        let name = column.header.name.value.as_str();
        let node = match &column.value {
            None => {
                let node = self.physical(draft, source, name);
                tell(&mut draft.graph, node, &column.header);
                node
            }
            Some(value) => {
                let part = Part::Computed(name, value);
                draft.part(Kind::Computed, qualified(source, name), &column.header, source, part)
            }
        };
        if column.accepted.is_some() {
            self.accepted(draft, node, source, name);
        }
        node
    }

    /// A column of the data.
    fn physical(&self, draft: &mut Draft<'m>, source: &'m ast::Source, name: &str) -> NodeId {
        let here = qualified(source, name);
        let relation = self.relation(&source.header.name.value);
        let (node, data) = match relation {
            Some((kind, place)) => {
                let full = format!("{place}.{}", format::name(name));
                let node = draft.graph.add_as(format!("column:{full}"), Kind::Column, full);
                (node, Some(draft.graph.add(kind, place)))
            }
            None => (draft.graph.add_as(format!("column:? {here}"), Kind::Column, here.clone()), None),
        };
        draft.graph.tell(node, &here, None, None);
        if let Some(data) = data {
            draft.graph.link(node, data, Role::Data);
        }
        node
    }

    /// Links a node to a dimension as a source reaches it.
    pub fn reached(&self, draft: &mut Draft<'m>, node: NodeId, source: &str, dimension: &str, role: Role) {
        let Some(reach) = self.resolved.sources.get(source).and_then(|s| s.reach.get(dimension)) else {
            return;
        };
        let path: &[String] = match reach {
            Reach::Own => &[],
            Reach::Via(path) => path,
            Reach::Ambiguous(_) => return,
        };
        let Some(mut at) = self.source(source) else { return };
        for name in path {
            let Some(join) = at.joins.iter().find(|join| join.header.name.value == *name) else { return };
            let lookup = self.join(draft, at, join);
            draft.graph.link(node, lookup, Role::Lookup);
            let Some(target) = self.source(&join.source.value) else { return };
            at = target;
        }
        if let Some(def) = at.dimensions.iter().find(|def| def.header.name.value == dimension) {
            let declared = self.dimension(draft, at, def);
            draft.graph.link(node, declared, role);
        }
    }
}

/// `source.name`
fn qualified(source: &ast::Source, name: &str) -> String {
    format!("{}.{}", format::name(&source.header.name.value), format::name(name))
}

/// Says of a node what its definition says.
pub fn tell(graph: &mut Graph, node: NodeId, header: &ast::Header) {
    let label = header.label.as_ref().map(|label| label.value.as_str());
    graph.tell(node, &header.name.value, label, Some(header.name.span));
}
