//! Loads projects and checks them: texts to findings and what is sound.

use std::path::{Path, PathBuf};

use kpic::diagnostic::{Diagnostic, Sink, nearest};
use kpic::model::{self, lints};
use kpic::resolve::{self, Catalog, Resolved};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{self, Environment, ProjectFile};

use super::find::{self, Home, PROJECT_FILE, Spelling};
use super::{Stop, files};

/// Projects and all their texts.
#[derive(Debug, Default)]
pub struct Loaded {
    pub sources: Sources,
    pub projects: Vec<Project>,
}

/// One project's definitions as written.
#[derive(Debug)]
pub struct Project {
    pub home: Home,
    pub settings: ProjectFile,
    pub files: Vec<ast::File>,
    /// Files that were looked at.
    pub read: usize,
    /// What reading and parsing found.
    findings: Vec<Diagnostic>,
}

/// A checked project.
#[derive(Debug)]
pub struct Checked {
    pub resolved: Resolved,
    /// All findings at the project's levels, in position order.
    pub found: Vec<Diagnostic>,
}

/// Reads the projects that hold the paths (none: the current folder's).
///
/// # Errors
/// Misuse: no project there.
pub fn load(paths: &[PathBuf]) -> Result<Loaded, Stop> {
    let mut loaded = Loaded::default();
    for home in find::homes(paths)? {
        let project = read(home, &mut loaded.sources);
        loaded.projects.push(project);
    }
    Ok(loaded)
}

/// Reads the project that holds the current folder.
///
/// # Errors
/// Misuse: no project there.
pub fn load_here() -> Result<(Project, Sources), Stop> {
    let mut loaded = load(&[])?;
    let project = loaded.projects.pop().expect("no paths give one project or misuse");
    Ok((project, loaded.sources))
}

fn read(home: Home, sources: &mut Sources) -> Project {
    let mut sink = Sink::new();
    let mut project =
        Project { settings: ProjectFile::default(), files: Vec::new(), read: 0, home, findings: Vec::new() };
    let names = match &project.home.only {
        Some(file) => vec![file.file_name().map(PathBuf::from).unwrap_or_default()],
        None => {
            let (settings, found) = (Path::new(PROJECT_FILE), find::definitions(&project.home.root));
            if let Some((id, text)) = text(&project.home, settings, sources, &mut sink) {
                project.settings = parse_settings(id, &text, &mut sink);
            }
            for (folder, error) in found.refused {
                let shown = project.home.shown(&folder);
                sink.push(files::unreadable(files::start(sources.add(shown, "")), &error));
            }
            found.files
        }
    };
    project.read = names.len();
    for name in names {
        if let Some((id, text)) = text(&project.home, &name, sources, &mut sink) {
            project.files.push(parse(&name, id, &text, &mut sink));
        }
    }
    project.findings = sink.into_sorted();
    project
}

/// A file's id and text; `None`, and a finding, for one that cannot be read.
fn text(home: &Home, name: &Path, sources: &mut Sources, sink: &mut Sink) -> Option<(FileId, String)> {
    match files::read(&home.root.join(name), &home.shown(name), sources) {
        Ok(id) => Some((id, sources.get(id).text.clone())),
        Err(finding) => {
            sink.push(finding);
            None
        }
    }
}

fn parse_settings(_id: FileId, _text: &str, _sink: &mut Sink) -> ProjectFile {
    ProjectFile::default()
}

fn parse(name: &Path, _id: FileId, _text: &str, _sink: &mut Sink) -> ast::File {
    match find::spelling(name) {
        Some(Spelling::Yaml) => ast::File::default(),
        Some(Spelling::Dsl) | None => ast::File::default(),
    }
}

impl Project {
    /// The environment of this name; without a name the project's choice, if it has any.
    ///
    /// # Errors
    /// Misuse: no environment of this name.
    pub fn environment(&self, name: Option<&str>) -> Result<Option<&Environment>, Stop> {
        let Some(name) = name else { return Ok(model::default_environment(&self.settings)) };
        let all = &self.settings.environments;
        if let Some(environment) = all.iter().find(|e| e.name.value == name) {
            return Ok(Some(environment));
        }
        let names: Vec<&str> = all.iter().map(|e| e.name.value.as_str()).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => format!("name one under `environments` in {PROJECT_FILE}"),
            None => format!("the project has: {}", names.join(", ")),
        };
        Err(Stop::misuse(format!("there is no environment `{name}`"), help))
    }

    /// Checks every definition.
    pub fn check(&self, environment: Option<&Environment>, catalog: &Catalog) -> Checked {
        let mut sink = Sink::new();
        sink.extend(self.findings.iter().cloned());
        let mut model = model::build(&self.files, &self.settings, &mut sink);
        if let Some(environment) = environment {
            model.settings.choose(environment);
        }
        let resolved = resolve::resolve(&model, catalog, &mut sink);
        Checked { resolved, found: lints::apply(&model.settings.lints, sink.into_sorted()) }
    }
}
