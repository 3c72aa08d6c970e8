//! Funnels: the steps of an entity, over one or several sources.

use std::collections::HashSet;

use super::axis;
use super::numbers::{Lifted, Numbers, Use};
use super::resolved::{Funnel, Step};
use super::rows::{Place, Rows};
use super::windows::length;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast;

/// Every funnel of the project; `None` for one with findings.
pub fn all<'m>(
    numbers: &Numbers<'m>,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Vec<(&'m str, Option<Funnel>)> {
    let defs = numbers.model.funnels.iter();
    defs.map(|(id, def)| (*id, funnel(numbers, def, warned, sink))).collect()
}

fn funnel(
    numbers: &Numbers<'_>,
    def: &ast::Funnel,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Funnel> {
    let within = def.over.within.as_ref().map(|within| length(&numbers.model.params, within, sink));
    let steps: Vec<Option<Step>> =
        def.steps.iter().map(|step| self::step(numbers, def, step, warned, sink)).collect();
    if def.steps.is_empty() {
        sink.push(
            Diagnostic::error(
                Code::WrongArguments,
                def.header.name.span,
                format!("the funnel `{}` has no steps", def.header.name.value),
            )
            .because("it says who goes from one step to the next")
            .help("add `step visit where …` and those that follow"),
        );
        return None;
    }
    let within = match within {
        Some(within) => Some(within?),
        None => None,
    };
    // A dimension that nobody knows is reported with the other tools.
    numbers.predicates.dimensions.contains_key(&def.over.by.value).then_some(())?;
    Some(Funnel {
        id: def.header.name.value.clone(),
        entity: def.over.by.value.clone(),
        within,
        steps: steps.into_iter().collect::<Option<_>>()?,
        span: def.header.span,
    })
}

fn step(
    numbers: &Numbers<'_>,
    funnel: &ast::Funnel,
    def: &ast::Step,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Step> {
    let name = &def.header.name;
    let Some(source) = def.source.as_ref().or(funnel.over.source.as_ref()) else {
        sink.push(
            Diagnostic::error(
                Code::UnknownSource,
                name.span,
                format!("the step `{}` has no source", name.value),
            )
            .because("neither it nor its funnel says whose rows it counts")
            .help(format!(
                "write `step {} on SOURCE`, or `funnel {} on SOURCE by …`",
                name.value, funnel.header.name.value
            )),
        );
        return None;
    };
    // An unknown source is reported with the other tools.
    let id = *numbers.rows.ids.get(source.value.as_str())?;
    let filter = def.filter.as_ref().map(|filter| numbers.rows.condition(id, Place::Row, filter, sink));
    let at = def.at.as_ref().or(funnel.over.at.as_ref().filter(|_| def.source.is_none()));
    let axis = time(numbers.rows, id, at, ("step", name), warned, sink);
    let reached = reaches(numbers, &funnel.over.by, id, &name.value, sink);
    let keyed = has_key(numbers.rows, id, ("step", name), sink);
    let filter = match filter {
        Some(filter) => Some(filter?),
        None => None,
    };
    (reached && keyed).then_some(())?;
    Some(Step { id: name.value.clone(), source: source.value.clone(), axis: axis?, filter })
}

pub fn time(
    rows: &Rows<'_>,
    source: usize,
    at: Option<&ast::Path>,
    (what, name): (&str, &ast::Name),
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<super::resolved::Axis> {
    let def = rows.sources[source].def;
    if let Some(at) = at {
        // Reports an unknown column.
        rows.column(source, at, sink)?;
        return axis::at(rows, source, at, warned, sink);
    }
    match def.times.first() {
        Some(time) => axis::at(rows, source, &time.value.column, warned, sink),
        None if def.incomplete => None,
        None => {
            sink.push(
                Diagnostic::error(
                    Code::MissingTime,
                    name.span,
                    format!("the {what} `{}` has no time", name.value),
                )
                .label(def.header.name.span, "its source declares no `time`")
                .because("what comes first and what later is told by times")
                .help(format!("add `time COLUMN` to the source, or `at COLUMN` to the {what}")),
            );
            None
        }
    }
}

pub fn reaches(numbers: &Numbers<'_>, by: &ast::Name, source: usize, step: &str, sink: &mut Sink) -> bool {
    let known = numbers.predicates;
    // Reported with the other tools.
    if !known.dimensions.contains_key(&by.value) || known.banded.contains_key(&by.value) {
        return false;
    }
    let used = Use { source, measure: step, lifted: Lifted::Some(Vec::new()) };
    let error = numbers.unreached(&used, &by.value, by.span, "followed by");
    let reached = error.is_none();
    sink.extend(error);
    reached
}

/// Two rows at the same time are told apart by their key.
pub fn has_key(rows: &Rows<'_>, source: usize, (what, name): (&str, &ast::Name), sink: &mut Sink) -> bool {
    let def = rows.sources[source].def;
    if def.key.is_some() || def.incomplete {
        return def.key.is_some();
    }
    sink.push(
        Diagnostic::error(
            Code::MissingKey,
            name.span,
            format!("the {what} `{}` is over `{}`, which declares no key", name.value, def.header.name.value),
        )
        .because("rows at the same time follow each other in the order of their key")
        .help("declare the columns that tell its rows apart: `key event_id`"),
    );
    false
}
