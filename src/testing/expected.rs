//! The cells that a test expects, checked against what its request gives.

use super::asked_dimension;
use super::decimal::Decimal;
use super::given::{iso, said_rows, time, twice};
use super::said::{Of, Said};
use super::wanted::Wanted;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::{Model, days};
use crate::plan::{Moment, Output, Plan, Role, suppressed};
use crate::resolve::resolved::{Grain, PeriodKind, TimeUnit, UnitName};
use crate::resolve::scalar::Type;
use crate::source::Span;
use crate::syntax::ast::{Path, Then};

/// Expected rows, and which columns of the result they are about.
#[derive(Debug, Clone)]
pub struct Expected {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Further rows are no failure.
    pub some: bool,
}

/// A column of the result, by its place in it.
#[derive(Debug, Clone)]
pub struct Column {
    /// As the test calls it.
    pub name: String,
    pub place: usize,
    /// Whether it tells rows apart.
    pub is_key: bool,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub values: Vec<Wanted>,
    /// How the test counts each value, so that what came is shown alike.
    pub said: Vec<Said>,
    pub span: Span,
}

/// What a column holds.
enum Holds<'a> {
    Period,
    Slicing,
    Segment,
    Member(Type, &'a str),
    Number(&'a Output),
    Truth,
}

/// Checks what is expected; `None`: it has findings.
pub fn expected(then: &Then, plan: &Plan, model: &Model<'_>, sink: &mut Sink) -> Option<Expected> {
    let before = sink.len();
    let table = &then.table;
    let mut columns = Vec::new();
    let mut holds = Vec::new();
    for (i, path) in table.columns.iter().enumerate() {
        if let Some(first) = table.columns[..i].iter().find(|first| *first == path) {
            sink.push(twice(&path.name, first.span()));
            continue;
        }
        match place(path, plan, model) {
            Some((place, held)) => {
                let is_key = !matches!(held, Holds::Number(_) | Holds::Truth);
                columns.push(Column { name: asked_dimension(path), place, is_key });
                holds.push(held);
            }
            None => {
                let finding = unknown(path, plan);
                sink.push(finding);
            }
        }
    }
    if sink.len() == before {
        sink.extend(missing_key(&columns, plan, table.span));
    }
    let said = said_rows(table, model, sink);
    if sink.len() > before {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    for (said, row) in said.into_iter().zip(&table.rows) {
        let mut values = Vec::new();
        for ((said, held), cell) in said.iter().zip(&holds).zip(&row.value) {
            match wanted(said, held, plan, cell.span()) {
                Ok(wanted) => values.push(wanted),
                Err(finding) => sink.push(finding),
            }
        }
        rows.push(Row { values, said, span: row.span });
    }
    if sink.len() == before {
        repeated(&columns, &rows, sink);
    }
    (sink.len() == before).then_some(Expected { columns, rows, some: then.some })
}

// ----------------------------------------------------------------- columns

/// Columns of a result in front of the dimensions.
const OWN: usize = 3;

fn place<'a>(path: &Path, plan: &'a Plan, model: &Model<'_>) -> Option<(usize, Holds<'a>)> {
    let name = asked_dimension(path);
    let dimensions = &plan.scope.dimensions;
    if let Some(i) = dimensions.iter().position(|d| d.id == name) {
        return Some((OWN + i, Holds::Member(dimensions[i].ty, &dimensions[i].id)));
    }
    let id = model.aliases.get(name.as_str()).map_or(name.as_str(), |(id, _)| *id);
    let is_output =
        |output: &Output| output.column() == name || (output.role == Role::Value && output.kpi == id);
    if let Some(i) = plan.outputs.iter().position(is_output) {
        return Some((OWN + dimensions.len() + i, Holds::Number(&plan.outputs[i])));
    }
    let is_suppressed = |output: &Output| plan.minimum.is_some() && suppressed(&output.column()) == name;
    if let Some(i) = plan.outputs.iter().position(is_suppressed) {
        return Some((OWN + dimensions.len() + plan.outputs.len() + i, Holds::Truth));
    }
    match name.as_str() {
        "slicing" => Some((1, Holds::Slicing)),
        "segment" => Some((2, Holds::Segment)),
        word if word == "period_start" || word == plan.grain.word() => Some((0, Holds::Period)),
        _ => None,
    }
}

fn unknown(path: &Path, plan: &Plan) -> Diagnostic {
    let name = asked_dimension(path);
    let mut known = vec![plan.grain.word().to_owned()];
    known.extend(plan.scope.dimensions.iter().map(|d| d.id.clone()));
    known.extend(plan.outputs.iter().map(Output::column));
    known.extend(["segment".to_owned(), "slicing".to_owned()]);
    let found =
        Diagnostic::error(Code::TestColumn, path.span(), format!("what is asked gives no column `{name}`"));
    match nearest(&name, known.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean `{near}`?")).fix(path.span(), near.to_owned()),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            found.help(format!("it gives {}; ask for more behind `when`", known.join(", ")))
        }
    }
}

/// A column that tells rows apart, and is not named.
fn missing_key(columns: &[Column], plan: &Plan, span: Span) -> Option<Diagnostic> {
    let scope = &plan.scope;
    let dimensions = scope.dimensions.iter().enumerate().map(|(i, d)| (OWN + i, d.id.as_str(), true));
    let keys = [
        (0, plan.grain.word(), plan.range.starts.len() > 1),
        (1, "slicing", scope.slicings.len() > 1),
        (2, "segment", scope.segments.len() > 1),
    ];
    let has = |place: usize| columns.iter().any(|column| column.place == place);
    let (_, name, _) = keys.into_iter().chain(dimensions).find(|(place, _, tells)| *tells && !has(*place))?;
    Some(
        Diagnostic::error(Code::TestColumn, span, format!("the column `{name}` is missing"))
            .because("what is asked has rows that differ in it, and a row expected could be any of them")
            .help(format!("name it and write its values, or ask for one {name} only")),
    )
}

fn repeated(columns: &[Column], rows: &[Row], sink: &mut Sink) {
    let keys = |row: &Row| -> Vec<Wanted> {
        let keys = columns.iter().zip(&row.values).filter(|(column, _)| column.is_key);
        keys.map(|(_, value)| value.clone()).collect()
    };
    for (i, row) in rows.iter().enumerate() {
        if let Some(first) = rows[..i].iter().find(|first| keys(first) == keys(row)) {
            sink.push(
                Diagnostic::error(Code::TestRow, row.span, "this row is expected twice")
                    .label(first.span, "the first time")
                    .because("a result has one row for each period, segment and member of its slices")
                    .help("keep one of them"),
            );
        }
    }
}

// ------------------------------------------------------------------ values

fn wanted(said: &Said, holds: &Holds<'_>, plan: &Plan, span: Span) -> Result<Wanted, Diagnostic> {
    match holds {
        Holds::Period => period(said, plan, span),
        Holds::Slicing => {
            let names: Vec<String> = plan.scope.slicings.iter().map(|s| plan.scope.name(s)).collect();
            one_of(said, &names, "slicing", span)
        }
        Holds::Segment => {
            let names: Vec<String> = plan.scope.segments.iter().map(|s| s.id.clone()).collect();
            one_of(said, &names, "segment", span)
        }
        Holds::Member(ty, name) => of_type(said, *ty, &format!("a member of `{name}`"), span),
        Holds::Number(output) => number(said, output, span),
        Holds::Truth => of_type(said, Type::Boolean, "whether a number is suppressed", span),
    }
}

fn period(said: &Said, plan: &Plan, span: Span) -> Result<Wanted, Diagnostic> {
    let start = match said {
        Said::Day(day) => days(PeriodKind::Day(*day)),
        Said::Period(period) => days(*period),
        Said::Number(year, Of::Nothing) => {
            let year = year.to_string().parse().ok();
            year.and_then(|year| days(PeriodKind::Year(year)))
        }
        Said::Text(text) if plan.grain == Grain::Hour => return hour(text, plan, span),
        _ => None,
    };
    let Some((start, _)) = start else {
        return Err(misfit(span, format!("{} stands where a period is meant", said.kind())).help(match plan
            .grain
        {
            Grain::Hour => "write the hour's start as `'2026-01-05 10:00'`",
            _ => "write it as `2026-01`, `2026-W05`, `2026-Q1`, `2026`, or by its first day",
        }));
    };
    let starts = &plan.range.starts;
    let is_start = |at: &Moment| at.local.date().to_string() == iso(start);
    match starts.iter().find(|at| is_start(at)).filter(|_| plan.grain != Grain::Hour) {
        Some(moment) => Ok(Wanted::Day(moment.local.date())),
        None => Err(no_period(plan, &iso(start), span)),
    }
}

fn no_period(plan: &Plan, start: &str, span: Span) -> Diagnostic {
    let starts = &plan.range.starts;
    let found = misfit(span, format!("no {} that is asked starts at {start}", plan.grain.word()));
    match (starts.first(), starts.last()) {
        (Some(first), Some(last)) if plan.grain != Grain::Hour => found.help(format!(
            "the first one starts on {}, the last one on {}",
            first.local.date(),
            last.local.date()
        )),
        (Some(first), Some(last)) => {
            found.help(format!("the first one starts at {}, the last one at {}", first.local, last.local))
        }
        _ => found,
    }
}

/// `'2026-10-25 02:00'`, with its offset where the clock is put back.
fn hour(text: &str, plan: &Plan, span: Span) -> Result<Wanted, Diagnostic> {
    let (local, offset) = match text.get(16..) {
        Some(offset) => (text.get(..16), offset.trim_start_matches(":00").trim()),
        None => (Some(text), ""),
    };
    let Some(local) = local.and_then(time) else { return Err(no_period(plan, text, span)) };
    let times = plan.range.starts.iter().filter(|start| start.local == local).count();
    if times > 1 && offset.is_empty() {
        return Err(misfit(span, format!("the hour `{text}` comes twice"))
            .because("the clock is put back in it")
            .help("write its offset, too: `'2026-10-25 02:00+02:00'`"));
    }
    if times == 0 {
        return Err(no_period(plan, text, span));
    }
    Ok(Wanted::Hour(format!("{}{offset}", local.strftime("%Y-%m-%dT%H:%M:%S"))))
}

fn one_of(said: &Said, names: &[String], what: &str, span: Span) -> Result<Wanted, Diagnostic> {
    let Said::Text(text) = said else {
        return Err(misfit(span, format!("{} stands where a {what} is meant", said.kind()))
            .help(format!("write its name: `'{}'`", names.first().map_or("all", String::as_str))));
    };
    if names.contains(text) {
        return Ok(Wanted::Text(text.clone()));
    }
    let found = misfit(span, format!("what is asked has no {what} `{text}`"));
    let quoted: Vec<String> = names.iter().map(|name| format!("`'{name}'`")).collect();
    Err(match nearest(text, names.iter().map(String::as_str)) {
        Some(near) => found.help(format!("did you mean `'{near}'`?")),
        None => found.help(format!("it has {}", quoted.join(", "))),
    })
}

/// A KPI's value: percent are fractions, spans of time seconds.
fn number(said: &Said, output: &Output, span: Span) -> Result<Wanted, Diagnostic> {
    let takes_numbers =
        output.ty.is_number() || matches!(output.ty, Type::Duration | Type::Unknown | Type::Null);
    let Said::Number(number, of) = said else {
        if takes_numbers && !matches!(said, Said::Null | Said::Quotient(..)) {
            let fact = format!("{} stands where a number is meant", said.kind());
            let help = format!("`{}` is a number; write one, or `null` where there is none", output.column());
            return Err(misfit(span, fact).help(help));
        }
        return of_type(said, output.ty, &format!("a value of `{}`", output.column()), span);
    };
    let plain = Ok(Wanted::Number(*number));
    match (of, &output.unit) {
        (Of::Nothing, _) => plain,
        (Of::Percent, None | Some(UnitName::Percent | UnitName::Ratio)) => {
            Ok(Wanted::Number(number.hundredth()))
        }
        (Of::Money(unit), Some(known)) if unit == known => plain,
        (Of::Money(_), None) => plain,
        (Of::Time(unit), Some(UnitName::Time(known))) if output.ty != Type::Duration && unit == known => {
            plain
        }
        (Of::Time(unit), _) if output.ty == Type::Duration => match seconds(*number, *unit) {
            Some(seconds) => Ok(Wanted::Number(seconds)),
            None => Err(misfit(span, "a month is no fixed number of seconds".into())
                .help("write the span in days or a shorter unit")),
        },
        (Of::Percent | Of::Money(_) | Of::Time(_), _) => {
            let unit = output.unit.as_ref().map_or("no unit".to_owned(), UnitName::word);
            Err(Diagnostic::error(
                Code::UnitMismatch,
                span,
                format!("{} is expected of `{}`, which is in {unit}", said.kind(), output.kpi),
            )
            .help("write the number alone, or in the KPI's own unit"))
        }
    }
}

fn seconds(number: Decimal, unit: TimeUnit) -> Option<Decimal> {
    use TimeUnit as T;
    let factor = match unit {
        T::Millisecond => "0.001",
        T::Second => "1",
        T::Minute => "60",
        T::Hour => "3600",
        T::Day => "86400",
        T::Week => "604800",
        T::Month | T::Quarter | T::Year => return None,
    };
    Decimal::read(factor).and_then(|factor| number.times(factor))
}

fn of_type(said: &Said, ty: Type, what: &str, span: Span) -> Result<Wanted, Diagnostic> {
    let any = matches!(ty, Type::Unknown | Type::Null);
    match said {
        Said::Null => return Ok(Wanted::Null),
        Said::Truth(truth) if any || ty == Type::Boolean => return Ok(Wanted::Truth(*truth)),
        Said::Number(number, Of::Nothing) if any || ty.is_number() || ty == Type::Duration => {
            return Ok(Wanted::Number(*number));
        }
        Said::Quotient(above, below) if any || ty.is_number() || ty == Type::Duration => {
            return Ok(Wanted::Quotient(*above, *below));
        }
        Said::Text(text) if matches!(ty, Type::Timestamp | Type::Instant) => {
            if let Some(time) = time(text) {
                return Ok(Wanted::Time(time));
            }
        }
        Said::Text(text) if any || ty == Type::Text => return Ok(Wanted::Text(text.clone())),
        Said::Day(day) if any || ty.is_time() => {
            if let Ok(date) = iso(*day).parse() {
                return Ok(Wanted::Day(date));
            }
        }
        _ => {}
    }
    let kind = match ty {
        Type::Text => "a text: `'…'`",
        Type::Boolean => "`true` or `false`",
        Type::Date => "a day: `2026-01-05`",
        Type::Timestamp | Type::Instant => "a local time: `'2026-01-05 10:30'`",
        _ => "a number",
    };
    Err(misfit(span, format!("{} stands where {what} is meant", said.kind())).help(format!("it is {kind}")))
}

fn misfit(span: Span, fact: String) -> Diagnostic {
    Diagnostic::error(Code::TestRow, span, fact)
}
