//! Measures and stocks: one aggregate over one source at its own grain.

use std::collections::HashSet;

use super::expression::{Typed, constant, typed};
use super::needs::{Needs, Unbound};
use super::operators::a;
use super::resolved::{Aggregate, Existence, Measure, Placed, Row, Source, Stock};
use super::rows::{Place, Rows};
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::{axis, clock, currency, reach, stocks};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::resolved::ColumnRef;
use crate::source::Span;
use crate::syntax::ast::{self, Arg, Call, ExprKind, UnitName};
use crate::value::Literal;

/// The aggregates.
pub const AGGREGATES: [&str; 9] =
    ["count", "sum", "avg", "min", "max", "median", "percentile", "stddev", "corr"];

pub fn is_aggregate(name: &str) -> bool {
    AGGREGATES.contains(&name)
}

/// What a KPI must know of a measure, or of a stock.
#[derive(Debug)]
pub struct Known<M = Measure> {
    pub measure: M,
    /// Its source's index.
    pub source: usize,
    pub unit: Unit,
    /// What is missing of what it reads.
    pub unbound: Vec<Unbound>,
}

/// By id; `None` for one with findings.
type All<'m, M> = Vec<(&'m str, Option<Known<M>>)>;

/// Every measure of every source.
pub fn all<'m>(
    rows: &Rows<'m>,
    sources: &[Source],
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> All<'m, Measure> {
    let mut found = Vec::new();
    for (id, names) in rows.sources.iter().enumerate() {
        for def in &names.def.measures {
            let known = measure(rows, sources, id, def, warned, sink);
            found.push((def.header.name.value.as_str(), known));
        }
    }
    found
}

/// Every stock of every source.
pub fn stocks<'m>(
    rows: &Rows<'m>,
    sources: &[Source],
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> All<'m, Stock> {
    let mut found = Vec::new();
    for (id, names) in rows.sources.iter().enumerate() {
        if names.def.stocks.is_empty() {
            continue;
        }
        let exists = stocks::existence(rows, id, warned, sink);
        for def in &names.def.stocks {
            let known = stock(rows, sources, id, def, exists.as_ref(), sink);
            found.push((def.header.name.value.as_str(), known));
        }
    }
    found
}

fn stock(
    rows: &Rows<'_>,
    sources: &[Source],
    id: usize,
    def: &ast::Measure,
    exists: Option<&Existence>,
    sink: &mut Sink,
) -> Option<Known<Stock>> {
    let body = body(rows, id, def, sink);
    if let Some(at) = &def.at {
        sink.push(
            Diagnostic::error(Code::WrongArguments, at.span(), "a stock has no `at`")
                .because("it is read at an instant, which the formula says: `at_end(…)`"),
        );
        return None;
    }
    let (aggregated, filter) = body?;
    let placed = Placed::Exists(exists?.clone());
    let unbound = reads(rows, sources, id, &aggregated, filter.as_ref(), &placed)?;
    let Placed::Exists(exists) = placed else { return None };
    let Aggregated { aggregate, ty, unit, declared } = aggregated;
    let stock = Stock {
        id: def.header.name.value.clone(),
        source: rows.name(id).to_string(),
        aggregate,
        filter,
        exists,
        ty,
        unit: declared.or_else(|| unit.name()),
        span: def.header.span,
    };
    Some(Known { measure: stock, source: id, unit, unbound })
}

/// An aggregate and its filter, of a measure or a stock.
type Body = (Aggregated, Option<Row>);

fn body(rows: &Rows<'_>, id: usize, def: &ast::Measure, sink: &mut Sink) -> Option<Body> {
    let filter = def.filter.as_ref().map(|f| rows.condition(id, Place::Row, f, sink));
    let kept = filter.as_ref().and_then(Option::as_ref);
    let aggregate = aggregate(rows, id, def, kept, sink)?;
    match filter {
        None => Some((aggregate, None)),
        Some(filter) => Some((aggregate, Some(filter?))),
    }
}

fn measure(
    rows: &Rows<'_>,
    sources: &[Source],
    id: usize,
    def: &ast::Measure,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Known> {
    let body = body(rows, id, def, sink);
    let axis = axis::of(rows, id, def, warned, sink);
    let (aggregated, filter) = body?;
    let axis = axis?;
    let placed = Placed::At(axis.clone());
    let unbound = reads(rows, sources, id, &aggregated, filter.as_ref(), &placed)?;
    let Aggregated { aggregate, ty, unit, declared } = aggregated;
    let measure = Measure {
        id: def.header.name.value.clone(),
        source: rows.name(id).to_string(),
        aggregate,
        filter,
        axis,
        ty,
        unit: declared.or_else(|| unit.name()),
        span: def.header.span,
    };
    Some(Known { measure, source: id, unit, unbound })
}

/// What is missing of what a measure reads; `None`: something has findings that would
/// change the rows.
fn reads(
    rows: &Rows<'_>,
    sources: &[Source],
    id: usize,
    aggregated: &Aggregated,
    filter: Option<&Row>,
    placed: &Placed,
) -> Option<Vec<Unbound>> {
    let mut reading = Reading { rows, sources, id, sound: true };
    reading.path(&[]);
    placed.axes().into_iter().for_each(|axis| reading.path(&axis.column.path));
    let parts = aggregated.aggregate.rows();
    for row in parts.into_iter().chain(filter).chain(&sources[id].rows).chain(placed.keys()) {
        row.leaves(&mut |column: &ColumnRef| reading.path(&column.path));
    }
    reading.sound.then_some(())?;
    let mut needs = Needs::new(rows, sources);
    needs.source(id);
    needs.placed(id, placed);
    let parts = aggregated.aggregate.rows().into_iter().chain(filter);
    parts.for_each(|row| needs.row(id, row));
    Some(needs.found)
}

/// The joins that a measure goes through.
struct Reading<'r, 'm> {
    rows: &'r Rows<'m>,
    sources: &'r [Source],
    id: usize,
    /// Whether none of them has findings that would change the rows read.
    sound: bool,
}

impl Reading<'_, '_> {
    fn path(&mut self, path: &[String]) {
        let mut at = self.id;
        for source in std::iter::once(self.id).chain(reach::on_the_way(self.rows, self.id, path)) {
            let lost_scope =
                self.rows.sources[source].def.rows.is_some() && self.sources[source].rows.is_none();
            self.sound &= !lost_scope;
        }
        for join in path {
            self.sound &= self.sources[at].joins.contains_key(join);
            at = self.rows.target(at, std::slice::from_ref(join));
        }
    }
}

impl Aggregate {
    /// The expressions that it reads.
    pub fn rows(&self) -> Vec<&Row> {
        match self {
            Aggregate::Count => Vec::new(),
            Aggregate::CountDistinct(rows) => rows.iter().collect(),
            Aggregate::Sum(row)
            | Aggregate::Avg(row)
            | Aggregate::Min(row)
            | Aggregate::Max(row)
            | Aggregate::Percentile(row, _)
            | Aggregate::Stddev(row) => vec![row],
            Aggregate::Corr(a, b) => vec![a, b],
        }
    }
}

/// An aggregate with what its result is.
#[derive(Debug)]
struct Aggregated {
    aggregate: Aggregate,
    ty: Type,
    unit: Unit,
    /// A unit outside the algebra: months and longer.
    declared: Option<UnitName>,
}

fn aggregate(
    rows: &Rows<'_>,
    id: usize,
    def: &ast::Measure,
    filter: Option<&Row>,
    sink: &mut Sink,
) -> Option<Aggregated> {
    let ExprKind::Call(call) = &def.value.value else { return outside(rows, id, def, sink) };
    if !is_aggregate(&call.function.value) {
        return outside(rows, id, def, sink);
    }
    let args = arguments(rows, id, call, sink);
    if let Some(usage) = misused(call) {
        sink.push(usage);
        return None;
    }
    let args = args?;
    build(rows, id, (call, filter), args, def.value.span, sink)
}

/// A definition that is no aggregate.
fn outside(rows: &Rows<'_>, id: usize, def: &ast::Measure, sink: &mut Sink) -> Option<Aggregated> {
    let e = &def.value;
    let mut aggregates = 0;
    super::walk::each(e, &mut |part| {
        if let ExprKind::Call(call) = &part.value {
            aggregates += usize::from(is_aggregate(&call.function.value));
        }
    });
    let name = &def.header.name.value;
    if aggregates > 0 {
        sink.push(
            Diagnostic::error(
                Code::ColumnOutsideAggregate,
                e.span,
                format!("`{name}` is a formula over aggregates, not one aggregate"),
            )
            .because("a measure is one aggregate; totals are put together in a KPI, where each can be sliced")
            .help("declare a measure for each aggregate and write the formula as a KPI"),
        );
        return None;
    }
    // Unknown names and types come first.
    rows.expression(id, Place::Row, e, sink)?;
    let text = if let ExprKind::Path(path) = &e.value { path.name.value.as_str() } else { "…" };
    sink.push(
        Diagnostic::error(Code::ColumnOutsideAggregate, e.span, format!("`{name}` has no aggregate"))
            .because("a period has many rows, and the expression has a value in each of them")
            .help(format!("say what of them all: `sum({text})`, `avg({text})`, `max({text})`")),
    );
    None
}

/// Each argument over the row; all are checked.
fn arguments(rows: &Rows<'_>, id: usize, call: &Call, sink: &mut Sink) -> Option<Vec<Typed<ColumnRef>>> {
    let is_percentile = call.function.value == "percentile";
    let checked: Vec<_> = call
        .args
        .iter()
        .enumerate()
        .map(|(i, arg)| {
            let Arg::Expr(e) = arg else { return None };
            let mut scope = rows.scope(id, Place::Row, sink);
            scope.in_aggregate = true;
            let value = if is_percentile && i == 1 {
                constant(&mut scope, e, "the share of `percentile`")
            } else {
                typed(&mut scope, e)
            };
            rows.bounded(value?, sink)
        })
        .collect();
    checked.into_iter().collect()
}

/// A call whose shape is wrong, whatever its arguments mean.
fn misused(call: &Call) -> Option<Diagnostic> {
    let name = call.function.value.as_str();
    let span = call.function.span;
    let wrong = |message: String| Diagnostic::error(Code::WrongArguments, span, message);
    let mode = call.args.iter().find_map(|arg| match arg {
        Arg::Mode(mode) => Some(mode.span),
        Arg::Expr(_) => None,
    });
    if mode.is_some() || call.per.is_some() {
        return Some(
            wrong(format!("`{name}` takes no `per` and no mode in a source"))
                .because("a measure aggregates the source's own rows")
                .help("numbers per member are written in a KPI: `avg(revenue per customer)`"),
        );
    }
    let given = call.args.len();
    match (name, call.distinct) {
        ("count", false) if given == 0 => None,
        ("count", false) => Some(
            wrong("`count` counts rows and takes no column".into())
                .because("SQL's `count(x)` silently leaves out the rows without x")
                .help("write `count() where x is not null`, or `count(distinct x)`"),
        ),
        ("count", true) if given > 0 => None,
        ("count", true) => {
            Some(wrong("`count(distinct)` names nothing to count".into()).help("write `count(distinct x)`"))
        }
        (_, true) => Some(
            wrong(format!("`{name}` takes no `distinct`"))
                .because("two rows with the same amount are two amounts")
                .help(format!("write `{name}(x)`")),
        ),
        ("percentile", false) if given == 2 => None,
        ("percentile", false) => {
            Some(wrong("`percentile` takes a value and a share".into()).help("write `percentile(x, 90%)`"))
        }
        ("corr", false) if given == 2 => None,
        ("corr", false) => {
            Some(wrong(format!("`corr` takes two values and has {given}")).help("write `corr(a, b)`"))
        }
        (_, false) if given == 1 => None,
        ("min" | "max", false) if given > 1 => {
            let ours = if name == "min" { "least" } else { "greatest" };
            Some(
                wrong(format!("`{name}` takes one value and has {given}"))
                    .because("it is taken over rows, not over columns")
                    .help(format!("write `{ours}(a, b)` for the values of one row")),
            )
        }
        (_, false) => Some(
            wrong(format!("`{name}` takes one value and has {given}")).help(format!("write `{name}(x)`")),
        ),
    }
}

fn build(
    rows: &Rows<'_>,
    id: usize,
    (call, filter): (&Call, Option<&Row>),
    mut args: Vec<Typed<ColumnRef>>,
    span: Span,
    sink: &mut Sink,
) -> Option<Aggregated> {
    let name = call.function.value.as_str();
    if name == "count" {
        let aggregate = if call.distinct {
            Aggregate::CountDistinct(args.into_iter().map(|arg| arg.scalar).collect())
        } else {
            Aggregate::Count
        };
        return Some(Aggregated {
            aggregate,
            ty: Type::Integer,
            unit: Unit::plain(Kind::Count),
            declared: None,
        });
    }
    if name == "corr" {
        return correlation(rows, id, filter, args, span, sink);
    }
    let share = if name == "percentile" { Some(share(&args.pop()?, sink)?) } else { None };
    let value = args.pop()?;
    suits(name, &value, sink)?;
    let unit = currency::of_all((rows, id), name, &value, filter, sink)?;
    // Sums and deviations leave the scale of a score.
    let unit = if matches!(name, "sum" | "stddev") { unit.stretched() } else { unit };
    let value = clock::local(value, &rows.model.settings.zone);
    if !matches!(name, "min" | "max") {
        many_side(rows, id, name, &[&value], span, sink)?;
    }
    let ty = match (name, value.ty()) {
        (_, Type::Duration) => Type::Duration,
        ("min" | "max", ty) => ty,
        ("sum", Type::Decimal(_)) => Type::Decimal(None),
        ("sum", ty) => ty,
        _ => Type::Float,
    };
    let declared = in_long_units(rows, id, &value);
    let row = value.scalar;
    let aggregate = match name {
        "sum" => Aggregate::Sum(row),
        "avg" => Aggregate::Avg(row),
        "min" => Aggregate::Min(row),
        "max" => Aggregate::Max(row),
        "median" => Aggregate::Percentile(row, "0.5".into()),
        "stddev" => Aggregate::Stddev(row),
        _ => Aggregate::Percentile(row, share?),
    };
    Some(Aggregated { aggregate, ty, unit, declared })
}

/// `corr(a, b)`: of the rows that have both.
fn correlation(
    rows: &Rows<'_>,
    id: usize,
    filter: Option<&Row>,
    args: Vec<Typed<ColumnRef>>,
    span: Span,
    sink: &mut Sink,
) -> Option<Aggregated> {
    let [a, b] = <[_; 2]>::try_from(args).ok()?;
    let suit = [&a, &b].map(|value| suits("corr", value, sink));
    suit.into_iter().collect::<Option<()>>()?;
    for value in [&a, &b] {
        currency::of_all((rows, id), "corr", value, filter, sink)?;
    }
    let [a, b] = [a, b].map(|value| clock::local(value, &rows.model.settings.zone));
    // One of them at least is of the row itself.
    many_side(rows, id, "corr", &[&a, &b], span, sink)?;
    let aggregate = Aggregate::Corr(a.scalar, b.scalar);
    Some(Aggregated { aggregate, ty: Type::Float, unit: Unit::Free, declared: None })
}

/// The unit of a column in months, quarters or years.
fn in_long_units(rows: &Rows<'_>, id: usize, value: &Typed<ColumnRef>) -> Option<UnitName> {
    let ScalarKind::Leaf(column) = &value.scalar.kind else { return None };
    let source = rows.target(id, &column.path);
    let node = *rows.sources[source].columns.get(column.column.as_str())?;
    match rows.nodes[node].kind {
        super::rows::NodeKind::Column(def) => match def.unit.as_ref().map(|u| &u.value) {
            Some(ast::ColumnUnit::Unit(unit @ UnitName::Time(_))) if value.ty() != Type::Duration => {
                Some(unit.clone())
            }
            _ => None,
        },
        super::rows::NodeKind::Dimension(_) => None,
    }
}

/// The share of a percentile, between 0 and 1.
pub fn share<L>(value: &Typed<L>, sink: &mut Sink) -> Option<String> {
    let digits = match &value.scalar.kind {
        ScalarKind::Literal(Literal::Number(digits)) => Some(digits),
        _ => None,
    };
    let inside = digits.filter(|d| d.parse::<f64>().is_ok_and(|share| (0.0..=1.0).contains(&share)));
    if inside.is_none() || value.ty() == Type::Duration {
        sink.push(
            Diagnostic::error(
                Code::WrongArguments,
                value.span(),
                "the share of `percentile` is not between 0% and 100%",
            )
            .help("write it as a percentage: `percentile(x, 90%)`"),
        );
        return None;
    }
    inside.cloned()
}

fn suits(name: &str, value: &Typed<ColumnRef>, sink: &mut Sink) -> Option<()> {
    let ty = value.ty();
    let ordered = matches!(name, "min" | "max") && ty.is_time();
    if ty.is_number() || ordered || matches!(ty, Type::Duration | Type::Unknown) {
        return Some(());
    }
    let error = Diagnostic::error(
        Code::TypeMismatch,
        value.span(),
        format!("`{name}` takes a number, and this is {}", a(ty)),
    );
    sink.push(match ty {
        Type::Boolean => error.help("count the rows where it holds: `count() where …`"),
        Type::Text => error.help("count its values with `count(distinct …)`, or convert it: `decimal(…)`"),
        Type::Date | Type::Timestamp | Type::Instant => {
            error.help("subtract another time: `avg(ended_at - started_at)` is a duration")
        }
        _ => error,
    });
    None
}

/// The columns whose values make up a value: those that only decide between others,
/// in the conditions of `case`, aside.
fn amounts<'r>(row: &'r Row, see: &mut impl FnMut(&'r ColumnRef)) {
    match &row.kind {
        ScalarKind::Leaf(column) => see(column),
        ScalarKind::Case { whens, otherwise } => {
            let results = whens.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            results.for_each(|result| amounts(result, see));
        }
        _ => row.children().into_iter().for_each(|child| amounts(child, see)),
    }
}

/// Refuses to aggregate values that all come from the one side of a join.
fn many_side(
    rows: &Rows<'_>,
    id: usize,
    name: &str,
    values: &[&Typed<ColumnRef>],
    span: Span,
    sink: &mut Sink,
) -> Option<()> {
    let (mut own, mut joined) = (0, None);
    for value in values {
        amounts(&value.scalar, &mut |column: &ColumnRef| {
            if column.path.is_empty() {
                own += 1;
            } else {
                joined.get_or_insert_with(|| column.path.clone());
            }
        });
    }
    let (0, Some(path)) = (own, joined) else { return Some(()) };
    let other = rows.name(rows.target(id, &path));
    let this = rows.name(id);
    sink.push(
        Diagnostic::error(
            Code::OneSide,
            span,
            format!("`{name}` is taken over columns of `{other}` alone, once for each row of `{this}`"),
        )
        .because(format!("a row of `{other}` with three rows of `{this}` would count three times"))
        .help(format!("declare the measure on `{other}`, where the value has one row")),
    );
    None
}
