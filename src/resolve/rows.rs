//! Names in a source's expressions: columns, dimensions, joins of one row.
//!
//! A dimension stands over a column of its name, and inside its own definition
//! the name means the column. Definitions are inlined, so that what is left are
//! physical columns, perhaps behind joins.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::expression::{Called, Params, Scope, Typed, typed};
use super::resolved::{ColumnRef, Known};
use super::scalar::{Scalar, ScalarKind, Type};
use super::size::{MOST_NODES, Spent, measure, too_large};
use super::unit::Unit;
use super::{accepted, columns, currency, measures};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::Model;
use crate::source::Span;
use crate::syntax::ast::{self, Call, Expr, Path};

/// Index of a declared column or dimension in [`Rows::nodes`].
pub type NodeId = usize;

/// Every source's names and what its columns and dimensions are.
#[derive(Debug)]
pub struct Rows<'m> {
    pub model: &'m Model<'m>,
    pub sources: Vec<SourceNames<'m>>,
    pub ids: HashMap<&'m str, usize>,
    pub nodes: Vec<Node<'m>>,
    /// Each node inlined; `None`: it has findings, or is not worked out yet.
    pub values: Vec<Option<Inlined>>,
    pub spent: Spent,
    /// What sources say of the values of dimensions.
    pub accepted: accepted::Lists<'m>,
}

#[derive(Debug)]
pub struct Inlined {
    pub value: Typed<ColumnRef>,
    size: usize,
}

#[derive(Debug)]
pub struct SourceNames<'m> {
    pub def: &'m ast::Source,
    pub columns: HashMap<&'m str, NodeId>,
    pub dimensions: IndexMap<&'m str, NodeId>,
    pub joins: IndexMap<&'m str, JoinNames<'m>>,
    /// Physical columns that definitions use as times.
    pub axes: HashSet<&'m str>,
    /// Whether a join of it, or of what it joins, has findings: what it reaches
    /// is not known.
    pub incomplete: bool,
    /// The columns that the data has, if somebody looked.
    pub physical: Option<&'m Known>,
}

#[derive(Debug)]
pub struct JoinNames<'m> {
    pub def: &'m ast::Join,
    /// None: no such source.
    pub target: Option<usize>,
    pub state: JoinState,
}

impl JoinNames<'_> {
    /// The source whose key it finds: dimensions are inherited through it.
    pub fn key_of(&self) -> Option<usize> {
        let is_key = self.state == JoinState::Sound && self.def.as_of.is_none();
        self.target.filter(|_| is_key)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum JoinState {
    Sound,
    /// Reported already.
    Broken,
}

#[derive(Debug, Clone, Copy)]
pub struct Node<'m> {
    pub source: usize,
    pub kind: NodeKind<'m>,
}

#[derive(Debug, Clone, Copy)]
pub enum NodeKind<'m> {
    Column(&'m ast::Column),
    Dimension(&'m ast::Dimension),
}

impl<'m> Node<'m> {
    pub fn name(&self) -> &'m ast::Name {
        match self.kind {
            NodeKind::Column(column) => &column.header.name,
            NodeKind::Dimension(dimension) => &dimension.header.name,
        }
    }

    pub fn expression(&self) -> Option<&'m Expr> {
        match self.kind {
            NodeKind::Column(column) => column.value.as_ref(),
            NodeKind::Dimension(dimension) => dimension.value.as_ref(),
        }
    }
}

/// Where a name stands: which layers it sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// In an expression: dimensions over columns.
    Row,
    /// Where only a column may stand: `key`, `on`, `time`, `at`.
    Column,
    /// Inside the definition of a column or dimension.
    Inside(NodeId),
}

/// What a bare name of a row is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meaning {
    Node(NodeId),
    Physical,
}

impl<'m> Rows<'m> {
    pub fn meaning(&self, source: usize, place: Place, name: &str) -> Meaning {
        let names = &self.sources[source];
        let column = names.columns.get(name).copied();
        let dimension = names.dimensions.get(name).copied();
        // A dimension without formula is its column: no other layer.
        let derived = dimension.filter(|d| self.nodes[*d].expression().is_some());
        let found = match place {
            Place::Row => dimension.or(column),
            Place::Column => column.or(derived),
            Place::Inside(own) if self.nodes[own].name().value == name => match self.nodes[own].kind {
                NodeKind::Column(_) => None,
                NodeKind::Dimension(_) => column,
            },
            Place::Inside(own) => match self.nodes[own].kind {
                NodeKind::Column(_) => column.or(derived),
                NodeKind::Dimension(_) => dimension.or(column),
            },
        };
        found.map_or(Meaning::Physical, Meaning::Node)
    }

    /// The node that a path needs, if it leads to one.
    pub fn needed(&self, source: usize, place: Place, path: &Path) -> Option<NodeId> {
        let meaning = match &path.qualifier {
            None => self.meaning(source, place, &path.name.value),
            Some(join) => {
                let join = self.sources[source].joins.get(join.value.as_str())?;
                self.meaning(join.target?, Place::Row, &path.name.value)
            }
        };
        match meaning {
            Meaning::Node(node) => Some(node),
            Meaning::Physical => None,
        }
    }

    /// The only join whose source declares a dimension or column of this name.
    pub fn join_with(&self, source: usize, name: &str) -> Option<&'m str> {
        let declares = |target: usize| {
            let names = &self.sources[target];
            names.dimensions.contains_key(name) || names.columns.contains_key(name)
        };
        let joins = self.sources[source].joins.iter();
        let mut found = joins.filter(|(_, join)| join.target.is_some_and(declares)).map(|(name, _)| *name);
        found.next().filter(|_| found.next().is_none())
    }

    pub fn name(&self, source: usize) -> &'m str {
        &self.sources[source].def.header.name.value
    }

    /// The source at the end of a path of joins.
    pub fn target(&self, source: usize, path: &[String]) -> usize {
        path.iter().fold(source, |at, join| {
            self.sources[at].joins.get(join.as_str()).and_then(|j| j.target).unwrap_or(at)
        })
    }

    pub fn scope<'r>(&'r self, source: usize, place: Place, sink: &'r mut Sink) -> RowScope<'r, 'm> {
        RowScope { rows: self, source, place, sink, inlined: 0, in_aggregate: false }
    }

    /// An expression over a source's rows.
    pub fn expression(
        &self,
        source: usize,
        place: Place,
        e: &Expr,
        sink: &mut Sink,
    ) -> Option<Typed<ColumnRef>> {
        let value = typed(&mut self.scope(source, place, sink), e)?;
        self.bounded(value, sink)
    }

    /// A condition over a source's rows.
    pub fn condition(
        &self,
        source: usize,
        place: Place,
        e: &Expr,
        sink: &mut Sink,
    ) -> Option<Scalar<ColumnRef>> {
        let value = super::expression::condition(&mut self.scope(source, place, sink), e)?;
        self.bounded(value, sink).map(|v| v.scalar)
    }

    /// A column that is named where only columns stand.
    pub fn column(&self, source: usize, path: &Path, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
        self.scope(source, Place::Column, sink).path(path)
    }

    /// Refuses an expression that grew too large by inlining.
    pub fn bounded(&self, value: Typed<ColumnRef>, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
        match self.spent.bounded(value) {
            Ok(value) => Some(value),
            Err(finding) => {
                sink.push(finding);
                None
            }
        }
    }

    pub fn set(&mut self, node: NodeId, value: Typed<ColumnRef>) {
        let size = measure(&value.scalar).0;
        self.values[node] = Some(Inlined { value, size });
    }

    pub fn value(&self, node: NodeId) -> Option<&Typed<ColumnRef>> {
        self.values[node].as_ref().map(|inlined| &inlined.value)
    }
}

/// The same expression as seen from a source that joins its own.
fn behind(
    (rows, source): (&Rows<'_>, usize),
    value: &Typed<ColumnRef>,
    join: &str,
    span: Span,
) -> Typed<ColumnRef> {
    let unit = currency::behind(rows, source, join, &value.unit);
    let scalar = value.scalar.replace(&mut |column: &ColumnRef, at| {
        let path = std::iter::once(join.to_string()).chain(column.path.iter().cloned()).collect();
        Scalar::new(ScalarKind::Leaf(ColumnRef { path, ..column.clone() }), at.ty, at.span)
    });
    Typed {
        scalar: Scalar { span, ..scalar },
        unit,
        zone: value.zone.clone(),
        accepted: value.accepted.clone(),
    }
}

/// The names of one source's expressions.
pub struct RowScope<'r, 'm> {
    pub rows: &'r Rows<'m>,
    pub source: usize,
    pub place: Place,
    pub sink: &'r mut Sink,
    inlined: usize,
    pub in_aggregate: bool,
}

impl Scope for RowScope<'_, '_> {
    type Leaf = ColumnRef;

    fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    fn params(&self) -> &Params<'_> {
        &self.rows.model.params
    }

    fn zone(&self) -> &str {
        &self.rows.model.settings.zone
    }

    fn numbers_only(&self) -> bool {
        false
    }

    fn own_functions(&self) -> &'static [&'static str] {
        match self.place {
            Place::Row if !self.in_aggregate => &measures::AGGREGATES,
            Place::Row | Place::Column | Place::Inside(_) => &[],
        }
    }

    fn path(&mut self, path: &Path) -> Option<Typed<ColumnRef>> {
        let span = path.span();
        let Some(qualifier) = &path.qualifier else {
            return match self.rows.meaning(self.source, self.place, &path.name.value) {
                Meaning::Node(node) => {
                    let value = self.inline(node, span)?;
                    Some(Typed { scalar: Scalar { span, ..value.scalar.clone() }, ..value.clone() })
                }
                Meaning::Physical => columns::physical(self.rows, self.source, &path.name, self.sink),
            };
        };
        let target = self.join(qualifier)?;
        let value = match self.rows.meaning(target, Place::Row, &path.name.value) {
            Meaning::Node(node) => {
                behind((self.rows, self.source), self.inline(node, span)?, &qualifier.value, span)
            }
            Meaning::Physical => {
                let column = columns::physical(self.rows, target, &path.name, self.sink)?;
                behind((self.rows, self.source), &column, &qualifier.value, span)
            }
        };
        Some(value)
    }

    fn call(&mut self, call: &Call, span: Span) -> Called<ColumnRef> {
        let name = call.function.value.as_str();
        if measures::is_aggregate(name) {
            return Called::Done(self.report(self.misplaced_aggregate(name, span)));
        }
        if super::tools::is_number_function(name) {
            return Called::Done(
                self.report(
                    Diagnostic::error(
                        Code::WrongKind,
                        call.function.span,
                        format!("`{name}` is a function of KPIs and has no meaning for a row"),
                    )
                    .help("write a KPI over the source's measures"),
                ),
            );
        }
        Called::Scalar
    }

    fn restrict(&mut self, _: &Expr, predicate: &Expr, _: Span) -> Option<Typed<ColumnRef>> {
        self.report(
            Diagnostic::error(Code::Syntax, predicate.span, "`where` stands inside an expression over rows")
                .because("a row is counted or not as a whole")
                .help("write it after the aggregate: `measure mobile = count() where device = 'mobile'`"),
        )
    }
}

impl<'r, 'm> RowScope<'r, 'm> {
    fn misplaced_aggregate(&self, name: &str, span: Span) -> Diagnostic {
        if self.in_aggregate {
            return Diagnostic::error(
                Code::NestedAggregate,
                span,
                format!("the aggregate `{name}` stands inside an aggregate"),
            )
            .because("it would need to know per what the inner one is taken")
            .help("divide totals in a KPI: `kpi revenue_per_customer = revenue / buyers`");
        }
        Diagnostic::error(
            Code::NestedAggregate,
            span,
            format!("the aggregate `{name}` stands where one row is meant"),
        )
        .because("columns, dimensions and conditions have a value in each row, before anything is aggregated")
        .help(format!("declare a measure, and use it in a KPI: `measure total = {name}(…)`"))
    }

    /// A node's value, unless that makes the expression too large.
    fn inline(&mut self, node: NodeId, span: Span) -> Option<&'r Typed<ColumnRef>> {
        let inlined = self.rows.values[node].as_ref()?;
        self.inlined += inlined.size;
        if self.inlined > MOST_NODES {
            // Reported once: what comes after is left out silently.
            if self.inlined - inlined.size <= MOST_NODES {
                self.sink.push(too_large(span));
            }
            return None;
        }
        Some(&inlined.value)
    }

    /// The source behind a join that can be used.
    fn join(&mut self, name: &ast::Name) -> Option<usize> {
        let names = &self.rows.sources[self.source];
        if let Some(join) = names.joins.get(name.value.as_str()) {
            return match join.state {
                JoinState::Sound => join.target,
                JoinState::Broken => None,
            };
        }
        let source = self.rows.name(self.source);
        let error = Diagnostic::error(
            Code::UnknownName,
            name.span,
            format!("`{source}` has no join `{}`", name.value),
        )
        .missing(&name.value);
        self.report(match nearest(&name.value, names.joins.keys().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if self.rows.ids.contains_key(name.value.as_str()) => error
                .because("a dot leads through a join of this source, by the join's name")
                .help(format!("declare it: `join {0}: {0} on …`", name.value)),
            None => error.help(format!("declare it: `join {}: SOURCE on COLUMN`", name.value)),
        })
    }
}

/// What is read and not computed yet.
pub fn not_yet(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::NotYet, span, format!("{what} is not supported yet"))
        .help("leave the definition out until it is supported")
}

/// A unit-less column.
pub fn leaf(column: ColumnRef, ty: Type, span: Span) -> Typed<ColumnRef> {
    Typed::new(ScalarKind::Leaf(column), ty, Unit::Unknown, span)
}
