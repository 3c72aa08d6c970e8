//! Every code's page has the four sections that `kpic explain` promises, its example
//! shows the finding, and what it advises instead is free of findings.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use kpic::diagnostic::Code;

const SECTIONS: [&str; 4] = ["What it does", "Why it is bad", "Example", "Use instead"];

/// A fenced block: what stands behind the opening fence, and the text.
#[derive(Debug, Clone, Copy)]
struct Block<'p> {
    language: &'p str,
    text: &'p str,
}

/// The `##` sections of a page: title and text.
fn sections(page: &str) -> Vec<(&str, &str)> {
    page.split("\n## ").skip(1).filter_map(|part| part.split_once('\n')).collect()
}

fn section(code: Code, wanted: &str) -> &'static str {
    let found = sections(code.page()).into_iter().find(|(title, _)| *title == wanted);
    found.expect("every page has the four sections").1
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let inside = text.split("\n```").skip(1).step_by(2);
    inside
        .filter_map(|block| block.split_once('\n'))
        .map(|(language, text)| Block { language, text })
        .collect()
}

#[test]
fn every_page_has_its_title_and_four_sections() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}: {}\n", code.title())), "{code}: the title");
        let found = sections(page);
        let titles: Vec<&str> = found.iter().map(|(title, _)| *title).collect();
        assert_eq!(titles, SECTIONS, "{code}");
        for (title, text) in found {
            assert!(text.trim().len() > 30, "{code}: \"{title}\" says nothing");
        }
    }
}

#[test]
fn example_and_use_instead_show_definitions_or_commands() {
    for code in Code::ALL {
        for title in &SECTIONS[2..] {
            let shown = blocks(section(*code, title));
            assert!(!shown.is_empty(), "{code}: \"{title}\" shows nothing");
            for block in shown {
                assert!(["kpi", "yaml", "shell"].contains(&block.language), "{code}: ```{}", block.language);
            }
        }
    }
}

#[test]
fn each_example_shows_its_finding_and_use_instead_none() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied().filter(|code| can_show(*code)) {
        let example = said(&blocks(section(code, "Example")));
        if !example.contains(&format!("[{code}")) {
            wrong.push(format!("{code}: its example does not show it:\n{example}"));
        }
        let instead = said(&instead(code));
        // What it advises may be a part of the language that is not supported yet.
        let others = instead.replace("error[K0901]", "");
        if others.contains(&format!("[{code}")) || others.contains("error[") {
            wrong.push(format!("{code}: what it advises has findings:\n{instead}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A code about the engine needs it, one about its absence needs that.
fn can_show(code: Code) -> bool {
    let needs = [
        Code::UnknownColumn,
        Code::DuplicateKeys,
        Code::BackwardIntervals,
        Code::Drift,
        Code::NoPartner,
        Code::NoConnection,
        Code::Engine,
    ];
    code != Code::NoEngine && (cfg!(feature = "duckdb") || !needs.contains(&code))
}

/// What is shown instead, upon the example's definitions where it has none of its own.
fn instead(code: Code) -> Vec<Block<'static>> {
    let (example, mut instead) = (blocks(section(code, "Example")), blocks(section(code, "Use instead")));
    let defines = |blocks: &[Block<'_>]| blocks.iter().any(|block| block.language != "shell");
    let commands = |blocks: &[Block<'_>]| blocks.iter().any(|block| block.language == "shell");
    if !defines(&instead) {
        instead.extend(example.iter().filter(|block| block.language != "shell"));
    } else if !commands(&instead) && defines(&example) {
        instead.extend(example.iter().filter(|block| block.language == "shell"));
    }
    instead
}

/// What kpic says of a project with these definitions: to the commands, or to `check`.
fn said(blocks: &[Block<'_>]) -> String {
    let place = tempfile::tempdir().expect("a folder can be made");
    write(place.path(), "kpic.yaml", "");
    for block in blocks {
        match (block.language, block.text.lines().next()) {
            ("kpi", _) => write(place.path(), "case.kpi", block.text),
            ("yaml", Some("# kpic.yaml")) => write(place.path(), "kpic.yaml", block.text),
            ("yaml", _) => write(place.path(), "case.kpi.yaml", block.text),
            _ => {}
        }
    }
    let commands: Vec<&str> =
        blocks.iter().filter(|block| block.language == "shell").map(|block| block.text).collect();
    if commands.is_empty() {
        shell(place.path(), "kpic check")
    } else {
        shell(place.path(), &commands.join("\n"))
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file can be written");
}

/// Runs lines of a shell in which `kpic` is this build's.
fn shell(folder: &Path, lines: &str) -> String {
    let home = Path::new(env!("CARGO_BIN_EXE_kpic")).parent().expect("a program lies in a folder");
    let path = env::join_paths(
        [home.to_path_buf()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    let output = Command::new("sh")
        .args(["-c", lines])
        .current_dir(folder)
        .env("PATH", path.expect("folders of a search path"))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
