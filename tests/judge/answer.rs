//! Cells and their values, whoever says them, and what kpic says.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use kpic::diagnostic::Sink;
use kpic::resolve::{self, Catalog};
use kpic::source::Sources;
use kpic::syntax::ast::{self, ProjectFile};
use kpic::syntax::dsl::{self, Fragment};
use kpic::{dialect, lower, model, plan};

use super::world::{Dimension, Grain, World, day};

/// A cell: period, slicing, segment, and the members of its slice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub segment: String,
    pub slicing: String,
    /// By dimension, as results show them; those not sliced by are `None`.
    pub members: Vec<Option<String>>,
    pub period: String,
}

/// Values of the asked KPIs by cell.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    pub cells: BTreeMap<Key, Vec<Option<f64>>>,
}

impl Key {
    pub fn new(
        period: DateTime,
        slicing: &[Dimension],
        slice: &[(Dimension, Option<u8>)],
        segment: Option<usize>,
    ) -> Key {
        let member = |d: &Dimension| {
            slice.iter().find(|(of, _)| of == d).and_then(|(_, m)| m.map(|value| d.member(value)))
        };
        let names: Vec<&str> = slicing.iter().map(|d| d.name()).collect();
        Key {
            segment: segment.map_or("all".into(), |s| format!("s{s}")),
            slicing: if names.is_empty() { "total".into() } else { names.join(",") },
            members: Dimension::ALL.iter().map(member).collect(),
            period: period.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

impl Answer {
    pub fn insert(&mut self, key: Key, values: Vec<Option<f64>>) {
        let before = self.cells.insert(key.clone(), values);
        assert!(before.is_none(), "the cell {key:?} comes twice");
    }

    /// What differs, a line each.
    pub fn differences(&self, other: &Answer) -> Vec<String> {
        let mut found = Vec::new();
        for (key, expected) in &self.cells {
            match other.cells.get(key) {
                None => found.push(format!("{key:?} is missing; it is {expected:?}")),
                Some(values) if !same(expected, values) => {
                    found.push(format!("{key:?} must be {expected:?} and is {values:?}"));
                }
                Some(_) => {}
            }
        }
        let more = other.cells.keys().filter(|key| !self.cells.contains_key(key));
        found.extend(more.map(|key| format!("{key:?} does not occur")));
        found
    }
}

fn same(a: &[Option<f64>], b: &[Option<f64>]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
}

/// What kpic compiles of a world.
pub fn compile(world: &World, dialect: &dyn dialect::Dialect) -> String {
    let text = world.definitions();
    let mut sources = Sources::new();
    let file = sources.add("world.kpi", text.clone());
    let mut sink = Sink::new();
    let files = [dsl::parse(file, &text, &mut sink)];
    let mut project = ProjectFile::default();
    let place = kpic::source::Span::new(file, 0, 0);
    project.zone = Some(kpic::source::Spanned::new(world.zone.to_string(), place));
    project.week_start = Some(kpic::source::Spanned::new(world.week_start, place));
    let model = model::build(&files, &project, &mut sink);
    let mut resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    if world.request.ordered {
        for (source, time) in [("sales", "at"), ("visits", "day")] {
            resolved.sources[source].ordered_by = Some(time.into());
        }
    }
    assert!(!sink.has_errors(), "{text}\n{:#?}", sink.into_sorted());
    let mut sink = Sink::new();
    let filter = world.request.filter.as_ref().map(|condition| {
        let condition = condition.text(false);
        let file = sources.add("<--where>", condition.clone());
        let expression = dsl::expression(&Fragment::whole(file, &condition), &mut sink).expect("it is read");
        resolve::predicate(&resolved, &expression, &mut sink).expect("it is sound")
    });
    let request = plan::Request {
        kpis: world.request.kpis.iter().map(|k| format!("k{k}")).collect(),
        by: world.request.by.iter().map(|by| by.iter().map(|d| d.name().to_string()).collect()).collect(),
        total: world.request.total,
        segments: world
            .request
            .segments
            .iter()
            .map(|s| s.map_or("all".into(), |s| format!("s{s}")))
            .collect(),
        filter,
        grain: Some(grain(world.request.grain)),
        from: Some(ast::PeriodKind::Day(date(world.request.from))),
        to: Some(ast::PeriodKind::Day(date(world.request.to))),
        as_of: world.request.as_of.map(date),
        clip: true,
    };
    let plan = plan::plan(&resolved, &request).unwrap_or_else(|found| panic!("{text}\n{found:#?}"));
    let query = lower::lower(&resolved, &plan, &lower::SqlTexts::new()).expect("every source has a table");
    dialect::print(&query, dialect).expect("the dialect says everything")
}

fn date(n: u16) -> ast::Date {
    let day = day(n);
    ast::Date { year: day.year(), month: day.month() as u8, day: day.day() as u8 }
}

fn grain(grain: Grain) -> ast::Grain {
    match grain {
        Grain::Hour => ast::Grain::Hour,
        Grain::Day => ast::Grain::Day,
        Grain::Week => ast::Grain::Week,
        Grain::Month => ast::Grain::Month,
        Grain::Quarter => ast::Grain::Quarter,
        Grain::Year => ast::Grain::Year,
    }
}

/// The answer in an engine's rows, each value as text.
pub fn read(world: &World, columns: &[String], rows: &[Vec<Option<String>>]) -> Answer {
    let mut answer = Answer::default();
    for row in rows {
        let text = |name: &str| {
            let index = columns.iter().position(|column| column == name)?;
            row[index].clone()
        };
        let period = text("period_start").unwrap_or_default();
        let key = Key {
            segment: text("segment").unwrap_or_default(),
            slicing: text("slicing").unwrap_or_default(),
            members: Dimension::ALL.iter().map(|d| text(d.name())).collect(),
            period: if period.len() == 10 { format!("{period} 00:00:00") } else { period },
        };
        let number = |k| text(&format!("k{k}")).map(|n| n.parse().expect("a number"));
        answer.insert(key, world.request.kpis.iter().map(number).collect());
    }
    answer
}
