//! The definitions of folders, read as the command line reads them: those of golden cases,
//! examples and packs, for tests of everything that is defined.

use std::fs;
use std::path::{Path, PathBuf};

use kpic::diagnostic::Sink;
use kpic::model::{self, Model};
use kpic::packs;
use kpic::resolve::{self, Catalog, Resolved};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{File, Layer, ProjectFile};
use kpic::syntax::{dsl, yaml};

/// The definitions of one project.
pub struct Definitions {
    pub name: String,
    pub sources: Sources,
    files: Vec<File>,
    settings: ProjectFile,
}

impl Definitions {
    /// Those of texts in the language.
    pub fn of(texts: &[&str]) -> Definitions {
        let mut made = Definitions::empty("texts");
        let mut sink = Sink::new();
        for text in texts {
            let id = made.sources.add("case.kpi", *text);
            made.files.push(dsl::parse(id, text, &mut sink));
        }
        made.completed(&mut sink)
    }

    /// Those of a folder with its `kpic.yaml`, and those of the packs that it names.
    pub fn of_folder(folder: &Path) -> Definitions {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut made = Definitions::empty(&name);
        let mut sink = Sink::new();
        if let Ok(text) = fs::read_to_string(folder.join("kpic.yaml")) {
            let id = made.sources.add("kpic.yaml", text.clone());
            made.settings = yaml::project(id, &text, &mut sink);
        }
        let packs: Vec<String> = made.settings.packs.iter().map(|pack| pack.value.clone()).collect();
        made.packs(&packs, &mut sink);
        for path in below(folder) {
            let name = path.to_string_lossy().into_owned();
            let is_yaml = name.ends_with(".kpi.yaml");
            if !is_yaml && !name.ends_with(".kpi") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("definitions can be read");
            let id = made.sources.add(name, text.clone());
            let parse = if is_yaml { yaml::parse } else { dsl::parse };
            made.files.push(parse(id, &text, &mut sink));
        }
        made.completed(&mut sink)
    }

    fn empty(name: &str) -> Definitions {
        Definitions {
            name: name.into(),
            sources: Sources::new(),
            files: Vec::new(),
            settings: ProjectFile::default(),
        }
    }

    fn packs(&mut self, names: &[String], sink: &mut Sink) {
        if names.is_empty() {
            return;
        }
        let mut add = |texts: Vec<packs::Text>, layer: fn(FileId) -> Layer| {
            for text in texts {
                let id = self.sources.add(text.file, text.text);
                self.files.push(File { layer: layer(id), ..dsl::parse(id, text.text, sink) });
            }
        };
        add(packs::vocabulary(), Layer::Vocabulary);
        names.iter().filter_map(|name| packs::texts(name)).for_each(|texts| add(texts, Layer::Pack));
    }

    fn completed(mut self, sink: &mut Sink) -> Definitions {
        self.files = model::complete(std::mem::take(&mut self.files), &self.settings, sink);
        self
    }

    /// The model and what is sound of it.
    pub fn resolved(&self) -> (Model<'_>, Resolved) {
        let mut sink = Sink::new();
        let model = model::build(&self.files, &self.settings, &mut sink);
        let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
        (model, resolved)
    }
}

/// Every project of golden cases and examples, and the corpus.
pub fn everywhere() -> Vec<Definitions> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = vec![root.join("tests/corpus")];
    for parent in ["tests/golden", "examples"] {
        let entries = fs::read_dir(root.join(parent)).expect("the folder is there");
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        found.retain(|path| path.is_dir());
        found.sort();
        folders.extend(found);
    }
    folders.iter().map(|folder| Definitions::of_folder(folder)).collect()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
