//! AST to model: shape, required properties, duplicates.
//!
//! Takes the files of a project and its `kpic.yaml`, gives every definition by
//! its id, parameters with the project's overrides, and the project's settings
//! with their defaults. Never asks what a name in an expression means.

mod duplicates;
mod layers;
pub mod lints;
mod period;
mod settings;
mod sheets;
mod versions;
pub mod zones;

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::Sink;
use crate::source::{FileId, Span};
use crate::syntax::ast;

pub use layers::complete;
pub use lints::Lints;
pub use period::days;
pub use settings::{Settings, default_environment};
pub use sheets::targets as put_targets;
pub use versions::Version;

/// Every definition of a project by its id, in the order written.
#[derive(Debug, Clone, Default)]
pub struct Model<'a> {
    pub settings: Settings,
    pub lints: Lints,
    pub params: IndexMap<&'a str, Param<'a>>,
    pub sources: IndexMap<&'a str, &'a ast::Source>,
    /// Those of segmentations aside.
    pub segments: IndexMap<&'a str, &'a ast::Segment>,
    pub segmentations: IndexMap<&'a str, &'a ast::Segmentation>,
    /// Of several versions the last one.
    pub kpis: IndexMap<&'a str, &'a ast::Kpi>,
    /// Of KPIs that say when they hold: every version, in the order of their times.
    pub versions: IndexMap<&'a str, Vec<Version<'a>>>,
    /// Every other name of a KPI, and the KPI's id.
    pub aliases: IndexMap<&'a str, (&'a str, Span)>,
    pub funnels: IndexMap<&'a str, &'a ast::Funnel>,
    pub cohorts: IndexMap<&'a str, &'a ast::Cohort>,
    pub attributions: IndexMap<&'a str, &'a ast::Attribution>,
    pub experiments: IndexMap<&'a str, &'a ast::Experiment>,
    pub tests: IndexMap<&'a str, &'a ast::Test>,
    /// Their targets are put to the KPIs before.
    pub target_sheets: IndexMap<&'a str, &'a ast::TargetSheet>,
    pub objectives: IndexMap<&'a str, &'a ast::Objective>,
    pub dashboards: IndexMap<&'a str, &'a ast::Dashboard>,
    pub events: IndexMap<&'a str, &'a ast::Event>,
    pub assertions: IndexMap<&'a str, &'a ast::Assertion>,
    /// What was reported and left out while reading.
    pub lost: Lost<'a>,
    /// The texts of packs, which whoever uses them does not write.
    pub packs: HashSet<FileId>,
}

impl Model<'_> {
    /// Whether a pack says so, not the project.
    pub fn is_of_pack(&self, span: Span) -> bool {
        self.packs.contains(&span.file)
    }
}

/// Definitions that some file may have and that could not be read.
#[derive(Debug, Clone, Default)]
pub struct Lost<'a> {
    names: HashSet<&'a str>,
    everything: bool,
}

impl Lost<'_> {
    /// Whether a name's absence may have been reported already.
    pub fn has(&self, name: &str) -> bool {
        self.everything || self.names.contains(name)
    }

    /// Whether anything was left out.
    pub fn any(&self) -> bool {
        self.everything || !self.names.is_empty()
    }
}

/// A parameter with the value that holds: the project's, else its own.
#[derive(Debug, Clone, Copy)]
pub struct Param<'a> {
    pub name: &'a ast::Name,
    pub value: &'a ast::Expr,
    /// Its own value where the project gives another one.
    pub own: Option<&'a ast::Expr>,
}

/// Indexes the definitions of all files. Repeated ids and properties, bad
/// settings and overrides of unknown parameters are reported; the first
/// definition of an id is kept. Definitions that complete others were put over
/// them before, by [`complete`].
pub fn build<'a>(files: &'a [ast::File], project: &'a ast::ProjectFile, sink: &mut Sink) -> Model<'a> {
    let mut model = Model {
        settings: settings::read(project, sink),
        lints: lints::read(files, project, sink),
        ..Model::default()
    };
    model.packs.extend(layers::of_packs(files));
    for file in files {
        match &file.lost {
            ast::Lost::Nothing => {}
            ast::Lost::Names(names) => model.lost.names.extend(names.iter().map(String::as_str)),
            ast::Lost::Everything => model.lost.everything = true,
        }
        file.items.iter().for_each(|item| add(&mut model, item, sink));
    }
    versions::settle(&mut model, sink);
    settings::override_params(&mut model, project, sink);
    duplicates::check(&mut model, sink);
    model
}

fn add<'a>(model: &mut Model<'a>, item: &'a ast::Item, sink: &mut Sink) {
    match item {
        ast::Item::Param(p) => {
            let param = Param { name: &p.header.name, value: &p.value, own: None };
            duplicates::insert(&mut model.params, &p.header.name, param, "parameter", |p| p.name.span, sink);
        }
        ast::Item::Source(s) => {
            insert(&mut model.sources, &s.header.name, &**s, "source", |s| &s.header, sink)
        }
        ast::Item::Kpi(k) => duplicates::kpi(model, k, sink),
        ast::Item::Segment(s) => {
            insert(&mut model.segments, &s.header.name, s, "segment", |s| &s.header, sink)
        }
        ast::Item::Segmentation(s) => {
            insert(&mut model.segmentations, &s.header.name, s, "segmentation", |s| &s.header, sink);
        }
        ast::Item::Funnel(f) => insert(&mut model.funnels, &f.header.name, f, "funnel", |f| &f.header, sink),
        ast::Item::Cohort(c) => insert(&mut model.cohorts, &c.header.name, c, "cohort", |c| &c.header, sink),
        ast::Item::Attribution(a) => {
            insert(&mut model.attributions, &a.header.name, a, "attribution", |a| &a.header, sink);
        }
        ast::Item::Experiment(e) => {
            insert(&mut model.experiments, &e.header.name, e, "experiment", |e| &e.header, sink);
        }
        // Those of packs are theirs: they prove what comes with them.
        ast::Item::Test(t) if model.is_of_pack(t.header.span) => {}
        ast::Item::Test(t) => insert(&mut model.tests, &t.header.name, &**t, "test", |t| &t.header, sink),
        ast::Item::Targets(sheet) => {
            insert(
                &mut model.target_sheets,
                &sheet.header.name,
                sheet,
                "sheet of targets",
                |s| &s.header,
                sink,
            );
        }
        ast::Item::Objective(o) => {
            insert(&mut model.objectives, &o.header.name, o, "objective", |o| &o.header, sink);
        }
        ast::Item::Dashboard(d) => {
            insert(&mut model.dashboards, &d.header.name, d, "dashboard", |d| &d.header, sink);
        }
        ast::Item::Event(e) => insert(&mut model.events, &e.header.name, e, "event", |e| &e.header, sink),
        ast::Item::Assertion(a) => {
            insert(&mut model.assertions, &a.header.name, a, "assertion", |a| &a.header, sink);
        }
    }
}

fn insert<'a, T>(
    map: &mut IndexMap<&'a str, &'a T>,
    name: &'a ast::Name,
    item: &'a T,
    kind: &str,
    header: fn(&T) -> &ast::Header,
    sink: &mut Sink,
) {
    duplicates::insert(map, name, item, kind, |item| header(item).name.span, sink);
}
