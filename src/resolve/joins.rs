//! Joins: many-to-one, on the other source's whole key.

use std::collections::HashSet;

use super::as_of;
use super::operators::{self, a};
use super::order::{order, shown};
use super::resolved::Row;
use super::rows::{JoinNames, JoinState, Rows};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{Name, Path, Property};

/// Joins behind joins.
const MOST_JOINS: usize = 32;
/// Dimensions that all sources inherit, together.
const MOST_INHERITED: usize = 250_000;

/// Finds out which joins can be used; the others are reported, or refused where
/// they are used.
pub fn check(rows: &mut Rows<'_>, sink: &mut Sink) {
    for source in 0..rows.sources.len() {
        for join in 0..rows.sources[source].joins.len() {
            let state = state(rows, &rows.sources[source].joins[join], sink);
            rows.sources[source].joins[join].state = state;
        }
    }
    cycles(rows, sink);
    many(rows, sink);
    incomplete(rows);
}

/// Refuses joins that nobody wrote by hand: each source inherits from all behind it.
fn many(rows: &mut Rows<'_>, sink: &mut Sink) {
    let mut depth = vec![0; rows.sources.len()];
    let mut inherited = vec![0; rows.sources.len()];
    let mut all = 0;
    let ids: HashSet<&str> = rows.sources.iter().flat_map(|s| s.dimensions.keys().copied()).collect();
    for source in order(&sound_targets(rows)).sorted {
        inherited[source] = rows.sources[source].dimensions.len();
        for join in rows.sources[source].joins.values_mut() {
            let Some(target) = join.key_of() else { continue };
            if depth[target] < MOST_JOINS && all + inherited[target] <= MOST_INHERITED {
                depth[source] = depth[source].max(depth[target] + 1);
                inherited[source] = ids.len().min(inherited[source] + inherited[target]);
                all += inherited[target];
                continue;
            }
            join.state = JoinState::Broken;
            let name = &join.def.header.name;
            sink.push(
                Diagnostic::error(
                    Code::TooLarge,
                    name.span,
                    match depth[target] {
                        MOST_JOINS => format!("the join `{}` has {MOST_JOINS} others behind it", name.value),
                        _ => format!(
                            "with the join `{}` sources inherit {MOST_INHERITED} dimensions",
                            name.value
                        ),
                    },
                )
                .because("every source inherits the dimensions of all sources behind its joins")
                .help("join the tables in the database, or in an SQL source"),
            );
        }
    }
}

/// Marks the sources whose joins, or whose joined sources' joins, have findings.
fn incomplete(rows: &mut Rows<'_>) {
    let needs: Vec<Vec<usize>> = sound_targets(rows);
    for source in order(&needs).sorted {
        let joins = rows.sources[source].joins.values();
        let broken = joins.map(|j| j.state).any(|state| state == JoinState::Broken);
        let unread = rows.sources[source].def.incomplete;
        rows.sources[source].incomplete =
            unread || broken || needs[source].iter().any(|t| rows.sources[*t].incomplete);
    }
}

/// The sources that each source joins by their keys.
pub fn sound_targets(rows: &Rows<'_>) -> Vec<Vec<usize>> {
    let targets = |source: &super::rows::SourceNames<'_>| -> Vec<usize> {
        source.joins.values().filter_map(JoinNames::key_of).collect()
    };
    rows.sources.iter().map(targets).collect()
}

fn state(rows: &Rows<'_>, join: &JoinNames<'_>, sink: &mut Sink) -> JoinState {
    let def = join.def;
    let name = &def.source;
    let Some(target) = join.target else {
        let error =
            Diagnostic::error(Code::UnknownSource, name.span, format!("there is no source `{}`", name.value))
                .missing(&name.value);
        let near = sink.nearest(&name.value, rows.ids.keys().copied());
        sink.push(match near {
            Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
            None => error.help(format!("define it: `source {} {{ table … key … }}`", name.value)),
        });
        return JoinState::Broken;
    };
    if def.as_of.is_some() {
        let is_sound = as_of::check(rows, target, def, sink);
        return if is_sound { JoinState::Sound } else { JoinState::Broken };
    }
    let other = rows.sources[target].def;
    let Some(key) = &other.key else {
        if other.incomplete {
            return JoinState::Broken;
        }
        sink.push(
            Diagnostic::error(
                Code::MissingKey,
                name.span,
                format!("the joined source `{}` has no key", name.value),
            )
            .label(other.header.name.span, "defined here")
            .because("only a key makes sure that a row finds at most one row")
            .help("add `key COLUMN` to it: the columns that tell its rows apart"),
        );
        return JoinState::Broken;
    };
    if key.value.len() != def.on.len() {
        let shown: Vec<_> = key.value.iter().map(|k| format!("`{}`", k.value)).collect();
        let on = def
            .on
            .first()
            .map_or(def.header.span, |first| first.span().to(def.on.last().map_or(first.span(), Path::span)));
        sink.push(
            Diagnostic::error(
                Code::JoinKey,
                on,
                format!(
                    "the join names {} and the key of `{}` has {}",
                    count(def.on.len()),
                    name.value,
                    count(key.value.len())
                ),
            )
            .label(key.span, "the key")
            .because("a join on less than the key repeats rows, and every sum counts them again")
            .help(format!("name this side's columns for {}, in that order", shown.join(", "))),
        );
        return JoinState::Broken;
    }
    if let Some(error) = crossed(join, key) {
        sink.push(error);
        return JoinState::Broken;
    }
    JoinState::Sound
}

/// Columns that have the names of the key's, in another order.
fn crossed(join: &JoinNames<'_>, key: &Property<Vec<Name>>) -> Option<Diagnostic> {
    let on = &join.def.on;
    let is_crossed = |(at, path): (usize, &Path)| {
        let place = key.value.iter().position(|name| *name == path.name);
        path.qualifier.is_none() && place.is_some_and(|place| place != at)
    };
    on.iter().enumerate().any(is_crossed).then(|| {
        let span = on.first().map_or(join.def.header.span, Path::span);
        let span = on.last().map_or(span, |last| span.to(last.span()));
        let shown: Vec<_> = key.value.iter().map(|k| format!("`{}`", k.value)).collect();
        Diagnostic::error(Code::JoinKey, span, "the join names the key's columns in another order")
            .label(key.span, "the key")
            .because("each column is compared with the key's column in its place, and would find other rows")
            .help(format!("name them in the key's order: {}", shown.join(", ")))
    })
}

fn count(n: usize) -> String {
    if n == 1 { "1 column".into() } else { format!("{n} columns") }
}

/// Reports joins that lead back to where they start, and takes them out.
fn cycles(rows: &mut Rows<'_>, sink: &mut Sink) {
    loop {
        // One that shares a source with another shows when that one is broken.
        let found = order(&sound_targets(rows));
        if found.cycles.is_empty() {
            return;
        }
        found.cycles.iter().for_each(|cycle| broken(rows, cycle, sink));
    }
}

fn broken(rows: &mut Rows<'_>, cycle: &[usize], sink: &mut Sink) {
    let names: Vec<&str> = cycle.iter().map(|id| rows.name(*id)).collect();
    let (message, help) = match names[..] {
        [only] => (
            format!("`{only}` joins itself"),
            format!("join another source over the same table: `source other_{only} {{ table … key … }}`"),
        ),
        _ => (
            format!("joins lead from `{}` back to it: {}", names[0], shown(&names)),
            "remove one of the joins: only the source that holds the foreign key joins".to_string(),
        ),
    };
    let mut error: Option<Diagnostic> = None;
    for (i, source) in cycle.iter().enumerate() {
        let next = cycle[(i + 1) % cycle.len()];
        for join in rows.sources[*source].joins.values_mut() {
            if join.key_of() != Some(next) {
                continue;
            }
            join.state = JoinState::Broken;
            let span = join.def.header.span;
            error = Some(match error {
                None => Diagnostic::error(Code::JoinCycle, span, message.clone()),
                Some(error) => error.label(span, "and on through this join"),
            });
        }
    }
    let reason = "a row's dimensions would be looked up in a circle that never ends";
    sink.extend(error.map(|error| error.because(reason).help(help)));
}

/// The key of a source over its own row; `None` where it is broken or missing.
pub fn key(rows: &Rows<'_>, source: usize) -> Option<Vec<Row>> {
    let key = rows.sources[source].def.key.as_ref()?;
    let mut quiet = Sink::new();
    key.value
        .iter()
        .map(|name| {
            let path = Path { qualifier: None, name: name.clone() };
            rows.column(source, &path, &mut quiet).map(|v| v.scalar)
        })
        .collect()
}

/// Two columns that cannot be compared.
pub fn unlike(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, span, message)
        .because("the join would find no row, or depend on how an engine converts")
        .help("declare both columns of one type")
}

/// Checks the columns that joins name, now that columns are worked out.
pub fn columns(rows: &Rows<'_>, sink: &mut Sink) {
    for (id, source) in rows.sources.iter().enumerate() {
        for join in source.joins.values() {
            let on: Vec<_> = join.def.on.iter().map(|path| rows.column(id, path, sink)).collect();
            let Some(target) = join.key_of() else { continue };
            for (mine, other) in on.into_iter().zip(key(rows, target).into_iter().flatten()) {
                let Some(mine) = mine else { continue };
                if operators::common_type(mine.ty(), other.ty).is_none() {
                    let message = format!("{} is joined to a key that is {}", a(mine.ty()), a(other.ty));
                    sink.push(unlike(mine.span(), message).label(other.span, "the key's column"));
                }
            }
        }
    }
}
