//! What the documents show is what kpic does: README.md, CONTRIBUTING.md and docs/*.md.
//!
//! The `kpi` blocks of a page are one project, which checks clean; that nothing uses a
//! definition, and how KPIs are kept, is no matter there. An HTML comment on the line before a block's fence
//! says otherwise:
//!
//! * `<!-- refused: K0404 -->`: the block, added to the page's project, has exactly these findings;
//! * `<!-- by itself -->`: the block is a project of its own;
//! * `<!-- with the pack NAME -->`: the block is a project that uses this pack;
//! * `<!-- the same -->` before a `yaml` block: definitions that read as those of the last `kpi` block;
//! * `<!-- kpic.yaml -->` before a `yaml` block: a project file without findings;
//! * `<!-- runs in FOLDER -->` before a `console` block: each line `$ kpic …` is run in a copy
//!   of that folder, and what follows it is what kpic says. `KPIC_UPDATE=1` writes it anew.
//!
//! Blocks of other languages are not looked at, but a block of these without its mark is a mistake.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kpic::diagnostic::{Code, Diagnostic, Severity, Sink};
use kpic::model;
use kpic::packs;
use kpic::practice;
use kpic::resolve::{self, Catalog};
use kpic::source::{FileId, Sources, Span};
use kpic::syntax::{ast, dsl, yaml};
use kpic::testing;

/// A fenced block of a page.
#[derive(Debug, Clone)]
struct Block {
    language: String,
    /// What the HTML comment before it says.
    mark: Option<String>,
    text: String,
    /// The line of its first line, counted from 1.
    line: usize,
}

#[test]
fn definitions_are_as_the_pages_say() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages() {
        let blocks = blocks(&read(&page));
        count += blocks.iter().filter(|b| b.language == "kpi").count();
        wrong.extend(
            checked(&blocks).into_iter().map(|(line, what)| format!("{}:{line}: {what}", shown(&page))),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count > 10, "only {count} blocks were found");
}

#[test]
fn commands_say_what_the_pages_say() {
    let updates = std::env::var_os("KPIC_UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages() {
        let text = read(&page);
        let mut updated = text.clone();
        for block in blocks(&text).iter().filter(|b| b.language == "console") {
            match said(block) {
                Ok((said, commands)) => {
                    count += commands;
                    updated = updated.replace(&block.text, &said);
                    if said != block.text && !updates {
                        wrong.push(format!("{}:{}: kpic says\n{said}", shown(&page), block.line));
                    }
                }
                Err(what) => wrong.push(format!("{}:{}: {what}", shown(&page), block.line)),
            }
        }
        if updates && updated != text {
            fs::write(&page, updated).expect("the page can be written");
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count >= 3, "only {count} commands were found");
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        for link in links(&read(&page)) {
            let folder = page.parent().expect("a page is in a folder");
            if !folder.join(link.split('#').next().unwrap_or_default()).exists() {
                wrong.push(format!("{}: {link}", shown(&page)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

// ------------------------------------------------------------- definitions

/// What is wrong with a page's definitions, and on which line.
fn checked(blocks: &[Block]) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    let of_page: Vec<&Block> = blocks.iter().filter(|b| b.language == "kpi" && b.mark.is_none()).collect();
    wrong.extend(unexpected(&of_page, &[]));
    for (i, block) in blocks.iter().enumerate() {
        let mark = block.mark.as_deref();
        match (block.language.as_str(), mark) {
            ("kpi", None) | ("console", Some(_)) => {}
            ("kpi", Some("by itself")) => wrong.extend(unexpected(&[block], &[])),
            ("kpi", Some(mark)) => {
                match (mark.strip_prefix("refused: "), mark.strip_prefix("with the pack ")) {
                    (Some(codes), _) => {
                        let codes: Vec<&str> = codes.split(", ").collect();
                        wrong.extend(unexpected(&[of_page.as_slice(), &[block]].concat(), &codes));
                    }
                    (None, Some(pack)) => wrong.extend(over_a_pack(block, pack)),
                    (None, None) => {
                        wrong.push((block.line, format!("`{mark}` means nothing before a block of kpi")))
                    }
                }
            }
            ("yaml", Some("kpic.yaml")) => {
                let mut sink = Sink::new();
                let settings = yaml::project(FileId(0), &block.text, &mut sink);
                let page = parsed(&of_page, &mut Sources::new(), &mut sink);
                let page = model::complete(page, &settings, &mut sink);
                model::build(&page, &settings, &mut sink);
                wrong.extend(sink.into_sorted().iter().map(|d| (block.line, told(d))));
            }
            ("yaml", Some("the same")) => {
                let last = blocks[..i].iter().rfind(|b| b.language == "kpi");
                wrong.extend(last.and_then(|last| different(last, block)).map(|what| (block.line, what)));
            }
            ("yaml" | "console", mark) => {
                wrong.push((block.line, format!("a block of {} with the mark {mark:?}", block.language)));
            }
            _ => {}
        }
    }
    wrong
}

fn parsed(blocks: &[&Block], sources: &mut Sources, sink: &mut Sink) -> Vec<ast::File> {
    let parse = |block: &&Block| dsl::parse(sources.add("block.kpi", block.text.clone()), &block.text, sink);
    blocks.iter().map(parse).collect()
}

/// The definitions of a page are examples, and nobody's KPIs.
fn is_no_matter(finding: &Diagnostic) -> bool {
    let practice = finding.lint().is_some_and(|lint| lint.practice) && finding.severity == Severity::Warning;
    finding.code == Code::Unused || practice
}

/// Findings of a project of these blocks other than those of these codes, codes without a
/// finding, and KPIs of the last block that have none of them.
fn unexpected(blocks: &[&Block], codes: &[&str]) -> Vec<(usize, String)> {
    let mut sources = Sources::new();
    let mut sink = Sink::new();
    let files = parsed(blocks, &mut sources, &mut sink);
    let written = files.last().cloned();
    let settings = ast::ProjectFile::default();
    let files = model::complete(files, &settings, &mut sink);
    let model = model::build(&files, &settings, &mut sink);
    let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    practice::check(&model, &resolved, &mut sink);
    testing::cases(&model, &resolved, false, &mut sink);
    let found = model.lints.apply_to_all(sink.into_sorted());
    let line = |span: Span| {
        blocks[span.file.0 as usize].line + sources.position(span.file, span.start as usize).line - 1
    };
    let mut wrong = Vec::new();
    for finding in found.iter().filter(|d| !is_no_matter(d) && !codes.contains(&d.code.id())) {
        wrong.push((line(finding.span.expect("it is about a definition")), told(finding)));
    }
    for code in codes.iter().filter(|code| !found.iter().any(|d| d.code.id() == **code)) {
        wrong.push((blocks.last().map_or(0, |b| b.line), format!("{code} is not found")));
    }
    let last = written.filter(|_| !codes.is_empty());
    for item in last.iter().flat_map(|file| &file.items) {
        let ast::Item::Kpi(kpi) = item else { continue };
        let span = kpi.header.span;
        let is_found =
            |d: &Diagnostic| d.span.is_some_and(|s| s.to(span) == span && codes.contains(&d.code.id()));
        if !found.iter().any(is_found) {
            wrong.push((line(span), format!("`{}` is not refused", kpi.header.name.value)));
        }
    }
    wrong
}

/// Findings of a block that completes what a pack defines.
fn over_a_pack(block: &Block, pack: &str) -> Vec<(usize, String)> {
    let mut sources = Sources::new();
    let mut sink = Sink::new();
    let mut files = parsed(&[block], &mut sources, &mut sink);
    let mut of = |texts: Vec<packs::Text>, layer: fn(FileId) -> ast::Layer| {
        for text in texts {
            let id = sources.add(text.file, text.text);
            let file = dsl::parse(id, text.text, &mut sink);
            files.push(ast::File { layer: layer(id), ..file });
        }
    };
    of(packs::vocabulary(), ast::Layer::Vocabulary);
    of(packs::texts(pack).expect("the pack exists"), ast::Layer::Pack);
    let settings = ast::ProjectFile::default();
    let files = model::complete(files, &settings, &mut sink);
    let model = model::build(&files, &settings, &mut sink);
    resolve::resolve(&model, &Catalog::default(), &mut sink);
    sink.into_sorted().iter().map(|finding| (block.line, told(finding))).collect()
}

fn told(finding: &Diagnostic) -> String {
    format!("{} {} | {}", finding.code, finding.message, finding.help.as_deref().unwrap_or_default())
}

/// Whether two blocks read as different definitions.
fn different(kpi: &Block, yaml: &Block) -> Option<String> {
    let mut sink = Sink::new();
    let first = dsl::parse(FileId(0), &kpi.text, &mut sink);
    let second = yaml::parse(FileId(1), &yaml.text, &mut sink);
    let found: Vec<String> = sink.into_sorted().iter().map(told).collect();
    if !found.is_empty() {
        return Some(found.join("; "));
    }
    let (first, second) = (kpic::syntax::format::dsl(&first), kpic::syntax::format::dsl(&second));
    (first != second).then(|| format!("reads as\n{second}\nand not as\n{first}"))
}

// ---------------------------------------------------------------- commands

/// A copy of a folder, with links to those beside it, whose data it may read.
fn beside_its_like(folder: &Path, place: &Path) -> std::io::Result<PathBuf> {
    let name = folder.file_name().expect("a folder has a name");
    copy(folder, &place.join(name))?;
    #[cfg(unix)]
    for other in fs::read_dir(folder.parent().expect("a folder lies in another one"))? {
        let other = other?;
        if other.file_name() != name {
            std::os::unix::fs::symlink(other.path(), place.join(other.file_name()))?;
        }
    }
    Ok(place.join(name))
}

/// A console block with what kpic really says, and how many commands it has. Without
/// the engine a block that runs a request is taken at its word.
fn said(block: &Block) -> Result<(String, usize), String> {
    let mark = block.mark.as_deref().unwrap_or_default();
    let folder = mark
        .strip_prefix("runs in ")
        .ok_or("a console block says where it runs: `<!-- runs in FOLDER -->`")?;
    let place = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = beside_its_like(&root().join(folder), place.path()).map_err(|e| format!("{folder}: {e}"))?;
    let commands: Vec<&str> = block.text.lines().filter_map(|line| line.strip_prefix("$ kpic ")).collect();
    if commands.is_empty() || !block.text.starts_with("$ kpic ") {
        return Err("a console block begins with `$ kpic …`".into());
    }
    if !cfg!(feature = "duckdb") && commands.iter().any(|c| c.starts_with("run") || c.contains("--data")) {
        return Ok((block.text.clone(), commands.len()));
    }
    let mut text = String::new();
    for command in &commands {
        let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
            .args(words(command))
            .current_dir(&home)
            .env("NO_COLOR", "1")
            .output()
            .map_err(|e| e.to_string())?;
        text += &format!("$ kpic {command}\n");
        for said in [output.stdout, output.stderr] {
            let said = String::from_utf8(said).map_err(|e| e.to_string())?;
            text.extend(said.lines().map(|line| line.trim_end().to_string() + "\n"));
        }
    }
    Ok((text, commands.len()))
}

/// A command line's words, as a shell tells them apart: quotes, no variables.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

// ------------------------------------------------------------------- pages

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shown(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

fn read(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|e| panic!("{}: {e}", shown(page)))
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(|name| root().join(name))
        .into();
    for entry in fs::read_dir(root().join("docs")).expect("there is a folder docs") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// The fenced blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut mark = None;
    for (line, number) in page.lines().zip(1..) {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text += &format!("{line}\n"),
            (None, Some(language)) => {
                let language = language.trim().to_string();
                open = Some(Block { language, mark: mark.take(), text: String::new(), line: number + 1 });
            }
            (None, None) => {
                mark = line
                    .trim()
                    .strip_prefix("<!-- ")
                    .and_then(|m| m.strip_suffix(" -->"))
                    .map(str::to_string);
            }
        }
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// The links of a page to files.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|t| !t.starts_with("http") && !t.starts_with('#')).map(str::to_string).collect()
}

// ------------------------------------------------ the checks can fail

#[test]
fn a_wrong_page_is_found_out() {
    let source = "```kpi\nsource s { table t  key id  time at in UTC  measure n = count() }\nkpi n\n```\n";
    let wrong = |page: &str| checked(&blocks(&format!("{source}{page}")));
    assert_eq!(wrong(""), []);
    assert_eq!(wrong("```kpi\nkpi x = n +\n```\n").len(), 1);
    assert_eq!(wrong("```kpi\nkpi x = n\nkpi y = m\n```\n")[0].0, 7);
    assert_eq!(wrong("<!-- refused: K0201 -->\n```kpi\nkpi y = m\n```\n"), []);
    assert_eq!(wrong("<!-- refused: K0201 -->\n```kpi\nkpi y = n\n```\n").len(), 2);
    assert_eq!(wrong("<!-- refused: K0202 -->\n```kpi\nkpi y = m\n```\n").len(), 3);
    assert_eq!(wrong("<!-- refused: K0201 -->\n```kpi\nkpi y = m\nkpi z = n\n```\n").len(), 1);
    assert_eq!(wrong("<!-- by itself -->\n```kpi\nkpi y = n\n```\n").len(), 1);
    assert_eq!(wrong("<!-- the same -->\n```yaml\nkpis:\n  n:\n```\n").len(), 1);
    assert_eq!(wrong("<!-- kpic.yaml -->\n```yaml\nzone: Mars/Base\n```\n").len(), 1);
    assert_eq!(wrong("```yaml\nzone: Mars/Base\n```\n").len(), 1);
    assert_eq!(wrong("<!-- hidden -->\n```kpi\nkpi y = n\n```\n").len(), 1);
}

#[test]
fn wrong_output_is_found_out() {
    let page = "<!-- runs in examples/oulad -->\n```console\n$ kpic explain K9999\nfine\n```\n";
    let block = &blocks(page)[0];
    let (answer, commands) = said(block).expect("it runs");
    assert!(commands == 1 && answer != block.text && answer.contains("K9999"), "{answer}");
    assert!(said(&blocks("```console\n$ kpic list\n```\n")[0]).is_err());
}
