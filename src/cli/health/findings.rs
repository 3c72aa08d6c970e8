//! What is wrong with data, said where the definitions rely on it.

use kpic::diagnostic::{Code, Diagnostic, Severity};
use kpic::model::Model;
use kpic::resolve::Resolved;
use kpic::source::Span;

use super::counts;
use super::examine::{Counted, Examined, Joined, Key, Sample, Shown};
use crate::cli::output;
use crate::cli::project::Project;

/// What is wrong with one source's data.
pub fn of(project: &Project, model: &Model<'_>, resolved: &Resolved, examined: &Examined) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let source = examined.source.as_str();
    found.extend(examined.key.as_ref().and_then(|key| repeated(model, source, key)));
    for join in &examined.joins {
        found.extend(no_partner(resolved, examined, join));
    }
    found.extend(examined.backward.as_ref().and_then(|counted| backward(project, resolved, source, counted)));
    for (name, counted) in &examined.unaccepted {
        found.extend(unaccepted(resolved, examined, name, counted));
    }
    found
}

fn unaccepted(
    resolved: &Resolved,
    examined: &Examined,
    name: &str,
    Counted { count, sample }: &Counted,
) -> Option<Diagnostic> {
    if *count == 0 {
        return None;
    }
    let fact = format!(
        "{} of `{}` {} another value of `{name}` than the accepted ones{}",
        counts::of_rows(*count, examined.rows),
        examined.source,
        if *count == 1 { "has" } else { "have" },
        such_as(sample)
    );
    let listed = resolved.sources.get(&examined.source)?.listed.get(name)?;
    Some(
        warning(Code::UnacceptedRows, Some(listed.span), fact)
            .label(listed.accepted.span, "its accepted values")
            .because("no segment, target or condition that keeps to the list has these rows")
            .help("mend the data, map them in the definition, or add the value to the list"),
    )
}

fn repeated(model: &Model<'_>, source: &str, key: &Key) -> Option<Diagnostic> {
    let Counted { count, sample } = &key.repeated;
    if *count == 0 {
        return None;
    }
    let (fact, help) = match key.of_versions {
        false => (
            format!(
                "the key of `{source}` repeats: {} of its values {} in more than one row{}",
                counts::digits(*count),
                if *count == 1 { "stands" } else { "stand" },
                such_as(sample)
            ),
            "read the source with a query that has one row for each key, or mend the data",
        ),
        true => (
            format!(
                "the versions of `{source}` overlap: {} of them start while the one before holds",
                counts::digits(*count)
            ),
            "end each version where the next one starts: `valid from … until …` excludes its end",
        ),
    };
    let at = model.sources.get(source).and_then(|source| source.key.as_ref()).map(|key| key.span);
    let finding = Diagnostic { span: at, ..Diagnostic::general(Code::DuplicateKeys, fact) };
    Some(
        finding
            .because(
                "each repeated key would repeat the rows that are found by it, and their numbers count twice",
            )
            .help(help),
    )
}

fn no_partner(resolved: &Resolved, examined: &Examined, join: &Joined) -> Option<Diagnostic> {
    let Counted { count, sample } = &join.unmatched;
    if *count == 0 {
        return None;
    }
    let fact = format!(
        "{} of `{}` find no partner by `{}`{}",
        counts::of_rows(*count, examined.rows),
        examined.source,
        join.name,
        such_as(sample)
    );
    let at = resolved.sources.get(&examined.source).and_then(|source| source.joins.get(&join.name));
    Some(
        warning(Code::NoPartner, at.map(|join| join.span), fact)
            .because(format!(
                "`{}` has no row of that key, so they have no value in what comes through the join",
                join.to
            ))
            .help("complete the joined table, or leave such rows out: `rows where …`"),
    )
}

fn backward(project: &Project, resolved: &Resolved, source: &str, counted: &Counted) -> Option<Diagnostic> {
    let Counted { count, sample } = counted;
    let (rows, end) = match count {
        0 => return None,
        1 => ("1 row".to_owned(), "ends"),
        n => (format!("{} rows", counts::digits(*n)), "end"),
    };
    let fact =
        format!("{rows} of `{source}` {end} before beginning, or without having begun{}", such_as(sample));
    let whole = resolved.sources.get(source).map(|source| source.span);
    Some(
        warning(Code::BackwardIntervals, project.active(source).or(whole), fact)
            .because("such a row is never there, but comes and goes: start + in - out is not the end")
            .help("mend the data, or leave these rows out: `rows where …`"),
    )
}

fn warning(code: Code, span: Option<Span>, fact: String) -> Diagnostic {
    Diagnostic { span, severity: Severity::Warning, ..Diagnostic::general(code, fact) }
}

/// `, such as 17 (4 rows) and 23 (2 rows)`
fn such_as(sample: &Sample) -> String {
    match sample {
        Sample::Nothing => String::new(),
        Sample::Personal => " (not shown: personal data)".to_owned(),
        Sample::Keys(keys) if keys.is_empty() => String::new(),
        Sample::Keys(keys) => format!(", such as {}", keys.iter().map(one).collect::<Vec<_>>().join(", ")),
    }
}

fn one(key: &Shown) -> String {
    let value = |value: &Option<String>| value.as_deref().map_or("null".to_owned(), short);
    let values: Vec<String> = key.values.iter().map(value).collect();
    let rows = counts::digits(key.rows);
    format!("{} ({rows} {})", values.join(" / "), if key.rows == 1 { "row" } else { "rows" })
}

/// A value of the data as a few harmless characters.
fn short(value: &str) -> String {
    let line = output::line(value);
    let shown: String = line.chars().take(40).collect();
    if shown.len() < line.len() { shown + "…" } else { shown }
}
