//! Finds the packs that a project names: those that kpic carries, and folders of the project.

use std::path::{Component, Path, PathBuf};

use kpic::diagnostic::{Code, Diagnostic, Sink, nearest};
use kpic::packs;
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{Layer, ProjectFile, Text};

use super::find::Home;
use super::spelling::Spelling;

/// The texts of packs, in the order named.
#[derive(Debug, Default)]
pub struct Packs {
    pub texts: Vec<(FileId, Spelling, Layer)>,
    /// Folders of the project that are packs, relative to its root.
    pub folders: Vec<PathBuf>,
    /// Whether some definitions could not be read.
    pub is_incomplete: bool,
}

/// Reads a project's packs; what is wrong with one is reported.
pub fn read(home: &Home, settings: &ProjectFile, sources: &mut Sources, sink: &mut Sink) -> Packs {
    let mut found = Packs::default();
    let mut carried = false;
    for (at, pack) in settings.packs.iter().enumerate() {
        if let Some(first) = settings.packs[..at].iter().find(|other| other.value == pack.value) {
            let fact = format!("the pack `{}` is named twice", pack.value);
            sink.push(
                Diagnostic::error(Code::Repeated, pack.span, fact)
                    .label(first.span, "first named here")
                    .help("keep one of them"),
            );
        } else if is_folder(&pack.value) {
            folder(home, pack, &mut found, sources, sink);
        } else if let Some(texts) = packs::texts(&pack.value) {
            carried = true;
            texts.into_iter().for_each(|text| found.carried(text, Layer::Pack, sources));
        } else {
            sink.push(unknown(pack));
            found.is_incomplete = true;
        }
    }
    if carried || !found.folders.is_empty() {
        packs::vocabulary().into_iter().for_each(|text| found.carried(text, Layer::Vocabulary, sources));
    }
    found
}

impl Packs {
    fn carried(&mut self, text: packs::Text, layer: fn(FileId) -> Layer, sources: &mut Sources) {
        let id = sources.add(format!("pack {}: {}", text.pack, text.file), text.text);
        self.texts.push((id, Spelling::Dsl, layer(id)));
    }
}

/// Whether a text of this path is one that kpic carries.
pub fn is_carried(path: &str) -> bool {
    path.starts_with("pack ") && path.contains(": ") && !Path::new(path).exists()
}

/// Whether a pack is named by where it lies.
fn is_folder(pack: &str) -> bool {
    pack.starts_with('.') || pack.contains(['/', '\\'])
}

fn folder(home: &Home, pack: &Text, found: &mut Packs, sources: &mut Sources, sink: &mut Sink) {
    let parts = Path::new(&pack.value).components();
    let inside = parts.clone().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let relative: PathBuf = parts.filter(|part| matches!(part, Component::Normal(_))).collect();
    if !inside || relative.as_os_str().is_empty() {
        let fact = format!("the pack `{}` is no folder of the project", pack.value);
        sink.push(
            Diagnostic::error(Code::UnknownPack, pack.span, fact)
                .because("a project is checked and reviewed as one folder")
                .help("name a folder below the one of kpic.yaml: `./packs/own`"),
        );
        return;
    }
    let definitions = home.definitions(&relative);
    if definitions.files.is_empty() {
        let fact = format!("there are no definitions in the pack `{}`", pack.value);
        let error = Diagnostic::error(Code::UnknownPack, pack.span, fact);
        sink.push(match definitions.refused.first() {
            Some((_, error_of_folder)) => error.because(format!("it cannot be read: {error_of_folder}")),
            None => error.because("no file below it ends in `.kpi` or `.kpi.yaml`"),
        });
        found.is_incomplete = true;
        return;
    }
    for name in &definitions.files {
        let name = relative.join(name);
        match home.read(&name, sources) {
            Ok(id) => found.texts.push((id, Spelling::of(&name).unwrap_or(Spelling::Dsl), Layer::Pack(id))),
            Err(finding) => {
                sink.push(finding);
                found.is_incomplete = true;
            }
        }
    }
    found.folders.push(relative);
}

fn unknown(pack: &Text) -> Diagnostic {
    let names = packs::names();
    let fact = format!("there is no pack `{}`", pack.value);
    let error = Diagnostic::error(Code::UnknownPack, pack.span, fact);
    match nearest(&pack.value, names.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!(
            "the packs are {}; one of your own is named by its folder: `./packs/own`",
            names.join(", ")
        )),
    }
}
