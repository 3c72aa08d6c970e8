//! Reads the sheets of targets that definitions name.

use kpic::diagnostic::{Code, Sink};
use kpic::source::Sources;
use kpic::syntax::ast::{File, Item, Text};
use kpic::syntax::sheet::{self, Planned};

use super::find::Home;
use super::named;

const SHEET: named::Kind = named::Kind {
    code: Code::TargetSheet,
    outside: "move the sheet into the project and name it from its root",
    why: "the targets are those of the sheet in this file",
    help: "name a file from the project's root: `targets budget from 'plans/2026.csv'`",
};

/// The targets of every sheet that these files name; what is wrong with one is reported.
pub fn planned(home: &Home, files: &[File], sources: &mut Sources, sink: &mut Sink) -> Vec<Planned> {
    let paths = files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        Item::Targets(sheet) => Some(&sheet.path),
        _ => None,
    });
    let mut planned = Vec::new();
    let mut seen: Vec<&Text> = Vec::new();
    for path in paths {
        // Read twice, every target would stand there twice.
        if seen.contains(&path) {
            continue;
        }
        seen.push(path);
        match named::read(home, path, &SHEET, sources) {
            Ok(file) => {
                let text = sources.get(file).text.clone();
                planned.extend(sheet::targets(file, &text, sink));
            }
            Err(finding) => sink.push(finding),
        }
    }
    planned
}
