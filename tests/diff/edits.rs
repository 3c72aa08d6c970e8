//! Each edit of `edits.txt` is told as claimed there.

use std::collections::BTreeSet;
use std::fs;

use crate::project::{Project, compared, errors};

#[derive(Debug, Default)]
struct Case {
    title: String,
    file: String,
    old: Vec<(String, String)>,
    claims: BTreeSet<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut adds = false;
    for line in text.lines().skip_while(|line| !line.starts_with("== ")) {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case { title: title.into(), file: "shop.kpi".into(), ..Case::default() });
            adds = true;
            continue;
        }
        let case = cases.last_mut().expect("a title stands first");
        if let Some(removed) = line.strip_prefix("- ") {
            // What is removed behind what is added is another edit.
            if adds {
                case.old.push((String::new(), String::new()));
                adds = false;
            }
            let edit = case.old.last_mut().expect("one was begun");
            edit.0 += &format!("{removed}\n");
        } else if let Some(added) = line.strip_prefix("+ ") {
            adds = true;
            let edit = case.old.last_mut().expect("what is replaced stands before it");
            edit.1 += &format!("{added}\n");
        } else if line == "/" {
            adds = true;
        } else if let Some(file) = line.strip_prefix("file ") {
            case.file = file.into();
        } else if !line.is_empty() {
            case.claims.insert(line.into());
        }
    }
    cases
}

/// Replaces lines, or a part of one line.
fn edited(text: &str, case: &Case) -> String {
    let mut text = text.to_string();
    for (old, new) in &case.old {
        let whole = text.contains(old.as_str());
        let (old, new) = if whole { (old.as_str(), new.as_str()) } else { (old.trim_end(), new.trim_end()) };
        assert_eq!(text.matches(old).count(), 1, "{}: `{old}` stands once", case.title);
        text = text.replacen(old, new, 1);
    }
    text
}

#[test]
fn the_shop_is_sound() {
    assert_eq!(errors(&Project::shop()), Vec::<String>::new());
}

#[test]
fn each_edit_is_told_as_claimed() {
    let base = Project::shop();
    let text = fs::read_to_string("tests/diff/edits.txt").expect("the cases are there");
    let cases = cases(&text);
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let mut other = base.clone();
        let file = other.files.get_mut(&case.file).expect("a file of the shop");
        *file = edited(file, case);
        let told: BTreeSet<String> = compared(&base, &other).changes.iter().map(told).collect();
        let missing: Vec<&String> = case.claims.difference(&told).collect();
        let further: Vec<&String> = told.difference(&case.claims).collect();
        if !missing.is_empty() || !further.is_empty() {
            wrong.push(format!("{}\n  missing {missing:#?}\n  further {further:#?}", case.title));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn the_other_way_round_breaks_what_was_new_and_changes_what_was_changed() {
    let base = Project::shop();
    let text = fs::read_to_string("tests/diff/edits.txt").expect("the cases are there");
    for case in cases(&text) {
        let mut other = base.clone();
        let file = other.files.get_mut(&case.file).expect("a file of the shop");
        *file = edited(file, &case);
        let (there, back) = (compared(&base, &other), compared(&other, &base));
        let is_change = |comparison: &kpic::meaning::Comparison| {
            comparison.class().is_some_and(|class| class > kpic::meaning::Class::Cosmetic)
        };
        assert_eq!(is_change(&there), is_change(&back), "{}", case.title);
        // A number that is another one is so both ways.
        let numbers = |comparison: &kpic::meaning::Comparison| {
            let changed = comparison.changes.iter().filter(|change| {
                change.class == kpic::meaning::Class::Values
                    && change.happened == kpic::meaning::Happened::Changed
            });
            changed.map(|change| change.name.to_string()).collect::<BTreeSet<_>>()
        };
        let breaks = |comparison: &kpic::meaning::Comparison| {
            comparison.changes.iter().any(|change| change.class == kpic::meaning::Class::Breaks)
        };
        if !breaks(&there) && !breaks(&back) {
            assert_eq!(numbers(&there), numbers(&back), "{}", case.title);
        }
    }
}

/// `values KPI aov since measure gross of orders`
fn told(change: &kpic::meaning::Change) -> String {
    let since = change.since.last().map(|last| format!(" since {last}")).unwrap_or_default();
    format!("{} {}{since}", change.class.word(), change.name)
}
