//! Definitions written in other ways: layout, comments, order, other files, the other spelling.

use std::fs;
use std::path::Path;

use kpic::diagnostic::Sink;
use kpic::meaning::Class;
use kpic::source::FileId;
use kpic::syntax::{ast, dsl, format, yaml};

use crate::project::{Project, compared, errors};

/// Numbers that look random and are the same each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: usize) -> Dice {
        Dice(seed as u64 + 1)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most.max(1)
    }
}

fn parsed(text: &str) -> ast::File {
    dsl::parse(FileId(0), text, &mut Sink::new())
}

/// The same definitions in other ways, each with what was done.
pub fn rewritten(text: &str, dice: &mut Dice) -> Vec<(&'static str, Vec<(String, String)>)> {
    let file = parsed(text);
    let one = |name: &str, text: String| vec![(name.to_string(), text)];
    vec![
        ("one canonical form", one("shop.kpi", format::dsl(&file))),
        ("YAML", one("shop.kpi.yaml", format::yaml(&file))),
        ("comments", one("shop.kpi", commented(text))),
        ("blank lines and indents", one("shop.kpi", text.replace('\n', "\n\n   "))),
        ("the order of properties", one("shop.kpi", format::dsl(&reversed(file.clone())))),
        ("other files and spellings", dealt(file, dice)),
    ]
}

fn commented(text: &str) -> String {
    let mut out = String::from("# About the file.\n\n");
    let mut is_doc = false;
    for line in text.lines() {
        if !is_doc && line.starts_with(|c: char| c.is_ascii_lowercase()) {
            out += "# About what follows.\n";
        }
        is_doc = line.trim_start().starts_with("##");
        out += &format!("{line}\n");
    }
    out + "# The end.\n"
}

/// Properties and parts whose order says nothing, the other way round.
fn reversed(mut file: ast::File) -> ast::File {
    for item in &mut file.items {
        match item {
            ast::Item::Kpi(kpi) => kpi.properties.reverse(),
            ast::Item::Source(source) => {
                source.dimensions.reverse();
                source.measures.reverse();
                source.stocks.reverse();
                source.columns.reverse();
                source.joins.reverse();
            }
            _ => {}
        }
    }
    file
}

/// Among several files in either spelling, in another order.
fn dealt(file: ast::File, dice: &mut Dice) -> Vec<(String, String)> {
    let mut files: Vec<ast::File> = vec![ast::File::default(); 3];
    for item in file.items {
        let file = dice.below(files.len());
        let at = dice.below(files[file].items.len() + 1);
        files[file].items.insert(at, item);
    }
    let named = files.iter().enumerate().map(|(at, file)| match dice.below(2) {
        0 => (format!("{at}.kpi"), format::dsl(file)),
        _ => (format!("{at}.kpi.yaml"), format::yaml(file)),
    });
    named.collect()
}

/// What is more than cosmetic between a text and its other ways, which must be nothing.
pub fn differences(text: &str, project: &Project, dice: &mut Dice) -> Vec<String> {
    let mut found = Vec::new();
    for (what, files) in rewritten(text, dice) {
        let other = Project { files: files.into_iter().collect(), ..project.clone() };
        for change in compared(project, &other).changes {
            if change.class > Class::Cosmetic {
                found.push(format!("{what}: {} {} {:?}", change.class.word(), change.name, change.facets));
            }
        }
    }
    found
}

fn golden() -> Vec<(String, String)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir("tests/golden").expect("the golden cases are there") {
        let path = entry.expect("a folder").path().join("case.kpi");
        if let Ok(text) = fs::read_to_string(&path) {
            cases.push((shown(&path), text));
        }
    }
    cases.sort();
    cases
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn every_golden_case_written_in_another_way_means_the_same() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (seed, (name, text)) in golden().into_iter().enumerate() {
        let project = Project::of([("shop.kpi".to_string(), text.clone())]);
        // Some need settings of their own.
        if !errors(&project).is_empty() {
            continue;
        }
        count += 1;
        let found = differences(&text, &project, &mut Dice::new(seed));
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(count > 100, "{count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn yaml_cases_say_the_same_in_the_language_of_their_own() {
    let mut count = 0;
    for entry in fs::read_dir("tests/golden").expect("the golden cases are there") {
        let path = entry.expect("a folder").path().join("case.kpi.yaml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let project = Project::of([("shop.kpi.yaml".to_string(), text.clone())]);
        if !errors(&project).is_empty() {
            continue;
        }
        count += 1;
        let file = yaml::parse(FileId(0), &text, &mut Sink::new());
        let other = Project::of([("shop.kpi".to_string(), format::dsl(&file))]);
        let class = compared(&project, &other).class();
        assert!(class <= Some(Class::Cosmetic), "{}: {class:?}", shown(&path));
    }
    assert!(count > 0);
}
