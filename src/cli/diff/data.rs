//! `--data`: both states computed on the same data, and the cells that moved.

use std::collections::HashMap;

use indexmap::IndexMap;
use kpic::dialect;
use kpic::meaning::{Class, Comparison, Happened, Kind};
use kpic::plan::Role;
use kpic::report::{self, Line, Number, Sheet, Writing};
use kpic::run::Value;
use kpic::source::Sources;
use kpic::syntax::ast::Environment;

use super::{Arguments, Meant};
use crate::cli::Stop;
use crate::cli::execute::{self, Asked, Limits, Stopped};
use crate::cli::prepare::{self, Ready};
use crate::cli::project::{Choice, Project};
use crate::cli::request::Options;
use crate::cli::run::Shape;

/// What moved of each KPI that was computed on both sides.
#[derive(Debug, Default)]
pub struct Moved {
    pub kpis: Vec<OfKpi>,
}

#[derive(Debug)]
pub struct OfKpi {
    pub id: String,
    /// Its name before, if it had another one.
    pub was: Option<String>,
    /// Cells that either side has.
    pub cells: usize,
    /// Those that differ, the most moved first.
    pub moved: Vec<Cell>,
}

#[derive(Debug)]
pub struct Cell {
    /// Its period, slicing, segment and members, by the names of their columns.
    pub at: IndexMap<String, Option<String>>,
    pub before: Side,
    pub after: Side,
    pub change: Option<f64>,
    /// As a part of what it was.
    pub ratio: Option<f64>,
}

/// A value of a cell.
#[derive(Debug)]
pub struct Side {
    /// `None`: this side has no such cell.
    pub value: Option<Value>,
    /// For people.
    pub shown: String,
}

/// One of the states, ready to be computed.
pub struct State<'a, 'p> {
    pub project: &'a Project,
    pub choice: Choice<'a>,
    pub meant: &'a Meant<'p>,
}

/// Misuse: an environment that speaks another dialect.
pub fn is_embedded(choice: Choice<'_>) -> Result<(), Stop> {
    if choice.dialect.name() == dialect::EMBEDDED.name() {
        return Ok(());
    }
    Err(Stop::misuse(
        format!(
            "`--data` computes on the embedded engine and the environment speaks {}",
            choice.dialect.name()
        ),
        "choose an environment without a dialect of its own with `--env`, or compare without `--data`",
    ))
}

/// Computes the KPIs that are asked for, else all that change values, on the data of the later
/// state's environment.
///
/// # Errors
/// What the data or the request is wrong about; an interruption.
pub fn moved(
    arguments: &Arguments,
    (before, after): (&State<'_, '_>, &State<'_, '_>),
    comparison: &Comparison,
    sources: &mut Sources,
) -> Result<Moved, Stopped> {
    let pairs = pairs(&arguments.request.kpis, before, after, comparison);
    if pairs.is_empty() {
        return Ok(Moved::default());
    }
    let (old, new): (Vec<String>, Vec<String>) = pairs.iter().cloned().unzip();
    // The same data, and still the zone that each state reads its times in.
    let zone = before.choice.environment.map(|environment| environment.timestamps.clone());
    let environment = after.choice.environment.map(|environment| Environment {
        timestamps: zone.unwrap_or_else(|| environment.timestamps.clone()),
        ..environment.clone()
    });
    let then = Choice { environment: environment.as_ref(), dialect: after.choice.dialect };
    let was = computed(&State { choice: then, ..*before }, &asked(&arguments.request, old), sources)?;
    let is = computed(after, &asked(&arguments.request, new), sources)?;
    let locale = after.meant.resolved.settings.locale.as_deref();
    let writing = Writing::of(locale);
    let kpis = pairs.into_iter().map(|(old, new)| of_kpi(&old, &new, &was, &is, &writing)).collect();
    Ok(Moved { kpis })
}

/// The names that each KPI has on both sides.
fn pairs(
    asked: &[String],
    before: &State<'_, '_>,
    after: &State<'_, '_>,
    comparison: &Comparison,
) -> Vec<(String, String)> {
    let changes = comparison.changes.iter().filter(|change| change.name.kind == Kind::Kpi);
    let renamed: HashMap<&str, &str> = changes
        .clone()
        .filter_map(|change| match &change.happened {
            Happened::Renamed { to, .. } => Some((to.id.as_str(), change.name.id.as_str())),
            _ => None,
        })
        .collect();
    let was = |name: &str| renamed.get(name).copied().unwrap_or(name).to_string();
    if !asked.is_empty() {
        return asked.iter().map(|name| (was(name), name.clone())).collect();
    }
    let is_bound = |state: &State<'_, '_>, id: &str| {
        state.meant.resolved.kpis.get(id).is_some_and(|kpi| kpi.unbound.is_empty())
    };
    changes
        .filter(|change| change.class >= Class::Values)
        .filter_map(|change| match &change.happened {
            Happened::Renamed { to, .. } => Some((change.name.id.clone(), to.id.clone())),
            Happened::Changed => Some((change.name.id.clone(), change.name.id.clone())),
            Happened::Added | Happened::Removed | Happened::Broken | Happened::Mended | Happened::Unsound => {
                None
            }
        })
        .filter(|(old, new)| is_bound(before, old) && is_bound(after, new))
        .collect()
}

fn asked(options: &Options, kpis: Vec<String>) -> Options {
    let mut asked = options.clone();
    asked.kpis = kpis;
    asked
}

fn computed(state: &State<'_, '_>, options: &Options, sources: &mut Sources) -> Result<Sheet, Stopped> {
    let ready = Ready {
        resolved: prepare::bound(state.meant.resolved.clone(), state.choice.environment),
        texts: state.meant.texts.clone(),
        dialect: state.choice.dialect,
        found: state.meant.found.clone(),
    };
    let asked = Asked {
        options,
        shape: Shape::Wide,
        statuses: &[],
        parquet: None,
        limits: Limits { threads: None, memory: None },
        strict: false,
    };
    let computed = execute::execute(state.project, state.choice, ready, &asked, sources)?;
    Ok(computed.sheet.expect("only Parquet is written by the engine itself"))
}

/// The lines of a sheet by what they are of.
fn lines(sheet: &Sheet) -> IndexMap<Vec<Option<String>>, &Line> {
    let told = told(sheet);
    let key = |line: &Line| told.iter().map(|column| line.values[*column].text()).collect();
    sheet.lines.iter().map(|line| (key(line), line)).collect()
}

/// The columns that say which cell a line is of.
fn told(sheet: &Sheet) -> Vec<usize> {
    let is_place = |kind: &report::Kind| {
        matches!(
            kind,
            report::Kind::Period(_) | report::Kind::Word | report::Kind::Member | report::Kind::Others
        )
    };
    (0..sheet.columns.len())
        .filter(|at| sheet.columns[*at].role.is_none() && is_place(&sheet.columns[*at].kind))
        .collect()
}

fn of_kpi(old: &str, new: &str, was: &Sheet, is: &Sheet, writing: &Writing) -> OfKpi {
    let column = |sheet: &Sheet, id: &str| {
        sheet.columns.iter().position(|column| column.role == Some(Role::Value) && column.name == id)
    };
    let (before, after) = (column(was, old), column(is, new));
    let (then, now) = (lines(was), lines(is));
    let mut keys: Vec<&Vec<Option<String>>> = now.keys().collect();
    keys.extend(then.keys().filter(|key| !now.contains_key(*key)));
    let names: Vec<String> = told(is).into_iter().map(|at| is.columns[at].name.clone()).collect();
    let mut moved: Vec<Cell> = keys
        .iter()
        .filter_map(|key| {
            let value = |lines: &IndexMap<Vec<Option<String>>, &Line>, column: Option<usize>| {
                Some(lines.get(*key)?.values.get(column?)?.clone())
            };
            let (then, now) = (value(&then, before), value(&now, after));
            if same(then.as_ref(), now.as_ref()) {
                return None;
            }
            let at = names.iter().cloned().zip((*key).clone()).collect();
            let side = |value: Option<Value>, sheet: &Sheet, column: Option<usize>| Side {
                shown: shown(value.as_ref(), sheet, column, writing),
                value,
            };
            let (old, new) = (then.as_ref().and_then(Value::number), now.as_ref().and_then(Value::number));
            let change = old.zip(new).map(|(old, new)| new - old);
            let ratio = change.zip(old.filter(|old| *old != 0.0)).map(|(change, old)| change / old.abs());
            Some(Cell { at, before: side(then, was, before), after: side(now, is, after), change, ratio })
        })
        .collect();
    moved.sort_by(|a, b| moves(b).total_cmp(&moves(a)));
    OfKpi { id: new.to_string(), was: (old != new).then(|| old.to_string()), cells: keys.len(), moved }
}

/// How far a cell moved; one that came or went is first.
fn moves(cell: &Cell) -> f64 {
    cell.ratio.map_or(f64::INFINITY, f64::abs)
}

/// Floating-point numbers that another order of rows could give are the same.
fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(Value::Float(a)), Some(Value::Float(b))) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (Some(a), Some(b)) => match (a.number(), b.number()) {
            (Some(x), Some(y)) => x == y && (a.digits() == b.digits() || x.abs() < 1e15),
            _ => a == b,
        },
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn shown(value: Option<&Value>, sheet: &Sheet, column: Option<usize>, writing: &Writing) -> String {
    let Some(value) = value else { return "no cell".into() };
    let kind = column.map(|column| &sheet.columns[column].kind);
    let number = match kind {
        Some(report::Kind::Number(number)) => number.clone(),
        _ => Number::default(),
    };
    writing.shown(value, &number)
}

impl Cell {
    /// Its period, and the members that it is of.
    pub fn place(&self) -> String {
        let plain = |name: &str| ["slicing", "segment", "period_start"].contains(&name);
        let text = |name: &str| self.at.get(name).cloned().flatten();
        let slicing = text("slicing").unwrap_or_default();
        let is_sliced = |name: &str| slicing.split(',').any(|part| part == name);
        let mut parts: Vec<String> = text("period_start").into_iter().collect();
        let members = self.at.iter().filter(|(name, _)| !plain(name) && is_sliced(name));
        parts.extend(
            members.map(|(name, member)| format!("{name} {}", member.as_deref().unwrap_or("(none)"))),
        );
        parts.extend(text("segment").filter(|segment| segment != "all").map(|s| format!("segment {s}")));
        parts.join(", ")
    }

    /// `−5.2%`
    pub fn by(&self) -> Option<String> {
        let percent = self.ratio? * 100.0;
        Some(format!("{}{:.1}%", if percent < 0.0 { "−" } else { "+" }, percent.abs()))
    }
}
