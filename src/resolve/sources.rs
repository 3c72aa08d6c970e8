//! Sources: names first, then joins, then columns and dimensions in the order
//! in which they need each other.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::order::{order, shown};
use super::resolved::{Catalog, Join, Relation, Row, Source};
use super::rows::{JoinNames, JoinState, Node, NodeKind, Place, Rows, SourceNames};
use super::size::Spent;
use super::{accepted, as_of, columns, currency, joins, reach, walk};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, days};
use crate::syntax::ast::{self, Path};

/// Every source's names, with columns and dimensions inlined.
pub fn names<'m>(model: &'m Model<'m>, catalog: &'m Catalog, sink: &mut Sink) -> Rows<'m> {
    let mut rows = declared(model, catalog);
    joins::check(&mut rows, sink);
    axes(&mut rows);
    inline(&mut rows, sink);
    rows
}

fn declared<'m>(model: &'m Model<'m>, catalog: &'m Catalog) -> Rows<'m> {
    let ids: HashMap<&str, usize> = model.sources.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let mut nodes = Vec::new();
    let mut sources = Vec::with_capacity(ids.len());
    for (source, def) in model.sources.values().enumerate() {
        let mut names = SourceNames {
            def,
            columns: HashMap::new(),
            dimensions: IndexMap::new(),
            joins: IndexMap::new(),
            axes: HashSet::new(),
            incomplete: false,
            physical: catalog.sources.get(&def.header.name.value),
        };
        for column in &def.columns {
            names.columns.entry(column.header.name.value.as_str()).or_insert_with(|| {
                nodes.push(Node { source, kind: NodeKind::Column(column) });
                nodes.len() - 1
            });
        }
        for dimension in &def.dimensions {
            names.dimensions.entry(dimension.header.name.value.as_str()).or_insert_with(|| {
                nodes.push(Node { source, kind: NodeKind::Dimension(dimension) });
                nodes.len() - 1
            });
        }
        for join in &def.joins {
            let target = ids.get(join.source.value.as_str()).copied();
            names.joins.entry(join.header.name.value.as_str()).or_insert(JoinNames {
                def: join,
                target,
                state: JoinState::Sound,
            });
        }
        sources.push(names);
    }
    let values = nodes.iter().map(|_| None).collect();
    let accepted = accepted::lists(model);
    Rows { model, sources, ids, nodes, values, spent: Spent::default(), accepted }
}

/// Notes the columns that some definition reads as a time.
fn axes(rows: &mut Rows<'_>) {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (id, source) in rows.sources.iter().enumerate() {
        for path in times(source.def) {
            let at = match &path.qualifier {
                None => Some(id),
                Some(join) => source.joins.get(join.value.as_str()).and_then(|j| j.target),
            };
            found.extend(at.map(|at| (at, path.name.value.as_str())));
        }
    }
    for (source, name) in found {
        rows.sources[source].axes.insert(name);
    }
}

/// The columns that a source's definition reads as times.
fn times(source: &ast::Source) -> impl Iterator<Item = &Path> {
    let intervals = source.active.iter().chain(&source.valid).flat_map(|i| [&i.value.from, &i.value.until]);
    source
        .times
        .iter()
        .map(|t| &t.value.column)
        .chain(intervals)
        .chain(source.snapshot.iter().map(|s| &s.value.column))
        .chain(source.measures.iter().filter_map(|m| m.at.as_ref()))
        .chain(source.joins.iter().filter_map(|j| j.as_of.as_ref()).map(|a| &a.column))
}

/// Works out columns and dimensions, those that others need first.
fn inline(rows: &mut Rows<'_>, sink: &mut Sink) {
    let needs: Vec<Vec<usize>> = (0..rows.nodes.len()).map(|id| needs(rows, id)).collect();
    let found = order(&needs);
    for cycle in &found.cycles {
        let names: Vec<&str> = cycle.iter().map(|id| rows.nodes[*id].name().value.as_str()).collect();
        let first = rows.nodes[cycle[0]].name();
        let error = Diagnostic::error(
            Code::Cycle,
            first.span,
            format!("the definition of `{}` needs itself: {}", first.value, shown(&names)),
        )
        .because("none of them could be worked out first")
        .help("break the circle: name a column of the table, or give one of them another name");
        let others = cycle.iter().skip(1).take(8).map(|id| rows.nodes[*id].name());
        sink.push(others.fold(error, |e, name| e.label(name.span, format!("through `{}`", name.value))));
    }
    for id in found.sorted {
        if let Some(value) = columns::node(rows, id, sink) {
            rows.set(id, value);
        }
    }
}

fn needs(rows: &Rows<'_>, id: usize) -> Vec<usize> {
    let node = rows.nodes[id];
    let place = Place::Inside(id);
    let mut found = Vec::new();
    match node.expression() {
        Some(e) => walk::paths(e, &mut |path| found.extend(rows.needed(node.source, place, path))),
        None => {
            let own = Path { qualifier: None, name: node.name().clone() };
            found.extend(rows.needed(node.source, place, &own));
        }
    }
    found
}

/// The sources as later stages need them, in order.
pub fn resolved(rows: &Rows<'_>, warned: &mut HashSet<(usize, String)>, sink: &mut Sink) -> Vec<Source> {
    let mut sources: Vec<Source> = (0..rows.sources.len()).map(|id| source(rows, id, warned, sink)).collect();
    reach::fill(rows, &mut sources);
    sources
}

fn source(rows: &Rows<'_>, id: usize, warned: &mut HashSet<(usize, String)>, sink: &mut Sink) -> Source {
    let names = &rows.sources[id];
    let def = names.def;
    unnamed(rows, id, sink);
    let columns = def.columns.iter();
    Source {
        name: def.header.name.value.clone(),
        span: def.header.span,
        relation: def.relation.as_ref().map(|r| relation(&r.value)),
        key: joins::key(rows, id).unwrap_or_default(),
        since: def.since.as_ref().and_then(|p| Some(days(p.value.value)?.0)),
        rows: def.rows.as_ref().and_then(|r| rows.condition(id, Place::Row, &r.value, sink)),
        valid: as_of::validity(rows, id, warned, sink),
        joins: names
            .joins
            .iter()
            .filter(|(_, join)| join.state == JoinState::Sound)
            .filter_map(|(name, join)| Some(((*name).to_string(), joined(rows, id, join, warned, sink)?)))
            .collect(),
        dimensions: names
            .dimensions
            .iter()
            .filter_map(|(name, node)| Some(((*name).to_string(), rows.value(*node)?.scalar.clone())))
            .collect(),
        listed: accepted::listed(rows, id),
        reach: IndexMap::new(),
        unbound: IndexMap::new(),
        ordered_by: None,
        declared: columns
            .filter(|c| c.value.is_none())
            .filter_map(|c| Some((c.header.name.value.clone(), c.ty.as_ref()?.value)))
            .collect(),
        zones: zones(def),
        rates: currency::rates(rows, id),
    }
}

/// The zones of columns: of the source's own time axes, and where a column says so.
fn zones(def: &ast::Source) -> IndexMap<String, String> {
    let own = def.times.iter().filter(|time| time.value.column.qualifier.is_none());
    let axes =
        own.filter_map(|t| Some((t.value.column.name.value.clone(), t.value.zone.as_ref()?.value.clone())));
    let columns = def.columns.iter().filter_map(|column| match &column.unit.as_ref()?.value {
        ast::ColumnUnit::Zone(zone) => Some((column.header.name.value.clone(), zone.clone())),
        ast::ColumnUnit::Unit(_)
        | ast::ColumnUnit::PercentOf100
        | ast::ColumnUnit::OfRow(_)
        | ast::ColumnUnit::Rate(..) => None,
    });
    columns.chain(axes).collect()
}

/// Reports names in properties that nothing else reads.
fn unnamed(rows: &Rows<'_>, id: usize, sink: &mut Sink) {
    let def = rows.sources[id].def;
    let mut names: Vec<Path> = Vec::new();
    let intervals = def.active.iter().chain(&def.valid).flat_map(|i| [&i.value.from, &i.value.until]);
    names.extend(intervals.cloned());
    names.extend(def.snapshot.iter().map(|s| s.value.column.clone()));
    names.extend(
        def.key.iter().flat_map(|k| &k.value).map(|name| Path { qualifier: None, name: name.clone() }),
    );
    for path in names {
        rows.column(id, &path, sink);
    }
}

fn joined(
    rows: &Rows<'_>,
    id: usize,
    join: &JoinNames<'_>,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Join> {
    let as_of = match &join.def.as_of {
        None => None,
        Some(as_of) => Some(as_of::resolved(rows, id, join, as_of, warned, sink)?),
    };
    // Other findings were reported when the join was checked.
    let mut quiet = Sink::new();
    joins::key(rows, join.target?)?;
    let on: Vec<Row> = join
        .def
        .on
        .iter()
        .map(|path| rows.column(id, path, &mut quiet).map(|v| v.scalar))
        .collect::<Option<_>>()?;
    Some(Join { source: join.def.source.value.clone(), on, as_of, span: join.def.header.span })
}

fn relation(relation: &ast::Relation) -> Relation {
    match relation {
        ast::Relation::Table(parts) => Relation::Table(parts.iter().map(|p| p.value.clone()).collect()),
        ast::Relation::File(path) => Relation::File(path.value.clone()),
        ast::Relation::Sql(path) => Relation::Sql(path.clone()),
    }
}
