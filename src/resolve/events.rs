//! Events: what happened, for who reads the numbers of that time.

use indexmap::IndexMap;

use super::numbers::Numbers;
use super::predicates::PredicateScope;
use super::resolved::Event;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::days;
use crate::syntax::ast;
use crate::syntax::format;

/// Every event without findings by its id, in the order written.
pub fn all(numbers: &Numbers<'_>, sink: &mut Sink) -> IndexMap<String, Event> {
    let defs = numbers.model.events.values();
    let sound = defs.filter_map(|def| event(numbers, def, sink));
    sound.map(|event| (event.id.clone(), event)).collect()
}

fn event(numbers: &Numbers<'_>, def: &ast::Event, sink: &mut Sink) -> Option<Event> {
    let filter = def.filter.as_ref().map_or(Some(()), |filter| {
        let mut scope = PredicateScope::new(numbers.predicates, &numbers.model.params, sink);
        scope.condition(filter).map(|_| ())
    });
    let from = days(def.from.value)?.0;
    let until = match &def.until {
        Some(until) => Some(days(until.value)?.1),
        None => None,
    };
    if let Some(until) = def.until.as_ref().filter(|_| until.is_some_and(|until| until < from)) {
        sink.push(
            Diagnostic::error(
                Code::WrongArguments,
                def.from.span.to(until.span),
                format!("the event `{}` ends before it begins", def.header.name.value),
            )
            .because("no period would hold it")
            .help("write the earlier period behind `from`"),
        );
        return None;
    }
    filter?;
    Some(Event {
        id: def.header.name.value.clone(),
        label: def.header.label.as_ref().map(|label| label.value.clone()),
        from,
        until,
        condition: def.filter.as_ref().map(format::expression),
        definition: def.clone(),
        span: def.header.span,
    })
}
