//! For people: the line, underlined, with its reason and the next step.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::excerpt::{Excerpt, excerpts};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Sources};

/// Whether the text carries ANSI colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    On,
    Off,
}

/// Lines are already cut to a readable part; this only has to be wider than that.
const WIDTH: usize = 1_000;
/// Bytes of a message that are shown.
const LONG_SENTENCE: usize = 2_000;

/// All findings, an empty line behind each, and at the end how to read more;
/// empty when there are none.
pub fn text(found: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let renderer = match colour {
        Colour::On => Renderer::styled().hyperlink(false),
        Colour::Off => Renderer::plain(),
    }
    .term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in found {
        let pictures = pictures(diagnostic, sources);
        let places: Vec<String> = pictures.iter().map(|p| p.place.clone()).collect();
        let drawn = renderer.render(&[report(diagnostic, pictures)]);
        out.push_str(&with_places(&drawn, &places));
        out.push_str("\n\n");
    }
    out.push_str(&more(found));
    out
}

/// One finding as the drawing library wants it.
fn report<'a>(diagnostic: &'a Diagnostic, pictures: Vec<Picture<'a>>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(short(&diagnostic.message)).id(diagnostic.named());
    let snippets = pictures.into_iter().enumerate().map(|(i, p)| p.snippet.path(stand_in(i)));
    Group::with_title(title).elements(snippets).elements(advice(diagnostic))
}

/// An excerpt to draw and the place that its head line names.
struct Picture<'a> {
    snippet: Snippet<'a, Annotation<'a>>,
    /// `path:line:column`
    place: String,
}

/// The excerpts of every file that the finding points into, its own first.
fn pictures<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Picture<'a>> {
    let marks = marks(diagnostic);
    let mut files: Vec<FileId> = Vec::new();
    for mark in &marks {
        if !files.contains(&mark.file) {
            files.push(mark.file);
        }
    }
    let mut pictures = Vec::new();
    for id in files {
        let file = sources.get(id);
        let here: Vec<&Mark> = marks.iter().filter(|m| m.file == id).collect();
        let ranges: Vec<Range<usize>> = here.iter().map(|m| m.range.clone()).collect();
        for excerpt in excerpts(file, &ranges) {
            let path = normalize_untrusted_str(&file.path);
            let place = format!("{path}:{}:{}", excerpt.start.line, excerpt.start.column);
            pictures.push(Picture { snippet: snippet(excerpt, &here), place });
        }
    }
    pictures
}

/// What the library sees as an excerpt's path. It appends the line and column
/// that it counts in the excerpt, which are wrong where a line was cut.
fn stand_in(index: usize) -> String {
    format!("\u{ffff}{index}\u{ffff}")
}

/// Puts the true places where the library wrote a stand-in, `:line:column` included.
fn with_places(drawn: &str, places: &[String]) -> String {
    let mut out = String::with_capacity(drawn.len());
    let mut rest = drawn;
    for (index, place) in places.iter().enumerate() {
        let stand_in = stand_in(index);
        let Some((before, behind)) = rest.split_once(&stand_in) else { break };
        out.push_str(before);
        out.push_str(place);
        rest = behind.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    }
    out + rest
}

/// A place to underline.
struct Mark<'a> {
    file: FileId,
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

fn marks(diagnostic: &Diagnostic) -> Vec<Mark<'_>> {
    let primary = diagnostic.span.iter().map(|span| Mark {
        file: span.file,
        range: span.range(),
        kind: AnnotationKind::Primary,
        label: None,
    });
    let labels = diagnostic.labels.iter().map(|(span, label)| Mark {
        file: span.file,
        range: span.range(),
        kind: AnnotationKind::Context,
        label: Some(label),
    });
    primary.chain(labels).collect()
}

fn snippet<'a>(excerpt: Excerpt, marks: &[&Mark<'a>]) -> Snippet<'a, Annotation<'a>> {
    let annotations: Vec<Annotation<'a>> = excerpt
        .marks
        .into_iter()
        .map(|(index, range)| marks[index].kind.span(range).label(marks[index].label.map(short)))
        .collect();
    Snippet::source(excerpt.text).line_start(excerpt.first_line).annotations(annotations)
}

fn advice(diagnostic: &Diagnostic) -> Vec<Element<'_>> {
    let message =
        |level: Level<'static>, text: &str| level.message(normalize_untrusted_str(&short(text))).into();
    let reason = diagnostic.reason.iter().map(|text| message(Level::NOTE, text));
    let help = diagnostic.help.iter().map(|text| message(Level::HELP, text));
    reason.chain(help).collect()
}

/// A sentence, cut where a name of absurd length makes it unreadable.
fn short(text: &str) -> Cow<'_, str> {
    if text.len() <= LONG_SENTENCE {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(LONG_SENTENCE)]))
}

/// How to read the pages of the codes that occur.
fn more(found: &[Diagnostic]) -> String {
    let codes: BTreeSet<Code> = found.iter().map(|d| d.code).collect();
    match codes.first() {
        None => String::new(),
        Some(code) if codes.len() == 1 => format!("`kpic explain {code}` says more about it.\n"),
        Some(code) => {
            let ids: Vec<&str> = codes.iter().map(|c| c.id()).collect();
            format!("`kpic explain {code}` says more about one; here are {}.\n", ids.join(", "))
        }
    }
}
