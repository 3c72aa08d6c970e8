//! What stands behind each keyword, alike in both spellings.

use super::expression::{self, Level};
use super::phrase::{Phrase, quantity};
use super::words::{self, name, path, paths, table};
use crate::source::Spanned;
use crate::syntax::ast::{
    Allow, AsOf, Benchmark, Column, Comments, Dashboard, Event, Expr, ExprKind, Grain, Interval, Join,
    KpiProperty, Measure, Name, Objective, Over, Period, Pick, Relation, Side, Snapshot, StatusRule, Step,
    Target, TimeAxis, TimeUnit, UnaryOp,
};

/// The keyword and the rest.
pub(super) type Part<'a> = (&'static str, Value<'a>);

/// What stands behind a keyword: text of the language, or a text in quotes
/// which YAML writes without them.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Phrase(Phrase<'a>),
    /// Names apart by commas.
    Names(Vec<String>),
    /// `'text'`
    Text(&'a str),
    /// `"text"`
    Label(&'a str),
}

impl<'a> Value<'a> {
    /// The language's own text.
    pub(super) fn phrase(self) -> Phrase<'a> {
        match self {
            Value::Phrase(phrase) => phrase,
            Value::Names(names) => Phrase::of(names.join(", ")),
            Value::Text(text) => Phrase::of(words::text(text)),
            Value::Label(label) => Phrase::of(words::label(label)),
        }
    }
}

pub(super) fn relation(relation: &Relation) -> Part<'_> {
    match relation {
        Relation::Table(parts) => ("table", Value::Phrase(Phrase::of(table(parts)))),
        Relation::File(file) => ("file", Value::Text(file)),
        Relation::Sql(file) => ("sql", Value::Text(file)),
    }
}

pub(super) fn time(axis: &TimeAxis) -> Phrase<'_> {
    Phrase::of(path(&axis.column)).maybe(axis.zone.as_ref().map(|zone| format!("in {}", zone.value)))
}

pub(super) fn interval(interval: &Interval) -> Phrase<'_> {
    Phrase::of(format!("from {} until {}", path(&interval.from), path(&interval.until)))
}

pub(super) fn snapshot(snapshot: &Snapshot) -> Phrase<'_> {
    Phrase::of(path(&snapshot.column))
        .maybe(snapshot.sparse.then(|| "sparse".to_owned()))
        .maybe(snapshot.carry.as_ref().map(|carry| format!("carry {}", words::duration(carry))))
}

/// Behind `join name:`.
pub(super) fn join(join: &Join) -> Phrase<'_> {
    let start = Phrase::of(format!("{} on {}", name(&join.source), paths(&join.on)));
    match &join.as_of {
        Some(pick) => start.then(as_of(pick)),
        None => start,
    }
}

fn as_of(as_of: &AsOf) -> Phrase<'_> {
    let pick = match as_of.pick.value {
        Pick::First => "first".to_owned(),
        Pick::Last => "last".to_owned(),
        Pick::Nth(n) => format!("nth {n}"),
    };
    let side = match as_of.side {
        Side::After => "after",
        Side::Before => "before",
    };
    Phrase::of(format!("{pick} {side} {}", path(&as_of.column)))
        .maybe_expr("within", as_of.within.as_ref(), Level::Or)
        .maybe_expr("where", as_of.filter.as_ref(), Level::Or)
}

/// Behind a column's colon: type, unit and tag. Empty when it has none of them.
pub(super) fn column(column: &Column) -> Phrase<'_> {
    Phrase::new()
        .maybe(column.ty.as_ref().map(|ty| words::column_type(ty.value)))
        .maybe(column.unit.as_ref().map(|unit| format!("in {}", words::column_unit(unit))))
        .maybe(column.pii.then(|| "pii".to_owned()))
}

/// `one of 'web', 'shop'`: at the end of a column or dimension.
pub(super) fn accepted(accepted: Option<&Spanned<Vec<Expr>>>) -> Option<String> {
    let list = each(&accepted?.value, |literal| expression::flat(literal, Level::Or));
    Some(format!("one of {}", list.join(", ")))
}

/// Behind `measure name =`.
pub(super) fn measure(measure: &Measure) -> Phrase<'_> {
    Phrase::new().expr(&measure.value, Level::Or).maybe_path("at", measure.at.as_ref()).maybe_expr(
        "where",
        measure.filter.as_ref(),
        Level::Or,
    )
}

/// Behind `allow`.
pub(super) fn allow(allow: &Allow) -> Phrase<'_> {
    Phrase::of(format!("{} {}", name(&allow.lint), words::label(&allow.reason)))
}

/// Behind the name of a funnel, cohort, attribution or experiment.
pub(super) fn over(over: &Over) -> Phrase<'_> {
    Phrase::new()
        .maybe(over.source.as_ref().map(|source| format!("on {}", name(source))))
        .words(format!("by {}", name(&over.by)))
        .maybe_path("at", over.at.as_ref())
        .maybe_expr("within", over.within.as_ref(), Level::Or)
}

/// Behind a step's name; empty for a step that is all rows.
pub(super) fn step(step: &Step) -> Phrase<'_> {
    Phrase::new()
        .maybe(step.source.as_ref().map(|source| format!("on {}", name(source))))
        .maybe_path("at", step.at.as_ref())
        .maybe_expr("where", step.filter.as_ref(), Level::Or)
}

pub(super) fn property(property: &KpiProperty) -> Part<'_> {
    use Value::{Label, Names, Phrase as Words};
    match property {
        KpiProperty::Label { language, text } => {
            ("label", Words(Phrase::of(format!("{} {}", language.value, words::label(text)))))
        }
        KpiProperty::Alias(list) => ("alias", Names(each(list, |n| name(n)))),
        KpiProperty::Unit(unit) => ("unit", Words(Phrase::of(unit.word()))),
        KpiProperty::Better(better) => ("better", Words(Phrase::of(words::better(better.value)))),
        KpiProperty::By(list) => ("by", Names(each(list, path))),
        KpiProperty::Segments(list) => ("segments", Names(each(list, |n| name(n)))),
        KpiProperty::Grain(grains) => ("grain", Names(each(grains, |g| g.value.word().to_owned()))),
        KpiProperty::Settled(duration) => ("settled", Words(Phrase::new().expr(duration, Level::Or))),
        KpiProperty::Empty(value) => ("empty", Words(Phrase::new().expr(value, Level::Or))),
        KpiProperty::Format(text) => ("format", Label(text)),
        KpiProperty::Objective(objective) => ("objective", Words(Phrase::of(name(objective)))),
        KpiProperty::Stage(stage) => ("stage", Words(Phrase::of(name(stage)))),
        KpiProperty::Owner(text) => ("owner", Label(text)),
        KpiProperty::Tags(list) => ("tags", Names(each(list, |n| name(n)))),
        KpiProperty::Action(text) => ("action", Label(text)),
        KpiProperty::Interpretation(text) => ("interpretation", Label(text)),
        KpiProperty::Drivers(list) => ("drivers", Names(each(list, |n| name(n)))),
        KpiProperty::PairWith(list) => ("pair_with", Names(each(list, |n| name(n)))),
        KpiProperty::Vanity => ("vanity", Words(Phrase::new())),
        KpiProperty::LeadsTo(list) => ("leads_to", Names(each(list, |n| name(n)))),
        KpiProperty::Prefer(list) => ("prefer", Names(each(list, |n| name(n)))),
        KpiProperty::Target(value) => ("target", Words(target(value))),
        KpiProperty::Status(rules) => ("status", Words(status(rules))),
        KpiProperty::Benchmark(value) => ("benchmark", Words(benchmark(value))),
        KpiProperty::Version(text) => ("version", Label(text)),
        KpiProperty::Effective { from, until } => {
            ("effective", Words(bounds(Phrase::new(), from.as_ref(), until.as_ref())))
        }
    }
}

/// The properties of an objective that it has, in one order, since the AST keeps them by kind.
pub(super) fn objective(objective: &Objective) -> Vec<(&Comments, Part<'_>)> {
    let words = |text: String| Value::Phrase(Phrase::of(text));
    let mut all: Vec<(&Comments, Part<'_>)> = Vec::new();
    all.extend(objective.headline.as_ref().map(|p| (&p.comments, ("headline", words(name(&p.value))))));
    all.extend(objective.kpis.as_ref().map(|p| (&p.comments, ("kpis", listed(&p.value)))));
    all.extend(objective.baseline.as_ref().map(|p| (&p.comments, ("baseline", words(quantity(&p.value))))));
    all.extend(objective.target.as_ref().map(|p| (&p.comments, ("target", words(quantity(&p.value))))));
    all.extend(
        objective.deadline.as_ref().map(|p| (&p.comments, ("deadline", words(words::period(p.value.value))))),
    );
    all.extend(objective.rationale.as_ref().map(|p| (&p.comments, ("rationale", Value::Label(&p.value)))));
    all.extend(objective.owner.as_ref().map(|p| (&p.comments, ("owner", Value::Label(&p.value)))));
    all.extend(objective.stage.as_ref().map(|p| (&p.comments, ("stage", words(name(&p.value))))));
    all.extend(objective.parent.as_ref().map(|p| (&p.comments, ("parent", words(name(&p.value))))));
    all
}

/// The properties of a dashboard that it has.
pub(super) fn dashboard(dashboard: &Dashboard) -> Vec<(&Comments, Part<'_>)> {
    let words = |text: String| Value::Phrase(Phrase::of(text));
    let grains = |list: &[Spanned<Grain>]| Value::Names(each(list, |g| g.value.word().to_owned()));
    let mut all: Vec<(&Comments, Part<'_>)> = Vec::new();
    all.extend(dashboard.headline.as_ref().map(|p| (&p.comments, ("headline", words(name(&p.value))))));
    all.extend(dashboard.kpis.as_ref().map(|p| (&p.comments, ("kpis", listed(&p.value)))));
    all.extend(dashboard.by.as_ref().map(|p| (&p.comments, ("by", Value::Names(each(&p.value, path))))));
    all.extend(dashboard.grain.as_ref().map(|p| (&p.comments, ("grain", grains(&p.value)))));
    all.extend(dashboard.owner.as_ref().map(|p| (&p.comments, ("owner", Value::Label(&p.value)))));
    all
}

fn listed(names: &[Name]) -> Value<'_> {
    Value::Names(each(names, |n| name(n)))
}

/// Behind the name of an event.
pub(super) fn event(event: &Event) -> Phrase<'_> {
    bounds(Phrase::new(), Some(&event.from), event.until.as_ref()).maybe_expr(
        "where",
        event.filter.as_ref(),
        Level::Or,
    )
}

fn each<T>(list: &[T], print: impl Fn(&T) -> String) -> Vec<String> {
    list.iter().map(print).collect()
}

fn target(target: &Target) -> Phrase<'_> {
    let is_increase = !matches!(target.value.value, ExprKind::Unary(UnaryOp::Minus, _));
    let change = |unit: &Spanned<TimeUnit>| {
        let sign = if is_increase { "+" } else { "" };
        format!("{sign}{} on previous {}", quantity(&target.value), unit.value.word())
    };
    let value = match &target.on_previous {
        Some(unit) => Phrase::of(change(unit)),
        None => Phrase::new().quantity(&target.value),
    };
    let value = value
        .maybe(target.to.as_ref().map(|to| format!("to {}", quantity(to))))
        .maybe(target.each.as_ref().map(|each| format!("each {}", each.value.word())));
    bounds(value, target.from.as_ref(), target.until.as_ref()).maybe_expr(
        "where",
        target.filter.as_ref(),
        Level::Or,
    )
}

fn bounds<'a>(start: Phrase<'a>, from: Option<&Period>, until: Option<&Period>) -> Phrase<'a> {
    start
        .maybe(from.map(|from| format!("from {}", words::period(from.value))))
        .maybe(until.map(|until| format!("until {}", words::period(until.value))))
}

fn status(rules: &[StatusRule]) -> Phrase<'_> {
    let rules = rules.iter().map(|rule| {
        let of_target = if rule.of_target { " of target" } else { "" };
        let status = words::status(rule.status.value);
        format!("{status} {} {}{of_target}", words::side(rule.side), quantity(&rule.bound))
    });
    Phrase::of(rules.collect::<Vec<_>>().join(", "))
}

fn benchmark(benchmark: &Benchmark) -> Phrase<'_> {
    Phrase::new()
        .quantity(&benchmark.value)
        .maybe(benchmark.label.as_ref().map(|label| words::label(label)))
        .maybe(benchmark.source.as_ref().map(|source| format!("source {}", words::label(source))))
        .maybe(benchmark.year.as_ref().map(|year| format!("year {}", year.value)))
}
