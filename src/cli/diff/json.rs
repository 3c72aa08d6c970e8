//! Changes for programs.

use kpic::meaning::{Change, Class, Facet, Happened, Name};
use kpic::run::Value;
use serde::Serialize;

use super::data;
use super::report::Report;

#[derive(Debug, Serialize)]
struct Whole<'a> {
    before: State<'a>,
    after: State<'a>,
    /// The worst class of all; none: nothing changed.
    class: Option<&'static str>,
    counts: Counts,
    changes: Vec<One<'a>>,
    /// What moved on the data; none: nobody asked.
    data: Option<Vec<OfKpi<'a>>>,
}

#[derive(Debug, Serialize)]
struct OfKpi<'a> {
    kpi: &'a str,
    /// Its name before, if it had another one.
    was: Option<&'a str>,
    /// Cells that either state has.
    cells: usize,
    moved: Vec<ACell>,
}

#[derive(Debug, Serialize)]
struct ACell {
    #[serde(flatten)]
    at: serde_json::Map<String, serde_json::Value>,
    /// Whether each state has the cell at all.
    exists: [bool; 2],
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
    change: Option<f64>,
    change_ratio: Option<f64>,
}

#[derive(Debug, Serialize)]
struct State<'a> {
    revision: &'a str,
    /// Whether it has a project.
    exists: bool,
    /// What they touch is not compared.
    errors: usize,
}

#[derive(Debug, Serialize)]
struct Counts {
    breaks: usize,
    values: usize,
    compatible: usize,
    cosmetic: usize,
}

#[derive(Debug, Serialize)]
struct Id<'a> {
    kind: &'static str,
    id: &'a str,
    /// The source that it is a part of.
    of: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct One<'a> {
    #[serde(flatten)]
    id: Id<'a>,
    class: &'static str,
    change: &'static str,
    renamed_to: Option<Id<'a>>,
    differs: Vec<Differs<'a>>,
    /// Why its number is another one: what it reads, down to what is written anew.
    since: Vec<Id<'a>>,
    reaches: Reaches<'a>,
    /// `path:line:column`
    at: Option<String>,
}

#[derive(Debug, Serialize)]
struct Differs<'a> {
    what: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    class: &'static str,
    /// Whether it is about what should be reached rather than what is measured.
    goal: bool,
}

#[derive(Debug, Serialize)]
struct Reaches<'a> {
    kpis: &'a [String],
    dashboards: &'a [String],
    objectives: &'a [String],
    assertions: &'a [String],
}

/// One object, with everything.
pub fn json(report: &Report<'_>) -> String {
    let count = |class: Class| report.comparison.changes.iter().filter(|c| c.class == class).count();
    let [before, after] = [(report.before, &report.unsound[0]), (report.after, &report.unsound[1])]
        .map(|(of, unsound)| State { revision: &of.name, exists: of.exists, errors: unsound.errors.len() });
    let whole = Whole {
        before,
        after,
        class: report.comparison.class().map(Class::word),
        counts: Counts {
            breaks: count(Class::Breaks),
            values: count(Class::Values),
            compatible: count(Class::Compatible),
            cosmetic: count(Class::Cosmetic),
        },
        changes: report.comparison.changes.iter().map(|change| one(report, change)).collect(),
        data: report.moved.map(|moved| moved.kpis.iter().map(of_kpi).collect()),
    };
    let mut text = serde_json::to_string_pretty(&whole).expect("texts always serialise");
    text.push('\n');
    text
}

fn one<'a>(report: &Report<'a>, change: &'a Change) -> One<'a> {
    One {
        id: id(&change.name),
        class: change.class.word(),
        change: match change.happened {
            Happened::Added => "added",
            Happened::Removed => "removed",
            Happened::Renamed { .. } => "renamed",
            Happened::Changed => "changed",
            Happened::Broken => "broken",
            Happened::Mended => "mended",
            Happened::Unsound => "unsound",
        },
        renamed_to: match &change.happened {
            Happened::Renamed { to, .. } => Some(id(to)),
            _ => None,
        },
        differs: change.facets.iter().map(differs).collect(),
        since: change.since.iter().map(id).collect(),
        reaches: Reaches {
            kpis: &change.reached.kpis,
            dashboards: &change.reached.dashboards,
            objectives: &change.reached.objectives,
            assertions: &change.reached.assertions,
        },
        at: report.place(change),
    }
}

fn of_kpi(kpi: &data::OfKpi) -> OfKpi<'_> {
    let cell = |cell: &data::Cell| {
        let data::Cell { at, before, after, change, ratio } = cell;
        let member = |(name, member): (&String, &Option<String>)| (name.clone(), member.clone().into());
        ACell {
            at: at.iter().map(member).collect(),
            exists: [before.value.is_some(), after.value.is_some()],
            before: before.value.as_ref().map(number),
            after: after.value.as_ref().map(number),
            change: *change,
            change_ratio: *ratio,
        }
    };
    OfKpi {
        kpi: &kpi.id,
        was: kpi.was.as_deref(),
        cells: kpi.cells,
        moved: kpi.moved.iter().map(cell).collect(),
    }
}

/// A number as one, if it is one.
fn number(value: &Value) -> serde_json::Value {
    match value.digits().and_then(|digits| serde_json::from_str(&digits).ok()) {
        Some(number) => number,
        None => value.text().map_or(serde_json::Value::Null, serde_json::Value::from),
    }
}

fn id(name: &Name) -> Id<'_> {
    Id { kind: name.kind.word(), id: &name.id, of: name.of.as_deref() }
}

fn differs(facet: &Facet) -> Differs<'_> {
    Differs {
        what: if facet.what.is_empty() { "definition" } else { &facet.what },
        before: facet.before.as_deref(),
        after: facet.after.as_deref(),
        class: facet.class.word(),
        goal: facet.goal,
    }
}
