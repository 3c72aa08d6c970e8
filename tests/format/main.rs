//! Printing and reading are each other's inverse, in both spellings.

mod any;
mod same;

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::*;
use kpic::syntax::{dsl, format, yaml};
use proptest::prelude::*;
use same::{comments, grouped};
use std::fs;
use std::path::PathBuf;

/// A spelling's reader and printer.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    read: fn(FileId, &str, &mut Sink) -> File,
    print: fn(&File) -> String,
}

const DSL: Spelling = Spelling { read: dsl::parse, print: format::dsl };
const YAML: Spelling = Spelling { read: yaml::parse, print: format::yaml };

impl Spelling {
    /// A text without mistakes.
    fn read(self, text: &str) -> Result<File, String> {
        let mut sink = Sink::new();
        let file = (self.read)(FileId(0), text, &mut sink);
        if sink.is_empty() { Ok(file) } else { Err(format!("{}\n{text}", shown(text, &sink.into_sorted()))) }
    }

    /// Prints, reads and prints again: the second text is the first one.
    fn round(self, file: &File) -> Result<File, String> {
        let text = (self.print)(file);
        let read = self.read(&text)?;
        let again = (self.print)(&read);
        if again == text { Ok(read) } else { Err(format!("first:\n{text}\nthen:\n{again}")) }
    }
}

fn shown(text: &str, found: &[Diagnostic]) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi", text);
    let lines = found.iter().map(|d| {
        let at = sources.position(file, d.span.map_or(0, |span| span.start as usize));
        format!("{}:{} {} {}\n", at.line, at.column, d.code, d.message)
    });
    lines.collect()
}

/// Every file of definitions that is part of the repository.
fn shipped() -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["examples", "tests", "kpis"].iter().map(|folder| root.join(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                // Fixtures of errors repeat names, which YAML cannot.
                if path.file_name().is_none_or(|folder| folder != "errors") {
                    folders.push(path);
                }
            } else if name.ends_with(".kpi") || name.ends_with(".kpi.yaml") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn formatting_what_is_shipped_keeps_all_of_it() {
    let mut count = 0;
    for path in shipped() {
        let text = fs::read_to_string(&path).expect("it is text");
        let spelling = if path.to_string_lossy().ends_with(".yaml") { YAML } else { DSL };
        // Fixtures of errors are not formatted.
        let Ok(file) = spelling.read(&text) else { continue };
        let check = |spelling: Spelling| {
            let read = spelling.round(&file).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(grouped(&read), grouped(&file), "{}", path.display());
            assert_eq!(comments(&read), comments(&file), "{}", path.display());
        };
        check(DSL);
        check(YAML);
        count += 1;
    }
    assert!(count > 60, "only {count} files were found");
}

/// Comments to put into a text: a line, and whether above or behind it.
fn remark_places() -> impl Strategy<Value = Vec<(prop::sample::Index, bool)>> {
    prop::collection::vec(any::<(prop::sample::Index, bool)>(), 1..4)
}

fn with_remarks(text: &str, places: &[(prop::sample::Index, bool)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (i, (line, behind)) in places.iter().enumerate() {
        let at = line.index(lines.len() + 1);
        match lines.get_mut(at) {
            Some(line) if *behind && !line.contains('#') => line.push_str(&format!(" # remark {i}")),
            _ => lines.insert(at, format!("  # remark {i}")),
        }
    }
    lines.join("\n") + "\n"
}

fn same(read: &File, items: &[Item], written: &File) -> Result<(), TestCaseError> {
    prop_assert_eq!(read.items.len(), items.len());
    for (read, item) in read.items.iter().zip(items) {
        prop_assert_eq!(read, item);
    }
    prop_assert_eq!(comments(read), comments(written));
    Ok(())
}

/// Texts that fuzzing found, shortened: each reads, and goes round in both spellings.
const FOUND: &[(Spelling, &str)] = &[
    (DSL, "# a control character in a comment: \u{1}\nkpi x = 1 # \u{7f}\u{feff}\n"),
    // YAML orders its items by kind, whatever the order that it reads.
    (YAML, "kpis:\n  a: b # of a\n# of c\nparams:\n  c: 24 hours\n"),
];

#[test]
fn what_fuzzing_found_goes_round() {
    for (spelling, text) in FOUND {
        let file = spelling.read(text).expect("it reads");
        assert_eq!(DSL.round(&file).expect("it goes round").items, file.items);
        assert_eq!(YAML.round(&file).expect("it goes round").items, grouped(&file));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_language_says_every_file(file in any::file()) {
        let read = DSL.round(&file).map_err(TestCaseError::fail)?;
        same(&read, &file.items, &file)?;
    }

    #[test]
    fn yaml_says_every_file(file in any::file()) {
        let read = YAML.round(&file).map_err(TestCaseError::fail)?;
        same(&read, &grouped(&file), &file)?;
    }

    #[test]
    fn comments_stay_wherever_they_stand(file in any::file(), places in remark_places()) {
        for spelling in [DSL, YAML] {
            let printed = (spelling.print)(&file);
            // In a text of several lines a comment would be part of the text.
            if printed.lines().any(|line| line.contains(": |") || line.contains(": >-")) {
                continue;
            }
            let text = with_remarks(&printed, &places);
            let read = spelling.read(&text).map_err(TestCaseError::fail)?;
            let mut expected = comments(&file);
            expected.extend(places.iter().enumerate().map(|(i, _)| format!("remark {i}")));
            expected.sort();
            prop_assert_eq!(comments(&read), &expected[..], "{}", text);
            let again = spelling.round(&read).map_err(TestCaseError::fail)?;
            prop_assert_eq!(comments(&again), expected, "{}", text);
        }
    }

    #[test]
    fn there_and_back_again_says_the_same(file in any::file()) {
        let there = DSL.read(&DSL.round(&YAML.round(&file).map_err(TestCaseError::fail)?)
            .map(|file| format::dsl(&file)).map_err(TestCaseError::fail)?).map_err(TestCaseError::fail)?;
        same(&there, &grouped(&file), &file)?;
    }
}
