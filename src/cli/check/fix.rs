//! `--fix`: replaces what findings say how to mend.
//!
//! A file is written whole, in its canonical form if it can be read then. Nothing is written that
//! has more errors in it than before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kpic::diagnostic::{Code, Diagnostic, Fix, Severity, Sink};
use kpic::source::{FileId, Sources, Span};
use kpic::syntax::yaml;

use super::{Arguments, Examined, examine};
use crate::cli::find::PROJECT_FILE;
use crate::cli::spelling::Spelling;
use crate::cli::{Stop, files, output};

/// What is mended may let more be found. A text that never comes to rest is left at this.
const ROUNDS: usize = 10;

/// What became of the replacements.
#[derive(Debug, Default)]
pub struct Mended {
    /// Each as a line.
    done: Vec<String>,
    files: BTreeSet<PathBuf>,
    /// Findings that say how to mend them, and still stand.
    left: usize,
    /// Files that could not be written.
    refused: Vec<Diagnostic>,
}

impl Mended {
    /// Says what was done; whether every file could be written.
    pub fn tell(&self) -> bool {
        self.done.iter().for_each(|line| output::note(line));
        if !self.done.is_empty() {
            let (done, files) =
                (output::plural(self.done.len(), "replacement"), output::plural(self.files.len(), "file"));
            output::note(&format!("{done} in {files}"));
        }
        if self.left > 0 {
            let left = output::plural(self.left, "replacement");
            output::note(&format!("{left} left: the text would not be read, or not be mended by it"));
        }
        output::findings(&self.refused, &Sources::new());
        self.refused.is_empty()
    }
}

/// A finding and its replacement.
type Offer<'d> = (&'d Diagnostic, &'d Fix);

/// Mends the files of the projects until nothing is left to be mended.
///
/// # Errors
/// Misuse, as for a check.
pub fn mend(arguments: &Arguments) -> Result<Mended, Stop> {
    let mut mended = Mended::default();
    for _ in 0..ROUNDS {
        let examined = examine(arguments)?;
        let offers = offers(&examined);
        mended.left = offers.values().map(|(_, offers)| offers.len()).sum();
        let before = mended.done.len();
        for (path, (file, offers)) in offers {
            mended.file(path, file, &offers, &examined.loaded.sources);
        }
        if mended.done.len() == before || !mended.refused.is_empty() {
            break;
        }
    }
    Ok(mended)
}

/// The replacements in each file of the projects.
fn offers(examined: &Examined) -> BTreeMap<PathBuf, (FileId, Vec<Offer<'_>>)> {
    let mut paths: BTreeMap<String, PathBuf> = BTreeMap::new();
    for project in &examined.loaded.projects {
        let own = project.own.iter().map(|(_, name)| name.clone());
        for name in own.chain([PathBuf::from(PROJECT_FILE)]) {
            paths.insert(project.home.shown(&name), project.home.root.join(name));
        }
    }
    let mut offers: BTreeMap<PathBuf, (FileId, Vec<Offer<'_>>)> = BTreeMap::new();
    for finding in &examined.found {
        let Some(fix) = &finding.fix else { continue };
        let file = fix.span.file;
        if let Some(path) = paths.get(&examined.loaded.sources.get(file).path) {
            offers.entry(path.clone()).or_insert_with(|| (file, Vec::new())).1.push((finding, fix));
        }
    }
    offers
}

impl Mended {
    fn file(&mut self, path: PathBuf, file: FileId, offers: &[Offer<'_>], sources: &Sources) {
        let text = &sources.get(file).text;
        let chosen = readable(&path, text, fitting(offers));
        let written = canonical(&path, &applied(text, &chosen));
        if chosen.is_empty() || written == *text {
            return;
        }
        // An editor may have saved it since it was read.
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            let fact = format!("`{}` has changed since it was checked", path.display());
            let refused = Diagnostic::general(Code::Unreadable, fact).help("run it again");
            return self.refused.push(refused);
        }
        match files::write(&path, written.as_bytes()) {
            Ok(()) => {
                self.done.extend(chosen.iter().map(|offer| told(offer, sources)));
                self.files.insert(path);
            }
            Err(finding) => self.refused.push(finding),
        }
    }
}

/// Those that do not overlap, in the order of their places; of equal ones the first.
fn fitting<'d>(offers: &[Offer<'d>]) -> Vec<Offer<'d>> {
    let mut offers = offers.to_vec();
    offers.sort_by_key(|(_, fix)| (fix.span.start, fix.span.end));
    let mut chosen: Vec<Offer<'d>> = Vec::new();
    for offer in offers {
        let free = chosen
            .last()
            .is_none_or(|(_, last)| last.span.end <= offer.1.span.start && last.span != offer.1.span);
        if free {
            chosen.push(offer);
        }
    }
    chosen
}

/// Those with which the file has no more errors than without: all of them, or as many as fit
/// one after the other.
fn readable<'d>(path: &Path, text: &str, chosen: Vec<Offer<'d>>) -> Vec<Offer<'d>> {
    let most = errors(path, text);
    if errors(path, &applied(text, &chosen)) <= most {
        return chosen;
    }
    let mut kept = Vec::new();
    for offer in chosen {
        kept.push(offer);
        if errors(path, &applied(text, &kept)) > most {
            kept.pop();
        }
    }
    kept
}

fn applied(text: &str, chosen: &[Offer<'_>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (_, fix) in chosen {
        let range = fix.span.range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&fix.text);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// What reading the file alone finds.
fn errors(path: &Path, text: &str) -> usize {
    let mut sink = Sink::new();
    let id = Sources::new().add("", text);
    match Spelling::of(path) {
        Some(spelling) => drop(spelling.parse(id, text, &mut sink)),
        None => drop(yaml::project(id, text, &mut sink)),
    }
    sink.into_sorted().iter().filter(|finding| finding.severity == Severity::Error).count()
}

/// As `kpic fmt` writes it; one that it refuses, and the project file, stay as they are.
fn canonical(path: &Path, text: &str) -> String {
    let mut sources = Sources::new();
    let id = sources.add("", text);
    let written = Spelling::of(path).map(|spelling| spelling.rewrite(id, spelling, &sources));
    written.and_then(Result::ok).unwrap_or_else(|| text.to_owned())
}

/// `fixed shop.kpi:12:9: revenue for revenu`
fn told((finding, fix): &Offer<'_>, sources: &Sources) -> String {
    let Span { file, start, .. } = fix.span;
    let at = sources.position(file, start as usize);
    let place = format!("{}:{}:{}", output::line(&sources.get(file).path), at.line, at.column);
    let (new, old) = (output::line(&fix.text), output::line(sources.text(fix.span)));
    format!("fixed {place}: `{new}` for `{old}` ({})", finding.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written for replacements of a text, each as its range and its words.
    fn mended(name: &str, text: &str, fixes: &[(std::ops::Range<usize>, &str)]) -> (String, usize) {
        let file = Sources::new().add("", text);
        let found: Vec<Diagnostic> = fixes
            .iter()
            .map(|(range, words)| {
                let span = Span::new(file, range.start, range.end);
                Diagnostic::error(Code::UnknownName, span, "it is wrong").fix(span, *words)
            })
            .collect();
        let offers: Vec<Offer<'_>> =
            found.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?))).collect();
        let path = Path::new(name);
        let chosen = readable(path, text, fitting(&offers));
        (canonical(path, &applied(text, &chosen)), chosen.len())
    }

    #[test]
    fn of_those_that_overlap_the_first_is_made_and_of_equal_ones_one() {
        let text = "kpi x = aa / bb\n";
        assert_eq!(mended("a.kpi", text, &[(8..10, "a"), (13..15, "b")]), ("kpi x = a / b\n".into(), 2));
        assert_eq!(mended("a.kpi", text, &[(13..15, "b"), (8..10, "a"), (8..10, "a")]).1, 2);
        assert_eq!(mended("a.kpi", text, &[(8..15, "c"), (13..15, "b")]), ("kpi x = c\n".into(), 1));
        assert_eq!(mended("a.kpi", text, &[(9..15, "c"), (8..10, "a")]), ("kpi x = a / bb\n".into(), 1));
        // Beside each other is no overlap; two that only insert at one place are.
        assert_eq!(mended("a.kpi", text, &[(8..9, "b"), (9..10, "c")]).0, "kpi x = bc / bb\n");
        assert_eq!(mended("a.kpi", text, &[(8..8, "b"), (8..8, "c")]).0, "kpi x = baa / bb\n");
    }

    #[test]
    fn those_that_would_not_be_read_are_left_and_the_others_made() {
        let text = "kpi x = aa / bb\n";
        assert_eq!(mended("a.kpi", text, &[(8..10, "("), (13..15, "b")]), ("kpi x = aa / b\n".into(), 1));
        let yaml = "kpis:\n  x: \"aa where c = 1\"\n";
        assert_eq!(mended("a.kpi.yaml", yaml, &[(25..26, "\"d\"")]).1, 0);
    }

    #[test]
    fn the_project_file_keeps_its_layout() {
        assert_eq!(mended("kpic.yaml", "nam:   shop\n", &[(0..3, "name")]), ("name:   shop\n".into(), 1));
    }
}
