//! The language's own spelling: what it reads, where its findings point, and that
//! no input costs more than a pass over it.

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::*;
use kpic::syntax::dsl;
use std::fs;
use std::path::{Path as FilePath, PathBuf};

/// A text's items and findings.
fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let file = dsl::parse(FileId(0), text, &mut sink);
    (file, sink.into_sorted())
}

/// The items of a text that has no mistakes.
fn clean(text: &str) -> File {
    let (file, found) = read(text);
    assert!(found.is_empty(), "{}", shown(text, &found));
    file
}

/// A line for each finding: `line:column CODE message`.
fn shown(text: &str, found: &[Diagnostic]) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", text);
    let lines = found.iter().map(|d| {
        let span = d.span.expect("a finding about a text has a place");
        let at = sources.position(file, span.start as usize);
        format!("{}:{} {} {} [{}]\n", at.line, at.column, d.code, d.message, d.help.as_deref().unwrap_or(""))
    });
    lines.collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file(path: impl AsRef<FilePath>) -> String {
    fs::read_to_string(root().join(path)).expect("the file is part of the repository")
}

#[test]
fn the_corpus_reads_whole() {
    let corpus = clean(&file("tests/corpus/inventory.kpi"));
    let kpis = corpus.items.iter().filter(|item| matches!(item, Item::Kpi(_))).count();
    assert_eq!(kpis, 114);
}

#[test]
fn every_shipped_definition_reads() {
    let mut count = 0;
    let mut folders = vec![root().join("examples"), root().join("tests/golden"), root().join("kpis")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "kpi") {
                let text = fs::read_to_string(&path).expect("it is text");
                let (_, found) = read(&text);
                assert!(found.is_empty(), "{}:\n{}", path.display(), shown(&text, &found));
                count += 1;
            }
        }
    }
    assert!(count > 50, "only {count} files were found");
}
