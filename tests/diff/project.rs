//! Projects as texts, and what differs between two of them.

use std::collections::BTreeMap;
use std::fs;

use kpic::diagnostic::{Severity, Sink};
use kpic::meaning::{Comparison, Queries, Side, compare};
use kpic::model;
use kpic::resolve::{self, Catalog};
use kpic::source::Sources;
use kpic::syntax::{ast, dsl, yaml};
use kpic::{dialect, template};

/// Texts by the names of their files.
#[derive(Debug, Clone)]
pub struct Project {
    pub files: BTreeMap<String, String>,
    /// Those of `kpic.yaml`, where no text says them.
    pub settings: ast::ProjectFile,
}

impl Project {
    pub fn shop() -> Project {
        let read = |name: &str| {
            let text = fs::read_to_string(format!("tests/diff/{name}")).expect("a file of the shop");
            (name.to_string(), text)
        };
        Project::of(["shop.kpi", "kpic.yaml", "sessions.sql"].map(read))
    }

    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Project {
        Project { files: files.into_iter().collect(), settings: ast::ProjectFile::default() }
    }
}

/// A project's syntax trees.
struct Parsed {
    settings: ast::ProjectFile,
    files: Vec<ast::File>,
    queries: Queries,
}

fn parsed(project: &Project, sources: &mut Sources) -> Parsed {
    let mut sink = Sink::new();
    let mut found = Parsed { settings: project.settings.clone(), files: Vec::new(), queries: Queries::new() };
    for (name, text) in &project.files {
        let file = sources.add(name.clone(), text.clone());
        if name == "kpic.yaml" {
            found.settings = yaml::project(file, text, &mut sink);
        } else if name.ends_with(".kpi") {
            found.files.push(dsl::parse(file, text, &mut sink));
        } else if name.ends_with(".kpi.yaml") {
            found.files.push(yaml::parse(file, text, &mut sink));
        } else if let Some(source) = name.strip_suffix(".sql") {
            found.queries.insert(source.into(), template::words(text, dialect::EMBEDDED));
        }
    }
    found.files = model::complete(found.files, &found.settings, &mut sink);
    let errors: Vec<String> = sink.into_sorted().iter().map(|finding| finding.message.clone()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    found
}

/// The errors of a project.
pub fn errors(project: &Project) -> Vec<String> {
    let parsed = parsed(project, &mut Sources::new());
    let mut sink = Sink::new();
    let model = model::build(&parsed.files, &parsed.settings, &mut sink);
    resolve::resolve(&model, &Catalog::default(), &mut sink);
    let errors = sink.into_sorted().into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.message).collect()
}

/// What changed.
pub fn compared(before: &Project, after: &Project) -> Comparison {
    let mut sources = Sources::new();
    let (old, new) = (parsed(before, &mut sources), parsed(after, &mut sources));
    let mut sink = Sink::new();
    let old_model = model::build(&old.files, &old.settings, &mut sink);
    let new_model = model::build(&new.files, &new.settings, &mut sink);
    let old_resolved = resolve::resolve(&old_model, &Catalog::default(), &mut sink);
    let new_resolved = resolve::resolve(&new_model, &Catalog::default(), &mut sink);
    let before = Side { model: &old_model, resolved: &old_resolved, queries: &old.queries };
    let after = Side { model: &new_model, resolved: &new_resolved, queries: &new.queries };
    compare(before, after, &sources)
}
