//! Loads projects and checks them: texts to findings and what is sound.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use kpic::diagnostic::{Code, Diagnostic, Sink, nearest};
use kpic::dialect::{self, Dialect};
use kpic::lower::SqlTexts;
use kpic::model::{self, Lints, Model, lints};
use kpic::practice;
use kpic::resolve::{self, Catalog, Resolved};
use kpic::schema::{self, Lock};
use kpic::source::{FileId, Sources, Span};
use kpic::syntax::ast::{self, Environment, Layer, ProjectFile};
use kpic::syntax::yaml;
use kpic::testing::{self, Case};

use super::find::{self, Home, PROJECT_FILE};
use super::spelling::Spelling;
use super::{Stop, files, packs, queries, sheets, threads};

/// Fewer files than this are parsed before another core has woken up.
const A_SHARE: usize = 8;

/// Projects and all their texts.
#[derive(Debug, Default)]
pub struct Loaded {
    pub sources: Sources,
    pub projects: Vec<Project>,
}

/// One project's definitions: as written, those that complete others put over them.
#[derive(Debug)]
pub struct Project {
    pub home: Home,
    pub settings: ProjectFile,
    pub files: Vec<ast::File>,
    /// The files of its own definitions that could be read, beneath its root.
    pub own: Vec<(FileId, PathBuf)>,
    /// Files that were looked at.
    pub read: usize,
    /// What reading and parsing found.
    pub findings: Vec<Diagnostic>,
    /// The schema lock beside `kpic.yaml`, if there is one.
    pub lock: Result<Option<Lock>, Diagnostic>,
}

/// A checked project.
#[derive(Debug)]
pub struct Checked {
    pub resolved: Resolved,
    /// The queries of SQL sources.
    pub texts: SqlTexts,
    /// All findings at the project's levels, in position order.
    pub found: Vec<Diagnostic>,
}

/// Reads the projects that hold the paths (none: the current folder's).
///
/// # Errors
/// Misuse: no project there.
pub fn load(paths: &[PathBuf]) -> Result<Loaded, Stop> {
    load_known(paths, None)
}

/// The same, and what was parsed is known afterwards.
///
/// # Errors
/// Misuse: no project there.
pub fn load_known(paths: &[PathBuf], mut known: Option<&mut Known>) -> Result<Loaded, Stop> {
    let mut loaded = Loaded::default();
    for home in find::homes(paths)? {
        let project = read(home, known.as_deref_mut(), &mut loaded.sources);
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

impl Project {
    /// One without definitions: what a project was before it began.
    pub fn nothing(home: Home) -> Project {
        Project {
            settings: ProjectFile::default(),
            files: Vec::new(),
            own: Vec::new(),
            read: 0,
            home,
            findings: Vec::new(),
            lock: Ok(None),
        }
    }
}

/// Files that were parsed before, by their paths.
#[derive(Debug, Default)]
pub struct Known(HashMap<String, (FileId, ast::File, Vec<Diagnostic>)>);

impl Known {
    /// What was parsed of a file; nothing is known of it any more.
    pub fn take(&mut self, id: FileId, sources: &Sources) -> Option<ast::File> {
        let path = &sources.get(id).path;
        let is_it = self.0.get(path).is_some_and(|(known, ..)| *known == id);
        if is_it { self.0.remove(path).map(|(_, file, _)| file) } else { None }
    }

    /// What was parsed of the same text.
    fn of(&self, id: FileId, layer: Layer, sources: &Sources) -> Option<(ast::File, Vec<Diagnostic>)> {
        let text = sources.get(id);
        let (known, file, found) = self.0.get(&text.path)?;
        let is_one = sources.get(*known).text == text.text
            && std::mem::discriminant(&file.layer) == std::mem::discriminant(&layer);
        is_one.then(|| (file.clone(), found.clone()))
    }
}

/// Reads a project; texts that are known are not parsed again, and keep their places.
pub fn read(home: Home, known: Option<&mut Known>, sources: &mut Sources) -> Project {
    let mut sink = Sink::new();
    let mut project = Project { lock: lock(&home, sources), ..Project::nothing(home) };
    let names = match &project.home.only {
        Some(file) => vec![file.file_name().map(PathBuf::from).unwrap_or_default()],
        None => {
            let (settings, found) = (Path::new(PROJECT_FILE), project.home.definitions(Path::new("")));
            match project.home.read(settings, sources) {
                Ok(id) => project.settings = yaml::project(id, &sources.get(id).text, &mut sink),
                Err(finding) => sink.push(finding),
            }
            for (folder, error) in found.refused {
                let shown = project.home.shown(&folder);
                sink.push(files::unreadable(files::start(sources.add(shown, "")), &error));
            }
            found.files
        }
    };
    dialects(&project.settings, &mut sink);
    project.read = names.len();
    let packs = packs::read(&project.home, &project.settings, sources, &mut sink);
    let is_of_pack = |name: &PathBuf| packs.folders.iter().any(|folder| name.starts_with(folder));
    let mut texts = packs.texts;
    if packs.is_incomplete {
        project.files.push(ast::File { lost: ast::Lost::Everything, ..ast::File::default() });
    }
    for name in names.into_iter().filter(|name| !is_of_pack(name)) {
        match project.home.read(&name, sources) {
            // A file that stands for itself is in the language's own spelling unless its name says otherwise.
            Ok(id) => {
                texts.push((id, Spelling::of(&name).unwrap_or(Spelling::Dsl), Layer::Own));
                project.own.push((id, name));
            }
            Err(finding) => {
                sink.push(finding);
                project.files.push(ast::File { lost: ast::Lost::Everything, ..ast::File::default() });
            }
        }
    }
    for (file, found) in parsed(&texts, known, sources) {
        project.files.push(file);
        sink.extend(found);
    }
    project.files = model::complete(project.files, &project.settings, &mut sink);
    let planned = sheets::planned(&project.home, &project.files, sources, &mut sink);
    model::put_targets(&mut project.files, planned, &mut sink);
    project.findings = sink.into_sorted();
    project
}

/// What is known of the data without looking at it.
fn lock(home: &Home, sources: &mut Sources) -> Result<Option<Lock>, Diagnostic> {
    let path = Path::new(schema::FILE);
    if home.only.is_some() || !home.has(path) {
        return Ok(None);
    }
    let id = home.read(path, sources)?;
    schema::read(id, &sources.get(id).text).map(Some)
}

type Parsed = (ast::File, Vec<Diagnostic>);
type Unparsed = (FileId, Spelling, Layer);

/// Files of definitions with what is wrong in each; those that are known as they were.
fn parsed(texts: &[Unparsed], known: Option<&mut Known>, sources: &Sources) -> Vec<Parsed> {
    let Some(known) = known else { return parsed_anew(texts, sources) };
    let mut files: Vec<Option<Parsed>> =
        texts.iter().map(|(id, _, layer)| known.of(*id, *layer, sources)).collect();
    let new: Vec<Unparsed> =
        texts.iter().zip(&files).filter(|(_, file)| file.is_none()).map(|(text, _)| *text).collect();
    let mut parsed = parsed_anew(&new, sources).into_iter().zip(&new);
    for file in files.iter_mut().filter(|file| file.is_none()) {
        if let Some((made, (id, ..))) = parsed.next() {
            let path = sources.get(*id).path.clone();
            known.0.insert(path, (*id, made.0.clone(), made.1.clone()));
            *file = Some(made);
        }
    }
    files.into_iter().flatten().collect()
}

/// Parsed on all cores: none needs another.
fn parsed_anew(texts: &[Unparsed], sources: &Sources) -> Vec<Parsed> {
    let parse = |(id, spelling, layer): &Unparsed| {
        let mut sink = Sink::new();
        let file = spelling.parse(*id, &sources.get(*id).text, &mut sink);
        let file = ast::File { layer: *layer, ..file };
        (file, sink.into_sorted())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = texts.len().div_ceil(cores).max(A_SHARE);
    if texts.len() <= share {
        return texts.iter().map(parse).collect();
    }
    std::thread::scope(|scope| {
        let shares = texts.chunks(share);
        let threads: Vec<_> = shares
            .map(|share| threads::beside(scope, move || share.iter().map(parse).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no text makes parsing panic")).collect()
    })
}

/// Environments speak dialects that exist.
fn dialects(settings: &ProjectFile, sink: &mut Sink) {
    for name in settings.environments.iter().filter_map(|e| e.dialect.as_ref()) {
        if dialect::by_name(name).is_none() {
            let fact = format!("there is no dialect `{}`", name.value);
            let help = match nearest(name, dialect::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the dialects are {}", dialect::names().collect::<Vec<_>>().join(", ")),
            };
            sink.push(Diagnostic::error(Code::ProjectFile, name.span, fact).help(help));
        }
    }
}

impl Project {
    /// The environment of this name; without a name the project's choice, if it has any.
    ///
    /// # Errors
    /// Misuse: no environment of this name.
    fn environment(&self, name: Option<&str>) -> Result<Option<&Environment>, Stop> {
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

    /// Checks every definition, users' queries among them, against what the schema lock knows.
    pub fn check(&self, choice: Choice<'_>, sources: &mut Sources) -> Checked {
        self.check_by(choice, sources, Belief::Lock)
    }

    /// Checks every definition for itself: somebody looks at the data, or at none.
    pub fn check_alone(&self, choice: Choice<'_>, sources: &mut Sources) -> Checked {
        self.check_by(choice, sources, Belief::Nothing)
    }

    fn check_by(&self, choice: Choice<'_>, sources: &mut Sources, belief: Belief) -> Checked {
        let mut sink = Sink::new();
        let (model, resolved, texts) = self.checked(choice, sources, belief, &mut sink);
        Checked { resolved, texts, found: model.lints.apply_to_all(sink.into_sorted()) }
    }

    /// Checks every definition, and the unit tests beside them, against what the schema lock knows.
    pub fn check_all(&self, choice: Choice<'_>, sources: &mut Sources) -> Checked {
        if !matches!(self.lock, Ok(Some(_))) {
            let mut checked = self.check_all_alone(choice, sources);
            checked.found.extend(self.lock.as_ref().err().cloned());
            return checked;
        }
        let mut sink = Sink::new();
        let (model, resolved, texts) = self.checked(choice, sources, Belief::Lock, &mut sink);
        if !model.tests.is_empty() {
            // Rows of tests are given, whatever the tables are like.
            let alone = resolve::resolve(&model, &Catalog::default(), &mut Sink::new());
            testing::cases(&model, &alone, false, &mut sink);
        }
        Checked { resolved, texts, found: model.lints.apply_to_all(sink.into_sorted()) }
    }

    /// Checks every definition for itself, and the unit tests beside them.
    pub fn check_all_alone(&self, choice: Choice<'_>, sources: &mut Sources) -> Checked {
        self.with_tests(choice, sources, false, |checked, _, _| checked)
    }

    /// What comes of the definitions, checked alone, and of the unit tests beside them; with the
    /// invariants of all of them, or of those alone that say so.
    pub fn with_tests<T>(
        &self,
        choice: Choice<'_>,
        sources: &mut Sources,
        invariants: bool,
        act: impl FnOnce(Checked, Vec<Case<'_>>, &Sources) -> T,
    ) -> T {
        let mut sink = Sink::new();
        let (model, resolved, texts) = self.checked(choice, sources, Belief::Nothing, &mut sink);
        let cases = testing::cases(&model, &resolved, invariants, &mut sink);
        let found = model.lints.apply_to_all(sink.into_sorted());
        act(Checked { resolved, texts, found }, cases, sources)
    }

    fn checked(
        &self,
        choice: Choice<'_>,
        sources: &mut Sources,
        belief: Belief,
        sink: &mut Sink,
    ) -> (Model<'_>, Resolved, SqlTexts) {
        sink.extend(self.findings.iter().cloned());
        let model = self.model(choice, sink);
        let catalog = match belief {
            Belief::Lock => self.locked(&model, sink),
            Belief::Nothing => Catalog::default(),
        };
        let resolved = resolve::resolve(&model, &catalog, sink);
        practice::check(&model, &resolved, sink);
        let texts = queries::texts(&self.home, &model, choice.dialect, sources, sink);
        (model, resolved, texts)
    }

    /// What the schema lock knows of each source.
    fn locked(&self, model: &Model<'_>, sink: &mut Sink) -> Catalog {
        match &self.lock {
            Ok(None) => Catalog::default(),
            Ok(Some(lock)) => self.known_of(lock, model, sink),
            Err(finding) => {
                sink.push(finding.clone());
                Catalog::default()
            }
        }
    }

    /// What a lock knows of the columns that the definitions read.
    pub fn known_of(&self, lock: &Lock, model: &Model<'_>, sink: &mut Sink) -> Catalog {
        let queries = queries::raw(&self.home, model);
        schema::catalog(lock, model, |path| queries.get(path).map(String::as_str), sink)
    }

    /// Resolves a project that was checked again, now that the columns of its data are known.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine uses it"))]
    pub fn check_columns(&self, choice: Choice<'_>, catalog: &Catalog) -> (Resolved, Vec<Diagnostic>) {
        let mut sink = Sink::new();
        let model = self.model(choice, &mut sink);
        let resolved = resolve::resolve(&model, catalog, &mut sink);
        (resolved, model.lints.apply(sink.into_sorted()))
    }

    /// Findings at the levels that the project sets.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine uses it"))]
    pub fn levelled(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.lints(&mut Sink::new()).apply(found)
    }

    /// Personal data among the dimensions that a request slices by, at the project's level.
    pub fn personal(&self, choice: Choice<'_>, by: &[String]) -> Vec<Diagnostic> {
        let model = self.model(choice, &mut Sink::new());
        model.lints.apply(practice::sliced(&model, by))
    }

    /// The levels and limits of lints, and what is silenced in place.
    pub fn lints(&self, sink: &mut Sink) -> Lints {
        lints::read(&self.files, &self.settings, sink)
    }

    /// Where a source says from when until when its rows exist.
    #[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine uses it"))]
    pub fn active(&self, source: &str) -> Option<Span> {
        let items = self.files.iter().flat_map(|file| &file.items);
        let mut active = items.filter_map(|item| match item {
            ast::Item::Source(def) if def.header.name.value == source => def.active.as_ref(),
            _ => None,
        });
        active.next().map(|property| property.span)
    }

    /// The definitions by their ids.
    pub fn model(&self, choice: Choice<'_>, sink: &mut Sink) -> Model<'_> {
        let mut model = model::build(&self.files, &self.settings, sink);
        if let Some(environment) = choice.environment {
            model.settings.choose(environment);
        }
        model
    }

    /// The environment and dialect that options and kpic.yaml come down to.
    ///
    /// # Errors
    /// Misuse: no environment of this name. A dialect of kpic.yaml that does not
    /// exist is a finding of [`Project::check`], and the embedded engine's stands in.
    pub fn choose(&self, environment: Option<&str>, dialect: Option<&str>) -> Result<Choice<'_>, Stop> {
        let environment = self.environment(environment)?;
        let written = environment.and_then(|e| e.dialect.as_ref()).map(|d| d.value.as_str());
        let dialect = dialect.or(written).and_then(dialect::by_name).unwrap_or(dialect::EMBEDDED);
        Ok(Choice { environment, dialect })
    }
}

/// What a check believes of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belief {
    /// What the schema lock says, if there is one.
    Lock,
    /// Nothing.
    Nothing,
}

/// Where the data is and which SQL it speaks.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    pub environment: Option<&'a Environment>,
    pub dialect: &'static dyn Dialect,
}
