//! From formulas to leaves: every KPI in the context it is read in.
//!
//! `share = (sessions where channel = 'organic') / total(sessions)` reads one
//! measure in two contexts: restricted to a channel, and with the slices lifted.
//! Context operators pass through arithmetic down to measures; what is left is a
//! formula over finitely many (measure, context) pairs, each computed once.

use std::collections::HashMap;

use super::bands::{self, Bands};
use super::beside::{Beside, Column};
use super::judged::Role;
use super::leaf::{self, Leaf, Over};
use super::minimum::{self, Minimum};
use super::periods::{self, Series};
use super::reading::When;
use super::scope::Scope;
use super::steps;
use super::versions::{self, Held};
use super::{Calendar, Plan, Range, ahead, cohorts, elapsed, funnels, members, ranks, time_share};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::resolve::resolved::{
    Aggregate, Balance, Date, Grain, Kpi, Number, NumberLeaf, OverMembers, PerMember, Placed, Predicate,
    Ranking,
};
use crate::resolve::scalar::{Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::Literal;

/// KPIs upon KPIs, deeper than anybody writes by hand.
const DEEPEST: usize = 200;
/// Contexts can multiply; nobody asks for this many numbers at once.
const MOST_LEAVES: usize = 20_000;

/// A leaf with what stands in a known cell without rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub leaf: usize,
    pub fill: Fill,
    /// Before this day the leaf's source knows nothing.
    pub since: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    Zero,
    One,
    Null,
}

/// A KPI's formula in one context.
#[derive(Debug, Clone)]
pub struct Node {
    pub kpi: String,
    pub value: Scalar<Value>,
    /// `empty 0`: what stands in a known cell whose value is NULL.
    pub empty: Option<Literal>,
    /// The cells that it comes down to.
    pub cells: Vec<usize>,
    /// What the value is told of those of other members: it is that of those who take
    /// part, NULL of others.
    pub ranking: Option<Ranking>,
    /// Of a KPI in several versions: which of them holds when.
    pub versions: Option<Held>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// Index of [`super::Plan::cells`].
    Cell(usize),
    /// Index of [`super::Plan::nodes`], an earlier one.
    Node(usize),
    /// Index of [`super::Plan::series`].
    Series(usize),
    /// Whether the asked period is one of these, by index, both included: a condition.
    Asked(usize, usize),
    /// The cell's own member of a dimension: index of [`Scope::dimensions`].
    Slice(usize),
    /// Whether the cell is of a slicing: index of [`Scope::slicings`].
    InSlicing(usize),
    /// Whether the cell is of a segment: index of [`Scope::segments`].
    InSegment(usize),
}

/// What the asked KPIs come down to.
#[derive(Debug, Default)]
pub struct Computed {
    pub leaves: Vec<Leaf>,
    pub cells: Vec<Cell>,
    pub nodes: Vec<Node>,
    pub series: Vec<Series>,
    /// Each asked KPI, with what is asked beside it.
    pub outputs: Vec<Column>,
    /// What decides which of them are shown.
    pub minimum: Option<Minimum>,
    /// What decides the bands that leaves' rows know.
    pub bands: Vec<Bands>,
}

/// Where a number is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    pub when: When,
    pub restricted: Vec<Predicate>,
    /// Asked dimensions whose slices are lifted, in order.
    pub lifted: Vec<usize>,
    /// Beneath a KPI with `empty null`: nothing is filled.
    pub unfilled: bool,
}

/// Puts a formula's leaves, cells and nodes together.
pub struct Builder<'a> {
    pub resolved: &'a Resolved,
    pub scope: &'a Scope,
    pub time: &'a Asked<'a>,
    pub computed: Computed,
    known: HashMap<&'a str, Vec<(Context, usize)>>,
    depth: usize,
    /// How many numbers per member this one stands in.
    pub nested: usize,
}

/// How much a builder has put together.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub leaves: usize,
    cells: usize,
    nodes: usize,
    series: usize,
}

/// The time that is asked about.
pub struct Asked<'t> {
    pub calendar: &'t Calendar,
    pub grain: Grain,
    pub range: &'t Range,
}

/// Reads every asked KPI.
pub fn compute(
    resolved: &Resolved,
    scope: &Scope,
    time: &Asked<'_>,
    kpis: &[&Kpi],
    beside: Beside,
) -> Result<Computed, Vec<Diagnostic>> {
    let mut builder = Builder::new(resolved, scope, time);
    let mut errors = Errors::new();
    for (index, kpi) in kpis.iter().enumerate() {
        let node = builder.kpi(&kpi.id, &Context::default());
        match node.and_then(|node| Ok((node, builder.beside(kpi, node, beside)?))) {
            Ok((node, columns)) => {
                let own = Column { kpi: index, role: Role::Value, node, ty: kpi.value.ty };
                builder.computed.outputs.push(own);
                let beside =
                    columns.into_iter().map(|(role, node, ty)| Column { kpi: index, role, node, ty });
                builder.computed.outputs.extend(beside);
            }
            Err(found) => {
                for error in found {
                    // Of a KPI that several read, once.
                    if !errors.iter().any(|e| (e.span, &e.message) == (error.span, &error.message)) {
                        errors.push(error);
                    }
                }
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    builder.computed.minimum = minimum::minimum(&mut builder)?;
    builder.into_computed()
}

/// One error or many.
pub type Errors = Vec<Diagnostic>;

impl<'a> Builder<'a> {
    pub fn new(resolved: &'a Resolved, scope: &'a Scope, time: &'a Asked<'a>) -> Builder<'a> {
        Builder {
            resolved,
            scope,
            time,
            computed: Computed::default(),
            known: HashMap::new(),
            depth: 0,
            nested: 0,
        }
    }

    /// A builder for numbers that are sliced in another way.
    pub fn within<'s>(&self, scope: &'s Scope) -> Builder<'s>
    where
        'a: 's,
    {
        Builder {
            depth: self.depth,
            nested: self.nested + 1,
            ..Builder::new(self.resolved, scope, self.time)
        }
    }

    /// The plan of what was put together.
    pub fn into_plan(self) -> Result<Plan, Errors> {
        let (resolved, time, scope) = (self.resolved, self.time, self.scope);
        Plan::new(resolved, time, scope.clone(), self.into_computed()?)
    }

    /// What was put together, with the bands that its rows must know.
    fn into_computed(self) -> Result<Computed, Errors> {
        let bands = bands::all(&self)?;
        Ok(Computed { bands, ..self.computed })
    }

    /// Adds a node.
    pub fn node(&mut self, kpi: String, value: Scalar<Value>, empty: Option<Literal>) -> usize {
        let cells = self.cells_beneath(&value);
        self.computed.nodes.push(Node { kpi, value, empty, cells, ranking: None, versions: None });
        self.computed.nodes.len() - 1
    }

    /// Adds the node of a KPI in a context.
    pub fn kpi(&mut self, id: &str, context: &Context) -> Result<usize, Errors> {
        let (id, kpi) = self.resolved.kpis.get_key_value(id).ok_or_else(|| {
            vec![Diagnostic::general(Code::UnknownKpi, format!("the KPI `{id}` has errors"))]
        })?;
        if let Some((_, node)) =
            self.known.get(id.as_str()).and_then(|known| known.iter().find(|(c, _)| c == context))
        {
            return Ok(*node);
        }
        if self.depth == DEEPEST {
            return Err(vec![
                Diagnostic::general(
                    Code::TooDeep,
                    format!("`{id}` stands beneath more than {DEEPEST} other KPIs"),
                )
                .help("define it from measures, or ask for the KPI itself"),
            ]);
        }
        let mixed = kpi.over_rates.iter().filter_map(|over| over.refused(Some(self.time.grain)));
        let mixed: Errors = mixed.collect();
        if !mixed.is_empty() {
            return Err(mixed);
        }
        let mut inner = context.clone();
        inner.unfilled |= matches!(kpi.empty, Some(Literal::Null(_)));
        inner.when.settled.extend(kpi.settled.filter(|wait| !context.when.settled.contains(wait)));
        self.depth += 1;
        let node = self.formula(kpi, &inner);
        self.depth -= 1;
        let node = node?;
        self.known.entry(id).or_default().push((context.clone(), node));
        Ok(node)
    }

    /// How much is put together so far.
    pub fn size(&self) -> Size {
        let Computed { leaves, cells, nodes, series, .. } = &self.computed;
        Size { leaves: leaves.len(), cells: cells.len(), nodes: nodes.len(), series: series.len() }
    }

    /// Takes away what was put together since.
    pub fn back_to(&mut self, size: Size) {
        self.computed.leaves.truncate(size.leaves);
        self.computed.cells.truncate(size.cells);
        self.computed.nodes.truncate(size.nodes);
        self.computed.series.truncate(size.series);
        self.known.values_mut().for_each(|known| known.retain(|(_, node)| *node < size.nodes));
    }

    fn formula(&mut self, kpi: &Kpi, context: &Context) -> Result<usize, Errors> {
        if let ScalarKind::Leaf(NumberLeaf::Versions(versions)) = &kpi.value.kind {
            return versions::node(self, kpi, versions, context);
        }
        let value = self.number(&kpi.value, context)?;
        Ok(self.node(kpi.id.clone(), value, shown(kpi)))
    }

    pub fn cells_beneath(&self, value: &Scalar<Value>) -> Vec<usize> {
        let mut cells = Vec::new();
        periods::read(value, &self.computed.series, &mut |leaf| match leaf {
            Value::Cell(cell) => cells.push(cell),
            Value::Node(node) => cells.extend(&self.computed.nodes[node].cells),
            Value::Series(_)
            | Value::Asked(..)
            | Value::Slice(_)
            | Value::InSlicing(_)
            | Value::InSegment(_) => {}
        });
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    pub fn number(&mut self, number: &Number, context: &Context) -> Result<Scalar<Value>, Errors> {
        let mut error = None;
        let value = number.replace(&mut |leaf, at| {
            self.leaf(leaf, at, context).unwrap_or_else(|e| {
                error.get_or_insert(e);
                Scalar::new(ScalarKind::Leaf(Value::Cell(0)), at.ty, at.span)
            })
        });
        error.map_or(Ok(value), Err)
    }

    fn leaf(&mut self, leaf: &NumberLeaf, at: &Number, context: &Context) -> Result<Scalar<Value>, Errors> {
        let value = match leaf {
            NumberLeaf::Measure(id) => return self.measure(id, at, context).map_err(|e| vec![e]),
            NumberLeaf::Kpi(id) => Value::Node(self.kpi(id, context)?),
            NumberLeaf::Restrict(number, predicate) => {
                let mut inner = context.clone();
                if !inner.restricted.contains(predicate) {
                    inner.restricted.push((**predicate).clone());
                }
                return self.number(number, &inner);
            }
            NumberLeaf::Total(number, dimensions) => {
                let mut inner = context.clone();
                inner.lifted = self.lifted(&context.lifted, dimensions);
                return self.number(number, &inner);
            }
            NumberLeaf::Previous(number, offset) => {
                offset
                    .by
                    .map_or(Ok(()), |by| steps::offset(self.time.grain, by, at.span))
                    .map_err(|e| vec![e])?;
                let mut inner = context.clone();
                inner.when.back.push(*offset);
                return self.number(number, &inner);
            }
            NumberLeaf::Window(number, window) => {
                steps::window(self.time.grain, *window, at.span).map_err(|e| vec![e])?;
                let mut inner = context.clone();
                inner.when.window = Some(*window);
                return self.number(number, &inner);
            }
            NumberLeaf::Versions(_) => unreachable!("a KPI's formula alone has versions"),
            NumberLeaf::OverPeriods(of) => Value::Series(periods::series(self, of, at.span, context)?),
            NumberLeaf::Stock(id, balance) => {
                Value::Cell(self.stock(id, *balance, at.span, context).map_err(|e| vec![e])?)
            }
            NumberLeaf::Entrants(entrants) => {
                return cohorts::entrants(self, entrants, at, context).map_err(|e| vec![e]);
            }
            NumberLeaf::Step(funnel, step) => {
                Value::Cell(funnels::step(self, funnel, *step, context).map_err(|e| vec![e])?)
            }
            NumberLeaf::EachStep(funnel, of) => {
                return funnels::each(self, (funnel, *of), at, context).map_err(|e| vec![e]);
            }
            NumberLeaf::StepTime(time) => {
                Value::Cell(funnels::time(self, time, at, context).map_err(|e| vec![e])?)
            }
            NumberLeaf::PerMember(per) => Value::Cell(self.per_member(per, at, context)?),
            NumberLeaf::Rank(number, ranking) => {
                Value::Node(ranks::rank(self, number, *ranking, at.span, context)?)
            }
            NumberLeaf::Attainment(id) => return self.attainment(id, at.span, context),
            NumberLeaf::TimeShare(share) => Value::Cell(time_share::share(self, share, at, context)?),
        };
        Ok(Scalar::new(ScalarKind::Leaf(value), at.ty, at.span))
    }

    fn lifted(&self, before: &[usize], dimensions: &[String]) -> Vec<usize> {
        let lifts = |index: &usize| {
            dimensions.is_empty()
                || dimensions.contains(&self.scope.told(*index).id)
                || before.contains(index)
        };
        (0..self.scope.dimensions.len()).filter(lifts).collect()
    }

    fn measure(&mut self, id: &str, at: &Number, context: &Context) -> Result<Scalar<Value>, Diagnostic> {
        let measure = self.resolved.measures.get(id).ok_or_else(|| {
            Diagnostic::general(Code::UnknownName, format!("the measure `{id}` has errors"))
        })?;
        let placed = Placed::At(measure.axis.clone());
        let of = leaf::Of {
            filter: measure.filter.as_ref(),
            ..leaf::Of::new(&measure.id, &measure.source, measure.span)
        };
        let number = |cell| Scalar::new(ScalarKind::Leaf(Value::Cell(cell)), at.ty, at.span);
        let leaf = self.plain(of, &measure.aggregate, placed.clone(), measure.ty, context)?;
        if !ahead::looks(self.resolved, self.scope, &leaf) {
            let cell = self.filled(leaf, context)?;
            return Ok(number(cell));
        }
        elapsed::by_period(self, context, at, &mut |builder, context| {
            let leaf = builder.rows(of, &measure.aggregate, placed.clone(), measure.ty, context)?;
            Ok(number(builder.filled(leaf, context)?))
        })
    }

    /// A stock at an instant.
    fn stock(
        &mut self,
        id: &str,
        balance: Balance,
        span: Span,
        context: &Context,
    ) -> Result<usize, Diagnostic> {
        let stock =
            self.resolved.stocks.get(id).ok_or_else(|| {
                Diagnostic::general(Code::UnknownName, format!("the stock `{id}` has errors"))
            })?;
        if balance == Balance::Mean {
            steps::mean(self.time.grain, id, span)?;
        }
        let mut context = context.clone();
        context.when.balance = Some(balance);
        let placed = Placed::Exists(stock.exists.clone());
        let of =
            leaf::Of { filter: stock.filter.as_ref(), ..leaf::Of::new(&stock.id, &stock.source, stock.span) };
        let leaf = self.rows(of, &stock.aggregate, placed, stock.ty, &context)?;
        self.filled(leaf, &context)
    }

    /// An aggregate of a source's rows.
    pub fn rows(
        &mut self,
        of: leaf::Of<'_>,
        aggregate: &Aggregate,
        placed: Placed,
        ty: Type,
        context: &Context,
    ) -> Result<Leaf, Diagnostic> {
        let leaf = self.plain(of, aggregate, placed, ty, context)?;
        ahead::waiting(self.resolved, self.scope, self.time.range, leaf)
    }

    /// The same, whatever its rows look ahead to.
    fn plain(
        &mut self,
        of: leaf::Of<'_>,
        aggregate: &Aggregate,
        placed: Placed,
        ty: Type,
        context: &Context,
    ) -> Result<Leaf, Diagnostic> {
        Ok(Leaf {
            conditions: leaf::conditions(self.resolved, &of, &context.restricted)?,
            own: usize::from(of.filter.is_some()),
            measure: of.id.to_string(),
            source: of.source.to_string(),
            span: of.span,
            over: Over::Rows(placed),
            taken: None,
            aggregate: aggregate.clone(),
            lifted: context.lifted.clone(),
            when: context.when.clone(),
            ty,
        })
    }

    /// A leaf with what no rows mean.
    pub fn filled(&mut self, leaf: Leaf, context: &Context) -> Result<usize, Diagnostic> {
        let fill = match leaf.aggregate {
            _ if context.unfilled => Fill::Null,
            Aggregate::Count | Aggregate::CountDistinct(_) | Aggregate::Sum(_) => Fill::Zero,
            Aggregate::Avg(_)
            | Aggregate::Min(_)
            | Aggregate::Max(_)
            | Aggregate::Percentile(..)
            | Aggregate::Stddev(_)
            | Aggregate::Corr(..) => Fill::Null,
        };
        self.cell(leaf, fill)
    }

    /// An aggregate of members.
    fn per_member(&mut self, per: &PerMember, at: &Number, context: &Context) -> Result<usize, Errors> {
        let members = members::members(self, per, context, at.span)?;
        let (fill, aggregate) = match per.function {
            OverMembers::Count => (Fill::Zero, Aggregate::Count),
            OverMembers::Sum => (Fill::Zero, Aggregate::Sum(leaf::nothing(at.span))),
            _ => (Fill::Null, Aggregate::Max(leaf::nothing(at.span))),
        };
        let leaf = Leaf {
            measure: format!("per_{}", per.dimensions.join("_")),
            source: String::new(),
            span: at.span,
            over: Over::Members(Box::new(members)),
            taken: None,
            own: 0,
            aggregate,
            conditions: Vec::new(),
            lifted: context.lifted.clone(),
            when: context.when.clone(),
            ty: at.ty,
        };
        let fill = if context.unfilled { Fill::Null } else { fill };
        self.cell(leaf, fill).map_err(|e| vec![e])
    }

    /// A leaf as a column of cells.
    pub fn cell(&mut self, leaf: Leaf, fill: Fill) -> Result<usize, Diagnostic> {
        let since = match &leaf.over {
            Over::Rows(_) => self.resolved.sources.get(&leaf.source).and_then(|source| source.since),
            // What is known of members, their own plan says.
            Over::Members(_) => None,
            Over::Time(held) => held.since,
        };
        let leaf = position_or_push(&mut self.computed.leaves, leaf);
        if self.computed.leaves.len() > MOST_LEAVES {
            return Err(Diagnostic::general(
                Code::TooLarge,
                format!("the request comes down to more than {MOST_LEAVES} aggregates"),
            )
            .help("ask for fewer KPIs at once"));
        }
        Ok(position_or_push(&mut self.computed.cells, Cell { leaf, fill, since }))
    }
}

/// What stands in a known cell of a KPI that has no value.
pub fn shown(kpi: &Kpi) -> Option<Literal> {
    kpi.empty.clone().filter(|literal| !matches!(literal, Literal::Null(_)))
}

fn position_or_push<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}
