//! `--changed`: what of a project differs from a revision, and what depends on that.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::schema;
use kpic::source::{FileId, Sources, Span};

use super::touched::{self, Compared, Definition, Touched};
use crate::cli::find::{Home, PROJECT_FILE};
use crate::cli::git::{Repository, Revisions, Tree, revisions};
use crate::cli::project::{Known, Project};
use crate::cli::spelling::Spelling;
use crate::cli::{Stop, output, packs};

/// The part of a project that a finding must concern.
#[derive(Debug)]
pub struct Changed {
    revision: String,
    /// None: all of it.
    part: Option<Part>,
}

#[derive(Debug)]
struct Part {
    /// Files whose texts differ.
    files: HashSet<FileId>,
    /// The definitions of each file, and whether they are touched.
    definitions: HashMap<FileId, Vec<(Span, bool)>>,
    touched: Touched,
}

/// A project's files in a revision; `None`: it has no such project.
///
/// # Errors
/// Misuse: no repository, no such revision, or not one that the files can be compared with.
pub fn before(revision: &str, home: &Home) -> Result<Option<Arc<Tree>>, Stop> {
    let repository = Repository::around(&home.root)?;
    let commit = match revisions(Some(revision))? {
        Revisions::WithFiles(revision) => repository.commit(&revision)?,
        Revisions::SinceFork(a, b) if b == "HEAD" => {
            repository.merge_base(&repository.commit(&a)?, &repository.commit(&b)?)?
        }
        Revisions::SinceFork(..) | Revisions::Two(..) => {
            return Err(Stop::misuse(
                format!(
                    "`{}` ends with a revision, and files are checked as they lie here",
                    output::line(revision)
                ),
                "name one revision, as `main`, or `main...` for what is new since the two parted",
            ));
        }
    };
    let tree = repository.here(&commit)?;
    if let Some(tree) = &tree {
        tree.fetch(|path| Spelling::of(path).is_some());
    }
    Ok(tree)
}

/// What differs between a revision's files and those that lie here, of which `known` has what was
/// parsed.
pub fn since(
    revision: &str,
    before: Option<&Tree>,
    project: &Project,
    known: &mut Known,
    sources: &Sources,
) -> Changed {
    let part = before.and_then(|tree| part(tree, project, known, sources));
    Changed { revision: output::line(revision), part }
}

/// Settings, and what is known of the tables.
fn concerns_all(path: &Path) -> bool {
    path == Path::new(PROJECT_FILE) || path == Path::new(schema::FILE)
}

/// `None`: a file differs that all depends on.
fn part(tree: &Tree, project: &Project, known: &mut Known, sources: &Sources) -> Option<Part> {
    let relative = |path: &str| match packs::is_carried(path) {
        true => Some(PathBuf::from(path)),
        false => Some(Path::new(path).strip_prefix(&project.home.shown).ok()?.to_path_buf()),
    };
    let read: HashMap<PathBuf, FileId> =
        sources.iter().filter_map(|(id, file)| Some((relative(&file.path)?, id))).collect();
    tree.fetch(|path| read.contains_key(path));
    let mut files = HashSet::new();
    let (mut before, mut others, mut planned) = (Vec::new(), HashSet::new(), HashSet::new());
    for (path, id) in &read {
        let (old, now) = (text(tree.read(path)), &sources.get(*id).text);
        if packs::is_carried(&sources.get(*id).path)
            || old.as_ref() == Some(now)
            || (old.is_none() && now.is_empty())
        {
            continue;
        }
        if concerns_all(path) {
            return None;
        }
        files.insert(*id);
        match Spelling::of(path) {
            Some(spelling) => before.extend(old.iter().flat_map(|old| definitions(spelling, *id, old))),
            None => {
                planned
                    .extend(old.iter().chain([now]).flat_map(|text| touched::words(text)).map(String::from));
                others.insert(path.clone());
            }
        }
    }
    for gone in tree.files().filter(|path| !read.contains_key(*path)) {
        if concerns_all(gone) {
            return None;
        }
        if let (Some(spelling), Some(old)) = (Spelling::of(gone), text(tree.read(gone))) {
            before.extend(definitions(spelling, FileId(0), &old));
        }
    }
    let own = read.iter().filter_map(|(path, id)| Some((Spelling::of(path)?, *id)));
    let now: Vec<Definition> = own
        .flat_map(|(spelling, id)| match known.take(id, sources) {
            Some(file) => touched::definitions(file),
            None => definitions(spelling, id, &sources.get(id).text),
        })
        .collect();
    let compared =
        Compared { before: &before, now: &now, files: &files, others: &others, planned: &planned, sources };
    let touched = touched::touched(&compared);
    let mut definitions: HashMap<FileId, Vec<(Span, bool)>> = HashMap::new();
    for (at, definition) in now.iter().enumerate() {
        let is_touched = touched.all.contains(&at);
        definitions.entry(definition.span.file).or_default().push((definition.span, is_touched));
    }
    Some(Part { files, definitions, touched })
}

/// A text of a revision; what it does not have, or is no text, is none.
fn text(read: io::Result<Vec<u8>>) -> Option<String> {
    String::from_utf8(read.ok()?).ok()
}

fn definitions(spelling: Spelling, id: FileId, text: &str) -> Vec<Definition> {
    touched::definitions(spelling.parse(id, text, &mut Sink::new()))
}

impl Changed {
    /// Whether a finding is about what differs, or about what depends on that.
    pub fn concerns(&self, finding: &Diagnostic) -> bool {
        let (Some(part), Some(span)) = (&self.part, finding.span) else { return true };
        let is_touched = |span: Span| part.innermost(span) == Some(true);
        let is_beside = part.files.contains(&span.file) && part.innermost(span).is_none();
        is_touched(span) || is_beside || finding.labels.iter().any(|(span, _)| is_touched(*span))
    }

    /// Which part it is, in words.
    pub fn words(&self) -> String {
        match &self.part {
            None => {
                format!("all, since `{PROJECT_FILE}` or the schema lock differs from `{}`", self.revision)
            }
            Some(part) => {
                let (differ, all) = (part.touched.differ, part.touched.all.len());
                let definitions = output::plural(differ, "definition");
                let more = all - differ;
                let depend =
                    if more == 1 { "1 that depends".to_string() } else { format!("{more} that depend") };
                format!("what differs from `{}`: {definitions}, and {depend} on them", self.revision)
            }
        }
    }
}

impl Part {
    /// Whether the smallest definition around a place is touched; `None` outside of all.
    fn innermost(&self, span: Span) -> Option<bool> {
        let around = self.definitions.get(&span.file)?.iter();
        let around = around.filter(|(whole, _)| whole.start <= span.start && span.start <= whole.end);
        around.min_by_key(|(whole, _)| whole.end - whole.start).map(|(_, is_touched)| *is_touched)
    }
}
