//! Reads the sheets of targets that definitions name.

use std::path::Path;

use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::source::{FileId, Sources, Spanned};
use kpic::syntax::ast::{File, Item, Name, TargetPlace};
use kpic::syntax::format;
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
    let mut planned = Vec::new();
    let mut seen: Vec<&TargetPlace> = Vec::new();
    for place in places(files) {
        // Read twice, every target would stand there twice.
        if seen.contains(&place) {
            continue;
        }
        seen.push(place);
        let file = match place {
            TargetPlace::File(path) => named::read(home, path, &SHEET, sources),
            TargetPlace::Table(table) => of_table(home, table, sources),
        };
        match file {
            Ok(file) => {
                let text = sources.get(file).text.clone();
                planned.extend(sheet::targets(file, &text, sink));
            }
            Err(finding) => sink.push(finding),
        }
    }
    planned
}

/// Where the targets of these files are planned.
pub fn places(files: &[File]) -> impl Iterator<Item = &TargetPlace> {
    files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        Item::Targets(sheet) => Some(&sheet.from),
        _ => None,
    })
}

/// The sheet that was pulled of a table.
fn of_table(home: &Home, table: &Spanned<Vec<Name>>, sources: &mut Sources) -> Result<FileId, Diagnostic> {
    let file = sheet::file_of(&table.value);
    let read = home.read(Path::new(&file), sources);
    if read.is_ok() || home.has(Path::new(&file)) {
        return read;
    }
    let fact = format!("nobody has pulled the targets of `{}`", format::table(&table.value));
    Err(Diagnostic::error(Code::Unpulled, table.span, fact)
        .because(
            "definitions are checked and compiled without a database, by a sheet that is committed with them",
        )
        .help(format!("`kpic targets pull` writes it; commit {}", home.shown(Path::new(&file)))))
}
