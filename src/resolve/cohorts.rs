//! Cohorts: entities by their entry, and what they do afterwards.

use std::collections::HashSet;

use super::expression::{Scope, Typed};
use super::formula::NumberScope;
use super::needs::Needs;
use super::numbers::{Lifted, Numbers, Use};
use super::resolved::{Ages, Aggregate, Cohort, Entrants, Number, NumberLeaf, OfEntrants, Predicate};
use super::rows::not_yet;
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use super::windows::whole;
use super::{bands, expression, tools};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Arg, Call, ExprKind, Grain, Mode};

/// Every cohort of the project; `None` for one with findings.
pub fn all<'m>(
    numbers: &Numbers<'m>,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Vec<(&'m str, Option<Cohort>)> {
    let defs = numbers.model.cohorts.iter();
    defs.map(|(id, def)| (*id, cohort(numbers, def, warned, sink))).collect()
}

fn cohort(
    numbers: &Numbers<'_>,
    def: &ast::Cohort,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Cohort> {
    let name = &def.header.name;
    let Some(source) = &def.over.source else {
        sink.push(
            Diagnostic::error(
                Code::UnknownSource,
                name.span,
                format!("the cohort `{}` has no source", name.value),
            )
            .because("the first row of an entity there is its entry")
            .help(format!("write `cohort {} on SOURCE by {}`", name.value, def.over.by.value)),
        );
        return None;
    };
    if let Some(within) = &def.over.within {
        sink.push(
            Diagnostic::error(Code::WrongArguments, within.span, "a cohort takes no `within`")
                .because("how long afterwards counts is said where it is read")
                .help("write it there: `retained(signups, logins, within 30 days)`"),
        );
    }
    // An unknown source is reported with the other tools.
    let id = *numbers.rows.ids.get(source.value.as_str())?;
    let at = def.over.at.as_ref();
    let axis = super::funnels::time(numbers.rows, id, at, ("cohort", name), warned, sink);
    let by = &def.over.by;
    let reached = super::funnels::reaches(numbers, by, id, &name.value, sink);
    let keyed = super::funnels::has_key(numbers.rows, id, ("cohort", name), sink);
    (reached && keyed && def.over.within.is_none()).then_some(())?;
    Some(Cohort {
        id: name.value.clone(),
        source: source.value.clone(),
        entity: by.value.clone(),
        axis: axis?,
        span: def.header.span,
    })
}

/// `retained(cohort, measure, on day 7)`, `per_entrant(…)`
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let reading = if name == "retained" { OfEntrants::Retained } else { OfEntrants::PerEntrant };
    let (cohort, value, mode) = match call.args.as_slice() {
        [Arg::Expr(cohort), Arg::Expr(value), Arg::Mode(mode)] if call.per.is_none() && !call.distinct => {
            (cohort, value, mode)
        }
        _ => return s.report(usage(call)),
    };
    let ExprKind::Path(path) = &cohort.value else { return s.report(usage(call)) };
    let known = path.qualifier.is_none() && tools::check_tool(s, &path.name, "cohort");
    let start = s.uses.len();
    let value = expression::typed(s, value);
    s.uses.truncate(start);
    let ages = ages(s, mode);
    let (value, ages) = (value?, ages?);
    known.then_some(())?;
    let numbers = s.numbers;
    let (id, cohort) = numbers.cohorts.get_key_value(path.name.value.as_str())?;
    let cohort = cohort.as_ref()?;
    let mut restricted = Vec::new();
    let Some(measure) = measure_of(&value.scalar, numbers, &mut restricted) else {
        return s.report(
            Diagnostic::error(
                Code::WrongKind,
                value.span(),
                format!("`{name}` follows the rows of one measure, and this is a formula"),
            )
            .because("each of its rows is something that an entrant does on a day")
            .help("name a measure, perhaps with `where`; divide two of these numbers for a ratio"),
        );
    };
    if restricted.iter().any(|predicate| bands::bands_in(numbers.predicates, predicate)) {
        return s.report(
            not_yet(value.span(), "what entrants in a band of a segmentation `per` did")
                .because("the band is of a period, and what they did is of many")
                .help(format!(
                    "restrict the entrants: `({name}(…) where …)`, by their band in the period of entry"
                )),
        );
    }
    let known = numbers.measures.get(measure.as_str())?.as_ref()?;
    if let (OfEntrants::PerEntrant, false) = (reading, is_total(&known.measure.aggregate)) {
        return s.report(
            Diagnostic::error(
                Code::AverageOfRatios,
                value.span(),
                format!("`{name}` divides a total, and `{measure}` is none"),
            )
            .because("a mean or a distinct count of each entrant does not add up to one of them all")
            .help("name a count or a sum"),
        );
    }
    let used =
        Use { source: known.source, measure: known_id(numbers, &measure)?, lifted: Lifted::Some(Vec::new()) };
    if let Some(error) = numbers.unreached(&used, &cohort.entity, value.span(), "followed by") {
        return s.report(error);
    }
    let source = *numbers.rows.ids.get(cohort.source.as_str())?;
    let mut needs = Needs::new(numbers.rows, numbers.sources);
    needs.source(source);
    needs.key(source);
    needs.column(source, &cohort.axis.column);
    for source in [source, known.source] {
        needs.dimension(source, &cohort.entity);
    }
    s.unbound.extend(needs.found.into_iter().chain(known.unbound.iter().cloned()));
    // Period and slices are the entry's.
    s.uses.push(Use { source, measure: id, lifted: Lifted::Some(Vec::new()) });
    let (ty, unit) = match reading {
        OfEntrants::Retained => (Type::Float, Unit::plain(Kind::Percent)),
        OfEntrants::PerEntrant if value.ty() == Type::Duration => (Type::Duration, value.unit.clone()),
        OfEntrants::PerEntrant => (Type::Float, value.unit.clone()),
    };
    let entrants = Entrants { cohort: (*id).to_string(), measure, restricted, reading, ages };
    Some(Typed::new(ScalarKind::Leaf(NumberLeaf::Entrants(Box::new(entrants))), ty, unit, span))
}

fn known_id<'m>(numbers: &Numbers<'m>, measure: &str) -> Option<&'m str> {
    numbers.measures.get_key_value(measure).map(|(id, _)| *id)
}

fn usage(call: &Call) -> Diagnostic {
    let name = call.function.value.as_str();
    let example = match name {
        "retained" => "retained(signups, logins, on day 7)",
        _ => "per_entrant(signups, revenue, within 6 months)",
    };
    Diagnostic::error(
        Code::WrongArguments,
        call.function.span,
        format!("`{name}` takes a cohort, a measure, and when after the entry"),
    )
    .help(format!("write `{example}`; or `within 30 days`, `from day 1 on`, `by month`"))
}

fn ages(s: &mut NumberScope<'_, '_>, mode: &Spanned<Mode>) -> Option<Ages> {
    let wrong = |message: &str| Diagnostic::error(Code::WrongArguments, mode.span, message);
    match &mode.value {
        Mode::OnDay(day) => Some(Ages::OnDay(*day)),
        Mode::FromDay(day) => Some(Ages::FromDay(*day)),
        Mode::Within(duration) => match whole(duration, mode.span) {
            Ok(length) if is_days(length.unit) => Some(Ages::Within(length)),
            _ => s.report(
                wrong("`within` takes a whole number of days or longer units here")
                    .because("day 0 is the entry day in the project's zone, so entrants are followed by days")
                    .help("write `within 30 days`, `within 6 months`"),
            ),
        },
        Mode::By(Grain::Hour) => s.report(
            wrong("entrants' age is counted in days or longer periods")
                .because("day 0 is the entry day in the project's zone, so entrants are followed by days")
                .help("write `by day`, `by month`"),
        ),
        Mode::By(grain) => Some(Ages::By(*grain)),
        Mode::Decay(_) => s.report(
            wrong("`decay` weighs touches, and entrants have none")
                .help("write `on day 7`, `within 30 days` or `by month`"),
        ),
    }
}

fn is_days(unit: ast::TimeUnit) -> bool {
    use ast::TimeUnit as U;
    match unit {
        U::Day | U::Week | U::Month | U::Quarter | U::Year => true,
        U::Millisecond | U::Second | U::Minute | U::Hour => false,
    }
}

/// The one measure that a number is, and the conditions above it.
fn measure_of(number: &Number, numbers: &Numbers<'_>, restricted: &mut Vec<Predicate>) -> Option<String> {
    let ScalarKind::Leaf(leaf) = &number.kind else { return None };
    match leaf {
        NumberLeaf::Measure(id) => Some(id.clone()),
        NumberLeaf::Restrict(value, predicate) => {
            restricted.push((**predicate).clone());
            measure_of(value, numbers, restricted)
        }
        NumberLeaf::Kpi(id) => numbers.kpis.get(id.as_str())?.as_ref()?.measure.clone(),
        NumberLeaf::Total(..)
        | NumberLeaf::Previous(..)
        | NumberLeaf::Window(..)
        | NumberLeaf::OverPeriods(_)
        | NumberLeaf::Versions(_)
        | NumberLeaf::Stock(..)
        | NumberLeaf::TimeShare(_)
        | NumberLeaf::PerMember(_)
        | NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::Attainment(_)
        | NumberLeaf::Rank(..) => None,
    }
}

/// The measure that a formula is, without more.
pub fn promoted(number: &Number) -> Option<String> {
    match &number.kind {
        ScalarKind::Leaf(NumberLeaf::Measure(id)) => Some(id.clone()),
        _ => None,
    }
}

fn is_total(aggregate: &Aggregate) -> bool {
    match aggregate {
        Aggregate::Count | Aggregate::Sum(_) => true,
        Aggregate::CountDistinct(_)
        | Aggregate::Avg(_)
        | Aggregate::Min(_)
        | Aggregate::Max(_)
        | Aggregate::Percentile(..)
        | Aggregate::Stddev(_)
        | Aggregate::Corr(..) => false,
    }
}
